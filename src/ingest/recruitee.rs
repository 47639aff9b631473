//! Recruitee: one answer holds a whole board (docs.recruitee.com/reference/intro-to-careers-site-api).
//!
//! A board is named by its part of `acme.recruitee.com`, or by the employer's own host.

use super::answers::Answers;
use super::listing::{self, Listing, Shape};
use super::posting::{Board, Html, Posting, StatedPay, StatedPlace};
use super::provider::{Capabilities, Provider, Unreadable, hosted, no_rows, single};
use super::reader::{Part, Reader, all_known, joined, period, sections, words_of};

const SHAPE: Shape = Shape {
    key: "id",
    numbers: &["id"],
    not_native: &[
        "id",
        "careers_url",
        "careers_apply_url",
        "description",
        "requirements",
        "translations",
        "mailbox_email",
        "sharing_image",
        "sharing_description",
    ],
    volatile: &["position", "sharing_image", "cover_image"],
};

pub(super) const PROVIDER: Provider = Provider {
    name: "recruitee",
    label: "Recruitee",
    capabilities: Capabilities {
        description_in_list: true,
        salary_field: true,
        updated_at: true,
        deadline: true,
        paginated: false,
        total_declared: false,
    },
    redirect_is_not_found: false,
    reads_pages: false,
    board_url: |board| hosted(board, "recruitee.com", ""),
    next: |board, answers| single(board, answers, || hosted(board, "recruitee.com", "api/offers")),
    rows: no_rows,
    read: |_, answers| read(answers),
};

fn read(answers: &Answers) -> Result<Board, Unreadable> {
    listing::json(answers.only(), |answer| {
        let rows = listing::rows(answer, "offers")?;
        let mut listing = Listing::new(&SHAPE, answers);
        for (index, row) in rows.iter().enumerate() {
            if let Some(row) = listing.row(row, &format!("offers[{index}]")) {
                listing.read(row, |reader, it| Some(posting(reader, it)));
            }
        }
        Ok(listing.into_board(rows.len()))
    })
}

fn posting(reader: &mut Reader<'_>, it: &Part<'_>) -> Posting {
    let workplace = workplace(reader, it);
    let places = places(reader, it, workplace.as_deref() == Some("remote"));
    let body = [(None, reader.text(it, "description")), (None, reader.text(it, "requirements"))];
    Posting {
        title: reader.title(it, "title"),
        location_text: reader.short(it, "location").or_else(|| joined(places.iter().filter_map(words_of))),
        places: all_known(places),
        department_path: reader.short(it, "department").into_iter().collect(),
        employment_type_raw: reader.code(it, "employment_type_code"),
        workplace_raw: workplace,
        pay: pay(reader, it).into_iter().collect(),
        source_url: reader.link(it, "careers_url"),
        apply_url: reader.link(it, "careers_apply_url"),
        posted_at: reader.time(it, "published_at").or_else(|| reader.time(it, "created_at")),
        updated_at: reader.time(it, "updated_at"),
        deadline_at: reader.deadline(it, "close_at"),
        company_name: reader.short(it, "company_name"),
        description_html: sections(body).map(Html::Plain),
        ..Posting::default()
    }
}

/// Each kind of workplace is a flag of its own, and several can be set.
fn workplace(reader: &mut Reader<'_>, it: &Part<'_>) -> Option<String> {
    let mut kinds = Vec::new();
    for (flag, kind) in [("hybrid", "hybrid"), ("remote", "remote"), ("on_site", "on-site")] {
        if reader.flag(it, flag) == Some(true) {
            kinds.push(kind.to_owned());
        }
    }
    (!kinds.is_empty()).then(|| kinds.join(", "))
}

