//! Remote work that is a place of its own among others, or beside one that it cannot be in.

use super::commas::is_likely;
use super::{PATTERNS, places};
use crate::ingest::normalize::gazetteer;
use crate::ingest::normalize::location::{Location, kind, without_workplace};
use crate::ingest::normalize::place::{is_known, region_stated};
use crate::vocabulary::WorkplaceType;

/// How sure a place must be that remote work is told to be beside.
const KNOWN: f64 = 0.5;

/// "SF, NYC, Remote", "US-Remote, Chicago, Seattle": among several cities, remote work anywhere or in a whole country is a
/// place of its own. So it is behind a single place where it says so at its beginning: "Chicago, US-Remote".
pub(super) fn apart_from_remote(part: &str) -> Option<Vec<String>> {
    let (before, last) = part.rsplit_once(',')?;
    let (apart, others): (Vec<&str>, Vec<&str>) = part.split(',').partition(|it| is_apart(it));
    let others = others.join(",");
    let is_list = || are_cities(&others) || (stand_alone(part, &apart) && are_beside(&apart, &others));
    if !apart.is_empty() && is_list() {
        return Some(std::iter::once(others).chain(apart.into_iter().map(ToOwned::to_owned)).collect());
    }
    let are_names = before.contains(',') && before.split(',').all(|it| !gazetteer::cities(it.trim()).is_empty());
    let is_behind = is_remote(last)
        && kind(before).is_none()
        && is_country_or_macro(&without_workplace(last))
        && (are_names || (is_said_first(last) && is_known(before)));
    is_behind.then(|| vec![before.to_owned(), last.to_owned()])
}

/// "CA-Remote-Ontario": the part of the country whose code stands before the word, if no city there is called so.
pub(in crate::ingest::normalize::location) fn part_behind_remote(part: &str) -> Option<Location> {
    let found = PATTERNS.code_before_remote.captures(part.trim())?;
    let (code, name) = (gazetteer::country_by_code(&found[1])?, &found[2]);
    let is_city = gazetteer::cities(name).iter().any(|it| it.country_code == code);
    region_stated(name, Some(code)).filter(|_| !is_city)
}

fn is_remote(part: &str) -> bool {
    kind(part) == Some(WorkplaceType::Remote)
}

/// Whether words tell of remote work anywhere, in a whole country, or in a part of one that is behind its code.
fn is_apart(part: &str) -> bool {
    let is_whole = |place: &str| place.is_empty() || is_country_or_macro(place);
    // "Remote (US, London, Paris)" is remote in all of them.
    let is_open = part.contains('(') && !part.contains(')');
    is_remote(part) && !is_open && (is_whole(&without_workplace(part)) || part_behind_remote(part).is_some())
}

/// Whether a word for remote work is the first or glued to what it is said of.
fn is_said_first(part: &str) -> bool {
    part.trim().to_lowercase().starts_with("remote")
        || PATTERNS.glued.is_match(part.trim())
        || part_behind_remote(part).is_some()
}

/// Whether no country that is told to be remote is what a city before it is in, as in "Cartago, Costa Rica (remote)".
fn stand_alone(part: &str, apart: &[&str]) -> bool {
    part.split(',').next().is_some_and(is_apart) || apart.iter().all(|it| is_said_first(it))
}

/// Whether remote work is beside a single city: in several countries, or in another one than the city's. "Chicago, US-Remote,
/// Canada-Remote", "US Remote, Toronto".
fn are_beside(apart: &[&str], others: &str) -> bool {
    if kind(others).is_some() {
        return false;
    }
    let read = places(&without_workplace(others));
    let [place] = read.as_slice() else { return false };
    let Some(city) = place.city.as_deref().filter(|_| place.confidence > KNOWN) else { return false };
    if !gazetteer::cities(city).iter().any(|it| place.country_code.as_deref() == Some(it.country_code)) {
        return false;
    }
    // Its country is told by a code of its own.
    if matches!(apart, [part] if part_behind_remote(part).is_some()) {
        return true;
    }
    let wholes: Vec<String> = apart.iter().map(|it| without_workplace(it)).collect();
    match wholes.as_slice() {
        [whole] => is_elsewhere(place, others.trim(), whole),
        several => several.iter().all(|it| !it.is_empty()),
    }
}

/// Whether a place is in another country than the one that is named, and a city alone has no likely namesake there.
fn is_elsewhere(place: &Location, words: &str, country: &str) -> bool {
    let code = gazetteer::country_by_name(country).filter(|_| gazetteer::state_name(country).is_none());
    code.is_some_and(|code| {
        place.country_code.as_deref() != Some(code)
            && (words.contains(',') || !is_likely(words, |it| it.country_code == code))
    })
}

/// Whether words name a country or a region of the world.
fn is_country_or_macro(words: &str) -> bool {
    gazetteer::country_by_name(words).is_some()
        || gazetteer::macro_region(words).is_some()
        || matches!(words, "US" | "UK")
}

/// Whether words name several cities, and say nothing of the workplace.
fn are_cities(words: &str) -> bool {
    if kind(words).is_some() {
        return false;
    }
    let read = places(&without_workplace(words));
    read.len() > 1 && read.iter().all(|it| it.city.is_some())
}
