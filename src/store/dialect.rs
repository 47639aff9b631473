//! The only place that knows which database answers.

use std::net::IpAddr;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::sea_query::ArrayType;
use sea_orm::sqlx::ConnectOptions as _;
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{ConnectOptions, Database, DbBackend, DbErr, RuntimeErr, Value};

use super::StoreSettings;
use super::error::StoreError;
use super::lanes::STATEMENTS_KEPT_MAX;
use super::lanes::postgres::PostgresLanes;
use super::lanes::sqlite::{SqliteLanes, SqliteSettings, read_only};
use super::readers::{Lanes, Readers};

/// The advisory lock that makes PostgreSQL's writers take turns; the number is arbitrary and fixed for ever.
const WRITER_LOCK: &str = "SELECT pg_advisory_xact_lock(7264309118)";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// A pool of one connection that is kept until the pool is closed.
///
/// sqlx's task that closes connections when they are old or idle can count below zero while one is given back: it then keeps a thread
/// busy for ever, and the program from ending (<https://github.com/transact-rs/sqlx/issues/3645>, in 0.9.0). With neither time set
/// there is no such task.
pub fn one_connection(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false).idle_timeout(None).max_lifetime(None);
    options
}

/// Whether a database may be written by anyone as far as a process can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    Full,
    ReadOnly,
}

impl Dialect {
    pub(super) fn of_url(url: &str) -> Result<Self, StoreError> {
        match url.split(':').next() {
            Some("sqlite") => Ok(Self::Sqlite),
            Some("postgres" | "postgresql") => match url::Url::parse(url) {
                Ok(_) => Ok(Self::Postgres),
                // What the driver says of it repeats all of it.
                Err(error) => Err(StoreError::MalformedUrl { shown: scheme_alone(url), why: error.to_string() }),
            },
            // The scheme alone: the rest may hold a password.
            _ => Err(StoreError::UnknownDatabase(scheme_alone(url))),
        }
    }

