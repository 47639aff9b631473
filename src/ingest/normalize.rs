//! What a posting means: typed facts from the provider's words, each with its confidence and the words it was read from.
//!
//! Everything here is pure and knows no provider. What is not known stays absent; a country is never guessed.

pub mod amount;
pub mod employment;
pub mod fact;
pub mod gazetteer;
pub mod html;
pub mod language;
pub mod location;
mod phrase;
pub mod place;
pub mod salary;
pub mod title;
pub mod workplace;

use serde_json::json;

pub use self::fact::{Evidence, Fact};
pub use self::html::Description;
pub use self::location::{Location, RemoteScope};
pub use self::salary::{Salary, SalaryTier};
use super::posting::Posting;
use crate::vocabulary::{ContractTerm, EmploymentType, JobFunction, Seniority, WorkplaceType};

/// Counts up whenever a rule changes what comes out.
pub const NORMALIZER_VERSION: i32 = 14;

/// What was derived from one posting.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Normalized {
    pub title: String,
    /// The title without what is about this one posting; see `title`.
    pub normalized_title: Option<String>,
    pub seniority: Option<Seniority>,
    pub function: Option<JobFunction>,
    /// The primary place first.
    pub locations: Vec<Location>,
    pub workplace_type: Option<WorkplaceType>,
    pub remote_scope: Option<RemoteScope>,
    pub employment_type: Option<EmploymentType>,
    pub contract_term: Option<ContractTerm>,
    pub salary: Option<Salary>,
    pub language: Option<String>,
    pub description: Option<Description>,
    pub facts: Vec<Fact>,
    /// Codes of what was noticed, such as `LOCATION_ROLLUP`.
    pub warnings: Vec<String>,
}

/// What takes longest to read, and what many postings have in common: their bodies and their places.
#[derive(Clone, Debug, Default)]
pub(crate) struct Readings {
    pub(crate) description: Option<Description>,
    pub(crate) pay_in_markup: Option<String>,
    pub(crate) language: Option<language::Found>,
    pub(crate) places: location::Places,
}

/// Derives all facts of a posting.
pub fn normalize(posting: &Posting) -> Normalized {
    let body = posting.html();
    let description = body.as_deref().map(html::describe);
    let text = description.as_ref().map_or_else(String::new, |it| it.text.clone());
    let readings = Readings {
        pay_in_markup: body.as_deref().and_then(salary::in_markup),
        language: language::read(posting.language.as_deref(), &text),
        places: location::read(posting),
        description,
    };
    derived(posting, readings, &text)
}

/// Derives all facts of a posting whose body and places were read. `text` is what may tell of workplace and pay.
pub(crate) fn derived(posting: &Posting, readings: Readings, text: &str) -> Normalized {
    let Readings { description, pay_in_markup, language, mut places } = readings;
    let mut facts = Vec::new();
    let title = title::read(posting, &places.locations);
    let workplace = workplace::read(posting, &places, text);
    match workplace.unflagged(posting) {
        Some(unflagged) => places = location::read(&unflagged),
        None => location::spread(&mut places.locations, workplace.kind),
    }
    let employment = employment::read(posting, title.seniority);
    let country = places.locations.first().and_then(|it| it.country_code.as_deref());
    let salary = salary::read(&posting.pay, pay_in_markup.as_deref(), text)
        .map(|it| it.in_country(country).in_words(posting.pay_words.as_deref()));
    if let Some(first) = places.locations.first() {
        let raw = posting.location_text.as_deref().unwrap_or_default();
        facts.push(
            Fact::new("locations", json!(places.locations), first.confidence, first.provenance, "location.text")
                .quoting(raw, raw),
        );
    }
    facts.extend(title.facts);
    facts.extend(workplace.fact.clone());
    facts.extend(employment.facts);
    facts.extend(
        salary
            .as_ref()
            .map(|it| Fact::new("salary", json!(it), it.confidence, it.provenance, it.rule()).quoting(text, &it.raw)),
    );
    facts.extend(language.as_ref().map(language::Found::fact));
    let remote_scope = location::scope(&places.locations, workplace.kind);
    Normalized {
        title: posting.title.trim().to_owned(),
        normalized_title: title.normalized,
        seniority: title.seniority,
        function: title.function,
        remote_scope,
        workplace_type: workplace.kind,
        employment_type: employment.employment_type,
        contract_term: employment.contract_term,
        salary,
        language: language.map(|it| it.language),
        description,
        facts,
        warnings: places.warnings,
        locations: places.locations,
    }
}

#[cfg(test)]
mod tests;
