//! Countries and their parts as fields have them that are made for such.

use super::{of_country, of_part, part_of, with_city, within};
use crate::ingest::normalize::gazetteer;
use crate::ingest::normalize::location::Location;

/// A country as fields have it: by its name, or by a code of two letters or three. "Georgia" may be a state.
pub fn country_stated(words: &str) -> Option<&'static str> {
    let words = words.trim();
    let code = words.to_uppercase();
    let by_code = || gazetteer::country_by_code(&code).filter(|_| code.len() == 2);
    let by_long_code = || gazetteer::country_by_code(rust_iso3166::from_alpha3(&code)?.alpha2);
    let by_name = gazetteer::country_by_name(words).filter(|_| gazetteer::state_name(words).is_none());
    by_name.or_else(by_code).or_else(by_long_code)
}

/// A part of a country as a field for such has it; where the country is not told, a state of the United States by its name.
pub fn region_stated(words: &str, code: Option<&str>) -> Option<Location> {
    let part = match code {
        Some(code) => part_of(words, code).or_else(|| gazetteer::region_by_code(&format!("{code}-{words}"))),
        None => part_of(words, "US").filter(|_| words.len() > 2),
    };
    part.map(of_part)
}

/// A place in a country that is known, whatever its words mean elsewhere.
pub fn in_country(code: &'static str, region: Option<&str>, city: Option<&str>) -> Location {
    match (region.and_then(|it| region_stated(it, Some(code))), city) {
        (Some(part), Some(city)) => with_city(city, part),
        (Some(part), None) => part,
        (None, city) => city.or(region).and_then(|it| within(it, code)).unwrap_or_else(|| of_country(code)),
    }
}

/// Whether a country has a city or a part of this name.
pub fn is_of_country(name: &str, code: &str) -> bool {
    gazetteer::cities(name).iter().any(|it| it.country_code == code) || part_of(name, code).is_some()
}
