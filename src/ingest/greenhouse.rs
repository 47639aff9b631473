//! Greenhouse: one answer holds a whole board (developers.greenhouse.io/job-board.html).
//!
//! Fields are read one by one and leniently: what has another shape than expected is reported with its key and path, and
//! never costs its board.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rust_decimal::Decimal;
use serde_json::{Map, Value};
use thiserror::Error;
use url::Url;

use super::identity::json_hash;
use super::posting::{Board, Metadata, Posting, Problem, StatedPay};

const TOKEN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// Keys of a posting that hold no part of the posting itself, or that are fields of their own; `native` leaves them out.
const NOT_NATIVE: [&str; 5] = ["content", "id", "absolute_url", "internal_job_id", "data_compliance"];
/// Keys that would name persons.
const PERSONAL: [&str; 6] = ["recruiter", "recruiters", "hiring_manager", "hiring_managers", "contact", "coordinators"];
/// What employers write where they have no number; compared in lower case.
const PLACEHOLDERS: [&str; 9] = ["", "-", "--", "n/a", "na", "none", "tbd", "see opening id", "tba"];
/// Problems kept of one answer.
const PROBLEMS_MAX: usize = 100;

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
    let answer: Value = serde_json::from_slice(body).map_err(|error| Unreadable::NoJson(error.to_string()))?;
    let jobs = answer.get("jobs").and_then(Value::as_array).ok_or(Unreadable::NoJobs)?;
    let declared_total = answer.get("meta").and_then(|meta| meta.get("total")).and_then(Value::as_u64);
    let mut board = Board {
        company_name: None,
        postings: Vec::with_capacity(jobs.len()),
        declared_total,
        problems: Vec::new(),
        cut_short: declared_total.is_some_and(|total| total != jobs.len() as u64),
    };
    let mut keys = HashSet::new();
    for (index, job) in jobs.iter().enumerate() {
        let mut reader = Reader { key: None, problems: &mut board.problems };
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
    board.problems.truncate(PROBLEMS_MAX);
    Ok(board)
}

