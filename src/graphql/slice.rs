//! All postings by a value they have in common: providers, cities, departments, with the counts that the writer keeps.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, Enum, InputObject, Object, OneofObject};

use super::error::Failure;
use super::facet::FacetField;
use super::filter::{Asked, Compares, Conditions, RangeFilter, TextFilter, combined};
use super::job::{Job, JobFilter, JobOrder};
use super::page::{self, Connection, Edge, Listable, OrderDirection, connection};
use super::relation::lists;
use super::request::{Boxed, Found, Loaded, LoadedByKey, Noun, Relation, Request, Slot};
use super::value::provider_label;
use super::written::{Direct, Out, Unwritten};
use crate::plan::Selection;
use crate::store::facet::{Buckets, Facet, Label};
use crate::store::filter::{Comparison, Filter};
use crate::store::job::{Column as JobColumn, Jobs};
use crate::store::page::{Direction, Sort};
use crate::store::role::Belonging;
use crate::store::rollup::{Column, Totals};
use crate::store::row::Record;

/// Stands between a dimension and a value in the key of a slice.
const BETWEEN: char = '|';

/// All postings that have a value in common: of a provider, in a city, of a department.
pub(super) struct JobSlice(Found);

impl From<Found> for JobSlice {
    fn from(found: Found) -> Self {
        Self(found)
    }
}

impl Direct for JobSlice {
    fn write(&self, request: &Arc<Request>, out: &mut Out) -> Result<(), Unwritten> {
        self.0.write::<Totals>(request, out)
    }
}

/// All postings that have a value in common: of a provider, in a city, of a department.
#[Object]
impl JobSlice {
    /// The value as filters take it. Cities and departments are in lower case.
    async fn value(&self) -> &str {
        self.0.record.text(Column::Value)
    }

    /// The value for people.
    async fn label(&self, ctx: &Context<'_>) -> Result<String, Failure> {
        let value = self.0.record.text(Column::Value);
        if self.0.record.text(Column::Dimension) == "PROVIDER" {
            return Ok(provider_label(value));
        }
        let label = self.0.side::<Totals>(ctx, Slot::Field).await?;
        Ok(label.map_or_else(|| value.to_owned(), |row| row.text(Column::Value).to_owned()))
    }

    /// How many of its postings are active.
    async fn active_job_count(&self) -> i64 {
        self.0.record.number(Column::Active)
    }

    /// How many postings of it are known, closed ones included.
    async fn job_count(&self) -> i64 {
        self.0.record.number(Column::Total)
    }

    /// Its postings, active and closed.
    async fn jobs(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Only postings that say this in title, employer, department, places or description: words, \"phrases\", -without, or, beginning*."
        )]
        search: Option<String>,
        #[graphql(desc = "How many rows from the start: 0 to 100, 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many rows from the end: 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows that meet this.")] filter: Option<Box<JobFilter>>,
        #[graphql(
            desc = "What the rows are ordered by, by default the best matches of a search, else the latest posted first; at most 3 keys."
        )]
        order_by: Option<Vec<JobOrder>>,
    ) -> Result<Connection<Jobs, Job>, Failure> {
        drop((search, first, after, last, before, filter, order_by));
        let (listed, at) = self.0.list::<Totals>(ctx).await?;
        Ok(connection(listed, &at))
    }
}

impl Noun for Totals {
    const TYPE_NAME: &'static str = "JobSlice";

    fn columns(field: &Selection) -> Vec<Column> {
        match field.field.as_str() {
            "label" | "jobs" => vec![Column::Dimension],
            "activeJobCount" => vec![Column::Active],
            "jobCount" => vec![Column::Total],
            _ => Vec::new(),
        }
    }

    fn relations(field: &Selection) -> Vec<Relation> {
        let key = |row: &Record| Some(format!("{}{BETWEEN}{}", row.text(Column::Dimension), row.text(Column::Value)));
        match field.field.as_str() {
            "jobs" => vec![Relation::new(Slot::Field, key, jobs)],
            "label" => vec![Relation::new(Slot::Field, key, labels)],
            _ => Vec::new(),
        }
    }
}

/// The slices of a dimension that have a value, and postings.
pub(super) async fn of_dimension(ctx: &Context<'_>, dimension: &str) -> Result<Connection<Totals, JobSlice>, Failure> {
    let is_dimension = Filter::Compare(Column::Dimension, Comparison::Eq(dimension.into()));
    let has_value = Filter::Compare(Column::Value, Comparison::Ne("".into()));
    // Not `>`: SQLite would seek that range and then sort what it finds.
    let has_postings = Filter::Compare(Column::Total, Comparison::Ne(0.into()));
    page::root_within(ctx, dimension, Filter::And(vec![is_dimension, has_value, has_postings])).await
}

