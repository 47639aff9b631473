//! A description in three forms: sanitized HTML, Markdown and plain text.

mod bounds;
mod text;

use std::borrow::Cow;
use std::sync::LazyLock;

use ammonia::Builder;
use htmd::HtmlToMarkdown;

use crate::ingest::identity::{composed, sha256_hex};
use crate::ingest::xml::behind_comment;

/// Bytes of an employer's HTML that are read; descriptions are a few kilobytes.
const HTML_BYTES_MAX: usize = 512 * 1024;
/// Bytes of what becomes of it.
const FORM_BYTES_MAX: usize = 2 * HTML_BYTES_MAX;
/// Bytes of a table in Markdown at most, were each of its rows as wide as all HTML: cells are as wide as the widest of their
/// column.
const TABLE_BYTES_MAX: usize = 16 * 1024 * 1024;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    pub html: String,
    pub markdown: String,
    pub text: String,
    /// The SHA-256 of the text.
    pub text_hash: String,
}

/// Makes the three forms of what an employer wrote.
pub fn describe(html: &str) -> Description {
    let html = clean(html);
    let text = text_of_clean(&html);
    // What would grow beyond all measure is no longer than its text.
    let markdown = markdown_of_clean(&html).unwrap_or_else(|| text.clone());
    Description { text_hash: sha256_hex(text.as_bytes()), text, markdown, html }
}

fn markdown_of_clean(html: &str) -> Option<String> {
    static MARKDOWN: LazyLock<HtmlToMarkdown> = LazyLock::new(HtmlToMarkdown::new);
    // Only a table with headings is laid out as one.
    let rows = if html.contains("<th") { html.matches("<tr").count() } else { 0 };
    if rows * html.len() > TABLE_BYTES_MAX {
        return None;
    }
    let markdown = MARKDOWN.convert(html).unwrap_or_default();
    Some(markdown.trim().to_owned()).filter(|it| it.len() <= FORM_BYTES_MAX)
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

/// Sanitized HTML: of what costs more than its length tells, the text, as it is written.
fn clean(html: &str) -> String {
    let html = &*without_comments(within(html));
    let clean = bounds::hold(html).then(|| sanitized(html));
    // The tags told too little of what was open, if it is not within bounds now that all of them stand in pairs.
    let clean = clean.filter(|it| it.len() <= FORM_BYTES_MAX && bounds::hold(it));
    clean.unwrap_or_else(|| sanitized(&html_escape::encode_text(html)))
}

fn sanitized(html: &str) -> String {
    static SANITIZER: LazyLock<Builder<'static>> = LazyLock::new(|| {
        let mut sanitizer = Builder::default();
        sanitizer.link_rel(Some("noopener noreferrer nofollow")).rm_tags(["img", "map", "area"]);
        // Their words would else run into those around them.
        sanitizer.add_tags(["address", "main", "section"]);
        sanitizer
    });
    SANITIZER.clean(html).to_string()
}

/// HTML without its comments, which sanitizing leaves out as well: Word puts a hundred tags of its own into one.
fn without_comments(html: &str) -> Cow<'_, str> {
    let Some((before, mut rest)) = html.split_once("<!--") else {
        return Cow::Borrowed(html);
    };
    let mut left = before.to_owned();
    while let Some(behind) = behind_comment(rest) {
        let Some((before, comment)) = behind.split_once("<!--") else {
            return Cow::Owned(left + behind);
        };
        left.push_str(before);
        rest = comment;
    }
    // It may be none, but words in a style or in an attribute, which say no end.
    Cow::Owned(left + "<!--" + rest)
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
    fn what_stands_in_comments_counts_for_nothing() {
        let word =
            format!("<!--[if gte mso 9]><xml>{}</xml><![endif]-->", "<w:LsdException Locked=\"false\"/>".repeat(150));
        assert_eq!(
            describe(&format!("<p>Tea</p>{word}<p>a<!--->b<!-- <p> --!></p>{word}")).html,
            "<p>Tea</p><p>ab</p>"
        );
        assert_eq!(describe("<p>Tea</p><!-- <p>cake</p>").html, "<p>Tea</p>");
        assert_eq!(describe("<style><!-- p{margin:0} </style><p>Tea</p>").html, "<p>Tea</p>");
    }

    #[test]
    fn what_costs_more_than_its_length_is_shown_as_it_is_written() {
        let wide = format!("<p{}>x", (0..50_000).map(|it| format!(" a{it}")).collect::<String>());
        let bold: String = (0..98).map(|it| format!("<b a{it}>")).collect();
        for html in [
            "<div>".repeat(20_000),
            // Each end closed the element that nothing had closed, and the process ended with its stack.
            "<div></x>".repeat(5_000),
            "<dd><li>".repeat(5_000),
            "<svg><span></svg>".repeat(5_000),
            // All that is open was opened anew in each paragraph.
            format!("<p>{bold}{}", "<p>x".repeat(5_000)),
            // Each attribute was compared with all others.
            wide,
        ] {
            let it = describe(&html);
            assert!(it.text.starts_with(&html[..8]), "{}", &html[..20]);
            assert!(it.html.len() <= 3 * html.len(), "{}", &html[..20]);
        }
    }

    #[test]
    fn html_that_is_not_quite_right_is_read_as_it_is_meant() {
        let it = describe("<p><b>Tea<p>cake<ul><li>one<li>two</ul></x>");
        assert_eq!(it.html, "<p><b>Tea</b></p><p><b>cake</b></p><ul><li><b>one</b></li><li><b>two</b></li></ul>");
    }

    /// Each row was as wide as the widest.
    #[test]
    fn a_table_is_no_longer_in_markdown_than_it_may_be() {
        let table = |width: usize, rows: usize| {
            let head = format!("<thead><tr><th>{}</th></tr></thead>", "x".repeat(width));
            format!("<table>{head}<tbody>{}</tbody></table>", "<tr><td>y</td></tr>".repeat(rows))
        };
        assert!(describe(&table(10, 10)).markdown.starts_with("| xxxxxxxxxx |"));
        let it = describe(&table(20_000, 1_000));
        assert_eq!(it.markdown, it.text);
    }
}
