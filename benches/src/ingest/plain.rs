//! A plain bulk insert: the rows of all tables as they are, by prepared statements of many rows in large transactions.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use jobgraph::store::{Store, StoreSettings};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _};

/// Tables in an order in which they can be filled; the words of SQLite come apart.
const TABLES: [&str; 15] = [
    "org",
    "source",
    "raw_payload",
    "crawl",
    "job",
    "description",
    "job_body",
    "job_location",
    "job_remote",
    "event",
    "event_body",
    "job_version",
    "rollup_total",
    "rollup_day",
    "rollup_lifetime",
];
/// Parameters of a statement; SQLite takes 32,766.
const PARAMETERS_MAX: usize = 16_000;
/// Rows of a transaction.
const ROWS_PER_TRANSACTION: usize = 20_000;

/// Copies a database into a new one, and tells how long writing took.
pub(crate) fn copy(from: &Path, to: &Path) -> anyhow::Result<Duration> {
    let source = Connection::open(from)?;
    migrate(to)?;
    let mut target = Connection::open(to)?;
    // As the store's own writing connection has it.
    target.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -196608;
         PRAGMA wal_autocheckpoint = 16384",
    )?;
    target.set_prepared_statement_cache_capacity(64);
    let mut taken = Duration::ZERO;
    for table in TABLES {
        let mut select = source.prepare(&format!("SELECT * FROM {table} ORDER BY rowid"))?;
        let columns: Vec<String> = select.column_names().into_iter().map(ToOwned::to_owned).collect();
        let rows =
            select.query_map([], |row| (0..columns.len()).map(|at| row.get(at)).collect::<Result<Vec<Value>, _>>())?;
        taken += insert(&mut target, table, &columns, rows.map(|row| Ok(row?)))?;
    }
    taken += insert(&mut target, "content_search", &words_columns(), words(&source)?.into_iter().map(Ok))?;
    let begun = Instant::now();
    target.close().map_err(|(_, error)| error)?;
    Ok(taken + begun.elapsed())
}

/// Makes the tables and indexes of a new database.
fn migrate(file: &Path) -> anyhow::Result<()> {
    let settings = settings(&format!("sqlite://{}", file.display()));
    let migrated = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let store = Store::open(&settings).await?;
            store.migrate_up().await?;
            anyhow::Ok(store.close().await?)
        })
    });
    migrated.join().map_err(|_| anyhow::anyhow!("migrating panicked"))?
}

fn settings(url: &str) -> StoreSettings {
    StoreSettings {
        database_url: url.to_owned(),
        readers_max: 1,
        statement_timeout: Duration::from_secs(600),
        acquire_timeout: Duration::from_secs(60),
    }
}

fn words_columns() -> Vec<String> {
    ["rowid", "title", "org", "department", "place", "description"].map(ToOwned::to_owned).into()
}

/// The words of all contents, which the index alone holds.
fn words(source: &Connection) -> anyhow::Result<Vec<Vec<Value>>> {
    source.execute_batch("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'content_search', 'instance')")?;
    let mut select = source.prepare("SELECT doc, col, term FROM temp.words ORDER BY doc, col, offset")?;
    let mut found = select.query([])?;
    let columns = words_columns();
    let mut rows: Vec<Vec<Value>> = Vec::new();
    while let Some(row) = found.next()? {
        let (doc, column, term): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if rows.last().is_none_or(|last| last[0] != Value::Integer(doc)) {
            rows.push(std::iter::once(Value::Integer(doc)).chain((1..6).map(|_| Value::Text(String::new()))).collect());
        }
        let at = columns.iter().position(|it| *it == column).context("a column of words")?;
        if let Some(Value::Text(text)) = rows.last_mut().and_then(|last| last.get_mut(at)) {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&term);
        }
    }
    Ok(rows)
}

fn insert(
    target: &mut Connection,
    table: &str,
    columns: &[String],
    rows: impl Iterator<Item = anyhow::Result<Vec<Value>>>,
) -> anyhow::Result<Duration> {
    let mut rows = rows.peekable();
    let mut taken = Duration::ZERO;
    while rows.peek().is_some() {
        let chunk: Vec<Vec<Value>> = rows.by_ref().take(ROWS_PER_TRANSACTION).collect::<Result<_, _>>()?;
        let begun = Instant::now();
        let transaction = target.transaction()?;
        for part in chunk.chunks((PARAMETERS_MAX / columns.len()).min(200)) {
            let row = format!("({})", vec!["?"; columns.len()].join(", "));
            let all = vec![row; part.len()].join(", ");
            let sql = format!("INSERT INTO {table} ({}) VALUES {all}", columns.join(", "));
            transaction.prepare_cached(&sql)?.execute(params_from_iter(part.iter().flatten()))?;
        }
        transaction.commit()?;
        taken += begun.elapsed();
    }
    Ok(taken)
}

/// Empties a PostgreSQL.
pub(crate) async fn empty(url: &str) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    sqlx::raw_sql("DROP SCHEMA IF EXISTS plain CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        .execute(&mut connection)
        .await?;
    Ok(connection.close().await?)
}

/// Copies all rows within PostgreSQL into tables of the same indexes: what a bulk insert costs at the very least, as
/// nothing is sent.
pub(crate) async fn copy_within(url: &str) -> anyhow::Result<Duration> {
    let mut connection = PgConnection::connect(url).await?;
    let mut sql = String::from("CREATE SCHEMA plain;");
    let tables: Vec<&str> = TABLES.into_iter().chain(["content_search"]).collect();
    for table in &tables {
        sql.push_str(&format!("CREATE TABLE plain.{table} (LIKE public.{table} INCLUDING ALL);"));
    }
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await?;
    let begun = Instant::now();
    let mut transaction = connection.begin().await?;
    for table in tables {
        let sql = format!("INSERT INTO plain.{table} SELECT * FROM public.{table}");
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *transaction).await?;
    }
    transaction.commit().await?;
    let taken = begun.elapsed();
    let made: i64 = sqlx::query("SELECT COUNT(*) FROM plain.job").fetch_one(&mut connection).await?.try_get(0)?;
    anyhow::ensure!(made > 0, "no rows were copied");
    connection.close().await?;
    Ok(taken)
}
