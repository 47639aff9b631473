//! One place in words: `City, Region, Country` in its many forms, resolved from the right.

use super::gazetteer::{self, City, Region};
use super::location::Location;
use crate::vocabulary::Provenance;

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

/// Reads words that name one place. What stays unresolved keeps its words.
pub fn resolve(words: &str) -> Location {
    let tokens: Vec<&str> =
        words.split(',').map(|it| it.trim().trim_matches('.').trim()).filter(|it| !it.is_empty()).collect();
    let tokens = with_country_apart(tokens);
    let found = match tokens.as_slice() {
        [] => None,
        [one] => single(one),
        [city, last] => pair(city, last),
        [first, .., region, country] => triple(first, region, country).or_else(|| pair(first, country)),
    };
    found.unwrap_or_else(|| unresolved(words))
}

/// "San Mateo, CA United States" lacks a comma.
fn with_country_apart(mut tokens: Vec<&str>) -> Vec<&str> {
    let Some(last) = tokens.last().copied().filter(|last| gazetteer::country_by_name(last).is_none()) else {
        return tokens;
    };
    let is_cut = |at: &usize| gazetteer::regions(&last[..*at]).len() + gazetteer::cities(&last[..*at]).len() > 0;
    let cut = last
        .match_indices(' ')
        .map(|(at, _)| at)
        .filter(is_cut)
        .find(|at| gazetteer::country_by_name(&last[at + 1..]).is_some());
    if let Some(at) = cut {
        tokens.pop();
        tokens.extend([&last[..at], &last[at + 1..]]);
    }
    tokens
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

fn unresolved(_words: &str) -> Location {
    place(UNRESOLVED)
}

fn of_country(code: &str, confidence: f64) -> Location {
    Location {
        country: gazetteer::country_name(code).map(ToOwned::to_owned),
        country_code: Some(code.to_owned()),
        ..place(confidence)
    }
}

fn of_region(region: Region, confidence: f64) -> Location {
    Location {
        region: Some(region.name.to_owned()),
        region_code: Some(region.code.to_owned()),
        ..of_country(region.country_code, confidence)
    }
}

fn of_city(city: &City, confidence: f64) -> Location {
    let region = city.region_code.and_then(gazetteer::region_by_code);
    let base = region.map_or_else(|| of_country(city.country_code, confidence), |it| of_region(it, confidence));
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
    if let Some(code) = gazetteer::macro_region(token) {
        return Some(Location { macro_region: Some(code.to_owned()), ..place(THREE_TOKENS) });
    }
    if let Some(nation) = gazetteer::nation(token) {
        return Some(of_region(nation, TWO_TOKENS));
    }
    let regions = gazetteer::regions(token);
    let is_state = regions.iter().any(|it| it.country_code == "US");
    // "Georgia" alone is a country or a state.
    if let Some(code) = gazetteer::country_by_name(token) {
        return if is_state { None } else { Some(of_country(code, THREE_TOKENS)) };
    }
    if let Some(city) = city(token) {
        return Some(city);
    }
    if let Some(code) = gazetteer::country_by_code(token).filter(|_| !is_state || token == "US") {
        return Some(of_country(code, TWO_TOKENS));
    }
    let is_name = token.len() > 2;
    let states: Vec<&Region> = regions.iter().filter(|it| is_name && it.country_code == "US").collect();
    states
        .first()
        .or(regions.iter().filter(|_| is_name && regions.len() == 1).collect::<Vec<_>>().first())
        .map(|it| of_region(**it, TWO_TOKENS))
}

/// A city by its name alone: the only one of that name, or one much larger than its namesakes.
fn city(token: &str) -> Option<Location> {
    let cities = gazetteer::cities(token);
    let largest = cities.iter().max_by_key(|it| it.thousands)?;
    let is_alone = cities.len() == 1;
    let is_much_larger =
        cities.iter().all(|it| it == largest || it.thousands.saturating_mul(LARGER) < largest.thousands);
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
        [name, city] => within(city, gazetteer::country_by_name(name)?),
        _ => None,
    }
}

