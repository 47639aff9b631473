//! `JobPosting` of schema.org, as pages hold it in JSON-LD and as some providers put it into their feeds
//! (developers.google.com/search/docs/appearance/structured-data/job-posting).

mod scripts;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::domain::own_page;
use super::lenient::{self, Members};
use super::posting::{Html, Posting, StatedPay, StatedPlace};
use super::reader::{Part, Reader, all_known, joined, period, plain, words_of};

/// Levels of lists and graphs in which a posting can stand.
const LEVELS_MAX: usize = 8;

/// The type that postings name.
const JOB_POSTING: &str = "JobPosting";

/// What a page holds.
#[derive(Default)]
pub(super) struct InPage {
    pub(super) postings: Vec<Map<String, Value>>,
    /// Whether there is a posting among what cannot be read.
    pub(super) is_cut: bool,
}

/// The postings that stand in a page's JSON-LD. A block that is no JSON is told to `note`, and costs itself alone.
pub(super) fn in_page(body: &[u8], note: &mut dyn FnMut(&str)) -> InPage {
    let mut found = InPage::default();
    for block in scripts::json_ld(&String::from_utf8_lossy(body)) {
        let mended;
        let raw: &RawValue = match serde_json::from_str(&block) {
            Ok(raw) => raw,
            Err(_) => {
                mended = lenient::mended(block.as_bytes());
                let Ok(raw) = serde_json::from_str(&mended) else {
                    note("holds JSON-LD that cannot be read");
                    found.is_cut |= block.contains(JOB_POSTING);
                    continue;
                };
                raw
            }
        };
        collect(raw, LEVELS_MAX, &mut found, note);
    }
    found
}

fn collect(raw: &RawValue, levels: usize, found: &mut InPage, note: &mut dyn FnMut(&str)) {
    if levels == 0 {
        return;
    }
    if let Some(elements) = lenient::elements(raw) {
        for element in elements {
            collect(element, levels - 1, found, note);
        }
    } else if let Some(members) = Members::of(raw) {
        let kind = members.get("@type").and_then(|it| lenient::value(it, "@type", &mut |_, _| {}));
        if kind.as_ref().is_some_and(is_job_posting) {
            match lenient::value(raw, "", &mut |_, message| note(message)) {
                Some(Value::Object(posting)) => found.postings.push(posting),
                _ => found.is_cut = true,
            }
        } else if let Some(graph) = members.get("@graph") {
            collect(graph, levels - 1, found, note);
        }
    }
}

fn is_job_posting(kind: &Value) -> bool {
    match kind {
        Value::String(name) => name.rsplit(['/', ':']).next() == Some(JOB_POSTING),
        Value::Array(kinds) => kinds.iter().any(is_job_posting),
        _ => false,
    }
}

/// The identifier that the employer gives a posting.
pub(super) fn identifier(members: &Map<String, Value>) -> Option<String> {
    let identifier = members.get("identifier")?;
    plain(identifier).or_else(|| identifier.get("value").and_then(plain))
}

/// Reads what a `JobPosting` says.
pub(super) fn posting(reader: &mut Reader<'_>, it: &Part<'_>) -> Posting {
    let kind = reader.short(it, "jobLocationType");
    // The word means that all of the work is done from elsewhere.
    let is_remote = kind.as_deref().is_some_and(|it| it.eq_ignore_ascii_case("TELECOMMUTE"));
    let mut places = places(reader, it, "jobLocation", false);
    if is_remote {
        places.extend(regions(reader, it));
    }
    let link = reader.link(it, "url");
    Posting {
        title: reader.title(it, "title"),
        location_text: joined(places.iter().filter_map(words_of)),
        places: all_known(places),
        department_path: texts(reader, it, "occupationalCategory").into_iter().take(1).collect(),
        employment_type_raw: joined(texts(reader, it, "employmentType")).map(|it| it.replace('_', " ")),
        workplace_raw: kind,
        pay: pay(reader, it),
        apply_url: link.clone(),
        source_url: link,
        posted_at: reader.time(it, "datePosted"),
        deadline_at: reader.deadline(it, "validThrough"),
        language: texts(reader, it, "inLanguage").into_iter().next(),
        company_name: company(reader, it),
        website_url: website(reader, it),
        description_html: reader.text(it, "description").map(html),
        ..Posting::default()
    }
}

/// Some escape the body once more than JSON needs; then it has no tags, and its entities are those of tags.
fn html(body: String) -> Html {
    if !body.contains('<') && body.contains("&lt;") { Html::Escaped(body) } else { Html::Plain(body) }
}

/// An organization, or its name alone.
fn company(reader: &mut Reader<'_>, it: &Part<'_>) -> Option<String> {
    match it.get("hiringOrganization")? {
        Value::String(_) => reader.short(it, "hiringOrganization"),
        _ => reader.short(it, "hiringOrganization.name"),
    }
}

