//! Questions: documents, filters and cursors.

use jobgraph::graphql::{Gateway, sdl};
use jobgraph::http::GraphqlRequest;
use jobgraph::plan::cursor::{decode, encode};
use jobgraph::plan::{Limits, Planner, Request};
use serde_json::{Map, Value, json};
use tokio::runtime::Runtime;

use crate::corpus::files;
use crate::support::{Backend, Database, backends};
use crate::target::fuzz;

/// 2026-11-26.
const NOW: i64 = 1_795_651_200_000;

#[test]
fn documents_are_planned_or_refused() {
    let planner = Planner::new(&sdl(), Limits::default()).expect("the schema is valid");
    fuzz("documents", files("query", Some("graphql")), move |bytes| {
        let query = String::from_utf8_lossy(bytes);
        let request = Request { query: &query, operation_name: None, variables: Map::new(), is_get: false, now: NOW };
        if let Err(refusal) = planner.plan(&request) {
            assert!(!format!("{refusal:?}").contains("Internal"), "{refusal:?}");
        }
    });
}

/// Asks a database that is empty, and must never be an internal error.
fn asking(name: &'static str, corpus: &str, question: impl Fn(Value) -> GraphqlRequest + Copy + Send + 'static) {
    for backend in backends() {
        let runtime = Runtime::new().expect("a runtime starts");
        let (database, gateway) = runtime.block_on(served(backend));
        fuzz(&format!("{name}-{backend}"), files(corpus, None), move |bytes| {
            let Ok(value) = serde_json::from_slice::<Value>(bytes) else { return };
            let executed = runtime.block_on(gateway.execute(&question(value), "fuzz"));
            let answer = String::from_utf8_lossy(&executed.answer.body);
            assert!(!answer.contains("\"INTERNAL\"") && !answer.contains("\"UNAVAILABLE\""), "{answer}");
        });
        drop(database);
    }
}

async fn served(backend: Backend) -> (Database, Gateway) {
    let database = Database::new(backend).await;
    let store = database.store().await;
    (database, Gateway::new(store, Limits::default(), || NOW).expect("the schema is valid"))
}

fn request(query: &str, variables: Value) -> GraphqlRequest {
    let Value::Object(variables) = variables else { panic!("variables are an object") };
    GraphqlRequest { query: query.to_owned(), variables, ..GraphqlRequest::default() }
}

#[test]
fn filters_are_answered_or_refused() {
    asking("filters", "fuzz/corpus/filters", |filter| {
        let query = "query ($filter: JobFilter) { jobs(filter: $filter) { totalCount nodes { title } \
                     facets(fields: [CITY, SALARY_BAND]) { buckets { count } } } }";
        request(query, json!({ "filter": filter }))
    });
}

#[test]
fn cursors_are_understood_or_refused() {
    asking("cursors", "fuzz/corpus/cursors", |cursors| {
        let cursor = cursors.get(0).cloned().unwrap_or(cursors);
        let cursor = cursor.as_str().map_or_else(|| cursor.to_string(), str::to_owned);
        if let Ok(keys) = decode(&cursor, "list", &[true, false]) {
            assert_eq!(encode("list", &keys), cursor, "what is understood is what is given out");
        }
        let query = "query ($it: String) { jobs(after: $it) { nodes { title } } events(before: $it, last: 3) { nodes { seq } } }";
        request(query, json!({ "it": cursor }))
    });
}
