//! Calls that answer with what happened to postings.

use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use super::{job_id, no_record};
use crate::http::Engine;
use crate::http::rest::call::Call;
use crate::http::rest::envelope::{Failed, Many, Paged, Problem};
use crate::http::rest::event::{self, Event, EventPage};
use crate::http::rest::filters::EventFilters;
use crate::http::rest::page::{Cursor, Paging};

const EVENTS_ORDER: &str = "seq desc";

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
pub(in crate::http::rest) async fn events_of_job<E: Engine>(call: &mut Call<E>) -> Result<Response, Problem> {
    let mut parameters = call.parameters()?;
    let paging: Paging = parameters.take()?;
    parameters.finish()?;
    let document = format!(
        "query RestJobEvents($id: ID!, $filter: EventFilter, $first: Int!, $after: String) {{ \
            job(by: {{ id: $id }}) {{ events(filter: $filter, first: $first, after: $after) {{ \
                pageInfo {{ hasNextPage }} edges {{ cursor node {{ {} }} }} }} }} }}",
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
    let filter = from.seq().map(|seq| json!({ "seq": seq }));
    let variables = json!({ "id": job_id(&call.id)?, "filter": filter, "first": limit, "after": from.after });
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
pub(in crate::http::rest) async fn events_search<E: Engine>(call: &mut Call<E>) -> Result<Response, Problem> {
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
    let variables = json!({ "filter": filters.graph(from.seq()), "first": limit, "after": from.after });
    let answer: Answer = call.ask(document, variables).await?;
    Ok(event_page(call, answer.events, limit, from))
}

fn event_page<E: Engine>(call: &Call<E>, events: EventPage, limit: u32, from: Cursor) -> Response {
    let offset = from.offset;
    let (rows, next) = events.rows(from, limit as usize);
    let next_cursor = next.map(|it| it.to_string());
    call.many(rows, Paged { limit, offset, next_cursor, order: EVENTS_ORDER, total: None })
}
