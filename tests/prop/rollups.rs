//! What the writer counts is what counting by hand gives.

use std::collections::{BTreeMap, BTreeSet};

use jobgraph::ingest::history::fold;
use jobgraph::ingest::identity::source_id;
use serde_json::{Value, json};

use crate::filters::known;
use crate::history::History;
use crate::naive::{Known, milliseconds};
use crate::support::backends;
use crate::world::World;

const SEED: u64 = 4_711;
const BOARDS: usize = 3;
const DAY: i64 = 86_400_000;

/// Dimensions, the path of their value in a job and in a revision, the facet that divides so, and whether case matters.
const DIMENSIONS: [(&str, &str, &str, bool); 9] = [
    ("ALL", "", "", true),
    ("PROVIDER", "provider", "PROVIDER", true),
    ("ORG", "orgId", "ORG", true),
    ("SOURCE", "sourceId", "SOURCE", true),
    ("COUNTRY", "countryCode", "COUNTRY", true),
    ("CITY", "city", "CITY", false),
    ("DEPARTMENT", "department", "DEPARTMENT", false),
    ("WORKPLACE_TYPE", "workplaceType", "WORKPLACE_TYPE", true),
    ("EMPLOYMENT_TYPE", "employmentType", "EMPLOYMENT_TYPE", true),
];

fn value(row: &Value, path: &str, is_exact: bool) -> String {
    let text = row[path].as_str().unwrap_or_default();
    if is_exact { text.to_owned() } else { text.to_lowercase() }
}

/// Events of one day: created, updated, closed, reopened.
type Day = [i64; 4];

/// What happened to postings of one value: by day, and the days until each closing.
#[derive(Default)]
struct Happened {
    days: BTreeMap<String, Day>,
    closings: Vec<i64>,
}

/// Events with what their postings were after them.
async fn states(world: &World, known: &Known) -> Vec<(Value, Value)> {
    let mut states = Vec::new();
    for board in 0..BOARDS {
        let log = world.store.reader().log_of(&source_id("greenhouse", &format!("Board-{board}"))).await;
        let log = log.expect("the log is read");
        for (job, events) in &known.events {
            let own: Vec<_> = log.iter().filter(|it| it.job_id == *job).cloned().collect();
            for (index, event) in events.iter().enumerate().take(own.len()) {
                let folded = fold(&own[..=index]).expect("the log can be replayed");
                let mut state = folded[job].to_json();
                state["orgId"] = event["org"]["orgId"].clone();
                state["sourceId"] = event["boardId"].clone();
                state["provider"] = event["provider"].clone();
                state["firstSeenAt"] = events[0]["observedAt"].clone();
                states.push((event.clone(), state));
            }
        }
    }
    states
}

fn happened(states: &[(Value, Value)], path: &str, is_exact: bool) -> BTreeMap<String, Happened> {
    let mut happened: BTreeMap<String, Happened> = BTreeMap::new();
    for (event, state) in states {
        let of = happened.entry(value(state, path, is_exact)).or_default();
        let day = event["observedAt"].as_str().expect("a time")[..10].to_owned();
        let kinds = ["JOB_CREATED", "JOB_UPDATED", "JOB_CLOSED", "JOB_REOPENED"];
        let kind = kinds.iter().position(|it| event["type"] == *it).expect("it is a known kind");
        of.days.entry(day).or_default()[kind] += 1;
        if kind == 2 {
            of.closings.push((milliseconds(&event["observedAt"]) - milliseconds(&state["firstSeenAt"])) / DAY);
        }
    }
    happened
}

/// All postings and the active ones, by value.
fn totals(known: &Known, path: &str, is_exact: bool) -> BTreeMap<String, (i64, i64)> {
    let mut totals: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for job in &known.jobs {
        let total = totals.entry(value(job, path, is_exact)).or_default();
        total.0 += 1;
        total.1 += i64::from(job["status"] == "ACTIVE");
    }
    totals
}

/// The median as a plain list has it: the lower one of two.
fn median(closings: &mut [i64]) -> Value {
    closings.sort_unstable();
    if closings.is_empty() { Value::Null } else { json!(closings[(closings.len() - 1) / 2]) }
}

fn assert_days(stats: &Value, happened: &mut Happened, case: &str) {
    let mut sums = [0; 4];
    let mut days = Vec::new();
    for (day, counts) in &happened.days {
        let [created, updated, closed, reopened] = *counts;
        days.push(
            json!({ "day": day, "created": created, "updated": updated, "closed": closed, "reopened": reopened }),
        );
        sums.iter_mut().zip(counts).for_each(|(sum, it)| *sum += it);
    }
    assert_eq!(stats["days"], json!(days), "{case}");
    let [created, _, closed, reopened] = sums;
    assert_eq!(
        [&stats["created"], &stats["closed"], &stats["reopened"]],
        [&json!(created), &json!(closed), &json!(reopened)],
        "{case}"
    );
    assert_eq!(stats["reopenRate"].is_null(), closed == 0, "{case}");
    assert_eq!(stats["medianDaysToClose"], median(&mut happened.closings), "{case}");
}

