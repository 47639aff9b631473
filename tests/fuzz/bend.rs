//! Bends an input: a few changes at random places, of its bytes, or of its values where it is JSON.

use serde_json::{Value, json};

use crate::dice::Dice;

/// Longer inputs say nothing more, and take long.
const BYTES_MAX: usize = 32 * 1_024;
const CHANGES_MAX: usize = 6;
const DEPTH_MAX: usize = 64;

/// Texts on which readers stumble: odd numbers, letters whose case has another length, signs without width, unclosed things.
const TOKENS: [&str; 52] = [
    "",
    " ",
    "\0",
    "\n",
    "\u{feff}",
    "0",
    "-1",
    "00",
    "1e400",
    "-1e-400",
    "9999999999999999999999",
    "0.1.2",
    "1,000,000,000.00",
    "1.234,56",
    "340282366920938463463374607431768211456",
    "NaN",
    "null",
    "true",
    "[]",
    "{}",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "$",
    "€",
    "CHF",
    "k",
    "–",
    "/",
    "per hour",
    "İ",
    "ẞ",
    "ǆ",
    "é",
    "e\u{301}",
    "👩\u{200d}🚀",
    "\u{202e}",
    "٣",
    "½",
    "&#0;",
    "&amp;amp;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "</",
    "<script",
    "2026-02-30T25:61:61Z",
    "9999-12-31T23:59:59-12:00",
    "-0001-01-01",
    "Remote",
    "(",
];
const OPENERS: [&str; 8] = ["[", "{", "(", "{a", "<b>", "{\"a\":", "\"", "1,"];

/// A changed copy of one of the seeds.
pub(crate) fn bent(dice: &mut Dice, seeds: &[Vec<u8>]) -> Vec<u8> {
    let seed = dice.of(seeds);
    let value = serde_json::from_slice::<Value>(seed).ok().filter(|it| it.is_object() || it.is_array());
    let mut bytes = match value {
        Some(mut value) if dice.percent(70) => {
            for _ in 0..=dice.below(CHANGES_MAX) {
                change_value(dice, &mut value, 0);
            }
            serde_json::to_vec(&value).expect("it is JSON")
        }
        _ => seed.clone(),
    };
    if bytes == *seed || dice.percent(20) {
        for _ in 0..=dice.below(CHANGES_MAX) {
            change_bytes(dice, &mut bytes, seeds);
        }
    }
    bytes.truncate(BYTES_MAX);
    bytes
}

fn change_bytes(dice: &mut Dice, bytes: &mut Vec<u8>, seeds: &[Vec<u8>]) {
    let from = dice.below(bytes.len() + 1);
    let to = from + dice.below((bytes.len() - from).min(24) + 1);
    let chosen = dice.below(6);
    let put = match chosen {
        0 => vec![u8::try_from(dice.below(256)).expect("it is a byte")],
        1 => dice.word(&TOKENS).as_bytes().to_vec(),
        2 => dice.word(&OPENERS).repeat(1 + dice.below(2_000)).into_bytes(),
        3 => bytes[from..to].repeat(1 + dice.below(8)),
        4 => piece(dice, seeds),
        _ => Vec::new(),
    };
    let until = if dice.percent(50) { to } else { from };
    bytes.splice(from..until, put);
}

fn piece(dice: &mut Dice, seeds: &[Vec<u8>]) -> Vec<u8> {
    let other = dice.of(seeds);
    let from = dice.below(other.len() + 1);
    other[from..from + dice.below((other.len() - from).min(200) + 1)].to_vec()
}

/// Changes one value somewhere below.
fn change_value(dice: &mut Dice, value: &mut Value, depth: usize) {
    let is_here = depth > DEPTH_MAX || dice.percent(15);
    match value {
        Value::Object(members) if !is_here && !members.is_empty() => {
            let keys: Vec<String> = members.keys().cloned().collect();
            let key = dice.of(&keys).clone();
            if dice.percent(5) {
                members.remove(&key);
            } else if let Some(member) = members.get_mut(&key) {
                change_value(dice, member, depth + 1);
            }
        }
        Value::Array(elements) if !is_here && !elements.is_empty() => {
            let at = dice.below(elements.len());
            if dice.percent(10) {
                let again = elements[at].clone();
                elements.push(again);
            } else {
                change_value(dice, &mut elements[at], depth + 1);
            }
        }
        Value::String(text) if dice.percent(70) => {
            let mut bytes = std::mem::take(text).into_bytes();
            change_bytes(dice, &mut bytes, &[b"Berlin".to_vec(), b"80000".to_vec()]);
            *text = String::from_utf8_lossy(&bytes).into_owned();
        }
        other => *other = odd(dice, other),
    }
}

/// A value that is not expected there.
fn odd(dice: &mut Dice, instead_of: &Value) -> Value {
    match dice.below(10) {
        0 => Value::Null,
        1 => json!(dice.percent(50)),
        2 => json!(i64::MIN),
        3 => json!(u64::MAX),
        4 => json!(1.797e308),
        5 => json!(dice.some(&[instead_of.clone(), Value::Null], 3)),
        6 => json!({ "id": instead_of, "name": instead_of, "eq": instead_of }),
        7 => json!({}),
        8 => (0..dice.below(DEPTH_MAX)).fold(instead_of.clone(), |inner, _| json!([inner])),
        _ => json!(dice.word(&TOKENS)),
    }
}
