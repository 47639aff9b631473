//! Counts: totals, and facets, which are totals by the values of a column. One statement each, whatever the parents.
//!
//! What the writer counts itself is read from its rollups; all else is counted row by row, up to a limit.

use std::collections::HashMap;

use entity::ABSENT;

use super::error::StoreError;
use super::filter::{Comparison, Filter};
use super::key::Key;
use super::page::Total;
use super::reader::Reader;
use super::row::read;
use super::scope::Scope;
use super::sql::Sql;
use super::table::{Table, name};
use super::version::DIMENSIONS;
use crate::config::{FACET_ROWS_MAX, TOTAL_COUNT_MAX};

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

/// Whose rows are counted.
#[derive(Clone, Copy, Debug)]
pub struct Parents<'a, C> {
    pub column: C,
    pub keys: &'a [String],
}

impl Reader {
    /// The number of rows of a list.
    pub async fn count<T: Table>(&self, scope: &Scope, filter: &Filter<T::Column>) -> Result<Total, StoreError> {
        let mut sql = self.sql();
        let rollup = Rollup::of::<T>(scope, filter, None);
        if let Some(rollup) = &rollup {
            sql.push(&format!(
                "SELECT CAST(COALESCE(SUM({}), 0) AS BIGINT) FROM rollup_total t WHERE ",
                rollup.measure()
            ));
            rollup.write(&mut sql);
        } else {
            sql.push("SELECT COUNT(*) FROM (SELECT 1 AS one FROM ");
            write_counted::<T>(scope, filter, None, &mut sql);
            sql.push(" LIMIT ").bind(TOTAL_COUNT_MAX + 1).push(") AS counted");
        }
        let row = self.rows(sql).await?;
        let count = row.first().map_or(Ok(0), |row| read(T::NAME, row, 0))?;
        Ok(counted(count, rollup.is_none()))
    }

    /// The number of rows of each parent.
    pub async fn count_by_parent<T: Table>(
        &self,
        parents: Parents<'_, T::Column>,
        scope: &Scope,
        filter: &Filter<T::Column>,
    ) -> Result<HashMap<String, Total>, StoreError> {
        if scope.search.is_some() {
            return self.count_found_by_parent::<T>(parents, scope, filter).await;
        }
        let mut sql = self.sql();
        let placeholder = sql.placeholder(self.dialect().text_list(parents.keys));
        let from = self.dialect().parents(&placeholder);
        let rollup = Rollup::of::<T>(scope, filter, Some(parents.column));
        if let Some(rollup) = &rollup {
            sql.push(&format!("SELECT parent.value, (SELECT CAST(COALESCE(SUM({}), 0) AS BIGINT)", rollup.measure()));
            sql.push(" FROM rollup_total t WHERE ");
            rollup.write(&mut sql);
            sql.push(&format!(") FROM {from}"));
        } else {
            sql.push("SELECT parent.value, (SELECT COUNT(*) FROM (SELECT 1 AS one FROM ");
            write_counted::<T>(scope, filter, Some(parents.column), &mut sql);
            sql.push(" LIMIT ").bind(TOTAL_COUNT_MAX + 1).push(&format!(") AS counted) FROM {from}"));
        }
        let rows = self.rows(sql).await?;
        let is_limited = rollup.is_none();
        rows.iter().map(|row| Ok((read(T::NAME, row, 0)?, counted(read(T::NAME, row, 1)?, is_limited)))).collect()
    }

    /// The number of rows of each parent that a search finds. What it finds is gone through once.
    async fn count_found_by_parent<T: Table>(
        &self,
        parents: Parents<'_, T::Column>,
        scope: &Scope,
        filter: &Filter<T::Column>,
    ) -> Result<HashMap<String, Total>, StoreError> {
        let parent = name(parents.column);
        let mut sql = self.sql();
        sql.push(&format!("SELECT k.{parent}, COUNT(*) FROM "));
        scope.write_from::<T>(&mut sql);
        sql.push(&format!(" WHERE k.{parent}")).member_of(parents.keys).push(" AND ");
        scope.write_standing::<T>("k", &mut sql);
        filter.write(&mut sql, "k");
        sql.push(&format!(" GROUP BY k.{parent}"));
        let mut totals: HashMap<String, Total> =
            parents.keys.iter().map(|key| (key.clone(), counted(0, false))).collect();
        for row in self.rows(sql).await? {
            totals.insert(read(T::NAME, &row, 0)?, counted(read(T::NAME, &row, 1)?, true));
        }
        Ok(totals)
    }

