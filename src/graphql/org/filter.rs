//! By what employers are found, filtered and ordered.

use async_graphql::{Enum, ID, InputObject, OneofObject};

use crate::graphql::error::Failure;
use crate::graphql::facet::FacetField;
use crate::graphql::filter::{
    Asked, Compares, Conditions, RangeFilter, TextFilter, TimeFilter, ValueFilter, combined, no_passing,
};
use crate::graphql::job::JobsFilter;
use crate::graphql::node::{is, plain};
use crate::graphql::page::OrderDirection;
use crate::graphql::source::SourceFilter;
use crate::store::facet::{Buckets, Facet};
use crate::store::filter::Filter;
use crate::store::org::{Column, Orgs};
use crate::store::page::{Direction, Sort};

/// Conditions on orgs. All that are given must hold.
#[derive(InputObject, Clone, Debug, Default)]
#[graphql(name = "OrgFilter")]
pub(in crate::graphql) struct OrgFilter {
    /// All of these hold.
    and: Option<Vec<OrgFilter>>,
    /// At least one of these holds.
    or: Option<Vec<OrgFilter>>,
    /// This does not hold.
    not: Option<Box<OrgFilter>>,
    /// The id, global or plain, or that of one that was joined into it.
    id: Option<ValueFilter<ID>>,
    /// The name; case does not matter.
    name: Option<TextFilter>,
    /// The short name, or that of one that was joined into it.
    slug: Option<ValueFilter<String>>,
    /// How many of its postings are active.
    /// Refused under `asOf`, with `snapshot` and by `watch`, as it changes without an event.
    active_job_count: Option<RangeFilter<i32>>,
    /// How many postings of it are known.
    /// Refused under `asOf`, with `snapshot` and by `watch`, as it changes without an event.
    job_count: Option<RangeFilter<i32>>,
    /// When one of its boards was added, or first crawled.
    first_seen_at: Option<TimeFilter>,
    /// When one of its boards was last crawled, or added if none was.
    /// Refused under `asOf`, with `snapshot` and by `watch`, as it changes without an event.
    last_seen_at: Option<TimeFilter>,
    /// Its postings.
    jobs: Option<Box<JobsFilter>>,
    /// Its boards.
    sources: Option<Box<SourcesFilter>>,
}

impl Conditions<Column> for OrgFilter {
    fn conditions(self, asked: &Asked) -> Result<Filter<Column>, Failure> {
        let filter = self;
        let mut parts = Vec::new();
        filter.id.into_iter().for_each(|it| it.on(Column::OrgId, asked, &mut parts));
        filter.name.into_iter().for_each(|it| it.folded().on(Column::NormalizedName, asked, &mut parts));
        filter.slug.into_iter().for_each(|it| it.on(Column::Slug, asked, &mut parts));
        filter.active_job_count.into_iter().for_each(|it| it.on(Column::ActiveJobCount, asked, &mut parts));
        filter.job_count.into_iter().for_each(|it| it.on(Column::JobCount, asked, &mut parts));
        filter.first_seen_at.into_iter().for_each(|it| it.on(Column::FirstSeenAt, asked, &mut parts));
        filter.last_seen_at.into_iter().for_each(|it| it.on(Column::LastSeenAt, asked, &mut parts));
        if let Some(jobs) = filter.jobs {
            jobs.on("org_id", asked, &mut parts)?;
        }
        if let Some(sources) = filter.sources {
            sources.on(asked, &mut parts)?;
        }
        no_passing::<Orgs>(&parts, asked)?;
        combined(parts, filter.and, filter.or, filter.not, asked)
    }
}

/// Conditions on the boards of an employer. All that are given must hold.
#[derive(InputObject, Clone, Debug, Default)]
pub(in crate::graphql) struct SourcesFilter {
    /// At least one board meets this.
    some: Option<Box<SourceFilter>>,
    /// No board meets this.
    none: Option<Box<SourceFilter>>,
}

impl SourcesFilter {
    fn on(self, asked: &Asked, parts: &mut Vec<Filter<Column>>) -> Result<(), Failure> {
        let source = |it: Box<SourceFilter>| {
            Ok::<_, Failure>(Filter::related("source", "org_id", "org_id", it.conditions(asked)?))
        };
        parts.extend(self.some.map(source).transpose()?);
        parts.extend(self.none.map(source).transpose()?.map(|it| Filter::Not(Box::new(it))));
        Ok(())
    }
}

/// What orgs are ordered by: exactly one key. Rows without a value come as if theirs were the smallest.
#[derive(OneofObject, Clone, Copy, Debug)]
#[graphql(name = "OrgOrder")]
pub(in crate::graphql) enum OrgOrder {
    /// The name; case does not matter.
    Name(OrderDirection),
    /// How many of its postings are active.
    /// Refused under `asOf` and with `snapshot`, as it changes without an event.
    ActiveJobCount(OrderDirection),
    /// How many postings of it are known.
    /// Refused under `asOf` and with `snapshot`, as it changes without an event.
    JobCount(OrderDirection),
    /// When one of its boards was added, or first crawled.
    FirstSeenAt(OrderDirection),
}

impl From<OrgOrder> for (Sort<Column>, Direction) {
    fn from(order: OrgOrder) -> Self {
        match order {
            OrgOrder::Name(direction) => (Sort::Column(Column::NormalizedName), direction.into()),
            OrgOrder::ActiveJobCount(direction) => (Sort::Column(Column::ActiveJobCount), direction.into()),
            OrgOrder::JobCount(direction) => (Sort::Column(Column::JobCount), direction.into()),
            OrgOrder::FirstSeenAt(direction) => (Sort::Column(Column::FirstSeenAt), direction.into()),
        }
    }
}

/// What one employer is found by: exactly one.
#[derive(OneofObject, Clone, Debug)]
pub(in crate::graphql) enum OrgLookup {
    /// Its id, global or plain, or that of an employer that was joined into it.
    Id(ID),
    /// Its short name, or that of an employer that was joined into it.
    Slug(String),
}

impl OrgLookup {
    /// What may name an employer that was joined into another.
    pub(in crate::graphql) fn alias(&self) -> String {
        match self {
            Self::Id(id) => plain(id).to_owned(),
            Self::Slug(slug) => slug.clone(),
        }
    }
}

impl From<OrgLookup> for Filter<Column> {
    fn from(lookup: OrgLookup) -> Self {
        match lookup {
            OrgLookup::Id(id) => is(Column::OrgId, plain(&id)),
            OrgLookup::Slug(slug) => is(Column::Slug, &slug),
        }
    }
}

/// What orgs can be divided by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graphql) enum OrgFacetField {
    /// The month it was first seen in UTC.
    FirstSeenMonth,
    /// How many of its postings are active, in bands of 50. Refused under `asOf` and with
    /// `snapshot`, as it changes without an event.
    ActiveJobBand,
}

impl FacetField<Column> for OrgFacetField {
    fn question(self) -> Facet<Column> {
        match self {
            Self::FirstSeenMonth => Facet::cut(Column::FirstSeenAt, Buckets::Months),
            Self::ActiveJobBand => Facet::cut(Column::ActiveJobCount, Buckets::Bands(50)),
        }
    }
}
