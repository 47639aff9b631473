//! The pages for people at `/`, `/jobs`, `/orgs`, `/sources` and `/events`. `web/` at the root of the project holds their
//! sources and, in `web/dist/`, the built files that go into the program (docs/decisions/13-web-pages.md). Each address
//! is answered by the same page, whose script shows what the address names; `head` writes what search engines and
//! previews read of it, for which `look` asks the graph whether there is such a thing.

mod head;
mod look;
mod posting;

use std::io::Read;
use std::sync::{Arc, LazyLock};

use axum::Extension;
use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use flate2::read::GzDecoder;
use rust_embed::Embed;
use serde::de::IgnoredAny;
use uuid::Uuid;

use super::feed::conditional;
use super::graphiql::{IMMUTABLE, REVALIDATE, encoded};
use super::request_id::RequestId;
use super::{Engine, Server, Settings};
use head::Head;
use look::{Looked, look};
use posting::Posting;

/// The page loads nothing from elsewhere, and no script or style stands inline. The block of JSON-LD is data: browsers
/// do not run it, so that no policy needs to allow it (<https://html.spec.whatwg.org/#data-block>).
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const FIXED_HEADERS: [(HeaderName, HeaderValue); 3] = [
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
];

const HTML: &str = "text/html; charset=utf-8";

const JOB: &str = "query JobPage($by: JobLookup!) { found: job(by: $by) { jobId } }";
const ORG: &str = "query OrgPage($by: OrgLookup!) { found: org(by: $by) { orgId } }";
const SOURCE: &str = "query SourcePage($by: SourceLookup!) { found: source(by: $by) { sourceId } }";

#[derive(Embed)]
#[folder = "web/dist/"]
struct Dist;

/// The page as it was built, cut where the server writes into it.
struct Template {
    before_head: String,
    before_body: String,
    after: String,
}

static TEMPLATE: LazyLock<Template> = LazyLock::new(|| {
    let file = Dist::get("index.html.gz").expect("the build writes the page");
    let mut page = String::new();
    GzDecoder::new(&*file.data).read_to_string(&mut page).expect("the build compressed this file");
    let (before_head, rest) = page.split_once("<!--head-->").expect("the page has a place for its head");
    let (before_body, after) = rest.split_once("<!--body-->").expect("the page has a place for its words");
    Template { before_head: before_head.to_owned(), before_body: before_body.to_owned(), after: after.to_owned() }
});

pub(super) fn routes<E: Engine>() -> Router<Arc<Server<E>>> {
    let mut router = Router::new()
        .route("/", get(page::<E>))
        .route("/jobs/{job_id}", get(job::<E>))
        .route("/jobs/{job_id}/{*rest}", get(below_job::<E>))
        .route("/orgs/{*name}", get(org::<E>))
        .route("/sources/{*source_id}", get(source::<E>))
        .route("/events/{*rest}", get(nothing::<E>))
        .route("/web/LICENSES.txt", get(licenses))
        .route("/web/assets/{file}", get(asset));
    for list in ["/jobs", "/orgs", "/sources", "/events"] {
        router = router.route(list, get(page::<E>));
    }
    router.layer(map_response(with_fixed_headers))
}

async fn page<E: Engine>(State(server): State<Arc<Server<E>>>, address: Uri, headers: HeaderMap) -> Response {
    sent(&Head::of_section(address.path()), &server.settings, &headers)
}

/// What an address names, unless that is no text.
type Named<T> = Result<Path<T>, PathRejection>;

async fn nothing<E: Engine>(State(server): State<Arc<Server<E>>>) -> Response {
    missing("page", &server.settings)
}

async fn job<E: Engine>(
    State(server): State<Arc<Server<E>>>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    named: Named<String>,
    asked: Parts,
) -> Response {
    let Ok(Path(job_id)) = named else {
        return missing("posting", &server.settings);
    };
    let looked = look(&server, &request_id, &asked, posting::DOCUMENT, ("id", &job_id)).await;
    let public_url = server.settings.public_url.as_deref();
    shown(&server.settings, &asked, "posting", looked, |posting: Posting| Head::of_posting(&posting, public_url))
}

