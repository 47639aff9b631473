//! A value that rows are compared, found and continued by.

use sea_orm::Value;

use super::row::Cell;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    Text(String),
    Number(i64),
}

impl From<&str> for Key {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Key {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Key {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<&Cell> for Key {
    /// Columns that keys are made of are never null; a null would compare as an absent text.
    fn from(cell: &Cell) -> Self {
        match cell {
            Cell::Number(number) => Self::Number(*number),
            Cell::Flag(flag) => Self::Number((*flag).into()),
            Cell::Text(text) => Self::Text(text.clone()),
            Cell::Null | Cell::Rows(_) => Self::Text(String::new()),
        }
    }
}

impl From<Key> for Value {
    fn from(key: Key) -> Self {
        match key {
            Key::Text(text) => Self::from(text),
            Key::Number(number) => Self::from(number),
        }
    }
}
