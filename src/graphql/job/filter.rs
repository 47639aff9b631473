//! By what postings are filtered.

mod part;

use async_graphql::{ID, InputObject};

pub(in crate::graphql) use self::part::{EventsFilter, FactsFilter, JobsFilter, LocationsFilter, SalaryFilter};
use crate::graphql::error::Failure;
use crate::graphql::event::EventFilter;
use crate::graphql::filter::{
    Asked, Compares, Conditions, RangeFilter, TextFilter, TimeFilter, ValueFilter, combined, no_passing,
};
use crate::graphql::org::OrgFilter;
use crate::graphql::scalar::{CountryCode, CurrencyCode, Language, SubdivisionCode, Uuid};
use crate::graphql::source::SourceFilter;
use crate::graphql::vocabulary::{
    ClosedReason, ContractTerm, EmploymentType, JobFunction, JobStatus, RemoteScopeKind, Seniority, WorkplaceType,
};
use crate::store::filter::{Filter, Stale};
use crate::store::job::{Column, Jobs};

/// Conditions on jobs. All that are given must hold.
#[derive(InputObject, Clone, Debug, Default)]
#[graphql(name = "JobFilter")]
pub(in crate::graphql) struct JobFilter {
    /// All of these hold.
    and: Option<Vec<JobFilter>>,
    /// At least one of these holds.
    or: Option<Vec<JobFilter>>,
    /// This does not hold.
    not: Option<Box<JobFilter>>,
    /// The id, global or plain.
    id: Option<ValueFilter<ID>>,
    /// The employer's id, or that of one that was joined into it.
    org_id: Option<ValueFilter<Uuid>>,
    /// The board's id.
    source_id: Option<ValueFilter<Uuid>>,
    /// The applicant tracking system, such as `greenhouse`.
    provider: Option<ValueFilter<String>>,
    /// The employer's number of the job.
    requisition_id: Option<ValueFilter<String>>,
    /// The provider's own id of the posting.
    provider_job_key: Option<ValueFilter<String>>,
    /// The title; case does not matter.
    title: Option<TextFilter>,
    /// The level of the role, as its title names it. A title that names none has none.
    seniority: Option<ValueFilter<Seniority>>,
    /// The kind of work.
    function: Option<ValueFilter<JobFunction>>,
    /// The role that it offers, by `Job.role.key`.
    role_key: Option<ValueFilter<String>>,
    /// Whether the posting is on its board.
    status: Option<ValueFilter<JobStatus>>,
    /// Why it was closed.
    closed_reason: Option<ValueFilter<ClosedReason>>,
    /// The city of the primary place; case does not matter.
    city: Option<TextFilter>,
    /// The region of the primary place: compares `regionCode` of the first of `Job.locations`.
    region_code: Option<ValueFilter<SubdivisionCode>>,
    /// The country of the primary place: compares `Job.countryCode`, not the name in `Job.country`.
    country: Option<ValueFilter<CountryCode>>,
    /// The department; case does not matter.
    department: Option<TextFilter>,
    /// The team; unlike in title, city and department, case matters.
    team: Option<TextFilter>,
    /// Its places, the primary one and all others.
    locations: Option<Box<LocationsFilter>>,
    /// The kind of employment.
    employment_type: Option<ValueFilter<EmploymentType>>,
    /// Whether the employment ends on a date.
    contract_term: Option<ValueFilter<ContractTerm>>,
    /// Where the work is done.
    workplace_type: Option<ValueFilter<WorkplaceType>>,
    /// How far a remote or hybrid posting reaches.
    remote_scope: Option<ValueFilter<RemoteScopeKind>>,
    /// Remote, and open to one of these countries: named itself, by a region of the world that it is in, or worldwide.
    remote_open_to: Option<Vec<CountryCode>>,
    /// `REMOTE` or `HYBRID`.
    remote_policy: Option<ValueFilter<WorkplaceType>>,
    /// The currency of the salary.
    salary_currency: Option<ValueFilter<CurrencyCode>>,
    /// The least that is paid in a year, in whole units of the salary's currency.
    salary_annual_min: Option<RangeFilter<i32>>,
    /// The most that is paid in a year, in whole units of the salary's currency.
    salary_annual_max: Option<RangeFilter<i32>>,
    /// What is paid.
    salary: Option<Box<SalaryFilter>>,
    /// The language that the posting is written in.
    language: Option<ValueFilter<Language>>,
    /// When it was posted, or else first seen.
    posted_at: Option<TimeFilter>,
    /// When a crawl first saw it.
    first_seen_at: Option<TimeFilter>,
    /// When a crawl last saw it.
    /// Refused under `asOf`, with `snapshot`, by `watch` and of events, as it changes without an event.
    last_seen_at: Option<TimeFilter>,
    /// When a crawl last saw it or proved it absent.
    /// Refused under `asOf`, with `snapshot`, by `watch` and of events, as it changes without an event.
    last_checked_at: Option<TimeFilter>,
    /// Whether the last check lies longer back than two of its board's intervals.
    /// Refused under `asOf`, with `snapshot`, by `watch` and of events, as it changes without an event.
    is_stale: Option<bool>,
    /// When it last changed.
    last_changed_at: Option<TimeFilter>,
    /// When its closing was observed.
    inactive_at: Option<TimeFilter>,
    /// When the provider says it was updated.
    /// Refused under `asOf`, with `snapshot`, by `watch` and of events, as it changes without an event.
    source_updated_at: Option<TimeFilter>,
    /// Until when one can apply.
    application_deadline: Option<TimeFilter>,
    /// How often it was on its board: 1 and one for each reopening. Not how many people are sought.
    openings: Option<RangeFilter<i32>>,
    /// How many complete crawls have missed it so far.
    /// Refused under `asOf`, with `snapshot`, by `watch` and of events, as it changes without an event.
    missed_crawls: Option<RangeFilter<i32>>,
    /// How a derived value is known. Needs another condition beside it, since no index serves it.
    facts: Option<Box<FactsFilter>>,
    /// The employer.
    org: Option<Box<OrgFilter>>,
    /// The board.
    source: Option<Box<SourceFilter>>,
    /// What happened to it.
    events: Option<Box<EventsFilter>>,
}

