//! XML of others as the same kind of values that JSON gives, so that fields are read alike and what is not known is kept.
//!
//! An element without elements is its text, one with elements an object, and several of one name a list.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use roxmltree::{Document, Node};
use serde_json::{Map, Value};

use super::lenient::without_nul;
use super::provider::Unreadable;

/// Levels of elements that become values; what is below them is text.
const LEVELS_MAX: usize = 16;

/// Reads a body as XML; an ampersand that stands for itself and characters that XML does not know cost nothing.
pub(super) fn read<T>(body: &[u8], read: impl FnOnce(Node<'_, '_>) -> Result<T, Unreadable>) -> Result<T, Unreadable> {
    let text = String::from_utf8_lossy(body);
    let text: String = text.trim_start_matches('\u{feff}').chars().filter(|it| is_known(*it)).collect();
    match Document::parse(&text) {
        Ok(document) => read(document.root_element()),
        Err(error) => {
            let mended = mended(&text);
            let document = Document::parse(&mended).map_err(|_| Unreadable::NoXml(error.to_string()))?;
            read(document.root_element())
        }
    }
}

fn is_known(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r') || (character >= ' ' && !matches!(character, '\u{fffe}' | '\u{ffff}'))
}

/// The text with each "&" escaped that begins none of XML's own entities, outside of CDATA.
fn mended(text: &str) -> String {
    static AMPERSAND: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r"(?s)<!\[CDATA\[.*?\]\]>|&(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});|&";
        Regex::new(pattern).expect("the pattern is valid")
    });
    let escaped = |found: &Captures<'_>| if &found[0] == "&" { "&amp;".to_owned() } else { found[0].to_owned() };
    AMPERSAND.replace_all(text, escaped).into_owned()
}

/// The elements below one, by their names.
pub(super) fn members(node: Node<'_, '_>) -> Map<String, Value> {
    below(node, LEVELS_MAX)
}

fn below(node: Node<'_, '_>, levels: usize) -> Map<String, Value> {
    let mut members: Map<String, Value> = Map::new();
    for child in node.children().filter(Node::is_element) {
        let value = value(child, levels);
        match members.get_mut(&name(child)) {
            None => drop(members.insert(name(child), value)),
            Some(Value::Array(several)) => several.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
    members
}

fn value(node: Node<'_, '_>, levels: usize) -> Value {
    if levels > 0 && node.children().any(|it| it.is_element()) {
        return Value::Object(below(node, levels - 1));
    }
    let text: String = node.descendants().filter(Node::is_text).filter_map(|it| it.text()).collect();
    Value::String(without_nul(text.trim()))
}

/// The name with the prefix that its document gives its namespace.
fn name(node: Node<'_, '_>) -> String {
    let tag = node.tag_name();
    let prefix = tag.namespace().and_then(|it| node.lookup_prefix(it)).filter(|it| !it.is_empty());
    prefix.map_or_else(|| tag.name().to_owned(), |prefix| format!("{prefix}:{}", tag.name()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn value_of(text: &str) -> Result<Value, Unreadable> {
        read(text.as_bytes(), |root| Ok(Value::Object(members(root))))
    }

    #[test]
    fn elements_are_texts_objects_and_lists() {
        let text = "<a><b>1</b><c><d>x</d></c><b><![CDATA[<p>&nbsp;</p>]]></b><e/></a>";
        assert_eq!(value_of(text), Ok(json!({ "b": ["1", "<p>&nbsp;</p>"], "c": { "d": "x" }, "e": "" })));
        let spaced = r#"<a xmlns:t="urn:t"><t:b>1</t:b><b>2</b></a>"#;
        assert_eq!(value_of(spaced), Ok(json!({ "t:b": "1", "b": "2" })));
    }

    #[test]
    fn what_is_odd_in_a_text_costs_no_document() {
        assert_eq!(value_of("<a><b>R&D &nbsp;&amp; \u{b}x</b></a>"), Ok(json!({ "b": "R&D &nbsp;& x" })));
        let in_data = "<a><b>&</b><c><![CDATA[a & b]]></c></a>";
        assert_eq!(value_of(in_data), Ok(json!({ "b": "&", "c": "a & b" })));
    }

    #[test]
    fn what_is_no_xml_is_told() {
        for text in ["", "{}", "<a>", "<!DOCTYPE html><html><br></html>", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"]
        {
            assert!(matches!(value_of(text), Err(Unreadable::NoXml(_))), "{text}");
        }
    }
}
