//! Scalars of time.

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
