//! A description in three forms: sanitized HTML, Markdown and plain text.

mod text;

use std::borrow::Cow;
use std::sync::LazyLock;

use ammonia::Builder;
use htmd::HtmlToMarkdown;

use crate::ingest::identity::{composed, sha256_hex};

/// Bytes of an employer's HTML that are read; descriptions are a few kilobytes.
const HTML_BYTES_MAX: usize = 512 * 1024;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    pub html: String,
    pub markdown: String,
    pub text: String,
    /// The SHA-256 of the text.
    pub text_hash: String,
}

/// Elements inside each other at most. The libraries recurse, and employers never nest so deep.
const NESTING_MAX: usize = 100;
/// Elements that hold nothing, or that end where the next of their kind begins, so that they cannot nest by themselves.
const FLAT: [&str; 20] = [
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p",
    "source", "td", "th", "tr", "wbr",
];

/// Makes the three forms of what an employer wrote.
pub fn describe(html: &str) -> Description {
    static MARKDOWN: LazyLock<HtmlToMarkdown> = LazyLock::new(HtmlToMarkdown::new);
    let html = clean(html);
    let markdown = MARKDOWN.convert(&html).unwrap_or_default();
    let text = text_of_clean(&html);
    Description { text_hash: sha256_hex(text.as_bytes()), text, markdown: markdown.trim().to_owned(), html }
}

/// The text of HTML, composed, in lines of single spaces; a blank line stands between paragraphs.
pub fn text_of(html: &str) -> String {
    text_of_clean(&clean(html))
}

fn text_of_clean(html: &str) -> String {
    let text = text::of(html);
    match composed(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(composed) => composed,
    }
}

fn clean(html: &str) -> String {
    static SANITIZER: LazyLock<Builder<'static>> = LazyLock::new(|| {
        let mut sanitizer = Builder::default();
        sanitizer.link_rel(Some("noopener noreferrer nofollow")).rm_tags(["img", "map", "area"]);
        // Their words would else run into those around them.
        sanitizer.add_tags(["address", "main", "section"]);
        sanitizer
    });
    SANITIZER.clean(&readable(html)).to_string()
}

/// HTML that can be read: not too long, and as plain text if it nests too deep.
fn readable(html: &str) -> Cow<'_, str> {
    let html = within(html);
    if nesting(html) <= NESTING_MAX { Cow::Borrowed(html) } else { html_escape::encode_text(html) }
}

/// How deep elements stand inside each other, at most.
fn nesting(html: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in html.split('<').skip(1) {
        let (is_end, name) = tag.strip_prefix('/').map_or((false, tag), |name| (true, name));
        let name = name.split(|it: char| !it.is_ascii_alphanumeric()).next().unwrap_or_default();
        if name.is_empty() || FLAT.iter().any(|it| it.eq_ignore_ascii_case(name)) {
            continue;
        }
        depth = if is_end { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
}

fn within(html: &str) -> &str {
    &html[..html.floor_char_boundary(HTML_BYTES_MAX)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_handlers_are_gone_and_words_stay() {
        let it = describe(
            "<p onclick='x()'>Tea &amp; <b>cake</b></p><script>alert(1)</script><ul><li>one</li><li>two</li></ul>",
        );
        assert_eq!(it.html, "<p>Tea &amp; <b>cake</b></p><ul><li>one</li><li>two</li></ul>");
        assert!(it.text.starts_with("Tea & cake"), "{}", it.text);
        assert!(it.text.contains("one") && it.text.contains("two"), "{}", it.text);
        assert!(it.markdown.contains("**cake**"), "{}", it.markdown);
    }

    #[test]
    fn nested_garbage_ends() {
        let it = describe(&"<div>".repeat(20_000));
        assert!(it.text.starts_with("<div><div>"), "it is shown as it is written");
    }
}
