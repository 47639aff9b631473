//! The two axes of employment: its kind, and whether it ends.

mod title;

use std::sync::LazyLock;

use regex::Regex;
use serde_json::json;

use super::fact::Fact;
use crate::ingest::posting::Posting;
use crate::vocabulary::{ContractTerm, EmploymentType, Provenance, Seniority};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Employment {
    pub employment_type: Option<EmploymentType>,
    pub contract_term: Option<ContractTerm>,
    pub facts: Vec<Fact>,
}

struct Rules {
    /// What calls employment, or the field for it, a contract.
    employed: Regex,
    kinds: Vec<(Regex, EmploymentType)>,
    terms: Vec<(Regex, ContractTerm)>,
    regular: Regex,
    interning: Regex,
    other: Regex,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    Rules {
        employed: Regex::new(
            r"(?i)\b(?:permanent|indefinite|open-ended|unlimited|employment|vast) contract\b|\bcontract(?: type)?\s*:",
        )
        .expect("the pattern is valid"),
        // The narrower kind first: a "full-time internship" is an internship.
        kinds: vec![
            (
                pattern(
                    r"intern|internship|interns|praktikum|praktikant(?:in)?|werkstudent(?:in)?|working student|stage|stagiaire|alternance|apprentice(?:ship)?|ausbildung|becari[oa]|prácticas|tirocinio|estági(?:o|ári[oa])|apprendistato|azubi|auszubildende[rn]?|werkstudierende[rn]?|praktyki|staż|praktikplats|alternant[e]?|インターン(?:シップ)?|实习",
                ),
                EmploymentType::Internship,
            ),
            (pattern(r"volunteer|ehrenamt|bénévole|voluntari[oa]"), EmploymentType::Volunteer),
            (pattern(r"per[ -]diem"), EmploymentType::PerDiem),
            (
                pattern(
                    r"contract|contractor|freelance(?:r)?|freie mitarbeit|indépendant|consultant contract|1099|c2c|b2b|zzp|autónom[oa]|autônom[oa]|libero professionista|partita iva|業務委託|契約社員",
                ),
                EmploymentType::Contract,
            ),
            (
                pattern(
                    r"temporary|temp|seasonal|aushilfe|temporär|temporal|intérim|temporári[oa]|temporaneo|tijdelijk|midlertidig|vikariat|visstid\w*|saisonnier|saisonnière|saisonkraft|派遣社員",
                ),
                EmploymentType::Temporary,
            ),
            // Who may choose is told of the more.
            (
                pattern(
                    r"full[- ]or[- ]part[- ]?time|full[- ]?time\W+(?:(?:or|and)\W+)?part[- ]?time|part[- ]?time\W+(?:(?:or|and)\W+)?full[- ]?time|voll(?:zeit)?\W+(?:(?:oder|und|bzw)\W+)?teilzeit",
                ),
                EmploymentType::FullTime,
            ),
            (
                pattern(
                    r"part[- ]?time|teilzeit|temps partiel|tempo parziale|media jornada|tiempo parcial|deeltijd|minijob|geringfügig\w*|mi-temps|medio tiempo|jornada parcial|tempo parcial|meio período|meio periodo|deltid|osa-aikainen|część etatu|アルバイト|パート(?:タイム)?|兼职",
                ),
                EmploymentType::PartTime,
            ),
            (
                pattern(
                    r"full[- ]?time|vollzeit|temps plein|temps complet|tempo pieno|jornada completa|tiempo completo|tempo integral|voltijd|salaried|tempo inteiro|período integral|periodo integral|heltid|kokoaikainen|pełny etat|正社員|全职",
                ),
                EmploymentType::FullTime,
            ),
            // What ends is a matter of its own where the hours are told.
            (pattern(r"fixed[- ]term|befristet|cdd"), EmploymentType::Temporary),
        ],
        terms: vec![
            (
                pattern(
                    r"fixed[- ]term|befristet|cdd|temporary|seasonal|determinato|temporal|ftc|durée déterminée|bepaalde tijd|tijdelijk|temporári[oa]|midlertidig|vikariat|visstid\w*|määräaikainen|契約社員",
                ),
                ContractTerm::FixedTerm,
            ),
            (
                pattern(
                    r"perm|permanent|unbefristet|cdi|indeterminato|indefinido|indéterminée|regular|festanstellung|festangestellt|onbepaalde tijd|vast (?:contract|dienstverband)|tillsvidare\w*|fast stilling|fastansættelse|vakituinen|umowa o pracę|clt|efetiv[oa]|正社員",
                ),
                ContractTerm::Permanent,
            ),
            // Permanent employment may name the months of its probation.
            (pattern(MONTHS), ContractTerm::FixedTerm),
        ],
        regular: pattern("regular|employee|permanent|cdi|unbefristet"),
        interning: pattern(
            r"interns?|internships?|praktik\w*|stagiaires?|stages?|tirocin\w*|tirocinio|becari[oa]s?|estagi[áa]ri[oa]s?|estágios?",
        ),
        other: pattern(r"^\s*(?:other|autre|sonstige[s]?|otro|andere)\s*$"),
    }
});

