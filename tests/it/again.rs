//! What is asked again, on either database: what a server says is still so is not sent twice, and counts as if it had been.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use entity::crawl;
use jobgraph::ingest::archive::Archive;
use jobgraph::ingest::fetch::{FetchLimits, Fetcher};
use jobgraph::ingest::recognize::Recognized;
use jobgraph::ingest::register::{Registered, register};
use jobgraph::ingest::sync::{Settings, Syncer};
use jobgraph::store::Store;
use jobgraph::vocabulary::SourceStatus;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::support::{Database, backends};

/// Every look at it is a second later.
fn clock() -> i64 {
    static NOW: AtomicI64 = AtomicI64::new(1_780_000_000_000);
    NOW.fetch_add(1_000, Ordering::SeqCst)
}

/// A server with a page at each path, which it names by its text.
#[derive(Default)]
struct Shelf {
    pages: Mutex<HashMap<String, String>>,
    sent: AtomicUsize,
    spared: AtomicUsize,
}

impl Shelf {
    async fn open() -> (Arc<Self>, SocketAddr) {
        let shelf = Arc::new(Self::default());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let routes = Router::new().fallback(answer).with_state(Arc::clone(&shelf));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        (shelf, address)
    }

    fn put(&self, path: &str, body: impl ToString) {
        self.pages.lock().expect("nobody panics with it").insert(path.to_owned(), body.to_string());
    }

    /// How many pages were sent, and how many were not, since the last look.
    fn counts(&self) -> (usize, usize) {
        (self.sent.swap(0, Ordering::SeqCst), self.spared.swap(0, Ordering::SeqCst))
    }
}

async fn answer(State(shelf): State<Arc<Shelf>>, uri: Uri, headers: HeaderMap) -> Response {
    let Some(body) = shelf.pages.lock().expect("nobody panics with it").get(uri.path()).cloned() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let tag = format!("\"{}\"", jobgraph::ingest::identity::sha1_hex(&body));
    if headers.get("if-none-match").is_some_and(|it| it.as_bytes() == tag.as_bytes()) {
        shelf.spared.fetch_add(1, Ordering::SeqCst);
        return StatusCode::NOT_MODIFIED.into_response();
    }
    shelf.sent.fetch_add(1, Ordering::SeqCst);
    ([("etag", tag)], body).into_response()
}

/// A board that is crawled whenever a test wants it.
struct Crawling {
    store: Store,
    syncer: Arc<Syncer>,
    source_id: String,
}

impl Crawling {
    async fn new(store: Store, archive: &str, address: SocketAddr, provider: &'static str, board: &str) -> Self {
        let limits = FetchLimits { retries_max: 0, site_rate: 10_000, ..FetchLimits::default() };
        let settings = Settings {
            at_once: 2,
            poll_interval: Duration::from_millis(5),
            timeout: Duration::from_secs(20),
            lease_ms: 7_200_000,
        };
        let archive = Some(Archive::open(archive).expect("it opens"));
        let fetcher = Fetcher::new(limits).expect("it can be made").with_stand_in(address);
        let syncer = Arc::new(Syncer { store: store.clone(), archive, fetcher, settings, clock });
        let board = Recognized { provider, board: board.to_owned() };
        let source_id = match register(&store, &board, clock()).await.expect("it is registered") {
            Registered::New(it) | Registered::Known(it) => it.source_id,
        };
        Self { store, syncer, source_id }
    }

    /// Crawls the board now, whenever it is due.
    async fn crawl(&self) -> crawl::Model {
        let at_once = Some(clock());
        self.store.set_source_status(&self.source_id, SourceStatus::Active, at_once).await.expect("it is there");
        self.syncer.once(&CancellationToken::new(), |_| {}).await.expect("the store answers");
        let writing = self.store.begin().await.expect("a transaction begins");
        let crawls = writing.latest_crawls(std::slice::from_ref(&self.source_id), 1).await.expect("crawls are read");
        crawls.into_values().flatten().next().expect("it was crawled")
    }
}

fn greenhouse(count: u32) -> Value {
    let jobs = (1..=count).map(|it| json!({ "id": it, "title": format!("Gardener {it}") }));
    json!({ "jobs": jobs.collect::<Vec<_>>(), "meta": { "total": count } })
}

