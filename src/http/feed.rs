//! The log for those who poll: `/feed` gives it page by page, as lines of JSON, and `/feed.json` the latest postings as a
//! JSON Feed. Both are conditional: who has the page already is told so.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{RawQuery, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, LINK, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use url::form_urlencoded;
use uuid::Uuid;

use super::negotiate::Media;
use super::request_id::RequestId;
use super::response::Refusal;
use super::{Engine, Server, caching};
use crate::config::EVENTS_A_POINT;
use crate::ingest::provider::{self, NAMES};
use crate::vocabulary::EventType;

/// Events of a page when the request does not say, and at most.
const LIMIT_DEFAULT: u64 = 100;
const LIMIT_MAX: u64 = 1_000;
/// Points that the latest postings cost.
const LATEST_POINTS: u64 = 20;
/// Values of one parameter.
const VALUES_MAX: usize = 100;

/// Whoever keeps a page asks whether it still holds: no address names the log, which may have been begun anew.
const CACHING: &str = "no-cache";
/// Bytes of a body's hash that name it.
const VERSION_BYTES: usize = 16;

/// Which page of the log. Empty lists ask for everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedQuery {
    pub after: i64,
    pub limit: u64,
    pub types: Vec<EventType>,
    pub providers: Vec<String>,
    pub org_ids: Vec<String>,
    pub source_ids: Vec<String>,
}

/// A page of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedPage {
    /// A line of JSON for each event.
    pub body: Vec<u8>,
    /// The position after which the next page begins: of the page at the end of the log, the one that was asked for. Before
    /// it, pages may be short or have no line at all.
    pub next: i64,
}

/// Why there is no page.
#[derive(Clone, Debug)]
pub enum Unanswered {
    BeyondEnd { head: i64 },
    Unavailable(String),
    Broken(String),
}

impl Unanswered {
    pub(super) fn refusal(self, request_id: String) -> Refusal {
        match self {
            Self::BeyondEnd { head } => Refusal::BadParameter(format!("\"after\" lies beyond the log's end, {head}")),
            Self::Unavailable(cause) => {
                tracing::warn!(request_id, cause, "the database did not answer");
                Refusal::Unavailable
            }
            Self::Broken(cause) => {
                tracing::error!(request_id, cause, "a look at the database failed");
                Refusal::Internal { request_id }
            }
        }
    }
}

