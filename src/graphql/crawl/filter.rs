//! By what crawls are filtered and ordered.

use async_graphql::{ID, InputObject, OneofObject};

use crate::graphql::filter::{Compares, RangeFilter, ValueFilter, combined};
use crate::graphql::page::OrderDirection;
use crate::graphql::scalar::DateTime;
use crate::graphql::vocabulary::CrawlOutcome;
use crate::store::crawl::Column;
use crate::store::filter::Filter;
use crate::store::page::Direction;

/// Conditions on crawls. All that are given must hold.
#[derive(InputObject, Clone, Debug, Default)]
#[graphql(name = "CrawlFilter")]
pub struct CrawlFilter {
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
    finished_at: Option<RangeFilter<DateTime>>,
}

impl From<CrawlFilter> for Filter<Column> {
    fn from(filter: CrawlFilter) -> Self {
        let mut parts = Vec::new();
        filter.id.into_iter().for_each(|it| it.on(Column::CrawlId, &mut parts));
        filter.outcome.into_iter().for_each(|it| it.on(Column::Outcome, &mut parts));
        filter.finished_at.into_iter().for_each(|it| it.on(Column::FinishedAt, &mut parts));
        let all = |list: Vec<CrawlFilter>| list.into_iter().map(Self::from).collect();
        combined(parts, filter.and.map(all), filter.or.map(all), filter.not.map(|it| Self::from(*it)))
    }
}

/// What crawls are ordered by: exactly one key. Rows without a value come as if theirs were the smallest.
#[derive(OneofObject, Clone, Copy, Debug)]
#[graphql(name = "CrawlOrder")]
pub enum CrawlOrder {
    /// When its answer was complete.
    FinishedAt(OrderDirection),
}

impl From<CrawlOrder> for (Column, Direction) {
    fn from(order: CrawlOrder) -> Self {
        match order {
            CrawlOrder::FinishedAt(direction) => (Column::FinishedAt, direction.into()),
        }
    }
}
