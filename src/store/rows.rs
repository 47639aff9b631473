//! Rows of one table as plain values, one behind the other, and the statements that take several of them.

use std::collections::VecDeque;

use sea_orm::{ActiveModelTrait, EntityName, EntityTrait, IdenStatic, IntoActiveModel, Iterable, Value};

use super::dialect::Dialect;

/// Parameters of a statement at most; SQLite takes 32,766.
const PARAMETERS_MAX: usize = 32_000;
/// Rows of a statement at most.
const ROWS_MAX: usize = 400;
/// Rows of a statement that is kept prepared at most: a power of two, as all smaller ones are kept as well.
const KEPT_ROWS_MAX: usize = 128;

pub(super) struct Rows {
    pub(super) table: &'static str,
    pub(super) columns: Vec<String>,
    /// What stands behind the parameter of each column; nothing where there are fewer.
    casts: &'static [&'static str],
    values: VecDeque<Value>,
}

impl Rows {
    pub(super) fn new(table: &'static str, columns: Vec<String>) -> Self {
        Self { table, columns, casts: &[], values: VecDeque::new() }
    }

    /// Rows of an entity's table.
    pub(super) fn of<E: EntityTrait + EntityName + Default>() -> Self {
        Self::new(E::default().table_name(), E::Column::iter().map(|it| it.as_str().to_owned()).collect())
    }

    /// The same, with casts of what the database cannot tell the type of.
    pub(super) fn cast(self, casts: &'static [&'static str]) -> Self {
        Self { casts, ..self }
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

    /// Rows that the next of few statements takes, whatever the number of rows: always a power of two.
    pub(super) fn portion(&self) -> usize {
        let most = self.count().clamp(1, KEPT_ROWS_MAX);
        1 << most.ilog2()
    }

    pub(super) fn count(&self) -> usize {
        self.values.len() / self.columns.len()
    }

    /// The statement that inserts so many rows.
    pub(super) fn insert(&self, rows: usize, dialect: Dialect) -> String {
        format!("INSERT INTO {} ({}) {}", self.table, self.columns.join(", "), self.listed(rows, dialect))
    }

    /// `VALUES` of so many rows. SQLite finds parameters without numbers at once, and those with them one by one.
    pub(super) fn listed(&self, rows: usize, dialect: Dialect) -> String {
        let mut text = String::with_capacity(rows * self.columns.len() * 4);
        text.push_str("VALUES ");
        for parameter in 0..rows * self.columns.len() {
            let column = parameter % self.columns.len();
            text.push_str(match (parameter, column) {
                (0, _) => "(",
                (_, 0) => "), (",
                _ => ", ",
            });
            match dialect {
                Dialect::Sqlite => text.push('?'),
                Dialect::Postgres => {
                    text.push('$');
                    text.push_str(&(parameter + 1).to_string());
                    text.push_str(self.casts.get(column).copied().unwrap_or_default());
                }
            }
        }
        text.push(')');
        text
    }

    /// Takes the first rows out.
    pub(super) fn take(&mut self, rows: usize) -> Vec<Value> {
        self.values.drain(..(rows * self.columns.len()).min(self.values.len())).collect()
    }

    /// Takes all rows out.
    pub(super) fn take_all(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.values).into()
    }
}
