//! The JSON-LD of a page, found in one pass over its tags: of all others, whatever they hold, nothing is kept.

use html_escape::decode_html_entities;

use crate::ingest::xml::{Attributes, behind_comment};

/// Elements whose content is text until they end, whatever it looks like (HTML, 13.1.2).
const TEXTS: [&str; 4] = ["script", "style", "textarea", "title"];

/// The texts of a page's JSON-LD scripts.
pub(super) fn json_ld(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some((_, tag)) = rest.split_once('<') {
        let name = tag.strip_prefix('/').unwrap_or(tag);
        rest = if let Some(comment) = tag.strip_prefix("!--") {
            behind_comment(comment).unwrap_or_default()
        } else if name.starts_with(|it: char| it.is_ascii_alphabetic()) {
            behind_tag(tag, name, &mut found)
        } else if tag.starts_with(['!', '?', '/']) {
            tag.split_once('>').map_or("", |(_, behind)| behind)
        } else {
            tag
        };
    }
    found
}

/// What stands behind a tag and the text that it begins; nothing does behind one that has no end.
fn behind_tag<'p>(tag: &str, named: &'p str, found: &mut Vec<String>) -> &'p str {
    let (name, mut attributes) = Attributes::of(named);
    let mut kind = None;
    for (name, value) in attributes.by_ref() {
        if kind.is_none() && name.eq_ignore_ascii_case("type") {
            kind = Some(value);
        }
    }
    let behind = attributes.behind().unwrap_or_default();
    if tag.starts_with('/') || !TEXTS.iter().any(|it| it.eq_ignore_ascii_case(name)) {
        return behind;
    }
    let (text, behind) = behind.split_at(length_of_text(behind, name));
    if name.eq_ignore_ascii_case("script") && kind.is_some_and(is_json_ld) {
        // Lines end as they do for a browser.
        found.push(text.replace("\r\n", "\n").replace('\r', "\n"));
    }
    behind
}

fn is_json_ld(kind: &str) -> bool {
    decode_html_entities(kind).trim().to_ascii_lowercase().starts_with("application/ld+json")
}

/// How long a text is that the end of this element ends.
fn length_of_text(text: &str, name: &str) -> usize {
    let ends = |(at, _): &(usize, &str)| {
        let tag = &text[at + 2..];
        tag.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name))
            && tag[name.len()..].starts_with(|it: char| it.is_ascii_whitespace() || matches!(it, '/' | '>'))
    };
    text.match_indices("</").find(ends).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_browser_takes_for_a_script_is_one() {
        let script = |text: &str| format!("<script type=\"application/ld+json\">{text}</script>");
        for (before, is_one) in [
            ("<p title='<script>'>1 < 2 </p><br/>", true),
            ("<!-- --><!--> <!---><!-- <p> --!>", true),
            ("<!doctype html><?x?></ ><!x <script>", true),
            ("<style>a</styles></style ><TITLE></title>", true),
            ("<!-- -- > ", false),
            ("<title></titles>", false),
            ("<p title='", false),
        ] {
            let found = json_ld(&format!("{before}{}", script("1")));
            assert_eq!(found, vec!["1"; usize::from(is_one)], "{before}");
        }
        let kinds =
            "<script type=application/ld&#43;json async>\r\n1\r2</SCRIPT\n><script type=x type=application/ld+json>";
        assert_eq!(json_ld(&format!("{kinds}</script>{}", script("</p>"))), ["\n1\n2", "</p>"]);
        assert_eq!(json_ld("<script type=application/ld+json>{}"), ["{}"]);
    }

    /// Each attribute was compared with all others of its tag, for minutes.
    #[test]
    fn a_tag_of_any_width_costs_its_length() {
        let attributes: String = (0..100_000).map(|it| format!(" a{it}")).collect();
        let page = format!("<p{attributes}><script{attributes} type=application/ld+json>1</script>");
        assert_eq!(json_ld(&page), ["1"]);
    }
}
