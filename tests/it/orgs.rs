//! Employers that an operator joins: one answers for both, in the past too, and a board that is split off takes its own
//! with it.

use jobgraph::ingest::verdict::Policy;
use jobgraph::ingest::{Arrived, Body, Intake, identity};
use jobgraph::store::Store;
use jobgraph::store::filter::Filter;
use jobgraph::webhook::scope::Scope;
use serde_json::{Value, json};

use crate::past::ask;
use crate::program::run;
use crate::support::{Backend, Database, backends};
use crate::webhook::register;

async fn ingest(store: &Store, board: &str, at: i64, titles: &[&str]) {
    let posting = |title: &&str| json!({ "id": title, "title": title, "company_name": board.to_uppercase() });
    let jobs: Vec<Value> = titles.iter().map(posting).collect();
    let body = Body::Read(json!({ "jobs": jobs }).to_string().into_bytes());
    let (provider, board) = ("greenhouse".to_owned(), board.to_owned());
    let arrived = Arrived { provider, board, started_at: at, finished_at: at, http_status: None, body };
    let intake = Intake { store, archive: None, policy: Some(Policy::immediate()), clock: || 0 };
    intake.apply(&arrived).await.expect("it is applied");
}

/// Everything that is told by employer.
async fn told(database: &Database) -> Value {
    let store = database.store().await;
    let query = r#"{
      orgs(orderBy: [{ name: ASC }]) {
        totalCount
        nodes { orgId slug name jobCount activeJobCount firstSeenAt aliases
          jobs(orderBy: [{ title: ASC }]) { totalCount nodes { title org { name } } }
          events { totalCount } sources { nodes { boardToken } } }
      }
      jobs { facets(fields: [ORG]) { buckets { value label count } } }
      past: orgs(asOf: { seq: "3" }, orderBy: [{ name: ASC }]) { nodes { name jobCount activeJobCount } }
      stats(by: ORG) { value label activeJobCount jobCount created closed medianDaysToClose }
      events(filter: { type: { eq: JOB_CREATED } }, orderBy: [{ seq: ASC }]) { nodes { org { name } job { org { name } } } }
    }"#;
    let mut answer = ask(&store, query).await;
    store.close().await.expect("the store closes");
    assert_eq!(answer["errors"], Value::Null, "{answer}");
    answer["data"].take()
}

fn orgs(database: &Database, arguments: &[&str]) -> (Option<i32>, String) {
    let output = run(&[&["--database-url", &database.url, "orgs"], arguments].concat());
    let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.code(), told)
}

async fn filled(backend: Backend) -> Database {
    let database = Database::new(backend).await;
    let store = database.store().await;
    ingest(&store, "acme", 1_000, &["Cook", "Baker"]).await;
    ingest(&store, "beta", 2_000, &["Pilot"]).await;
    ingest(&store, "acme", 3_000, &["Cook"]).await;
    ingest(&store, "other", 4_000, &["Clerk"]).await;
    store.close().await.expect("the store closes");
    database
}

