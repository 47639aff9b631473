//! The scalars of the graph. Each is text on the wire; each says its form to clients by `@specifiedBy`.
//!
//! Reading one checks its form, so that a misspelled value is refused and never merely matches nothing.

use async_graphql::scalar;
use chrono::{DateTime as Instant, NaiveDate, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

/// A point in time, kept as UTC milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DateTime(pub i64);

scalar!(
    DateTime,
    "DateTime",
    "A point in time as RFC 3339 text in UTC with milliseconds, such as `2026-06-06T20:31:24.275Z`. Any offset is accepted as input.",
    "https://scalars.graphql.org/andimarek/date-time.html"
);

impl From<DateTime> for String {
    fn from(time: DateTime) -> Self {
        let instant = Instant::<Utc>::from_timestamp_millis(time.0).unwrap_or_default();
        instant.to_rfc3339_opts(SecondsFormat::Millis, true)
    }
}

impl TryFrom<String> for DateTime {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let instant = Instant::parse_from_rfc3339(&text);
        instant
            .map(|it| Self(it.timestamp_millis()))
            .map_err(|_| format!("\"{text}\" is no DateTime: write RFC 3339 text such as \"2026-06-06T20:31:24.275Z\""))
    }
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(pub NaiveDate);

scalar!(
    Date,
    "Date",
    "A day of the calendar as `YYYY-MM-DD`, without a time zone.",
    "https://scalars.graphql.org/andimarek/local-date.html"
);

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.0.format("%Y-%m-%d").to_string()
    }
}

impl TryFrom<String> for Date {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let date = NaiveDate::parse_from_str(&text, "%Y-%m-%d");
        date.map(Self).map_err(|_| format!("\"{text}\" is no Date: write \"YYYY-MM-DD\""))
    }
}

/// A length of time in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Duration(pub i64);

scalar!(
    Duration,
    "Duration",
    "A length of time as ISO 8601 text of weeks, days, hours, minutes and seconds, such as `P7D`, `P2W` or `PT36H`. Years and months are refused, as they differ in length.",
    "https://scalars.graphql.org/andimarek/duration.html"
);

impl From<Duration> for String {
    fn from(length: Duration) -> Self {
        format!("PT{}S", length.0 / 1_000)
    }
}

impl TryFrom<String> for Duration {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let refused = || format!("\"{text}\" is no Duration: write ISO 8601 text such as \"P7D\" or \"PT36H\"");
        let (days, times) = match text.strip_prefix('P').ok_or_else(refused)?.split_once('T') {
            Some((days, times)) if !times.is_empty() => (days, times),
            Some(_) => return Err(refused()),
            None => (&text[1..], ""),
        };
        let days = parts(days, &[('W', 604_800), ('D', 86_400)]).ok_or_else(refused)?;
        let times = parts(times, &[('H', 3_600), ('M', 60), ('S', 1)]).ok_or_else(refused)?;
        let seconds = days.checked_add(times).filter(|_| text.len() > 1).ok_or_else(refused)?;
        seconds.checked_mul(1_000).map(Self).ok_or_else(refused)
    }
}

/// The seconds of numbers with units, each unit once at most and in their order.
fn parts(text: &str, units: &[(char, i64)]) -> Option<i64> {
    let (mut rest, mut sum, mut units) = (text, 0_i64, units.iter());
    while !rest.is_empty() {
        let end = rest.find(|it: char| !it.is_ascii_digit())?;
        let amount: i64 = rest[..end].parse().ok()?;
        let unit = rest[end..].chars().next()?;
        let (_, seconds) = units.by_ref().find(|(name, _)| *name == unit)?;
        sum = sum.checked_add(amount.checked_mul(*seconds)?)?;
        rest = &rest[end + 1..];
    }
    Some(sum)
}

/// Any JSON value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Json(pub serde_json::Value);

scalar!(
    Json,
    "JSON",
    "Any JSON value. Used only for what a provider or an operator shaped.",
    "https://www.rfc-editor.org/rfc/rfc8259"
);

/// An absolute address.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Url(pub String);

scalar!(
    Url,
    "URL",
    "An absolute address of the web, such as `https://example.com/jobs/1`.",
    "https://url.spec.whatwg.org/#url-writing"
);

impl From<Url> for String {
    fn from(value: Url) -> Self {
        value.0
    }
}

impl TryFrom<String> for Url {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if url::Url::parse(&text).is_ok() {
            Ok(Self(text))
        } else {
            Err(format!("\"{text}\" is no URL: write an absolute address such as https://example.com/jobs/1"))
        }
    }
}

/// An exact decimal number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Decimal(pub String);

scalar!(
    Decimal,
    "Decimal",
    "An exact decimal number as text, such as `267393` or `21.50`.",
    "https://scalars.graphql.org/chillicream/decimal.html"
);

impl From<Decimal> for String {
    fn from(value: Decimal) -> Self {
        value.0
    }
}

