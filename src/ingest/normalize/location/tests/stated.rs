//! Places that a provider states in fields.

use super::*;
use crate::ingest::posting::StatedPlace;

/// The place of these fields as `City|region|country` with its confidence.
fn told_of(city: &str, region: &str, country: &str) -> (String, f64) {
    let given = |it: &str| Some(it.to_owned()).filter(|it| !it.is_empty());
    let place =
        StatedPlace { city: given(city), region: given(region), country: given(country), ..StatedPlace::default() };
    let read = read(&Posting { places: vec![place], ..Posting::default() }).locations.remove(0);
    let word = |it: Option<String>| it.unwrap_or_else(|| "-".to_owned());
    (format!("{}|{}|{}", word(read.city), word(read.region_code), word(read.country_code)), read.confidence)
}

/// Codes of countries were read as those of states: Bavaria was in Delaware, Canada nowhere.
#[test]
fn a_country_that_is_stated_counts() {
    let vectors = [
        (["", "Bayern", "DE"], "-|DE-BY|DE"),
        (["Whitefield", "", "IN"], "Whitefield|-|IN"),
        (["", "", "CA"], "-|-|CA"),
        (["London", "ON", "CA"], "London|CA-ON|CA"),
        (["London", "", "CA"], "London|CA-ON|CA"),
        (["San Francisco", "California", "United States"], "San Francisco|US-CA|US"),
        (["San Francisco", "CA", "USA"], "San Francisco|US-CA|US"),
        (["Tbilisi", "", "GE"], "Tbilisi|-|GE"),
        (["Atlanta", "Georgia", "US"], "Atlanta|US-GA|US"),
        (["Berlin", "Berlin", "de"], "Berlin|DE-BE|DE"),
        (["Toronto", "Ontario", "CAN"], "Toronto|CA-ON|CA"),
        (["Santiago", "", "CL"], "Santiago|CL-RM|CL"),
        (["", "", "Scotland"], "-|GB-SCT|GB"),
        (["Portree", "", "Scotland"], "Portree|GB-SCT|GB"),
        (["Luxembourg", "", "LU"], "Luxembourg|LU-LU|LU"),
        (["Guatemala", "", "GT"], "Guatemala|GT-01|GT"),
        (["", "Washington", "US"], "-|US-WA|US"),
        (["", "New York", "United States"], "-|US-NY|US"),
        (["", "London", "GB"], "London|GB-LND|GB"),
        (["Humacao", "", "Puerto Rico"], "Humacao|-|PR"),
        (["", "", "Georgia"], "-|-|GE"),
    ];
    let read = vectors.map(|([city, region, country], _)| told_of(city, region, country));
    let expected = vectors.map(|(_, told)| (told.to_owned(), 0.99));
    assert_eq!(read, expected);
}

#[test]
fn a_country_that_is_guessed_is_as_sure_as_the_guess() {
    assert_eq!(told_of("London", "", ""), ("London|GB-LND|GB".to_owned(), 0.7));
    assert_eq!(told_of("Austin", "TX", ""), ("Austin|US-TX|US".to_owned(), 0.9));
    assert_eq!(told_of("", "Washington", ""), ("-|US-WA|US".to_owned(), 0.9));
    assert_eq!(told_of("Atlanta", "", "Georgia"), ("Atlanta|US-GA|US".to_owned(), 0.9));
    assert_eq!(told_of("", "PA", ""), told_of("", "", "?"), "a state or Panama");
}

/// Waterloo was moved from Ontario to Iowa, and none doubted it.
#[test]
fn a_region_of_another_country_stays_in_its_own_words() {
    assert_eq!(told_of("Waterloo", "Ontario", "USA"), ("Waterloo|-|US".to_owned(), 0.7));
    assert_eq!(told_of("Waterloo", "ON", "USA"), ("Waterloo|-|US".to_owned(), 0.7));
    assert_eq!(told_of("Waterloo", "Ontario", "Canada"), ("Waterloo|CA-ON|CA".to_owned(), 0.99));
}

