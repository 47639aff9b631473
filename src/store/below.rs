//! Lists that are read with the rows they stand below, in one statement: the first rows of each, and how its rows divide,
//! as arrays of rows.
//!
//! Only PostgreSQL is asked so, as each statement costs a round trip there. To SQLite it makes no difference.

use std::fmt;
use std::sync::Arc;

use super::along::Selected;
use super::error::StoreError;
use super::facet::{self, Counted, Facet, Layout};
use super::filter::Filter;
use super::page::Listing;
use super::row::{Cell, Record, Shape, collected};
use super::sql::Sql;
use super::table::{Table, name, values};

/// How rows of a list belong to the row that it stands below: by two columns that are equal.
#[derive(Clone, Copy, Debug)]
pub struct Foreign<C> {
    pub column: C,
    /// In the row that the list stands below.
    pub own: &'static str,
}

/// A list below a row.
pub struct Below {
    /// What asks for it, by which it is found in the row that it was read with.
    pub(super) tag: usize,
    pub(super) parts: Vec<Part>,
    /// Write the parts as columns of a row.
    writers: Vec<Writer>,
}

type Writer = Box<dyn Fn(&str, &mut Sql) + Send + Sync>;

/// What one column has of a list.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Rows(Shape),
    Facets { tag: usize, layout: Layout },
}

/// What was read of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed {
    pub rows: Vec<Arc<Record>>,
    /// Facets by what asks for them.
    pub facets: Vec<(usize, Arc<Vec<Counted>>)>,
}

impl Below {
    pub fn new(tag: usize) -> Self {
        Self { tag, parts: Vec::new(), writers: Vec::new() }
    }

    /// With the rows of `T` that `listing` asks for: one of all rows of now, from its beginning or its end.
    pub fn rows<T: Table>(
        mut self,
        foreign: Foreign<T::Column>,
        selected: Selected,
        listing: Listing<T::Column>,
    ) -> Self {
        self.parts.push(Part::Rows(selected.shape::<T>()));
        let alias = format!("b{}", self.tag);
        self.writers.push(Box::new(move |row: &str, sql: &mut Sql| {
            sql.push(&format!("ARRAY(SELECT ROW({}", values::<T>(selected.columns, &alias)));
            selected.write_columns(&alias, sql);
            sql.push(&format!(") FROM {} {alias}", T::NAME));
            sql.push(&selected.joins(&alias));
            sql.push(&format!(" WHERE {alias}.{} = {row}.{} AND ", name(foreign.column), foreign.own));
            sql.of_page(|sql| listing.filter.write(sql, &alias));
            sql.push(&format!(" ORDER BY {} LIMIT ", listing.order_by(&alias, "found"))).push_number(listing.limit());
            sql.push(")");
        }));
        self
    }

    /// With facets of all rows of `T` that meet `filter`.
    pub fn facets<T: Table>(
        mut self,
        tag: usize,
        foreign: Foreign<T::Column>,
        filter: Filter<T::Column>,
        facets: Vec<Facet<T::Column>>,
    ) -> Self {
        self.parts.push(Part::Facets { tag, layout: Layout::of::<T>(&facets, false) });
        let alias = format!("f{tag}");
        self.writers.push(Box::new(move |row: &str, sql: &mut Sql| {
            facet::write_below::<T>((&alias, row), foreign, &filter, &facets, sql);
        }));
        self
    }

    /// Writes it as columns of the row `alias`, each after a comma.
    pub(super) fn write(&self, alias: &str, sql: &mut Sql) {
        for write in &self.writers {
            sql.push(", ");
            write(alias, sql);
        }
    }
}

/// Reads the columns that a list was written as.
pub(super) fn read(parts: &[Part], cells: &mut impl Iterator<Item = Cell>) -> Result<Listed, StoreError> {
    let mut listed = Listed::default();
    for part in parts {
        match (part, cells.next()) {
            (Part::Rows(shape), Some(Cell::Rows(rows))) => {
                let (count, mut cells) = (rows.len(), rows.cells.into_iter());
                let row = |_| shape.record(&mut cells.by_ref().take(rows.width), false).map(Arc::new);
                listed.rows = collected(count, (0..count).map(row))?;
            }
            (Part::Rows(_), other) => {
                let message = format!("a list below a row is {other:?} in place of an array");
                return Err(StoreError::Row { table: "list", message });
            }
            (Part::Facets { tag, layout }, array) => {
                listed.facets.push((*tag, Arc::new(facet::read_below(layout, array)?)));
            }
        }
    }
    Ok(listed)
}

impl fmt::Debug for Below {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Below").field("tag", &self.tag).field("parts", &self.parts).finish_non_exhaustive()
    }
}
