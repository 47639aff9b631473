//! Facets: totals by the values of columns. One statement for all of a list, whatever the parents.
//!
//! What the writer counts itself is read from its rollups; all else is counted row by row, up to a limit.

mod asked;
mod layout;

use std::collections::HashMap;

use self::asked::{Asked, Counts, Whose};
pub(super) use self::layout::Layout;
use super::below::Foreign;
use super::count::Parents;
use super::error::StoreError;
use super::filter::Filter;
use super::reader::Reader;
use super::row::Cell;
use super::scope::Scope;
use super::sql::Sql;
use super::table::Table;
use crate::config::FACET_ROWS_MAX;

/// How rows fall into buckets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Buckets {
    /// By the text itself, the most frequent first.
    Values,
    /// By the number cut to a multiple of this, the smallest first.
    Bands(i64),
    /// By the percentage cut to tens, the smallest first; 0 is none.
    Shares,
    /// By day in UTC, the latest first.
    Days,
    /// By month in UTC, the latest first.
    Months,
}

impl Buckets {
    /// The number that a value `c.value` of `c.n` rows is placed by; values of one number stand in their own order.
    fn order(self) -> &'static str {
        match self {
            Self::Values => "-c.n",
            // The longer number is the larger one, as a text too; none comes last.
            Self::Bands(_) | Self::Shares => "CASE WHEN c.value = '' THEN 99 ELSE LENGTH(c.value) END",
            // Days before 1970 are below zero.
            Self::Days => "COALESCE(-CAST(NULLIF(c.value, '') AS BIGINT), 9223372036854775807)",
            Self::Months => "COALESCE(-CAST(REPLACE(NULLIF(c.value, ''), '-', '') AS BIGINT), 9223372036854775807)",
        }
    }
}

/// Where what a value means stands: in the row of `table` whose `key` is the value.
#[derive(Clone, Copy, Debug)]
pub struct Label {
    pub table: &'static str,
    pub key: &'static str,
    pub shown: &'static str,
    /// Which row shows it, where several have the key.
    pub order: &'static str,
}

impl Label {
    pub const ORG: Self = Self { table: "org", key: "org_id", shown: "name", order: "l.org_id" };
    pub const SOURCE: Self = Self { table: "source", key: "source_id", shown: "name", order: "l.source_id" };
    pub const CITY: Self =
        Self { table: "job", key: "city_key", shown: "city", order: "l.posted_at DESC, l.job_id DESC" };
    pub const DEPARTMENT: Self =
        Self { table: "job", key: "department_key", shown: "department", order: "l.posted_at DESC, l.job_id DESC" };

    pub const ROLE: Self =
        Self { table: "job", key: "role_key", shown: "title", order: "l.posted_at DESC, l.job_id DESC" };
    pub const TITLE: Self = Self { table: "job", key: "title_key", shown: "title", order: "l.job_id DESC" };
    pub const COUNTRY: Self =
        Self { table: "job", key: "country_code", shown: "country", order: "l.posted_at DESC, l.job_id DESC" };
    pub const REGION: Self =
        Self { table: "job", key: "region_code", shown: "region", order: "l.posted_at DESC, l.job_id DESC" };

    /// Looks it up for a value.
    pub(super) fn sql(self, value: &str) -> String {
        let Self { table, key, shown, order } = self;
        format!("(SELECT l.{shown} FROM {table} l WHERE l.{key} = {value} ORDER BY {order} LIMIT 1)")
    }
}

/// What is counted by.
#[derive(Clone, Debug)]
pub struct Facet<C> {
    pub column: C,
    pub buckets: Buckets,
    /// Columns whose own filters are left out.
    pub own: Vec<C>,
    /// Where it stands what a value means.
    pub label: Option<Label>,
    /// Buckets shown.
    pub top: i64,
    /// Whether it is counted how many different values there are.
    pub counts_values: bool,
    /// Whether it is counted how many rows there are.
    pub counts_rows: bool,
}

impl<C: Copy> Facet<C> {
    /// Divides by the values of a column, and leaves out that column's own filter.
    pub fn by(column: C) -> Self {
        Self::cut(column, Buckets::Values)
    }

    /// Divides by parts of a column's range.
    pub fn cut(column: C, buckets: Buckets) -> Self {
        Self { column, buckets, own: vec![column], label: None, top: 0, counts_values: true, counts_rows: true }
    }

    pub fn labelled(self, label: Label) -> Self {
        Self { label: Some(label), ..self }
    }
}

/// A value and how many rows have it; `''` stands for none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    pub value: String,
    pub label: Option<String>,
    pub count: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    pub buckets: Vec<Bucket>,
    /// Different values, those not shown included; 0 if they were not to be counted.
    pub values: i64,
    /// Rows counted; 0 if they were not to be counted.
    pub rows: i64,
    /// Whether all rows were counted; true if they were not to be counted.
    pub is_exact: bool,
}