async fn below_job<E: Engine>(
    State(server): State<Arc<Server<E>>>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    named: Named<(String, String)>,
    asked: Parts,
) -> Response {
    let Ok(Path((job_id, rest))) = named else {
        return missing("posting", &server.settings);
    };
    match rest.trim_end_matches('/') {
        "history" => plain(&server, &request_id, &asked, "posting", JOB, ("id", &job_id)).await,
        _ => missing("page", &server.settings),
    }
}

async fn org<E: Engine>(
    State(server): State<Arc<Server<E>>>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    named: Named<String>,
    asked: Parts,
) -> Response {
    let Ok(Path(name)) = named else {
        return missing("company", &server.settings);
    };
    let name = name.trim_end_matches('/');
    // As its page takes it.
    let is_slug = name.bytes().all(|it| matches!(it, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    let kind = if is_slug && Uuid::try_parse(name).is_err() { "slug" } else { "id" };
    plain(&server, &request_id, &asked, "company", ORG, (kind, name)).await
}

async fn source<E: Engine>(
    State(server): State<Arc<Server<E>>>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    named: Named<String>,
    asked: Parts,
) -> Response {
    let Ok(Path(source_id)) = named else {
        return missing("board", &server.settings);
    };
    plain(&server, &request_id, &asked, "board", SOURCE, ("id", source_id.trim_end_matches('/'))).await
}

/// The page of something of which the head tells no more than of all that are of its kind.
async fn plain<E: Engine>(
    server: &Server<E>,
    request_id: &str,
    asked: &Parts,
    what: &str,
    document: &str,
    by: (&str, &str),
) -> Response {
    let looked = look(server, request_id, asked, document, by).await;
    shown(&server.settings, asked, what, looked, |_: IgnoredAny| Head::of_section(asked.uri.path()))
}

/// The page of what was looked for.
fn shown<T>(
    settings: &Settings,
    asked: &Parts,
    what: &str,
    looked: Looked<T>,
    head: impl FnOnce(T) -> Head,
) -> Response {
    match looked {
        Looked::Found(found) => sent(&head(found), settings, &asked.headers),
        Looked::Nothing => missing(what, settings),
        Looked::Refused => sent(&Head::of_section(asked.uri.path()), settings, &asked.headers),
        // The page itself says what is wrong, and has a button to ask again.
        Looked::Unanswered(refusal) => {
            let page = written(&Head::of_section(asked.uri.path()), settings);
            let headers = [(CACHE_CONTROL, "no-store"), (CONTENT_TYPE, HTML)];
            let mut response = (refusal.status(), headers, page).into_response();
            response.headers_mut().extend(refusal.header());
            response
        }
    }
}

fn sent(head: &Head, settings: &Settings, headers: &HeaderMap) -> Response {
    conditional(headers, HTML, written(head, settings).into_bytes())
}

fn missing(what: &str, settings: &Settings) -> Response {
    let page = written(&Head::of_nothing(what), settings);
    (StatusCode::NOT_FOUND, [(CACHE_CONTROL, REVALIDATE), (CONTENT_TYPE, HTML)], page).into_response()
}

/// The page with a head of its own.
fn written(head: &Head, settings: &Settings) -> String {
    let Template { before_head, before_body, after } = &*TEMPLATE;
    // The page's links to GraphiQL stand only where there is one.
    let graphiql = if settings.graphiql { "" } else { "<meta name=\"graphiql\" content=\"off\" />" };
    [before_head, &head.tags, graphiql, before_body, &head.words, after].concat()
}

async fn licenses() -> impl IntoResponse {
    let file = Dist::get("LICENSES.txt").expect("the build writes the licenses");
    ([(CACHE_CONTROL, REVALIDATE), (CONTENT_TYPE, "text/plain; charset=utf-8")], file.data)
}

async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    match Dist::get(&format!("assets/{name}.gz")) {
        Some(file) => {
            let caching = [(CACHE_CONTROL, IMMUTABLE), (VARY, "accept-encoding")];
            (caching, encoded(file, &name, &headers)).into_response()
        }
        None => (StatusCode::NOT_FOUND, "no such file\n").into_response(),
    }
}

async fn with_fixed_headers(mut response: Response) -> Response {
    response.headers_mut().extend(FIXED_HEADERS);
    response
}
