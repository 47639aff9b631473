//! What the store needs to know of a table to list and load it. Each noun's own file has the rest.

use entity::Ordinal;
use sea_orm::Iterable;

use super::row::ColumnSet;
use super::sighting::Noted;

/// A table with one key column.
pub trait Table: Send + Sync + 'static {
    type Column: Ordinal + Iterable;
    const NAME: &'static str;
    /// The column that names a row, the last key of every order.
    const KEY: Self::Column;
    /// How rows of a past moment are read.
    const PAST: Past<Self::Column> = Past::Now;
    /// Columns that change without an event, so that nothing is known of how they stood.
    const PASSING: &'static [Self::Column] = &[];

    /// The index that has all rows in the order of a column, where there is one.
    fn index_of(_: Self::Column) -> Option<&'static str> {
        None
    }

    fn is_passing(column: Self::Column) -> bool {
        Self::PASSING.iter().any(|it| it.ordinal() == column.ordinal())
    }

    fn all_columns() -> Vec<Self::Column> {
        Self::Column::iter().collect()
    }
}

/// What a table keeps of the past.
#[derive(Clone, Copy, Debug)]
pub enum Past<C> {
    /// Nothing: rows are as they are now.
    Now,
    /// Every state of every row, in this table.
    Versions(&'static str),
    /// Rows are as they are now, from this time on, and from the first event that names their key.
    Begun { at: C },
    /// Rows never change; those of later are left out by one of these columns.
    Log { seq: C, at: C },
}

/// A column's name.
pub fn name<C: Ordinal>(column: C) -> &'static str {
    column.as_str()
}

/// The columns as a list behind `SELECT`, each as `write` has it.
pub(super) fn listed<T: Table>(columns: ColumnSet, write: impl Fn(T::Column, &mut String)) -> String {
    let mut text = String::new();
    for column in columns.columns::<T>() {
        if !text.is_empty() {
            text.push_str(", ");
        }
        write(column, &mut text);
    }
    text
}

/// The same, each as it stands in the row `alias`.
pub(super) fn list<T: Table>(columns: ColumnSet, alias: &str) -> String {
    listed::<T>(columns, |column, text| text.extend([alias, ".", name(column)]))
}

/// The same of their values now, where `alias` is a row of the table.
pub(super) fn values<T: Table>(columns: ColumnSet, alias: &str) -> String {
    listed::<T>(columns, |column, text| Noted::of(column).write(alias, text))
}
