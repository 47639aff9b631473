//! What a run leaves behind it: its crawl, its board and employer, and what happened to the postings.

use entity::{crawl, org, raw_payload, source};
use serde_json::json;

use super::{Decided, Run, error};
use crate::ingest::board::note_crawl;
use crate::ingest::posting::Board;
use crate::ingest::round::Orgs;
use crate::ingest::schedule;
use crate::ingest::verdict::Fetched;
use crate::store::apply::EventRows;
use crate::vocabulary::{CrawlOutcome, SourceStatus};

/// Warnings kept of one run.
const WARNINGS_MAX: usize = 50;

/// Everything that one run writes.
pub(in crate::ingest) struct Outcome {
    pub(in crate::ingest) source: source::Model,
    pub(in crate::ingest) org: org::Model,
    pub(in crate::ingest) raw: Option<raw_payload::Model>,
    pub(in crate::ingest) crawl: crawl::Model,
    pub(in crate::ingest) events: Vec<EventRows>,
    pub(in crate::ingest) decided: Decided,
}

impl Run<'_> {
    /// Ends the run. `orgs` are as the runs before have left them.
    pub(in crate::ingest) fn end(mut self, orgs: &mut Orgs) -> Outcome {
        let (answer, at) = (self.answer, self.answer.finished_at);
        let fetched = answer.fetched();
        let board = match fetched {
            Fetched::Board(board) => Some(board),
            _ => None,
        };
        if let Some(org) = orgs.get(&self.stored.met.org.org_id) {
            self.stored.met.org.clone_from(org);
        }
        let error = error(&fetched);
        if !self.verdict.by_operator {
            note_crawl(&mut self.stored.met, self.verdict.outcome, board, error.clone(), at);
            self.stored.met.source.next_crawl_after = self.due_after();
        }
        if self.verdict.retires {
            self.stored.met.source.status = <&str>::from(SourceStatus::Retired).to_owned();
        }
        let summary = &mut self.decided.summary;
        summary.outcome = Some(self.verdict.outcome);
        summary.guard = self.verdict.guard.map(ToOwned::to_owned);
        summary.error = error;
        summary.seen = board.map_or(0, |it| i64::try_from(it.postings.len()).unwrap_or(i64::MAX));
        let problems = board.into_iter().flat_map(|it| &it.problems);
        let problems = problems.map(|it| {
            let key = it.key.as_ref().map(|key| format!("{key} ")).unwrap_or_default();
            format!("{key}{}: {}", it.path, it.message)
        });
        // First, as what they name was lost; a warning was only read with less confidence.
        summary.warnings.splice(0..0, problems);
        summary.warnings.truncate(WARNINGS_MAX);
        let org_name = &self.stored.met.org.name;
        if *org_name != answer.org_name {
            // Its postings were made ready under another name.
            for (rows, words) in &mut self.decided.new {
                *words = rows.search_text(org_name, answer.dialect);
            }
        }
        let crawl = self.crawl_row(board);
        orgs.insert(self.stored.met.org.org_id.clone(), self.stored.met.org.clone());
        Outcome {
            raw: answer.raw.clone(),
            source: self.stored.met.source,
            org: self.stored.met.org,
            crawl,
            events: self.log.into_rows(),
            decided: self.decided,
        }
    }

    /// When the board is crawled next.
    fn due_after(&self) -> i64 {
        let source = &self.stored.met.source;
        let answered = self.stored.crawls.iter().filter(|it| !matches!(it.outcome.as_str(), "FAILED" | "GONE"));
        let earlier = answered.map(|it| it.created + it.updated + it.closed + it.reopened > 0);
        let changes: Vec<bool> = [self.decided.summary.has_events()].into_iter().chain(earlier).collect();
        let (at, failures) = (self.answer.finished_at, source.consecutive_failures);
        schedule::due_after(&source.source_id, at, failures, &changes, source.crawl_interval_s)
    }

    fn crawl_row(&self, board: Option<&Board>) -> crawl::Model {
        let summary = &self.decided.summary;
        let suspect_keys: Vec<&str> = match board {
            Some(board) if self.verdict.outcome == CrawlOutcome::Suspect => {
                board.postings.iter().map(|it| it.key.as_str()).collect()
            }
            _ => Vec::new(),
        };
        let http_status = match self.answer.fetched() {
            Fetched::NotFound { http_status } => Some(http_status),
            _ => self.answer.http_status,
        };
        crawl::Model {
            crawl_id: self.crawl_id.clone(),
            source_id: self.stored.met.source.source_id.clone(),
            started_at: self.answer.started_at,
            finished_at: self.answer.finished_at,
            outcome: <&str>::from(self.verdict.outcome).to_owned(),
            http_status: http_status.map(i32::from),
            pages: board.map_or(0, |it| i32::try_from(it.pages).unwrap_or(i32::MAX)),
            declared_total: board.and_then(|it| it.declared_total).and_then(|it| i64::try_from(it).ok()),
            seen: summary.seen,
            created: summary.created,
            updated: summary.updated,
            closed: summary.closed,
            reopened: summary.reopened,
            unchanged: summary.unchanged,
            touched: summary.touched,
            guard: summary.guard.clone(),
            error: summary.error.clone(),
            warnings: json!(summary.warnings).to_string(),
            raw_sha256: self.answer.raw_sha256().to_owned(),
            suspect_keys: json!(suspect_keys).to_string(),
        }
    }
}
