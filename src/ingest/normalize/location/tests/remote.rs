//! Remote work in or beside places: in lists, in brackets, anywhere in a country, and glued to its code.

use super::{WorkplaceType, assert_told, place_told, read_words, spread};

/// A part of a list that says "remote" beside a place is about working remotely in that place.
#[test]
fn remote_beside_a_place_in_a_list_is_within_it() {
    assert_told(&[
        ("Ohio | Remote; Denver, CO", &["Denver|US-CO|US", "-|US-OH|US|remote"]),
        ("Lisbon, Portugal / Remote; Madrid, Spain", &["Madrid|ES-MD|ES", "Lisbon|PT-11|PT|remote"]),
        ("Remote | Nevada; Remote | Utah", &["-|US-NV|US|remote", "-|US-UT|US|remote"]),
        ("Canada - Remote; Mexico", &["-|-|MX", "-|-|CA|remote"]),
        ("Remote / Ireland\nBoston, MA", &["Boston|US-MA|US", "-|-|IE|remote"]),
        ("New York | Remote", &["New York|US-NY|US", "-|-|-|remote"]),
        (
            "Boston | Denver | Remote; Austin, TX",
            &["Boston|US-MA|US", "Denver|US-CO|US", "Austin|US-TX|US", "-|-|-|remote"],
        ),
    ]);
}

#[test]
fn anywhere_in_a_country_is_remote_there() {
    assert_told(&[
        ("Remote (anywhere in the United States)", &["-|-|US|remote"]),
        ("Acme (anywhere in the U.S.)", &["-|-|US|remote"]),
        ("(anywhere in the U.S.)", &["-|-|US|remote"]),
        ("Anywhere in Canada", &["-|-|CA|remote"]),
        ("Anywhere within Europe", &["-|-|EUROPE|remote"]),
        ("Remote, anywhere in Germany", &["-|-|DE|remote"]),
        ("Remote - Anywhere in the US", &["-|-|US|remote"]),
        ("Denver, CO (or anywhere in the US)", &["Denver|US-CO|US", "-|-|US|remote"]),
        ("Anywhere across the UK", &["-|-|GB|remote"]),
        ("Berlin - Anywhere in Europe", &["Berlin|DE-BE|DE|remote"]),
        ("Work from anywhere in Brazil", &["-|-|BR|remote"]),
        ("Remote - based anywhere within Texas (TX)", &["-|US-TX|US|remote"]),
        ("Anywhere, Spain", &["-|-|ES|remote"]),
        ("Work Remotely Anywhere in the Contiguous 48 States", &["-|-|US|remote"]),
        ("Remote - US Eligible States", &["-|-|US|remote"]),
    ]);
}

#[test]
fn small_words_are_no_states() {
    assert_told(&[
        ("New York Office (or Remote)", &["New York|US-NY|US", "-|-|-|remote"]),
        ("Denver (or remote)", &["Denver|US-CO|US", "-|-|-|remote"]),
        ("Denver, or Remote", &["Denver|US-CO|US", "-|-|-|remote"]),
        ("Berlin (or Remote in Germany)", &["Berlin|DE-BE|DE", "-|-|DE|remote"]),
        ("Denver, CO (or remote in US)", &["Denver|US-CO|US", "-|-|US|remote"]),
        ("Portland, OR (or Remote)", &["Portland|US-OR|US", "-|-|-|remote"]),
        ("austin, tx", &["Austin|US-TX|US"]),
        ("portland, me", &["Portland|US-ME|US"]),
        ("Remote OR Denver", &["Denver|US-CO|US", "-|-|-|remote"]),
    ]);
}

#[test]
fn a_bracket_between_two_places_is_in_the_words_of_neither() {
    let raw = |words: &str| read_words(words).locations.into_iter().filter_map(|it| it.raw).collect::<Vec<_>>();
    assert_eq!(raw("New York Office (or Remote)"), ["New York Office", "Remote"]);
    assert_eq!(raw("Remote (US)"), ["Remote (US)"]);
}

#[test]
fn remote_may_be_glued_to_a_code() {
    assert_told(&[
        ("Chicago, US-Remote", &["Chicago|US-IL|US", "-|-|US|remote"]),
        ("US-Remote", &["-|-|US|remote"]),
        ("UK-Remote", &["-|-|GB|remote"]),
        ("Remote-US", &["-|-|US|remote"]),
        ("Austin, TX, US-Remote", &["Austin|US-TX|US", "-|-|US|remote"]),
        ("TX-Remote", &["-|US-TX|US|remote"]),
        ("US-Remote; CA-Remote", &["-|-|US|remote", "-|-|-|remote"]),
        ("US-Remote, UK-Remote", &["-|-|US|remote", "-|-|GB|remote"]),
        ("Toronto, Canada-Remote", &["Toronto|CA-ON|CA", "-|-|CA|remote"]),
        ("Berlin, Remote-EU", &["Berlin|DE-BE|DE", "-|-|EU|remote"]),
        ("US-rem", &["-|-|US|remote"]),
        ("Remote-UK&I", &["-|-|GB|remote", "-|-|IE|remote"]),
        ("Remote-Iberia", &["-|-|ES|remote", "-|-|PT|remote"]),
    ]);
}

