//! What a search asks for, in the syntax of web search engines: words, "phrases", -without, or, and beginning*.
//!
//! As in PostgreSQL's `websearch_to_tsquery`, `or` joins the groups of words beside it: `a b or c` is (a and b) or c.

use std::fmt;

use thiserror::Error;

use super::words::words;

/// Characters of a search.
const CHARACTERS_MAX: usize = 300;
/// Words and phrases of a search.
const PHRASES_MAX: usize = 20;

/// At least one group holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    pub any: Vec<All>,
}

/// All of `with` and none of `without` occur; `with` is never empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct All {
    pub with: Vec<Phrase>,
    pub without: Vec<Phrase>,
}

/// Words next to each other; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    pub words: Vec<String>,
    /// Whether the last word may go on.
    pub is_prefix: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum QueryError {
    #[error("\"search\" has {0} characters\nhint: at most {CHARACTERS_MAX} are allowed")]
    TooLong(usize),
    #[error(
        "\"search\" has more than {PHRASES_MAX} words\nhint: leave some out, or put words that belong together into quotes"
    )]
    TooMany,
    #[error(
        "\"search\" names no word that must occur\nhint: give at least one word that has no minus before it, on each side of an \"or\""
    )]
    NothingAsked,
}

impl Query {
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let length = text.chars().count();
        if length > CHARACTERS_MAX {
            return Err(QueryError::TooLong(length));
        }
        let mut any = vec![All::default()];
        let mut count = 0;
        let mut rest = text;
        while let Some(term) = next_term(&mut rest) {
            if term.is_or {
                any.push(All::default());
                continue;
            }
            let Some(phrase) = phrase(term.text, term.is_prefix) else {
                continue;
            };
            count += 1;
            if count > PHRASES_MAX {
                return Err(QueryError::TooMany);
            }
            if let Some(group) = any.last_mut() {
                if term.is_without { group.without.push(phrase) } else { group.with.push(phrase) }
            }
        }
        // An "or" with nothing on one side is a word too many, not another wish.
        any.retain(|group| !group.with.is_empty() || !group.without.is_empty());
        if any.is_empty() || any.iter().any(|group| group.with.is_empty()) {
            return Err(QueryError::NothingAsked);
        }
        Ok(Self { any })
    }

    /// Every phrase that may occur, for what is shown of a match.
    pub fn wanted(&self) -> impl Iterator<Item = &Phrase> {
        self.any.iter().flat_map(|group| &group.with)
    }
}

/// The search written out, alike for equal ones.
impl fmt::Display for Query {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, group) in self.any.iter().enumerate() {
            to.write_str(if index == 0 { "" } else { " or " })?;
            let with = group.with.iter().map(|it| ("", it));
            for (index, (sign, phrase)) in with.chain(group.without.iter().map(|it| ("-", it))).enumerate() {
                let (space, star) = (if index == 0 { "" } else { " " }, if phrase.is_prefix { "*" } else { "" });
                write!(to, "{space}{sign}\"{}{star}\"", phrase.words.join(" "))?;
            }
        }
        Ok(())
    }
}

struct Term<'a> {
    text: &'a str,
    is_without: bool,
    is_prefix: bool,
    is_or: bool,
}

/// Takes the next word or quoted phrase off the text.
fn next_term<'a>(rest: &mut &'a str) -> Option<Term<'a>> {
    let trimmed = rest.trim_start();
    if trimmed.is_empty() {
        return None;
    }
    let (is_without, body) = match trimmed.strip_prefix('-') {
        Some(body) => (true, body),
        None => (false, trimmed),
    };
    if let Some(quoted) = body.strip_prefix('"') {
        let (text, after) = quoted.split_once('"').unwrap_or((quoted, ""));
        *rest = after;
        return Some(Term { text, is_without, is_prefix: false, is_or: false });
    }
    let end = body.find(|it: char| it.is_whitespace() || it == '"').unwrap_or(body.len());
    let (text, after) = body.split_at(end);
    *rest = after;
    let is_or = !is_without && (text.eq_ignore_ascii_case("or") || text == "|");
    Some(Term { text, is_without, is_prefix: text.ends_with('*'), is_or })
}

fn phrase(text: &str, is_prefix: bool) -> Option<Phrase> {
    let words: Vec<String> = words(text).map(|word| word.text).collect();
    (!words.is_empty()).then_some(Phrase { words, is_prefix })
}

#[cfg(test)]
mod tests {
    use super::{Query, QueryError};

    fn read(text: &str) -> Result<String, QueryError> {
        Query::parse(text).map(|it| it.to_string())
    }

    #[test]
    fn words_quotes_minus_or_and_star_are_understood() {
        let cases = [
            ("Rust engineer", r#""rust" "engineer""#),
            ("\"staff engineer\" -manager", r#""staff engineer" -"manager""#),
            ("rust or go -\"new grad\"", r#""rust" or "go" -"new grad""#),
            ("a b OR c", r#""a" "b" or "c""#),
            ("full-stack c++", r#""full stack" "c++""#),
            ("engin*", r#""engin*""#),
            ("\"no end", r#""no end""#),
            ("or rust or", r#""rust""#),
            ("rust -", r#""rust""#),
            ("-- rust", r#""rust""#),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_names_no_word_is_refused() {
        for text in ["", "  ", "-", "\"\"", "-java", "rust or -java", "…"] {
            assert_eq!(read(text), Err(QueryError::NothingAsked), "{text}");
        }
    }

    #[test]
    fn what_is_too_much_is_refused() {
        assert_eq!(read(&"a ".repeat(21)), Err(QueryError::TooMany));
        assert_eq!(read(&"a".repeat(301)), Err(QueryError::TooLong(301)));
    }
}
