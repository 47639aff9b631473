//! The words of a place as tokens in the order `City, Region, Country`: without postal codes, streets and regions of the
//! world, and with the country behind where it stands in front or hangs on a dash.

use std::sync::LazyLock;

use regex::Regex;

use super::site;
use crate::ingest::normalize::gazetteer;

struct Patterns {
    district: Regex,
    postal: Regex,
    numbered_end: Regex,
    headquarters: Regex,
    dotted: Regex,
    full_stop: Regex,
    code_first: Regex,
    code_last: Regex,
    coded: Regex,
    with_state: Regex,
    dash: Regex,
    spaced_dash: Regex,
    street: Regex,
    numbered: Regex,
    coded_unit: Regex,
    behind_street: Regex,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let compiled = |pattern: &str| Regex::new(pattern).expect("the pattern is valid");
    Patterns {
        district: compiled(r"(?i)\bD\.\s?C\b\.?"),
        postal: compiled(r"\s+\d{4,5}(?:-\d{4})?$"),
        numbered_end: compiled(r"\s*(?:\s[-–]|#)\s*\d+$"),
        headquarters: compiled(r"(?i)[\s–—-]+(?:hq|headquarters?)$"),
        dotted: compiled(r"^([A-Z])\.\s?([A-Z])$"),
        full_stop: compiled(r"(\p{Ll})\.\s+([A-Z]{2})\b"),
        code_last: compiled(r"^(\p{Lu}.*\p{L})(?:\s+[-–]\s+|\s)([A-Z]{2})$"),
        code_first: compiled(r"^([A-Z]{2})[ -]+(\p{Lu}.+)$"),
        coded: compiled(r"^([A-Z]{2,3})[ -]+(?:([A-Z]{2})[ -]+)?(\p{Lu}.+)$"),
        with_state: compiled(r"^(.*\p{L}.*?)(?: [-–])? ([A-Z]{2})$"),
        dash: compiled(r"\s*[-–—]\s+|\s+[-–—]\s*|[-–—]"),
        spaced_dash: compiled(r"\s*[-–—]\s+|\s+[-–—]\s*"),
        coded_unit: compiled(r"^([A-Z]{2})\s+(?:[-–]\s*)?\p{L}.*$"),
        behind_street: compiled(
            r"(?i)^#?\d.*\b(?:street|st|avenue|ave|boulevard|blvd|road|rd|drive|dr|lane|ln|highway|hwy|parkway|pkwy)\b\.?\s+(?-i:(\p{Lu}\p{L}{3,}(?: \p{Lu}\p{L}+){0,2}))$",
        ),
        numbered: compiled(r"^\d+\S* \p{L}"),
        street: compiled(
            r"(?i)^#?\d|\b(?:street|st|avenue|ave|boulevard|blvd|road|rd|drive|dr|lane|suite|floor|highway|hwy|building|bldg|plaza|parkway|pkwy|straße|strasse|rue)\b\.?(?: \w+)?$",
        ),
    }
});

/// Words a street's token ends with that may be the city.
const CITY_WORDS_MAX: usize = 3;

pub(super) fn ordered(words: &str) -> Vec<String> {
    let words = PATTERNS.district.replace_all(words, "DC");
    let words = PATTERNS.full_stop.replace_all(&words, "$1, $2");
    let trimmed = words.split(',').map(|it| it.trim().trim_matches(['.', '·']).trim());
    let mut tokens: Vec<String> = trimmed.filter(|it| !it.is_empty()).map(ToOwned::to_owned).collect();
    for token in &mut tokens {
        *token = without_headquarters(token).to_owned();
        *token = PATTERNS.postal.replace(token, "").into_owned();
        *token = PATTERNS.numbered_end.replace(token, "").into_owned();
        *token = PATTERNS.dotted.replace(token, "$1$2").into_owned();
    }
    without_digits(&mut tokens);
    without_unit(&mut tokens);
    without_macros(&mut tokens);
    let tokens = tokens.into_iter().flat_map(|it| apart(&it)).collect();
    let tokens = without_prefix(without_streets(with_state_apart(with_country_apart(tokens))));
    without_twice(country_behind(tokens))
}

/// "NYC Global HQ": what tells whose headquarters they are stands behind their city, if that is a large one.
fn without_headquarters(token: &str) -> &str {
    let Some(found) = PATTERNS.headquarters.find(token) else { return token };
    let before = &token[..found.start()];
    if is_named(before) { before } else { site::city_before(before).unwrap_or(before) }
}

