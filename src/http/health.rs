//! Health for those who run the server: `/livez` says that the process answers, `/readyz` whether to send it traffic.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use super::{Engine, Server};

/// Probes give up after a few seconds; the reason should reach them before.
const CHECK_TIMEOUT: Duration = Duration::from_secs(2);
/// How long what was found is told.
const KEPT: Duration = Duration::from_secs(1);

/// What the last look at the engine has found, and when. Anyone may ask, and nobody pays for it: so there is one look a second, which
/// all wait for.
#[derive(Default)]
pub(super) struct Readiness(Mutex<Option<(Instant, Option<String>)>>);

impl Readiness {
    /// Why the server is not ready, as `look` finds unless that was found just now.
    async fn reason_why_not(&self, look: impl Future<Output = Option<String>>) -> Option<String> {
        let mut last = self.0.lock().await;
        if let Some((at, reason)) = &*last
            && at.elapsed() < KEPT
        {
            return reason.clone();
        }
        let looked = timeout(CHECK_TIMEOUT, look).await;
        let reason = looked.unwrap_or_else(|_| Some("the readiness check took too long".to_owned()));
        *last = Some((Instant::now(), reason.clone()));
        reason
    }
}

pub(super) async fn live() -> Response {
    ([(CACHE_CONTROL, "no-store")], "ok").into_response()
}

pub(super) async fn ready<E: Engine>(State(server): State<Arc<Server<E>>>) -> Response {
    let reason = if server.drain.is_cancelled() {
        Some("shutting down".to_owned())
    } else {
        server.limits.readiness.reason_why_not(server.engine.not_ready()).await
    };
    let status = if reason.is_none() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, [(CACHE_CONTROL, "no-store")], Json(json!({ "ready": reason.is_none(), "reason": reason })))
        .into_response()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::task::yield_now;
    use tokio::time::sleep;

    use super::*;

    /// Each who asked once took the one connection that keys are looked up by.
    #[tokio::test]
    async fn those_who_ask_within_a_second_share_one_look() {
        let (readiness, looks) = (Readiness::default(), AtomicUsize::new(0));
        let ask = async || {
            let look = async {
                yield_now().await;
                Some(looks.fetch_add(1, Ordering::SeqCst).to_string())
            };
            readiness.reason_why_not(look).await
        };
        let first = Some("0".to_owned());
        assert_eq!(tokio::join!(ask(), ask(), ask()), (first.clone(), first.clone(), first));
        sleep(KEPT).await;
        assert_eq!(ask().await, Some("1".to_owned()));
    }
}
