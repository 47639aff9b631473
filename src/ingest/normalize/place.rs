//! One place in words: `City, Region, Country` in its many forms, resolved from the right.

mod several;
mod sides;
mod site;
mod stated;
mod tokens;

use std::sync::LazyLock;

use regex::Regex;

use super::gazetteer::{self, City, Region};
use super::location::Location;
use crate::vocabulary::Provenance;

use self::several::{pair, triple};

pub use self::sides::{beside, is_side};
pub use self::stated::{country_stated, in_country, is_of_country, region_stated};

/// How sure a reading is, by how it was made.
const THREE_TOKENS: f64 = 0.97;
const TWO_TOKENS: f64 = 0.9;
const ALIAS: f64 = 0.85;
const POPULATION: f64 = 0.7;
const GUESSED_STATE: f64 = 0.6;
const UNRESOLVED: f64 = 0.4;
const AMBIGUOUS: f64 = 0.5;
/// A city at least so many times as large as its namesakes is meant, if nothing else tells.
const LARGER: u32 = 4;
/// The same of a city that people hire in.
const LARGER_CHOSEN: u32 = 2;
/// "Non-US" is anywhere else.
static NEGATED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\b(?:non|outside|except|excluding|excl)\b").expect("the pattern is valid"));
/// A city so large is meant by a name that is a state's too; all others are far less often than their state.
const CITY_OVER_STATE: u32 = 2_000;
/// Codes of states that are codes of countries too, where few are hired. What is said of many, as CA or IN, stays open.
const STATES_OVER_COUNTRIES: [&str; 19] =
    ["AL", "AZ", "GA", "KY", "LA", "MA", "MD", "ME", "MN", "MO", "MS", "MT", "NC", "NE", "PA", "SC", "SD", "TN", "VA"];
/// More words between commas are no place, but a list.
const TOKENS_MAX: usize = 6;
/// Countries in which no other city is.
const CITY_STATES: [&str; 4] = ["HK", "MC", "MO", "SG"];
/// Reads words that name one place. What stays unresolved keeps its words.
pub fn resolve(words: &str) -> Location {
    if let Some(code) = gazetteer::macro_region(words) {
        return Location { macro_region: Some(code.to_owned()), ..place(THREE_TOKENS) };
    }
    if is_negated(words) {
        return unresolved();
    }
    let tokens = tokens::ordered(words);
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    // Beside a name it would have been left out.
    let has_country = tokens.iter().any(|it| country(it).is_some());
    if let Some(code) = tokens.iter().find_map(|it| gazetteer::macro_region(it)).filter(|_| !has_country) {
        return Location { macro_region: Some(code.to_owned()), ..place(TWO_TOKENS) };
    }
    let found = match tokens.as_slice() {
        [] => None,
        [one] => single(one),
        [city, last] => pair(city, last),
        // "Town Hall, Bloomington, IN" is in Indiana, not in India.
        [_, .., city, state] if is_state_behind_city(city, state) => pair(city, state),
        // "Denver, CO (North)": what stands behind a city and its state is in it; more words are a list.
        [.., city, state, last] if tokens.len() <= TOKENS_MAX && is_behind_state(city, state, last) => {
            pair(city, state)
        }
        [first @ .., region, country] => triple(first, region, country).or_else(|| {
            // "Town Hall, Austin, TX": what stands before a known city is in it.
            let is_there = |city: &City| gazetteer::regions(country).iter().any(|it| is_in(city, it));
            let is_city = gazetteer::cities(region).iter().any(is_there);
            pair(if is_city { region } else { first[0] }, country)
        }),
    };
    found.or_else(|| without_last(&tokens)).or_else(|| remains(&tokens)).unwrap_or_else(unresolved)
}

/// "Remote - PA": the state for which a code stands most often, though a country has it too.
pub fn state_code(code: &str) -> Option<Location> {
    let state = gazetteer::regions(code).iter().find(|it| it.country_code == "US");
    state.filter(|_| STATES_OVER_COUNTRIES.contains(&code)).map(|it| of_region(*it, GUESSED_STATE))
}

