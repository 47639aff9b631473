//! The log: what happened to postings.

mod change;
mod filter;

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

pub(super) use self::change::{FieldChange, JobKey};
pub(super) use self::filter::{EventFacetField, EventFilter, EventLookup, EventOrder};
use super::archived;
use super::crawl::Crawl;
use super::error::Failure;
use super::job::Job;
use super::node::Kind;
use super::org::Org;
use super::page::{Edge, Listable};
use super::relation::side;
use super::request::{Boxed, Found, LoadedByKey, Noun, Relation, Request, Slot};
use super::scalar::{DateTime, Hash, Json, Seq, Uuid};
use super::source::Source;
use super::value::{closed, json, time, time_or_null, uuid};
use super::vocabulary::{EventCause, EventType};
use super::written::{Direct, Leaf, Link, Out, Unwritten, Written};
use crate::plan::Selection;
use crate::store::crawl::Crawls;
use crate::store::event::{BodyColumn, Column, EventBodies, Events};
use crate::store::job::Jobs;
use crate::store::org::Orgs;
use crate::store::page::Direction;
use crate::store::row::{ColumnSet, Record};
use crate::store::source::Sources;

/// The version of an event's shape.
const SCHEMA_VERSION: &str = "1";

/// One thing that happened to a posting. Events never change; together, in the order of `seq`, they are the log.
pub(super) struct Event(Found);

impl From<Found> for Event {
    fn from(found: Found) -> Self {
        Self(found)
    }
}

impl Direct for Event {
    fn write(&self, request: &Arc<Request>, out: &mut Out) -> Result<(), Unwritten> {
        self.0.write::<Events>(request, out)
    }
}

impl Event {
    async fn one<T: From<Found>>(&self, ctx: &Context<'_>) -> Result<T, Failure> {
        Ok(self.0.one::<Events>(ctx).await?.ok_or(Failure::Broken("an event without what it is linked to"))?.into())
    }

    fn hash(&self, column: Column) -> Hash {
        Hash(self.0.record.text(column).to_owned())
    }

    fn hash_or_null(&self, column: Column) -> Option<Hash> {
        self.0.record.optional_text(column).map(|it| Hash(it.to_owned()))
    }
}

/// One thing that happened to a posting. Events never change; together, in the order of `seq`, they are the log.
#[Object]
impl Event {
    /// Names the event among everything in this graph. Opaque.
    pub async fn id(&self) -> ID {
        Kind::Event.id(self.0.record.text(Column::EventKey))
    }

    /// The position in this installation's log: dense from 1, in the order in which the changes were committed.
    async fn seq(&self) -> Seq {
        Seq(self.0.record.number(Column::Seq))
    }

    /// Names the event on any installation: replaying the same answers gives the same keys.
    async fn event_key(&self) -> &str {
        self.0.record.text(Column::EventKey)
    }

    /// The event's number among those of its posting, dense from 1.
    async fn job_seq(&self) -> i64 {
        self.0.record.number(Column::JobSeq)
    }

    /// The version of this shape.
    async fn schema_version(&self) -> &str {
        SCHEMA_VERSION
    }

    /// What happened.
    #[graphql(name = "type")]
    async fn event_type(&self) -> Result<EventType, Failure> {
        closed(&self.0.record, Column::EventType)?.ok_or(Failure::Broken("an event without a type"))
    }

    /// Who brought it about.
    async fn cause(&self) -> Result<EventCause, Failure> {
        closed(&self.0.record, Column::Cause)?.ok_or(Failure::Broken("an event without a cause"))
    }

    /// The posting, by its `jobId`.
    async fn job_id(&self) -> &str {
        self.0.record.text(Column::JobId)
    }

    /// The applicant tracking system, such as `greenhouse`.
    async fn provider(&self) -> &str {
        self.0.record.text(Column::Provider)
    }

    /// The board's id.
    async fn board_id(&self) -> Uuid {
        uuid(&self.0.record, Column::SourceId)
    }

    /// When the answer that showed it was complete; where newer rules have read an archived answer again, when they did.
    /// Several events share one time; page by `seq`.
    async fn observed_at(&self) -> DateTime {
        time(&self.0.record, Column::ObservedAt)
    }

