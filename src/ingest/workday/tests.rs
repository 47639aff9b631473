//! A site in Workday's shape, asked as a fetcher asks: pages, the wrap at 2,000, the division by a facet, details.

use serde_json::{Value, json};

use super::*;
use crate::ingest::answers::{Answers, Request};

const BOARD: &str = "acme:wd5:Careers";

fn row(number: u64) -> Value {
    json!({ "title": "Pilot", "externalPath": format!("/job/Leeds/Pilot_R{number}"), "locationsText": "3 Locations",
            "postedOn": "Posted Today", "bulletFields": [format!("R{number}")] })
}

fn detail() -> Value {
    json!({ "jobPostingInfo": { "title": "Pilot", "jobDescription": "<p>Fly.</p>", "location": "Leeds",
            "additionalLocations": ["York"], "startDate": "2026-01-02", "timeType": "Full time", "jobReqId": "R1",
            "postedOn": "Posted 3 Days Ago" }, "hiringOrganization": { "name": "Acme" } })
}

/// A page of a list of `count` postings that begins anew after `shown` of them.
fn page(sent: &str, numbers: std::ops::Range<u64>, shown: u64) -> Value {
    let sent: Value = serde_json::from_str(sent).expect("it is JSON");
    assert_eq!(sent["limit"], 20);
    let offset = sent["offset"].as_u64().expect("a number");
    let count = numbers.end - numbers.start;
    let from = if offset >= shown { offset - shown } else { offset };
    let rows: Vec<Value> = (from..(from + 20).min(count)).map(|it| row(numbers.start + it)).collect();
    json!({ "total": if offset == 0 { count.min(shown) } else { 0 }, "jobPostings": rows })
}

fn crawled(answer: impl Fn(&Request) -> Option<Value>) -> Answers {
    let page = |request: &Request| answer(request).map_or((503, String::new()), |it| (200, it.to_string()));
    Answers::crawled(|answers| (PROVIDER.next)(BOARD, answers), page)
}

fn board(answers: &Answers) -> Board {
    PROVIDER.board(BOARD, &Answers::of(&answers.to_bytes())).expect("it is a board")
}

#[test]
fn pages_of_twenty_and_their_details_make_a_board() {
    let answers = crawled(|request| Some(request.sent.as_deref().map_or_else(detail, |sent| page(sent, 0..45, 2_000))));
    assert_eq!(answers.len(), 3 + 45);
    let board = board(&answers);
    assert_eq!((board.postings.len(), board.cut_short, board.declared_total), (45, false, Some(45)));
    assert_eq!(board.problems, []);
    let posting = &board.postings[0];
    assert_eq!((posting.key.as_str(), posting.location_text.as_deref()), ("Pilot_R0", Some("Leeds; York")));
    assert_eq!(posting.requisition_id.as_deref(), Some("R1"));
    assert_eq!(posting.posted_at, Some(1_767_312_000_000));
    let page = "https://acme.wd5.myworkdayjobs.com/Careers/job/Leeds/Pilot_R0";
    assert_eq!(posting.source_url.as_deref(), Some(page));
}

#[test]
fn the_country_of_the_details_is_that_of_the_first_place() {
    let read = |country: Value, code: Value| {
        let info = json!({ "jobPostingId": "Pilot_R1", "title": "Pilot", "location": "Leeds", "country": country,
                           "jobRequisitionLocation": { "country": { "alpha2Code": code } } });
        let body = json!({ "jobPostingInfo": info }).to_string();
        let board = PROVIDER.board(BOARD, &Answers::bare(body.as_bytes())).expect("it is a board");
        board.postings[0].country.clone()
    };
    let named = json!({ "descriptor": "United Kingdom", "id": "x" });
    assert_eq!(read(named, json!("IE")).as_deref(), Some("United Kingdom"));
    assert_eq!(read(Value::Null, json!("GB")).as_deref(), Some("GB"));
    assert_eq!(read(Value::Null, Value::Null), None);
}

