//! The places of a posting: split, freed of words for the workplace, resolved one by one, the physical ones first.

mod lists;
mod settle;
mod stated;

use std::sync::LazyLock;

use moka::sync::Cache;
use regex::Regex;
use serde::{Deserialize, Serialize};

use super::place::{country_stated, is_known, resolve, state_code};
use super::workplace::kind_of;
use crate::ingest::posting::Posting;
use crate::vocabulary::{Provenance, RemoteScopeKind, WorkplaceType};

/// Places of a posting at most; more is a list of all offices.
const PLACES_MAX: usize = 50;
/// Characters of the provider's words that are read.
const WORDS_MAX: usize = 2_000;
/// Words whose places are remembered: postings have few places, again and again.
const READ_MAX: u64 = 8_192;
/// Bytes of words that are remembered.
const READ_BYTES_MAX: usize = 200;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Location {
    pub raw: Option<String>,
    pub city: Option<String>,
    pub region: Option<String>,
    /// ISO 3166-2.
    pub region_code: Option<String>,
    /// The short English name.
    pub country: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country_code: Option<String>,
    pub macro_region: Option<String>,
    pub postal_code: Option<String>,
    pub is_remote: bool,
    /// From 0 to 1.
    pub confidence: f64,
    pub provenance: Provenance,
}

/// From where a remote or hybrid posting may be worked on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RemoteScope {
    pub kind: RemoteScopeKind,
    pub country_codes: Vec<String>,
    pub macros: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places {
    pub locations: Vec<Location>,
    /// What the words say of the workplace.
    pub workplace: Option<WorkplaceType>,
    pub warnings: Vec<String>,
}

struct Patterns {
    anywhere: Regex,
    workplace: Regex,
    limit: Regex,
    noise: Regex,
    rollup: Regex,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let compiled = |pattern: &str| Regex::new(pattern).expect("the pattern is valid");
    Patterns {
        anywhere: compiled(
            r"(?i)(?:^|[(\[,:–—-])\s*(?:or\s+)?(?:work(?:ing)? )?(?:from |based )?anywhere\b(?: (?:in|within|from|inside|across|throughout)\b(?: the\b)?)?",
        ),
        workplace: compiled(
            r"(?i)\b(?:fully |full |100% )?(?:remote(?:ly)?|hybride?|h[íi]brido|presencial|présentiel|vor ort|on[- ]?site|in[- ](?:office|person)|home[- ]?based|home[- ]?office|work from home|wfh|télétravail|teletrabajo|remot[oa]|à distance|zdaln\w+|hybryd\w+|ibrid[oa]|distributed|virtual)\b(?:[- ](?:first|friendly|only|work|eligible|based))?",
        ),
        limit: compiled(
            r"(?i)[- ](?:based|only|(?:strongly )?preferred|required|considered)\b|\b(?:(?:us|u\.s\.|eastern|central|mountain|pacific|atlantic|east coast|west coast|est|cst|mst|pst|et|ct|mt|pt)(?:\s*(?:,|/|&|\bor\b|\band\b)\s*)?)*\b(?:eastern|central|mountain|pacific|atlantic|east coast|west coast|est|cst|mst|pst|et|ct|mt|pt) (?:standard |daylight )?(?:time ?zones?|time|hours|tz)\b|\btime ?zones?\b|\b(?-i:EST|CST|MST|PST|EDT|CDT|MDT|PDT|CET|CEST)\b|\b(?:flexible|any) locations?\b|\blocations? flexible\b",
        ),
        // "IN" is Indiana but where it begins the words.
        noise: compiled(
            r"(?i)\b(?:office|available|update location|hq|headquarters?|greater|metro(?:politan)? area|area|based|region|within|in the|(?-i:[Ii]n)|continental|contiguous|mainland|preference for|preferred|preferably|ideally|open to|nationwide|domestic|everywhere|across|throughout|primarily|metroplex|metropolitan|suburbs|studio|hub|r&d cent(?:er|re)|showroom|with offices|off-?site|relocat(?:e|ion) to|must be (?:located|based))\b|[&+] other locations?|multiple locations?|various locations?|select locations?|^\s*(?:in|from)\s+",
        ),
        rollup: compiled(r"(?i)^\s*\d+\s+locations?\s*$|^\s*(?:multiple|various) locations?\s*$"),
    }
});

/// Reads the places a provider states, else those in its words.
pub fn read(posting: &Posting) -> Places {
    static READ: LazyLock<Cache<String, Places>> = LazyLock::new(|| Cache::new(READ_MAX));
    let words = posting.location_text.as_deref().unwrap_or_default();
    if !posting.places.is_empty() || posting.country.is_some() || words.len() > READ_BYTES_MAX {
        return read_anew(posting);
    }
    if let Some(read) = READ.get(words) {
        return read;
    }
    let places = read_anew(posting);
    READ.insert(words.to_owned(), places.clone());
    places
}

fn read_anew(posting: &Posting) -> Places {
    let words = plain(posting.location_text.as_deref().unwrap_or_default());
    let mut places = Places { workplace: kind(&words), ..Places::default() };
    if PATTERNS.rollup.is_match(&words) {
        places.warnings.push("LOCATION_ROLLUP".to_owned());
        return places;
    }
    places.locations = if posting.places.is_empty() { of_words(&words) } else { stated::places(&posting.places) };
    if let Some(code) = posting.country.as_deref().and_then(country_stated) {
        stated::first_within(&mut places.locations, &words, code);
    }
    // One who may work from a distance is hired at a place if there is one: the flat fields are that place's.
    places.locations.sort_by_key(|it| it.is_remote);
    places
}

