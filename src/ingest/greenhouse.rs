//! Greenhouse: one answer holds a whole board (developers.greenhouse.io/job-board.html).
//!
//! Fields are read one by one and leniently: what has another shape than expected is reported with its key and path, and
//! never costs its board.

mod address;
mod personal;

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use regex::Regex;
use rust_decimal::Decimal;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use thiserror::Error;

use self::address::link;
use super::identity::json_hash;
use super::lenient::{self, Members};
use super::posting::{Board, Metadata, Posting, Problems, StatedPay};

const TOKEN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Keys of a posting that hold no part of the posting itself, or that are fields of their own; `native` leaves them out.
const NOT_NATIVE: [&str; 5] = ["content", "id", "absolute_url", "internal_job_id", "data_compliance"];
/// Keys whose numbers are names: they are kept digit by digit, however many there are.
const NUMBERS: [&str; 3] = ["id", "internal_job_id", "requisition_id"];
/// What employers write where they have no number; compared in lower case.
const PLACEHOLDERS: [&str; 9] = ["", "-", "--", "n/a", "na", "none", "tbd", "see opening id", "tba"];
/// Bytes of a text that can be searched for: an index of PostgreSQL takes 2,704, and lower case can be longer.
const TEXT_BYTES_MAX: usize = 1_500;
/// Milliseconds of the years 1 to 9999 in UTC: SQLite knows no month beyond them.
const TIMES: RangeInclusive<i64> = -62_135_596_800_000..=253_402_300_799_999;

/// Why an answer is no board.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unreadable {
    #[error("the answer is no JSON: {0}")]
    NoJson(String),
    #[error("the answer has no list \"jobs\"")]
    NoJobs,
}

/// The address of a board's answer.
pub fn url(board: &str) -> String {
    let token = utf8_percent_encode(board, TOKEN);
    format!("https://boards-api.greenhouse.io/v1/boards/{token}/jobs?content=true&pay_transparency=true")
}

/// The address of a board's page for people.
pub fn board_url(board: &str) -> String {
    format!("https://boards.greenhouse.io/{}", utf8_percent_encode(board, TOKEN))
}

/// Reads a board's answer.
pub fn read(body: &[u8]) -> Result<Board, Unreadable> {
    let body = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body);
    match serde_json::from_slice::<&RawValue>(body) {
        Ok(answer) => board(answer, || Unreadable::NoJobs),
        Err(error) => {
            let unreadable = || Unreadable::NoJson(error.to_string());
            let mended = lenient::mended(body);
            board(serde_json::from_str(&mended).map_err(|_| unreadable())?, unreadable)
        }
    }
}

fn board(answer: &RawValue, no_object: impl FnOnce() -> Unreadable) -> Result<Board, Unreadable> {
    let answer = Members::of(answer).ok_or_else(no_object)?;
    let jobs = answer.get("jobs").and_then(lenient::elements).ok_or(Unreadable::NoJobs)?;
    let mut problems = Problems::default();
    let declared_total = Reader { key: None, problems: &mut problems }.total(&answer);
    let mut board = Board {
        company_name: None,
        postings: Vec::with_capacity(jobs.len()),
        declared_total,
        problems: Vec::new(),
        cut_short: declared_total.is_some_and(|total| total != jobs.len() as u64),
    };
    let mut keys = HashSet::new();
    for (index, job) in jobs.into_iter().enumerate() {
        let mut reader = Reader { key: None, problems: &mut problems };
        let Some(posting) = reader.posting(job, index) else {
            board.cut_short = true;
            continue;
        };
        if !keys.insert(posting.key.clone()) {
            reader.problem("id", "stands twice in one answer; the first one counts");
            continue;
        }
        if board.company_name.is_none() {
            board.company_name.clone_from(&posting.company_name);
        }
        board.postings.push(posting);
    }
    board.problems = problems.into_list();
    Ok(board)
}

