//! One event as JSON: a line for those who poll, a member of the body that a webhook is sent.

use serde::Serialize;
use serde_json::value::RawValue;

use crate::ingest::identity::rfc3339;
use crate::store::event::LoggedEvent;

/// Positions are text, as they are in the graph. `docs/webhooks.md` tells receivers these members.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Line<'a> {
    seq: String,
    event_key: &'a str,
    #[serde(rename = "type")]
    event_type: &'a str,
    cause: &'a str,
    job_id: &'a str,
    org_id: &'a str,
    source_id: &'a str,
    provider: &'a str,
    observed_at: String,
    recorded_at: String,
    job_seq: i32,
    changes: &'a RawValue,
    tombstone: Option<&'a RawValue>,
}

impl<'a> Line<'a> {
    /// Fails when what is stored of the event is no JSON.
    pub fn of(event: &'a LoggedEvent) -> Result<Self, serde_json::Error> {
        Ok(Self {
            seq: event.seq.to_string(),
            event_key: &event.event_key,
            event_type: &event.event_type,
            cause: &event.cause,
            job_id: &event.job_id,
            org_id: &event.org_id,
            source_id: &event.source_id,
            provider: &event.provider,
            observed_at: rfc3339(event.observed_at),
            recorded_at: rfc3339(event.recorded_at),
            job_seq: event.job_seq,
            changes: serde_json::from_str(&event.changes)?,
            tombstone: event.tombstone.as_deref().map(serde_json::from_str).transpose()?,
        })
    }
}