impl Conditions<Column> for JobFilter {
    fn conditions(mut self, asked: &Asked) -> Result<Filter<Column>, Failure> {
        let (and, or, not) = (self.and.take(), self.or.take(), self.not.take());
        let facts = self.facts.take();
        let mut parts = Vec::new();
        self.clone().on_posting(asked, &mut parts);
        self.clone().on_life(asked, &mut parts);
        no_passing::<Jobs>(&parts, asked)?;
        self.on_others(asked, &mut parts)?;
        let others = combined(parts, and, or, not, asked)?;
        let Some(facts) = facts else {
            return Ok(others);
        };
        if !others.narrows() {
            return Err(Failure::BadFilter(
                "\"facts\" stands alone, and no index serves it\nhint: give another condition beside it, such as \"workplaceType\" or \"orgId\"".to_owned(),
            ));
        }
        let mut parts = vec![others];
        facts.on(&mut parts);
        Ok(Filter::And(parts))
    }
}

impl JobFilter {
    /// What the posting says.
    fn on_posting(self, asked: &Asked, parts: &mut Vec<Filter<Column>>) {
        use Column as C;
        self.id.into_iter().for_each(|it| it.on(C::JobId, asked, parts));
        self.org_id.into_iter().for_each(|it| it.on(C::OrgId, asked, parts));
        self.source_id.into_iter().for_each(|it| it.on(C::SourceId, asked, parts));
        self.provider.into_iter().for_each(|it| it.on(C::Provider, asked, parts));
        self.requisition_id.into_iter().for_each(|it| it.on(C::RequisitionId, asked, parts));
        self.provider_job_key.into_iter().for_each(|it| it.on(C::ProviderJobKey, asked, parts));
        self.title.into_iter().for_each(|it| it.folded().on(C::TitleKey, asked, parts));
        self.seniority.into_iter().for_each(|it| it.on(C::Seniority, asked, parts));
        self.function.into_iter().for_each(|it| it.on(C::Function, asked, parts));
        self.role_key.into_iter().for_each(|it| it.on(C::RoleKey, asked, parts));
        self.status.into_iter().for_each(|it| it.on(C::Status, asked, parts));
        self.closed_reason.into_iter().for_each(|it| it.on(C::ClosedReason, asked, parts));
        self.city.into_iter().for_each(|it| it.folded().on(C::CityKey, asked, parts));
        self.region_code.into_iter().for_each(|it| it.on(C::RegionCode, asked, parts));
        self.country.into_iter().for_each(|it| it.on(C::CountryCode, asked, parts));
        self.department.into_iter().for_each(|it| it.folded().on(C::DepartmentKey, asked, parts));
        self.team.into_iter().for_each(|it| it.on(C::Team, asked, parts));
        self.employment_type.into_iter().for_each(|it| it.on(C::EmploymentType, asked, parts));
        self.contract_term.into_iter().for_each(|it| it.on(C::ContractTerm, asked, parts));
    }

