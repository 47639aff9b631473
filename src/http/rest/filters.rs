//! What postings and events are asked for by, and how the graph says it.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use strum::IntoStaticStr;
use utoipa::{IntoParams, ToSchema};

use super::envelope::Problem;
use super::event::EventType;
use super::parameters::{EventTypes, Provider, Text, Time, Uuids};
use crate::ingest::normalize::gazetteer;

/// Which postings. All that is given must hold.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct JobFilters {
    /// Words of title, employer, department, places or description: words, "phrases", -without, or, beginning*.
    #[param(min_length = 1, max_length = 300)]
    q: Option<String>,
    /// The title begins with this, in any case.
    #[param(value_type = Option<String>, min_length = 1, max_length = 100)]
    title: Option<Text>,
    /// The department, in any case.
    #[param(value_type = Option<String>, min_length = 1, max_length = 100)]
    department: Option<Text>,
    /// Where the work is done.
    #[param(inline)]
    workplace_type: Option<Workplace>,
    /// The kind of employment, of those that the facet `employment_type` counts.
    #[param(inline)]
    employment_type: Option<Employment>,
    /// Whether it is active. Not beside `status`.
    active: Option<bool>,
    /// The status: `closed` means the same as `expired`. Not beside `active`.
    #[param(inline)]
    status: Option<Status>,
    /// The city of any of its places, in any case.
    #[param(value_type = Option<String>, min_length = 1, max_length = 100)]
    location: Option<Text>,
    /// The city of its primary place, in any case.
    #[param(value_type = Option<String>, min_length = 1, max_length = 100)]
    city: Option<Text>,
    /// The region of its primary place by its code of ISO 3166-2, such as `US-CA`.
    #[param(pattern = "^[A-Z]{2}-[A-Z0-9]{1,3}$")]
    region: Option<String>,
    /// The country of its primary place: its code of ISO 3166-1 or its name, such as `US` or `United States`.
    #[param(max_length = 100)]
    country: Option<String>,
    /// The least pay is this or more, by the year, in whatever currency.
    #[param(minimum = 0, maximum = 2147483647)]
    salary_min: Option<u32>,
    /// The greatest pay is this or less, by the year, in whatever currency.
    #[param(minimum = 0, maximum = 2147483647)]
    salary_max: Option<u32>,
    /// Whether pay is disclosed.
    salary_exists: Option<bool>,
    /// Published after this time: RFC 3339, or a day in UTC. Where the provider tells none, first seen.
    #[param(value_type = Option<String>, format = DateTime)]
    posted_after: Option<Time>,
    /// Published before this time.
    #[param(value_type = Option<String>, format = DateTime)]
    posted_before: Option<Time>,
    /// Updated by the provider's word after this time.
    #[param(value_type = Option<String>, format = DateTime)]
    updated_after: Option<Time>,
    /// Updated by the provider's word before this time.
    #[param(value_type = Option<String>, format = DateTime)]
    updated_before: Option<Time>,
    /// Seen to change after this time.
    #[param(value_type = Option<String>, format = DateTime)]
    changed_after: Option<Time>,
    /// Seen to change before this time.
    #[param(value_type = Option<String>, format = DateTime)]
    changed_before: Option<Time>,
    /// First seen after this time.
    #[param(value_type = Option<String>, format = DateTime)]
    first_seen_after: Option<Time>,
    /// First seen before this time.
    #[param(value_type = Option<String>, format = DateTime)]
    first_seen_before: Option<Time>,
    /// Of one of these employers, separated by commas.
    #[param(value_type = Option<Vec<uuid::Uuid>>, style = Form, explode = false, min_items = 1, max_items = 50)]
    org_ids: Option<Uuids>,
    /// Of one of these boards, separated by commas.
    #[param(value_type = Option<Vec<uuid::Uuid>>, style = Form, explode = false, min_items = 1, max_items = 50)]
    source_ids: Option<Uuids>,
    /// Of this applicant tracking system.
    #[param(inline)]
    provider: Option<Provider>,
}

/// Which events. All that is given must hold.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct EventFilters {
    /// Of one of these types, separated by commas.
    #[param(value_type = Option<Vec<EventType>>, inline, style = Form, explode = false, min_items = 1, max_items = 50)]
    event_types: Option<EventTypes>,
    /// Of this posting.
    #[param(value_type = Option<String>, min_length = 1, max_length = 100)]
    job_id: Option<Text>,
    /// Of one of these employers, separated by commas.
    #[param(value_type = Option<Vec<uuid::Uuid>>, style = Form, explode = false, min_items = 1, max_items = 50)]
    org_ids: Option<Uuids>,
    /// Of one of these boards, separated by commas.
    #[param(value_type = Option<Vec<uuid::Uuid>>, style = Form, explode = false, min_items = 1, max_items = 50)]
    source_ids: Option<Uuids>,
    /// Of this applicant tracking system.
    #[param(inline)]
    provider: Option<Provider>,
    /// Observed after this time: RFC 3339, or a day in UTC.
    #[param(value_type = Option<String>, format = DateTime)]
    observed_after: Option<Time>,
    /// Observed before this time.
    #[param(value_type = Option<String>, format = DateTime)]
    observed_before: Option<Time>,
}