#[test]
fn a_list_that_begins_anew_is_divided_by_a_facet() {
    let facets = json!([
        { "facetParameter": "tooLarge", "values": [{ "id": "x", "count": 2_100 }] },
        { "facetParameter": "family", "values": [{ "id": "air", "count": 1_500 }, { "id": "sea", "count": 600 }] },
        { "facetParameter": "nested", "values": [{ "facetParameter": "inner", "values": [] }] },
    ]);
    let answers = crawled(|request| {
        let Some(sent) = request.sent.as_deref() else {
            return Some(detail());
        };
        let mut page = match (sent.contains("\"air\""), sent.contains("\"sea\"")) {
            (true, _) => page(sent, 0..1_500, 2_000),
            (_, true) => page(sent, 1_500..2_100, 2_000),
            _ => page(sent, 0..2_100, 2_000),
        };
        page["facets"] = facets.clone();
        Some(page)
    });
    let board = board(&answers);
    assert_eq!((board.postings.len(), board.cut_short, board.declared_total), (2_100, false, None));
}

#[test]
fn without_a_facet_a_list_that_begins_anew_is_cut_short() {
    let answers =
        crawled(|request| Some(request.sent.as_deref().map_or_else(detail, |sent| page(sent, 0..2_100, 2_000))));
    assert!(board(&answers).cut_short);
}

/// Postings without a value of the facet were taken for gone, unless one of the first twenty was such.
#[test]
fn parts_that_hold_less_than_the_list_says_are_not_all() {
    let read = |sea: u64, largest: u64| {
        let facets = json!([
            { "facetParameter": "kind", "values": [{ "id": "x", "count": largest }] },
            { "facetParameter": "family", "values": [{ "id": "air", "count": 1_500 }, { "id": "sea", "count": sea }] },
        ]);
        let answers = crawled(|request| {
            let Some(sent) = request.sent.as_deref() else {
                return Some(detail());
            };
            let mut page = match (sent.contains("\"air\""), sent.contains("\"sea\"")) {
                (true, _) => page(sent, 0..1_500, 2_000),
                (_, true) => page(sent, 1_500..1_500 + sea, 2_000),
                _ => page(sent, 0..2_600, 2_000),
            };
            page["facets"] = facets.clone();
            Some(page)
        });
        let board = board(&answers);
        (board.postings.len(), board.cut_short)
    };
    assert_eq!(read(300, 2_000), (1_800, true), "the list says 2,000");
    assert_eq!(read(800, 2_600), (2_300, true), "a facet says 2,600");
    assert_eq!(read(1_100, 2_600), (2_600, false));
}

#[test]
fn a_posting_in_two_places_is_one_of_as_many_rows_as_the_list_says() {
    let mut rows = [row(1), row(1), row(2)];
    rows[1]["externalPath"] = "/job/York/Pilot_R1".into();
    let read = |total: u64| {
        let answer = json!({ "total": total, "jobPostings": rows });
        let answers = crawled(|request| Some(request.sent.as_deref().map_or_else(detail, |_| answer.clone())));
        let board = board(&answers);
        (board.postings.len(), board.cut_short)
    };
    assert_eq!((read(3), read(4)), ((2, false), (2, true)));
}

#[test]
fn a_page_that_fails_cuts_short_and_a_detail_that_fails_does_not() {
    let answers = crawled(|request| match request.sent.as_deref() {
        Some(sent) if sent.contains("\"offset\":20") => None,
        Some(sent) => Some(page(sent, 0..45, 2_000)),
        None => Some(detail()),
    });
    let pages = board(&answers);
    assert_eq!((pages.postings.len(), pages.cut_short), (20, true));
    let answers = crawled(|request| request.sent.as_deref().map(|sent| page(sent, 0..2, 2_000)));
    let details = board(&answers);
    assert_eq!((details.postings.len(), details.cut_short), (2, false));
    assert!(details.postings.iter().all(|it| it.is_partial));
}

#[test]
fn an_age_is_no_change_and_a_line_without_a_number_no_requisition() {
    let read = |age: &str| {
        let mut row = row(1);
        row["postedOn"] = age.into();
        row["bulletFields"] = json!(["Leeds area"]);
        let body = json!({ "total": 1, "jobPostings": [row] }).to_string();
        PROVIDER.board(BOARD, &Answers::bare(body.as_bytes())).expect("it is a board").postings.remove(0)
    };
    assert_eq!(read("Posted Today").source_hash, read("Posted Yesterday").source_hash);
    assert_eq!(read("Posted Today").requisition_id, None);
}

#[test]
fn a_board_has_three_names() {
    assert_eq!((PROVIDER.board_url)(BOARD), "https://acme.wd5.myworkdayjobs.com/Careers");
    assert_eq!(PROVIDER.api_url(BOARD), "https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/Careers/jobs");
    assert_eq!(PROVIDER.first("acme"), None);
}
