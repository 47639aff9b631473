use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rusqlite::hooks::{AuthContext, Authorization};
use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};

use super::{LENGTHY_MAX, SqliteLanes, SqliteSettings, lock};
use crate::store::error::StoreError;
use crate::store::lanes::{STATEMENT_BYTES_KEPT_MAX, queried};
use crate::store::row::read;

/// Counts for hours.
const ENDLESS: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n";
/// Counts for some tenths of a second at most.
const LENGTHY: &str =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT COUNT(*) FROM n";
const SHORT: Duration = Duration::from_millis(50);
const LONG: Duration = Duration::from_secs(60);

fn one_lane(acquire_timeout: Duration, statement_timeout: Duration) -> Arc<SqliteLanes> {
    Arc::new(SqliteLanes::new(SqliteSettings { file: None, count: 1, acquire_timeout, statement_timeout }))
}

async fn ask(lanes: &Arc<SqliteLanes>, sql: &str) -> Result<i64, StoreError> {
    let rows = lanes.rows(Statement::from_string(DbBackend::Sqlite, sql)).await?;
    read("test", rows.first().expect("there is a row"), 0)
}

/// By `.cargo/config.toml`; else each look at a page takes a lock that all connections share.
#[tokio::test]
async fn connections_have_their_pages_to_themselves() {
    let shared = "SELECT COUNT(*) FROM pragma_compile_options WHERE compile_options = 'ENABLE_MEMORY_MANAGEMENT'";
    assert_eq!(ask(&one_lane(LONG, LONG), shared).await.expect("it is read"), 0);
}

#[tokio::test]
async fn a_statement_that_takes_too_long_is_stopped() {
    let lanes = one_lane(LONG, SHORT);
    let error = ask(&lanes, ENDLESS).await.expect_err("it is stopped");
    assert!(error.is_unavailable());
    assert_eq!(ask(&lanes, "SELECT 1").await.expect("it is read"), 1);
}

#[tokio::test]
async fn a_statement_that_takes_longer_than_at_once_is_answered_all_the_same() {
    let lanes = one_lane(LONG, LONG);
    for _ in 0..5 {
        assert_eq!(ask(&lanes, LENGTHY).await.expect("it is read"), 200_000);
    }
}

/// Eight connections kept 512 statements each, of texts as long as anyone made them: 760 MB.
#[tokio::test]
async fn a_statement_with_a_long_text_is_not_kept() {
    let lanes = one_lane(LONG, LONG);
    let prepared = Arc::new(AtomicUsize::new(0));
    let lane = lanes.open().expect("it opens");
    let counter = Arc::clone(&prepared);
    // SQLite asks it whenever a SELECT is prepared.
    let count = move |_: AuthContext<'_>| {
        counter.fetch_add(1, Ordering::Relaxed);
        Authorization::Allow
    };
    lane.connection.authorizer(Some(count)).expect("it is set");
    lock(&lanes.idle).push(lane);
    for (bytes, times) in [(0, 1), (STATEMENT_BYTES_KEPT_MAX, 3)] {
        prepared.store(0, Ordering::Relaxed);
        let sql = format!("SELECT /* {} */ 1", "x".repeat(bytes));
        for _ in 0..3 {
            assert_eq!(ask(&lanes, &sql).await.expect("it is read"), 1);
        }
        assert_eq!(prepared.load(Ordering::Relaxed), times, "{bytes}");
    }
}

/// After the first 512 none was, and each began on the thread that asks.
#[test]
fn a_lengthy_statement_is_known_however_many_there_were_before() {
    let lanes = one_lane(LONG, LONG);
    for number in 0..=2 * LENGTHY_MAX {
        let text = number.to_string();
        lanes.remember(&text, true);
        let lengthy = lock(&lanes.lengthy);
        assert!(lengthy.contains_key(&text) && lengthy.len() <= LENGTHY_MAX);
    }
}

#[tokio::test]
async fn a_statement_nobody_waits_for_is_stopped_and_its_connection_serves_the_next() {
    let lanes = one_lane(LONG, LONG);
    let begun = Instant::now();
    tokio::time::timeout(SHORT, ask(&lanes, ENDLESS)).await.expect_err("it is still running");
    assert_eq!(ask(&lanes, "SELECT 2").await.expect("it is read"), 2);
    assert!(begun.elapsed() < LONG / 2);
}

#[tokio::test]
async fn who_waits_too_long_for_a_connection_is_told_so() {
    let lanes = one_lane(SHORT, LONG);
    let busy = Arc::clone(&lanes);
    let endless = tokio::spawn(async move { ask(&busy, ENDLESS).await });
    tokio::time::sleep(SHORT / 2).await;
    let error = ask(&lanes, "SELECT 3").await.expect_err("the only connection is busy");
    assert!(error.is_unavailable());
    endless.abort();
}

#[tokio::test]
async fn lanes_that_close_wait_for_what_runs() {
    let lanes = one_lane(LONG, LONG);
    let (asking, closing) = (Arc::clone(&lanes), Arc::clone(&lanes));
    let lengthy = tokio::spawn(async move { ask(&asking, LENGTHY).await });
    tokio::time::sleep(Duration::from_millis(2)).await;
    closing.close().await;
    assert_eq!(lengthy.await.expect("it ends").expect("it is read"), 200_000);
    assert!(ask(&lanes, "SELECT 1").await.expect_err("they are closed").is_unavailable());
}

/// Whoever asked for little used to wait for processors that lengthy statements had.
#[cfg(target_os = "linux")]
#[test]
fn a_thread_that_works_long_gives_way_and_no_other_does() {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(1).thread_name("gives-way").enable_all().build().expect("it starts");
    let niceness = || {
        let threads = std::fs::read_dir("/proc/self/task").expect("they are listed");
        let told = threads.filter_map(|it| std::fs::read_to_string(it.ok()?.path().join("stat")).ok());
        let of_ours = told.filter(|it| it.contains("(gives-way)"));
        // The 19th, by proc(5); the first two are before the name ends.
        of_ours.filter_map(|it| it.rsplit_once(") ")?.1.split(' ').nth(16)?.parse().ok()).collect::<Vec<i32>>()
    };
    let lanes = one_lane(LONG, LONG);
    let those_that_give_way = |asked| {
        runtime.block_on(async { ask(&lanes, asked).await.expect("it is read") });
        niceness().into_iter().filter(|it| *it == crate::aside::NICENESS).count()
    };
    assert_eq!((those_that_give_way("SELECT 1"), those_that_give_way(LENGTHY)), (0, 1));
}

/// A transaction reads what a lane reads, and refuses what a lane refuses.
#[tokio::test]
async fn a_row_of_a_transaction_is_one_of_a_lane() {
    let lanes = one_lane(LONG, LONG);
    let connection = Database::connect("sqlite::memory:").await.expect("it opens");
    for (sql, is_read) in [("SELECT 7, 'ab', '', NULL", true), ("SELECT 1.5", false), ("SELECT x'01'", false)] {
        let statement = Statement::from_string(DbBackend::Sqlite, sql);
        let row = connection.query_one_raw(statement.clone()).await.expect("it is asked").expect("there is a row");
        let (queried, of_lane) = (queried(row), lanes.rows(statement).await);
        assert_eq!((queried.is_ok(), of_lane.is_ok()), (is_read, is_read), "{sql}");
        if is_read {
            assert_eq!(vec![queried.expect("it is read")], of_lane.expect("it is read"), "{sql}");
        }
    }
}
