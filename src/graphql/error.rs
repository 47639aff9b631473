//! What a resolver can fail by, and the code clients meet for it: the only such mapping.

use thiserror::Error;

use crate::error::Code;
use crate::store::error::StoreError;

/// Cheap to clone, as one failed batch fails every row that waited for it.
#[derive(Clone, Debug, Error)]
pub(super) enum Failure {
    #[error("{0}")]
    BadCursor(String),
    #[error("{0}")]
    BadFilter(String),
    #[error("{0}")]
    BadInput(String),
    #[error("the database did not answer in time\nhint: ask for less, or try again in a moment")]
    Unavailable(#[source] StoreError),
    #[error("something went wrong inside the server")]
    Internal(#[source] StoreError),
    #[error("something went wrong inside the server")]
    Broken(&'static str),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        if error.is_unavailable() { Self::Unavailable(error) } else { Self::Internal(error) }
    }
}

impl Failure {
    pub(super) fn code(&self) -> Code {
        match self {
            Self::BadCursor(_) => Code::BadCursor,
            Self::BadFilter(_) => Code::BadFilter,
            Self::BadInput(_) => Code::BadUserInput,
            Self::Unavailable(_) => Code::Unavailable,
            Self::Internal(_) | Self::Broken(_) => Code::Internal,
        }
    }

    /// Whether the database is to blame, so that asking again may help.
    pub(super) fn is_of_the_database(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Internal(StoreError::Database(_)))
    }

    /// What the log says and the client never sees.
    pub(super) fn cause(&self) -> String {
        match self {
            Self::Unavailable(error) | Self::Internal(error) => error.to_string(),
            other => format!("{other:?}"),
        }
    }
}
