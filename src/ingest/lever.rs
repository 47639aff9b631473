//! Lever: one answer holds a whole board, as a list (github.com/lever/postings-api).
//!
//! Pages exist, but are not asked for: a list that comes at once cannot move between two of them. A board of Lever's
//! European host is named `eu:acme`.

use super::answers::Answers;
use super::lenient;
use super::listing::{self, Listing, Shape};
use super::posting::{Board, Html, Posting, StatedPay};
use super::provider::{Capabilities, Provider, Unreadable, no_rows, single};
use super::reader::{Part, Reader, joined, pay_words, period, sections};

const SHAPE: Shape = Shape {
    key: "id",
    numbers: &[],
    not_native: &[
        "id",
        "hostedUrl",
        "applyUrl",
        "description",
        "descriptionPlain",
        "descriptionBody",
        "descriptionBodyPlain",
        "opening",
        "openingPlain",
        "lists",
        "additional",
        "additionalPlain",
        "salaryDescription",
        "salaryDescriptionPlain",
    ],
    volatile: &[],
};

pub(super) const PROVIDER: Provider = Provider {
    name: "lever",
    label: "Lever",
    capabilities: Capabilities {
        description_in_list: true,
        salary_field: true,
        updated_at: false,
        deadline: false,
        paginated: false,
        total_declared: false,
    },
    redirect_is_not_found: false,
    reads_pages: false,
    board_url: |board| {
        let (host, site) = host_and_site(board);
        format!("https://jobs.{host}/{site}")
    },
    next: |board, answers| {
        let (host, site) = host_and_site(board);
        single(site, answers, || format!("https://api.{host}/v0/postings/{site}?mode=json"))
    },
    rows: no_rows,
    read: |_, answers| read(answers),
};

fn host_and_site(board: &str) -> (&'static str, &str) {
    board.strip_prefix("eu:").map_or(("lever.co", board), |site| ("eu.lever.co", site))
}

fn read(answers: &Answers) -> Result<Board, Unreadable> {
    listing::json(answers.only(), |answer| {
        let rows = lenient::elements(answer).ok_or(Unreadable::NoList("postings"))?;
        let mut listing = Listing::new(&SHAPE, answers);
        for (index, row) in rows.iter().enumerate() {
            if let Some(row) = listing.row(row, &format!("postings[{index}]")) {
                listing.read(row, |reader, it| Some(posting(reader, it)));
            }
        }
        Ok(listing.into_board(rows.len()))
    })
}

fn posting(reader: &mut Reader<'_>, it: &Part<'_>) -> Posting {
    let workplace = reader.short(it, "workplaceType").filter(|it| it != "unspecified");
    let pay = pay(reader, it);
    let pay_words = pay.as_ref().and_then(|_| pay_words(reader.text(it, "salaryDescriptionPlain")));
    Posting {
        title: reader.title(it, "text"),
        location_text: location(reader, it),
        country: reader.short(it, "country"),
        department_path: reader.short(it, "categories.department").into_iter().collect(),
        team: reader.short(it, "categories.team"),
        employment_type_raw: reader.short(it, "categories.commitment"),
        workplace_raw: workplace,
        pay: pay.into_iter().collect(),
        pay_words,
        source_url: reader.link(it, "hostedUrl"),
        apply_url: reader.link(it, "applyUrl"),
        // When it was made, which is the nearest to its publication that Lever tells.
        posted_at: reader.milliseconds(it, "createdAt"),
        description_html: description(reader, it).map(Html::Plain),
        ..Posting::default()
    }
}

/// All places, of which `location` is the first; `country` is the first one's alone.
fn location(reader: &mut Reader<'_>, it: &Part<'_>) -> Option<String> {
    let mut all = Vec::new();
    for (place, path) in reader.list(it, "categories.allLocations") {
        match place.as_str() {
            Some(place) => all.push(place.trim().to_owned()),
            None => reader.problem(&path, "is no text"),
        }
    }
    joined(all).or_else(|| reader.short(it, "categories.location"))
}

fn pay(reader: &mut Reader<'_>, it: &Part<'_>) -> Option<StatedPay> {
    let range = reader.part(it, "salaryRange")?;
    let pay = StatedPay {
        title: None,
        note: None,
        min: reader.amount(&range, "min"),
        max: reader.amount(&range, "max"),
        currency: reader.short(&range, "currency"),
        period: period(reader.short(&range, "interval")),
    };
    Some(pay).filter(|it| it.min.is_some() || it.max.is_some())
}

/// `descriptionPlain` leaves the lists out, so the body is put together from its parts.
fn description(reader: &mut Reader<'_>, it: &Part<'_>) -> Option<String> {
    let mut all = vec![(None, reader.text(it, "description"))];
    for list in &reader.parts(it, "lists") {
        let items = reader.text(list, "content").map(|it| format!("<ul>{it}</ul>"));
        all.push((reader.text(list, "text"), items));
    }
    all.push((None, reader.text(it, "salaryDescription")));
    all.push((None, reader.text(it, "additional")));
    sections(all)
}

#[cfg(test)]
mod tests;
