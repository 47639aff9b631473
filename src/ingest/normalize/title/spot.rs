//! Places in a title. Many words are also the name of a town, so that a name alone is a place only where the posting is
//! there, or where the town is large and its name is no word of a trade.

mod names;

use self::names::{BEGINNINGS, CODES, COUNTRIES, ENDS, LANGUAGES, NOT_STATES, SPOKEN, STATES, THINGS, WORDS};
use crate::ingest::normalize::gazetteer::{self, key};
use crate::ingest::normalize::location::Location;
use crate::ingest::normalize::place;
use crate::ingest::posting::Posting;

/// Thousands of people of a town that a single name may mean. Hand-chosen towns weigh more than they have people.
const LARGE: u32 = 90;
const POSTAL_DIGITS: usize = 5;
/// Letters of a name that is no abbreviation.
const NAME_MIN: usize = 4;

/// What is known of a posting beside its title.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// Names of its places, as names are compared.
    names: Vec<String>,
    /// Codes of its states, where they are likely to stand for these.
    states: Vec<String>,
    company: Option<String>,
}

impl Known {
    pub(super) fn of(posting: &Posting, places: &[Location]) -> Self {
        let mut names: Vec<String> = places
            .iter()
            .flat_map(|it| [&it.raw, &it.city, &it.region, &it.country, &it.country_code, &it.macro_region])
            .flatten()
            .map(|it| key(it))
            .collect();
        names.extend(posting.location_text.as_deref().map(key));
        names.sort();
        names.dedup();
        let states = places.iter().filter_map(|it| it.region_code.as_deref()?.strip_prefix("US-"));
        // Of these the letters of a trade are as likely: "Radiologic Technologist (CT)".
        let is_trade = |it: &str| matches!(it, "AL" | "AR" | "CT" | "ID");
        let states = states.filter(|it| is_likely_state(it) && !is_trade(it)).map(ToOwned::to_owned).collect();
        Self { names, states, company: posting.company_name.as_deref().map(key).filter(|it| !it.is_empty()) }
    }

    pub(super) fn is_company(&self, words: &str) -> bool {
        self.company.as_deref() == Some(key(words).as_str())
    }

    fn has(&self, words: &str) -> bool {
        let wanted = key(words);
        // Two letters are too often something else.
        wanted.len() > 2 && self.names.contains(&wanted)
    }

    fn is_in_state(&self, code: &str) -> bool {
        self.states.iter().any(|it| it == code)
    }
}

/// Whether two letters are a state's code that stands for nothing else in titles.
pub(super) fn is_state(words: &str) -> bool {
    STATES.contains(&words)
}

/// Whether two letters are a state's code, whatever else they stand for.
pub(super) fn is_state_code(words: &str) -> bool {
    words.len() == 2 && words.chars().all(char::is_uppercase) && gazetteer::state_name(words).is_some()
}

/// Whether two letters are a state's code, and stand for little else.
pub(super) fn is_likely_state(words: &str) -> bool {
    is_state_code(words) && !NOT_STATES.contains(&words)
}

/// "Portuguese (Brazil) Writers", "Chinese Language Specialist (Taiwan)": whether a place in brackets tells which kind of
/// the language before them is meant.
pub(super) fn is_variety(before: &str, place: &str, after: &str) -> bool {
    let before = key(before);
    let is_behind = |names: &[&str]| names.iter().any(|it| before.ends_with(it));
    let is_named = |it: &str| {
        it.chars().count() >= NAME_MIN
            && (gazetteer::country_by_name(it).is_some() || gazetteer::macro_region(it).is_some())
    };
    let is_of_language = is_behind(&SPOKEN) || (is_behind(&LANGUAGES) && !after.is_empty());
    is_of_language && place.split(['/', ',']).all(|it| is_named(it.trim()))
}

/// Whether words that stand for themselves name a place.
pub(super) fn is_place(words: &str, known: &Known) -> bool {
    let words = without_postal_code(words.trim().trim_matches(['.', ',']).trim());
    if words.is_empty() || words.chars().any(|it| it.is_ascii_digit() && words.len() < 4) {
        return false;
    }
    if known.has(words)
        || is_state(words)
        || known.is_in_state(words)
        || is_sure(words, known)
        || is_something_in_town(words)
        || is_town_and_state(words)
    {
        return true;
    }
    let several = words.split(['/', ';', '|', ',']).flat_map(|it| it.split(" or ")).flat_map(|it| it.split(" and "));
    let several: Vec<&str> =
        several.flat_map(|it| it.split(" & ")).flat_map(|it| it.split(" - ")).map(str::trim).collect();
    several.len() > 1 && several.iter().all(|it| is_part_of_place(it, known))
}

/// "Salem, OR 97301".
fn without_postal_code(words: &str) -> &str {
    let is_code = |it: &str| it.len() == POSTAL_DIGITS && it.bytes().all(|byte| byte.is_ascii_digit());
    words.rsplit_once(' ').filter(|(town, code)| is_code(code) && town.contains(',')).map_or(words, |it| it.0)
}

/// Whether a name is a town's and no country's.
pub(super) fn is_town(words: &str) -> bool {
    gazetteer::country_by_name(words).is_none() && !gazetteer::cities(words).is_empty()
}

/// "Nashville TN".
pub(super) fn is_town_and_state(words: &str) -> bool {
    let Some((town, code)) = words.rsplit_once(' ').filter(|(_, code)| is_state_code(code)) else { return false };
    let is_there =
        |it: &gazetteer::City| it.country_code == "US" && it.region_code.is_some_and(|it| it.ends_with(code));
    !WORDS.contains(&key(town).as_str()) && gazetteer::cities(town).iter().any(is_there)
}

