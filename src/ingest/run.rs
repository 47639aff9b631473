//! One run over one board, from the verdict to what it writes. What it decides is in `lifecycle`; several runs are read
//! for and written together by `round`.

mod missed;
mod seen;
mod written;

pub(super) use self::written::Outcome;

use std::collections::{BTreeMap, BTreeSet};

use entity::{ABSENT, crawl};

use super::IngestError;
use super::Summary;
use super::board::Met;
use super::identity::{self, rfc3339};
use super::log::Log;
use super::reading::Reading;
use super::verdict::{Fetched, PastCrawl, Policy, Verdict, judge};
use crate::store::apply::{Brief, JobRows, Touched};
use crate::store::content::SearchText;
use crate::vocabulary::{ClosedReason, CrawlOutcome, JobStatus};

/// What is stored of a board.
pub(super) struct Stored {
    pub(super) met: Met,
    /// The latest first.
    pub(super) crawls: Vec<crawl::Model>,
    pub(super) is_crawl_known: bool,
    /// The board's postings by their keys, as far as every run needs them.
    pub(super) briefs: BTreeMap<String, Brief>,
}

/// What comes of an answer, before the postings that change are read.
pub(super) enum Begun<'a> {
    /// There is nothing to write.
    Over(Summary),
    Run(Box<Run<'a>>),
}

pub(super) struct Run<'a> {
    answer: &'a Reading,
    stored: Stored,
    verdict: Verdict,
    crawl_id: String,
    policy: Policy,
    now: i64,
    /// Places on the board of postings that are new.
    appeared: Vec<usize>,
    /// Places of those that are known and not the same, by their ids.
    again: BTreeMap<String, usize>,
    /// Those that close, by their ids.
    closing: BTreeMap<String, (Brief, ClosedReason)>,
    log: Log,
    decided: Decided,
}

/// What a run writes.
#[derive(Default)]
pub(super) struct Decided {
    pub(super) summary: Summary,
    pub(super) new: Vec<(JobRows, SearchText)>,
    /// Postings that are reopened and then updated, as they stand in between, with the event that reopens them.
    pub(super) between: Vec<(i64, JobRows)>,
    pub(super) changed: Vec<JobRows>,
    pub(super) touched: Vec<Touched>,
    /// Of those that stay the same, the ones whose rows are to tell that they were seen.
    pub(super) seen: Vec<String>,
    pub(super) missed: Vec<String>,
}

impl<'a> Run<'a> {
    /// Judges an answer, and sorts out what it says of which posting.
    pub(super) fn begin(
        answer: &'a Reading,
        stored: Stored,
        policy: Option<Policy>,
        now: i64,
    ) -> Result<Begun<'a>, IngestError> {
        if stored.is_crawl_known {
            return Ok(Begun::Over(Summary { is_repeated: true, ..Summary::default() }));
        }
        let at = answer.finished_at;
        // What was asked for before the latest answer came may be older than that, whenever it was there.
        let mut later = stored
            .crawls
            .iter()
            .filter(|it| it.finished_at > at || (it.finished_at > answer.started_at && is_told(it)));
        if let Some(latest) = later.next() {
            let at = if latest.finished_at > at { at } else { answer.started_at };
            return Err(IngestError::TooOld { at: rfc3339(at), latest: rfc3339(latest.finished_at) });
        }
        let source = &stored.met.source;
        let policy = policy.unwrap_or(Policy {
            close_after_misses: source.close_after_misses,
            empty_confirmations: source.empty_confirmations,
            drop_guard_percent: source.drop_guard_percent,
            blast_radius_percent: source.blast_radius_percent,
            guards: true,
        });
        let active = stored.briefs.iter().filter(|(_, brief)| brief.status == JobStatus::Active);
        let active: BTreeSet<String> = active.map(|(key, _)| key.clone()).collect();
        let fetched = answer.fetched();
        let answered_at = Some(source.last_success_at).filter(|it| *it != ABSENT);
        let verdict = judge(&fetched, &history(&stored.crawls), answered_at, &active, policy, at);
        if stored.met.is_new && !matches!(fetched, Fetched::Board(_)) {
            // A board that never answered may be a slip of the pen; it leaves nothing behind.
            let (outcome, error) = (Some(verdict.outcome), error(&fetched));
            return Ok(Begun::Over(Summary { outcome, error, ..Summary::default() }));
        }
        let crawl_id = identity::crawl_id(&source.source_id, at);
        let log = Log::new(&source.source_id, &crawl_id, at, now, answer.raw.as_ref(), 0);
        let mut run = Self {
            answer,
            stored,
            verdict,
            crawl_id,
            policy,
            now,
            appeared: Vec::new(),
            again: BTreeMap::new(),
            closing: BTreeMap::new(),
            log,
            decided: Decided::default(),
        };
        run.sort_seen();
        run.sort_missed();
        Ok(Begun::Run(Box::new(run)))
    }

    /// The postings that must be read over all their tables before `decide`.
    pub(super) fn needed(&self) -> impl Iterator<Item = &String> {
        self.again.keys().chain(self.closing.keys())
    }

    /// Decides what happened to each posting. Its events are numbered from `first` on.
    pub(super) fn decide(&mut self, needed: &mut BTreeMap<String, JobRows>, first: i64) -> Result<(), IngestError> {
        self.log.begin_at(first);
        self.see_all(needed)?;
        self.close_all(needed);
        Ok(())
    }

    pub(super) fn next_seq(&self) -> i64 {
        self.log.next_seq()
    }
}

/// Whether a crawl told what was on its board, or was an operator's word that it is given up.
fn is_told(crawl: &crawl::Model) -> bool {
    !matches!(crawl.outcome.parse(), Ok(CrawlOutcome::Failed | CrawlOutcome::Gone)) || is_given_up(crawl)
}

/// Whether an operator gave the board up, for which nothing is asked.
fn is_given_up(crawl: &crawl::Model) -> bool {
    crawl.outcome == <&str>::from(CrawlOutcome::Gone) && crawl.http_status.is_none()
}

fn history(crawls: &[crawl::Model]) -> Vec<PastCrawl> {
    let past = |it: &crawl::Model| PastCrawl {
        outcome: it.outcome.parse().unwrap_or(CrawlOutcome::Failed),
        finished_at: it.finished_at,
        seen: it.seen,
        suspect_keys: serde_json::from_str(&it.suspect_keys).unwrap_or_default(),
    };
    // A board that was given up by an operator, and taken up again, was not gone.
    crawls.iter().filter(|it| !is_given_up(it)).map(past).collect()
}

/// Why there is no board.
fn error(fetched: &Fetched<'_>) -> Option<String> {
    match fetched {
        Fetched::Unreadable(message) | Fetched::Failed { message, .. } => Some(message.clone()),
        Fetched::NotFound { http_status } => Some(format!("the provider answered {http_status}: no such board")),
        Fetched::Retired => Some("an operator gave the board up".to_owned()),
        Fetched::Board(_) => None,
    }
}
