//! Cursors: where a row stands in an ordered list, as text that is opaque to clients.
//!
//! A cursor is a version, a fingerprint of the list it belongs to (its parent, order and search), the row's sort keys and a
//! checksum over all of it. Decoding is total: any text gives keys or a reason.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::store::key::Key;

const VERSION: u8 = 1;
const FINGERPRINT_BYTES: usize = 6;
const CHECKSUM_BYTES: usize = 4;
/// Longer texts are no cursors of ours: titles, the longest keys, are cut before they are stored.
const CURSOR_CHARACTERS_MAX: usize = 4_096;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CursorError {
    #[error("is no cursor of this server")]
    Malformed,
    #[error("was made by another version of this server")]
    Version,
    #[error("belongs to a list with another parent, order or search")]
    OtherList,
}

/// The cursor of a row with these sort keys in the list that `list` names.
pub fn encode(list: &str, keys: &[Key]) -> String {
    let values: Vec<serde_json::Value> = keys.iter().map(to_json).collect();
    let mut bytes = vec![VERSION];
    bytes.extend(&Sha256::digest(list.as_bytes())[..FINGERPRINT_BYTES]);
    bytes.extend(serde_json::Value::Array(values).to_string().into_bytes());
    let checksum = Sha256::digest(&bytes);
    bytes.extend(&checksum[..CHECKSUM_BYTES]);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The sort keys in a cursor; `are_numbers` tells the kind of each.
pub fn decode(cursor: &str, list: &str, are_numbers: &[bool]) -> Result<Vec<Key>, CursorError> {
    if cursor.len() > CURSOR_CHARACTERS_MAX {
        return Err(CursorError::Malformed);
    }
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| CursorError::Malformed)?;
    let body_end = bytes.len().checked_sub(CHECKSUM_BYTES).ok_or(CursorError::Malformed)?;
    let (body, checksum) = bytes.split_at(body_end);
    if Sha256::digest(body)[..CHECKSUM_BYTES] != *checksum {
        return Err(CursorError::Malformed);
    }
    let (version, rest) = body.split_first().ok_or(CursorError::Malformed)?;
    if *version != VERSION {
        return Err(CursorError::Version);
    }
    let (fingerprint, values) = rest.split_at_checked(FINGERPRINT_BYTES).ok_or(CursorError::Malformed)?;
    if Sha256::digest(list.as_bytes())[..FINGERPRINT_BYTES] != *fingerprint {
        return Err(CursorError::OtherList);
    }
    let values: Vec<serde_json::Value> = serde_json::from_slice(values).map_err(|_| CursorError::Malformed)?;
    if values.len() != are_numbers.len() {
        return Err(CursorError::OtherList);
    }
    values.into_iter().zip(are_numbers).map(|(value, is_number)| from_json(value, *is_number)).collect()
}

fn to_json(key: &Key) -> serde_json::Value {
    match key {
        Key::Text(text) => text.as_str().into(),
        Key::Number(number) => (*number).into(),
    }
}

fn from_json(value: serde_json::Value, is_number: bool) -> Result<Key, CursorError> {
    match value {
        serde_json::Value::String(text) if text.contains('\0') => Err(CursorError::Malformed),
        serde_json::Value::String(text) if !is_number => Ok(Key::Text(text)),
        serde_json::Value::Number(number) if is_number => {
            number.as_i64().map(Key::Number).ok_or(CursorError::Malformed)
        }
        _ => Err(CursorError::OtherList),
    }
}

#[cfg(test)]
mod tests {
    use super::{CursorError, decode, encode};
    use crate::store::key::Key;

    const LIST: &str = "job|posted_at DESC,job_id DESC";

    fn keys() -> Vec<Key> {
        vec![Key::Number(i64::MIN), Key::from("7d56")]
    }

    #[test]
    fn a_cursor_gives_back_its_keys() {
        assert_eq!(decode(&encode(LIST, &keys()), LIST, &[true, false]), Ok(keys()));
    }

    #[test]
    fn a_cursor_of_another_list_is_refused_as_such() {
        let cursor = encode("job|title_key ASC,job_id ASC", &keys());
        assert_eq!(decode(&cursor, LIST, &[true, false]), Err(CursorError::OtherList));
    }

    #[test]
    fn a_cursor_that_holds_nul_is_none_of_ours() {
        let cursor = encode(LIST, &[Key::Number(1), Key::from("a\0")]);
        assert_eq!(decode(&cursor, LIST, &[true, false]), Err(CursorError::Malformed));
    }

    #[test]
    fn every_change_of_one_character_is_noticed() {
        let cursor = encode(LIST, &keys());
        for index in 0..cursor.len() {
            let mut changed = cursor.clone().into_bytes();
            changed[index] = if changed[index] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).expect("ASCII stays ASCII");
            assert!(decode(&changed, LIST, &[true, false]).is_err(), "{changed}");
        }
    }

    #[test]
    fn any_other_text_is_refused() {
        for text in ["", "a", "AA", "====", "\0", "ü", "AQAAAAAAAAAAAA", &"A".repeat(5_000)] {
            assert!(decode(text, LIST, &[true, false]).is_err(), "{text}");
        }
    }
}
