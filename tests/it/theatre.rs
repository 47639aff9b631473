//! Every provider with every fault that it may have: each has an outcome of its own, none closes a posting, and the board
//! goes on afterwards as if nothing had been.

pub(crate) mod boards;
mod stage;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jobgraph::ingest::archive::Archive;
use jobgraph::ingest::fetch::{FetchLimits, Fetcher};
use jobgraph::ingest::provider::{ALL, Provider, find};
use jobgraph::ingest::recognize::Recognized;
use jobgraph::ingest::register::{Registered, register};
use jobgraph::ingest::sync::{Crawled, Settings, Syncer};
use jobgraph::ingest::{Intake, Summary};
use jobgraph::store::Store;
use jobgraph::vocabulary::{CrawlOutcome, SourceStatus};
use stage::{Act, Stage};
use tokio_util::sync::CancellationToken;

use crate::support::{Backend, Database, backends};

const HOUR: i64 = 3_600_000;

/// Every look at it is a second later.
fn clock() -> i64 {
    static NOW: AtomicI64 = AtomicI64::new(1_780_000_000_000);
    NOW.fetch_add(1_000, Ordering::SeqCst)
}

/// Runs a test on a new database of each kind.
fn on_each_backend(test: impl AsyncFn(Backend, Store)) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            test(backend, database.store().await).await;
        });
    }
}

fn fetcher(address: SocketAddr) -> Fetcher {
    let limits = FetchLimits {
        timeout: Duration::from_millis(800),
        bytes_max: 256 * 1024,
        retries_max: 1,
        pause: Duration::from_millis(1),
        site_rate: 10_000,
        ..FetchLimits::default()
    };
    Fetcher::new(limits).expect("it can be made").with_stand_in(address)
}

fn board_of(provider: &Provider) -> &'static str {
    let boards = ["acme", "acme:wd5:Careers", "acme.example:jobs"];
    boards.into_iter().find(|it| provider.names(it)).expect("every provider has boards")
}

async fn crawl(store: &Store, address: SocketAddr, provider: &'static Provider) -> Summary {
    let (arrived, _) = fetcher(address).arrived(provider, board_of(provider), clock).await;
    let intake = Intake { store, archive: None, policy: None, clock };
    intake.apply(&arrived).await.expect("the store takes it")
}

/// What a fault may come to. A site is one page, so a page that is no board looks like a site without postings.
fn outcomes(provider: &Provider, act: Act) -> &'static [CrawlOutcome] {
    use CrawlOutcome::{Complete, Empty, Failed, Gone, Partial, Suspect};
    match act {
        Act::Board(0) if provider.name == "jsonld" => &[Failed],
        Act::Board(0) => &[Empty],
        // After enough complete crawls, so short a list is doubted.
        Act::Board(_) => &[Complete, Suspect],
        Act::Marketing if provider.redirect_is_not_found => &[Gone],
        Act::NotFound => &[Gone],
        // Only pages for people are asked about.
        Act::Forbidden | Act::Silent if !provider.reads_pages => &[Complete],
        // Of a page that is cut, what stands before the cut is whole.
        Act::Truncated if provider.name == "jsonld" => &[Partial],
        Act::Truncated => &[Failed, Partial],
        // Where a list declares no total, one that begins anew is the same list again.
        Act::Wrapped | Act::Shrinking => &[Complete, Partial],
        // What the list says of a posting is enough to see it.
        Act::NoDetails | Act::HtmlDetails => &[Complete],
        Act::Charset => &[Complete, Partial, Failed],
        _ => &[Failed],
    }
}

const ACTS: [Act; 19] = [
    Act::Nothing,
    Act::Board(0),
    Act::Truncated,
    Act::Html,
    Act::Marketing,
    Act::NotFound,
    Act::Busy,
    Act::Broken,
    Act::Wrapped,
    Act::Shrinking,
    Act::NoDetails,
    Act::HtmlDetails,
    Act::Board(2),
    Act::Slow,
    Act::Cut,
    Act::Charset,
    Act::Endless,
    Act::Forbidden,
    Act::Silent,
];

