//! Conditions over a table's columns, and their SQL.
//!
//! An absent value is stored as `''` or `ABSENT`. `ne` and `notIn` therefore match rows without a value, as a reader of
//! GraphQL expects; ranges never do.

use entity::{ABSENT, Ordinal};

use super::key::Key;
use super::row::is_number;
use super::sql::Sql;
use super::table::name;

/// The last character of Unicode: nothing that starts with a prefix sorts after the prefix and this.
const LAST_CHARACTER: char = '\u{10FFFF}';

#[derive(Clone, Debug, PartialEq)]
pub enum Filter<C> {
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
    Compare(C, Comparison),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Comparison {
    Eq(Key),
    Ne(Key),
    In(Vec<Key>),
    NotIn(Vec<Key>),
    Lt(Key),
    Lte(Key),
    Gt(Key),
    Gte(Key),
    StartsWith(String),
}

impl<C> Default for Filter<C> {
    fn default() -> Self {
        Self::And(Vec::new())
    }
}

impl<C: Ordinal> Filter<C> {
    /// Rows that have, or have not, a value in a column.
    pub fn absent(column: C, absent: bool) -> Self {
        let key = if is_number(column) { Key::Number(ABSENT) } else { Key::Text(String::new()) };
        Self::Compare(column, if absent { Comparison::Eq(key) } else { Comparison::Ne(key) })
    }

    pub fn is_empty(&self) -> bool {
        matches!(self, Self::And(parts) if parts.is_empty())
    }

    /// Writes the condition over the row `alias`.
    pub(super) fn write(&self, sql: &mut Sql, alias: &str) {
        match self {
            Self::And(parts) => write_all(parts, " AND ", "TRUE", sql, alias),
            Self::Or(parts) => write_all(parts, " OR ", "FALSE", sql, alias),
            Self::Not(part) => {
                sql.push("NOT (");
                part.write(sql, alias);
                sql.push(")");
            }
            Self::Compare(column, comparison) => comparison.write(&format!("{alias}.{}", name(*column)), sql),
        }
    }
}

fn write_all<C: Ordinal>(parts: &[Filter<C>], between: &str, none: &str, sql: &mut Sql, alias: &str) {
    if parts.is_empty() {
        sql.push(none);
        return;
    }
    sql.push("(");
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            sql.push(between);
        }
        part.write(sql, alias);
    }
    sql.push(")");
}

impl Comparison {
    fn write(&self, column: &str, sql: &mut Sql) {
        match self {
            Self::Eq(key) => sql.push(column).push(" = ").bind(key.clone()),
            Self::Ne(key) => sql.push(column).push(" <> ").bind(key.clone()),
            Self::In(keys) => write_member(column, keys, sql),
            Self::NotIn(keys) => write_member(&format!("NOT {column}"), keys, sql),
            Self::Lt(key) => write_below(column, " < ", key, sql),
            Self::Lte(key) => write_below(column, " <= ", key, sql),
            Self::Gt(key) => sql.push(column).push(" > ").bind(key.clone()),
            Self::Gte(key) => sql.push(column).push(" >= ").bind(key.clone()),
            Self::StartsWith(prefix) => {
                sql.push("(").push(column).push(" >= ").bind(prefix.clone());
                sql.push(" AND ").push(column).push(" < ").bind(format!("{prefix}{LAST_CHARACTER}")).push(")")
            }
        };
    }
}

fn write_member<'a>(column: &str, keys: &[Key], sql: &'a mut Sql) -> &'a mut Sql {
    let numbers: Vec<i64> =
        keys.iter().filter_map(|key| if let Key::Number(it) = key { Some(*it) } else { None }).collect();
    let texts: Vec<String> =
        keys.iter().filter_map(|key| if let Key::Text(it) = key { Some(it.clone()) } else { None }).collect();
    sql.push(column);
    if numbers.is_empty() { sql.member_of(&texts) } else { sql.member_of_numbers(&numbers) }
}

fn write_below<'a>(column: &str, operator: &str, key: &Key, sql: &'a mut Sql) -> &'a mut Sql {
    let floor = if matches!(key, Key::Number(_)) { Key::Number(ABSENT) } else { Key::Text(String::new()) };
    sql.push("(").push(column).push(operator).bind(key.clone());
    sql.push(" AND ").push(column).push(" > ").bind(floor).push(")")
}
