//! XML of others as the same kind of values that JSON gives, so that fields are read alike and what is not known is kept.
//!
//! An element without elements is its text, one with elements an object, and several of one name a list.

mod attributes;
mod comment;

use std::borrow::Cow;
use std::iter;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use roxmltree::{Document, Node};
use serde_json::{Map, Value};

pub(super) use self::attributes::{ATTRIBUTES_MAX, Attributes};
pub(super) use self::comment::behind_comment;
use super::lenient::without_nul;
use super::provider::Unreadable;

/// Levels of elements that become values; what is below them is text.
const LEVELS_MAX: usize = 16;
/// Names of namespaces that a document declares at most, each as often as it likes: every element that declares one gets a
/// list of all that it is in.
const NAMESPACES_MAX: usize = 32;
/// Signs of either kind at most: roxmltree makes room for a node at each "<", and for an attribute at each "=".
const SIGNS_MAX: usize = 4_000_000;

/// Reads a body as XML; an ampersand that stands for itself and characters that XML does not know cost nothing.
pub(super) fn read<T>(body: &[u8], read: impl FnOnce(Node<'_, '_>) -> Result<T, Unreadable>) -> Result<T, Unreadable> {
    let text = String::from_utf8_lossy(body);
    let text: String = text.trim_start_matches('\u{feff}').chars().filter(|it| is_known(*it)).collect();
    if is_too_wide(&text) {
        return Err(Unreadable::NoXml("it has more tags, attributes or namespaces than are read".to_owned()));
    }
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

/// Whether reading would take more than the length of the text tells.
fn is_too_wide(text: &str) -> bool {
    if ['<', '='].into_iter().any(|sign| text.matches(sign).count() > SIGNS_MAX) {
        return true;
    }
    let mut namespaces: Vec<&str> = Vec::new();
    for tag in tags(text) {
        for (count, (name, _)) in Attributes::of(tag).1.enumerate() {
            if name.starts_with("xmlns") && !namespaces.contains(&name) {
                namespaces.push(name);
            }
            if count >= ATTRIBUTES_MAX || namespaces.len() > NAMESPACES_MAX {
                return true;
            }
        }
    }
    false
}

/// What stands behind the "<" of each tag, up to the next one: no tag of XML holds any.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    const NO_TAGS: [(&str, &str); 3] = [("!--", "-->"), ("![CDATA[", "]]>"), ("?", "?>")];
    let mut rest = text;
    iter::from_fn(move || {
        loop {
            let (_, behind) = rest.split_once('<')?;
            rest = behind;
            let no_tag = NO_TAGS.into_iter().find_map(|(begin, end)| Some((behind.strip_prefix(begin)?, end)));
            let Some((inner, end)) = no_tag else {
                return behind.split('<').next();
            };
            // Of what does not end, nothing is read.
            rest = inner.split_once(end)?.1;
        }
    })
}

/// The text with each "&" escaped that begins none of XML's own entities, outside of CDATA.
fn mended(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("<![CDATA[")
        // Where one does not end, none behind it does.
        && let Some(length) = rest[at..].find("]]>")
    {
        mended.push_str(&escaped(&rest[..at]));
        mended.push_str(&rest[at..at + length]);
        rest = &rest[at + length..];
    }
    mended.push_str(&escaped(rest));
    mended
}

fn escaped(text: &str) -> Cow<'_, str> {
    static AMPERSAND: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("&(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});|&").expect("the pattern is valid")
    });
    let escape = |found: &Captures<'_>| if &found[0] == "&" { "&amp;".to_owned() } else { found[0].to_owned() };
    AMPERSAND.replace_all(text, escape)
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

    /// Each "<![CDATA[" was followed to the end of the text, once for each "&".
    #[test]
    fn data_that_does_not_end_is_text() {
        assert_eq!(mended(&"<![CDATA[&".repeat(20_000)), "<![CDATA[&amp;".repeat(20_000));
        assert_eq!(mended("<![CDATA[&]]>&<![CDATA[&"), "<![CDATA[&]]>&amp;<![CDATA[&amp;");
    }

    /// Each attribute is compared with all others, and each namespace is kept for all elements below.
    #[test]
    fn what_is_too_wide_is_no_xml() {
        let several = |count: usize, text: &dyn Fn(usize) -> String| (0..count).map(text).collect::<String>();
        let attributes = |count| format!("<a {}/>", several(count, &|it| format!("b{it}='>' ")));
        assert!(value_of(&attributes(ATTRIBUTES_MAX)).is_ok());
        assert!(matches!(value_of(&attributes(ATTRIBUTES_MAX + 1)), Err(Unreadable::NoXml(_))));
        let namespaces = |count| {
            let begin = several(count, &|it| format!("<a xmlns:b{it}='urn:b'>"));
            format!("{begin}{}", "</a>".repeat(count))
        };
        assert!(value_of(&namespaces(NAMESPACES_MAX)).is_ok());
        assert!(matches!(value_of(&namespaces(NAMESPACES_MAX + 1)), Err(Unreadable::NoXml(_))));
        let again = format!("<a>{}</a>", "<b xmlns:c='urn:c'/>".repeat(NAMESPACES_MAX + 1));
        assert!(value_of(&again).is_ok());
        assert!(is_too_wide(&"=".repeat(SIGNS_MAX + 1)));
    }

    #[test]
    fn tags_within_comments_data_and_instructions_are_none() {
        let text = "<?x <y?><a b='c'><!-- <d> --><![CDATA[<e>]]>f</a><!-- <g>";
        assert_eq!(tags(text).collect::<Vec<_>>(), ["a b='c'>", "/a>"]);
    }

    #[test]
    fn what_is_no_xml_is_told() {
        for text in ["", "{}", "<a>", "<!DOCTYPE html><html><br></html>", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"]
        {
            assert!(matches!(value_of(text), Err(Unreadable::NoXml(_))), "{text}");
        }
    }
}