struct Reader<'a> {
    key: Option<String>,
    problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    fn problem(&mut self, path: &str, message: &str) {
        self.problems.push(Problem { key: self.key.clone(), path: path.to_owned(), message: message.to_owned() });
    }

    fn posting(&mut self, job: &Value, index: usize) -> Option<Posting> {
        let Some(job) = job.as_object() else {
            self.problem(&format!("jobs[{index}]"), "is no object");
            return None;
        };
        let Some(key) = job.get("id").and_then(plain) else {
            self.problem(
                &format!("jobs[{index}].id"),
                "is neither number nor text, so the posting cannot be told from others",
            );
            return None;
        };
        self.key = Some(key.clone());
        let metadata = self.metadata(job);
        let link = self.text(job, "absolute_url").map(|it| without_tracking(&it));
        Some(Posting {
            key,
            internal_job_key: job.get("internal_job_id").and_then(plain),
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
            language: self.text(job, "language"),
            company_name: self.text(job, "company_name"),
            // The body is escaped once more than HTML needs: what it holds is HTML only after one unescaping.
            description_html: self
                .text(job, "content")
                .map(|it| html_escape::decode_html_entities(&it).into_owned())
                .filter(|it| !it.trim().is_empty()),
            metadata,
            native: native(job),
            source_hash: json_hash(&Value::Object(job.clone())),
            ..Posting::default()
        })
    }

    fn title(&mut self, job: &Map<String, Value>) -> String {
        let title = self.text(job, "title").unwrap_or_else(|| {
            self.problem("title", "is missing");
            String::new()
        });
        html_escape::decode_html_entities(&title).trim().to_owned()
    }

    /// A text that is trimmed and not empty.
    fn text(&mut self, object: &Map<String, Value>, name: &str) -> Option<String> {
        match object.get(name) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text.trim().to_owned()).filter(|it| !it.is_empty()),
            Some(_) => {
                self.problem(name, "is no text");
                None
            }
        }
    }

    fn plain_or_null(&mut self, object: &Map<String, Value>, name: &str) -> Option<String> {
        match object.get(name) {
            None | Some(Value::Null) => None,
            Some(value) => plain(value).or_else(|| {
                self.problem(name, "is neither number nor text");
                None
            }),
        }
    }

    fn location(&mut self, job: &Map<String, Value>) -> Option<String> {
        match job.get("location") {
            None | Some(Value::Null) => None,
            Some(Value::Object(location)) => self.text(location, "name"),
            Some(_) => {
                self.problem("location", "is no object");
                None
            }
        }
    }

    /// The path of the first department: its parents as far as this posting names them, then itself.
    fn departments(&mut self, job: &Map<String, Value>) -> Vec<String> {
        let listed = match job.get("departments") {
            None | Some(Value::Null) => return Vec::new(),
            Some(Value::Array(listed)) => listed,
            Some(_) => {
                self.problem("departments", "is no list");
                return Vec::new();
            }
        };
        let by_id: HashMap<i64, &Value> = listed.iter().filter_map(|it| Some((it.get("id")?.as_i64()?, it))).collect();
        let mut path = Vec::new();
        let mut at = listed.first();
        while let Some(department) = at {
            path.extend(department.get("name").and_then(Value::as_str).map(|it| it.trim().to_owned()));
            let parent = department.get("parent_id").and_then(Value::as_i64);
            // A department that is its own ancestor must not be walked for ever.
            at = parent.and_then(|id| by_id.get(&id).copied()).filter(|_| path.len() < listed.len());
        }
        path.reverse();
        path.retain(|name| !name.is_empty());
        path
    }

    fn metadata(&mut self, job: &Map<String, Value>) -> Vec<Metadata> {
        let listed = match job.get("metadata") {
            None | Some(Value::Null) => return Vec::new(),
            Some(Value::Array(listed)) => listed,
            Some(_) => {
                self.problem("metadata", "is no list");
                return Vec::new();
            }
        };
        let mut metadata = Vec::with_capacity(listed.len());
        for (index, it) in listed.iter().enumerate() {
            let name = it.get("name").and_then(Value::as_str).map(|name| name.trim().to_owned());
            match (it.get("id").and_then(plain), name) {
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
        let listed = match job.get("pay_input_ranges") {
            None | Some(Value::Null) => return Vec::new(),
            Some(Value::Array(listed)) => listed,
            Some(_) => {
                self.problem("pay_input_ranges", "is no list");
                return Vec::new();
            }
        };
        let range = |it: &Value| {
            let text = |name: &str| it.get(name).and_then(Value::as_str).map(str::trim).filter(|it| !it.is_empty());
            let amount = |name: &str| {
                it.get(name).and_then(Value::as_i64).map(|cents| Decimal::new(cents, 2).normalize().to_string())
            };
            StatedPay {
                title: text("title").map(ToOwned::to_owned),
                note: text("blurb").map(ToOwned::to_owned),
                min: amount("min_cents"),
                max: amount("max_cents"),
                currency: text("currency_type").map(ToOwned::to_owned),
                period: None,
            }
        };
        listed.iter().map(range).filter(|it| it.min.is_some() || it.max.is_some()).collect()
    }

    fn time(&mut self, job: &Map<String, Value>, name: &str) -> Option<i64> {
        let text = self.text(job, name)?;
        let time = instant(&text);
        if time.is_none() {
            self.problem(name, "is no time");
        }
        time
    }
}

/// A time with an offset, or a day, which ends in UTC.
fn instant(text: &str) -> Option<i64> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.timestamp_millis());
    }
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    Some(day.and_hms_milli_opt(23, 59, 59, 999)?.and_utc().timestamp_millis())
}

/// A number or a text as text.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
        Value::String(text) => Some(text.trim().to_owned()).filter(|it| !it.is_empty()),
        _ => None,
    }
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

/// An address without the parameters that only tell who sent the reader.
fn without_tracking(address: &str) -> String {
    let Ok(mut url) = Url::parse(address) else {
        return address.to_owned();
    };
    let is_tracking = |name: &str, value: &str| {
        name.starts_with("utm_")
            || matches!(name, "gh_src" | "lever-source")
            || (name == "t" && value.starts_with("gh_src"))
    };
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let kept: Vec<&(String, String)> = pairs.iter().filter(|(name, value)| !is_tracking(name, value)).collect();
    if kept.len() == pairs.len() {
        return address.to_owned();
    }
    if kept.is_empty() {
        url.set_query(None);
    } else {
        url.query_pairs_mut().clear().extend_pairs(kept);
    }
    url.to_string()
}

fn native(job: &Map<String, Value>) -> Value {
    let is_kept = |name: &str| !NOT_NATIVE.contains(&name) && !PERSONAL.contains(&name);
    Value::Object(
        job.iter().filter(|(name, _)| is_kept(name)).map(|(name, value)| (name.clone(), value.clone())).collect(),
    )
}

#[cfg(test)]
mod tests;
