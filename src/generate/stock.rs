//! What postings are drawn from: titles, places, names and descriptions, each as often as it is drawn, and with what is
//! derived from it. All of it is read once.

use super::GenerateError;
use super::chance::Chance;
use super::frequency::{Frequencies, Weighted};
use super::tables::{LEVELS, NAMES, PLACES, TEAMS, TITLES, TRADES};
use super::texts::{Text, pool};
use crate::ingest::normalize::location::{self, Places};
use crate::ingest::posting::Posting;
use crate::ingest::provider::is_board_name;

/// How much the first of a built-in list is preferred: the higher, the less.
const FLATNESS: u64 = 3;
/// The weight of a built-in member of rank 0, times `FLATNESS`.
const WEIGHT: u64 = 1_000_000_000;

pub(super) struct Stock {
    titles: Weighted<Title>,
    places: Weighted<Place>,
    employers: Option<Weighted<String>>,
    pub(super) texts: Vec<Text>,
}

pub(super) struct Title {
    pub(super) text: String,
    pub(super) department: &'static str,
}

/// A place in the words of boards: as it is, for those who work from a distance, and for those who come now and then.
pub(super) struct Place {
    pub(super) wordings: [Wording; 3],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain = 0,
    Remote = 1,
    Hybrid = 2,
}

pub(super) struct Wording {
    pub(super) text: String,
    pub(super) places: Places,
}

impl Stock {
    /// Reads the tables, and derives what follows from them for so many postings.
    pub(super) fn new(seed: u64, postings: i64, tables: Option<Frequencies>) -> Result<Self, GenerateError> {
        let texts = pool(seed, postings);
        let Some(tables) = tables else {
            let places = PLACES.iter().zip(0..).map(|(text, rank)| (Place::new(text), by_rank(rank)));
            return Ok(Self { titles: titles()?, places: Weighted::new(places)?, employers: None, texts });
        };
        let titles = tables.titles.into_iter().map(|(text, weight)| {
            // The table has no departments; the same title is always of the same one.
            let (department, _) = TITLES[text.len() % TITLES.len()];
            (Title { text, department }, weight)
        });
        let places = tables.locations.into_iter().map(|(text, weight)| (Place::new(&text), weight));
        let employers = tables.companies.into_iter().filter(|(name, _)| is_board_name(name));
        Ok(Self {
            titles: Weighted::new(titles)?,
            places: Weighted::new(places.filter(|(place, _)| place.is_one()))?,
            employers: Some(Weighted::new(employers)?),
            texts,
        })
    }

    /// How large the employer of this rank is beside others.
    pub(super) fn employer_weight(&self, rank: i64) -> u64 {
        let rank = u64::try_from(rank).unwrap_or(0);
        let Some(employers) = &self.employers else {
            return by_rank(rank);
        };
        let (index, round) = employers.wrapped(rank);
        employers.weight(index).saturating_mul(1_000) / (1 + round)
    }

    /// The name of the employer of this rank, and the name of its board, which no other has.
    pub(super) fn employer(&self, rank: i64) -> (String, String) {
        let rank = u64::try_from(rank).unwrap_or(0);
        let (name, round) = match &self.employers {
            Some(employers) => {
                let (index, round) = employers.wrapped(rank);
                (employers.get(index).clone(), round)
            }
            None => built_in_name(rank),
        };
        let name = if round == 0 { name } else { format!("{name} {}", round + 1) };
        let board = name.to_lowercase().replace(' ', "-");
        (name, board)
    }

    pub(super) fn draw_title(&self, chance: &mut Chance) -> usize {
        self.titles.draw(chance)
    }

    pub(super) fn draw_place(&self, chance: &mut Chance) -> usize {
        self.places.draw(chance)
    }

    pub(super) fn title(&self, index: usize) -> &Title {
        self.titles.get(index)
    }

    pub(super) fn place(&self, index: usize) -> &Place {
        self.places.get(index)
    }

    /// The place behind another.
    pub(super) fn next_place(&self, index: usize) -> usize {
        (index + 1) % self.places.len()
    }

    pub(super) fn text(&self, index: usize) -> &Text {
        &self.texts[index % self.texts.len()]
    }
}

impl Place {
    fn new(text: &str) -> Self {
        let wordings = [text.to_owned(), format!("Remote - {text}"), format!("{text} (Hybrid)")];
        Self { wordings: wordings.map(Wording::new) }
    }

    /// Whether its words name a place, and say nothing of the workplace themselves.
    fn is_one(&self) -> bool {
        let plain = &self.wordings[0].places;
        !plain.locations.is_empty() && plain.workplace.is_none()
    }
}

impl Wording {
    fn new(text: String) -> Self {
        let posting = Posting { location_text: Some(text.clone()), ..Posting::default() };
        Self { places: location::read(&posting), text }
    }
}

/// The built-in titles: with what stands before and behind them, those of the first departments most often.
fn titles() -> Result<Weighted<Title>, GenerateError> {
    let mut titles = Vec::new();
    for ((department, names), department_rank) in TITLES.into_iter().zip(0..) {
        for (name, rank) in names.iter().zip(0..) {
            let weight = by_rank(department_rank) / 1_000 * by_rank(rank) / 1_000;
            for (level, level_rank) in LEVELS.iter().zip(0..) {
                let text = format!("{level}{name}");
                let weight = weight / (level_rank + 1);
                let behind = TEAMS.iter().map(|team| (format!("{text}, {team}"), weight / 100));
                let named = std::iter::once((text.clone(), weight)).chain(behind);
                titles.extend(named.map(|(text, weight)| (Title { text, department }, weight)));
            }
        }
    }
    Weighted::new(titles.into_iter())
}

fn built_in_name(rank: u64) -> (String, u64) {
    let (names, trades) = (NAMES.len() as u64, TRADES.len() as u64);
    let of = |list: &[&'static str], at: u64| usize::try_from(at).ok().and_then(|at| list.get(at)).copied();
    let name = of(&NAMES, rank % names).unwrap_or_default();
    let trade = of(&TRADES, rank / names % trades).unwrap_or_default();
    (format!("{name} {trade}"), rank / (names * trades))
}

fn by_rank(rank: u64) -> u64 {
    WEIGHT / (rank + FLATNESS)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn built_in_places_are_known_and_keep_their_meaning_in_all_wordings() {
        for text in PLACES {
            let place = Place::new(text);
            for wording in &place.wordings {
                let [location] = wording.places.locations.as_slice() else { panic!("{} is one place", wording.text) };
                assert!(location.country_code.is_some(), "{}", wording.text);
                assert_eq!(location.country_code, place.wordings[0].places.locations[0].country_code);
            }
            assert!(place.is_one(), "{text}");
        }
    }

    #[test]
    fn no_two_employers_have_one_name() {
        let stock = Stock::new(1, 1_000, None).expect("the built-in tables are read");
        let names: HashSet<(String, String)> = (0..6_000).map(|rank| stock.employer(rank)).collect();
        assert_eq!(names.len(), 6_000);
        assert!(names.iter().all(|(_, board)| is_board_name(board)));
    }
}
