//! The postings that are not on the board: those that close, and those that are missed for the time being.

use std::collections::{BTreeMap, BTreeSet};

use entity::ABSENT;
use serde_json::json;

use super::Run;
use crate::ingest::lifecycle::{self, Missed};
use crate::ingest::log::Happening;
use crate::ingest::revision::Revision;
use crate::ingest::verdict::Fetched;
use crate::store::apply::{Brief, JobRows};
use crate::vocabulary::{ClosedReason, CrawlOutcome, EventCause, EventType, JobStatus};

impl Run<'_> {
    pub(super) fn sort_missed(&mut self) {
        let keys: BTreeSet<&str> = self.answer.postings().iter().map(|it| it.key.as_str()).collect();
        for (_, brief) in self.stored.briefs.iter().filter(|(key, _)| !keys.contains(key.as_str())) {
            match lifecycle::missed(brief, self.verdict.absence, self.policy) {
                Missed::Nothing => {}
                Missed::Counts => self.decided.missed.push(brief.job_id.clone()),
                Missed::Closes(reason) => {
                    self.closing.insert(brief.job_id.clone(), (brief.clone(), reason));
                }
            }
        }
    }

    pub(super) fn close_all(&mut self, needed: &mut BTreeMap<String, JobRows>) {
        let misses = self.misses();
        for (job_id, (brief, reason)) in std::mem::take(&mut self.closing) {
            if let Some(rows) = needed.remove(&job_id) {
                self.close(rows, &brief, reason, &misses);
            }
        }
    }

    /// The crawls which count for a closing now, oldest first, this one last.
    fn misses(&self) -> Vec<(String, i64)> {
        let confirming = self.stored.crawls.iter().filter(|it| it.outcome == <&str>::from(self.verdict.outcome));
        let mut misses: Vec<(String, i64)> = confirming.map(|it| (it.crawl_id.clone(), it.finished_at)).collect();
        if self.verdict.outcome != CrawlOutcome::Complete {
            let latest =
                self.stored.crawls.iter().take_while(|it| it.outcome == <&str>::from(self.verdict.outcome)).count();
            misses.truncate(latest);
        }
        misses.reverse();
        misses.push((self.crawl_id.clone(), self.answer.finished_at));
        misses
    }

    fn close(&mut self, old: JobRows, brief: &Brief, reason: ClosedReason, misses: &[(String, i64)]) {
        let at = self.answer.finished_at;
        let deadline_at = Some(old.job.application_deadline).filter(|it| *it != ABSENT);
        let is_page_gone = matches!(self.answer.fetched(), Fetched::Board(it) if it.gone.contains(&old.job.source_url));
        // Crawls before the first miss saw the posting; without a counted miss, only this kind of answer missed it.
        let since: Vec<(String, i64)> = misses.iter().filter(|(_, time)| *time > brief.last_seen_at).cloned().collect();
        let first_missed_at = lifecycle::first_missed(brief, &since, at);
        let reason = lifecycle::reason(reason, deadline_at, is_page_gone, first_missed_at);
        let mut rows = old.clone();
        let mut evidence = lifecycle::evidence(brief, &since, at);
        let by_operator = self.verdict.by_operator;
        if by_operator {
            // No crawl missed it.
            evidence.complete_crawls_missed = brief.missed_crawls;
            evidence.crawls.clear();
        }
        rows.job.status = <&str>::from(JobStatus::Closed).to_owned();
        rows.job.closed_reason = <&str>::from(reason).to_owned();
        rows.job.inactive_at = at;
        rows.job.missed_crawls += i32::from(!by_operator);
        if rows.job.first_missed_at == ABSENT {
            rows.job.first_missed_at = first_missed_at;
        }
        rows.job.closure_evidence = Some(json!(evidence).to_string());
        rows.job.last_checked_at = at;
        if !by_operator {
            rows.job.last_changed_at = at;
        }
        rows.job.job_seq += 1;
        self.log.add(Happening {
            changes: Revision::default().active().changes(&Revision::default().closed(at, reason), None),
            is_closing: true,
            cause: if by_operator { EventCause::Operator } else { EventCause::Source },
            ..Happening::new(&rows.job, EventType::JobClosed, Some(&old.job))
        });
        self.decided.summary.closed += 1;
        self.decided.changed.push(rows);
    }
}
