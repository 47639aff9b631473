//! What search engines and previews read of a page: title, description, address, and of a posting the block of JSON-LD
//! by <https://schema.org/JobPosting>, in the form that <https://developers.google.com/search/docs/appearance/structured-data/job-posting>
//! asks for. All that comes from a posting is escaped.

use html_escape::{encode_double_quoted_attribute, encode_text};
use serde_json::{Map, Value, json};

use super::posting::{Place, Posting, Salary};

/// Characters of a description in previews; more are cut off by those who show them.
const SUMMARY_CHARS_MAX: usize = 200;
/// Bytes of a description in JSON-LD; few postings have more than 20,000.
const DESCRIPTION_BYTES_MAX: usize = 128 * 1024;

/// What is written into a page.
pub(super) struct Head {
    /// Into the element `head`.
    pub(super) tags: String,
    /// What is shown to whoever has scripts switched off.
    pub(super) words: String,
}

impl Head {
    /// Of a page that is no posting's, by its path.
    pub(super) fn of_section(path: &str) -> Self {
        let (title, description) = match path.split('/').nth(1) {
            Some("orgs") => ("Companies", "Employers, and how their postings divide by place, kind of work and level."),
            Some("sources") => ("Sources", "The boards that postings are read from, and how well each is read."),
            Some("events") => ("Events", "What happens to postings, as it happens."),
            Some("jobs") => ("Jobs", "Postings of many employers, searched in full and narrowed by facets."),
            _ => ("Job boards as a graph", "Postings of many employers, with all that happened to them."),
        };
        Self { tags: titled(title, description), words: format!("<h1>{}</h1>", encode_text(title)) }
    }

    /// Of an address at which there is no such thing.
    pub(super) fn of_nothing(what: &str) -> Self {
        let why = "Nothing in this graph has this address. It may be mistyped, or belong to another installation.";
        let robots = "<meta name=\"robots\" content=\"noindex\" />";
        Self {
            tags: titled(&format!("No such {what}"), why) + robots,
            words: format!("<h1>There is no such {what}</h1><p>{why}</p>"),
        }
    }

    /// `public_url` is where people reach this server; without it, addresses are relative.
    pub(super) fn of_posting(posting: &Posting, public_url: Option<&str>) -> Self {
        let title = format!("{} · {}", posting.title, posting.org.name);
        let summary = summary(posting);
        let path = format!("/jobs/{}", posting.job_id);
        let address = public_url.map(|base| format!("{}{path}", base.trim_end_matches('/')));
        let mut tags = titled(&title, &summary);
        let canonical = address.as_deref().unwrap_or(&path);
        tags += &format!("<link rel=\"canonical\" href=\"{}\" />", encode_double_quoted_attribute(canonical));
        if let Some(address) = &address {
            tags += &property("og:url", address);
        }
        if posting.status != "ACTIVE" {
            tags += "<meta name=\"robots\" content=\"noindex\" />";
        }
        // Inside a script nothing but its end tag counts; without "<" there is none.
        let block = json_ld(posting, address.as_deref()).to_string().replace('<', "\\u003c");
        tags += &format!("<script type=\"application/ld+json\">{block}</script>");
        let words = format!("<h1>{}</h1><p>{}</p>", encode_text(&title), encode_text(&summary));
        Self { tags, words }
    }
}

fn titled(title: &str, description: &str) -> String {
    let mut tags = format!("<title>{} · jobgraph</title>", encode_text(title));
    tags += &format!("<meta name=\"description\" content=\"{}\" />", encode_double_quoted_attribute(description));
    tags += &property("og:title", title);
    tags += &property("og:description", description);
    tags += &property("og:type", "website");
    tags += &property("og:site_name", "jobgraph");
    tags
}

fn property(name: &str, content: &str) -> String {
    format!("<meta property=\"{name}\" content=\"{}\" />", encode_double_quoted_attribute(content))
}

/// Where the work is, and how the description begins.
fn summary(posting: &Posting) -> String {
    let text = posting.description_text.as_deref().unwrap_or_default();
    // Headings and items are marked at the beginning of their lines.
    let is_mark = |word: &&str| *word == "*" || word.bytes().all(|it| it == b'#');
    let words = text.lines().flat_map(|line| line.split_whitespace().skip_while(is_mark));
    let words = words.collect::<Vec<_>>().join(" ");
    let parts = [posting.location_text.clone().unwrap_or_default(), words];
    let whole = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    if whole.chars().count() <= SUMMARY_CHARS_MAX {
        return whole;
    }
    whole.chars().take(SUMMARY_CHARS_MAX - 1).chain(['…']).collect()
}

