//! One run over one board, as a list of steps: read, archive, judge, compare, apply.
//!
//! A run is one transaction. Its crawl's id follows from the board and the time of the answer, so that a run which was
//! cut off leaves nothing, and one that is repeated changes nothing.

pub mod answers;
pub mod posting;
pub mod provider;

mod ashby;
mod bamboohr;
mod breezy;
mod greenhouse;
mod jsonld;
mod lever;
mod personio;
mod pinpoint;
mod recruitee;
mod rippling;
mod smartrecruiters;
mod teamtailor;
mod workable;
mod workday;

pub(crate) mod address;
mod entities;
mod lenient;
mod listing;
mod paging;
mod personal;
mod reader;
mod schema_org;
mod xml;

pub mod recognize;
pub mod table;

pub mod archive;
pub mod fetch;
pub mod prune;
pub mod saved;

pub mod identity;
pub mod normalize;
pub mod revision;

pub mod lifecycle;
pub mod verdict;

mod ahead;
mod board;
mod content;
mod domain;
pub mod employer;
pub mod history;
pub mod line;
pub(crate) mod log;
mod newcomer;
mod reading;
mod round;
pub mod rows;
mod run;

pub mod register;
pub mod renormalize;
mod schedule;
pub mod sync;

use std::sync::Arc;

use thiserror::Error;

use self::archive::{Archive, ArchiveError};
use self::saved::{Outcome, SavedAnswer};
use self::verdict::Policy;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::vocabulary::CrawlOutcome;

/// Applies answers to a store.
pub struct Intake<'a> {
    pub store: &'a Store,
    pub archive: Option<&'a Archive>,
    /// Overrides every board's own policy.
    pub policy: Option<Policy>,
    /// UTC milliseconds since 1970: when things are written down.
    pub clock: fn() -> i64,
}

/// What came back from a board. Times are UTC milliseconds since 1970.
#[derive(Clone, Debug)]
pub struct Arrived {
    pub provider: String,
    pub board: String,
    pub started_at: i64,
    pub finished_at: i64,
    pub http_status: Option<u16>,
    pub body: Body,
}

#[derive(Clone, Debug)]
pub enum Body {
    Read(Vec<u8>),
    /// No answer, or one that says nothing about the board.
    Failed(String),
    /// The provider says that there is no such board.
    NotFound,
    /// Nothing was asked: an operator gives the board up.
    Retired,
}

impl Body {
    /// Its length in bytes.
    fn len(&self) -> usize {
        if let Self::Read(bytes) = self { bytes.len() } else { 0 }
    }
}

impl From<SavedAnswer> for Arrived {
    fn from(saved: SavedAnswer) -> Self {
        Self {
            provider: saved.provider,
            board: saved.board,
            started_at: saved.fetched_at,
            finished_at: saved.fetched_at,
            http_status: None,
            body: match saved.outcome {
                Outcome::Answered(body) => Body::Read(body),
                Outcome::Failed { message } => Body::Failed(message),
            },
        }
    }
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub outcome: Option<CrawlOutcome>,
    pub guard: Option<String>,
    pub error: Option<String>,
    pub seen: i64,
    pub created: i64,
    pub updated: i64,
    pub closed: i64,
    pub reopened: i64,
    pub unchanged: i64,
    /// Of the unchanged, those of which only what makes no event has changed.
    pub touched: i64,
    pub warnings: Vec<String>,
    /// Whether this very answer was applied before, so that nothing was done.
    pub is_repeated: bool,
}

#[derive(Clone, Debug, Error)]
pub enum IngestError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("archive: {0}")]
    Archive(#[source] Arc<ArchiveError>),
    #[error("provider \"{0}\" is not known\nhint: known are {known}", known = provider::NAMES.join(", "))]
    UnknownProvider(String),
    #[error(
        "board {0:?} is no name of a board\nhint: a name has letters, digits, \"-\", \"_\" and \".\" only, and \":\" between parts"
    )]
    NoBoardName(String),
    #[error("answer of {at} is older than the board's latest, of {latest}\nhint: apply answers in the order of time")]
    TooOld { at: String, latest: String },
    #[error("stored posting \"{job_id}\": {message}")]
    Inconsistent { job_id: String, message: String },
}

impl Summary {
    fn has_events(&self) -> bool {
        self.created + self.updated + self.closed + self.reopened > 0
    }
}

impl Intake<'_> {
    /// Applies one answer: all of it, or nothing.
    pub async fn apply(&self, arrived: &Arrived) -> Result<Summary, IngestError> {
        let answer = self.read_ahead(arrived.clone()).await?;
        let applied = self.round(&[&answer]).await?;
        applied.into_iter().next().unwrap_or_else(|| Ok(Summary::default()))
    }
}
