//! How a comparison of one column is written.

use entity::ABSENT;

use super::Comparison;
use crate::store::key::Key;
use crate::store::org;
use crate::store::sql::Sql;

/// The last character of Unicode: nothing that starts with a prefix sorts after the prefix and this.
const LAST_CHARACTER: char = '\u{10FFFF}';

impl Comparison {
    /// The texts that it compares with, if it asks whether a value is among them, and what negates it if it is not to be.
    fn texts(&self) -> Option<(&'static str, Vec<String>)> {
        let (negation, keys) = match self {
            Self::Eq(key) => ("", std::slice::from_ref(key)),
            Self::Ne(key) => ("NOT ", std::slice::from_ref(key)),
            Self::In(keys) => ("", keys.as_slice()),
            Self::NotIn(keys) => ("NOT ", keys.as_slice()),
            _ => return None,
        };
        let text = |key: &Key| if let Key::Text(text) = key { Some(text.clone()) } else { None };
        Some((negation, keys.iter().map(text).collect::<Option<_>>()?))
    }

    /// Writes a comparison `by` ids or short names over a column that names employers: those that were joined into others lead
    /// to these.
    pub(super) fn write_employers(&self, by: &str, column: &str, sql: &mut Sql) -> bool {
        let write = match by {
            "org_id" => org::write_is_one_of,
            "slug" => org::write_is_called,
            _ => return false,
        };
        let Some((negation, names)) = self.texts() else {
            return false;
        };
        sql.push(negation);
        write(column, &names, sql);
        true
    }

    /// Writes a comparison with words of a closed set, which planners are to know: they may be half of all rows or none.
    pub(super) fn write_words(&self, column: &str, sql: &mut Sql) -> bool {
        let Some((negation, mut words)) = self.texts().filter(|(_, words)| !words.is_empty()) else {
            return false;
        };
        words.sort_unstable();
        words.dedup();
        sql.push(negation).push(column);
        if let [word] = words.as_slice() {
            sql.push(" = ").push_word(word);
            return true;
        }
        for (index, word) in words.iter().enumerate() {
            sql.push(if index > 0 { ", " } else { " IN (" }).push_word(word);
        }
        sql.push(")");
        true
    }

    pub(super) fn write(&self, column: &str, is_number: bool, sql: &mut Sql) {
        match self {
            Self::Eq(key) => sql.push(column).push(" = ").bind(key.clone()),
            Self::Ne(key) => sql.push(column).push(" <> ").bind(key.clone()),
            Self::In(keys) => write_member(column, keys, is_number, sql),
            Self::NotIn(keys) => write_member(&format!("NOT {column}"), keys, is_number, sql),
            Self::Lt(key) => write_below(column, " < ", key, sql),
            Self::Lte(key) => write_below(column, " <= ", key, sql),
            Self::Gt(key) => sql.push(column).push(" > ").bind(key.clone()),
            Self::Gte(key) => sql.push(column).push(" >= ").bind(key.clone()),
            Self::Is(true) => sql.push(column),
            Self::Is(false) => sql.push("NOT ").push(column),
            Self::StartsWith(prefix) => {
                // Every text begins with the empty one, but what is absent is none.
                let from = if prefix.is_empty() { " > " } else { " >= " };
                sql.push("(").push(column).push(from).bind(prefix.clone());
                sql.push(" AND ").push(column).push(" < ").bind(format!("{prefix}{LAST_CHARACTER}")).push(")")
            }
        };
    }
}

/// The column's type counts, as an empty list has none.
fn write_member<'a>(column: &str, keys: &[Key], is_number: bool, sql: &'a mut Sql) -> &'a mut Sql {
    let numbers: Vec<i64> =
        keys.iter().filter_map(|key| if let Key::Number(it) = key { Some(*it) } else { None }).collect();
    let texts: Vec<String> =
        keys.iter().filter_map(|key| if let Key::Text(it) = key { Some(it.clone()) } else { None }).collect();
    sql.push(column);
    if is_number { sql.member_of_numbers(&numbers) } else { sql.member_of(&texts) }
}

fn write_below<'a>(column: &str, operator: &str, key: &Key, sql: &'a mut Sql) -> &'a mut Sql {
    let floor = if matches!(key, Key::Number(_)) { Key::Number(ABSENT) } else { Key::Text(String::new()) };
    sql.push("(").push(column).push(operator).bind(key.clone());
    sql.push(" AND ").push(column).push(" > ").bind(floor).push(")")
}
