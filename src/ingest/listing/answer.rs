//! A list as it was answered: its rows and their keys, before any of them is opened.

use serde_json::Value;
use serde_json::value::RawValue;

use super::Shape;
use crate::ingest::answers::{Answer, Answers};
use crate::ingest::identity::json_hash;
use crate::ingest::lenient::{self, Members};
use crate::ingest::provider::Unreadable;
use crate::ingest::reader::plain;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A whole number that is too long for one, as text.
pub(super) fn digits(raw: &RawValue) -> Option<Value> {
    let is_long = |it: &&str| it.len() >= 20 && it.bytes().all(|byte| byte.is_ascii_digit());
    Some(raw.get()).filter(is_long).map(Into::into)
}

/// Reads a body as JSON, mended if it must be. `read` gets nothing from what has no structure even then.
pub(in crate::ingest) fn json<T>(
    body: &[u8],
    read: impl FnOnce(&RawValue) -> Result<T, Unreadable>,
) -> Result<T, Unreadable> {
    let body = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body);
    match serde_json::from_slice::<&RawValue>(body) {
        Ok(answer) => read(answer),
        Err(error) => {
            let unreadable = || Unreadable::NoJson(error.to_string());
            let mended = lenient::mended(body);
            let answer: &RawValue = serde_json::from_str(&mended).map_err(|_| unreadable())?;
            // A mended word is still no board, and its error says more than that it lacks a list.
            if answer.get().starts_with(['{', '[']) { read(answer) } else { Err(unreadable()) }
        }
    }
}

/// The list of this name in an answer.
pub(in crate::ingest) fn rows<'r>(answer: &'r RawValue, name: &'static str) -> Result<Vec<&'r RawValue>, Unreadable> {
    Ok(members_and_rows(answer, name)?.1)
}

/// The same, with all members of the answer: to find them again, all of it would be passed over.
pub(in crate::ingest) fn members_and_rows<'r>(
    answer: &'r RawValue,
    name: &'static str,
) -> Result<(Members<'r>, Vec<&'r RawValue>), Unreadable> {
    let members = Members::of(answer).ok_or(Unreadable::NoList(name))?;
    let rows = members.get(name).and_then(lenient::elements).ok_or(Unreadable::NoList(name))?;
    Ok((members, rows))
}

/// What the pages of a list say of each posting, row by row, without what moves while a posting stays the same: the first
/// of the members `names` that a row has, and a hash. `rows` finds the rows of a page.
pub(in crate::ingest) fn row_hashes(
    answers: &Answers,
    shape: &Shape,
    names: &[&str],
    rows: for<'r> fn(&'r RawValue) -> Result<Vec<&'r RawValue>, Unreadable>,
) -> Vec<(String, String)> {
    let mut hashes = Vec::new();
    for body in answers.pages().filter_map(Answer::body) {
        let read = json(body, |answer| {
            for row in rows(answer)? {
                let key = names.iter().find_map(|name| keys(&[row], name).pop());
                let members = lenient::value(row, "", &mut |_, _| {});
                if let (Some(key), Some(Value::Object(mut members))) = (key, members) {
                    members.retain(|name, _| !shape.volatile.contains(&name.as_str()));
                    hashes.push((key, json_hash(&members)));
                }
            }
            Ok(())
        });
        // Of a page that cannot be read, nothing is known to be as it was.
        drop(read);
    }
    hashes
}

/// The keys of rows, for paging: those that have one.
pub(in crate::ingest) fn keys(rows: &[&RawValue], name: &str) -> Vec<String> {
    let id = |raw: &&RawValue| {
        let members = Members::of(raw)?;
        let raw = members.get(name)?;
        digits(raw).or_else(|| lenient::value(raw, name, &mut |_, _| {})).as_ref().and_then(plain)
    };
    rows.iter().filter_map(id).collect()
}
