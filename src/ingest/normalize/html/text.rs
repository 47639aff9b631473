//! The plain text of sanitized HTML: lines of single spaces, with a blank line around what is a paragraph, and marks before
//! headings and items.
//!
//! Only the tokenizer reads it: that what is sanitized has its tags in pairs is known, and a tree of it would cost as much
//! as sanitizing again.

use std::borrow::Cow;
use std::cell::RefCell;
use std::mem::take;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, StartTag, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// Digits as they are written above a line: "€50,000¹" is no amount of six digits.
const SUPERSCRIPT: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

const NO_BREAK_SPACE: char = '\u{a0}';

/// The text of HTML that was sanitized.
pub(super) fn of(html: &str) -> String {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let writer = Writer { out: String::with_capacity(html.len()), ..Writer::default() };
    let tokenizer = Tokenizer::new(Sink(RefCell::new(writer)), TokenizerOpts::default());
    // All is read at once: the sink never asks for a script to be run.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner().out
}

struct Sink(RefCell<Writer>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut writer = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == StartTag => writer.start(&tag),
            Token::TagToken(tag) => writer.end(&tag.name),
            Token::CharacterTokens(text) => writer.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// What stands between two words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Before the next word, should one come.
    gap: Gap,
    /// Of an item or a heading that has no word yet.
    marker: Option<String>,
    /// The lists that are open, each with the number of its next item if it has numbers.
    lists: Vec<Option<i64>>,
    /// Elements open in which a line ends where it does in the source.
    preformatted: usize,
    superscripts: usize,
}

impl Writer {
    fn start(&mut self, tag: &Tag) {
        self.part(around(&tag.name));
        match &*tag.name {
            "br" => self.end_line(),
            "li" => self.start_item(),
            "ul" => self.lists.push(None),
            "ol" => {
                let start = tag.attrs.iter().find(|it| &*it.name.local == "start");
                self.lists.push(Some(start.and_then(|it| it.value.trim().parse().ok()).unwrap_or(1)));
            }
            "pre" => self.preformatted += 1,
            "sup" => self.superscripts += 1,
            name => {
                if let Some(level) = heading(name) {
                    self.marker = Some("#".repeat(level));
                }
            }
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.marker = None,
            "ul" | "ol" => drop(self.lists.pop()),
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            "sup" => self.superscripts = self.superscripts.saturating_sub(1),
            _ => {}
        }
        self.part(around(name));
    }

    /// Parts the next word from the last by no less than `gap`; an item begins with its first word.
    fn part(&mut self, gap: Gap) {
        if self.marker.is_none() {
            self.gap = self.gap.max(gap);
        }
    }

    fn end_line(&mut self) {
        self.part(if self.gap < Gap::Line { Gap::Line } else { Gap::Paragraph });
    }

    /// Items stand line by line, whatever is in them.
    fn start_item(&mut self) {
        self.gap = Gap::Line;
        self.marker = self.lists.last_mut().map(|number| match number {
            Some(number) => {
                let marker = format!("{number}.");
                *number = number.saturating_add(1);
                marker
            }
            None => "*".to_owned(),
        });
    }

    fn text(&mut self, text: &str) {
        let text: Cow<'_, str> =
            if text.contains(is_unseen) { text.replace(is_unseen, "").into() } else { text.into() };
        if self.preformatted == 0 {
            return self.line(&text);
        }
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.end_line();
            }
            self.line(line);
        }
    }

    fn line(&mut self, text: &str) {
        for (at, word) in text.split(char::is_whitespace).enumerate() {
            if at > 0 {
                self.part(Gap::Space);
            }
            if !word.is_empty() {
                self.word(word);
            }
        }
        // It takes room, so that the mark of what holds nothing else is seen.
        if self.marker.is_some() && text.contains(NO_BREAK_SPACE) {
            self.word("");
        }
    }

    fn word(&mut self, word: &str) {
        let gap = take(&mut self.gap);
        if !self.out.is_empty() {
            self.out.push_str(match gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        if let Some(marker) = self.marker.take() {
            self.out.push_str(&marker);
            if word.is_empty() {
                self.gap = Gap::Space;
                return;
            }
            self.out.push(' ');
        }
        if self.superscripts == 0 {
            self.out.push_str(word);
        } else {
            let raised = |it: char| it.to_digit(10).map_or(it, |digit| SUPERSCRIPT[digit as usize]);
            self.out.extend(word.chars().map(raised));
        }
    }
}

/// The level of a heading.
fn heading(name: &str) -> Option<usize> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// What parts the words within an element from those around it.
fn around(name: &str) -> Gap {
    match name {
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "pre" | "hr" => Gap::Paragraph,
        "div" | "ul" | "ol" | "dl" | "dt" | "dd" | "table" | "caption" | "tr" | "td" | "th" | "address" | "article"
        | "aside" | "center" | "details" | "figcaption" | "figure" | "footer" | "header" | "hgroup" | "main"
        | "nav" | "section" | "summary" => Gap::Line,
        _ => Gap::None,
    }
}

/// Whether a character takes no room, and only tells where a word may be broken or what was pasted.
fn is_unseen(it: char) -> bool {
    matches!(it, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}') || (it.is_control() && !it.is_whitespace())
}

#[cfg(test)]
mod tests;
