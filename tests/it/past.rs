//! Contents of the past: what a posting said stays what it said.

use jobgraph::graphql::Gateway;
use jobgraph::http::GraphqlRequest;
use jobgraph::ingest::verdict::Policy;
use jobgraph::ingest::{Arrived, Body, Intake};
use jobgraph::plan::Limits;
use jobgraph::store::Store;
use serde_json::{Value, json};

use crate::support::{Backend, Database, backends};

pub(crate) async fn ingest(store: &Store, at: i64, jobs: Value) {
    let body = Body::Read(json!({ "jobs": jobs }).to_string().into_bytes());
    let (provider, board) = ("greenhouse".to_owned(), "acme".to_owned());
    let arrived = Arrived { provider, board, started_at: at, finished_at: at, http_status: None, body };
    let intake = Intake { store, archive: None, policy: Some(Policy::immediate()), clock: || 0 };
    intake.apply(&arrived).await.expect("it is applied");
}

pub(crate) async fn ask(store: &Store, query: &str) -> Value {
    let gateway = Gateway::new(store.clone(), Limits::default(), || 0).expect("the schema is valid");
    let request = GraphqlRequest { query: query.to_owned(), ..GraphqlRequest::default() };
    let answer = gateway.execute(&request, "test").await.answer;
    serde_json::from_slice(&answer.body).expect("it is JSON")
}

/// A posting that came back changed once wrote its new native posting over the one that its closed state had.
#[test]
fn a_posting_that_comes_back_changed_leaves_what_it_said_before_alone() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            ingest(&store, 1_000, json!([{ "id": 1, "title": "Cook" }])).await;
            ingest(&store, 2_000, json!([{ "id": 2, "title": "Baker" }])).await;
            ingest(&store, 3_000, json!([{ "id": 1, "title": "Chef" }, { "id": 2, "title": "Baker" }])).await;
            let query = r#"{ jobs(filter: { providerJobKey: { eq: "1" } }) { nodes {
              revisions(orderBy: [{ seq: ASC }]) { nodes { event { type } job { title status nativeStructured } } } } } }"#;
            let answer = ask(&store, query).await;
            let revisions = answer["data"]["jobs"]["nodes"][0]["revisions"]["nodes"].as_array().expect("a list").clone();
            let said: Vec<(&Value, &Value, &Value)> = revisions
                .iter()
                .map(|it| (&it["event"]["type"], &it["job"]["title"], &it["job"]["nativeStructured"]["title"]))
                .collect();
            let expected = [
                ("JOB_CREATED", "Cook"),
                ("JOB_CLOSED", "Cook"),
                ("JOB_REOPENED", "Cook"),
                ("JOB_UPDATED", "Chef"),
            ];
            let expected: Vec<(Value, Value)> = expected.iter().map(|(kind, title)| (json!(kind), json!(title))).collect();
            let expected: Vec<(&Value, &Value, &Value)> = expected.iter().map(|(kind, title)| (kind, title, title)).collect();
            assert_eq!(said, expected, "{backend}");
        });
    }
}

#[test]
fn a_posting_that_leaves_its_board_after_its_deadline_says_so() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            let posting =
                |id: u64, deadline: Value| json!({ "id": id, "title": "Cook", "application_deadline": deadline });
            let (over, ahead) = (json!("1970-01-01T00:00:02Z"), json!("1970-01-01T00:00:09Z"));
            let stays = posting(4, over.clone());
            let all = [posting(1, over), posting(2, ahead), posting(3, Value::Null), stays.clone()];
            ingest(&store, 1_000, json!(all)).await;
            ingest(&store, 3_000, json!([stays])).await;
            let query = "{ jobs { nodes { providerJobKey closedReason } }
              events(filter: { type: { eq: JOB_CLOSED } }) { nodes { changes { path new } } } }";
            let data = ask(&store, query).await["data"].take();
            let nodes = data["jobs"]["nodes"].as_array().expect("a list");
            let mut told: Vec<String> =
                nodes.iter().map(|it| format!("{} {}", it["providerJobKey"], it["closedReason"])).collect();
            told.sort();
            let expected = [r#""1" "DEADLINE_PASSED""#, r#""2" "NOT_LISTED""#, r#""3" "NOT_LISTED""#, r#""4" null"#];
            assert_eq!(told, expected, "{backend}");
            let changes = data["events"]["nodes"].to_string();
            assert!(changes.contains("DEADLINE_PASSED") && changes.contains("NOT_LISTED"), "{backend}: {changes}");
        });
    }
}

