//! The events of postings and the states that they lead to, as rows in the shape in which `ingest` writes them.

use std::collections::BTreeSet;

use entity::{ABSENT, job};
use serde_json::json;

use super::boards::Board;
use super::life::{EVENTS_MAX, Kind, Moment, live};
use super::posting::Draft;
use super::stock::Stock;
use crate::ingest::identity::{self, rfc3339};
use crate::ingest::lifecycle::{ClosureEvidence, attributed};
use crate::ingest::log::{Happening, Log};
use crate::ingest::normalize::Normalized;
use crate::ingest::posting::Posting;
use crate::ingest::revision::Revision;
use crate::ingest::rows::{Standing, rows};
use crate::store::apply::JobRows;
use crate::store::bulk::{Batch, Content, State};
use crate::vocabulary::{ClosedReason, EventCause, EventType, JobStatus};

pub(super) const PROVIDER: &str = "greenhouse";
/// Milliseconds from an answer to its being written down.
const RECORDING_MS: i64 = 1_500;

/// An event that is due, with the numbers of all events of its posting.
#[derive(Clone, Copy, Debug)]
pub(super) struct Due {
    /// Its place among the events of its posting.
    pub(super) at: usize,
    pub(super) number: i64,
    /// The place of its board among all boards.
    pub(super) board: usize,
    pub(super) seqs: [i64; EVENTS_MAX],
}

/// A board and the names that follow from it.
pub(super) struct Named {
    pub(super) board: Board,
    pub(super) org_id: String,
    pub(super) source_id: String,
    pub(super) token: String,
    pub(super) name: String,
}

impl Named {
    pub(super) fn new(board: Board, stock: &Stock) -> Self {
        let (name, token) = stock.employer(board.rank);
        let (org_id, source_id) = (identity::org_id(PROVIDER, &token), identity::source_id(PROVIDER, &token));
        Self { board, org_id, source_id, token, name }
    }
}

/// The whole life of one posting, told event by event.
pub(super) struct Story<'a> {
    seed: u64,
    stock: &'a Stock,
    of: &'a Named,
    /// When the first day began, in UTC milliseconds since 1970.
    begun_at: i64,
    due: Due,
    moments: Vec<Moment>,
}

/// What a posting says at some event, and since which.
struct Said {
    posting: Posting,
    normalized: Normalized,
    revision: Revision,
    content_hash: String,
    normalized_hash: String,
    /// The place of the event that wrote it.
    since: usize,
    cause: EventCause,
    /// When its board had last brought about an event then.
    changed_at: i64,
}

impl<'a> Story<'a> {
    pub(super) fn new(seed: u64, stock: &'a Stock, of: &'a Named, begun_at: i64, due: Due) -> Self {
        let mut moments = Vec::with_capacity(EVENTS_MAX);
        live(seed, due.number, &of.board, &mut moments);
        Self { seed, stock, of, begun_at, due, moments }
    }

    /// Adds the event, the state after it, and what it wrote.
    pub(super) fn tell(&self, batch: &mut Batch) {
        let at = self.due.at;
        let said = self.said(at);
        let rows = self.state(at, &said);
        if at == 0 {
            batch.jobs.push(self.present(&said, &rows.job));
        }
        let next = self.moments.get(at + 1).map(|moment| (self.due.seqs[at + 1], self.time(moment.crawl)));
        let event = self.event(at, &said, &rows.job);
        batch.events.extend(event.into_rows());
        batch.states.push(State {
            job: rows.job.clone(),
            from: (self.due.seqs[at], self.time(self.moments[at].crawl)),
            until: next,
        });
        if said.since == at {
            batch.contents.push(Content { rows, org_name: self.of.name.clone() });
        }
    }

    /// When a crawl of the board was answered, in UTC milliseconds since 1970.
    fn time(&self, crawl: i64) -> i64 {
        self.begun_at + self.of.board.time(crawl)
    }

    fn crawl_id(&self, crawl: i64) -> String {
        identity::crawl_id(&self.of.source_id, self.time(crawl))
    }

    /// What the posting says after the event at `at`.
    fn said(&self, at: usize) -> Said {
        let mut changed_at = self.time(self.moments[0].crawl);
        let (mut draft, mut chance) = Draft::new(self.seed, self.due.number, &self.of.board, self.stock, changed_at);
        let (mut since, mut cause) = (0, EventCause::Source);
        for (place, moment) in self.moments.iter().enumerate().take(at + 1) {
            let time = self.time(moment.crawl);
            if moment.kind == Kind::Updated {
                cause = draft.change(&mut chance, self.stock, time);
                since = place;
            }
            if cause == EventCause::Source || since != place {
                changed_at = time;
            }
        }
        let posting = draft.posting(&self.of.token, self.stock);
        let normalized = draft.normalized(&posting, self.stock);
        let revision = Revision::of(&posting, &normalized);
        let text = normalized.description.as_ref().map(|it| it.text.as_str());
        Said {
            content_hash: identity::content_hash(&posting, text, &BTreeSet::new()),
            normalized_hash: revision.normalized_hash(),
            posting,
            normalized,
            revision,
            since,
            cause,
            changed_at,
        }
    }