    /// As OpenTelemetry calls it.
    pub(super) fn system_name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgresql",
        }
    }

    pub(super) fn backend(self) -> DbBackend {
        match self {
            Self::Sqlite => DbBackend::Sqlite,
            Self::Postgres => DbBackend::Postgres,
        }
    }

    pub(super) fn prepare_writer(self, options: &mut ConnectOptions) {
        match self {
            Self::Sqlite => options.map_sqlx_sqlite_opts(|sqlite| {
                sqlite
                    .create_if_missing(true)
                    .busy_timeout(Duration::from_secs(60))
                    .pragma("journal_mode", "WAL")
                    .pragma("synchronous", "NORMAL")
                    // 16 MiB, taken only as far as pages are touched: a board's postings stand all over the indexes.
                    .pragma("cache_size", "-16384")
                    // 64 MiB instead of 4: most pages that a round of boards touches are touched by the next one as well.
                    .pragma("wal_autocheckpoint", "16384")
                    // Of a log that grew under a long export, so many bytes stay once it is read back.
                    .pragma("journal_size_limit", "134217728")
                    .statement_cache_capacity(STATEMENTS_KEPT_MAX)
                    .optimize_on_close(true, None)
            }),
            Self::Postgres => options.map_sqlx_postgres_opts(|postgres| {
                postgres.application_name("jobgraph-writer").statement_cache_capacity(STATEMENTS_KEPT_MAX)
            }),
        };
    }

    /// What the writer's connection runs once before it writes much. On SQLite 192 MiB, taken only as far as pages are
    /// touched: a round of boards touches pages all over the indexes, and spilling them is what costs most. On PostgreSQL texts are
    /// compressed by LZ4 where it was built with it, which takes a fraction of its own way's time.
    pub(super) fn much_writing(self) -> &'static str {
        match self {
            Self::Sqlite => "PRAGMA cache_size = -196608",
            Self::Postgres => {
                "SELECT set_config(name, 'lz4', false) FROM pg_settings \
                 WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals)"
            }
        }
    }

    pub(super) async fn readers(self, settings: &StoreSettings, access: Access) -> Result<Readers, StoreError> {
        let StoreSettings { database_url, readers_max, statement_timeout, acquire_timeout } = settings;
        let mut options = one_connection(database_url);
        options.connect_lazy(true).acquire_timeout(*acquire_timeout);
        let unknown = |error| DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error)));
        let lanes = match self {
            Self::Sqlite => {
                let sqlite = SqliteConnectOptions::from_str(database_url).map_err(unknown)?;
                let (mut file, mut is_immutable) = (sqlite.get_filename().to_owned(), false);
                if access == Access::ReadOnly {
                    (file, is_immutable) = read_only(&file)?;
                }
                options.map_sqlx_sqlite_opts(move |sqlite| {
                    let sqlite = sqlite.busy_timeout(Duration::from_secs(5)).pragma("query_only", "ON");
                    sqlite.read_only(access == Access::ReadOnly).immutable(is_immutable)
                });
                Lanes::Sqlite(Arc::new(SqliteLanes::new(SqliteSettings {
                    file: Some(file),
                    count: *readers_max,
                    acquire_timeout: *acquire_timeout,
                    statement_timeout: *statement_timeout,
                })))
            }
            Self::Postgres => {
                let milliseconds = statement_timeout.as_millis().to_string();
                let reading = move |postgres: PgConnectOptions| {
                    postgres
                        .application_name("jobgraph-reader")
                        .statement_cache_capacity(STATEMENTS_KEPT_MAX)
                        .disable_statement_logging()
                        .options([
                            ("default_transaction_read_only", "on".to_owned()),
                            // To compile a plan takes longer than any of ours runs.
                            ("jit", "off".to_owned()),
                            ("statement_timeout", milliseconds.clone()),
                        ])
                };
                let postgres = reading(PgConnectOptions::from_str(database_url).map_err(unknown)?);
                options.map_sqlx_postgres_opts(reading);
                Lanes::Postgres(Arc::new(PostgresLanes::new(
                    postgres,
                    *readers_max,
                    *acquire_timeout,
                    *statement_timeout,
                )))
            }
        };
        Ok(Readers { pool: Database::connect(options).await?, lanes })
    }

    /// What a write transaction runs first, so that sequence numbers become visible in order. SQLite's immediate
    /// transaction already excludes other writers.
    pub(super) fn writer_lock(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some(WRITER_LOCK),
        }
    }

    /// Whether each statement goes to another process and back.
    pub(super) fn has_round_trips(self) -> bool {
        self == Self::Postgres
    }

    /// Whether statements run on processors of another machine, as far as the database's address tells.
    pub fn is_elsewhere(self, database_url: &str) -> bool {
        let options = match self {
            Self::Sqlite => None,
            Self::Postgres => PgConnectOptions::from_str(database_url).ok(),
        };
        options.is_some_and(|it| {
            let host = it.get_host().trim_matches(['[', ']', '.']);
            let is_here = |address: IpAddr| address.to_canonical().is_loopback() || address.is_unspecified();
            let is_here = host.parse().map_or(host.eq_ignore_ascii_case("localhost"), is_here);
            it.get_socket().is_none() && !host.starts_with('/') && !is_here
        })
    }

    /// Whether rows can be counted by several columns at once.
    pub(super) fn has_grouping_sets(self) -> bool {
        self == Self::Postgres
    }

    /// A list of texts as one parameter, so that no statement's text varies with the number of keys.
    pub(super) fn text_list(self, texts: &[String]) -> Value {
        match self {
            Self::Sqlite => Value::from(json_list(texts.iter().map(|text| serde_json::Value::from(text.as_str())))),
            Self::Postgres => Value::Array(
                ArrayType::String,
                Some(Box::new(texts.iter().map(|text| Value::from(text.as_str())).collect())),
            ),
        }
    }

    /// Like `text_list`, for numbers.
    pub(super) fn number_list(self, numbers: &[i64]) -> Value {
        match self {
            Self::Sqlite => Value::from(json_list(numbers.iter().map(|number| serde_json::Value::from(*number)))),
            Self::Postgres => Value::Array(
                ArrayType::BigInt,
                Some(Box::new(numbers.iter().map(|number| Value::from(*number)).collect())),
            ),
        }
    }

    /// The condition that something equals a member of the list behind `placeholder`.
    pub(super) fn is_member(self, placeholder: &str) -> String {
        match self {
            Self::Sqlite => format!("IN (SELECT value FROM json_each({placeholder}))"),
            Self::Postgres => format!("= ANY({placeholder})"),
        }
    }

    /// The condition of being among what `query` selects, which is read once and ahead.
    pub(super) fn is_selected(self, query: &str) -> String {
        match self {
            Self::Sqlite => format!("IN ({query})"),
            Self::Postgres => format!("= ANY(ARRAY({query}))"),
        }
    }

    /// The list behind `placeholder` as a table `parent` of one column, which `parent_value` names.
    pub(super) fn parents(self, placeholder: &str) -> String {
        match self {
            Self::Sqlite => format!("json_each({placeholder}) parent"),
            Self::Postgres => format!("unnest({placeholder}::text[]) AS parent (value)"),
        }
    }

    /// Selects the indexes that only readers use, of the tables that each posting has rows in: name, and the statement that
    /// makes it. Unique ones, and those by which the writer looks up, are left out.
    pub(super) fn indexes_of_readers(self) -> String {
        const TABLES: &str = "'job', 'job_version', 'job_location', 'job_remote', 'event'";
        const OF_WRITER: &str =
            "'job_source_id', 'job_org_id', 'job_description', 'job_version_job', 'job_version_until'";
        match self {
            Self::Sqlite => format!(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE INDEX %'
                 AND tbl_name IN ({TABLES}) AND name NOT IN ({OF_WRITER})"
            ),
            Self::Postgres => format!(
                "SELECT indexname::text, indexdef FROM pg_indexes WHERE schemaname = current_schema()
                 AND indexdef LIKE 'CREATE INDEX %' AND tablename IN ({TABLES}) AND indexname NOT IN ({OF_WRITER})"
            ),
        }
    }

    /// The table as row `k` of a list that begins with its first rows in an order of several keys. SQLite would sort
    /// all rows, unless it is told to read them in the order of the first key.
    pub(super) fn in_order(self, table: &str, index: Option<&str>) -> String {
        match (self, index) {
            (Self::Sqlite, Some(index)) => format!("{table} k INDEXED BY {index}"),
            _ => format!("{table} k"),
        }
    }

    /// The column for a range that most rows lie in. SQLite takes any range of the key for a narrow one.
    pub(super) fn wide(self, column: &str) -> String {
        match self {
            Self::Sqlite => format!("+{column}"),
            Self::Postgres => column.to_owned(),
        }
    }

    /// How the first rows of each parent are joined as `r`: SQLite has no LATERAL, PostgreSQL seeks no ROW_NUMBER.
    pub(super) fn join_top(self, top: Top<'_>) -> String {
        let Top { table, from, columns, conditions, order, limit } = top;
        match self {
            Self::Sqlite => format!(
                "JOIN {table} r ON r.rowid IN (SELECT k.rowid FROM {from} WHERE {conditions} ORDER BY {order} LIMIT {limit})"
            ),
            Self::Postgres => format!(
                "CROSS JOIN LATERAL (SELECT {columns} FROM {from} WHERE {conditions} ORDER BY {order} LIMIT {limit}) r"
            ),
        }
    }

    /// What is read of the rows `r` that are joined so: of the table's own, or of what was selected of them.
    pub(super) fn of_top(self, of_table: String, of_selected: String) -> String {
        match self {
            Self::Sqlite => of_table,
            Self::Postgres => of_selected,
        }
    }

    /// The year and month of a time in seconds.
    pub(super) fn month(self, seconds: &str) -> String {
        match self {
            Self::Sqlite => format!("strftime('%Y-%m', {seconds}, 'unixepoch')"),
            Self::Postgres => format!("to_char(to_timestamp({seconds}) AT TIME ZONE 'UTC', 'YYYY-MM')"),
        }
    }

    /// A text that sorts by its bytes.
    pub(super) fn by_bytes(self, text: &str) -> String {
        match self {
            Self::Sqlite => format!("CAST({text} AS TEXT)"),
            Self::Postgres => format!("CAST({text} AS TEXT) COLLATE \"C\""),
        }
    }

    /// The members `it` of a JSON list, as a table.
    pub(super) fn members(self, list: &str) -> String {
        match self {
            Self::Sqlite => format!("json_each({list}) it"),
            Self::Postgres => format!("jsonb_array_elements(CAST({list} AS JSONB)) AS it (value)"),
        }
    }

    /// A text in the JSON object `it`.
    pub(super) fn member_text(self, key: &str) -> String {
        match self {
            Self::Sqlite => format!("json_extract(it.value, '$.{key}')"),
            Self::Postgres => format!("(it.value ->> '{key}')"),
        }
    }

    /// A number in the JSON object `it`.
    pub(super) fn member_number(self, key: &str) -> String {
        match self {
            Self::Sqlite => self.member_text(key),
            Self::Postgres => format!("CAST(it.value ->> '{key}' AS DOUBLE PRECISION)"),
        }
    }
}