/// "ES - Barcelona, Spain", "Germany, Germany": a country that is named twice, and has no city of its name.
fn without_twice(mut tokens: Vec<String>) -> Vec<String> {
    // "Monterrey, Mexico, MEX": its code tells nothing more.
    if let [.., city, name, code] = tokens.as_slice()
        && city != name
        && is_country(name)
        && gazetteer::country_by_name(name) == gazetteer::country_by_code(code)
    {
        tokens.pop();
    }
    let Some(last) = tokens.last().filter(|it| is_country(it)).cloned() else { return tokens };
    let code = gazetteer::country_by_name(&last);
    let end = tokens.len() - 1;
    let is_same = |it: &String| {
        let is_code = it.len() == 2 && gazetteer::country_by_code(it) == code;
        let is_name = gazetteer::country_by_name(it) == code
            && gazetteer::cities(it).iter().all(|city| Some(city.country_code) != code);
        (is_code && end > 1 || is_name) && gazetteer::nation(it).is_none()
    };
    let mut at = 0;
    tokens.retain(|it| {
        at += 1;
        at > end || !is_same(it)
    });
    tokens
}

fn is_country(token: &str) -> bool {
    gazetteer::country_by_name(token).is_some()
}

fn is_state(code: &str) -> bool {
    gazetteer::regions(code).iter().any(|it| matches!(it.country_code, "US" | "CA"))
}

fn is_named(token: &str) -> bool {
    is_country(token) || !gazetteer::cities(token).is_empty() || !gazetteer::regions(token).is_empty()
}

fn without_digits(tokens: &mut Vec<String>) {
    if tokens.len() > 1 {
        tokens.retain(|it| it.chars().any(char::is_alphabetic));
    }
}

/// "Austin, TX Tulips": what stands behind the state of a city that is there is the employer's own.
fn without_unit(tokens: &mut [String]) {
    let [.., city, last] = tokens else { return };
    let Some(found) = PATTERNS.coded_unit.captures(last).filter(|_| !is_named(last)) else { return };
    let code = found[1].to_owned();
    let region = gazetteer::region_by_code(&format!("US-{code}"));
    let is_there = |it: &gazetteer::City| region.is_some_and(|at| it.region_code == Some(at.code));
    let is_followed = last.split_once(' ').is_some_and(|(_, rest)| is_named(rest.trim()));
    if !is_followed && gazetteer::cities(city).iter().any(is_there) {
        *last = code;
    }
}

/// "Berlin, Europe" says with its last word what its first says already.
fn without_macros(tokens: &mut Vec<String>) {
    if tokens.len() > 1 && tokens.iter().any(|it| gazetteer::macro_region(it).is_none() && is_named(it)) {
        tokens.retain(|it| gazetteer::macro_region(it).is_none());
    }
}

/// "USA VA Chantilly", "DEU Wiesbaden", "United States - Longview", "England-UK".
fn apart(token: &str) -> Vec<String> {
    let whole = || vec![token.to_owned()];
    if is_named(token) || gazetteer::macro_region(token).is_some() {
        return whole();
    }
    if let Some(found) = PATTERNS.coded.captures(token) {
        let is_country = found[1].len() == 3 || found.get(2).is_some();
        if gazetteer::country_by_code(&found[1]).is_some() && is_country {
            let state = found.get(2).map(|it| it.as_str().to_owned());
            let city = PATTERNS.dash.split(&found[3]).find(|it| is_named(it)).unwrap_or(&found[3]).to_owned();
            return [Some(city), state, Some(found[1].to_owned())].into_iter().flatten().collect();
        }
    }
    if let Some((city, code)) = behind_code(token).or_else(|| before_code(token)) {
        return vec![city, code];
    }
    let parts: Vec<&str> = PATTERNS.dash.split(token).map(str::trim).filter(|it| !it.is_empty()).collect();
    let country = parts.iter().position(|it| is_country(it));
    match country {
        Some(at) if parts.len() > 1 => {
            let others: Vec<&str> = parts.iter().enumerate().filter(|(it, _)| *it != at).map(|(_, it)| *it).collect();
            // "Ireland - Office - Dublin", "APAC - India - Pune".
            let is_there = |it: &&&str| {
                let code = gazetteer::country_by_name(parts[at]);
                gazetteer::cities(it).iter().any(|city| Some(city.country_code) == code)
            };
            let is_name = |it: &&&str| gazetteer::macro_region(it).is_none();
            let other = others.iter().find(is_there).or_else(|| others.iter().find(is_name)).copied();
            other.into_iter().chain([parts[at]]).map(ToOwned::to_owned).collect()
        }
        _ => whole(),
    }
}

