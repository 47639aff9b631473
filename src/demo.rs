//! The boards behind `serve --demo`: invented employers, a file each, expanded here into the answers that their provider
//! would have given on several days. They take the ordinary way from there.
//!
//! The days in the files are fixed, for tests; who looks at the demo finds them moved to the week before.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::ingest::saved::{Outcome, SavedAnswer};

const BOARDS: [&str; 5] = [
    include_str!("demo/kestrel-robotics.json"),
    include_str!("demo/lumen-gardens.json"),
    include_str!("demo/halcyon-tea.json"),
    include_str!("demo/papiermond.json"),
    include_str!("demo/atelier-cirrus.json"),
];

/// An employer and what its board showed on each of `days`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Board {
    board: String,
    company: String,
    site: String,
    days: Vec<DateTime<Utc>>,
    /// Days, counted from 0, on which the board did not answer.
    #[serde(default)]
    failed: Vec<usize>,
    postings: Vec<Posting>,
}

/// A posting, its fields in the provider's shape but for `body` and `pay`, which are shorter to write.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Posting {
    id: u64,
    /// The days on which the board lists it; every day if none are named.
    #[serde(default)]
    listed: Vec<usize>,
    fields: Map<String, Value>,
    /// What is different from a day on.
    #[serde(default)]
    changes: BTreeMap<usize, Map<String, Value>>,
}

/// All answers of all boards, in the order of time.
pub fn answers() -> Result<Vec<SavedAnswer>, serde_json::Error> {
    answers_later(TimeDelta::zero())
}

/// The same, with all that they tell of times, so much later.
pub fn answers_later(later: TimeDelta) -> Result<Vec<SavedAnswer>, serde_json::Error> {
    let mut answers = Vec::new();
    for text in BOARDS {
        let board: Board = serde_json::from_str(text)?;
        answers.extend((0..board.days.len()).map(|day| board.answer(day, later)));
    }
    answers.sort_by(|left, right| (left.fetched_at, &left.board).cmp(&(right.fetched_at, &right.board)));
    Ok(answers)
}

impl Board {
    fn answer(&self, day: usize, later: TimeDelta) -> SavedAnswer {
        let outcome = if self.failed.contains(&day) {
            Outcome::Failed { message: "the provider answered 503".to_owned() }
        } else {
            let listed = self.postings.iter().filter(|it| it.listed.is_empty() || it.listed.contains(&day));
            let jobs: Vec<Value> = listed.map(|it| self.job(it, day, later)).collect();
            let total = jobs.len();
            Outcome::Answered(json!({ "jobs": jobs, "meta": { "total": total } }).to_string().into_bytes())
        };
        let fetched_at = (self.days[day] + later).timestamp_millis();
        SavedAnswer { provider: "greenhouse".to_owned(), board: self.board.clone(), fetched_at, outcome }
    }

    /// A posting as Greenhouse shapes it, with every change up to a day.
    fn job(&self, posting: &Posting, day: usize, later: TimeDelta) -> Value {
        let mut fields = posting.fields.clone();
        for (_, change) in posting.changes.range(..=day) {
            fields.extend(change.clone());
        }
        let mut job = Map::from_iter([
            ("id".to_owned(), posting.id.into()),
            ("internal_job_id".to_owned(), (posting.id + 9_000_000).into()),
            ("company_name".to_owned(), self.company.as_str().into()),
            ("absolute_url".to_owned(), format!("{}/jobs/{}", self.site, posting.id).into()),
            ("data_compliance".to_owned(), json!([])),
            ("application_deadline".to_owned(), Value::Null),
            ("requisition_id".to_owned(), Value::Null),
        ]);
        for (name, value) in fields {
            match name.as_str() {
                "place" => job.insert("location".to_owned(), json!({ "name": value })),
                "body" => {
                    job.insert("content".to_owned(), html_escape::encode_text(&paragraphs(&value)).into_owned().into())
                }
                "department" => job.insert(
                    "departments".to_owned(),
                    json!([{ "id": 1, "name": value, "parent_id": null, "child_ids": [] }]),
                ),
                "employment" => {
                    let metadata =
                        json!([{ "id": 1, "name": "Employment Type", "value": value, "value_type": "single_select" }]);
                    job.insert("metadata".to_owned(), metadata)
                }
                "pay" => job.insert("pay_input_ranges".to_owned(), value),
                "first_published" | "updated_at" | "application_deadline" => job.insert(name, moved(value, later)),
                _ => job.insert(name, value),
            };
        }
        Value::Object(job)
    }
}

/// A time or a day, so much later, in the same form.
fn moved(value: Value, later: TimeDelta) -> Value {
    let text = value.as_str().unwrap_or_default();
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return (time + later).to_rfc3339().into();
    }
    NaiveDate::parse_from_str(text, "%F").map_or(value, |day| (day + later).to_string().into())
}

/// HTML of a list of paragraphs.
fn paragraphs(body: &Value) -> String {
    let paragraph = |it: &Value| {
        it.as_str().map(|text| if text.starts_with('<') { text.to_owned() } else { format!("<p>{text}</p>") })
    };
    body.as_array().into_iter().flatten().filter_map(paragraph).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::answers::Answers;
    use crate::ingest::provider;

    #[test]
    fn every_answer_is_read_without_a_problem() {
        for answer in answers().expect("the boards are JSON") {
            if let Outcome::Answered(body) = answer.outcome {
                let greenhouse = provider::find("greenhouse").expect("it is known");
                let board = greenhouse.board(&answer.board, &Answers::of(&body)).expect("it is a board");
                assert_eq!(board.problems, [], "{} {}", answer.board, answer.fetched_at);
            }
        }
    }

    #[test]
    fn times_and_days_are_moved_and_all_else_stays() {
        let week = |value| moved(value, TimeDelta::days(7));
        assert_eq!(week(json!("2026-10-27T18:20:00-05:00")), json!("2026-11-03T18:20:00-05:00"));
        assert_eq!(week(json!("2026-11-30")), json!("2026-12-07"));
        assert_eq!(week(Value::Null), Value::Null);
    }

    #[test]
    fn answers_come_in_the_order_of_time() {
        let times: Vec<i64> = answers().expect("the boards are JSON").iter().map(|it| it.fetched_at).collect();
        assert!(times.is_sorted());
    }
}
