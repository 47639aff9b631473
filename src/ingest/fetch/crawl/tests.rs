use std::future::pending;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::{get, post};
use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::net::TcpListener;
use tokio::time::timeout;

use super::*;
use crate::ingest::fetch::FetchLimits;
use crate::ingest::posting::Board;
use crate::ingest::provider::{Capabilities, find, no_rows};

/// A provider whose board is named by the port of a local server: it asks for a page by POST, then for details.
const LOCAL: Provider = Provider {
    name: "local",
    label: "Local",
    capabilities: Capabilities {
        description_in_list: false,
        salary_field: false,
        updated_at: false,
        deadline: false,
        paginated: true,
        total_declared: false,
    },
    redirect_is_not_found: true,
    reads_pages: false,
    board_url: ToOwned::to_owned,
    next: |port, answers| {
        let address = format!("http://127.0.0.1:{port}");
        match answers.len() {
            0 => vec![Request { sent: Some("{\"offset\":0}".into()), ..Request::page(format!("{address}/list")) }],
            _ => (0..40).map(|it| Request::detail(&it.to_string(), format!("{address}/job/{it}"))).collect(),
        }
    },
    rows: no_rows,
    read: |_, _| Ok(Board::default()),
};

async fn job(State(count): State<Arc<AtomicUsize>>, Path(number): Path<usize>) -> (StatusCode, String) {
    count.fetch_add(1, Ordering::SeqCst);
    let status = if number.is_multiple_of(2) { StatusCode::OK } else { StatusCode::FORBIDDEN };
    (status, number.to_string())
}

async fn server() -> (String, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let routes = Router::new()
        .route("/list", post(|body: String| async move { body }))
        .route("/job/{number}", get(job))
        .route("/moved", get(|| async { Redirect::temporary("https://elsewhere.example/") }))
        .with_state(Arc::clone(&count));
    (served(routes).await.port().to_string(), count)
}

async fn served(routes: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let address = listener.local_addr().expect("it has an address");
    tokio::spawn(async move { axum::serve(listener, routes).await });
    address
}

fn fetcher(limits: FetchLimits) -> Fetcher {
    Fetcher::new(FetchLimits { retries_max: 0, site_rate: 1_000, ..limits }).expect("it can be made")
}

#[tokio::test]
async fn a_plan_is_carried_out_to_its_end_and_failures_are_noted() {
    let (port, _) = server().await;
    let answers = fetcher(FetchLimits::default()).crawl(&LOCAL, &port).await.expect("it answers");
    assert_eq!(answers.len(), 41);
    assert_eq!(answers.only(), b"{\"offset\":0}");
    let details = answers.details();
    assert_eq!((details["6"].body(), details["7"].status), (Some(&b"6"[..]), 403));
    assert_eq!(Answers::of(&answers.to_bytes()).len(), 41);
}

#[tokio::test]
async fn no_more_is_asked_than_the_limits_allow() {
    for limits in [
        FetchLimits { requests_max: 11, ..FetchLimits::default() },
        FetchLimits { crawl_bytes_max: 20, ..FetchLimits::default() },
    ] {
        let (port, count) = server().await;
        let answers = fetcher(limits).crawl(&LOCAL, &port).await.expect("it answers");
        assert!(answers.len() < 41 && count.load(Ordering::SeqCst) < 40, "{}", answers.len());
    }
}

#[tokio::test]
async fn without_the_first_answer_there_is_none() {
    let error = fetcher(FetchLimits::default()).crawl(&LOCAL, "1").await.expect_err("nobody listens");
    assert!(!error.is_not_found_by(&LOCAL), "{error}");
}

/// The sitemap of a site that has a posting, and a page that never comes.
fn sitemap(paths: &[&str]) -> String {
    let pages = paths.iter().map(|it| format!("<url><loc>https://acme.example/{it}</loc></url>"));
    format!("<urlset>{}</urlset>", pages.collect::<String>())
}

fn packed(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text.as_bytes()).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

