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
    /// What calls employment, or the field for it, a contract.
    employed: Regex,
    kinds: Vec<(Regex, EmploymentType)>,
    terms: Vec<(Regex, ContractTerm)>,
    regular: Regex,
    other: Regex,
    kinds_in_title: Vec<(Regex, EmploymentType)>,
    /// A word for what ends or is not employed, at the beginning of a part, and the word behind it.
    begins: Regex,
    terms_in_title: Vec<(Regex, ContractTerm)>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let pattern = |words: &str| {
        Regex::new(&format!(r"(?i)(?:^|[^\p{{L}}])(?:{words})(?:$|[^\p{{L}}])")).expect("the pattern is valid")
    };
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
        other: pattern(r"^\s*(?:other|autre|sonstige[s]?|otro|andere)\s*$"),
        kinds_in_title: kinds_in_title(pattern),
        begins: Regex::new(r"(?i)(?:^|[,|:–—]|-\s)\s*(temporary|temp|seasonal|contract)\s+(\p{L}+)")
            .expect("the pattern is valid"),
        terms_in_title: vec![
            (
                pattern(&format!(
                    r"fixed[- ]term|ftc|befristet(?:e|er|es)?|cdd|maternity (?:leave )?cover(?:age)?|(?:{MONTHS})\W{{0,3}}(?:fixed|temp\w*|contract|ftc|duration|assignment|term)|(?:contract(?:or)?|temp\w*)\W{{0,3}}(?:{MONTHS})|temporary contract"
                )),
                ContractTerm::FixedTerm,
            ),
            (pattern("unbefristet(?:e|er|es)?|cdi"), ContractTerm::Permanent),
        ],
    }
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

