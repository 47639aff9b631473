//! The call that answers with totals.

use axum::response::Response;
use serde_json::json;

use crate::http::Engine;
use crate::http::rest::call::Call;
use crate::http::rest::envelope::{Failed, One, Problem};
use crate::http::rest::stats::{self, Stats};

/// What there is in all.
#[utoipa::path(
    get, path = "/stats", tag = "stats",
    responses(
        (status = 200, description = "Totals and freshness.", body = One<Stats>),
        (status = "4XX", description = "The call is not understood.", body = Failed),
        (status = "5XX", description = "The server has too much to do, or its database does not answer.", body = Failed),
    )
)]
pub(in crate::http::rest) async fn stats_of_all<E: Engine>(call: &mut Call<E>) -> Result<Response, Problem> {
    call.parameters()?.finish()?;
    let answer: stats::Answered = call.ask(stats::DOCUMENT.to_owned(), json!({})).await?;
    Ok(call.one(Stats::from(answer)))
}