#[test]
fn no_fault_of_any_provider_closes_a_posting() {
    on_each_backend(async |backend, store| {
        for provider in ALL {
            let (stage, address) = Stage::open(provider, board_of(provider)).await;
            stage.play(Act::Board(10));
            let first = crawl(&store, address, provider).await;
            assert_eq!((first.outcome, first.created), (Some(CrawlOutcome::Complete), 10), "{}", provider.name);
            for act in ACTS {
                stage.play(act);
                let found = crawl(&store, address, provider).await;
                let told = format!("{backend} {} {act:?}: {found:?}", provider.name);
                assert_eq!((found.closed, found.created), (0, 0), "{told}");
                let outcome = found.outcome.expect("every crawl has an outcome");
                assert!(outcomes(provider, act).contains(&outcome), "{told}");
                assert_eq!(
                    found.error.is_some(),
                    matches!(outcome, CrawlOutcome::Failed | CrawlOutcome::Gone),
                    "{told}"
                );
            }
            stage.play(Act::Board(10));
            let last = crawl(&store, address, provider).await;
            assert_eq!((last.outcome, last.seen, last.created), (Some(CrawlOutcome::Complete), 10, 0), "{last:?}");
            assert_eq!((last.closed, last.reopened), (0, 0), "{last:?}");
        }
        let sources = store.sources().await.expect("boards are read");
        assert!(sources.iter().all(|it| it.active_job_count == 10 && it.health == "OK"), "{sources:?}");
    });
}

async fn registered(store: &Store, provider: &Provider, board: &str) -> String {
    let board = Recognized { provider: provider.name, board: board.to_owned() };
    match register(store, &board, clock()).await.expect("it is registered") {
        Registered::New(it) | Registered::Known(it) => it.source_id,
    }
}

fn settings() -> Settings {
    Settings {
        at_once: 2,
        poll_interval: Duration::from_millis(5),
        timeout: Duration::from_secs(5),
        lease_ms: 2 * HOUR,
    }
}

fn syncer(store: &Store, address: SocketAddr) -> Arc<Syncer> {
    let (fetcher, settings) = (fetcher(address), settings());
    Arc::new(Syncer { store: store.clone(), archive: None, fetcher, settings, clock })
}

async fn synced(syncer: &Arc<Syncer>) -> Vec<(String, Option<CrawlOutcome>)> {
    let mut told = Vec::new();
    let done = |it: Crawled| told.push((it.named.board, it.applied.expect("the store takes it").outcome));
    syncer.once(&CancellationToken::new(), done).await.expect("the store answers");
    told.sort_by(|left, right| left.0.cmp(&right.0));
    told
}

#[test]
fn what_is_due_is_crawled_once_and_what_is_paused_is_not() {
    on_each_backend(async |backend, store| {
        let (stage, address) = Stage::open(ALL[0], "acme").await;
        stage.play(Act::Board(3));
        let acme = registered(&store, ALL[0], "acme").await;
        assert_eq!(registered(&store, ALL[0], "ACME").await, acme, "boards are compared in any case");
        let other = registered(&store, ALL[0], "other").await;
        let paused = registered(&store, ALL[0], "paused").await;
        assert!(store.set_source_status(&paused, SourceStatus::Paused, None).await.expect("it is there"));
        let syncer = syncer(&store, address);
        let told = synced(&syncer).await;
        // The stage has one board; there is none by the other's name.
        let expected =
            [("acme".to_owned(), Some(CrawlOutcome::Complete)), ("other".to_owned(), Some(CrawlOutcome::Gone))];
        assert_eq!(told, expected, "{backend}");
        assert_eq!(synced(&syncer).await, [], "nothing is due any more");
        let sources = store.sources().await.expect("boards are read");
        let wait = |id: &str| {
            let it = sources.iter().find(|it| it.source_id == id).expect("it is there");
            it.next_crawl_after - it.last_crawled_at
        };
        assert!(wait(&acme) > 21 * HOUR && wait(&acme) <= 24 * HOUR);
        assert!(wait(&other) > 0 && wait(&other) <= HOUR / 4);
        store.set_source_status(&paused, SourceStatus::Active, Some(clock())).await.expect("it is there");
        assert_eq!(synced(&syncer).await, [("paused".to_owned(), Some(CrawlOutcome::Gone))]);
    });
}

