//! The golden vectors of places.

mod hired;
mod names;
mod remote;
mod stated;
mod wide;

use super::*;

fn read_words(words: &str) -> Places {
    read(&Posting { location_text: Some(words.to_owned()), ..Posting::default() })
}

/// Each place as `City|region|country|r` with `-` for what is absent.
fn told(words: &str) -> Vec<String> {
    read_words(words).locations.iter().map(place_told).collect()
}

fn place_told(it: &Location) -> String {
    let word = |it: &Option<String>| it.clone().unwrap_or_else(|| "-".to_owned());
    let country = if it.macro_region.is_some() { &it.macro_region } else { &it.country_code };
    let remote = if it.is_remote { "|remote" } else { "" };
    format!("{}|{}|{}{remote}", word(&it.city), word(&it.region_code), word(country))
}

fn assert_told(vectors: &[(&str, &[&str])]) {
    let read = vectors.iter().map(|(words, expected)| (*words, told(words), *expected));
    let misread: Vec<_> = read.filter(|(_, told, expected)| told != expected).collect();
    assert!(misread.is_empty(), "{misread:#?}");
}

#[test]
fn golden_vectors() {
    let vectors: [(&str, &[&str]); 26] = [
        ("San Francisco, CA, US; Remote, US", &["San Francisco|US-CA|US", "-|-|US|remote"]),
        ("Remote - US", &["-|-|US|remote"]),
        ("US Remote", &["-|-|US|remote"]),
        ("United States (Remote)", &["-|-|US|remote"]),
        ("US-CA-Monrovia", &["Monrovia|US-CA|US"]),
        ("Berlin or Remote (EU)", &["Berlin|DE-BE|DE", "-|-|EU|remote"]),
        ("London, ON", &["London|CA-ON|CA"]),
        ("San Francisco, CA & New York, NY", &["San Francisco|US-CA|US", "New York|US-NY|US"]),
        ("3 Locations", &[]),
        ("Remote", &["-|-|-|remote"]),
        ("US, TX, Remote", &["-|US-TX|US|remote"]),
        ("Hybrid - SF, NYC", &["San Francisco|US-CA|US", "New York|US-NY|US"]),
        ("SF, NYC, SEA, CHI", &["San Francisco|US-CA|US", "New York|US-NY|US", "Seattle|US-WA|US", "Chicago|US-IL|US"]),
        ("Toronto, CA", &["Toronto|CA-ON|CA"]),
        ("San Diego, CA", &["San Diego|US-CA|US"]),
        ("London", &["London|GB-LND|GB"]),
        ("London, UK", &["London|GB-LND|GB"]),
        ("Georgia", &["-|-|-"]),
        ("Atlanta, Georgia", &["Atlanta|US-GA|US"]),
        ("Bangalore, India", &["Bengaluru|IN-KA|IN"]),
        ("Singapore", &["-|-|SG"]),
        ("Paris, France", &["Paris|FR-75C|FR"]),
        ("EMEA", &["-|-|EMEA"]),
        ("New York City", &["New York|US-NY|US"]),
        ("Clearwater, FL", &["Clearwater|US-FL|US"]),
        ("Nowhere Special", &["-|-|-"]),
    ];
    assert_told(&vectors);
}

#[test]
fn confidences_follow_how_a_place_was_read() {
    let confidence = |words: &str| read_words(words).locations[0].confidence;
    assert!(confidence("San Francisco, CA, US") >= 0.97);
    assert!(confidence("Smalltown, CA") <= 0.6, "California or Canada");
    assert!(confidence("London") <= 0.7, "by its size");
    assert!(confidence("Nowhere Special") < 0.5);
}

#[test]
fn a_roll_up_is_a_warning_and_no_place() {
    assert_eq!(read_words("3 Locations").warnings, ["LOCATION_ROLLUP"]);
}

