//! Places that a provider has fields for.

use super::{Location, PLACES_MAX, kind, lists, of_words, placed, plain, tidy};
use crate::ingest::normalize::gazetteer::{self, City};
use crate::ingest::normalize::place::{
    country_stated, in_country, is_negated, is_of_country, of_country, region_stated, resolve,
};
use crate::ingest::posting::StatedPlace;
use crate::vocabulary::{Provenance, WorkplaceType};

/// Bytes of a place's own words that may count before its address: a name has fewer, and more take long to read.
const RAW_BYTES_MAX: usize = 200;
/// How sure a place is that a provider has fields for.
const STATED: f64 = 0.99;
/// How sure a place is whose name is that of another one in the stated country too.
const NAMESAKE: f64 = 0.7;
/// How sure the words for a place are at least that name what it is in.
const NAMED_WITH_COUNTRY: f64 = 0.9;

/// The places that a provider has fields for. One whose own words say that it is worked at from a distance, or name a part
/// of the world or, if it is remote, its country, has the address of an office: the words count. Where all are said to be
/// remote, it is the only one that is.
/// The words count as well where they name the city of an address that is a country alone, or several places of which the
/// address is one.
pub(super) fn places(stated: &[StatedPlace]) -> Vec<Location> {
    let stated = &stated[..stated.len().min(PLACES_MAX)];
    let are_beyond: Vec<bool> = stated.iter().map(is_beyond).collect();
    let is_apart = stated.iter().all(|it| it.is_remote) && are_beyond.contains(&true);
    let read = |(it, is_beyond): (&StatedPlace, bool)| {
        if is_beyond || is_countrywide(it) {
            return beyond_address(it);
        }
        let mut read = narrow(it).or_else(|| several(it)).unwrap_or_else(|| vec![place(it)]);
        read.iter_mut().for_each(|found| found.is_remote = it.is_remote && !is_apart);
        read
    };
    stated.iter().zip(are_beyond).flat_map(read).take(PLACES_MAX).collect()
}

/// Whether a place's own words say that it is worked at from a distance, or name a part of the world.
fn is_beyond(place: &StatedPlace) -> bool {
    let is_office = |raw: &str| {
        let mut words = raw.split(|it: char| !it.is_alphanumeric());
        words.any(|it| matches!(it.to_lowercase().as_str(), "hq" | "headquarter" | "headquarters" | "office"))
    };
    place.raw.as_deref().filter(|it| it.len() <= RAW_BYTES_MAX).is_some_and(|raw| {
        kind(&plain(raw)) == Some(WorkplaceType::Remote)
            // "Eastern Europe" is one as well; behind a comma it is what stands before that is meant.
            || (!raw.contains(',') && !is_office(raw) && resolve(raw).macro_region.is_some())
    })
}

/// Whether the words of a remote place name no more than the country that the address of an office is in. "Georgia" may
/// be a state, "Scotland" is less than a country, and "Singapore" is a city as well.
fn is_countrywide(place: &StatedPlace) -> bool {
    let Some(words) = place.raw.as_deref().map(str::trim).filter(|_| place.is_remote) else { return false };
    let country = place.country.as_deref();
    let code = gazetteer::country_by_name(words).filter(|it| country.and_then(country_stated) == Some(*it));
    let is_less = gazetteer::state_name(words).is_some() || gazetteer::nation(words).is_some();
    let is_city = |code: &str| {
        let is_same = |city: &String| gazetteer::key(city) == gazetteer::key(words);
        place.city.as_ref().is_some_and(is_same) || gazetteer::cities(words).iter().any(|it| it.country_code == code)
    };
    let is_office = part(&place.city, country).is_some() || part(&place.region, country).is_some();
    is_office && !is_less && code.is_some_and(|it| !is_city(it))
}

/// The places of a place's own words, the first one where its country is.
fn of_own_words(place: &StatedPlace, words: &str) -> Vec<Location> {
    let mut read = of_words(words);
    if let Some(code) = place.country.as_deref().and_then(country_stated) {
        first_within(&mut read, words, code);
    }
    read
}

/// "San Francisco" or "Texas", in the United States: the places of words where nothing but a country is stated, and a city
/// or part of it stands first.
fn narrow(place: &StatedPlace) -> Option<Vec<Location>> {
    let country = place.country.as_deref();
    let code = country.and_then(country_stated)?;
    let is_open = part(&place.city, country).is_none() && part(&place.region, country).is_none();
    let words = plain(place.raw.as_deref().filter(|_| is_open)?);
    let mut read = of_own_words(place, &words);
    let is_there = |it: &&mut Location| it.city.is_some() || it.region_code.is_some();
    let first = read.first_mut().filter(is_there).filter(|it| it.country_code.as_deref() == Some(code))?;
    first.postal_code.clone_from(&place.postal_code);
    Some(read)
}

