//! The connections to a PostgreSQL database that read, as its server sees them.

use jobgraph::store::dialect::one_connection;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

const READERS: &str = "application_name = 'jobgraph-reader' AND datname = current_database()";

pub(crate) struct Readers(DatabaseConnection);

impl Readers {
    pub(crate) async fn watch(url: &str) -> Self {
        Self(Database::connect(one_connection(url)).await.expect("PostgreSQL answers"))
    }

    /// Ends them all, as an operator does.
    pub(crate) async fn end(&self) {
        let end = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {READERS}");
        self.0.execute_unprepared(&end).await.expect("they are ended");
    }

    pub(crate) async fn count(&self) -> i64 {
        let count = format!("SELECT COUNT(*) FROM pg_stat_activity WHERE {READERS}");
        let row = self.0.query_one_raw(Statement::from_string(DbBackend::Postgres, count)).await;
        let row = row.expect("they are counted").expect("there is a row");
        row.try_get_by_index(0).expect("it is a number")
    }
}
