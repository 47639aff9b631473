//! The first look at a document that is not in the cache: one pass over its bytes, without recursion, which counts tokens and nesting
//! before any parser sees them, so that no document can exhaust the stack or the time of what follows.
//! It also makes up for the parser: descriptions before operations, fragments and variables, which it does not know, are blanked,
//! with every position kept; and arguments and input fields without a value, which it passes over in silence, are refused.

use std::borrow::Cow;
use std::ops::Range;

use super::Limits;
use super::refusal::{Lines, Refusal};
use crate::error::Code;

/// The text to parse: the document itself, or a copy with its descriptions blanked.
pub(super) fn scan<'a>(text: &'a str, limits: &Limits) -> Result<Cow<'a, str>, Refusal> {
    let mut scan = Scan {
        text,
        limits,
        tokens: 0,
        open: Vec::new(),
        before: Token::Boundary,
        key: None,
        description: None,
        blanks: Vec::new(),
    };
    let mut offset = 0;
    while let Some(&byte) = text.as_bytes().get(offset) {
        offset = match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => offset + 1,
            b'#' => end_of_run(text, offset, |byte| !matches!(byte, b'\n' | b'\r')),
            // The byte order mark is ignored wherever it stands.
            0xEF if text[offset..].starts_with('\u{feff}') => offset + 3,
            _ => scan.token(byte, offset)?,
        };
    }
    Ok(blank(text, &scan.blanks))
}

/// As much of a token as it takes to tell names of arguments and descriptions from values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    /// The start of the document, or the brace that ends a definition.
    Boundary,
    Name,
    String,
    Colon,
    Equals,
    Dollar,
    At,
    /// An open bracket, a closing one, a number, anything else.
    Other,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bracket {
    /// Around arguments or variable definitions.
    Parenthesis,
    List,
    /// Around the fields of an input object.
    Object,
    /// Around a selection set, or what else is a definition's body.
    Body,
}

struct Scan<'a> {
    text: &'a str,
    limits: &'a Limits,
    tokens: usize,
    open: Vec<Bracket>,
    before: Token,
    /// The name just read, if it is one of an argument or of an input field.
    key: Option<Range<usize>>,
    /// The string just read, if it stands where a description may.
    description: Option<Range<usize>>,
    blanks: Vec<Range<usize>>,
}

