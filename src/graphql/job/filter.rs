//! By what postings are found, filtered and ordered.

use async_graphql::{ID, InputObject, OneofObject};

use crate::graphql::filter::{Compares, RangeFilter, TextFilter, ValueFilter, combined};
use crate::graphql::node::{is, plain};
use crate::graphql::page::OrderDirection;
use crate::graphql::scalar::{CountryCode, CurrencyCode, DateTime, Language, SubdivisionCode, Url, Uuid};
use crate::graphql::vocabulary::{ClosedReason, ContractTerm, EmploymentType, JobStatus, WorkplaceType};
use crate::ingest::identity;
use crate::store::filter::Filter;
use crate::store::job::Column;
use crate::store::page::Direction;

/// Conditions on jobs. All that are given must hold.
#[derive(InputObject, Clone, Debug, Default)]
#[graphql(name = "JobFilter")]
pub struct JobFilter {
    /// All of these hold.
    and: Option<Vec<JobFilter>>,
    /// At least one of these holds.
    or: Option<Vec<JobFilter>>,
    /// This does not hold.
    not: Option<Box<JobFilter>>,
    /// The id, global or plain.
    id: Option<ValueFilter<ID>>,
    /// The employer's id.
    org_id: Option<ValueFilter<Uuid>>,
    /// The board's id.
    source_id: Option<ValueFilter<Uuid>>,
    /// The applicant tracking system, such as `greenhouse`.
    provider: Option<ValueFilter<String>>,
    /// The employer's number of the job.
    requisition_id: Option<ValueFilter<String>>,
    /// The title; case does not matter.
    title: Option<TextFilter>,
    /// Whether the posting is on its board.
    status: Option<ValueFilter<JobStatus>>,
    /// Why it was closed.
    closed_reason: Option<ValueFilter<ClosedReason>>,
    /// The city of the primary place; case does not matter.
    city: Option<TextFilter>,
    /// The region of the primary place.
    region_code: Option<ValueFilter<SubdivisionCode>>,
    /// The country of the primary place, by its code.
    country: Option<ValueFilter<CountryCode>>,
    /// The department; case does not matter.
    department: Option<TextFilter>,
    /// The kind of employment.
    employment_type: Option<ValueFilter<EmploymentType>>,
    /// Whether the employment ends on a date.
    contract_term: Option<ValueFilter<ContractTerm>>,
    /// Where the work is done.
    workplace_type: Option<ValueFilter<WorkplaceType>>,
    /// `REMOTE` or `HYBRID`.
    remote_policy: Option<ValueFilter<WorkplaceType>>,
    /// The currency of the salary.
    salary_currency: Option<ValueFilter<CurrencyCode>>,
    /// The least that is paid in a year, in whole units of the salary's currency.
    salary_annual_min: Option<RangeFilter<i32>>,
    /// The most that is paid in a year, in whole units of the salary's currency.
    salary_annual_max: Option<RangeFilter<i32>>,
    /// The language that the posting is written in.
    language: Option<ValueFilter<Language>>,
    /// When it was posted, or else first seen.
    posted_at: Option<RangeFilter<DateTime>>,
    /// When a crawl first saw it.
    first_seen_at: Option<RangeFilter<DateTime>>,
    /// When it last changed.
    last_changed_at: Option<RangeFilter<DateTime>>,
    /// When its closing was observed.
    inactive_at: Option<RangeFilter<DateTime>>,
    /// When the provider says it was updated.
    source_updated_at: Option<RangeFilter<DateTime>>,
    /// Until when one can apply.
    application_deadline: Option<RangeFilter<DateTime>>,
}

