//! Postings of one role: reposts, copies on other boards and for other places, as boards come and go.

use jobgraph::ingest::verdict::Policy;
use jobgraph::ingest::{Arrived, Body, Intake};
use jobgraph::store::Store;
use serde_json::{Value, json};

use crate::past::ask;
use crate::support::{Database, backends};

const DAY: i64 = 86_400_000;
/// Long enough to be known by.
const TEXT: &str = "You will design, build and run the services by which our customers pay their suppliers. You know a \
    systems language well, you like to measure before you change anything, and you write so that others can follow. \
    We have offices, but no one has to come, and we care for who you are.";

/// A posting as Greenhouse shows it, with a pay that is no part of its role.
fn posting(id: i64, title: &str, place: &str, pay: u32) -> Value {
    let content = format!("&lt;p&gt;{TEXT} We pay ${pay} a year.&lt;/p&gt;");
    json!({ "id": id, "title": title, "location": { "name": place }, "content": content })
}

async fn ingest(store: &Store, day: i64, board: &str, jobs: Value) {
    let (at, body) = (day * DAY, Body::Read(json!({ "jobs": jobs }).to_string().into_bytes()));
    let (provider, board) = ("greenhouse".to_owned(), board.to_owned());
    let arrived = Arrived { provider, board, started_at: at, finished_at: at, http_status: None, body };
    let intake = Intake { store, archive: None, policy: Some(Policy::immediate()), clock: || 0 };
    intake.apply(&arrived).await.expect("it is applied");
}

/// The others of the role of the posting with this key: key, kind and reasons, in the order of their keys.
async fn others(store: &Store, key: i64, as_of: &str) -> Vec<(String, String, String)> {
    let query = format!(
        r#"{{ jobs({as_of} filter: {{ providerJobKey: {{ eq: "{key}" }} }}) {{ nodes {{
          role {{ jobs {{ edges {{ kind reasons node {{ providerJobKey }} }} }} }} }} }} }}"#
    );
    let answer = ask(store, &query).await;
    let edges = answer["data"]["jobs"]["nodes"][0]["role"]["jobs"]["edges"].as_array().cloned();
    let text = |value: &Value| value.as_str().expect("it is text").to_owned();
    let reasons = |value: &Value| value.as_array().expect("a list").iter().map(text).collect::<Vec<_>>().join(" ");
    let other = |edge: &Value| (text(&edge["node"]["providerJobKey"]), text(&edge["kind"]), reasons(&edge["reasons"]));
    let mut all: Vec<_> = edges.unwrap_or_else(|| panic!("{answer}")).iter().map(other).collect();
    all.sort();
    all
}

