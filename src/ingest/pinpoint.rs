//! Pinpoint: one answer holds a whole board. One that is not there redirects to Pinpoint's own site.

use super::answers::Answers;
use super::listing::{self, Listing, Shape};
use super::posting::{Board, Html, Posting, StatedPay, StatedPlace};
use super::provider::{Capabilities, Provider, Unreadable, hosted, no_rows, single};
use super::reader::{Part, Reader, all_known, period, sections, words_of};

const SHAPE: Shape = Shape {
    key: "id",
    numbers: &["id"],
    not_native: &[
        "id",
        "url",
        "path",
        "description",
        "key_responsibilities",
        "skills_knowledge_expertise",
        "benefits",
        // Amounts stand in the answer even where the employer does not show them.
        "compensation",
        "compensation_minimum",
        "compensation_maximum",
    ],
    volatile: &[],
};

pub(super) const PROVIDER: Provider = Provider {
    name: "pinpoint",
    label: "Pinpoint",
    capabilities: Capabilities {
        description_in_list: true,
        salary_field: true,
        updated_at: false,
        deadline: true,
        paginated: false,
        total_declared: false,
    },
    redirect_is_not_found: true,
    reads_pages: false,
    board_url: |board| hosted(board, "pinpointhq.com", ""),
    next: |board, answers| single(board, answers, || hosted(board, "pinpointhq.com", "postings.json")),
    rows: no_rows,
    read: |_, answers| read(answers),
};

fn read(answers: &Answers) -> Result<Board, Unreadable> {
    listing::json(answers.only(), |answer| {
        let rows = listing::rows(answer, "data")?;
        let mut listing = Listing::new(&SHAPE, answers);
        for (index, row) in rows.iter().enumerate() {
            if let Some(row) = listing.row(row, &format!("data[{index}]")) {
                listing.read(row, |reader, it| Some(posting(reader, it)));
            }
        }
        Ok(listing.into_board(rows.len()))
    })
}

fn posting(reader: &mut Reader<'_>, it: &Part<'_>) -> Posting {
    let workplace = reader.code(it, "workplace_type");
    let place = place(reader, it, workplace.as_deref() == Some("remote"));
    let link = reader.link(it, "url");
    Posting {
        requisition_id: reader.requisition(it, "job.requisition_id").or_else(|| reader.requisition(it, "reference")),
        title: reader.title(it, "title"),
        location_text: place.raw.clone().or_else(|| words_of(&place)),
        places: all_known(vec![place]),
        department_path: reader.short(it, "job.department.name").into_iter().collect(),
        team: reader.short(it, "job.division.name"),
        employment_type_raw: reader.short(it, "employment_type_text").or_else(|| reader.code(it, "employment_type")),
        workplace_raw: workplace,
        pay: pay(reader, it).into_iter().collect(),
        apply_url: link.clone(),
        source_url: link,
        posted_at: reader.time(it, "first_published_at"),
        deadline_at: reader.deadline(it, "deadline_at"),
        description_html: description(reader, it).map(Html::Plain),
        ..Posting::default()
    }
}

fn place(reader: &mut Reader<'_>, it: &Part<'_>, is_remote: bool) -> StatedPlace {
    let Some(at) = reader.part(it, "location") else {
        return StatedPlace::default();
    };
    StatedPlace {
        raw: reader.short(&at, "name"),
        city: reader.short(&at, "city"),
        region: reader.short(&at, "province"),
        country: reader.short(&at, "country"),
        postal_code: reader.plain(&at, "postal_code"),
        is_remote,
    }
}

/// Pay that the employer shows.
fn pay(reader: &mut Reader<'_>, it: &Part<'_>) -> Option<StatedPay> {
    if reader.flag(it, "compensation_visible") != Some(true) {
        return None;
    }
    let frequency = reader.short(it, "compensation_frequency");
    let pay = StatedPay {
        title: None,
        note: None,
        min: reader.amount(it, "compensation_minimum"),
        max: reader.amount(it, "compensation_maximum"),
        currency: reader.short(it, "compensation_currency"),
        period: period(frequency),
    };
    Some(pay).filter(|it| it.min.is_some() || it.max.is_some())
}

/// The sections under the headings that the employer gives them.
fn description(reader: &mut Reader<'_>, it: &Part<'_>) -> Option<String> {
    let mut all = vec![(None, reader.text(it, "description"))];
    for name in ["key_responsibilities", "skills_knowledge_expertise", "benefits"] {
        all.push((reader.text(it, &format!("{name}_header")), reader.text(it, name)));
    }
    sections(all)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::vocabulary::SalaryPeriod;

    fn read_one(is_visible: bool) -> Posting {
        let one: Value = json!({
            "id": "31", "title": "Tailor", "url": "https://acme.pinpointhq.com/en/postings/31", "path": "/en/postings/31",
            "location": { "id": "1", "name": "Leeds Studio", "city": "Leeds", "province": "England", "postal_code": "LS1" },
            "job": { "requisition_id": "R-9", "department": { "name": "Studio" }, "division": { "name": "Cloth" } },
            "employment_type": "permanent_full_time", "employment_type_text": "Full Time", "workplace_type": "hybrid",
            "compensation_visible": is_visible, "compensation_minimum": 30_000.0, "compensation_maximum": 40_000.0,
            "compensation_currency": "GBP", "compensation_frequency": "yearly", "deadline_at": "2026-02-01T23:59:59Z",
            "description": "<p>Sew.</p>", "key_responsibilities_header": "Your work", "key_responsibilities": "<p>More.</p>",
        });
        let body = json!({ "data": [one] }).to_string();
        let board = PROVIDER.board("acme", &Answers::bare(body.as_bytes())).expect("it is a board");
        assert_eq!((&board.problems, board.cut_short), (&Vec::new(), false));
        board.postings.into_iter().next().expect("it has a posting")
    }

    #[test]
    fn a_whole_posting_is_mapped() {
        let posting = read_one(true);
        assert_eq!((posting.key.as_str(), posting.location_text.as_deref()), ("31", Some("Leeds Studio")));
        assert_eq!(posting.places[0].city.as_deref(), Some("Leeds"));
        assert_eq!((posting.requisition_id.as_deref(), posting.team.as_deref()), (Some("R-9"), Some("Cloth")));
        assert_eq!(
            (posting.pay[0].min.as_deref(), posting.pay[0].period.of()),
            (Some("30000"), Some(SalaryPeriod::Year))
        );
        let html = posting.html();
        assert_eq!(html.as_deref(), Some("<p>Sew.</p>\n<h3>Your work</h3>\n<p>More.</p>\n"));
        assert_eq!(posting.deadline_at, Some(1_769_990_399_000));
    }

    #[test]
    fn pay_that_is_not_shown_is_kept_nowhere() {
        let posting = read_one(false);
        assert!(posting.pay.is_empty());
        assert!(!posting.native.to_string().contains("30000"), "{}", posting.native);
    }
}
