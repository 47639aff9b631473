//! By what boards are found, filtered and ordered.

use async_graphql::{Enum, ID, InputObject, OneofObject};

use crate::graphql::error::Failure;
use crate::graphql::facet::FacetField;
use crate::graphql::filter::{Asked, Compares, Conditions, RangeFilter, TextFilter, TimeFilter, ValueFilter, combined};
use crate::graphql::job::JobsFilter;
use crate::graphql::node::{is, plain};
use crate::graphql::org::OrgFilter;
use crate::graphql::page::OrderDirection;
use crate::graphql::scalar::Uuid;
use crate::graphql::vocabulary::{SourceHealth, SourceStatus};
use crate::ingest::identity;
use crate::store::facet::{Buckets, Facet};
use crate::store::filter::Filter;
use crate::store::page::{Direction, Sort};
use crate::store::source::Column;

/// Conditions on sources. All that are given must hold.
#[derive(InputObject, Clone, Debug, Default)]
#[graphql(name = "SourceFilter")]
pub(in crate::graphql) struct SourceFilter {
    /// All of these hold.
    and: Option<Vec<SourceFilter>>,
    /// At least one of these holds.
    or: Option<Vec<SourceFilter>>,
    /// This does not hold.
    not: Option<Box<SourceFilter>>,
    /// The id, global or plain.
    id: Option<ValueFilter<ID>>,
    /// The employer's id, or that of one that was joined into it.
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
    last_crawled_at: Option<TimeFilter>,
    /// When it was added, or first crawled.
    first_seen_at: Option<TimeFilter>,
    /// The employer.
    org: Option<Box<OrgFilter>>,
    /// Its postings.
    jobs: Option<Box<JobsFilter>>,
}

impl Conditions<Column> for SourceFilter {
    fn conditions(self, asked: &Asked) -> Result<Filter<Column>, Failure> {
        let filter = self;
        let mut parts = Vec::new();
        filter.id.into_iter().for_each(|it| it.on(Column::SourceId, asked, &mut parts));
        filter.org_id.into_iter().for_each(|it| it.on(Column::OrgId, asked, &mut parts));
        filter.provider.into_iter().for_each(|it| it.on(Column::Provider, asked, &mut parts));
        filter.board_token.into_iter().for_each(|it| it.folded().on(Column::BoardKey, asked, &mut parts));
        filter.status.into_iter().for_each(|it| it.on(Column::Status, asked, &mut parts));
        filter.health.into_iter().for_each(|it| it.on(Column::Health, asked, &mut parts));
        filter.active_job_count.into_iter().for_each(|it| it.on(Column::ActiveJobCount, asked, &mut parts));
        filter.last_crawled_at.into_iter().for_each(|it| it.on(Column::LastCrawledAt, asked, &mut parts));
        filter.first_seen_at.into_iter().for_each(|it| it.on(Column::FirstSeenAt, asked, &mut parts));
        if let Some(org) = filter.org {
            parts.push(Filter::related("org", "org_id", "org_id", org.conditions(asked)?));
        }
        if let Some(jobs) = filter.jobs {
            jobs.on("source_id", asked, &mut parts)?;
        }
        combined(parts, filter.and, filter.or, filter.not, asked)
    }
}

/// What sources are ordered by: exactly one key. Rows without a value come as if theirs were the smallest.
#[derive(OneofObject, Clone, Copy, Debug)]
#[graphql(name = "SourceOrder")]
pub(in crate::graphql) enum SourceOrder {
    /// The board's token.
    BoardToken(OrderDirection),
    /// When it was last crawled.
    LastCrawledAt(OrderDirection),
    /// How many of its postings are active.
    ActiveJobCount(OrderDirection),
    /// When it was added, or first crawled.
    FirstSeenAt(OrderDirection),
}

impl From<SourceOrder> for (Sort<Column>, Direction) {
    fn from(order: SourceOrder) -> Self {
        match order {
            SourceOrder::BoardToken(direction) => (Sort::Column(Column::BoardKey), direction.into()),
            SourceOrder::LastCrawledAt(direction) => (Sort::Column(Column::LastCrawledAt), direction.into()),
            SourceOrder::ActiveJobCount(direction) => (Sort::Column(Column::ActiveJobCount), direction.into()),
            SourceOrder::FirstSeenAt(direction) => (Sort::Column(Column::FirstSeenAt), direction.into()),
        }
    }
}

/// What one board is found by: exactly one.
#[derive(OneofObject, Clone, Debug)]
pub(in crate::graphql) enum SourceLookup {
    /// Its id, global or plain.
    Id(ID),
    /// Its provider and token.
    Board(BoardInput),
}

/// A board by its provider and token.
#[derive(InputObject, Clone, Debug)]
pub(in crate::graphql) struct BoardInput {
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

/// What sources can be divided by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graphql) enum SourceFacetField {
    /// The applicant tracking system.
    Provider,
    /// Whether it is crawled.
    Status,
    /// How well its crawls go.
    Health,
    /// How many of its postings are active, in bands of 50.
    ActiveJobBand,
}

impl FacetField<Column> for SourceFacetField {
    fn question(self) -> Facet<Column> {
        match self {
            Self::Provider => Facet::by(Column::Provider),
            Self::Status => Facet::by(Column::Status),
            Self::Health => Facet::by(Column::Health),
            Self::ActiveJobBand => Facet::cut(Column::ActiveJobCount, Buckets::Bands(50)),
        }
    }

    fn is_of_providers(self) -> bool {
        self == Self::Provider
    }
}