fn expected(all: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    all.iter().map(|(key, kind, reasons)| ((*key).to_owned(), (*kind).to_owned(), (*reasons).to_owned())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_posting_knows_the_same_role_elsewhere_and_its_own_reposts() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        let (berlin, paris) =
            (posting(1, "Engineer", "Berlin, Germany", 100), posting(2, "engineer", "Paris, France", 100));
        ingest(&store, 1, "acme", json!([berlin, paris, posting(5, "Architect", "Berlin, Germany", 100)])).await;
        ingest(&store, 2, "agency", json!([posting(9, "Engineer", "Berlin, Germany", 90)])).await;
        let elsewhere = ("2", "MULTI_LOCATION", "SAME_TEXT SAME_BOARD BOTH_ACTIVE");
        let copied = ("9", "CROSS_POST", "SAME_WORDS SAME_PLACE BOTH_ACTIVE");
        assert_eq!(others(&store, 1, "").await, expected(&[elsewhere, copied]), "{backend}");
        assert_eq!(others(&store, 5, "").await, [], "{backend}: another title is another role");

        // The same under a new key, and then the old key again.
        let again = posting(3, "Engineer", "Berlin, Germany", 110);
        ingest(&store, 3, "acme", json!([paris, again])).await;
        let reposted = ("1", "REPOST", "SAME_WORDS SAME_BOARD SAME_PLACE SUCCESSIVE SOON");
        let apart = ("2", "MULTI_LOCATION", "SAME_WORDS SAME_BOARD BOTH_ACTIVE");
        assert_eq!(others(&store, 3, "").await, expected(&[reposted, apart, copied]), "{backend}");
        ingest(&store, 4, "acme", json!([berlin, paris, again])).await;
        let both = ("1", "SAME_POSTING", "SAME_WORDS SAME_BOARD SAME_PLACE BOTH_ACTIVE");
        assert_eq!(others(&store, 3, "").await, expected(&[both, apart, copied]), "{backend}");
        let then = r#"asOf: { time: "1970-01-04T00:00:00Z" }"#;
        assert_eq!(others(&store, 3, then).await, expected(&[reposted, apart, copied]), "{backend}: as of then");

        // What says something else now offers another role from then on.
        ingest(&store, 5, "acme", json!([berlin, posting(2, "Gardener", "Paris, France", 100), again])).await;
        assert_eq!(others(&store, 3, "").await, expected(&[both, copied]), "{backend}");
        assert_eq!(others(&store, 3, then).await, expected(&[reposted, apart, copied]), "{backend}: as of then");
        let query = r#"{ jobs(filter: { providerJobKey: { eq: "3" } }) { nodes { firstSeenAt role {
          firstSeenAt
          reposts: jobs(kinds: [REPOST, SAME_POSTING]) { totalCount edges { confidence } facets(fields: [STATUS]) { buckets { value count } } }
          none: jobs(kinds: []) { totalCount nodes { id } }
          copies: jobs(kinds: [CROSS_POST], filter: { provider: { eq: "greenhouse" } }) { totalCount edges { confidence } } } } } }"#;
        let job = ask(&store, query).await["data"]["jobs"]["nodes"][0].take();
        let expected = json!({
            "firstSeenAt": "1970-01-04T00:00:00.000Z",
            "role": {
                "firstSeenAt": "1970-01-02T00:00:00.000Z",
                "reposts": { "totalCount": 1, "edges": [{ "confidence": 0.85 }],
                    "facets": [{ "buckets": [{ "value": "ACTIVE", "count": 1 }] }] },
                "none": { "totalCount": 0, "nodes": [] },
                "copies": { "totalCount": 1, "edges": [{ "confidence": 0.55 }] },
            },
        });
        assert_eq!(job, expected, "{backend}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_are_counted_and_found_by_their_keys() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        let short = json!({ "id": 4, "title": "Cook", "content": "See our site." });
        let (one, two) = (posting(1, "Engineer", "Berlin", 1), posting(2, "Engineer", "Rome", 1));
        ingest(&store, 1, "acme", json!([one, two, posting(3, "Cook", "Rome", 1), short])).await;
        let query = r#"{ jobs { facets(fields: [ROLE]) { valueCount buckets { label count } } } }"#;
        let facet = ask(&store, query).await["data"]["jobs"]["facets"][0].take();
        assert_eq!(facet["valueCount"], 3, "{backend}: two roles, and none");
        assert_eq!(facet["buckets"][0], json!({ "label": "Engineer", "count": 2 }), "{backend}");
        let query = r#"{ jobs(orderBy: [{ title: ASC }]) { nodes { providerJobKey role { key } } } }"#;
        let jobs = ask(&store, query).await["data"]["jobs"]["nodes"].take();
        let role = |key: &str| jobs.as_array().expect("a list").iter().find(|it| it["providerJobKey"] == key).cloned();
        assert_eq!(role("4").expect("it is there")["role"], Value::Null, "{backend}: it says too little");
        let key = role("2").expect("it is there")["role"]["key"].clone();
        let query = format!(r"{{ jobs(filter: {{ roleKey: {{ eq: {key} }} }}) {{ totalCount }} }}");
        assert_eq!(ask(&store, &query).await["data"]["jobs"]["totalCount"], 2, "{backend}");
    }
}

/// The state of the dice is their next number.
fn dice(state: &mut u64, sides: u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) % sides
}

/// Boards whose postings come, go, move and change as dice fall.
async fn play(store: &Store, seed: u64) {
    let mut state = seed;
    for day in 1..=8 {
        for board in ["north", "south"] {
            let mut jobs = Vec::new();
            for id in 1..=6 {
                // Each has three days, so that some follow others.
                if (id..id + 3).contains(&day) && dice(&mut state, 4) > 0 {
                    let title = ["Cook", "Baker"][usize::try_from(dice(&mut state, 6) / 5).expect("it is small")];
                    let place =
                        ["Berlin, Germany", "Berlin", "Paris, France"][usize::try_from(id % 3).expect("it is small")];
                    let pay = u32::try_from(dice(&mut state, 2)).expect("it is small");
                    let mut posting = posting(id, title, place, pay);
                    posting["requisition_id"] = json!(format!("R{}", id % 2));
                    jobs.push(posting);
                }
            }
            ingest(store, day, board, json!(jobs)).await;
        }
    }
}

fn text<'a>(job: &'a Value, field: &str) -> &'a str {
    job[field].as_str().unwrap_or_default()
}

