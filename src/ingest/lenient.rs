//! JSON of others, read so that one odd value costs itself alone: a number beyond doubles, half a surrogate pair, bytes
//! that are no UTF-8, a word that JSON does not know.
//!
//! Texts lose their NUL characters, which PostgreSQL does not keep.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

/// Bytes of a value at most. In memory, small objects take 80 times their text; the longest posting that we know of has 52
/// kilobytes.
pub(super) const VALUE_BYTES_MAX: usize = 2 * 1024 * 1024;
/// What is told of one that has more.
pub(super) const TOO_LONG: &str = "is longer than any posting";
/// Levels of an odd value that are opened to keep what is sound in it; what is odd below them is lost as a whole.
const LEVELS_MAX: usize = 16;
/// Passes where JSON is only divided into values, and fails where a text is decoded, whatever stands around it.
const NO_TEXT: &str = r"\ud800\ud800";
/// What ends a word outside of texts.
const BOUNDS: &[u8] = b" \t\r\n\"{}[],:\0";

/// The members of an object, none of them decoded. A name that is no text is none.
pub(super) struct Members<'a>(pub(super) Vec<(Option<String>, &'a RawValue)>);

impl<'a> Members<'a> {
    /// The members of a value that is an object.
    pub(super) fn of(raw: &'a RawValue) -> Option<Self> {
        serde_json::from_str(raw.get()).ok()
    }

    /// The value of a name; the last one counts.
    pub(super) fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.0.iter().rev().find(|(it, _)| it.as_deref() == Some(name)).map(|(_, raw)| *raw)
    }
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Members<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((name, raw)) = map.next_entry::<&RawValue, &RawValue>()? {
                    let name = serde_json::from_str::<String>(name.get()).ok();
                    members.push((name.map(|it| without_nul(&it)), raw));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// The elements of a value that is a list.
pub(super) fn elements(raw: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(raw.get()).ok()
}

/// A value without what is odd in it, of which `note` learns the path and what is wrong.
pub(super) fn value(raw: &RawValue, path: &str, note: &mut dyn FnMut(&str, &str)) -> Option<Value> {
    if raw.get().len() > VALUE_BYTES_MAX {
        note(path, TOO_LONG);
        return None;
    }
    opened(raw, path, LEVELS_MAX, note)
}

fn opened(raw: &RawValue, path: &str, levels: usize, note: &mut dyn FnMut(&str, &str)) -> Option<Value> {
    let error = match serde_json::from_str::<Value>(raw.get()) {
        Ok(value) if raw.get().contains("\\u0000") => return Some(stripped(value)),
        Ok(value) => return Some(value),
        Err(error) => error,
    };
    if levels > 0
        && let Some(members) = Members::of(raw)
    {
        let mut sound = serde_json::Map::new();
        for (name, raw) in members.0 {
            let Some(name) = name else {
                note(path, "has a member whose name is no text");
                continue;
            };
            if let Some(value) = opened(raw, &format!("{path}.{name}"), levels - 1, note) {
                sound.insert(name, value);
            }
        }
        return Some(Value::Object(sound));
    }
    if levels > 0
        && let Some(elements) = elements(raw)
    {
        let opened = |(index, raw)| opened(raw, &format!("{path}[{index}]"), levels - 1, note);
        return Some(elements.into_iter().enumerate().filter_map(opened).collect());
    }
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default();
    note(path, &format!("cannot be read: {reason}"));
    None
}

/// A text as it can be kept.
pub(super) fn without_nul(text: &str) -> String {
    text.replace('\0', "")
}

fn stripped(value: Value) -> Value {
    match value {
        Value::String(text) => without_nul(&text).into(),
        Value::Array(elements) => elements.into_iter().map(stripped).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(name, value)| (without_nul(&name), stripped(value))).collect()
        }
        value => value,
    }
}

/// The same JSON with whatever would cost all of it changed to something that costs one value. Control characters in
/// texts are escaped, NUL is left out. What is cut off or has no structure is as unreadable afterwards.
pub(super) fn mended(body: &[u8]) -> String {
    let mut mended = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(first) = rest.first() {
        let length = match first {
            b'"' => mend_text(rest, &mut mended),
            0 => 1,
            bound if BOUNDS.contains(bound) => {
                mended.push(char::from(*bound));
                1
            }
            _ => mend_word(rest, &mut mended),
        };
        rest = &rest[length..];
    }
    mended
}

/// Adds the text at the beginning, and tells how many bytes it takes.
fn mend_text(bytes: &[u8], mended: &mut String) -> usize {
    mended.push('"');
    let mut at = 1;
    loop {
        let rest = &bytes[at..];
        let plain = rest.iter().position(|it| matches!(it, b'"' | b'\\' | 0..=0x1f)).unwrap_or(rest.len());
        for chunk in rest[..plain].utf8_chunks() {
            mended.push_str(chunk.valid());
            if !chunk.invalid().is_empty() {
                mended.push_str(NO_TEXT);
            }
        }
        at += plain;
        match bytes.get(at) {
            None => return at,
            Some(b'"') => {
                mended.push('"');
                return at + 1;
            }
            Some(b'\\') => at += mend_escape(&bytes[at..], mended),
            Some(0) => at += 1,
            Some(control) => {
                mended.push_str(&format!("\\u{control:04x}"));
                at += 1;
            }
        }
    }
}

