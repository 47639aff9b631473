//! Calls that answer with boards, and what stands on one.

use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use super::jobs::{Asked, Included, JOBS_ORDER, Totalled, job_list};
use super::{no_record, uuid};
use crate::http::Engine;
use crate::http::rest::call::Call;
use crate::http::rest::envelope::{Failed, Many, One, Problem};
use crate::http::rest::filters::JobFilters;
use crate::http::rest::job::Job;
use crate::http::rest::page::{GraphPage, Paging};
use crate::http::rest::source::{self, Source};

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
pub(in crate::http::rest) async fn source_by_id<E: Engine>(call: &mut Call<E>) -> Result<Response, Problem> {
    call.parameters()?.finish()?;
    #[derive(Deserialize)]
    struct Answer {
        source: Option<Source>,
    }
    let document = format!("query RestSource($id: ID!) {{ source(by: {{ id: $id }}) {{ {} }} }}", source::FIELDS);
    let answer: Answer = call.ask(document, json!({ "id": uuid("board", &call.id)? })).await?;
    Ok(call.one(answer.source.ok_or_else(|| no_record("board", &call.id))?.complete()))
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
pub(in crate::http::rest) async fn jobs_of_source<E: Engine>(call: &mut Call<E>) -> Result<Response, Problem> {
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
