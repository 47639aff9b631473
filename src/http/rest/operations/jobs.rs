//! Calls that answer with postings, and how these divide.

#![expect(unused_qualifications, reason = "the macro that describes calls writes them")]

use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;

use super::{job_id, no_record};
use crate::http::Engine;
use crate::http::rest::call::Call;
use crate::http::rest::envelope::{Failed, Many, One, Problem};
use crate::http::rest::facet::{Counted, Facet, FacetChoice};
use crate::http::rest::filters::JobFilters;
use crate::http::rest::job::{self, Job};
use crate::http::rest::page::{Cursor, GraphPage, Paging};
use crate::http::rest::parameters::{Include, Parameters};

pub(super) const JOBS_ORDER: &str = "source_posted_at desc";

/// What postings may have beside the usual.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Included {
    /// `description` adds `description_text` and `description_html`.
    #[param(inline)]
    include: Option<Include>,
}

/// Whether a list is counted.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Totalled {
    /// Whether `meta.total_matching` tells how many there are in all, up to 100,000.
    include_total: Option<bool>,
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
pub(in crate::http::rest) async fn job_by_id<E: Engine>(call: &mut Call<E>) -> Result<Response, Problem> {
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
pub(in crate::http::rest) async fn jobs_search<E: Engine>(call: &mut Call<E>) -> Result<Response, Problem> {
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
pub(in crate::http::rest) async fn jobs_facets<E: Engine>(call: &mut Call<E>) -> Result<Response, Problem> {
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

/// What a list of postings is asked by.
pub(super) struct Asked {
    pub(super) limit: u32,
    pub(super) from: Cursor,
    pub(super) variables: Value,
}

impl Asked {
    pub(super) fn of(parameters: &mut Parameters) -> Result<Self, Problem> {
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

/// What is selected of a list of postings.
pub(super) fn job_list() -> String {
    format!(
        "totalCount @include(if: $total) totalCountIsExact @include(if: $total) \
            pageInfo {{ hasNextPage endCursor }} nodes {{ {} }}",
        job::FIELDS
    )
}