    /// When it happened, where the provider says so credibly.
    async fn effective_at(&self) -> Option<DateTime> {
        time_or_null(&self.0.record, Column::EffectiveAt)
    }

    /// When it was written down here.
    async fn recorded_at(&self) -> DateTime {
        time(&self.0.record, Column::RecordedAt)
    }

    /// What changed, sorted by path. Empty for `JOB_CREATED`.
    async fn changes(&self, ctx: &Context<'_>) -> Result<Vec<FieldChange>, Failure> {
        let body = self.0.side::<Events>(ctx, Slot::EventBody).await?;
        Ok(body.as_deref().map(|row| json(row, BodyColumn::Changes)).transpose()?.flatten().unwrap_or_default())
    }

    /// The posting's `contentHash` before; null for `JOB_CREATED`.
    async fn content_hash_before(&self) -> Option<Hash> {
        self.hash_or_null(Column::ContentHashBefore)
    }

    /// The posting's `contentHash` after.
    async fn content_hash_after(&self) -> Hash {
        self.hash(Column::ContentHashAfter)
    }

    /// The posting's `sourceHash` before; null for `JOB_CREATED`.
    async fn source_hash_before(&self) -> Option<Hash> {
        self.hash_or_null(Column::SourceHashBefore)
    }

    /// The posting's `sourceHash` after.
    async fn source_hash_after(&self) -> Hash {
        self.hash(Column::SourceHashAfter)
    }

    /// The address of the archived answer that showed it; null when none is archived (any more).
    async fn raw_payload_uri(&self, ctx: &Context<'_>) -> Result<Option<String>, Failure> {
        archived::uri::<Events>(&self.0, ctx).await
    }

    /// On `JOB_CLOSED`: what the posting could be filtered by, so that whoever follows a filter sees it leave.
    async fn tombstone(&self, ctx: &Context<'_>) -> Result<Option<JobKey>, Failure> {
        let body = self.0.side::<Events>(ctx, Slot::EventBody).await?;
        Ok(body.as_deref().map(|row| json(row, BodyColumn::Tombstone)).transpose()?.flatten())
    }

    /// Always `{}`: kept for the original's shape.
    async fn metadata(&self, ctx: &Context<'_>) -> Result<Json, Failure> {
        let body = self.0.side::<Events>(ctx, Slot::EventBody).await?;
        let metadata = body.as_deref().map(|row| json(row, BodyColumn::Metadata)).transpose()?.flatten();
        Ok(Json(metadata.unwrap_or_else(|| serde_json::Value::Object(serde_json::Map::new()))))
    }

    /// The posting, as it is now.
    async fn job(&self, ctx: &Context<'_>) -> Result<Written<Job>, Failure> {
        self.one(ctx).await
    }

    /// The employer.
    async fn org(&self, ctx: &Context<'_>) -> Result<Written<Org>, Failure> {
        self.one(ctx).await
    }

    /// The board.
    async fn source(&self, ctx: &Context<'_>) -> Result<Written<Source>, Failure> {
        self.one(ctx).await
    }

    /// The crawl that showed it, or got the answer in which newer rules found it.
    async fn crawl(&self, ctx: &Context<'_>) -> Result<Written<Crawl>, Failure> {
        self.one(ctx).await
    }
}

impl Noun for Events {
    const TYPE_NAME: &'static str = "Event";

    fn columns(field: &Selection) -> Vec<Column> {
        match field.field.as_str() {
            "job" => vec![Column::JobId],
            "org" => vec![Column::OrgId],
            "source" => vec![Column::SourceId],
            "crawl" => vec![Column::CrawlId],
            "rawPayloadUri" => vec![Column::RawSha256],
            name => Self::leaf(name).map(|it| it.columns()).unwrap_or_default(),
        }
    }

