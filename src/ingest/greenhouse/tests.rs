//! Whole answers, as Greenhouse shapes them, with what can be wrong in them.

use serde_json::{Value, json};

use super::*;

fn read_jobs(jobs: Value) -> Board {
    let total = jobs.as_array().map_or(0, Vec::len);
    read(json!({ "jobs": jobs, "meta": { "total": total } }).to_string().as_bytes()).expect("it is a board")
}

fn read_one(job: Value) -> Posting {
    read_jobs(json!([job])).postings.remove(0)
}

#[test]
fn a_whole_posting_is_mapped() {
    let posting = read_one(json!({
        "id": 42, "internal_job_id": 7, "title": " Director &amp; Co\t", "company_name": "Acme",
        "location": { "name": "Berlin, Germany " }, "requisition_id": 3437445, "language": "en",
        "absolute_url": "https://acme.example/jobs?gh_jid=42&gh_src=abc&utm_source=x",
        "first_published": "2026-05-26T17:29:54-04:00", "updated_at": "2026-06-04T16:28:58-04:00",
        "application_deadline": "2026-07-01",
        "departments": [{ "id": 2, "name": "Core", "parent_id": 1 }, { "id": 1, "name": "Engineering", "parent_id": null }],
        "metadata": [{ "id": 5, "name": "Employment Type", "value": "Regular" }],
        "pay_input_ranges": [{ "min_cents": 5_000_050, "max_cents": 7_000_000, "currency_type": "EUR", "title": "Berlin" }],
        "content": "&lt;p&gt;Tea &amp;amp; cake&lt;/p&gt;",
    }));
    assert_eq!(posting.key, "42");
    assert_eq!(posting.internal_job_key.as_deref(), Some("7"));
    assert_eq!(posting.title, "Director & Co");
    assert_eq!(posting.location_text.as_deref(), Some("Berlin, Germany"));
    assert_eq!(posting.requisition_id.as_deref(), Some("3437445"));
    assert_eq!(posting.source_url.as_deref(), Some("https://acme.example/jobs?gh_jid=42"));
    assert_eq!(posting.posted_at, Some(1_779_830_994_000));
    assert_eq!(posting.updated_at, Some(1_780_604_938_000));
    assert_eq!(posting.deadline_at, Some(1_782_950_399_999));
    assert_eq!(posting.department_path, ["Engineering", "Core"]);
    assert_eq!(posting.employment_type_raw.as_deref(), Some("Regular"));
    assert_eq!(posting.pay[0].min.as_deref(), Some("50000.5"));
    assert_eq!(posting.description_html.as_deref(), Some("<p>Tea &amp; cake</p>"));
    let native: Vec<&String> = posting.native.as_object().expect("it is an object").keys().collect();
    assert!(!native.iter().any(|key| ["id", "content", "absolute_url", "internal_job_id"].contains(&key.as_str())));
}

#[test]
fn one_odd_posting_costs_neither_its_board_nor_the_others() {
    let board = read_jobs(
        json!([null, 1, {}, { "id": { "x": 1 } }, { "id": 9, "title": ["?"], "location": 3, "metadata": "x" }]),
    );
    assert_eq!(board.postings.len(), 1);
    assert!(board.cut_short, "a posting without a key is lost, so absence proves nothing");
    let paths: Vec<&str> = board.problems.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths, ["jobs[0]", "jobs[1]", "jobs[2].id", "jobs[3].id", "metadata", "title", "title", "location"]);
}

#[test]
fn an_odd_field_is_named_and_does_not_cut_the_board_short() {
    let board = read_jobs(json!([{ "id": 9, "title": "T", "updated_at": "yesterday" }]));
    assert!(!board.cut_short);
    assert_eq!(
        board.problems[0],
        Problem { key: Some("9".into()), path: "updated_at".into(), message: "is no time".into() }
    );
}

#[test]
fn a_total_that_does_not_fit_cuts_the_board_short() {
    let body = json!({ "jobs": [{ "id": 1, "title": "T" }], "meta": { "total": 2 } }).to_string();
    assert!(read(body.as_bytes()).expect("it is a board").cut_short);
}

#[test]
fn a_key_that_stands_twice_counts_once() {
    let board = read_jobs(json!([{ "id": 1, "title": "A" }, { "id": 1, "title": "B" }]));
    assert_eq!(board.postings.len(), 1);
    assert_eq!(board.postings[0].title, "A");
    assert!(!board.cut_short);
}

#[test]
fn placeholders_are_no_requisitions() {
    for placeholder in ["TBD", "See Opening ID", " - ", "n/a"] {
        assert_eq!(read_one(json!({ "id": 1, "title": "T", "requisition_id": placeholder })).requisition_id, None);
    }
}

#[test]
fn what_is_no_board_is_told_apart_from_an_empty_one() {
    assert!(matches!(read(b"<html>"), Err(Unreadable::NoJson(_))));
    assert!(matches!(read(br#"{"jobs":[{"id":1"#), Err(Unreadable::NoJson(_))));
    assert!(matches!(read("[".repeat(10_000_000).as_bytes()), Err(Unreadable::NoJson(_))));
    assert_eq!(read(b"{}"), Err(Unreadable::NoJobs));
    assert_eq!(read(br#"{"jobs":null}"#), Err(Unreadable::NoJobs));
    assert!(read(br#"{"jobs":[]}"#).expect("it is a board").postings.is_empty());
}

#[test]
fn departments_that_are_their_own_ancestors_end() {
    let posting = read_one(json!({
        "id": 1, "title": "T",
        "departments": [{ "id": 1, "name": "A", "parent_id": 2 }, { "id": 2, "name": "B", "parent_id": 1 }],
    }));
    assert_eq!(posting.department_path, ["B", "A"]);
}

#[test]
fn an_update_of_the_time_alone_changes_the_source_hash() {
    let one = read_one(json!({ "id": 1, "title": "T", "updated_at": "2026-01-01T00:00:00Z" }));
    let two = read_one(json!({ "id": 1, "title": "T", "updated_at": "2026-01-02T00:00:00Z" }));
    assert_ne!(one.source_hash, two.source_hash);
}

#[test]
fn numbers_beyond_doubles_are_no_problem() {
    let body = format!(r#"{{"jobs":[{{"id":1,"title":"T","x":{}}}]}}"#, "9".repeat(300));
    assert_eq!(read(body.as_bytes()).expect("it is a board").postings.len(), 1);
}

#[test]
fn a_board_is_named_safely_in_its_address() {
    assert!(url("a/../b?x").contains("/boards/a%2F..%2Fb%3Fx/jobs?"));
}
