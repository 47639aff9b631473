//! Words as providers and people write them: times, amounts, numbers, places and sections.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDateTime};
use regex::Regex;
use rust_decimal::Decimal;
use serde_json::Value;

use super::TEXT_BYTES_MAX;
use crate::ingest::normalize::amount::{currency_of_mark, number};
use crate::ingest::posting::{StatedPeriod, StatedPlace};
use crate::vocabulary::SalaryPeriod;

/// Bytes of a provider's words for what is paid.
const PAY_WORDS_BYTES_MAX: usize = 200;
/// What employers write where they have nothing to tell, or one posting for many; compared in lower case.
const PLACEHOLDERS: [&str; 17] = [
    "",
    "-",
    "--",
    "n/a",
    "na",
    "none",
    "tbd",
    "see opening id",
    "tba",
    "one",
    "multi",
    "mul",
    "multiple",
    "parent",
    "evergreen",
    "various",
    "pipeline",
];

/// A time with an offset, or in UTC where no zone is told: of a provider's own, nobody knows it.
pub(super) fn instant(text: &str) -> Option<i64> {
    const ZONED: [&str; 2] = ["%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%dT%H:%M%#z"];
    const ZONELESS: [&str; 3] = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S"];
    let zoned = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc2822(text)).ok();
    let zoned = zoned.or_else(|| ZONED.iter().find_map(|it| DateTime::parse_from_str(text, it).ok()));
    if let Some(time) = zoned {
        return Some(time.timestamp_millis());
    }
    let text = text.strip_suffix(" UTC").unwrap_or(text);
    let time = ZONELESS.iter().find_map(|it| NaiveDateTime::parse_from_str(text, it).ok())?;
    Some(time.and_utc().timestamp_millis())
}

/// An amount as people write it, digits in groups with a currency before or behind them, such as "65,000.00", "$65,000"
/// or "65 000 EUR"; and the code of its currency, unless the mark stands for several.
pub(in crate::ingest) fn written(text: &str) -> Option<(Decimal, Option<&'static str>)> {
    static WRITTEN: LazyLock<Regex> = LazyLock::new(|| {
        let mark = r"[A-Z]{0,3}\p{Sc}|[A-Z]{3}";
        let digits = r"[0-9]+(?:[.,][0-9]{2,3}|['’\s][0-9]{3})*(?:[.,][0-9]{1,2})?";
        let pattern = format!(r"^\s*({mark})?\s*({digits})\s*({mark})?\s*$");
        Regex::new(&pattern).expect("the pattern is valid")
    });
    let found = WRITTEN.captures(text)?;
    let mut currency = None;
    for mark in [found.get(1), found.get(3)].into_iter().flatten() {
        let (code, is_exact) = currency_of_mark(mark.as_str())?;
        if is_exact {
            currency = Some(code);
        }
    }
    Some((number(&found[2])?, currency))
}

/// Whether employers write this where they have nothing to tell.
pub(in crate::ingest) fn is_placeholder(text: &str) -> bool {
    PLACEHOLDERS.contains(&text.trim().to_lowercase().as_str())
}

/// A number or a short text as text.
pub(in crate::ingest) fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
        Value::String(text) => Some(text.trim().to_owned()).filter(|it| !it.is_empty() && it.len() <= TEXT_BYTES_MAX),
        _ => None,
    }
}

/// Texts in one, with "; " between them; each once, and never longer than what is searched for may be. What is joined
/// already can be joined with more.
pub(in crate::ingest) fn joined(texts: impl IntoIterator<Item = String>) -> Option<String> {
    let mut all: Vec<String> = Vec::new();
    let mut bytes = 0;
    for text in texts {
        for part in text.split("; ").filter(|it| !it.is_empty()) {
            bytes += part.len() + 2;
            if bytes <= TEXT_BYTES_MAX && !all.iter().any(|it| it == part) {
                all.push(part.to_owned());
            }
        }
    }
    (!all.is_empty()).then(|| all.join("; "))
}

/// The time that a provider's words name, such as `per-year-salary`, `1 YEAR` or `hour`.
pub(in crate::ingest) fn period(words: Option<String>) -> StatedPeriod {
    const PERIODS: [(&str, SalaryPeriod); 7] = [
        ("hour", SalaryPeriod::Hour),
        ("day", SalaryPeriod::Day),
        ("daily", SalaryPeriod::Day),
        ("week", SalaryPeriod::Week),
        ("month", SalaryPeriod::Month),
        ("year", SalaryPeriod::Year),
        ("annual", SalaryPeriod::Year),
    ];
    /// Times that no period of ours is.
    const OTHERS: [&str; 8] = ["bi-", "biweek", "bimonth", "semi", "fortnight", "quarter", "one-time", "one time"];
    let words = words.unwrap_or_default().to_lowercase();
    if OTHERS.iter().any(|it| words.contains(it)) {
        return StatedPeriod::Other;
    }
    let known = PERIODS.into_iter().find(|(word, _)| words.contains(word));
    known.map_or(StatedPeriod::Unstated, |(_, period)| StatedPeriod::Of(period))
}

/// What a provider writes of pay beside its fields, if it tells an amount and little else.
pub(in crate::ingest) fn pay_words(text: Option<String>) -> Option<String> {
    let words = text?.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_short = words.len() <= PAY_WORDS_BYTES_MAX;
    (is_short && words.bytes().any(|it| it.is_ascii_digit())).then_some(words)
}

/// Words for pay as a section of the description, marked so that they are read as such.
pub(in crate::ingest) fn pay_section(words: String) -> String {
    format!("<div class=\"pay-range\">{}</div>", html_escape::encode_text(&words))
}

/// A place's words: what is known of it, from the small to the large.
pub(in crate::ingest) fn words_of(place: &StatedPlace) -> Option<String> {
    let words: Vec<&str> =
        [&place.city, &place.region, &place.country].into_iter().flatten().map(String::as_str).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// The places, if something is known of each: places that are stated in part would hide what the words say.
pub(in crate::ingest) fn all_known(places: Vec<StatedPlace>) -> Vec<StatedPlace> {
    if places.iter().all(|it| words_of(it).is_some()) { places } else { Vec::new() }
}

/// Sections of a description, each under its heading.
pub(in crate::ingest) fn sections(
    sections: impl IntoIterator<Item = (Option<String>, Option<String>)>,
) -> Option<String> {
    let mut html = String::new();
    for (heading, body) in sections {
        let Some(body) = body.filter(|it| !it.trim().is_empty()) else {
            continue;
        };
        if let Some(heading) = heading {
            html.push_str(&format!("<h3>{}</h3>\n", html_escape::encode_text(&heading)));
        }
        html.push_str(&body);
        html.push('\n');
    }
    (!html.is_empty()).then_some(html)
}
