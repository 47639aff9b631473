//! Health for those who run the server: `/livez` says that the process answers, `/readyz` whether to send it traffic.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tokio::time::timeout;

use super::{Engine, Server};

/// Probes give up after a few seconds; the reason should reach them before.
const CHECK_TIMEOUT: Duration = Duration::from_secs(2);

pub(super) async fn live() -> Response {
    ([(CACHE_CONTROL, "no-store")], "ok").into_response()
}

pub(super) async fn ready<E: Engine>(State(server): State<Arc<Server<E>>>) -> Response {
    let reason = if server.drain.is_cancelled() {
        Some("shutting down".to_owned())
    } else {
        timeout(CHECK_TIMEOUT, server.engine.not_ready())
            .await
            .unwrap_or_else(|_| Some("the readiness check took too long".to_owned()))
    };
    let status = if reason.is_none() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, [(CACHE_CONTROL, "no-store")], Json(json!({ "ready": reason.is_none(), "reason": reason })))
        .into_response()
}