/// The values of each dimension among the keys of slices.
fn by_dimension(keys: &[String]) -> HashMap<&str, Vec<String>> {
    let mut found: HashMap<&str, Vec<String>> = HashMap::new();
    for (dimension, value) in keys.iter().filter_map(|key| key.split_once(BETWEEN)) {
        found.entry(dimension).or_default().push(value.to_owned());
    }
    found
}

fn jobs<'a>(
    request: &'a Arc<Request>,
    at: &'a Arc<Selection>,
    keys: &'a [String],
) -> Boxed<'a, Result<LoadedByKey, Failure>> {
    Box::pin(async move {
        let mut found = LoadedByKey::new();
        for (dimension, values) in by_dimension(keys) {
            let column = match dimension {
                "PROVIDER" => JobColumn::Provider,
                "CITY" => JobColumn::CityKey,
                _ => JobColumn::DepartmentKey,
            };
            let lists = lists::<Jobs>(request, at, Belonging::Column(column), &values).await?;
            found.extend(lists.into_iter().map(|(value, list)| (format!("{dimension}{BETWEEN}{value}"), list)));
        }
        Ok(found)
    })
}

fn labels<'a>(
    request: &'a Arc<Request>,
    _: &'a Arc<Selection>,
    keys: &'a [String],
) -> Boxed<'a, Result<LoadedByKey, Failure>> {
    Box::pin(async move {
        let mut found = LoadedByKey::new();
        for (dimension, values) in by_dimension(keys) {
            let label = match dimension {
                "CITY" => Label::CITY,
                "DEPARTMENT" => Label::DEPARTMENT,
                _ => continue,
            };
            for (value, label) in request.reader.labels(label, &values).await? {
                let row = Record::of_text(Column::Value, label);
                found.insert(format!("{dimension}{BETWEEN}{value}"), Ok(Loaded::Row(Arc::new(row))));
            }
        }
        Ok(found)
    })
}

/// Conditions on slices. All that are given must hold.
#[derive(InputObject, Clone, Debug, Default)]
pub(in crate::graphql) struct JobSliceFilter {
    /// All of these hold.
    and: Option<Vec<JobSliceFilter>>,
    /// At least one of these holds.
    or: Option<Vec<JobSliceFilter>>,
    /// This does not hold.
    not: Option<Box<JobSliceFilter>>,
    /// The value; case does not matter.
    value: Option<TextFilter>,
    /// How many of its postings are active.
    active_job_count: Option<RangeFilter<i32>>,
}

impl Conditions<Column> for JobSliceFilter {
    fn conditions(self, asked: &Asked) -> Result<Filter<Column>, Failure> {
        let mut parts = Vec::new();
        self.value.into_iter().for_each(|it| it.folded().on(Column::Value, asked, &mut parts));
        self.active_job_count.into_iter().for_each(|it| it.on(Column::Active, asked, &mut parts));
        combined(parts, self.and, self.or, self.not, asked)
    }
}

/// What slices are ordered by: exactly one key.
#[derive(OneofObject, Clone, Copy, Debug)]
pub(in crate::graphql) enum JobSliceOrder {
    /// How many of its postings are active.
    ActiveJobCount(OrderDirection),
    /// How many postings of it are known.
    JobCount(OrderDirection),
    /// The value.
    Value(OrderDirection),
}

impl From<JobSliceOrder> for (Sort<Column>, Direction) {
    fn from(order: JobSliceOrder) -> Self {
        match order {
            JobSliceOrder::ActiveJobCount(direction) => (Sort::Column(Column::Active), direction.into()),
            JobSliceOrder::JobCount(direction) => (Sort::Column(Column::Total), direction.into()),
            JobSliceOrder::Value(direction) => (Sort::Column(Column::Value), direction.into()),
        }
    }
}

/// What slices can be divided by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graphql) enum JobSliceFacetField {
    /// How many of its postings are active, in bands of 50.
    ActiveJobBand,
}

impl FacetField<Column> for JobSliceFacetField {
    fn question(self) -> Facet<Column> {
        match self {
            Self::ActiveJobBand => Facet::cut(Column::Active, Buckets::Bands(50)),
        }
    }
}

impl Listable for Totals {
    const CONNECTION_NAME: &'static str = "JobSliceConnection";
    const EDGE_NAME: &'static str = "JobSliceEdge";
    const DEFAULT_ORDER: (Column, Direction) = (Column::Active, Direction::Descending);
    type Filter = JobSliceFilter;
    type Order = JobSliceOrder;
    type Facet = JobSliceFacetField;
    type Edge = Edge<Totals, JobSlice>;
}
