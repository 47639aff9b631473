//! Cities in longer names: of the city itself, of something in it, or of a site that ends with its city.

use super::{AMBIGUOUS, city, within_country};
use crate::ingest::normalize::gazetteer;
use crate::ingest::normalize::location::Location;

/// Words that a city's name may have, and letters that it must.
const CITY_WORDS_MAX: usize = 3;
const CITY_LETTERS_MIN: usize = 5;
/// How likely a city is that is meant behind other words.
const LARGE_CITY: u32 = 90;
/// Words that make another name of the name behind them.
const OF_NAMES: [&str; 38] = [
    "new", "north", "south", "east", "west", "upper", "lower", "little", "old", "great", "port", "lake", "mount", "mt",
    "st", "san", "santa", "la", "le", "el", "los", "las", "ft", "de", "del", "of", "du", "des", "sur", "les", "the",
    "villa", "nueva", "and", "or", "non", "on", "sam",
];
/// What stands behind a city's name and names something in it.
const IN_CITY: [&str; 5] = [" international airport", " airport", " metro", " city", " shi"];
/// What stands before a city's name and changes nothing.
const OF_CITY: [&str; 7] = ["the ", "city of ", "ville de ", "greater ", "metro ", "downtown ", "central "];

/// "Makati City", "Greater Lyon": the city in a longer name for it.
pub(super) fn city_within(name: &str) -> Option<Location> {
    city(city_of(name)?)
}

/// The part of a name without what only says that it is a city, or what in it.
pub(super) fn city_of(name: &str) -> Option<&str> {
    let lower = name.to_lowercase();
    if lower.len() != name.len() {
        return None;
    }
    let before = IN_CITY.iter().find_map(|it| name.get(..lower.strip_suffix(it)?.len()));
    before.or_else(|| OF_CITY.iter().find_map(|it| name.get(name.len() - lower.strip_prefix(it)?.len()..)))
}

/// "Acme Hall San Antonio": a site's name may end with its city, if that is a large one and no word before it is of the name.
pub(super) fn city_behind(words: &str) -> Option<Location> {
    ends(words).find_map(|(_, name)| {
        let country = gazetteer::country_by_name(name).filter(|_| gazetteer::regions(name).is_empty());
        let country = country.map(|it| within_country(it, AMBIGUOUS));
        let is_meant = is_large(name) && name.len() >= CITY_LETTERS_MIN;
        country.or_else(|| city(name).filter(|_| is_meant).map(|it| Location { confidence: AMBIGUOUS, ..it }))
    })
}

/// Names at the end of words, the longest first, each behind what stands before it, if no word of that is of the name.
pub(super) fn ends(words: &str) -> impl Iterator<Item = (&str, &str)> {
    let spaces = words.match_indices(' ').map(|(at, _)| at).rev().take(CITY_WORDS_MAX).collect::<Vec<_>>();
    let parted = spaces.into_iter().rev().map(move |at| (&words[..at], &words[at + 1..]));
    parted.filter(|(before, _)| {
        let last = before.rsplit(' ').next().unwrap_or_default();
        !last.ends_with(['-', '&', '.']) && !OF_NAMES.contains(&gazetteer::key(last).as_str())
    })
}

/// "New York Acme": the large city that words begin with.
pub(super) fn city_before(words: &str) -> Option<&str> {
    words.rmatch_indices(' ').map(|(at, _)| &words[..at]).find(|it| is_large(it))
}

fn is_large(name: &str) -> bool {
    gazetteer::cities(name).iter().any(|it| it.weight >= LARGE_CITY)
}
