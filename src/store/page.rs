//! Keyset paging: orders, positions and their SQL. No offsets, and every order ends in the row's key.

use entity::Ordinal;

use super::filter::Filter;
use super::key::Key;
use super::row::{ColumnSet, Record, is_number};
use super::scope::Scope;
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

/// What rows are ordered by: a column, or how well they match the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort<C> {
    Column(C),
    Rank,
}

impl<C: Ordinal> Sort<C> {
    fn name(self) -> &'static str {
        match self {
            Self::Column(column) => name(column),
            Self::Rank => "search_rank",
        }
    }

    /// Its name in a statement whose row is `alias` and whose match is `found`.
    fn qualified(self, alias: &str, found: &str) -> String {
        format!("{}.{}", if matches!(self, Self::Rank) { found } else { alias }, self.name())
    }
}

/// What rows are ordered by. The table's key is added as the last key by `complete`.
#[derive(Clone, Debug, PartialEq)]
pub struct Order<C>(Vec<(Sort<C>, Direction)>);

impl<C: Ordinal> Order<C> {
    pub fn complete<T: Table<Column = C>>(mut keys: Vec<(Sort<C>, Direction)>) -> Self {
        let last = keys.last().map_or(Direction::Descending, |(_, direction)| *direction);
        let is_key = |sort: &Sort<C>| matches!(sort, Sort::Column(it) if it.ordinal() == T::KEY.ordinal());
        if !keys.iter().any(|(sort, _)| is_key(sort)) {
            keys.push((Sort::Column(T::KEY), last));
        }
        Self(keys)
    }

    /// Whether a column and the table's key are not all.
    fn has_several(&self) -> bool {
        self.0.len() > 2
    }

    fn first(&self) -> Option<C> {
        match self.0.first() {
            Some((Sort::Column(column), _)) => Some(*column),
            _ => None,
        }
    }

    pub fn columns(&self) -> ColumnSet {
        let mut set = ColumnSet::default();
        for (sort, _) in &self.0 {
            if let Sort::Column(column) = sort {
                set.insert(*column);
            }
        }
        set
    }

    /// Names the order, for cursors to be bound to.
    pub fn fingerprint(&self) -> String {
        self.0
            .iter()
            .map(|(sort, direction)| format!("{}{}", sort.name(), direction.word()))
            .collect::<Vec<_>>()
            .join(",")
    }

    /// Where `record` stands in this order.
    pub fn position(&self, record: &Record) -> Vec<Key> {
        let key = |(sort, _): &(Sort<C>, Direction)| match sort {
            Sort::Column(column) => Key::from(record.stored(*column)),
            Sort::Rank => Key::Number(record.rank),
        };
        self.0.iter().map(key).collect()
    }

    /// The kinds of values a position in this order has: whether each is a number.
    pub fn are_numbers(&self) -> Vec<bool> {
        let is_number =
            |sort: &Sort<C>| matches!(sort, Sort::Rank) || matches!(sort, Sort::Column(it) if is_number(*it));
        self.0.iter().map(|(sort, _)| is_number(sort)).collect()
    }

    fn write(&self, alias: &str, found: &str, reversed: bool) -> String {
        self.0
            .iter()
            .map(|(sort, way)| format!("{}{}", sort.qualified(alias, found), way.reversed_if(reversed).word()))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// The condition that a row lies past `position`. One direction throughout is a row value, which both planners
    /// seek by; mixed ones repeat the bound on the first key, so that they can seek by that.
    fn write_past(&self, position: &[Key], reversed: bool, alias: &str, sql: &mut Sql) {
        let keys: Vec<_> =
            self.0.iter().map(|(sort, way)| (sort.qualified(alias, "found"), way.reversed_if(reversed))).collect();
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
    /// Whether it is asked if there are more, for which one row more is read.
    pub tells_more: bool,
    /// Counted from the list's end: `last` instead of `first`.
    pub backward: bool,
    pub after: Option<Vec<Key>>,
    pub before: Option<Vec<Key>>,
}

/// A list as it is asked for.
#[derive(Clone, Debug)]
pub struct Listing<C> {
    pub scope: Scope,
    pub filter: Filter<C>,
    pub order: Order<C>,
    pub slice: Slice,
}

impl<C: Ordinal> Listing<C> {
    /// The conditions over the row `k`.
    pub(super) fn write_conditions<T: Table<Column = C>>(&self, sql: &mut Sql) {
        self.scope.write_standing_in_order::<T>(sql);
        sql.of_page(|sql| self.filter.write(sql, "k"));
        for (position, reversed) in [(&self.slice.after, false), (&self.slice.before, true)] {
            if let Some(position) = position {
                sql.push(" AND ");
                self.order.write_past(position, reversed, "k", sql);
            }
        }
    }

    /// Writes what follows `FROM`.
    pub(super) fn write_from<T: Table<Column = C>>(&self, sql: &mut Sql) {
        if self.scope.is_plain() && self.filter.is_empty() && self.order.has_several() {
            let index = self.order.first().and_then(T::index_of);
            sql.push(&sql.dialect().in_order(T::NAME, index));
        } else {
            self.scope.write_from::<T>(sql);
        }
    }

    /// The order of rows `alias` with matches `found`, as they are read.
    pub(super) fn order_by(&self, alias: &str, found: &str) -> String {
        self.order.write(alias, found, self.slice.backward)
    }

    /// How many rows are read. Of the past three at least: where one or two are kept of many, SQLite takes sorting all of
    /// them for cheaper than reading an index in order.
    pub(super) fn limit(&self) -> i64 {
        let rows = self.slice.size.saturating_add(self.slice.tells_more.into());
        let rows = if self.scope.as_of.is_some() { rows.max(3) } else { rows };
        i64::try_from(rows).unwrap_or(i64::MAX)
    }

    /// Turns what was read into the page.
    pub fn page(&self, mut records: Vec<std::sync::Arc<Record>>) -> Page {
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

/// A part of a list. What lies beyond it is known only if it was asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    pub records: Vec<std::sync::Arc<Record>>,
    pub has_next: bool,
    pub has_previous: bool,
    /// The number of rows in the whole list, where it was asked for.
    pub total: Option<Total>,
}

/// How many rows there are, or at least how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    pub count: i64,
    pub is_exact: bool,
}
