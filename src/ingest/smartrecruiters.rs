//! SmartRecruiters: pages of a list, and the details of each posting (developers.smartrecruiters.com/docs/posting-api).
//!
//! An unknown company answers an empty list, as one without postings does: only an operator can tell them apart.
//! Pay has no field but those of the employers' own.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::answers::{Answer, Answers, Request};
use super::lenient::{self, Members};
use super::listing::{self, Listing, Shape};
use super::paging::{Page, Step, step};
use super::personal;
use super::posting::{Board, Html, Metadata, Posting, StatedPay, StatedPeriod, StatedPlace};
use super::provider::{Capabilities, Provider, Unreadable};
use super::reader::{Part, Reader, all_known, plain, sections, words_of, written};

/// Rows of a page, the most that there are.
const SIZE: usize = 100;

const SHAPE: Shape = Shape {
    key: "id",
    numbers: &["id"],
    not_native: &["id", "ref", "applyUrl", "postingUrl", "referralUrl", "jobAd", "creator", "customField"],
    volatile: &["ref"],
};

pub(super) const PROVIDER: Provider = Provider {
    name: "smartrecruiters",
    label: "SmartRecruiters",
    capabilities: Capabilities {
        description_in_list: false,
        salary_field: true,
        updated_at: false,
        deadline: false,
        paginated: true,
        total_declared: true,
    },
    redirect_is_not_found: false,
    reads_pages: false,
    board_url: |board| format!("https://jobs.smartrecruiters.com/{board}"),
    next,
    rows: rows_of,
    read,
};

fn api(board: &str) -> String {
    format!("https://api.smartrecruiters.com/v1/companies/{board}/postings")
}

fn next(board: &str, answers: &Answers) -> Vec<Request> {
    if board.contains(':') {
        return Vec::new();
    }
    let pages: Vec<Page> = answers.pages().map(page).collect();
    match step(&pages, SIZE) {
        Step::Ask(offset) => vec![Request::page(format!("{}?limit={SIZE}&offset={offset}", api(board)))],
        Step::Whole | Step::Cut(_) => {
            let keys = pages.into_iter().filter_map(|it| it.keys).flatten();
            answers.unasked(keys.map(|key| Request::detail(&key, format!("{}/{key}", api(board)))).collect())
        }
    }
}

fn rows(answer: &RawValue) -> Result<Vec<&RawValue>, Unreadable> {
    listing::rows(answer, "content")
}

fn rows_of(answers: &Answers) -> Vec<(String, String)> {
    listing::row_hashes(answers, &SHAPE, &[SHAPE.key], rows)
}

fn page(answer: &Answer) -> Page {
    let read = |answer: &RawValue| {
        let total = Members::of(answer).and_then(|it| lenient::value(it.get("totalFound")?, "", &mut |_, _| {}));
        let keys = listing::keys(&rows(answer)?, SHAPE.key);
        Ok(Page { keys: Some(keys), total: total.as_ref().and_then(Value::as_u64) })
    };
    answer.body().and_then(|body| listing::json(body, read).ok()).unwrap_or_default()
}

fn read(board: &str, answers: &Answers) -> Result<Board, Unreadable> {
    let mut listing = Listing::new(&SHAPE, answers);
    for (number, answer) in answers.pages().enumerate() {
        let Some(body) = answer.body() else {
            continue;
        };
        let read = listing::json(body, |answer| {
            let rows = rows(answer)?;
            if number == 0 {
                let total = Members::of(answer).and_then(|it| it.get("totalFound").map(ToOwned::to_owned));
                listing.declared_total = listing.reader().total(total.as_deref(), "totalFound");
            }
            for (index, row) in rows.iter().enumerate() {
                let Some(mut row) = listing.row(row, &format!("content[{index}]")) else {
                    continue;
                };
                listing.complete(&mut row, None);
                let key = row.key.clone();
                listing.read(row, |reader, it| Some(posting(reader, it, board, &key)));
            }
            Ok(())
        });
        if number == 0 {
            read?;
        }
    }
    let pages: Vec<Page> = answers.pages().map(page).collect();
    Ok(listing.into_paged_board(step(&pages, SIZE)))
}

fn posting(reader: &mut Reader<'_>, it: &Part<'_>, board: &str, key: &str) -> Posting {
    let place = place(reader, it);
    let full = reader.short(it, "location.fullLocation");
    let page = reader.link(it, "postingUrl");
    let page = page.unwrap_or_else(|| format!("https://jobs.smartrecruiters.com/{board}/{key}"));
    let department = reader.short(it, "department.label");
    let function = reader.short(it, "function.label");
    let metadata = metadata(reader, it);
    Posting {
        requisition_id: reader.requisition(it, "refNumber"),
        title: reader.title(it, "name"),
        location_text: full.or_else(|| words_of(&place)),
        workplace_raw: workplace(reader, it),
        places: all_known(vec![place]),
        department_path: department.or_else(|| function.clone()).into_iter().collect(),
        team: function,
        employment_type_raw: reader.short(it, "typeOfEmployment.label"),
        pay: pay(&metadata),
        source_url: Some(page),
        apply_url: reader.link(it, "applyUrl"),
        posted_at: reader.time(it, "releasedDate"),
        language: reader.short(it, "language.code"),
        company_name: reader.short(it, "company.name"),
        description_html: description(reader, it).map(Html::Plain),
        metadata,
        ..Posting::default()
    }
}

