//! What a posting says, and how that changes: drawn from the stock, and derived by the rules of `ingest`.

use serde_json::json;

use super::boards::Board;
use super::chance::{Chance, Purpose};
use super::stock::{Stock, Style};
use super::tables::EMPLOYMENTS;
use crate::ingest::identity::{rfc3339, sha256_hex};
use crate::ingest::normalize::location::Places;
use crate::ingest::normalize::{Fact, Normalized, Readings, derived};
use crate::ingest::posting::{Metadata, Posting, StatedPay};
use crate::vocabulary::{EventCause, WorkplaceType};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// What postings are of, as their addresses begin.
const SITE: &str = "https://jobs.example";
/// Before the numbers of postings.
const KEYS_FROM: i64 = 4_000_000;

/// A posting as draws from the stock. Times are UTC milliseconds since 1970.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draft {
    number: i64,
    title: usize,
    places: Vec<usize>,
    style: Style,
    is_on_site: bool,
    employment: Option<usize>,
    pay: Option<Pay>,
    text: usize,
    requisition: Option<i64>,
    published_at: Option<i64>,
    updated_at: Option<i64>,
    deadline_at: Option<i64>,
    /// Whether the rules of then told its language.
    is_language_read: bool,
    updates: i64,
}

/// In whole units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pay {
    min: i64,
    max: i64,
}

impl Draft {
    /// A new posting, which its board showed first at `at`.
    pub(super) fn new(seed: u64, number: i64, board: &Board, stock: &Stock, at: i64) -> (Self, Chance) {
        let mut chance = Chance::new(seed, Purpose::Content, number);
        let mut home = Chance::new(seed, Purpose::Content, -1 - board.rank);
        let homes = [stock.draw_place(&mut home), stock.draw_place(&mut home), stock.draw_place(&mut home)];
        let style = match chance.below(100) {
            0..22 => Style::Remote,
            22..38 => Style::Hybrid,
            _ => Style::Plain,
        };
        let draft = Self {
            number,
            title: stock.draw_title(&mut chance),
            places: places(&mut chance, homes, stock),
            style,
            is_on_site: style == Style::Plain && chance.percent(35),
            employment: chance.percent(60).then(|| usize::try_from(chance.low(8)).unwrap_or(0)),
            pay: chance.percent(20).then(|| Pay::draw(&mut chance)),
            text: chance.index(stock.texts.len()),
            requisition: chance.percent(40).then(|| 1_000 + chance.below(90_000)),
            published_at: chance.percent(85).then(|| at - 1 - chance.below(36 * HOUR)),
            updated_at: None,
            deadline_at: chance.percent(5).then(|| at + (20 + chance.below(70)) * DAY),
            is_language_read: chance.percent(97),
            updates: 0,
        };
        (draft, chance)
    }

    /// Changes it as a board showed it at `at`, and tells who brought that about. Something is always different then.
    pub(super) fn change(&mut self, chance: &mut Chance, stock: &Stock, at: i64) -> EventCause {
        if !self.is_language_read {
            self.is_language_read = true;
            return EventCause::Normalizer;
        }
        self.updates += 1;
        self.updated_at = Some(at - 1 - chance.below(20 * HOUR));
        match chance.below(10) {
            0..3 => self.text += 1,
            3..5 => self.pay = Some(self.pay.map_or_else(|| Pay::draw(chance), Pay::raised)),
            5 => self.places[0] = self.other_place(stock),
            6 => self.style = if self.style == Style::Hybrid { Style::Plain } else { Style::Hybrid },
            7 => self.deadline_at = Some(self.deadline_at.unwrap_or(at) + 30 * DAY),
            8 => self.employment = Some(self.employment.map_or(0, |it| (it + 1) % EMPLOYMENTS.len())),
            _ => self.requisition = Some(self.requisition.map_or(1_000, |it| it + 1)),
        }
        EventCause::Source
    }

    /// A place that it does not have yet.
    fn other_place(&self, stock: &Stock) -> usize {
        let places = std::iter::successors(self.places.first().copied(), |it| Some(stock.next_place(*it)));
        places.take(self.places.len() + 1).find(|it| !self.places.contains(it)).unwrap_or(0)
    }

    /// What the board's provider states.
    pub(super) fn posting(&self, token: &str, stock: &Stock) -> Posting {
        let key = (KEYS_FROM + self.number).to_string();
        let title = stock.title(self.title);
        let wordings: Vec<&str> = self.wordings(stock).map(|it| it.text.as_str()).collect();
        let location_text = wordings.join("; ");
        let url = format!("{SITE}/{token}/{key}");
        let employment = self.employment.map(|it| EMPLOYMENTS[it % EMPLOYMENTS.len()]);
        let metadata =
            employment.map(|it| Metadata { id: "1".to_owned(), name: "Employment Type".to_owned(), value: json!(it) });
        let updated_at = self.updated_at.or(self.published_at);
        Posting {
            source_hash: sha256_hex(format!("{key}|{}", self.updates).as_bytes()),
            native: json!({ "updated_at": updated_at.map(rfc3339) }),
            requisition_id: self.requisition.map(|it| format!("R-{it}")),
            title: title.text.clone(),
            location_text: Some(location_text),
            department_path: vec![title.department.to_owned()],
            employment_type_raw: employment.map(ToOwned::to_owned),
            workplace_raw: self.is_stated_on_site().then(|| "On-site".to_owned()),
            pay: self.pay.map(|pay| pay.stated(self.country(stock))).into_iter().collect(),
            source_url: Some(url.clone()),
            apply_url: Some(url),
            posted_at: self.published_at,
            updated_at,
            deadline_at: self.deadline_at,
            metadata: metadata.into_iter().collect(),
            key,
            ..Posting::default()
        }
    }

