//! Answers with what providers send by mistake, on either database: one odd value costs itself, and the rest is served.

use jobgraph::graphql::Gateway;
use jobgraph::http::GraphqlRequest;
use jobgraph::ingest::{Arrived, Body, Intake, Summary, identity};
use jobgraph::plan::Limits;
use jobgraph::store::Store;
use jobgraph::vocabulary::CrawlOutcome;
use serde_json::{Value, json};

use crate::program::run;
use crate::support::{Database, backends};

/// 2026-06-06T20:31:24.275Z.
const FETCHED_AT: i64 = 1_780_777_884_275;
const DAY: i64 = 86_400_000;

async fn apply(store: &Store, at: i64, body: &[u8]) -> Summary {
    let intake = Intake { store, archive: None, policy: None, clock: || FETCHED_AT };
    let arrived = Arrived {
        provider: "greenhouse".to_owned(),
        board: "odd".to_owned(),
        started_at: at,
        finished_at: at,
        http_status: Some(200),
        body: Body::Read(body.to_vec()),
    };
    intake.apply(&arrived).await.expect("it is applied")
}

async fn ask(store: Store, query: &str) -> Value {
    let gateway = Gateway::new(store, Limits::default(), || FETCHED_AT).expect("the schema is valid");
    let request = GraphqlRequest { query: query.to_owned(), ..GraphqlRequest::default() };
    serde_json::from_slice(&gateway.execute(&request, "test").await.answer.body).expect("it is JSON")
}

const QUERY: &str = "{ jobs { nodes {
  providerJobKey title locationText department employmentTypeRaw sourceUrl applyUrl requisitionId language
  descriptionHtml descriptionText descriptionMarkdown nativeStructured org { name }
} } }";

/// Everything that is stored of the board's postings and their events, in no form.
async fn kept(store: &Store) -> String {
    let log = store.reader().log_of(&identity::source_id("greenhouse", "odd")).await.expect("the log is read");
    let ids: Vec<String> = log.iter().map(|it| it.job_id.clone()).collect();
    let rows = store.begin().await.expect("a transaction begins").job_rows(&ids).await.expect("rows are read");
    assert!(!rows.is_empty());
    format!("{log:?} {rows:?}")
}

/// What came of answers in a fresh database: of each, what happened; then the postings as they are served and stored.
struct Done {
    summaries: Vec<Summary>,
    jobs: Value,
    kept: String,
}

/// Applies answers, a day apart, to a fresh database of either kind.
fn applied(bodies: &[&[u8]], check: impl Fn(&Done)) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            let mut summaries = Vec::new();
            for (body, day) in bodies.iter().zip(0..) {
                summaries.push(apply(&store, FETCHED_AT + day * DAY, body).await);
            }
            let kept = kept(&store).await;
            let answer = ask(store, QUERY).await;
            assert_eq!(answer["errors"], Value::Null, "{backend}: {answer}");
            check(&Done { summaries, jobs: answer["data"]["jobs"]["nodes"].clone(), kept });
        });
    }
}

#[test]
fn nul_loses_no_crawl_and_is_served_nowhere() {
    let nul = b"a\\u0000b\0c&#0;d&amp;#0;".as_slice();
    let body = [
        br#"{"jobs":[{"id":"1\u0000","title":""#,
        nul,
        br#"","location":{"name":"Ber\u0000lin"},"content":"&lt;p&gt;"#,
        nul,
        br#"&lt;/p&gt;","company_name":"Od\u0000d","language":"e\u0000n","requisition_id":"R\u00001","#,
        br#""absolute_url":"https://odd.example/\u00001?a=%20","departments":[{"id":1,"name":"D\u0000"}],"#,
        br#""metadata":[{"id":"5\u0000","name":"Employment \u0000Type","value":"Regular\u0000"}],"#,
        b"\"x\\u0000\":[{\"y\\u0000\":\"z\0\"}],\"updated_at\":\"\\u0000?\"}],\"meta\":{\"total\":1}}",
    ]
    .concat();
    applied(&[&body], |Done { summaries, jobs, kept }| {
        assert_eq!((summaries[0].outcome, summaries[0].created), (Some(CrawlOutcome::Complete), 1));
        let job = &jobs[0];
        assert_eq!(job["providerJobKey"], "1");
        assert_eq!(job["locationText"], "Berlin");
        assert_eq!(job["sourceUrl"], "https://odd.example/1?a=%20");
        assert_eq!(job["employmentTypeRaw"], "Regular");
        assert_eq!(job["nativeStructured"]["x"], json!([{ "y": "z" }]));
        assert_eq!(job["org"]["name"], "Odd");
        assert!(!kept.contains("\\0") && !kept.contains("u0000"), "{kept}");
    });
}

