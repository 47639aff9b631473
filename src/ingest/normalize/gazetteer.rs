//! Countries, their parts, and cities: names and codes, in lower case and without accents.

mod names;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use rust_iso3166::iso3166_2::Subdivision;
use unicode_normalization::UnicodeNormalization;

use self::names::{COUNTRY_ALIASES, COUNTRY_SPELLINGS, MACROS, NATIONS, REGION_ALIASES};

/// Cities people hire in, chosen by hand, with their other names.
const CHOSEN: &str = include_str!("gazetteer.tsv");
/// All cities that are large enough.
const CITIES: &str = include_str!("cities.tsv");
/// How much more likely a chosen city is meant than another of its size.
const CHOSEN_WEIGHT: u32 = 5;

/// Short English names where the standard's are long.
const SHORT_NAMES: [(&str, &str); 31] = [
    ("US", "United States"),
    ("GB", "United Kingdom"),
    ("KR", "South Korea"),
    ("KP", "North Korea"),
    ("RU", "Russia"),
    ("VN", "Vietnam"),
    ("TW", "Taiwan"),
    ("IR", "Iran"),
    ("SY", "Syria"),
    ("VE", "Venezuela"),
    ("BO", "Bolivia"),
    ("TZ", "Tanzania"),
    ("MD", "Moldova"),
    ("LA", "Laos"),
    ("CZ", "Czechia"),
    ("NL", "Netherlands"),
    ("PH", "Philippines"),
    ("AE", "United Arab Emirates"),
    ("DO", "Dominican Republic"),
    ("HK", "Hong Kong"),
    ("MO", "Macao"),
    ("TR", "Türkiye"),
    ("CI", "Côte d'Ivoire"),
    ("CD", "DR Congo"),
    ("CG", "Congo"),
    ("BN", "Brunei"),
    ("MK", "North Macedonia"),
    ("PS", "Palestine"),
    ("FM", "Micronesia"),
    ("VA", "Vatican City"),
    ("XK", "Kosovo"),
];

const EU: &str = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";
const EFTA: &str = "CH IS LI NO";
const EEA_REST: &str = "IS LI NO";
const EUROPE_REST: &str = "AD AL BA BY GB GE MC MD ME MK RS RU SM UA VA XK";
const LATIN: &str = "AR BO BR CL CO CR CU DO EC GT HN HT MX NI PA PE PR PY SV UY VE";
const SOUTH: &str = "AR BO BR CL CO EC GY PE PY SR UY VE";
const GULF: &str = "AE BH IL IQ IR JO KW LB OM PS QA SA SY TR YE";
const MAGHREB: &str = "DZ EG LY MA SD TN";
const AFRICAN: &str = "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RW SC SD SL SN SO SS ST SZ TD TG TN TZ UG ZA ZM ZW";
const ASIAN: &str = "AF BD BN BT CN HK ID IN JP KG KH KP KR KZ LA LK MM MN MO MV MY NP PH PK SG TH TJ TL TM TW UZ VN";
const OCEANIAN: &str = "AU FJ NZ PG";

/// Which countries the regions of the world hold. Where a term has no fixed meaning, the wider one in use.
const MEMBERS: [(&str, &[&str]); 17] = [
    ("EU", &[EU]),
    ("EEA", &[EU, EEA_REST]),
    ("EUROPE", &[EU, EFTA, EUROPE_REST]),
    ("EMEA", &[EU, EFTA, EUROPE_REST, GULF, AFRICAN]),
    ("DACH", &["AT CH DE"]),
    ("NORDICS", &["DK FI IS NO SE"]),
    ("BENELUX", &["BE LU NL"]),
    ("CEE", &["AL BA BG CZ EE HR HU LT LV ME MD MK PL RO RS SI SK UA XK"]),
    ("NORTH_AMERICA", &["CA MX US"]),
    ("SOUTH_AMERICA", &[SOUTH]),
    ("LATAM", &[LATIN]),
    ("AMER", &["CA US", LATIN, SOUTH]),
    ("MENA", &[GULF, MAGHREB]),
    ("MIDDLE_EAST", &[GULF]),
    ("AFRICA", &[AFRICAN]),
    ("ASIA", &[ASIAN, GULF]),
    ("APAC", &[ASIAN, OCEANIAN]),
];

/// Countries whose parts are written by their code after a comma.
const CODED: [&str; 5] = ["US", "CA", "AU", "BR", "IN"];

/// What may stand behind the name of a part of a country: "Aichi Prefecture".
const PARTS: [&str; 4] = [" district", " governorate", " prefecture", " province"];

