//! Places with commas between them: where only a list explains the words, else one place from the small to the large.

use std::sync::LazyLock;

use regex::Regex;

use super::hired::{self, each_another_city};
use crate::ingest::normalize::gazetteer::{self, City, Region};
use crate::ingest::normalize::location::Location;
use crate::ingest::normalize::place::{of_country, of_part, resolve};

/// How likely a city is that a list means wherever it stands.
const LARGE: u32 = 500;
/// So many times as likely a namesake is meant even where the smaller one would fit.
const FAR_LARGER: u32 = 20;
/// So many times as likely a city behind another of its region is what that is a suburb of.
const LARGER: u32 = 2;
/// Thousands of people below which a town's name before a large city is more often that of a quarter of it.
const QUARTER: u32 = 50;

static DOTTED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b([A-Z])\.\s?([A-Z])\b\.?").expect("the pattern is valid"));

/// The places of words that a comma may part as well as join.
pub(in crate::ingest::normalize::location) fn places(words: &str) -> Vec<Location> {
    // "N.Y." is a code as NY is.
    let words = DOTTED.replace_all(words, "$1$2");
    let words = words.as_ref();
    let tokens: Vec<&str> = words.split(',').map(str::trim).filter(|it| !it.is_empty()).collect();
    if tokens.len() < 2 {
        return vec![resolve(words)];
    }
    country_list(&tokens)
        .or_else(|| apart_from_country(&tokens))
        .or_else(|| wide_tokens(&tokens))
        .or_else(|| hired::beside_country(&tokens))
        .or_else(|| hired::among_city_states(&tokens))
        .or_else(|| pair_list(&tokens))
        .or_else(|| chunk_list(&tokens))
        .or_else(|| mixed_list(&tokens))
        .or_else(|| state_list(&tokens))
        .or_else(|| city_list(words, tokens.clone()))
        .or_else(|| hired::but_one(words, &tokens))
        .unwrap_or_else(|| vec![resolve(words)])
}

/// "Bulgaria, Poland": nothing but countries, regions of the world or states, each another.
fn country_list(tokens: &[&str]) -> Option<Vec<Location>> {
    let state = |token: &str| gazetteer::regions(token).iter().find(|it| it.country_code == "US").copied();
    let is_state = |token: &str| state(token).is_some();
    // "CAN", "MEX": three letters are no state's.
    let by_code = |token: &str| gazetteer::country_by_code(token).filter(|_| token.len() == 3);
    let country = |token: &str| gazetteer::country_by_name(token).or_else(|| by_code(token));
    if let [first, last] = tokens
        && let (Some(part), Some(whole)) = (country(first), country(last))
    {
        if matches!((part, whole), ("HK" | "MO", "CN")) {
            return Some(vec![of_country(part)]);
        }
        // "Niger, Nigeria" and "Martinique, France" are parts; "Luxembourg, Belgium" and "Mali, Guinea" are neighbors.
        let is_part = first.len() > 2 && gazetteer::regions(first).iter().any(|it| it.country_code == whole);
        if is_part && !matches!(part, "LU" | "ML") {
            return None;
        }
    }
    let certain = tokens.iter().filter(|it| country(it).is_some_and(|code| code != "US") && !is_state(it)).count();
    // "Georgia" is a country among countries.
    let are_countries = tokens.iter().all(|it| country(it).is_some() && (!is_state(it) || certain > 1));
    let are_macros = tokens.iter().all(|it| gazetteer::macro_region(it).is_some());
    let are_codes = tokens.iter().all(|it| it.len() == 2 && is_state(it));
    let are_states = are_codes || (tokens.len() > 2 && tokens.iter().all(|it| is_state(it)));
    // "Washington" is the state among states.
    let read = |token: &&str| match (country(token), state(token)) {
        (Some(code), _) if are_countries => of_country(code),
        (_, Some(state)) if are_states => of_part(state),
        _ => resolve(token),
    };
    let read: Vec<Location> = tokens.iter().map(read).collect();
    let is_new = |at: usize| {
        let name = |it: &Location| (it.country_code.clone(), it.region_code.clone(), it.macro_region.clone());
        read[..at].iter().all(|it| name(it) != name(&read[at]))
    };
    ((are_countries || are_macros || are_states) && (0..read.len()).all(is_new)).then_some(read)
}

/// "Chicago, Atlanta, Canada": cities that people hire in, and a country that none of them is in. One city is enough before
/// a country that is a city itself, as in "Bengaluru, Singapore".
fn apart_from_country(tokens: &[&str]) -> Option<Vec<Location>> {
    let [cities @ .., last] = tokens else { return None };
    let code = gazetteer::country_by_name(last).filter(|_| gazetteer::state_name(last).is_none())?;
    let is_elsewhere = |name: &&str| {
        let known = gazetteer::cities(name);
        known.iter().any(|it| it.is_chosen)
            && known.iter().all(|it| it.country_code != code)
            && gazetteer::regions(name).iter().all(|it| it.country_code != code)
    };
    let is_city = gazetteer::cities(last).iter().any(|it| it.country_code == code);
    let is_list = (cities.len() > 1 || is_city) && cities.iter().all(is_elsewhere);
    let read = || tokens.iter().map(|it| resolve(it)).collect::<Vec<_>>();
    is_list.then(read).filter(|read| read.iter().all(|it| it.country_code.is_some()))
}

