//! What several places tell of each other: a name that alone may be many things is what stands beside the others.

use super::{Location, without_workplace};
use crate::ingest::normalize::gazetteer::{self, City};
use crate::ingest::normalize::place::{is_side, of_city_beside, of_part, resolve};

/// What places tell of each other.
pub(super) fn settle(places: &mut Vec<Location>) {
    settle_georgia(places);
    settle_states(places);
    settle_remote(places);
    settle_cities(places);
}

/// "United States | Remote" is one place, from where the work is done remotely; so are the two of "Remote | US & Canada".
fn settle_remote(places: &mut Vec<Location>) {
    let is_bare = |it: &Location| it.is_remote && it.country_code.is_none() && it.macro_region.is_none();
    // From where the work may be done: a whole country or region of the world.
    let is_reach = |it: &Location| {
        !it.is_remote
            && it.city.is_none()
            && it.region.is_none()
            && (it.country_code.is_some() || it.macro_region.is_some())
    };
    let is_first = places.first().is_some_and(is_bare) && places.iter().skip(1).all(is_reach);
    let are_two = places.len() == 2 && places.iter().any(is_bare) && places.iter().any(is_reach);
    if places.len() > 1 && (is_first || are_two) {
        places.retain(is_reach);
        places.iter_mut().for_each(|it| it.is_remote = true);
    }
}

/// "Colorado; Texas; Washington": among states more than cities, a city that bears a state's name is the state.
fn settle_states(places: &mut [Location]) {
    let state = |it: &Location| {
        let words = without_workplace(it.raw.as_deref().unwrap_or_default());
        let named = gazetteer::regions(&words).iter().find(|region| region.country_code == "US" && words.len() > 2);
        named.filter(|_| it.city.is_some() && it.country_code.as_deref() == Some("US")).copied()
    };
    let others: Vec<&Location> = places.iter().filter(|it| state(it).is_none()).collect();
    let are_states =
        |it: &&&Location| it.country_code.as_deref() == Some("US") && it.region.is_some() && it.city.is_none();
    let states = others.iter().filter(are_states).count();
    let cities = others.iter().filter(|it| it.city.is_some()).count();
    if states <= cities {
        return;
    }
    for place in places {
        if let Some(state) = state(place) {
            *place = Location { raw: place.raw.take(), is_remote: place.is_remote, ..of_part(state) };
        }
    }
}

/// "Georgia; Texas": among states of a country, one that is a country's name as well is the state.
fn settle_georgia(places: &mut [Location]) {
    let is_in_states = places.iter().any(|it| it.country_code.as_deref() == Some("US"));
    for place in places.iter_mut().filter(|it| is_in_states && it.country_code.is_none() && it.macro_region.is_none()) {
        let words = without_workplace(place.raw.as_deref().unwrap_or_default());
        // A code alone says no more beside others.
        let state = if words.len() > 2 { gazetteer::regions(&words) } else { &[] };
        if let Some(state) = state.iter().find(|it| it.country_code == "US") {
            let read = resolve(&format!("{}, US", state.name));
            *place = Location { raw: place.raw.take(), is_remote: place.is_remote, ..read };
        }
    }
}

/// "San Jose; Seattle": a name that several towns bear is the one in the country that all others are in.
fn settle_cities(places: &mut [Location]) {
    let mut countries: Vec<&str> = places.iter().filter_map(|it| it.country_code.as_deref()).collect();
    countries.dedup();
    let [country] = *countries else { return };
    let country = country.to_owned();
    let is_open = |it: &&mut Location| it.country_code.is_none() && it.macro_region.is_none();
    for place in places.iter_mut().filter(is_open) {
        let words = without_workplace(place.raw.as_deref().unwrap_or_default());
        let is_there = |it: &&City| it.country_code == country && !is_side(&words);
        if let Some(city) = gazetteer::cities(&words).iter().filter(is_there).max_by_key(|it| it.weight) {
            *place = Location { raw: place.raw.take(), is_remote: place.is_remote, ..of_city_beside(city) };
        }
    }
}
