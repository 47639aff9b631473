//! Totals. What the writer counts itself is read from its rollups; all else is counted row by row, up to a limit.

use std::collections::HashMap;

use super::error::StoreError;
use super::facet::{Buckets, Facet};
use super::filter::{Comparison, Filter};
use super::key::Key;
use super::org;
use super::page::Total;
use super::reader::Reader;
use super::role::Belonging;
use super::row::read;
use super::scope::Scope;
use super::sql::Sql;
use super::table::{Table, name};
use super::version::DIMENSIONS;
use crate::config::TOTAL_COUNT_MAX;

/// Whose rows are counted.
#[derive(Clone, Copy, Debug)]
pub struct Parents<'a, C> {
    pub belonging: Belonging<C>,
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
            sql.push(" LIMIT ").push_number(TOTAL_COUNT_MAX + 1).push(") AS counted");
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
        if let (Some(_), Some(column)) = (&scope.search, parents.belonging.column()) {
            return self.count_found_by_parent::<T>(column, parents.keys, scope, filter).await;
        }
        let mut sql = self.sql();
        let from = sql.parents(parents.keys);
        let rollup = match parents.belonging {
            Belonging::Column(column) => Rollup::of::<T>(scope, filter, Some(column)),
            Belonging::Role(_) => None,
        };
        if let Some(rollup) = &rollup {
            sql.push(&format!("SELECT parent.value, (SELECT CAST(COALESCE(SUM({}), 0) AS BIGINT)", rollup.measure()));
            sql.push(" FROM rollup_total t WHERE ");
            rollup.write(&mut sql);
            sql.push(&format!(") FROM {from}"));
        } else {
            sql.push("SELECT parent.value, (SELECT COUNT(*) FROM (SELECT 1 AS one FROM ");
            write_counted::<T>(scope, filter, Some(parents.belonging), &mut sql);
            sql.push(" LIMIT ").push_number(TOTAL_COUNT_MAX + 1).push(&format!(") AS counted) FROM {from}"));
            parents.belonging.write_join(scope, &mut sql);
        }
        let rows = self.rows(sql).await?;
        let is_limited = rollup.is_none();
        rows.iter().map(|row| Ok((read(T::NAME, row, 0)?, counted(read(T::NAME, row, 1)?, is_limited)))).collect()
    }

    /// The number of rows of each parent that a search finds. What it finds is gone through once.
    async fn count_found_by_parent<T: Table>(
        &self,
        column: T::Column,
        keys: &[String],
        scope: &Scope,
        filter: &Filter<T::Column>,
    ) -> Result<HashMap<String, Total>, StoreError> {
        let parent = name(column);
        let mut sql = self.sql();
        sql.push(&format!("SELECT k.{parent}, COUNT(*) FROM "));
        scope.write_from::<T>(&mut sql);
        sql.push(&format!(" WHERE k.{parent}")).member_of(keys).push(" AND ");
        scope.write_standing::<T>("k", &mut sql);
        filter.write(&mut sql, "k");
        sql.push(&format!(" GROUP BY k.{parent}"));
        let mut totals: HashMap<String, Total> = keys.iter().map(|key| (key.clone(), counted(0, false))).collect();
        for row in self.rows(sql).await? {
            totals.insert(read(T::NAME, &row, 0)?, counted(read(T::NAME, &row, 1)?, true));
        }
        Ok(totals)
    }
}

/// What was counted up to a limit.
fn counted(count: i64, is_limited: bool) -> Total {
    let is_exact = !is_limited || count <= TOTAL_COUNT_MAX;
    Total { count: if is_exact { count } else { TOTAL_COUNT_MAX }, is_exact }
}

/// Writes what follows `FROM` in a count of rows, those of a `parent` where there is one.
fn write_counted<T: Table>(
    scope: &Scope,
    filter: &Filter<T::Column>,
    parent: Option<Belonging<T::Column>>,
    sql: &mut Sql,
) {
    scope.write_from::<T>(sql);
    sql.push(" WHERE ");
    if let Some(belonging) = parent {
        belonging.write_condition("k", sql);
    }
    scope.write_standing::<T>("k", sql);
    filter.write(sql, "k");
}

/// Counts that the writer keeps: of one value, of each parent's, or by value.
pub(super) struct Rollup {
    dimension: &'static str,
    value: Value,
    status: Status,
}

