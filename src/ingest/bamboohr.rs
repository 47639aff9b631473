//! BambooHR: a list without bodies, and the details of each posting.

use serde_json::value::RawValue;

use super::answers::{Answers, Request};
use super::lenient;
use super::listing::{self, Listing, Shape};
use super::posting::{Board, Html, Posting, StatedPlace};
use super::provider::{Capabilities, Provider, Unreadable, single};
use super::reader::{Part, Reader, all_known, pay_section, sections, words_of};

const SHAPE: Shape =
    Shape { key: "id", numbers: &["id"], not_native: &["id", "description", "jobOpeningShareUrl"], volatile: &[] };

pub(super) const PROVIDER: Provider = Provider {
    name: "bamboohr",
    label: "BambooHR",
    capabilities: Capabilities {
        description_in_list: false,
        salary_field: false,
        updated_at: false,
        deadline: false,
        paginated: false,
        total_declared: true,
    },
    redirect_is_not_found: false,
    reads_pages: false,
    board_url: |board| format!("https://{board}.bamboohr.com/careers"),
    next: |board, answers| {
        let first = single(board, answers, || format!("https://{board}.bamboohr.com/careers/list"));
        if first.is_empty() { details(board, answers) } else { first }
    },
    rows: rows_of,
    read,
};

fn details(board: &str, answers: &Answers) -> Vec<Request> {
    let keys = listing::json(answers.only(), |answer| Ok(listing::keys(&rows(answer)?, SHAPE.key)));
    let detail = |key: String| Request::detail(&key, format!("https://{board}.bamboohr.com/careers/{key}/detail"));
    answers.unasked(keys.unwrap_or_default().into_iter().map(detail).collect())
}

/// The rows are all of the answer, or stand in it.
fn rows(answer: &RawValue) -> Result<Vec<&RawValue>, Unreadable> {
    lenient::elements(answer).map_or_else(|| listing::rows(answer, "result"), Ok)
}

fn rows_of(answers: &Answers) -> Vec<(String, String)> {
    listing::row_hashes(answers, &SHAPE, &[SHAPE.key], rows)
}

fn read(board: &str, answers: &Answers) -> Result<Board, Unreadable> {
    listing::json(answers.only(), |answer| {
        let rows = rows(answer)?;
        let mut listing = Listing::new(&SHAPE, answers);
        let meta = lenient::Members::of(answer).and_then(|it| it.get("meta").and_then(lenient::Members::of));
        let total = meta.as_ref().and_then(|it| it.get("totalCount"));
        listing.declared_total = listing.reader().total(total, "meta.totalCount");
        for (index, row) in rows.iter().enumerate() {
            if let Some(mut row) = listing.row(row, &format!("result[{index}]")) {
                listing.complete(&mut row, Some("result.jobOpening"));
                let page = format!("https://{board}.bamboohr.com/careers/{}", row.key);
                listing.read(row, |reader, it| Some(posting(reader, it, page)));
            }
        }
        Ok(listing.into_board(rows.len()))
    })
}

fn posting(reader: &mut Reader<'_>, it: &Part<'_>, page: String) -> Posting {
    let workplace = workplace(reader, it);
    let place = place(reader, it, workplace == Some("remote"));
    let compensation = reader.text(it, "compensation");
    let link = reader.link(it, "jobOpeningShareUrl").unwrap_or(page);
    Posting {
        title: reader.title(it, "jobOpeningName"),
        location_text: words_of(&place),
        places: all_known(vec![place]),
        department_path: reader.short(it, "departmentLabel").into_iter().collect(),
        employment_type_raw: reader.short(it, "employmentStatusLabel"),
        workplace_raw: workplace.map(ToOwned::to_owned),
        source_url: Some(link.clone()),
        apply_url: Some(link),
        posted_at: reader.time(it, "datePosted"),
        description_html: sections([(None, reader.text(it, "description")), (None, compensation.map(pay_section))])
            .map(Html::Plain),
        ..Posting::default()
    }
}

