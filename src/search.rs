//! Full-text search apart from any database: how texts are cut into words, what a search asks for, where it hits.
//!
//! Texts and searches are cut by the same rules here, so that both databases index the very same words and answer the
//! same matches. How a database asks for them is in `store::search`.

mod hit;
mod query;
mod words;

use std::collections::HashMap;

pub use hit::{Span, snippet};
pub use query::{All, Phrase, Query, QueryError};
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

/// The words of a document, field by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Indexed {
    pub title: Vec<String>,
    pub org: Vec<String>,
    pub department: Vec<String>,
    pub place: Vec<String>,
    pub description: Vec<String>,
}

impl Document<'_> {
    pub fn index(&self) -> Indexed {
        let (mut left, mut bytes) = (WORDS_MAX, 0);
        let mut places: HashMap<String, u32> = HashMap::new();
        let mut kept = |word: Word| {
            match places.get_mut(&word.text) {
                Some(count) if *count == PLACES_MAX => return LEFT_OUT.to_owned(),
                Some(count) => *count += 1,
                None => {
                    places.insert(word.text.clone(), 1);
                }
            }
            word.text
        };
        let mut take = |text: &str| -> Vec<String> {
            let fits = |word: &Word| {
                bytes += word.text.len();
                bytes <= BYTES_MAX
            };
            let taken: Vec<String> = words(text).take(left).take_while(fits).map(&mut kept).collect();
            left -= taken.len();
            taken
        };
        Indexed {
            title: take(self.title),
            org: take(self.org),
            department: take(self.department),
            place: take(self.place),
            description: take(self.description),
        }
    }
}
