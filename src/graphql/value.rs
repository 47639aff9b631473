//! Stored values as values of the graph.

use std::str::FromStr;

use entity::Ordinal;
use serde::de::DeserializeOwned;

use super::error::Failure;
use super::scalar::{Date, DateTime, Url, Uuid};
use crate::ingest::provider;
use crate::store::row::Record;

pub(super) fn time<C: Ordinal>(row: &Record, column: C) -> DateTime {
    DateTime(row.number(column))
}

/// The day of a time, in UTC.
pub(super) fn day<C: Ordinal>(row: &Record, column: C) -> Date {
    Date(chrono::DateTime::from_timestamp_millis(row.number(column)).unwrap_or_default().date_naive())
}

pub(super) fn time_or_null<C: Ordinal>(row: &Record, column: C) -> Option<DateTime> {
    row.optional_number(column).map(DateTime)
}

pub(super) fn uuid<C: Ordinal>(row: &Record, column: C) -> Uuid {
    Uuid(row.text(column).to_owned())
}

pub(super) fn url<C: Ordinal>(row: &Record, column: C) -> Option<Url> {
    row.optional_text(column).map(|text| Url(text.to_owned()))
}

/// A value of a closed set.
pub(super) fn closed<C: Ordinal, V: FromStr>(row: &Record, column: C) -> Result<Option<V>, Failure> {
    let parse = |text: &str| text.parse().map_err(|_| Failure::Broken("a stored value outside its closed set"));
    row.optional_text(column).map(parse).transpose()
}

/// A value that is stored as JSON.
pub(super) fn json<C: Ordinal, V: DeserializeOwned>(row: &Record, column: C) -> Result<Option<V>, Failure> {
    let parse = |text: &str| serde_json::from_str(text).map_err(|_| Failure::Broken("stored JSON of another shape"));
    row.optional_text(column).map(parse).transpose()
}

/// A share of one from a stored percentage.
pub(super) fn share<C: Ordinal>(row: &Record, column: C) -> f64 {
    f64::from(i32::try_from(row.number(column)).unwrap_or(0)) / 100.0
}

/// A provider's slug for display: `greenhouse` is `Greenhouse`.
pub(super) fn provider_label(slug: &str) -> String {
    if let Some(known) = provider::find(slug) {
        return known.label.to_owned();
    }
    slug.split('_').map(capitalized).collect::<Vec<_>>().join(" ")
}

fn capitalized(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
