//! What each call asks the graph, and what it makes of the answer.

#![expect(unused_qualifications, reason = "the macro that describes calls writes them")]

use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;
use uuid::Uuid;

use super::call::Call;
use super::envelope::{Failed, Many, One, Paged, Problem};
use super::event::{self, Event, EventPage};
use super::facet::{Counted, Facet, FacetChoice};
use super::filters::{EventFilters, JobFilters};
use super::job::{self, Job};
use super::org::{self, Org};
use super::page::{Cursor, GraphPage, LIMIT_MAX, Paging};
use super::parameters::{Include, Parameters, Text};
use super::source::{self, Source};
use super::stats::{self, Stats};
use crate::http::Engine;
use crate::http::response::Refusal;

const JOBS_ORDER: &str = "source_posted_at desc";
const EVENTS_ORDER: &str = "seq desc";
const ORGS_ORDER: &str = "display_name asc";
/// Letters of a posting's id.
const JOB_ID_LENGTH: usize = 40;

/// One call, or why there is none.
#[derive(Clone, Copy)]
pub(super) enum Operation {
    JobsSearch,
    JobsFacets,
    Job,
    JobEvents,
    EventsSearch,
    OrgsLookup,
    Org,
    Source,
    SourceJobs,
    Stats,
    NotFound,
    MethodNotAllowed,
}

impl Operation {
    pub(super) async fn run<E: Engine>(self, call: &mut Call<E>) -> Result<Response, Problem> {
        match self {
            Self::JobsSearch => jobs_search(call).await,
            Self::JobsFacets => jobs_facets(call).await,
            Self::Job => job_by_id(call).await,
            Self::JobEvents => events_of_job(call).await,
            Self::EventsSearch => events_search(call).await,
            Self::OrgsLookup => orgs_lookup(call).await,
            Self::Org => org_by_id(call).await,
            Self::Source => source_by_id(call).await,
            Self::SourceJobs => jobs_of_source(call).await,
            Self::Stats => stats_of_all(call).await,
            Self::NotFound => Err(Problem::not_found(
                "no call has this path\nhint: /job-postings/v1/openapi.json describes all calls".to_owned(),
            )),
            Self::MethodNotAllowed => Err(Refusal::MethodNotAllowed.into()),
        }
    }
}

/// What postings may have beside the usual.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Included {
    /// `description` adds `description_text` and `description_html`.
    #[param(inline)]
    include: Option<Include>,
}

/// Whether a list is counted.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Totalled {
    /// Whether `meta.total_matching` tells how many there are in all, up to 100,000.
    include_total: Option<bool>,
}

/// By what an employer is looked up: one of both.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OrgKey {
    /// Its name, in any case. Several employers may have it.
    #[param(value_type = Option<String>, min_length = 1, max_length = 100)]
    name: Option<Text>,
    /// Its name as it stands in addresses.
    #[param(value_type = Option<String>, min_length = 1, max_length = 100)]
    slug: Option<Text>,
}

/// A posting.
///
/// Ids are the original's: sha1 of provider, board token and the provider's own id.
#[utoipa::path(
    get, path = "/jobs/{job_id}", tag = "jobs",
    params(("job_id" = String, Path, description = "The posting's id.", pattern = "^[0-9a-f]{40}$"), Included),
    responses(
        (status = 200, description = "The posting.", body = One<Job>),
        (status = "4XX", description = "No posting has the id, or the call is not understood.", body = Failed),
        (status = "5XX", description = "The server has too much to do, or its database does not answer.", body = Failed),
    )
)]
pub(super) async fn job_by_id<E: Engine>(call: &mut Call<E>) -> Result<Response, Problem> {
    let mut parameters = call.parameters()?;
    let included: Included = parameters.take()?;
    parameters.finish()?;
    let document =
        format!("query RestJob($id: ID!, $description: Boolean!) {{ job(by: {{ id: $id }}) {{ {} }} }}", job::FIELDS);
    #[derive(Deserialize)]
    struct Answer {
        job: Option<Job>,
    }
    let variables = json!({ "id": job_id(&call.id)?, "description": included.include.is_some() });
    let answer: Answer = call.ask(document, variables).await?;
    Ok(call.one(answer.job.ok_or_else(|| no_record("posting", &call.id))?))
}

