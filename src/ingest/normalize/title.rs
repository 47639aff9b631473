//! What a title says: the work alone, freed of all that is about this one posting, its level, and its kind. The department
//! is second evidence of the kind.

mod clean;
mod function;
mod noise;
mod seniority;
mod spot;
mod words;

use std::sync::LazyLock;

use moka::sync::Cache;
use serde_json::json;

use super::fact::Fact;
use super::location::Location;
use crate::ingest::posting::Posting;
use crate::vocabulary::{JobFunction, Provenance, Seniority};

/// Characters of a title that are read; what is longer is no title, and stays as it is.
const CHARACTERS_MAX: usize = 300;
/// Titles whose meaning is remembered: the same few are posted again and again.
const READ_MAX: u64 = 16_384;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Title {
    /// Never empty, unless the title is.
    pub normalized: Option<String>,
    pub seniority: Option<Seniority>,
    pub function: Option<JobFunction>,
    pub facts: Vec<Fact>,
}

/// What cleaned words say by themselves.
#[derive(Clone, Debug)]
struct Meaning {
    seniority: Option<(Seniority, String)>,
    function: Option<function::Found>,
}

/// Reads the title of a posting that is at these places.
pub fn read(posting: &Posting, places: &[Location]) -> Title {
    static READ: LazyLock<Cache<String, Meaning>> = LazyLock::new(|| Cache::new(READ_MAX));
    let title = posting.title.trim();
    if title.is_empty() {
        return Title::default();
    }
    if title.chars().count() > CHARACTERS_MAX {
        return Title { normalized: Some(title.to_owned()), ..Title::default() };
    }
    let normalized = clean::clean(title, &spot::Known::of(posting, places));
    let meaning = READ.get(&normalized).unwrap_or_else(|| {
        let meaning = Meaning { seniority: seniority::read(&normalized), function: function::read(&normalized) };
        READ.insert(normalized.clone(), meaning.clone());
        meaning
    });
    // What brackets said of interns is cut from the normalized title, and still told by the title.
    let level = clean::interns(title).map(|it| (Seniority::Intern, it.to_owned())).or(meaning.seniority);
    let mut found = Title { seniority: level.as_ref().map(|(it, _)| *it), ..Title::default() };
    let confidence = if normalized == title { 0.95 } else { 0.9 };
    let fact = Fact::new("normalizedTitle", json!(normalized), confidence, Provenance::Title, "title.cleaned");
    found.facts.push(fact.quoting(title, title));
    found.facts.extend(level.map(|(kind, word)| {
        Fact::new("seniority", json!(kind), 0.9, Provenance::Title, "seniority.words").quoting(title, &word)
    }));
    let department = posting.department_path.iter().rev().find_map(|it| Some((it, function::read(it)?)));
    if let Some((function, fact)) = settled(title, meaning.function, department) {
        found.function = Some(function);
        found.facts.push(fact);
    }
    found.normalized = Some(normalized);
    found
}

/// The title's word for what is done, else the department's; where both speak and differ, that is on record.
fn settled(
    title: &str,
    by_title: Option<function::Found>,
    by_department: Option<(&String, function::Found)>,
) -> Option<(JobFunction, Fact)> {
    if let Some(found) = by_title {
        // The name of a role says more than a word for a field of work.
        let confidence = if found.is_role { 0.9 } else { 0.75 };
        let fact = Fact::new("function", json!(found.function), confidence, Provenance::Title, "function.title");
        let mut fact = fact.quoting(title, &found.words);
        if let Some((department, other)) = by_department {
            if other.function == found.function {
                fact.confidence = 0.95;
            } else {
                fact.confidence -= 0.1;
                fact.conflicts.push(format!("{} by department {department:?}", <&str>::from(other.function)));
            }
        }
        return Some((found.function, fact));
    }
    let (department, found) = by_department?;
    let fact = Fact::new("function", json!(found.function), 0.7, Provenance::ProviderField, "function.department");
    Some((found.function, fact.quoting(department, department)))
}

#[cfg(test)]
mod tests;
