//! Boards that take several requests, on either database: what a detail told stays while it does not answer, and a record
//! of a crawl can be replayed.

use jobgraph::graphql::Gateway;
use jobgraph::http::GraphqlRequest;
use jobgraph::ingest::answers::{Answer, Answers, Request};
use jobgraph::ingest::archive::Archive;
use jobgraph::ingest::verdict::Policy;
use jobgraph::ingest::{Arrived, Body, Intake, Summary, provider};
use jobgraph::plan::Limits;
use jobgraph::store::Store;
use jobgraph::vocabulary::CrawlOutcome;
use serde_json::{Value, json};

use crate::past::ask;
use crate::program::run;
use crate::support::{Database, backends};

/// 2026-06-06T20:31:24.275Z.
const FETCHED_AT: i64 = 1_780_777_884_275;
const DAY: i64 = 86_400_000;

/// A crawl of a board with two postings. `description` is what the details of the first say; those of the other one
/// never answer.
pub(crate) fn crawl(description: Option<&str>) -> Vec<u8> {
    let pilot = json!({ "id": "1", "jobOpeningName": "Pilot", "departmentLabel": "Air" });
    crawl_of(&[pilot, json!({ "id": "2", "jobOpeningName": "Clerk" })], description)
}

fn crawl_of(rows: &[Value], description: Option<&str>) -> Vec<u8> {
    let list = json!({ "result": rows });
    let bamboohr = provider::find("bamboohr").expect("it is known");
    let mut answers = Answers::default();
    let first = bamboohr.first("acme").expect("it is a name");
    answers.push(Answer { request: first, status: 200, body: list.to_string().into_bytes() });
    for request in (bamboohr.next)("acme", &answers) {
        let told = description.filter(|_| request.detail.as_deref() == Some("1"));
        let detail = told.map(|it| json!({ "result": { "jobOpening": { "description": format!("<p>{it}</p>") } } }));
        let status = if detail.is_some() { 200 } else { 503 };
        answers.push(Answer {
            request,
            status,
            body: detail.map(|it| it.to_string().into_bytes()).unwrap_or_default(),
        });
    }
    answers.to_bytes()
}

async fn apply(intake: &Intake<'_>, day: i64, body: Vec<u8>) -> Summary {
    let at = FETCHED_AT + day * DAY;
    let arrived = Arrived {
        provider: "bamboohr".to_owned(),
        board: "acme".to_owned(),
        started_at: at,
        finished_at: at,
        http_status: Some(200),
        body: Body::Read(body),
    };
    intake.apply(&arrived).await.expect("it is applied")
}

async fn descriptions(store: &Store) -> Value {
    let gateway = Gateway::new(store.clone(), Limits::default(), || FETCHED_AT).expect("the schema is valid");
    let query = "{ jobs(orderBy: [{title: DESC}]) { nodes { descriptionText } } }".to_owned();
    let request = GraphqlRequest { query, ..GraphqlRequest::default() };
    let answer: Value =
        serde_json::from_slice(&gateway.execute(&request, "test").await.answer.body).expect("it is JSON");
    assert_eq!(answer["errors"], Value::Null, "{answer}");
    answer["data"]["jobs"]["nodes"].clone()
}

#[test]
fn a_detail_that_does_not_answer_changes_nothing_of_a_posting_that_is_known() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            let folder = tempfile::tempdir().expect("a folder can be made");
            let archive = Archive::open(&folder.path().to_string_lossy()).expect("it opens");
            let intake = Intake { store: &store, archive: Some(&archive), policy: None, clock: || FETCHED_AT };
            let first = apply(&intake, 0, crawl(Some("Fly."))).await;
            assert_eq!((first.outcome, first.created), (Some(CrawlOutcome::Complete), 2));
            assert_eq!(first.warnings, ["2 details: were not answered (503)"]);
            let failed = apply(&intake, 1, crawl(None)).await;
            assert_eq!((failed.outcome, failed.unchanged, failed.updated), (Some(CrawlOutcome::Complete), 2, 0));
            assert_eq!(descriptions(&store).await, json!([{ "descriptionText": "Fly." }, { "descriptionText": null }]));
            let changed = apply(&intake, 2, crawl(Some("Fly higher."))).await;
            assert_eq!((changed.updated, changed.unchanged), (1, 1), "{backend}");
            assert_eq!(descriptions(&store).await[0]["descriptionText"], "Fly higher.");
        });
    }
}

/// The values that tell whether it changed were once those of its list alone.
#[test]
fn a_posting_that_comes_back_without_its_details_says_what_it_said() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            let policy = Some(Policy::immediate());
            let intake = Intake { store: &store, archive: None, policy, clock: || FETCHED_AT };
            apply(&intake, 0, crawl(Some("Fly."))).await;
            let closed = apply(&intake, 1, crawl_of(&[json!({ "id": "2", "jobOpeningName": "Clerk" })], None)).await;
            let back = apply(&intake, 2, crawl(None)).await;
            assert_eq!((closed.closed, back.reopened, back.updated), (1, 1, 0), "{backend}");
            let question = r#"{ events(filter: { type: { eq: JOB_REOPENED } }) { nodes {
                contentHashBefore contentHashAfter job { descriptionText } } } }"#;
            let answer = ask(&store, question).await;
            let event = &answer["data"]["events"]["nodes"][0];
            assert_eq!(event["contentHashBefore"], event["contentHashAfter"], "{backend}: {answer}");
            assert_eq!(event["job"]["descriptionText"], "Fly.", "{backend}");
            let same = apply(&intake, 3, crawl(Some("Fly."))).await;
            assert_eq!((same.updated, same.touched, same.unchanged), (0, 0, 2), "{backend}");
        });
    }
}

#[test]
fn a_crawl_that_was_archived_is_replayed_from_its_record() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("20260606T203124Z.json");
    std::fs::write(&file, crawl(Some("Fly."))).expect("it can be written");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let url = format!("sqlite://{}", path("jobs.db"));
    let from = file.to_string_lossy().into_owned();
    let arguments = ["--database-url", &url, "ingest", "bamboohr", "acme", "--from", &from, "--archive", &path("raw")];
    let output = run(&arguments);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{output:?}");
    assert!(told.contains("COMPLETE: 2 seen, 2 created"), "{told}");
}

#[test]
fn the_program_lists_its_providers_and_refuses_names_that_are_none_of_theirs() {
    let listed = String::from_utf8(run(&["providers"]).stdout).expect("it is text");
    assert_eq!(listed.lines().count(), provider::ALL.len());
    assert!(listed.lines().any(|it| it.starts_with("workday ") && it.contains("descriptions one by one")), "{listed}");
    let refused = run(&["ingest", "workday", "acme"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("no name of a board"), "{refused:?}");
}

/// What the fetcher asks is what the record holds.
#[test]
fn a_request_says_all_of_itself_in_the_record() {
    let record: Value = serde_json::from_slice(&crawl(None)).expect("it is JSON");
    let asked: Request = serde_json::from_value(record["requests"][1].clone()).expect("it is a request");
    assert_eq!(asked, Request::detail("1", "https://acme.bamboohr.com/careers/1/detail"));
}
