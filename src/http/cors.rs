//! Pages of other origins that may ask and read the answers, by the protocol that browsers have for it (CORS). Cookies are
//! none of it: whoever asks shows a key or is nobody.

use std::time::Duration;

use super::export::SNAPSHOT;
use super::shared_stream::TOKEN;
use axum::http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LINK, RETRY_AFTER,
};
use axum::http::{HeaderName, HeaderValue, Method};
use tower_http::cors::{AllowOrigin, CorsLayer};

/// How long a browser may keep the answer to its question whether it may ask.
const PREFLIGHT_KEPT: Duration = Duration::from_secs(7_200);
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const X_SNAPSHOT: HeaderName = HeaderName::from_static(SNAPSHOT);

/// Nothing if no other origin may ask.
pub(super) fn layer(origins: &[String]) -> Option<CorsLayer> {
    let allowed = if origins.iter().any(|origin| origin == "*") {
        AllowOrigin::any()
    } else {
        let listed: Vec<HeaderValue> = origins.iter().filter_map(|origin| origin.parse().ok()).collect();
        if listed.is_empty() {
            return None;
        }
        AllowOrigin::list(listed)
    };
    let of_answers =
        [CONTENT_DISPOSITION, ETAG, LINK, RETRY_AFTER, RATE_LIMIT, RATE_LIMIT_POLICY, X_REQUEST_ID, X_SNAPSHOT];
    let layer = CorsLayer::new()
        .allow_origin(allowed)
        .allow_methods([Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers([ACCEPT, AUTHORIZATION, CONTENT_TYPE, IF_NONE_MATCH, LAST_EVENT_ID, TOKEN, X_REQUEST_ID])
        .expose_headers(of_answers)
        .max_age(PREFLIGHT_KEPT);
    Some(layer)
}
