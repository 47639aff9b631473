//! Facets: totals by the values of columns. One statement for all of a list, whatever the parents.
//!
//! What the writer counts itself is read from its rollups; all else is counted row by row, up to a limit.

use std::collections::HashMap;

use entity::ABSENT;
use sea_orm::Value;

use super::count::{Parents, Rollup};
use super::dialect::Dialect;
use super::error::StoreError;
use super::filter::Filter;
use super::reader::Reader;
use super::row::read;
use super::scope::Scope;
use super::sql::Sql;
use super::table::{Table, name};
use crate::config::FACET_ROWS_MAX;

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

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
}

impl<C: Copy> Facet<C> {
    /// Divides by the values of a column, and leaves out that column's own filter.
    pub fn by(column: C) -> Self {
        Self::cut(column, Buckets::Values)
    }

    /// Divides by parts of a column's range.
    pub fn cut(column: C, buckets: Buckets) -> Self {
        Self { column, buckets, own: vec![column], label: None, top: 0 }
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
    /// Different values, those not shown included.
    pub values: i64,
    /// Rows counted.
    pub rows: i64,
    /// Whether all rows were counted.
    pub is_exact: bool,
}

impl Counted {
    /// Of no rows.
    pub fn none() -> Self {
        Self { buckets: Vec::new(), values: 0, rows: 0, is_exact: true }
    }
}

/// How the rows are read that a facet counts.
struct Rows {
    /// The conditions, by which facets that count the same rows are known.
    written: (String, Vec<Value>),
    /// The facets that count them, by their places.
    facets: Vec<usize>,
}

/// Where a facet's counts are from.
enum Counts {
    Rollup(Rollup),
    /// By the place of the rows.
    Rows(usize),
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
        let filters: Vec<_> = facets.iter().map(|facet| filter.without(&facet.own)).collect();
        let (sources, rows) = self.sources::<T>(parents.is_some(), scope, &filters, facets);
        let mut sql = self.sql();
        let members = parents.map(|it| sql.member(it.keys));
        let from = |columns: &str, place: usize, sql: &mut Sql| {
            let parent = parents.map_or("''".to_owned(), |it| format!("k.{}", name(it.column)));
            sql.push(&format!("SELECT {parent} AS parent, {columns} FROM "));
            scope.write_from::<T>(sql);
            sql.push(" WHERE ");
            if let Some(members) = &members {
                sql.push(&format!("{parent} {members} AND "));
            }
            scope.write_standing::<T>("k", sql);
            filters[place].write(sql, "k");
            sql.push(" LIMIT ").push_number(FACET_ROWS_MAX + 1);
        };
        for (index, rows) in rows.iter().enumerate().filter(|(_, rows)| rows.facets.len() > 1) {
            let value = |place: &usize| format!("{} AS v{place}", value(&facets[*place], self.dialect()));
            let columns: Vec<_> = rows.facets.iter().map(value).collect();
            sql.push(if sql.is_empty() { "WITH" } else { "," }).push(&format!(" rows{index} AS MATERIALIZED ("));
            from(&columns.join(", "), rows.facets[0], &mut sql);
            sql.push(")");
        }
        for (place, (facet, source)) in facets.iter().zip(&sources).enumerate() {
            sql.push(match (place, sql.is_empty()) {
                (0, true) => "",
                (0, false) => " ",
                _ => " UNION ALL ",
            });
            match source {
                Counts::Rollup(rollup) => write_highest(facet, place, rollup, &mut sql),
                Counts::Rows(index) if rows[*index].facets.len() > 1 => write_ranked(facet, place, &mut sql, |sql| {
                    sql.push(&format!("SELECT b.parent, b.v{place} AS value, COUNT(*) AS n FROM rows{index} AS b"));
                    sql.push(&format!(" GROUP BY b.parent, b.v{place}"));
                }),
                Counts::Rows(_) => write_ranked(facet, place, &mut sql, |sql| {
                    sql.push("SELECT b.parent, b.value, COUNT(*) AS n FROM (");
                    from(&format!("{} AS value", value(facet, self.dialect())), place, sql);
                    sql.push(") AS b GROUP BY b.parent, b.value");
                }),
            }
        }
        // By facet, parent, place and value.
        sql.push(" ORDER BY 1, 2, 8, 3");
        let mut found: Vec<HashMap<String, Counted>> = facets.iter().map(|_| HashMap::new()).collect();
        for row in self.rows(sql).await? {
            let (place, parent): (i32, String) = (read(T::NAME, &row, 0)?, read(T::NAME, &row, 1)?);
            let (values, rows) = (read(T::NAME, &row, 5)?, read(T::NAME, &row, 6)?);
            let place = usize::try_from(place).unwrap_or_default();
            let counted = found[place].entry(parent).or_insert(Counted { values, rows, ..Counted::none() });
            if facets[place].top > 0 {
                let (value, label) = (read(T::NAME, &row, 2)?, read(T::NAME, &row, 3)?);
                counted.buckets.push(Bucket { value, label, count: read(T::NAME, &row, 4)? });
            }
        }
        let whole = [String::new()];
        let keys = parents.map_or(&whole[..], |it| it.keys);
        let mut all: HashMap<String, Vec<Counted>> = keys.iter().map(|key| (key.clone(), Vec::new())).collect();
        for (found, source) in found.into_iter().zip(&sources) {
            for (key, counted) in of_each(keys, found, matches!(source, Counts::Rows(_))) {
                all.entry(key).or_default().push(counted);
            }
        }
        Ok(all)
    }

