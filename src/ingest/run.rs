//! One run from the verdict to the commit. What it decides is in `lifecycle`; what it writes, in `store::apply`.

mod missed;
mod seen;
mod written;

use std::collections::{BTreeMap, BTreeSet};

use entity::{crawl, raw_payload};

use super::board::{Met, meet};
use super::identity::{self, rfc3339};
use super::log::Log;
use super::posting::Board;
use super::provider::Provider;
use super::verdict::{Fetched, HISTORY_MAX, PastCrawl, Policy, judge};
use super::{Arrived, IngestError, Intake, Summary};
use crate::store::Writing;
use crate::store::apply::{Brief, JobRows, Touched};
use crate::vocabulary::{CrawlOutcome, JobStatus};

pub(super) struct Run<'a> {
    arrived: &'a Arrived,
    fetched: Fetched<'a>,
    raw: Option<raw_payload::Model>,
    writing: Writing,
    met: Met,
    crawl_id: String,
    crawls: Vec<crawl::Model>,
    policy: Policy,
    now: i64,
    log: Log,
    summary: Summary,
    first_seq: i64,
    new: Vec<JobRows>,
    /// Postings that are reopened and then updated, as they stand in between, with the event that reopens them.
    between: Vec<(i64, JobRows)>,
    changed: Vec<JobRows>,
    touched: Vec<Touched>,
    seen: Vec<String>,
    missed: Vec<String>,
}

impl<'a> Run<'a> {
    pub(super) async fn new(
        intake: &Intake<'_>,
        provider: &Provider,
        arrived: &'a Arrived,
        fetched: Fetched<'a>,
        raw: Option<raw_payload::Model>,
    ) -> Result<Self, IngestError> {
        let writing = intake.store.begin().await?;
        let company = match &fetched {
            Fetched::Board(board) => board.company_name.as_deref(),
            _ => None,
        };
        let met = meet(&writing, provider, &arrived.board, company, arrived.finished_at).await?;
        let crawls = writing.latest_crawls(&met.source.source_id, HISTORY_MAX).await?;
        let policy = intake.policy.unwrap_or(Policy {
            close_after_misses: met.source.close_after_misses,
            empty_confirmations: met.source.empty_confirmations,
            drop_guard_percent: met.source.drop_guard_percent,
            blast_radius_percent: met.source.blast_radius_percent,
            guards: true,
        });
        let crawl_id = identity::crawl_id(&met.source.source_id, arrived.finished_at);
        let now = (intake.clock)();
        let next_seq = writing.next_seq().await?;
        let log = Log::new(&met.source.source_id, &crawl_id, arrived.finished_at, now, raw.as_ref(), next_seq);
        Ok(Self {
            arrived,
            fetched,
            raw,
            writing,
            met,
            crawl_id,
            crawls,
            policy,
            now,
            summary: Summary::default(),
            first_seq: log.next_seq(),
            log,
            new: Vec::new(),
            between: Vec::new(),
            changed: Vec::new(),
            touched: Vec::new(),
            seen: Vec::new(),
            missed: Vec::new(),
        })
    }

    pub(super) async fn finish(mut self) -> Result<Summary, IngestError> {
        if self.writing.is_crawl_known(&self.crawl_id).await? {
            return Ok(Summary { is_repeated: true, ..Summary::default() });
        }
        let at = self.arrived.finished_at;
        if let Some(latest) = self.crawls.first().filter(|latest| latest.finished_at > at) {
            return Err(IngestError::TooOld { at: rfc3339(at), latest: rfc3339(latest.finished_at) });
        }
        let stored = self.stored().await?;
        let active = stored.iter().filter(|(_, brief)| brief.status == JobStatus::Active);
        let active: BTreeSet<String> = active.map(|(key, _)| key.clone()).collect();
        let verdict = judge(&self.fetched, &self.history(), &active, self.policy, at);
        if self.met.is_new && !matches!(self.fetched, Fetched::Board(_)) {
            // A board that never answered may be a slip of the pen; it leaves nothing behind.
            return Ok(Summary { outcome: Some(verdict.outcome), error: self.error(), ..Summary::default() });
        }
        if let Fetched::Board(board) = self.fetched {
            self.see_all(board, &stored).await?;
            self.miss_all(board, &stored, &verdict).await?;
        } else {
            self.miss_all(&NO_BOARD, &stored, &verdict).await?;
        }
        self.write(verdict).await
    }

    fn history(&self) -> Vec<PastCrawl> {
        let past = |it: &crawl::Model| PastCrawl {
            outcome: it.outcome.parse().unwrap_or(CrawlOutcome::Failed),
            finished_at: it.finished_at,
            seen: it.seen,
            suspect_keys: serde_json::from_str(&it.suspect_keys).unwrap_or_default(),
        };
        self.crawls.iter().map(past).collect()
    }

    /// The board's postings by their keys, as far as every run needs them.
    async fn stored(&self) -> Result<BTreeMap<String, Brief>, IngestError> {
        Ok(self.writing.briefs(&self.met.source.source_id).await?.into_iter().collect())
    }

    fn raw_sha256(&self) -> String {
        self.raw.as_ref().map(|it| it.sha256.clone()).unwrap_or_default()
    }
}

const NO_BOARD: Board =
    Board { company_name: None, postings: Vec::new(), declared_total: None, problems: Vec::new(), cut_short: false };
