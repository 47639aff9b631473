//! Everything a run has decided, in one transaction.

use std::collections::BTreeSet;

use entity::crawl;
use serde_json::json;

use super::Run;
use crate::ingest::board::note_crawl;
use crate::ingest::posting::Board;
use crate::ingest::verdict::{Fetched, Verdict};
use crate::ingest::{IngestError, Summary};
use crate::store::apply::JobRows;
use crate::vocabulary::{CrawlOutcome, SourceStatus};

/// Warnings kept of one run.
const WARNINGS_MAX: usize = 50;

impl Run<'_> {
    pub(super) async fn write(mut self, verdict: Verdict) -> Result<Summary, IngestError> {
        let at = self.arrived.finished_at;
        let board = match self.fetched {
            Fetched::Board(board) => Some(board),
            _ => None,
        };
        let error = self.error();
        note_crawl(&mut self.met, verdict.outcome, board, error.clone(), at);
        if verdict.retires {
            self.met.source.status = <&str>::from(SourceStatus::Retired).to_owned();
        }
        self.summary.outcome = Some(verdict.outcome);
        self.summary.guard = verdict.guard.map(ToOwned::to_owned);
        self.summary.error = error;
        self.summary.seen = board.map_or(0, |it| i64::try_from(it.postings.len()).unwrap_or(i64::MAX));
        let problems = board.into_iter().flat_map(|it| &it.problems);
        let problems = problems.map(|it| format!("{} {}: {}", it.key.as_deref().unwrap_or("?"), it.path, it.message));
        // First, as what they name was lost; a warning was only read with less confidence.
        self.summary.warnings.splice(0..0, problems);
        self.summary.warnings.truncate(WARNINGS_MAX);
        let crawl = self.crawl_row(&verdict, board);
        let writing = self.writing;
        if self.met.is_new {
            writing.save_org(self.met.org.clone()).await?;
        }
        writing.save_source(self.met.source.clone()).await?;
        writing.save_org(self.met.org.clone()).await?;
        let raw_sha256 = self.raw.as_ref().map(|it| it.sha256.clone()).unwrap_or_default();
        if let Some(raw) = self.raw {
            writing.insert_raw_payload(raw).await?;
        }
        writing.insert_crawl(crawl).await?;
        let (first, org_name) = (self.first_seq, self.met.org.name.as_str());
        let between: Vec<i64> = self.between.iter().map(|(seq, _)| *seq).collect();
        let passed: BTreeSet<i64> = between.iter().copied().collect();
        let last = (first..self.log.next_seq()).filter(|seq| !passed.contains(seq)).collect::<Vec<_>>();
        writing.insert_jobs(&self.new, org_name).await?;
        writing.insert_events(self.log.into_rows()).await?;
        let rows: Vec<JobRows> = self.between.into_iter().map(|(_, rows)| rows).collect();
        writing.replace_jobs(&rows, first, org_name).await?;
        writing.insert_versions(&between).await?;
        writing.replace_jobs(&self.changed, first, org_name).await?;
        writing.touch_jobs(&self.touched).await?;
        writing.mark_seen(&self.seen, at, &raw_sha256).await?;
        writing.mark_missed(&self.missed, at).await?;
        writing.insert_versions(&last).await?;
        if !last.is_empty() {
            writing.count_events(first).await?;
        }
        writing.count_jobs(&self.met.source.source_id, &self.met.org.org_id).await?;
        writing.commit().await?;
        Ok(self.summary)
    }

    /// Why there is no board.
    pub(super) fn error(&self) -> Option<String> {
        match &self.fetched {
            Fetched::Unreadable(message) | Fetched::Failed { message, .. } => Some(message.clone()),
            Fetched::NotFound { http_status } => Some(format!("the provider answered {http_status}: no such board")),
            Fetched::Board(_) => None,
        }
    }

    fn crawl_row(&self, verdict: &Verdict, board: Option<&Board>) -> crawl::Model {
        let suspect_keys: Vec<&str> = match board {
            Some(board) if verdict.outcome == CrawlOutcome::Suspect => {
                board.postings.iter().map(|it| it.key.as_str()).collect()
            }
            _ => Vec::new(),
        };
        let http_status = match &self.fetched {
            Fetched::NotFound { http_status } => Some(*http_status),
            _ => self.arrived.http_status,
        };
        crawl::Model {
            crawl_id: self.crawl_id.clone(),
            source_id: self.met.source.source_id.clone(),
            started_at: self.arrived.started_at,
            finished_at: self.arrived.finished_at,
            outcome: <&str>::from(verdict.outcome).to_owned(),
            http_status: http_status.map(i32::from),
            pages: board.map_or(0, |_| 1),
            declared_total: board.and_then(|it| it.declared_total).and_then(|it| i64::try_from(it).ok()),
            seen: self.summary.seen,
            created: self.summary.created,
            updated: self.summary.updated,
            closed: self.summary.closed,
            reopened: self.summary.reopened,
            unchanged: self.summary.unchanged,
            touched: self.summary.touched,
            guard: self.summary.guard.clone(),
            error: self.summary.error.clone(),
            warnings: json!(self.summary.warnings).to_string(),
            raw_sha256: self.raw_sha256(),
            suspect_keys: json!(suspect_keys).to_string(),
        }
    }
}
