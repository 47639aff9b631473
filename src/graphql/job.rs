//! Postings: the object in its four parts, and how its fields lead to other rows.

mod blocks;
mod columns;
mod content;
mod filter;
mod links;
mod record;

use async_graphql::{Context, ID, MergedObject};

pub(super) use self::filter::{JobFilter, JobLookup, JobOrder};
use super::page::Listable;
use super::relation::{children, lists, side, to_one};
use super::request::{Found, Noun, Relation, Slot};
use crate::plan::Selection;
use crate::store::crawl::RawPayloads;
use crate::store::event::Events;
use crate::store::job::{Bodies, Column, Descriptions, Jobs, LocationColumn, Locations};
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

impl Job {
    /// The field of the interface, which does not look into merged parts.
    pub(super) async fn id(&self, ctx: &Context<'_>) -> async_graphql::Result<ID> {
        self.0.id(ctx).await
    }
}

impl Noun for Jobs {
    const TYPE_NAME: &'static str = "Job";

    fn columns(field: &Selection) -> Vec<Column> {
        columns::of(&field.field).to_vec()
    }

    fn relations(field: &Selection) -> Vec<Relation> {
        match field.field.as_str() {
            "org" => vec![Relation { slot: Slot::Field, key: |row| key(row, Column::OrgId), fetch: to_one::<Orgs> }],
            "source" => {
                vec![Relation { slot: Slot::Field, key: |row| key(row, Column::SourceId), fetch: to_one::<Sources> }]
            }
            "events" => vec![Relation {
                slot: Slot::Field,
                key: |row| key(row, Column::JobId),
                fetch: |request, at, keys| Box::pin(lists::<Events>(request, at, entity::event::Column::JobId, keys)),
            }],
            "rawPayload" => vec![Relation {
                slot: Slot::Field,
                key: |row| key(row, Column::RawSha256),
                fetch: to_one::<RawPayloads>,
            }],
            "rawPayloadUri" => vec![Relation {
                slot: Slot::Field,
                key: |row| key(row, Column::RawSha256),
                fetch: |request, _, keys| {
                    let columns = ColumnSet::of(&[entity::raw_payload::Column::Uri]);
                    Box::pin(async move { side::<RawPayloads>(request, columns, keys).await })
                },
            }],
            "staleness" => vec![Relation {
                slot: Slot::Field,
                key: |row| key(row, Column::SourceId),
                fetch: |request, _, keys| {
                    let columns = ColumnSet::of(&[entity::source::Column::CrawlIntervalS]);
                    Box::pin(async move { side::<Sources>(request, columns, keys).await })
                },
            }],
            "locations" | "launchScope" => vec![places()],
            "parsedStructured" => vec![places(), body()],
            "nativeStructured" | "extensions" | "facts" => vec![body()],
            "salary" if field.fields("Salary").any(|field| field.field == "tiers") => vec![body()],
            "descriptionHtml" | "descriptionMarkdown" | "descriptionText" => vec![Relation {
                slot: Slot::Description,
                key: |row| key(row, Column::DescriptionHash),
                fetch: |request, at, keys| Box::pin(side::<Descriptions>(request, columns::of_description(at), keys)),
            }],
            _ => Vec::new(),
        }
    }
}

impl Listable for Jobs {
    const CONNECTION_NAME: &'static str = "JobConnection";
    const EDGE_NAME: &'static str = "JobEdge";
    const DEFAULT_ORDER: (Column, Direction) = (Column::PostedAt, Direction::Descending);
    type Filter = JobFilter;
    type Order = JobOrder;
}

fn key(row: &Record, column: Column) -> Option<String> {
    row.optional_text(column).map(ToOwned::to_owned)
}

fn places() -> Relation {
    Relation {
        slot: Slot::Field,
        key: |row| key(row, Column::JobId),
        fetch: |request, _, keys| {
            let columns = ColumnSet::all::<Locations>();
            Box::pin(async move {
                children::<Locations>(request, columns, LocationColumn::JobId, LocationColumn::Position, keys).await
            })
        },
    }
}

fn body() -> Relation {
    Relation {
        slot: Slot::Body,
        key: |row| key(row, Column::JobId),
        fetch: |request, at, keys| Box::pin(side::<Bodies>(request, columns::of_body(at), keys)),
    }
}