/// Words of several languages that are codes of parts of countries, or towns, only in capitals: "or Remote" is not in Oregon.
const SMALL_WORDS: [&str; 5] = ["as", "in", "on", "or", "to"];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct City {
    pub name: &'static str,
    pub region_code: Option<&'static str>,
    pub country_code: &'static str,
    /// How likely it is meant, among those of its name: thousands of people, of chosen cities more.
    pub weight: u32,
    /// Whether people hire there, so that it is meant before larger namesakes elsewhere.
    pub is_chosen: bool,
    /// Whether it was found by another name than its own.
    pub is_alias: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    pub code: &'static str,
    pub name: &'static str,
    pub country_code: &'static str,
    /// What the standard calls it: "Province", "Country".
    pub kind: &'static str,
}

struct Gazetteer {
    countries: HashMap<String, &'static str>,
    /// Codes of three letters, and of two that no state shares a meaning with here.
    country_codes: HashMap<&'static str, &'static str>,
    regions: HashMap<String, Vec<Region>>,
    cities: HashMap<String, Vec<City>>,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::read);

impl Gazetteer {
    fn read() -> Self {
        let mut countries = HashMap::new();
        let mut country_codes = HashMap::new();
        let mut regions: HashMap<String, Vec<Region>> = HashMap::new();
        for country in rust_iso3166::ALL {
            countries.insert(key(country.name), country.alpha2);
            countries.insert(key(country_name(country.alpha2).unwrap_or(country.name)), country.alpha2);
            country_codes.insert(country.alpha2, country.alpha2);
            country_codes.insert(country.alpha3, country.alpha2);
            for part in country.subdivisions().unwrap_or_default() {
                let region = region_of(part);
                regions.entry(key(part.name)).or_default().push(region);
                if CODED.contains(&country.alpha2) {
                    regions.entry(key(part.region_code)).or_default().push(region);
                }
            }
        }
        countries.extend(COUNTRY_ALIASES.iter().map(|(name, code)| (key(name), *code)));
        for (code, names) in COUNTRY_SPELLINGS {
            countries.extend(names.split('|').map(|name| (key(name), *code)));
        }
        for &(name, code) in REGION_ALIASES {
            let known = regions.entry(key(name)).or_default();
            known.extend(region_by_code(code).filter(|it| !known.iter().any(|other| other.code == it.code)));
        }
        Self { countries, country_codes, regions, cities: cities_by_name() }
    }
}

fn cities_by_name() -> HashMap<String, Vec<City>> {
    let mut cities: HashMap<String, Vec<City>> = HashMap::with_capacity(CITIES.len() / 20);
    let chosen = CHOSEN.lines().map(|line| (line, CHOSEN_WEIGHT));
    for (line, weight) in chosen.chain(CITIES.lines().map(|line| (line, 1))).filter(|(line, _)| !line.starts_with('#'))
    {
        let mut columns = line.split('\t');
        let (Some(name), Some(region), Some(country_code)) = (columns.next(), columns.next(), columns.next()) else {
            continue;
        };
        let thousands: u32 = columns.next().and_then(|it| it.parse().ok()).unwrap_or(0);
        let city = |is_alias| City {
            name,
            region_code: Some(region).filter(|it| !it.is_empty()),
            country_code,
            weight: thousands * weight,
            is_chosen: weight == CHOSEN_WEIGHT,
            is_alias,
        };
        let own = key(name);
        let aliases = columns.next().unwrap_or_default().split(',').filter(|it| !it.is_empty()).map(key);
        // A spelling without accents is the same name already.
        for alias in aliases.filter(|it| *it != own) {
            add(&mut cities, alias, city(true));
        }
        add(&mut cities, own, city(false));
    }
    cities
}

/// Most names are one city's: room for one keeps what is loaded small, and loading fast.
fn add(cities: &mut HashMap<String, Vec<City>>, key: String, city: City) {
    cities.entry(key).or_insert_with(|| Vec::with_capacity(1)).push(city);
}

/// How names are compared: without accents, case, hyphens, and with one spelling of what is often shortened.
pub fn key(name: &str) -> String {
    let plain: Cow<'_, str> = if name.is_ascii() {
        name.into()
    } else {
        name.nfd().filter(|it| !('\u{300}'..='\u{36f}').contains(it)).nfc().collect::<String>().to_lowercase().into()
    };
    let mut key = String::with_capacity(plain.len());
    for word in plain
        .split(|it: char| it.is_whitespace() || matches!(it, '-' | '\u{2010}' | '\u{2011}'))
        .filter(|it| !it.is_empty())
    {
        if !key.is_empty() {
            key.push(' ');
        }
        let start = key.len();
        key.push_str(word);
        key[start..].make_ascii_lowercase();
        let short = match &key[start..] {
            "saint" | "st." => "st",
            "sainte" | "ste." => "ste",
            "fort" | "ft." => "ft",
            "mount" | "mt." => "mt",
            _ => continue,
        };
        key.replace_range(start.., short);
    }
    key
}

/// A country by its name, never by a code.
pub fn country_by_name(name: &str) -> Option<&'static str> {
    let key = key(name);
    let known = |key: &str| GAZETTEER.countries.get(key).copied();
    known(&key).or_else(|| key.strip_prefix("the ").and_then(known))
}

