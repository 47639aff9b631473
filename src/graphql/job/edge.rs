//! A posting in a list: with a search, how well it matches and where.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, SimpleObject};

use super::Job;
use crate::graphql::error::Failure;
use crate::graphql::page::{EdgeRow, Listed};
use crate::graphql::relation::side;
use crate::graphql::request::{Found, Loaded, Relation, Request, Slot, child};
use crate::graphql::written::Written;
use crate::search::snippet;
use crate::store::job::{Column, DescriptionColumn, Descriptions, Jobs};
use crate::store::org::{Column as OrgColumn, Orgs};
use crate::store::row::{ColumnSet, Record};

/// Bytes of a text that hits are looked for in.
const HIGHLIGHTED_MAX: usize = 65_536;

/// A row of a list with its place there.
pub(in crate::graphql) struct JobEdge(EdgeRow);

impl From<EdgeRow> for JobEdge {
    fn from(row: EdgeRow) -> Self {
        Self(row)
    }
}

/// A row of a list with its place there.
#[Object]
impl JobEdge {
    /// Give it as `after` or `before` to go on from this row. Opaque, and good for this very list alone.
    async fn cursor(&self) -> Result<String, Failure> {
        self.0.cursor()
    }

    /// The row.
    async fn node(&self, ctx: &Context<'_>) -> Result<Written<Job>, Failure> {
        self.0.node::<Jobs, Job>(ctx)
    }

    /// How well the posting matches `search`, from 0 to 1: 1 when its title does, two thirds when title, employer,
    /// department and places together do, one third when its description is needed. Null without a search.
    async fn score(&self) -> Option<f64> {
        score(&self.0.listed, &self.0.found.record)
    }

    /// Where the posting says what `search` asks for, in the first 64 KiB of each text. Empty without a search.
    async fn highlights(&self, ctx: &Context<'_>) -> Result<Vec<SearchHighlight>, Failure> {
        let Some(query) = &self.0.listed.search else {
            return Ok(Vec::new());
        };
        let (request, field) = (Request::of(ctx)?, child(&self.0.found.at, ctx, "JobEdge")?);
        // What is looked for hits in belongs to the field, not to the edge.
        let found = Found::new(Arc::clone(&self.0.found.record), field);
        let employer = match request.follow_by(&employer(), &found, field).await? {
            Loaded::Row(row) => row.text(OrgColumn::Name).to_owned(),
            _ => String::new(),
        };
        let description = match request.follow_by(&description(), &found, field).await? {
            Loaded::Row(row) => row.text(DescriptionColumn::Text).to_owned(),
            _ => String::new(),
        };
        let texts = [
            (SearchField::Title, found.record.text(Column::Title)),
            (SearchField::Org, employer.as_str()),
            (SearchField::Department, found.record.text(Column::Department)),
            (SearchField::Place, found.record.text(Column::LocationText)),
            (SearchField::Description, description.as_str()),
        ];
        let highlight = |(field, text): (SearchField, &str)| {
            let (text, spans) = snippet(query, &text[..text.floor_char_boundary(HIGHLIGHTED_MAX)])?;
            let offset = |it: usize| i32::try_from(it).unwrap_or(i32::MAX);
            let spans = spans.iter().map(|it| TextSpan { start: offset(it.start), end: offset(it.end) }).collect();
            Some(SearchHighlight { field, text, spans })
        };
        Ok(texts.into_iter().filter_map(highlight).collect())
    }
}

pub(super) fn score(listed: &Listed, row: &Record) -> Option<f64> {
    listed.search.as_ref()?;
    Some(f64::from(i32::try_from(row.rank).unwrap_or(0)) / 3.0)
}

pub(super) fn columns(field: &str) -> Vec<Column> {
    match field {
        "highlights" => {
            vec![Column::OrgId, Column::Title, Column::Department, Column::LocationText, Column::DescriptionHash]
        }
        _ => Vec::new(),
    }
}

pub(super) fn relations(field: &str) -> Vec<Relation> {
    if field == "highlights" { vec![employer(), description()] } else { Vec::new() }
}

fn employer() -> Relation {
    Relation::new(
        Slot::Field,
        // Only what a search found has a rank.
        |row| row.optional_text(Column::OrgId).filter(|_| row.rank > 0).map(ToOwned::to_owned),
        |request, _, keys| Box::pin(side::<Orgs>(request, ColumnSet::of(&[OrgColumn::Name]), keys)),
    )
}

fn description() -> Relation {
    Relation::new(
        Slot::Description,
        |row| row.optional_text(Column::DescriptionHash).filter(|_| row.rank > 0).map(ToOwned::to_owned),
        |request, _, keys| Box::pin(side::<Descriptions>(request, ColumnSet::of(&[DescriptionColumn::Text]), keys)),
    )
}

/// A text of a posting that is searched.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graphql) enum SearchField {
    /// The title.
    Title,
    /// The employer's name.
    Org,
    /// The department.
    Department,
    /// The place or places in the provider's words.
    Place,
    /// The description.
    Description,
}

/// A part of a text that shows what was searched for.
#[derive(SimpleObject)]
pub(in crate::graphql) struct SearchHighlight {
    /// Which text.
    field: SearchField,
    /// The part around the first hit, as plain text on one line: at most 200 characters.
    text: String,
    /// The hits in `text`, at most 10.
    spans: Vec<TextSpan>,
}

/// A part of a text, in characters.
#[derive(SimpleObject)]
pub(in crate::graphql) struct TextSpan {
    /// Where it starts, from 0.
    start: i32,
    /// Where it ends: the first character that is not in it.
    end: i32,
}
