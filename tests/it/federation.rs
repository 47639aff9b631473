//! The graph as a subgraph: what a gateway asks for by keys it gets in one statement a type, and only where it is told to.

use jobgraph::graphql::{Executed, Gateway, subgraph_sdl};
use jobgraph::http::GraphqlRequest;
use jobgraph::ingest::{Arrived, Intake, employer};
use jobgraph::plan::Limits;
use jobgraph::store::Store;
use serde_json::{Value, json};

use crate::support::{Database, backends};

/// 2026-11-20T12:00:00Z.
const NOW: i64 = 1_795_176_000_000;

const ENTITIES: &str = "query ($of: [_Any!]!) { _entities(representations: $of) {
  __typename
  ... on Job { id title org { id name } }
  ... on Org { id name source: sources(first: 1) { nodes { id } } }
  ... on Source { id boardToken org { id } }
  ... on Event { id type job { id } }
} }";

async fn demo(database: &Database) -> Store {
    let store = database.store().await;
    let intake = Intake { store: &store, archive: None, policy: None, clock: || NOW };
    for answer in jobgraph::demo::answers().expect("the demo's boards can be read") {
        intake.apply(&Arrived::from(answer)).await.expect("the demo's boards are applied");
    }
    store
}

fn gateway(store: &Store) -> Gateway {
    Gateway::new(store.clone(), Limits::default(), || NOW).expect("the schema is valid")
}

async fn ask(gateway: &Gateway, query: &str, of: Value) -> (Value, Executed) {
    let variables = json!({ "of": of }).as_object().cloned().unwrap_or_default();
    let request = GraphqlRequest { query: query.to_owned(), variables, ..GraphqlRequest::default() };
    let executed = gateway.execute(&request, "test").await;
    (serde_json::from_slice(&executed.answer.body).expect("it is JSON"), executed)
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Runtime::new().expect("a runtime starts")
}

#[test]
fn entities_are_found_by_their_ids_with_one_statement_a_type() {
    for backend in backends() {
        runtime().block_on(async {
            let database = Database::new(backend).await;
            let gateway = gateway(&demo(&database).await).with_federation().expect("the schema is valid");
            let (answer, _) = ask(
                &gateway,
                "{ jobs(first: 3) { nodes { id org { id } source { id } events(first: 1) { nodes { id } } } } }",
                Value::Null,
            )
            .await;
            let nodes = answer["data"]["jobs"]["nodes"].as_array().expect("there are postings").clone();
            let named =
                |type_name: &str, id: &Value| json!({ "__typename": type_name, "id": id, "more": [1, { "a": null }] });
            let mut of = Vec::new();
            for node in &nodes {
                of.push(named("Job", &node["id"]));
                of.push(named("Org", &node["org"]["id"]));
                of.push(named("Source", &node["source"]["id"]));
                of.push(named("Event", &node["events"]["nodes"][0]["id"]));
            }
            of.push(named("Job", &json!("job_0000000000000000000000000000000000000000")));
            of.push(named("Job", &nodes[0]["org"]["id"]));
            of.push(named("Source", &nodes[0]["org"]["id"]));
            let (answer, executed) = ask(&gateway, ENTITIES, json!(of)).await;
            assert_eq!(answer["errors"], Value::Null, "{backend}: {answer}");
            let found = answer["data"]["_entities"].as_array().expect("a list");
            assert_eq!(found.len(), 15, "{backend}: as many as were named");
            for (found, of) in found.iter().zip(&of).take(12) {
                assert_eq!((&found["__typename"], &found["id"]), (&of["__typename"], &of["id"]), "{backend}");
            }
            assert_eq!(
                found[12..],
                [Value::Null, Value::Null, Value::Null],
                "{backend}: of that type nothing has that id"
            );
            // What each type leads to is read along, or in one statement more; none is asked a second time.
            let statements = executed.statements;
            assert!(statements.len() <= 6, "{backend}: {} statements\n{}", statements.len(), statements.join("\n"));
        });
    }
}