/// What happened to a posting.
///
/// A row for each field that changed, the latest first.
#[utoipa::path(
    get, path = "/jobs/{job_id}/events", tag = "events",
    params(("job_id" = String, Path, description = "The posting's id.", pattern = "^[0-9a-f]{40}$"), Paging),
    responses(
        (status = 200, description = "A page of its events.", body = Many<Event>),
        (status = "4XX", description = "No posting has the id, or the call is not understood.", body = Failed),
        (status = "5XX", description = "The server has too much to do, or its database does not answer.", body = Failed),
    )
)]
pub(super) async fn events_of_job<E: Engine>(call: &mut Call<E>) -> Result<Response, Problem> {
    let mut parameters = call.parameters()?;
    let paging: Paging = parameters.take()?;
    parameters.finish()?;
    let document = format!(
        "query RestJobEvents($id: ID!, $first: Int!, $after: String) {{ job(by: {{ id: $id }}) {{ \
            events(first: $first, after: $after) {{ pageInfo {{ hasNextPage }} edges {{ cursor node {{ {} }} }} }} }} }}",
        event::FIELDS
    );
    #[derive(Deserialize)]
    struct Answer {
        job: Option<Of>,
    }
    #[derive(Deserialize)]
    struct Of {
        events: EventPage,
    }
    let (limit, from) = (paging.limit()?, paging.cursor()?);
    let variables = json!({ "id": job_id(&call.id)?, "first": limit, "after": from.after });
    let answer: Answer = call.ask(document, variables).await?;
    let job = answer.job.ok_or_else(|| no_record("posting", &call.id))?;
    Ok(event_page(call, job.events, limit, from))
}

/// Events of all postings.
///
/// A row for each field that changed, the latest first.
#[utoipa::path(
    get, path = "/events/search", tag = "events",
    params(EventFilters, Paging),
    responses(
        (status = 200, description = "A page of events.", body = Many<Event>),
        (status = "4XX", description = "The call is not understood.", body = Failed),
        (status = "5XX", description = "The server has too much to do, or its database does not answer.", body = Failed),
    )
)]
pub(super) async fn events_search<E: Engine>(call: &mut Call<E>) -> Result<Response, Problem> {
    let mut parameters = call.parameters()?;
    let (filters, paging): (EventFilters, Paging) = (parameters.take()?, parameters.take()?);
    parameters.finish()?;
    let document = format!(
        "query RestEventsSearch($filter: EventFilter, $first: Int!, $after: String) {{ \
            events(filter: $filter, first: $first, after: $after) {{ \
                pageInfo {{ hasNextPage }} edges {{ cursor node {{ {} }} }} }} }}",
        event::FIELDS
    );
    #[derive(Deserialize)]
    struct Answer {
        events: EventPage,
    }
    let (limit, from) = (paging.limit()?, paging.cursor()?);
    let variables = json!({ "filter": filters.graph(), "first": limit, "after": from.after });
    let answer: Answer = call.ask(document, variables).await?;
    Ok(event_page(call, answer.events, limit, from))
}

/// Postings that meet a filter.
///
/// The latest by publication first. Closed ones are among them, unless `status` or `active` leaves them out.
#[utoipa::path(
    get, path = "/jobs/search", tag = "jobs",
    params(JobFilters, Included, Totalled, Paging),
    responses(
        (status = 200, description = "A page of postings.", body = Many<Job>),
        (status = "4XX", description = "The call is not understood.", body = Failed),
        (status = "5XX", description = "The server has too much to do, or its database does not answer.", body = Failed),
    )
)]
pub(super) async fn jobs_search<E: Engine>(call: &mut Call<E>) -> Result<Response, Problem> {
    let mut parameters = call.parameters()?;
    let asked = Asked::of(&mut parameters)?;
    parameters.finish()?;
    let document = format!(
        "query RestJobsSearch($filter: JobFilter, $search: String, $first: Int!, $after: String, $total: Boolean!, \
            $description: Boolean!) {{ \
            jobs(filter: $filter, search: $search, orderBy: [{{ postedAt: DESC }}], first: $first, after: $after) {{ {} }} }}",
        job_list()
    );
    #[derive(Deserialize)]
    struct Answer {
        jobs: GraphPage<Job>,
    }
    let (limit, from, variables) = (asked.limit, asked.from, asked.variables);
    let answer: Answer = call.ask(document, variables).await?;
    let paged = answer.jobs.paged(&from, limit, JOBS_ORDER);
    Ok(call.many(answer.jobs.nodes, paged))
}