/// The parts of a nested list's statement. Columns, conditions and order name the table's row `k`.
pub(super) struct Top<'a> {
    pub(super) table: &'a str,
    pub(super) from: &'a str,
    pub(super) columns: &'a str,
    pub(super) conditions: &'a str,
    pub(super) order: &'a str,
    pub(super) limit: &'a str,
}

fn json_list(values: impl Iterator<Item = serde_json::Value>) -> String {
    serde_json::Value::Array(values.collect()).to_string()
}

/// An address as it is shown where the rest of it may hold a password: its scheme, if it has one.
pub fn scheme_alone(url: &str) -> String {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"+-.".contains(&it);
    let scheme = url.split_once(':').map(|(scheme, _)| scheme);
    let scheme = scheme.filter(|it| !it.is_empty() && it.bytes().all(is_plain));
    scheme.map_or_else(|| "…".to_owned(), |it| format!("{it}:…"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_connection_is_looked_after_by_the_task_that_spins() {
        let options = one_connection("sqlite::memory:");
        assert_eq!((options.get_idle_timeout(), options.get_max_lifetime()), (Some(None), Some(None)));
        assert_eq!(options.get_min_connections().unwrap_or_default(), 0);
    }

    #[test]
    fn statements_run_elsewhere_where_postgresql_has_another_address() {
        let is_elsewhere = |url: &str| Dialect::of_url(url).expect("a known database").is_elsewhere(url);
        for url in ["postgres://user:word@db.example:5432/jobs", "postgresql://10.0.0.7/jobs", "postgres://db/jobs"] {
            assert!(is_elsewhere(url), "{url}");
        }
        let here = [
            "sqlite://jobs.db",
            "postgres://localhost/jobs",
            "postgres://127.0.0.2:5500/jobs",
            "postgres://[::1]/jobs",
        ];
        for url in
            here.into_iter().chain(["postgres:///jobs?host=/run/postgresql", "postgres://%2Frun%2Fpostgresql/jobs"])
        {
            assert!(!is_elsewhere(url), "{url}");
        }
    }
}
