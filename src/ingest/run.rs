//! One run from the verdict to the commit. What it decides is in `lifecycle`; what it writes, in `store::apply`.

use std::collections::{BTreeMap, BTreeSet};

use entity::{ABSENT, crawl, raw_payload};
use serde_json::json;

use super::board::{Met, meet, note_crawl};
use super::content::{appeared, content_now, text};
use super::identity::{self, rfc3339};
use super::lifecycle::{self, ContentNow, Difference, Missed};
use super::log::{Happening, Log};
use super::normalize::{NORMALIZER_VERSION, Normalized, normalize};
use super::posting::{Board, Posting};
use super::provider::Provider;
use super::revision::Revision;
use super::rows::{Standing, rows, stated};
use super::verdict::{Fetched, HISTORY_MAX, PastCrawl, Policy, Verdict, judge};
use super::{Arrived, IngestError, Intake, Summary};
use crate::store::Writing;
use crate::store::apply::{Brief, JobRows, Touched};
use crate::vocabulary::{ClosedReason, CrawlOutcome, EventCause, EventType, JobStatus, SourceStatus};

/// Warnings kept of one run.
const WARNINGS_MAX: usize = 50;

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
        let log = Log::new(&met.source, &crawl_id, arrived.finished_at, now, raw.as_ref(), writing.next_seq().await?);
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

    async fn see_all(&mut self, board: &Board, stored: &BTreeMap<String, Brief>) -> Result<(), IngestError> {
        let mut again: BTreeMap<&str, &Posting> = BTreeMap::new();
        for posting in &board.postings {
            match stored.get(&posting.key) {
                None => self.create(posting),
                Some(brief) if brief.status == JobStatus::Active && brief.source_hash == posting.source_hash => {
                    self.summary.unchanged += 1;
                    self.seen.push(brief.job_id.clone());
                }
                Some(brief) => {
                    again.insert(&brief.job_id, posting);
                }
            }
        }
        let ids: Vec<String> = again.keys().map(|id| (*id).to_owned()).collect();
        let mut old: BTreeMap<String, JobRows> =
            self.writing.job_rows(&ids).await?.into_iter().map(|it| (it.job.job_id.clone(), it)).collect();
        for (job_id, posting) in again {
            let missing = || inconsistent(job_id, "it is gone");
            let brief = stored.get(&posting.key).ok_or_else(missing)?;
            let old = old.remove(job_id).ok_or_else(missing)?;
            self.see_again(posting, brief, old);
        }
        Ok(())
    }

    fn create(&mut self, posting: &Posting) {
        let normalized = normalize(posting);
        let revision = Revision::of(posting, &normalized).active();
        let at = self.arrived.finished_at;
        let standing = Standing {
            job_id: identity::job_id(&self.arrived.provider, &self.met.source.board_token, &posting.key),
            org_id: self.met.org.org_id.clone(),
            source_id: self.met.source.source_id.clone(),
            provider: self.arrived.provider.clone(),
            status: JobStatus::Active,
            openings: 1,
            first_seen_at: at,
            last_seen_at: at,
            last_changed_at: at,
            job_seq: 1,
            content_hash: content_now(posting, &normalized, &BTreeSet::new()).whole,
            normalized_hash: revision.normalized_hash(),
            raw_sha256: self.raw_sha256(),
            inferred_at: self.now,
        };
        let mut rows = rows(posting, &normalized, standing);
        rows.written_by(self.log.next_seq());
        self.warn(posting, &normalized);
        self.log.add(Happening {
            snapshot: Some(revision.to_json()),
            effective_at: posting.posted_at,
            ..Happening::new(&rows.job, EventType::JobCreated, None)
        });
        self.summary.created += 1;
        self.new.push(rows);
    }

    /// A posting that is stored and that differs from what is stored, if only by its life.
    fn see_again(&mut self, posting: &Posting, brief: &Brief, old: JobRows) {
        let normalized = normalize(posting);
        let now = content_now(posting, &normalized, &appeared(&old, posting));
        let mut difference = lifecycle::difference(brief, &now, NORMALIZER_VERSION);
        let (old_posting, old_normalized) = stated(&old);
        let before = Revision::of(&old_posting, &old_normalized);
        let after = Revision::of(posting, &normalized);
        let texts = (text(&old_normalized), text(&normalized));
        let changes = before.changes(&after, Some(texts));
        if changes.is_empty() {
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
            self.summary.reopened += 1;
        }
        if difference != Difference::Nothing {
            let before_update = rows.job.clone();
            if reopens {
                // Still the old content, whose words and native posting stay as they were.
                let between = JobRows { job: rows.job.clone(), ..old.clone() };
                self.between.push((self.log.next_seq() - 1, between));
            }
            rows = self.updated(posting, &normalized, rows, &after, now.whole);
            rows.written_by(self.log.next_seq());
            let cause = if difference == Difference::Rules { EventCause::Normalizer } else { EventCause::Source };
            if cause == EventCause::Source {
                rows.job.last_changed_at = self.arrived.finished_at;
            }
            self.warn(posting, &normalized);
            self.log.add(Happening {
                changes: lifecycle::attributed(changes, cause),
                cause,
                effective_at: lifecycle::credible(
                    posting.updated_at,
                    old.job.last_checked_at,
                    self.arrived.finished_at,
                ),
                ..Happening::new(&rows.job, EventType::JobUpdated, Some(&before_update))
            });
            self.summary.updated += 1;
        }
        self.changed.push(rows);
    }

    /// Notes what makes no event: another hash, time or invisible key.
    fn touch(&mut self, posting: &Posting, brief: &Brief, now: &ContentNow) {
        self.summary.unchanged += 1;
        self.summary.touched += 1;
        self.seen.push(brief.job_id.clone());
        self.touched.push(Touched {
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
            job.last_changed_at = self.arrived.finished_at;
        }
        job.last_seen_at = self.arrived.finished_at;
        job.last_checked_at = self.arrived.finished_at;
        job.missed_crawls = 0;
        job.first_missed_at = ABSENT;
        job.source_hash.clone_from(&posting.source_hash);
        job.content_hash.clone_from(&now.whole);
        job.source_updated_at = posting.updated_at.unwrap_or(ABSENT);
        job.raw_sha256 = self.raw_sha256();
        rows.body.native_structured = posting.native.to_string();
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
        rows(
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
        )
    }

    async fn miss_all(
        &mut self,
        board: &Board,
        stored: &BTreeMap<String, Brief>,
        verdict: &Verdict,
    ) -> Result<(), IngestError> {
        let keys: BTreeSet<&str> = board.postings.iter().map(|it| it.key.as_str()).collect();
        let mut closing: BTreeMap<String, (&Brief, ClosedReason)> = BTreeMap::new();
        for (_, brief) in stored.iter().filter(|(key, _)| !keys.contains(key.as_str())) {
            match lifecycle::missed(brief, verdict.absence, self.policy) {
                Missed::Nothing => {}
                Missed::Counts => self.missed.push(brief.job_id.clone()),
                Missed::Closes(reason) => {
                    closing.insert(brief.job_id.clone(), (brief, reason));
                }
            }
        }
        let misses = self.misses(verdict);
        let ids: Vec<String> = closing.keys().cloned().collect();
        let mut rows = self.writing.job_rows(&ids).await?;
        rows.sort_by(|left, right| left.job.job_id.cmp(&right.job.job_id));
        for row in rows {
            if let Some((brief, reason)) = closing.get(&row.job.job_id) {
                self.close(row, brief, *reason, &misses);
            }
        }
        Ok(())
    }

    /// The crawls which count for a closing now, oldest first, this one last.
    fn misses(&self, verdict: &Verdict) -> Vec<(String, i64)> {
        let confirming = self.crawls.iter().filter(|it| it.outcome == <&str>::from(verdict.outcome));
        let mut misses: Vec<(String, i64)> = confirming.map(|it| (it.crawl_id.clone(), it.finished_at)).collect();
        if verdict.outcome != CrawlOutcome::Complete {
            let latest = self.crawls.iter().take_while(|it| it.outcome == <&str>::from(verdict.outcome)).count();
            misses.truncate(latest);
        }
        misses.reverse();
        misses.push((self.crawl_id.clone(), self.arrived.finished_at));
        misses
    }

    fn close(&mut self, old: JobRows, brief: &Brief, reason: ClosedReason, misses: &[(String, i64)]) {
        let at = self.arrived.finished_at;
        // Crawls before the first miss saw the posting; without a counted miss, only this kind of answer missed it.
        let since: Vec<(String, i64)> = misses.iter().filter(|(_, time)| *time > brief.last_seen_at).cloned().collect();
        let mut rows = old.clone();
        let evidence = lifecycle::evidence(brief, &since, at);
        rows.job.status = <&str>::from(JobStatus::Closed).to_owned();
        rows.job.closed_reason = <&str>::from(reason).to_owned();
        rows.job.inactive_at = at;
        rows.job.missed_crawls += 1;
        if rows.job.first_missed_at == ABSENT {
            rows.job.first_missed_at = since.first().map_or(at, |(_, time)| *time);
        }
        rows.job.closure_evidence = Some(json!(evidence).to_string());
        rows.job.last_checked_at = at;
        rows.job.last_changed_at = at;
        rows.job.job_seq += 1;
        self.log.add(Happening {
            changes: Revision::default().active().changes(&Revision::default().closed(at, reason), None),
            is_closing: true,
            ..Happening::new(&rows.job, EventType::JobClosed, Some(&old.job))
        });
        self.summary.closed += 1;
        self.changed.push(rows);
    }

    async fn write(mut self, verdict: Verdict) -> Result<Summary, IngestError> {
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
        self.summary.warnings.extend(problems);
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
    fn error(&self) -> Option<String> {
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

    fn raw_sha256(&self) -> String {
        self.raw.as_ref().map(|it| it.sha256.clone()).unwrap_or_default()
    }

    fn warn(&mut self, posting: &Posting, normalized: &Normalized) {
        self.summary.warnings.extend(normalized.warnings.iter().map(|code| format!("{} {code}", posting.key)));
    }
}

const NO_BOARD: Board =
    Board { company_name: None, postings: Vec::new(), declared_total: None, problems: Vec::new(), cut_short: false };

fn inconsistent(job_id: &str, message: &str) -> IngestError {
    IngestError::Inconsistent { job_id: job_id.to_owned(), message: message.to_owned() }
}