pub(super) async fn page<E: Engine>(
    State(server): State<Arc<Server<E>>>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Response {
    let (head, _) = request.into_parts();
    let headers = head.headers;
    let caller = match server.caller(&request_id, &headers, &head.extensions).await {
        Ok(caller) => caller,
        Err(refusal) => return refused(&refusal),
    };
    let answered = async {
        let query = parse(query.as_deref().unwrap_or_default())?;
        caller.pay(query.limit.div_ceil(EVENTS_A_POINT)).map_err(Refusal::RateLimited)?;
        let page = server.limits.run(&request_id, server.engine.feed(query.clone())).await?;
        Ok::<_, Refusal>((page.map_err(|unanswered| unanswered.refusal(request_id.clone()))?, query))
    };
    let mut response = match answered.await {
        Ok((page, query)) => {
            let link = format!("<{}>; rel=\"next\"", address(&FeedQuery { after: page.next, ..query }));
            let mut response = conditional_to(&headers, "application/x-ndjson", page.body, page.next);
            let link = HeaderValue::from_str(&link).expect("an address is escaped");
            response.headers_mut().insert(LINK, link);
            response
        }
        Err(refusal) => refused(&refusal),
    };
    caller.tell(&mut response);
    response
}

pub(super) async fn latest<E: Engine>(
    State(server): State<Arc<Server<E>>>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Response {
    let (head, _) = request.into_parts();
    let headers = head.headers;
    let caller = match server.caller(&request_id, &headers, &head.extensions).await {
        Ok(caller) => caller,
        Err(refusal) => return refused(&refusal),
    };
    let answered = async {
        refuse_all(query.as_deref().unwrap_or_default())?;
        caller.pay(LATEST_POINTS).map_err(Refusal::RateLimited)?;
        let feed = server.limits.run(&request_id, server.engine.latest()).await?;
        feed.map_err(|unanswered| unanswered.refusal(request_id.clone()))
    };
    let mut response = match answered.await {
        Ok(feed) => conditional(&headers, "application/feed+json", feed.to_string().into_bytes()),
        Err(refusal) => refused(&refusal),
    };
    caller.tell(&mut response);
    response
}

/// The body, unless the client has it.
pub(super) fn conditional(headers: &HeaderMap, media: &'static str, body: Vec<u8>) -> Response {
    conditional_to(headers, media, body, 0)
}

/// The same for a body that goes on at a position: the same lines, of which the next ones are elsewhere, are another page.
fn conditional_to(headers: &HeaderMap, media: &'static str, body: Vec<u8>, next: i64) -> Response {
    let tag = Sha256::new().chain_update(&body).chain_update(next.to_be_bytes()).finalize();
    let tag = HEXLOWER.encode(&tag[..VERSION_BYTES]);
    let is_known = caching::known(headers).any(|known| known == tag || known == "*");
    let etag = format!("\"{tag}\"");
    let vary = "accept-encoding".to_owned();
    let caching = [(CACHE_CONTROL, CACHING.to_owned()), (ETAG, etag), (VARY, vary)];
    if is_known {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    (caching, [(CONTENT_TYPE, media)], body).into_response()
}

fn refused(refusal: &Refusal) -> Response {
    let mut response = refusal.response(Media::Json);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Refuses whatever parameter is given: the latest postings have none.
fn refuse_all(text: &str) -> Result<(), Refusal> {
    match form_urlencoded::parse(text.as_bytes()).next() {
        Some((name, _)) => Err(Refusal::BadParameter(format!("\"{name}\" is no parameter, /feed.json has none"))),
        None => Ok(()),
    }
}

fn parse(text: &str) -> Result<FeedQuery, Refusal> {
    let mut query = FeedQuery { limit: LIMIT_DEFAULT, ..FeedQuery::default() };
    let mut given = Vec::new();
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        let bad = |wanted: String| Refusal::BadParameter(format!("\"{name}\" {wanted}"));
        if given.contains(&name) {
            return Err(bad("is given more than once".to_owned()));
        }
        if value.contains('\0') {
            return Err(bad("must not hold the character U+0000".to_owned()));
        }
        let values: Vec<String> = value.split(',').map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect();
        if values.is_empty() || values.len() > VALUES_MAX {
            return Err(bad(format!("must have 1 to {VALUES_MAX} values, separated by commas")));
        }
        match &*name {
            "after" => {
                let after = value.parse().ok().filter(|after| *after >= 0);
                query.after = after.ok_or_else(|| bad("must be a position in the log, a whole number".to_owned()))?;
            }
            "limit" => {
                let limit = value.parse().ok().filter(|limit| (1..=LIMIT_MAX).contains(limit));
                query.limit = limit.ok_or_else(|| bad(format!("must be 1 to {LIMIT_MAX}")))?;
            }
            "type" => {
                let types = values.iter().map(|it| it.parse());
                let types = types
                    .collect::<Result<_, _>>()
                    .map_err(|_| bad("must be of JOB_CREATED, JOB_UPDATED, JOB_CLOSED and JOB_REOPENED".to_owned()));
                query.types = types?;
            }
            "provider" => {
                if values.iter().any(|it| provider::find(it).is_none()) {
                    return Err(bad(format!("must be of {}", NAMES.join(", "))));
                }
                query.providers = values;
            }
            "orgId" => {
                let wanted = "must name employers by \"id\" or \"orgId\", as the graph tells them";
                query.org_ids = keys(&values, "org_").ok_or_else(|| bad(wanted.to_owned()))?;
            }
            "sourceId" => {
                let wanted = "must name boards by \"id\" or \"sourceId\", as the graph tells them";
                query.source_ids = keys(&values, "source_").ok_or_else(|| bad(wanted.to_owned()))?;
            }
            _ => {
                return Err(
                    bad("is no parameter, these are: after, limit, type, provider, orgId, sourceId".to_owned()),
                );
            }
        }
        given.push(name);
    }
    Ok(query)
}

/// The keys of what ids name, which may be global or plain, as in the graph; nothing if one is no id of its kind.
fn keys(ids: &[String], kind: &str) -> Option<Vec<String>> {
    let key = |id: &String| Uuid::try_parse(id.strip_prefix(kind).unwrap_or(id)).ok().map(|it| it.to_string());
    ids.iter().map(key).collect()
}

fn address(query: &FeedQuery) -> String {
    let mut text = form_urlencoded::Serializer::new(String::new());
    text.append_pair("after", &query.after.to_string()).append_pair("limit", &query.limit.to_string());
    let types: Vec<String> = query.types.iter().map(|it| <&str>::from(*it).to_owned()).collect();
    for (name, values) in
        [("type", &types), ("provider", &query.providers), ("orgId", &query.org_ids), ("sourceId", &query.source_ids)]
    {
        if !values.is_empty() {
            text.append_pair(name, &values.join(","));
        }
    }
    format!("/feed?{}", text.finish())
}