/// What is read of that site by one of its sitemaps.
async fn site(board: &str, limits: FetchLimits, until: Option<Instant>) -> Result<Board, FetchError> {
    const INDEX: &str = "<sitemapindex><sitemap><loc>https://acme.example/packed</loc></sitemap></sitemapindex>";
    const PAGE: &str =
        r#"<html><script type="application/ld+json">{"@type":"JobPosting","title":"Cook"}</script></html>"#;
    let routes = Router::new()
        .route("/index", get(|| async { INDEX }))
        .route("/packed", get(|| async { packed(&sitemap(&["cook"; 100])) }))
        .route("/plain", get(|| async { sitemap(&["cook", "never"]) }))
        .route("/cook", get(|| async { PAGE }))
        .route("/never", get(pending::<()>));
    let fetcher = fetcher(limits).with_stand_in(served(routes).await);
    let jsonld = find("jsonld").expect("it is known");
    let crawl = fetcher.crawl_again(jsonld, board, &Before::default(), 0, until).await?;
    Ok(jsonld.board(board, &Answers::of(&crawl.answers.to_bytes())).expect("it is a board"))
}

/// What it named was taken for gone, as it was no sitemap that anybody could read.
#[tokio::test]
async fn a_sitemap_that_is_packed_is_read_as_far_as_the_limit_goes() {
    let whole = site("acme.example:index", FetchLimits::default(), None).await.expect("it answers");
    assert_eq!((whole.postings.len(), whole.cut_short), (1, false));
    let limits = FetchLimits { bytes_max: 1_000, ..FetchLimits::default() };
    let cut = site("acme.example:index", limits, None).await.expect("it answers");
    assert_eq!((cut.postings.len(), cut.cut_short), (0, true));
}

/// A site that took longer than a crawl may was asked in vain, and from its start again.
#[tokio::test]
async fn what_has_come_when_the_time_is_over_counts() {
    let soon = Instant::now() + Duration::from_millis(600);
    let board = site("acme.example:plain", FetchLimits::default(), Some(soon)).await.expect("it answers");
    assert_eq!((board.postings.len(), board.cut_short), (1, true));
    let nothing = site("acme.example:never", FetchLimits::default(), Some(Instant::now())).await;
    assert_eq!(nothing.map(|it| it.postings.len()), Err(too_slow()));
}

/// A list alone was taken for one whose postings have no details, and those that were known were told as removed.
#[tokio::test]
async fn details_that_there_was_no_time_for_are_missing_and_not_nothing() {
    let provider = find("bamboohr").expect("it is known");
    let request = provider.first("acme").expect("it is a name");
    let list = br#"{"meta":{"totalCount":1},"result":[{"id":"1","jobOpeningName":"Cook"}]}"#.to_vec();
    let mut crawl = Crawl::default();
    crawl.answers.push(Answer { request, status: 200, body: list });
    let ended = crawl.unanswered(provider, "acme").await;
    let archived = Answers::of(&ended.answers.to_bytes());
    let board = provider.board("acme", &archived).expect("it is a board");
    assert_eq!(board.postings.iter().map(|it| it.is_partial).collect::<Vec<_>>(), [true]);
}

/// No time limit could end such a crawl, and requests waited for it.
#[tokio::test]
async fn an_adapter_that_reads_for_long_holds_nobody_up() {
    const LENGTHY: Provider = Provider {
        next: |_, _| {
            std::thread::sleep(Duration::from_millis(300));
            Vec::new()
        },
        ..LOCAL
    };
    let fetcher = fetcher(FetchLimits::default());
    let crawl = timeout(Duration::from_millis(30), fetcher.crawl(&LENGTHY, "acme")).await;
    assert!(crawl.is_err(), "it is still being read");
}

#[tokio::test]
async fn a_redirect_elsewhere_can_be_the_word_for_no_board() {
    let (port, _) = server().await;
    let moved = Request::page(format!("http://127.0.0.1:{port}/moved"));
    let error = fetcher(FetchLimits::default()).ask(&moved).await.expect_err("it leads elsewhere");
    assert!(error.is_not_found_by(&LOCAL) && !error.is_not_found(), "{error}");
}
