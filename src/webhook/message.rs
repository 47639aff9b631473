//! What is sent: one JSON body for a batch of events.

use serde::Serialize;
use uuid::Uuid;

use crate::feed::line::Line;
use crate::store::event::LoggedEvent;

/// Positions are text, as they are in the graph, where `events` takes them.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    webhook_id: &'a str,
    delivery_id: &'a str,
    after: String,
    last_seq: String,
    events: Vec<Line<'a>>,
}

/// The body of a delivery of `events`, which follow `after` and are not none.
pub(super) fn body(
    webhook_id: &str,
    delivery_id: &str,
    after: i64,
    events: &[LoggedEvent],
) -> Result<Vec<u8>, serde_json::Error> {
    let last_seq = events.last().map_or(after, |event| event.seq).to_string();
    let events = events.iter().map(Line::of).collect::<Result<_, _>>()?;
    serde_json::to_vec(&Body { webhook_id, delivery_id, after: after.to_string(), last_seq, events })
}

/// Names a batch, so that receivers know it when it is sent again; a replay's batches have names of their own.
pub(super) fn delivery_id(webhook_id: &str, replays: i64, after: i64, last_seq: i64) -> String {
    let namespace = Uuid::parse_str(webhook_id).unwrap_or_default();
    Uuid::new_v5(&namespace, format!("{replays}:{after}:{last_seq}").as_bytes()).to_string()
}

/// How many of the events fit into a body of about `bytes_max`: at least one.
pub(super) fn fitting(events: &[LoggedEvent], bytes_max: usize) -> usize {
    let mut bytes = 0;
    let fits = events.iter().take_while(|event| {
        bytes += event.changes.len() + event.tombstone.as_ref().map_or(0, String::len);
        bytes <= bytes_max
    });
    fits.count().max(1).min(events.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(seq: i64, changes: &str) -> LoggedEvent {
        LoggedEvent {
            seq,
            event_key: "k".to_owned(),
            event_type: "JOB_CREATED".to_owned(),
            cause: "SOURCE".to_owned(),
            job_id: "j".to_owned(),
            job_seq: 1,
            org_id: "o".to_owned(),
            source_id: "s".to_owned(),
            provider: "greenhouse".to_owned(),
            observed_at: 0,
            recorded_at: 1,
            changes: changes.to_owned(),
            tombstone: None,
        }
    }

    #[test]
    fn a_body_tells_everything_of_its_events() {
        let body = body("w", "d", 4, &[sent(7, r#"[{"path":"title"}]"#)]).expect("it is JSON");
        let expected = r#"{"webhookId":"w","deliveryId":"d","after":"4","lastSeq":"7","events":[{"seq":"7","eventKey":"k","type":"JOB_CREATED","cause":"SOURCE","jobId":"j","orgId":"o","sourceId":"s","provider":"greenhouse","observedAt":"1970-01-01T00:00:00.000Z","recordedAt":"1970-01-01T00:00:00.001Z","jobSeq":1,"changes":[{"path":"title"}],"tombstone":null}]}"#;
        assert_eq!(String::from_utf8_lossy(&body), expected);
    }

    #[test]
    fn a_batch_keeps_its_name_and_a_replay_has_another() {
        let id = "019aaf3e-0000-7000-8000-000000000000";
        assert_eq!(delivery_id(id, 0, 1, 9), delivery_id(id, 0, 1, 9));
        let others = [delivery_id(id, 1, 1, 9), delivery_id(id, 0, 2, 9), delivery_id(id, 0, 1, 8)];
        assert!(!others.contains(&delivery_id(id, 0, 1, 9)));
    }

    #[test]
    fn a_batch_ends_before_it_is_too_long_but_is_never_empty() {
        let events: Vec<LoggedEvent> = (1..=3).map(|seq| sent(seq, &"x".repeat(10))).collect();
        assert_eq!([9, 10, 25, 30].map(|max| fitting(&events, max)), [1, 1, 2, 3]);
        assert_eq!(fitting(&[], 10), 0);
    }
}
