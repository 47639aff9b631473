//! Rows of one table as plain values, one behind the other.

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Iterable, Value};

/// Parameters of a statement at most; SQLite takes 32,766.
const PARAMETERS_MAX: usize = 32_000;
/// Rows of a statement at most.
const ROWS_MAX: usize = 400;

pub(super) struct Rows {
    pub(super) table: &'static str,
    pub(super) columns: Vec<String>,
    values: Vec<Value>,
}

impl Rows {
    pub(super) fn new(table: &'static str, columns: Vec<String>) -> Self {
        Self { table, columns, values: Vec::new() }
    }

    /// Adds a row, or its first columns.
    pub(super) fn push<A: ActiveModelTrait>(&mut self, row: impl IntoActiveModel<A>) {
        let mut row = row.into_active_model();
        let columns = <A::Entity as EntityTrait>::Column::iter();
        self.values.extend(columns.map(|column| row.take(column).into_value().unwrap_or(Value::Bool(None))));
    }

    /// Adds columns to the row at the end.
    pub(super) fn extend<V: Into<Value>>(&mut self, values: impl IntoIterator<Item = V>) {
        self.values.extend(values.into_iter().map(Into::into));
    }

    /// Rows that one statement takes.
    pub(super) fn per_statement(&self) -> usize {
        (PARAMETERS_MAX / self.columns.len()).min(ROWS_MAX)
    }

    pub(super) fn count(&self) -> usize {
        self.values.len() / self.columns.len()
    }

    /// Takes the first rows out.
    pub(super) fn take(&mut self, rows: usize) -> Vec<Value> {
        let rest = self.values.split_off((rows * self.columns.len()).min(self.values.len()));
        std::mem::replace(&mut self.values, rest)
    }

    /// Takes all rows out.
    pub(super) fn take_all(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.values)
    }
}