/// Whether a code or name that is a country's too stands for the state, as the city before it is there and not in the
/// country: "IN" or "Georgia".
fn is_state_behind_city(city: &str, state: &str) -> bool {
    let Some(country) = country(state) else { return false };
    let states = gazetteer::regions(state);
    let cities = gazetteer::cities(city);
    states.iter().any(|state| state.country_code == "US" && cities.iter().any(|it| is_in(it, state)))
        && gazetteer::regions(city).iter().all(|it| it.country_code != country)
        && cities.iter().all(|it| it.country_code != country)
}

/// Whether what stands behind a city and its state is neither a country nor what a city of the state's name is in. "NE"
/// there is no Niger.
fn is_behind_state(city: &str, state: &str, last: &str) -> bool {
    let cities = gazetteer::cities(city);
    let holds = |it: &Region| matches!(it.country_code, "US" | "CA") && cities.iter().any(|city| is_in(city, it));
    let is_there = |it: &City| gazetteer::regions(last).iter().any(|last| is_in(it, last));
    let is_country = |code: &str| !is_state_code(last) || cities.iter().any(|it| it.country_code == code);
    !country(last).is_some_and(is_country)
        && gazetteer::regions(state).iter().any(holds)
        && !gazetteer::cities(state).iter().any(is_there)
}

fn is_state_code(code: &str) -> bool {
    code.len() == 2 && gazetteer::regions(code).iter().any(|it| it.country_code == "US")
}

/// "Springs, Colorado, Untied States": what is not understood at the end is left out where the rest says enough.
fn without_last(tokens: &[&str]) -> Option<Location> {
    let [rest @ .., last] = tokens else { return None };
    if tokens.len() > TOKENS_MAX {
        return None;
    }
    let is_unknown = gazetteer::cities(last).is_empty() && gazetteer::regions(last).is_empty();
    let read = (rest.len() > 1 && is_unknown && country(last).is_none()).then(|| resolve(&rest.join(", ")))?;
    (read.confidence >= ALIAS && read.region_code.is_some()).then_some(read)
}

/// Where the whole is not understood, a part may be: the city before a district's name, the country behind "Eastern".
fn remains(tokens: &[&str]) -> Option<Location> {
    match tokens {
        [one] => {
            let sides: Vec<&str> = one.split(['-', '–', '—']).map(str::trim).collect();
            let is_spaced = one.contains(" - ");
            // "NIH-Bethesda".
            let are_cities = sides.iter().all(|it| city(it).is_some() || is_office(it));
            let part = sides.iter().find_map(|it| city(it)).filter(|_| are_cities || is_spaced);
            // "Texas - Depot 2".
            let state = || sides.iter().find_map(|it| region_stated(it, None)).filter(|_| is_spaced);
            part.or_else(|| sides::without(one).map(resolve).filter(|it| it.confidence > AMBIGUOUS))
                .or_else(|| site::city_within(one))
                .or_else(|| site::city_behind(one))
                .or_else(state)
        }
        [first, .., last] => {
            let found = city(first).or_else(|| city(last)).or_else(|| site::city_behind(last))?;
            Some(Location { confidence: found.confidence.min(POPULATION), ..found })
        }
        [] => None,
    }
}

/// Whether words name a place for certain.
pub fn is_known(words: &str) -> bool {
    resolve(words).confidence > AMBIGUOUS
}

fn place(confidence: f64) -> Location {
    Location {
        raw: None,
        city: None,
        region: None,
        region_code: None,
        country: None,
        country_code: None,
        macro_region: None,
        postal_code: None,
        is_remote: false,
        confidence,
        provenance: Provenance::LocationText,
    }
}

fn unresolved() -> Location {
    place(UNRESOLVED)
}

/// Whether words tell where not.
pub fn is_negated(words: &str) -> bool {
    NEGATED.is_match(words)
}

