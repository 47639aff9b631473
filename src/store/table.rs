//! What the store needs to know of a table to list and load it. Each noun's own file has the rest.

use entity::Ordinal;
use sea_orm::Iterable;

/// A table with one key column.
pub trait Table: Send + Sync + 'static {
    type Column: Ordinal + Iterable;
    const NAME: &'static str;
    /// The column that names a row, the last key of every order.
    const KEY: Self::Column;

    fn all_columns() -> Vec<Self::Column> {
        Self::Column::iter().collect()
    }
}

/// A column's name.
pub(super) fn name<C: Ordinal>(column: C) -> String {
    column.as_str().to_owned()
}

/// The columns as a list behind `SELECT`, each of the row `alias`.
pub(super) fn list<T: Table>(columns: super::row::ColumnSet, alias: &str) -> String {
    let names = columns.columns::<T>();
    names.into_iter().map(|column| format!("{alias}.{}", name(column))).collect::<Vec<_>>().join(", ")
}
