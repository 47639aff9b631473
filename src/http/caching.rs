//! Answers that clients and caches between keep: `ETag`, `If-None-Match` and `Cache-Control` of answers to GET. An answer's tag
//! follows from what was asked and the version of the data, so whether it holds is told without reading them.

use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

use super::negotiate::Media;

/// The tags that a client has, without quotes and marks of weakness.
pub(super) fn known(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let listed = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    listed.flat_map(|value| value.split(',')).map(|tag| tag.trim().trim_start_matches("W/").trim_matches('"'))
}

/// Those of them that were given out in this media type.
pub(super) fn known_in(media: Media, headers: &HeaderMap) -> Vec<String> {
    known(headers).filter_map(|tag| tag.strip_suffix(mark(media))).map(str::to_owned).collect()
}

/// The same answer in another media type is another to a cache.
fn mark(media: Media) -> &'static str {
    match media {
        Media::Json | Media::EventStream => "-j",
        Media::GraphqlResponse => "-g",
    }
}

/// Lets an answer be kept: by everyone if it was given to everyone, else by whoever showed a key.
pub(super) fn allow(response: &mut Response, tag: &str, media: Media, asked: &HeaderMap, max_age_s: u64) {
    let who = if asked.contains_key(AUTHORIZATION) { "private" } else { "public" };
    let how = if max_age_s == 0 { format!("{who}, no-cache") } else { format!("{who}, max-age={max_age_s}") };
    let headers = response.headers_mut();
    for (name, value) in [(ETAG, format!("\"{tag}{}\"", mark(media))), (CACHE_CONTROL, how)] {
        headers.insert(name, HeaderValue::from_str(&value).expect("a tag is of letters and digits"));
    }
    headers.insert(VARY, HeaderValue::from_static("accept, accept-encoding, authorization"));
}
