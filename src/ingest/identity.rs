//! Names and fingerprints that follow from the data alone, so that two installations agree on them (domain rules:
//! `docs/schema-design.md`).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use chrono::{DateTime, SecondsFormat, Utc};
use data_encoding::HEXLOWER;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use uuid::Uuid;

use super::posting::{Posting, StatedPay, StatedPeriod, StatedPlace};

/// Namespaces of version 5 UUIDs; arbitrary, and fixed for ever.
const SOURCES: Uuid = Uuid::from_u128(0x6f1d_3c52_9a0e_5b47_8c11_2d7f_44e0_a901);
const ORGS: Uuid = Uuid::from_u128(0x6f1d_3c52_9a0e_5b47_8c11_2d7f_44e0_a902);
const CRAWLS: Uuid = Uuid::from_u128(0x6f1d_3c52_9a0e_5b47_8c11_2d7f_44e0_a903);

/// Whole numbers that JavaScript tells apart.
const WHOLE_NUMBERS: RangeInclusive<i64> = -MAX_SAFE_INTEGER..=MAX_SAFE_INTEGER;
const MAX_SAFE_INTEGER: i64 = (1 << 53) - 1;

/// What stays as it is in a part of an archive key.
const KEY_PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// The SHA-1 of `provider|board|key`, as the original's ids are made.
pub fn job_id(provider: &str, board: &str, key: &str) -> String {
    sha1_hex(&format!("{provider}|{board}|{key}"))
}

pub fn source_id(provider: &str, board: &str) -> String {
    Uuid::new_v5(&SOURCES, format!("{provider}|{board}").as_bytes()).to_string()
}

/// The employer that a board is taken for until a rule joins several.
pub fn org_id(provider: &str, board: &str) -> String {
    Uuid::new_v5(&ORGS, format!("{provider}|{board}").as_bytes()).to_string()
}

/// A crawl is named by its board and the time of its answer, so that a repeated run is recognized.
pub fn crawl_id(source_id: &str, finished_at: i64) -> String {
    Uuid::new_v5(&CRAWLS, format!("{source_id}|{finished_at}").as_bytes()).to_string()
}

/// How providers compare boards: in any case.
pub fn board_key(board: &str) -> String {
    board.to_lowercase()
}

/// By what a board is known again: its provider, and its key there.
pub fn board(provider: &str, board: &str) -> (String, String) {
    (provider.to_owned(), board_key(board))
}

/// The SHA-1 of `jobId|jobSeq|type|normalizedHashAfter`.
pub fn event_key(job_id: &str, job_seq: i32, event_type: &str, normalized_hash: &str) -> String {
    sha1_hex(&format!("{job_id}|{job_seq}|{event_type}|{normalized_hash}"))
}

pub fn sha1_hex(text: &str) -> String {
    HEXLOWER.encode(&Sha1::digest(text.as_bytes()))
}

pub fn sha256_hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// Names the three forms of a body together: newer rules may make another text of the same HTML.
pub fn description_hash(forms: [&str; 3]) -> String {
    let mut hash = Sha256::new();
    for form in forms {
        hash.update(form);
        hash.update([0]);
    }
    HEXLOWER.encode(&hash.finalize())
}

/// The SHA-256 of an object's canonical form (RFC 8785).
pub fn json_hash<'v>(members: impl IntoIterator<Item = (&'v String, &'v Value)>) -> String {
    let members: BTreeMap<&String, &Value> = members.into_iter().collect();
    let is_plain = members.iter().all(|(name, value)| name.is_ascii() && is_written_canonically(value));
    let canonical = if is_plain { serde_json::to_vec(&members) } else { serde_json_canonicalizer::to_vec(&members) };
    sha256_hex(&canonical.expect("values become JSON"))
}

