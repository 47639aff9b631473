//! By what crawls are filtered and ordered.

use async_graphql::{Enum, ID, InputObject, OneofObject};

use crate::graphql::error::Failure;
use crate::graphql::facet::FacetField;
use crate::graphql::filter::{Asked, Compares, Conditions, TimeFilter, ValueFilter, combined};
use crate::graphql::page::OrderDirection;
use crate::graphql::vocabulary::CrawlOutcome;
use crate::store::crawl::Column;
use crate::store::facet::{Buckets, Facet};
use crate::store::filter::Filter;
use crate::store::page::{Direction, Sort};

/// Conditions on crawls. All that are given must hold.
#[derive(InputObject, Clone, Debug, Default)]
#[graphql(name = "CrawlFilter")]
pub(in crate::graphql) struct CrawlFilter {
    /// All of these hold.
    and: Option<Vec<CrawlFilter>>,
    /// At least one of these holds.
    or: Option<Vec<CrawlFilter>>,
    /// This does not hold.
    not: Option<Box<CrawlFilter>>,
    /// The id.
    id: Option<ValueFilter<ID>>,
    /// What it proved.
    outcome: Option<ValueFilter<CrawlOutcome>>,
    /// When its answer was complete.
    finished_at: Option<TimeFilter>,
}

impl Conditions<Column> for CrawlFilter {
    fn conditions(self, asked: &Asked) -> Result<Filter<Column>, Failure> {
        let filter = self;
        let mut parts = Vec::new();
        filter.id.into_iter().for_each(|it| it.on(Column::CrawlId, asked, &mut parts));
        filter.outcome.into_iter().for_each(|it| it.on(Column::Outcome, asked, &mut parts));
        filter.finished_at.into_iter().for_each(|it| it.on(Column::FinishedAt, asked, &mut parts));
        combined(parts, filter.and, filter.or, filter.not, asked)
    }
}

/// What crawls are ordered by: exactly one key. Rows without a value come as if theirs were the smallest.
#[derive(OneofObject, Clone, Copy, Debug)]
#[graphql(name = "CrawlOrder")]
pub(in crate::graphql) enum CrawlOrder {
    /// When its answer was complete.
    FinishedAt(OrderDirection),
}

impl From<CrawlOrder> for (Sort<Column>, Direction) {
    fn from(order: CrawlOrder) -> Self {
        match order {
            CrawlOrder::FinishedAt(direction) => (Sort::Column(Column::FinishedAt), direction.into()),
        }
    }
}

/// What crawls can be divided by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graphql) enum CrawlFacetField {
    /// What it proved.
    Outcome,
    /// The day of its answer in UTC.
    Day,
}

impl FacetField<Column> for CrawlFacetField {
    fn question(self) -> Facet<Column> {
        match self {
            Self::Outcome => Facet::by(Column::Outcome),
            Self::Day => Facet::cut(Column::FinishedAt, Buckets::Days),
        }
    }
}