    /// What follows from it.
    pub(super) fn normalized(&self, posting: &Posting, stock: &Stock) -> Normalized {
        let text = stock.text(self.text);
        let language = text.language.clone().filter(|_| self.is_language_read);
        let mut places = Places::default();
        for wording in self.wordings(stock) {
            places.locations.extend(wording.places.locations.iter().cloned());
            // The narrower word counts, as where all words stand in one text.
            if places.workplace != Some(WorkplaceType::Hybrid) {
                places.workplace = wording.places.workplace.or(places.workplace);
            }
        }
        places.locations.sort_by_key(|it| it.is_remote);
        let description = Some((*text.description).clone());
        // The descriptions tell nothing of workplace and pay.
        let mut normalized = derived(posting, Readings { description, language, places, pay_in_markup: None }, "");
        normalized.facts.retain(is_kept);
        normalized
    }

    fn wordings<'a>(&'a self, stock: &'a Stock) -> impl Iterator<Item = &'a super::stock::Wording> {
        self.places.iter().map(|it| &stock.place(*it).wordings[self.style as usize])
    }

    fn is_stated_on_site(&self) -> bool {
        self.is_on_site && self.style == Style::Plain
    }

    fn country<'a>(&'a self, stock: &'a Stock) -> &'a str {
        let first = self.wordings(stock).next().and_then(|it| it.places.locations.first());
        first.and_then(|it| it.country_code.as_deref()).unwrap_or_default()
    }
}

/// Whether a fact is kept: that of the places says again what the places say, and is longer than all others together.
fn is_kept(fact: &Fact) -> bool {
    fact.field != "locations"
}

/// One to three places, most often those that the employer is at.
fn places(chance: &mut Chance, homes: [usize; 3], stock: &Stock) -> Vec<usize> {
    let count = match chance.below(100) {
        0..80 => 1,
        80..94 => 2,
        _ => 3,
    };
    let mut places = Vec::with_capacity(count);
    for _ in 0..count {
        let place = if chance.percent(60) { *chance.of(&homes) } else { stock.draw_place(chance) };
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

impl Pay {
    fn draw(chance: &mut Chance) -> Self {
        if chance.percent(20) {
            let min = 15 + chance.low(50);
            return Self { min, max: min + 2 + chance.below(15) };
        }
        let min = (30 + chance.low(170)) * 1_000;
        Self { min, max: min + (5 + chance.below(40)) * 1_000 }
    }

    fn raised(self) -> Self {
        let step = if self.max < 1_000 { 1 } else { 1_000 };
        Self { min: self.min + step, max: self.max + step }
    }

    fn stated(self, country: &str) -> StatedPay {
        let currency = match country {
            "GB" => "GBP",
            "CA" => "CAD",
            "AU" => "AUD",
            "CH" => "CHF",
            "PL" => "PLN",
            "SE" => "SEK",
            "SG" => "SGD",
            "AT" | "BE" | "DE" | "ES" | "FI" | "FR" | "GR" | "IE" | "IT" | "NL" | "PT" => "EUR",
            _ => "USD",
        };
        StatedPay {
            min: Some(self.min.to_string()),
            max: Some(self.max.to_string()),
            currency: Some(currency.to_owned()),
            ..StatedPay::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::boards::boards;
    use crate::ingest::normalize::normalize;
    use crate::ingest::posting::Html;

    #[test]
    fn what_is_put_together_is_what_the_rules_read() {
        let stock = Stock::new(5, 400, None).expect("the built-in tables are read");
        let boards = boards(5, 400, |rank| stock.employer_weight(rank));
        for board in &boards {
            for number in board.numbers() {
                let (mut draft, mut chance) = Draft::new(5, number, board, &stock, 1_700_000_000_000);
                draft.is_language_read = true;
                for _ in 0..3 {
                    let mut posting = draft.posting("acme", &stock);
                    posting.description_html = Some(Html::Plain(stock.text(draft.text).description.html.clone()));
                    let mut read = normalize(&posting);
                    read.facts.retain(is_kept);
                    assert_eq!(draft.normalized(&posting, &stock), read);
                    draft.change(&mut chance, &stock, 1_700_000_000_000);
                }
            }
        }
    }
}