/// Whether a value is written in its canonical form whoever writes it, as nearly all are. Names beyond ASCII are ordered by
/// their UTF-16, and numbers that are not whole, or too large, are written as JavaScript does.
fn is_written_canonically(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => true,
        Value::Number(number) => number.as_i64().is_some_and(|it| WHOLE_NUMBERS.contains(&it)),
        Value::Array(elements) => elements.iter().all(is_written_canonically),
        Value::Object(members) => {
            members.keys().is_sorted() && members.iter().all(|(name, it)| name.is_ascii() && is_written_canonically(it))
        }
    }
}

/// The key under which an answer is archived; `:` and `.` of the time become `-`.
pub fn raw_key(provider: &str, board: &str, fetched_at: i64, sha256: &str) -> String {
    let time = rfc3339(fetched_at);
    let (provider, board) = (utf8_percent_encode(provider, KEY_PART), utf8_percent_encode(board, KEY_PART));
    let date = &time[..time.find('T').unwrap_or(time.len())];
    let stamp = time.replace([':', '.'], "-");
    format!("raw/provider={provider}/board={board}/date={date}/{stamp}-{sha256}.json.zst")
}

/// A time as text, UTC with milliseconds.
pub fn rfc3339(at: i64) -> String {
    DateTime::<Utc>::from_timestamp_millis(at).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The hash of what the provider states of a posting: no time, no status, nothing derived, and no value of a key in
/// `absent`, by which a caller asks what the hash would be had such keys not appeared.
///
/// The language is left out: it appeared on every posting of one provider on one day, and a posting that truly changes
/// its language changes its text as well.
pub fn content_hash(posting: &Posting, description_text: Option<&str>, absent: &BTreeSet<String>) -> String {
    let mut stated = Map::new();
    let mut state = |name: &str, native_key: &str, value: Value| {
        let is_empty = value.is_null() || value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty);
        if !is_empty && !absent.contains(native_key) {
            stated.insert(name.to_owned(), value);
        }
    };
    let folded = |text: &Option<String>| text.as_deref().map_or(Value::Null, |it| fold(it).into());
    state("title", "title", fold(&posting.title).into());
    state("locationText", "location", posting.location_text.as_deref().map_or(Value::Null, |it| in_order(it).into()));
    state("country", "country", folded(&posting.country));
    state("places", "location", sorted(posting.places.iter().map(place).collect()));
    state("departmentPath", "departments", json!(posting.department_path));
    state("team", "team", folded(&posting.team));
    state("employmentTypeRaw", "metadata", folded(&posting.employment_type_raw));
    state("workplace", "metadata", folded(&posting.workplace_raw));
    state("pay", "", sorted(posting.pay.iter().map(pay).collect()));
    state("sourceUrl", "absolute_url", folded(&posting.source_url));
    state("applyUrl", "absolute_url", folded(&posting.apply_url));
    state("deadline", "application_deadline", posting.deadline_at.map_or(Value::Null, Into::into));
    state("requisitionId", "requisition_id", folded(&posting.requisition_id));
    state("description", "", description_text.map_or(Value::Null, |it| fold(it).into()));
    state("metadata", "metadata", sorted(posting.metadata.iter().filter_map(metadata).collect()));
    json_hash(&stated)
}

fn metadata(it: &super::posting::Metadata) -> Option<Value> {
    let value = match &it.value {
        Value::Null => return None,
        Value::Array(items) => sorted(items.clone()),
        other => other.clone(),
    };
    Some(json!([it.id, it.name, value]))
}

fn place(it: &StatedPlace) -> Value {
    json!([it.raw, it.city, it.region, it.country, it.postal_code, it.is_remote])
}

fn pay(it: &StatedPay) -> Value {
    let period = match it.period {
        StatedPeriod::Unstated => Value::Null,
        StatedPeriod::Of(period) => json!(period),
        StatedPeriod::Other => "OTHER".into(),
    };
    json!([it.title, it.note, it.min, it.max, it.currency, period])
}

/// Places as text, of which the first is the primary one, and the order of the others means nothing.
fn in_order(places: &str) -> String {
    let places = fold(places);
    let mut parts: Vec<&str> = places.split("; ").collect();
    parts[1..].sort_unstable();
    parts.join("; ")
}