/// How `other` relates to `job`, told from what the graph shows of both.
fn relation(job: &Value, other: &Value) -> Option<&'static str> {
    let is_role = |it: &Value| it["title"] == job["title"] && text(it, "descriptionText").len() > 200;
    if job["jobId"] == other["jobId"] || !is_role(other) || !is_role(job) {
        return None;
    }
    if job["sourceId"] != other["sourceId"] {
        return Some("CROSS_POST");
    }
    let city =
        |it: &Value| (text(it, "city").to_owned(), text(it, "region").to_owned(), text(it, "countryCode").to_owned());
    if job["locationText"] != other["locationText"] && (city(job) != city(other) || text(job, "city").is_empty()) {
        return Some("MULTI_LOCATION");
    }
    let left = |before: &Value, after: &Value| {
        before["status"] == "CLOSED" && text(before, "lastSeenAt") < text(after, "firstSeenAt")
    };
    Some(if left(job, other) || left(other, job) { "REPOST" } else { "SAME_POSTING" })
}

#[tokio::test(flavor = "multi_thread")]
async fn every_pair_relates_as_its_postings_tell_at_every_moment() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        play(&store, 7).await;
        let mut kinds = std::collections::BTreeMap::new();
        for as_of in ["", r#"asOf: { seq: "25" }"#, r#"asOf: { time: "1970-01-05T00:00:00Z" }"#] {
            let of = "nodes { jobId }";
            let query = format!(
                r"{{ jobs({as_of} first: 20) {{ nodes {{ jobId sourceId title descriptionText locationText city region countryCode
                  status firstSeenAt lastSeenAt role {{ firstSeenAt jobs(first: 20) {{ totalCount edges {{ kind node {{ jobId }} }} }}
                  REPOST: jobs(kinds: [REPOST]) {{ {of} }} SAME_POSTING: jobs(kinds: [SAME_POSTING]) {{ {of} }}
                  CROSS_POST: jobs(kinds: [CROSS_POST]) {{ {of} }} MULTI_LOCATION: jobs(kinds: [MULTI_LOCATION]) {{ {of} }} }} }} }} }}"
            );
            let answer = ask(&store, &query).await;
            let jobs = answer["data"]["jobs"]["nodes"].as_array().unwrap_or_else(|| panic!("{answer}"));
            for job in jobs {
                let related = |other: &&Value| relation(job, other);
                let mut expected: Vec<(&str, &str)> =
                    jobs.iter().filter_map(|it| Some((text(it, "jobId"), related(&it)?))).collect();
                expected.sort_unstable();
                let role = &job["role"];
                let edges = role["jobs"]["edges"].as_array().expect("a list");
                let mut found: Vec<(&str, &str)> =
                    edges.iter().map(|it| (text(&it["node"], "jobId"), text(it, "kind"))).collect();
                found.sort_unstable();
                assert_eq!(found, expected, "{backend} {as_of}: {job}");
                assert_eq!(role["jobs"]["totalCount"], expected.len(), "{backend} {as_of}");
                let mut apart: Vec<(&str, &str)> = Vec::new();
                for kind in ["REPOST", "SAME_POSTING", "CROSS_POST", "MULTI_LOCATION"] {
                    let nodes = role[kind]["nodes"].as_array().expect("a list");
                    apart.extend(nodes.iter().map(|it| (text(it, "jobId"), kind)));
                }
                apart.sort_unstable();
                assert_eq!(apart, expected, "{backend} {as_of}: one kind at a time");
                let at_home = |it: &&Value| matches!(relation(job, it), Some("REPOST" | "SAME_POSTING"));
                let first = jobs.iter().filter(at_home).map(|it| text(it, "firstSeenAt")).min();
                let own = text(job, "firstSeenAt");
                assert_eq!(text(role, "firstSeenAt"), first.map_or(own, |it| it.min(own)), "{backend} {as_of}");
                found.iter().for_each(|(_, kind)| *kinds.entry((*kind).to_owned()).or_insert(0) += 1);
            }
        }
        assert_eq!(kinds.len(), 4, "{backend}: the dice have shown every kind: {kinds:?}");
    }
}

/// A role that is not offered any more was once an error where a revision was asked of it.
#[tokio::test(flavor = "multi_thread")]
async fn a_revision_tells_of_a_role_that_the_posting_offers_no_more() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        ingest(&store, 1, "acme", json!([posting(1, "Engineer", "Berlin, Germany", 100)])).await;
        ingest(&store, 2, "acme", json!([{ "id": 1, "title": "Engineer", "content": "Soon." }])).await;
        let query = "{ jobs { nodes { role { key } revisions(orderBy: [{ seq: ASC }]) { nodes { job { role { firstSeenAt } } } } } } }";
        let answer = ask(&store, query).await;
        let job = &answer["data"]["jobs"]["nodes"][0];
        let role = &job["revisions"]["nodes"][0]["job"]["role"];
        let expected = json!({ "firstSeenAt": "1970-01-02T00:00:00.000Z" });
        assert_eq!((&job["role"], role), (&Value::Null, &expected), "{backend}: {answer}");
    }
}