#[test]
fn an_odd_value_costs_itself_and_is_told() {
    let sound = br#"{"jobs":[{"id":1,"title":"Gardener","requisition_id":"R1"},{"id":2,"title":"Baker"}]}"#;
    let odd = [
        br#"{"jobs":[{"id":1,"title":"Gardener","requisition_id":"\ud800","x":1e400,"y":"#.as_slice(),
        b"\"\xff\",\"z\":NaN},{\"id\":2,\"title\":\"Baker\",\"departments\":[{\"id\":1,\"parent_id\":1}]}]}",
    ]
    .concat();
    applied(&[sound, &odd], |Done { summaries, jobs, .. }| {
        let summary = &summaries[1];
        assert_eq!((summary.outcome, summary.seen, summary.updated), (Some(CrawlOutcome::Complete), 2, 1));
        let told: Vec<&str> = summary.warnings.iter().filter_map(|it| it.split(':').next()).collect();
        assert_eq!(told, ["1 requisition_id", "1 x", "1 y", "1 z"]);
        let mut titles: Vec<&str> =
            jobs.as_array().into_iter().flatten().filter_map(|it| it["title"].as_str()).collect();
        titles.sort_unstable();
        assert_eq!(titles, ["Baker", "Gardener"]);
    });
}

/// SQLite knows no month beyond the year 9999, and the facet was an error there.
#[test]
fn a_time_beyond_the_calendar_costs_itself() {
    let body = json!({ "jobs": [{ "id": 1, "title": "T", "first_published": "9999-12-31T23:59:59-04:00" }] });
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            let summary = apply(&store, FETCHED_AT, body.to_string().as_bytes()).await;
            assert_eq!(summary.warnings, ["1 first_published: is no time"], "{backend}");
            let answer = ask(store, "{ jobs { facets(fields: [POSTED_MONTH]) { buckets { value count } } } }").await;
            assert_eq!(answer["errors"], Value::Null, "{backend}: {answer}");
        });
    }
}

#[test]
fn persons_are_stored_nowhere() {
    let body = json!({ "jobs": [{
        "id": 1, "title": "T", "recruiter": "Jane Doe", "metadata": [
            { "id": 1, "name": "Hiring Manager", "value": "Jane Doe" },
            { "id": 2, "name": "Owner", "value": { "name": "Jane Doe", "email": "jane@odd.example" } },
            { "id": 3, "name": "Owner", "value": { "name": "Jane Doe" }, "value_type": "user" },
            { "id": 4, "name": "Write to", "value": "jane@odd.example" },
            { "id": 5, "name": "Track", "value": "IC" },
        ],
    }] });
    applied(&[body.to_string().as_bytes()], |Done { jobs, kept, .. }| {
        assert!(!kept.to_lowercase().contains("jane"), "{kept}");
        assert_eq!(jobs[0]["nativeStructured"]["metadata"], json!([{ "id": 5, "name": "Track", "value": "IC" }]));
    });
}

