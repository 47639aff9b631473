//! The golden vectors of places.

use super::*;

fn read_words(words: &str) -> Places {
    read(&Posting { location_text: Some(words.to_owned()), ..Posting::default() })
}

/// Each place as `City|region|country|r` with `-` for what is absent.
fn told(words: &str) -> Vec<String> {
    let word = |it: &Option<String>| it.clone().unwrap_or_else(|| "-".to_owned());
    let place = |it: &Location| {
        let country = if it.macro_region.is_some() { &it.macro_region } else { &it.country_code };
        format!(
            "{}|{}|{}{}",
            word(&it.city),
            word(&it.region_code),
            word(country),
            if it.is_remote { "|remote" } else { "" }
        )
    };
    read_words(words).locations.iter().map(place).collect()
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
    for (words, expected) in vectors {
        assert_eq!(told(words), expected, "{words}");
    }
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