/// A country by its code in capitals.
pub fn country_by_code(code: &str) -> Option<&'static str> {
    GAZETTEER.country_codes.get(code).copied()
}

/// The short English name of a country.
pub fn country_name(code: &str) -> Option<&'static str> {
    let short = SHORT_NAMES.iter().find(|(it, _)| *it == code).map(|(_, name)| *name);
    short.or_else(|| rust_iso3166::from_alpha2(code).map(|it| it.name))
}

/// Whether the parts of a country are states, which are named behind their cities.
pub fn has_states(country_code: &str) -> bool {
    CODED.contains(&country_code)
}

/// Parts of countries by name or, for some countries, by code.
pub fn regions(name: &str) -> &'static [Region] {
    if SMALL_WORDS.contains(&name.trim()) {
        return &[];
    }
    let key = key(name);
    let known = |key: &str| GAZETTEER.regions.get(key);
    // "West District" is a part of any town.
    let is_side = |it: &&str| matches!(*it, "east" | "west" | "north" | "south" | "central");
    let shorter = || PARTS.iter().find_map(|it| key.strip_suffix(it)).filter(|it| !is_side(it));
    known(&key).or_else(|| known(shorter()?)).map_or(&[], Vec::as_slice)
}

/// The name of a state of the United States, by its name or code.
pub fn state_name(token: &str) -> Option<&'static str> {
    regions(token).iter().find(|it| it.country_code == "US").map(|it| it.name)
}

/// A nation within the United Kingdom.
pub fn nation(name: &str) -> Option<Region> {
    let wanted = key(name);
    let &(_, code, name) = NATIONS.iter().find(|(it, _, _)| *it == wanted)?;
    region_by_code(code).map(|it| Region { name, ..it })
}

/// A part of a country by its whole code.
pub fn region_by_code(code: &str) -> Option<Region> {
    rust_iso3166::iso3166_2::from_code(code).map(|it| region_of(&it))
}

pub fn cities(name: &str) -> &'static [City] {
    if SMALL_WORDS.contains(&name.trim()) {
        return &[];
    }
    GAZETTEER.cities.get(&key(name)).map_or(&[], Vec::as_slice)
}

/// A region of the world by its name. "NA" is one in capitals alone.
pub fn macro_region(name: &str) -> Option<&'static str> {
    let key = key(name);
    let wanted = key.strip_prefix("the ").unwrap_or(&key);
    let is_written = wanted != "na" || name.trim() == "NA";
    MACROS.iter().find(|(it, _)| *it == wanted && is_written).map(|(_, code)| *code)
}

/// The regions of the world that a country is in, by their codes; `WORLDWIDE` is always one.
pub fn macros_of(country_code: &str) -> impl Iterator<Item = &'static str> {
    let is_in = move |codes: &str| codes.split(' ').any(|code| code == country_code);
    MEMBERS
        .iter()
        .filter(move |(_, codes)| codes.iter().any(|it| is_in(it)))
        .map(|(region, _)| *region)
        .chain(std::iter::once("WORLDWIDE"))
}

fn region_of(part: &Subdivision) -> Region {
    // The standard files "City of London" under "London, City of".
    let name = part.name.split([',', ';', '[']).next().unwrap_or(part.name).trim();
    Region { code: part.code, name, country_code: part.country_code, kind: part.subdivision_type }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_city_has_codes_of_the_standard() {
        let is_odd = |city: &&City| {
            let is_known = |code: &str| region_by_code(code).is_some_and(|it| it.country_code == city.country_code);
            country_name(city.country_code).is_none() || !city.region_code.is_none_or(is_known)
        };
        assert_eq!(GAZETTEER.cities.values().flatten().filter(is_odd).collect::<Vec<_>>(), Vec::<&City>::new());
    }

    #[test]
    fn every_region_of_the_world_has_members_of_the_standard() {
        for (_, region) in MACROS.iter().filter(|(_, region)| *region != "WORLDWIDE") {
            assert!(MEMBERS.iter().any(|(it, _)| it == region), "{region}");
        }
        for code in MEMBERS.iter().flat_map(|(_, codes)| codes.iter().flat_map(|it| it.split(' '))) {
            assert!(country_name(code).is_some(), "{code}");
        }
        let of_germany: Vec<_> = macros_of("DE").collect();
        assert_eq!(of_germany, ["EU", "EEA", "EUROPE", "EMEA", "DACH", "WORLDWIDE"]);
    }

    #[test]
    fn names_are_found_in_any_case_and_without_accents() {
        assert_eq!(country_by_name("  germany "), Some("DE"));
        assert_eq!(country_by_name("United States of America"), Some("US"));
        assert_eq!(cities("ZURICH")[0].country_code, "CH");
        assert_eq!(cities("sao paulo")[0].country_code, "BR");
    }
}
