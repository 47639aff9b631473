//! Which rows a list is taken from before any filter: those of now or of a past moment, all or those that a search finds.

use std::sync::Arc;

use entity::Ordinal;
use entity::job_version::NOW;

use super::row::ColumnSet;
use super::sighting::{self, Noted};
use super::sql::Sql;
use super::table::{Past, Table, listed, name};
use crate::search::Query;

/// A moment that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// After the event with this number.
    Seq(i64),
    /// After what was observed until then, in UTC milliseconds since 1970.
    Time(i64),
}

#[derive(Clone, Debug, Default)]
pub struct Scope {
    pub as_of: Option<AsOf>,
    pub search: Option<Arc<Query>>,
}

impl Scope {
    /// Rows of then, however they are found.
    pub fn at(as_of: Option<AsOf>) -> Self {
        Self { as_of, search: None }
    }

    /// Whether these are all rows of now.
    pub(super) fn is_plain(&self) -> bool {
        self.as_of.is_none() && self.search.is_none()
    }

    /// The table that rows of then stand in.
    pub(super) fn table<T: Table>(&self) -> &'static str {
        match (self.as_of, T::PAST) {
            (Some(_), Past::Versions(table)) => table,
            _ => T::NAME,
        }
    }

    /// The columns behind `SELECT`, of the table's row `alias`. What changes without an event is read of the present
    /// row as long as it is in the same state.
    pub(super) fn list<T: Table>(&self, columns: ColumnSet, alias: &str) -> String {
        let is_past = matches!((self.as_of, T::PAST), (Some(_), Past::Versions(_)));
        let (table, key) = (T::NAME, name(T::KEY));
        listed::<T>(columns, |column, text| {
            let name = name(column);
            match (is_past, T::is_passing(column)) {
                (true, true) => text.push_str(&format!(
                    "CASE WHEN {alias}.until_seq < {NOW} THEN {alias}.{name} ELSE (SELECT {} FROM {table} n WHERE n.{key} = {alias}.{key}) END AS {name}",
                    sighting::value(column, "n")
                )),
                (false, _) if column.is_of_board() => {
                    Noted::of(column).write(alias, text);
                    text.extend([" AS ", name]);
                }
                _ => text.extend([alias, ".", name]),
            }
        })
    }

    /// Writes what follows `FROM`; the table's row is `k`, the match's `found`.
    pub(super) fn write_from<T: Table>(&self, sql: &mut Sql) {
        self.write_from_as::<T>("k", sql);
    }

    /// The same, with another name for the table's row.
    pub(super) fn write_from_as<T: Table>(&self, alias: &str, sql: &mut Sql) {
        let table = self.table::<T>();
        match &self.search {
            Some(query) => {
                sql.push_found(query);
                sql.push(&format!(" JOIN {table} {alias} ON {alias}.content_seq = found.content_seq"));
            }
            None => {
                sql.push(&format!("{table} {alias}"));
            }
        }
    }

    /// Writes the condition that the row `k` stood then, with the `AND` after it, for a list that is read in its order.
    pub(super) fn write_standing_in_order<T: Table>(&self, sql: &mut Sql) {
        match (T::PAST, self.as_of) {
            (Past::Versions(_), Some(AsOf::Seq(seq))) => {
                let column = sql.dialect().wide("k.from_seq");
                sql.push(&format!("{column} <= ")).bind(seq);
                sql.push(" AND k.until_seq > ").bind(seq).push(" AND ");
            }
            _ => self.write_standing::<T>("k", sql),
        }
    }

    /// Writes the condition that the row `alias` stood then, with the `AND` after it.
    pub(super) fn write_standing<T: Table>(&self, alias: &str, sql: &mut Sql) {
        let Some(as_of) = self.as_of else {
            return;
        };
        match (T::PAST, as_of) {
            (Past::Now, _) => {}
            (Past::Begun { at: begun }, AsOf::Time(at)) => {
                sql.push(&format!("{alias}.{} <= ", name(begun))).bind(at).push(" AND ");
            }
            (Past::Begun { .. }, AsOf::Seq(seq)) => {
                let key = name(T::KEY);
                sql.push(&format!("COALESCE((SELECT MIN(e.seq) FROM event e WHERE e.{key} = {alias}.{key}), 0) <= "));
                sql.bind(seq).push(" AND ");
            }
            (Past::Versions(_), AsOf::Seq(seq)) => {
                sql.push(&format!("{alias}.from_seq <= ")).bind(seq);
                sql.push(&format!(" AND {alias}.until_seq > ")).bind(seq).push(" AND ");
            }
            (Past::Versions(_), AsOf::Time(at)) => {
                sql.push(&format!("{alias}.from_at <= ")).bind(at);
                sql.push(&format!(" AND {alias}.until_at > ")).bind(at).push(" AND ");
            }
            (Past::Log { seq, .. }, AsOf::Seq(last)) => {
                sql.push(&format!("{alias}.{} <= ", name(seq))).bind(last).push(" AND ");
            }
            (Past::Log { at, .. }, AsOf::Time(last)) => {
                sql.push(&format!("{alias}.{} <= ", name(at))).bind(last).push(" AND ");
            }
        }
    }
}
