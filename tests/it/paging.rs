//! Lists from end to end, in every order, while rows come in.

use jobgraph::graphql::Gateway;
use jobgraph::http::GraphqlRequest;
use jobgraph::ingest::{Arrived, Body, Intake};
use jobgraph::plan::Limits;
use jobgraph::store::Store;
use serde_json::{Value, json};

use crate::past;
use crate::support::{Backend, Database, backends};

async fn ingest(store: &Store, board: &str, at: i64, keys: std::ops::Range<u64>) {
    // Titles and times have many ties.
    let job = |key: u64| json!({ "id": key, "title": format!("Job {}", key % 3), "first_published": format!("2026-01-0{}T00:00:00Z", key % 2 + 1) });
    let jobs: Vec<Value> = keys.map(job).collect();
    let body = Body::Read(json!({ "jobs": jobs }).to_string().into_bytes());
    let (provider, board) = ("greenhouse".to_owned(), board.to_owned());
    let arrived = Arrived { provider, board, started_at: at, finished_at: at, http_status: None, body };
    let intake = Intake { store, archive: None, policy: None, clock: || 0 };
    intake.apply(&arrived).await.expect("it is applied");
}

async fn ask(gateway: &Gateway, query: String) -> (Value, usize) {
    let executed = gateway.execute(&GraphqlRequest { query, ..GraphqlRequest::default() }, "test").await;
    let answer: Value = serde_json::from_slice(&executed.answer.body).expect("it is JSON");
    assert_eq!(answer.get("errors"), None, "{answer}");
    (answer["data"].clone(), executed.statements.len())
}

#[test]
fn walking_a_list_meets_each_row_once_whatever_the_order_size_and_direction() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            ingest(&store, "acme", 1_000, 0..23).await;
            let gateway = Gateway::new(store, Limits::default(), || 0).expect("the schema is valid");
            for order in ["[{postedAt: DESC}]", "[{title: ASC}]", "[{title: ASC}, {postedAt: DESC}]", "[{salary: DESC}]", "[]", "[{relevance: ASC}, {title: DESC}]"] {
                for (size, cursor, end, more) in [("first", "after", "endCursor", "hasNextPage"), ("last", "before", "startCursor", "hasPreviousPage")] {
                    let mut met = Vec::new();
                    let mut at = String::new();
                    loop {
                        let (data, _) = ask(&gateway, format!("{{ jobs({size}: 4, search: \"job\", orderBy: {order} {at}) {{ nodes {{ jobId }} pageInfo {{ {end} {more} }} }} }}")).await;
                        let page = data["jobs"]["nodes"].as_array().expect("it is a list").iter().map(|it| it["jobId"].to_string());
                        met.extend(page);
                        if data["jobs"]["pageInfo"][more] == false {
                            break;
                        }
                        at = format!(", {cursor}: {}", data["jobs"]["pageInfo"][end]);
                    }
                    let count = met.len();
                    met.sort();
                    met.dedup();
                    assert_eq!((met.len(), count), (23, 23), "{backend} {order} {size}");
                }
            }
        });
    }
}

#[test]
fn rows_that_come_in_move_no_row_that_was_not_met_yet() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            ingest(&store, "acme", 1_000, 0..10).await;
            let gateway = Gateway::new(store.clone(), Limits::default(), || 0).expect("the schema is valid");
            let page = |at: String| format!("{{ events(first: 5, orderBy: [{{seq: ASC}}] {at}) {{ nodes {{ seq }} pageInfo {{ endCursor }} }} }}");
            let (first, _) = ask(&gateway, page(String::new())).await;
            ingest(&store, "acme", 2_000, 0..30).await;
            let (second, _) = ask(&gateway, page(format!(", after: {}", first["events"]["pageInfo"]["endCursor"]))).await;
            let seqs: Vec<&Value> = second["events"]["nodes"].as_array().expect("it is a list").iter().map(|it| &it["seq"]).collect();
            assert_eq!(seqs, ["6", "7", "8", "9", "10"], "{backend}");
        });
    }
}

/// Cities and departments share a table and an order, and a rank means nothing to another search.
#[test]
fn a_cursor_is_good_for_its_very_list_alone() {
    let lists = [
        "cities(AT) PAGE",
        "departments(AT) PAGE",
        "providers(AT) PAGE",
        "cities { nodes { jobs(AT) PAGE } }",
        "departments { nodes { jobs(AT) PAGE } }",
        r#"jobs(AT, search: "berlin") PAGE"#,
        r#"jobs(AT, search: "berlin or job") PAGE"#,
        r#"jobs(AT, search: "berlin", orderBy: [{ title: ASC }]) PAGE"#,
        "jobs(AT, orderBy: [{ title: ASC }]) PAGE",
    ];
    let query = |list: &str, after: &str| {
        let list = list.replace("AT", &format!("first: 1, after: {after}"));
        format!("{{ {} }}", list.replace("PAGE", "{ nodes { __typename } pageInfo { endCursor } }"))
    };
    let cursor = |answer: &Value| {
        let text = answer.to_string();
        let after = text.split("\"endCursor\":").nth(1).unwrap_or_else(|| panic!("{text}"));
        let cursor = after.split('}').next().expect("the page ends");
        assert_ne!(cursor, "null");
        cursor.to_owned()
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            let job = json!({ "id": 1, "title": "Berlin job", "location": { "name": "Berlin" }, "departments": [{ "name": "Berlin" }] });
            past::ingest(&store, 1_000, json!([job])).await;
            for own in lists {
                let after = cursor(&past::ask(&store, &query(own, "null")).await);
                for list in lists {
                    let answer = past::ask(&store, &query(list, &after)).await;
                    let code = answer["errors"][0]["extensions"]["code"].as_str();
                    let expected = (list != own).then_some("BAD_CURSOR");
                    assert_eq!(code, expected, "{backend}: a cursor of {own} in {list}: {answer}");
                }
            }
            let after = cursor(&past::ask(&store, &query(lists[5], "null")).await);
            let again = past::ask(&store, &query(&lists[5].replace("berlin", " BERLIN"), &after)).await;
            assert_eq!(again["errors"], Value::Null, "{backend}: the same search, written otherwise");
        });
    }
}

#[test]
fn twenty_orgs_with_jobs_events_and_org_again_are_a_statement_a_list_or_one_where_each_is_a_round_trip() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            for board in 0..20 {
                ingest(&store, &format!("board-{board}"), 1_000, 0..6).await;
                ingest(&store, &format!("board-{board}"), 2_000, 1..7).await;
            }
            let gateway = Gateway::new(store, Limits::default(), || 0).expect("the schema is valid");
            let query = "{ orgs(first: 20) { nodes { name jobs(first: 5) { nodes { title events(first: 2) { nodes { type org { name } } } } } } } }";
            let (data, statements) = ask(&gateway, query.to_owned()).await;
            let orgs = data["orgs"]["nodes"].as_array().expect("it is a list");
            assert_eq!(orgs.len(), 20);
            assert!(orgs.iter().all(|org| org["jobs"]["nodes"].as_array().is_some_and(|jobs| jobs.len() == 5)));
            assert_eq!(orgs[3]["jobs"]["nodes"][0]["events"]["nodes"][0]["org"]["name"], orgs[3]["name"]);
            assert_eq!(statements, if backend == Backend::Sqlite { 3 } else { 1 }, "{backend}");
        });
    }
}
