//! What is answered to clients that take it compressed is sent so, by gzip at its fastest: answers of the graph shrink to a tenth.

use axum::http::HeaderValue;
use axum::http::header::{CONTENT_ENCODING, ETAG};
use axum::response::Response;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

use crate::export::Format;

/// Shorter bodies fit into a packet or two as they are.
const BYTES_MIN: u16 = 1_024;

/// Event streams go out message by message, and what is compressed already stays as it is.
pub(super) fn layer() -> CompressionLayer<impl Predicate> {
    let suitable = SizeAbove::new(BYTES_MIN)
        .and(NotForContentType::SSE)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::const_new(Format::Parquet.media_type()));
    CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(suitable)
}

/// A tag that is strong names the very bytes, and those that are sent are others (RFC 9110, section 8.8.3.3).
pub(super) async fn weaken_tag(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let strong = headers.get(ETAG).filter(|tag| tag.as_bytes().starts_with(b"\""));
    if let Some(strong) = strong.filter(|_| headers.contains_key(CONTENT_ENCODING)) {
        let weak = HeaderValue::from_bytes(&[b"W/", strong.as_bytes()].concat()).expect("a tag stays one");
        headers.insert(ETAG, weak);
    }
    response
}