/// A country that was named for certain.
pub fn of_country(code: &str) -> Location {
    within_country(code, THREE_TOKENS)
}

fn within_country(code: &str, confidence: f64) -> Location {
    Location {
        country: gazetteer::country_name(code).map(ToOwned::to_owned),
        country_code: Some(code.to_owned()),
        ..place(confidence)
    }
}

/// A city of a name that several bear, which other words tell.
pub fn of_city_beside(city: &City) -> Location {
    of_city(city, POPULATION)
}

/// A part of a country that was named for certain.
pub fn of_part(region: Region) -> Location {
    of_region(region, TWO_TOKENS)
}

fn of_region(region: Region, confidence: f64) -> Location {
    Location {
        region: Some(region.name.to_owned()),
        region_code: Some(region.code.to_owned()),
        ..within_country(region.country_code, confidence)
    }
}

fn of_city(city: &City, confidence: f64) -> Location {
    let region = city.region_code.and_then(gazetteer::region_by_code);
    let base = region.map_or_else(|| within_country(city.country_code, confidence), |it| of_region(it, confidence));
    Location { city: Some(city.name.to_owned()), ..base }
}

/// A country by name, or by a code in capitals.
fn country(token: &str) -> Option<&'static str> {
    gazetteer::country_by_name(token).or_else(|| gazetteer::country_by_code(token))
}

fn single(token: &str) -> Option<Location> {
    if let Some(dashed) = dashed(token) {
        return Some(dashed);
    }
    if let Some(nation) = gazetteer::nation(token) {
        return Some(of_region(nation, TWO_TOKENS));
    }
    let regions = gazetteer::regions(token);
    let is_state = regions.iter().any(|it| it.country_code == "US");
    // "Georgia" alone is a country or a state.
    if let Some(code) = gazetteer::country_by_name(token) {
        return if is_state { None } else { Some(within_country(code, THREE_TOKENS)) };
    }
    if is_side(token) {
        return None;
    }
    // The name of a province or state is far more often that than its namesakes, such as Oregon in Jamaica.
    let is_large = gazetteer::cities(token).iter().any(|it| it.weight >= CITY_OVER_STATE);
    let is_meant = |it: &&Region| it.country_code == "CA" || (it.country_code == "US" && !is_large);
    if let Some(state) = regions.iter().find(|it| token.len() > 2 && is_meant(it)) {
        return Some(of_region(*state, TWO_TOKENS));
    }
    // "WA" is no Wa in Ghana.
    let is_code = is_state && token.len() == 2 && token.chars().all(char::is_uppercase);
    let is_city = !is_code || gazetteer::cities(token).iter().any(|it| it.is_alias);
    if let Some(city) = city(token).or_else(|| of_its_name(token, regions)).filter(|_| is_city) {
        return Some(city);
    }
    if let Some(state) = token.strip_suffix(" State").and_then(|it| gazetteer::regions(it).first()) {
        return Some(of_region(*state, TWO_TOKENS));
    }
    if let Some(code) = gazetteer::country_by_code(token).filter(|_| !is_state || token == "US") {
        return Some(within_country(code, TWO_TOKENS));
    }
    // A code stands alone for a state where it is no country's.
    let is_name = token.len() > 2 || (is_state && gazetteer::country_by_code(token).is_none());
    let states: Vec<&Region> = regions.iter().filter(|it| is_name && it.country_code == "US").collect();
    states
        .first()
        .or(regions.iter().filter(|_| is_name && regions.len() == 1).collect::<Vec<_>>().first())
        .map(|it| of_region(**it, TWO_TOKENS))
}

/// "Valencia": of several cities, the one that the only region of the name is called after.
fn of_its_name(token: &str, regions: &[Region]) -> Option<Location> {
    let [region] = regions else { return None };
    let city = gazetteer::cities(token).iter().find(|it| is_in(it, region))?;
    Some(of_city(city, POPULATION))
}

