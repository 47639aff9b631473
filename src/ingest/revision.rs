//! A posting at one moment, as a flat map from path to value: what events compare, and what they rebuild.
//!
//! Paths are those of `Job` in the graph. Lists without order are keyed by what their members are, so that a new order is
//! no change. Not in it: times of seeing, hashes and confidences, which move without anything having happened.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use similar::{Algorithm, DiffTag, capture_diff_slices};
use thiserror::Error;

use super::identity::{json_hash, rfc3339};
use super::normalize::{Location, Normalized, Salary};
use super::posting::Posting;
use crate::vocabulary::{ChangeKind, ChangeOp, ClosedReason, JobStatus, WorkplaceType};

/// Bytes of the lines that one text difference holds, their ends included.
const TEXT_DIFF_BYTES_MAX: usize = 64 * 1024;
/// Lines a side beyond which texts are not compared. A limit of time would make events depend on the machine.
const TEXT_DIFF_LINES_MAX: usize = 4_000;
/// Paths of what a provider itself states; all others are derived from it.
const STATED: [&str; 14] = [
    "title",
    "requisitionId",
    "internalJobKey",
    "locationText",
    "department",
    "departmentPath",
    "team",
    "employmentTypeRaw",
    "sourceUrl",
    "applyUrl",
    "applicationDeadline",
    "sourcePostedAt",
    "description",
    "status",
];

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Revision(BTreeMap<String, Value>);

/// One path that differs between two revisions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldChange {
    pub path: String,
    pub kind: ChangeKind,
    pub op: ChangeOp,
    pub old: Value,
    pub new: Value,
    pub text: Option<TextDiff>,
}

/// The lines of a text that differ.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TextDiff {
    pub hunks: Vec<Hunk>,
    /// Whether hunks were left out, as they or the texts are too long.
    pub truncated: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Hunk {
    pub old_start: usize,
    pub new_start: usize,
    pub removed: Vec<String>,
    pub added: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the change of \"{path}\" does not fit: it expects {expected}, there is {found}")]
pub struct FoldError {
    path: String,
    expected: String,
    found: String,
}

impl Revision {
    /// What a posting says and what is derived from it.
    pub fn of(posting: &Posting, normalized: &Normalized) -> Self {
        let mut revision = Self::default();
        revision.set("title", &normalized.title);
        revision.set("normalizedTitle", &normalized.normalized_title);
        revision.set("seniority", normalized.seniority);
        revision.set("function", normalized.function);
        revision.set("requisitionId", &posting.requisition_id);
        revision.set("internalJobKey", &posting.internal_job_key);
        revision.set("locationText", &posting.location_text);
        revision.set("department", posting.department_path.last());
        revision.set("departmentPath", Some(&posting.department_path).filter(|path| !path.is_empty()));
        revision.set("team", &posting.team);
        revision.set("employmentTypeRaw", &posting.employment_type_raw);
        revision.set("employmentType", normalized.employment_type);
        revision.set("contractTerm", normalized.contract_term);
        revision.set("workplaceType", normalized.workplace_type);
        revision.set("remotePolicy", normalized.workplace_type.filter(|it| *it != WorkplaceType::OnSite));
        revision.set("remoteScope", &normalized.remote_scope);
        revision.set("salary", normalized.salary.as_ref().map(salary));
        revision.set("sourceUrl", &posting.source_url);
        revision.set("applyUrl", &posting.apply_url);
        revision.set("applicationDeadline", posting.deadline_at.map(rfc3339));
        revision.set("sourcePostedAt", posting.posted_at.map(rfc3339));
        revision.set("language", &normalized.language);
        let description =
            normalized.description.as_ref().map(|it| json!({ "hash": it.text_hash, "chars": it.text.chars().count() }));
        revision.set("description", description);
        revision.set_places(&normalized.locations);
        for it in posting.metadata.iter().filter(|it| !it.value.is_null()) {
            revision.set(&format!("metadata[{}]", it.id), json!({ "name": it.name, "value": it.value }));
        }
        revision
    }

    fn set_places(&mut self, places: &[Location]) {
        if let Some(primary) = places.first() {
            self.set("city", &primary.city);
            self.set("region", &primary.region);
            self.set("country", &primary.country);
            self.set("countryCode", &primary.country_code);
        }
        for place in places {
            let mut path = format!("locations[{}]", place_key(place));
            let mut number = 2;
            while self.0.contains_key(&path) {
                path = format!("locations[{}#{number}]", place_key(place));
                number += 1;
            }
            let value = json!({
                "raw": place.raw, "city": place.city, "region": place.region, "regionCode": place.region_code,
                "country": place.country, "countryCode": place.country_code, "macro": place.macro_region,
                "postalCode": place.postal_code, "isRemote": place.is_remote,
            });
            self.set(&path, value);
        }
    }

    /// Sets or takes away a value; absent values have no path.
    fn set(&mut self, path: &str, value: impl Serialize) {
        let value = serde_json::to_value(value).expect("plain values and text keys become JSON");
        if value.is_null() {
            self.0.remove(path);
        } else {
            self.0.insert(path.to_owned(), value);
        }
    }

    /// The same posting, active.
    pub fn active(mut self) -> Self {
        self.set("status", JobStatus::Active);
        self.set("inactiveAt", Value::Null);
        self.set("closedReason", Value::Null);
        self
    }

    /// The same posting, closed at a time for a reason.
    pub fn closed(mut self, at: i64, reason: ClosedReason) -> Self {
        self.set("status", JobStatus::Closed);
        self.set("inactiveAt", rfc3339(at));
        self.set("closedReason", reason);
        self
    }

