//! How much memory a value takes: small values in objects take far more than their text.

use serde_json::Value;

/// Of an object beside its members: its two tables, which have room for some from the first one on.
const OBJECT_BYTES: usize = 512;

/// About the bytes that a value takes.
pub(super) fn held_bytes(value: &Value) -> usize {
    let inner: usize = match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        Value::String(text) => text.len(),
        Value::Array(elements) => elements.iter().map(held_bytes).sum(),
        Value::Object(members) => {
            OBJECT_BYTES + members.iter().map(|(name, it)| name.len() + held_bytes(it)).sum::<usize>()
        }
    };
    size_of::<Value>() + inner
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn small_objects_take_far_more_than_their_text() {
        let (text, objects) = ("x".repeat(8_000), vec![json!({ "a": 0 }); 1_000]);
        assert!(held_bytes(&json!(text)) < 10_000);
        assert!(held_bytes(&json!(objects)) > 500_000);
    }
}
