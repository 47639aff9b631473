//! Words for a side of a country or for all of it, which are no city: "Northern California", "US East", "nationwide".

use crate::ingest::normalize::gazetteer;

/// Words for a side.
const SIDES: [&str; 22] = [
    "east",
    "west",
    "north",
    "south",
    "eastern",
    "western",
    "northern",
    "southern",
    "central",
    "coast",
    "northeast",
    "southeast",
    "northwest",
    "southwest",
    "midwest",
    "northeastern",
    "southeastern",
    "northwestern",
    "southwestern",
    "midwestern",
    "mid",
    "upstate",
];
/// Words that say of a country or state no more than that it is meant.
const WIDE: [&str; 20] = [
    "nationwide",
    "national",
    "statewide",
    "countrywide",
    "country wide",
    "all",
    "any",
    "anywhere",
    "everywhere",
    "various",
    "multiple",
    "flex",
    "flexible",
    "field",
    "all locations",
    "any location",
    "various cities",
    "various districts",
    "off",
    "domestic",
];

/// Whether words name nothing but a side.
pub fn is_side(name: &str) -> bool {
    !name.is_empty() && gazetteer::key(name).split(' ').all(|it| SIDES.contains(&it))
}

/// Whether words name no city but a side or all of a country. In a state, "West" is a town.
pub(super) fn is_wide(name: &str, is_in_state: bool) -> bool {
    is_side(name) && (!is_in_state || name.ends_with("ern")) || WIDE.contains(&gazetteer::key(name).as_str())
}

/// Whether words name a side of a country or of one of its parts, or of a region of the world. "South Jordan" in Utah is
/// none of Jordan; "US East Coast" is no city anywhere.
pub(super) fn is_side_in(name: &str, country_code: Option<&str>) -> bool {
    without(name).is_some_and(|it| {
        it.len() < 3
            || gazetteer::macro_region(it).is_some()
            || gazetteer::country_by_name(it) == country_code
            || gazetteer::regions(it).iter().any(|it| Some(it.country_code) == country_code)
    })
}

/// What a word for a side stands before or behind: "US East", "Southwest Florida".
pub fn beside(name: &str) -> Option<&str> {
    let first = name.split_once(' ').filter(|(side, _)| is_side(side)).map(|(_, rest)| rest);
    let rest = first.or_else(|| name.rsplit_once(' ').filter(|(_, side)| is_side(side)).map(|(rest, _)| rest))?;
    Some(rest.trim_matches(|it: char| it.is_whitespace() || it == '-'))
}

/// The country, state or region of the world in words for a side of it.
pub(super) fn without(name: &str) -> Option<&str> {
    let rest = beside(name)?;
    let is_state = |it: &gazetteer::Region| matches!(it.country_code, "US" | "CA");
    let is_whole = gazetteer::country_by_name(rest).is_some()
        || gazetteer::macro_region(rest).is_some()
        || gazetteer::regions(rest).iter().any(is_state)
        || matches!(rest, "US" | "UK");
    if is_whole { Some(rest) } else { without(rest) }
}
