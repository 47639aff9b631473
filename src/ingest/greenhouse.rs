//! Greenhouse: one answer holds a whole board (developers.greenhouse.io/job-board.html).

use std::collections::HashMap;
use std::sync::LazyLock;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use regex::Regex;
use rust_decimal::Decimal;
use serde_json::Value;

use super::answers::Answers;
use super::lenient::Members;
use super::listing::{self, Listing, Shape};
use super::normalize::workplace::kind_of;
use super::personal;
use super::posting::{Board, Html, Metadata, Posting, StatedPay, StatedPeriod};
use super::provider::{Capabilities, Provider, Unreadable, no_rows, single};
use super::reader::{Part, Reader, is_placeholder, joined, plain};
use crate::vocabulary::WorkplaceType;

const TOKEN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

const SHAPE: Shape = Shape {
    key: "id",
    numbers: &["id", "internal_job_id", "requisition_id"],
    not_native: &["content", "id", "absolute_url", "internal_job_id", "data_compliance"],
    volatile: &[],
};

pub(super) const PROVIDER: Provider = Provider {
    name: "greenhouse",
    label: "Greenhouse",
    capabilities: Capabilities {
        description_in_list: true,
        salary_field: true,
        updated_at: true,
        deadline: true,
        paginated: false,
        total_declared: true,
    },
    redirect_is_not_found: false,
    reads_pages: false,
    board_url,
    next: |board, answers| single(board, answers, || url(board)),
    rows: no_rows,
    read: |_, answers| read(answers),
};

fn url(board: &str) -> String {
    let token = utf8_percent_encode(board, TOKEN);
    format!("https://boards-api.greenhouse.io/v1/boards/{token}/jobs?content=true&pay_transparency=true")
}

fn board_url(board: &str) -> String {
    format!("https://boards.greenhouse.io/{}", utf8_percent_encode(board, TOKEN))
}

fn read(answers: &Answers) -> Result<Board, Unreadable> {
    listing::json(answers.only(), |answer| {
        let (members, jobs) = listing::members_and_rows(answer, "jobs")?;
        let mut listing = Listing::new(&SHAPE, answers);
        listing.declared_total = declared_total(&mut listing.reader(), &members);
        for (index, job) in jobs.iter().enumerate() {
            if let Some(row) = listing.row(job, &format!("jobs[{index}]")) {
                listing.read(row, |reader, job| Some(posting(reader, job)));
            }
        }
        Ok(listing.into_board(jobs.len()))
    })
}

fn declared_total(reader: &mut Reader<'_>, members: &Members<'_>) -> Option<u64> {
    let meta = reader.value(members.get("meta")?, "meta")?;
    let total = meta.get("total").filter(|it| !it.is_null())?.as_u64();
    if total.is_none() {
        reader.problem("meta.total", "is no number of postings");
    }
    total
}

fn posting(reader: &mut Reader<'_>, job: &Part<'_>) -> Posting {
    let metadata = metadata(reader, job);
    let link = reader.link(job, "absolute_url");
    let mut posting = Posting {
        internal_job_key: reader.plain(job, "internal_job_id"),
        requisition_id: reader.requisition(job, "requisition_id"),
        title: reader.title(job, "title"),
        location_text: reader.short(job, "location.name"),
        department_path: departments(reader, job),
        place_words: place_words(&metadata),
        employment_type_raw: employment_type(&metadata),
        pay: pay(reader, job),
        apply_url: link.clone(),
        source_url: link,
        posted_at: reader.time(job, "first_published"),
        updated_at: reader.time(job, "updated_at"),
        deadline_at: reader.deadline(job, "application_deadline"),
        language: reader.short(job, "language"),
        company_name: reader.short(job, "company_name"),
        // What it holds is HTML only after one unescaping.
        description_html: reader.text(job, "content").map(Html::Escaped),
        metadata,
        ..Posting::default()
    };
    posting.workplace_raw = workplace(&posting);
    posting
}

/// The path of the first department: its parents as far as this posting names them, then itself. A department that is
/// its own ancestor stands in it once.
fn departments(reader: &mut Reader<'_>, job: &Part<'_>) -> Vec<String> {
    let listed = reader.list(job, "departments");
    let mut names = Vec::with_capacity(listed.len());
    for (department, path) in &listed {
        names.push(match Part::of(department, path) {
            Some(department) => reader.short(&department, "name"),
            None => {
                reader.problem(path, "is no object");
                None
            }
        });
    }
    let mut by_id: HashMap<String, usize> = HashMap::new();
    for (index, (department, _)) in listed.iter().enumerate().skip(1) {
        by_id.extend(department.get("id").and_then(plain).map(|id| (id, index)));
    }
    if let Some(own) = listed.first().and_then(|(it, _)| it.get("id")).and_then(plain) {
        by_id.remove(&own);
    }
    let first = (!listed.is_empty()).then_some(0);
    let parent = |at: &usize| listed[*at].0.get("parent_id").and_then(plain).and_then(|id| by_id.remove(&id));
    let walk: Vec<usize> = std::iter::successors(first, parent).take(listed.len()).collect();
    walk.into_iter().rev().filter_map(|at| names[at].take()).collect()
}

