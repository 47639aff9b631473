//! The client against a local server that plays a provider and its faults.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::*;

type Count = State<Arc<AtomicUsize>>;

/// Answers a fault at the first request and a board at the next.
async fn recovers(State(count): Count, fault: StatusCode) -> Response {
    if count.fetch_add(1, Ordering::SeqCst) == 0 {
        (fault, [("retry-after", "0")]).into_response()
    } else {
        "{}".into_response()
    }
}

/// Refuses until an hour after its own time, which is long ago by ours.
async fn on_sunday() -> Response {
    let headers = [("date", "Sun, 06 Nov 1994 08:49:37 GMT"), ("retry-after", "Sun, 06 Nov 1994 09:49:37 GMT")];
    (StatusCode::SERVICE_UNAVAILABLE, headers).into_response()
}

async fn provider() -> (String, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let slow = || async {
        tokio::time::sleep(Duration::from_secs(30)).await;
        "{}"
    };
    let cut = || async {
        let chunks = [Ok("{\"jobs\":["), Err(std::io::Error::other("the line is cut"))];
        Body::from_stream(futures_util::stream::iter(chunks))
    };
    let far = || async { (HeaderMap::from_iter([(RETRY_AFTER, "3600".parse().expect("a header"))]), "") };
    let routes = Router::new()
        .route("/board", get(|| async { "{\"jobs\":[]}" }))
        .route("/busy", get(|state: Count| recovers(state, StatusCode::TOO_MANY_REQUESTS)))
        .route("/broken", get(|state: Count| recovers(state, StatusCode::INTERNAL_SERVER_ERROR)))
        .route("/later", get(move || async move { (StatusCode::TOO_MANY_REQUESTS, far().await) }))
        .route("/on-sunday", get(on_sunday))
        .route("/long", get(|| async { "x".repeat(2_000) }))
        .route("/slow", get(slow))
        .route("/cut", get(cut))
        .route("/moved", get(|| async { Redirect::temporary("/board") }))
        .route("/other-port", get(|| async { Redirect::temporary("http://127.0.0.1:9/board") }))
        .route("/marketing", get(|| async { Redirect::temporary("http://localhost:9/welcome") }))
        .with_state(Arc::clone(&count));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let address = listener.local_addr().expect("it has an address");
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (format!("http://{address}"), count)
}

async fn get_path(path: &str) -> (Result<Fetched, FetchError>, usize) {
    let (address, count) = provider().await;
    let limits = FetchLimits {
        timeout: Duration::from_millis(500),
        bytes_max: 1_000,
        retries_max: 1,
        pause: Duration::from_millis(1),
        site_rate: 1_000,
        ..FetchLimits::default()
    };
    let asked = Request::page(format!("{address}{path}"));
    let answer = Fetcher::new(limits).expect("it can be made").ask(&asked).await;
    (answer, count.load(Ordering::SeqCst))
}

#[tokio::test]
async fn an_answer_is_read() {
    let fetched = Fetched { http_status: 200, body: b"{\"jobs\":[]}".to_vec(), validator: None };
    assert_eq!(get_path("/board").await.0, Ok(fetched));
}

#[tokio::test]
async fn what_may_pass_is_tried_again() {
    for path in ["/busy", "/broken"] {
        let (answer, requests) = get_path(path).await;
        assert!(answer.is_ok(), "{path}: {answer:?}");
        assert_eq!(requests, 2, "{path}");
    }
}

#[tokio::test]
async fn a_pause_that_is_too_long_is_left_to_the_next_run() {
    let error = get_path("/later").await.0.expect_err("it refuses");
    assert_eq!(error.http_status(), Some(429));
}

#[tokio::test]
async fn a_board_that_is_not_there_is_told_apart() {
    assert!(get_path("/nowhere").await.0.expect_err("it is not there").is_not_found());
}

#[tokio::test]
async fn an_answer_that_is_too_long_slow_or_cut_is_no_answer() {
    assert_eq!(get_path("/long").await.0, Err(FetchError::TooLong { bytes_max: 1_000 }));
    assert!(matches!(get_path("/slow").await.0, Err(FetchError::Network { .. })));
    assert!(matches!(get_path("/cut").await.0, Err(FetchError::Network { .. })));
}

#[tokio::test]
async fn a_pause_until_a_date_counts_from_the_provider_s_own_time() {
    let refused = FetchError::Status { http_status: 503, retry_after: Some(Duration::from_secs(3_600)) };
    assert_eq!(get_path("/on-sunday").await.0, Err(refused));
}

#[tokio::test]
async fn a_redirect_is_followed_within_its_origin_alone() {
    assert!(get_path("/moved").await.0.is_ok());
    for elsewhere in ["/marketing", "/other-port"] {
        let answer = get_path(elsewhere).await.0;
        assert!(matches!(answer, Err(FetchError::Redirected { .. })), "{elsewhere}: {answer:?}");
    }
}
