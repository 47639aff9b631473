//! By what employers are found, filtered and ordered.

use async_graphql::{ID, InputObject, OneofObject};

use crate::graphql::filter::{Compares, RangeFilter, TextFilter, ValueFilter, combined};
use crate::graphql::node::{is, plain};
use crate::graphql::page::OrderDirection;
use crate::graphql::scalar::DateTime;
use crate::store::filter::Filter;
use crate::store::org::Column;
use crate::store::page::Direction;

/// Conditions on orgs. All that are given must hold.
#[derive(InputObject, Clone, Debug, Default)]
#[graphql(name = "OrgFilter")]
pub struct OrgFilter {
    /// All of these hold.
    and: Option<Vec<OrgFilter>>,
    /// At least one of these holds.
    or: Option<Vec<OrgFilter>>,
    /// This does not hold.
    not: Option<Box<OrgFilter>>,
    /// The id, global or plain.
    id: Option<ValueFilter<ID>>,
    /// The name; case does not matter.
    name: Option<TextFilter>,
    /// The short name.
    slug: Option<ValueFilter<String>>,
    /// How many of its postings are active.
    active_job_count: Option<RangeFilter<i32>>,
    /// How many postings of it are known.
    job_count: Option<RangeFilter<i32>>,
    /// When a crawl first saw one of its boards.
    first_seen_at: Option<RangeFilter<DateTime>>,
    /// When a crawl last read one of its boards.
    last_seen_at: Option<RangeFilter<DateTime>>,
}

impl From<OrgFilter> for Filter<Column> {
    fn from(filter: OrgFilter) -> Self {
        let mut parts = Vec::new();
        filter.id.into_iter().for_each(|it| it.on(Column::OrgId, &mut parts));
        filter.name.into_iter().for_each(|it| it.folded().on(Column::NormalizedName, &mut parts));
        filter.slug.into_iter().for_each(|it| it.on(Column::Slug, &mut parts));
        filter.active_job_count.into_iter().for_each(|it| it.on(Column::ActiveJobCount, &mut parts));
        filter.job_count.into_iter().for_each(|it| it.on(Column::JobCount, &mut parts));
        filter.first_seen_at.into_iter().for_each(|it| it.on(Column::FirstSeenAt, &mut parts));
        filter.last_seen_at.into_iter().for_each(|it| it.on(Column::LastSeenAt, &mut parts));
        let all = |list: Vec<OrgFilter>| list.into_iter().map(Self::from).collect();
        combined(parts, filter.and.map(all), filter.or.map(all), filter.not.map(|it| Self::from(*it)))
    }
}

/// What orgs are ordered by: exactly one key. Rows without a value come as if theirs were the smallest.
#[derive(OneofObject, Clone, Copy, Debug)]
#[graphql(name = "OrgOrder")]
pub enum OrgOrder {
    /// The name; case does not matter.
    Name(OrderDirection),
    /// How many of its postings are active.
    ActiveJobCount(OrderDirection),
    /// How many postings of it are known.
    JobCount(OrderDirection),
    /// When a crawl first saw one of its boards.
    FirstSeenAt(OrderDirection),
}

impl From<OrgOrder> for (Column, Direction) {
    fn from(order: OrgOrder) -> Self {
        match order {
            OrgOrder::Name(direction) => (Column::NormalizedName, direction.into()),
            OrgOrder::ActiveJobCount(direction) => (Column::ActiveJobCount, direction.into()),
            OrgOrder::JobCount(direction) => (Column::JobCount, direction.into()),
            OrgOrder::FirstSeenAt(direction) => (Column::FirstSeenAt, direction.into()),
        }
    }
}

/// What one employer is found by: exactly one.
#[derive(OneofObject, Clone, Debug)]
pub enum OrgLookup {
    /// Its id, global or plain.
    Id(ID),
    /// Its short name.
    Slug(String),
}

impl From<OrgLookup> for Filter<Column> {
    fn from(lookup: OrgLookup) -> Self {
        match lookup {
            OrgLookup::Id(id) => is(Column::OrgId, plain(&id)),
            OrgLookup::Slug(slug) => is(Column::Slug, &slug),
        }
    }
}
