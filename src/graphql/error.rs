//! What a resolver can fail by, and the code clients meet for it: the only such mapping.

use entity::Ordinal;
use thiserror::Error;

use super::written::ANSWER_BYTES_MAX;
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
    #[error(
        "the answer has more than {} MiB\nhint: ask for smaller pages, or for fewer long texts",
        ANSWER_BYTES_MAX / 1024 / 1024
    )]
    TooLong,
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
    /// A filter, an order or a facet by what no past is kept of.
    pub(super) fn no_past<C: Ordinal>(column: C) -> Self {
        let name: String = column
            .as_str()
            .split('_')
            .enumerate()
            .map(|(index, word)| match word.split_at_checked(1) {
                Some((first, rest)) if index > 0 => first.to_ascii_uppercase() + rest,
                _ => word.to_owned(),
            })
            .collect();
        Self::no_past_of(&name)
    }

    /// The same by its name in the graph.
    pub(super) fn no_past_of(name: &str) -> Self {
        Self::BadFilter(format!(
            "\"{name}\" changes without an event, so that nothing is known of how it stood, and nothing tells when it changes\nhint: leave it out of \"filter\", \"orderBy\" and \"facets\", or ask without \"asOf\" and \"snapshot\" for what is true now"
        ))
    }

    pub(super) fn code(&self) -> Code {
        match self {
            Self::BadCursor(_) => Code::BadCursor,
            Self::BadFilter(_) => Code::BadFilter,
            Self::BadInput(_) => Code::BadUserInput,
            Self::TooLong => Code::CostLimit,
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