fn of_words(words: &str) -> Vec<Location> {
    let read = || lists::parts(words).into_iter().flat_map(|part| read_part(&part)).take(PLACES_MAX).collect();
    let mut places = lists::bracketed(words).unwrap_or_else(read);
    settle::settle(&mut places);
    places
}

/// Where a remote or hybrid posting reaches.
pub fn scope(places: &[Location], workplace: Option<WorkplaceType>) -> Option<RemoteScope> {
    if !matches!(workplace, Some(WorkplaceType::Remote | WorkplaceType::Hybrid)) {
        return None;
    }
    let remote: Vec<&Location> = places.iter().filter(|it| it.is_remote).collect();
    let reach: Vec<&Location> = if remote.is_empty() { places.iter().collect() } else { remote };
    let mut country_codes: Vec<String> = reach.iter().filter_map(|it| it.country_code.clone()).collect();
    let mut macros: Vec<String> = reach.iter().filter_map(|it| it.macro_region.clone()).collect();
    country_codes.sort();
    country_codes.dedup();
    macros.sort();
    macros.dedup();
    let kind = if macros.iter().any(|it| it == "WORLDWIDE") {
        RemoteScopeKind::Worldwide
    } else if !macros.is_empty() {
        RemoteScopeKind::Regions
    } else if country_codes.is_empty() {
        RemoteScopeKind::Unknown
    } else {
        RemoteScopeKind::Countries
    };
    Some(RemoteScope { kind, country_codes, macros })
}

/// What words for places say of the workplace: one who works anywhere works from a distance.
fn kind(words: &str) -> Option<WorkplaceType> {
    kind_of(words).or_else(|| PATTERNS.anywhere.is_match(words).then_some(WorkplaceType::Remote))
}

fn read_part(part: &str) -> Vec<Location> {
    let is_remote = kind(part) == Some(WorkplaceType::Remote);
    let words = without_workplace(part);
    let raw = part.trim();
    // "(or Remote)" is parted behind its first bracket.
    let raw = if raw.contains(['(', '[']) { raw } else { raw.trim_end_matches([')', ']']) };
    let at = |mut place: Location| {
        place.raw = Some(raw.to_owned());
        place.is_remote = is_remote;
        // "US, TX, Remote" may be the name of a bucket; a place with a region is a place.
        if is_remote && place.region_code.is_some() && place.city.is_none() {
            place.confidence = place.confidence.min(0.5);
        }
        place
    };
    if words.is_empty() {
        return if is_remote { vec![at(Location { confidence: 0.9, ..resolve("") })] } else { Vec::new() };
    }
    // A name may hold what elsewhere is noise, as "San Francisco Bay Area" does.
    let whole = Some(tidy(&placed(part))).filter(|it| is_known(it) && is_named_whole(it));
    let words = whole.unwrap_or(words);
    if let Some(state) = state_code(&words).filter(|_| is_remote) {
        return vec![at(state)];
    }
    lists::places(&words).into_iter().map(at).collect()
}

/// Whether what elsewhere is noise belongs to names: no part of words that holds any is unknown without the others.
fn is_named_whole(words: &str) -> bool {
    words.split(',').map(str::trim).all(|it| !PATTERNS.noise.is_match(it) || is_known(it))
}

/// Words freed of what they say of the workplace, of brackets and dashes at the ends, and of noise.
fn without_workplace(part: &str) -> String {
    tidy(&PATTERNS.noise.replace_all(&placed(part), " "))
}

/// Words freed of what they say of the workplace.
fn placed(part: &str) -> String {
    let words = PATTERNS.workplace.replace_all(part, " ");
    let words = PATTERNS.limit.replace_all(&words, " ");
    match PATTERNS.anywhere.find(&words) {
        // Alone, it is the whole world.
        Some(found)
            if words[found.end()..].contains(char::is_alphanumeric) && !is_known(words[..found.start()].trim()) =>
        {
            words[found.end()..].to_owned()
        }
        _ => words.into_owned(),
    }
}

/// Words with the signs that are read, where wide ones of Asia, hyphens that do not break or underscores stand for them.
fn plain(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    for it in words.chars().take(WORDS_MAX) {
        match it {
            '（' | '【' => plain.push('('),
            '）' | '】' => plain.push(')'),
            '，' | '、' => plain.push(','),
            '；' => plain.push(';'),
            '：' => plain.push(':'),
            '／' => plain.push('/'),
            '\u{2010}' | '\u{2011}' => plain.push('-'),
            '_' => plain.push_str(" - "),
            it => plain.push(it),
        }
    }
    plain
}

fn tidy(words: &str) -> String {
    let words: String =
        words.chars().map(|it| if matches!(it, '(' | ')' | '[' | ']' | ':') { ',' } else { it }).collect();
    let tokens = words.split(',').map(|token| {
        token
            .trim()
            .trim_matches(|it: char| matches!(it, '-' | '–' | '—' | '/' | '.' | '·') || it.is_whitespace())
            .trim()
    });
    let tokens: Vec<String> =
        tokens.filter(|it| !it.is_empty()).map(|it| it.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    tokens.join(", ")
}

#[cfg(test)]
mod tests;