    /// What became of it, and the rest of what it says.
    fn on_life(self, asked: &Asked, parts: &mut Vec<Filter<Column>>) {
        use Column as C;
        self.workplace_type.into_iter().for_each(|it| it.on(C::WorkplaceType, asked, parts));
        self.remote_scope.into_iter().for_each(|it| it.on(C::RemoteScopeKind, asked, parts));
        self.remote_policy.into_iter().for_each(|it| it.on(C::RemotePolicy, asked, parts));
        self.salary_currency.into_iter().for_each(|it| it.on(C::SalaryCurrency, asked, parts));
        self.salary_annual_min.into_iter().for_each(|it| it.on(C::SalaryAnnualMin, asked, parts));
        self.salary_annual_max.into_iter().for_each(|it| it.on(C::SalaryAnnualMax, asked, parts));
        self.language.into_iter().for_each(|it| it.on(C::Language, asked, parts));
        self.posted_at.into_iter().for_each(|it| it.on(C::PostedAt, asked, parts));
        self.first_seen_at.into_iter().for_each(|it| it.on(C::FirstSeenAt, asked, parts));
        self.last_seen_at.into_iter().for_each(|it| it.on(C::LastSeenAt, asked, parts));
        self.last_checked_at.into_iter().for_each(|it| it.on(C::LastCheckedAt, asked, parts));
        self.last_changed_at.into_iter().for_each(|it| it.on(C::LastChangedAt, asked, parts));
        self.inactive_at.into_iter().for_each(|it| it.on(C::InactiveAt, asked, parts));
        self.source_updated_at.into_iter().for_each(|it| it.on(C::SourceUpdatedAt, asked, parts));
        self.application_deadline.into_iter().for_each(|it| it.on(C::ApplicationDeadline, asked, parts));
        self.openings.into_iter().for_each(|it| it.on(C::Openings, asked, parts));
        self.missed_crawls.into_iter().for_each(|it| it.on(C::MissedCrawls, asked, parts));
    }

    /// What stands in other tables.
    fn on_others(self, asked: &Asked, parts: &mut Vec<Filter<Column>>) -> Result<(), Failure> {
        if let Some(locations) = self.locations {
            locations.on(asked, parts);
        }
        if let Some(countries) = self.remote_open_to {
            part::remote_open_to(countries, parts);
        }
        if let Some(is_stale) = self.is_stale {
            if !asked.is_present {
                return Err(Failure::no_past_of("isStale"));
            }
            let stale = Stale { is_stale, now: asked.clock.read(), intervals: super::record::STALE_INTERVALS };
            parts.push(Filter::Other(std::sync::Arc::new(stale)));
        }
        if let Some(salary) = self.salary {
            salary.on(parts)?;
        }
        if let Some(org) = self.org {
            parts.push(Filter::related("org", "org_id", "org_id", org.conditions(asked)?));
        }
        if let Some(source) = self.source {
            parts.push(Filter::related("source", "source_id", "source_id", source.conditions(asked)?));
        }
        if let Some(events) = self.events {
            events.on(asked, parts)?;
        }
        Ok(())
    }
}