/// The employer's own site. What is the same as the employer is its page elsewhere as often.
fn website(reader: &mut Reader<'_>, it: &Part<'_>) -> Option<String> {
    let company = Part::of(it.get("hiringOrganization")?, "hiringOrganization")?;
    let mut pages = reader.one_or_many(&company, "url");
    pages.extend(reader.one_or_many(&company, "sameAs"));
    pages.into_iter().find_map(|(page, _)| own_page(page.as_str()?))
}

/// What is one text, or a list of them.
fn texts(reader: &mut Reader<'_>, it: &Part<'_>, name: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for (value, path) in reader.one_or_many(it, name) {
        match plain(value).or_else(|| value.get("name").and_then(plain)) {
            Some(text) => texts.push(text),
            None if value.as_str().is_some_and(|it| it.trim().is_empty()) => {}
            None => reader.problem(&path, "is no short text"),
        }
    }
    texts
}

fn places(reader: &mut Reader<'_>, it: &Part<'_>, name: &str, is_remote: bool) -> Vec<StatedPlace> {
    let mut places = Vec::new();
    for (value, path) in reader.one_or_many(it, name) {
        let address = value.get("address").unwrap_or(value);
        if let Some(words) = plain(address) {
            places.push(StatedPlace {
                raw: Some(words.clone()),
                city: Some(words),
                is_remote,
                ..StatedPlace::default()
            });
        } else if let Some(address) = Part::of(address, &path) {
            places.push(StatedPlace {
                raw: None,
                city: reader.short(&address, "addressLocality"),
                region: reader.short(&address, "addressRegion"),
                country: country(reader, &address),
                postal_code: reader.plain(&address, "postalCode"),
                is_remote,
            });
        } else {
            reader.problem(&path, "is no place");
        }
    }
    places.retain(|it| words_of(it).is_some());
    places
}

/// A country, or its name alone.
fn country(reader: &mut Reader<'_>, address: &Part<'_>) -> Option<String> {
    match address.get("addressCountry")? {
        Value::Object(_) => reader.short(address, "addressCountry.name"),
        _ => reader.short(address, "addressCountry"),
    }
}

/// From where one may apply who works remotely.
fn regions(reader: &mut Reader<'_>, it: &Part<'_>) -> Vec<StatedPlace> {
    let mut regions = Vec::new();
    for (value, path) in reader.one_or_many(it, "applicantLocationRequirements") {
        let Some(name) = plain(value).or_else(|| value.get("name").and_then(plain)) else {
            reader.problem(&path, "names no place");
            continue;
        };
        let place = StatedPlace { is_remote: true, ..StatedPlace::default() };
        regions.push(match value.get("@type").and_then(Value::as_str) {
            // With what it is in, it is words for a place.
            Some("City") if !name.contains(',') => StatedPlace { city: Some(name), ..place },
            Some("State") => StatedPlace { region: Some(name), ..place },
            _ => StatedPlace { country: Some(name), ..place },
        });
    }
    regions
}

