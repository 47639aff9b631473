//! How people elsewhere write places: other signs, other languages, codes in front, and what of a list is shared.

use super::assert_told;

#[test]
fn wide_signs_and_underscores_part_words() {
    assert_told(&[
        ("Remote（APAC）", &["-|-|APAC|remote"]),
        ("Shenzhen，China", &["Shenzhen|CN-GD|CN"]),
        ("AZ_Mesa_HQ; California_Remote", &["Mesa|US-AZ|US", "-|US-CA|US|remote"]),
        ("Cluj\u{2011}Napoca, Romania", &["Cluj-Napoca|RO-CJ|RO"]),
        ("Minneapolis. MN", &["Minneapolis|US-MN|US"]),
        ("New York, N.Y.", &["New York|US-NY|US"]),
    ]);
}

#[test]
fn countries_are_named_in_their_languages() {
    assert_told(&[
        ("Estados Unidos", &["-|-|US"]),
        ("Frankreich", &["-|-|FR"]),
        ("Berlin, Allemagne", &["Berlin|DE-BE|DE"]),
        ("India and the Philippines (Remote)", &["-|-|IN|remote", "-|-|PH|remote"]),
        ("Remote within the US", &["-|-|US|remote"]),
        ("Anywhere (Remote)", &["-|-|WORLDWIDE|remote"]),
        ("Canada (Full Remote)", &["-|-|CA|remote"]),
    ]);
}

#[test]
fn a_side_of_a_state_or_country_is_in_it() {
    assert_told(&[
        ("Northern California", &["-|US-CA|US"]),
        ("Southern CA", &["-|US-CA|US"]),
        ("Remote US East", &["-|-|US|remote"]),
        ("Northeastern, United States", &["-|-|US"]),
        ("Nationwide, United States", &["-|-|US"]),
        ("Remote - East Coast", &["-|-|-|remote"]),
        ("Nevada, United States", &["-|US-NV|US"]),
    ]);
}

#[test]
fn a_time_zone_is_no_country() {
    assert_told(&[
        ("Remote, USA (preferably EST timezone)", &["-|-|US|remote"]),
        ("Remote - Pacific Time Zone", &["-|-|-|remote"]),
        ("Remote, US (Eastern or Central time zones)", &["-|-|US|remote"]),
        ("ET/CT/Remote", &["-|-|-|remote"]),
    ]);
}

#[test]
fn codes_and_regions_of_the_world_may_stand_first() {
    assert_told(&[
        ("APAC - India - Pune", &["Pune|IN-MH|IN"]),
        ("ES - Barcelona, Spain", &["Barcelona|ES-B|ES"]),
        ("Ireland - Office - Dublin", &["Dublin|IE-D|IE"]),
        ("PL Krakow - 17", &["Krakow|PL-12|PL"]),
        ("León, Guanajuato - MX", &["León|MX-GUA|MX"]),
        ("Heredia CR", &["-|CR-H|CR"]),
        ("EMEA, US", &["-|-|EMEA", "-|-|US"]),
        ("US-Boston, US-Chicago", &["Boston|US-MA|US", "Chicago|US-IL|US"]),
        ("MA Boston", &["Boston|US-MA|US"]),
        ("Brazil, Belo Horizonte", &["Belo Horizonte|BR-MG|BR"]),
        ("Asia/Pacific (APAC)", &["-|-|APAC"]),
        ("Remote - North America - South America", &["-|-|NORTH_AMERICA|remote", "-|-|SOUTH_AMERICA|remote"]),
    ]);
}

#[test]
fn a_region_may_lack_its_comma() {
    assert_told(&[
        ("Austin Texas", &["Austin|US-TX|US"]),
        ("Orange County California", &["-|US-CA|US"]),
        ("Smalltown, PA (Some Division)", &["Smalltown|US-PA|US"]),
        ("Acme Hall San Antonio", &["San Antonio|US-TX|US"]),
        ("Austin, TX Tulips", &["Austin|US-TX|US"]),
        ("12 Rose Rd Smalltown, PA", &["Smalltown|US-PA|US"]),
        ("12 Rose St Austin, TX", &["Austin|US-TX|US"]),
        ("12 Rose Avenue South, New York", &["New York|US-NY|US"]),
        ("12 Rose Ave NW, Washington, DC", &["Washington|US-DC|US"]),
        ("US Offsite", &["-|-|US"]),
        ("Taichung City, Taiwan", &["Taichung|-|TW"]),
    ]);
}