struct Reader<'a> {
    key: Option<String>,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn problem(&mut self, path: &str, message: &str) {
        self.problems.note(self.key.as_deref(), path, message);
    }

    /// A value without what is odd in it.
    fn value(&mut self, raw: &RawValue, path: &str) -> Option<Value> {
        lenient::value(raw, path, &mut |path, message| self.problem(path, message))
    }

    /// The number of postings that the answer declares.
    fn total(&mut self, answer: &Members<'_>) -> Option<u64> {
        let meta = self.value(answer.get("meta")?, "meta")?;
        let total = meta.get("total").filter(|it| !it.is_null())?;
        let number = total.as_u64();
        if number.is_none() {
            self.problem("meta.total", "is no number of postings");
        }
        number
    }

    /// The members of a posting that can be read.
    fn members(&mut self, members: Members<'_>) -> Map<String, Value> {
        let mut job = Map::new();
        for (name, raw) in members.0 {
            let Some(name) = name else {
                self.problem("?", "is a name that is no text");
                continue;
            };
            let digits = digits(raw).filter(|_| NUMBERS.contains(&name.as_str()));
            if let Some(value) = digits.or_else(|| self.value(raw, &name)) {
                job.insert(name, value);
            }
        }
        job
    }

    fn posting(&mut self, job: &RawValue, index: usize) -> Option<Posting> {
        let Some(members) = Members::of(job) else {
            self.problem(&format!("jobs[{index}]"), "is no object");
            return None;
        };
        let id = members.get("id").and_then(|raw| digits(raw).or_else(|| lenient::value(raw, "id", &mut |_, _| {})));
        let Some(key) = id.as_ref().and_then(plain) else {
            self.problem(
                &format!("jobs[{index}].id"),
                "is neither number nor text, so the posting cannot be told from others",
            );
            return None;
        };
        self.key = Some(key.clone());
        let job = &self.members(members);
        let metadata = self.metadata(job);
        let link = self.link(job);
        Some(Posting {
            key,
            internal_job_key: self.plain_or_null(job, "internal_job_id"),
            requisition_id: self.plain_or_null(job, "requisition_id").filter(|it| !is_placeholder(it)),
            title: self.title(job),
            location_text: self.location(job),
            department_path: self.departments(job),
            employment_type_raw: employment_type(&metadata),
            pay: self.pay(job),
            apply_url: link.clone(),
            source_url: link,
            posted_at: self.time(job, "first_published"),
            updated_at: self.time(job, "updated_at"),
            deadline_at: self.time(job, "application_deadline"),
            language: self.short(job, "language", "language"),
            company_name: self.short(job, "company_name", "company_name"),
            description_html: self.description(job),
            metadata,
            native: native(job),
            source_hash: json_hash(&Value::Object(job.clone())),
            ..Posting::default()
        })
    }

    fn title(&mut self, job: &Map<String, Value>) -> String {
        let title = self.text(job, "title", "title").unwrap_or_else(|| {
            self.problem("title", "is missing");
            String::new()
        });
        let mut title = unescaped(&title).trim().to_owned();
        if title.len() > TEXT_BYTES_MAX {
            self.problem("title", &format!("is cut after {TEXT_BYTES_MAX} bytes"));
            title.truncate(title.floor_char_boundary(TEXT_BYTES_MAX));
        }
        title
    }

    /// The body is escaped once more than HTML needs: what it holds is HTML only after one unescaping.
    fn description(&mut self, job: &Map<String, Value>) -> Option<String> {
        let content = self.text(job, "content", "content")?;
        Some(unescaped(&content)).filter(|it| !it.trim().is_empty())
    }

    fn link(&mut self, job: &Map<String, Value>) -> Option<String> {
        let address = self.short(job, "absolute_url", "absolute_url")?;
        let link = link(&address);
        if link.is_none() {
            self.problem("absolute_url", "is no http address");
        }
        link
    }

    /// A text that is trimmed and not empty.
    fn text(&mut self, object: &Map<String, Value>, name: &str, path: &str) -> Option<String> {
        match object.get(name) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text.trim().to_owned()).filter(|it| !it.is_empty()),
            Some(_) => {
                self.problem(path, "is no text");
                None
            }
        }
    }

    /// A text that is no longer than what is searched for may be.
    fn short(&mut self, object: &Map<String, Value>, name: &str, path: &str) -> Option<String> {
        let text = self.text(object, name, path)?;
        if text.len() > TEXT_BYTES_MAX {
            self.problem(path, &format!("is longer than {TEXT_BYTES_MAX} bytes"));
            return None;
        }
        Some(text)
    }

    /// A number or a text as text.
    fn plain_or_null(&mut self, object: &Map<String, Value>, name: &str) -> Option<String> {
        match object.get(name) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) if text.trim().is_empty() => None,
            Some(value) => plain(value).or_else(|| {
                self.problem(name, "is neither number nor short text");
                None
            }),
        }
    }

    /// A list of objects; nothing for what is none.
    fn list<'j>(&mut self, job: &'j Map<String, Value>, name: &str) -> &'j [Value] {
        match job.get(name) {
            None | Some(Value::Null) => &[],
            Some(Value::Array(listed)) => listed,
            Some(_) => {
                self.problem(name, "is no list");
                &[]
            }
        }
    }

    fn location(&mut self, job: &Map<String, Value>) -> Option<String> {
        match job.get("location") {
            None | Some(Value::Null) => None,
            Some(Value::Object(location)) => self.short(location, "name", "location.name"),
            Some(_) => {
                self.problem("location", "is no object");
                None
            }
        }
    }

    /// The path of the first department: its parents as far as this posting names them, then itself. A department that
    /// is its own ancestor stands in it once.
    fn departments(&mut self, job: &Map<String, Value>) -> Vec<String> {
        let listed = self.list(job, "departments");
        let mut names = Vec::with_capacity(listed.len());
        for (index, department) in listed.iter().enumerate() {
            let path = format!("departments[{index}]");
            names.push(match department {
                Value::Object(department) => self.short(department, "name", &format!("{path}.name")),
                _ => {
                    self.problem(&path, "is no object");
                    None
                }
            });
        }
        let mut by_id: HashMap<String, usize> = HashMap::new();
        for (index, department) in listed.iter().enumerate().skip(1) {
            by_id.extend(department.get("id").and_then(plain).map(|id| (id, index)));
        }
        if let Some(own) = listed.first().and_then(|it| it.get("id")).and_then(plain) {
            by_id.remove(&own);
        }
        let first = (!listed.is_empty()).then_some(0);
        let parent = |at: &usize| listed[*at].get("parent_id").and_then(plain).and_then(|id| by_id.remove(&id));
        let walk: Vec<usize> = std::iter::successors(first, parent).take(listed.len()).collect();
        walk.into_iter().rev().filter_map(|at| names[at].take()).collect()
    }

    fn metadata(&mut self, job: &Map<String, Value>) -> Vec<Metadata> {
        let listed = self.list(job, "metadata");
        let mut metadata = Vec::with_capacity(listed.len());
        for (index, it) in listed.iter().enumerate() {
            let name = it.get("name").and_then(Value::as_str).map(|name| name.trim().to_owned());
            match (it.get("id").and_then(plain), name) {
                _ if personal::is_entry(it) => {}
                (Some(id), Some(name)) => {
                    metadata.push(Metadata { id, name, value: it.get("value").cloned().unwrap_or_default() });
                }
                _ => self.problem(&format!("metadata[{index}]"), "has no id or no name"),
            }
        }
        metadata.sort_by(|left, right| left.id.cmp(&right.id));
        metadata
    }

    fn pay(&mut self, job: &Map<String, Value>) -> Vec<StatedPay> {
        let listed = self.list(job, "pay_input_ranges");
        let mut ranges = Vec::with_capacity(listed.len());
        for (index, it) in listed.iter().enumerate() {
            let path = format!("pay_input_ranges[{index}]");
            let Some(it) = it.as_object() else {
                self.problem(&path, "is no object");
                continue;
            };
            ranges.push(StatedPay {
                title: self.text(it, "title", &format!("{path}.title")),
                note: self.text(it, "blurb", &format!("{path}.blurb")),
                min: self.amount(it, "min_cents", &path),
                max: self.amount(it, "max_cents", &path),
                currency: self.short(it, "currency_type", &format!("{path}.currency_type")),
                period: None,
            });
        }
        ranges.retain(|it| it.min.is_some() || it.max.is_some());
        ranges
    }

    fn amount(&mut self, range: &Map<String, Value>, name: &str, path: &str) -> Option<String> {
        let cents = range.get(name).filter(|it| !it.is_null())?;
        let Some(cents) = cents.as_i64() else {
            self.problem(&format!("{path}.{name}"), "is no whole number");
            return None;
        };
        Some(Decimal::new(cents, 2).normalize().to_string())
    }

    fn time(&mut self, job: &Map<String, Value>, name: &str) -> Option<i64> {
        let text = self.text(job, name, name)?;
        let time = instant(&text);
        if time.is_none() {
            self.problem(name, "is no time");
        }
        time
    }
}

