//! Lists of cities that people hire in: beside the one country they are in, among countries that are cities themselves, and
//! beside what is not understood.

use super::commas::{are_alike, is_suburb};
use crate::ingest::normalize::gazetteer::{self, City};
use crate::ingest::normalize::location::{Location, PLACES_MAX};
use crate::ingest::normalize::place::resolve;

/// How sure the reading of a whole list as one place is at most that was made of a part of it.
const OF_A_PART: f64 = 0.7;

/// "Germany, Berlin, Munich" and "Wrocław, Krakow, Warsaw, Poland": cities and the country that all of them are in. One far
/// larger than another may hold it.
pub(super) fn beside_country(tokens: &[&str]) -> Option<Vec<Location>> {
    let [first, behind @ ..] = tokens else { return None };
    let [before @ .., last] = tokens else { return None };
    let (code, names) = match (country(first), country(last)) {
        (Some(code), None) => (code, behind),
        (None, Some(code)) => (code, before),
        _ => return None,
    };
    let there = |name: &&str| gazetteer::cities(name).iter().find(|it| it.is_chosen && it.country_code == code);
    let cities: Vec<&City> = names.iter().map(there).collect::<Option<_>>()?;
    let weights: Vec<u32> = cities.iter().map(|it| it.weight).collect();
    let is_one_region = cities.iter().all(|it| it.region_code == cities[0].region_code);
    if !are_alike(&weights) || (is_one_region && is_suburb(&weights)) || !are_apart(names) {
        return None;
    }
    let country = gazetteer::country_name(code)?;
    let read = names.iter().map(|it| resolve(&format!("{it}, {country}"))).collect();
    each_another_city(read)
}

/// "Singapore, Dublin": cities, and countries that are cities themselves and hold none of the others.
pub(super) fn among_city_states(tokens: &[&str]) -> Option<Vec<Location>> {
    let is_state = |token: &&str| city_state(token).is_some();
    let (states, names): (Vec<&str>, Vec<&str>) = tokens.iter().copied().partition(is_state);
    let codes: Vec<&str> = states.iter().filter_map(|it| city_state(it)).collect();
    let is_elsewhere = |name: &&str| {
        is_hired_in(name)
            && gazetteer::cities(name).iter().all(|it| !codes.contains(&it.country_code))
            && gazetteer::regions(name).iter().all(|it| !codes.contains(&it.country_code))
    };
    if states.is_empty() || names.is_empty() || !names.iter().all(is_elsewhere) || !are_apart(&names) {
        return None;
    }
    let read: Vec<Location> = tokens.iter().map(|it| resolve(it)).collect();
    let is_known = |it: &Location| it.country_code.is_some();
    let is_new = |at: usize| {
        let is_other = |it: &Location| it.country_code != read[at].country_code || it.city != read[at].city;
        read[..at].iter().all(is_other)
    };
    (read.iter().all(is_known) && (0..read.len()).all(is_new)).then_some(read)
}

/// "NYC, SEA, SF, Acme": where one of the names is not understood, and the whole is read by a part of it, the cities.
pub(super) fn but_one(words: &str, tokens: &[&str]) -> Option<Vec<Location>> {
    let names: Vec<&str> = tokens.iter().filter_map(|it| city_named(it)).collect();
    let is_unknown = |token: &&str| {
        gazetteer::country_by_name(token).is_none()
            && gazetteer::country_by_code(token).is_none()
            && gazetteer::macro_region(token).is_none()
            && gazetteer::regions(token).is_empty()
            && gazetteer::cities(token).is_empty()
    };
    let are_unknown = tokens.iter().filter(|it| city_named(it).is_none()).all(is_unknown);
    // "Level 3, Richmond, Melbourne" is an address.
    let is_address = names.len() == 2 && tokens.first().is_some_and(is_unknown);
    let is_list = tokens.len() > 2 && names.len() > 1 && names.len() + 1 >= tokens.len() && !is_address;
    if !is_list || !are_unknown || !are_apart(&names) || resolve(words).confidence > OF_A_PART {
        return None;
    }
    each_another_city(names.into_iter().map(resolve).collect())
}

/// "San Francisco, NY, Seattle": whether the code stands for the city, as all others are cities that are in other states.
pub(super) fn is_new_york_meant(tokens: &[&str]) -> bool {
    let others: Vec<&str> = tokens.iter().copied().filter(|it| *it != "NY").collect();
    let is_elsewhere =
        |name: &&str| is_hired_in(name) && gazetteer::cities(name).iter().all(|it| it.region_code != Some("US-NY"));
    tokens.contains(&"NY") && others.len() > 1 && others.iter().all(is_elsewhere) && are_apart(&others)
}

/// The city of a token, or of its last part: "Texas - Dallas".
fn city_named(token: &str) -> Option<&str> {
    let last = token.rsplit("- ").next().map(str::trim);
    [Some(token), last].into_iter().flatten().find(|it| is_hired_in(it))
}

/// Whether people hire in a city of a name that is no country's.
fn is_hired_in(name: &str) -> bool {
    gazetteer::country_by_name(name).is_none() && gazetteer::cities(name).iter().any(|it| it.is_chosen)
}

/// A country by a name that is no state's.
fn country(name: &str) -> Option<&'static str> {
    gazetteer::country_by_name(name).filter(|_| gazetteer::state_name(name).is_none())
}

/// A country that is a city of its name, such as Singapore.
fn city_state(name: &str) -> Option<&'static str> {
    let is_city = |code: &&str| gazetteer::cities(name).iter().any(|it| it.is_chosen && it.country_code == *code);
    country(name).filter(is_city)
}

/// Whether none of the names is that of what a city of another one is in, as Washington is beside Seattle.
fn are_apart(names: &[&str]) -> bool {
    let holds = |(at, whole): (usize, &&str)| {
        let regions = gazetteer::regions(whole);
        let is_there = |city: &City| regions.iter().any(|it| city.region_code == Some(it.code));
        let is_in = |(other, name): (usize, &&str)| other != at && gazetteer::cities(name).iter().any(is_there);
        !regions.is_empty() && names.iter().enumerate().any(is_in)
    };
    names.len() <= PLACES_MAX && !names.iter().enumerate().any(holds)
}

/// Places that are cities, each another.
pub(super) fn each_another_city(read: Vec<Location>) -> Option<Vec<Location>> {
    let is_new = |at: usize| read[at].city.is_some() && read[..at].iter().all(|it| it.city != read[at].city);
    (0..read.len()).all(is_new).then_some(read)
}
