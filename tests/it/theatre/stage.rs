//! A local server that plays every provider, each by the name of its host, and the faults that they are known for.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use futures_util::stream;
use jobgraph::ingest::provider::Provider;

use super::boards::list;

/// What the stage answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// A board of so many postings.
    Board(u32),
    /// 200 without a body.
    Nothing,
    /// The first half of a board.
    Truncated,
    Html,
    /// A redirect to a page that praises the provider.
    Marketing,
    NotFound,
    /// 429, for an hour.
    Busy,
    Broken,
    /// A page at a time, and each time the first.
    Wrapped,
    /// A list that ends before it has as many postings as its first page has said.
    Shrinking,
    /// A board whose details do not come.
    NoDetails,
    /// A board whose details are pages of another kind.
    HtmlDetails,
    /// A board that does not come to its end.
    Slow,
    /// A board whose line is cut.
    Cut,
    /// A board in Latin-1 that says that it is UTF-8.
    Charset,
    /// 200 MB of blanks.
    Endless,
    /// A board whose site forbids to read it.
    Forbidden,
    /// A board whose site does not tell what may be read.
    Silent,
}

const HTML: &str = "<!doctype html><html><body><h1>Please sign in</h1></body></html>";

/// By what a list is known again. One that breaks off has the same as the whole one, as its server knows of no break.
const TAG: [(&str, &str); 1] = [("etag", "\"list\"")];

/// Bytes of the endless answer.
const ENDLESS_BYTES: usize = 200 * 1024 * 1024;

pub(crate) struct Stage {
    provider: &'static Provider,
    /// The path of the list.
    path: String,
    act: Mutex<Act>,
    /// Pages of the list since the act began.
    pages: AtomicUsize,
    asked: AtomicUsize,
}

impl Stage {
    /// Opens the stage for one board of a provider.
    pub(crate) async fn open(provider: &'static Provider, board: &str) -> (Arc<Self>, SocketAddr) {
        let url = url::Url::parse(&provider.api_url(board)).expect("a board has an address");
        let stage = Arc::new(Self {
            provider,
            path: url.path().to_owned(),
            act: Mutex::new(Act::Board(0)),
            pages: AtomicUsize::new(0),
            asked: AtomicUsize::new(0),
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let routes = Router::new().fallback(answer).with_state(Arc::clone(&stage));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        (stage, address)
    }

    pub(crate) fn play(&self, act: Act) {
        *self.act.lock().expect("nobody panics with it") = act;
        self.pages.store(0, Ordering::SeqCst);
    }

    /// Requests so far.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    fn list(&self, count: u32) -> String {
        list(self.provider.name, count, count)
    }
}

async fn answer(State(stage): State<Arc<Stage>>, uri: Uri, headers: HeaderMap, _body: Bytes) -> Response {
    stage.asked.fetch_add(1, Ordering::SeqCst);
    let act = *stage.act.lock().expect("nobody panics with it");
    if uri.path() == "/robots.txt" {
        match act {
            Act::Forbidden => return "User-agent: jobgraph\nDisallow: /\n".into_response(),
            Act::Silent => return StatusCode::BAD_GATEWAY.into_response(),
            Act::NoDetails | Act::HtmlDetails => return StatusCode::NOT_FOUND.into_response(),
            _ => {}
        }
    }
    let is_list = uri.path() == stage.path;
    match act {
        Act::Board(_) | Act::Truncated if headers.contains_key("if-none-match") => {
            return StatusCode::NOT_MODIFIED.into_response();
        }
        Act::NoDetails if !is_list => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Act::HtmlDetails if !is_list => return HTML.into_response(),
        Act::Board(_) | Act::Wrapped | Act::Shrinking | Act::Charset | Act::Forbidden | Act::Silent if !is_list => {
            // Nobody has the details; what the list says of a posting stays.
            return StatusCode::NOT_FOUND.into_response();
        }
        _ => {}
    }
    let whole = stage.list(10);
    match act {
        Act::Board(count) => (TAG, stage.list(count)).into_response(),
        Act::Forbidden | Act::Silent | Act::NoDetails | Act::HtmlDetails => whole.into_response(),
        Act::Nothing => "".into_response(),
        Act::Truncated => (TAG, whole[..whole.len() / 2].to_owned()).into_response(),
        Act::Html => HTML.into_response(),
        Act::Marketing => Redirect::temporary("https://www.provider.example/welcome").into_response(),
        Act::NotFound => StatusCode::NOT_FOUND.into_response(),
        Act::Busy => (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "3600")]).into_response(),
        Act::Broken => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Act::Wrapped => list(stage.provider.name, 10, 30).into_response(),
        Act::Shrinking => {
            let is_first = stage.pages.fetch_add(1, Ordering::SeqCst) == 0;
            list(stage.provider.name, if is_first { 10 } else { 0 }, 30).into_response()
        }
        Act::Slow => {
            let start = stream::iter([Ok::<_, std::io::Error>(Bytes::from(whole))]);
            Body::from_stream(stream::StreamExt::chain(start, stream::pending())).into_response()
        }
        Act::Cut => {
            let half = Bytes::from(whole[..whole.len() / 2].to_owned());
            // Given time, the half arrives before the line is cut.
            let cut = stream::once(async {
                tokio::time::sleep(Duration::from_millis(20)).await;
                Err(std::io::Error::other("the line is cut"))
            });
            Body::from_stream(stream::StreamExt::chain(stream::iter([Ok(half)]), cut)).into_response()
        }
        Act::Charset => {
            let latin: Vec<u8> = whole.chars().map(|it| u8::try_from(u32::from(it)).expect("Latin-1")).collect();
            ([("content-type", "application/json; charset=utf-8")], latin).into_response()
        }
        Act::Endless => {
            let chunk = Bytes::from(vec![b' '; 64 * 1024]);
            let chunks = (0..ENDLESS_BYTES / chunk.len()).map(move |_| Ok::<_, std::io::Error>(chunk.clone()));
            Body::from_stream(stream::iter(chunks)).into_response()
        }
    }
}
