//! What crawls tell of postings that stay the same: when each was seen last, checked last, and in which answer.

use jobgraph::ingest::archive::Archive;
use jobgraph::ingest::verdict::Policy;
use jobgraph::ingest::{Arrived, Body, Intake};
use jobgraph::store::Store;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::past::ask;
use crate::raw::{execute, refusal};
use crate::support::{Backend, Database, backends};

const DAY: i64 = 86_400_000;

/// Applies an answer of a day with postings of these keys; one that declares more is cut short.
async fn crawl(store: &Store, archive: &Archive, day: i64, keys: &[i64], declared: usize) {
    let jobs: Vec<Value> = keys.iter().map(|it| json!({ "id": it, "title": "Cook" })).collect();
    apply(store, archive, day, &jobs, declared).await;
}

async fn apply(store: &Store, archive: &Archive, day: i64, jobs: &[Value], declared: usize) {
    let body = json!({ "jobs": jobs, "day": day, "meta": { "total": declared } }).to_string().into_bytes();
    let arrived = Arrived {
        provider: "greenhouse".to_owned(),
        board: "acme".to_owned(),
        started_at: day * DAY,
        finished_at: day * DAY,
        http_status: Some(200),
        body: Body::Read(body),
    };
    let intake = Intake {
        store,
        archive: Some(archive),
        policy: Some(Policy { guards: false, ..Policy::default() }),
        clock: || 0,
    };
    intake.apply(&arrived).await.expect("it is applied");
}

/// Of each posting its key, and the days of its last sight and check, of the answer it was in, and of its first miss.
async fn told(store: &Store) -> Vec<String> {
    let answer = ask(
        store,
        "{ jobs(first: 9, orderBy: [{ firstSeenAt: ASC }]) { nodes { providerJobKey lastSeenAt lastCheckedAt missedCrawls status
           rawPayload { fetchedAt } staleness { secondsSinceChecked } } } }",
    )
    .await;
    let nodes = answer["data"]["jobs"]["nodes"].as_array().unwrap_or_else(|| panic!("{answer}")).clone();
    let day = |it: &Value| it.as_str().and_then(|it| it.get(8..10)).unwrap_or("none").to_owned();
    let mut told: Vec<String> = nodes
        .iter()
        .map(|it| {
            assert_eq!(it["staleness"]["secondsSinceChecked"], 0, "{it}: its clock stands still");
            format!(
                "{} {} seen {} in {} checked {} missed {}",
                it["providerJobKey"].as_str().expect("a key"),
                it["status"].as_str().expect("a status"),
                day(&it["lastSeenAt"]),
                day(&it["rawPayload"]["fetchedAt"]),
                day(&it["lastCheckedAt"]),
                it["missedCrawls"]
            )
        })
        .collect();
    told.sort();
    told
}

/// The keys of those whose last sight, and of those whose last check, is of this day.
async fn found(store: &Store, day: i64) -> (Vec<String>, Vec<String>) {
    let at = format!("1970-01-{:02}T00:00:00Z", day + 1);
    let list = |column: &str| {
        format!(
            "{column}: jobs(filter: {{ {column}: {{ gte: \"{at}\", lte: \"{at}\" }} }}) {{ nodes {{ providerJobKey }} }}"
        )
    };
    let answer = ask(store, &format!("{{ {} {} }}", list("lastSeenAt"), list("lastCheckedAt"))).await;
    let keys = |column: &str| {
        let nodes = answer["data"][column]["nodes"].as_array().unwrap_or_else(|| panic!("{answer}")).clone();
        let mut keys: Vec<String> =
            nodes.iter().map(|it| it["providerJobKey"].as_str().expect("a key").to_owned()).collect();
        keys.sort();
        keys
    };
    (keys("lastSeenAt"), keys("lastCheckedAt"))
}

fn all(keys: &[&str]) -> Vec<String> {
    keys.iter().map(|&it| it.to_owned()).collect()
}

/// A database, and an archive in a folder.
async fn opened(backend: Backend) -> (Database, Store, TempDir, Archive) {
    let database = Database::new(backend).await;
    let store = database.store().await;
    let folder = tempfile::tempdir().expect("a folder can be made");
    let archive = Archive::open(&folder.path().to_string_lossy()).expect("it opens");
    (database, store, folder, archive)
}