    fn leaf(field: &str) -> Option<Leaf<Column>> {
        use Column as C;
        Some(match field {
            "id" => Leaf::Made(&[C::EventKey], |row, out| out.value(&*Kind::Event.id(row.text(C::EventKey)))),
            "seq" => Leaf::Made(&[C::Seq], |row, out| out.value(&Seq(row.number(C::Seq)))),
            "eventKey" => Leaf::Text(C::EventKey),
            "jobSeq" => Leaf::Number(C::JobSeq),
            "schemaVersion" => Leaf::Made(&[], |_, out| out.value(SCHEMA_VERSION)),
            "type" => Leaf::Text(C::EventType),
            "cause" => Leaf::Text(C::Cause),
            "jobId" => Leaf::Text(C::JobId),
            "provider" => Leaf::Text(C::Provider),
            "boardId" => Leaf::Text(C::SourceId),
            "observedAt" => Leaf::Time(C::ObservedAt),
            "effectiveAt" => Leaf::TimeOrNull(C::EffectiveAt),
            "recordedAt" => Leaf::Time(C::RecordedAt),
            "contentHashBefore" => Leaf::TextOrNull(C::ContentHashBefore),
            "contentHashAfter" => Leaf::Text(C::ContentHashAfter),
            "sourceHashBefore" => Leaf::TextOrNull(C::SourceHashBefore),
            "sourceHashAfter" => Leaf::Text(C::SourceHashAfter),
            _ => return None,
        })
    }

    fn write(link: &Link<'_>, out: &mut Out) -> Result<(), Unwritten> {
        match link.field.field.as_str() {
            "job" => link.one::<Jobs>(out),
            "org" => link.one::<Orgs>(out),
            "source" => link.one::<Sources>(out),
            "crawl" => link.one::<Crawls>(out),
            "rawPayloadUri" => archived::write_uri(link, out),
            "changes" => {
                let body = link.side(Slot::EventBody)?.ok_or(Unwritten)?;
                let changes: Option<Vec<FieldChange>> = json(&body, BodyColumn::Changes).map_err(|_| Unwritten)?;
                out.pick(&changes.unwrap_or_default(), link.field, "FieldChange")
            }
            _ => Err(Unwritten),
        }
    }

    fn relations(field: &Selection) -> Vec<Relation> {
        match field.field.as_str() {
            "job" => vec![Relation::to_one::<Jobs>(Column::JobId, |row| key(row, Column::JobId))],
            "org" => vec![Relation::to_one::<Orgs>(Column::OrgId, |row| key(row, Column::OrgId))],
            "source" => vec![Relation::to_one::<Sources>(Column::SourceId, |row| key(row, Column::SourceId))],
            "crawl" => vec![Relation::to_one::<Crawls>(Column::CrawlId, |row| key(row, Column::CrawlId))],
            "rawPayloadUri" => vec![archived::to_uri(Column::RawSha256, |row| key(row, Column::RawSha256))],
            "changes" | "tombstone" | "metadata" => {
                vec![Relation::new(Slot::EventBody, |row| Some(row.number(Column::Seq).to_string()), body)]
            }
            _ => Vec::new(),
        }
    }
}

fn key(row: &Record, column: Column) -> Option<String> {
    row.optional_text(column).map(ToOwned::to_owned)
}

fn body<'a>(
    request: &'a Arc<Request>,
    at: &'a Arc<Selection>,
    keys: &'a [String],
) -> Boxed<'a, Result<LoadedByKey, Failure>> {
    let mut columns = ColumnSet::default();
    for field in at.fields(Events::TYPE_NAME) {
        match field.field.as_str() {
            "changes" => columns.insert(BodyColumn::Changes),
            "tombstone" => columns.insert(BodyColumn::Tombstone),
            "metadata" => columns.insert(BodyColumn::Metadata),
            _ => {}
        }
    }
    Box::pin(side::<EventBodies>(request, columns, keys))
}

impl Listable for Events {
    const CONNECTION_NAME: &'static str = "EventConnection";
    const EDGE_NAME: &'static str = "EventEdge";
    const DEFAULT_ORDER: (Column, Direction) = (Column::Seq, Direction::Descending);
    type Filter = EventFilter;
    type Order = EventOrder;
    type Facet = EventFacetField;
    type Edge = Edge<Events, Event>;
}