    /// Where each facet's counts are from. Facets that count the same rows share them.
    fn sources<T: Table>(
        &self,
        has_parents: bool,
        scope: &Scope,
        filters: &[Filter<T::Column>],
        facets: &[Facet<T::Column>],
    ) -> (Vec<Counts>, Vec<Rows>) {
        let mut all: Vec<Rows> = Vec::new();
        let mut sources = Vec::new();
        for (place, (filter, facet)) in filters.iter().zip(facets).enumerate() {
            if !has_parents && let Some(rollup) = Rollup::by::<T>(scope, filter, facet) {
                sources.push(Counts::Rollup(rollup));
                continue;
            }
            let mut sql = self.sql();
            filter.write(&mut sql, "k");
            let written = sql.into_parts();
            let index = all.iter().position(|rows| rows.written == written).unwrap_or(all.len());
            if index == all.len() {
                all.push(Rows { written, facets: Vec::new() });
            }
            all[index].facets.push(place);
            sources.push(Counts::Rows(index));
        }
        (sources, all)
    }
}

/// Selects the largest buckets that a rollup holds, which has them in that order.
fn write_highest<C>(facet: &Facet<C>, place: usize, rollup: &Rollup, sql: &mut Sql) {
    sql.push(&format!("SELECT {place} AS facet, '' AS parent, r.value, {} AS label, r.n, ", label(facet, "r.value")));
    sql.push("c.distinct_values, c.counted, -r.n AS place FROM (SELECT g.value, g.n FROM (");
    rollup.write_counts(sql);
    sql.push(") AS g ORDER BY g.n DESC, g.value LIMIT ").push_number(facet.top.max(1));
    sql.push(") AS r CROSS JOIN (SELECT COUNT(*) AS distinct_values, CAST(SUM(g.n) AS BIGINT) AS counted FROM (");
    rollup.write_counts(sql);
    sql.push(") AS g) AS c");
}

fn label<C>(facet: &Facet<C>, value: &str) -> String {
    facet.label.map_or_else(|| "CAST(NULL AS TEXT)".to_owned(), |label| label.sql(value))
}

