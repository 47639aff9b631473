//! The places of a posting: split, freed of words for the workplace, resolved one by one, the physical ones first.

mod lists;
mod settle;
mod stated;

use std::sync::LazyLock;

use moka::sync::Cache;
use regex::Regex;
use serde::{Deserialize, Serialize};

use super::gazetteer;
use super::place::{country_stated, is_known, resolve, state_code};
use super::workplace::kind_of;
use crate::ingest::posting::Posting;
use crate::ingest::reader::is_placeholder;
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

/// Words for remote work in a language that puts no spaces between its words.
const REMOTE_UNSPACED: &str = "リモート(?:勤務|ワーク)|在宅勤務";

struct Patterns {
    anywhere: Regex,
    workplace: Regex,
    /// What says "remote" without being the word: "US-rem", and what no space ends.
    remote: Regex,
    limit: Regex,
    /// "Contiguous 48 States".
    lower_48: Regex,
    noise: Regex,
    rollup: Regex,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let compiled = |pattern: &str| Regex::new(pattern).expect("the pattern is valid");
    Patterns {
        anywhere: compiled(
            r"(?i)(?:^|[(\[,:–—-])\s*(?:or\s+)?(?:work(?:ing)? )?(?:from |based )?anywhere\b(?: (?:in|within|from|inside|across|throughout)\b(?: the\b)?)?",
        ),
        workplace: compiled(&format!(
            r"(?i)\b(?:fully |full |100% |work(?:ing)? )?(?:remote(?:ly)?|hybride?|h[íi]brido|presencial|présentiel|vor ort|on[- ]?site|in[- ](?:office|person)|home[- ]?based|home[- ]?office|work from home|wfh|télétravail|teletrabajo|remot[oa]|à distance|zdaln\w+|hybryd\w+|ibrid[oa]|distributed|virtual)\b(?:[- ](?:first|friendly|only|work|eligible|based))?|{REMOTE_UNSPACED}|(?-i:-[Rr]em|-REM)\b"
        )),
        remote: compiled(&format!(r"\b[A-Z]{{2}}-(?:[Rr]em|REM)\b|{REMOTE_UNSPACED}")),
        limit: compiled(
            r"(?i)[- ](?:based|only|(?:strongly )?preferred|required|considered)\b|\b(?:(?:us|u\.s\.|eastern|central|mountain|pacific|atlantic|east coast|west coast|est|cst|mst|pst|et|ct|mt|pt)(?:\s*(?:,|/|&|\bor\b|\band\b)\s*)?)*\b(?:eastern|central|mountain|pacific|atlantic|east coast|west coast|est|cst|mst|pst|et|ct|mt|pt) (?:standard |daylight )?(?:time ?zones?|time|hours|tz)\b|\btime ?zones?\b|\b(?-i:EST|CST|MST|PST|EDT|CDT|MDT|PDT|CET|CEST)\b|\b(?:flexible|any) locations?\b|\blocations? flexible\b",
        ),
        lower_48: compiled(
            r"(?i)\b(?:(?:contiguous|continental|lower) 48(?: (?:us |u\.s\. )?states)?|48 (?:contiguous|continental) (?:us |u\.s\. |united )?states)\b",
        ),
        // "IN" is Indiana but where it begins the words.
        noise: compiled(
            r"(?i)\b(?:office|available|update location|hq|headquarters?|greater|metro(?:politan)? area|area|based|region|within|in the|(?-i:[Ii]n)|continental|contiguous|mainland|eligible states|preference for|preferred|preferably|ideally|open to|nationwide|domestic|everywhere|across|throughout|primarily|metroplex|metropolitan|suburbs|studio|hub|r&d cent(?:er|re)|showroom|with offices|off-?site|relocat(?:e|ion) to|must be (?:located|based))\b|[&+] other locations?|multiple locations?|various locations?|select locations?|^\s*(?:in|from)\s+|\bnational\s*$",
        ),
        rollup: compiled(r"(?i)^\s*\d+\s+locations?\s*$|^\s*(?:multiple|various) locations?\s*$"),
    }
});

