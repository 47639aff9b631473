//! Places within longer words, names that several places bear, and cities whose country is parted twice.

use super::assert_told;

#[test]
fn a_place_is_found_within_longer_words() {
    assert_told(&[
        ("NYC Global HQ", &["New York|US-NY|US"]),
        ("New York Acme HQ", &["New York|US-NY|US"]),
        ("Pleasanton, California, USA HQ", &["Pleasanton|US-CA|US"]),
        ("ACME-Bethesda", &["Bethesda|US-MD|US"]),
        ("Chicago-IL (Hybrid)", &["Chicago|US-IL|US"]),
        ("Avenida do Exemplo, 12,1° andar São Paulo", &["São Paulo|BR-SP|BR"]),
        ("Texas - Depot 2", &["-|US-TX|US"]),
        ("California - LA", &["Los Angeles|US-CA|US"]),
        ("Smalltown - TX", &["Smalltown|US-TX|US"]),
        ("Monterrey, Mexico, MEX", &["Monterrey|MX-NLE|MX"]),
        ("Some Tower, Boulevard Exemple, Casablanca, Maroc", &["Casablanca|MA-CAS|MA"]),
        ("Cluj-Napoca", &["Cluj-Napoca|RO-CJ|RO"]),
        ("Winston-Salem, NC", &["Winston-Salem|US-NC|US"]),
    ]);
}

#[test]
fn what_stands_before_a_city_and_its_state_is_no_part_of_its_name() {
    assert_told(&[
        ("Acme- Greensboro, NC", &["Greensboro|US-NC|US"]),
        ("Acme Doors -Nashville, TN", &["Nashville|US-TN|US"]),
        ("Acme Doors - Smalltown, NJ", &["Smalltown|US-NJ|US"]),
        ("Some Outlet Camarillo, CA", &["Camarillo|US-CA|US"]),
        ("Playa Vista, CA", &["Playa Vista|US-CA|US"]),
        ("Fort Sam Houston, TX", &["Fort Sam Houston|US-TX|US"]),
        ("Dallas-Fort Worth, TX", &["Dallas-Fort Worth|US-TX|US"]),
    ]);
}

/// Towns in the United States were sides of Jordan and of Wales.
#[test]
fn a_side_of_another_country_is_a_town() {
    assert_told(&[
        ("South Jordan, Utah", &["South Jordan|US-UT|US"]),
        ("North Wales, PA", &["North Wales|US-PA|US"]),
        ("North Wales", &["-|GB-WLS|GB"]),
        ("West New York, NJ", &["West New York|US-NJ|US"]),
        ("Southern California, US", &["-|US-CA|US"]),
    ]);
}

#[test]
fn of_namesakes_the_one_is_meant_that_people_hire_in() {
    assert_told(&[
        ("Málaga", &["Málaga|ES-MA|ES"]),
        ("Matamoros MX", &["Heroica Matamoros|MX-TAM|MX"]),
        ("Acme - North Sydney", &["North Sydney|AU-NSW|AU"]),
        ("East Hampton", &["East Hampton|US-NY|US"]),
        ("Beijing, CH", &["Beijing|CN-BJ|CN"]),
        ("Basel, CH", &["Basel|CH-BS|CH"]),
        ("New York, NY (Remote and/or Hybrid)", &["New York|US-NY|US"]),
        ("Queens, NY", &["New York|US-NY|US"]),
        ("Bronx", &["New York|US-NY|US"]),
        ("US-SSF", &["South San Francisco|US-CA|US"]),
        ("SFO, SEA", &["San Francisco|US-CA|US", "Seattle|US-WA|US"]),
        ("Grand Cayman", &["-|-|KY"]),
        ("China - Hong Kong", &["-|-|HK"]),
    ]);
}

/// A list that ends in the state was in the country.
#[test]
fn georgia_is_the_state_behind_a_city_that_is_there() {
    assert_told(&[
        ("Town Hall, Atlanta, Georgia", &["Atlanta|US-GA|US"]),
        ("Acme, Town Hall, Savannah, Georgia", &["Savannah|US-GA|US"]),
        ("Atlanta, Georgia, United States", &["Atlanta|US-GA|US"]),
        ("Tbilisi, Georgia", &["Tbilisi|-|GE"]),
    ]);
}

/// A shop in a street of Boston was in England as well.
#[test]
fn a_quarter_before_its_city_is_no_city_of_a_list() {
    assert_told(&[
        ("Newbury, Boston", &["Boston|US-MA|US"]),
        // A town of the same state, or of a country of its own, may be meant.
        ("Aspen, Denver", &["Aspen|US-CO|US", "Denver|US-CO|US"]),
        ("Davos, London", &["Davos|CH-GR|CH", "London|GB-LND|GB"]),
        ("Paris, London", &["Paris|FR-75C|FR", "London|GB-LND|GB"]),
        ("Berlin, Munich", &["Berlin|DE-BE|DE", "Munich|DE-BY|DE"]),
        ("New York, San Francisco", &["New York|US-NY|US", "San Francisco|US-CA|US"]),
        ("Austin, Denver", &["Austin|US-TX|US", "Denver|US-CO|US"]),
        ("Jaipur, Bangalore", &["Jaipur|IN-RJ|IN", "Bengaluru|IN-KA|IN"]),
        ("Cherry Creek; Denver", &["Cherry Creek|US-CO|US", "Denver|US-CO|US"]),
        ("Rye Brook, New York", &["Rye Brook|US-NY|US"]),
    ]);
}

#[test]
fn a_part_of_a_country_is_no_city_of_it() {
    assert_told(&[
        ("Brussels-Capital, Belgium", &["-|BE-BRU|BE"]),
        ("Tel Aviv District, Israel", &["-|IL-TA|IL"]),
        ("Tokyo Prefecture, Japan", &["-|JP-13|JP"]),
        ("Nagoya, Aichi Prefecture, Japan", &["Nagoya|JP-23|JP"]),
        ("Raleigh-Durham, USA", &["Raleigh-Durham|US-NC|US"]),
    ]);
}

/// Regions and provinces are both parts of a country: one city was in two of them, and in two facets.
#[test]
fn a_city_is_in_one_part_of_its_country() {
    assert_told(&[
        ("London, England", &["London|GB-LND|GB"]),
        ("Glasgow, Scotland, United Kingdom", &["Glasgow|GB-GLG|GB"]),
        ("New Jersey, or Pennsylvania", &["-|US-NJ|US", "-|US-PA|US"]),
        ("West District", &["-|-|-"]),
        ("Paris, Île-de-France, France", &["Paris|FR-75C|FR"]),
        ("Barcelona, Catalonia, Spain", &["Barcelona|ES-B|ES"]),
        ("Madrid, Madrid, Spain", &["Madrid|ES-MD|ES"]),
        ("Milano, Lombardy, Italy", &["Milan|IT-MI|IT"]),
        ("Buenos Aires, Buenos Aires, Argentina", &["Buenos Aires|AR-C|AR"]),
        ("Halle, Nordrhein-Westfalen, Germany", &["Halle|DE-NW|DE"]),
        ("London, Ontario, Canada", &["London|CA-ON|CA"]),
    ]);
}
