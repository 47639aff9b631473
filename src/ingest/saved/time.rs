//! When an answer was fetched, from a file's name or from what a person writes.

use chrono::{DateTime, NaiveDate, NaiveDateTime};

/// The time within a file's name, as `20260606T203124275Z`, `2026-06-06T20-31-24-275Z` or `2026-06-06`; a day counts from
/// its beginning in UTC.
pub fn of_name(name: &str) -> Option<i64> {
    let digits: String =
        name.chars().take_while(|it| it.is_ascii_digit() || matches!(it, '-' | 'T' | 'Z' | ':' | '_')).collect();
    let end = digits.find('Z').unwrap_or(digits.len());
    let digits: String = digits[..end].chars().filter(char::is_ascii_digit).collect();
    let has_time = name.chars().take(11).any(|it| matches!(it, 'T' | '_'));
    if digits.len() < 8 || (digits.len() < 14 && has_time) {
        return None;
    }
    let day = NaiveDate::parse_from_str(digits.get(..8)?, "%Y%m%d").ok()?;
    let time = if has_time {
        let clock = NaiveDateTime::parse_from_str(digits.get(..14)?, "%Y%m%d%H%M%S").ok()?;
        let fraction: String = digits.get(14..).unwrap_or_default().chars().chain("000".chars()).take(3).collect();
        clock.and_utc().timestamp_millis() + fraction.parse::<i64>().ok()?
    } else {
        day.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis()
    };
    Some(time)
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
    }

    #[test]
    fn other_names_tell_none() {
        for name in ["board.json", "2026.json", "20261340.json", "20260606T20.json", "", "é"] {
            assert_eq!(of_name(name), None, "{name}");
        }
    }
}
