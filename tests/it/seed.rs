//! The record that the project must be able to serve, field by field: a posting with the native fields of the original's
//! page and a body of ours (`seed/posting.json`) gives what that page shows, save where we differ on purpose. That the page
//! of `web/` shows it in the same order is checked by `tests/browser/web.mjs`.

use jobgraph::graphql::Gateway;
use jobgraph::http::GraphqlRequest;
use jobgraph::ingest::{Arrived, Body, Intake};
use jobgraph::plan::Limits;
use jobgraph::store::Store;
use serde_json::{Value, json};

use crate::support::{Database, backends};

/// 2026-06-06T20:31:24.275Z, when the original fetched it.
pub(crate) const FETCHED_AT: i64 = 1_780_777_884_275;

pub(crate) fn payload() -> Value {
    serde_json::from_str(include_str!("seed/posting.json")).expect("it is JSON")
}

const QUERY: &str = r#"{
  job(by: { key: { provider: "greenhouse", board: "pinterest", providerJobKey: "7908460" } }) {
    jobId sourceId boardId provider providerLabel providerJobKey title normalizedTitle seniority function status active locationText department
    team employmentTypeRaw workplaceType remotePolicy country region city salaryRaw salaryMin salaryMax salaryCurrency
    salaryPeriod sourceUrl applyUrl firstSeenAt lastSeenAt lastCheckedAt lastChangedAt inactiveAt sourcePostedAt
    sourceUpdatedAt extensions nativeStructured parsedStructured eventFields
    requisitionId countryCode employmentType contractTerm language
    locations { city regionCode countryCode isRemote } remoteScope { kind countryCodes }
    org { name } source { sourceId boardToken }
    postedOn orgId rawPayloadUri descriptionText launchScope { included reason language countries }
    related {
      orgJobs(filter: { status: { eq: ACTIVE } }) { totalCount nodes { title } }
      orgFacets(fields: [TITLE, CITY, PROVIDER, WORKPLACE_TYPE]) { field buckets { label count } }
      providerJobs(filter: { status: { eq: ACTIVE } }) { totalCount }
      cityJobs(filter: { status: { eq: ACTIVE } }) { totalCount }
      departmentJobs(filter: { status: { eq: ACTIVE } }) { totalCount }
      workplaceJobs(filter: { status: { eq: ACTIVE } }) { totalCount }
    }
    events { totalCount nodes { type observedAt } }
  }
}"#;

/// What the page shows, by the field's name in the graph; what a payload cannot determine (random ids, earlier crawls) is
/// left out.
fn shown() -> Vec<(&'static str, Value)> {
    vec![
        ("jobId", json!("7d5621bb4908f7b134f32897ba38de05b147ae17")),
        ("provider", json!("greenhouse")),
        ("providerLabel", json!("Greenhouse")),
        ("providerJobKey", json!("7908460")),
        ("title", json!("Director, Machine Learning Engineering – Content & User Understanding")),
        ("status", json!("ACTIVE")),
        ("active", json!(true)),
        ("locationText", json!("San Francisco, CA, US; Remote, US")),
        ("department", json!("Core Engineering")),
        ("team", Value::Null),
        ("employmentTypeRaw", json!("Regular")),
        ("workplaceType", json!("REMOTE")),
        ("remotePolicy", json!("REMOTE")),
        ("country", json!("United States")),
        ("city", json!("San Francisco")),
        ("sourceUrl", json!("https://www.pinterestcareers.com/jobs/?gh_jid=7908460")),
        ("applyUrl", json!("https://www.pinterestcareers.com/jobs/?gh_jid=7908460")),
        ("lastSeenAt", json!("2026-06-06T20:31:24.275Z")),
        ("lastCheckedAt", json!("2026-06-06T20:31:24.275Z")),
        ("inactiveAt", Value::Null),
        ("sourcePostedAt", json!("2026-05-26T21:29:54.000Z")),
        ("sourceUpdatedAt", json!("2026-06-04T20:28:58.000Z")),
        ("extensions", json!({})),
        // Where we differ on purpose, and why:
        ("region", json!("California")), // the page lost "CA"
        ("countryCode", json!("US")),    // a code beside the name
        (
            "locations",
            json!([
                { "city": "San Francisco", "regionCode": "US-CA", "countryCode": "US", "isRemote": false },
                { "city": null, "regionCode": null, "countryCode": "US", "isRemote": true },
            ]),
        ), // the page lost the second place, and called the first one remote
        ("remoteScope", json!({ "kind": "COUNTRIES", "countryCodes": ["US"] })), // not on the page
        ("salaryRaw", json!("$267,393—$550,515 USD")), // the page left all of the salary unread
        ("salaryMin", json!("267393")),
        ("salaryMax", json!("550515")),
        ("salaryCurrency", json!("USD")),
        ("salaryPeriod", json!("YEAR")),
        ("employmentType", json!("FULL_TIME")), // typed beside the raw word
        ("contractTerm", json!("PERMANENT")),
        // The page had none of these.
        ("normalizedTitle", json!("Director, Machine Learning Engineering – Content & User Understanding")),
        ("seniority", json!("DIRECTOR")),
        ("function", json!("ENGINEERING")),
        ("requisitionId", json!("3437445")), // lifted out of the native fields
        ("language", json!("en")),
        ("org", json!({ "name": "Pinterest" })), // the page's company is blank
    ]
}