/// "PL Krakow", "MA Boston", "CN - Shanghai": a code before a city that is there.
fn behind_code(token: &str) -> Option<(String, String)> {
    let found = PATTERNS.code_first.captures(token)?;
    let (code, rest) = (&found[1], &found[2]);
    let state = gazetteer::region_by_code(&format!("US-{code}"));
    let country = gazetteer::country_by_code(code);
    let is_there = |name: &str| {
        let is_in = |it: &gazetteer::City| {
            Some(it.country_code) == country || state.is_some_and(|at| it.region_code == Some(at.code))
        };
        gazetteer::cities(name).iter().any(is_in)
    };
    // "US Orlando FL" tells the state itself.
    let is_stated = PATTERNS.with_state.captures(rest).is_some_and(|it| is_state(&it[2]));
    if is_stated && country == Some("US") {
        return Some((rest.to_owned(), code.to_owned()));
    }
    let city = PATTERNS.dash.split(rest).find(|it| is_there(it)).or(Some(rest).filter(|it| is_there(it)))?;
    let is_in_state = |it: &gazetteer::City| state.is_some_and(|at| it.region_code == Some(at.code));
    let is_of_state = gazetteer::cities(city).iter().any(is_in_state);
    let whole = state.filter(|_| is_of_state).map_or_else(|| country_named(code), |it| it.name.to_owned());
    Some((city.to_owned(), whole))
}

/// "Guanajuato - MX", "Heredia CR": a code behind what is in that country.
fn before_code(token: &str) -> Option<(String, String)> {
    let found = PATTERNS.code_last.captures(token)?;
    let code = gazetteer::country_by_code(&found[2])?;
    let is_there = gazetteer::cities(&found[1]).iter().any(|it| it.country_code == code)
        || gazetteer::regions(&found[1]).iter().any(|it| it.country_code == code);
    (is_there && !is_state(&found[2])).then(|| (found[1].to_owned(), country_named(&found[2])))
}

fn country_named(code: &str) -> String {
    gazetteer::country_by_code(code).and_then(gazetteer::country_name).unwrap_or(code).to_owned()
}

/// "San Mateo, CA United States" lacks a comma.
fn with_country_apart(mut tokens: Vec<String>) -> Vec<String> {
    let Some(last) = tokens.last().filter(|last| !is_named(last) && gazetteer::macro_region(last).is_none()).cloned()
    else {
        return tokens;
    };
    // "in U.S." does not begin with Indiana.
    let is_word = |it: &str| it.len() < 3 && it.chars().all(char::is_lowercase);
    let is_cut = |at: &usize| {
        let first = &last[..*at];
        !is_word(first)
            && !super::is_side(first)
            && gazetteer::regions(first).len() + gazetteer::cities(first).len() > 0
    };
    let cut = last.match_indices(' ').map(|(at, _)| at).filter(is_cut).find(|at| is_country(&last[at + 1..]));
    if let Some(at) = cut {
        tokens.pop();
        tokens.extend([last[..at].to_owned(), last[at + 1..].to_owned()]);
    }
    tokens
}

/// "Chico CA" lacks one too. What is in small letters is no name: "within CA".
fn with_state_apart(tokens: Vec<String>) -> Vec<String> {
    let is_name = |words: &str| words.chars().any(|it| it.is_alphabetic() && !it.is_lowercase());
    let apart = |token: String| match PATTERNS.with_state.captures(&token) {
        Some(found) if is_state(&found[2]) && !is_named(&token) && is_name(&found[1]) => {
            vec![found[1].to_owned(), found[2].to_owned()]
        }
        _ => before_region(&token).unwrap_or_else(|| vec![token]),
    };
    tokens.into_iter().flat_map(apart).collect()
}

/// "Austin Texas", "Fortaleza CE", "Chicago-IL", "Orange County California": a city or county before its own region.
fn before_region(token: &str) -> Option<Vec<String>> {
    if is_named(token) {
        return None;
    }
    token.match_indices([' ', '-']).map(|(at, _)| (&token[..at], &token[at + 1..])).find_map(|(first, last)| {
        let is_county = first.to_lowercase().ends_with(" county");
        let is_there = |region: &gazetteer::Region| {
            let is_state = matches!(region.country_code, "US" | "CA");
            is_county && is_state && last.len() > 2
                || gazetteer::cities(first).iter().any(|city| city.region_code == Some(region.code))
        };
        let is_behind = gazetteer::regions(last).iter().any(is_there);
        is_behind.then(|| vec![first.to_owned(), last.to_owned()])
    })
}

