//! The past as it is answered is the past as the log tells it.

use std::collections::BTreeMap;

use jobgraph::ingest::history::fold;
use jobgraph::ingest::identity::{rfc3339, sha256_hex, source_id};
use jobgraph::ingest::revision::Revision;
use jobgraph::store::event::LoggedChange;
use serde_json::{Map, Value, json};

use crate::dice::Dice;
use crate::filters::{Filters, check, known};
use crate::history::History;
use crate::naive::{JOB, Known, PASSING};
use crate::support::{Backend, backends};
use crate::world::{Answer, World};

const SEED: u64 = 77;
const BOARDS: usize = 3;
const MOMENTS: usize = 24;
const FILTERS: usize = 8;

/// Paths of a revision that are fields of a job by the same name.
const SAME: [&str; 28] = [
    "title",
    "normalizedTitle",
    "seniority",
    "function",
    "requisitionId",
    "internalJobKey",
    "locationText",
    "department",
    "team",
    "employmentTypeRaw",
    "employmentType",
    "contractTerm",
    "workplaceType",
    "remotePolicy",
    "remoteScope",
    "sourceUrl",
    "applyUrl",
    "applicationDeadline",
    "sourcePostedAt",
    "language",
    "city",
    "region",
    "country",
    "countryCode",
    "status",
    "inactiveAt",
    "closedReason",
    "departmentPath",
];

/// The log of all boards, in its order.
async fn log(world: &World) -> Vec<LoggedChange> {
    let mut log = Vec::new();
    for board in 0..BOARDS {
        let source = source_id("greenhouse", &format!("Board-{board}"));
        log.extend(world.store.reader().log_of(&source).await.expect("the log is read"));
    }
    log.sort_by_key(|it| it.seq);
    log
}

/// What a job of the graph says, as the paths and values of a revision. Places are a list, as their keys are internal.
fn shown(job: &Value) -> Value {
    let mut paths = Map::new();
    for path in SAME {
        let value = &job[path];
        if !value.is_null() && *value != json!([]) {
            paths.insert(path.to_owned(), value.clone());
        }
    }
    if let Value::Object(salary) = &job["salary"] {
        let kept = ["raw", "min", "max", "currency", "period", "tiers"];
        let mut salary: Map<_, _> = kept.iter().map(|it| ((*it).to_owned(), salary[*it].clone())).collect();
        salary["tiers"] = numbered(&salary["tiers"]);
        paths.insert("salary".to_owned(), salary.into());
    }
    if let Value::String(text) = &job["descriptionText"] {
        let told = json!({ "hash": sha256_hex(text.as_bytes()), "chars": text.chars().count() });
        paths.insert("description".to_owned(), told);
    }
    let without = |place: &Value| {
        let mut place = place.clone();
        let members = place.as_object_mut().expect("it is an object");
        members.retain(|key, _| !matches!(key.as_str(), "confidence" | "provenance"));
        place
    };
    let places: Vec<Value> = job["locations"].as_array().expect("it is a list").iter().map(without).collect();
    paths.insert("locations".to_owned(), sorted(places));
    Value::Object(paths)
}

/// What a revision says, without what the graph shows as the provider's own posting.
fn told(revision: &Revision) -> Value {
    let Value::Object(all) = revision.to_json() else { panic!("a revision is an object") };
    let mut paths = Map::new();
    let mut places = Vec::new();
    for (path, mut value) in all {
        if path.starts_with("locations[") {
            places.push(value);
        } else if !path.starts_with("metadata[") {
            if path == "salary" {
                value["tiers"] = numbered(&value["tiers"]);
            }
            paths.insert(path, value);
        }
    }
    paths.insert("locations".to_owned(), sorted(places));
    Value::Object(paths)
}

/// Pay ranges with their amounts in one spelling.
fn numbered(tiers: &Value) -> Value {
    let mut tiers = tiers.clone();
    for tier in tiers.as_array_mut().expect("it is a list") {
        for key in ["min", "max"] {
            let amount = tier[key].as_str().map(|it| it.parse::<f64>().expect("it is a number"));
            tier[key] = json!(amount);
        }
    }
    tiers
}

fn sorted(mut places: Vec<Value>) -> Value {
    places.sort_by_key(ToString::to_string);
    Value::Array(places)
}