/// Ranks what `write_counts` gives, `parent`, `value` and `n`, and selects the buckets to be shown.
fn write_ranked<C>(facet: &Facet<C>, place: usize, sql: &mut Sql, write_counts: impl FnOnce(&mut Sql)) {
    let order = match facet.buckets {
        Buckets::Values => "g.n DESC, g.value",
        Buckets::Bands(_) | Buckets::Shares => "CASE WHEN g.value = '' THEN 1 ELSE 0 END, LENGTH(g.value), g.value",
        // Days before 1970 are below zero.
        Buckets::Days => "CASE WHEN g.value = '' THEN 1 ELSE 0 END, CAST(NULLIF(g.value, '') AS BIGINT) DESC",
        Buckets::Months => "CASE WHEN g.value = '' THEN 1 ELSE 0 END, LENGTH(g.value) DESC, g.value DESC",
    };
    let label = label(facet, "ranked.value");
    sql.push(&format!("SELECT {place} AS facet, ranked.parent, ranked.value, {label} AS label, ranked.n, "));
    sql.push("ranked.distinct_values, ranked.counted, ranked.place FROM (SELECT g.parent, g.value, g.n, ");
    sql.push("COUNT(*) OVER (PARTITION BY g.parent) AS distinct_values, ");
    sql.push("CAST(SUM(g.n) OVER (PARTITION BY g.parent) AS BIGINT) AS counted, ");
    sql.push(&format!("ROW_NUMBER() OVER (PARTITION BY g.parent ORDER BY {order}) AS place FROM ("));
    write_counts(sql);
    // One bucket at least: a row of it tells of all.
    sql.push(") AS g) AS ranked WHERE ranked.place <= ").push_number(facet.top.max(1));
}

/// What was counted of each parent. Where a limit ended the counting of all together, no one knows whose rows are left.
fn of_each(keys: &[String], mut found: HashMap<String, Counted>, is_limited: bool) -> HashMap<String, Counted> {
    let is_exact = !is_limited || found.values().map(|it| it.rows).sum::<i64>() <= FACET_ROWS_MAX;
    let mut of = |key: &String| Counted { is_exact, ..found.remove(key).unwrap_or_else(Counted::none) };
    keys.iter().map(|key| (key.clone(), of(key))).collect()
}

/// A text for each bucket: the value itself, or where the band, day or month begins; `''` for none.
fn value<C: entity::Ordinal>(facet: &Facet<C>, dialect: Dialect) -> String {
    let column = format!("k.{}", name(facet.column));
    let text = match facet.buckets {
        Buckets::Values => return column,
        Buckets::Bands(width) => format!("({column} / {width} * {width})"),
        Buckets::Shares => format!("({column} / 10 * 10)"),
        Buckets::Days => whole(&column, DAY),
        Buckets::Months => dialect.month(&whole(&column, 1_000)),
    };
    let none = if facet.buckets == Buckets::Shares { 0 } else { ABSENT };
    format!("CASE WHEN {column} = {none} THEN '' ELSE {} END", dialect.by_bytes(&text))
}

/// How many whole `unit`s a number has, rounded down: SQL's own division rounds times before 1970 up.
fn whole(column: &str, unit: i64) -> String {
    format!("(({column} - (({column} % {unit}) + {unit}) % {unit}) / {unit})")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parents that none of the first rows belonged to were said to have no rows at all.
    #[test]
    fn beyond_the_limit_no_parent_is_counted_exactly() {
        let keys = ["a", "b"].map(ToOwned::to_owned);
        for (rows, is_exact) in [(FACET_ROWS_MAX, true), (FACET_ROWS_MAX + 1, false)] {
            let found = HashMap::from([("a".to_owned(), Counted { rows, ..Counted::none() })]);
            let counted = of_each(&keys, found, true);
            assert_eq!(counted["a"], Counted { rows, is_exact, ..Counted::none() });
            assert_eq!(counted["b"], Counted { is_exact, ..Counted::none() });
        }
        let found = HashMap::from([("a".to_owned(), Counted { rows: FACET_ROWS_MAX + 1, ..Counted::none() })]);
        assert!(of_each(&keys, found, false).values().all(|it| it.is_exact), "the writer counts them all");
    }
}
