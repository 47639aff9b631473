//! By what postings are found, ordered and divided.

use async_graphql::{Enum, ID, InputObject, OneofObject};

use crate::graphql::facet::FacetField;
use crate::graphql::node::{is, plain};
use crate::graphql::page::OrderDirection;
use crate::graphql::scalar::Url;
use crate::ingest::{address, identity};
use crate::store::facet::{Buckets, Facet, Label};
use crate::store::filter::Filter;
use crate::store::job::Column;
use crate::store::page::{Direction, Sort};

/// What jobs are ordered by: exactly one key. Rows without a value come as if theirs were the smallest.
#[derive(OneofObject, Clone, Copy, Debug)]
#[graphql(name = "JobOrder")]
pub(in crate::graphql) enum JobOrder {
    /// When it was posted, or else first seen.
    PostedAt(OrderDirection),
    /// When a crawl first saw it.
    FirstSeenAt(OrderDirection),
    /// When it last changed.
    LastChangedAt(OrderDirection),
    /// The title; case does not matter.
    Title(OrderDirection),
    /// The most that is paid in a year, whatever the currency.
    Salary(OrderDirection),
    /// The least that is paid in a year, whatever the currency.
    SalaryMin(OrderDirection),
    /// When the provider says it was updated.
    /// Refused under `asOf` and with `snapshot`, as it changes without an event.
    SourceUpdatedAt(OrderDirection),
    /// When its closing was observed.
    InactiveAt(OrderDirection),
    /// Until when one can apply.
    ApplicationDeadline(OrderDirection),
    /// How well it matches `search`, without which this is refused.
    Relevance(OrderDirection),
}

impl From<JobOrder> for (Sort<Column>, Direction) {
    fn from(order: JobOrder) -> Self {
        match order {
            JobOrder::PostedAt(direction) => (Sort::Column(Column::PostedAt), direction.into()),
            JobOrder::FirstSeenAt(direction) => (Sort::Column(Column::FirstSeenAt), direction.into()),
            JobOrder::LastChangedAt(direction) => (Sort::Column(Column::LastChangedAt), direction.into()),
            JobOrder::Title(direction) => (Sort::Column(Column::TitleKey), direction.into()),
            JobOrder::Salary(direction) => (Sort::Column(Column::SalaryAnnualMax), direction.into()),
            JobOrder::SalaryMin(direction) => (Sort::Column(Column::SalaryAnnualMin), direction.into()),
            JobOrder::SourceUpdatedAt(direction) => (Sort::Column(Column::SourceUpdatedAt), direction.into()),
            JobOrder::InactiveAt(direction) => (Sort::Column(Column::InactiveAt), direction.into()),
            JobOrder::ApplicationDeadline(direction) => (Sort::Column(Column::ApplicationDeadline), direction.into()),
            JobOrder::Relevance(direction) => (Sort::Rank, direction.into()),
        }
    }
}

/// What one posting is found by: exactly one.
#[derive(OneofObject, Clone, Debug)]
pub(in crate::graphql) enum JobLookup {
    /// Its id, global or plain.
    Id(ID),
    /// Its key at its provider.
    Key(JobKeyInput),
    /// Its page or the address to apply at, as `sourceUrl` and `applyUrl` show them. Tracking parameters do no harm.
    Url(Url),
}

/// A posting's key at its provider.
#[derive(InputObject, Clone, Debug)]
pub(in crate::graphql) struct JobKeyInput {
    /// The applicant tracking system, such as `greenhouse`.
    provider: String,
    /// The board's token.
    board: String,
    /// The provider's own id of the posting.
    provider_job_key: String,
}

impl From<JobLookup> for Filter<Column> {
    fn from(lookup: JobLookup) -> Self {
        match lookup {
            JobLookup::Id(id) => is(Column::JobId, plain(&id)),
            JobLookup::Key(key) => {
                is(Column::JobId, &identity::job_id(&key.provider, &key.board, &key.provider_job_key))
            }
            JobLookup::Url(url) => {
                // As postings have it.
                let clean = address::link(&url.0).unwrap_or(url.0);
                Self::Or(vec![is(Column::SourceUrl, &clean), is(Column::ApplyUrl, &clean)])
            }
        }
    }
}