/// `isRemote` is never set.
fn workplace(reader: &mut Reader<'_>, it: &Part<'_>) -> Option<&'static str> {
    match reader.plain(it, "locationType")?.as_str() {
        "0" => Some("on-site"),
        "1" => Some("remote"),
        "2" => Some("hybrid"),
        _ => {
            reader.odd(it, "locationType", "is none of 0, 1 and 2");
            None
        }
    }
}

/// Of two places of which one is empty, the one that is not.
fn place(reader: &mut Reader<'_>, it: &Part<'_>, is_remote: bool) -> StatedPlace {
    let mut found = StatedPlace { is_remote, ..StatedPlace::default() };
    for name in ["location", "atsLocation"] {
        if let Some(at) = reader.part(it, name)
            && words_of(&found).is_none()
        {
            found.city = reader.short(&at, "city");
            found.region = reader.short(&at, "state").or_else(|| reader.short(&at, "province"));
            found.country = reader.short(&at, "addressCountry").or_else(|| reader.short(&at, "country"));
            found.postal_code = reader.plain(&at, "postalCode");
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::ingest::answers::Answer;

    fn list() -> Value {
        let nowhere = json!({ "city": null, "state": null });
        let utrecht = json!({ "city": "Utrecht", "province": "Utrecht", "country": "Netherlands", "state": null });
        json!({ "meta": { "totalCount": 2 }, "result": [
            { "id": "7", "jobOpeningName": "Pilot", "departmentLabel": "Air", "employmentStatusLabel": "Full-Time",
              "location": { "city": "Leeds", "state": "England" }, "atsLocation": nowhere, "isRemote": null, "locationType": "0" },
            { "id": 8, "jobOpeningName": "Clerk", "location": nowhere, "atsLocation": utrecht, "locationType": "1" },
        ] })
    }

    #[test]
    fn a_list_and_its_details_make_a_board() {
        let mut answers = Answers::default();
        for _ in 0..2 {
            for request in (PROVIDER.next)("acme", &answers) {
                let (status, body) = match request.detail.as_deref() {
                    None => (200, list()),
                    Some("7") => (
                        200,
                        json!({ "result": { "jobOpening": {
                        "description": "<p>Fly.</p>", "compensation": "$50,000 - $60,000", "datePosted": "2026-01-02",
                        "jobOpeningShareUrl": "https://acme.bamboohr.com/careers/7",
                        "location": { "city": "Leeds", "state": "England", "addressCountry": "United Kingdom" },
                    } } }),
                    ),
                    Some(_) => (404, json!({})),
                };
                answers.push(Answer { request, status, body: body.to_string().into_bytes() });
            }
        }
        assert_eq!(answers.len(), 3);
        assert_eq!((PROVIDER.next)("acme", &answers), []);
        let board = PROVIDER.board("acme", &Answers::of(&answers.to_bytes())).expect("it is a board");
        assert_eq!((board.cut_short, board.postings.len()), (false, 2));
        let pilot = &board.postings[0];
        assert_eq!(pilot.location_text.as_deref(), Some("Leeds, England, United Kingdom"));
        assert_eq!(pilot.workplace_raw.as_deref(), Some("on-site"));
        assert!(pilot.html().as_deref().is_some_and(|it| it.contains("Fly.") && it.contains("$50,000")));
        let clerk = &board.postings[1];
        assert_eq!((clerk.key.as_str(), clerk.is_partial), ("8", true));
        assert_eq!(clerk.location_text.as_deref(), Some("Utrecht, Utrecht, Netherlands"));
        assert!(clerk.places[0].is_remote);
        assert_eq!(board.problems[0].message, "were not answered (404)");
    }

    #[test]
    fn a_list_without_an_object_around_it_is_read() {
        let board = PROVIDER.board("acme", &Answers::bare(list()["result"].to_string().as_bytes())).expect("a board");
        assert_eq!((board.postings.len(), board.cut_short, board.declared_total), (2, false, None));
    }
}
