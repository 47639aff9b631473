//! Reads the body of a request within its limits of size and time, and disposes of the body of a refused one.

use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use futures_util::StreamExt;
use tokio::time::timeout;

use super::response::Refusal;

/// How much of a refused body is still taken off the wire, and for how long.
const DISCARD_BYTES_MAX: usize = 16 * 1024 * 1024;
const DISCARD_TIMEOUT: Duration = Duration::from_secs(2);

pub(super) async fn read(body: Body, bytes_max: usize, time_max: Duration) -> Result<Vec<u8>, Refusal> {
    // A length that is announced is refused before the first byte is waited for.
    let bytes = body.size_hint().lower();
    if bytes > bytes_max as u64 {
        discard(body);
        return Err(Refusal::BodyTooLarge { bytes, max: bytes_max });
    }
    timeout(time_max, collect(body, bytes_max))
        .await
        .unwrap_or(Err(Refusal::BodyTooSlow { seconds: time_max.as_secs_f64() }))
}

async fn collect(body: Body, bytes_max: usize) -> Result<Vec<u8>, Refusal> {
    let mut chunks = body.into_data_stream();
    let mut collected = Vec::new();
    while let Some(chunk) = chunks.next().await {
        let chunk: Bytes = chunk.map_err(|_| Refusal::BodyBroken)?;
        let bytes = collected.len() + chunk.len();
        if bytes > bytes_max {
            discard(Body::from_stream(chunks));
            return Err(Refusal::BodyTooLarge { bytes: bytes as u64, max: bytes_max });
        }
        collected.extend_from_slice(&chunk);
    }
    Ok(collected)
}

/// Throws away what a client still sends, beside the response. Were the connection closed over unread bytes, the
/// kernel would reset it, and many a client would report that instead of the response.
pub(super) fn discard(body: Body) {
    if body.is_end_stream() {
        return;
    }
    tokio::spawn(timeout(DISCARD_TIMEOUT, async move {
        let mut chunks = body.into_data_stream();
        let mut discarded = 0;
        while let Some(Ok(chunk)) = chunks.next().await {
            discarded += chunk.len();
            if discarded > DISCARD_BYTES_MAX {
                break;
            }
        }
    }));
}