/// An index of PostgreSQL takes 2,704 bytes, and letters that do not repeat cannot be packed.
#[test]
fn long_texts_lose_no_crawl() {
    let long: String = (0..4_000_u32).filter_map(|at| char::from_u32(0x4e00 + at * 7_919 % 20_000)).collect();
    let body = json!({ "jobs": [{
        "id": 1, "title": long, "company_name": long, "requisition_id": long, "location": { "name": long },
        "absolute_url": format!("https://odd.example/{long}"), "departments": [{ "id": 1, "name": long }],
        "language": long, "metadata": [{ "id": 1, "name": "Employment Type", "value": long }],
    }] });
    applied(&[body.to_string().as_bytes()], |Done { summaries, jobs, .. }| {
        assert_eq!((summaries[0].outcome, summaries[0].created), (Some(CrawlOutcome::Complete), 1));
        assert!(jobs[0]["title"].as_str().is_some_and(|it| long.starts_with(it) && it.len() > 1_000));
        assert_eq!(jobs[0]["sourceUrl"], Value::Null);
    });
}

#[test]
fn only_pages_are_served_as_addresses() {
    let job = |address: &str| json!({ "jobs": [{ "id": 1, "title": "T", "absolute_url": address }] }).to_string();
    applied(&[job("javascript:alert(1)").as_bytes()], |Done { summaries, jobs, .. }| {
        assert_eq!((&jobs[0]["sourceUrl"], &jobs[0]["applyUrl"]), (&Value::Null, &Value::Null));
        assert_eq!(summaries[0].warnings, ["1 absolute_url: is no http address"]);
    });
}

#[test]
fn a_crawl_tells_how_many_problems_it_does_not_list() {
    let body = json!({ "jobs": vec![Value::Null; 10_000] }).to_string();
    applied(&[br#"{"jobs":[{"id":1,"title":"T"}]}"#, body.as_bytes()], |Done { summaries, .. }| {
        assert_eq!(summaries[1].outcome, Some(CrawlOutcome::Partial));
        let last = summaries[1].warnings.last().expect("there are warnings");
        assert!(last.ends_with("more problems are not listed"), "{last}");
    });
}

#[test]
fn a_board_that_no_address_can_hold_is_wrong_usage() {
    for board in ["", ".", "..", "a/b", "../../x", "a b", "a?b", "é", "a%2f"] {
        let output = run(&["ingest", "greenhouse", board]);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{board:?}: {text}");
        assert!(text.contains("is no name of a board") && text.contains("hint: "), "{board:?}: {text}");
    }
}

#[test]
fn a_line_of_a_bundle_with_such_a_board_is_passed_over() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let line = |board: &str| {
        let body = json!({ "jobs": [{ "id": 1, "title": "T" }] });
        json!({ "provider": "greenhouse", "board": board, "fetched_at": "2026-01-06", "body": body })
    };
    std::fs::write(path("bundle"), format!("{}\n{}\n", line("a/../\0b"), line("good"))).expect("it can be written");
    let url = format!("sqlite://{}", path("jobgraph.db"));
    let output = run(&["--database-url", &url, "ingest", "--bundle", &path("bundle"), "--archive", &path("raw")]);
    let (told, done) = (String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout));
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("is no name of a board"), "{told}");
    assert!(done.contains("greenhouse good") && done.contains("1 created"), "{done}");
}

#[test]
fn a_body_of_nothing_but_long_words_costs_its_last_words_in_the_search_alone() {
    // The sign is 3 bytes long, and 30 once it is taken apart.
    let word = |index: usize| format!("{}{index:0>8}", "\u{FDFA}".repeat(48));
    let content: String = (0..3_000).map(|index| word(index) + " ").collect();
    let body = json!({ "jobs": [{ "id": 1, "title": "Baker", "content": content }] }).to_string();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            assert_eq!(apply(&store, FETCHED_AT, body.as_bytes()).await.created, 1, "{backend}");
            let found = ask(
                store,
                &format!(
                    "{{ a: jobs(search: \"baker {}\") {{ totalCount }} b: jobs(search: \"{}\") {{ totalCount }} }}",
                    word(7),
                    word(2_999)
                ),
            )
            .await;
            assert_eq!(found["data"], json!({ "a": { "totalCount": 1 }, "b": { "totalCount": 0 } }), "{backend}");
        });
    }
}