/// Bodies of postings and of events were once asked for in one place, and the events had none.
#[tokio::test(flavor = "multi_thread")]
async fn a_posting_and_an_event_that_stand_at_one_place_have_bodies_of_their_own() {
    let database = Database::new(Backend::Sqlite).await;
    let store = database.store().await;
    ingest(&store, 1_000, json!([{ "id": 1, "title": "Cook" }])).await;
    ingest(&store, 2_000, json!([{ "id": 1, "title": "Chef" }])).await;
    let ids = ask(&store, "{ jobs { nodes { id events(first: 1) { nodes { id } } } } }").await;
    let job = &ids["data"]["jobs"]["nodes"][0];
    let (job_id, event_id) = (&job["id"], &job["events"]["nodes"][0]["id"]);
    let question = format!(
        "{{ nodes(ids: [{job_id}, {event_id}]) {{ ... on Job {{ facts {{ field }} events(first: 1) {{ snapshot }} }}
           ... on Event {{ changes {{ path }} }} }} }}"
    );
    let answer = ask(&store, &question).await;
    let changed: Vec<&Value> =
        answer["data"]["nodes"][1]["changes"].as_array().into_iter().flatten().map(|it| &it["path"]).collect();
    assert!(changed.contains(&&json!("title")), "{answer}");
}

/// A past state once showed, and was found by, the time of its beginning as if nobody had looked since.
#[tokio::test(flavor = "multi_thread")]
async fn what_changes_without_an_event_is_not_asked_of_the_past() {
    let database = Database::new(Backend::Sqlite).await;
    let store = database.store().await;
    ingest(&store, 1_000, json!([{ "id": 1, "title": "Cook" }])).await;
    ingest(&store, 2_000, json!([{ "id": 1, "title": "Cook" }])).await;
    let shown = ask(&store, r#"{ jobs(asOf: { seq: "1" }) { nodes { lastSeenAt } } }"#).await;
    assert_eq!(shown["data"]["jobs"]["nodes"][0]["lastSeenAt"], "1970-01-01T00:00:02.000Z");
    for (column, question) in [
        ("lastSeenAt", r#"jobs(asOf: { seq: "1" }, filter: { lastSeenAt: { newerThan: "P1D" } }) { totalCount }"#),
        (
            "missedCrawls",
            r#"jobs(asOf: { seq: "1" }, filter: { or: [{ not: { missedCrawls: { gt: 0 } } }] }) { totalCount }"#,
        ),
        ("isStale", r#"jobs(asOf: { seq: "1" }, filter: { isStale: true }) { totalCount }"#),
        ("lastSeenAt", r#"events(filter: { job: { lastSeenAt: { newerThan: "P1D" } } }) { totalCount }"#),
        ("isStale", "events(filter: { job: { isStale: true } }) { totalCount }"),
        (
            "activeJobCount",
            r#"jobs(asOf: { seq: "1" }, filter: { org: { activeJobCount: { gt: 1 } } }) { totalCount }"#,
        ),
        ("sourceUpdatedAt", "jobs(orderBy: [{ sourceUpdatedAt: ASC }]) { snapshot }"),
        ("jobCount", r#"orgs(asOf: { seq: "1" }, orderBy: [{ jobCount: DESC }]) { nodes { name } }"#),
        ("activeJobCount", r#"orgs(asOf: { seq: "1" }) { facets(fields: [ACTIVE_JOB_BAND]) { valueCount } }"#),
    ] {
        let answer = ask(&store, &format!("{{ {question} }}")).await;
        let error = &answer["errors"][0];
        assert_eq!(error["extensions"]["code"], "BAD_FILTER", "{question}");
        let names_it = error["message"]
            .as_str()
            .is_some_and(|it| it.starts_with(&format!("\"{column}\" changes without an event")));
        assert!(names_it, "{question}: {error}");
    }
}