#[test]
fn employers_that_are_joined_are_one_in_the_past_too_and_answer_to_both_names() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        let database = runtime.block_on(filled(backend));
        let before = runtime.block_on(told(&database));
        let (code, dry) = orgs(&database, &["join", "acme", "beta", "--dry-run"]);
        assert_eq!(
            (code, dry.as_str()),
            (Some(0), "acme would be joined into beta: 1 boards, 2 postings\n"),
            "{backend}"
        );
        assert_eq!(runtime.block_on(told(&database)), before, "{backend}");
        let (code, done) = orgs(&database, &["join", "acme", "beta"]);
        assert_eq!((code, done.as_str()), (Some(0), "acme is joined into beta: 1 boards, 2 postings\n"), "{backend}");

        let after = runtime.block_on(told(&database));
        let (acme, beta) = (identity::org_id("greenhouse", "acme"), identity::org_id("greenhouse", "beta"));
        assert_eq!(after["orgs"]["totalCount"], 2, "{backend}");
        let joined = &after["orgs"]["nodes"][0];
        assert_eq!(
            (&joined["name"], &joined["slug"], &joined["orgId"]),
            (&json!("BETA"), &json!("beta"), &json!(beta))
        );
        assert_eq!((&joined["jobCount"], &joined["activeJobCount"]), (&json!(3), &json!(2)), "{backend}");
        assert_eq!(joined["jobs"]["totalCount"], 3, "{backend}");
        assert_eq!(joined["events"]["totalCount"], 4, "{backend}");
        assert_eq!(joined["aliases"], json!([acme, "acme"]), "{backend}");
        assert_eq!(joined["firstSeenAt"], "1970-01-01T00:00:01.000Z", "{backend}");
        assert_eq!(
            after["past"]["nodes"],
            json!([{ "name": "BETA", "jobCount": 3, "activeJobCount": 3 }]),
            "{backend}"
        );
        assert_eq!(after["events"]["nodes"][0]["org"]["name"], "BETA", "{backend}");
        runtime.block_on(old_names(&database, &acme, &beta));

        // A board that is called like the one that is gone does not take its name.
        runtime.block_on(async {
            let store = database.store().await;
            let intake = Intake { store: &store, archive: None, policy: None, clock: || 0 };
            let body = Body::Read(b"[]".to_vec());
            let (provider, board) = ("lever".to_owned(), "acme".to_owned());
            let arrived = Arrived { provider, board, started_at: 5_000, finished_at: 5_000, http_status: None, body };
            intake.apply(&arrived).await.expect("it is applied");
            ingest(&store, "acme", 6_000, &["Cook"]).await;
            let slug =
                ask(&store, r#"{ source(by: { board: { provider: "lever", boardToken: "acme" } }) { org { slug } } }"#)
                    .await;
            assert_eq!(slug["data"]["source"]["org"]["slug"], "acme-2", "{backend}: {slug}");
            let name = ask(&store, r#"{ org(by: { slug: "acme" }) { name } }"#).await;
            assert_eq!(name["data"]["org"]["name"], "BETA", "{backend}: a board that came later does not name it");
            store.close().await.expect("the store closes");
        });
    }
}

