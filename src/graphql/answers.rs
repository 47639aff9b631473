//! Answers kept for who asks the same again while nothing has changed.
//!
//! An answer is kept with the version of the data it was read from, and given only while a look at the database,
//! begun after the request came, finds that version still. Only what is asked for a second time is kept, so that a
//! question that is asked once pays for no look. What reads the clock is never kept.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use data_encoding::HEXLOWER;
use moka::sync::Cache;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::repeated::Repeated;
use crate::http::{Answer, AnswerLog, Bytes};
use crate::plan::{OperationId, Planned};
use crate::store::DataVersion;
use crate::store::Store;
use crate::store::error::StoreError;

/// Bytes of a hash that name an answer.
const TAG_BYTES: usize = 16;
/// What the bookkeeping of an entry takes, about.
const ENTRY_BYTES: usize = 512;
/// How much of the room for answers is for the requests that led to them.
const REPEATED_SHARE: u64 = 4;

/// A normalized operation and its variables.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Question {
    operation: OperationId,
    variables: Arc<str>,
}

impl Question {
    pub(super) fn of(planned: &Planned) -> Self {
        Self { operation: OperationId::of(&planned.operation), variables: text(&planned.variables).into() }
    }
}

/// Variables as JSON; nothing if there are none.
fn text(variables: &Map<String, Value>) -> String {
    if variables.is_empty() { String::new() } else { Value::Object(variables.clone()).to_string() }
}

/// What is known of a question.
#[derive(Clone, Debug)]
enum Known {
    /// It was asked.
    Asked,
    Answered(Arc<Kept>),
}

#[derive(Debug)]
struct Kept {
    version: DataVersion,
    answer: Answer,
}

/// What to do about a question.
#[derive(Debug)]
pub(super) enum Found {
    /// Answer it, and keep nothing.
    Nothing,
    /// Answer it, and keep the answer if the data are of this version before and after.
    Keep(DataVersion),
    Answer(Answer),
}

/// The answers that are kept, the most wanted ones up to a number of bytes.
#[derive(Debug)]
pub(super) struct Answers {
    known: Cache<Question, Known>,
    pub(super) repeated: Repeated,
    look: Look,
    /// Versions are compared in one process alone.
    process: Uuid,
}

impl Answers {
    pub(super) fn new(store: Store, bytes_max: u64) -> Self {
        let bytes = |question: &Question, known: &Known| {
            let answer = match known {
                Known::Asked => 0,
                Known::Answered(kept) => kept.answer.bytes(),
            };
            (ENTRY_BYTES + question.variables.len() + answer).try_into().unwrap_or(u32::MAX)
        };
        let repeated_bytes_max = bytes_max / REPEATED_SHARE;
        let known = Cache::builder().max_capacity(bytes_max - repeated_bytes_max).weigher(bytes).build();
        Self { known, repeated: Repeated::new(repeated_bytes_max), look: Look::new(store), process: Uuid::now_v7() }
    }

    /// What names the answer to a question while the data are as they are now. `told` is whatever else it depends on.
    pub(super) async fn tag(&self, planned: &Planned, told: &str) -> Option<String> {
        let version = self.look.version().await.ok()?;
        let mut hash = Sha256::new();
        for part in [&planned.operation.text, &text(&planned.variables), told, &format!("{version:?} {}", self.process)]
        {
            hash.update(part);
            hash.update([0]);
        }
        Some(HEXLOWER.encode(&hash.finalize()[..TAG_BYTES]))
    }

    pub(super) async fn find(&self, question: &Question) -> Found {
        let kept = match self.known.get(question) {
            None => {
                self.known.insert(question.clone(), Known::Asked);
                return Found::Nothing;
            }
            Some(Known::Asked) => None,
            Some(Known::Answered(kept)) => Some(kept),
        };
        // A database that cannot be looked at is met again by the statements of the answer, which say so.
        match (self.look.version().await, kept) {
            (Ok(version), Some(kept)) if kept.version == version => Found::Answer(kept.answer.clone()),
            (Ok(version), _) => Found::Keep(version),
            (Err(_), _) => Found::Nothing,
        }
    }

    /// Keeps an answer that was read since the data had `version`, if they have it still.
    pub(super) async fn keep(&self, question: Question, version: DataVersion, answer: &Answer) {
        if self.look.version().await.is_ok_and(|it| it == version) {
            let mut answer = answer.clone();
            // What grew while it was written has room to spare.
            answer.body = Bytes::copy_from_slice(&answer.body);
            answer.log = AnswerLog { statements: 0, rows: 0, slowest: None, ..answer.log };
            self.known.insert(question, Known::Answered(Arc::new(Kept { version, answer })));
        }
    }
}

/// Looks at the version of the data, one look for all who wait for one.
#[derive(Debug)]
struct Look {
    store: Store,
    /// Looks begun so far.
    begun: AtomicU64,
    /// The number of the last look that ended, and what it found.
    last: Mutex<(u64, DataVersion)>,
}

impl Look {
    fn new(store: Store) -> Self {
        Self { store, begun: AtomicU64::new(0), last: Mutex::default() }
    }

    /// The version by a look that began after this was called.
    async fn version(&self) -> Result<DataVersion, StoreError> {
        let begun = self.begun.load(Ordering::SeqCst);
        let mut last = self.last.lock().await;
        if last.0 <= begun {
            let number = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
            *last = (number, self.store.data_version().await?);
        }
        Ok(last.1.clone())
    }
}
