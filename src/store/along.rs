//! Rows that are read along with those that lead to them, in one statement. Lists are in `below`.

use entity::Ordinal;

use super::below::Below;
use super::row::{ColumnSet, Part, Shape};
use super::sighting::Noted;
use super::sql::Sql;
use super::table::{Table, name};

/// A row of another table that a column of the row names.
#[derive(Debug)]
pub struct Along {
    /// What asks for it, by which it is found in the row that it was read with.
    tag: usize,
    table: &'static str,
    key: &'static str,
    from: Noted,
    names: Vec<&'static str>,
    part: Part,
}

impl Along {
    /// The row of `T` whose key is in the column `from`.
    pub fn of<T: Table>(tag: usize, columns: ColumnSet, from: Noted) -> Self {
        let columns = columns.with(&[T::KEY]);
        let names = columns.columns::<T>().into_iter().map(name).collect();
        Self { tag, table: T::NAME, key: name(T::KEY), from, names, part: Part::of::<T>(columns) }
    }

    pub fn tag(&self) -> usize {
        self.tag
    }
}

/// What is read of a row.
#[derive(Debug)]
pub struct Selected {
    pub columns: ColumnSet,
    pub along: Vec<Along>,
    /// Lists of the row that are read with it.
    pub below: Vec<Below>,
}

impl From<ColumnSet> for Selected {
    fn from(columns: ColumnSet) -> Self {
        Self { columns, along: Vec::new(), below: Vec::new() }
    }
}

impl Selected {
    pub fn with<C: Ordinal>(self, columns: &[C]) -> Self {
        Self { columns: self.columns.with(columns), ..self }
    }

    pub fn with_set(self, columns: ColumnSet) -> Self {
        Self { columns: self.columns.with_set(columns), ..self }
    }

    /// Writes the columns of what is read with the row `alias`, each after a comma.
    pub(super) fn write_columns(&self, alias: &str, sql: &mut Sql) {
        for (index, along) in self.along.iter().enumerate() {
            let joined = format!(", {alias}_{index}.");
            for column in &along.names {
                sql.push(&joined).push(column);
            }
        }
        for below in &self.below {
            below.write(alias, sql);
        }
    }

    /// Joins of the rows that the row `alias` of the table leads to.
    pub(super) fn joins(&self, alias: &str) -> String {
        self.joins_by(alias, |from| from.value(alias))
    }

    /// The same for a row of what was selected from the table.
    pub(super) fn joins_of_selected(&self, alias: &str) -> String {
        self.joins_by(alias, |from| format!("{alias}.{}", from.name))
    }

    fn joins_by(&self, alias: &str, value: impl Fn(Noted) -> String) -> String {
        let join = |(index, Along { table, key, from, .. }): (usize, &Along)| {
            format!(" LEFT JOIN {table} {alias}_{index} ON {alias}_{index}.{key} = {}", value(*from))
        };
        self.along.iter().enumerate().map(join).collect()
    }

    /// How a row of `T` that is read so is put together.
    pub(super) fn shape<T: Table>(&self) -> Shape {
        Shape {
            part: Part::of::<T>(self.columns),
            along: self.along.iter().map(|along| (along.tag, along.part.clone())).collect(),
            below: self.below.iter().map(|below| (below.tag, below.parts.clone())).collect(),
        }
    }
}
