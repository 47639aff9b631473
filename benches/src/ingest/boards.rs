//! Invented boards in Greenhouse's shape, the same ones at each call.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use serde_json::{Value, json};

/// When all answers came.
const FETCHED_AT: &str = "2026-01-06T12:00:00Z";
/// Postings of a board, on average as on real ones.
const POSTINGS_A_BOARD: usize = 36;
const TITLES: [&str; 8] = [
    "Account Executive",
    "Senior Gardener",
    "Staff Engineer, Greenhouses",
    "Head of Seeds",
    "Botanist (all genders)",
    "Praktikant im Gewächshaus",
    "Customer Success Manager",
    "Night Watch",
];
const PLACES: [&str; 8] = [
    "San Francisco, CA",
    "Berlin, Germany",
    "Remote - US",
    "London, United Kingdom",
    "New York, NY; Austin, TX",
    "Toronto, Ontario, Canada",
    "Bengaluru, India",
    "München, Bayern, Deutschland",
];
const DEPARTMENTS: [&str; 5] = ["Engineering", "Sales", "Operations", "Research", "People"];
const SENTENCES: [&str; 10] = [
    "You will water, prune and harvest together with a team of twelve.",
    "We grow tomatoes on three continents — and we’d love to grow with you.",
    "Our customers rely on fresh vegetables 365 days a year.",
    "You bring 5+ years of experience with soil, light and patience.",
    "This is a hybrid role with two days a week in our office.",
    "We offer a bonus of up to $5,000, learning budgets and 30 days of holidays.",
    "Equal opportunity matters to us: everyone is welcome in the garden.",
    "The team works across time zones and writes things down.",
    "Experience with irrigation, sensors or robots is a plus.",
    "You report to the Head of Gardens and mentor two juniors.",
];

#[derive(Clone, Copy)]
pub(crate) struct Boards {
    pub(crate) postings: usize,
    pub(crate) has_bodies: bool,
}

impl Boards {
    /// Writes all answers into a bundle.
    pub(crate) fn write(self, path: &Path) -> anyhow::Result<()> {
        let mut out = BufWriter::new(File::create(path)?);
        for board in 0..self.postings.div_ceil(POSTINGS_A_BOARD) {
            let from = board * POSTINGS_A_BOARD;
            let to = self.postings.min(from + POSTINGS_A_BOARD);
            let jobs: Vec<Value> = (from..to).map(|number| self.posting(board, number)).collect();
            let body = json!({ "meta": { "total": jobs.len() }, "jobs": jobs });
            let name = format!("garden{board}");
            let line = json!({ "provider": "greenhouse", "board": name, "fetched_at": FETCHED_AT, "body": body });
            writeln!(out, "{line}")?;
        }
        Ok(out.flush()?)
    }

    fn posting(self, board: usize, number: usize) -> Value {
        // Scattered, as what is sorted by in a database does not come in order.
        let pick = |of: usize, salt: usize| number.wrapping_mul(2_654_435_761).wrapping_add(salt * 40_503) / 7 % of;
        let (title, place) = (TITLES[pick(TITLES.len(), 1)], PLACES[pick(PLACES.len(), 2)]);
        let (month, day) = (1 + pick(11, 3), 1 + pick(28, 4));
        let mut posting = json!({
            "id": 4_000_000_000_u64 + pick(900_000, 5) as u64 * 1_000_000 + number as u64,
            "internal_job_id": 3_000_000_000_u64 + number as u64,
            "absolute_url": format!("https://boards.greenhouse.io/garden{board}/jobs/{number}"),
            "title": format!("{title} {}", pick(90, 6)),
            "updated_at": format!("2025-{month:02}-{day:02}T08:{:02}:42-05:00", pick(60, 7)),
            "first_published": format!("2025-{month:02}-{day:02}T07:{:02}:12-05:00", pick(60, 8)),
            "location": { "name": place },
            "departments": [{ "id": pick(5, 9) + 1, "name": DEPARTMENTS[pick(5, 9)], "parent_id": null }],
            "company_name": format!("Garden {board}"),
            "requisition_id": format!("R-{number}"),
            "metadata": [{ "id": 7, "name": "Employment Type", "value": "Full-time", "value_type": "single_select" }],
        });
        if self.has_bodies {
            posting["content"] = self.body(number).into();
        }
        posting
    }

    /// Escaped HTML of six to nine kilobytes, about as long as what employers write.
    fn body(self, number: usize) -> String {
        let mut html = String::from("&lt;h2&gt;&lt;strong&gt;About us&lt;/strong&gt;&lt;/h2&gt;");
        for paragraph in 0..12 + number % 6 {
            html.push_str("&lt;p&gt;");
            for place in 0..6 {
                html.push_str(SENTENCES[(number * 31 + paragraph * 7 + place * 3) % SENTENCES.len()]);
                html.push(' ');
            }
            html.push_str("&lt;/p&gt;&lt;ul&gt;&lt;li&gt;&lt;span style=&quot;font-weight: 400;&quot;&gt;");
            html.push_str(SENTENCES[(number + paragraph) % SENTENCES.len()]);
            html.push_str("&lt;/span&gt;&lt;/li&gt;&lt;/ul&gt;&amp;nbsp;");
        }
        let least = 60_000 + number % 90 * 1_000;
        html.push_str(&format!(
            "&lt;p&gt;The base salary of this position is ${least} — ${} USD a year. Number {number}.&lt;/p&gt;",
            least + 40_000
        ));
        html
    }
}
