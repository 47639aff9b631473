//! Answers that are kept are true: they go when the data change, whoever changes them.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jobgraph::graphql::{Executed, Gateway};
use jobgraph::http::GraphqlRequest;
use jobgraph::plan::Limits;
use jobgraph::store::Store;
use serde_json::{Value, json};

use crate::past::ingest;
use crate::support::{Backend, Database, backends};

const TITLES: &str = "{ jobs { totalCount nodes { title events { nodes { type } } } } }";

fn gateway(store: &Store) -> Gateway {
    Gateway::new(store.clone(), Limits::default(), || 10_000).expect("the schema is valid").with_answers(1_000_000)
}

async fn execute(gateway: &Gateway, query: &str) -> Executed {
    let request = GraphqlRequest { query: query.to_owned(), ..GraphqlRequest::default() };
    gateway.execute(&request, "test").await
}

fn data(executed: &Executed) -> Value {
    serde_json::from_slice::<Value>(&executed.answer.body).expect("it is JSON")["data"].take()
}

/// Asks until the answer comes without a statement, and gives that. What other databases of the server do at the same
/// moment counts as a change on PostgreSQL.
async fn kept(gateway: &Gateway, query: &str) -> Value {
    let first = execute(gateway, query).await;
    for _ in 0..1_000 {
        let again = execute(gateway, query).await;
        assert_eq!(first.answer.body, again.answer.body);
        if again.statements.is_empty() {
            return data(&again);
        }
    }
    panic!("what is asked for again is kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_kept_until_anyone_changes_the_data() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        let other_process = database.store().await;
        let gateway = gateway(&store);
        ingest(&store, 1_000, json!([{ "id": 1, "title": "Cook" }])).await;
        assert!(!execute(&gateway, TITLES).await.statements.is_empty(), "{backend}");
        assert!(
            !execute(&gateway, TITLES).await.statements.is_empty(),
            "{backend}: what is asked for once is not kept"
        );
        assert_eq!(kept(&gateway, TITLES).await["jobs"]["totalCount"], 1, "{backend}");
        ingest(&other_process, 2_000, json!([{ "id": 1, "title": "Chef" }, { "id": 2, "title": "Baker" }])).await;
        assert_eq!(data(&execute(&gateway, TITLES).await)["jobs"]["totalCount"], 2, "{backend}");
        assert_eq!(kept(&gateway, TITLES).await["jobs"]["totalCount"], 2, "{backend}");
        // Nothing happened to a posting, but its board was looked at.
        ingest(&store, 3_000, json!([{ "id": 1, "title": "Chef" }, { "id": 2, "title": "Baker" }])).await;
        assert!(!execute(&gateway, TITLES).await.statements.is_empty(), "{backend}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_depends_on_the_time_or_failed_is_not_kept() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        let gateway = gateway(&store);
        ingest(&store, 1_000, json!([{ "id": 1, "title": "Cook" }])).await;
        for query in [
            "{ jobs { nodes { staleness { secondsSinceChecked } } } }",
            "{ jobs(filter: { postedAt: { newerThan: \"P1D\" } }) { totalCount } }",
            "{ jobs(filter: { isStale: false }) { totalCount } }",
            "{ stats { activeJobCount } }",
            "{ orgs { nodes { name jobs(filter: { postedAt: { olderThan: \"P1D\" } }) { totalCount } } } }",
        ] {
            for _ in 0..4 {
                let executed = execute(&gateway, query).await;
                assert!(!executed.statements.is_empty(), "{backend} {query}");
            }
        }
        let refused = "{ a: jobs { totalCount } b: jobs(after: \"x\") { totalCount } }";
        for _ in 0..4 {
            let executed = execute(&gateway, refused).await;
            assert!(String::from_utf8_lossy(&executed.answer.body).contains("BAD_CURSOR"), "{backend}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn variables_tell_answers_apart() {
    let database = Database::new(backends()[0]).await;
    let store = database.store().await;
    ingest(&store, 1_000, json!([{ "id": 1, "title": "Cook" }, { "id": 2, "title": "Baker" }])).await;
    let gateway = gateway(&store);
    for _ in 0..4 {
        for title in ["Cook", "Baker"] {
            let query = "query ($title: String!) { jobs(filter: { title: { eq: $title } }) { nodes { title } } }";
            let Value::Object(variables) = json!({ "title": title }) else { unreachable!() };
            let request = GraphqlRequest { query: query.to_owned(), variables, ..GraphqlRequest::default() };
            assert_eq!(data(&gateway.execute(&request, "test").await)["jobs"]["nodes"][0]["title"], title);
        }
    }
}

/// Readers who ask all the time never see less than was there when they asked.
#[tokio::test(flavor = "multi_thread")]
async fn no_answer_is_older_than_its_question() {
    const RUNS: i64 = 25;
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        let gateway = Arc::new(gateway(&store));
        let written = Arc::new(AtomicI64::new(0));
        let mut readers = Vec::new();
        for _ in 0..6 {
            let (gateway, written) = (Arc::clone(&gateway), Arc::clone(&written));
            readers.push(tokio::spawn(async move {
                let mut kept = 0;
                while written.load(Ordering::SeqCst) < RUNS {
                    let before = written.load(Ordering::SeqCst);
                    let executed = execute(&gateway, "{ jobs { totalCount } }").await;
                    kept += usize::from(executed.statements.is_empty());
                    let count = data(&executed)["jobs"]["totalCount"].as_i64().expect("a number");
                    assert!(count >= before, "{count} postings were answered, {before} were there");
                }
                kept
            }));
        }
        for run in 1..=RUNS {
            let postings = (1..=run).map(|id| json!({ "id": id, "title": "Cook" })).collect::<Vec<_>>();
            ingest(&store, run * 1_000, json!(postings)).await;
            written.store(run, Ordering::SeqCst);
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        let mut kept = 0;
        for reader in readers {
            kept += reader.await.expect("a reader ends");
        }
        assert!(kept > 0 || backend == Backend::Postgres, "some answers were kept");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_has_a_limit() {
    let database = Database::new(Backend::Sqlite).await;
    let store = database.store().await;
    ingest(&store, 1_000, json!([{ "id": 1, "title": "Cook" }])).await;
    for (bytes_max, is_room_for_all) in [(1_000_000, true), (2_000, false)] {
        let gateway = gateway(&store).with_answers(bytes_max);
        let queries: Vec<String> =
            (1..=100).map(|it| TITLES.replace("jobs {", &format!("jobs(first: {it}) {{"))).collect();
        for query in queries.iter().cycle().take(300) {
            execute(&gateway, query).await;
        }
        let mut kept = 0;
        for query in &queries {
            kept += usize::from(execute(&gateway, query).await.statements.is_empty());
        }
        assert_eq!(kept == queries.len(), is_room_for_all, "{kept} are kept");
    }
}