/// Compares the jobs of a moment with the log until then: what they say, and their lives.
fn assert_told(known: &Known, log: &[LoggedChange], case: &str) {
    let folded = fold(log).expect("the log can be replayed");
    let shown: BTreeMap<&str, Value> =
        known.jobs.iter().map(|it| (it["jobId"].as_str().expect("an id"), shown(it))).collect();
    let told: BTreeMap<&str, Value> = folded.iter().map(|(id, it)| (id.as_str(), told(it))).collect();
    assert_eq!(shown.keys().collect::<Vec<_>>(), told.keys().collect::<Vec<_>>(), "{case}");
    for (id, shown) in &shown {
        assert_eq!(*shown, told[id], "{id} {case}");
    }
    for job in &known.jobs {
        let events = &known.events[job["jobId"].as_str().expect("an id")];
        let reopened = events.iter().filter(|it| it["type"] == "JOB_REOPENED").count();
        let changed = events.iter().rev().find(|it| it["cause"] == "SOURCE").expect("it was created");
        assert_eq!(job["openings"], 1 + reopened, "{case}");
        assert_eq!(job["firstSeenAt"], events[0]["observedAt"], "{case}");
        assert_eq!(job["lastChangedAt"], changed["observedAt"], "{case}");
        assert_eq!(events.len(), log.iter().filter(|it| job["jobId"] == *it.job_id).count(), "{case}");
    }
}

/// Counts of employers at a moment are those of their jobs.
async fn assert_counts(world: &World, known: &Known, as_of: &str, case: &str) {
    for org in known.orgs.values() {
        let of: Vec<&Value> = known.jobs.iter().filter(|it| it["orgId"] == org["orgId"]).collect();
        let active = of.iter().filter(|it| it["status"] == "ACTIVE").count();
        let query = format!(
            "{{ org(by: {{id: {}}}, asOf: {as_of}) {{ jobCount activeJobCount jobs(first: 3) {{ totalCount }} }} }}",
            org["orgId"]
        );
        let counted = world.ask(&query, json!({})).await;
        let expected = json!({ "jobCount": of.len(), "activeJobCount": active, "jobs": { "totalCount": of.len() } });
        assert_eq!(counted["org"], expected, "{case}");
        assert_eq!((&org["jobCount"], &org["activeJobCount"]), (&json!(of.len()), &json!(active)), "{case}");
    }
}

/// The moment, and how much of the log it holds.
fn moment(dice: &mut Dice, log: &[LoggedChange], times: &BTreeMap<i64, i64>, number: usize) -> (String, usize) {
    let length = 1 + dice.below(log.len());
    if number.is_multiple_of(2) {
        return (format!("{{seq: \"{length}\"}}"), length);
    }
    let seq = i64::try_from(length).expect("it is small");
    // Exactly when it was observed, or a moment before or after.
    let at = times[&seq] + i64::try_from(dice.below(3)).expect("it is small") - 1;
    (format!("{{time: \"{}\"}}", rfc3339(at)), times.values().filter(|it| **it <= at).count())
}

async fn check_moments(backend: Backend) {
    let world = World::of(backend, &History::new(SEED, BOARDS).answers(18, 14)).await;
    let now = known(&world, "").await;
    let log = log(&world).await;
    let events = now.events.values().flatten();
    let seq = |it: &Value| it["seq"].as_str().expect("it is text").parse::<i64>().expect("it is a number");
    let times: BTreeMap<i64, i64> = events.map(|it| (seq(it), crate::naive::milliseconds(&it["observedAt"]))).collect();
    assert_eq!(log.iter().map(|it| it.seq).collect::<Vec<_>>(), times.keys().copied().collect::<Vec<_>>());
    assert_told(&now, &log, "now");
    let mut dice = Dice::new(SEED);
    for number in 0..MOMENTS {
        let (as_of, length) = moment(&mut dice, &log, &times, number);
        let case = format!("{backend}, seed {SEED}, {as_of}");
        let then = known(&world, &as_of).await;
        assert_told(&then, &log[..length], &case);
        assert_counts(&world, &then, &as_of, &case).await;
        if then.jobs.is_empty() {
            continue;
        }
        for filter in 0..FILTERS {
            let seed = SEED + u64::try_from(number * FILTERS + filter).expect("small");
            let mut filters = Filters { dice: Dice::new(seed), known: &then, is_now: false };
            let mut filter = filters.draw();
            if seed.is_multiple_of(3) {
                filter["events"] = json!({ "none": { "type": { "in": ["JOB_CLOSED", "JOB_UPDATED"] } } });
            }
            check(&world, &then, &filter, &as_of, &format!("{case}, filter seed {seed}: {filter}")).await;
        }
    }
}

