//! Keyset paging: orders, positions and their SQL. No offsets, and every order ends in the row's key.

use entity::Ordinal;

use super::filter::Filter;
use super::key::Key;
use super::row::{ColumnSet, Record, is_number};
use super::sql::Sql;
use super::table::{Table, name};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    Ascending,
    Descending,
}

impl Direction {
    fn reversed_if(self, reversed: bool) -> Self {
        match (self, reversed) {
            (Self::Ascending, false) | (Self::Descending, true) => Self::Ascending,
            _ => Self::Descending,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Ascending => " ASC",
            Self::Descending => " DESC",
        }
    }

    fn past(self) -> &'static str {
        match self {
            Self::Ascending => " > ",
            Self::Descending => " < ",
        }
    }
}

/// What rows are ordered by. The table's key is added as the last key by `complete`.
#[derive(Clone, Debug, PartialEq)]
pub struct Order<C>(Vec<(C, Direction)>);

impl<C: Ordinal> Order<C> {
    pub fn complete<T: Table<Column = C>>(mut keys: Vec<(C, Direction)>) -> Self {
        let last = keys.last().map_or(Direction::Descending, |(_, direction)| *direction);
        if !keys.iter().any(|(column, _)| column.ordinal() == T::KEY.ordinal()) {
            keys.push((T::KEY, last));
        }
        Self(keys)
    }

    pub fn columns(&self) -> ColumnSet {
        let mut set = ColumnSet::default();
        for (column, _) in &self.0 {
            set.insert(*column);
        }
        set
    }

    /// Names the order, for cursors to be bound to.
    pub fn fingerprint(&self) -> String {
        self.0
            .iter()
            .map(|(column, direction)| format!("{}{}", name(*column), direction.word()))
            .collect::<Vec<_>>()
            .join(",")
    }

    /// Where `record` stands in this order.
    pub fn position(&self, record: &Record) -> Vec<Key> {
        self.0.iter().map(|(column, _)| Key::from(record.stored(*column))).collect()
    }

    /// The kinds of values a position in this order has: whether each is a number.
    pub fn are_numbers(&self) -> Vec<bool> {
        self.0.iter().map(|(column, _)| is_number(*column)).collect()
    }

    fn write(&self, alias: &str, reversed: bool) -> String {
        self.0
            .iter()
            .map(|(column, direction)| format!("{alias}.{}{}", name(*column), direction.reversed_if(reversed).word()))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// The condition that a row lies past `position`. One direction throughout is a row value, which both planners
    /// seek by; mixed ones repeat the bound on the first key, so that they can seek by that.
    fn write_past(&self, position: &[Key], reversed: bool, alias: &str, sql: &mut Sql) {
        let keys: Vec<_> = self
            .0
            .iter()
            .map(|(column, way)| (format!("{alias}.{}", name(*column)), way.reversed_if(reversed)))
            .collect();
        let (_, first) = keys[0];
        if keys.iter().all(|(_, way)| *way == first) {
            let columns: Vec<_> = keys.iter().map(|(column, _)| column.as_str()).collect();
            sql.push("(").push(&columns.join(", ")).push(")").push(first.past()).push("(");
            for (index, key) in position.iter().enumerate() {
                sql.push(if index > 0 { ", " } else { "" }).bind(key.clone());
            }
            sql.push(")");
            return;
        }
        sql.push("(")
            .push(&keys[0].0)
            .push(first.past().trim_end())
            .push("= ")
            .bind(position[0].clone())
            .push(" AND (");
        for (index, (column, way)) in keys.iter().enumerate() {
            sql.push(if index > 0 { " OR (" } else { "(" });
            for (equal, _) in keys.iter().take(index).enumerate() {
                sql.push(&keys[equal].0).push(" = ").bind(position[equal].clone()).push(" AND ");
            }
            sql.push(column).push(way.past()).bind(position[index].clone()).push(")");
        }
        sql.push("))");
    }
}

/// Which part of an ordered list is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Slice {
    pub size: u64,
    /// Counted from the list's end: `last` instead of `first`.
    pub backward: bool,
    pub after: Option<Vec<Key>>,
    pub before: Option<Vec<Key>>,
}

/// A list as it is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing<C> {
    pub filter: Filter<C>,
    pub order: Order<C>,
    pub slice: Slice,
}

impl<C: Ordinal> Listing<C> {
    /// The conditions, order and limit over the row `k`. One row more than asked is read, to know whether there is more.
    pub(super) fn write(&self, parent: Option<String>, sql: &mut Sql) -> (String, String) {
        let backward = self.slice.backward;
        sql.push(parent.as_deref().unwrap_or("TRUE"));
        if !self.filter.is_empty() {
            sql.push(" AND ");
            self.filter.write(sql, "k");
        }
        for (position, reversed) in [(&self.slice.after, false), (&self.slice.before, true)] {
            if let Some(position) = position {
                sql.push(" AND ");
                self.order.write_past(position, reversed, "k", sql);
            }
        }
        (sql.take_text(), self.order.write("k", backward))
    }

    /// Turns what was read into the page.
    pub(super) fn page(&self, mut records: Vec<std::sync::Arc<Record>>) -> Page {
        let slice = &self.slice;
        let more = records.len() as u64 > slice.size;
        records.truncate(usize::try_from(slice.size).unwrap_or(usize::MAX));
        if slice.backward {
            records.reverse();
        }
        Page {
            has_next: if slice.backward { slice.before.is_some() } else { more },
            has_previous: if slice.backward { more } else { slice.after.is_some() },
            records,
            total: None,
        }
    }
}

/// A part of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    pub records: Vec<std::sync::Arc<Record>>,
    pub has_next: bool,
    pub has_previous: bool,
    /// The number of rows in the whole list, where it was asked for.
    pub total: Option<i64>,
}
