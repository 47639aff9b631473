//! Words for several places, parted: at signs and words between places, and at commas where only a list explains them.

mod apart;
mod commas;
mod hired;

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use self::apart::apart_from_remote;
pub(super) use self::apart::part_behind_remote;
use self::commas::is_likely;
pub(super) use self::commas::places;
use super::{Location, without_workplace};
use crate::ingest::normalize::gazetteer::{self, City};
use crate::ingest::normalize::place::{is_known, of_part, resolve};
use crate::ingest::normalize::workplace::kind_of;
use crate::vocabulary::WorkplaceType;

/// Names of several countries that are no region of the world, as names are compared.
const COUNTRIES: [(&str, [&str; 2]); 4] = [
    ("uki", ["UK", "Ireland"]),
    ("uk&i", ["UK", "Ireland"]),
    ("uk & i", ["UK", "Ireland"]),
    ("iberia", ["Spain", "Portugal"]),
];

struct Patterns {
    oregon: Regex,
    split: Regex,
    /// What stands between a place and "remote" where both are one.
    beside: Regex,
    /// "US-Remote", "Remote-UK".
    glued: Regex,
    /// "CA-Remote-Ontario".
    code_before_remote: Regex,
    last_of_list: Regex,
    and: Regex,
    remote_in: Regex,
    remote_behind: Regex,
    between_codes: Regex,
    only: Regex,
    sentence: Regex,
    coded: Regex,
    time_zones: Regex,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let compiled = |pattern: &str| Regex::new(pattern).expect("the pattern is valid");
    Patterns {
        oregon: compiled(r",\s*OR(\s*(?:$|[;|,&(/•–-]|\bor\b|\band\b|US\b|USA\b|United\b|\d))"),
        split: compiled(r"(?i)[;|⎹│¦\n•]|\s//?\s|\s+(?:or|oder|ou)\s+|\s*[(\[]\s*(?-i:or|oder|ou)\s+"),
        beside: compiled(r"[|⎹│¦/]|\s[-–—]\s"),
        glued: compiled(r"(?i)^(?:\S+-rem(?:ote)?|remote-\S+)$"),
        code_before_remote: compiled(r"^([A-Z]{2})\s?[-–]\s?(?i:remote)\s?[-–]\s?(\S.*)$"),
        last_of_list: compiled(r"(?i),\s+(?:or|and|&)\s+"),
        and: compiled(r"(?i)\s*&\s*|\s+(?:and|und|et|e|y)\s+"),
        between_codes: compiled(r"\s*[,/&;]\s*(?:or\s+|and\s+)?|\s+(?:or|and)\s+"),
        // The code of a time zone may be one of a country: EST is Estonia's, and ET Ethiopia's.
        time_zones: compiled(
            r"(?i)\((?:(?:EST|CST|MST|PST|EDT|CDT|MDT|PDT|CEST|CET|GMT|UTC|BST)\b[\s/,±+-]*(?:(?:\d+|or|and|only|hours|time)\b)?[\s/,-]*)+\)|[(/]?\b(?-i:[ECMP]T(?:/[ECMP]T)+)\b(?:\s+(?:time ?zones?|time|hours|tz)\b)?[)/]?",
        ),
        // "U.S. Remote" is no end of a sentence.
        sentence: compiled(r"(?i)(\p{L}{2})\.\s+(remote|hybrid)\b"),
        coded: compiled(r"^[A-Z]{2}\s?[-–]\s?\S"),
        only: compiled(r"(?i)\s*\bonly\s*$"),
        remote_behind: compiled(r"(?i)^[^;|\n•,]+(?:\band\b|\bor\b|&|/)[^;|\n•,]+[(\[](?:fully )?remote[)\]]$"),
        remote_in: compiled(r"(?i)^(?:fully )?remote\b[^;|\n•]+$"),
    }
});