/// A time with an offset, or a day, which ends in UTC.
fn instant(text: &str) -> Option<i64> {
    let time = match DateTime::parse_from_rfc3339(text) {
        Ok(time) => time.timestamp_millis(),
        Err(_) => {
            let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
            day.and_hms_milli_opt(23, 59, 59, 999)?.and_utc().timestamp_millis()
        }
    };
    Some(time).filter(|time| TIMES.contains(time))
}

/// A number or a short text as text.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
        Value::String(text) => Some(text.trim().to_owned()).filter(|it| !it.is_empty() && it.len() <= TEXT_BYTES_MAX),
        _ => None,
    }
}

/// A whole number that is too long for one, as text.
fn digits(raw: &RawValue) -> Option<Value> {
    let is_long = |it: &&str| it.len() >= 20 && it.bytes().all(|byte| byte.is_ascii_digit());
    Some(raw.get()).filter(is_long).map(Into::into)
}

/// A text with its entities decoded, save those of NUL, which are left out.
fn unescaped(text: &str) -> String {
    static NUL: LazyLock<Regex> = LazyLock::new(|| Regex::new("&#(?:0+|[xX]0+);").expect("the pattern is valid"));
    let decoded = html_escape::decode_html_entities(text);
    lenient::without_nul(&NUL.replace_all(&decoded, ""))
}

fn is_placeholder(text: &str) -> bool {
    PLACEHOLDERS.contains(&text.to_lowercase().as_str())
}

fn employment_type(metadata: &[Metadata]) -> Option<String> {
    let named = metadata.iter().find(|it| it.name.to_lowercase().contains("employment type"))?;
    let value = match &named.value {
        Value::Array(items) => items.iter().find_map(Value::as_str),
        value => value.as_str(),
    };
    value.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty())
}

fn native(job: &Map<String, Value>) -> Value {
    let mut members = job.clone();
    members.retain(|name, _| !NOT_NATIVE.contains(&name.as_str()));
    Value::Object(personal::without_persons(members))
}

#[cfg(test)]
mod tests;