#[test]
fn a_region_in_the_field_for_a_city_is_no_city() {
    let vectors = [
        (["Illinois", "Illinois", "USA"], "-|US-IL|US"),
        (["Florida", "", "US"], "-|US-FL|US"),
        (["New Jersey", "NJ", "USA"], "-|US-NJ|US"),
        (["England", "London", "United Kingdom"], "London|GB-LND|GB"),
        (["New York", "New York", "USA"], "New York|US-NY|US"),
        (["Washington", "DC", "USA"], "Washington|US-DC|US"),
        (["Ontario", "Ohio", "United States"], "Ontario|US-OH|US"),
    ];
    assert_eq!(
        vectors.map(|([city, region, country], _)| told_of(city, region, country).0),
        vectors.map(|(_, told)| told)
    );
}

/// The places of words whose first one's country is stated, as `told`.
fn told_within(words: &str, country: &str) -> Vec<String> {
    let given = |it: &str| Some(it.to_owned()).filter(|it| !it.is_empty());
    let posting = Posting { location_text: given(words), country: given(country), ..Posting::default() };
    read(&posting).locations.iter().map(place_told).collect()
}

#[test]
fn the_country_of_the_first_place_tells_what_its_words_leave_open() {
    let vectors: [(&str, &str, &[&str]); 13] = [
        ("London; Leeds", "CA", &["London|CA-ON|CA", "Leeds|GB-LDS|GB"]),
        ("Remote", "DE", &["-|-|DE|remote"]),
        ("", "FR", &["-|-|FR"]),
        ("HQ", "US", &["-|-|US"]),
        ("Georgia", "US", &["-|US-GA|US"]),
        ("Paris, France", "US", &["Paris|FR-75C|FR"]),
        ("London", "DE", &["London|GB-LND|GB"]),
        ("EMEA", "GB", &["-|-|EMEA"]),
        ("Remote (outside the US)", "US", &["-|-|-|remote"]),
        ("HQ; London", "US", &["London|GB-LND|GB"]),
        ("Hybrid; London", "US", &["London|GB-LND|GB"]),
        ("Greater London", "US", &["London|GB-LND|GB"]),
        ("Birmingham HQ", "US", &["Birmingham|US-AL|US"]),
    ];
    let misread: Vec<_> = vectors
        .iter()
        .map(|(words, country, told)| (told_within(words, country), *told))
        .filter(|(a, b)| a != b)
        .collect();
    assert!(misread.is_empty(), "{misread:#?}");
}

#[test]
fn a_field_that_repeats_the_country_or_the_continent_is_no_city() {
    let vectors = [
        (["Europe", "Europe", "European Union"], "-|-|-"),
        (["Remote", "Remote", "United States"], "-|-|US"),
        (["United States", "", "United States"], "-|-|US"),
        (["", "Sweden", "Sweden"], "-|-|SE"),
        (["Singapore", "", "Singapore"], "Singapore|-|SG"),
        (["Luxembourg", "Luxembourg", "Luxembourg"], "Luxembourg|-|LU"),
        (["Mexico City", "Mexico", "Mexico"], "Mexico City|MX-CMX|MX"),
        (["United Kingdom", "", ""], "-|-|GB"),
        (["Singapore", "", ""], "Singapore|-|SG"),
    ];
    assert_eq!(
        vectors.map(|([city, region, country], _)| told_of(city, region, country).0),
        vectors.map(|(_, told)| told)
    );
}

#[test]
fn a_city_is_called_as_all_call_it() {
    let vectors = [
        (["New York City", "New York", "United States"], "New York|US-NY|US"),
        (["Bangalore", "Karnataka", "India"], "Bengaluru|IN-KA|IN"),
        (["München", "", "DE"], "Munich|DE-BY|DE"),
        (["Berlin, Germany", "", "Germany"], "Berlin|DE-BE|DE"),
        (["Town Hall, Austin", "Texas", "United States"], "Austin|US-TX|US"),
        (["Smalltown", "Texas", "United States"], "Smalltown|US-TX|US"),
        (["Whitefield", "Karnataka", "India"], "Whitefield|IN-KA|IN"),
        (["London", "England", "GB"], "London|GB-LND|GB"),
        (["Matamoros", "Coahuila", "MX"], "Matamoros|MX-COA|MX"),
        (["Hong Kong", "", "CN"], "Hong Kong|-|HK"),
    ];
    assert_eq!(
        vectors.map(|([city, region, country], _)| told_of(city, region, country).0),
        vectors.map(|(_, told)| told)
    );
}