/// Adds the escape at the beginning, and tells how many bytes it takes. The backslash of what is none costs the text.
fn mend_escape(bytes: &[u8], mended: &mut String) -> usize {
    let length = match bytes {
        [_, b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => 2,
        [_, b'u', code @ ..] if code.len() >= 4 && code[..4].iter().all(u8::is_ascii_hexdigit) => 6,
        _ => {
            mended.push_str(NO_TEXT);
            return 1;
        }
    };
    mended.extend(bytes[..length].iter().copied().map(char::from));
    length
}

/// Adds the number or word at the beginning, and tells how many bytes it takes.
fn mend_word(bytes: &[u8], mended: &mut String) -> usize {
    let length = bytes.iter().position(|it| BOUNDS.contains(it)).unwrap_or(bytes.len());
    let word = std::str::from_utf8(&bytes[..length]).ok();
    match word.filter(|it| serde_json::from_str::<IgnoredAny>(it).is_ok()) {
        Some(word) => mended.push_str(word),
        None => mended.extend(["\"", NO_TEXT, "\""]),
    }
    length
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(body: &[u8]) -> (Option<Value>, Vec<String>) {
        let mended = mended(body);
        let raw: &RawValue = serde_json::from_str(&mended).expect("it has a structure");
        let mut problems = Vec::new();
        let value = value(raw, "it", &mut |path, message| problems.push(format!("{path}: {message}")));
        (value, problems)
    }

    fn paths(body: &[u8]) -> Vec<String> {
        read(body).1.into_iter().map(|it| it.split(':').next().unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn an_odd_value_costs_itself_and_is_named() {
        for odd in [
            &b"1e400"[..],
            br#""\ud800""#,
            br#""\udc00""#,
            br#""\ud83d\ud83d\ude00""#,
            b"\"\xff\"",
            b"\"\\\xff\"",
            b"\"\\ud83d\xff\\ude00\"",
            br#""\x41""#,
            br#""\u00""#,
            b"NaN",
            b"-Infinity",
            b"01",
            b"\xfe",
        ] {
            let body = [&br#"{"a": [1, {"b": "#[..], odd, br#", "c": "d"}]}"#].concat();
            let (value, problems) = read(&body);
            assert_eq!(value, Some(json!({ "a": [1, { "c": "d" }] })), "{}", body.escape_ascii());
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert!(problems[0].starts_with("it.a[1].b: cannot be read"), "{problems:?}");
        }
    }

    #[test]
    fn an_odd_element_leaves_the_others() {
        assert_eq!(read(br#"["a", "\ud800", "b"]"#).0, Some(json!(["a", "b"])));
        assert_eq!(paths(br#"["a", "\ud800", "b"]"#), ["it[1]"]);
    }

    #[test]
    fn an_odd_name_costs_its_member() {
        assert_eq!(read(br#"{"\ud800": 1, "b": 2}"#).0, Some(json!({ "b": 2 })));
        assert_eq!(paths(br#"{"\ud800": 1, "b": 2}"#), ["it"]);
    }

    #[test]
    fn nul_is_stripped_in_any_spelling() {
        let (value, problems) = read(b"\0{\"a\\u0000\": [\"b\\u0000c\", \"d\0e\"]}\0");
        assert_eq!(value, Some(json!({ "a": ["bc", "de"] })));
        assert_eq!(problems, Vec::<String>::new());
    }

    #[test]
    fn control_characters_in_texts_are_read() {
        assert_eq!(read(b"\"a\nb\tc\x01\"").0, Some(json!("a\nb\tc\u{1}")));
    }

    #[test]
    fn what_is_sound_stays_as_it_is() {
        let sound = r#"{"a": [1, -2.5e3, true, null, "\"\\\/\u00e9\ud83d\ude00é"], "b": {}}"#;
        assert_eq!(mended(sound.as_bytes()), sound);
    }

    #[test]
    fn depth_costs_what_is_deep_and_no_stack() {
        let deep = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
        let body = format!(r#"{{"a": {}, "b": {}, "c": 3}}"#, deep(1_000_000), deep(140));
        let (value, problems) = read(body.as_bytes());
        assert_eq!(value.as_ref().map(|it| &it["c"]), Some(&json!(3)));
        assert_eq!(value.as_ref().map(|it| it["b"].to_string()), Some(deep(140)));
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn what_is_longer_than_any_posting_is_not_read() {
        let long = |bytes: usize| format!("\"{}\"", "x".repeat(bytes - 2));
        assert!(read(long(VALUE_BYTES_MAX).as_bytes()).0.is_some());
        assert_eq!(read(long(VALUE_BYTES_MAX + 1).as_bytes()), (None, vec![format!("it: {TOO_LONG}")]));
    }

    #[test]
    fn what_has_no_structure_stays_without() {
        for body in [&br#"{"a": "b"#[..], br#"{"a": "b" "c"}"#, br#"{"a": "b "c" d"}"#, b"{]", b"", b"<html>{}"] {
            let mended = mended(body);
            assert!(serde_json::from_str::<&RawValue>(&mended).is_err(), "{mended}");
        }
    }
}