/// A span of months.
const MONTHS: &str = r"\d+(?:\s?[-–]\s?\d+)?[- ]?(?:m|mos?\.?|mths?|months?|monate?|mois|meses)";

/// Standing in for someone who comes back.
pub(super) const COVER: &str = r"(?:maternity|paternity|parental|mat|sick)(?: leave)? (?:cover(?:age)?|replacement|contract|opening)|leave cover(?:age)?|(?:elternzeit|mutterschafts)vertretung|remplacement congé maternité|licença maternidade";

/// Reads the employer's words, then the title, which is of this level.
pub fn read(posting: &Posting, level: Option<Seniority>) -> Employment {
    let raw = posting.employment_type_raw.as_deref().unwrap_or_default();
    let told_title = posting.title.as_str();
    let is_beginner = level == Some(Seniority::Intern);
    let is_intern = is_beginner && RULES.interning.is_match(told_title);
    // Hours are no kind of an intern's employment.
    let is_kind =
        |it: &EmploymentType| !(is_intern && matches!(it, EmploymentType::FullTime | EmploymentType::PartTime));
    let stated = first(&RULES.kinds, &RULES.employed.replace_all(raw, " "))
        .or_else(|| RULES.other.is_match(raw).then_some(EmploymentType::Other));
    let by_title = || title::kind(told_title).filter(is_kind).or(is_beginner.then_some(EmploymentType::Internship));
    let told = stated
        .filter(is_kind)
        .map(|it| (it, 0.95, Provenance::ProviderField, "employment.words"))
        .or_else(|| by_title().map(|it| (it, 0.8, Provenance::Title, "employment.title")))
        // A regular employee most often works full time, but the word does not say so.
        .or_else(|| {
            let is_regular = RULES.regular.is_match(raw);
            is_regular.then_some((EmploymentType::FullTime, 0.6, Provenance::ProviderField, "employment.words"))
        });
    let term = first(&RULES.terms, raw)
        .map(|it| (it, 0.95, Provenance::ProviderField, "contract.words"))
        .or_else(|| title::term(told_title).map(|it| (it, 0.8, Provenance::Title, "contract.title")));
    let words = |provenance| if provenance == Provenance::Title { told_title } else { raw };
    let kind_fact = told.map(|(kind, confidence, provenance, rule)| {
        let fact = Fact::new("employmentType", json!(kind), confidence, provenance, rule);
        let mut fact = fact.quoting(words(provenance), words(provenance));
        let hours = stated.filter(|it| !is_kind(it));
        fact.conflicts.extend(hours.map(|it| format!("{} by employment.words", <&str>::from(it))));
        fact
    });
    let term_fact = term.map(|(term, confidence, provenance, rule)| {
        Fact::new("contractTerm", json!(term), confidence, provenance, rule)
            .quoting(words(provenance), words(provenance))
    });
    Employment {
        employment_type: told.map(|it| it.0),
        contract_term: term.map(|it| it.0),
        facts: kind_fact.into_iter().chain(term_fact).collect(),
    }
}

/// Any of some words, none of which is part of another.
fn pattern(words: &str) -> Regex {
    Regex::new(&format!(r"(?i)(?:^|[^\p{{L}}])(?:{words})(?:$|[^\p{{L}}])")).expect("the pattern is valid")
}

fn first<T: Copy>(rules: &[(Regex, T)], words: &str) -> Option<T> {
    rules.iter().find(|(pattern, _)| pattern.is_match(words)).map(|(_, told)| *told)
}

#[cfg(test)]
mod tests;