#[test]
fn a_provider_that_asks_for_a_pause_has_it() {
    on_each_backend(async |backend, store| {
        let (stage, address) = Stage::open(ALL[0], "acme").await;
        stage.play(Act::Busy);
        for board in ["acme", "baker", "cook"] {
            registered(&store, ALL[0], board).await;
        }
        let syncer = syncer(&store, address);
        let told = synced(&syncer).await;
        assert!(told.len() == 3 && told.iter().all(|it| it.1 == Some(CrawlOutcome::Failed)), "{told:?}");
        assert!(stage.asked() <= 2, "the third is not asked while the pause lasts: {}", stage.asked());
        for it in store.sources().await.expect("boards are read") {
            let wait = it.next_crawl_after - it.last_crawled_at;
            assert!(wait > HOUR * 9 / 10, "{backend} {}: {wait}", it.board_token);
            assert_eq!(it.health, "FAILING");
        }
    });
}

#[test]
fn a_crawl_that_is_told_to_stop_leaves_nothing_and_is_due_again() {
    on_each_backend(async |_, store| {
        let (stage, address) = Stage::open(ALL[0], "acme").await;
        stage.play(Act::Slow);
        registered(&store, ALL[0], "acme").await;
        let syncer = syncer(&store, address);
        let stop = CancellationToken::new();
        let running = tokio::spawn({
            let (syncer, stop) = (Arc::clone(&syncer), stop.clone());
            async move { syncer.run(&stop, |it| panic!("{:?}", it.applied)).await }
        });
        while stage.asked() == 0 {
            tokio::task::yield_now().await;
        }
        let taken = store.sources().await.expect("boards are read").remove(0);
        assert!(taken.next_crawl_after > clock() + HOUR, "it is due for nobody else");
        stop.cancel();
        running.await.expect("it ends");
        let left = store.sources().await.expect("boards are read").remove(0);
        assert_eq!((left.last_crawled_at, left.consecutive_failures), (i64::MIN, 0));
        stage.play(Act::Board(1));
        assert_eq!(synced(&syncer).await, [("acme".to_owned(), Some(CrawlOutcome::Complete))]);
    });
}

/// A page that broke off once was taken for whole, as its server said that it was still so, until it changed.
#[test]
fn a_board_that_was_cut_short_is_sent_again_whatever_its_server_says_of_it() {
    on_each_backend(async |backend, store| {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let archive = Some(Archive::open(&folder.path().to_string_lossy()).expect("it opens"));
        let jsonld = find("jsonld").expect("it is known");
        let (stage, address) = Stage::open(jsonld, board_of(jsonld)).await;
        let id = registered(&store, jsonld, board_of(jsonld)).await;
        let (fetcher, settings) = (fetcher(address), settings());
        let syncer = Arc::new(Syncer { store: store.clone(), archive, fetcher, settings, clock });
        let mut outcomes = Vec::new();
        for act in [Act::Truncated, Act::Board(10), Act::Board(10)] {
            stage.play(act);
            assert!(store.set_source_status(&id, SourceStatus::Active, Some(clock())).await.expect("it is there"));
            outcomes.extend(synced(&syncer).await.into_iter().filter_map(|it| it.1));
        }
        assert_eq!(outcomes, [CrawlOutcome::Partial, CrawlOutcome::Complete, CrawlOutcome::Complete], "{backend}");
    });
}

/// It was crawled twice at once, by one process.
#[test]
fn a_board_whose_crawl_outlasts_its_lease_is_not_crawled_beside_it() {
    on_each_backend(async |backend, store| {
        let (stage, address) = Stage::open(ALL[0], "acme").await;
        stage.play(Act::Slow);
        registered(&store, ALL[0], "acme").await;
        let limits = FetchLimits { timeout: Duration::from_secs(60), ..FetchLimits::default() };
        let fetcher = Fetcher::new(limits).expect("it can be made").with_stand_in(address);
        let settings = Settings { lease_ms: 1, timeout: Duration::from_secs(60), ..settings() };
        let syncer = Arc::new(Syncer { store: store.clone(), archive: None, fetcher, settings, clock });
        let stop = CancellationToken::new();
        let running = tokio::spawn({
            let (syncer, stop) = (Arc::clone(&syncer), stop.clone());
            async move { syncer.run(&stop, |it| panic!("{:?}", it.applied)).await }
        });
        let mut leases = BTreeSet::new();
        while leases.len() < 6 || stage.asked() == 0 {
            leases.insert(store.sources().await.expect("boards are read").remove(0).next_crawl_after);
            assert!(stage.asked() <= 1, "{backend}: {}", stage.asked());
        }
        stop.cancel();
        running.await.expect("it ends");
    });
}
