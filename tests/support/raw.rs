//! SQL that the program itself never would run.

use std::collections::BTreeSet;

use jobgraph::store::dialect::one_connection;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::support::Backend;

pub(crate) async fn execute(url: &str, statements: &[&str]) {
    let connection = sea_orm::Database::connect(one_connection(url)).await.expect("the database answers");
    for statement in statements {
        connection.execute_unprepared(statement).await.expect("it runs");
    }
    connection.close().await.expect("it closes");
}

/// What has a database refuse an `event` on postings, such as `UPDATE`, where `condition` holds.
pub(crate) fn refusal(backend: Backend, event: &str, condition: &str) -> String {
    let refused = "this one is refused";
    match backend {
        Backend::Sqlite => format!(
            "CREATE TRIGGER refusal BEFORE {event} ON job WHEN {condition}
             BEGIN SELECT RAISE(ABORT, '{refused}'); END"
        ),
        Backend::Postgres => format!(
            "CREATE FUNCTION refusal() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{refused}'; END $$;
             CREATE TRIGGER refusal BEFORE {event} ON job FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION refusal()"
        ),
    }
}

/// The indexes that there are.
pub(crate) async fn indexes(url: &str) -> BTreeSet<String> {
    let connection = sea_orm::Database::connect(one_connection(url)).await.expect("the database answers");
    let backend = connection.get_database_backend();
    let listed = match backend {
        DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'index'",
        _ => "SELECT indexname AS name FROM pg_indexes WHERE schemaname = current_schema()",
    };
    let rows = connection.query_all_raw(Statement::from_string(backend, listed)).await.expect("they are listed");
    connection.close().await.expect("it closes");
    rows.iter().map(|row| row.try_get("", "name").expect("a name")).collect()
}
