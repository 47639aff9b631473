//! Whether HTML is read at a cost that its length tells. What is left open costs more: the libraries look through all of it
//! for each tag, go down into it, and open formatting anew in each paragraph.
//!
//! The tags tell what is open, rather too much of it than too little: behind what may hide tags, nothing that was open
//! before counts as closed any more.

use crate::ingest::xml::{ATTRIBUTES_MAX, Attributes};

/// Elements inside each other at most. Employers nest some ten.
const NESTING_MAX: usize = 100;
/// Bytes of formatting that are written at most, were all that is open opened anew at each tag. Employers come to 5,000.
const REOPENED_BYTES_MAX: usize = 1024 * 1024;
/// Tags that hold a "<" at most: each may be read to the end of the text.
const RAGGED_MAX: usize = 16;
/// Letters of the longest name that is known here.
const NAME_BYTES_MAX: usize = 10;

/// Whether HTML is within all bounds.
pub(super) fn hold(html: &str) -> bool {
    let mut open = Open::default();
    let mut reopened = 0;
    html.match_indices('<').all(|(at, _)| {
        let is_read = open.read(&html[at + 1..]);
        reopened += open.formatting_bytes();
        is_read && open.count() <= NESTING_MAX && reopened <= REOPENED_BYTES_MAX && open.ragged <= RAGGED_MAX
    })
}

/// What is open at a place.
#[derive(Default)]
struct Open<'h> {
    elements: Vec<Element<'h>>,
    /// How many others there are that no tag closes any more, and how many bytes of formatting.
    locked: usize,
    locked_bytes: usize,
    ragged: usize,
}

struct Element<'h> {
    name: &'h str,
    rank: Rank,
    /// Of its tag, if it is formatting.
    bytes: usize,
}

/// What an element is. Its end closes all within it that ranks lower.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// It holds nothing.
    Empty,
    /// A parser opens it anew where another element's end has closed it (HTML, 13.2.4.3).
    Formatting,
    Words,
    /// Of another language than HTML, such as `o:p`.
    Foreign,
    Paragraph,
    Item,
    Cell,
    Row,
    Rows,
    Block,
    /// Nothing is known of it.
    Other,
}

impl Rank {
    fn of(name: &str) -> Self {
        if name.contains(':') {
            return Self::Foreign;
        }
        let mut lower = [0_u8; NAME_BYTES_MAX];
        let Some(lower) = lower.get_mut(..name.len()) else {
            return Self::Other;
        };
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        match &*lower {
            b"area" | b"base" | b"br" | b"col" | b"embed" | b"hr" | b"img" | b"input" | b"link" | b"meta"
            | b"source" | b"track" | b"wbr" => Self::Empty,
            b"a" | b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"nobr" | b"s" | b"small" | b"strike"
            | b"strong" | b"tt" | b"u" => Self::Formatting,
            b"span" => Self::Words,
            b"p" => Self::Paragraph,
            b"dd" | b"dt" | b"li" | b"option" => Self::Item,
            b"td" | b"th" => Self::Cell,
            b"tr" => Self::Row,
            b"tbody" | b"tfoot" | b"thead" => Self::Rows,
            b"address" | b"article" | b"aside" | b"blockquote" | b"center" | b"details" | b"div" | b"dl"
            | b"fieldset" | b"figcaption" | b"figure" | b"footer" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6"
            | b"header" | b"main" | b"nav" | b"ol" | b"pre" | b"section" | b"select" | b"summary" | b"table"
            | b"ul" => Self::Block,
            _ => Self::Other,
        }
    }

    fn closes(self, inner: Self) -> bool {
        inner <= Self::Words || (inner < self && self != Self::Other)
    }
}

impl<'h> Open<'h> {
    fn count(&self) -> usize {
        self.locked + self.elements.len()
    }

    fn formatting_bytes(&self) -> usize {
        self.locked_bytes + self.elements.iter().map(|it| it.bytes).sum::<usize>()
    }

    /// Reads what stands behind a "<", unless it is a tag with too many attributes.
    fn read(&mut self, text: &'h str) -> bool {
        let (is_end, tag) = text.strip_prefix('/').map_or((false, text), |tag| (true, tag));
        if !tag.starts_with(|it: char| it.is_ascii_alphabetic()) {
            if may_hide_tags(text) {
                self.lock();
            }
            return true;
        }
        let (name, mut attributes) = Attributes::of(tag);
        if attributes.by_ref().take(ATTRIBUTES_MAX + 1).count() > ATTRIBUTES_MAX {
            return false;
        }
        let bytes = text.len() - attributes.behind().map_or(0, str::len);
        if is_end {
            self.end(name);
        } else {
            self.start(name, bytes);
        }
        if text[..bytes].contains('<') {
            self.ragged += 1;
            self.lock();
        }
        true
    }

