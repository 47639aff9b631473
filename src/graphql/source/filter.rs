//! By what boards are found, filtered and ordered.

use async_graphql::{ID, InputObject, OneofObject};

use crate::graphql::filter::{Compares, RangeFilter, TextFilter, ValueFilter, combined};
use crate::graphql::node::{is, plain};
use crate::graphql::page::OrderDirection;
use crate::graphql::scalar::{DateTime, Uuid};
use crate::graphql::vocabulary::{SourceHealth, SourceStatus};
use crate::ingest::identity;
use crate::store::filter::Filter;
use crate::store::page::Direction;
use crate::store::source::Column;

/// Conditions on sources. All that are given must hold.
#[derive(InputObject, Clone, Debug, Default)]
#[graphql(name = "SourceFilter")]
pub struct SourceFilter {
    /// All of these hold.
    and: Option<Vec<SourceFilter>>,
    /// At least one of these holds.
    or: Option<Vec<SourceFilter>>,
    /// This does not hold.
    not: Option<Box<SourceFilter>>,
    /// The id, global or plain.
    id: Option<ValueFilter<ID>>,
    /// The employer's id.
    org_id: Option<ValueFilter<Uuid>>,
    /// The applicant tracking system, such as `greenhouse`.
    provider: Option<ValueFilter<String>>,
    /// The board's token, as its provider compares it.
    board_token: Option<TextFilter>,
    /// Whether it is crawled.
    status: Option<ValueFilter<SourceStatus>>,
    /// How well its crawls go.
    health: Option<ValueFilter<SourceHealth>>,
    /// How many of its postings are active.
    active_job_count: Option<RangeFilter<i32>>,
    /// When it was last crawled.
    last_crawled_at: Option<RangeFilter<DateTime>>,
    /// When it was first crawled.
    first_seen_at: Option<RangeFilter<DateTime>>,
}

impl From<SourceFilter> for Filter<Column> {
    fn from(filter: SourceFilter) -> Self {
        let mut parts = Vec::new();
        filter.id.into_iter().for_each(|it| it.on(Column::SourceId, &mut parts));
        filter.org_id.into_iter().for_each(|it| it.on(Column::OrgId, &mut parts));
        filter.provider.into_iter().for_each(|it| it.on(Column::Provider, &mut parts));
        filter.board_token.into_iter().for_each(|it| it.folded().on(Column::BoardKey, &mut parts));
        filter.status.into_iter().for_each(|it| it.on(Column::Status, &mut parts));
        filter.health.into_iter().for_each(|it| it.on(Column::Health, &mut parts));
        filter.active_job_count.into_iter().for_each(|it| it.on(Column::ActiveJobCount, &mut parts));
        filter.last_crawled_at.into_iter().for_each(|it| it.on(Column::LastCrawledAt, &mut parts));
        filter.first_seen_at.into_iter().for_each(|it| it.on(Column::FirstSeenAt, &mut parts));
        let all = |list: Vec<SourceFilter>| list.into_iter().map(Self::from).collect();
        combined(parts, filter.and.map(all), filter.or.map(all), filter.not.map(|it| Self::from(*it)))
    }
}

/// What sources are ordered by: exactly one key. Rows without a value come as if theirs were the smallest.
#[derive(OneofObject, Clone, Copy, Debug)]
#[graphql(name = "SourceOrder")]
pub enum SourceOrder {
    /// The board's token.
    BoardToken(OrderDirection),
    /// When it was last crawled.
    LastCrawledAt(OrderDirection),
    /// How many of its postings are active.
    ActiveJobCount(OrderDirection),
    /// When it was first crawled.
    FirstSeenAt(OrderDirection),
}

impl From<SourceOrder> for (Column, Direction) {
    fn from(order: SourceOrder) -> Self {
        match order {
            SourceOrder::BoardToken(direction) => (Column::BoardKey, direction.into()),
            SourceOrder::LastCrawledAt(direction) => (Column::LastCrawledAt, direction.into()),
            SourceOrder::ActiveJobCount(direction) => (Column::ActiveJobCount, direction.into()),
            SourceOrder::FirstSeenAt(direction) => (Column::FirstSeenAt, direction.into()),
        }
    }
}

/// What one board is found by: exactly one.
#[derive(OneofObject, Clone, Debug)]
pub enum SourceLookup {
    /// Its id, global or plain.
    Id(ID),
    /// Its provider and token.
    Board(BoardInput),
}

/// A board by its provider and token.
#[derive(InputObject, Clone, Debug)]
pub struct BoardInput {
    /// The applicant tracking system, such as `greenhouse`.
    provider: String,
    /// The board's token.
    board_token: String,
}

impl From<SourceLookup> for Filter<Column> {
    fn from(lookup: SourceLookup) -> Self {
        match lookup {
            SourceLookup::Id(id) => is(Column::SourceId, plain(&id)),
            SourceLookup::Board(board) => {
                let key = identity::board_key(&board.board_token);
                Self::And(vec![is(Column::Provider, &board.provider), is(Column::BoardKey, &key)])
            }
        }
    }
}