    /// The most frequent values of a column.
    pub async fn facet<T: Table>(
        &self,
        scope: &Scope,
        filter: &Filter<T::Column>,
        facet: &Facet<T::Column>,
    ) -> Result<Counted, StoreError> {
        let filter = filter.without(&facet.own);
        let mut sql = self.sql();
        let rollup = Rollup::by::<T>(scope, &filter, facet);
        if let Some(rollup) = &rollup {
            let measure = rollup.measure();
            sql.push(&format!("SELECT '' AS parent, t.value AS value, {measure} AS n FROM rollup_total t WHERE "));
            rollup.write(&mut sql);
            sql.push(&format!(" AND {measure} > 0"));
        } else {
            sql.push("SELECT '' AS parent, bucketed.value, COUNT(*) AS n FROM (SELECT ");
            write_value(facet, &mut sql);
            sql.push(" AS value FROM ");
            write_counted::<T>(scope, &filter, None, &mut sql);
            sql.push(" LIMIT ").bind(FACET_ROWS_MAX + 1).push(") AS bucketed GROUP BY bucketed.value");
        }
        let found = self.buckets::<T>(sql, facet).await?;
        let keys = [String::new()];
        Ok(of_each(&keys, found, rollup.is_none()).into_values().next().unwrap_or_else(Counted::none))
    }

    /// The most frequent values of a column, of each parent.
    pub async fn facet_by_parent<T: Table>(
        &self,
        parents: Parents<'_, T::Column>,
        scope: &Scope,
        filter: &Filter<T::Column>,
        facet: &Facet<T::Column>,
    ) -> Result<HashMap<String, Counted>, StoreError> {
        let filter = filter.without(&facet.own);
        let mut sql = self.sql();
        let placeholder = sql.placeholder(self.dialect().text_list(parents.keys));
        let parent = name(parents.column);
        sql.push(&format!("SELECT bucketed.parent, bucketed.value, COUNT(*) AS n FROM (SELECT k.{parent} AS parent, "));
        write_value(facet, &mut sql);
        sql.push(" AS value FROM ");
        scope.write_from::<T>(&mut sql);
        let member = self.dialect().is_member(&placeholder);
        sql.push(&format!(" WHERE k.{parent} {member} AND "));
        scope.write_standing::<T>("k", &mut sql);
        filter.write(&mut sql, "k");
        sql.push(" LIMIT ").bind(FACET_ROWS_MAX + 1).push(") AS bucketed GROUP BY bucketed.parent, bucketed.value");
        Ok(of_each(parents.keys, self.buckets::<T>(sql, facet).await?, true))
    }

    /// Ranks the buckets of each parent, and reads those to be shown.
    async fn buckets<T: Table>(
        &self,
        grouped: Sql,
        facet: &Facet<T::Column>,
    ) -> Result<HashMap<String, Counted>, StoreError> {
        let mut sql = grouped;
        let inner = sql.take_text();
        let order = match facet.buckets {
            Buckets::Values => "g.n DESC, g.value",
            Buckets::Bands(_) | Buckets::Shares => "CASE WHEN g.value = '' THEN 1 ELSE 0 END, LENGTH(g.value), g.value",
            // Days before 1970 are below zero.
            Buckets::Days => "CASE WHEN g.value = '' THEN 1 ELSE 0 END, CAST(NULLIF(g.value, '') AS BIGINT) DESC",
            Buckets::Months => "CASE WHEN g.value = '' THEN 1 ELSE 0 END, LENGTH(g.value) DESC, g.value DESC",
        };
        let label = facet.label.map_or_else(|| "NULL".to_owned(), |label| label.sql("ranked.value"));
        sql.push(&format!(
            "SELECT ranked.parent, ranked.value, {label}, ranked.n, ranked.distinct_values, ranked.counted"
        ));
        sql.push(" FROM (SELECT g.parent, g.value, g.n, COUNT(*) OVER (PARTITION BY g.parent) AS distinct_values,");
        sql.push(" CAST(SUM(g.n) OVER (PARTITION BY g.parent) AS BIGINT) AS counted,");
        sql.push(&format!(
            " ROW_NUMBER() OVER (PARTITION BY g.parent ORDER BY {order}) AS place FROM ({inner}) AS g) AS ranked"
        ));
        // One bucket at least: a row of it tells of all.
        sql.push(" WHERE ranked.place <= ").bind(facet.top.max(1)).push(" ORDER BY ranked.parent, ranked.place");
        let mut found: HashMap<String, Counted> = HashMap::new();
        for row in self.rows(sql).await? {
            let parent: String = read(T::NAME, &row, 0)?;
            let (values, rows) = (read(T::NAME, &row, 4)?, read(T::NAME, &row, 5)?);
            let counted = found.entry(parent).or_insert(Counted { values, rows, ..Counted::none() });
            if facet.top > 0 {
                let (value, label) = (read(T::NAME, &row, 1)?, read(T::NAME, &row, 2)?);
                counted.buckets.push(Bucket { value, label, count: read(T::NAME, &row, 3)? });
            }
        }
        Ok(found)
    }
}

/// What was counted of each parent. Where a limit ended the counting of all together, no one knows whose rows are left.
fn of_each(keys: &[String], mut found: HashMap<String, Counted>, is_limited: bool) -> HashMap<String, Counted> {
    let is_exact = !is_limited || found.values().map(|it| it.rows).sum::<i64>() <= FACET_ROWS_MAX;
    let mut of = |key: &String| Counted { is_exact, ..found.remove(key).unwrap_or_else(Counted::none) };
    keys.iter().map(|key| (key.clone(), of(key))).collect()
}