/// Postings of a board that meet a filter.
///
/// The latest by publication first. Closed ones are among them, unless `status` or `active` leaves them out.
#[utoipa::path(
    get, path = "/sources/{source_id}/jobs", tag = "sources",
    params(
        ("source_id" = Uuid, Path, description = "The board's id."), JobFilters, Included, Totalled, Paging
    ),
    responses(
        (status = 200, description = "A page of postings.", body = Many<Job>),
        (status = "4XX", description = "No board has the id, or the call is not understood.", body = Failed),
        (status = "5XX", description = "The server has too much to do, or its database does not answer.", body = Failed),
    )
)]
pub(super) async fn jobs_of_source<E: Engine>(call: &mut Call<E>) -> Result<Response, Problem> {
    let mut parameters = call.parameters()?;
    let asked = Asked::of(&mut parameters)?;
    parameters.finish()?;
    let document = format!(
        "query RestSourceJobs($id: ID!, $filter: JobFilter, $search: String, $first: Int!, $after: String, \
            $total: Boolean!, $description: Boolean!) {{ source(by: {{ id: $id }}) {{ \
            jobs(filter: $filter, search: $search, orderBy: [{{ postedAt: DESC }}], first: $first, after: $after) {{ {} }} \
            }} }}",
        job_list()
    );
    #[derive(Deserialize)]
    struct Answer {
        source: Option<Of>,
    }
    #[derive(Deserialize)]
    struct Of {
        jobs: GraphPage<Job>,
    }
    let (limit, from, mut variables) = (asked.limit, asked.from, asked.variables);
    variables["id"] = uuid("board", &call.id)?.into();
    let answer: Answer = call.ask(document, variables).await?;
    let jobs = answer.source.ok_or_else(|| no_record("board", &call.id))?.jobs;
    let paged = jobs.paged(&from, limit, JOBS_ORDER);
    Ok(call.many(jobs.nodes, paged))
}

/// How postings divide by a field.
///
/// Counts all values of the field, those included that a filter by the field itself would leave out.
#[utoipa::path(
    get, path = "/jobs/facets", tag = "jobs",
    params(FacetChoice, JobFilters),
    responses(
        (status = 200, description = "The values of the field.", body = One<Facet>),
        (status = "4XX", description = "The call is not understood.", body = Failed),
        (status = "5XX", description = "The server has too much to do, or its database does not answer.", body = Failed),
    )
)]
pub(super) async fn jobs_facets<E: Engine>(call: &mut Call<E>) -> Result<Response, Problem> {
    let mut parameters = call.parameters()?;
    let (choice, filters): (FacetChoice, JobFilters) = (parameters.take()?, parameters.take()?);
    parameters.finish()?;
    let document = "query RestJobsFacets($filter: JobFilter, $search: String, $field: JobFacetField!, $top: Int!) { \
        jobs(filter: $filter, search: $search, first: 1) { facets(fields: [$field], top: $top) { \
            buckets { value label count } otherCount isExact } } }";
    #[derive(Deserialize)]
    struct Answer {
        jobs: Of,
    }
    #[derive(Deserialize)]
    struct Of {
        facets: Vec<Counted>,
    }
    let (search, filter) = filters.graph()?;
    let field = choice.field;
    let limit = choice.limit()?;
    let variables = json!({ "filter": filter, "search": search, "field": field.graph(), "top": field.top(limit) });
    let answer: Answer = call.ask(document.to_owned(), variables).await?;
    let counted = answer.jobs.facets.into_iter().next().ok_or_else(Problem::internal)?;
    Ok(call.one(Facet::of(field, counted, limit)))
}

/// An employer.
///
/// An id that was joined into another goes on answering, with the employer that it is now.
#[utoipa::path(
    get, path = "/orgs/{org_id}", tag = "orgs",
    params(("org_id" = Uuid, Path, description = "The employer's id.")),
    responses(
        (status = 200, description = "The employer.", body = One<Org>),
        (status = "4XX", description = "No employer has the id, or the call is not understood.", body = Failed),
        (status = "5XX", description = "The server has too much to do, or its database does not answer.", body = Failed),
    )
)]
pub(super) async fn org_by_id<E: Engine>(call: &mut Call<E>) -> Result<Response, Problem> {
    call.parameters()?.finish()?;
    #[derive(Deserialize)]
    struct Answer {
        org: Option<Org>,
    }
    let document = format!("query RestOrg($id: ID!) {{ org(by: {{ id: $id }}) {{ {} }} }}", org::FIELDS);
    let answer: Answer = call.ask(document, json!({ "id": uuid("employer", &call.id)? })).await?;
    Ok(call.one(answer.org.ok_or_else(|| no_record("employer", &call.id))?))
}

