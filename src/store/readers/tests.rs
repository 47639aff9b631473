use std::sync::Arc;
use std::time::{Duration, Instant};

use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

use super::{Lanes, Readers};
use crate::store::error::StoreError;

/// Counts for hours.
const ENDLESS: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n";
const SHORT: Duration = Duration::from_millis(50);
const LONG: Duration = Duration::from_secs(60);

fn one_lane(acquire_timeout: Duration, statement_timeout: Duration) -> Readers {
    let options = SqliteConnectOptions::new().in_memory(true);
    Readers::Sqlite(Arc::new(Lanes::new(options, 1, acquire_timeout, statement_timeout)))
}

async fn ask(readers: &Readers, sql: &str) -> Result<i64, DbErr> {
    let row = readers.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await?;
    row.expect("there is a row").try_get_by_index(0)
}

#[tokio::test]
async fn a_statement_that_takes_too_long_is_stopped() {
    let readers = one_lane(LONG, SHORT);
    let error = ask(&readers, ENDLESS).await.expect_err("it is stopped");
    assert!(StoreError::from(error).is_unavailable());
    assert_eq!(ask(&readers, "SELECT 1").await, Ok(1));
}

#[tokio::test]
async fn a_statement_nobody_waits_for_is_stopped_and_its_connection_serves_the_next() {
    let readers = one_lane(LONG, LONG);
    let begun = Instant::now();
    tokio::time::timeout(SHORT, ask(&readers, ENDLESS)).await.expect_err("it is still running");
    assert_eq!(ask(&readers, "SELECT 2").await, Ok(2));
    assert!(begun.elapsed() < LONG / 2);
}

#[tokio::test]
async fn who_waits_too_long_for_a_connection_is_told_so() {
    let readers = one_lane(SHORT, LONG);
    let busy = readers.clone();
    let endless = tokio::spawn(async move { ask(&busy, ENDLESS).await });
    tokio::time::sleep(SHORT / 2).await;
    let error = ask(&readers, "SELECT 3").await.expect_err("the only connection is busy");
    assert!(matches!(error, DbErr::ConnectionAcquire(_)));
    endless.abort();
}