/// Reads the places a provider states, else those in its words.
pub fn read(posting: &Posting) -> Places {
    static READ: LazyLock<Cache<String, Places>> = LazyLock::new(|| Cache::new(READ_MAX));
    let words = posting.location_text.as_deref().unwrap_or_default();
    let is_more_told = !posting.places.is_empty() || posting.country.is_some() || posting.place_words.is_some();
    if is_more_told || words.len() > READ_BYTES_MAX {
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
    let is_rollup = PATTERNS.rollup.is_match(&words);
    if is_rollup {
        places.warnings.push("LOCATION_ROLLUP".to_owned());
    } else if posting.places.is_empty() {
        places.locations = of_words(&words);
    } else {
        places.locations = stated::places(&posting.places);
    }
    if !places.locations.iter().any(is_understood)
        && let Some(named) = named(posting)
    {
        places.locations = named;
    }
    if let Some(code) = posting.country.as_deref().and_then(country_stated).filter(|_| !is_rollup) {
        stated::first_within(&mut places.locations, &words, code);
    }
    places.locations = in_order(places.locations);
    places
}

/// The places that a field of the employer's own names, if it names any.
fn named(posting: &Posting) -> Option<Vec<Location>> {
    let read = of_words(&plain(posting.place_words.as_deref()?));
    let of_field = |it: Location| Location { provenance: Provenance::ProviderField, ..it };
    read.iter().any(is_understood).then(|| read.into_iter().map(of_field).collect())
}

/// Whether anything is known of a place but its words.
fn is_understood(place: &Location) -> bool {
    place.country_code.is_some() || place.city.is_some() || place.macro_region.is_some()
}

/// Places with the one first that the flat fields are of, each once. One who may work from a distance is hired at a place if
/// there is one; what is not understood tells less than what is, and a region of the world less than a city.
fn in_order(mut places: Vec<Location>) -> Vec<Location> {
    let has_city = places.iter().any(|it| it.city.is_some());
    places.sort_by_key(|it| (it.is_remote, !is_understood(it), has_city && it.macro_region.is_some()));
    let mut once: Vec<Location> = Vec::with_capacity(places.len());
    for place in places {
        if !once.iter().any(|it| is_same(it, &place)) {
            once.push(place);
        }
    }
    once
}

/// Whether a city, or what the same words say, is there already. Two counties of one state are two places.
fn is_same(one: &Location, other: &Location) -> bool {
    one.is_remote == other.is_remote
        && one.country_code == other.country_code
        && one.region_code == other.region_code
        && one.city == other.city
        && one.macro_region == other.macro_region
        && (one.city.is_some() || one.raw == other.raw)
}

/// One who works from a distance does so in all places that are told, where none is told to be the remote one.
pub(super) fn spread(places: &mut [Location], workplace: Option<WorkplaceType>) {
    if workplace == Some(WorkplaceType::Remote) && !places.iter().any(|it| it.is_remote) {
        places.iter_mut().for_each(|it| it.is_remote = true);
    }
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
    let is_remote = || PATTERNS.anywhere.is_match(words) || PATTERNS.remote.is_match(words);
    kind_of(words).or_else(|| is_remote().then_some(WorkplaceType::Remote))
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
    // "NA" is North America.
    if is_placeholder(&words) && gazetteer::macro_region(&words).is_none() {
        return if is_remote { vec![at(Location { confidence: 0.9, ..resolve("") })] } else { Vec::new() };
    }
    // A name may hold what elsewhere is noise, as "San Francisco Bay Area" does.
    let whole = Some(tidy(&placed(part))).filter(|it| is_known(it) && is_named_whole(it));
    let words = whole.unwrap_or(words);
    if let Some(state) = state_code(&words).or_else(|| lists::part_behind_remote(part)).filter(|_| is_remote) {
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
    let words = PATTERNS.lower_48.replace_all(&words, "United States");
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