fn json_ld(posting: &Posting, address: Option<&str>) -> Value {
    let mut block = Map::new();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() {
            block.insert(name.to_owned(), value);
        }
    };
    put("@context", json!("https://schema.org"));
    put("@type", json!("JobPosting"));
    put("title", json!(posting.title));
    put("description", json!(description(posting)));
    put("datePosted", json!(posting.posted_at));
    // A closed posting is one that has run out.
    put("validThrough", json!(posting.inactive_at.as_ref().or(posting.application_deadline.as_ref())));
    put("employmentType", json!(posting.employment_type.as_deref().map(employment)));
    put("identifier", json!({ "@type": "PropertyValue", "name": posting.org.name, "value": posting.job_id }));
    let mut org = json!({ "@type": "Organization", "name": posting.org.name });
    if let Some(site) = &posting.org.website_url {
        org["sameAs"] = json!(site);
    }
    put("hiringOrganization", org);
    let places: Vec<Value> = posting.locations.iter().filter(|place| !place.is_remote).filter_map(place).collect();
    put("jobLocation", if places.is_empty() { Value::Null } else { places.into() });
    if posting.workplace_type.as_deref() == Some("REMOTE") {
        put("jobLocationType", json!("TELECOMMUTE"));
        put("applicantLocationRequirements", countries(posting));
    }
    put("baseSalary", posting.salary.as_ref().map_or(Value::Null, salary));
    put("url", json!(address.or(posting.source_url.as_deref())));
    Value::Object(block)
}

fn description(posting: &Posting) -> Option<&str> {
    let html = posting.description_html.as_deref().filter(|html| html.len() <= DESCRIPTION_BYTES_MAX);
    html.or_else(|| posting.description_text.as_deref().filter(|text| text.len() <= DESCRIPTION_BYTES_MAX))
}

/// The words that <https://schema.org/employmentType> has in use, where they are others than ours.
fn employment(name: &str) -> &str {
    match name {
        "CONTRACT" => "CONTRACTOR",
        "INTERNSHIP" => "INTERN",
        same => same,
    }
}

fn place(place: &Place) -> Option<Value> {
    let parts = [
        ("addressLocality", &place.city),
        ("addressRegion", &place.region),
        ("postalCode", &place.postal_code),
        ("addressCountry", if place.country_code.is_some() { &place.country_code } else { &place.country }),
    ];
    let known = parts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), json!(value.as_ref()?))));
    let mut address: Map<String, Value> = known.collect();
    if address.is_empty() {
        return None;
    }
    address.insert("@type".to_owned(), json!("PostalAddress"));
    Some(json!({ "@type": "Place", "address": address }))
}

/// Where one may live who works from a distance.
fn countries(posting: &Posting) -> Value {
    let codes = posting.remote_scope.as_ref().map_or(&[][..], |scope| &scope.country_codes);
    let codes = codes.iter().map(|code| json!({ "@type": "Country", "name": code })).collect::<Vec<_>>();
    if codes.is_empty() { Value::Null } else { codes.into() }
}

