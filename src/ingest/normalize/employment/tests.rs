//! Words of employment in fields and titles.

use super::*;

const PERMANENT: Option<ContractTerm> = Some(ContractTerm::Permanent);
const FIXED_TERM: Option<ContractTerm> = Some(ContractTerm::FixedTerm);

fn read_words(words: &str) -> (Option<EmploymentType>, Option<ContractTerm>) {
    let posting = Posting { employment_type_raw: Some(words.to_owned()), ..Posting::default() };
    let found = read(&posting, None);
    (found.employment_type, found.contract_term)
}

#[test]
fn regular_is_permanent_and_most_likely_full_time() {
    let posting = Posting { employment_type_raw: Some("Regular".to_owned()), ..Posting::default() };
    let confidences: Vec<f64> = read(&posting, None).facts.iter().map(|it| it.confidence).collect();
    assert_eq!(read_words("Regular"), (Some(EmploymentType::FullTime), Some(ContractTerm::Permanent)));
    assert_eq!(confidences, [0.6, 0.95]);
}

#[test]
fn words_of_several_languages_are_read() {
    assert_eq!(read_words("Vollzeit, unbefristet"), (Some(EmploymentType::FullTime), Some(ContractTerm::Permanent)));
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
    let posting = Posting { title: title.to_owned(), ..Posting::default() };
    let level = crate::ingest::normalize::title::read(&posting, &[]).seniority;
    let found = read(&posting, level);
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
        ("1099 Gardener", Some(EmploymentType::Contract)),
        ("Gardener, 1099 - Moon", Some(EmploymentType::Contract)),
        ("1099 Tax Analyst", None),
        ("Gardener (業務委託）", Some(EmploymentType::Contract)),
        ("Contract Manufacturer", None),
        ("Roses - Volunteer Garden Specialist (EN)", Some(EmploymentType::Volunteer)),
        ("Volunteer Services Manager", None),
        ("2026 Seasonal Employment", Some(EmploymentType::Temporary)),
        ("Rose Gardeners 2026 Season", Some(EmploymentType::Temporary)),
        ("Garden - Install Apprentice", Some(EmploymentType::Internship)),
        ("IT GRC Co-Op", Some(EmploymentType::Internship)),
        ("Co-op Gardener", Some(EmploymentType::Internship)),
        ("Garden Engineering Coop", Some(EmploymentType::Internship)),
        ("Software Engineer, Coop", Some(EmploymentType::Internship)),
        ("Coop Student", Some(EmploymentType::Internship)),
        ("Coop - Software Engineering, Fall 2026", Some(EmploymentType::Internship)),
        ("Coop: Data Analyst", Some(EmploymentType::Internship)),
        ("Mechanical Coop", Some(EmploymentType::Internship)),
        ("Fall 2026 Coop", Some(EmploymentType::Internship)),
        ("Gardener (Coop)", Some(EmploymentType::Internship)),
        ("Garden Coop/Intern", Some(EmploymentType::Internship)),
        ("Butiksmedarbetare, Stora Coop", None),
        ("Trädgårdsmästare, Lilla Coop Vänersborg", None),
        ("Gardener at X-tra Coop", None),
        ("Stage - Juriste Corporate", Some(EmploymentType::Internship)),
        ("Future Internships", Some(EmploymentType::Internship)),
        ("Apprenticeship Coordinator", None),
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
    assert_eq!(read_title("Gardener (Defined Term)"), (None, fixed));
    assert_eq!(read_title("Gardener (Freelancer 6 months)"), (Some(EmploymentType::Contract), fixed));
    assert_eq!(read_title("Gärtner (Elternzeitvertretung)"), (None, fixed));
    assert_eq!(read_title("Gardener (Maternity Opening)"), (None, fixed));
    assert_eq!(read_title("Gardener - Parental Leave"), (None, fixed));
    assert_eq!(read_title("Parental Leave Specialist"), (None, None));
    assert_eq!(read_title("Gardener of 12 months a year"), (None, None));
    assert_eq!(read_words("Contract (6 months)"), (Some(EmploymentType::Contract), fixed));
    assert_eq!(read_words("Perm - Full-time"), (Some(EmploymentType::FullTime), Some(ContractTerm::Permanent)));
}

#[test]
fn the_title_is_surer_than_a_guess_and_less_sure_than_the_field() {
    let both = |raw: &str, title: &str| {
        let raw = Some(raw.to_owned());
        read(&Posting { title: title.to_owned(), employment_type_raw: raw, ..Posting::default() }, None).employment_type
    };
    assert_eq!(both("Regular", "Gardener (Part-time)"), Some(EmploymentType::PartTime));
    assert_eq!(both("Full-time", "Gardener (Part-time)"), Some(EmploymentType::FullTime));
    assert_eq!(both("Other", "Gardener"), Some(EmploymentType::Other));
}

#[test]
fn an_intern_is_one_at_any_hours() {
    let raw = Some("FullTime".to_owned());
    let posting = Posting { title: "Gardener (Intern)".to_owned(), employment_type_raw: raw, ..Posting::default() };
    let found = read(&posting, Some(Seniority::Intern));
    let fact = &found.facts[0];
    assert_eq!(found.employment_type, Some(EmploymentType::Internship));
    assert_eq!((fact.confidence, fact.provenance), (0.8, Provenance::Title));
    assert_eq!(fact.conflicts, ["FULL_TIME by employment.words"]);
    assert_eq!(read(&posting, None).employment_type, Some(EmploymentType::FullTime));
    // Others begin too, whose hours count.
    let student = Posting { title: "Working Student (Gardens)".to_owned(), ..posting };
    assert_eq!(read(&student, Some(Seniority::Intern)).employment_type, Some(EmploymentType::FullTime));
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
