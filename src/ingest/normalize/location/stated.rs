//! Places that a provider has fields for.

use super::{Location, placed, tidy};
use crate::ingest::normalize::gazetteer;
use crate::ingest::normalize::place::{
    country_stated, in_country, is_negated, is_of_country, of_country, region_stated, resolve,
};
use crate::ingest::posting::StatedPlace;
use crate::vocabulary::Provenance;

/// How sure a place is that a provider has fields for.
const STATED: f64 = 0.99;
/// How sure a place is whose name is that of another one in the stated country too.
const NAMESAKE: f64 = 0.7;
/// How sure the words for a place are at least that name what it is in.
const NAMED_WITH_COUNTRY: f64 = 0.9;

/// A place in fields of its own. Its country counts before what the other words mean elsewhere: "Bayern, DE" is no Delaware.
pub(super) fn place(place: &StatedPlace) -> Location {
    let named = |country: Option<&str>| {
        let words = [place.city.as_deref(), place.region.as_deref(), country];
        words.into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    let words = named(place.country.as_deref());
    let mut read = resolve(&words);
    let is_open = read.country_code.is_none();
    let country = place.country.as_deref();
    let code = country.and_then(country_stated).or_else(|| gazetteer::country_by_name(country?).filter(|_| is_open));
    // Elsewhere a region that is called as its city is, as London or Berlin, may well stand for that.
    let is_apart = place.city.is_none() && matches!(code, None | Some("US" | "CA"));
    let region = place.region.as_deref().filter(|_| is_apart);
    if let Some(region) = region.and_then(|it| region_stated(it, code)) {
        // "Washington" is the state, not the city.
        read = region;
    } else if let Some(code) = code.filter(|code| read.country_code.as_deref() != Some(code)) {
        // Its name stands for nothing else, and where it does not help, the fields tell what is what.
        read = resolve(&named(gazetteer::country_name(code)));
        if read.country_code.as_deref() != Some(code) {
            read = in_country(code, place.region.as_deref(), place.city.as_deref());
        }
    }
    Location {
        raw: place.raw.clone().or(Some(words)),
        city: place.city.clone().or(read.city),
        region: read.region.or_else(|| place.region.clone()),
        postal_code: place.postal_code.clone(),
        is_remote: place.is_remote,
        confidence: if code.is_some() { STATED } else { read.confidence },
        provenance: Provenance::ProviderField,
        ..read
    }
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