#[test]
fn a_placeholder_is_no_place() {
    assert_told(&[
        ("N/A", &[]),
        ("TBD; Berlin", &["Berlin|DE-BE|DE"]),
        ("Remote - n/a", &["-|-|-|remote"]),
        ("NA", &["-|-|NORTH_AMERICA"]),
    ]);
}

#[test]
fn a_city_is_told_once_and_before_what_tells_none() {
    assert_told(&[
        ("New York City, NY; San Francisco, CA | New York City, NY", &["New York|US-NY|US", "San Francisco|US-CA|US"]),
        ("Italy; Milan", &["-|-|IT", "Milan|IT-MI|IT"]),
        ("Acme Schools | Boston, MA", &["Boston|US-MA|US", "-|-|-"]),
        ("Global; London", &["London|GB-LND|GB", "-|-|WORLDWIDE"]),
    ]);
}

/// A board names its places in a field of the employer's own, and tells the workplace where the place should stand.
#[test]
fn a_field_of_the_employers_own_counts_where_the_words_name_no_place() {
    let read = |words: &str, named: &str| {
        let (location_text, place_words) = (Some(words.to_owned()), Some(named.to_owned()));
        read(&Posting { location_text, place_words, ..Posting::default() })
    };
    let told = |words: &str, named: &str| read(words, named).locations.iter().map(place_told).collect::<Vec<_>>();
    assert_eq!(told("Hybrid", "Austin, US; New York, US"), ["Austin|US-TX|US", "New York|US-NY|US"]);
    assert_eq!(read("Hybrid", "Austin, US").workplace, Some(WorkplaceType::Hybrid));
    assert_eq!(told("In-Office", "Bengaluru, India"), ["Bengaluru|IN-KA|IN"]);
    assert_eq!(told("Distributed", "US"), ["-|-|US"]);
    assert_eq!(told("3 Locations", "Leeds"), ["Leeds|GB-LDS|GB"]);
    assert_eq!(told("Berlin", "Leeds"), ["Berlin|DE-BE|DE"]);
    assert_eq!(told("Remote", "Tier 1"), ["-|-|-|remote"]);
    assert_eq!(told("Hybrid", "HQ"), Vec::<String>::new());
}

#[test]
fn the_words_tell_the_workplace() {
    assert_eq!(read_words("San Francisco, CA, US; Remote, US").workplace, Some(WorkplaceType::Remote));
    assert_eq!(read_words("Hybrid - SF, NYC").workplace, Some(WorkplaceType::Hybrid));
    assert_eq!(read_words("Berlin").workplace, None);
}

#[test]
fn the_scope_is_of_the_remote_places() {
    let places = read_words("San Francisco, CA, US; Remote, US");
    let scope = scope(&places.locations, places.workplace).expect("it is remote");
    assert_eq!((scope.kind, scope.country_codes), (RemoteScopeKind::Countries, vec!["US".to_owned()]));
    let places = read_words("Remote");
    assert_eq!(super::scope(&places.locations, places.workplace).map(|it| it.kind), Some(RemoteScopeKind::Unknown));
    assert_eq!(super::scope(&[], Some(WorkplaceType::OnSite)), None);
}

#[test]
fn odd_words_are_no_problem() {
    for words in ["", ",,,", "((((", "-", "\u{0}", &"a,".repeat(5_000), "🏢", "Remote Remote Remote", "İstanbul, TR"]
    {
        read_words(words);
    }
}

#[test]
fn what_is_larger_may_stand_first() {
    let vectors: [(&str, &[&str]); 10] = [
        ("United States, San Mateo, CA", &["San Mateo|US-CA|US"]),
        ("Missouri, St. Louis", &["St. Louis|US-MO|US"]),
        ("USA VA Reston", &["Reston|US-VA|US"]),
        ("USA - New York NY", &["New York|US-NY|US"]),
        ("United States- Austin, Texas", &["Austin|US-TX|US"]),
        ("Oakland, California, United States, AMER", &["Oakland|US-CA|US"]),
        ("UK & Ireland, United Kingdom, London", &["London|GB-LND|GB"]),
        ("Washington, D.C.", &["Washington|US-DC|US"]),
        ("Hesse, Germany", &["-|DE-HE|DE"]),
        ("Munich, BY", &["Munich|DE-BY|DE"]),
    ];
    assert_told(&vectors);
}

