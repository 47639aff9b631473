//! Lists of cities that people hire in, which were one place: beside their country, a city state, remote work or what is
//! not understood.

use super::{WorkplaceType, assert_told, read_words};

#[test]
fn cities_beside_their_country_are_each_in_it() {
    assert_told(&[
        ("Germany, Berlin, Munich", &["Berlin|DE-BE|DE", "Munich|DE-BY|DE"]),
        ("Wrocław, Krakow, Warsaw, Poland", &["Wroclaw|PL-02|PL", "Krakow|PL-12|PL", "Warsaw|PL-14|PL"]),
        // What is in the other, or is called as it is, is no list.
        ("Berlin, Berlin, Germany", &["Berlin|DE-BE|DE"]),
        ("New York, New York, United States", &["New York|US-NY|US"]),
        ("United States, San Francisco, CA", &["San Francisco|US-CA|US"]),
        ("Germany, Berlin", &["Berlin|DE-BE|DE"]),
        ("Makati, Manila, Philippines", &["Makati|PH-00|PH"]),
        ("Plano, Dallas, United States", &["Plano|US-TX|US"]),
    ]);
}

/// "Singapore, Dublin" was a city Singapore in Ireland.
#[test]
fn a_city_state_holds_no_city_of_another_country() {
    assert_told(&[
        ("Singapore, Dublin", &["-|-|SG", "Dublin|IE-D|IE"]),
        ("Singapore, Sydney", &["-|-|SG", "Sydney|AU-NSW|AU"]),
        ("San Francisco, Singapore, Amsterdam", &["San Francisco|US-CA|US", "-|-|SG", "Amsterdam|NL-NH|NL"]),
        ("Singapore, Singapore", &["Singapore|-|SG"]),
        ("Dublin, OH", &["Dublin|US-OH|US"]),
        ("Paris, TX", &["Paris|US-TX|US"]),
        ("Berlin, Germany", &["Berlin|DE-BE|DE"]),
    ]);
}

#[test]
fn remote_work_in_another_country_than_the_citys_is_a_place_of_its_own() {
    assert_told(&[
        ("US Remote, Toronto", &["Toronto|CA-ON|CA", "-|-|US|remote"]),
        ("Toronto, CA-Remote-Ontario", &["Toronto|CA-ON|CA", "-|CA-ON|CA|remote"]),
        ("Chicago, US-Rem", &["Chicago|US-IL|US", "-|-|US|remote"]),
        ("Toronto, US-REM", &["Toronto|CA-ON|CA", "-|-|US|remote"]),
        ("Chicago, US-Remote, Canada-Remote", &["Chicago|US-IL|US", "-|-|US|remote", "-|-|CA|remote"]),
        ("US Remote,Toronto, CA-Remote-Ontario", &["Toronto|CA-ON|CA", "-|-|US|remote", "-|CA-ON|CA|remote"]),
        ("CHI, ATL, US-REM", &["Chicago|US-IL|US", "Atlanta|US-GA|US", "-|-|US|remote"]),
        (
            "US: SF Bay Area, Seattle, New York, US Remote; Canada",
            &["San Francisco|US-CA|US", "Seattle|US-WA|US", "New York|US-NY|US", "-|-|CA", "-|-|US|remote"],
        ),
        // What stands behind a city may be what it is in.
        ("Cartago, Costa Rica (remote)", &["-|CR-C|CR|remote"]),
        ("Tallinn, Spain (Remote)", &["Tallinn|-|ES|remote"]),
        // In its own country, it may be what is said of the city.
        ("Remote - Canada, Toronto", &["Toronto|CA-ON|CA|remote"]),
        ("Cambridge, MA or Remote", &["Cambridge|US-MA|US", "-|-|-|remote"]),
    ]);
    assert_eq!(read_words("CHI, ATL, US-REM").workplace, Some(WorkplaceType::Remote));
}

#[test]
fn one_unknown_name_costs_a_list_no_city() {
    assert_told(&[
        ("NYC, Sea, SF, Tor", &["New York|US-NY|US", "Seattle|US-WA|US", "San Francisco|US-CA|US"]),
        ("San Francisco, NY, Seattle", &["San Francisco|US-CA|US", "New York|US-NY|US", "Seattle|US-WA|US"]),
        ("Texas - Dallas, Houston, San Antonio", &["Dallas|US-TX|US", "Houston|US-TX|US", "San Antonio|US-TX|US"]),
        (
            "San Fransisco, New York, Seattle, Chicago, Remote US",
            &["San Francisco|US-CA|US", "New York|US-NY|US", "Seattle|US-WA|US", "Chicago|US-IL|US", "-|-|US|remote"],
        ),
        ("Town Hall, Austin, TX", &["Austin|US-TX|US"]),
        ("Level 3, Richmond, Melbourne", &["Melbourne|AU-VIC|AU"]),
    ]);
}

#[test]
fn what_is_national_is_in_all_of_the_country() {
    assert_told(&[
        ("US Remote National", &["-|-|US|remote"]),
        ("US National", &["-|-|US"]),
        ("Remote - National", &["-|-|-|remote"]),
        ("National City, CA", &["National City|US-CA|US"]),
    ]);
}
