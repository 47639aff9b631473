//! The postings that are on the board: new ones, known ones that changed or came back, and those that stayed the same.

use std::collections::BTreeMap;

use entity::ABSENT;

use super::Run;
use crate::ingest::IngestError;
use crate::ingest::content::{appeared, content_now, text};
use crate::ingest::identity;
use crate::ingest::lifecycle::{self, ContentNow, Difference};
use crate::ingest::log::Happening;
use crate::ingest::newcomer::Newcomer;
use crate::ingest::normalize::{NORMALIZER_VERSION, Normalized};
use crate::ingest::posting::Posting;
use crate::ingest::reading::is_same;
use crate::ingest::revision::Revision;
use crate::ingest::rows::{Standing, keep_description, rows, stated};
use crate::store::apply::{Brief, JobRows, Touched};
use crate::vocabulary::{CrawlOutcome, EventCause, EventType, JobStatus};

impl Run<'_> {
    pub(super) fn sort_seen(&mut self) {
        for (place, posting) in self.answer.postings().iter().enumerate() {
            match self.stored.briefs.get(&posting.key) {
                None => self.appeared.push(place),
                Some(brief) if is_same(brief, posting) => {
                    self.decided.summary.unchanged += 1;
                    self.decided.seen.extend(self.noted(brief));
                }
                Some(brief) => {
                    self.again.insert(brief.job_id.clone(), place);
                }
            }
        }
    }

    pub(super) fn see_all(&mut self, needed: &mut BTreeMap<String, JobRows>) -> Result<(), IngestError> {
        let answer = self.answer;
        for place in std::mem::take(&mut self.appeared) {
            if let (Some(posting), Some(newcomer)) = (answer.postings().get(place), answer.newcomer(place)) {
                self.create(posting, newcomer.into_owned());
            }
        }
        for (job_id, place) in std::mem::take(&mut self.again) {
            let missing = || inconsistent(&job_id, "it is gone");
            let posting = answer.postings().get(place).ok_or_else(missing)?;
            let brief = self.stored.briefs.get(&posting.key).cloned().ok_or_else(missing)?;
            let old = needed.remove(&job_id).ok_or_else(missing)?;
            self.see_again(posting, &answer.normalized(place), &brief, old);
        }
        Ok(())
    }

    fn create(&mut self, posting: &Posting, newcomer: Newcomer) {
        let Newcomer { mut rows, words, snapshot, warnings } = newcomer;
        let source = &self.stored.met.source;
        rows.job.job_id = identity::job_id(self.answer.provider.name, &source.board_token, &posting.key);
        rows.job.source_id.clone_from(&source.source_id);
        rows.job.org_id.clone_from(&self.stored.met.org.org_id);
        rows.body.inferred_at = self.now;
        rows.written_by(self.log.next_seq());
        self.warn(posting, &warnings);
        self.log.add(Happening {
            snapshot: Some(snapshot),
            effective_at: posting.posted_at,
            ..Happening::new(&rows.job, EventType::JobCreated, None)
        });
        self.decided.summary.created += 1;
        self.decided.new.push((rows, words));
    }

    /// A posting that is stored and that differs from what is stored, if only by its life.
    fn see_again(&mut self, posting: &Posting, normalized: &Normalized, brief: &Brief, old: JobRows) {
        let now = content_now(posting, normalized, &appeared(&old, posting));
        let mut difference = lifecycle::difference(brief, &now, NORMALIZER_VERSION);
        let (old_posting, old_normalized) = stated(&old);
        let before = Revision::of(&old_posting, &old_normalized);
        let after = Revision::of(posting, normalized);
        let texts = (text(&old_normalized), text(normalized));
        let changes = before.changes(&after, Some(texts));
        if changes.is_empty() || posting.is_partial {
            difference = Difference::Nothing;
        }
        let reopens = brief.status == JobStatus::Closed;
        if !reopens && difference == Difference::Nothing {
            self.touch(posting, brief, &now);
            return;
        }
        let mut rows = self.standing_again(posting, &old, &now);
        if reopens {
            let kept = rows.job.clone();
            self.log.add(Happening {
                changes: Revision::life_of(&old.job).changes(&Revision::default().active(), None),
                ..Happening::new(&kept, EventType::JobReopened, Some(&old.job))
            });
            self.decided.summary.reopened += 1;
        }
        if difference != Difference::Nothing {
            let before_update = rows.job.clone();
            if reopens {
                // Still the old content, whose words and native posting stay as they were.
                let between = JobRows { job: rows.job.clone(), ..old.clone() };
                self.decided.between.push((self.log.next_seq() - 1, between));
            }
            rows = self.updated(posting, normalized, rows, &after, now.whole);
            rows.written_by(self.log.next_seq());
            let cause = if difference == Difference::Rules { EventCause::Normalizer } else { EventCause::Source };
            if cause == EventCause::Source {
                rows.job.last_changed_at = self.answer.finished_at;
            }
            self.warn(posting, &normalized.warnings);
            // While it was closed, checks told nothing of what it says.
            let since = if reopens { old.job.inactive_at } else { old.job.last_checked_at };
            self.log.add(Happening {
                changes: lifecycle::attributed(changes, cause),
                cause,
                effective_at: lifecycle::credible(posting.updated_at, since, self.answer.finished_at),
                ..Happening::new(&rows.job, EventType::JobUpdated, Some(&before_update))
            });
            self.decided.summary.updated += 1;
        }
        self.decided.changed.push(rows);
    }

    /// The posting's id, if its row is to tell that it was seen: a complete crawl says so of all that it does not miss.
    fn noted(&self, brief: &Brief) -> Option<String> {
        let is_said = self.verdict.outcome == CrawlOutcome::Complete && brief.missed_crawls == 0;
        (!is_said).then(|| brief.job_id.clone())
    }

    /// Notes what makes no event: another hash, time or invisible key.
    fn touch(&mut self, posting: &Posting, brief: &Brief, now: &ContentNow) {
        self.decided.summary.unchanged += 1;
        self.decided.summary.touched += 1;
        self.decided.seen.extend(self.noted(brief));
        self.decided.touched.push(Touched {
            job_id: brief.job_id.clone(),
            content_seq: brief.content_seq,
            source_hash: posting.source_hash.clone(),
            content_hash: now.whole.clone(),
            source_updated_at: posting.updated_at.unwrap_or(ABSENT),
            native_structured: posting.native.to_string(),
        });
    }

    /// The stored rows, seen and active again; of what the posting says, only what makes no event is new.
    fn standing_again(&self, posting: &Posting, old: &JobRows, now: &ContentNow) -> JobRows {
        let mut rows = old.clone();
        let job = &mut rows.job;
        if job.status == <&str>::from(JobStatus::Closed) {
            job.status = <&str>::from(JobStatus::Active).to_owned();
            job.closed_reason = String::new();
            job.closure_evidence = None;
            job.inactive_at = ABSENT;
            job.openings += 1;
            job.job_seq += 1;
            job.last_changed_at = self.answer.finished_at;
        }
        job.last_seen_at = self.answer.finished_at;
        job.last_checked_at = self.answer.finished_at;
        job.missed_crawls = 0;
        job.first_missed_at = ABSENT;
        job.raw_sha256 = self.answer.raw_sha256().to_owned();
        // Without its details, what they told before stays.
        if !posting.is_partial {
            job.source_hash.clone_from(&posting.source_hash);
            job.content_hash.clone_from(&now.whole);
            job.source_updated_at = posting.updated_at.unwrap_or(ABSENT);
            rows.body.native_structured = posting.native.to_string();
        }
        rows
    }

    fn updated(
        &self,
        posting: &Posting,
        normalized: &Normalized,
        standing: JobRows,
        after: &Revision,
        content_hash: String,
    ) -> JobRows {
        let job = standing.job;
        let mut new = rows(
            posting,
            normalized,
            Standing {
                job_id: job.job_id,
                org_id: job.org_id,
                source_id: job.source_id,
                provider: job.provider,
                status: JobStatus::Active,
                openings: job.openings,
                first_seen_at: job.first_seen_at,
                last_seen_at: job.last_seen_at,
                last_changed_at: job.last_changed_at,
                job_seq: job.job_seq + 1,
                content_hash,
                normalized_hash: after.normalized_hash(),
                raw_sha256: job.raw_sha256,
                inferred_at: self.now,
            },
        );
        keep_description(&mut new, standing.description.as_ref());
        new
    }

    fn warn(&mut self, posting: &Posting, warnings: &[String]) {
        self.decided.summary.warnings.extend(warnings.iter().map(|code| format!("{} {code}", posting.key)));
    }
}

fn inconsistent(job_id: &str, message: &str) -> IngestError {
    IngestError::Inconsistent { job_id: job_id.to_owned(), message: message.to_owned() }
}