/// The places of words and the cities and countries of their addresses, all of a posting that is remote, as `told`.
fn told_beside(stated: &[(&str, &str, &str)]) -> Vec<String> {
    let given = |it: &str| Some(it.to_owned()).filter(|it| !it.is_empty());
    let place = |(words, city, country): &(&str, &str, &str)| StatedPlace {
        raw: given(words),
        city: given(city),
        country: given(country),
        is_remote: true,
        ..StatedPlace::default()
    };
    let posting = Posting { places: stated.iter().map(place).collect(), ..Posting::default() };
    read(&posting).locations.iter().map(place_told).collect()
}

/// Who may work anywhere in Europe was in the office that the address is of, and the other office was remote.
#[test]
fn words_that_reach_further_than_an_address_count_before_it() {
    let in_berlin = ("Remote - Europe", "Berlin", "Germany");
    assert_eq!(
        told_beside(&[in_berlin, ("Copenhagen", "Copenhagen", "Denmark")]),
        ["Copenhagen|DK-84|DK", "-|-|EUROPE|remote"]
    );
    assert_eq!(told_beside(&[("Worldwide", "Shenzhen", "China")]), ["-|-|WORLDWIDE|remote"]);
    assert_eq!(told_beside(&[("Remote", "Toronto", "Canada")]), ["-|-|CA|remote"]);
    assert_eq!(told_beside(&[("Remote (US)", "New York", "United States")]), ["-|-|US|remote"]);
    assert_eq!(
        told_beside(&[("Lisbon", "Lisbon", "Portugal"), ("Porto", "Porto", "Portugal")]),
        ["Lisbon|PT-11|PT|remote", "Porto|PT-13|PT|remote"]
    );
}

/// Who may work anywhere in the United Kingdom was in the office in London.
#[test]
fn words_that_are_the_country_of_a_remote_address_count_before_it() {
    let told = |words: &str, city: &str, country: &str| told_beside(&[(words, city, country)]);
    assert_eq!(told("UK", "London", "United Kingdom"), ["-|-|GB|remote"]);
    assert_eq!(told("United States", "New York", "United States"), ["-|-|US|remote"]);
    assert_eq!(told("Philippines", "Manila", "Philippines"), ["-|-|PH|remote"]);
    assert_eq!(told("Georgia", "Atlanta", "United States"), ["Atlanta|US-GA|US|remote"]);
    assert_eq!(told("Luxembourg", "Luxembourg", "LU"), ["Luxembourg|LU-LU|LU|remote"]);
    assert_eq!(told("Germany", "Vienna", "Austria"), ["Vienna|AT-9|AT|remote"]);
    assert_eq!(told("EMEA-HQ", "London", "United Kingdom"), ["London|GB-LND|GB|remote"]);
    assert_eq!(
        told_beside(&[("Canada", "", "Canada"), ("United Kingdom", "London", "United Kingdom")]),
        ["-|-|CA|remote", "-|-|GB|remote"]
    );
    let in_office = StatedPlace {
        raw: Some("Malaysia".to_owned()),
        city: Some("Kuala Lumpur".to_owned()),
        country: Some("Malaysia".to_owned()),
        ..StatedPlace::default()
    };
    let read = read(&Posting { places: vec![in_office], ..Posting::default() }).locations.remove(0);
    assert_eq!(read.city.as_deref(), Some("Kuala Lumpur"));
}

#[test]
fn words_tell_a_city_that_its_field_misspells() {
    let told = |words: &str, city: &str, country: &str| told_beside(&[(words, city, country)]);
    assert_eq!(told("Tallinn", "Tallin", "Estonia"), ["Tallinn|EE-37|EE|remote"]);
    let (words, city) = ("Illinois | Carpentersville, Illinois", "Carpentersvielle");
    assert_eq!(told(words, city, "United States"), ["Carpentersville|US-IL|US|remote"]);
    assert_eq!(told("Estonia HQ", "Tallin", "Estonia"), ["Tallin|-|EE|remote"]);
    assert!(told("Alden, New York", "Alden", "United States")[0].starts_with("Alden|"));
    assert_eq!(told("Berlin", "Bonn", "Germany"), ["Bonn|DE-NW|DE|remote"]);
}