    fn start(&mut self, name: &'h str, bytes: usize) {
        let rank = Rank::of(name);
        for ended in ended_by(name, rank) {
            self.end(ended);
        }
        if rank != Rank::Empty {
            let bytes = if rank == Rank::Formatting { bytes } else { 0 };
            self.elements.push(Element { name, rank, bytes });
        }
    }

    /// Closes the last element of a name with what it holds, but for words: a parser opens those anew behind it.
    fn end(&mut self, name: &str) {
        // However often it ends, a parser adds the attributes of the next one to those of the first.
        let is_one = |it: &Element<'_>| it.name.eq_ignore_ascii_case(name) && !name.eq_ignore_ascii_case("html");
        let Some(at) = self.elements.iter().rposition(is_one) else {
            return;
        };
        let rank = self.elements[at].rank;
        if self.elements[at + 1..].iter().all(|it| rank.closes(it.rank)) {
            let words: Vec<Element<'_>> =
                self.elements.drain(at..).skip(1).filter(|it| it.rank <= Rank::Words).collect();
            self.elements.extend(words);
        }
    }

    fn lock(&mut self) {
        self.locked_bytes = self.formatting_bytes();
        self.locked = self.count();
        self.elements.clear();
    }
}

/// What ends where an element begins (HTML, 13.1.2.4), the inner first.
fn ended_by(name: &str, rank: Rank) -> &[&str] {
    match rank {
        Rank::Paragraph => &["p"],
        Rank::Item if name.eq_ignore_ascii_case("li") => &["li"],
        Rank::Item if name.eq_ignore_ascii_case("option") => &["option"],
        Rank::Item => &["dt", "dd"],
        Rank::Cell => &["td", "th"],
        Rank::Row => &["td", "th", "tr"],
        Rank::Rows => &["td", "th", "tr", "tbody", "thead", "tfoot"],
        _ => &[],
    }
}

/// Whether what is no tag may go on behind the next "<": comments and the like do, if they do not end before it.
fn may_hide_tags(text: &str) -> bool {
    let until_next = text.split('<').next().unwrap_or_default();
    match until_next.split_once('>') {
        _ if !text.starts_with(['!', '?', '/']) => false,
        Some((inner, _)) if inner.starts_with("!--") => !inner.ends_with("--"),
        Some((inner, _)) => inner.starts_with("!["),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_that_is_not_quite_right_is_within_bounds() {
        for html in [
            "<p>a<p>b",
            "<ul><li>a<li><p>b</ul>",
            "<div><p>a<p>b<div>c</div></DIV>",
            "<p><b><i>a</b></i></p>",
            "<P><SPAN>a</p></span></x>",
            "<b>a<br>b<img src=x><hr></b>",
            "<a href=\"x?y=1&z=2\" title='a > b'>c</a>",
            "<table><tr><td><p>a<td>b</td></td></tr></table>",
            "<!-- a --><div><!--[if !supportLists]--><p>b</p><!----></div><!-->",
            "1 < 2, <3 and </> <?x>",
            "<table><tr><td>a<td>b<tr><th>c</table>",
            "<dl><dt>a<dd>b<dt>c</dl><select><option>a<option>b</select>",
            "<center><p>a</center><blockquote>a<p>b</blockquote><h2>a<p>b</h2>",
            "<p>a<o:p/></p>",
        ] {
            assert!(hold(&html.repeat(500)), "{html}");
        }
        for html in ["<p><b>a</p><p>b", "<strong>a<ul><li>b", "<div><![endif]>a</div>"] {
            assert!(hold(&html.repeat(20)), "{html}");
        }
    }

    #[test]
    fn what_stays_open_is_told_whatever_seems_to_close_it() {
        for html in [
            "<div></x>",
            "<dd><li>",
            "<span><div></span></div>",
            "<div><object></div></object>",
            "<div><!--</div>-->",
            "<div><![CDATA[></div>]]>",
            "<div a='</div>'>",
            "<html a></html>",
            "<p a='<'>b</p>",
        ] {
            assert!(!hold(&html.repeat(NESTING_MAX + 1)), "{html}");
        }
    }

    #[test]
    fn formatting_that_is_opened_anew_costs_more_than_its_length() {
        let several = |open: &str| (0..50).map(|it| open.replace('?', &it.to_string())).collect::<String>();
        let paragraphs = "<p>a".repeat(10_000);
        for (open, is_within) in [
            ("<b a?>", false),
            ("<p><font a?></p>", false),
            ("<b a?><object></b></object>", false),
            ("<b a?><table></b></table>", false),
            ("<b a?><!--</b>-->", false),
            ("<b a?><i></b></i>", true),
        ] {
            assert_eq!(hold(&(several(open) + &paragraphs)), is_within, "{open}");
        }
    }

    #[test]
    fn a_tag_of_many_attributes_is_out_of_bounds() {
        let tag = |count: usize| format!("<p {}>", "a='>' ".repeat(count));
        assert!(hold(&tag(ATTRIBUTES_MAX)) && !hold(&tag(ATTRIBUTES_MAX + 1)));
    }
}