impl TryFrom<String> for Decimal {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.parse::<rust_decimal::Decimal>().is_ok() {
            Ok(Self(text))
        } else {
            Err(format!("\"{text}\" is no Decimal: write digits, such as 21.50"))
        }
    }
}

/// ISO 3166-1 alpha-2.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CountryCode(pub String);

scalar!(
    CountryCode,
    "CountryCode",
    "A country as two capital letters of ISO 3166-1, such as `US`.",
    "https://www.iso.org/iso-3166-country-codes.html"
);

impl From<CountryCode> for String {
    fn from(value: CountryCode) -> Self {
        value.0
    }
}

impl TryFrom<String> for CountryCode {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.len() == 2 && text.bytes().all(|it| it.is_ascii_uppercase()) {
            Ok(Self(text))
        } else {
            Err(format!("\"{text}\" is no CountryCode: write two capital letters such as US"))
        }
    }
}

/// ISO 3166-2.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SubdivisionCode(pub String);

scalar!(
    SubdivisionCode,
    "SubdivisionCode",
    "A part of a country by its code in ISO 3166-2, such as `US-CA`.",
    "https://www.iso.org/iso-3166-country-codes.html"
);

impl From<SubdivisionCode> for String {
    fn from(value: SubdivisionCode) -> Self {
        value.0
    }
}

impl TryFrom<String> for SubdivisionCode {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if is_subdivision(&text) {
            Ok(Self(text))
        } else {
            Err(format!("\"{text}\" is no SubdivisionCode: write a code of ISO 3166-2 such as US-CA"))
        }
    }
}

/// ISO 4217.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CurrencyCode(pub String);

scalar!(
    CurrencyCode,
    "CurrencyCode",
    "A currency as three capital letters of ISO 4217, such as `EUR`.",
    "https://www.iso.org/iso-4217-currency-codes.html"
);

impl From<CurrencyCode> for String {
    fn from(value: CurrencyCode) -> Self {
        value.0
    }
}

impl TryFrom<String> for CurrencyCode {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.len() == 3 && text.bytes().all(|it| it.is_ascii_uppercase()) {
            Ok(Self(text))
        } else {
            Err(format!("\"{text}\" is no CurrencyCode: write three capital letters such as EUR"))
        }
    }
}

/// BCP 47.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language(pub String);

scalar!(
    Language,
    "Language",
    "A language as a tag of BCP 47, such as `en` or `pt-BR`.",
    "https://www.rfc-editor.org/rfc/rfc5646"
);

impl From<Language> for String {
    fn from(value: Language) -> Self {
        value.0
    }
}

impl TryFrom<String> for Language {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if is_language(&text) {
            Ok(Self(text))
        } else {
            Err(format!("\"{text}\" is no Language: write a tag of BCP 47 such as en or pt-BR"))
        }
    }
}

/// SHA-256 in hex.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hash(pub String);

scalar!(
    Hash,
    "Hash",
    "A SHA-256 as 64 lower-case hexadecimal digits.",
    "https://csrc.nist.gov/pubs/fips/180-4/upd1/final"
);

impl From<Hash> for String {
    fn from(value: Hash) -> Self {
        value.0
    }
}

impl TryFrom<String> for Hash {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.len() == 64 && text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f')) {
            Ok(Self(text))
        } else {
            Err(format!("\"{text}\" is no Hash: write 64 lower-case hexadecimal digits"))
        }
    }
}

/// A UUID.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Uuid(pub String);

scalar!(
    Uuid,
    "UUID",
    "A UUID in its usual text form, such as `62fbc0b4-dfc4-45d7-9b9e-0e0c3607d145`.",
    "https://www.rfc-editor.org/rfc/rfc9562"
);

impl From<Uuid> for String {
    fn from(value: Uuid) -> Self {
        value.0
    }
}

impl TryFrom<String> for Uuid {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        uuid::Uuid::try_parse(&text)
            .map(|uuid| Self(uuid.to_string()))
            .map_err(|_| format!("\"{text}\" is no UUID: write 32 hexadecimal digits in five groups"))
    }
}

/// A position in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Seq(pub i64);

scalar!(
    Seq,
    "Seq",
    "A position in the event log: a whole number from 1 on, as text, since it may pass what 32 bits hold.",
    "https://scalars.graphql.org/jakobmerrild/long.html"
);

impl From<Seq> for String {
    fn from(seq: Seq) -> Self {
        seq.0.to_string()
    }
}

impl TryFrom<String> for Seq {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let number = text.parse().ok().filter(|number| *number >= 0);
        number.map(Self).ok_or_else(|| format!("\"{text}\" is no Seq: write a whole number as text"))
    }
}

fn is_subdivision(text: &str) -> bool {
    text.split_once('-').is_some_and(|(country, part)| {
        country.len() == 2
            && country.bytes().all(|it| it.is_ascii_uppercase())
            && (1..=3).contains(&part.len())
            && part.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit())
    })
}

fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    parts.next().is_some_and(|first| (2..=3).contains(&first.len()) && first.bytes().all(|it| it.is_ascii_lowercase()))
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_alphanumeric()))
}