impl Counted {
    /// Of no rows.
    pub fn none() -> Self {
        Self { buckets: Vec::new(), values: 0, rows: 0, is_exact: true }
    }

    /// Rows in buckets that are not shown.
    pub fn rows_beyond(&self) -> i64 {
        self.rows - self.buckets.iter().map(|bucket| bucket.count).sum::<i64>()
    }
}

impl Reader {
    /// The most frequent values of columns, of each parent; without parents, of the whole list under the key `""`.
    pub async fn facets<T: Table>(
        &self,
        parents: Option<Parents<'_, T::Column>>,
        scope: &Scope,
        filter: &Filter<T::Column>,
        facets: &[Facet<T::Column>],
    ) -> Result<HashMap<String, Vec<Counted>>, StoreError> {
        if facets.is_empty() {
            return Ok(HashMap::new());
        }
        let mut sql = self.sql();
        let whose = parents.map_or(Whose::All, |it| Whose::Parents(it.belonging, sql.member(it.keys)));
        let asked = Asked::<T>::new("k", whose, scope, filter, facets, self.dialect());
        // A row costs a client of PostgreSQL more than a member of an array.
        let is_array = self.reads_lists_along();
        if is_array {
            sql.push("SELECT ");
            asked.write_array(&mut sql);
        } else {
            asked.write(&mut sql);
        }
        let mut rows = self.rows(sql).await?;
        let found = if is_array {
            asked.layout.read_array(rows.into_iter().flatten().next())?
        } else {
            asked.layout.read(rows.iter_mut().map(|row| &mut row[..]))?
        };
        let whole = [String::new()];
        let keys = parents.map_or(&whole[..], |it| it.keys);
        let mut all: Vec<Vec<Counted>> = keys.iter().map(|_| Vec::with_capacity(facets.len())).collect();
        for (found, source) in found.into_iter().zip(&asked.sources) {
            for (all, counted) in all.iter_mut().zip(of_each(keys, found, matches!(source, Counts::Rows))) {
                all.push(counted);
            }
        }
        Ok(keys.iter().cloned().zip(all).collect())
    }
}

/// Writes the facets of a list below the row `row`, as an array of rows.
pub(super) fn write_below<T: Table>(
    (alias, row): (&str, &str),
    foreign: Foreign<T::Column>,
    filter: &Filter<T::Column>,
    facets: &[Facet<T::Column>],
    sql: &mut Sql,
) {
    let whose = Whose::Row(foreign.column, format!("{row}.{}", foreign.own));
    let scope = Scope::default();
    let asked = Asked::<T>::new(alias, whose, &scope, filter, facets, sql.dialect());
    asked.write_array(sql);
}

/// Reads what `write_below` wrote.
pub(super) fn read_below(layout: &Layout, array: Option<Cell>) -> Result<Vec<Counted>, StoreError> {
    let found = layout.read_array(array)?;
    let key = [String::new()];
    Ok(found.into_iter().flat_map(|found| of_each(&key, found, true)).collect())
}

/// What was counted of each parent, of which `found` has those with rows, in order. Where a limit ended the counting of all
/// together, no one knows whose rows are left.
fn of_each(keys: &[String], mut found: Vec<(String, Counted)>, is_limited: bool) -> Vec<Counted> {
    let is_exact = !is_limited || found.iter().map(|(_, it)| it.rows).sum::<i64>() <= FACET_ROWS_MAX;
    let of = |key: &String| {
        let place = found.binary_search_by(|(of, _)| of.cmp(key));
        let counted =
            place.map_or_else(|_| Counted::none(), |place| std::mem::replace(&mut found[place].1, Counted::none()));
        Counted { is_exact, ..counted }
    };
    keys.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parents that none of the first rows belonged to were said to have no rows at all.
    #[test]
    fn beyond_the_limit_no_parent_is_counted_exactly() {
        let keys = ["a", "b"].map(ToOwned::to_owned);
        for (rows, is_exact) in [(FACET_ROWS_MAX, true), (FACET_ROWS_MAX + 1, false)] {
            let found = vec![("a".to_owned(), Counted { rows, ..Counted::none() })];
            let counted = of_each(&keys, found, true);
            let [first, second] = [rows, 0].map(|rows| Counted { rows, is_exact, ..Counted::none() });
            assert_eq!(counted, [first, second]);
        }
        let found = vec![("a".to_owned(), Counted { rows: FACET_ROWS_MAX + 1, ..Counted::none() })];
        assert!(of_each(&keys, found, false).iter().all(|it| it.is_exact), "the writer counts them all");
    }
}
