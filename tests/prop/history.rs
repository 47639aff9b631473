//! Invented boards, crawl after crawl: postings come, change, go and come back.

use serde_json::{Value, json};

use crate::dice::Dice;
use crate::world::Answer;

/// 2025-12-30T22:00:00Z.
const START: i64 = 1_767_132_000_000;
const HOUR: i64 = 3_600_000;

const TITLES: [&str; 17] = [
    "Rust Engineer",
    "rust engineer",
    "RUST ENGINEER II",
    "Ingénieur Été",
    "INGÉNIEUR ÉTÉ",
    "Straßenbauer",
    "STRASSENBAUER",
    "İstanbul Lead",
    "東京エンジニア",
    "Sales Intern",
    "Data Analyst (hybrid)",
    "Senior Data Analyst (m/w/d) - Berlin",
    "Head of Sales",
    "Manager",
    "%_ Wild\\Card",
    "Zoë O'Neil \"Ops\"",
    "Ärztin 🚑",
];
const PLACES: [&str; 18] = [
    "Berlin, Germany",
    "berlin, germany",
    "München, Germany",
    "Paris, France; London, UK",
    "San Francisco, CA, US; Remote, US",
    "Remote - US",
    "Remote - EMEA",
    "Remote, Worldwide",
    "Remote",
    "Hybrid - Zürich, Switzerland",
    "New York, NY",
    "Remote - Germany; Remote - Austria",
    "São Paulo, Brazil",
    "Atlantis Office",
    "3 locations",
    "Tokyo, Japan",
    "Remote - APAC",
    "On-site: Austin, TX",
];
const DEPARTMENTS: [&str; 7] =
    ["Engineering", "engineering", "ENGINEERING", "Öffentlichkeit", "öffentlichkeit", "Sales & Ops", "R&D"];
const KINDS: [&str; 6] = ["Regular", "Full-time", "Teilzeit", "Contract", "CDD", "Tier 3"];
const LANGUAGES: [&str; 4] = ["en", "de", "pt_br", "fr"];
const PAY: [&str; 8] = [
    "Salary: $120,000 - $150,000 per year.",
    "Gehalt: €60.000 - €75.000 pro Jahr.",
    "The base pay is $30 - $45 per hour.",
    "Salary: £2,500 - £3,100 per month.",
    "Pay: up to $900 per week.",
    "Day rate: €400 - €500 per day.",
    "Compensation: 80k-100k base salary.",
    "Salary: CHF 110,000 - CHF 130,000 per year.",
];
const TAGS: [&str; 5] =
    ["#LI-REMOTE", "#LI-HYBRID", "#LI-ONSITE", "This role is not remote.", "It is a fully remote role."];
const POSTED: [&str; 10] = [
    "2025-12-31T23:59:59.999Z",
    "2026-01-01T00:00:00Z",
    "2026-01-15T10:00:00+02:00",
    "2026-02-28T20:00:00-05:00",
    "1969-12-31T23:00:00Z",
    "1970-01-01T00:00:00Z",
    "1969-12-31T23:59:59.500Z",
    "1962-03-04T05:06:07Z",
    "2024-02-29T12:00:00Z",
    "2026-01-01T01:00:00+01:00",
];
const DEADLINES: [&str; 6] =
    ["2026-03-02", "2026-03-01T12:00:00Z", "2026-03-01T12:00:01Z", "2026-02-01", "2026-06-30", "1969-12-31"];

pub(crate) struct History {
    dice: Dice,
    boards: Vec<(String, Vec<Value>)>,
    at: i64,
    next: u64,
    /// Postings that left and may come back.
    gone: Vec<(usize, Value)>,
}

impl History {
    pub(crate) fn new(seed: u64, boards: usize) -> Self {
        let boards = (0..boards).map(|it| (format!("Board-{it}"), Vec::new())).collect();
        Self { dice: Dice::new(seed), boards, at: START, next: 1, gone: Vec::new() }
    }

