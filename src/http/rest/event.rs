//! Events as the original has them: a row for each field that changed.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use strum::{EnumString, IntoStaticStr};
use utoipa::ToSchema;

use super::job::status_word;
use super::page::Cursor;

/// What the graph is asked for each event.
pub(super) const FIELDS: &str = "seq eventKey schemaVersion jobId boardId org { orgId } provider type cause jobSeq \
    observedAt sourceHashAfter changes { path old new }";

/// Paths whose values are words of closed sets, which the original spells in lower case.
const WORDS: [&str; 4] = ["workplaceType", "remotePolicy", "employmentType", "status"];

/// What happened to a posting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, EnumString, IntoStaticStr, Serialize, ToSchema)]
pub(super) enum EventType {
    #[serde(rename(serialize = "job.created", deserialize = "JOB_CREATED"))]
    #[schema(rename = "job.created")]
    #[strum(serialize = "job.created")]
    Created,
    #[serde(rename(serialize = "job.updated", deserialize = "JOB_UPDATED"))]
    #[schema(rename = "job.updated")]
    #[strum(serialize = "job.updated")]
    Updated,
    #[serde(rename(serialize = "job.closed", deserialize = "JOB_CLOSED"))]
    #[schema(rename = "job.closed")]
    #[strum(serialize = "job.closed")]
    Closed,
    #[serde(rename(serialize = "job.reopened", deserialize = "JOB_REOPENED"))]
    #[schema(rename = "job.reopened")]
    #[strum(serialize = "job.reopened")]
    Reopened,
}

impl EventType {
    /// The same as the graph spells it.
    pub(super) fn graph(self) -> String {
        <&str>::from(self).to_uppercase().replace('.', "_")
    }
}

/// One field that changed, or one posting that came, went or came back.
#[derive(Serialize, ToSchema)]
pub(super) struct Event {
    /// The event's place in the log, and the place of the field in the event: `seq-index`.
    event_id: String,
    /// The event's key, the same in every installation, and the place of the field in the event: `key-index`.
    event_key: String,
    /// The version of this form.
    event_schema_version: String,
    /// The posting's id.
    #[schema(pattern = "^[0-9a-f]{40}$")]
    job_id: String,
    /// The employer's id.
    #[schema(format = Uuid)]
    org_id: String,
    /// The board's id.
    #[schema(format = Uuid)]
    source_id: String,
    /// The same as `source_id`: a source is a board.
    #[schema(format = Uuid)]
    board_id: String,
    /// The applicant tracking system.
    provider: String,
    /// What happened.
    #[schema(inline)]
    event_type: EventType,
    /// The field that changed; null where a posting was created.
    field_name: Option<String>,
    /// The value before; null where there was none.
    old_value: Value,
    /// The value after; null where there is none.
    new_value: Value,
    /// When it was observed, in UTC.
    #[schema(format = DateTime)]
    observed_at: String,
    /// Sha256 of the provider's posting after the event.
    source_hash: String,
    /// `seq`, the event's place in the log; `job_seq`, its place among those of its posting; `cause`; and where a
    /// posting was closed, `closed_reason`.
    #[schema(value_type = Object)]
    metadata: Value,
}

/// A page of events as the graph gives it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct EventPage {
    edges: Vec<Edge>,
    page_info: PageInfo,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    has_next_page: bool,
}

