//! Whole postings.

use super::*;
use crate::ingest::posting::Html;

#[test]
fn a_posting_is_read_as_a_whole() {
    let body = "<h2>About</h2><p>This is a made-up posting about tending gardens on other moons, written long enough to tell \
        its language. You will plant, water and harvest, keep notes, and speak with the people who come to visit.</p>\
        <p>#LI-REMOTE</p><p>US based applicants only $267,393 — $550,515 USD</p>";
    let posting = Posting {
        title: " Director of Gardens ".to_owned(),
        location_text: Some("San Francisco, CA, US; Remote, US".to_owned()),
        employment_type_raw: Some("Regular".to_owned()),
        description_html: Some(Html::Plain(body.to_owned())),
        ..Posting::default()
    };
    let read = normalize(&posting);
    assert_eq!(read.title, "Director of Gardens");
    assert_eq!(read.locations.len(), 2);
    assert_eq!(read.workplace_type, Some(WorkplaceType::Remote));
    assert_eq!(read.employment_type, Some(EmploymentType::FullTime));
    assert_eq!(read.contract_term, Some(ContractTerm::Permanent));
    assert_eq!(read.language.as_deref(), Some("en"));
    let salary = read.salary.as_ref().expect("pay is told");
    assert_eq!((salary.currency.as_deref(), salary.raw.as_str()), (Some("USD"), "$267,393 — $550,515 USD"));
    let fields: Vec<&str> = read.facts.iter().map(|it| it.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "locations",
            "normalizedTitle",
            "seniority",
            "workplaceType",
            "employmentType",
            "contractTerm",
            "salary",
            "language"
        ]
    );
}

#[test]
fn an_empty_posting_says_nothing() {
    let read = normalize(&Posting::default());
    assert_eq!(read, Normalized::default());
}

#[test]
fn the_same_posting_is_always_read_the_same() {
    let posting = Posting { location_text: Some("Berlin or Remote (EU)".to_owned()), ..Posting::default() };
    assert_eq!(normalize(&posting), normalize(&posting));
}
