//! Single fields, in all the ways that they are written.

use serde_json::json;

use super::*;

/// What is read of an object, and whether it was all right.
fn read<T>(value: &Value, read: impl FnOnce(&mut Reader<'_>, &Part<'_>) -> T) -> (T, bool) {
    let mut problems = Problems::default();
    let mut reader = Reader { key: None, problems: &mut problems };
    let read = read(&mut reader, &Part::of(value, "").expect("it is an object"));
    (read, problems.into_list().is_empty())
}

fn amount(value: Value) -> (Option<String>, bool) {
    read(&json!({ "it": value }), |reader, it| reader.amount(it, "it"))
}

fn time(text: &str) -> (Option<i64>, bool) {
    read(&json!({ "it": text }), |reader, it| reader.time(it, "it"))
}

#[test]
fn amounts_are_read_as_programs_and_as_people_write_them() {
    let told = [
        (json!(50_000), "50000"),
        (json!("21.50"), "21.5"),
        (json!("50,000"), "50000"),
        (json!("65,000.00"), "65000"),
        (json!("$65,000"), "65000"),
        (json!("US$ 21.50"), "21.5"),
        (json!("€65.000,50"), "65000.5"),
        (json!("65 000 EUR"), "65000"),
        (json!("CHF 120'000"), "120000"),
        (json!("12,34,567"), "1234567"),
    ];
    for (value, expected) in told {
        assert_eq!(amount(value.clone()), (Some(expected.to_owned()), true), "{value}");
    }
}

#[test]
fn words_are_no_amounts() {
    for odd in ["competitive", "40 hours", "50,000 to 60,000", "50,000-60,000", "12 34", "50,000 PTO", "$", "€ x"] {
        assert_eq!(amount(json!(odd)), (None, false), "{odd}");
    }
    assert_eq!(amount(json!(" ")), (None, true));
}

#[test]
fn a_currency_is_told_by_what_stands_for_it_alone() {
    let currency = |text| written(text).and_then(|(_, currency)| currency);
    assert_eq!((currency("$65,000"), currency("65,000")), (None, None));
    assert_eq!((currency("€65,000"), currency("65,000 USD")), (Some("EUR"), Some("USD")));
    assert_eq!(currency("$65,000 CAD"), Some("CAD"));
}

/// 2026-01-02T03:04:05Z.
const AT: i64 = 1_767_323_045_000;

#[test]
fn a_time_without_a_zone_is_one_of_utc() {
    for (text, expected) in [
        ("2026-01-02T03:04:05", AT),
        ("2026-01-02T03:04:05.250", AT + 250),
        ("2026-01-02T03:04", AT - 5_000),
        ("2026-01-02 03:04:05", AT),
        ("2026-01-02 03:04:05 UTC", AT),
    ] {
        assert_eq!(time(text), (Some(expected), true), "{text}");
    }
}

#[test]
fn a_time_with_an_offset_may_leave_its_seconds_out() {
    for (text, expected) in [
        ("2026-01-02T04:04:05+01:00", AT),
        ("2026-01-02T04:04:05+0100", AT),
        ("2026-01-02T04:04+01:00", AT - 5_000),
        ("2026-01-02T03:04Z", AT - 5_000),
    ] {
        assert_eq!(time(text), (Some(expected), true), "{text}");
    }
}

#[test]
fn what_is_no_time_is_told() {
    for odd in ["soon", "03:04", "2026-01-02T25:00", "2026-01-02 03:04:05 CET", "2026-13-01T03:04:05"] {
        assert_eq!(time(odd), (None, false), "{odd}");
    }
}

#[test]
fn what_stands_for_no_number_or_for_many_is_no_requisition() {
    let requisition = |text: &str| read(&json!({ "it": text }), |reader, it| reader.requisition(it, "it"));
    for placeholder in ["One", "multi", "MUL", "Multiple", "Parent", "Evergreen", "various", "Pipeline", "N/A"] {
        assert_eq!(requisition(placeholder), (None, true), "{placeholder}");
    }
    assert_eq!(requisition("Multi-7"), (Some("Multi-7".to_owned()), true));
}