async fn assert_stats(world: &World, known: &Known, states: &[(Value, Value)]) {
    for (dimension, path, _, is_exact) in DIMENSIONS {
        let case = format!("{} seed {SEED} {dimension}", world.backend);
        let totals = totals(known, path, is_exact);
        let mut happened = happened(states, path, is_exact);
        let query = format!(
            "query ($values: [String!]) {{ stats(by: {dimension}, from: \"2025-12-01\", to: \"2026-12-31\", top: 100, values: $values) {{ value jobCount activeJobCount created closed reopened reopenRate medianDaysToClose days {{ day created updated closed reopened }} }} }}"
        );
        let values: BTreeSet<&String> = totals.keys().chain(happened.keys()).collect();
        for variables in [json!({}), json!({ "values": values })] {
            let answer = world.ask(&query, variables).await;
            let stats = answer["stats"].as_array().expect("it is a list");
            let shown: BTreeSet<String> = stats.iter().map(|it| value(it, "value", true)).collect();
            assert!(totals.keys().all(|it| shown.contains(it)), "{case}: {shown:?}");
            assert!(
                stats.windows(2).all(|it| it[0]["activeJobCount"].as_i64() >= it[1]["activeJobCount"].as_i64()),
                "{case}"
            );
            for one in stats {
                let case = format!("{case} {}", one["value"]);
                let (total, active) = totals.get(&value(one, "value", true)).copied().unwrap_or_default();
                assert_eq!((&one["jobCount"], &one["activeJobCount"]), (&json!(total), &json!(active)), "{case}");
                assert_days(one, happened.entry(value(one, "value", true)).or_default(), &case);
            }
        }
    }
}

/// Facets and totals of the root, which come from the same counts.
async fn assert_root(world: &World, known: &Known) {
    for (dimension, path, facet, is_exact) in DIMENSIONS {
        for status in ["", "ACTIVE", "CLOSED"] {
            let case = format!("{} seed {SEED} {dimension} {status}", world.backend);
            let filter = if status.is_empty() { json!({}) } else { json!({ "status": { "eq": status } }) };
            let jobs: Vec<&Value> =
                known.jobs.iter().filter(|it| status.is_empty() || it["status"] == status).collect();
            let fields = if facet.is_empty() { "STATUS" } else { facet };
            let query = format!(
                "query ($filter: JobFilter) {{ jobs(first: 0, filter: $filter) {{ totalCount totalCountIsExact facets(fields: [{fields}], top: 100, includeOwnFilter: true) {{ buckets {{ value count }} }} }} }}"
            );
            let answer = world.ask(&query, json!({ "filter": filter })).await;
            assert_eq!(answer["jobs"]["totalCount"], jobs.len(), "{case}");
            let path = if path.is_empty() { "status" } else { path };
            let mut expected: BTreeMap<String, i64> = BTreeMap::new();
            jobs.iter().for_each(|job| *expected.entry(value(job, path, is_exact)).or_default() += 1);
            let buckets = answer["jobs"]["facets"][0]["buckets"].as_array().expect("it is a list");
            let found: BTreeMap<String, i64> =
                buckets.iter().map(|it| (value(it, "value", true), it["count"].as_i64().expect("a count"))).collect();
            assert_eq!(found, expected, "{case}");
            for (own, count) in expected {
                let member = if facet == "COUNTRY" { "country" } else { path };
                let condition = if own.is_empty() { json!({ "isNull": true }) } else { json!({ "eq": own }) };
                let mut filter = filter.clone();
                filter[member] = condition;
                let one = world
                    .ask(
                        "query ($filter: JobFilter) { jobs(first: 0, filter: $filter) { totalCount } }",
                        json!({ "filter": filter }),
                    )
                    .await;
                if dimension != "ALL" {
                    assert_eq!(one["jobs"]["totalCount"], count, "{case} {filter}");
                }
            }
        }
    }
}

/// Slices, employers and boards have the same counts.
async fn assert_slices(world: &World, known: &Known) {
    for (root, path) in [("cities", "city"), ("departments", "department"), ("providers", "provider")] {
        let query = format!(
            "query ($after: String) {{ list: {root}(first: 50, after: $after) {{ nodes {{ value jobCount activeJobCount jobs(first: 1) {{ totalCount }} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        let mut expected = totals(known, path, path == "provider");
        expected.remove("");
        for slice in world.all(&query, &json!({})).await {
            let (total, active) = expected.remove(&value(&slice, "value", true)).unwrap_or_default();
            let shown = [&slice["jobCount"], &slice["activeJobCount"], &slice["jobs"]["totalCount"]];
            assert_eq!(shown, [&json!(total), &json!(active), &json!(total)], "{} {root} {slice}", world.backend);
        }
        assert_eq!(expected, BTreeMap::new(), "{} {root}", world.backend);
    }
}

#[test]
fn counts_that_are_kept_are_those_that_can_be_counted() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let mut history = History::new(SEED, BOARDS);
            let world = World::new(backend).await;
            for _ in 0..3 {
                world.add(&history.answers(7, 10)).await;
                let known = known(&world, "").await;
                let states = states(&world, &known).await;
                assert_stats(&world, &known, &states).await;
                assert_root(&world, &known).await;
                assert_slices(&world, &known).await;
            }
        });
    }
}