fn metadata(reader: &mut Reader<'_>, job: &Part<'_>) -> Vec<Metadata> {
    let mut metadata = Vec::new();
    for (it, path) in reader.list(job, "metadata") {
        let name = it.get("name").and_then(Value::as_str).map(|name| name.trim().to_owned());
        match (it.get("id").and_then(plain), name) {
            _ if personal::is_entry(it) => {}
            (Some(id), Some(name)) => {
                metadata.push(Metadata { id, name, value: it.get("value").cloned().unwrap_or_default() });
            }
            _ => reader.problem(&path, "has no id or no name"),
        }
    }
    metadata.sort_by(|left, right| left.id.cmp(&right.id));
    metadata
}

fn pay(reader: &mut Reader<'_>, job: &Part<'_>) -> Vec<StatedPay> {
    let mut ranges = Vec::new();
    for it in &reader.parts(job, "pay_input_ranges") {
        ranges.push(StatedPay {
            title: reader.text(it, "title"),
            note: reader.text(it, "blurb"),
            min: cents(reader, it, "min_cents"),
            max: cents(reader, it, "max_cents"),
            currency: reader.short(it, "currency_type"),
            period: StatedPeriod::Unstated,
        });
    }
    ranges.retain(|it| it.min.is_some() || it.max.is_some());
    ranges
}

fn cents(reader: &mut Reader<'_>, range: &Part<'_>, name: &str) -> Option<String> {
    let cents = range.get(name)?.as_i64();
    if cents.is_none() {
        reader.odd(range, name, "is no whole number");
    }
    Some(Decimal::new(cents?, 2).normalize().to_string())
}

/// The places in fields of the employer's own that are called so and nothing else: one for a featured city, or for what a
/// place costs, does not tell where the work is done.
fn place_words(metadata: &[Metadata]) -> Option<String> {
    static NAMES: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)^(?:job )?(?:posting )?locations?$").expect("the pattern is valid"));
    let named = metadata.iter().filter(|it| NAMES.is_match(&it.name)).flat_map(|it| texts(&it.value));
    joined(named.filter(|it| !is_placeholder(it)).map(|it| it.trim().to_owned()))
}

/// The employer's own word for the employment, else all that others of its fields say of hours and terms.
fn employment_type(metadata: &[Metadata]) -> Option<String> {
    static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r"(?i)^(?:time type|contract type|worker (?:sub[- ]?)?type|job type)$";
        Regex::new(pattern).expect("the pattern is valid")
    });
    let mut named = metadata.iter().filter(|it| it.name.to_lowercase().contains("employment type"));
    named.find_map(|it| word(&it.value)).or_else(|| {
        let others = metadata.iter().filter(|it| OTHERS.is_match(&it.name));
        let others: Vec<String> = others.filter_map(|it| word(&it.value)).collect();
        (!others.is_empty()).then(|| others.join(", "))
    })
}

/// The employer's own word for the workplace, where the place's words tell none: they are about this very posting.
fn workplace(posting: &Posting) -> Option<String> {
    static NAMES: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r"(?i)^(?:work ?place|location|work|remote) (?:type|model|policy|arrangement)$";
        Regex::new(pattern).expect("the pattern is valid")
    });
    static DENIAL: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)\b(?:no|non|not)\b").expect("the pattern is valid"));
    let named = posting.metadata.iter().filter(|it| NAMES.is_match(&it.name));
    // Some of these tell of hours, that something is not offered, or of several kinds; and many employers whose texts say
    // that one comes on some days call that on site.
    let is_far = |it: &str| matches!(kind_of(it), Some(WorkplaceType::Remote | WorkplaceType::Hybrid));
    let is_told = |it: &String| is_far(it) && !DENIAL.is_match(it);
    let is_one = |value: &Value| value.as_array().is_none_or(|items| items.len() == 1);
    let told = named.filter(|it| is_one(&it.value)).filter_map(|it| word(&it.value)).find(is_told)?;
    let is_told_by_place = posting.location_text.as_deref().is_some_and(|it| kind_of(it).is_some());
    (!is_told_by_place).then_some(told)
}

/// The text of a value, or the first of its texts, unless it says that there is none.
fn word(value: &Value) -> Option<String> {
    texts(value).first().map(|it| it.trim().to_owned()).filter(|it| !is_placeholder(it))
}

/// A text, or the texts of a list.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        value => value.as_str().into_iter().collect(),
    }
}

#[cfg(test)]
mod tests;
