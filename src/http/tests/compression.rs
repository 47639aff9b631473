//! What is sent compressed, and to whom.

use std::io::Read;

use flate2::read::GzDecoder;
use tower::ServiceExt;

use super::*;
use crate::http::compression::weaken_tag;

async fn ask(url: &str, accept_encoding: Option<&str>) -> (axum::http::HeaderMap, Vec<u8>) {
    let router = router(Arc::new(Fake::default()), Settings::default(), CancellationToken::new());
    let request = axum::http::Request::get(url);
    let request = accept_encoding.into_iter().fold(request, |it, taken| it.header("accept-encoding", taken));
    let response = router.oneshot(request.body(axum::body::Body::empty()).expect("a request")).await;
    let (head, body) = response.expect("an answer").into_parts();
    (head.headers, axum::body::to_bytes(body, usize::MAX).await.expect("a body").to_vec())
}

#[tokio::test]
async fn an_answer_is_compressed_for_a_client_that_takes_it_so() {
    let (plain, expected) = ask("/graphql?query=large", None).await;
    assert!(!plain.contains_key("content-encoding"));
    let (head, body) = ask("/graphql?query=large", Some("br;q=0.5, gzip")).await;
    assert_eq!(head["content-encoding"], "gzip");
    assert!(head.get_all("vary").iter().any(|it| it == "accept-encoding"), "{head:?}");
    let mut unpacked = Vec::new();
    GzDecoder::new(&*body).read_to_end(&mut unpacked).expect("it is gzip");
    assert!(unpacked == expected && body.len() * 5 < expected.len(), "{} of {} bytes", body.len(), expected.len());
}

#[tokio::test]
async fn a_short_answer_is_sent_as_it_is() {
    for url in ["/graphql?query=%7Ba%7D", "/livez"] {
        let (head, _) = ask(url, Some("gzip")).await;
        assert!(!head.contains_key("content-encoding"), "{url}");
    }
}

#[tokio::test]
async fn the_tag_of_a_compressed_answer_is_weak() {
    let tagged = |encoding: Option<&'static str>| {
        let head = axum::response::Response::builder().header("etag", "\"a\"");
        let head = encoding.into_iter().fold(head, |it, encoding| it.header("content-encoding", encoding));
        weaken_tag(head.body(axum::body::Body::empty()).expect("a response"))
    };
    assert_eq!(tagged(None).await.headers()["etag"], "\"a\"");
    assert_eq!(tagged(Some("gzip")).await.headers()["etag"], "W/\"a\"");
}
