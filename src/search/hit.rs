//! Where a search hits a text: a part of the text around the first hit, and the hits in it.

use super::query::{Phrase, Query};
use super::words::{Word, words};

/// Characters of a text's part, at most.
const SNIPPET_MAX: usize = 200;
/// Characters kept before the first hit.
const BEFORE_MAX: usize = 40;
/// Hits shown of one text.
const SPANS_MAX: usize = 10;

/// From where to where a hit stands, in characters, the end excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

/// The part of a text that shows what was searched for, on one line; nothing when the text has no hit.
pub fn snippet(query: &Query, text: &str) -> Option<(String, Vec<Span>)> {
    let words: Vec<Word> = words(text).collect();
    let mut spans: Vec<Span> = query.wanted().flat_map(|phrase| spans_of(phrase, &words)).collect();
    spans.sort_by_key(|span| (span.start, span.end));
    let first = *spans.first()?;
    // The part begins with a word, so that none is cut.
    let earliest = first.start.saturating_sub(BEFORE_MAX);
    let start = words.iter().map(|word| word.start).find(|start| *start >= earliest).unwrap_or(0);
    let start = if earliest == 0 { 0 } else { start };
    let limit = start + SNIPPET_MAX;
    let total = text.chars().count();
    let end = if total <= limit {
        total
    } else {
        words
            .iter()
            .map(|word| word.end)
            .take_while(|end| *end <= limit)
            .last()
            .unwrap_or(limit)
            .max(first.end.min(limit))
    };
    let line: String =
        text.chars().skip(start).take(end - start).map(|it| if it.is_control() { ' ' } else { it }).collect();
    let mut shown: Vec<Span> = Vec::new();
    for span in spans.into_iter().filter(|span| span.end <= end) {
        match shown.last_mut() {
            Some(last) if span.start - start < last.end => last.end = last.end.max(span.end - start),
            _ => shown.push(Span { start: span.start - start, end: span.end - start }),
        }
    }
    shown.truncate(SPANS_MAX);
    Some((line, shown))
}

fn spans_of<'a>(phrase: &'a Phrase, words: &'a [Word]) -> impl Iterator<Item = Span> + 'a {
    let last = phrase.words.len() - 1;
    let is_hit = move |window: &&[Word]| {
        window.iter().zip(&phrase.words).enumerate().all(|(index, (word, wanted))| {
            if index == last && phrase.is_prefix { word.text.starts_with(wanted) } else { word.text == *wanted }
        })
    };
    words
        .windows(phrase.words.len())
        .filter(is_hit)
        .map(|hit| Span { start: hit[0].start, end: hit[hit.len() - 1].end })
}

#[cfg(test)]
mod tests {
    use super::{Query, snippet};

    /// The part of a text with its hits in brackets.
    fn shown(search: &str, text: &str) -> Option<String> {
        let (line, spans) = snippet(&Query::parse(search).expect("it is a search"), text)?;
        let mut marked = String::new();
        for (index, character) in line.chars().enumerate() {
            marked.extend(spans.iter().filter(|span| span.start == index).map(|_| '['));
            marked.push(character);
            marked.extend(spans.iter().filter(|span| span.end == index + 1).map(|_| ']'));
        }
        Some(marked)
    }

    #[test]
    fn hits_are_marked_whatever_their_case_and_accents() {
        assert_eq!(shown("zurich", "Büro in ZÜRICH, nahe Zürich").as_deref(), Some("Büro in [ZÜRICH], nahe [Zürich]"));
        assert_eq!(shown("\"staff engineer\"", "Staff Engineer, staff").as_deref(), Some("[Staff Engineer], staff"));
        assert_eq!(shown("engin*", "Engineering").as_deref(), Some("[Engineering]"));
    }

    #[test]
    fn a_text_without_a_hit_shows_nothing() {
        assert_eq!(shown("rust", "Go engineer"), None);
    }

    #[test]
    fn a_long_text_is_shown_around_its_first_hit() {
        let text = format!("{} we write Rust here {}", "before ".repeat(100), "after ".repeat(100));
        let shown = shown("rust", &text).expect("it has a hit");
        assert!(shown.contains("write [Rust] here") && shown.chars().count() < 210, "{shown}");
        assert!(shown.starts_with("before") && shown.ends_with("after"), "{shown}");
    }
}
