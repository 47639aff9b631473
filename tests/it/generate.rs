//! An invented database answers as one that was ingested: the same on both databases, with counts and a past that fit.

use jobgraph::generate::{GenerateError, Generated, Plan, generate};
use jobgraph::graphql::Gateway;
use jobgraph::http::GraphqlRequest;
use jobgraph::plan::Limits;
use jobgraph::store::Store;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::past::ingest;
use crate::support::{Backend, Database, backends};

const NOW: i64 = 1_763_640_000_000;
const JOBS: i64 = 400;
const EVERYTHING: &str = "{
    jobs(first: 20, orderBy: [{ firstSeenAt: ASC }]) {
        totalCount facets(fields: [STATUS, CITY, ORG]) { field buckets { value label count } }
        nodes { jobKey: id title status city country locationText department salary { min max currency }
            descriptionText contentHash facts { field value }
            org { name activeJobCount jobCount } source { boardToken activeJobCount }
            events { nodes { seq type observedAt changes { path } } } revisions { nodes { jobSeq job { title status descriptionText } } } }
    }
    orgs(first: 50) { nodes { name activeJobCount jobs { totalCount facets(fields: [STATUS]) { buckets { value count } } } } }
    stats(by: PROVIDER) { value jobCount activeJobCount created closed }
}";

async fn generated(store: &Store, seed: u64) -> Result<Generated, GenerateError> {
    let plan = Plan { jobs: JOBS, seed, now: NOW, tables: None };
    generate(store, plan, &CancellationToken::new(), |_| (), |_| ()).await
}

async fn filled(backend: Backend, seed: u64) -> (Database, Store) {
    let database = Database::new(backend).await;
    let store = database.store().await;
    generated(&store, seed).await.expect("it is filled");
    // Loading ends the reading of the store that loads.
    let reopened = database.store().await;
    (database, reopened)
}

async fn ask(store: &Store, query: &str) -> Value {
    let gateway = Gateway::new(store.clone(), Limits::default(), || NOW).expect("the schema is valid");
    let request = GraphqlRequest { query: query.to_owned(), ..GraphqlRequest::default() };
    let answer = gateway.execute(&request, "test").await.answer;
    let mut answer: Value = serde_json::from_slice(&answer.body).expect("it is JSON");
    assert_eq!(answer["errors"], Value::Null, "{query}");
    answer["data"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_seed_gives_the_same_answers_on_every_database() {
    let mut answers = Vec::new();
    for backend in backends() {
        for seed in [5, 5, 6] {
            let (_database, store) = filled(backend, seed).await;
            answers.push(ask(&store, EVERYTHING).await);
        }
    }
    assert_eq!(answers[0]["jobs"]["totalCount"], JOBS);
    for pair in answers.chunks(3) {
        assert_eq!(pair[0], pair[1]);
        assert_ne!(pair[0], pair[2]);
        assert_eq!(pair, &answers[..3]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_agree_with_rows_and_the_past_with_the_log() {
    for backend in backends() {
        let (_database, store) = filled(backend, 7).await;
        let orgs = ask(&store, EVERYTHING).await["orgs"]["nodes"].take();
        for org in orgs.as_array().expect("a list") {
            let buckets = org["jobs"]["facets"][0]["buckets"].as_array().expect("a list");
            let active = buckets.iter().find(|it| it["value"] == "ACTIVE").map_or(json!(0), |it| it["count"].clone());
            assert_eq!(org["activeJobCount"], active, "{backend}: {}", org["name"]);
        }
        let (mut active, mut seq) = (0, 0);
        loop {
            let page =
                ask(&store, &format!("{{ events(first: 50, orderBy: [{{ seq: ASC }}], filter: {{ seq: {{ gt: \"{seq}\" }} }}) {{ nodes {{ seq type }} }} }}")).await;
            let events = page["events"]["nodes"].as_array().expect("a list").clone();
            if events.is_empty() {
                break;
            }
            for event in events {
                seq += 1;
                assert_eq!(event["seq"], seq.to_string(), "{backend}: the log has no gap");
                active += match event["type"].as_str() {
                    Some("JOB_CREATED" | "JOB_REOPENED") => 1,
                    Some("JOB_CLOSED") => -1,
                    _ => 0,
                };
            }
            let then = format!(
                "{{ jobs(asOf: {{ seq: \"{seq}\" }}, filter: {{ status: {{ eq: ACTIVE }} }}) {{ totalCount }} }}"
            );
            assert_eq!(ask(&store, &then).await["jobs"]["totalCount"], active, "{backend}: as of {seq}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filled_database_takes_in_boards_and_is_not_filled_again() {
    for backend in backends() {
        let (_database, store) = filled(backend, 8).await;
        assert!(matches!(generated(&store, 8).await, Err(GenerateError::NotEmpty)), "{backend}");
        ingest(&store, NOW + 1_000, json!([{ "id": 1, "title": "Lighthouse keeper" }])).await;
        let found = ask(&store, "{ jobs(search: \"lighthouse\") { nodes { title } } stats { jobCount } }").await;
        assert_eq!(found["jobs"]["nodes"], json!([{ "title": "Lighthouse keeper" }]), "{backend}");
    }
}