#[test]
fn addresses_and_districts_leave_their_city() {
    let vectors: [(&str, &[&str]); 7] = [
        ("12 Example Street, Suite 3, Santa Monica, CA 90401", &["Santa Monica|US-CA|US"]),
        ("99 N 1st St Phoenix, AZ", &["Phoenix|US-AZ|US"]),
        ("Berlin - Beispielstraße", &["Berlin|DE-BE|DE"]),
        ("Bangkok (Some Mall Office)", &["Bangkok|TH-10|TH"]),
        ("Town Hall, Austin, TX", &["Austin|US-TX|US"]),
        ("Orange County, California", &["-|US-CA|US"]),
        ("Singapore - Some Tower", &["-|-|SG"]),
    ];
    assert_told(&vectors);
}

#[test]
fn commas_part_what_only_a_list_explains() {
    let vectors: [(&str, &[&str]); 11] = [
        ("Bulgaria, Poland", &["-|-|BG", "-|-|PL"]),
        ("Bulgaria, Georgia, Poland", &["-|-|BG", "-|-|GE", "-|-|PL"]),
        ("Paris, France, Barcelona, Spain", &["Paris|FR-75C|FR", "Barcelona|ES-B|ES"]),
        ("Austin, Texas, United States, Toronto, Ontario, Canada", &["Austin|US-TX|US", "Toronto|CA-ON|CA"]),
        ("SF, NYC, or Boston", &["San Francisco|US-CA|US", "New York|US-NY|US", "Boston|US-MA|US"]),
        ("SF, NY, Remote US", &["San Francisco|US-CA|US", "New York|US-NY|US", "-|-|US|remote"]),
        ("Helsinki/Berlin", &["Helsinki|FI-18|FI", "Berlin|DE-BE|DE"]),
        ("Georgia; Texas", &["-|US-GA|US", "-|US-TX|US"]),
        ("Portland, OR or Remote", &["Portland|US-OR|US", "-|-|-|remote"]),
        ("Metairie, LA", &["Metairie|US-LA|US"]),
        ("Remote - France or UK", &["-|-|FR|remote", "-|-|GB|remote"]),
    ];
    assert_told(&vectors);
}

#[test]
fn who_works_anywhere_works_from_a_distance() {
    let vectors: [(&str, &[&str]); 5] = [
        ("Anywhere", &["-|-|WORLDWIDE|remote"]),
        ("Anywhere in France, Spain", &["-|-|FR|remote", "-|-|ES|remote"]),
        ("Home based", &["-|-|-|remote"]),
        ("Remote (non-US)", &["-|-|-|remote"]),
        ("Eastern Europe", &["-|-|EUROPE"]),
    ];
    assert_told(&vectors);
}

#[test]
fn a_state_is_meant_before_its_namesakes() {
    let vectors: [(&str, &[&str]); 6] = [
        ("Colorado", &["-|US-CO|US"]),
        ("Oregon, Portland", &["Portland|US-OR|US"]),
        ("New York", &["New York|US-NY|US"]),
        ("Indiana; Texas; Washington", &["-|US-IN|US", "-|US-TX|US", "-|US-WA|US"]),
        ("Remote, Connecticut; Remote, New York", &["-|US-CT|US|remote", "-|US-NY|US|remote"]),
        ("Boston; Washington; Texas", &["Boston|US-MA|US", "Washington|US-DC|US", "-|US-TX|US"]),
    ];
    assert_told(&vectors);
}

