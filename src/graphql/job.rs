//! Postings: the object in its four parts, and how its fields lead to other rows.

mod blocks;
mod columns;
mod content;
mod edge;
mod filter;
mod links;
mod location;
mod order;
mod record;
mod related;
mod revision;
mod role;
mod salary;

use std::sync::Arc;

use async_graphql::{Context, ID, MergedObject};

pub(super) use self::edge::JobEdge;
pub(super) use self::filter::{JobFilter, JobsFilter};
pub(super) use self::order::{JobFacetField, JobLookup, JobOrder};
pub(super) use self::revision::{JobRevision, JobRevisionFacetField};
pub(super) use self::role::RoleJobs;
use super::archived;
use super::page::{Listable, Listed};
use super::relation::{children, side};
use super::request::{FetchFn, Found, Noun, PrefetchFn, Relation, Request, Slot};
use super::written::{Direct, Leaf, Link, Out, Unwritten};
use crate::plan::Selection;
use crate::store::crawl::RawPayloads;
use crate::store::event::Events;
use crate::store::job::{Bodies, Column, Descriptions, Jobs, LocationColumn, Locations, VersionColumn, Versions};
use crate::store::org::Orgs;
use crate::store::page::Direction;
use crate::store::row::{ColumnSet, Record};
use crate::store::source::Sources;

/// A posting of a job on an employer's board, from the day it was first seen on.
///
/// Facts that the provider does not state are derived, each with its confidence and evidence in `facts`; what is not
/// known is null and never guessed.
#[derive(MergedObject)]
pub(super) struct Job(record::JobRecord, content::JobContent, blocks::JobBlocks, links::JobLinks);

impl From<Found> for Job {
    fn from(found: Found) -> Self {
        Self(
            record::JobRecord(found.clone()),
            content::JobContent(found.clone()),
            blocks::JobBlocks(found.clone()),
            links::JobLinks(found),
        )
    }
}

impl Direct for Job {
    fn write(&self, request: &Arc<Request>, out: &mut Out) -> Result<(), Unwritten> {
        self.0.0.write::<Jobs>(request, out)
    }
}

impl Job {
    /// The field of the interface, which does not look into merged parts.
    pub(super) async fn id(&self, ctx: &Context<'_>) -> async_graphql::Result<ID> {
        self.0.id(ctx).await
    }
}

impl Noun for Jobs {
    const TYPE_NAME: &'static str = "Job";

    fn columns(field: &Selection) -> Vec<Column> {
        match field.field.as_str() {
            "related" => related::columns(field),
            "role" => role::columns(field),
            name => columns::of(name),
        }
    }

    fn leaf(field: &str) -> Option<Leaf<Column>> {
        columns::leaf(field)
    }

    fn write(link: &Link<'_>, out: &mut Out) -> Result<(), Unwritten> {
        match link.field.field.as_str() {
            "org" => link.one::<Orgs>(out),
            "source" => link.one::<Sources>(out),
            "events" => link.list::<Events>(out),
            "revisions" => link.list::<Versions>(out),
            _ => content::write(link, out),
        }
    }

    fn relations(field: &Selection) -> Vec<Relation> {
        match field.field.as_str() {
            "org" => vec![Relation::to_one::<Orgs>(Column::OrgId, |row| key(row, Column::OrgId))],
            "source" => vec![Relation::to_one::<Sources>(Column::SourceId, |row| key(row, Column::SourceId))],
            "events" => {
                vec![Relation::to_many::<Events, { entity::event::Column::JobId as usize }>(Column::JobId, |row| {
                    key(row, Column::JobId)
                })]
            }
            "rawPayload" => {
                vec![Relation::to_one::<RawPayloads>(Column::RawSha256, |row| key(row, Column::RawSha256))]
            }
            "rawPayloadUri" => vec![archived::to_uri(Column::RawSha256, |row| key(row, Column::RawSha256))],
            "staleness" => vec![
                Relation::new(
                    Slot::Field,
                    |row| key(row, Column::SourceId),
                    |request, _, keys| Box::pin(side::<Sources>(request, interval(), keys)),
                )
                .along::<Sources>(Column::SourceId, |_| interval()),
            ],
            "locations" | "launchScope" => vec![places()],
            "parsedStructured" => vec![places(), body()],
            "nativeStructured" | "extensions" | "facts" => vec![body()],
            "salary" if field.fields("Salary").any(|field| field.field == "tiers") => vec![body()],
            "descriptionHtml" | "descriptionMarkdown" | "descriptionText" => vec![
                Relation::new(
                    Slot::Description,
                    |row| key(row, Column::DescriptionHash),
                    |request, at, keys| Box::pin(side::<Descriptions>(request, columns::of_description(at), keys)),
                )
                .along::<Descriptions>(Column::DescriptionHash, columns::of_description),
            ],
            "revisions" => {
                vec![Relation::to_many::<Versions, { VersionColumn::JobId as usize }>(Column::JobId, |row| {
                    key(row, Column::JobId)
                })]
            }
            "revision" => vec![Relation::new(Slot::Field, |row| key(row, Column::JobId), revision::by_number)],
            _ => Vec::new(),
        }
    }

    fn embedded(field: &Selection) -> Option<PrefetchFn> {
        match field.field.as_str() {
            "related" => Some(related::PREFETCH),
            "role" => Some(role::PREFETCH),
            _ => None,
        }
    }
}

impl Listable for Jobs {
    const CONNECTION_NAME: &'static str = "JobConnection";
    const EDGE_NAME: &'static str = "JobEdge";
    const DEFAULT_ORDER: (Column, Direction) = (Column::PostedAt, Direction::Descending);
    type Filter = JobFilter;
    type Order = JobOrder;
    type Facet = JobFacetField;
    type Edge = JobEdge;

    fn edge_columns(field: &Selection) -> Vec<Column> {
        edge::columns(&field.field)
    }

    fn write_edge(field: &str, listed: &Listed, row: &Record, out: &mut Out) -> Result<(), Unwritten> {
        match field {
            "score" => out.value(&edge::score(listed, row)),
            _ => return Err(Unwritten),
        }
        Ok(())
    }

    fn edge_relations(field: &Selection) -> Vec<Relation> {
        edge::relations(&field.field)
    }
}

fn key(row: &Record, column: Column) -> Option<String> {
    row.optional_text(column).map(ToOwned::to_owned)
}

/// The key of what the posting says.
fn content(row: &Record) -> Option<String> {
    row.optional_number(Column::ContentSeq).map(|seq| seq.to_string())
}

fn places() -> Relation {
    Relation::new(Slot::Field, content, |request, _, keys| {
        let columns = ColumnSet::all::<Locations>();
        Box::pin(async move {
            children::<Locations>(request, columns, LocationColumn::ContentSeq, LocationColumn::Position, keys).await
        })
    })
}

fn body() -> Relation {
    let fetch: FetchFn = |request, at, keys| Box::pin(side::<Bodies>(request, columns::of_body(at), keys));
    Relation::new(Slot::Body, content, fetch).along::<Bodies>(Column::ContentSeq, columns::of_body)
}

/// The columns of a board that staleness needs.
fn interval() -> ColumnSet {
    ColumnSet::of(&[entity::source::Column::CrawlIntervalS])
}
