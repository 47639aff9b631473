//! The original's calls below `/job-postings/v1`, for those who have clients of it. Each is a fixed document of the graph,
//! run in process, whose answer is written in the original's form: limits, caches and loaders of the graph hold for them.
//! `docs/rest.md` tells what differs from the original.

use std::sync::Arc;

use axum::Router;
use axum::routing::{MethodRouter, get};

use self::call::Call;
use self::operations::Operation;
use super::{Engine, Server};

mod operations;

mod call;
mod envelope;
mod page;
mod parameters;

mod facet;
mod filters;

mod event;
mod job;
mod org;
mod source;
mod stats;

mod openapi;

/// Where all calls stand.
const PREFIX: &str = "/job-postings/v1";

/// The routes of all calls, with refusals in the original's form for all else below their prefix.
pub(super) fn routes<E: Engine>() -> Router<Arc<Server<E>>> {
    let calls = Router::new()
        .route("/jobs/search", of(Operation::JobsSearch))
        .route("/jobs/facets", of(Operation::JobsFacets))
        .route("/jobs/{id}", of(Operation::Job))
        .route("/jobs/{id}/events", of(Operation::JobEvents))
        .route("/events/search", of(Operation::EventsSearch))
        .route("/orgs/lookup", of(Operation::OrgsLookup))
        .route("/orgs/{id}", of(Operation::Org))
        .route("/sources/{id}", of(Operation::Source))
        .route("/sources/{id}/jobs", of(Operation::SourceJobs))
        .route("/stats", of(Operation::Stats))
        .route("/openapi.json", get(openapi::document))
        .fallback(|call: Call<E>| call.answer(Operation::NotFound))
        .method_not_allowed_fallback(|call: Call<E>| call.answer(Operation::MethodNotAllowed));
    Router::new().nest(PREFIX, calls)
}

fn of<E: Engine>(operation: Operation) -> MethodRouter<Arc<Server<E>>> {
    get(move |call: Call<E>| call.answer(operation))
}