/// One of several names: where one is a place, so may be what stands beside it.
fn is_part_of_place(words: &str, known: &Known) -> bool {
    known.has(words) || is_sure(words, known) || is_state_code(words) || COUNTRIES.contains(&words)
}

/// Whether a name means a place wherever it stands.
pub(super) fn is_sure(words: &str, known: &Known) -> bool {
    let folded = key(words);
    // "Mx" is maintenance.
    if CODES.contains(&folded.replace('.', " ").trim()) || words == "MX" || known.has(words) {
        return true;
    }
    if WORDS.contains(&folded.as_str()) || !words.chars().next().is_some_and(char::is_uppercase) {
        return false;
    }
    // "(NA)" is a nursing assistant.
    if gazetteer::macro_region(words).is_some_and(|it| it != "WORLDWIDE" && words != "NA")
        || gazetteer::country_by_name(words).is_some()
        || gazetteer::nation(words).is_some()
    {
        return true;
    }
    is_town_with_region(words) || is_large(words) || is_side(words)
}

/// "Napa, CA", "Champaign-Urbana, USA", "Diadema/SP", but not "Payments, UK".
fn is_town_with_region(words: &str) -> bool {
    let Some(at) = words.rfind([',', '/']) else { return false };
    let (town, region) = (words[..at].trim(), words[at + 1..].trim());
    // "Payments, AI/ML" are fields.
    if words[at..].starts_with('/') && town.contains(',') {
        return false;
    }
    let is_name = town.chars().next().is_some_and(char::is_uppercase)
        && town.split_whitespace().count() < 5
        && !town.contains(['/', '|', '(', ':'])
        && !town.contains("- ")
        && !town.contains(" -")
        // "Account Executive, Territory, Canada".
        && town != "Territory";
    // "UK" is a part of India as well.
    let is_code = region.len() == 2 && region.chars().all(char::is_uppercase) && region != "UK";
    let is_region = if is_code {
        // Two letters after a town are its state, and a state's alone.
        let is_behind = words.contains(',') || !gazetteer::cities(town).is_empty();
        is_behind && gazetteer::regions(region).iter().any(has_states)
    } else {
        let name = gazetteer::regions(region).iter().any(has_states) || gazetteer::country_by_name(region).is_some();
        name && !WORDS.contains(&key(region).as_str())
            || (gazetteer::country_by_code(region).is_some() && region.len() == 3)
            || gazetteer::nation(region).is_some()
    };
    let first = town.split(',').next().unwrap_or(town).trim();
    let is_town = (is_code && first == town) || is_town_in(first, region);
    is_name && is_region && is_town && !super::function::is_role(first)
}

/// Whether words are a town in a country or region. In a state, it may be one so small that none knows it, unless its
/// name is one of work. "Go" is no state.
fn is_town_in(words: &str, region: &str) -> bool {
    let country = gazetteer::country_by_name(region);
    let country = country.or_else(|| gazetteer::country_by_code(region).filter(|_| region.len() == 3));
    let regions = gazetteer::regions(region);
    let is_there = |name: &str| {
        let is_in = |it: &gazetteer::City| {
            country == Some(it.country_code) || regions.iter().any(|at| it.region_code == Some(at.code))
        };
        gazetteer::cities(name).iter().any(is_in)
            || gazetteer::regions(name).iter().any(|it| country == Some(it.country_code))
    };
    let is_written = region.len() > 2 || region.chars().all(char::is_uppercase);
    let is_state = country.is_none() && is_written && regions.iter().any(has_states);
    let is_in_state = is_state || gazetteer::nation(region).is_some();
    is_there(words)
        || words.split(['-', '–']).any(|it| is_there(it.trim()))
        || is_in_state && super::function::read(words).is_none()
}

/// Whether a region is in a country whose states stand behind towns.
fn has_states(region: &gazetteer::Region) -> bool {
    matches!(region.country_code, "US" | "CA" | "AU" | "BR" | "IN")
}

/// "Southern California", "N. California", "Eastern Europe", "Greater China", "Texas West".
fn is_side(words: &str) -> bool {
    let is_region = |it: &str| {
        let is_known = gazetteer::macro_region(it).is_some_and(|it| it != "WORLDWIDE")
            || gazetteer::country_by_name(it).is_some()
            || is_large(it);
        is_known && !WORDS.contains(&key(it).as_str())
    };
    let begun = ["Greater ", "N. ", "S. ", "E. ", "W. "].iter().find_map(|it| words.strip_prefix(it));
    begun.or_else(|| place::beside(words)).is_some_and(is_region)
}

fn is_large(words: &str) -> bool {
    if words.chars().count() < NAME_MIN {
        return false;
    }
    let of_town = words.strip_prefix("Greater ").unwrap_or(words);
    let of_town = of_town.strip_suffix(" Area").unwrap_or(of_town);
    let is_state = gazetteer::regions(words)
        .iter()
        .any(|it| matches!(it.country_code, "US" | "CA") && it.name.len() > 3 && key(it.name) == key(words));
    is_state || gazetteer::cities(of_town).iter().any(|it| it.weight >= LARGE)
}

/// "Greenwich Ave.", "Del Amo Fashion Center".
fn is_something_in_town(words: &str) -> bool {
    let folded = key(words);
    let folded = folded.trim_end_matches('.');
    let is_name = words.chars().next().is_some_and(char::is_uppercase) && folded.contains(' ');
    is_name
        && !words.contains("- ")
        && !THINGS.contains(&folded)
        && (ENDS.iter().any(|it| folded.strip_suffix(it).is_some_and(|before| before.ends_with(' ')))
            || BEGINNINGS.iter().any(|it| folded.starts_with(it)))
        && !super::function::is_role(words)
}
