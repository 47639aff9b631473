//! A database of 100,000 postings, made inside it by `crowd.sql`, and the plans that it has for statements.

use entity::job;
use jobgraph::store::Store;
use jobgraph::store::dialect::one_connection;
use sea_orm::{ConnectionTrait, DatabaseConnection, IdenStatic, Iterable, Statement};

use crate::support::{Backend, Database};

/// Columns of a posting that a version has its own of.
const OF_VERSIONS: [&str; 4] = ["status", "job_seq", "content_seq", "last_changed_at"];
/// Tables whose indexes are built when all rows are there.
const LARGE: &str = "'job', 'job_version', 'event', 'event_body', 'job_body', \
    'job_location', 'job_remote', 'crawl', 'content_search'";

/// The database, on one connection.
pub(crate) struct Crowd {
    backend: Backend,
    connection: DatabaseConnection,
}

impl Crowd {
    /// Fills an empty database. `now` is when it all ends.
    pub(crate) async fn fill(backend: Backend, database: &Database, store: &Store, now: i64) -> Self {
        let connection = sea_orm::Database::connect(one_connection(&database.url)).await.expect("the database answers");
        let crowd = Self { backend, connection };
        crowd.run(crowd.begin()).await;
        let indexes = crowd.take_indexes().await;
        crowd.run(&draw()).await;
        crowd.run(&rows(now)).await;
        crowd.run(crowd.words()).await;
        for index in indexes {
            crowd.run(&index).await;
        }
        crowd.run("ANALYZE").await;
        let writing = store.begin().await.expect("the store writes");
        writing.count_events(1).await.expect("the counts are kept");
        writing.commit().await.expect("the counts are committed");
        crowd.settle().await;
        crowd
    }

    async fn run(&self, sql: &str) {
        self.connection.execute_unprepared(sql).await.expect("the crowd is made");
    }

    /// Nothing is checked row by row, and nothing needs to survive.
    fn begin(&self) -> &'static str {
        match self.backend {
            Backend::Sqlite => {
                "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; PRAGMA journal_mode = WAL"
            }
            Backend::Postgres => {
                "SET session_replication_role = replica; SET synchronous_commit = off; SET work_mem = '64MB';
                 SET maintenance_work_mem = '256MB'; SET jit = off; SET enable_memoize = off"
            }
        }
    }

    /// Drops the large tables' indexes, and tells how they are made again.
    async fn take_indexes(&self) -> Vec<String> {
        let sql = match self.backend {
            Backend::Sqlite => format!(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({LARGE})"
            ),
            Backend::Postgres => format!(
                "SELECT indexname::text, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename IN ({LARGE})
                 AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)"
            ),
        };
        let mut made = Vec::new();
        for row in self.read(&sql).await {
            let name: String = row.try_get_by_index(0).expect("an index has a name");
            self.run(&format!("DROP INDEX {name}")).await;
            made.push(row.try_get_by_index(1).expect("an index has a text"));
        }
        made
    }

    fn words(&self) -> &'static str {
        match self.backend {
            Backend::Sqlite => {
                "INSERT INTO content_search (rowid, title, org, department, place, description)
                 SELECT seq, title, org, department, place, description FROM worded ORDER BY seq"
            }
            Backend::Postgres => {
                "INSERT INTO content_search (content_seq, document)
                 SELECT seq, setweight(to_tsvector('simple', title), 'A')
                 || setweight(to_tsvector('simple', org || ' ' || department || ' ' || place), 'B')
                 || setweight(to_tsvector('simple', description), 'D') FROM worded ORDER BY seq"
            }
        }
    }

    /// Looks at every row, so that the same rows have the same plans.
    async fn settle(&self) {
        match self.backend {
            Backend::Sqlite => self.run("ANALYZE").await,
            Backend::Postgres => {
                self.run("SET default_statistics_target = 700").await;
                self.run("VACUUM ANALYZE").await;
            }
        }
    }

    async fn read(&self, sql: &str) -> Vec<sea_orm::QueryResult> {
        let statement = Statement::from_string(self.connection.get_database_backend(), sql);
        self.connection.query_all_raw(statement).await.unwrap_or_else(|error| panic!("{error}\n{sql}"))
    }

    /// The steps of a statement's plan, each indented by its depth.
    pub(crate) async fn explain(&self, statement: &str) -> Vec<String> {
        match self.backend {
            Backend::Sqlite => self.explain_sqlite(statement).await,
            Backend::Postgres => self.explain_postgres(statement).await,
        }
    }

    async fn explain_sqlite(&self, statement: &str) -> Vec<String> {
        let mut depths = std::collections::HashMap::from([(0, 0)]);
        let mut steps = Vec::new();
        for row in self.read(&format!("EXPLAIN QUERY PLAN {statement}")).await {
            let id: i32 = row.try_get("", "id").expect("a step has a number");
            let parent: i32 = row.try_get("", "parent").expect("a step has a parent");
            let detail: String = row.try_get("", "detail").expect("a step says what it does");
            let depth = depths.get(&parent).copied().unwrap_or(0) + 1;
            depths.insert(id, depth);
            steps.push(format!("{}{detail}", "  ".repeat(depth - 1)));
        }
        steps
    }

    async fn explain_postgres(&self, statement: &str) -> Vec<String> {
        let rows = self.read(&format!("EXPLAIN (COSTS OFF) {statement}")).await;
        rows.iter().map(|row| row.try_get_by_index::<String>(0).expect("a step is a text")).collect()
    }
}

/// Numbers from 0 to 99,999 for each posting, by squares modulo a prime.
fn draw() -> String {
    let draws = (1..=13).map(|k| {
        let seed = format!("((i * 48271 + {}) % 2147483647)", k * 1_299_709);
        format!(", {seed} * {seed} % 2147483647 % 100000 AS u{k}")
    });
    format!(
        "CREATE TABLE draw AS WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
         SELECT i{} FROM n",
        draws.collect::<String>()
    )
}

fn rows(now: i64) -> String {
    let columns: Vec<&str> = job::Column::iter().map(|it| it.as_str()).collect();
    let of_version = columns.iter().filter(|it| !OF_VERSIONS.contains(it)).map(|it| format!("j.{it}"));
    include_str!("crowd.sql")
        .replace("VERSION_COLUMNS", &of_version.collect::<Vec<_>>().join(", "))
        .replace("JOB_COLUMNS", &columns.join(", "))
        .replace("NOW_AT", &now.to_string())
}