/// A dimension and the values of it that are asked for.
type Chosen = (&'static str, Vec<String>);

enum Value {
    Among(Vec<String>),
    Parent,
    Any,
}

enum Status {
    Any,
    Active,
    Closed,
    /// A count of each.
    Each,
}

impl Rollup {
    /// The rollup that counts the rows which meet a filter, if one does.
    fn of<T: Table>(scope: &Scope, filter: &Filter<T::Column>, parent: Option<T::Column>) -> Option<Self> {
        let (status, value) = Self::plain::<T>(scope, filter)?;
        match (value, parent) {
            (None, None) => Some(Self { dimension: "ALL", value: Value::Among(vec![String::new()]), status }),
            (Some((dimension, values)), None) => Some(Self { dimension, value: Value::Among(values), status }),
            (None, Some(column)) => Some(Self { dimension: dimension::<T>(column)?, value: Value::Parent, status }),
            (Some(_), Some(_)) => None,
        }
    }

    /// The rollup that counts by a facet.
    pub(super) fn by<T: Table>(scope: &Scope, filter: &Filter<T::Column>, facet: &Facet<T::Column>) -> Option<Self> {
        let (status, value) = Self::plain::<T>(scope, filter)?;
        if facet.buckets != Buckets::Values {
            return None;
        }
        if name(facet.column) == "status" && matches!(status, Status::Any) {
            let (dimension, values) = value.unwrap_or(("ALL", vec![String::new()]));
            return Some(Self { dimension, value: Value::Among(values), status: Status::Each });
        }
        if value.is_some() {
            return None;
        }
        Some(Self { dimension: dimension::<T>(facet.column)?, value: Value::Any, status })
    }

    /// What a filter of nothing but a status and a dimension asks for.
    fn plain<T: Table>(scope: &Scope, filter: &Filter<T::Column>) -> Option<(Status, Option<Chosen>)> {
        if !scope.is_plain() || T::NAME != "job" {
            return None;
        }
        let (mut status, mut value) = (Status::Any, None);
        for (column, comparison) in filter.comparisons()? {
            let keys = match comparison {
                Comparison::Eq(key) => std::slice::from_ref(key),
                Comparison::In(keys) => keys.as_slice(),
                _ => return None,
            };
            let text = |key: &Key| if let Key::Text(text) = key { Some(text.clone()) } else { None };
            let texts = keys.iter().map(text).collect::<Option<Vec<_>>>()?;
            match (name(column), texts.as_slice()) {
                ("status", [it]) if it == "ACTIVE" && matches!(status, Status::Any) => status = Status::Active,
                ("status", [it]) if it == "CLOSED" && matches!(status, Status::Any) => status = Status::Closed,
                _ if value.is_none() => value = Some((dimension::<T>(column)?, texts)),
                _ => return None,
            }
        }
        Some((status, value))
    }

    fn measure(&self) -> &'static str {
        match self.status {
            Status::Any | Status::Each => "t.total",
            Status::Active => "t.active",
            Status::Closed => "(t.total - t.active)",
        }
    }

    /// Writes a query for each value and how many rows have it: `value` and `n`.
    pub(super) fn write_counts(&self, sql: &mut Sql) {
        if matches!(self.status, Status::Each) {
            sql.push("SELECT s.value, s.n FROM (SELECT 'ACTIVE' AS value, CAST(SUM(t.active) AS BIGINT) AS n ");
            self.write_where(sql);
            sql.push(" UNION ALL SELECT 'CLOSED', CAST(SUM(t.total - t.active) AS BIGINT) ");
            self.write_where(sql);
            sql.push(") AS s WHERE s.n > 0");
            return;
        }
        let measure = self.measure();
        sql.push("SELECT t.value AS value, ").push(measure).push(" AS n ");
        self.write_where(sql);
        sql.push(" AND ").push(measure).push(" > 0");
    }

    fn write_where(&self, sql: &mut Sql) {
        sql.push("FROM rollup_total t WHERE ");
        self.write(sql);
    }

    fn write(&self, sql: &mut Sql) {
        sql.push("t.dimension = ").push_word(self.dimension);
        match &self.value {
            Value::Among(ids) if self.dimension == "ORG" => {
                sql.push(" AND ");
                org::write_is_one_of("t.value", ids, sql);
            }
            Value::Among(values) => {
                sql.push(" AND t.value").member_of(values);
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
