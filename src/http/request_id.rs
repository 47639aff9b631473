//! Gives every request an id, that of the caller if it is a sane one, and every response the headers all share.

use axum::extract::Request;
use axum::http::header::X_CONTENT_TYPE_OPTIONS;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use uuid::Uuid;

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const LENGTH_MAX: usize = 64;

#[derive(Clone)]
pub(super) struct RequestId(pub(super) String);

pub(super) async fn attach(mut request: Request, next: Next) -> Response {
    let id = given(request.headers()).unwrap_or_else(|| Uuid::now_v7().to_string());
    let value = HeaderValue::from_str(&id).expect("an id consists of letters, digits and -._ only");
    request.extensions_mut().insert(RequestId(id));
    let mut response = next.run(request).await;
    response.headers_mut().insert(X_REQUEST_ID, value);
    response.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

fn given(headers: &HeaderMap) -> Option<String> {
    let id = headers.get(X_REQUEST_ID)?.to_str().ok()?;
    let is_sane = (1..=LENGTH_MAX).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    is_sane.then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(id: &str) -> bool {
        given(&HeaderMap::from_iter([(X_REQUEST_ID, id.parse().expect("a header value"))])).is_some()
    }

    #[test]
    fn a_sane_id_of_the_caller_is_kept() {
        assert!(kept("a"));
        assert!(kept("01JD.Z-9_x"));
        assert!(kept(&"x".repeat(64)));
    }

    #[test]
    fn any_other_is_replaced() {
        assert!(given(&HeaderMap::new()).is_none());
        assert!(!kept(""));
        assert!(!kept(&"x".repeat(65)));
        assert!(!kept("a b"));
        assert!(!kept("a\"b"));
        assert!(!kept("é"));
    }
}