#[test]
fn a_list_that_is_still_so_is_not_sent_again_and_counts_as_if_it_were() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let folder = tempfile::tempdir().expect("a folder can be made");
            let archive = folder.path().to_string_lossy();
            let (shelf, address) = Shelf::open().await;
            let board = Crawling::new(database.store().await, &archive, address, "greenhouse", "acme").await;
            let path = "/v1/boards/acme/jobs";
            shelf.put(path, greenhouse(10));
            let first = board.crawl().await;
            assert_eq!((first.http_status, first.created, shelf.counts()), (Some(200), 10, (1, 0)));
            let again = board.crawl().await;
            assert_eq!((again.http_status, again.seen, again.unchanged), (Some(304), 10, 10), "{backend}: {again:?}");
            assert_eq!((again.outcome.as_str(), shelf.counts()), ("COMPLETE", (0, 1)));
            assert_eq!(again.raw_sha256, first.raw_sha256, "the archive has the bytes");
            // What is missing is missed each time, whether or not the list is sent.
            shelf.put(path, greenhouse(9));
            let missed = board.crawl().await;
            assert_eq!((missed.http_status, missed.seen, missed.closed), (Some(200), 9, 0));
            let closed = board.crawl().await;
            assert_eq!((closed.http_status, closed.seen, closed.closed), (Some(304), 9, 1), "{backend}: {closed:?}");
            // Without the bytes, everything is asked for.
            std::fs::remove_dir_all(folder.path().join("raw")).expect("it can be removed");
            shelf.counts();
            let anew = board.crawl().await;
            assert_eq!((anew.http_status, anew.unchanged, shelf.counts()), (Some(200), 9, (1, 0)), "{backend}");
        });
    }
}

fn page(number: u32, title: &str) -> String {
    let posting = json!({ "@context": "https://schema.org", "@type": "JobPosting", "title": title, "description": "Work.",
                          "identifier": { "@type": "PropertyValue", "value": format!("k-{number}") } });
    format!("<html><head><script type=\"application/ld+json\">{posting}</script></head></html>")
}

#[test]
fn each_page_of_a_site_is_asked_whether_it_is_still_so() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let folder = tempfile::tempdir().expect("a folder can be made");
            let archive = folder.path().to_string_lossy();
            let (shelf, address) = Shelf::open().await;
            let board = Crawling::new(database.store().await, &archive, address, "jsonld", "acme.example").await;
            let loc = |it: u32| format!("<url><loc>https://acme.example/jobs/{it}</loc></url>");
            shelf.put("/sitemap.xml", format!("<urlset>{}{}</urlset>", loc(1), loc(2)));
            shelf.put("/jobs/1", page(1, "Cook"));
            shelf.put("/jobs/2", page(2, "Waiter"));
            let first = board.crawl().await;
            assert_eq!((first.http_status, first.created, shelf.counts()), (Some(200), 2, (3, 0)));
            let again = board.crawl().await;
            assert_eq!((again.http_status, again.unchanged, shelf.counts()), (Some(304), 2, (0, 3)), "{again:?}");
            shelf.put("/jobs/2", page(2, "Head waiter"));
            let changed = board.crawl().await;
            assert_eq!((changed.http_status, changed.updated, changed.unchanged), (Some(200), 1, 1), "{backend}");
            assert_eq!(shelf.counts(), (1, 2));
        });
    }
}

fn bamboohr(titles: [&str; 2]) -> Value {
    json!({ "result": [{ "id": "1", "jobOpeningName": titles[0] }, { "id": "2", "jobOpeningName": titles[1] }] })
}

fn detail(text: &str) -> Value {
    json!({ "result": { "jobOpening": { "description": format!("<p>{text}</p>") } } })
}

#[test]
fn details_are_not_asked_for_again_while_the_list_says_the_same() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let folder = tempfile::tempdir().expect("a folder can be made");
            let archive = folder.path().to_string_lossy();
            let (shelf, address) = Shelf::open().await;
            let board = Crawling::new(database.store().await, &archive, address, "bamboohr", "acme").await;
            shelf.put("/careers/list", bamboohr(["Pilot", "Clerk"]));
            shelf.put("/careers/1/detail", detail("Fly."));
            shelf.put("/careers/2/detail", detail("Write."));
            let first = board.crawl().await;
            assert_eq!((first.created, shelf.counts()), (2, (3, 0)));
            // Nothing says that the body is another.
            shelf.put("/careers/2/detail", detail("Write more."));
            let again = board.crawl().await;
            assert_eq!((again.http_status, again.unchanged, shelf.counts()), (Some(304), 2, (0, 1)), "{again:?}");
            let third = board.crawl().await;
            assert_eq!((third.raw_sha256, shelf.counts()), (again.raw_sha256, (0, 1)), "{backend}: the same record");
            shelf.put("/careers/list", bamboohr(["Pilot", "Head clerk"]));
            let changed = board.crawl().await;
            assert_eq!((changed.updated, changed.unchanged, shelf.counts()), (1, 1, (2, 0)), "{backend}: {changed:?}");
            assert_eq!((changed.outcome.as_str(), changed.warnings.as_str()), ("COMPLETE", "[]"));
        });
    }
}