#[test]
fn any_moment_is_what_the_log_tells_on_sqlite() {
    tokio::runtime::Runtime::new().expect("a runtime starts").block_on(check_moments(Backend::Sqlite));
}

#[test]
fn any_moment_is_what_the_log_tells_on_postgres() {
    if backends().contains(&Backend::Postgres) {
        tokio::runtime::Runtime::new().expect("a runtime starts").block_on(check_moments(Backend::Postgres));
    }
}

#[test]
fn every_revision_is_what_the_log_tells() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let world = World::of(backend, &History::new(SEED + 1, BOARDS).answers(15, 8)).await;
            let log = log(&world).await;
            let query = format!(
                "query ($after: String) {{ list: jobs(first: 5, after: $after) {{ nodes {{ jobId revisions(first: 30, orderBy: [{{seq: ASC}}]) {{ nodes {{ seq jobSeq validFrom validUntil job {{ {JOB} }} }} }} }} pageInfo {{ hasNextPage endCursor }} }} }}"
            );
            let mut count = 0;
            for job in world.all(&query, &json!({})).await {
                let own: Vec<LoggedChange> = log.iter().filter(|it| job["jobId"] == *it.job_id).cloned().collect();
                let revisions = job["revisions"]["nodes"].as_array().expect("it is a list");
                assert_eq!(revisions.len(), own.len(), "{backend} {job}");
                for (index, revision) in revisions.iter().enumerate() {
                    let folded = fold(&own[..=index]).expect("the log can be replayed");
                    let told = told(folded.values().next().expect("it is there"));
                    assert_eq!(shown(&revision["job"]), told, "{backend} {} {}", job["jobId"], index + 1);
                    assert_eq!((&revision["seq"], &revision["jobSeq"]), (&json!(own[index].seq.to_string()), &json!(own[index].job_seq)));
                    let until = revisions.get(index + 1).map_or(&Value::Null, |it| &it["validFrom"]);
                    assert_eq!(&revision["validUntil"], until, "{backend} {}", job["jobId"]);
                    count += 1;
                }
            }
            assert_eq!(count, log.len());
        });
    }
}

#[test]
fn a_snapshot_stays_what_it_was() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let mut history = History::new(SEED + 2, BOARDS);
            let world = World::of(backend, &history.answers(10, 12)).await;
            let taken = world.ask("{ jobs(first: 1) { snapshot } }", json!({})).await;
            let token = &taken["jobs"]["snapshot"];
            let read = async || {
                let of = format!("asOf: {{seq: {token}}}");
                // What changes without an event is of now.
                let passing = PASSING.iter().chain(&["missedCrawls", "staleness { isStale }"]);
                let content = passing.fold(JOB.to_owned(), |all, field| all.replace(field, ""));
                let pages = format!("query ($after: String) {{ list: jobs(first: 7, after: $after, orderBy: [{{title: DESC}}], {of}) {{ nodes {{ {content} }} pageInfo {{ hasNextPage endCursor }} }} }}");
                let counts = format!("{{ jobs(first: 0, {of}) {{ totalCount snapshot facets(fields: [STATUS TITLE CITY POSTED_DAY SALARY_BAND], top: 100) {{ field buckets {{ value count }} }} }} events(first: 0, {of}) {{ totalCount }} }}");
                (world.all(&pages, &json!({})).await, world.ask(&counts, json!({})).await)
            };
            let before = read().await;
            let more: Vec<Answer> = history.answers(8, 12);
            world.add(&more).await;
            let after = read().await;
            assert_eq!(before, after, "{backend}");
            assert_eq!(after.1["jobs"]["totalCount"], after.0.len(), "{backend}");
        });
    }
}
