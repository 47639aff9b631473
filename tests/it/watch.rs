//! Standing questions: what events do to the list of the postings that meet a filter.

use std::time::Duration;

use futures_util::StreamExt;
use jobgraph::feed::FeedSettings;
use jobgraph::graphql::Gateway;
use jobgraph::http::{Backlog, Caller, Engine, GraphqlRequest, Message, StreamContext};
use jobgraph::ingest::verdict::Policy;
use jobgraph::ingest::{Arrived, Body, Intake};
use jobgraph::plan::Limits;
use jobgraph::store::Store;
use serde_json::{Value, json};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::support::{Database, backends};

const PATIENCE: Duration = Duration::from_secs(60);
const WATCH: &str = r#"subscription ($after: Seq) {
  watch(after: $after, filter: { city: { eq: "Berlin" } }) {
    seq kind reason event { type changes { path } } job { providerJobKey title city status source { boardToken } }
  }
}"#;

/// The board as it is at a time: key, title and place of each posting.
async fn ingest(store: &Store, at: i64, postings: &[(u64, &str, &str)]) {
    let job =
        |(key, title, place): &(u64, &str, &str)| json!({ "id": key, "title": title, "location": { "name": place } });
    let jobs: Vec<Value> = postings.iter().map(job).collect();
    let body = Body::Read(json!({ "jobs": jobs }).to_string().into_bytes());
    let (provider, board) = ("greenhouse".to_owned(), "acme".to_owned());
    let arrived = Arrived { provider, board, started_at: at, finished_at: at, http_status: None, body };
    let intake = Intake { store, archive: None, policy: Some(Policy::immediate()), clock: || 0 };
    intake.apply(&arrived).await.expect("it is applied");
}

/// What a posting's events are was once asked as of now, of the state before and of that after alike: neither met it.
#[test]
fn a_standing_question_about_events_is_asked_of_those_up_to_a_state() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            let gateway = gateway(&store);
            ingest(&store, 1_000, &[(1, "Cook", "Berlin, Germany"), (2, "Baker", "Berlin, Germany")]).await;
            ingest(&store, 2_000, &[(1, "Chef", "Berlin, Germany"), (2, "Baker", "Berlin, Germany")]).await;
            ingest(&store, 3_000, &[(1, "Chef de cuisine", "Berlin, Germany"), (2, "Baker", "Berlin, Germany")]).await;
            for (quantifier, expected) in [
                ("none", [("1", "ENTERED"), ("2", "ENTERED"), ("1", "LEFT")]),
                ("some", [("1", "ENTERED"), ("1", "CHANGED"), ("", "")]),
            ] {
                let filter = format!("filter: {{ events: {{ {quantifier}: {{ type: {{ eq: JOB_UPDATED }} }} }} }}");
                let query =
                    format!("subscription {{ watch(after: \"0\", {filter}) {{ kind job {{ providerJobKey }} }} }}");
                let request = GraphqlRequest { query, ..GraphqlRequest::default() };
                let mut stream = gateway.subscribe(request, context()).await.expect("it is allowed").messages;
                for (key, kind) in expected.into_iter().filter(|(key, _)| !key.is_empty()) {
                    let message =
                        timeout(PATIENCE, stream.next()).await.expect("a message in time").expect("a message");
                    let Message::Next { body, .. } = message else { panic!("{message:?}") };
                    let answer: Value = serde_json::from_slice(&body).expect("it is JSON");
                    let change = &answer["data"]["watch"];
                    let shown = (&change["job"]["providerJobKey"], &change["kind"]);
                    assert_eq!(shown, (&json!(key), &json!(kind)), "{backend} {quantifier}: {answer}");
                }
            }
            let query =
                "subscription { watch(filter: { org: { jobs: { some: { title: { eq: \"Chef\" } } } } }) { kind } }";
            let request = GraphqlRequest { query: query.to_owned(), ..GraphqlRequest::default() };
            let refused = gateway.subscribe(request, context()).await.err().expect("it cannot be followed");
            assert!(String::from_utf8_lossy(&refused.body).contains("BAD_FILTER"), "{refused:?}");
        });
    }
}

/// One that looks often for what is new.
fn gateway(store: &Store) -> Gateway {
    let settings = FeedSettings { poll_interval: Duration::from_millis(10), ..FeedSettings::default() };
    let gateway = Gateway::new(store.clone(), Limits::default(), || 0).expect("the schema is valid");
    gateway.with_feed(settings)
}

fn context() -> StreamContext {
    StreamContext {
        caller: Caller::program(),
        request_id: "test".to_owned(),
        resume_after: None,
        drain: CancellationToken::new(),
        backlog: Backlog::new(1_048_576),
    }
}

#[test]
fn a_standing_question_tells_what_enters_changes_and_leaves_and_why() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            let gateway = gateway(&store);
            ingest(&store, 1_000, &[(1, "Cook", "Berlin, Germany"), (2, "Baker", "Paris, France")]).await;

            let list = r#"{ jobs(filter: { city: { eq: "Berlin" } }) { snapshot nodes { providerJobKey } } }"#;
            let request = GraphqlRequest { query: list.to_owned(), ..GraphqlRequest::default() };
            let list: Value =
                serde_json::from_slice(&gateway.execute(&request, "test").await.answer.body).expect("JSON");
            assert_eq!(list["data"]["jobs"], json!({ "snapshot": "2", "nodes": [{ "providerJobKey": "1" }] }));

            // What happens between the list and the subscription is not lost.
            ingest(&store, 2_000, &[(1, "Chef", "Berlin, Germany"), (2, "Baker", "Berlin, Germany")]).await;
            let request = GraphqlRequest {
                query: WATCH.to_owned(),
                variables: json!({ "after": list["data"]["jobs"]["snapshot"] })
                    .as_object()
                    .cloned()
                    .unwrap_or_default(),
                ..GraphqlRequest::default()
            };
            let mut stream = gateway.subscribe(request, context()).await.expect("it is allowed").messages;
            ingest(
                &store,
                3_000,
                &[(1, "Chef", "Paris, France"), (2, "Baker", "Berlin, Germany"), (3, "Waiter", "Rome")],
            )
            .await;
            ingest(&store, 4_000, &[(1, "Chef", "Paris, France")]).await;
            ingest(&store, 5_000, &[(2, "Baker", "Berlin, Germany")]).await;

            let expected = [
                ("2", "ENTERED", Value::Null, "Baker", "Berlin"),
                ("1", "CHANGED", Value::Null, "Chef", "Berlin"),
                ("1", "LEFT", json!("NO_LONGER_MATCHES"), "Chef", "Paris"),
                ("2", "LEFT", json!("CLOSED"), "Baker", "Berlin"),
                ("2", "ENTERED", Value::Null, "Baker", "Berlin"),
            ];
            for (key, kind, reason, title, city) in expected {
                let message = timeout(PATIENCE, stream.next()).await.expect("a message in time").expect("a message");
                let Message::Next { body, position } = message else { panic!("{message:?}") };
                let answer: Value = serde_json::from_slice(&body).expect("it is JSON");
                assert_eq!(answer.get("errors"), None, "{answer}");
                let change = &answer["data"]["watch"];
                let job = &change["job"];
                let shown = (&job["providerJobKey"], &change["kind"], &change["reason"], &job["title"], &job["city"]);
                assert_eq!(shown, (&json!(key), &json!(kind), &reason, &json!(title), &json!(city)), "{backend}");
                assert_eq!(change["seq"], json!(position.expect("it has a position").to_string()));
                assert_eq!(job["source"]["boardToken"], "acme");
            }
        });
    }
}
