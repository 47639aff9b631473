//! Rippling: a list without bodies, whole or in pages, and the details of each posting.
//!
//! A posting has one row a place, all with its id: they are one posting of several places.

use serde_json::Value;
use serde_json::value::RawValue;

use super::answers::{Answer, Answers, Request};
use super::lenient::{self, Members};
use super::listing::{self, Listing, Shape};
use super::paging::{Page, Step, step};
use super::posting::{Board, Html, Posting, StatedPay, StatedPlace};
use super::provider::{Capabilities, Provider, Unreadable};
use super::reader::{Part, Reader, all_known, joined, period, plain, sections};

const SHAPE: Shape =
    Shape { key: "uuid", numbers: &[], not_native: &["uuid", "id", "url", "description"], volatile: &[] };

pub(super) const PROVIDER: Provider = Provider {
    name: "rippling",
    label: "Rippling",
    capabilities: Capabilities {
        description_in_list: false,
        salary_field: true,
        updated_at: false,
        deadline: false,
        paginated: true,
        total_declared: false,
    },
    redirect_is_not_found: false,
    reads_pages: false,
    board_url: |board| format!("https://ats.rippling.com/{board}/jobs"),
    next,
    rows: rows_of,
    read: |_, answers| read(answers),
};

fn api(board: &str) -> String {
    format!("https://api.rippling.com/platform/api/ats/v1/board/{board}/jobs")
}

fn next(board: &str, answers: &Answers) -> Vec<Request> {
    if board.contains(':') {
        return Vec::new();
    }
    let pages: Vec<Page> = answers.pages().map(page).collect();
    match step(&pages, usize::MAX) {
        Step::Ask(0) => vec![Request::page(api(board))],
        Step::Ask(_) => vec![Request::page(format!("{}?page={}", api(board), pages.len()))],
        Step::Whole | Step::Cut(_) => {
            let keys = pages.into_iter().filter_map(|it| it.keys).flatten();
            answers.unasked(keys.map(|key| Request::detail(&key, format!("{}/{key}", api(board)))).collect())
        }
    }
}

/// The rows are all of the answer, or stand in it.
fn rows(answer: &RawValue) -> Result<Vec<&RawValue>, Unreadable> {
    lenient::elements(answer).map_or_else(|| listing::rows(answer, "items"), Ok)
}

fn rows_of(answers: &Answers) -> Vec<(String, String)> {
    listing::row_hashes(answers, &SHAPE, &["uuid", "id"], rows)
}