    /// The life that a stored posting has, without its content.
    pub fn life_of(job: &entity::job::Model) -> Self {
        let reason = job.closed_reason.parse().unwrap_or(ClosedReason::NotListed);
        let is_active = job.status == <&str>::from(JobStatus::Active);
        if is_active { Self::default().active() } else { Self::default().closed(job.inactive_at, reason) }
    }

    /// This content with that life.
    pub fn living(mut self, life: Self) -> Self {
        self.0.extend(life.0);
        self
    }

    /// The hash of all normalized values: of the posting's content, its life left out.
    pub fn normalized_hash(&self) -> String {
        let is_content = |path: &str| !matches!(path, "status" | "inactiveAt" | "closedReason");
        json_hash(self.0.iter().filter(|(path, _)| is_content(path)))
    }

    pub fn value(&self, path: &str) -> Option<&Value> {
        self.0.get(path)
    }

    /// As it is stored with the event that created a posting.
    pub fn to_json(&self) -> Value {
        self.0.iter().map(|(path, value)| (path.clone(), value.clone())).collect()
    }

    /// What was stored with the event that created a posting.
    pub fn from_json(value: Value) -> Self {
        match value {
            Value::Object(members) => Self(members.into_iter().collect()),
            _ => Self::default(),
        }
    }

    /// What leads from this revision to a later one, sorted by path. `texts` are the descriptions of both, where known.
    pub fn changes(&self, after: &Self, texts: Option<(&str, &str)>) -> Vec<FieldChange> {
        let paths: std::collections::BTreeSet<&String> = self.0.keys().chain(after.0.keys()).collect();
        let change = |path: &String| {
            let (old, new) = (self.0.get(path), after.0.get(path));
            let op = match (old, new) {
                (None, _) => ChangeOp::Add,
                (_, None) => ChangeOp::Remove,
                (Some(old), Some(new)) if old != new => ChangeOp::Replace,
                _ => return None,
            };
            let text = texts.filter(|_| path == "description").map(|(old, new)| text_diff(old, new));
            let (old, new) = (old.cloned().unwrap_or_default(), new.cloned().unwrap_or_default());
            Some(FieldChange { path: path.clone(), kind: kind(path), op, old, new, text })
        };
        paths.into_iter().filter_map(change).collect()
    }

    /// Applies the changes of one event. Refuses a change that does not start from what is there.
    pub fn apply(&mut self, changes: &[FieldChange]) -> Result<(), FoldError> {
        for change in changes {
            let found = self.0.get(&change.path).cloned().unwrap_or_default();
            if found != change.old {
                let (expected, found) = (change.old.to_string(), found.to_string());
                return Err(FoldError { path: change.path.clone(), expected, found });
            }
            self.set(&change.path, &change.new);
        }
        Ok(())
    }
}

fn kind(path: &str) -> ChangeKind {
    let is_stated = STATED.contains(&path) || path.starts_with("metadata[");
    if is_stated || matches!(path, "inactiveAt" | "closedReason") { ChangeKind::Source } else { ChangeKind::Derived }
}

fn salary(salary: &Salary) -> Value {
    json!({
        "raw": salary.raw,
        "min": salary.min.map(|it| it.normalize().to_string()),
        "max": salary.max.map(|it| it.normalize().to_string()),
        "currency": salary.currency,
        "period": salary.period,
        "tiers": salary.tiers,
    })
}

/// What a place is, as far as that is known; else its words.
fn place_key(place: &Location) -> String {
    let known: Vec<&str> =
        [&place.country_code, &place.region_code, &place.city].into_iter().flatten().map(String::as_str).collect();
    let mut key = known.join("/");
    if key.is_empty() {
        key = place.macro_region.clone().or_else(|| place.raw.clone()).unwrap_or_default();
    }
    if place.is_remote { format!("{key}/remote") } else { key }
}

fn text_diff(old: &str, new: &str) -> TextDiff {
    let (old, new) = (lines(old), lines(new));
    let mut diff = TextDiff::default();
    if old.len().max(new.len()) > TEXT_DIFF_LINES_MAX {
        diff.truncated = true;
        return diff;
    }
    // Lines are compared by number, as long lines can be alike in all but their ends.
    let numbers: HashMap<&str, usize> = old.iter().chain(&new).copied().zip(0..).collect();
    let numbered = |lines: &[&str]| lines.iter().map(|it| numbers.get(it).copied()).collect::<Vec<_>>();
    let (old_numbers, new_numbers) = (numbered(&old), numbered(&new));
    let mut bytes = 0;
    for op in capture_diff_slices(Algorithm::Myers, &old_numbers, &new_numbers) {
        if op.tag() == DiffTag::Equal {
            continue;
        }
        let (removed, added) = (&old[op.old_range()], &new[op.new_range()]);
        bytes += removed.iter().chain(added).map(|line| line.len() + 1).sum::<usize>();
        if bytes > TEXT_DIFF_BYTES_MAX {
            diff.truncated = true;
            break;
        }
        diff.hunks.push(Hunk {
            old_start: op.old_range().start + 1,
            new_start: op.new_range().start + 1,
            removed: removed.iter().map(|line| without_return(line)).collect(),
            added: added.iter().map(|line| without_return(line)).collect(),
        });
    }
    diff
}

/// Lines without their ends: the last line is the same one when others come behind it.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').map(|line| line.strip_suffix('\n').unwrap_or(line)).collect()
}

fn without_return(line: &str) -> String {
    line.strip_suffix('\r').unwrap_or(line).to_owned()
}

#[cfg(test)]
mod tests;