/// What was counted up to a limit.
fn counted(count: i64, is_limited: bool) -> Total {
    let is_exact = !is_limited || count <= TOTAL_COUNT_MAX;
    Total { count: if is_exact { count } else { TOTAL_COUNT_MAX }, is_exact }
}

/// Writes what follows `FROM` in a count of rows, those of a `parent` where there is one.
fn write_counted<T: Table>(scope: &Scope, filter: &Filter<T::Column>, parent: Option<T::Column>, sql: &mut Sql) {
    scope.write_from::<T>(sql);
    sql.push(" WHERE ");
    if let Some(column) = parent {
        sql.push(&format!("k.{} = parent.value AND ", name(column)));
    }
    scope.write_standing::<T>("k", sql);
    filter.write(sql, "k");
}

/// Writes a text for each bucket: the value itself, or where the band, day or month begins; `''` for none.
fn write_value<C: entity::Ordinal>(facet: &Facet<C>, sql: &mut Sql) {
    let column = format!("k.{}", name(facet.column));
    let dialect = sql.dialect();
    let text = match facet.buckets {
        Buckets::Values => {
            sql.push(&column);
            return;
        }
        Buckets::Bands(width) => format!("({column} / {width} * {width})"),
        Buckets::Shares => format!("({column} / 10 * 10)"),
        Buckets::Days => whole(&column, DAY),
        Buckets::Months => dialect.month(&whole(&column, 1_000)),
    };
    let none = if facet.buckets == Buckets::Shares { 0 } else { ABSENT };
    sql.push(&format!("CASE WHEN {column} = ")).bind(none);
    sql.push(&format!(" THEN '' ELSE {} END", dialect.by_bytes(&text)));
}

/// How many whole `unit`s a number has, rounded down: SQL's own division rounds times before 1970 up.
fn whole(column: &str, unit: i64) -> String {
    format!("(({column} - (({column} % {unit}) + {unit}) % {unit}) / {unit})")
}

/// Counts that the writer keeps: of one value, of each parent's, or by value.
struct Rollup {
    dimension: &'static str,
    value: Value,
    status: Status,
}

enum Value {
    Is(String),
    Parent,
    Any,
}

enum Status {
    Any,
    Active,
    Closed,
}

impl Rollup {
    /// The rollup that counts the rows which meet a filter, if one does.
    fn of<T: Table>(scope: &Scope, filter: &Filter<T::Column>, parent: Option<T::Column>) -> Option<Self> {
        let (status, value) = Self::plain::<T>(scope, filter)?;
        match (value, parent) {
            (None, None) => Some(Self { dimension: "ALL", value: Value::Is(String::new()), status }),
            (Some((dimension, value)), None) => Some(Self { dimension, value: Value::Is(value), status }),
            (None, Some(column)) => Some(Self { dimension: dimension::<T>(column)?, value: Value::Parent, status }),
            (Some(_), Some(_)) => None,
        }
    }

    /// The rollup that counts by a facet.
    fn by<T: Table>(scope: &Scope, filter: &Filter<T::Column>, facet: &Facet<T::Column>) -> Option<Self> {
        let (status, value) = Self::plain::<T>(scope, filter)?;
        if value.is_some() || facet.buckets != Buckets::Values {
            return None;
        }
        Some(Self { dimension: dimension::<T>(facet.column)?, value: Value::Any, status })
    }

    /// What a filter of nothing but a status and a dimension asks for.
    fn plain<T: Table>(scope: &Scope, filter: &Filter<T::Column>) -> Option<(Status, Option<(&'static str, String)>)> {
        if !scope.is_plain() || T::NAME != "job" {
            return None;
        }
        let (mut status, mut value) = (Status::Any, None);
        for (column, comparison) in filter.comparisons()? {
            let Comparison::Eq(Key::Text(text)) = comparison else {
                return None;
            };
            match (name(column).as_str(), text.as_str()) {
                ("status", "ACTIVE") if matches!(status, Status::Any) => status = Status::Active,
                ("status", "CLOSED") if matches!(status, Status::Any) => status = Status::Closed,
                _ if value.is_none() => value = Some((dimension::<T>(column)?, text.clone())),
                _ => return None,
            }
        }
        Some((status, value))
    }

    fn measure(&self) -> &'static str {
        match self.status {
            Status::Any => "t.total",
            Status::Active => "t.active",
            Status::Closed => "(t.total - t.active)",
        }
    }

    fn write(&self, sql: &mut Sql) {
        sql.push("t.dimension = ").bind(self.dimension.to_owned());
        match &self.value {
            Value::Is(value) => {
                sql.push(" AND t.value = ").bind(value.clone());
            }
            Value::Parent => {
                sql.push(" AND t.value = parent.value");
            }
            Value::Any => {}
        }
    }
}

fn dimension<T: Table>(column: T::Column) -> Option<&'static str> {
    let wanted = name(column);
    DIMENSIONS.iter().find(|(_, column)| column.is_some_and(|it| name(it) == wanted)).map(|(dimension, _)| *dimension)
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