/// A city by its name alone: the only one of that name, or one much larger than its namesakes.
fn city(token: &str) -> Option<Location> {
    let cities = gazetteer::cities(token);
    // "Orléans" is written with its accent; who leaves it out may mean either.
    let is_written = |it: &&City| !token.is_ascii() && it.name.to_lowercase() == token.to_lowercase();
    let written: Vec<&City> = cities.iter().filter(is_written).collect();
    let cities = if written.is_empty() { cities.iter().collect() } else { written };
    let largest = *cities.iter().max_by_key(|it| it.weight)?;
    let is_alone = cities.len() == 1;
    let larger = if largest.is_chosen { LARGER_CHOSEN } else { LARGER };
    let is_much_larger = cities.iter().all(|it| *it == largest || it.weight.saturating_mul(larger) < largest.weight);
    let confidence = match (is_alone, is_much_larger) {
        (true, _) if largest.is_alias => ALIAS,
        (true, _) => ALIAS,
        (false, true) => POPULATION,
        (false, false) => return None,
    };
    Some(of_city(largest, confidence))
}

/// `US-CA-Monrovia`, `CA-San Diego`, `Germany - Berlin`.
fn dashed(token: &str) -> Option<Location> {
    let parts: Vec<&str> = token.split('-').map(str::trim).collect();
    match parts.as_slice() {
        [code, state, rest @ ..] if !rest.is_empty() => {
            let region = gazetteer::region_by_code(&format!("{code}-{state}"))?;
            let name = rest.join("-");
            Some(with_city(&name, of_region(region, THREE_TOKENS)))
        }
        [state, name] if state.len() == 2 => {
            let region = gazetteer::region_by_code(&format!("US-{state}"));
            match region {
                Some(region) => Some(with_city(name, of_region(region, TWO_TOKENS))),
                None => within(name, country(state)?),
            }
        }
        [name, city] => match gazetteer::country_by_name(name) {
            Some(code) => within(city, code),
            // "Washington-Seattle": the state before its city.
            None => {
                let state = gazetteer::regions(name).iter().find(|it| it.country_code == "US" && name.len() > 2)?;
                gazetteer::cities(city).iter().find(|it| is_in(it, state)).map(|it| of_city(it, TWO_TOKENS))
            }
        },
        _ => None,
    }
}

/// A name within a country: one of its cities or parts, or words that stay as they are.
fn within(name: &str, country_code: &'static str) -> Option<Location> {
    if is_side(name) {
        return Some(within_country(country_code, TWO_TOKENS));
    }
    // Hong Kong and Macao have codes of their own.
    if let Some(code @ ("HK" | "MO")) = gazetteer::country_by_name(name).filter(|_| country_code == "CN") {
        return Some(within_country(code, TWO_TOKENS));
    }
    let side_of = sides::without(name).and_then(|it| part_of(it, country_code));
    if let Some(region) = side_of.filter(|_| gazetteer::cities(name).is_empty()) {
        return Some(of_region(region, TWO_TOKENS));
    }
    let known = gazetteer::cities(name).iter().filter(|it| it.country_code == country_code).max_by_key(|it| it.weight);
    // "Nevada, United States" is no town in Missouri.
    let state = gazetteer::regions(name).iter().find(|it| it.country_code == "US" && country_code == "US");
    if let Some(state) = state.filter(|_| name.len() > 2 && known.is_none_or(|it| it.weight < CITY_OVER_STATE)) {
        return Some(of_region(*state, TWO_TOKENS));
    }
    let office = |name| gazetteer::cities(name).iter().find(|it| it.country_code == country_code);
    if let Some(city) = known.or_else(|| office_in(name).and_then(office)) {
        return Some(of_city(city, TWO_TOKENS));
    }
    let region = gazetteer::regions(name).iter().find(|it| it.country_code == country_code).copied();
    let region = region.or_else(|| gazetteer::nation(name).filter(|_| country_code == "GB"));
    if let Some(region) = region {
        return Some(of_region(region, TWO_TOKENS));
    }
    let base = part_of_all(name, country_code).map(|it| of_region(it, TWO_TOKENS));
    Some(with_city(name, base.unwrap_or_else(|| within_country(country_code, TWO_TOKENS))))
}