/// "Platform - Culver City, CA": of a dash's sides, the one that is a city there, else the last before a state. Without any,
/// a city there may end the words: "Camarillo Outlet Camarillo, CA".
fn without_prefix(mut tokens: Vec<String>) -> Vec<String> {
    if tokens.len() > 1 && !is_named(&tokens[0]) {
        let regions = gazetteer::regions(&tokens[1]);
        let is_there = |it: &&str| {
            gazetteer::cities(it).iter().any(|city| regions.iter().any(|region| city.region_code == Some(region.code)))
        };
        let sides: Vec<&str> = PATTERNS.spaced_dash.split(&tokens[0]).filter(|it| !it.is_empty()).collect();
        let last = sides.last().copied().filter(|_| sides.len() > 1 && is_state(&tokens[1]));
        let side = sides.iter().copied().find(is_there).or(last);
        let is_end = |(before, name): &(&str, &str)| before.contains(' ') && is_there(name);
        let city = side.or_else(|| site::ends(&tokens[0]).find(is_end).map(|(_, name)| name)).map(ToOwned::to_owned);
        tokens[0] = city.unwrap_or_else(|| tokens[0].clone());
    }
    tokens
}

/// What stands before a city is its street; a street's token may hold the city itself.
fn without_streets(mut tokens: Vec<String>) -> Vec<String> {
    // "Hill House, 1 Hill Street, Springfield, IL": nor is the building's name before a street any city.
    if tokens.len() > 3 && PATTERNS.numbered.is_match(&tokens[1]) && !is_named(&tokens[1]) {
        tokens.drain(..2);
    }
    while tokens.len() > 1 && PATTERNS.street.is_match(&tokens[0]) && !is_named(&tokens[0]) {
        let words: Vec<&str> = tokens[0].split(' ').collect();
        let regions = gazetteer::regions(&tokens[1]);
        let ends = (1..words.len()).rev().take(CITY_WORDS_MAX).rev().map(|at| words[at..].join(" "));
        let is_there = |it: &String| {
            gazetteer::cities(it).iter().any(|city| regions.iter().any(|region| city.region_code == Some(region.code)))
        };
        let city = ends.into_iter().find(is_there).or_else(|| town_behind_street(&tokens));
        match city {
            Some(city) => {
                tokens[0] = city;
                break;
            }
            None if is_named(&tokens[1]) || tokens.len() > 2 => drop(tokens.remove(0)),
            None => break,
        }
    }
    tokens
}

/// "12 Rose Rd Smalltown, PA": what is written as a town's name behind a street, where a code follows.
fn town_behind_street(tokens: &[String]) -> Option<String> {
    let [first, code] = tokens else { return None };
    let name = PATTERNS.behind_street.captures(first)?.get(1)?.as_str();
    (code.len() == 2 && !super::is_side(name) && !PATTERNS.street.is_match(name)).then(|| name.to_owned())
}

/// "United States, San Mateo, CA" and "Missouri, St. Louis" begin with what is larger.
fn country_behind(mut tokens: Vec<String>) -> Vec<String> {
    let last = tokens.len().saturating_sub(1);
    let is_last = |it: &String| is_country(it) || gazetteer::country_by_code(it).is_some();
    if tokens.len() > 2 && !(is_last(&tokens[last]) && gazetteer::regions(&tokens[last]).is_empty()) {
        let is_first = |it: &String| is_country(it) || it == "US" || it == "UK";
        if let Some(at) = tokens[..last].iter().position(is_first) {
            let country = tokens.remove(at);
            let code = gazetteer::country_by_name(&country).or_else(|| gazetteer::country_by_code(&country));
            let is_region = |it: &String| gazetteer::regions(it).iter().any(|it| Some(it.country_code) == code);
            if tokens.len() == 2 && is_region(&tokens[0]) && !is_region(&tokens[1]) {
                tokens.swap(0, 1);
            }
            tokens.push(country);
        }
    } else if tokens.len() == 2 {
        let region = gazetteer::regions(&tokens[0]);
        let parts = gazetteer::regions(&tokens[1]);
        let is_code = tokens[1].len() == 2;
        // "Oregon, Portland": that a parish elsewhere is a Portland too changes nothing. "California, LA" is not Louisiana.
        let is_behind = region.iter().any(|at| {
            let is_other = |it: &gazetteer::Region| it.country_code != at.country_code || is_code && it.code != at.code;
            gazetteer::cities(&tokens[1]).iter().any(|it| it.region_code == Some(at.code)) && parts.iter().all(is_other)
        });
        if is_behind {
            tokens.swap(0, 1);
        }
    }
    tokens
}