fn salary(salary: &Salary) -> Value {
    let (Some(currency), Some(period)) = (&salary.currency, &salary.period) else {
        return Value::Null;
    };
    let number = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<serde_json::Number>().ok());
    let mut value = json!({ "@type": "QuantitativeValue", "unitText": period });
    for (name, amount) in [("minValue", number(&salary.min)), ("maxValue", number(&salary.max))] {
        if let Some(amount) = amount {
            value[name] = Value::Number(amount);
        }
    }
    json!({ "@type": "MonetaryAmount", "currency": currency, "value": value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posting(changes: Value) -> Posting {
        let mut posting = json!({
            "jobId": "abc", "title": "Baker", "status": "ACTIVE", "postedAt": "2026-05-26T21:29:54.000Z",
            "org": { "name": "Bread & Co" }, "locations": [],
        });
        for (name, value) in changes.as_object().expect("it is an object") {
            posting[name] = value.clone();
        }
        serde_json::from_value(posting).expect("it is a posting")
    }

    fn block(head: &Head) -> Value {
        let (_, rest) = head.tags.split_once("<script type=\"application/ld+json\">").expect("there is a block");
        serde_json::from_str(rest.strip_suffix("</script>").expect("the block is last")).expect("it is JSON")
    }

    #[test]
    fn a_posting_that_says_little_has_a_short_block() {
        let head = Head::of_posting(&posting(json!({})), None);
        let org = json!({ "@type": "Organization", "name": "Bread & Co" });
        assert_eq!(
            block(&head),
            json!({
                "@context": "https://schema.org", "@type": "JobPosting", "title": "Baker",
                "datePosted": "2026-05-26T21:29:54.000Z", "hiringOrganization": org,
                "identifier": { "@type": "PropertyValue", "name": "Bread & Co", "value": "abc" },
            })
        );
        assert!(head.tags.contains("<title>Baker · Bread &amp; Co · jobgraph</title>"), "{}", head.tags);
        assert!(head.tags.contains("<link rel=\"canonical\" href=\"/jobs/abc\" />"), "{}", head.tags);
    }

    #[test]
    fn addresses_begin_as_the_operator_says() {
        let head = Head::of_posting(&posting(json!({})), Some("https://jobs.example/"));
        assert!(head.tags.contains("<link rel=\"canonical\" href=\"https://jobs.example/jobs/abc\" />"));
        assert!(head.tags.contains("<meta property=\"og:url\" content=\"https://jobs.example/jobs/abc\" />"));
        assert_eq!(block(&head)["url"], "https://jobs.example/jobs/abc");
    }

    #[test]
    fn nothing_that_a_posting_says_ends_an_element_or_an_attribute() {
        let hostile = "</script></title>\"'><script>alert(1)</script><!--";
        let text = json!({ "title": hostile, "descriptionText": hostile, "descriptionHtml": hostile, "org": { "name": hostile } });
        let head = Head::of_posting(&posting(text), None);
        assert_eq!(head.tags.matches("<script").count(), 1, "{}", head.tags);
        assert_eq!(head.tags.matches("</script").count(), 1, "{}", head.tags);
        assert_eq!(block(&head)["title"], hostile);
        assert!(!head.words.contains("<script"), "{}", head.words);
    }

    #[test]
    fn a_closed_posting_has_run_out_and_is_not_to_be_listed() {
        let head =
            Head::of_posting(&posting(json!({ "status": "CLOSED", "inactiveAt": "2026-06-01T00:00:00.000Z" })), None);
        assert!(head.tags.contains("noindex"));
        assert_eq!(block(&head)["validThrough"], "2026-06-01T00:00:00.000Z");
    }

    #[test]
    fn pay_is_told_only_with_currency_and_time() {
        let pay =
            |salary: Value| block(&Head::of_posting(&posting(json!({ "salary": salary })), None))["baseSalary"].take();
        assert_eq!(pay(json!({ "min": "20", "max": null, "currency": null, "period": "HOUR" })), Value::Null);
        let told = pay(json!({ "min": "20.50", "max": null, "currency": "EUR", "period": "HOUR" }));
        let value = json!({ "@type": "QuantitativeValue", "unitText": "HOUR", "minValue": 20.5 });
        assert_eq!(told["value"], value);
    }

    #[test]
    fn a_long_description_is_cut_for_previews() {
        let head = Head::of_posting(&posting(json!({ "descriptionText": "word ".repeat(1_000) })), None);
        let (_, rest) = head.tags.split_once("name=\"description\" content=\"").expect("there is a description");
        let (shown, _) = rest.split_once('"').expect("it ends");
        assert_eq!(shown.chars().count(), SUMMARY_CHARS_MAX);
    }

    #[test]
    fn previews_show_no_marks_of_headings_and_items() {
        let text = "## What we bake\n\n* bread\n* cake * 2\n\n#1 in town";
        let head = Head::of_posting(&posting(json!({ "descriptionText": text })), None);
        let description = "name=\"description\" content=\"What we bake bread cake * 2 #1 in town\"";
        assert!(head.tags.contains(description), "{}", head.tags);
    }
}