#[derive(Deserialize)]
struct Edge {
    cursor: String,
    node: Node,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Node {
    seq: String,
    event_key: String,
    schema_version: String,
    job_id: String,
    board_id: String,
    org: Owner,
    provider: String,
    #[serde(rename = "type")]
    event_type: EventType,
    cause: String,
    job_seq: i64,
    observed_at: String,
    source_hash_after: String,
    changes: Vec<Change>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Owner {
    org_id: String,
}

#[derive(Deserialize)]
struct Change {
    path: String,
    old: Value,
    new: Value,
}

impl EventPage {
    /// The first `limit` rows from `from` on, and where the next ones begin.
    pub(super) fn rows(self, from: Cursor, limit: usize) -> (Vec<Event>, Option<Cursor>) {
        let Cursor { offset, mut skipped, mut after, .. } = from;
        let mut rows = Vec::new();
        let at = |rows: &Vec<Event>| offset + rows.len() as u64;
        for edge in self.edges {
            // Without a cursor of the graph, newer events may come before this one.
            let begun = if after.is_none() { edge.node.seq.parse().ok() } else { None };
            let of_event = edge.node.rows();
            let count = of_event.len();
            let place = limit - rows.len();
            let begin = skipped.min(count);
            rows.extend(of_event.into_iter().skip(begin).take(place));
            if count - begin > place {
                let next = Cursor { offset: at(&rows), skipped: begin + place, after, begun };
                return (rows, Some(next));
            }
            (after, skipped) = (Some(edge.cursor), 0);
        }
        let next = Cursor { offset: at(&rows), skipped: 0, after, begun: None };
        (rows, self.page_info.has_next_page.then_some(next))
    }
}

impl Node {
    fn rows(self) -> Vec<Event> {
        let mut metadata = json!({ "seq": self.seq, "job_seq": self.job_seq, "cause": self.cause.to_lowercase() });
        if self.event_type == EventType::Closed {
            let reason = self.changes.iter().find(|it| it.path == "closedReason").map(|it| it.new.clone());
            metadata["closed_reason"] = lower(reason.unwrap_or_default());
        }
        let changes: Vec<(Option<String>, Value, Value)> = match self.event_type {
            EventType::Created => vec![(None, Value::Null, Value::Null)],
            EventType::Updated => self.changes.into_iter().map(Change::told).collect(),
            // One row for each closing, so that rows count closings; all else that changes with it follows.
            EventType::Closed => vec![status_change("active", "expired")],
            EventType::Reopened => vec![status_change("expired", "active")],
        };
        let row = |(index, (field_name, old_value, new_value))| Event {
            event_id: format!("{}-{index}", self.seq),
            event_key: format!("{}-{index}", self.event_key),
            event_schema_version: self.schema_version.clone(),
            job_id: self.job_id.clone(),
            org_id: self.org.org_id.clone(),
            source_id: self.board_id.clone(),
            board_id: self.board_id.clone(),
            provider: self.provider.clone(),
            event_type: self.event_type,
            field_name,
            old_value,
            new_value,
            observed_at: self.observed_at.clone(),
            source_hash: self.source_hash_after.clone(),
            metadata: metadata.clone(),
        };
        changes.into_iter().enumerate().map(row).collect()
    }
}

impl Change {
    /// The field by its name in a posting, and its values as they stand there.
    fn told(self) -> (Option<String>, Value, Value) {
        let spelled = |value: Value| match value {
            Value::String(word) if self.path == "status" => status_word(&word).into(),
            value if WORDS.contains(&self.path.as_str()) => lower(value),
            value => value,
        };
        (Some(field_name(&self.path)), spelled(self.old), spelled(self.new))
    }
}

fn status_change(old: &str, new: &str) -> (Option<String>, Value, Value) {
    (Some("status".to_owned()), old.into(), new.into())
}

fn lower(value: Value) -> Value {
    if let Value::String(word) = value { word.to_lowercase().into() } else { value }
}

/// The field of a posting at a path; what stands in brackets is a member's name and stays as it is.
fn field_name(path: &str) -> String {
    let (name, member) = path.split_at(path.find('[').unwrap_or(path.len()));
    match name {
        "employmentTypeRaw" => "employment_type".to_owned(),
        "employmentType" => "employment_type_normalized".to_owned(),
        _ => {
            let snake = name.chars().flat_map(|it| {
                let (separator, letter) =
                    if it.is_ascii_uppercase() { (Some('_'), it.to_ascii_lowercase()) } else { (None, it) };
                separator.into_iter().chain([letter])
            });
            snake.collect::<String>() + member
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(changes: &[usize], has_next_page: bool) -> EventPage {
        let change = |number: usize| json!({ "path": format!("f{number}"), "old": null, "new": number });
        let edge = |(index, count): (usize, &usize)| {
            json!({ "cursor": format!("c{index}"), "node": {
            "seq": index.to_string(), "eventKey": "k", "schemaVersion": "1", "jobId": "j", "boardId": "b",
            "org": { "orgId": "o" }, "provider": "p", "type": "JOB_UPDATED", "cause": "SOURCE", "jobSeq": 1,
            "observedAt": "t", "sourceHashAfter": "h", "changes": (0..*count).map(change).collect::<Vec<_>>(),
        } })
        };
        let edges: Vec<Value> = changes.iter().enumerate().map(edge).collect();
        serde_json::from_value(json!({ "edges": edges, "pageInfo": { "hasNextPage": has_next_page } })).expect("a page")
    }

    fn ids(rows: &[Event]) -> Vec<&str> {
        rows.iter().map(|row| row.event_id.as_str()).collect()
    }

    #[test]
    fn a_page_ends_between_the_fields_of_an_event_and_the_next_goes_on_there() {
        let (rows, next) = page(&[1, 3], true).rows(Cursor::default(), 2);
        assert_eq!(ids(&rows), ["0-0", "1-0"]);
        let next = next.expect("there is more");
        assert_eq!(next, Cursor { offset: 2, skipped: 1, after: Some("c0".to_owned()), begun: None });
        // The graph goes on after the first event.
        let (rows, next) = page(&[3, 1], true).rows(next, 3);
        assert_eq!(ids(&rows), ["0-1", "0-2", "1-0"]);
        assert_eq!(next, Some(Cursor { offset: 5, skipped: 0, after: Some("c1".to_owned()), begun: None }));
    }

    #[test]
    fn a_page_that_ends_within_the_first_event_names_it_for_the_next_to_begin_with() {
        let (rows, next) = page(&[5, 1], true).rows(Cursor::default(), 2);
        assert_eq!(ids(&rows), ["0-0", "0-1"]);
        let next = next.expect("there is more");
        assert_eq!(next, Cursor { offset: 2, skipped: 2, after: None, begun: Some(0) });
        assert_eq!(next.to_string(), "2.2..0");
        assert_eq!("2.2..0".parse::<Cursor>(), Ok(next.clone()));
        assert_eq!(next.seq(), Some(json!({ "lte": "0" })));
        let (rows, next) = page(&[5, 1], true).rows(next, 2);
        assert_eq!(ids(&rows), ["0-2", "0-3"]);
        assert_eq!(next, Some(Cursor { offset: 4, skipped: 4, after: None, begun: Some(0) }));
    }

    #[test]
    fn a_cursor_that_names_no_event_is_read_as_before_and_nonsense_is_none() {
        assert_eq!("2.1.".parse::<Cursor>(), Ok(Cursor { offset: 2, skipped: 1, after: None, begun: None }));
        for text in ["", "2", "2.1", "x.1.", "2.x.", "2.1..x", "2.1..-1", "2.1..1.1", "2.1..99999999999999999999"] {
            assert_eq!(text.parse::<Cursor>(), Err(()), "{text}");
        }
    }

    #[test]
    fn the_last_page_has_no_next() {
        let (rows, next) = page(&[1, 1], false).rows(Cursor::default(), 2);
        assert_eq!((rows.len(), next), (2, None));
        let (rows, next) = page(&[], false).rows(Cursor::default(), 2);
        assert_eq!((rows.len(), next), (0, None));
    }

    #[test]
    fn fields_have_the_names_that_postings_have() {
        assert_eq!(field_name("locationText"), "location_text");
        assert_eq!(field_name("employmentTypeRaw"), "employment_type");
        assert_eq!(field_name("locations[US/US-CA/San Francisco]"), "locations[US/US-CA/San Francisco]");
    }
}