#[test]
fn an_employer_that_was_joined_is_found_by_the_id_it_had() {
    for backend in backends() {
        runtime().block_on(async {
            let database = Database::new(backend).await;
            let store = demo(&database).await;
            let gateway = gateway(&store).with_federation().expect("the schema is valid");
            let (answer, _) = ask(&gateway, "{ orgs(first: 2) { nodes { id orgId name } } }", Value::Null).await;
            let orgs = &answer["data"]["orgs"]["nodes"];
            let key = |index: usize| orgs[index]["orgId"].as_str().expect("an id").to_owned();
            employer::join(&store, &key(0), &key(1), false).await.expect("they are joined");
            let of = json!([{ "__typename": "Org", "id": orgs[0]["id"] }, { "__typename": "Org", "id": key(0) }]);
            let (answer, _) = ask(&gateway, ENTITIES, of).await;
            for found in answer["data"]["_entities"].as_array().expect("a list") {
                assert_eq!((&found["id"], &found["name"]), (&orgs[1]["id"], &orgs[1]["name"]), "{backend}: {answer}");
            }
        });
    }
}

#[test]
fn what_names_no_entity_or_too_many_is_refused() {
    runtime().block_on(async {
        let backend = backends()[0];
        let database = Database::new(backend).await;
        let gateway = gateway(&database.store().await).with_federation().expect("the schema is valid");
        for of in [
            json!([{ "__typename": "Job" }]),
            json!([{ "id": "job_1" }]),
            json!([{ "__typename": "Crawl", "id": "1" }]),
            json!([{ "__typename": "Job", "id": { "deep": [[]] } }]),
            json!(["job_1"]),
            json!([7]),
        ] {
            let (answer, executed) = ask(&gateway, ENTITIES, of.clone()).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{of}: {answer}");
            assert_eq!((&answer["data"], executed.statements.len()), (&Value::Null, 0), "{of}");
        }
        let many = |count: usize| json!(vec![json!({ "__typename": "Job", "id": "job_1" }); count]);
        let just = "query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }";
        let (answer, _) = ask(&gateway, just, many(100)).await;
        assert_eq!((&answer["errors"], &answer["data"]["_entities"][99]), (&Value::Null, &Value::Null));
        let (answer, _) = ask(&gateway, just, many(101)).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{answer}");
        assert_eq!(answer["errors"][0]["message"], "\"representations\" of \"_entities\" may be 0 to 100, not 101");
        let (answer, _) = ask(&gateway, ENTITIES, json!([])).await;
        assert_eq!(answer, json!({ "data": { "_entities": [] } }));
    });
}

#[test]
fn a_server_is_a_subgraph_only_if_it_is_told_to_be_one() {
    runtime().block_on(async {
        let database = Database::new(backends()[0]).await;
        let gateway = gateway(&database.store().await);
        let asked = "{ _service { sdl } __schema { types { name } } }";
        for query in [asked, ENTITIES] {
            let (answer, _) = ask(&gateway, query, json!([])).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED", "{answer}");
        }
        let gateway = gateway.with_federation().expect("the schema is valid");
        let (answer, _) = ask(&gateway, asked, Value::Null).await;
        assert_eq!(answer["data"]["_service"]["sdl"], subgraph_sdl());
        let types = answer["data"]["__schema"]["types"].to_string();
        assert!(["_Any", "_Entity", "_Service"].iter().all(|name| types.contains(&format!("\"{name}\""))), "{types}");
    });
}

#[test]
fn whatever_has_a_global_id_is_an_entity() {
    let sdl = subgraph_sdl();
    assert!(sdl.starts_with("extend schema @link("), "{sdl}");
    for name in ["Job", "Org", "Source", "Event"] {
        assert!(sdl.contains(&format!("\ntype {name} implements Node @key(fields: \"id\") {{\n")), "{name}");
    }
    assert_eq!(sdl.matches("@key(").count(), 4);
    assert!(!sdl.contains("_entities") && !sdl.contains("_Any"), "every gateway knows these");
}