    /// The place of the event that wrote what the posting says after the event at `at`.
    fn since(&self, at: usize) -> usize {
        self.moments[..=at].iter().rposition(|it| it.kind == Kind::Updated).unwrap_or(0)
    }

    /// The rows of the posting after the event at `at`.
    fn state(&self, at: usize, said: &Said) -> JobRows {
        let is_written_now = said.since == at;
        let reopened = self.moments[..=at].iter().filter(|it| it.kind == Kind::Reopened).count();
        let time = self.time(self.moments[at].crawl);
        let mut rows = rows(
            &said.posting,
            &said.normalized,
            Standing {
                job_id: identity::job_id(PROVIDER, &self.of.token, &said.posting.key),
                org_id: self.of.org_id.clone(),
                source_id: self.of.source_id.clone(),
                provider: PROVIDER.to_owned(),
                status: JobStatus::Active,
                openings: 1 + i32::try_from(reopened).unwrap_or(0),
                first_seen_at: self.time(self.moments[0].crawl),
                last_seen_at: time,
                last_changed_at: if is_written_now { said.changed_at } else { time },
                job_seq: i32::try_from(at + 1).unwrap_or(i32::MAX),
                content_hash: said.content_hash.clone(),
                normalized_hash: said.normalized_hash.clone(),
                raw_sha256: String::new(),
                inferred_at: self.time(self.moments[said.since].crawl) + RECORDING_MS,
            },
        );
        rows.written_by(self.due.seqs[said.since]);
        if self.moments[at].kind == Kind::Closed {
            self.close(&mut rows.job, self.moments[at].crawl);
        }
        rows
    }

    /// A closing at the first complete crawl without the posting.
    fn close(&self, job: &mut job::Model, crawl: i64) {
        let (at, seen_at) = (self.time(crawl), self.time(crawl - 1));
        let evidence = ClosureEvidence {
            last_seen_at: rfc3339(seen_at),
            first_missed_at: rfc3339(at),
            confirmed_at: rfc3339(at),
            complete_crawls_missed: 1,
            crawls: vec![self.crawl_id(crawl)],
        };
        job.status = <&str>::from(JobStatus::Closed).to_owned();
        job.closed_reason = <&str>::from(ClosedReason::NotListed).to_owned();
        job.inactive_at = at;
        job.last_seen_at = seen_at;
        job.missed_crawls = 1;
        job.first_missed_at = at;
        job.closure_evidence = Some(json!(evidence).to_string());
    }

    /// The posting as it stands now, when `first` is what it said at first; what is active was seen by the last crawl.
    fn present(&self, first: &Said, first_job: &job::Model) -> job::Model {
        let last = self.moments.len() - 1;
        let mut job = match (last, self.since(last)) {
            (0, _) => first_job.clone(),
            (_, 0) => self.state(last, first).job,
            _ => self.state(last, &self.said(last)).job,
        };
        if job.inactive_at == ABSENT {
            job.last_seen_at = self.time(self.of.board.crawls - 1);
            job.last_checked_at = job.last_seen_at;
        }
        job
    }

    fn event(&self, at: usize, said: &Said, job: &job::Model) -> Log {
        let moment = self.moments[at];
        let time = self.time(moment.crawl);
        let crawl_id = self.crawl_id(moment.crawl);
        let mut log = Log::new(&self.of.source_id, &crawl_id, time, time + RECORDING_MS, None, self.due.seqs[at]);
        match moment.kind {
            Kind::Created => log.add(Happening {
                snapshot: Some(said.revision.clone().active().to_json().to_string()),
                effective_at: said.posting.posted_at,
                ..Happening::new(job, EventType::JobCreated, None)
            }),
            Kind::Updated => self.update(&mut log, said, job),
            Kind::Closed => log.add(Happening {
                changes: active().changes(&closed(time), None),
                is_closing: true,
                ..Happening::new(job, EventType::JobClosed, Some(job))
            }),
            Kind::Reopened => log.add(Happening {
                changes: closed(self.time(self.moments[at - 1].crawl)).changes(&active(), None),
                ..Happening::new(job, EventType::JobReopened, Some(job))
            }),
        }
        log
    }

    fn update(&self, log: &mut Log, said: &Said, job: &job::Model) {
        let old = self.said(self.due.at - 1);
        let text = |it: &Said| it.normalized.description.as_ref().map(|it| it.text.clone()).unwrap_or_default();
        let changes = old.revision.changes(&said.revision, Some((&text(&old), &text(said))));
        let before =
            job::Model { content_hash: old.content_hash, source_hash: old.posting.source_hash.clone(), ..job.clone() };
        let is_source = said.cause == EventCause::Source;
        log.add(Happening {
            changes: attributed(changes, said.cause),
            cause: said.cause,
            effective_at: said.posting.updated_at.filter(|_| is_source),
            ..Happening::new(job, EventType::JobUpdated, Some(&before))
        });
    }
}

fn active() -> Revision {
    Revision::default().active()
}

fn closed(at: i64) -> Revision {
    Revision::default().closed(at, ClosedReason::NotListed)
}