    /// Answers that follow each other in time; some at the very same.
    pub(crate) fn answers(&mut self, count: usize, postings: usize) -> Vec<Answer> {
        (0..count).map(|_| self.answer(postings)).collect()
    }

    fn answer(&mut self, postings: usize) -> Answer {
        let index = self.dice.below(self.boards.len());
        let (hours, more) = (self.dice.below(30), self.dice.below(3));
        self.at += i64::try_from(hours).expect("it is small") * HOUR + i64::try_from(more).expect("it is small");
        let board = self.boards[index].0.clone();
        if self.dice.percent(4) {
            return Answer { board, at: self.at, jobs: None };
        }
        let mut jobs = std::mem::take(&mut self.boards[index].1);
        for place in (0..jobs.len()).rev() {
            if self.dice.percent(14) {
                let gone = jobs.remove(place);
                self.gone.push((index, gone));
            } else if self.dice.percent(18) {
                self.change(&mut jobs[place]);
            }
        }
        for place in (0..self.gone.len()).rev() {
            if self.gone[place].0 == index && self.dice.percent(30) {
                let (_, mut job) = self.gone.remove(place);
                if self.dice.percent(40) {
                    self.change(&mut job);
                }
                jobs.push(job);
            }
        }
        let wanted = postings.saturating_sub(jobs.len() / 2);
        for _ in 0..self.dice.below(wanted + 1) {
            jobs.push(self.job());
        }
        self.boards[index].1.clone_from(&jobs);
        Answer { board, at: self.at, jobs: Some(jobs) }
    }

    fn job(&mut self) -> Value {
        let id = self.next;
        self.next += 1;
        let mut job =
            json!({ "id": id, "title": self.dice.of(&TITLES), "absolute_url": format!("https://example.com/{id}") });
        for part in 0..PARTS {
            if self.dice.percent(70) {
                self.set(&mut job, part);
            }
        }
        job
    }

    fn change(&mut self, job: &mut Value) {
        for _ in 0..=self.dice.below(3) {
            let part = self.dice.below(PARTS);
            self.set(job, part);
        }
    }

    /// Says something, or nothing any more, in one part of a posting.
    fn set(&mut self, job: &mut Value, part: usize) {
        let dice = &mut self.dice;
        let is_told = dice.percent(85);
        let told = |value: Value| if is_told { value } else { Value::Null };
        match part {
            0 => job["title"] = json!(dice.of(&TITLES)),
            1 => job["location"] = told(json!({ "name": dice.of(&PLACES) })),
            2 => {
                let parent = json!({ "id": 1, "name": "Whole", "parent_id": null });
                let own = json!({ "id": 2, "name": dice.of(&DEPARTMENTS), "parent_id": 1 });
                job["departments"] = if is_told { json!([own, parent]) } else { json!([]) };
            }
            3 => job["metadata"] = told(json!([{ "id": 7, "name": "Employment Type", "value": dice.of(&KINDS) }])),
            4 => job["language"] = told(json!(dice.of(&LANGUAGES))),
            5 => job["content"] = told(json!(format!("<p>{} {}</p>", dice.of(&PAY), dice.of(&TAGS)))),
            6 => job["first_published"] = told(json!(dice.of(&POSTED))),
            7 => job["application_deadline"] = told(json!(dice.of(&DEADLINES))),
            8 => job["updated_at"] = told(json!(dice.of(&POSTED))),
            9 => job["requisition_id"] = told(json!(format!("R-{}", dice.below(5)))),
            10 => {
                let currency = dice.of(&["EUR", "USD", "JPY"]);
                let least = 4_000_000 + 1_000_000 * dice.below(9);
                let range = json!({ "min_cents": least, "max_cents": least * 3 / 2, "currency_type": currency, "title": "Pay" });
                job["pay_input_ranges"] = if dice.percent(50) { json!([range]) } else { json!([]) };
            }
            _ => job["content"] = told(json!(format!("<p>Plain words.</p><p>{}</p>", dice.of(&TAGS)))),
        }
    }
}

/// Parts that `set` knows.
const PARTS: usize = 12;