#[test]
fn remote_work_has_words_without_spaces() {
    assert_told(&[
        ("リモート勤務", &["-|-|-|remote"]),
        ("在宅勤務", &["-|-|-|remote"]),
        ("日本（リモートワーク）", &["-|-|JP|remote"]),
        ("日本、在宅勤務", &["-|-|JP|remote"]),
    ]);
}

#[test]
fn remote_in_several_countries_is_remote_in_each() {
    assert_told(&[
        ("Remote (US/Canada)", &["-|-|US|remote", "-|-|CA|remote"]),
        ("Remote US/Canada", &["-|-|US|remote", "-|-|CA|remote"]),
        ("Remote (UK or Ireland)", &["-|-|GB|remote", "-|-|IE|remote"]),
        ("US/Canada (Remote)", &["-|-|US|remote", "-|-|CA|remote"]),
        ("US, Canada", &["-|-|US", "-|-|CA"]),
        ("US, UK", &["-|-|US", "-|-|GB"]),
        ("Remote (US, Canada, UK)", &["-|-|US|remote", "-|-|CA|remote", "-|-|GB|remote"]),
        ("Remote - USA, CAN, MEX", &["-|-|US|remote", "-|-|CA|remote", "-|-|MX|remote"]),
        ("Remote - US: All locations", &["-|-|US|remote"]),
        ("Remote; US, Canada, UK", &["-|-|US|remote", "-|-|CA|remote", "-|-|GB|remote"]),
        ("Boston, MA; U.S. Remote", &["Boston|US-MA|US", "-|-|US|remote"]),
        ("Boston, MA. Remote", &["Boston|US-MA|US", "-|-|-|remote"]),
    ]);
}

#[test]
fn remote_behind_several_cities_is_a_place_of_its_own() {
    assert_told(&[
        ("SF, NYC, Remote", &["San Francisco|US-CA|US", "New York|US-NY|US", "-|-|-|remote"]),
        ("Dublin, London, Remote", &["Dublin|IE-D|IE", "London|GB-LND|GB", "-|-|-|remote"]),
        ("Austin, TX, Denver, CO, Remote", &["Austin|US-TX|US", "Denver|US-CO|US", "-|-|-|remote"]),
        ("London, Remote", &["London|GB-LND|GB|remote"]),
        ("Austin, TX, Remote", &["Austin|US-TX|US|remote"]),
        ("Spain, Italy, Remote", &["-|-|ES|remote", "-|-|IT|remote"]),
    ]);
}

/// The whole list was remote, in the first city of it.
#[test]
fn remote_among_several_cities_is_a_place_of_its_own() {
    assert_told(&[
        (
            "US-Remote, Chicago, Seattle, San Francisco",
            &["Chicago|US-IL|US", "Seattle|US-WA|US", "San Francisco|US-CA|US", "-|-|US|remote"],
        ),
        ("Chicago, US-Remote, Toronto", &["Chicago|US-IL|US", "Toronto|CA-ON|CA", "-|-|US|remote"]),
        (
            "Remote US, SF, SEA, NYC, CHI",
            &["San Francisco|US-CA|US", "Seattle|US-WA|US", "New York|US-NY|US", "Chicago|US-IL|US", "-|-|US|remote"],
        ),
        ("Remote, Lagos, Nigeria", &["Lagos|NG-LA|NG|remote"]),
        ("Remote - USA, Portland, Oregon", &["Portland|US-OR|US|remote"]),
    ]);
}

/// Who works remotely by the body was at an office, as the words for the place do not say so.
#[test]
fn who_works_remotely_does_so_in_all_places_where_none_is_the_remote_one() {
    let told = |words: &str, workplace: WorkplaceType| {
        let mut places = read_words(words).locations;
        spread(&mut places, Some(workplace));
        places.iter().map(place_told).collect::<Vec<_>>()
    };
    assert_eq!(told("United States", WorkplaceType::Remote), ["-|-|US|remote"]);
    assert_eq!(
        told("New York; San Francisco", WorkplaceType::Remote),
        ["New York|US-NY|US|remote", "San Francisco|US-CA|US|remote"]
    );
    assert_eq!(told("Berlin or Remote (EU)", WorkplaceType::Remote), ["Berlin|DE-BE|DE", "-|-|EU|remote"]);
    assert_eq!(told("Berlin", WorkplaceType::Hybrid), ["Berlin|DE-BE|DE"]);
}

#[test]
fn a_state_may_stand_behind_small_words() {
    assert_told(&[
        ("Remote in TX", &["-|US-TX|US|remote"]),
        ("Remote within NY", &["-|US-NY|US|remote"]),
        ("Remote from WA", &["-|US-WA|US|remote"]),
        ("Remote from CA", &["-|-|-|remote"]),
        ("Remote - East Coast (NY, NJ, PA)", &["-|-|US|remote"]),
        ("Remote (must reside in AZ, CO, TX, VA)", &["-|-|US|remote"]),
    ]);
}
