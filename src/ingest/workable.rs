//! Workable: one answer holds a whole board (the widget that employers put on their own pages).
//!
//! A posting has one row a place, all with its shortcode: they are one posting of several places.

use super::answers::Answers;
use super::listing::{self, Listing, Shape};
use super::posting::{Board, Html, Posting, StatedPlace};
use super::provider::{Capabilities, Provider, Unreadable, no_rows, single};
use super::reader::{Part, Reader, joined, words_of};

const SHAPE: Shape = Shape {
    key: "shortcode",
    numbers: &[],
    not_native: &["shortcode", "url", "shortlink", "application_url", "description"],
    volatile: &[],
};

pub(super) const PROVIDER: Provider = Provider {
    name: "workable",
    label: "Workable",
    capabilities: Capabilities {
        description_in_list: true,
        salary_field: false,
        updated_at: false,
        deadline: false,
        paginated: false,
        total_declared: false,
    },
    redirect_is_not_found: false,
    reads_pages: false,
    board_url: |board| format!("https://apply.workable.com/{board}"),
    // With the details, the list has the descriptions.
    next: |board, answers| {
        single(board, answers, || format!("https://apply.workable.com/api/v1/widget/accounts/{board}?details=true"))
    },
    rows: no_rows,
    read: |_, answers| read(answers),
};

fn read(answers: &Answers) -> Result<Board, Unreadable> {
    listing::json(answers.only(), |answer| {
        let (members, rows) = listing::members_and_rows(answer, "jobs")?;
        let mut listing = Listing::new(&SHAPE, answers).merging(merge);
        let name = members.get("name").and_then(|it| listing.reader().value(it, "name"));
        listing.company_name = name.as_ref().and_then(super::reader::plain);
        for (index, row) in rows.iter().enumerate() {
            if let Some(row) = listing.row(row, &format!("jobs[{index}]")) {
                listing.read(row, |reader, it| Some(posting(reader, it)));
            }
        }
        Ok(listing.into_board(rows.len()))
    })
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
    let is_remote = reader.flag(it, "telecommuting") == Some(true);
    let places = places(reader, it, is_remote);
    Posting {
        requisition_id: reader.requisition(it, "code"),
        title: reader.title(it, "title"),
        location_text: joined(places.iter().filter_map(words_of)),
        places,
        department_path: reader.short(it, "department").into_iter().collect(),
        employment_type_raw: reader.short(it, "employment_type").or_else(|| reader.short(it, "type")),
        // Who may not work from a distance may still be hybrid.
        workplace_raw: is_remote.then(|| "remote".to_owned()),
        workplace_is_flag: is_remote,
        source_url: reader.link(it, "url").or_else(|| reader.link(it, "shortlink")),
        apply_url: reader.link(it, "application_url"),
        posted_at: reader.time(it, "published_on").or_else(|| reader.time(it, "created_at")),
        description_html: reader.text(it, "description").map(Html::Plain),
        ..Posting::default()
    }
}

/// The places that the employer shows; if it hides all, the one that the row itself names.
fn places(reader: &mut Reader<'_>, it: &Part<'_>, is_remote: bool) -> Vec<StatedPlace> {
    let mut places = Vec::new();
    for place in &reader.parts(it, "locations") {
        if reader.flag(place, "hidden") != Some(true) {
            let code = reader.short(place, "countryCode");
            places.push(StatedPlace {
                city: reader.short(place, "city"),
                region: reader.short(place, "region"),
                country: reader.short(place, "country").or(code),
                is_remote,
                ..StatedPlace::default()
            });
        }
    }
    if places.is_empty() {
        places.push(StatedPlace {
            city: reader.short(it, "city"),
            region: reader.short(it, "state"),
            country: reader.short(it, "country"),
            is_remote,
            ..StatedPlace::default()
        });
    }
    places.retain(|it| words_of(it).is_some());
    places
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn row(city: &str) -> Value {
        json!({ "shortcode": "AB12", "title": "Miller", "code": "TBD", "employment_type": "Full-time",
                "telecommuting": true, "department": "Mill", "url": "https://apply.workable.com/j/AB12",
                "application_url": "https://apply.workable.com/j/AB12/apply", "published_on": "2026-01-02",
                "country": "France", "city": city, "state": "", "description": "<p>Mill.</p>",
                "locations": [{ "country": "France", "countryCode": "FR", "city": city, "region": null, "hidden": false }] })
    }

    fn read_all(jobs: Value) -> Board {
        let body = json!({ "name": "Acme", "jobs": jobs }).to_string();
        PROVIDER.board("acme", &Answers::bare(body.as_bytes())).expect("it is a board")
    }

    #[test]
    fn rows_of_one_shortcode_are_one_posting_of_several_places() {
        let board = read_all(json!([row("Paris"), row("Lyon"), row("Paris")]));
        assert_eq!((board.problems.len(), board.cut_short, board.postings.len()), (0, false, 1));
        let posting = &board.postings[0];
        assert_eq!(posting.location_text.as_deref(), Some("Paris, France; Lyon, France"));
        assert_eq!((posting.places.len(), posting.places[0].is_remote), (2, true));
        assert_eq!((posting.workplace_raw.as_deref(), &posting.requisition_id), (Some("remote"), &None));
        assert_eq!(posting.posted_at, Some(1_767_312_000_000));
        assert_eq!(board.company_name.as_deref(), Some("Acme"));
    }

    /// A place that came later was never seen, as the hash of the posting was that of its first row.
    #[test]
    fn a_row_more_changes_the_posting_and_their_order_does_not() {
        let hash = |rows: Value| read_all(rows).postings.remove(0).source_hash;
        assert_ne!(hash(json!([row("Paris")])), hash(json!([row("Paris"), row("Lyon")])));
        assert_eq!(hash(json!([row("Lyon"), row("Paris")])), hash(json!([row("Paris"), row("Lyon")])));
        assert_eq!(hash(json!([row("Paris"), row("Paris")])), hash(json!([row("Paris")])));
    }

    #[test]
    fn a_hidden_place_leaves_the_row_s_own() {
        let mut hidden = row("Paris");
        hidden["locations"][0]["hidden"] = true.into();
        hidden["city"] = "Nice".into();
        assert_eq!(read_all(json!([hidden])).postings[0].location_text.as_deref(), Some("Nice, France"));
    }
}
