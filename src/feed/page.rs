//! A page of the log as lines of JSON, for those who poll.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::value::RawValue;

use super::Feed;
use crate::http::{FeedPage, FeedQuery, Unanswered};
use crate::ingest::identity::rfc3339;
use crate::store::error::StoreError;
use crate::store::event::{BodyColumn, Column, EventBodies, Events};
use crate::store::filter::{Comparison, Filter};
use crate::store::row::{ColumnSet, Record};

const COLUMNS: [Column; 12] = [
    Column::Seq,
    Column::EventKey,
    Column::EventType,
    Column::Cause,
    Column::JobId,
    Column::OrgId,
    Column::SourceId,
    Column::Provider,
    Column::ObservedAt,
    Column::RecordedAt,
    Column::JobSeq,
    Column::ContentHashAfter,
];

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    /// Text, as positions are in the graph.
    seq: String,
    event_key: &'a str,
    r#type: &'a str,
    cause: &'a str,
    job_id: &'a str,
    org_id: &'a str,
    source_id: &'a str,
    provider: &'a str,
    observed_at: String,
    recorded_at: String,
    job_seq: i64,
    content_hash_after: &'a str,
    changes: Option<Box<RawValue>>,
    tombstone: Option<Box<RawValue>>,
}

impl Feed {
    /// The events after a position that meet the query, from the first on.
    pub async fn page(self: &Arc<Self>, query: &FeedQuery) -> Result<FeedPage, Unanswered> {
        let head = self.head().await?;
        if query.after > head {
            return Err(Unanswered::BeyondEnd { head });
        }
        let _turn = self.turn().await;
        let reader = self.store().reader();
        let listing = super::listing(&filter(query), query.after, head, query.limit);
        let page = reader.list::<Events>(ColumnSet::of(&COLUMNS), &listing).await?;
        let keys: Vec<String> = page.records.iter().map(|it| it.number(Column::Seq).to_string()).collect();
        let columns = ColumnSet::of(&[BodyColumn::Seq, BodyColumn::Changes, BodyColumn::Tombstone]);
        let bodies = reader.load::<EventBodies>(columns, BodyColumn::Seq, &keys).await?;
        let bodies: HashMap<i64, Arc<Record>> =
            bodies.into_iter().map(|body| (body.number(BodyColumn::Seq), body)).collect();
        let mut text = Vec::new();
        for event in &page.records {
            let body = bodies.get(&event.number(Column::Seq));
            serde_json::to_writer(&mut text, &line(event, body)?).expect("a line has text keys and goes to memory");
            text.push(b'\n');
        }
        // What does not meet the query is not looked at twice.
        let is_full = page.has_next || page.records.len() as u64 == query.limit;
        let last = page.records.last().filter(|_| is_full);
        Ok(FeedPage { body: text, next: last.map_or(head, |event| event.number(Column::Seq)) })
    }
}

fn filter(query: &FeedQuery) -> Filter<Column> {
    let types: Vec<String> = query.types.iter().map(|it| <&str>::from(*it).to_owned()).collect();
    let one_of = |(column, texts): (Column, &Vec<String>)| {
        let keys = texts.iter().map(|it| it.as_str().into()).collect();
        (!texts.is_empty()).then_some(Filter::Compare(column, Comparison::In(keys)))
    };
    let columns = [
        (Column::EventType, &types),
        (Column::Provider, &query.providers),
        (Column::OrgId, &query.org_ids),
        (Column::SourceId, &query.source_ids),
    ];
    Filter::And(columns.into_iter().filter_map(one_of).collect())
}

fn line<'a>(event: &'a Record, body: Option<&Arc<Record>>) -> Result<Line<'a>, StoreError> {
    let raw = |column: BodyColumn| {
        let text = body.and_then(|body| body.optional_text(column)).map(ToOwned::to_owned);
        let broken = |error: serde_json::Error| StoreError::Row { table: "event_body", message: error.to_string() };
        text.map(|text| RawValue::from_string(text).map_err(broken)).transpose()
    };
    Ok(Line {
        seq: event.number(Column::Seq).to_string(),
        event_key: event.text(Column::EventKey),
        r#type: event.text(Column::EventType),
        cause: event.text(Column::Cause),
        job_id: event.text(Column::JobId),
        org_id: event.text(Column::OrgId),
        source_id: event.text(Column::SourceId),
        provider: event.text(Column::Provider),
        observed_at: rfc3339(event.number(Column::ObservedAt)),
        recorded_at: rfc3339(event.number(Column::RecordedAt)),
        job_seq: event.number(Column::JobSeq),
        content_hash_after: event.text(Column::ContentHashAfter),
        changes: raw(BodyColumn::Changes)?,
        tombstone: raw(BodyColumn::Tombstone)?,
    })
}