#[test]
fn what_is_behind_a_list_is_said_of_each() {
    assert_told(&[
        ("Lincoln or Omaha, Nebraska", &["Lincoln|US-NE|US", "Omaha|US-NE|US"]),
        ("Camden / Salem County, NJ", &["-|US-NJ|US", "-|US-NJ|US"]),
        (
            "Los Angeles, San Francisco, New York",
            &["Los Angeles|US-CA|US", "San Francisco|US-CA|US", "New York|US-NY|US"],
        ),
        ("Atlanta, Savannah, Georgia", &["Atlanta|US-GA|US", "Savannah|US-GA|US"]),
        ("Plano, Dallas, TX", &["Dallas|US-TX|US"]),
        ("Austin, Dallas, TX", &["Austin|US-TX|US", "Dallas|US-TX|US"]),
        ("Santa Monica, Los Angeles, California", &["Los Angeles|US-CA|US"]),
        ("Denver, Atlanta, GA, Austin, TX", &["Denver|US-CO|US", "Atlanta|US-GA|US", "Austin|US-TX|US"]),
        ("Georgia - Remote; Idaho - Remote", &["-|US-GA|US|remote", "-|US-ID|US|remote"]),
        ("Springfield; Chicago", &["Springfield|US-MO|US", "Chicago|US-IL|US"]),
        ("New York City and Remote", &["New York|US-NY|US", "-|-|-|remote"]),
        ("Dublin; Valencia; Warsaw", &["Dublin|IE-D|IE", "Valencia|ES-V|ES", "Warsaw|PL-14|PL"]),
        ("New York, NY // Raleigh, NC", &["New York|US-NY|US", "Raleigh|US-NC|US"]),
        ("Washington, Oregon, or Idaho", &["-|US-WA|US", "-|US-OR|US", "-|US-ID|US"]),
        (
            "Santa Clara, CA, Toronto, ON, Canada or Hillsboro, OR",
            &["Santa Clara|US-CA|US", "Toronto|CA-ON|CA", "Hillsboro|US-OR|US"],
        ),
    ]);
}

#[test]
fn what_stands_behind_a_city_and_its_state_is_in_it() {
    assert_told(&[
        ("Denver, CO (North)", &["Denver|US-CO|US"]),
        ("Concord, NC (Charlotte area)", &["Concord|US-NC|US"]),
        ("Los Angeles, California (West Coast Preferred)", &["Los Angeles|US-CA|US"]),
        ("Dallas, TX (NE)", &["Dallas|US-TX|US"]),
        ("Town Hall, Seattle, WA, South", &["Seattle|US-WA|US"]),
        ("Toronto, ON, CA", &["Toronto|CA-ON|CA"]),
        ("Bogotá, DC, CO", &["Bogotá|CO-DC|CO"]),
        ("Chennai, TN, IN", &["Chennai|IN-TN|IN"]),
    ]);
}

#[test]
fn regions_of_the_world_have_many_names() {
    assert_told(&[
        ("Remote - NA", &["-|-|NORTH_AMERICA|remote"]),
        ("NA; Remote", &["-|-|NORTH_AMERICA|remote"]),
        ("Remote - EMEA, Remote - NA", &["-|-|EMEA|remote", "-|-|NORTH_AMERICA|remote"]),
        ("Napoli, NA", &["Naples|IT-NA|IT"]),
        ("Remote - Central America", &["-|-|LATAM|remote"]),
        ("Remote - North to South America", &["-|-|AMER|remote"]),
        ("North and South America (Remote)", &["-|-|AMER|remote"]),
        ("Anywhere in the World", &["-|-|WORLDWIDE|remote"]),
        ("Work from Anywhere", &["-|-|WORLDWIDE|remote"]),
        ("Scandinavia", &["-|-|NORDICS"]),
        ("UKI", &["-|-|GB", "-|-|IE"]),
        ("Remote - UKI", &["-|-|GB|remote", "-|-|IE|remote"]),
        ("Pristina, Kosovo", &["Pristina|-|XK"]),
    ]);
}

#[test]
fn a_list_of_cities_has_no_codes_of_countries() {
    assert_told(&[
        ("Sydney, AU", &["Sydney|AU-NSW|AU"]),
        ("Melbourne, AU", &["Melbourne|AU-VIC|AU"]),
        ("Palo Alto, New York", &["Palo Alto|US-CA|US", "New York|US-NY|US"]),
        ("Palo Alto, Berlin, or Zurich", &["Palo Alto|US-CA|US", "Berlin|DE-BE|DE", "Zurich|CH-ZH|CH"]),
    ]);
}

#[test]
fn a_country_that_holds_none_of_the_cities_before_it_is_listed_with_them() {
    assert_told(&[
        ("Chicago, Atlanta, Canada", &["Chicago|US-IL|US", "Atlanta|US-GA|US", "-|-|CA"]),
        ("Bengaluru, Singapore", &["Bengaluru|IN-KA|IN", "-|-|SG"]),
        ("Niger, Nigeria", &["-|NG-NI|NG"]),
        ("Luxembourg, Belgium", &["-|-|LU", "-|-|BE"]),
    ]);
}
