//! Lists that are read with the rows they stand below, in one statement: the first rows of each, as an array of rows.
//!
//! Only PostgreSQL is asked so, as each statement costs a round trip there. To SQLite it makes no difference.

use std::fmt;

use super::along::Selected;
use super::page::Listing;
use super::row::Shape;
use super::sql::Sql;
use super::table::{Table, list};

/// How rows of a list belong to the row that it stands below: by two columns that are equal.
#[derive(Clone, Copy, Debug)]
pub struct Foreign {
    pub column: &'static str,
    /// In the row that the list stands below.
    pub own: &'static str,
}

/// A list below a row.
pub struct Below {
    /// What asks for it, by which it is found in the row that it was read with.
    pub(super) tag: usize,
    pub(super) shape: Shape,
    /// Writes it as a column of a row.
    write: Box<dyn Fn(&str, &mut Sql) + Send + Sync>,
}

impl Below {
    /// The rows of `T` that `listing` asks for, which is to be one of all rows of now, from its beginning or its end.
    pub fn of<T: Table>(tag: usize, foreign: Foreign, selected: Selected, listing: Listing<T::Column>) -> Self {
        let shape = selected.shape::<T>();
        let write = move |row: &str, sql: &mut Sql| {
            let alias = format!("b{tag}");
            sql.push(&format!("ARRAY(SELECT ROW({}", list::<T>(selected.columns, &alias)));
            selected.write_columns(&alias, sql);
            sql.push(&format!(") FROM {} {alias}", T::NAME));
            selected.write_joins(&alias, sql);
            sql.push(&format!(" WHERE {alias}.{} = {row}.{} AND ", foreign.column, foreign.own));
            sql.of_page(|sql| listing.filter.write(sql, &alias));
            sql.push(&format!(" ORDER BY {} LIMIT ", listing.order_by(&alias, "found"))).push_number(listing.limit());
            sql.push(")");
        };
        Self { tag, shape, write: Box::new(write) }
    }

    /// Writes it as a column of the row `alias`.
    pub(super) fn write(&self, alias: &str, sql: &mut Sql) {
        (self.write)(alias, sql);
    }
}

impl fmt::Debug for Below {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Below").field("tag", &self.tag).field("shape", &self.shape).finish_non_exhaustive()
    }
}
