//! Answers that are kept are true: they go when the data change, whoever changes them.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jobgraph::graphql::{Executed, Gateway};
use jobgraph::http::{Caller, Engine, GraphqlRequest, RequestContext};
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
    // An answer holds the name of its operation, which is as long as a client likes.
    for (bytes_max, name_length, is_room_for_all) in
        [(1_000_000, 1, true), (2_000, 1, false), (1_000_000, 30_000, false)]
    {
        let gateway = gateway(&store).with_answers(bytes_max);
        let name = "n".repeat(name_length);
        let queries: Vec<String> =
            (1..=100).map(|it| TITLES.replace("{ jobs {", &format!("query {name} {{ jobs(first: {it}) {{"))).collect();
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

/// What a request sent in these bytes is answered, by how many statements, and whether it is known by them from then on.
async fn sent(gateway: &Gateway, body: &str) -> (Value, u64, bool) {
    let request = gateway.repeated(body.as_bytes()).unwrap_or_else(|| {
        let query = serde_json::from_str::<Value>(body).expect("it is JSON")["query"].take();
        Arc::new(GraphqlRequest { query: query.as_str().expect("a text").to_owned(), ..GraphqlRequest::default() })
    });
    let context = RequestContext {
        request_id: "test".to_owned(),
        caller: Caller::program(),
        known: Vec::new(),
        sent: Some(body.as_bytes().to_vec()),
        is_own: false,
    };
    let answer = gateway.answer(request, context).await;
    let body_read = serde_json::from_slice(&answer.body).expect("it is JSON");
    (body_read, answer.log.statements, gateway.repeated(body.as_bytes()).is_some())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_known_by_its_bytes_once_its_answer_is_kept_and_answered_anew_when_the_data_change() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        let gateway = gateway(&store);
        ingest(&store, 1_000, json!([{ "id": 1, "title": "Cook" }])).await;
        let body = json!({ "query": TITLES }).to_string();
        let mut asked = 0;
        loop {
            let (answer, _, is_known) = sent(&gateway, &body).await;
            asked += 1;
            assert_eq!(answer["data"]["jobs"]["totalCount"], 1, "{backend}");
            assert!(!is_known || asked > 2, "{backend}: what is asked for twice is not known");
            if is_known {
                break;
            }
            assert!(asked < 1_000, "{backend}: what is asked for again is known");
        }
        ingest(&store, 2_000, json!([{ "id": 1, "title": "Chef" }, { "id": 2, "title": "Baker" }])).await;
        let (answer, _, is_known) = sent(&gateway, &body).await;
        assert_eq!((&answer["data"]["jobs"]["totalCount"], is_known), (&json!(2), true), "{backend}");
        let other = json!({ "query": TITLES.replace("totalCount", "totalCountIsExact") }).to_string();
        assert!(!sent(&gateway, &other).await.2, "{backend}: other bytes are another request");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_costs_more_every_day_is_not_known_by_its_bytes() {
    let database = Database::new(Backend::Sqlite).await;
    let store = database.store().await;
    let gateway = gateway(&store);
    for query in ["{ stats { created } }", "{ stats(from: \"1970-01-01\") { created } }"] {
        for _ in 0..5 {
            let (answer, _, is_known) = sent(&gateway, &json!({ "query": query }).to_string()).await;
            assert!(answer.get("errors").is_none() && !is_known, "{query}: {answer}");
        }
    }
}

/// A request that is known by its bytes does not ask the planner, which takes its operation for unwanted.
#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_asked_all_the_time_outlives_those_that_come_once() {
    let database = Database::new(Backend::Sqlite).await;
    let store = database.store().await;
    ingest(&store, 1_000, json!([{ "id": 1, "title": "Cook" }])).await;
    let limits = Limits { cached_bytes_max: 40_000, ..Limits::default() };
    let gateway = Gateway::new(store, limits, || 10_000).expect("the schema is valid").with_answers(1_000_000);
    let body = json!({ "query": TITLES }).to_string();
    for _ in 0..3 {
        sent(&gateway, &body).await;
    }
    for number in 0..3_000 {
        execute(&gateway, &format!("{{ a{number}: jobs(first: 1) {{ nodes {{ title }} }} }}")).await;
        if number % 5 == 0 {
            let (_, statements, is_known) = sent(&gateway, &body).await;
            assert!(statements == 0 && is_known, "it is answered anew behind {number} others");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_that_are_known_by_their_bytes_have_a_limit() {
    let database = Database::new(Backend::Sqlite).await;
    let store = database.store().await;
    let body = |number: usize| json!({ "query": "{ __typename }", "id": number }).to_string();
    for (bytes_max, is_room_for_all) in [(2_000_000, true), (40_000, false)] {
        let gateway = gateway(&store).with_answers(bytes_max);
        for number in (0..50).cycle().take(200) {
            sent(&gateway, &body(number)).await;
        }
        let known = (0..50).filter(|it| gateway.repeated(body(*it).as_bytes()).is_some()).count();
        assert_eq!(known == 50, is_room_for_all, "{known} are known");
    }
}