impl Scan<'_> {
    /// Reads the token at the offset and returns where it ends.
    fn token(&mut self, byte: u8, offset: usize) -> Result<usize, Refusal> {
        self.tokens += 1;
        if self.tokens > self.limits.tokens_max {
            let message = format!("the document has more than {} tokens", self.limits.tokens_max);
            return Err(self.refuse(Code::DocumentTooLarge, message, offset));
        }
        let (end, token) = match byte {
            b'"' => (self.string_end(offset)?, Token::String),
            b'(' | b'[' | b'{' => {
                self.open(byte, offset)?;
                (offset + 1, Token::Other)
            }
            b')' | b']' | b'}' => {
                // Brackets that do not match are for the parser to report.
                self.open.pop();
                (offset + 1, if byte == b'}' && self.open.is_empty() { Token::Boundary } else { Token::Other })
            }
            b':' => (offset + 1, Token::Colon),
            b'=' => (offset + 1, Token::Equals),
            b'$' => (offset + 1, Token::Dollar),
            b'@' => (offset + 1, Token::At),
            b'.' => (end_of_run(self.text, offset, |byte| byte == b'.'), Token::Other),
            b'_' | b'a'..=b'z' | b'A'..=b'Z' => {
                (end_of_run(self.text, offset, |byte| byte == b'_' || byte.is_ascii_alphanumeric()), Token::Name)
            }
            b'-' | b'0'..=b'9' => (end_of_run(self.text, offset + 1, is_in_number), Token::Other),
            _ => (offset + 1, Token::Other),
        };
        self.settle(token, offset..end)?;
        match token {
            Token::String if self.may_be_description() => self.description = Some(offset..end),
            Token::Name if self.is_key() => self.key = Some(offset..end),
            _ => {}
        }
        self.before = token;
        Ok(end)
    }

    fn open(&mut self, byte: u8, offset: usize) -> Result<(), Refusal> {
        let bracket = match (byte, self.open.last()) {
            (b'(', _) => Bracket::Parenthesis,
            (b'[', _) => Bracket::List,
            (_, None | Some(Bracket::Body)) => Bracket::Body,
            _ => Bracket::Object,
        };
        self.open.push(bracket);
        if self.open.len() > self.limits.nesting_max {
            let message = format!("the document nests brackets more than {} deep", self.limits.nesting_max);
            return Err(self.refuse(Code::DocumentTooDeep, message, offset));
        }
        Ok(())
    }

    fn string_end(&self, start: usize) -> Result<usize, Refusal> {
        let bytes = self.text.as_bytes();
        let is_block = bytes[start..].starts_with(b"\"\"\"");
        let mut offset = start + if is_block { 3 } else { 1 };
        while let Some(&byte) = bytes.get(offset) {
            match byte {
                b'\\' if is_block && bytes[offset + 1..].starts_with(b"\"\"\"") => offset += 4,
                b'"' if is_block && bytes[offset..].starts_with(b"\"\"\"") => return Ok(offset + 3),
                b'"' if !is_block => return Ok(offset + 1),
                b'\\' if !is_block => offset += 2,
                b'\n' | b'\r' if !is_block => break,
                _ => offset += 1,
            }
        }
        Err(self.refuse(Code::GraphqlParseFailed, "syntax error: unterminated string", start))
    }

    /// Between definitions a description follows a boundary; between variables it follows anything but what makes a string a value.
    fn may_be_description(&self) -> bool {
        match self.open.as_slice() {
            [] => self.before == Token::Boundary,
            [Bracket::Parenthesis] => self.is_free(),
            _ => false,
        }
    }

    fn is_key(&self) -> bool {
        matches!(self.open.last(), Some(Bracket::Parenthesis | Bracket::Object)) && self.is_free()
    }

    /// Whether what stands here belongs to nothing before it.
    fn is_free(&self) -> bool {
        !matches!(self.before, Token::Colon | Token::Equals | Token::Dollar | Token::At)
    }

    /// Names and descriptions are what they are only because of what follows them.
    fn settle(&mut self, token: Token, range: Range<usize>) -> Result<(), Refusal> {
        if let Some(key) = self.key.take()
            && token != Token::Colon
        {
            let message = format!("syntax error: \"{}\" has no value", &self.text[key.clone()]);
            return Err(self.refuse(Code::GraphqlParseFailed, message, key.start));
        }
        if let Some(description) = self.description.take() {
            let is_before_definition = token == Token::Name
                && self.open.is_empty()
                && matches!(&self.text[range], "query" | "mutation" | "subscription" | "fragment");
            if is_before_definition || token == Token::Dollar {
                self.blanks.push(description);
            }
        }
        Ok(())
    }

    fn refuse(&self, code: Code, message: impl Into<String>, offset: usize) -> Refusal {
        Refusal::at(code, message, Lines::new(self.text).location(offset))
    }
}

fn is_in_number(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'+' | b'-')
}

fn end_of_run(text: &str, start: usize, belongs: impl Fn(u8) -> bool) -> usize {
    text.as_bytes()[start..].iter().position(|&byte| !belongs(byte)).map_or(text.len(), |length| start + length)
}

fn blank<'a>(text: &'a str, ranges: &[Range<usize>]) -> Cow<'a, str> {
    if ranges.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for byte in ranges.iter().flat_map(|range| range.clone()) {
        if !matches!(bytes[byte], b'\n' | b'\r') {
            bytes[byte] = b' ';
        }
    }
    Cow::Owned(String::from_utf8(bytes).expect("whole strings were replaced, quote to quote, by ASCII"))
}
