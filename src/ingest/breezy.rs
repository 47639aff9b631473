//! Breezy: a list without bodies, and a page for each posting, which holds it as JSON-LD.
//!
//! A board that is not there redirects to Breezy's own site. 403 means that too much was asked.

use serde_json::Value;
use serde_json::value::RawValue;

use super::answers::{Answers, Request};
use super::lenient;
use super::listing::{self, Listing, Shape};
use super::posting::{Board, Html, Posting, StatedPlace};
use super::provider::{Capabilities, Provider, Unreadable, single};
use super::reader::{Part, Reader, all_known, joined, pay_section, sections};

const SHAPE: Shape = Shape { key: "id", numbers: &[], not_native: &["id", "url", "description"], volatile: &[] };

pub(super) const PROVIDER: Provider = Provider {
    name: "breezy",
    label: "Breezy",
    capabilities: Capabilities {
        description_in_list: false,
        salary_field: true,
        updated_at: false,
        deadline: false,
        paginated: false,
        total_declared: false,
    },
    redirect_is_not_found: true,
    reads_pages: false,
    board_url: |board| format!("https://{board}.breezy.hr"),
    next: |board, answers| {
        let first = single(board, answers, || format!("https://{board}.breezy.hr/json"));
        if first.is_empty() { details(board, answers) } else { first }
    },
    rows: rows_of,
    read: |_, answers| read(answers),
};

/// Pages of postings whose bodies the list does not have. Their addresses are made here, as a list could name any.
fn details(board: &str, answers: &Answers) -> Vec<Request> {
    let requests = listing::json(answers.only(), |answer| {
        let rows = lenient::elements(answer).unwrap_or_default();
        let members = rows.iter().filter_map(|it| lenient::value(it, "", &mut |_, _| {}));
        let request = |it: Value| {
            let key = it.get("id")?.as_str()?;
            let has_body = it.get("description").is_some_and(Value::is_string);
            let page = it.get("friendly_id").and_then(Value::as_str).unwrap_or(key);
            let is_plain = page.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
            (is_plain && !has_body).then(|| Request::detail(key, format!("https://{board}.breezy.hr/p/{page}")))
        };
        Ok(members.filter_map(request).collect())
    });
    answers.unasked(requests.unwrap_or_default())
}

fn rows(answer: &RawValue) -> Result<Vec<&RawValue>, Unreadable> {
    lenient::elements(answer).ok_or(Unreadable::NoList("positions"))
}

fn rows_of(answers: &Answers) -> Vec<(String, String)> {
    listing::row_hashes(answers, &SHAPE, &[SHAPE.key], rows)
}

fn read(answers: &Answers) -> Result<Board, Unreadable> {
    listing::json(answers.only(), |answer| {
        let rows = rows(answer)?;
        let mut listing = Listing::new(&SHAPE, answers);
        for (index, row) in rows.iter().enumerate() {
            if let Some(mut row) = listing.row(row, &format!("positions[{index}]")) {
                if !row.members.get("description").is_some_and(Value::is_string) {
                    listing.complete_from_page(&mut row, &["description"]);
                }
                listing.read(row, |reader, it| Some(posting(reader, it)));
            }
        }
        Ok(listing.into_board(rows.len()))
    })
}

fn posting(reader: &mut Reader<'_>, it: &Part<'_>) -> Posting {
    let places = places(reader, it);
    let salary = reader.short(it, "salary");
    let is_remote = places.first().is_some_and(|it| it.is_remote);
    let link = reader.link(it, "url");
    Posting {
        title: reader.title(it, "name"),
        location_text: joined(places.iter().filter_map(|it| it.raw.clone())),
        places: all_known(places),
        department_path: reader.short(it, "department").into_iter().collect(),
        employment_type_raw: reader.short(it, "type.name").or_else(|| reader.short(it, "type.id")),
        workplace_raw: is_remote.then(|| "remote".to_owned()),
        workplace_is_flag: is_remote,
        apply_url: link.as_ref().map(|it| format!("{it}/apply")),
        source_url: link,
        posted_at: reader.time(it, "published_date"),
        company_name: reader.short(it, "company.name"),
        description_html: sections([(None, reader.text(it, "description")), (None, salary.map(pay_section))])
            .map(Html::Plain),
        ..Posting::default()
    }
}