#[test]
fn a_side_of_a_country_names_no_other() {
    let vectors: [(&str, &[&str]); 4] = [
        ("Remote - West", &["-|-|-|remote"]),
        ("United States, East", &["-|-|US"]),
        ("United States (East or Central)", &["-|-|US", "-|-|-"]),
        ("Remote in U.S.", &["-|-|US|remote"]),
    ];
    // A direction is a part of a town's name, which is not the town without it.
    assert_eq!(told("North Attleboro"), ["-|-|-"]);
    assert_told(&vectors);
}

#[test]
fn remote_beside_a_whole_country_is_within_it() {
    let vectors: [(&str, &[&str]); 10] = [
        ("United States ⎹ Remote", &["-|-|US|remote"]),
        ("US Based | Remote", &["-|-|US|remote"]),
        ("Remote; Europe", &["-|-|EUROPE|remote"]),
        ("Berlin; Remote", &["Berlin|DE-BE|DE", "-|-|-|remote"]),
        ("Remote | Spain & Italy", &["-|-|ES|remote", "-|-|IT|remote"]),
        ("SPAIN - Remote, EMEA - Remote, ITALY - Remote", &["-|-|ES|remote", "-|-|EMEA|remote", "-|-|IT|remote"]),
        ("Berlin or Remote, US (EST)", &["Berlin|DE-BE|DE", "-|-|US|remote"]),
        ("Remote, US (PST/MST or EST)", &["-|-|US|remote"]),
        ("Denver, CO, OR Anywhere in the Continental U.S.", &["Denver|US-CO|US", "-|-|US|remote"]),
        ("Remote - PA", &["-|US-PA|US|remote"]),
    ];
    assert_told(&vectors);
}

#[test]
fn words_that_limit_a_place_are_no_part_of_its_name() {
    let vectors: [(&str, &[&str]); 10] = [
        ("United States – Washington, DC Area", &["Washington|US-DC|US"]),
        ("Office - Oregon-Portland", &["Portland|US-OR|US"]),
        ("Hill House, 12 South Hill Drive, Bloomington, IN 47401", &["Bloomington|US-IN|US"]),
        ("San Francisco Bay Area", &["San Francisco|US-CA|US"]),
        ("U.S.-based", &["-|-|US"]),
        ("Remote (India - Bangalore ONLY)", &["Bengaluru|IN-KA|IN|remote"]),
        ("Fully remote, U.S. location flexible", &["-|-|US|remote"]),
        ("UK or EU Time Zone", &["-|-|GB", "-|-|EU"]),
        ("Mumbai-ABC, India", &["Mumbai|IN-MH|IN"]),
        ("Hill Top, Austin, Texas, Untied States", &["Austin|US-TX|US"]),
    ];
    assert_told(&vectors);
}

#[test]
fn lists_end_in_several_languages() {
    for and in ["and", "und", "et", "e", "y"] {
        let words = format!("Fortaleza, Curitiba {and} Barcelona");
        let expected = ["Fortaleza|BR-CE|BR", "Curitiba|BR-PR|BR", "Barcelona|ES-B|ES"];
        assert_eq!(told(&words), expected, "{words}");
    }
}

#[test]
fn codes_in_brackets_are_parts_of_the_country_before_them() {
    let vectors: [(&str, &[&str]); 6] = [
        ("(Canada - Remote (ON, or BC Only))", &["-|CA-ON|CA|remote", "-|CA-BC|CA|remote"]),
        ("Remote - Canada (Alberta, Ontario Only)", &["-|CA-AB|CA|remote", "-|CA-ON|CA|remote"]),
        ("Canada - Remote (BC, ON, or NS only)", &["-|CA-BC|CA|remote", "-|CA-ON|CA|remote", "-|CA-NS|CA|remote"]),
        ("Remote - US (CA, OR, LA)", &["-|US-CA|US|remote", "-|US-OR|US|remote", "-|US-LA|US|remote"]),
        ("Brazil (São Paulo - Remoto)", &["São Paulo|BR-SP|BR|remote"]),
        ("Híbrido, São Paulo", &["São Paulo|BR-SP|BR"]),
    ];
    assert_told(&vectors);
}