/// A list whose order means nothing.
fn sorted(mut items: Vec<Value>) -> Value {
    items.sort_by_cached_key(ToString::to_string);
    Value::Array(items)
}

/// Text as it is compared: composed, with single spaces.
fn fold(text: &str) -> String {
    let text = composed(text);
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// Text whose letters and marks are as few characters as can be (NFC), as nearly all text is.
pub(super) fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return text.into();
    }
    text.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::posting::Metadata;

    #[test]
    fn a_job_id_is_the_originals() {
        assert_eq!(job_id("greenhouse", "pinterest", "7908460"), "7d5621bb4908f7b134f32897ba38de05b147ae17");
    }

    #[test]
    fn an_object_is_hashed_in_its_canonical_form_however_it_is_written() {
        for value in [
            json!({}),
            json!({ "b": [1, -7, null, true, { "d": "\u{7f}\u{e9}\u{1f600}", "c": "" }], "a": "\u{8}\t\n\u{b}\"\\/\u{1}" }),
            json!({ "\u{e000}": 1, "\u{1f600}": 2, "a": { "\u{ff5e}": 3, "\u{10000}": 4 } }),
            json!({ "a": 1.0, "b": [1e21, 1.5e-7, -0.0] }),
            json!({ "a": 9_007_199_254_740_991_i64, "b": 9_007_199_254_740_993_i64, "c": u64::MAX, "d": i64::MIN }),
        ] {
            let canonical = serde_json_canonicalizer::to_vec(&value).expect("it has a canonical form");
            let members = value.as_object().expect("it is an object");
            assert_eq!(json_hash(members), sha256_hex(&canonical), "{value}");
        }
    }

    #[test]
    fn an_archive_key_tells_board_day_time_and_content() {
        let key = raw_key("greenhouse", "a/../b", 1_780_777_884_275, "ab");
        assert_eq!(
            key,
            "raw/provider=greenhouse/board=a%2F..%2Fb/date=2026-06-06/2026-06-06T20-31-24-275Z-ab.json.zst"
        );
    }

    fn posting() -> Posting {
        let metadata = |id: &str, value: Value| Metadata { id: id.to_owned(), name: "N".to_owned(), value };
        Posting {
            title: "Engineer".to_owned(),
            metadata: vec![metadata("1", json!(["b", "a"])), metadata("2", Value::Null)],
            ..Posting::default()
        }
    }

    fn hash(posting: &Posting) -> String {
        content_hash(posting, None, &BTreeSet::new())
    }

    #[test]
    fn times_language_white_space_and_order_leave_the_content_as_it_is() {
        let mut other = posting();
        other.title = " Engineer\t".to_owned();
        other.updated_at = Some(1);
        other.posted_at = Some(2);
        other.language = Some("en".to_owned());
        other.metadata[0].value = json!(["a", "b"]);
        other.metadata.pop();
        assert_eq!(hash(&posting()), hash(&other));
        let placed = |places: &str| hash(&Posting { location_text: Some(places.to_owned()), ..posting() });
        assert_eq!(placed("Berlin; Paris; Rome"), placed("Berlin; Rome; Paris"));
        assert_ne!(placed("Berlin; Paris"), placed("Berlin; Paris; Rome"));
        assert_ne!(placed("Berlin; Paris"), placed("Paris; Berlin"), "another one is the primary");
    }

    #[test]
    fn a_stated_value_changes_the_content() {
        let mut other = posting();
        other.requisition_id = Some("R1".to_owned());
        assert_ne!(hash(&posting()), hash(&other));
    }

    #[test]
    fn a_key_that_merely_appears_can_be_left_out() {
        let mut other = posting();
        other.requisition_id = Some("R1".to_owned());
        let appeared = BTreeSet::from(["requisition_id".to_owned()]);
        assert_eq!(hash(&posting()), content_hash(&other, None, &appeared));
    }
}
