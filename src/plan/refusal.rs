//! Why a request is not executed: a code and at least one message with its places in the document.
//! A refusal holds a few short messages at most, since it is cached and since much of its text comes from the client.
//! Positions are computed here as well, from byte offsets, because the parser may see a copy of the document.

use crate::error::Code;

/// The longest message, in characters: names and values of a hostile document would otherwise come back in full.
const MESSAGE_LENGTH_MAX: usize = 300;

/// A place in the document as the client sent it, both figures counted from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Location {
    pub line: usize,
    pub column: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestError {
    pub message: String,
    pub locations: Vec<Location>,
}

impl RequestError {
    pub(super) fn new(message: impl Into<String>, location: Option<Location>) -> Self {
        let mut message = message.into();
        if let Some((end, _)) = message.char_indices().nth(MESSAGE_LENGTH_MAX) {
            message.truncate(end);
            message.push('…');
        }
        Self { message, locations: location.into_iter().collect() }
    }
}

/// A request error: nothing was executed, and the answer has no `data`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {}", .code.name(), .errors.first().map_or("", |error| error.message.as_str()))]
pub struct Refusal {
    pub code: Code,
    pub errors: Vec<RequestError>,
}

impl Refusal {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, errors: vec![RequestError::new(message, None)] }
    }

    pub(super) fn at(code: Code, message: impl Into<String>, location: Location) -> Self {
        Self { code, errors: vec![RequestError::new(message, Some(location))] }
    }
}

/// Where the lines of a document start, and which of its bytes do not start a character, so that a position costs two binary searches.
#[derive(Debug)]
pub(super) struct Lines {
    starts: Vec<usize>,
    continuations: Vec<usize>,
}

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        let mut continuations = Vec::new();
        for (offset, &byte) in bytes.iter().enumerate() {
            // A carriage return ends a line by itself, but one before a line feed is half of one ending.
            let ends_line = byte == b'\n' || (byte == b'\r' && bytes.get(offset + 1) != Some(&b'\n'));
            if ends_line {
                starts.push(offset + 1);
            }
            if byte & 0b1100_0000 == 0b1000_0000 {
                continuations.push(offset);
            }
        }
        Self { starts, continuations }
    }

    pub(super) fn location(&self, offset: usize) -> Location {
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts[line - 1];
        let before = |limit: usize| self.continuations.partition_point(|&byte| byte < limit);
        Location { line, column: offset - start - (before(offset) - before(start)) + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_counts_lines_of_all_endings_and_characters_not_bytes() {
        let text = "{\n é a\r\n b\rc";
        let lines = Lines::new(text);
        let at = |needle: &str| {
            let location = lines.location(text.find(needle).expect("the needle is in the text"));
            (location.line, location.column)
        };
        assert_eq!(at("{"), (1, 1));
        assert_eq!(at("é"), (2, 2));
        assert_eq!(at("a"), (2, 4));
        assert_eq!(at("b"), (3, 2));
        assert_eq!(at("c"), (4, 1));
        assert_eq!(lines.location(text.len()), Location { line: 4, column: 2 });
    }

    #[test]
    fn a_long_message_is_cut_between_characters() {
        let error = RequestError::new("é".repeat(10_000), None);
        assert_eq!(error.message.chars().count(), MESSAGE_LENGTH_MAX + 1);
    }
}