/// A store that has read the record's board.
pub(crate) async fn seeded(database: &Database) -> Store {
    let store = database.store().await;
    let body = json!({ "jobs": [payload()], "meta": { "total": 1 } }).to_string().into_bytes();
    let intake = Intake { store: &store, archive: None, policy: None, clock: || FETCHED_AT };
    let arrived = Arrived {
        provider: "greenhouse".to_owned(),
        board: "pinterest".to_owned(),
        started_at: FETCHED_AT,
        finished_at: FETCHED_AT,
        http_status: Some(200),
        body: Body::Read(body),
    };
    intake.apply(&arrived).await.expect("it is applied");
    store
}

#[test]
fn the_originals_record_is_served_field_by_field() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        let job = runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = seeded(&database).await;
            let gateway = Gateway::new(store, Limits::default(), || FETCHED_AT).expect("the schema is valid");
            let executed =
                gateway.execute(&GraphqlRequest { query: QUERY.to_owned(), ..GraphqlRequest::default() }, "test").await;
            let answer: Value = serde_json::from_slice(&executed.answer.body).expect("it is JSON");
            assert_eq!(answer.get("errors"), None, "{answer}");
            answer["data"]["job"].clone()
        });
        let different: Vec<String> = shown()
            .into_iter()
            .filter(|(field, value)| job[field] != *value)
            .map(|(field, value)| format!("{field}: shown {value}, served {}", job[field]))
            .collect();
        assert_eq!(different, Vec::<String>::new(), "{backend}");
        assert_eq!(job["boardId"], job["sourceId"]);
        assert_blocks(&job);
        assert_slices(&job);
    }
}

/// The page's slices, of which the posting is the only member here, and its life so far.
fn assert_slices(job: &Value) {
    for slice in ["orgJobs", "providerJobs", "cityJobs", "departmentJobs", "workplaceJobs"] {
        assert_eq!(job["related"][slice]["totalCount"], 1, "{slice}");
    }
    let facets = job["related"]["orgFacets"].as_array().expect("it is a list");
    let labels: Vec<&Value> = facets.iter().map(|facet| &facet["buckets"][0]["label"]).collect();
    let title = "Director, Machine Learning Engineering – Content & User Understanding";
    assert_eq!(labels, [title, "San Francisco", "Greenhouse", "REMOTE"]);
    assert_eq!(
        job["events"],
        json!({ "totalCount": 1, "nodes": [{ "type": "JOB_CREATED", "observedAt": "2026-06-06T20:31:24.275Z" }] })
    );
    assert!(job["descriptionText"].as_str().is_some_and(|text| text.contains("teach machines to see")));
}

/// The JSON blocks: the native one is equal, the others have the page's keys.
fn assert_blocks(job: &Value) {
    let mut native = payload();
    for gone in ["id", "internal_job_id", "absolute_url", "data_compliance", "content"] {
        native.as_object_mut().expect("it is an object").remove(gone);
    }
    assert_eq!(job["nativeStructured"], native);
    let keys = |value: &Value| value.as_object().expect("it is an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&job["eventFields"]), ["active_status", "content_hash", "last_changed_at", "source_hash"]);
    assert_eq!(
        keys(&job["parsedStructured"]),
        [
            "inferred_at",
            "language",
            "launch_scope",
            "location",
            "remote_policy",
            "salary_currency",
            "salary_max",
            "salary_min",
            "salary_period",
            "workplace_type",
        ]
    );
    assert_eq!(job["parsedStructured"]["location"]["raw"], "San Francisco, CA, US");
    assert_eq!(job["parsedStructured"]["workplace_type"], "remote");
}