/// On PostgreSQL a posting's row and its 36 index entries were once written anew by each crawl that saw it unchanged.
#[tokio::test]
async fn a_complete_crawl_tells_of_postings_that_stay_the_same_and_writes_none_of_them() {
    for backend in backends() {
        let (database, store, _folder, archive) = opened(backend).await;
        crawl(&store, &archive, 1, &[1, 2], 2).await;
        execute(&database.url, &[&refusal(backend, "UPDATE", "TRUE")]).await;
        crawl(&store, &archive, 2, &[1, 2], 2).await;
        let expected = ["1 ACTIVE seen 03 in 03 checked 03 missed 0", "2 ACTIVE seen 03 in 03 checked 03 missed 0"];
        assert_eq!(told(&store).await, expected, "{backend}");
        assert_eq!(found(&store, 2).await, (all(&["1", "2"]), all(&["1", "2"])), "{backend}");
        assert_eq!(found(&store, 1).await, (all(&[]), all(&[])), "{backend}");
    }
}

#[tokio::test]
async fn what_is_missed_was_seen_when_it_was_and_is_checked_by_every_complete_crawl() {
    for backend in backends() {
        let (_database, store, _folder, archive) = opened(backend).await;
        for day in 1..=2 {
            crawl(&store, &archive, day, &[1, 2, 3], 3).await;
        }
        crawl(&store, &archive, 3, &[1, 3], 2).await;
        let one = "1 ACTIVE seen 04 in 04 checked 04 missed 0";
        let three = "3 ACTIVE seen 04 in 04 checked 04 missed 0";
        assert_eq!(told(&store).await, [one, "2 ACTIVE seen 03 in 03 checked 04 missed 1", three], "{backend}");
        // One that is cut short tells of those that are in it.
        crawl(&store, &archive, 4, &[1], 9).await;
        let one = "1 ACTIVE seen 05 in 05 checked 05 missed 0";
        assert_eq!(told(&store).await, [one, "2 ACTIVE seen 03 in 03 checked 04 missed 1", three], "{backend}");
        assert_eq!(found(&store, 3).await, (all(&["3"]), all(&["2", "3"])), "{backend}");
        crawl(&store, &archive, 5, &[1, 3], 2).await;
        let expected = [
            "1 ACTIVE seen 06 in 06 checked 06 missed 0",
            "2 CLOSED seen 03 in 03 checked 06 missed 2",
            "3 ACTIVE seen 06 in 06 checked 06 missed 0",
        ];
        assert_eq!(told(&store).await, expected, "{backend}");
        // A closed one is proved absent again; one that was missed once comes back.
        crawl(&store, &archive, 6, &[1], 1).await;
        crawl(&store, &archive, 7, &[1, 3], 2).await;
        let expected = [
            "1 ACTIVE seen 08 in 08 checked 08 missed 0",
            "2 CLOSED seen 03 in 03 checked 08 missed 2",
            "3 ACTIVE seen 08 in 08 checked 08 missed 0",
        ];
        assert_eq!(told(&store).await, expected, "{backend}");
    }
}

/// Checks while it was closed once hid when a posting that came back had changed.
#[tokio::test]
async fn what_changed_while_a_posting_was_closed_took_effect_when_its_provider_says() {
    for backend in backends() {
        let (_database, store, _folder, archive) = opened(backend).await;
        for (day, keys) in [(1, &[1, 2][..]), (2, &[1]), (3, &[1]), (4, &[1]), (5, &[1])] {
            crawl(&store, &archive, day, keys, keys.len()).await;
        }
        let chef = json!({ "id": 2, "title": "Chef", "updated_at": "1970-01-05T12:00:00Z" });
        apply(&store, &archive, 6, &[json!({ "id": 1, "title": "Cook" }), chef], 2).await;
        let answer = ask(&store, "{ events(filter: { type: { eq: JOB_UPDATED } }) { nodes { effectiveAt } } }").await;
        let expected = json!([{ "effectiveAt": "1970-01-05T12:00:00.000Z" }]);
        assert_eq!(answer["data"]["events"]["nodes"], expected, "{backend}: {answer}");
    }
}

#[tokio::test]
async fn older_rules_that_look_into_the_postings_own_rows_find_it_there() {
    for backend in backends() {
        let (database, store, _folder, archive) = opened(backend).await;
        for (day, keys) in [(1, &[1, 2, 3][..]), (2, &[1, 2, 3]), (3, &[1, 3]), (4, &[1, 3])] {
            crawl(&store, &archive, day, keys, keys.len()).await;
        }
        let before = told(&store).await;
        store.migrate_down(1).await.expect("it is taken back");
        // No board tells of a crawl any more.
        execute(&database.url, &["UPDATE source SET last_complete_at = first_seen_at"]).await;
        assert_eq!(told(&store).await, before, "{backend}");
    }
}
