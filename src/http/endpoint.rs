//! `/graphql`: one request from end to end. What is cheap to refuse is refused first; each step is a module of its own.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, VARY};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method};
use axum::response::Response;

use super::negotiate::{self, Media};
use super::record::{self, Record};
use super::request_id::RequestId;
use super::response::{self, Refusal};
use super::{Engine, GraphqlRequest, RequestContext, Server, Settings, body, request};

pub(super) async fn graphql<E: Engine>(
    State(server): State<Arc<Server<E>>>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    request: Request,
) -> Response {
    let mut record = Record::begin(&request_id, request.method());
    let media = negotiate::accepted(request.headers());
    let mut response = match answer(&server, request_id, media, request, &mut record).await {
        Ok(response) => response,
        Err(refusal) => {
            record.outcome = refusal.code().name();
            refused(&refusal, media)
        }
    };
    response.headers_mut().insert(VARY, HeaderValue::from_static("accept"));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    record.finish(&response);
    response
}

async fn answer<E: Engine>(
    server: &Server<E>,
    request_id: String,
    media: Option<Media>,
    request: Request,
    record: &mut Record,
) -> Result<Response, Refusal> {
    let (media, request) = read(&server.settings, media, request).await?;
    let context = RequestContext { request_id: request_id.clone() };
    let answer = server.limits.run(&request_id, server.engine.answer(request, context)).await?;
    record.outcome = record::outcome_text(answer.outcome);
    record.answer = answer.log.clone();
    Ok(response::of_answer(answer, media))
}

async fn read(settings: &Settings, media: Option<Media>, request: Request) -> Result<(Media, GraphqlRequest), Refusal> {
    let (head, body) = request.into_parts();
    let media = match check(settings, media, &head) {
        Ok(media) => media,
        Err(refusal) => {
            body::discard(body);
            return Err(refusal);
        }
    };
    let request = if head.method == Method::POST {
        let body = body::read(body, settings.body_bytes_max, settings.body_read_timeout).await?;
        request::from_body(&body)?
    } else {
        request::from_url(head.uri.query())?
    };
    Ok((media, request))
}

/// Everything that can be refused before the body.
fn check(settings: &Settings, media: Option<Media>, head: &Parts) -> Result<Media, Refusal> {
    let url_bytes = head.uri.path_and_query().map_or(0, |url| url.as_str().len());
    if url_bytes > settings.url_bytes_max {
        return Err(Refusal::UrlTooLong { max: settings.url_bytes_max });
    }
    if !matches!(head.method, Method::GET | Method::HEAD | Method::POST) {
        return Err(Refusal::MethodNotAllowed);
    }
    let media = media.ok_or(Refusal::NotAcceptable)?;
    if head.method == Method::POST && !negotiate::is_readable_body(&head.headers) {
        return Err(Refusal::UnsupportedMediaType);
    }
    Ok(media)
}

fn refused(refusal: &Refusal, media: Option<Media>) -> Response {
    let mut response = refusal.response(media.unwrap_or(Media::Json));
    if matches!(refusal, Refusal::MethodNotAllowed) {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
    }
    response
}
