//! The two axes of employment: its kind, and whether it ends.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::json;

use super::fact::Fact;
use crate::ingest::posting::Posting;
use crate::vocabulary::{ContractTerm, EmploymentType, Provenance};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Employment {
    pub employment_type: Option<EmploymentType>,
    pub contract_term: Option<ContractTerm>,
    pub facts: Vec<Fact>,
}

struct Rules {
    kinds: Vec<(Regex, EmploymentType)>,
    terms: Vec<(Regex, ContractTerm)>,
    regular: Regex,
    in_title: Vec<(Regex, EmploymentType)>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let pattern = |words: &str| {
        Regex::new(&format!(r"(?i)(?:^|[^\p{{L}}])(?:{words})(?:$|[^\p{{L}}])")).expect("the pattern is valid")
    };
    Rules {
        // The narrower kind first: a "full-time internship" is an internship.
        kinds: vec![
            (
                pattern(
                    r"intern|internship|interns|praktikum|praktikant(?:in)?|werkstudent(?:in)?|working student|stage|stagiaire|alternance|apprentice(?:ship)?|ausbildung|becari[oa]|prácticas|tirocinio|estágio",
                ),
                EmploymentType::Internship,
            ),
            (pattern(r"volunteer|ehrenamt|bénévole|voluntari[oa]"), EmploymentType::Volunteer),
            (pattern(r"per[ -]diem"), EmploymentType::PerDiem),
            (
                pattern(
                    r"contract|contractor|freelance(?:r)?|freie mitarbeit|indépendant|consultant contract|1099|c2c",
                ),
                EmploymentType::Contract,
            ),
            (
                pattern(r"temporary|temp|seasonal|fixed[- ]term|befristet|aushilfe|cdd|temporär|temporal|intérim"),
                EmploymentType::Temporary,
            ),
            (
                pattern(
                    r"part[- ]?time|teilzeit|temps partiel|tempo parziale|media jornada|tiempo parcial|deeltijd|minijob",
                ),
                EmploymentType::PartTime,
            ),
            (
                pattern(
                    r"full[- ]?time|vollzeit|temps plein|temps complet|tempo pieno|jornada completa|tiempo completo|tempo integral|voltijd|salaried",
                ),
                EmploymentType::FullTime,
            ),
        ],
        terms: vec![
            (pattern(r"fixed[- ]term|befristet|cdd|temporary|seasonal|determinato|temporal"), ContractTerm::FixedTerm),
            (
                pattern(r"permanent|unbefristet|cdi|indeterminato|indefinido|indéterminée|regular"),
                ContractTerm::Permanent,
            ),
        ],
        regular: pattern("regular|employee|permanent|cdi|unbefristet"),
        in_title: vec![(
            pattern(r"intern|internship|praktikum|praktikant(?:in)?|werkstudent(?:in)?|stagiaire"),
            EmploymentType::Internship,
        )],
    }
});

/// Reads the employer's words, else the title.
pub fn read(posting: &Posting) -> Employment {
    let mut found = Employment::default();
    let Some(raw) = posting.employment_type_raw.as_deref() else {
        let kind = RULES.in_title.iter().find(|(pattern, _)| pattern.is_match(&posting.title));
        if let Some((_, kind)) = kind {
            found.employment_type = Some(*kind);
            let fact = Fact::new("employmentType", json!(kind), 0.8, Provenance::Title, "employment.title");
            found.facts.push(fact.quoting(&posting.title, &posting.title));
        }
        return found;
    };
    let kind = RULES.kinds.iter().find(|(pattern, _)| pattern.is_match(raw)).map(|(_, kind)| (*kind, 0.95));
    // A regular employee most often works full time, but the word does not say so.
    let kind = kind.or_else(|| RULES.regular.is_match(raw).then_some((EmploymentType::FullTime, 0.6)));
    if let Some((kind, confidence)) = kind {
        found.employment_type = Some(kind);
        let fact = Fact::new("employmentType", json!(kind), confidence, Provenance::ProviderField, "employment.words");
        found.facts.push(fact.quoting(raw, raw));
    }
    if let Some((_, term)) = RULES.terms.iter().find(|(pattern, _)| pattern.is_match(raw)) {
        found.contract_term = Some(*term);
        let fact = Fact::new("contractTerm", json!(term), 0.95, Provenance::ProviderField, "contract.words");
        found.facts.push(fact.quoting(raw, raw));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_words(words: &str) -> (Option<EmploymentType>, Option<ContractTerm>) {
        let posting = Posting { employment_type_raw: Some(words.to_owned()), ..Posting::default() };
        let found = read(&posting);
        (found.employment_type, found.contract_term)
    }

    #[test]
    fn regular_is_permanent_and_most_likely_full_time() {
        let posting = Posting { employment_type_raw: Some("Regular".to_owned()), ..Posting::default() };
        let confidences: Vec<f64> = read(&posting).facts.iter().map(|it| it.confidence).collect();
        assert_eq!(read_words("Regular"), (Some(EmploymentType::FullTime), Some(ContractTerm::Permanent)));
        assert_eq!(confidences, [0.6, 0.95]);
    }

    #[test]
    fn words_of_several_languages_are_read() {
        assert_eq!(
            read_words("Vollzeit, unbefristet"),
            (Some(EmploymentType::FullTime), Some(ContractTerm::Permanent))
        );
        assert_eq!(read_words("CDD"), (Some(EmploymentType::Temporary), Some(ContractTerm::FixedTerm)));
        assert_eq!(read_words("Full-time internship"), (Some(EmploymentType::Internship), None));
        assert_eq!(read_words("Tempo pieno"), (Some(EmploymentType::FullTime), None));
    }

    #[test]
    fn unknown_words_stay_unknown() {
        assert_eq!(read_words("Tier 3"), (None, None));
        assert_eq!(read_words("Internal"), (None, None));
    }
}
