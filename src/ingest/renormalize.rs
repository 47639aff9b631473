//! Archived answers read again by the present rules: whatever these derive otherwise becomes an event of the normalizer.
//!
//! Each posting is read from the answer that it was last seen in, closed ones too, so that its state says what its last
//! bytes do. What the provider states (its hashes, its times, when the posting last changed) stays. A posting is done
//! once its row names the present rules, so that a run that was cut off goes on where it was.

mod document;
mod reread;
mod tally;
mod written;

use std::collections::BTreeMap;

use entity::source;
use tokio_util::sync::CancellationToken;

use self::document::{Document, Lost};
pub use self::tally::{Cause, Counts, Example, Tally};
use super::IngestError;
use super::archive::Archive;
use super::normalize::{NORMALIZER_VERSION, Normalized, normalize};
use super::posting::Posting;
use crate::aside::aside;
use crate::store::Store;
use crate::store::stale::Stale;

/// Postings that are read, and then written in one transaction, at once.
const BATCH_POSTINGS_MAX: usize = 500;

/// What is read again, and how.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Also the postings that the present rules have derived already.
    pub all: bool,
    /// Postings that are read at most.
    pub limit: Option<usize>,
    /// Whether nothing is written.
    pub dry_run: bool,
    /// Examples that are kept of each field.
    pub examples_max: usize,
}

/// What is told while it goes on.
pub enum Told<'a> {
    /// A board is done with.
    Board(&'a source::Model),
    /// So many postings of it cannot be read again, and why.
    Lost(&'a source::Model, usize, String),
}

/// Reads archived answers again.
pub struct Renormalizer<'a> {
    pub store: &'a Store,
    pub archive: &'a Archive,
    /// UTC milliseconds since 1970.
    pub clock: fn() -> i64,
}

/// Postings of one answer, and what they mean now.
struct Reading {
    document: Document,
    postings: Vec<(Stale, Posting, Normalized)>,
}

/// One run over boards.
struct Run<'a, T> {
    with: &'a Renormalizer<'a>,
    asked: &'a Asked,
    stop: &'a CancellationToken,
    tell: T,
    tally: Tally,
    batch: Vec<Reading>,
    /// Postings that were taken into a batch.
    taken: usize,
}

impl Renormalizer<'_> {
    /// Reads these boards' answers again, board by board, until all are read or it is told to stop. What is told by then
    /// is written.
    pub async fn run(
        &self,
        sources: &[source::Model],
        asked: &Asked,
        stop: &CancellationToken,
        tell: impl FnMut(Told<'_>),
    ) -> Result<Tally, IngestError> {
        let below = if asked.all { NORMALIZER_VERSION + 1 } else { NORMALIZER_VERSION };
        let mut run = Run { with: self, asked, stop, tell, tally: Tally::default(), batch: Vec::new(), taken: 0 };
        for source in sources {
            let stale = self.store.reader().stale(&source.source_id, below).await?;
            run.board(source, stale).await?;
            if run.is_over() {
                break;
            }
            (run.tell)(Told::Board(source));
        }
        run.write().await?;
        Ok(run.tally)
    }
}

impl<T: FnMut(Told<'_>)> Run<'_, T> {
    fn is_over(&self) -> bool {
        self.stop.is_cancelled() || self.left() == 0
    }

    fn left(&self) -> usize {
        self.asked.limit.unwrap_or(usize::MAX) - self.taken
    }

    async fn board(&mut self, source: &source::Model, stale: Vec<Stale>) -> Result<(), IngestError> {
        let mut earlier = Vec::new();
        let latest = stale.into_iter().map(|it| (it.raw_sha256.clone(), it));
        for (sha256, postings) in by_answer(latest) {
            earlier.extend(self.answer(source, &sha256, postings, true).await?);
        }
        for (sha256, postings) in by_answer(earlier) {
            self.answer(source, &sha256, postings, false).await?;
        }
        Ok(())
    }

    /// Reads the postings that were last seen in one answer. Those whose details it lacks come back, with the answer that
    /// their content was read from.
    async fn answer(
        &mut self,
        source: &source::Model,
        sha256: &str,
        wanted: Vec<Stale>,
        is_latest: bool,
    ) -> Result<Vec<(String, Stale)>, IngestError> {
        if self.is_over() {
            return Ok(Vec::new());
        }
        let (document, mut postings) = match Document::read(self.with, source, sha256).await? {
            Ok(read) => read,
            Err(lost) => {
                self.lose(source, wanted.len(), &lost);
                return Ok(Vec::new());
            }
        };
        let (mut found, mut partial) = (Vec::new(), Vec::new());
        for it in wanted {
            match postings.remove(&it.provider_job_key) {
                None => self.lose(source, 1, &document.lacks(&it.provider_job_key)),
                Some(posting) if posting.is_partial && is_latest => partial.push((it, posting)),
                Some(posting) => found.push((it, posting)),
            }
        }
        let seqs: Vec<i64> = partial.iter().map(|(it, _)| it.content_seq).collect();
        let answers = self.with.store.reader().raw_of_events(&seqs).await?;
        let mut earlier = Vec::new();
        for (it, posting) in partial {
            match answers.get(&it.content_seq).filter(|answer| *answer != sha256) {
                Some(answer) => earlier.push((answer.clone(), it)),
                // It has never been seen with its details.
                None => found.push((it, posting)),
            }
        }
        self.take(&document, found).await?;
        Ok(earlier)
    }

    async fn take(&mut self, document: &Document, mut found: Vec<(Stale, Posting)>) -> Result<(), IngestError> {
        found.truncate(self.left());
        self.taken += found.len();
        while !found.is_empty() && !self.stop.is_cancelled() {
            let rest = found.split_off(found.len().min(BATCH_POSTINGS_MAX));
            let postings = aside(move || meant(found)).await;
            found = rest;
            self.batch.push(Reading { document: document.clone(), postings });
            if self.batch.iter().map(|it| it.postings.len()).sum::<usize>() >= BATCH_POSTINGS_MAX {
                self.write().await?;
            }
        }
        Ok(())
    }

    fn lose(&mut self, source: &source::Model, postings: usize, lost: &Lost) {
        self.tally.skipped += postings as u64;
        (self.tell)(Told::Lost(source, postings, lost.to_string()));
    }
}

fn by_answer(postings: impl IntoIterator<Item = (String, Stale)>) -> BTreeMap<String, Vec<Stale>> {
    let mut answers: BTreeMap<String, Vec<Stale>> = BTreeMap::new();
    postings.into_iter().for_each(|(answer, it)| answers.entry(answer).or_default().push(it));
    answers
}

/// What postings mean by the present rules.
fn meant(found: Vec<(Stale, Posting)>) -> Vec<(Stale, Posting, Normalized)> {
    let one = |(stale, posting): (Stale, Posting)| {
        let normalized = normalize(&posting);
        (stale, posting, normalized)
    };
    found.into_iter().map(one).collect()
}