/// "Canada - Remote (BC, ON, or NS only)": parts of one country, by their codes or names.
pub(super) fn bracketed(words: &str) -> Option<Vec<Location>> {
    let words = words.trim();
    let bare = words.strip_prefix('(').and_then(|it| it.strip_suffix(')')).unwrap_or(words);
    let (before, inside) = bare.strip_suffix(')')?.split_once('(')?;
    let country = without_workplace(before);
    let country = gazetteer::country_by_name(&country).or_else(|| gazetteer::country_by_code(&country))?;
    let inside = PATTERNS.only.replace(inside, "");
    let codes: Vec<&str> = PATTERNS.between_codes.split(inside.trim()).filter(|it| !it.is_empty()).collect();
    let is_remote = kind_of(words) == Some(WorkplaceType::Remote);
    let part = |code: &&str| {
        let is_code = code.bytes().all(|it| it.is_ascii_uppercase());
        let by_code = gazetteer::region_by_code(&format!("{country}-{code}")).filter(|_| is_code);
        let by_name = || gazetteer::regions(code).iter().find(|it| it.country_code == country).copied();
        let part = by_code.or_else(by_name)?;
        Some(Location { raw: Some(words.to_owned()), is_remote, ..of_part(part) })
    };
    codes.iter().map(part).collect::<Option<Vec<_>>>().filter(|it| it.len() > 1)
}

/// Words for one place each.
pub(super) fn parts(words: &str) -> Vec<String> {
    // The state is no word between two places.
    let words = PATTERNS.time_zones.replace_all(words, " ");
    let words = PATTERNS.sentence.replace_all(&words, "$1; $2");
    let words = PATTERNS.oregon.replace_all(&words, ", Oregon$1").into_owned();
    let words = PATTERNS.last_of_list.replace_all(&words, |found: &regex::Captures<'_>| {
        let before = &words[..found.get(0).map_or(0, |it| it.start())];
        let is_city = |it: &str| !gazetteer::cities(it.trim()).is_empty();
        let is_state = |it: &str| it.trim().len() > 2 && gazetteer::state_name(it).is_some();
        let behind = found.get(0).map_or("", |it| &words[it.end()..]);
        let are_states = before.contains(',') && before.split(',').chain(behind.split(',')).all(is_state);
        let is_list = before.split(',').all(is_city) || are_states;
        if is_list && kind_of(behind).is_none() { ", " } else { "; " }
    });
    let words = remote_within(&words);
    let split = PATTERNS.split.split(&words).map(str::trim).filter(|it| !it.is_empty());
    let parted = split.flat_map(|part| {
        slashed(part)
            .or_else(|| each_remote(part))
            .or_else(|| each_coded(part))
            .or_else(|| joined(part))
            .or_else(|| wide_list(part))
            .or_else(|| apart_from_remote(part))
            .unwrap_or_else(|| vec![part.to_owned()])
    });
    let abbreviated = |part: String| if part.trim() == "NY" { "NYC".to_owned() } else { part };
    all_remote(&words, with_shared_region(parted.map(abbreviated).collect()))
}

/// "Ohio | Remote; Denver, CO": in a list whose parts are parted otherwise, remote work beside a place is in it.
fn remote_within(words: &str) -> Cow<'_, str> {
    let parts: Vec<&str> = words.split([';', '\n']).filter(|it| !it.trim().is_empty()).collect();
    if parts.len() < 2 {
        return words.into();
    }
    let is_remote = |side: &str| without_workplace(side).is_empty() && kind_of(side) == Some(WorkplaceType::Remote);
    let is_place = |side: &str| kind_of(side).is_none() && (is_known(side) || !gazetteer::regions(side).is_empty());
    let within = |part: &str| match *PATTERNS.beside.split(part).map(str::trim).collect::<Vec<_>>() {
        [one, other] if (is_remote(one) && is_place(other)) || (is_remote(other) && is_place(one)) => {
            format!("{one} - {other}")
        }
        _ => part.to_owned(),
    };
    parts.into_iter().map(within).collect::<Vec<_>>().join(";").into()
}

/// "Remote - France or UK" is remote in both, as is "France and UK (Remote)".
fn all_remote(words: &str, parts: Vec<String>) -> Vec<String> {
    let is_over_cities = |part: &String| {
        let place = resolve(&without_workplace(part));
        place.city.is_none() && (place.country_code.is_some() || place.macro_region.is_some())
    };
    let is_meant = PATTERNS.remote_in.is_match(words) || PATTERNS.remote_behind.is_match(words);
    if parts.len() < 2 || !is_meant || !parts.iter().all(is_over_cities) {
        return parts;
    }
    let remote = |part: String| if kind_of(&part).is_some() { part } else { format!("Remote - {part}") };
    parts.into_iter().map(remote).collect()
}