fn pay(reader: &mut Reader<'_>, it: &Part<'_>) -> Vec<StatedPay> {
    let mut ranges = Vec::new();
    if !it.get("baseSalary").is_some_and(|it| it.is_object() || it.is_array()) {
        return ranges;
    }
    for salary in &reader.part_or_parts(it, "baseSalary") {
        // The value is an amount, or says more of itself.
        let value = if salary.get("value").is_some_and(Value::is_object) { reader.part(salary, "value") } else { None };
        let value = value.as_ref().unwrap_or(salary);
        let lone = reader.amount(value, "value");
        let unit = reader.short(value, "unitText").or_else(|| reader.short(salary, "unitText"));
        ranges.push(StatedPay {
            title: None,
            note: None,
            min: reader.amount(value, "minValue").or_else(|| lone.clone()),
            max: reader.amount(value, "maxValue").or(lone),
            currency: reader.short(salary, "currency").or_else(|| reader.short(value, "currency")),
            period: period(unit),
        });
    }
    ranges.retain(|it| it.min.is_some() || it.max.is_some());
    ranges
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ingest::posting::Problems;
    use crate::vocabulary::SalaryPeriod;

    fn read(value: &Value) -> (Posting, Vec<String>) {
        let mut problems = Problems::default();
        let mut reader = Reader { key: None, problems: &mut problems };
        let posting = posting(&mut reader, &Part::of(value, "").expect("it is an object"));
        (posting, problems.into_list().into_iter().map(|it| it.path).collect())
    }

    #[test]
    fn scripts_of_postings_are_found_wherever_they_stand() {
        let page = r#"<!doctype html><title><script type="application/ld+json">{"@type":"JobPosting"}</script></title>
            <!-- <script type="application/ld+json">{"@type":"JobPosting","title":"commented"}</script> -->
            <script>if (a < b) document.write("<script type='application/ld+json'>")</script>
            <SCRIPT data-x=1 TYPE='application/ld+json; charset=utf-8'>{"@type":"JobPosting","title":"A </p>"}</SCRIPT>
            <script type="application/ld+json">[{"@graph":[{"@type":["Thing","schema:JobPosting"],"title":"B"}]}]</script>
            <script type="application/ld+json">{"@type":"Organization"}</script>
            <script type="application/ld+json">{oops</script>"#;
        let mut notes = 0;
        let found = in_page(page.as_bytes(), &mut |_| notes += 1);
        let titles: Vec<&str> = found.postings.iter().filter_map(|it| it["title"].as_str()).collect();
        assert_eq!((titles, notes, found.is_cut), (vec!["A </p>", "B"], 1, false));
    }

    #[test]
    fn a_posting_that_is_too_long_is_lost_and_told() {
        let script = |words: &str| {
            format!(r#"<script type="application/ld+json">{{"@type":"JobPosting","title":"{words}"}}</script>"#)
        };
        let page = script("Cook") + &script(&"x".repeat(lenient::VALUE_BYTES_MAX));
        let mut notes = 0;
        let found = in_page(page.as_bytes(), &mut |_| notes += 1);
        assert_eq!((found.postings.len(), found.is_cut, notes), (1, true, 1));
    }

    #[test]
    fn a_whole_posting_is_mapped() {
        let (posting, problems) = read(&json!({
            "title": "Cook", "datePosted": "2026-01-02", "validThrough": "2026-02-01", "employmentType": ["FULL_TIME", "INTERN"],
            "hiringOrganization": { "name": "Acme" }, "jobLocationType": "TELECOMMUTE",
            "applicantLocationRequirements": { "@type": "Country", "name": "Norway" },
            "jobLocation": [{ "address": { "addressLocality": "Oslo", "addressCountry": { "name": "NO" } } }],
            "baseSalary": { "currency": "NOK", "value": { "minValue": 200, "maxValue": "250", "unitText": "HOUR" } },
            "description": "<p>Cook.</p>", "url": "https://acme.example/jobs/1?utm_source=x",
        }));
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(posting.location_text.as_deref(), Some("Oslo, NO; Norway"));
        let remote: Vec<bool> = posting.places.iter().map(|it| it.is_remote).collect();
        assert_eq!(remote, [false, true]);
        assert_eq!(posting.employment_type_raw.as_deref(), Some("FULL TIME; INTERN"));
        assert_eq!(
            (posting.pay[0].min.as_deref(), posting.pay[0].period.of()),
            (Some("200"), Some(SalaryPeriod::Hour))
        );
        assert_eq!(posting.posted_at, Some(1_767_312_000_000));
        assert_eq!(posting.deadline_at, Some(1_769_990_399_999));
        assert_eq!(posting.source_url.as_deref(), Some("https://acme.example/jobs/1"));
    }

    #[test]
    fn an_employer_is_told_by_a_site_of_its_own() {
        let site = |company: Value| {
            let (posting, problems) = read(&json!({ "title": "Cook", "hiringOrganization": company }));
            assert_eq!(problems, Vec::<String>::new());
            posting.website_url
        };
        let (own, profile) = ("https://acme.com", "https://www.linkedin.com/company/acme");
        for told in [
            json!({ "name": "Acme", "sameAs": own }),
            json!({ "name": "Acme", "sameAs": [profile, own] }),
            json!({ "name": "Acme", "url": own, "sameAs": "https://acme.org" }),
            json!({ "name": "Acme", "url": "", "sameAs": own }),
        ] {
            assert_eq!(site(told.clone()).as_deref(), Some(own), "{told}");
        }
        for silent in [json!("Acme"), json!({ "sameAs": profile }), json!({ "url": "acme.com", "sameAs": [7] })] {
            assert_eq!(site(silent.clone()), None, "{silent}");
        }
    }

    #[test]
    fn one_may_apply_from_a_country_a_state_or_a_city() {
        let of = |kind: &str, name: &str| json!({ "@type": kind, "name": name });
        let (posting, _) = read(&json!({
            "title": "Cook", "jobLocationType": "TELECOMMUTE",
            "applicantLocationRequirements": [of("State", "PA"), of("City", "Oslo"), of("Country", "NO"), "Sweden", {},
                                              of("AdministrativeArea", "Germany"), of("City", "Seattle, WA")],
        }));
        let told: Vec<_> = posting.places.iter().map(|it| (&it.city, &it.region, &it.country)).collect();
        let name = |it: &str| Some(it.to_owned());
        let (pa, oslo) = (name("PA"), name("Oslo"));
        assert_eq!(told[..2], [(&None, &pa, &None), (&oslo, &None, &None)]);
        let countries: Vec<_> = told[2..].iter().map(|(_, _, country)| country.as_deref()).collect();
        assert_eq!(countries, [Some("NO"), Some("Sweden"), Some("Germany"), Some("Seattle, WA")]);
    }

    #[test]
    fn other_shapes_of_the_same_are_read() {
        let (posting, problems) = read(&json!({
            "title": "Cook", "jobLocation": { "address": "Bergen" }, "hiringOrganization": "Acme", "employmentType": "",
            "baseSalary": { "currency": "EUR", "value": 50_000, "unitText": "YEAR" },
        }));
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!((posting.location_text.as_deref(), posting.company_name.as_deref()), (Some("Bergen"), Some("Acme")));
        assert_eq!((posting.pay[0].min.as_deref(), posting.pay[0].max.as_deref()), (Some("50000"), Some("50000")));
    }
}
