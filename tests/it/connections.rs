//! Connections to PostgreSQL that read: they are found anew when the server ends them, and nobody loses one.

use std::time::Duration;

use jobgraph::graphql::Gateway;
use jobgraph::http::GraphqlRequest;
use jobgraph::plan::Limits;

use crate::readers::Readers;
use crate::support::{Backend, Database, backends};

async fn ask(gateway: &Gateway) -> String {
    let query = "{ jobs(first: 1) { nodes { title } } }".to_owned();
    let executed = gateway.execute(&GraphqlRequest { query, ..GraphqlRequest::default() }, "test").await;
    String::from_utf8(executed.answer.body.to_vec()).expect("it is text")
}

/// A gateway on an empty PostgreSQL database, and its connections; nothing where PostgreSQL is left out.
async fn watched() -> Option<(Database, Gateway, Readers)> {
    backends().into_iter().find(|it| *it == Backend::Postgres)?;
    let database = Database::new(Backend::Postgres).await;
    let gateway = Gateway::new(database.store().await, Limits::default(), || 0).expect("the schema is valid");
    let readers = Readers::watch(&database.url).await;
    Some((database, gateway, readers))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_after_the_server_has_ended_all_connections() {
    let Some((_database, gateway, readers)) = watched().await else { return };
    let before = ask(&gateway).await;
    readers.end().await;
    assert_eq!(ask(&gateway).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_that_nobody_waits_for_take_no_connection_away() {
    let Some((_database, gateway, readers)) = watched().await else { return };
    let before = ask(&gateway).await;
    for micros in 0..300 {
        // Each gives up at another moment of the answer.
        drop(tokio::time::timeout(Duration::from_micros(micros * 5), ask(&gateway)).await);
    }
    assert_eq!(ask(&gateway).await, before);
    let open = readers.count().await;
    assert!(open <= 5, "four that read and one for whole entities, not {open}");
}