/// What jobs can be divided by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graphql) enum JobFacetField {
    /// The applicant tracking system.
    Provider,
    /// The employer.
    Org,
    /// The board.
    Source,
    /// Whether the posting is on its board.
    Status,
    /// Why it was closed.
    ClosedReason,
    /// The title, without regard to case.
    Title,
    /// The level of the role.
    Seniority,
    /// The kind of work.
    Function,
    /// The role, by `Job.role.key`. Its number of values is how many roles the postings offer; those without a role are one
    /// value.
    Role,
    /// Where the work is done.
    WorkplaceType,
    /// How far a remote or hybrid posting reaches.
    RemoteScope,
    /// The kind of employment.
    EmploymentType,
    /// Whether the employment ends on a date.
    ContractTerm,
    /// The country of the primary place.
    Country,
    /// The region of the primary place.
    Region,
    /// The city of the primary place, without regard to case.
    City,
    /// The department, without regard to case.
    Department,
    /// The team; names that differ in case alone are different values.
    Team,
    /// The language that the posting is written in.
    Language,
    /// The currency of the salary.
    SalaryCurrency,
    /// The time that the salary is paid for.
    SalaryPeriod,
    /// The most that is paid in a year, in bands of 25,000 of the salary's currency.
    SalaryBand,
    /// How certain the salary is, in bands of ten percent: `value` is where a band begins as a share of one, `label` its
    /// percentages, such as `60–69`.
    SalaryConfidence,
    /// The day it was posted, or else first seen, in UTC.
    PostedDay,
    /// The month it was posted, or else first seen, in UTC.
    PostedMonth,
    /// The day a crawl first saw it, in UTC.
    FirstSeenDay,
    /// The month a crawl first saw it, in UTC.
    FirstSeenMonth,
    /// The day it last changed, in UTC.
    LastChangedDay,
    /// The month it last changed, in UTC.
    LastChangedMonth,
    /// The day its closing was observed, in UTC.
    ClosedDay,
    /// The month its closing was observed, in UTC.
    ClosedMonth,
}

impl FacetField<Column> for JobFacetField {
    fn question(self) -> Facet<Column> {
        use Column as C;
        match self {
            Self::Provider => Facet::by(C::Provider),
            Self::Org => Facet::by(C::OrgId).labelled(Label::ORG),
            Self::Source => Facet::by(C::SourceId).labelled(Label::SOURCE),
            Self::Status => Facet::by(C::Status),
            Self::ClosedReason => Facet::by(C::ClosedReason),
            Self::Title => Facet::by(C::TitleKey).labelled(Label::TITLE),
            Self::Seniority => Facet::by(C::Seniority),
            Self::Function => Facet::by(C::Function),
            Self::Role => Facet::by(C::RoleKey).labelled(Label::ROLE),
            Self::WorkplaceType => Facet::by(C::WorkplaceType),
            Self::RemoteScope => Facet::by(C::RemoteScopeKind),
            Self::EmploymentType => Facet::by(C::EmploymentType),
            Self::ContractTerm => Facet::by(C::ContractTerm),
            Self::Country => Facet::by(C::CountryCode).labelled(Label::COUNTRY),
            Self::Region => Facet::by(C::RegionCode).labelled(Label::REGION),
            Self::City => Facet::by(C::CityKey).labelled(Label::CITY),
            Self::Department => Facet::by(C::DepartmentKey).labelled(Label::DEPARTMENT),
            Self::Team => Facet::by(C::Team),
            Self::Language => Facet::by(C::Language),
            Self::SalaryCurrency => Facet::by(C::SalaryCurrency),
            Self::SalaryPeriod => Facet::by(C::SalaryPeriod),
            Self::SalaryBand => Facet::cut(C::SalaryAnnualMax, Buckets::Bands(25_000)),
            Self::SalaryConfidence => Facet::cut(C::SalaryConfidence, Buckets::Shares),
            Self::PostedDay => Facet::cut(C::PostedAt, Buckets::Days),
            Self::PostedMonth => Facet::cut(C::PostedAt, Buckets::Months),
            Self::FirstSeenDay => Facet::cut(C::FirstSeenAt, Buckets::Days),
            Self::FirstSeenMonth => Facet::cut(C::FirstSeenAt, Buckets::Months),
            Self::LastChangedDay => Facet::cut(C::LastChangedAt, Buckets::Days),
            Self::LastChangedMonth => Facet::cut(C::LastChangedAt, Buckets::Months),
            Self::ClosedDay => Facet::cut(C::InactiveAt, Buckets::Days),
            Self::ClosedMonth => Facet::cut(C::InactiveAt, Buckets::Months),
        }
    }

    fn is_of_providers(self) -> bool {
        self == Self::Provider
    }
}