/// Countries are lower-case codes; some old postings say "remote" there.
fn place(reader: &mut Reader<'_>, it: &Part<'_>) -> StatedPlace {
    let country = reader.short(it, "location.country");
    StatedPlace {
        raw: reader.short(it, "location.fullLocation"),
        city: reader.short(it, "location.city"),
        region: reader.short(it, "location.region"),
        is_remote: is_remote(reader, it),
        country: country.filter(|it| it != "remote").map(|it| it.to_uppercase()),
        postal_code: reader.plain(it, "location.postalCode"),
    }
}

fn is_remote(reader: &mut Reader<'_>, it: &Part<'_>) -> bool {
    let flag = reader.flag(it, "location.remote") == Some(true);
    flag || reader.part(it, "location").and_then(|it| it.get("country")).is_some_and(|it| it == "remote")
}

/// Neither flag says that the work is done on site: both are no where nobody set them.
fn workplace(reader: &mut Reader<'_>, it: &Part<'_>) -> Option<String> {
    let is_hybrid = reader.flag(it, "location.hybrid") == Some(true);
    let word = if is_hybrid { Some("hybrid") } else { is_remote(reader, it).then_some("remote") };
    word.map(ToOwned::to_owned)
}

fn description(reader: &mut Reader<'_>, it: &Part<'_>) -> Option<String> {
    const SECTIONS: [&str; 4] = ["companyDescription", "jobDescription", "qualifications", "additionalInformation"];
    let all = reader.part(it, "jobAd.sections")?;
    let mut read = Vec::new();
    for name in SECTIONS {
        let Some(section) = reader.part(&all, name) else {
            continue;
        };
        read.push((reader.text(&section, "title"), reader.text(&section, "text")));
    }
    sections(read)
}

/// The employer's own fields, without those that name persons.
fn metadata(reader: &mut Reader<'_>, it: &Part<'_>) -> Vec<Metadata> {
    let mut metadata = Vec::new();
    for field in &reader.parts(it, "customField") {
        let id = reader.plain(field, "fieldId");
        let name = reader.short(field, "fieldLabel");
        let value = field.get("valueLabel").cloned().unwrap_or_default();
        if let (Some(id), Some(name)) = (id, name)
            && !personal::is_entry(&json!({ "name": name, "value": value }))
        {
            metadata.push(Metadata { id, name, value });
        }
    }
    metadata.sort_by(|left, right| left.id.cmp(&right.id));
    metadata
}

/// The ranges that the employer's own fields hold, each in one of them, or one range by its ends. What a field is
/// called may tell the time that it is paid for.
fn pay(metadata: &[Metadata]) -> Vec<StatedPay> {
    static RANGE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)\b(?:salary|pay|compensation) range\b").expect("the pattern is valid"));
    let mut ranges = Vec::new();
    for it in metadata.iter().filter(|it| RANGE.is_match(&it.name)) {
        if let Some(range) = plain(&it.value).as_deref().and_then(range) {
            ranges.push(StatedPay { note: Some(it.name.clone()), ..range });
        }
    }
    if ranges.is_empty() { ends(metadata).into_iter().collect() } else { ranges }
}

/// Two amounts with a dash or "to" between them.
fn range(words: &str) -> Option<StatedPay> {
    static BETWEEN: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)[-–—]|\s+to\s+").expect("the pattern is valid"));
    let (min, max) = BETWEEN.find(words).map(|it| (&words[..it.start()], &words[it.end()..]))?;
    let ((min, before), (max, behind)) = (written(min)?, written(max)?);
    let is_told = !min.is_zero() || !max.is_zero();
    is_told.then(|| StatedPay {
        title: None,
        note: None,
        min: Some(min.normalize().to_string()),
        max: Some(max.normalize().to_string()),
        currency: before.or(behind).map(ToOwned::to_owned),
        period: StatedPeriod::Unstated,
    })
}

/// The range whose ends stand in a field each.
fn ends(metadata: &[Metadata]) -> Option<StatedPay> {
    static END: LazyLock<Regex> = LazyLock::new(|| {
        let pay = "(?:salary|pay|compensation)";
        let end = "(?:min|max)(?:imum)?";
        let pattern = format!(r"(?i)\b(?:{pay} (?:range )?{end}|{end}\.? {pay})\b");
        Regex::new(&pattern).expect("the pattern is valid")
    });
    let mut pay = StatedPay::default();
    for it in metadata {
        let Some(end) = END.find(&it.name) else {
            continue;
        };
        let amount = plain(&it.value).as_deref().and_then(written);
        let Some((amount, currency)) = amount.filter(|(amount, _)| !amount.is_zero()) else {
            continue;
        };
        let is_most = end.as_str().to_lowercase().contains("max");
        let side = if is_most { &mut pay.max } else { &mut pay.min };
        side.get_or_insert_with(|| amount.normalize().to_string());
        pay.note.get_or_insert_with(|| it.name.clone());
        pay.currency = pay.currency.take().or(currency.map(ToOwned::to_owned));
    }
    Some(pay).filter(|it| it.min.is_some() || it.max.is_some())
}

#[cfg(test)]
mod tests;