/// "EMEA, US": regions of the world and countries in none of them.
fn wide_tokens(tokens: &[&str]) -> Option<Vec<Location>> {
    let country = |token: &str| {
        let code = gazetteer::country_by_code(token).filter(|_| matches!(token, "US" | "UK"));
        gazetteer::country_by_name(token).or(code)
    };
    let macros: Vec<&str> = tokens.iter().filter_map(|it| gazetteer::macro_region(it)).collect();
    let countries: Vec<&str> = tokens.iter().filter_map(|it| country(it)).collect();
    let is_apart = |code: &&str| gazetteer::macros_of(code).all(|it| it == "WORLDWIDE" || !macros.contains(&it));
    let is_list = !macros.is_empty() && !countries.is_empty() && macros.len() + countries.len() == tokens.len();
    let read = |token: &&str| country(token).map_or_else(|| resolve(token), of_country);
    (is_list && countries.iter().all(is_apart)).then(|| tokens.iter().map(read).collect())
}

/// "Oakland, California, United States, Toronto, Ontario, Canada": several countries, each with what stands before it.
fn chunk_list(tokens: &[&str]) -> Option<Vec<Location>> {
    let is_country = |token: &&str| {
        let is_state = gazetteer::regions(token).iter().any(|it| it.country_code == "US");
        gazetteer::country_by_name(token).is_some() && !is_state
    };
    let chunks: Vec<&[&str]> = tokens.split_inclusive(is_country).collect();
    let are_many = chunks.len() > 1 && chunks.iter().any(|it| it.len() > 1) && chunks[0].len() > 1;
    let are_ended = chunks.iter().all(|chunk| chunk.last().is_some_and(is_country));
    (are_many && are_ended && tokens.len() > 3).then(|| chunks.iter().map(|it| resolve(&it.join(", "))).collect())
}

/// "Paris, France, Barcelona, Spain": cities, each before its country or state.
fn pair_list(tokens: &[&str]) -> Option<Vec<Location>> {
    if tokens.len() < 4 || !tokens.len().is_multiple_of(2) {
        return None;
    }
    let pair = |pair: &[&str]| {
        let is_there = |code: &str, region: Option<&str>| {
            gazetteer::cities(pair[0])
                .iter()
                .any(|it| it.country_code == code && region.is_none_or(|at| it.region_code == Some(at)))
        };
        let is_in_country = gazetteer::country_by_name(pair[1]).is_some_and(|code| is_there(code, None));
        let is_in_region = gazetteer::regions(pair[1]).iter().any(|it| is_there(it.country_code, Some(it.code)));
        (is_in_country || is_in_region).then(|| resolve(&pair.join(", ")))
    };
    tokens.chunks(2).map(pair).collect()
}

/// "Atlanta, Boston, MA, Austin, TX": cities, most of them before their state, and some of these before their country.
fn mixed_list(tokens: &[&str]) -> Option<Vec<Location>> {
    if tokens.len() < 4 {
        return None;
    }
    let is_pair = |city: &str, region: &str| {
        let regions = gazetteer::regions(region);
        is_likely(city, |it| regions.iter().any(|at| it.region_code == Some(at.code)))
    };
    let (mut found, mut pairs, mut at) = (Vec::new(), 0, 0);
    while at < tokens.len() {
        let is_paired = tokens.get(at + 1).is_some_and(|region| is_pair(tokens[at], region));
        let count = if is_paired { 2 } else { 1 };
        pairs += usize::from(is_paired);
        let place = resolve(&tokens[at..at + count].join(", "));
        at += count;
        let country = tokens.get(at).and_then(|it| gazetteer::country_by_name(it)).filter(|_| is_paired);
        at += usize::from(country.is_some() && country == place.country_code.as_deref());
        found.push(place);
    }
    let is_new = |at: usize| found[..at].iter().all(|it: &Location| it.city != found[at].city);
    let are_cities = found.iter().all(|it| it.city.is_some() && it.confidence > 0.5);
    (pairs > 1 && are_cities && (0..found.len()).all(is_new)).then_some(found)
}