/// "Helsinki/Berlin".
fn slashed(part: &str) -> Option<Vec<String>> {
    let sides: Vec<&str> = part.split('/').map(str::trim).collect();
    let is_list = sides.len() > 1 && sides.iter().all(|side| *side == "NY" || is_side(side));
    is_list.then(|| sides.into_iter().map(ToOwned::to_owned).collect())
}

/// One of several places, or the word for none: "Helsinki/Remote".
fn is_side(side: &str) -> bool {
    let words = without_workplace(side);
    is_known(&words) || (words.is_empty() && kind_of(side) == Some(WorkplaceType::Remote))
}

/// "North America - South America", and the countries that "UKI" or "Iberia" stands for.
fn wide_list(part: &str) -> Option<Vec<String>> {
    let words = without_workplace(part);
    let name = gazetteer::key(&words);
    let countries = COUNTRIES.iter().find(|(it, _)| *it == name).map(|(_, countries)| countries.to_vec());
    let regions = || {
        let sides: Vec<&str> = words.split(" - ").map(str::trim).filter(|it| !it.is_empty()).collect();
        let is_list = sides.len() > 1 && sides.iter().all(|it| gazetteer::macro_region(it).is_some());
        is_list.then_some(sides)
    };
    let is_remote = kind_of(part) == Some(WorkplaceType::Remote);
    let side = |it: &str| if is_remote { format!("Remote - {it}") } else { it.to_owned() };
    Some(countries.or_else(regions)?.into_iter().map(side).collect())
}

/// "Lincoln or Omaha, Nebraska", "Camden / Salem County, NJ": what stands behind the last is said of those before it.
fn with_shared_region(mut parts: Vec<String>) -> Vec<String> {
    let Some((last, region)) = parts.last().and_then(|it| it.rsplit_once(',')) else { return parts };
    let (is_of_counties, region) = (last.trim_end().to_lowercase().ends_with(" county"), region.trim().to_owned());
    let regions = gazetteer::regions(&region);
    let country = gazetteer::country_by_name(&region);
    let is_there =
        |city: &City| country == Some(city.country_code) || regions.iter().any(|it| city.region_code == Some(it.code));
    let end = parts.len() - 1;
    for part in parts[..end].iter_mut().rev() {
        if is_of_counties && !part.contains([',', '(']) && kind_of(part).is_none() {
            *part = format!("{} County, {region}", part.trim());
        } else if !is_likely(part, is_there) {
            break;
        } else {
            *part = format!("{part}, {region}");
        }
    }
    parts
}

/// "CANADA - Remote, EMEA - Remote": whole places, each with its own word.
fn each_remote(part: &str) -> Option<Vec<String>> {
    let sides: Vec<&str> = part.split(',').map(str::trim).collect();
    let is_remote = |it: &&str| kind_of(it) == Some(WorkplaceType::Remote) && is_known(&without_workplace(it));
    let is_list = sides.len() > 1 && sides.iter().all(is_remote);
    is_list.then(|| sides.into_iter().map(ToOwned::to_owned).collect())
}

/// "US-Boston, US-Chicago, CA-Toronto": whole places, each behind its own code.
fn each_coded(part: &str) -> Option<Vec<String>> {
    let sides: Vec<&str> = part.split(',').map(str::trim).collect();
    let is_coded = |it: &&str| {
        let is_code = |code: &str| gazetteer::country_by_code(code).is_some() || !gazetteer::regions(code).is_empty();
        PATTERNS.coded.is_match(it) && is_code(&it[..2])
    };
    let is_list = sides.len() > 1 && sides.iter().all(is_coded);
    is_list.then(|| sides.into_iter().map(ToOwned::to_owned).collect())
}

/// "San Francisco, CA & New York, NY" is two places, "Trinidad and Tobago" is one.
fn joined(part: &str) -> Option<Vec<String>> {
    let sides: Vec<&str> = PATTERNS.and.split(part).collect();
    // "UK & Ireland, United Kingdom, London" is a region's name with a place in it.
    let is_name = !sides[0].contains(',') && sides.last().is_some_and(|it| it.matches(',').count() > 1);
    let is_list = sides.len() > 1
        && !is_name
        && gazetteer::country_by_name(part).is_none()
        && sides.iter().all(|side| is_side(side));
    is_list.then(|| sides.into_iter().map(ToOwned::to_owned).collect())
}
