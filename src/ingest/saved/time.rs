//! When an answer was fetched, from a file's name or from what a person writes.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate};
use regex::Regex;

/// A day, and perhaps a time of it, as a word of a name. What follows must not be part of the same word: a day does not
/// count if an odd time follows it, nor the beginning of a longer number.
static IN_NAME: LazyLock<Regex> = LazyLock::new(|| {
    let day = "([0-9]{4})-?([0-9]{2})-?([0-9]{2})";
    let time = "[T_ -]([0-9]{2})[-:_]?([0-9]{2})[-:_]?([0-9]{2})(?:[-.,_]?([0-9]{1,9}))?";
    Regex::new(&format!("(?:^|[^0-9A-Za-z]){day}(?:{time})?(?:Z|[^0-9A-Za-z+]|$)")).expect("the pattern is one")
});

/// The time within a file's name, as `20260606T203124275Z`, `2026-06-06T20-31-24-275Z`, `20260606-203124` or
/// `2026-06-06`, in UTC; a day counts from its beginning.
pub fn of_name(name: &str) -> Option<i64> {
    IN_NAME.captures_iter(name).find_map(|found| {
        let part = |index: usize| found.get(index).map_or("0", |it| it.as_str());
        let day = NaiveDate::from_ymd_opt(part(1).parse().ok()?, part(2).parse().ok()?, part(3).parse().ok()?)?;
        let milliseconds = format!("{:0<3}", part(7)).get(..3)?.parse().ok()?;
        let (hour, minute, second) = (part(4).parse().ok()?, part(5).parse().ok()?, part(6).parse().ok()?);
        Some(day.and_hms_milli_opt(hour, minute, second, milliseconds)?.and_utc().timestamp_millis())
    })
}

/// A time as RFC 3339, or a day, which counts from its beginning in UTC.
pub fn parse(text: &str) -> Option<i64> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.timestamp_millis());
    }
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    Some(day.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::{of_name, parse};

    #[test]
    fn names_tell_their_time_in_several_forms() {
        let at = parse("2026-06-06T20:31:24.275Z");
        assert_eq!(of_name("2026-06-06T20-31-24-275Z-0a1b.json.zst"), at);
        assert_eq!(of_name("20260606T203124275400Z.json.gz"), at);
        assert_eq!(of_name("20260606T203124Z.json.gz"), parse("2026-06-06T20:31:24Z"));
        assert_eq!(of_name("2026-06-06.json.gz"), parse("2026-06-06"));
        assert_eq!(of_name("20260606.json"), parse("2026-06-06"));
        assert_eq!(of_name("20260606-203124.json"), parse("2026-06-06T20:31:24Z"));
        assert_eq!(of_name("2026-06-06-20-31-24.json"), parse("2026-06-06T20:31:24Z"));
        assert_eq!(of_name("acme-2026-06-06_203124.json"), parse("2026-06-06T20:31:24Z"));
        assert_eq!(of_name("2026-06-06-255944a9.json"), parse("2026-06-06"));
    }

    #[test]
    fn other_names_tell_none() {
        let odd = ["20260606T20.json", "20260606T2031Z.json", "2026-06-06T20-31-24+0200.json", "1712010112.json"];
        for name in ["board.json", "2026.json", "20261340.json", "", "é"].into_iter().chain(odd) {
            assert_eq!(of_name(name), None, "{name}");
        }
    }
}
