//! What a title tells of employment.

use std::sync::LazyLock;

use regex::Regex;

use super::{COVER, MONTHS, first, pattern};
use crate::vocabulary::{ContractTerm, EmploymentType};

struct Rules {
    kinds: Vec<(Regex, EmploymentType)>,
    /// A word for what ends or is not employed or paid, at the beginning of a part, and the word behind it.
    begins: Regex,
    /// Who is employed to see to others.
    keeps: Regex,
    terms: Vec<(Regex, ContractTerm)>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules {
    kinds: kinds(),
    keeps: Regex::new(r"(?i)\b(?:manager|director|coordinator|officer|lead|supervisor)\b")
        .expect("the pattern is valid"),
    begins: Regex::new(r"(?i)(?:^|[,|:–—]|-\s)\s*(temporary|temp|seasonal|contract|volunteer|1099)\s+(\p{L}+)")
        .expect("the pattern is valid"),
    terms: vec![
        (
            pattern(&format!(
                r"(?:fixed|defined)[- ]term|ftc|befristet(?:e|er|es)?|cdd|{COVER}|(?:maternity|paternity|parental) leave\s*(?:$|[)\],–-])|(?:{MONTHS})\W{{0,3}}(?:fixed|temp\w*|contract|ftc|duration|assignment|term)|(?:contract(?:or)?|freelancer?|temp\w*)\W{{0,3}}(?:{MONTHS})|temporary contract"
            )),
            ContractTerm::FixedTerm,
        ),
        (pattern("unbefristet(?:e|er|es)?|cdi"), ContractTerm::Permanent),
    ],
});

/// What may be temporary or seasonal besides those who work on it.
const TEMPORARY_THINGS: [&str; 22] = [
    "works",
    "structures",
    "housing",
    "accommodation",
    "staffing",
    "labor",
    "labour",
    "power",
    "traffic",
    "protection",
    "services",
    "agency",
    "help",
    "merchandise",
    "merchandising",
    "planning",
    "campaign",
    "campaigns",
    "product",
    "products",
    "decor",
    "allocation",
];

/// What is done with the form that contractors are taxed by.
const FORM_THINGS: [&str; 6] = ["analyst", "compliance", "processing", "reporting", "specialist", "tax"];

/// What is done with volunteers, by those who are employed.
const VOLUNTEER_THINGS: [&str; 27] = [
    "administration",
    "administrator",
    "and",
    "coordination",
    "coordinator",
    "development",
    "director",
    "engagement",
    "experience",
    "lead",
    "management",
    "manager",
    "officer",
    "operations",
    "outreach",
    "program",
    "programs",
    "recruiter",
    "recruitment",
    "relations",
    "resources",
    "service",
    "services",
    "specialist",
    "supervisor",
    "support",
    "training",
];

/// What is done with contracts, by those who are employed.
const CONTRACT_THINGS: [&str; 36] = [
    "administration",
    "administrative",
    "administrator",
    "advisor",
    "analysis",
    "analyst",
    "attorney",
    "catering",
    "cleaning",
    "compliance",
    "coordinator",
    "counsel",
    "development",
    "execution",
    "furniture",
    "law",
    "lead",
    "lifecycle",
    "logistics",
    "management",
    "manager",
    "manufacturer",
    "manufacturers",
    "manufacturing",
    "negotiation",
    "negotiator",
    "officer",
    "operations",
    "paralegal",
    "performance",
    "pharma",
    "research",
    "review",
    "sales",
    "services",
    "specialist",
];

/// Titles speak of work on employment as well ("Contract Manager", "Volunteer Coordinator"): such words tell only where
/// they stand apart.
fn kinds() -> Vec<(Regex, EmploymentType)> {
    let apart = |words: &str| {
        let pattern =
            format!(r"(?i)[(\[]\s*(?:{words})\s*[)\],:/–-]|(?:^|[,|–—]|\s-\s?)\s*(?:{words})\s*(?:$|[,|:–—]|-\s)");
        Regex::new(&pattern).expect("the pattern is valid")
    };
    let last = |words: &str| Regex::new(&format!(r"(?i)\s(?:{words})\s*$")).expect("the pattern is valid");
    vec![
        (
            pattern(
                r"intern|internship|praktikum|praktikant(?:in)?|werkstudent(?:in)?|working student|stagiaire|alternant[e]?|alternance|becari[oa]|estagiári[oa]",
            ),
            EmploymentType::Internship,
        ),
        (apart("volunteer|ehrenamt|bénévole"), EmploymentType::Volunteer),
        (last("volunteer"), EmploymentType::Volunteer),
        (pattern("per[ -]diem"), EmploymentType::PerDiem),
        (pattern("prn"), EmploymentType::PerDiem),
        (pattern(r"freelance(?:r)?"), EmploymentType::Contract),
        (apart(&format!(r"(?:{MONTHS})?\s*contract(?:or)?(?: position| role)?")), EmploymentType::Contract),
        (last("contractor"), EmploymentType::Contract),
        (pattern(&format!(r"(?:{MONTHS}) contract")), EmploymentType::Contract),
        (pattern(r"contractor pool|1099 (?:contract(?:or)?|role|position|basis)|業務委託"), EmploymentType::Contract),
        (apart("1099"), EmploymentType::Contract),
        (apart("(?:temporary|temp|seasonal)(?: contract| position| role)?"), EmploymentType::Temporary),
        (pattern("seasonal (?:employment|positions?|work)"), EmploymentType::Temporary),
        (last(r"season 20\d\d|20\d\d season"), EmploymentType::Temporary),
        (
            pattern(
                r"part[- ]?time|teilzeit|temps partiel|tempo parziale|minijob|medio tiempo|media jornada|meio período|deltid",
            ),
            EmploymentType::PartTime,
        ),
        (
            pattern(
                r"full[- ]?time|vollzeit|temps plein|tempo pieno|tiempo completo|jornada completa|tempo integral|heltid",
            ),
            EmploymentType::FullTime,
        ),
    ]
}

/// A title, or a part of it, may begin with the word as well: "Temporary Gardener", but not "Temporary Works Engineer", whose
/// works are, nor "Contract Manager".
pub(super) fn kind(title: &str) -> Option<EmploymentType> {
    let begins = || {
        RULES.begins.captures_iter(title).find_map(|found| {
            let next = found[2].to_lowercase();
            let (kind, others) = match found[1].to_lowercase().as_str() {
                "contract" => (EmploymentType::Contract, &CONTRACT_THINGS[..]),
                "1099" => (EmploymentType::Contract, &FORM_THINGS[..]),
                "volunteer" if RULES.keeps.is_match(title) => return None,
                "volunteer" => (EmploymentType::Volunteer, &VOLUNTEER_THINGS[..]),
                _ => (EmploymentType::Temporary, &TEMPORARY_THINGS[..]),
            };
            (!others.contains(&next.as_str())).then_some(kind)
        })
    };
    first(&RULES.kinds, title).or_else(begins)
}

/// Whether it says that the employment ends.
pub(super) fn term(title: &str) -> Option<ContractTerm> {
    first(&RULES.terms, title)
}