/// What is done with contracts, by those who are employed.
const CONTRACT_THINGS: [&str; 34] = [
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

/// A span of months.
const MONTHS: &str = r"\d+(?:\s?[-–]\s?\d+)?[- ]?(?:m|mos?\.?|mths?|months?|monate?|mois|meses)";

/// Titles speak of work on employment as well ("Contract Manager", "Volunteer Coordinator"): such words tell only where
/// they stand apart.
fn kinds_in_title(pattern: impl Fn(&str) -> Regex) -> Vec<(Regex, EmploymentType)> {
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
        (pattern(r"contractor pool|1099 (?:contract(?:or)?|role|position|basis)"), EmploymentType::Contract),
        (apart("(?:temporary|temp|seasonal)(?: contract| position| role)?"), EmploymentType::Temporary),
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

/// Reads the employer's words, then the title.
pub fn read(posting: &Posting) -> Employment {
    let raw = posting.employment_type_raw.as_deref().unwrap_or_default();
    let title = posting.title.as_str();
    let told = first(&RULES.kinds, &RULES.employed.replace_all(raw, " "))
        .or_else(|| RULES.other.is_match(raw).then_some(EmploymentType::Other))
        .map(|it| (it, 0.95, Provenance::ProviderField, "employment.words"))
        .or_else(|| of_title(title).map(|it| (it, 0.8, Provenance::Title, "employment.title")))
        // A regular employee most often works full time, but the word does not say so.
        .or_else(|| {
            let is_regular = RULES.regular.is_match(raw);
            is_regular.then_some((EmploymentType::FullTime, 0.6, Provenance::ProviderField, "employment.words"))
        });
    let term = first(&RULES.terms, raw)
        .map(|it| (it, 0.95, Provenance::ProviderField, "contract.words"))
        .or_else(|| first(&RULES.terms_in_title, title).map(|it| (it, 0.8, Provenance::Title, "contract.title")));
    let words = |provenance| if provenance == Provenance::Title { title } else { raw };
    let kind_fact = told.map(|(kind, confidence, provenance, rule)| {
        Fact::new("employmentType", json!(kind), confidence, provenance, rule)
            .quoting(words(provenance), words(provenance))
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

/// A title, or a part of it, may begin with the word as well: "Temporary Gardener", but not "Temporary Works Engineer", whose
/// works are, nor "Contract Manager".
fn of_title(title: &str) -> Option<EmploymentType> {
    let begins = || {
        RULES.begins.captures_iter(title).find_map(|found| {
            let next = found[2].to_lowercase();
            let (kind, others) = if found[1].eq_ignore_ascii_case("contract") {
                (EmploymentType::Contract, &CONTRACT_THINGS[..])
            } else {
                (EmploymentType::Temporary, &TEMPORARY_THINGS[..])
            };
            (!others.contains(&next.as_str())).then_some(kind)
        })
    };
    first(&RULES.kinds_in_title, title).or_else(begins)
}

fn first<T: Copy>(rules: &[(Regex, T)], words: &str) -> Option<T> {
    rules.iter().find(|(pattern, _)| pattern.is_match(words)).map(|(_, told)| *told)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERMANENT: Option<ContractTerm> = Some(ContractTerm::Permanent);
    const FIXED_TERM: Option<ContractTerm> = Some(ContractTerm::FixedTerm);

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
        assert_eq!(read_words("fulltime fixed term"), (Some(EmploymentType::FullTime), FIXED_TERM));
        assert_eq!(read_words("Teilzeit, befristet"), (Some(EmploymentType::PartTime), FIXED_TERM));
        assert_eq!(read_words("permanent, full-or-part-time"), (Some(EmploymentType::FullTime), PERMANENT));
        assert_eq!(read_words("Voll- oder Teilzeit"), (Some(EmploymentType::FullTime), None));
        assert_eq!(read_words("FULL TIME, PART TIME"), (Some(EmploymentType::FullTime), None));
        assert_eq!(read_words("Tempo pieno"), (Some(EmploymentType::FullTime), None));
        assert_eq!(read_words("Heltid, tillsvidareanställning"), (Some(EmploymentType::FullTime), PERMANENT));
        assert_eq!(read_words("Onbepaalde tijd, voltijd"), (Some(EmploymentType::FullTime), PERMANENT));
        assert_eq!(read_words("Contrato de trabajo: medio tiempo"), (Some(EmploymentType::PartTime), None));
        assert_eq!(read_words("Auszubildende"), (Some(EmploymentType::Internship), None));
        assert_eq!(read_words("正社員"), (Some(EmploymentType::FullTime), PERMANENT));
        assert_eq!(read_words("CLT - Tempo integral"), (Some(EmploymentType::FullTime), PERMANENT));
    }

    fn read_title(title: &str) -> (Option<EmploymentType>, Option<ContractTerm>) {
        let found = read(&Posting { title: title.to_owned(), ..Posting::default() });
        (found.employment_type, found.contract_term)
    }

    #[test]
    fn a_title_tells_what_stands_apart_in_it() {
        let told = [
            ("Gardener (Part-time)", Some(EmploymentType::PartTime)),
            ("Gardener - Full-Time Nights", Some(EmploymentType::FullTime)),
            ("Gardener, Freelance", Some(EmploymentType::Contract)),
            ("Gardener [Contract]", Some(EmploymentType::Contract)),
            ("Gardener - Moon - Contract - Remote", Some(EmploymentType::Contract)),
            ("Gardener (Contractor- 6 months)", Some(EmploymentType::Contract)),
            ("PRN Gardener", Some(EmploymentType::PerDiem)),
            ("Gardener - Temporary Contract ", Some(EmploymentType::Temporary)),
            ("Contract Manager", None),
            ("Procurement, Contract Management", None),
            ("Contract Rose Gardener", Some(EmploymentType::Contract)),
            ("Moon - Contract Gardener", Some(EmploymentType::Contract)),
            ("Gardener | 1099 Contract", Some(EmploymentType::Contract)),
            ("Gardener- Temp Crew B", Some(EmploymentType::Temporary)),
            ("Gardener (Contract Law)", None),
            ("Head of Gardens, Contracts", None),
            ("Garden Volunteer", Some(EmploymentType::Volunteer)),
            ("Volunteer Coordinator", None),
            ("Temporary Works Engineer", None),
            ("Gardener (Temporary)", Some(EmploymentType::Temporary)),
            ("Temporary Gardener", Some(EmploymentType::Temporary)),
            ("Seasonal Rose Gardener", Some(EmploymentType::Temporary)),
            ("Seasonal Merchandising Manager", None),
            ("Gardener - Moon Contractor pool", Some(EmploymentType::Contract)),
            ("Trädgårdsmästare, heltid", Some(EmploymentType::FullTime)),
            ("International Gardener", None),
        ];
        let read = told.map(|(title, kind)| (title, read_title(title).0, kind));
        let misread: Vec<_> = read.iter().filter(|it| it.1 != it.2).collect();
        assert!(misread.is_empty(), "{misread:#?}");
    }

    #[test]
    fn a_span_of_months_is_a_fixed_term() {
        let fixed = Some(ContractTerm::FixedTerm);
        assert_eq!(read_title("Gardener (12-month FTC)"), (None, fixed));
        assert_eq!(read_title("Gardener, 6-9 month Contract"), (Some(EmploymentType::Contract), fixed));
        assert_eq!(read_title("Gardener (12-Month Duration)"), (None, fixed));
        assert_eq!(read_title("Gardener (Contractor- 6 months)").1, fixed);
        assert_eq!(read_title("Gardener - Temporary Contract").1, fixed);
        assert_eq!(read_title("Gardener (Fixed Term)"), (None, fixed));
        assert_eq!(read_title("Gardener of 12 months a year"), (None, None));
        assert_eq!(read_words("Contract (6 months)"), (Some(EmploymentType::Contract), fixed));
        assert_eq!(read_words("Perm - Full-time"), (Some(EmploymentType::FullTime), Some(ContractTerm::Permanent)));
    }

    #[test]
    fn the_title_is_surer_than_a_guess_and_less_sure_than_the_field() {
        let both = |raw: &str, title: &str| {
            let raw = Some(raw.to_owned());
            read(&Posting { title: title.to_owned(), employment_type_raw: raw, ..Posting::default() }).employment_type
        };
        assert_eq!(both("Regular", "Gardener (Part-time)"), Some(EmploymentType::PartTime));
        assert_eq!(both("Full-time", "Gardener (Part-time)"), Some(EmploymentType::FullTime));
        assert_eq!(both("Other", "Gardener"), Some(EmploymentType::Other));
    }

    #[test]
    fn a_contract_of_employment_is_no_contractors() {
        let (contract, full_time, part_time) =
            (Some(EmploymentType::Contract), Some(EmploymentType::FullTime), Some(EmploymentType::PartTime));
        assert_eq!(read_words("Permanent contract"), (full_time, PERMANENT));
        assert_eq!(read_words("Full Time - Permanent Contract"), (full_time, PERMANENT));
        assert_eq!(read_words("Part-time, open-ended contract"), (part_time, None));
        assert_eq!(read_words("Vast contract, deeltijd"), (part_time, PERMANENT));
        assert_eq!(read_words("Contract type: Full-time"), (full_time, None));
        assert_eq!(read_words("Contract: Permanent, part-time"), (part_time, PERMANENT));
        assert_eq!(read_words("Employment contract"), (None, None));
        assert_eq!(read_words("Contract type: Contract"), (contract, None));
        assert_eq!(read_words("Full-Time | Contract"), (contract, None));
    }

    #[test]
    fn unknown_words_stay_unknown() {
        assert_eq!(read_words("Tier 3"), (None, None));
        assert_eq!(read_words("Internal"), (None, None));
    }
}
