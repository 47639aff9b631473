//! The words of a title, and dictionaries of phrases that are looked up in them.

use std::collections::HashMap;

use crate::ingest::normalize::gazetteer::key;

/// Words of the longest phrase that is looked up.
const PHRASE_MAX: usize = 4;

/// A word as it is compared, where it stands in the text, and the part of the title that it is in: 0 is before the first
/// comma, dash or bracket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) folded: String,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) part: usize,
}

/// Cuts a text into words. `+` and `#` belong to words, as do dots before letters.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut part, mut start) = (0, None);
    let ended = text.char_indices().chain(std::iter::once((text.len(), ' ')));
    for (at, it) in ended {
        if it.is_alphanumeric() || matches!(it, '+' | '#') || ('\u{300}'..='\u{36f}').contains(&it) {
            start.get_or_insert(at);
            continue;
        }
        if let Some(start) = start.take().filter(|start| !is_ending(&text[..*start], &text[*start..at], it)) {
            words.push(Word { folded: key(&text[start..at]), start, end: at, part });
        }
        let before = text[..at].chars().next_back().is_none_or(char::is_whitespace);
        let is_dash = matches!(it, '-' | '–' | '—') && before;
        // The bracket of "Redakteur(in)" is within a word.
        if is_dash || (matches!(it, '(' | '[') && before) || matches!(it, ',' | '|' | ':' | ';') {
            part += 1;
        }
    }
    words
}

/// Whether letters are another ending of the word before, as in "Consultor(a)".
fn is_ending(before: &str, letters: &str, after: char) -> bool {
    let is_glued = before.strip_suffix('(').is_some_and(|it| it.ends_with(char::is_alphabetic));
    is_glued && after == ')' && letters.chars().count() < 4
}

/// Phrases by their words; a phrase of one word may be the beginning (`vertrieb*`) or the end (`*entwickler`) of one.
pub(super) struct Phrases<V> {
    whole: HashMap<&'static str, V>,
    beginnings: Vec<(&'static str, V)>,
    ends: Vec<(&'static str, V)>,
}

/// A phrase that was found: from which word to before which.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<V> {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) value: V,
}

impl<V: Copy> Phrases<V> {
    /// Of phrases with `|` between them, in lower case and without accents.
    pub(super) fn new(lists: &[(V, &'static str)]) -> Self {
        let mut phrases = Self { whole: HashMap::new(), beginnings: Vec::new(), ends: Vec::new() };
        for (value, list) in lists {
            for phrase in list.split('|') {
                if let Some(beginning) = phrase.strip_suffix('*') {
                    phrases.beginnings.push((beginning, *value));
                } else if let Some(end) = phrase.strip_prefix('*') {
                    phrases.ends.push((end, *value));
                } else {
                    phrases.whole.insert(phrase, *value);
                }
            }
        }
        phrases
    }

    /// What is found from left to right, the longest first where several begin at one word.
    pub(super) fn find(&self, words: &[Word]) -> Vec<Found<V>> {
        let mut found = Vec::new();
        let mut from = 0;
        while from < words.len() {
            let longest = (1..=PHRASE_MAX.min(words.len() - from)).rev().find_map(|count| {
                let phrase: Vec<&str> = words[from..from + count].iter().map(|it| it.folded.as_str()).collect();
                Some((count, *self.whole.get(phrase.join(" ").as_str())?))
            });
            let (count, value) = match longest.or_else(|| Some((1, self.part_of(&words[from].folded)?))) {
                Some((count, value)) => (count, Some(value)),
                None => (1, None),
            };
            found.extend(value.map(|value| Found { from, to: from + count, value }));
            from += count;
        }
        found
    }

    fn part_of(&self, word: &str) -> Option<V> {
        let beginning = self.beginnings.iter().find(|(it, _)| word.starts_with(it)).map(|(_, value)| *value);
        // A compound is longer than what it ends with.
        let end = self.ends.iter().filter(|(it, _)| word.len() > it.len() + 1 && word.ends_with(it));
        end.max_by_key(|(it, _)| it.len()).map(|(_, value)| *value).or(beginning)
    }
}