/// An employer that was joined into another leads to it, by its id and its short name, looked up or in a filter.
async fn old_names(database: &Database, acme: &str, beta: &str) {
    let store = database.store().await;
    let query = format!(
        r#"{{
          byId: org(by: {{ id: "{acme}" }}) {{ orgId }} byGlobalId: org(by: {{ id: "org_{acme}" }}) {{ orgId }}
          bySlug: org(by: {{ slug: "acme" }}) {{ orgId }}
          nodes(ids: ["org_{acme}", "{beta}", "org_none"]) {{ ... on Org {{ orgId name }} }}
        }}"#
    );
    let data = ask(&store, &query).await["data"].take();
    for name in ["byId", "byGlobalId", "bySlug"] {
        assert_eq!(data[name]["orgId"], beta, "{name}");
    }
    assert_eq!(data["nodes"], json!([{ "orgId": beta, "name": "BETA" }, { "orgId": beta, "name": "BETA" }, null]));
    let alone = ask(&store, &format!(r#"{{ org(by: {{ id: "{acme}" }}) {{ orgId jobCount }} }}"#)).await;
    assert_eq!(alone["data"]["org"], json!({ "orgId": beta, "jobCount": 3 }));
    for (found, filter) in [
        (3, format!(r#"{{ orgId: {{ eq: "{acme}" }} }}"#)),
        (3, format!(r#"{{ orgId: {{ in: ["{acme}", "{beta}"] }} }}"#)),
        (2, format!(r#"{{ orgId: {{ in: ["{acme}"] }}, status: {{ eq: ACTIVE }} }}"#)),
        (3, format!(r#"{{ org: {{ id: {{ eq: "org_{acme}" }} }} }}"#)),
        (3, r#"{ org: { slug: { eq: "acme" } } }"#.to_owned()),
        (4, r#"{ org: { slug: { in: ["acme", "other"] } } }"#.to_owned()),
        (1, format!(r#"{{ orgId: {{ ne: "{acme}" }} }}"#)),
        (1, r#"{ org: { slug: { notIn: ["acme", "none"] } } }"#.to_owned()),
        (0, r#"{ org: { slug: { eq: "none" } } }"#.to_owned()),
        (4, r#"{ org: { slug: { ne: "none" } } }"#.to_owned()),
        (4, r#"{ not: { org: { slug: { eq: "none" } } } }"#.to_owned()),
    ] {
        let query = format!(
            r#"{{ jobs(filter: {filter}) {{ totalCount nodes {{ id }} facets(fields: [PROVIDER]) {{ buckets {{ count }} }} }} }}"#
        );
        let answer = ask(&store, &query).await;
        let jobs = &answer["data"]["jobs"];
        assert_eq!(jobs["totalCount"], found, "{filter}: {answer}");
        assert_eq!(jobs["nodes"].as_array().map(Vec::len), Some(found), "{filter}");
        let buckets = jobs["facets"][0]["buckets"].as_array().cloned().unwrap_or_default();
        let counts: u64 = buckets.iter().filter_map(|it| it["count"].as_u64()).sum();
        assert_eq!(counts, found as u64, "{filter}: {answer}");
    }
    let query = format!(
        r#"{{ sources(filter: {{ orgId: {{ eq: "{acme}" }} }}) {{ totalCount }} events(filter: {{ orgId: {{ eq: "{acme}" }} }}) {{ totalCount }} }}"#
    );
    let data = ask(&store, &query).await["data"].take();
    assert_eq!(data, json!({ "sources": { "totalCount": 2 }, "events": { "totalCount": 4 } }));
    store.close().await.expect("the store closes");
}

#[test]
fn a_board_that_is_split_off_leaves_everything_as_it_was() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        let database = runtime.block_on(filled(backend));
        let before = runtime.block_on(told(&database));
        assert_eq!(orgs(&database, &["join", "acme", "beta"]).0, Some(0), "{backend}");
        assert_eq!(orgs(&database, &["join", "beta", "other"]).0, Some(0), "{backend}");
        let (code, listed) = orgs(&database, &["list", "--json"]);
        assert_eq!((code, listed.lines().count()), (Some(0), 1), "{backend}: {listed}");
        let (code, refused) = orgs(&database, &["split", "greenhouse/other"]);
        assert!(code == Some(1) && refused.contains("hint: split those others off"), "{backend}: {refused}");
        let (code, done) = orgs(&database, &["split", "greenhouse/acme"]);
        assert_eq!(
            (code, done.as_str()),
            (Some(0), "greenhouse/acme is split off other as acme: 2 postings\n"),
            "{backend}"
        );
        assert_eq!(orgs(&database, &["split", "greenhouse/beta"]).0, Some(0), "{backend}");
        let mut after = runtime.block_on(told(&database));
        // It has been there as long as what was joined into it.
        let first_seen = before["orgs"]["nodes"][2]["firstSeenAt"].clone();
        after["orgs"]["nodes"][2]["firstSeenAt"] = first_seen;
        assert_eq!(after, before, "{backend}");
        let (code, refused) = orgs(&database, &["split", "greenhouse/acme"]);
        assert!(code == Some(1) && refused.contains("is the only one of its employer"), "{backend}: {refused}");
        let (code, refused) = orgs(&database, &["join", "acme", "nobody"]);
        assert!(code == Some(1) && refused.contains("hint: \"jobgraph orgs list\""), "{backend}: {refused}");
    }
}

/// How many events of the log the only webhook is sent.
async fn sent(database: &Database) -> usize {
    let store = database.store().await;
    let webhook = store.webhooks().await.expect("webhooks are read").remove(0);
    let scope: Scope = serde_json::from_str(&webhook.filter).expect("it is a filter");
    let events = store.reader().log(&Filter::from(&scope), 0, 100, 100).await.expect("the log is read");
    store.close().await.expect("the store closes");
    events.len()
}

/// Joining wrote the other's id into filters, which stayed there when the employer was split off again.
#[test]
fn a_webhook_stays_with_the_employer_that_its_filter_names() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        let database = runtime.block_on(filled(backend));
        runtime.block_on(async {
            let store = database.store().await;
            let filter = json!({ "orgIds": [identity::org_id("greenhouse", "acme")] });
            register(&store, "https://example.com/", &filter.to_string()).await;
            store.close().await.expect("the store closes");
        });
        assert_eq!(runtime.block_on(sent(&database)), 3, "{backend}");
        assert_eq!(orgs(&database, &["join", "acme", "beta"]).0, Some(0), "{backend}");
        assert_eq!(runtime.block_on(sent(&database)), 4, "{backend}: those of both, as they are one");
        assert_eq!(orgs(&database, &["split", "greenhouse/acme"]).0, Some(0), "{backend}");
        assert_eq!(runtime.block_on(sent(&database)), 3, "{backend}");
    }
}

/// A board was called after all of its token before its employer was.
#[test]
fn a_board_that_is_split_off_gets_the_short_name_that_it_had() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        let database = runtime.block_on(Database::new(backend));
        runtime.block_on(async {
            let store = database.store().await;
            ingest(&store, "acme.io", 1_000, &["Cook"]).await;
            ingest(&store, "beta", 2_000, &["Pilot"]).await;
            store.close().await.expect("the store closes");
        });
        assert_eq!(orgs(&database, &["join", "acme-io", "beta"]).0, Some(0), "{backend}");
        let (code, done) = orgs(&database, &["split", "greenhouse/acme.io"]);
        let expected = "greenhouse/acme.io is split off beta as acme-io: 1 postings\n";
        assert_eq!((code, done.as_str()), (Some(0), expected), "{backend}");
    }
}

/// An answer of a page whose posting names this site as the employer's.
async fn named(store: &Store, at: i64, site: &str) {
    let posting =
        json!({ "@type": "JobPosting", "title": "Cook", "hiringOrganization": { "name": "Acme", "sameAs": site } });
    let body = Body::Read(format!("<script type=\"application/ld+json\">{posting}</script>").into_bytes());
    let (provider, board) = ("jsonld".to_owned(), "acme.example:jobs".to_owned());
    let arrived = Arrived { provider, board, started_at: at, finished_at: at, http_status: None, body };
    let intake = Intake { store, archive: None, policy: None, clock: || 0 };
    intake.apply(&arrived).await.expect("it is applied");
}

#[test]
fn an_employers_site_is_the_one_that_its_postings_named_last() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            for (at, told, expected) in [
                (1_000, "https://www.linkedin.com/company/acme", Value::Null),
                (2_000, "https://acme.com", json!("https://acme.com")),
                (3_000, "", json!("https://acme.com")),
                (4_000, "https://acme.org/en", json!("https://acme.org/en")),
            ] {
                named(&store, at, told).await;
                let answer = ask(&store, "{ orgs { nodes { websiteUrl careersUrl } } }").await;
                let expected = json!([{ "websiteUrl": expected, "careersUrl": null }]);
                assert_eq!(answer["data"]["orgs"]["nodes"], expected, "{backend} {told}");
            }
            store.close().await.expect("the store closes");
        });
    }
}

#[test]
fn a_board_that_is_split_off_takes_its_site_along() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let sites = async |database: &Database| {
        let store = database.store().await;
        let answer = ask(&store, "{ orgs { nodes { slug websiteUrl } } }").await;
        store.close().await.expect("the store closes");
        let nodes = answer["data"]["orgs"]["nodes"].as_array().expect("a list").clone();
        nodes.into_iter().map(|it| (it["slug"].as_str().expect("a text").to_owned(), it["websiteUrl"].clone()))
    };
    for backend in backends() {
        let database = runtime.block_on(Database::new(backend));
        runtime.block_on(async {
            let store = database.store().await;
            ingest(&store, "beta", 1_000, &["Pilot"]).await;
            named(&store, 2_000, "https://acme.com").await;
            store.close().await.expect("the store closes");
        });
        let (acme, _) = runtime.block_on(sites(&database)).find(|(slug, _)| slug != "beta").expect("two employers");
        assert_eq!(orgs(&database, &["join", &acme, "beta"]).0, Some(0), "{backend}");
        let joined: Vec<_> = runtime.block_on(sites(&database)).collect();
        assert_eq!(joined, [("beta".to_owned(), json!("https://acme.com"))], "{backend}");
        assert_eq!(orgs(&database, &["split", "jsonld/acme.example:jobs"]).0, Some(0), "{backend}");
        let site = runtime.block_on(sites(&database)).find(|(slug, _)| slug == "beta").map(|(_, site)| site);
        assert_eq!(site, Some(Value::Null), "{backend}");
    }
}

/// A board whose postings stand at `site`.
async fn shown_at(store: &Store, board: &str, at: i64, site: &str) {
    let jobs =
        json!([{ "id": 1, "title": "Cook", "company_name": board, "absolute_url": format!("https://{site}/1") }]);
    let body = Body::Read(json!({ "jobs": jobs }).to_string().into_bytes());
    let (provider, board) = ("greenhouse".to_owned(), board.to_owned());
    let arrived = Arrived { provider, board, started_at: at, finished_at: at, http_status: None, body };
    let intake = Intake { store, archive: None, policy: None, clock: || 0 };
    intake.apply(&arrived).await.expect("it is applied");
}

#[test]
fn employers_that_show_postings_under_one_domain_of_their_own_can_be_joined_at_once() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        let database = runtime.block_on(Database::new(backend));
        runtime.block_on(async {
            let store = database.store().await;
            shown_at(&store, "acme", 1_000, "careers.acme.co.uk").await;
            shown_at(&store, "acmelabs", 2_000, "www.acme.co.uk").await;
            shown_at(&store, "beta", 3_000, "beta.co.uk").await;
            shown_at(&store, "gamma", 4_000, "boards.greenhouse.io").await;
            shown_at(&store, "delta", 5_000, "boards.greenhouse.io").await;
            store.close().await.expect("the store closes");
        });
        let (code, told) = orgs(&database, &["join", "--same-domain", "--dry-run"]);
        assert_eq!(code, Some(0), "{told}");
        assert!(
            told.contains(" would be joined into ") && told.contains(" by acme.co.uk: 1 boards, 1 postings"),
            "{told}"
        );
        let (code, told) = orgs(&database, &["join", "--same-domain"]);
        assert_eq!((code, told.lines().count()), (Some(0), 1), "{told}");
        let (_, told) = orgs(&database, &["join", "--same-domain"]);
        assert!(told.contains("No two employers share a domain"), "{told}");
        let query = "{ orgs(orderBy: [{ name: ASC }]) { nodes { domains } } }";
        let answer = runtime.block_on(async {
            let store = database.store().await;
            let answer = ask(&store, query).await;
            store.close().await.expect("the store closes");
            answer
        });
        let expected =
            json!([{ "domains": ["acme.co.uk"] }, { "domains": ["beta.co.uk"] }, { "domains": [] }, { "domains": [] }]);
        assert_eq!(answer["data"]["orgs"]["nodes"], expected);
        let (code, told) = orgs(&database, &["join"]);
        assert_eq!(code, Some(2), "{told}");
    }
}

#[test]
fn employers_that_only_a_third_holds_together_are_joined_at_once_too() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        let database = runtime.block_on(Database::new(backend));
        runtime.block_on(async {
            let store = database.store().await;
            shown_at(&store, "acme", 1_000, "careers.acme.co.uk").await;
            shown_at(&store, "link", 2_000, "jobs.acme.co.uk").await;
            shown_at(&store, "link", 3_000, "jobs.beta.co.uk").await;
            shown_at(&store, "beta", 4_000, "careers.beta.co.uk").await;
            store.close().await.expect("the store closes");
        });
        let (code, dry) = orgs(&database, &["join", "--same-domain", "--dry-run"]);
        assert_eq!((code, dry.lines().count()), (Some(0), 2), "{dry}");
        let (code, told) = orgs(&database, &["join", "--same-domain"]);
        assert_eq!((code, told.replace(" is ", " would be ")), (Some(0), dry), "{backend}");
        let (_, left) = orgs(&database, &["list", "--json"]);
        assert_eq!(left.lines().count(), 1, "{left}");
    }
}

#[test]
fn a_new_posting_is_found_by_the_name_of_the_employer_that_its_board_was_joined_into_and_not_by_the_boards_own() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        let database = runtime.block_on(filled(backend));
        assert_eq!(orgs(&database, &["join", "acme", "beta"]).0, Some(0), "{backend}");
        runtime.block_on(async {
            let store = database.store().await;
            ingest(&store, "acme", 5_000, &["Cook", "Gardener"]).await;
            let query = r#"{ new: jobs(search: "gardener beta") { totalCount } old: jobs(search: "gardener acme") { totalCount } }"#;
            let found = ask(&store, query).await;
            assert_eq!(found["data"], json!({ "new": { "totalCount": 1 }, "old": { "totalCount": 0 } }), "{backend}");
            store.close().await.expect("the store closes");
        });
    }
}
