//! Patterns with word boundaries, searched as fast as those without.
//!
//! The regex crate searches texts beyond ASCII a hundred times slower for a Unicode word boundary than for one of ASCII.
//! Both lie at the same places once the letters beyond ASCII are covered by letters of ASCII; where a letter could be
//! part of what is searched for, it is left as it is and the slow search is made.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{CaptureMatches, Regex};

use super::compiled;

/// What belongs to words beyond ASCII.
static LETTERS: LazyLock<Regex> = LazyLock::new(|| compiled(r"[\w&&[^\x00-\x7f]]"));
/// Those that amounts can hold: other digits, the letters of marks, and what folds to letters of ASCII.
static MEANT: LazyLock<Regex> = LazyLock::new(|| compiled(r"[\p{Nd}łŁâÂ万円원\x{212a}\x{17f}&&[^\x00-\x7f]]"));

/// A pattern in which `\b` stands only at the edges of words of ASCII.
pub(super) struct Bounded {
    unicode: Regex,
    ascii: Regex,
}

/// A text that amounts are searched in.
pub(super) struct Searched<'t> {
    text: Cow<'t, str>,
    is_covered: bool,
}

impl Bounded {
    pub(super) fn new(pattern: &str) -> Self {
        Self { unicode: compiled(pattern), ascii: compiled(&pattern.replace(r"\b", r"(?-u:\b)")) }
    }

    fn of(&self, text: &Searched<'_>) -> &Regex {
        if text.is_covered { &self.ascii } else { &self.unicode }
    }

    pub(super) fn is_match(&self, text: &Searched<'_>) -> bool {
        self.of(text).is_match(&text.text)
    }

    pub(super) fn captures_iter<'r, 't>(&'r self, text: &'t Searched<'_>) -> CaptureMatches<'r, 't> {
        self.of(text).captures_iter(&text.text)
    }
}

impl<'t> Searched<'t> {
    /// Everything stands where it stands in the text.
    pub(super) fn new(text: &'t str) -> Self {
        if text.is_ascii() {
            return Self { text: text.into(), is_covered: true };
        }
        // All of these are single characters, which few texts hold.
        let beyond: String = text.chars().filter(|it| !it.is_ascii()).collect();
        if MEANT.is_match(&beyond) {
            return Self { text: text.into(), is_covered: false };
        }
        if !LETTERS.is_match(&beyond) {
            return Self { text: text.into(), is_covered: true };
        }
        let cover = |found: &regex::Captures<'_>| "_".repeat(found[0].len());
        Self { text: LETTERS.replace_all(text, cover), is_covered: true }
    }

    pub(super) fn has_digits(&self) -> bool {
        !self.is_covered || self.text.bytes().any(|it| it.is_ascii_digit())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boundaries_lie_where_those_of_unicode_do() {
        let pattern = Bounded::new(r"(?i)\b(?:USD|\d+[kK]?)\b");
        let found = |regex: &Regex, text: &str| regex.find_iter(text).map(|it| it.range()).collect::<Vec<_>>();
        for text in
            ["éUSD 5", "USDé 5k", "5ké 6k — 7k", "日5本 8", "e\u{301}5 5\u{301} 5", "5\u{200d} ‿5 ’5’", "٣5 5", "5K 5ſ"]
        {
            let searched = Searched::new(text);
            assert_eq!(found(pattern.of(&searched), &searched.text), found(&pattern.unicode, text), "{text}");
        }
    }
}