/// Where a posting stands.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Status {
    Active,
    Expired,
    Closed,
}

/// Where the work is done.
#[derive(Clone, Copy, Debug, Deserialize, IntoStaticStr, ToSchema)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
enum Workplace {
    Remote,
    Hybrid,
    OnSite,
}

/// The kind of employment.
#[derive(Clone, Copy, Debug, Deserialize, IntoStaticStr, ToSchema)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
enum Employment {
    FullTime,
    PartTime,
    Contract,
    Temporary,
    Internship,
    PerDiem,
    Volunteer,
    Other,
}

impl JobFilters {
    /// The words searched for, and the filter as the graph takes it.
    pub(super) fn graph(self) -> Result<(Option<String>, Value), Problem> {
        let is_active = match (self.active, self.status) {
            (Some(_), Some(_)) => {
                return Err(Problem::parameter("status", "must not be given beside \"active\", give one of them"));
            }
            (active, status) => active.or(status.map(|it| it == Status::Active)),
        };
        let mut filter = Map::new();
        let mut set = |name: &str, comparison: Option<Value>| {
            filter.extend(comparison.map(|it| (name.to_owned(), it)));
        };
        set("status", is_active.map(|it| json!({ "eq": if it { "ACTIVE" } else { "CLOSED" } })));
        set("title", self.title.map(|it| json!({ "startsWith": it.0 })));
        set("department", self.department.map(|it| json!({ "eq": it.0 })));
        set("workplaceType", self.workplace_type.map(|it| json!({ "eq": <&str>::from(it) })));
        set("employmentType", self.employment_type.map(|it| json!({ "eq": <&str>::from(it) })));
        set("locations", self.location.map(|it| json!({ "some": { "city": { "eq": it.0 } } })));
        set("city", self.city.map(|it| json!({ "eq": it.0 })));
        set("regionCode", self.region.map(|it| json!({ "eq": it })));
        set("country", self.country.as_deref().map(country).transpose()?.map(|it| json!({ "eq": it })));
        set("salaryAnnualMin", amount("salary_min", self.salary_min)?.map(|it| json!({ "gte": it })));
        set("salaryAnnualMax", amount("salary_max", self.salary_max)?.map(|it| json!({ "lte": it })));
        set("salary", self.salary_exists.map(|it| json!({ "isDisclosed": it })));
        set("postedAt", range(self.posted_after, self.posted_before));
        set("sourceUpdatedAt", range(self.updated_after, self.updated_before));
        set("lastChangedAt", range(self.changed_after, self.changed_before));
        set("firstSeenAt", range(self.first_seen_after, self.first_seen_before));
        set("orgId", self.org_ids.map(|it| json!({ "in": it.0 })));
        set("sourceId", self.source_ids.map(|it| json!({ "in": it.0 })));
        set("provider", self.provider.map(|it| json!({ "eq": it.0 })));
        Ok((self.q, Value::Object(filter)))
    }
}

impl EventFilters {
    /// The filter as the graph takes it, with what a page's place says of the events' numbers.
    pub(super) fn graph(self, seq: Option<Value>) -> Value {
        let mut filter = Map::new();
        let mut set = |name: &str, comparison: Option<Value>| {
            filter.extend(comparison.map(|it| (name.to_owned(), it)));
        };
        set("seq", seq);
        set(
            "type",
            self.event_types.map(|it| json!({ "in": it.0.into_iter().map(EventType::graph).collect::<Vec<_>>() })),
        );
        set("jobId", self.job_id.map(|it| json!({ "eq": it.0 })));
        set("orgId", self.org_ids.map(|it| json!({ "in": it.0 })));
        set("sourceId", self.source_ids.map(|it| json!({ "in": it.0 })));
        set("provider", self.provider.map(|it| json!({ "eq": it.0 })));
        set("observedAt", range(self.observed_after, self.observed_before));
        Value::Object(filter)
    }
}

fn range(after: Option<Time>, before: Option<Time>) -> Option<Value> {
    let bounds = [("gt", after), ("lt", before)];
    let bounds: Map<String, Value> =
        bounds.into_iter().filter_map(|(name, time)| Some((name.to_owned(), time?.0.into()))).collect();
    (!bounds.is_empty()).then_some(Value::Object(bounds))
}

fn amount(name: &str, amount: Option<u32>) -> Result<Option<i32>, Problem> {
    let read = amount.map(i32::try_from).transpose();
    read.map_err(|_| Problem::parameter(name, &format!("must be 0 to {}", i32::MAX)))
}

/// The code of a country that is given by code or name.
fn country(text: &str) -> Result<&str, Problem> {
    let found = gazetteer::country_by_code(text).or_else(|| gazetteer::country_by_name(text));
    found.ok_or_else(|| {
        Problem::parameter("country", "is no country, give a code such as \"US\" or a name such as \"United States\"")
    })
}
