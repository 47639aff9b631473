//! What differs, counted by field and by what the value was read from, with a few examples of each.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::ingest::normalize::Fact;
use crate::ingest::revision::FieldChange;
use crate::vocabulary::{ChangeKind, ChangeOp, Provenance};

/// Characters of each value of an example that are shown.
const VALUE_CHARACTERS_MAX: usize = 100;

/// What values of one field, read from one kind of place, are counted by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    /// The first part of the path, such as `locations`.
    pub field: String,
    /// What the value is read from, or was if it is gone; empty if that is not recorded.
    pub provenance: &'static str,
}

/// How many values differ, and in which way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub added: u64,
    pub removed: u64,
    pub replaced: u64,
    pub examples: Vec<Example>,
}

/// One value that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    pub job_id: String,
    pub path: String,
    pub old: Value,
    pub new: Value,
}

impl fmt::Display for Example {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { job_id, path, old, new } = self;
        write!(formatter, "{job_id} {path}: {} → {}", shown(old), shown(new))
    }
}

/// What came of reading postings again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Postings whose answers were read again.
    pub read: u64,
    /// Of those, the ones that say something else now; each is an event.
    pub changed: u64,
    /// Those that say the same, and know it otherwise.
    pub evidence: u64,
    /// Those that differ in nothing.
    pub same: u64,
    /// Postings whose answers cannot be read again.
    pub skipped: u64,
    /// Postings that were seen again in the meantime, and are to be read another time.
    pub overtaken: u64,
    /// Values that differ.
    pub fields: BTreeMap<Cause, Counts>,
}

impl Tally {
    /// Adds the changes of one posting; `old` and `new` are its facts before and after.
    pub(super) fn add(
        &mut self,
        job_id: &str,
        changes: &[FieldChange],
        (old, new): (&[Fact], &[Fact]),
        examples_max: usize,
    ) {
        self.changed += 1;
        for it in changes {
            let field = it.path.split('[').next().unwrap_or_default().to_owned();
            let provenance = if it.kind == ChangeKind::Source {
                <&str>::from(Provenance::ProviderField)
            } else {
                let facts = if it.op == ChangeOp::Remove { old } else { new };
                provenance(&field, facts)
            };
            let counts = self.fields.entry(Cause { field, provenance }).or_default();
            *match it.op {
                ChangeOp::Add => &mut counts.added,
                ChangeOp::Remove => &mut counts.removed,
                ChangeOp::Replace => &mut counts.replaced,
            } += 1;
            if counts.examples.len() < examples_max {
                let (job_id, path) = (job_id.to_owned(), it.path.clone());
                counts.examples.push(Example { job_id, path, old: it.old.clone(), new: it.new.clone() });
            }
        }
    }
}

/// What the value of a field was read from.
fn provenance(field: &str, facts: &[Fact]) -> &'static str {
    let of = match field {
        "city" | "region" | "country" | "countryCode" | "remoteScope" => "locations",
        "remotePolicy" => "workplaceType",
        other => other,
    };
    facts.iter().find(|it| it.field == of).map_or("", |it| it.provenance.into())
}

/// A value as it is shown: a line, cut where it is long.
fn shown(value: &Value) -> String {
    if value.is_null() {
        return "nothing".to_owned();
    }
    let text = value.to_string();
    let mut cut: String = text.chars().take(VALUE_CHARACTERS_MAX).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}