/// "Paris or London", with the address of one: the places of words that name several of a kind, where the address is one of
/// them or in one. A field for a city that holds the name of none is no address.
fn several(stated: &StatedPlace) -> Option<Vec<Location>> {
    let words = plain(stated.raw.as_deref().filter(|it| it.len() <= RAW_BYTES_MAX)?);
    let mut read = of_words(&words);
    // "Makati, Manila" is one place.
    let are_several = read.len() > 2 || (read.len() == 2 && lists::parts(&words).len() > 1);
    let are_known = read.iter().all(|it| it.country_code.is_some());
    let cities = read.iter().filter(|it| it.city.is_some()).count();
    if !are_several || !are_known || (cities > 0 && cities < read.len()) {
        return None;
    }
    let address = place(stated);
    let is_there = |it: &Location| {
        let is_part = match it.city {
            Some(_) => it.city == address.city,
            None => it.region_code.is_none() || it.region_code == address.region_code,
        };
        is_part && it.country_code == address.country_code
    };
    let is_address = stated.city.as_deref().is_none_or(|it| !gazetteer::cities(it).is_empty());
    if is_address && !read.iter().any(is_there) {
        return None;
    }
    for it in &mut read {
        if it.city.is_some() && is_there(it) {
            *it = Location { raw: it.raw.take(), ..address.clone() };
        }
    }
    Some(read)
}

/// The places of words that reach beyond the address they stand beside.
fn beyond_address(place: &StatedPlace) -> Vec<Location> {
    let words = plain(place.raw.as_deref().unwrap_or_default());
    let mut read = region_named(place, &words).map_or_else(|| of_own_words(place, &words), |it| vec![it]);
    if kind(&words) != Some(WorkplaceType::Remote) {
        read.iter_mut().for_each(|it| it.is_remote = place.is_remote);
    }
    read
}

/// "Washington (Remote)", with Spokane in Washington: the words name the region of the address, and no namesake.
fn region_named(place: &StatedPlace, words: &str) -> Option<Location> {
    let (region, name) = (place.region.as_deref()?, gazetteer::key(&tidy(&placed(words))));
    let is_city = |city: &str| gazetteer::cities(city).iter().any(|it| gazetteer::key(it.name) == name);
    if gazetteer::key(region) != name || place.city.as_deref().is_some_and(is_city) {
        return None;
    }
    let part = region_stated(region, place.country.as_deref().and_then(country_stated))?;
    let (raw, provenance) = (Some(words.trim().to_owned()), Provenance::ProviderField);
    Some(Location { raw, is_remote: true, confidence: STATED, provenance, ..part })
}

/// What fields for cities and parts of countries hold, if it can be either: some repeat the country there, or the continent.
fn part<'a>(words: &'a Option<String>, country: Option<&str>) -> Option<&'a str> {
    let words = words.as_deref()?;
    let code = || country_stated(words).filter(|_| words.len() > 3);
    let is_country = code().is_some_and(|it| country.and_then(country_stated) == Some(it) && !is_of_country(words, it));
    let is_other =
        is_country || gazetteer::macro_region(words.trim()).is_some() || kind(words) == Some(WorkplaceType::Remote);
    (!is_other).then_some(words)
}

/// Whether a field for a city names a part of the stated country instead, as "Illinois" beside itself or nothing, or
/// "England": no city there is called so.
fn is_region(city: &str, region: Option<&str>, code: Option<&str>) -> bool {
    let is_city = |part: Option<&str>| {
        let is_there = |it: &City| Some(it.country_code) == code && (part.is_none() || it.region_code == part);
        gazetteer::cities(city).iter().any(is_there)
    };
    let code_of = |words: &str| region_stated(words, code).and_then(|it| it.region_code);
    match (code, region) {
        (Some("GB"), _) => gazetteer::nation(city).is_some() && !is_city(None),
        (Some("US" | "CA"), _) if city.len() < 3 => false,
        (Some("US" | "CA"), None) => code_of(city).is_some() && !is_city(None),
        (Some("US" | "CA"), Some(region)) => {
            let part = code_of(city);
            part.is_some() && part == code_of(region) && !is_city(part.as_deref())
        }
        _ => false,
    }
}

/// Whether a region is a state or province of another country than the stated one, as Ontario is of none but Canada. Only
/// there do two letters mean it.
fn is_elsewhere(region: &str, code: &str) -> bool {
    let is_state = |it: &gazetteer::Region| matches!(it.country_code, "US" | "CA");
    (region.len() > 2 || matches!(code, "US" | "CA"))
        && gazetteer::regions(region).iter().any(is_state)
        && gazetteer::country_by_name(region) != Some(code)
        && region_stated(region, Some(code)).is_none()
}