fn places(reader: &mut Reader<'_>, it: &Part<'_>, is_remote: bool) -> Vec<StatedPlace> {
    let mut places = Vec::new();
    for at in &reader.parts(it, "locations") {
        places.push(StatedPlace {
            raw: reader.short(at, "name"),
            city: reader.short(at, "city"),
            region: reader.short(at, "state"),
            country: reader.short(at, "country").or_else(|| reader.short(at, "country_code")),
            postal_code: reader.plain(at, "postal_code"),
            is_remote,
        });
    }
    if places.is_empty() {
        places.push(StatedPlace {
            raw: None,
            city: reader.short(it, "city"),
            region: reader.short(it, "state_name"),
            country: reader.short(it, "country").or_else(|| reader.short(it, "country_code")),
            postal_code: reader.plain(it, "postal_code"),
            is_remote,
        });
    }
    places
}

fn pay(reader: &mut Reader<'_>, it: &Part<'_>) -> Option<StatedPay> {
    let salary = reader.part(it, "salary")?;
    let pay = StatedPay {
        title: None,
        note: None,
        min: reader.amount(&salary, "min"),
        max: reader.amount(&salary, "max"),
        currency: reader.short(&salary, "currency"),
        period: period(reader.short(&salary, "period")),
    };
    Some(pay).filter(|it| it.min.is_some() || it.max.is_some())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vocabulary::SalaryPeriod;

    #[test]
    fn a_whole_offer_is_mapped() {
        let place = json!({ "name": "HQ", "city": "Gent", "state": "East Flanders", "country": "Belgium", "country_code": "BE" });
        let body = json!({ "offers": [{
            "id": 77, "title": "Gardener &amp; more", "location": "Gent, Belgium", "locations": [place],
            "department": "Garden", "employment_type_code": "fulltime_permanent", "remote": false, "hybrid": true,
            "on_site": true, "salary": { "min": "2500", "max": 3000.0, "currency": "EUR", "period": "month" },
            "careers_url": "https://acme.recruitee.com/o/gardener", "careers_apply_url": "https://acme.recruitee.com/o/gardener/c/new",
            "published_at": "2026-01-02 03:04:05 UTC", "updated_at": "2026-01-03 00:00:00 UTC", "close_at": "2026-02-01",
            "company_name": "Acme", "description": "<p>Dig.</p>", "requirements": "<p>A spade.</p>",
            "mailbox_email": "job.x@acme.recruitee.com", "position": 3, "guid": "x",
        }] });
        let board = PROVIDER.board("acme", &Answers::bare(body.to_string().as_bytes())).expect("it is a board");
        assert_eq!(board.problems, []);
        let posting = &board.postings[0];
        assert_eq!((posting.key.as_str(), posting.title.as_str()), ("77", "Gardener & more"));
        assert_eq!(posting.employment_type_raw.as_deref(), Some("fulltime permanent"));
        assert_eq!(posting.workplace_raw.as_deref(), Some("hybrid, on-site"));
        assert_eq!(posting.places[0].city.as_deref(), Some("Gent"));
        assert_eq!(
            (posting.pay[0].max.as_deref(), posting.pay[0].period.of()),
            (Some("3000"), Some(SalaryPeriod::Month))
        );
        assert_eq!(posting.posted_at, Some(1_767_323_045_000));
        assert_eq!(posting.deadline_at, Some(1_769_990_399_999));
        assert_eq!(posting.html().as_deref(), Some("<p>Dig.</p>\n<p>A spade.</p>\n"));
        assert!(!posting.native.to_string().contains('@'), "{}", posting.native);
        assert_eq!(posting.native["guid"], "x");
    }

    #[test]
    fn another_order_on_the_page_is_no_other_posting() {
        let read = |position: u8| {
            let body = json!({ "offers": [{ "id": 1, "title": "T", "position": position }] }).to_string();
            PROVIDER.board("acme", &Answers::bare(body.as_bytes())).expect("it is a board").postings[0]
                .source_hash
                .clone()
        };
        assert_eq!(read(1), read(2));
    }

    #[test]
    fn an_employer_s_own_host_is_a_board() {
        assert_eq!(PROVIDER.api_url("acme"), "https://acme.recruitee.com/api/offers");
        assert_eq!(PROVIDER.api_url("careers.acme.example"), "https://careers.acme.example/api/offers");
    }
}
