//! What two or three names between commas mean together.

use super::gazetteer::{self, City, Region};
use super::{
    ALIAS, GUESSED_STATE, POPULATION, THREE_TOKENS, TWO_TOKENS, country, is_in, is_side, is_state_code, of_city,
    of_region, regions_and_cities, with_city, within, within_country,
};
use crate::ingest::normalize::location::Location;

/// The country can stand first: "US, TX" or "Germany, Berlin".
fn behind_country(first: &str, last: &str) -> Option<Location> {
    // A town of the country's name, such as Brazil in Indiana, is not meant where the country's own part follows.
    let is_parted = |code: &str| {
        gazetteer::country_by_name(first).is_some()
            && last.len() > 2
            && (gazetteer::regions(last).iter().any(|it| it.country_code == code)
                || gazetteer::cities(last).iter().any(|it| it.country_code == code))
    };
    let is_first = |code: &&str| {
        (gazetteer::cities(first).is_empty() || is_parted(code))
            && country(last).is_none_or(|it| it.len() == last.len())
    };
    let code = country(first).filter(is_first)?;
    let is_there = |it: &&Region| it.country_code == code;
    if let Some(region) = gazetteer::regions(last).iter().find(is_there) {
        // "Brazil, São Paulo" names the city, as "São Paulo, Brazil" does; "United States, New York" the state.
        let is_part = code == "US" || last.len() < 3;
        return if is_part { Some(of_region(*region, TWO_TOKENS)) } else { within(last, code) };
    }
    let is_elsewhere = country(last).is_none() && !gazetteer::regions(last).is_empty();
    // "Germany, East": a side of the named country, or at least no part of another.
    if is_side(last) || gazetteer::cities(last).iter().any(|it| it.country_code == code) {
        return within(last, code);
    }
    let is_named = gazetteer::country_by_name(first).is_some();
    if is_elsewhere && is_named {
        return Some(within_country(code, POPULATION));
    }
    // "Germany, Berlin - Some Street 12": of what is not understood, a city of the country counts.
    let is_open = is_named && country(last).is_none() && regions_and_cities(last) == 0;
    let there = |name: &str| gazetteer::cities(name.trim()).iter().find(|it| it.country_code == code);
    let city = || last.split(" - ").find_map(there);
    is_open.then(|| city().map_or_else(|| within_country(code, ALIAS), |it| of_city(it, ALIAS)))
}

/// "Beijing, CH": the first letters of a country's name stand for its code, where people hire in that city.
fn behind_letters(known: &[&City], letters: &str) -> Option<Location> {
    let is_meant = |it: &&&City| {
        let country = gazetteer::country_name(it.country_code).unwrap_or_default();
        it.is_chosen && letters.len() == 2 && country.to_uppercase().starts_with(letters)
    };
    known.iter().find(is_meant).map(|it| of_city(it, ALIAS))
}

/// A place and what it is in, in either order.
pub(super) fn pair(first: &str, last: &str) -> Option<Location> {
    if let Some(found) = behind_country(first, last) {
        return Some(found);
    }
    let regions = gazetteer::regions(last);
    let known: Vec<&City> = gazetteer::cities(first).iter().collect();
    // "Munich, BY": a part of the country that the city is in.
    if let Some(city) = known.iter().find(|it| it.region_code.is_some_and(|code| code[3..] == *last)) {
        return Some(of_city(city, TWO_TOKENS));
    }
    // "Texas (TX)" names no town.
    if let Some(state) =
        regions.iter().find(|it| last.len() == 2 && it.name == first && !known.iter().any(|city| is_in(city, it)))
    {
        return Some(of_region(*state, TWO_TOKENS));
    }
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
        let is_there = known.iter().any(|it| it.country_code == code);
        if let Some(found) = behind_letters(&known, last).filter(|_| !is_there) {
            return Some(found);
        }
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

/// A place, the part of the country, and the country.
pub(super) fn triple(first: &[&str], region: &str, last: &str) -> Option<Location> {
    let code = country(last)?;
    let part = gazetteer::regions(region).iter().find(|it| it.country_code == code).copied();
    let part = part.or_else(|| gazetteer::region_by_code(&format!("{code}-{region}")));
    let part = part.or_else(|| gazetteer::nation(region).filter(|_| code == "GB"));
    // Of several words before a region, the city is the one that is known as such, else the nearest.
    let is_there = |name: &&&str| gazetteer::cities(name).iter().any(|it| it.country_code == code);
    let known = first.iter().rev().find(is_there).copied();
    // "NY, NJ, PA" are states, and no Panama.
    if part.is_none() && known.is_none() && is_state_code(region) && is_state_code(last) {
        return if region == last { None } else { Some(within_country("US", POPULATION)) };
    }
    let nearest = known.or(first.last().copied())?;
    // "Kreuzberg, Berlin, Germany": the city stands where the region does. Behind an address, it does so even if a region is
    // called so as well: "Some Tower, Some Boulevard, Casablanca, Morocco".
    let is_address = first.len() > 1 && !gazetteer::has_states(code);
    if known.is_none() && is_there(&&region) && (part.is_none() || is_address) {
        return within(region, code);
    }
    if let Some(part) = part {
        return Some(with_city(nearest, of_region(part, THREE_TOKENS)));
    }
    let within = within(nearest, code)?;
    Some(Location { region: within.region.or_else(|| Some(region.to_owned())), ..within })
}
