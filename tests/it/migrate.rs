//! Tables come and go without a trace.

use jobgraph::graphql::Gateway;
use jobgraph::http::GraphqlRequest;
use jobgraph::ingest::{Arrived, Intake};
use jobgraph::plan::Limits;
use jobgraph::store::Store;

use crate::program::run;
use crate::support::{Database, backends};

/// After the last snapshot of the demo: 2026-11-20T12:00:00Z.
const NOW: i64 = 1_795_176_000_000;

#[test]
fn migrations_run_up_down_and_up_again_on_either_database() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        let database = runtime.block_on(Database::empty(backend));
        for (action, expected) in
            [("up", "applied"), ("down", "pending"), ("status", "pending"), ("up", "applied"), ("up", "applied")]
        {
            let all: &[&str] = if action == "down" { &["--steps", "99"] } else { &[] };
            let output = run(&[&["--database-url", database.url.as_str(), "migrate", action], all].concat());
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(output.status.success(), "{backend} {action}: {}", String::from_utf8_lossy(&output.stderr));
            assert!(text.contains("m20261123_1_graph"), "{backend} {action}: {text}");
            assert!(text.lines().all(|line| line.starts_with(expected)), "{backend} {action}: {text}");
        }
    }
}

#[test]
fn a_database_from_before_is_searched_counted_and_asked_as_of_then_like_any() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let query = r#"{
      jobs(first: 100, search: "engineer or tee", orderBy: [{title: ASC}]) { totalCount nodes { title locations { city } facts { field } } }
      roles: jobs(first: 100, orderBy: [{title: ASC}]) { nodes { role { key } } }
      open: jobs(filter: { remoteOpenTo: ["DE"] }) { totalCount }
      counted: jobs { totalCount facets(fields: [CITY, STATUS, REMOTE_SCOPE]) { buckets { value count } } }
      stats { created closed reopened medianDaysToClose jobCount activeJobCount }
    }"#;
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            let intake = Intake { store: &store, archive: None, policy: None, clock: || NOW };
            for answer in jobgraph::demo::answers().expect("the demo's boards can be read") {
                intake.apply(&Arrived::from(answer)).await.expect("it is applied");
            }
            let ask = async |store: &Store| {
                let gateway = Gateway::new(store.clone(), Limits::default(), || NOW).expect("the schema is valid");
                let request = GraphqlRequest { query: query.to_owned(), ..GraphqlRequest::default() };
                let body = gateway.execute(&request, "test").await.answer.body;
                serde_json::from_slice::<serde_json::Value>(&body).expect("it is JSON")
            };
            let before = ask(&store).await;
            assert!(before.get("errors").is_none(), "{before}");
            // All but the first, which made the graph.
            let later = store.migrations().await.expect("they are listed").len() - 1;
            store.migrate_down(u32::try_from(later).expect("it is small")).await.expect("migrations are taken back");
            store.migrate_up().await.expect("migrations apply");
            assert_eq!(ask(&store).await, before, "{backend}");
        });
    }
}