/// A name within a country: one of its cities or parts, or words that stay as they are.
fn within(name: &str, country_code: &'static str) -> Option<Location> {
    let known =
        gazetteer::cities(name).iter().filter(|it| it.country_code == country_code).max_by_key(|it| it.thousands);
    if let Some(city) = known {
        return Some(of_city(city, TWO_TOKENS));
    }
    let region = gazetteer::regions(name).iter().find(|it| it.country_code == country_code).copied();
    let region = region.or_else(|| gazetteer::nation(name).filter(|_| country_code == "GB"));
    Some(match region {
        Some(region) => of_region(region, TWO_TOKENS),
        None => with_city(name, of_country(country_code, TWO_TOKENS)),
    })
}

fn with_city(name: &str, base: Location) -> Location {
    let same = |it: &&City| Some(it.country_code) == base.country_code.as_deref();
    let known = gazetteer::cities(name).iter().find(same).map(|it| it.name);
    let is_name = name.chars().any(char::is_alphabetic);
    Location { city: Some(known.unwrap_or(name).to_owned()).filter(|_| is_name), ..base }
}

fn pair(first: &str, last: &str) -> Option<Location> {
    // The country can stand first: "US, TX" or "Germany, Berlin".
    if let Some(code) = country(first)
        .filter(|_| gazetteer::cities(first).is_empty() && country(last).is_none_or(|it| it.len() == last.len()))
    {
        let is_there = |it: &&Region| it.country_code == code;
        if let Some(region) = gazetteer::regions(last).iter().find(is_there) {
            return Some(of_region(*region, TWO_TOKENS));
        }
        if gazetteer::cities(last).iter().any(|it| it.country_code == code) {
            return within(last, code);
        }
    }
    let regions = gazetteer::regions(last);
    let known: Vec<&City> = gazetteer::cities(first).iter().collect();
    // Two letters are a state when the city is there, a country when the city is there, and then most often a state.
    if last.len() == 2 && !regions.is_empty() {
        if let Some(region) = regions.iter().find(|region| known.iter().any(|city| is_in(city, region))) {
            return Some(with_city(first, of_region(*region, TWO_TOKENS)));
        }
        if let Some(code) =
            gazetteer::country_by_code(last).filter(|code| known.iter().any(|city| city.country_code == *code))
        {
            return within(first, code);
        }
        let state = ["US", "CA", "AU"].iter().find_map(|code| regions.iter().find(|it| it.country_code == *code));
        if let Some(state) = state {
            // Only this code stands as often for the country as for the state.
            let confidence = if last == "CA" { GUESSED_STATE } else { ALIAS };
            return Some(with_city(first, of_region(*state, confidence)));
        }
    }
    if let Some(nation) = gazetteer::nation(last) {
        return Some(with_city(first, of_region(nation, TWO_TOKENS)));
    }
    let state = regions.iter().find(|region| known.iter().any(|city| is_in(city, region)));
    if let Some(state) = state {
        return Some(with_city(first, of_region(*state, TWO_TOKENS)));
    }
    if let Some(code) = country(last) {
        // "Georgia" after a city of no known country may be either.
        return if regions.iter().any(|it| it.country_code == "US") && known.is_empty() && code != "US" {
            None
        } else {
            within(first, code)
        };
    }
    match regions {
        [] => None,
        [one] => Some(with_city(first, of_region(*one, TWO_TOKENS))),
        several => {
            several.iter().find(|it| it.country_code == "US").map(|it| with_city(first, of_region(*it, TWO_TOKENS)))
        }
    }
}

fn is_in(city: &City, region: &Region) -> bool {
    city.region_code == Some(region.code)
}

fn triple(first: &str, region: &str, last: &str) -> Option<Location> {
    let code = country(last)?;
    let part = gazetteer::regions(region).iter().find(|it| it.country_code == code).copied();
    let part = part.or_else(|| gazetteer::region_by_code(&format!("{code}-{region}")));
    let part = part.or_else(|| gazetteer::nation(region).filter(|_| code == "GB"));
    Some(match part {
        Some(part) => with_city(first, of_region(part, THREE_TOKENS)),
        None => {
            let within = within(first, code)?;
            Location { region: within.region.or_else(|| Some(region.to_owned())), ..within }
        }
    })
}