#[test]
fn words_name_the_city_of_an_address_that_is_a_country_alone() {
    let told = |words: &str, city: &str, country: &str| told_beside(&[(words, city, country)]);
    assert_eq!(told("San Francisco", "", "United States"), ["San Francisco|US-CA|US|remote"]);
    assert_eq!(told("Berlin", "", "Germany"), ["Berlin|DE-BE|DE|remote"]);
    assert_eq!(told("Berlin", "Germany", "Germany"), ["Berlin|DE-BE|DE|remote"]);
    assert_eq!(told("London", "", "Canada"), ["London|CA-ON|CA|remote"]);
    assert_eq!(told("Boston or Denver", "", "US"), ["Boston|US-MA|US|remote", "Denver|US-CO|US|remote"]);
    assert_eq!(told("Texas", "", "United States"), ["-|US-TX|US|remote"]);
    assert_eq!(told("HQ", "", "Germany"), ["-|-|DE|remote"]);
    assert_eq!(told("Lisbon", "", "Germany"), ["-|-|DE|remote"]);
    assert_eq!(told("Berlin", "Bonn", "Germany"), ["Bonn|DE-NW|DE|remote"]);
}

/// Who may choose between two cities was in the one whose address is stated.
#[test]
fn words_that_name_several_places_count_before_the_address_of_one() {
    let told = |words: &str, city: &str, country: &str| told_beside(&[(words, city, country)]);
    let us = "United States";
    assert_eq!(
        told("Paris or London", "London", "United Kingdom"),
        ["Paris|FR-75C|FR|remote", "London|GB-LND|GB|remote"]
    );
    assert_eq!(
        told("Melbourne HQ or Sydney", "Melbourne", "Australia"),
        ["Melbourne|AU-VIC|AU|remote", "Sydney|AU-NSW|AU|remote"]
    );
    assert_eq!(
        told("San Francisco, CA or New York, NY", "San Francisco", us),
        ["San Francisco|US-CA|US|remote", "New York|US-NY|US|remote"]
    );
    let three = "New York, San Francisco, OR Seattle";
    assert_eq!(
        told(three, three, us),
        ["New York|US-NY|US|remote", "San Francisco|US-CA|US|remote", "Seattle|US-WA|US|remote"]
    );
    assert_eq!(told("United States & Canada", "", us), ["-|-|US|remote", "-|-|CA|remote"]);
    assert_eq!(told("Paris or London", "Rome", "Italy"), ["Rome|IT-RM|IT|remote"]);
    assert_eq!(told("Makati, Manila", "Makati", "Philippines"), ["Makati|PH-00|PH|remote"]);
    assert_eq!(told("Germany / Berlin", "Berlin", "Germany"), ["Berlin|DE-BE|DE|remote"]);
    assert_eq!(told("", "France", "France, Metropolitan"), ["-|-|FR|remote"]);
    assert_eq!(told("Eastern Europe", "Belgrade", "Serbia"), ["-|-|EUROPE|remote"]);
}

/// A nurse in Spokane was one in the capital.
#[test]
fn words_that_are_the_region_of_an_address_name_no_city() {
    let read_at = |words: &str, city: &str, region: &str| {
        let place = StatedPlace {
            raw: Some(words.to_owned()),
            city: Some(city.to_owned()),
            region: Some(region.to_owned()),
            country: Some("United States".to_owned()),
            ..StatedPlace::default()
        };
        let read = read(&Posting { places: vec![place], ..Posting::default() }).locations.remove(0);
        (place_told(&read), read.raw)
    };
    let raw = |words: &str| Some(words.to_owned());
    let washington = "Washington (Remote)";
    assert_eq!(read_at(washington, "Spokane", "Washington"), ("-|US-WA|US|remote".to_owned(), raw(washington)));
    let new_york = "New York (Remote)";
    assert_eq!(read_at(new_york, "New York City", "New York").0, "New York|US-NY|US|remote");
}
