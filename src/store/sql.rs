//! A statement under construction: its text and its parameters grow together.

use std::fmt::Write;

use sea_orm::{DbBackend, Statement, Value};

use super::dialect::Dialect;
use crate::search::Query;

/// The longest word of a closed set.
const WORD_MAX: usize = 40;

/// Room that the text of a whole statement has from the beginning.
const BYTES_AT_FIRST: usize = 1_024;

/// Parameters are numbered `$1…` on both databases.
#[derive(Clone, Debug)]
pub struct Sql {
    text: String,
    values: Vec<Value>,
    dialect: Dialect,
    /// Whether what is written next are the conditions of a page, which is read only until it is full.
    pub(super) is_of_page: bool,
}

impl Sql {
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self { text: String::new(), values: Vec::new(), dialect, is_of_page: false }
    }

    /// With room for the text of a whole statement.
    pub(crate) fn with_room(mut self) -> Self {
        self.text.reserve(BYTES_AT_FIRST);
        self
    }

    pub(crate) fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Writes the conditions of a page, which is read only until it is full.
    pub(crate) fn of_page(&mut self, write: impl FnOnce(&mut Self)) {
        self.is_of_page = true;
        write(self);
        self.is_of_page = false;
    }

    pub(crate) fn is_of_page(&self) -> bool {
        self.is_of_page
    }

    /// Adds a parameter and returns its placeholder.
    pub(crate) fn placeholder(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// Adds a parameter at the end of the text.
    pub(crate) fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        write!(self.text, "${}", self.values.len()).ok();
        self
    }

    /// Adds a number of the program's own, which planners are to know.
    pub(crate) fn push_number(&mut self, number: i64) -> &mut Self {
        // Memory never fails.
        write!(self.text, "{number}").ok();
        self
    }

    /// Adds a word of a closed set, which planners are to know; anything else becomes a parameter.
    pub(crate) fn push_word(&mut self, word: &str) -> &mut Self {
        let is_word = |it: u8| it.is_ascii_uppercase() || it == b'_';
        if word.len() > WORD_MAX || !word.bytes().all(is_word) {
            return self.bind(word);
        }
        self.push("'").push(word).push("'")
    }

    /// Adds ` = …`, ` = ANY(…)` or ` IN (…)` over texts.
    pub(crate) fn member_of(&mut self, texts: &[String]) -> &mut Self {
        let condition = self.member(texts);
        self.push(" ").push(&condition)
    }

    /// Adds ` = …`, ` = ANY(…)` or ` IN (…)` over numbers.
    pub(crate) fn member_of_numbers(&mut self, numbers: &[i64]) -> &mut Self {
        if let [number] = numbers {
            return self.push(" = ").bind(*number);
        }
        let placeholder = self.placeholder(self.dialect.number_list(numbers));
        let condition = self.dialect.is_member(&placeholder);
        self.push(" ").push(&condition)
    }

    /// Adds the parameters of the condition that something is among `texts`, and returns it.
    pub(crate) fn member(&mut self, texts: &[String]) -> String {
        if let [text] = texts {
            return format!("= {}", self.placeholder(text.as_str()));
        }
        let placeholder = self.placeholder(self.dialect.text_list(texts));
        self.dialect.is_member(&placeholder)
    }

    /// Adds the parameters of a table `parent` of one column, `value`, which holds `texts`, and returns it.
    pub(crate) fn parents(&mut self, texts: &[String]) -> String {
        if let [text] = texts {
            let placeholder = self.placeholder(text.as_str());
            return format!("(SELECT CAST({placeholder} AS TEXT) AS value) AS parent");
        }
        let placeholder = self.placeholder(self.dialect.text_list(texts));
        self.dialect.parents(&placeholder)
    }

    /// Adds the table `found` of what a search finds.
    pub(crate) fn push_found(&mut self, query: &Query) {
        self.dialect.write_found(query, self);
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Takes the text so far out, to be placed inside another; the parameters stay.
    pub(crate) fn take_text(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// The text and the values of its parameters.
    pub(crate) fn into_parts(self) -> (String, Vec<Value>) {
        (self.text, self.values)
    }

    pub(crate) fn into_statement(self) -> Statement {
        Statement::from_sql_and_values(self.dialect.backend(), self.text, self.values)
    }
}

/// A statement's text without the words in it, some of which are values of filters.
pub fn without_words(text: &str) -> String {
    let parts = text.split('\'').enumerate();
    parts.map(|(index, part)| if index % 2 == 0 { part } else { "'…'" }).collect()
}

/// The statement with its parameters written out, for people to run. PostgreSQL's way of writing serves both: only it
/// numbers its parameters as ours are.
pub(super) fn shown(statement: &Statement) -> String {
    Statement { db_backend: DbBackend::Postgres, ..statement.clone() }.to_string()
}

#[cfg(test)]
mod tests {
    use super::without_words;

    #[test]
    fn a_statement_is_shown_without_what_was_asked_for() {
        assert_eq!(without_words("a = 'DE' AND b IN ('X', 'Y') AND c = $1"), "a = '…' AND b IN ('…', '…') AND c = $1");
        assert_eq!(without_words("SELECT 1"), "SELECT 1");
    }
}
