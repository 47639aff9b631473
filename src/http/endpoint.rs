//! `/graphql`: one request from end to end. What is cheap to refuse is refused first; each step is a module of its own.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, UPGRADE, VARY};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method};
use axum::response::Response;
use tracing::Instrument;

use super::event_stream::Following;
use super::negotiate::{self, Media};
use super::record::{self, Record};
use super::request::RequestError;
use super::request_id::RequestId;
use super::response::{self, Refusal};
use super::stream::{Patience, StreamRecord};
use super::{
    Backlog, Caller, Engine, GraphqlRequest, RequestContext, Server, Settings, StreamContext, Subscribed, body,
    caching, event_stream, request, shared_stream, socket,
};

/// Bodies that are larger are read each time.
const REPEATED_BYTES_MAX: usize = 4 * 1_024;

pub(super) async fn graphql<E: Engine>(
    State(server): State<Arc<Server<E>>>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    request: Request,
) -> Response {
    let mut record = Record::begin(&server, &request_id, request.method());
    #[cfg(feature = "otlp")]
    record.follow(request.headers());
    let media = negotiate::accepted(request.headers());
    let answered = if is_upgrade(&request) {
        record.outcome = "UPGRADED";
        socket::upgrade(&server, &request_id, request).await
    } else if shared_stream::is_meant(&request, media) {
        shared_stream::answer(&server, request_id, media, request, &mut record).await
    } else {
        answer(&server, request_id, media, request, &mut record).await
    };
    let mut response = match answered {
        Ok(response) => response,
        Err(refusal) => {
            record.outcome = refusal.code().name();
            refused(&refusal, media)
        }
    };
    let headers = response.headers_mut();
    headers.entry(VARY).or_insert(HeaderValue::from_static("accept"));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    record.finish(&response);
    response
}

async fn answer<E: Engine>(
    server: &Arc<Server<E>>,
    request_id: String,
    media: Option<Media>,
    request: Request,
    record: &mut Record<'_>,
) -> Result<Response, Refusal> {
    let (head, body) = request.into_parts();
    if let Err(refusal) = server.limits.admit() {
        body::discard(body);
        return Err(refusal);
    }
    let (media, caller, sent) = read(server, &request_id, media, &head, body).await?;
    if media == Media::EventStream {
        return stream(server, request_id, caller, &head, decode(&head, sent.as_deref())?, record).await;
    }
    let is_small = sent.as_ref().is_some_and(|body| body.len() <= REPEATED_BYTES_MAX);
    let request = match sent.as_ref().filter(|_| is_small).and_then(|body| server.engine.repeated(body)) {
        Some(request) => request,
        None => Arc::new(decode(&head, sent.as_deref())?),
    };
    let sent = sent.filter(|_| is_small);
    let known = if request.is_get { caching::known_in(media, &head.headers) } else { Vec::new() };
    let context = RequestContext { request_id: request_id.clone(), caller: caller.clone(), known, sent, is_own: false };
    let answer = server.engine.answer(request, context).instrument(record.span.clone());
    let answer = server.limits.run_admitted(&request_id, answer).await?;
    record.outcome = record::outcome_text(answer.outcome);
    record.answer = answer.log.clone();
    let tag = answer.tag.clone();
    let mut response = response::of_answer(answer, media);
    if let Some(tag) = tag {
        caching::allow(&mut response, &tag, media, &head.headers, server.settings.cache_max_age_s);
    }
    caller.tell(&mut response);
    Ok(response)
}

/// Answers message by message. The limits of a request hold until there is a stream, not while it lasts.
async fn stream<E: Engine>(
    server: &Arc<Server<E>>,
    request_id: String,
    caller: Caller,
    head: &Parts,
    request: GraphqlRequest,
    record: &mut Record<'_>,
) -> Result<Response, Refusal> {
    let resume_after = event_stream::last_event_id(&head.headers)?;
    let place = server.stream_place(Some(&caller), head)?;
    let (drain, backlog) = (server.drain.clone(), Backlog::new(server.settings.stream_backlog_bytes_max));
    let context =
        StreamContext { request_id: request_id.clone(), caller: caller.clone(), resume_after, drain, backlog };
    match server.limits.run_admitted(&request_id, server.engine.subscribe(request, context)).await? {
        Ok(Subscribed { after, messages }) => {
            record.outcome = "STREAMED";
            if let Some(patience) = head.extensions.get::<Patience>() {
                patience.set(server.settings.stream_write_timeout);
            }
            // Some clients that are no browsers, which send a body, take an id without an event for an error.
            let after = after.filter(|_| head.method == Method::GET);
            let following = Following {
                after,
                messages,
                key_ended: Arc::clone(server).key_ended(request_id.clone(), &caller),
                record: StreamRecord::begin(&request_id, "event-stream"),
                _place: place,
            };
            let mut response = event_stream::response(following, server.settings.event_stream_heartbeat);
            caller.tell(&mut response);
            Ok(response)
        }
        Err(answer) => {
            record.outcome = record::outcome_text(answer.outcome);
            let mut response = response::of_answer(answer, Media::EventStream);
            caller.tell(&mut response);
            Ok(response)
        }
    }
}

fn is_upgrade(request: &Request) -> bool {
    let is_websocket = |value: &HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"websocket");
    request.method() == Method::GET && request.headers().get(UPGRADE).is_some_and(is_websocket)
}

/// Lets a request in, and reads its body; there is none where the request is in the address.
pub(super) async fn read<E: Engine>(
    server: &Server<E>,
    request_id: &str,
    media: Option<Media>,
    head: &Parts,
    body: Body,
) -> Result<(Media, Caller, Option<Vec<u8>>), Refusal> {
    let settings = &server.settings;
    let checked = async {
        Ok((check(settings, media, head)?, server.caller(request_id, &head.headers, &head.extensions).await?))
    };
    let (media, caller) = match checked.await {
        Ok(checked) => checked,
        Err(refusal) => {
            body::discard(body);
            return Err(refusal);
        }
    };
    let body = if head.method == Method::POST {
        Some(body::read(body, settings.body_bytes_max, settings.body_read_timeout).await?)
    } else {
        None
    };
    Ok((media, caller, body))
}

pub(super) fn decode(head: &Parts, body: Option<&[u8]>) -> Result<GraphqlRequest, RequestError> {
    body.map_or_else(|| request::from_url(head.uri.query()), request::from_body)
}

/// Everything that can be refused before the body.
fn check(settings: &Settings, media: Option<Media>, head: &Parts) -> Result<Media, Refusal> {
    let url_bytes = head.uri.path_and_query().map_or(0, |url| url.as_str().len());
    if url_bytes > settings.url_bytes_max {
        return Err(Refusal::UrlTooLong { bytes: url_bytes, max: settings.url_bytes_max });
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
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD, POST, PUT, DELETE"));
    }
    response
}
