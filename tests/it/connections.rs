//! Connections to PostgreSQL that read: they are found anew when the server ends them, and nobody loses one.

use std::time::Duration;

use jobgraph::graphql::Gateway;
use jobgraph::http::GraphqlRequest;
use jobgraph::plan::Limits;
use sea_orm::{ConnectionTrait, DatabaseConnection};

use crate::support::{Backend, Database, backends};

const READERS: &str = "application_name = 'jobgraph-reader' AND datname = current_database()";

async fn ask(gateway: &Gateway) -> String {
    let query = "{ jobs(first: 1) { nodes { title } } }".to_owned();
    let executed = gateway.execute(&GraphqlRequest { query, ..GraphqlRequest::default() }, "test").await;
    String::from_utf8(executed.answer.body.to_vec()).expect("it is text")
}

/// A gateway on an empty PostgreSQL database, and a connection that watches it; nothing where PostgreSQL is left out.
async fn watched() -> Option<(Database, Gateway, DatabaseConnection)> {
    backends().into_iter().find(|it| *it == Backend::Postgres)?;
    let database = Database::new(Backend::Postgres).await;
    let gateway = Gateway::new(database.store().await, Limits::default(), || 0).expect("the schema is valid");
    let watch = sea_orm::Database::connect(&database.url).await.expect("it connects");
    Some((database, gateway, watch))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_after_the_server_has_ended_all_connections() {
    let Some((_database, gateway, watch)) = watched().await else { return };
    let before = ask(&gateway).await;
    watch
        .execute_unprepared(&format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {READERS}"))
        .await
        .expect("they are ended");
    assert_eq!(ask(&gateway).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_that_nobody_waits_for_take_no_connection_away() {
    let Some((_database, gateway, watch)) = watched().await else { return };
    let before = ask(&gateway).await;
    for micros in 0..300 {
        // Each gives up at another moment of the answer.
        drop(tokio::time::timeout(Duration::from_micros(micros * 5), ask(&gateway)).await);
    }
    assert_eq!(ask(&gateway).await, before);
    let count = format!("SELECT COUNT(*) FROM pg_stat_activity WHERE {READERS}");
    let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Postgres, count);
    let row = watch.query_one_raw(statement).await.expect("it is counted").expect("there is a row");
    let open: i64 = row.try_get_by_index(0).expect("it is a number");
    assert!(open <= 9, "eight readers and one for whole entities, not {open}");
}