impl From<JobFilter> for Filter<Column> {
    fn from(filter: JobFilter) -> Self {
        let mut parts = Vec::new();
        filter.id.into_iter().for_each(|it| it.on(Column::JobId, &mut parts));
        filter.org_id.into_iter().for_each(|it| it.on(Column::OrgId, &mut parts));
        filter.source_id.into_iter().for_each(|it| it.on(Column::SourceId, &mut parts));
        filter.provider.into_iter().for_each(|it| it.on(Column::Provider, &mut parts));
        filter.requisition_id.into_iter().for_each(|it| it.on(Column::RequisitionId, &mut parts));
        filter.title.into_iter().for_each(|it| it.folded().on(Column::TitleKey, &mut parts));
        filter.status.into_iter().for_each(|it| it.on(Column::Status, &mut parts));
        filter.closed_reason.into_iter().for_each(|it| it.on(Column::ClosedReason, &mut parts));
        filter.city.into_iter().for_each(|it| it.folded().on(Column::CityKey, &mut parts));
        filter.region_code.into_iter().for_each(|it| it.on(Column::RegionCode, &mut parts));
        filter.country.into_iter().for_each(|it| it.on(Column::CountryCode, &mut parts));
        filter.department.into_iter().for_each(|it| it.folded().on(Column::DepartmentKey, &mut parts));
        filter.employment_type.into_iter().for_each(|it| it.on(Column::EmploymentType, &mut parts));
        filter.contract_term.into_iter().for_each(|it| it.on(Column::ContractTerm, &mut parts));
        filter.workplace_type.into_iter().for_each(|it| it.on(Column::WorkplaceType, &mut parts));
        filter.remote_policy.into_iter().for_each(|it| it.on(Column::RemotePolicy, &mut parts));
        filter.salary_currency.into_iter().for_each(|it| it.on(Column::SalaryCurrency, &mut parts));
        filter.salary_annual_min.into_iter().for_each(|it| it.on(Column::SalaryAnnualMin, &mut parts));
        filter.salary_annual_max.into_iter().for_each(|it| it.on(Column::SalaryAnnualMax, &mut parts));
        filter.language.into_iter().for_each(|it| it.on(Column::Language, &mut parts));
        filter.posted_at.into_iter().for_each(|it| it.on(Column::PostedAt, &mut parts));
        filter.first_seen_at.into_iter().for_each(|it| it.on(Column::FirstSeenAt, &mut parts));
        filter.last_changed_at.into_iter().for_each(|it| it.on(Column::LastChangedAt, &mut parts));
        filter.inactive_at.into_iter().for_each(|it| it.on(Column::InactiveAt, &mut parts));
        filter.source_updated_at.into_iter().for_each(|it| it.on(Column::SourceUpdatedAt, &mut parts));
        filter.application_deadline.into_iter().for_each(|it| it.on(Column::ApplicationDeadline, &mut parts));
        let all = |list: Vec<JobFilter>| list.into_iter().map(Self::from).collect();
        combined(parts, filter.and.map(all), filter.or.map(all), filter.not.map(|it| Self::from(*it)))
    }
}

/// What jobs are ordered by: exactly one key. Rows without a value come as if theirs were the smallest.
#[derive(OneofObject, Clone, Copy, Debug)]
#[graphql(name = "JobOrder")]
pub enum JobOrder {
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
}

impl From<JobOrder> for (Column, Direction) {
    fn from(order: JobOrder) -> Self {
        match order {
            JobOrder::PostedAt(direction) => (Column::PostedAt, direction.into()),
            JobOrder::FirstSeenAt(direction) => (Column::FirstSeenAt, direction.into()),
            JobOrder::LastChangedAt(direction) => (Column::LastChangedAt, direction.into()),
            JobOrder::Title(direction) => (Column::TitleKey, direction.into()),
            JobOrder::Salary(direction) => (Column::SalaryAnnualMax, direction.into()),
        }
    }
}

/// What one posting is found by: exactly one.
#[derive(OneofObject, Clone, Debug)]
pub enum JobLookup {
    /// Its id, global or plain.
    Id(ID),
    /// Its key at its provider.
    Key(JobKeyInput),
    /// Its page or the address to apply at, as `sourceUrl` and `applyUrl` show them.
    Url(Url),
}

/// A posting's key at its provider.
#[derive(InputObject, Clone, Debug)]
pub struct JobKeyInput {
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
            JobLookup::Url(url) => Self::Or(vec![is(Column::SourceUrl, &url.0), is(Column::ApplyUrl, &url.0)]),
        }
    }
}