/// All places where there are several, else the one.
fn places(reader: &mut Reader<'_>, it: &Part<'_>) -> Vec<StatedPlace> {
    let mut all = reader.parts(it, "locations");
    if all.is_empty() {
        all.extend(reader.part(it, "location"));
    }
    let mut places = Vec::new();
    for at in &all {
        places.push(StatedPlace {
            raw: reader.short(at, "name"),
            city: reader.short(at, "city"),
            region: reader.short(at, "state.name"),
            country: reader.short(at, "country.name"),
            postal_code: None,
            is_remote: reader.flag(at, "is_remote") == Some(true),
        });
    }
    places
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ingest::answers::Answer;

    fn list() -> Value {
        let seattle = json!({ "name": "Seattle, WA", "city": "Seattle", "state": { "id": "WA", "name": "Washington" },
                              "country": { "id": "US", "name": "United States" }, "is_remote": false });
        json!([
            { "id": "a1", "friendly_id": "a1-driver", "name": "Driver", "url": "https://acme.breezy.hr/p/a1-driver",
              "published_date": "2026-01-02T03:04:05.678Z", "type": { "id": "fullTime", "name": "Full-Time" },
              "location": seattle, "department": "Road", "salary": "$20 - $25 / hour", "company": { "name": "Acme" } },
            { "id": "b2", "name": "Coder", "location": { "name": "Remote", "country": null, "city": null, "is_remote": true },
              "description": "<p>Code.</p>", "salary": null },
        ])
    }

    #[test]
    fn a_list_and_the_pages_of_its_postings_make_a_board() {
        let mut answers = Answers::default();
        for _ in 0..2 {
            for request in (PROVIDER.next)("acme", &answers) {
                let posting = r#"<script type="application/ld+json">{"@type":"JobPosting","description":"<p>Drive.</p>"}</script>"#;
                let body = if request.detail.is_some() { posting.to_owned() } else { list().to_string() };
                answers.push(Answer { request, status: 200, body: body.into_bytes() });
            }
        }
        assert_eq!(answers.len(), 2, "the other posting has its body in the list");
        let board = PROVIDER.board("acme", &answers).expect("it is a board");
        assert_eq!((board.problems.len(), board.cut_short, board.postings.len()), (0, false, 2));
        let driver = &board.postings[0];
        let html = driver.html().expect("it has a body");
        assert!(html.contains("Drive.") && html.contains("$20 - $25 / hour"), "{html}");
        assert_eq!(driver.employment_type_raw.as_deref(), Some("Full-Time"));
        assert_eq!(driver.apply_url.as_deref(), Some("https://acme.breezy.hr/p/a1-driver/apply"));
        assert_eq!(driver.places[0].region.as_deref(), Some("Washington"));
        let coder = &board.postings[1];
        assert_eq!((coder.workplace_raw.as_deref(), coder.places.len()), (Some("remote"), 0));
        assert_eq!(coder.location_text.as_deref(), Some("Remote"));
    }

    #[test]
    fn a_page_without_the_posting_leaves_it_known_in_part() {
        let mut answers = Answers::bare(list().to_string().as_bytes());
        assert!(!PROVIDER.board("acme", &answers).expect("it is a board").postings[0].is_partial);
        let request = Request::detail("a1", "https://acme.breezy.hr/p/a1-driver");
        answers.push(Answer { request, status: 200, body: b"<html></html>".to_vec() });
        assert!(PROVIDER.board("acme", &answers).expect("it is a board").postings[0].is_partial);
    }
}