fn with_city(name: &str, base: Location) -> Location {
    let country = base.country_code.as_deref();
    let lower = name.to_lowercase();
    // "Spring City" in Pennsylvania is no Spring.
    let is_own = matches!(country, Some("US" | "CA")) && lower.ends_with(" city");
    let known = known_in(name, &base).or_else(|| known_in(site::city_of(name).filter(|_| !is_own)?, &base));
    // A county is no city, and has no code.
    let is_code = name.len() < 3 && name.chars().all(char::is_uppercase);
    let is_whole = CITY_STATES.iter().any(|it| Some(*it) == country);
    let is_other = known.is_none() && (is_code || is_whole || sides::is_side_in(name, country));
    let is_name = name.chars().any(char::is_alphabetic)
        && !lower.ends_with(" county")
        && !is_other
        && !sides::is_wide(name, base.region.is_some());
    let confidence = base.confidence;
    let own = known.and_then(|it| own_part(it, &base)).map(|it| of_region(it, confidence));
    let city = known.map_or(name, |it| it.name);
    Location { city: Some(city.to_owned()).filter(|_| is_name), ..own.unwrap_or(base) }
}

/// The city of a name in a country; of several, one in the part of it that is named.
fn known_in(name: &str, at: &Location) -> Option<&'static City> {
    let is_there = |it: &&City| Some(it.country_code) == at.country_code.as_deref();
    let there: Vec<&City> = gazetteer::cities(name).iter().filter(is_there).collect();
    let is_in_part = |it: &&&City| it.region_code.is_some() && it.region_code == at.region_code.as_deref();
    there.iter().find(is_in_part).or(there.first()).copied()
}

/// "London, England": a city has one part of its country, whichever was named. One of another kind holds that or is in it,
/// one of the same kind has a namesake. Of cities that are not well known there may be others; states are always named.
fn own_part(city: &City, named: &Location) -> Option<Region> {
    let own = gazetteer::region_by_code(city.region_code?)?;
    let named = gazetteer::region_by_code(named.region_code.as_deref()?)?;
    let is_there = |it: &&City| it.country_code == city.country_code;
    let is_alone = gazetteer::cities(city.name).iter().filter(is_there).count() == 1;
    (city.is_chosen && is_alone && own.kind != named.kind && !gazetteer::has_states(own.country_code)).then_some(own)
}

/// "Raleigh-Durham": the part of a country that all cities of a name are in.
fn part_of_all(name: &str, country_code: &str) -> Option<Region> {
    let (first, others) = name.split_once('-')?;
    let is_in = |city: &str, code: &str| gazetteer::cities(city).iter().any(|it| it.region_code == Some(code));
    let there = gazetteer::cities(first).iter().filter(|it| it.country_code == country_code);
    let code = there.filter_map(|it| it.region_code).find(|code| others.split('-').all(|it| is_in(it, code)))?;
    gazetteer::region_by_code(code)
}

fn part_of(name: &str, country_code: &str) -> Option<Region> {
    gazetteer::regions(name).iter().find(|it| it.country_code == country_code).copied()
}

/// "Mumbai-ABC": the city before an office's code.
fn office_in(name: &str) -> Option<&str> {
    let (city, code) = name.rsplit_once(['-', ' '])?;
    is_office(code).then(|| city.trim())
}

/// Whether letters or digits may be an office's code.
fn is_office(code: &str) -> bool {
    (2..=4).contains(&code.len()) && code.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit())
}

fn regions_and_cities(name: &str) -> usize {
    gazetteer::regions(name).len() + gazetteer::cities(name).len()
}

fn is_in(city: &City, region: &Region) -> bool {
    city.region_code == Some(region.code)
}
