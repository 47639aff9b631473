//! Whole answers in Lever's shape.

use serde_json::{Value, json};

use super::*;
use crate::vocabulary::SalaryPeriod;

fn read_all(postings: Value) -> Board {
    PROVIDER.board("acme", &Answers::bare(postings.to_string().as_bytes())).expect("it is a board")
}

#[test]
fn a_whole_posting_is_mapped() {
    let board = read_all(json!([{
        "id": "0c1f-2", "text": "Tea taster", "createdAt": 1_767_225_600_000_i64, "country": "GB",
        "categories": { "commitment": "Permanent", "department": "Tea", "team": "Green", "location": "London",
                        "allLocations": ["London", "Leeds", "London"] },
        "workplaceType": "hybrid", "hostedUrl": "https://jobs.lever.co/acme/0c1f-2?lever-source=x",
        "applyUrl": "https://jobs.lever.co/acme/0c1f-2/apply",
        "salaryRange": { "min": 30_000, "max": 35_000.5, "currency": "GBP", "interval": "per-year-salary" },
        "description": "<p>Taste tea.</p>", "descriptionPlain": "Taste tea.",
        "lists": [{ "text": "You & we", "content": "<li>drink</li>" }], "additional": "<p>Cake.</p>",
    }]));
    assert_eq!((board.problems.len(), board.cut_short), (0, false));
    let posting = &board.postings[0];
    assert_eq!((posting.key.as_str(), posting.title.as_str()), ("0c1f-2", "Tea taster"));
    assert_eq!(posting.location_text.as_deref(), Some("London; Leeds"));
    assert_eq!(posting.country.as_deref(), Some("GB"));
    assert_eq!((&*posting.department_path, posting.team.as_deref()), (&["Tea".to_owned()][..], Some("Green")));
    assert_eq!(posting.employment_type_raw.as_deref(), Some("Permanent"));
    assert_eq!(posting.workplace_raw.as_deref(), Some("hybrid"));
    assert_eq!(posting.source_url.as_deref(), Some("https://jobs.lever.co/acme/0c1f-2"));
    assert_eq!(posting.posted_at, Some(1_767_225_600_000));
    assert_eq!(
        (posting.pay[0].max.as_deref(), posting.pay[0].period.of()),
        (Some("35000.5"), Some(SalaryPeriod::Year))
    );
    let html = posting.html().expect("it has a body");
    assert_eq!(html, "<p>Taste tea.</p>\n<h3>You &amp; we</h3>\n<ul><li>drink</li></ul>\n<p>Cake.</p>\n");
    assert_eq!(posting.native["country"], "GB");
    assert!(posting.native.get("description").is_none());
}

#[test]
fn short_words_for_pay_are_kept() {
    let long = "You are paid 9 ways. ".repeat(20);
    let words = ["$240,000 \n a year ", "", "We pay well.", long.as_str()].map(|words| {
        let range = json!({ "min": 240_000, "max": 240_000, "currency": "USD", "interval": "per-year-salary" });
        let posting = json!({ "id": "a", "text": "T", "salaryRange": range, "salaryDescriptionPlain": words });
        read_all(json!([posting])).postings[0].pay_words.clone()
    });
    assert_eq!(words, [Some("$240,000 a year".to_owned()), None, None, None]);
    let unpaid = read_all(json!([{ "id": "a", "text": "T", "salaryDescriptionPlain": "$240,000" }]));
    assert_eq!(unpaid.postings[0].pay_words, None);
}

#[test]
fn an_unspecified_workplace_is_none() {
    let board = read_all(json!([{ "id": "a", "text": "T", "workplaceType": "unspecified" }]));
    assert_eq!(board.postings[0].workplace_raw, None);
}

#[test]
fn odd_fields_cost_themselves_alone() {
    let board = read_all(json!([
        { "id": "a", "text": 3, "categories": "x", "createdAt": "today", "salaryRange": { "min": "?" }, "lists": [1] },
        { "text": "keyless" }, { "id": "b", "text": "U" },
    ]));
    assert_eq!(board.postings.len(), 2);
    assert!(board.cut_short, "a posting is lost");
    let paths: Vec<&str> = board.problems.iter().map(|it| it.path.as_str()).collect();
    for path in ["text", "categories", "createdAt", "salaryRange.min", "lists[0]", "postings[1].id"] {
        assert!(paths.contains(&path), "{path}: {paths:?}");
    }
}

#[test]
fn an_error_in_json_is_no_board() {
    let read = |body: &str| PROVIDER.board("acme", &Answers::bare(body.as_bytes()));
    assert_eq!(read(r#"{"ok":false,"error":"Document not found"}"#), Err(Unreadable::NoList("postings")));
    assert!(matches!(read("<html>"), Err(Unreadable::NoJson(_))));
    assert!(read("[]").expect("it is a board").postings.is_empty());
}

#[test]
fn boards_of_the_european_host_say_so() {
    assert_eq!(PROVIDER.api_url("Acme"), "https://api.lever.co/v0/postings/Acme?mode=json");
    assert_eq!(PROVIDER.api_url("eu:Acme"), "https://api.eu.lever.co/v0/postings/Acme?mode=json");
    assert_eq!((PROVIDER.board_url)("eu:Acme"), "https://jobs.eu.lever.co/Acme");
    assert_eq!(PROVIDER.first("us:acme"), None);
}
