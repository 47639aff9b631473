//! Runs over boards, and the answers they archived.

mod filter;

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

pub(super) use self::filter::{CrawlFacetField, CrawlFilter, CrawlOrder};
use super::error::Failure;
use super::page::{Edge, Listable};
use super::relation::to_one;
use super::request::{Found, Noun, Relation, Request, Slot};
use super::scalar::{DateTime, Hash, Uuid};
use super::source::Source;
use super::value::{closed, json, time, uuid};
use super::vocabulary::CrawlOutcome;
use super::written::{Direct, Leaf, Link, Out, Unwritten, Written};
use crate::plan::Selection;
use crate::store::crawl::{Column, Crawls, RawColumn, RawPayloads};
use crate::store::page::Direction;
use crate::store::source::Sources;

/// One run over one board: what came back, and what it changed.
pub(super) struct Crawl(Found);

impl From<Found> for Crawl {
    fn from(found: Found) -> Self {
        Self(found)
    }
}

impl Direct for Crawl {
    fn write(&self, request: &Arc<Request>, out: &mut Out) -> Result<(), Unwritten> {
        self.0.write::<Crawls>(request, out)
    }
}

/// One run over one board: what came back, and what it changed.
#[Object]
impl Crawl {
    /// Names the crawl.
    async fn id(&self) -> ID {
        ID(self.0.record.text(Column::CrawlId).to_owned())
    }

    /// Names the crawl on any installation that replays the same answers.
    async fn crawl_id(&self) -> Uuid {
        uuid(&self.0.record, Column::CrawlId)
    }

    /// When the board was asked.
    async fn started_at(&self) -> DateTime {
        time(&self.0.record, Column::StartedAt)
    }

    /// When its answer was complete.
    async fn finished_at(&self) -> DateTime {
        time(&self.0.record, Column::FinishedAt)
    }

    /// What it proved.
    async fn outcome(&self) -> Result<CrawlOutcome, Failure> {
        closed(&self.0.record, Column::Outcome)?.ok_or(Failure::Broken("a crawl without an outcome"))
    }

    /// The status of the HTTP answer: 304 when all was as in the crawl before; null without one, or if read from a file.
    async fn http_status(&self) -> Option<i64> {
        self.0.record.optional_number(Column::HttpStatus)
    }

    /// How many requests its list took; those for single postings are not counted.
    async fn pages(&self) -> i64 {
        self.0.record.number(Column::Pages)
    }

    /// How many postings the answer declares; null when it does not.
    async fn declared_total(&self) -> Option<i64> {
        self.0.record.optional_number(Column::DeclaredTotal)
    }

    /// How many postings it saw.
    async fn seen(&self) -> i64 {
        self.0.record.number(Column::Seen)
    }

    /// How many postings were new.
    async fn created(&self) -> i64 {
        self.0.record.number(Column::Created)
    }

    /// How many postings had changed.
    async fn updated(&self) -> i64 {
        self.0.record.number(Column::Updated)
    }

    /// How many postings it closed.
    async fn closed(&self) -> i64 {
        self.0.record.number(Column::Closed)
    }

    /// How many postings had come back.
    async fn reopened(&self) -> i64 {
        self.0.record.number(Column::Reopened)
    }

    /// How many postings were as before.
    async fn unchanged(&self) -> i64 {
        self.0.record.number(Column::Unchanged)
    }

    /// How many of the unchanged ones had nothing new but a time or an invisible key.
    async fn touched(&self) -> i64 {
        self.0.record.number(Column::Touched)
    }

    /// The guard that doubts the answer, such as `DROP`; null when none does.
    async fn guard(&self) -> Option<&str> {
        self.0.record.optional_text(Column::Guard)
    }

    /// What a failed crawl met.
    async fn error(&self) -> Option<&str> {
        self.0.record.optional_text(Column::Error)
    }

    /// What could not be read, a line each.
    async fn warnings(&self) -> Result<Vec<String>, Failure> {
        Ok(json(&self.0.record, Column::Warnings)?.unwrap_or_default())
    }

    /// The answers it archived.
    async fn raw_payloads(&self, ctx: &Context<'_>) -> Result<Vec<RawPayload>, Failure> {
        Ok(self.0.one::<Crawls>(ctx).await?.map(RawPayload::from).into_iter().collect())
    }

