//! Full-text search apart from any database: how texts are cut into words, what a search asks for, where it hits.
//!
//! Texts and searches are cut by the same rules here, so that both databases index the very same words and answer the
//! same matches. How a database asks for them is in `store::search`.

mod hit;
mod query;
mod words;

use std::collections::HashMap;

use foldhash::fast::RandomState;

pub use hit::{Span, snippet};
pub use query::{All, Phrase, Query, QueryError};
use words::Words;
pub use words::{Word, words};

/// Words of one posting that are indexed; PostgreSQL keeps no position beyond 16,383.
const WORDS_MAX: usize = 16_000;

/// Bytes of those words; PostgreSQL keeps a mebibyte of a posting's different words with their places, and signs that
/// stand for whole words are much longer once they are taken apart.
const BYTES_MAX: usize = 640 * 1024;

/// Places of one word of a posting that are indexed; PostgreSQL keeps 256 of a word, and drops the rest without a word.
const PLACES_MAX: u32 = 255;
/// Stands where a word is that came too often, so that no phrase reaches over it; no search has it as a word.
pub const LEFT_OUT: &str = "#";

/// The texts of a posting that are searched, in the order of their weight.
#[derive(Clone, Debug, Default)]
pub struct Document<'a> {
    pub title: &'a str,
    pub org: &'a str,
    pub department: &'a str,
    pub place: &'a str,
    pub description: &'a str,
}

/// Fields of a document: title, org, department, place and description, in this order.
pub const FIELDS: usize = 5;

/// The words of a document: which there are, and in which order they stand in each field.
#[derive(Debug, Default)]
pub struct Indexed {
    /// Each word, and its number in the order of their first places.
    numbers: HashMap<String, usize, RandomState>,
    /// By number, how often each comes so far.
    counts: Vec<u32>,
    /// The numbers of each field's words; none where a word came too often.
    fields: [Vec<Option<usize>>; FIELDS],
}

impl Document<'_> {
    pub fn index(&self) -> Indexed {
        let mut indexed = Indexed::default();
        let (mut left, mut bytes) = (WORDS_MAX, 0);
        let mut word = String::new();
        let texts = [self.title, self.org, self.department, self.place, self.description];
        for (field, text) in texts.into_iter().enumerate() {
            let mut words = Words::of(text);
            while left > 0 && words.read(&mut word).is_some() {
                bytes += word.len();
                if bytes > BYTES_MAX {
                    return indexed;
                }
                let number = indexed.number(&word);
                indexed.fields[field].push(number);
                left -= 1;
            }
        }
        indexed
    }
}

impl Indexed {
    /// Counts a word, and names its number unless it came too often.
    fn number(&mut self, word: &str) -> Option<usize> {
        let Some(number) = self.numbers.get(word).copied() else {
            self.numbers.insert(word.to_owned(), self.counts.len());
            self.counts.push(1);
            return Some(self.counts.len() - 1);
        };
        let count = self.counts.get_mut(number)?;
        *count += 1;
        (*count <= PLACES_MAX).then_some(number)
    }

    /// The words of each field, in order, with spaces between them.
    pub fn texts(&self) -> [String; FIELDS] {
        let mut words = vec![LEFT_OUT; self.counts.len()];
        self.numbers.iter().for_each(|(word, number)| words[*number] = word);
        let text = |numbers: &Vec<Option<usize>>| {
            let words: Vec<&str> = numbers.iter().map(|it| it.map_or(LEFT_OUT, |number| words[number])).collect();
            words.join(" ")
        };
        self.fields.each_ref().map(text)
    }

    /// Each word in the order of bytes, with all its places: the field, and the position in the document. Before each field one
    /// position is left out, so that no phrase reaches over the end of another.
    pub fn places(&self) -> Vec<(&str, Vec<(usize, usize)>)> {
        let mut places: Vec<Vec<(usize, usize)>> = vec![Vec::new(); self.counts.len()];
        let mut position = 0;
        for (field, numbers) in self.fields.iter().enumerate() {
            position += 1;
            for number in numbers {
                position += 1;
                if let Some(number) = number {
                    places[*number].push((field, position));
                }
            }
        }
        let words = self.numbers.iter();
        let mut all: Vec<_> =
            words.map(|(word, number)| (word.as_str(), std::mem::take(&mut places[*number]))).collect();
        all.sort_unstable_by_key(|(word, _)| *word);
        all
    }
}
