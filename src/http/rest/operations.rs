//! What each call asks the graph, and what it makes of the answer: one file a noun.

use axum::response::Response;
use uuid::Uuid;

use super::call::Call;
use super::envelope::Problem;
use crate::http::Engine;
use crate::http::response::Refusal;

pub(super) mod events;
pub(super) mod jobs;
pub(super) mod orgs;
pub(super) mod sources;
pub(super) mod stats;

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
            Self::JobsSearch => jobs::jobs_search(call).await,
            Self::JobsFacets => jobs::jobs_facets(call).await,
            Self::Job => jobs::job_by_id(call).await,
            Self::JobEvents => events::events_of_job(call).await,
            Self::EventsSearch => events::events_search(call).await,
            Self::OrgsLookup => orgs::orgs_lookup(call).await,
            Self::Org => orgs::org_by_id(call).await,
            Self::Source => sources::source_by_id(call).await,
            Self::SourceJobs => sources::jobs_of_source(call).await,
            Self::Stats => stats::stats_of_all(call).await,
            Self::NotFound => Err(Problem::not_found(
                "no call has this path\nhint: /job-postings/v1/openapi.json describes all calls".to_owned(),
            )),
            Self::MethodNotAllowed => Err(Refusal::MethodNotAllowed.into()),
        }
    }
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
