//! What a board's files say happened, told by comparing each with the one before and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) closed: i64,
    pub(crate) reopened: i64,
}

/// Values without meaning to the posting, by the rules of the domain.
const PLACEHOLDERS: [&str; 17] = [
    "",
    "-",
    "--",
    "n/a",
    "na",
    "none",
    "tbd",
    "see opening id",
    "tba",
    "one",
    "multi",
    "mul",
    "multiple",
    "parent",
    "evergreen",
    "various",
    "pipeline",
];

/// Compares answers in the order of time.
pub(crate) fn compare(answers: &[Value]) -> Counts {
    let mut counts = Counts::default();
    let mut known: BTreeMap<String, Value> = BTreeMap::new();
    let mut active: BTreeSet<String> = BTreeSet::new();
    for answer in answers {
        let mut present = BTreeSet::new();
        for job in answer["jobs"].as_array().expect("an answer has jobs") {
            let key = job["id"].to_string();
            if !present.insert(key.clone()) {
                continue;
            }
            match known.get(&key) {
                None => counts.created += 1,
                Some(before) => {
                    counts.reopened += i64::from(!active.contains(&key));
                    counts.updated += i64::from(tracked(before, before) != tracked(job, before));
                }
            }
            known.insert(key, job.clone());
        }
        counts.closed += active.difference(&present).count() as i64;
        active = present;
    }
    counts
}

/// What the provider states of a posting, without keys that `before` did not have.
fn tracked(job: &Value, before: &Value) -> Value {
    let had = |key: &str| before.get(key).is_some();
    let words = |value: &Value| value.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let requisition = words(&json!(
        job["requisition_id"].as_str().map_or_else(|| job["requisition_id"].to_string(), ToOwned::to_owned)
    ));
    let requisition =
        Some(requisition).filter(|it| it != "null" && !PLACEHOLDERS.contains(&it.to_lowercase().as_str()));
    let mut metadata: Vec<String> = job["metadata"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|it| !it["value"].is_null())
        .map(|it| {
            let mut values: Vec<String> = it["value"].as_array().into_iter().flatten().map(Value::to_string).collect();
            values.sort();
            format!(
                "{} {} {} {values:?}",
                it["id"],
                it["name"],
                if it["value"].is_array() { &Value::Null } else { &it["value"] }
            )
        })
        .collect();
    metadata.sort();
    json!([
        words(&job["title"]),
        words(&job["location"]["name"]),
        words(&job["departments"][0]["name"]),
        job["absolute_url"],
        requisition.filter(|_| had("requisition_id")),
        if had("application_deadline") { job["application_deadline"].clone() } else { Value::Null },
        if had("metadata") { metadata } else { Vec::new() },
        job["content"],
        job["pay_input_ranges"],
    ])
}
