//! The events of one run: numbered, keyed, and turned into rows.

use entity::{event, event_body, job, raw_payload};
use serde_json::{Value, json};

use super::identity;
use super::revision::FieldChange;
use crate::store::apply::EventRows;
use crate::vocabulary::{EventCause, EventType};

/// One thing that happened to a posting.
pub(crate) struct Happening<'a> {
    /// The posting after it.
    pub(crate) job: &'a job::Model,
    pub(crate) before: Option<&'a job::Model>,
    pub(crate) event_type: EventType,
    pub(crate) cause: EventCause,
    pub(crate) changes: Vec<FieldChange>,
    /// What the posting says, as JSON, where that is not told by changes.
    pub(crate) snapshot: Option<String>,
    pub(crate) effective_at: Option<i64>,
    /// Whether it leaves a tombstone.
    pub(crate) is_closing: bool,
}

impl<'a> Happening<'a> {
    pub(crate) fn new(job: &'a job::Model, event_type: EventType, before: Option<&'a job::Model>) -> Self {
        Self {
            job,
            before,
            event_type,
            cause: EventCause::Source,
            changes: Vec::new(),
            snapshot: None,
            effective_at: None,
            is_closing: false,
        }
    }
}

/// What all events of a run share, and those there are so far.
pub(crate) struct Log {
    source_id: String,
    crawl_id: String,
    observed_at: i64,
    recorded_at: i64,
    raw_sha256: String,
    next_seq: i64,
    rows: Vec<EventRows>,
}

impl Log {
    pub(crate) fn new(
        source_id: &str,
        crawl_id: &str,
        observed_at: i64,
        recorded_at: i64,
        raw: Option<&raw_payload::Model>,
        next_seq: i64,
    ) -> Self {
        Self {
            source_id: source_id.to_owned(),
            crawl_id: crawl_id.to_owned(),
            observed_at,
            recorded_at,
            raw_sha256: raw.map(|it| it.sha256.clone()).unwrap_or_default(),
            next_seq,
            rows: Vec::new(),
        }
    }

    /// Numbers the events that come from `first` on; there are none yet.
    pub(crate) fn begin_at(&mut self, first: i64) {
        self.next_seq = first;
    }

    pub(crate) fn add(&mut self, it: Happening<'_>) {
        let event_type = <&str>::from(it.event_type);
        let job = it.job;
        let event = event::Model {
            seq: self.next_seq,
            event_key: identity::event_key(&job.job_id, job.job_seq, event_type, &job.normalized_hash),
            job_id: job.job_id.clone(),
            job_seq: job.job_seq,
            org_id: job.org_id.clone(),
            source_id: self.source_id.clone(),
            provider: job.provider.clone(),
            crawl_id: self.crawl_id.clone(),
            event_type: event_type.to_owned(),
            cause: <&str>::from(it.cause).to_owned(),
            observed_at: self.observed_at,
            effective_at: it.effective_at,
            recorded_at: self.recorded_at,
            content_hash_before: it.before.map(|before| before.content_hash.clone()),
            content_hash_after: job.content_hash.clone(),
            source_hash_before: it.before.map(|before| before.source_hash.clone()),
            source_hash_after: job.source_hash.clone(),
            normalized_hash_after: job.normalized_hash.clone(),
            raw_sha256: self.raw_sha256.clone(),
        };
        let body = event_body::Model {
            seq: self.next_seq,
            changes: json!(it.changes).to_string(),
            snapshot: it.snapshot,
            tombstone: it.is_closing.then(|| tombstone(job).to_string()),
            metadata: "{}".to_owned(),
        };
        self.next_seq += 1;
        self.rows.push(EventRows { event, body });
    }

    /// The number that the next event will have.
    pub(crate) fn next_seq(&self) -> i64 {
        self.next_seq
    }

    pub(crate) fn into_rows(self) -> Vec<EventRows> {
        self.rows
    }
}

/// What a closed posting could be filtered by.
fn tombstone(job: &job::Model) -> Value {
    let given = |text: &str| {
        if text.is_empty() { Value::Null } else { text.into() }
    };
    json!({
        "jobId": job.job_id,
        "orgId": job.org_id,
        "sourceId": job.source_id,
        "provider": job.provider,
        "providerJobKey": job.provider_job_key,
        "countryCode": given(&job.country_code),
        "city": given(&job.city),
        "department": given(&job.department),
        "workplaceType": given(&job.workplace_type),
        "employmentType": given(&job.employment_type),
    })
}