/// "Atlanta, Savannah, Georgia": cities that people hire in, before the state that all of them are in. One far larger than
/// another may hold it, as Los Angeles does Santa Monica.
fn state_list(tokens: &[&str]) -> Option<Vec<Location>> {
    let [names @ .., last] = tokens else { return None };
    let weights = |state: &Region| -> Option<Vec<u32>> {
        let is_there = |it: &&City| it.is_chosen && it.region_code == Some(state.code);
        names.iter().map(|name| Some(gazetteer::cities(name).iter().find(is_there)?.weight)).collect()
    };
    let weights = gazetteer::regions(last).iter().filter(|it| it.country_code == "US").find_map(weights)?;
    if !are_alike(&weights) || is_suburb(&weights) {
        return None;
    }
    each_another_city(names.iter().map(|name| resolve(&format!("{name}, {last}"))).collect())
}

/// Whether these are several cities, by how likely they are, of which none is so much larger that it may hold another.
pub(super) fn are_alike(weights: &[u32]) -> bool {
    let (least, most) = (weights.iter().min(), weights.iter().max());
    weights.len() > 1 && least.zip(most).is_some_and(|(least, most)| least.saturating_mul(FAR_LARGER) >= *most)
}

/// Whether the first of two cities of one region, by how likely they are, is a suburb of the second: "Plano, Dallas, TX".
pub(super) fn is_suburb(weights: &[u32]) -> bool {
    matches!(weights, [suburb, city] if suburb.saturating_mul(LARGER) < *city)
}

/// "SF, NYC, SEA, CHI": nothing but cities, which no other reading explains. A quarter before its city is left out.
fn city_list(words: &str, mut tokens: Vec<&str>) -> Option<Vec<Location>> {
    let is_alias = |token: &str| gazetteer::cities(token).iter().any(|it| it.is_alias);
    // Among other short names or several cities elsewhere, the state's stands for its city.
    if tokens.iter().filter(|it| **it != "NY").all(|it| is_alias(it)) || hired::is_new_york_meant(&tokens) {
        tokens.iter_mut().filter(|it| **it == "NY").for_each(|it| *it = "NYC");
    }
    // "Metairie, LA" is no list, "SF, LA" is one.
    let is_code = |token: &str| token.len() == 2 && !gazetteer::regions(token).is_empty();
    if tokens.len() == 2 && is_code(tokens[1]) && !is_alias(tokens[0]) {
        return None;
    }
    let are_cities = tokens.iter().all(|token| {
        // "Sydney, AU": nor is a country's code the town of the same letters.
        let is_coded = gazetteer::country_by_code(token).is_some() || is_code(token);
        let is_other = gazetteer::country_by_name(token).is_some() || (is_coded && !is_alias(token));
        !gazetteer::cities(token).is_empty() && !is_other
    });
    let one = resolve(words);
    let last = tokens[tokens.len() - 1];
    let explains = one.confidence >= 0.9
        && tokens.len() <= 3
        && one.region.is_some()
        && gazetteer::cities(last).iter().all(|it| !it.is_alias)
        && !gazetteer::regions(last).is_empty()
        && is_one_in(&tokens[..tokens.len() - 1], last);
    let is_quarter = matches!(*tokens, [name, city] if is_quarter_of(name, city));
    let mut cities: Vec<Location> = tokens.into_iter().map(resolve).collect();
    let are_apart = cities.iter().enumerate().all(|(at, city)| cities[..at].iter().all(|it| it.city != city.city));
    let are_known = cities.iter().all(|it| it.city.is_some());
    let is_list = are_cities && are_known && are_apart && !explains;
    if is_list && is_quarter {
        cities.drain(..1);
    }
    is_list.then_some(cities)
}

/// "Newbury, Boston": whether a name is that of a quarter or street of the American city behind it. All towns of the name are
/// small, and in those countries that America has its names from.
fn is_quarter_of(name: &str, city: &str) -> bool {
    let largest = gazetteer::cities(city).iter().max_by_key(|it| it.weight);
    let Some(city) = largest.filter(|it| it.is_chosen && it.country_code == "US") else { return false };
    let most = QUARTER.min(city.weight / FAR_LARGER);
    let is_namesake = |it: &City| !it.is_chosen && it.weight < most && ["GB", "IE"].contains(&it.country_code);
    gazetteer::cities(name).iter().all(is_namesake)
}

/// Whether a name means a city somewhere and no other that is far larger, as Amsterdam is than its namesake in New York.
pub(super) fn is_likely(name: &str, is_there: impl Fn(&City) -> bool) -> bool {
    let cities = gazetteer::cities(name);
    let largest = cities.iter().map(|it| it.weight).max().unwrap_or(0);
    cities.iter().any(|it| is_there(it) && it.weight.saturating_mul(FAR_LARGER) >= largest)
}

/// Whether one of the names may be a town in what the last names: "Los Angeles, New York" are two large cities.
fn is_one_in(names: &[&str], last: &str) -> bool {
    let regions = gazetteer::regions(last);
    let is_there = |city: &City| regions.iter().any(|it| city.region_code == Some(it.code));
    let is_large = |name: &&str| gazetteer::cities(name).iter().any(|it| it.weight >= LARGE || it.is_chosen);
    names.iter().any(|it| gazetteer::cities(it).iter().any(is_there)) || !names.iter().all(is_large)
}