/// A place in fields of its own. Its country counts before what the other words mean elsewhere: "Bayern, DE" is no Delaware.
fn place(place: &StatedPlace) -> Location {
    let country = place.country.as_deref();
    let (city, region) = (part(&place.city, country), part(&place.region, country));
    let stated = country.and_then(country_stated);
    let spelled = city.zip(stated).and_then(|(city, code)| spelled(city, place.raw.as_deref()?, code));
    let city = spelled.as_deref().or(city);
    let (city, region) = match city {
        Some(it) if is_region(it, region, stated) => (None, region.or(city)),
        _ => (city, region),
    };
    let named = |country: Option<&str>| [city, region, country].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let words = named(country);
    let mut read = resolve(&words);
    let is_open = read.country_code.is_none();
    let code = stated.or_else(|| gazetteer::country_by_name(country?).filter(|_| is_open));
    // Elsewhere a region that is called as its city is, as London or Berlin, may well stand for that.
    let is_apart = city.is_none() && matches!(code, None | Some("US" | "CA"));
    if let Some(region) = region.filter(|_| is_apart).and_then(|it| region_stated(it, code)) {
        // "Washington" is the state, not the city.
        read = region;
    } else if let Some(code) = code.filter(|code| read.country_code.as_deref() != Some(code)) {
        // Its name stands for nothing else, and where it does not help, the fields tell what is what.
        read = resolve(&named(gazetteer::country_name(code)));
        if read.country_code.as_deref() != Some(code) {
            read = in_country(code, region, city);
        }
    }
    let elsewhere = region.filter(|it| code.is_some_and(|code| is_elsewhere(it, code)));
    let city = match city {
        Some(it) => named_city(it, &read),
        None => read.city.take().filter(|_| elsewhere.is_none()),
    };
    if let Some(region) = elsewhere {
        // What the city's namesake in that country is in was not meant: one of the fields is wrong.
        (read.region, read.region_code) = (Some(region.to_owned()), None);
    }
    let confidence = match code {
        Some(_) if elsewhere.is_some() => NAMESAKE,
        Some(_) => STATED,
        None => read.confidence,
    };
    Location {
        raw: place.raw.clone().or(Some(words)),
        city,
        region: read.region.or_else(|| region.map(ToOwned::to_owned)),
        postal_code: place.postal_code.clone(),
        is_remote: place.is_remote,
        confidence,
        provenance: Provenance::ProviderField,
        ..read
    }
}

/// The name that all know a city by, where a field has another one or holds what the city is in: "New York City" or
/// "Berlin, Germany". What is not known stays as it is written, and the country itself is none.
fn named_city(words: &str, read: &Location) -> Option<String> {
    let code = country_stated(words).filter(|it| read.country_code.as_deref() == Some(*it));
    if code.is_some_and(|it| !is_of_country(words, it)) {
        return None;
    }
    let city = read.city.as_deref().unwrap_or(words);
    let is_there = |it: &City| it.name == city && read.country_code.as_deref() == Some(it.country_code);
    let is_named = |part: &str| part == city || gazetteer::cities(part).iter().any(is_there);
    let is_known = words.split([',', '/']).any(|it| is_named(it.trim()));
    Some(if is_known { city } else { words }.to_owned())
}

/// The city that the words for a place name, where its field has none that is known there: "Tallinn" with "Tallin".
fn spelled(city: &str, words: &str, code: &'static str) -> Option<String> {
    const ENDS: [char; 3] = [',', '/', '|'];
    /// Letters that both begin with: "Alden, New York" is no "New York".
    const SAME: usize = 5;
    let is_known = |name: &&str| gazetteer::cities(name).iter().any(|it| it.country_code == code);
    if city.split(ENDS).map(str::trim).any(|it| is_known(&it)) {
        return None;
    }
    // "California" is the state, and no town in Maryland.
    let named = |name| in_country(code, None, Some(name)).city;
    let begins = |name: &str| gazetteer::key(name).chars().take(SAME).collect::<String>();
    let is_alike = |name: &&str| begins(name) == begins(city);
    words.split(ENDS).map(str::trim).filter(is_alike).filter(is_known).find_map(named)
}

/// Places of which the first one's country is stated: it counts where the words leave it open, or can mean either.
pub(super) fn first_within(locations: &mut Vec<Location>, words: &str, code: &'static str) {
    let Some(first) = locations.first_mut() else {
        locations.push(Location { confidence: STATED, provenance: Provenance::ProviderField, ..of_country(code) });
        return;
    };
    let raw = first.raw.clone().unwrap_or_default();
    // Where the first words name no place, this is another one.
    let is_first = words.trim_start().starts_with(&raw);
    if !is_first || is_negated(&raw) || first.macro_region.is_some() || first.country_code.as_deref() == Some(code) {
        return;
    }
    let is_there = |it: &String| is_of_country(it, code);
    // "Birmingham HQ" is read so too, "Greater London" is no London elsewhere.
    let begins = first.city.clone().filter(|it| raw.starts_with(it.as_str()));
    let name = Some(tidy(&placed(&raw))).filter(is_there).or_else(|| begins.filter(is_there));
    let confidence = if name.is_some() { NAMESAKE } else { STATED };
    if first.country_code.is_none() || (name.is_some() && first.confidence < NAMED_WITH_COUNTRY) {
        let read = in_country(code, None, name.as_deref());
        let (raw, is_remote, provenance) = (Some(raw), first.is_remote, Provenance::ProviderField);
        *first = Location { raw, is_remote, confidence, provenance, ..read };
    }
}