fn page(answer: &Answer) -> Page {
    let read = |answer: &RawValue| {
        let rows = rows(answer)?;
        let mut keys = listing::keys(&rows, "uuid");
        if keys.is_empty() {
            keys = listing::keys(&rows, "id");
        }
        keys.retain(|it| it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-'));
        let total = Members::of(answer).and_then(|it| lenient::value(it.get("totalItems")?, "", &mut |_, _| {}));
        Ok(Page { keys: Some(keys), total: total.as_ref().and_then(Value::as_u64) })
    };
    answer.body().and_then(|body| listing::json(body, read).ok()).unwrap_or_default()
}

fn read(answers: &Answers) -> Result<Board, Unreadable> {
    let mut listing = Listing::new(&SHAPE, answers).merging(merge);
    for (number, answer) in answers.pages().enumerate() {
        let Some(body) = answer.body() else {
            continue;
        };
        let read = listing::json(body, |answer| {
            for (index, row) in rows(answer)?.into_iter().enumerate() {
                let path = format!("items[{index}]");
                let members = listing.members(row, &path);
                let key = members.get("uuid").or_else(|| members.get("id")).and_then(plain);
                if let Some(mut row) = listing.row_named(key, members, &path) {
                    listing.complete(&mut row, None);
                    listing.read(row, |reader, it| Some(posting(reader, it)));
                }
            }
            Ok(())
        });
        if number == 0 {
            read?;
        }
    }
    let pages: Vec<Page> = answers.pages().map(page).collect();
    Ok(listing.into_paged_board(step(&pages, usize::MAX)))
}

fn merge(first: &mut Posting, other: Posting) {
    for place in other.places {
        if !first.places.contains(&place) {
            first.places.push(place);
        }
    }
    first.location_text = joined(first.location_text.take().into_iter().chain(other.location_text));
}

fn posting(reader: &mut Reader<'_>, it: &Part<'_>) -> Posting {
    let places = places(reader, it);
    let link = reader.link(it, "url");
    let kind = reader.part(it, "employmentType");
    // The label is a code, the id what people read.
    let kind = kind.and_then(|it| reader.short(&it, "id").or_else(|| reader.code(&it, "label")));
    Posting {
        title: reader.title(it, "name"),
        location_text: location(reader, it).or_else(|| joined(places.iter().filter_map(|it| it.raw.clone()))),
        workplace_raw: workplace(reader, it),
        places: all_known(places),
        department_path: departments(reader, it),
        employment_type_raw: kind,
        pay: pay(reader, it),
        apply_url: link.clone(),
        source_url: link,
        posted_at: reader.time(it, "createdOn"),
        language: reader.short(it, "language"),
        company_name: reader.short(it, "companyName"),
        description_html: description(reader, it).map(Html::Plain),
        ..Posting::default()
    }
}

/// All places of the details, else the one of the list.
fn location(reader: &mut Reader<'_>, it: &Part<'_>) -> Option<String> {
    let mut all = Vec::new();
    for (place, path) in reader.list(it, "workLocations") {
        match plain(place).or_else(|| place.get("label").and_then(plain)) {
            Some(place) => all.push(place),
            None => reader.problem(&path, "is no place"),
        }
    }
    joined(all).or_else(|| reader.short(it, "workLocation.label"))
}

fn workplace(reader: &mut Reader<'_>, it: &Part<'_>) -> Option<String> {
    let at = reader.part(it, "workLocation").or_else(|| reader.parts(it, "locations").into_iter().next())?;
    reader.code(&at, "workplaceType")
}

fn places(reader: &mut Reader<'_>, it: &Part<'_>) -> Vec<StatedPlace> {
    let mut places = Vec::new();
    for at in &reader.parts(it, "locations") {
        let is_remote = reader.short(at, "workplaceType").as_deref() == Some("REMOTE");
        places.push(StatedPlace {
            raw: reader.short(at, "name"),
            city: reader.short(at, "city"),
            region: reader.short(at, "state"),
            country: reader.short(at, "country").or_else(|| reader.short(at, "countryCode")),
            postal_code: None,
            is_remote,
        });
    }
    places
}

/// The path where the details tell it, leaf last.
fn departments(reader: &mut Reader<'_>, it: &Part<'_>) -> Vec<String> {
    let Some(department) = reader.part(it, "department") else {
        return Vec::new();
    };
    let tree: Vec<String> =
        reader.list(&department, "department_tree").iter().filter_map(|(it, _)| plain(it)).collect();
    if !tree.is_empty() {
        return tree;
    }
    reader.short(&department, "label").or_else(|| reader.short(&department, "name")).into_iter().collect()
}

fn pay(reader: &mut Reader<'_>, it: &Part<'_>) -> Vec<StatedPay> {
    let mut ranges = Vec::new();
    for it in &reader.parts(it, "payRangeDetails") {
        ranges.push(StatedPay {
            title: reader.text(it, "location"),
            note: None,
            min: reader.amount(it, "rangeStart"),
            max: reader.amount(it, "rangeEnd"),
            currency: reader.short(it, "currency"),
            period: period(reader.short(it, "frequency")),
        });
    }
    ranges.retain(|it| it.min.is_some() || it.max.is_some());
    ranges
}

fn description(reader: &mut Reader<'_>, it: &Part<'_>) -> Option<String> {
    let parts = reader.part(it, "description")?;
    sections([(None, reader.text(&parts, "company")), (None, reader.text(&parts, "role"))])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vocabulary::SalaryPeriod;

    fn row(id: &str, city: &str) -> Value {
        json!({ "id": id, "name": "Buyer", "url": format!("https://ats.rippling.com/acme/jobs/{id}"),
                "department": { "name": "Trade" }, "language": "en-US",
                "locations": [{ "name": city, "city": city, "country": "United States", "workplaceType": "ON_SITE" }] })
    }

    fn crawled(page: impl Fn(&Request) -> Value) -> Answers {
        Answers::crawled(|answers| next("acme", answers), |request| (200, page(request).to_string()))
    }

    #[test]
    fn rows_of_one_id_are_one_posting_whatever_their_page() {
        let answers = crawled(|request| match (&request.detail, request.url.ends_with("page=1")) {
            (Some(_), _) => json!({ "description": { "role": "<p>Buy.</p>" } }),
            (None, false) => json!({ "items": [row("a", "Reno"), row("a", "Ely")], "totalItems": 3 }),
            (None, true) => json!({ "items": [row("b", "Elko")], "totalItems": 3 }),
        });
        let board = PROVIDER.board("acme", &answers).expect("it is a board");
        assert_eq!((board.problems.len(), board.cut_short, board.postings.len()), (0, false, 2));
        let posting = &board.postings[0];
        assert_eq!((posting.location_text.as_deref(), posting.places.len()), (Some("Reno; Ely"), 2));
        assert_eq!(posting.workplace_raw.as_deref(), Some("ON SITE"));
        assert_eq!(posting.html().as_deref(), Some("<p>Buy.</p>\n"));
    }

    #[test]
    fn a_list_alone_and_its_details_are_read() {
        let answers = crawled(|request| match &request.detail {
            None => json!([{ "uuid": "c-1", "name": "Buyer", "department": { "id": "T", "label": "Trade" },
                             "url": "https://ats.rippling.com/acme/jobs/c-1",
                             "workLocation": { "id": "x", "label": "Remote (United States)" } }]),
            Some(_) => json!({ "uuid": "c-1", "workLocations": ["Remote (United States)", "Reno, NV"],
                               "department": { "department_tree": ["Ops", "Trade"] }, "companyName": "Acme",
                               "employmentType": { "label": "SALARIED_FT", "id": "Salaried, full-time" },
                               "payRangeDetails": [{ "rangeStart": 50_000, "rangeEnd": 60_000, "currency": "USD", "frequency": "YEAR" }],
                               "createdOn": "2026-01-02T03:04:05Z", "description": { "company": "<p>Us.</p>", "role": "<p>Buy.</p>" } }),
        });
        let posting = PROVIDER.board("acme", &answers).expect("it is a board").postings.remove(0);
        assert_eq!(posting.location_text.as_deref(), Some("Remote (United States); Reno, NV"));
        assert_eq!(posting.department_path, ["Ops", "Trade"]);
        assert_eq!(posting.employment_type_raw.as_deref(), Some("Salaried, full-time"));
        assert_eq!(posting.pay[0].period.of(), Some(SalaryPeriod::Year));
        assert_eq!(posting.html().as_deref(), Some("<p>Us.</p>\n<p>Buy.</p>\n"));
    }

    #[test]
    fn a_host_that_does_not_look_at_the_page_cuts_the_board_short() {
        let answers = crawled(|_| json!({ "items": [row("a", "Reno")], "totalItems": 9 }));
        assert!(PROVIDER.board("acme", &answers).expect("it is a board").cut_short);
    }
}