    /// The board.
    async fn source(&self, ctx: &Context<'_>) -> Result<Written<Source>, Failure> {
        Ok(self.0.one::<Crawls>(ctx).await?.ok_or(Failure::Broken("a crawl without a source"))?.into())
    }
}

impl Noun for Crawls {
    const TYPE_NAME: &'static str = "Crawl";

    fn columns(field: &Selection) -> Vec<Column> {
        match field.field.as_str() {
            "rawPayloads" => vec![Column::RawSha256],
            "source" => vec![Column::SourceId],
            name => Self::leaf(name).map(|it| it.columns()).unwrap_or_default(),
        }
    }

    fn leaf(field: &str) -> Option<Leaf<Column>> {
        use Column as C;
        Some(match field {
            "id" | "crawlId" => Leaf::Text(C::CrawlId),
            "startedAt" => Leaf::Time(C::StartedAt),
            "finishedAt" => Leaf::Time(C::FinishedAt),
            "outcome" => Leaf::Text(C::Outcome),
            "httpStatus" => Leaf::NumberOrNull(C::HttpStatus),
            "pages" => Leaf::Number(C::Pages),
            "declaredTotal" => Leaf::NumberOrNull(C::DeclaredTotal),
            "seen" => Leaf::Number(C::Seen),
            "created" => Leaf::Number(C::Created),
            "updated" => Leaf::Number(C::Updated),
            "closed" => Leaf::Number(C::Closed),
            "reopened" => Leaf::Number(C::Reopened),
            "unchanged" => Leaf::Number(C::Unchanged),
            "touched" => Leaf::Number(C::Touched),
            "guard" => Leaf::TextOrNull(C::Guard),
            "error" => Leaf::TextOrNull(C::Error),
            "warnings" => Leaf::Json(C::Warnings, "[]"),
            _ => return None,
        })
    }

    fn write(link: &Link<'_>, out: &mut Out) -> Result<(), Unwritten> {
        match link.field.field.as_str() {
            "source" => link.one::<Sources>(out),
            _ => Err(Unwritten),
        }
    }

    fn relations(field: &Selection) -> Vec<Relation> {
        let slot = Slot::Field;
        match field.field.as_str() {
            "source" => vec![Relation::new(
                slot,
                |row| row.optional_text(Column::SourceId).map(ToOwned::to_owned),
                to_one::<Sources>,
            )],
            "rawPayloads" => vec![Relation::new(
                slot,
                |row| row.optional_text(Column::RawSha256).map(ToOwned::to_owned),
                to_one::<RawPayloads>,
            )],
            _ => Vec::new(),
        }
    }
}

impl Listable for Crawls {
    const CONNECTION_NAME: &'static str = "CrawlConnection";
    const EDGE_NAME: &'static str = "CrawlEdge";
    const DEFAULT_ORDER: (Column, Direction) = (Column::FinishedAt, Direction::Descending);
    type Filter = CrawlFilter;
    type Order = CrawlOrder;
    type Facet = CrawlFacetField;
    type Edge = Edge<Crawls, Crawl>;
}

/// An answer of a provider as it came, archived. Equal answers are kept once.
pub(super) struct RawPayload(Found);

impl From<Found> for RawPayload {
    fn from(found: Found) -> Self {
        Self(found)
    }
}

/// An answer of a provider as it came, archived. Equal answers are kept once.
#[Object]
impl RawPayload {
    /// The hash of the answer's bytes.
    async fn sha256(&self) -> Hash {
        Hash(self.0.record.text(RawColumn::Sha256).to_owned())
    }

    /// Where it is archived.
    async fn uri(&self) -> &str {
        self.0.record.text(RawColumn::Uri)
    }

    /// Its length as received.
    async fn bytes(&self) -> i64 {
        self.0.record.number(RawColumn::Bytes)
    }

    /// When it was first received.
    async fn fetched_at(&self) -> DateTime {
        time(&self.0.record, RawColumn::FetchedAt)
    }
}

impl Noun for RawPayloads {
    const TYPE_NAME: &'static str = "RawPayload";

    fn columns(field: &Selection) -> Vec<RawColumn> {
        match field.field.as_str() {
            "uri" => vec![RawColumn::Uri],
            "bytes" => vec![RawColumn::Bytes],
            "fetchedAt" => vec![RawColumn::FetchedAt],
            _ => Vec::new(),
        }
    }

    fn relations(_: &Selection) -> Vec<Relation> {
        Vec::new()
    }
}