/// Employers by name.
///
/// Empty where none has the name. Exactly one of `name` and `slug` is to be given.
#[utoipa::path(
    get, path = "/orgs/lookup", tag = "orgs",
    params(OrgKey),
    responses(
        (status = 200, description = "The employers, 100 at most.", body = Many<Org>),
        (status = "4XX", description = "The call is not understood.", body = Failed),
        (status = "5XX", description = "The server has too much to do, or its database does not answer.", body = Failed),
    )
)]
pub(super) async fn orgs_lookup<E: Engine>(call: &mut Call<E>) -> Result<Response, Problem> {
    let mut parameters = call.parameters()?;
    let key: OrgKey = parameters.take()?;
    parameters.finish()?;
    let filter = match (key.name, key.slug) {
        (Some(name), None) => json!({ "name": { "eq": name.0 } }),
        (None, Some(slug)) => json!({ "slug": { "eq": slug.0 } }),
        _ => return Err(Problem::parameter("name", "give either \"name\" or \"slug\"")),
    };
    #[derive(Deserialize)]
    struct Answer {
        orgs: GraphPage<Org>,
    }
    let document = format!(
        "query RestOrgsLookup($filter: OrgFilter, $first: Int!) {{ orgs(filter: $filter, first: $first) {{ \
            pageInfo {{ hasNextPage endCursor }} nodes {{ {} }} }} }}",
        org::FIELDS
    );
    let answer: Answer = call.ask(document, json!({ "filter": filter, "first": LIMIT_MAX })).await?;
    // There is no next page: so many employers of one name are told apart by nothing.
    let page = Paged { limit: LIMIT_MAX, offset: 0, next_cursor: None, order: ORGS_ORDER, total: None };
    Ok(call.many(answer.orgs.nodes, page))
}

/// A board.
#[utoipa::path(
    get, path = "/sources/{source_id}", tag = "sources",
    params(("source_id" = Uuid, Path, description = "The board's id.")),
    responses(
        (status = 200, description = "The board.", body = One<Source>),
        (status = "4XX", description = "No board has the id, or the call is not understood.", body = Failed),
        (status = "5XX", description = "The server has too much to do, or its database does not answer.", body = Failed),
    )
)]
pub(super) async fn source_by_id<E: Engine>(call: &mut Call<E>) -> Result<Response, Problem> {
    call.parameters()?.finish()?;
    #[derive(Deserialize)]
    struct Answer {
        source: Option<Source>,
    }
    let document = format!("query RestSource($id: ID!) {{ source(by: {{ id: $id }}) {{ {} }} }}", source::FIELDS);
    let answer: Answer = call.ask(document, json!({ "id": uuid("board", &call.id)? })).await?;
    Ok(call.one(answer.source.ok_or_else(|| no_record("board", &call.id))?.complete()))
}

/// What there is in all.
#[utoipa::path(
    get, path = "/stats", tag = "stats",
    responses(
        (status = 200, description = "Totals and freshness.", body = One<Stats>),
        (status = "4XX", description = "The call is not understood.", body = Failed),
        (status = "5XX", description = "The server has too much to do, or its database does not answer.", body = Failed),
    )
)]
pub(super) async fn stats_of_all<E: Engine>(call: &mut Call<E>) -> Result<Response, Problem> {
    call.parameters()?.finish()?;
    let answer: stats::Answered = call.ask(stats::DOCUMENT.to_owned(), json!({})).await?;
    Ok(call.one(Stats::from(answer)))
}

/// What a list of postings is asked by.
struct Asked {
    limit: u32,
    from: Cursor,
    variables: Value,
}

impl Asked {
    fn of(parameters: &mut Parameters) -> Result<Self, Problem> {
        let (filters, paging): (JobFilters, Paging) = (parameters.take()?, parameters.take()?);
        let (included, totalled): (Included, Totalled) = (parameters.take()?, parameters.take()?);
        let (search, filter) = filters.graph()?;
        let (limit, from) = (paging.limit()?, paging.cursor()?);
        let variables = json!({
            "filter": filter,
            "search": search,
            "first": limit,
            "after": from.after,
            "total": totalled.include_total.unwrap_or_default(),
            "description": included.include.is_some(),
        });
        Ok(Self { limit, from, variables })
    }
}

fn event_page<E: Engine>(call: &Call<E>, events: EventPage, limit: u32, from: Cursor) -> Response {
    let offset = from.offset;
    let (rows, next) = events.rows(from, limit as usize);
    let next_cursor = next.map(|it| it.to_string());
    call.many(rows, Paged { limit, offset, next_cursor, order: EVENTS_ORDER, total: None })
}

/// What is selected of a list of postings.
fn job_list() -> String {
    format!(
        "totalCount @include(if: $total) totalCountIsExact @include(if: $total) \
            pageInfo {{ hasNextPage endCursor }} nodes {{ {} }}",
        job::FIELDS
    )
}

fn job_id(text: &str) -> Result<&str, Problem> {
    let is_id = text.len() == JOB_ID_LENGTH && text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
    if is_id { Ok(text) } else { Err(no_record("posting", text)) }
}

fn uuid(what: &str, text: &str) -> Result<String, Problem> {
    Uuid::parse_str(text).map(|it| it.to_string()).map_err(|_| no_record(what, text))
}

fn no_record(what: &str, id: &str) -> Problem {
    /// An id that is sent back is cut here, longer than any true one.
    const SHOWN_CHARS_MAX: usize = 64;
    let shown: String = id.chars().take(SHOWN_CHARS_MAX).collect();
    Problem::not_found(format!("no {what} has the id \"{shown}\""))
}
