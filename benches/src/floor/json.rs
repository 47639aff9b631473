//! Rows as JSON.

use chrono::{DateTime, SecondsFormat, Utc};
use entity::ABSENT;
use serde::Serialize;

use crate::database::Row;

/// How a column is written.
#[derive(Clone, Copy)]
pub(crate) enum As {
    /// An id of this kind.
    Id(&'static str),
    Text,
    /// Empty text is null.
    OrNull,
    Number,
    /// A number as text.
    Digits,
    Time,
    TimeOrNull,
    Day,
    Json,
    /// Whether the text is this one.
    Is(&'static str),
    /// A provider's name for people.
    Label,
}

/// A key and how its value, the next column, is written.
pub(crate) type Member = (&'static str, As);

/// Writes an object's members, read from the columns behind the first `skipped`, without its closing brace.
pub(crate) fn open_object(row: &dyn Row, skipped: usize, members: &[Member], out: &mut Vec<u8>) {
    let mut before = b'{';
    for (index, (key, kind)) in members.iter().enumerate() {
        out.extend_from_slice(&[before, b'"']);
        out.extend_from_slice(key.as_bytes());
        out.extend_from_slice(b"\":");
        before = b',';
        write(row, skipped + index, *kind, out);
    }
}

pub(crate) fn object(row: &dyn Row, skipped: usize, members: &[Member], out: &mut Vec<u8>) {
    open_object(row, skipped, members, out);
    out.push(b'}');
}

/// Writes what the serializer makes of a value; memory and plain values never fail.
pub(crate) fn value(value: &(impl Serialize + ?Sized), out: &mut Vec<u8>) {
    serde_json::to_writer(out, value).unwrap_or_default();
}

fn write(row: &dyn Row, index: usize, kind: As, out: &mut Vec<u8>) {
    let text = || row.text(index).unwrap_or_default();
    let number = || row.number(index).unwrap_or_default();
    match kind {
        As::Id(kind) => {
            out.push(b'"');
            out.extend_from_slice(kind.as_bytes());
            out.push(b'_');
            out.extend_from_slice(text().as_bytes());
            out.push(b'"');
        }
        As::Text => value(text(), out),
        As::OrNull => value(&row.text(index).filter(|it| !it.is_empty()), out),
        As::Number => value(&number(), out),
        As::Digits => value(&number().to_string(), out),
        As::Time => time(number(), out),
        As::TimeOrNull => match row.number(index) {
            None | Some(ABSENT) => out.extend_from_slice(b"null"),
            Some(at) => time(at, out),
        },
        As::Day => {
            let day = instant(number()).date_naive().to_string();
            value(&day, out);
        }
        As::Json => out.extend_from_slice(text().as_bytes()),
        As::Is(wanted) => value(&(text() == wanted), out),
        As::Label => {
            let (first, rest) = text().split_at_checked(1).unwrap_or_default();
            value(&format!("{}{rest}", first.to_uppercase()), out);
        }
    }
}

fn time(at: i64, out: &mut Vec<u8>) {
    value(&instant(at).to_rfc3339_opts(SecondsFormat::Millis, true), out);
}

fn instant(at: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(at).unwrap_or_default()
}
