//! What the writer counts: by value, by day, and by the days until closing.

use std::collections::HashMap;

pub use entity::rollup_total::Column;

use super::error::StoreError;
use super::facet::Label;
use super::reader::Reader;
use super::row::read;
use super::table::Table;

/// The counts of postings by value. The key is unique within a dimension.
pub struct Totals;

impl Table for Totals {
    type Column = Column;
    const NAME: &'static str = "rollup_total";
    const KEY: Column = Column::Value;
}

/// What happened on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// Days since 1970 in UTC.
    pub day: i64,
    pub created: i64,
    pub updated: i64,
    pub closed: i64,
    pub reopened: i64,
}

/// How fresh the boards of a value are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Freshness {
    pub sources: i64,
    /// Not read completely within two of their intervals.
    pub stale: i64,
    /// UTC milliseconds since 1970; `entity::ABSENT` when there was none.
    pub latest: i64,
    pub oldest: i64,
}

impl Reader {
    /// The largest values of a dimension with their counts of active and of all postings; or of just these values.
    pub async fn totals(
        &self,
        dimension: &str,
        values: Option<&[String]>,
        top: i64,
    ) -> Result<Vec<(String, i64, i64)>, StoreError> {
        let mut sql = self.sql();
        sql.push("SELECT t.value, t.active, t.total FROM rollup_total t WHERE t.dimension = ")
            .bind(dimension.to_owned());
        if let Some(values) = values {
            sql.push(" AND t.value").member_of(values);
        }
        sql.push(" ORDER BY t.active DESC, t.value DESC LIMIT ").bind(top);
        let rows = self.rows(sql).await?;
        let one =
            |row| Ok((read("rollup_total", row, 0)?, read("rollup_total", row, 1)?, read("rollup_total", row, 2)?));
        rows.iter().map(one).collect()
    }

    /// What happened on each day from `from` to `to`, of each of these values; days without events are left out.
    pub async fn days(
        &self,
        dimension: &str,
        values: &[String],
        (from, to): (i64, i64),
    ) -> Result<HashMap<String, Vec<Day>>, StoreError> {
        let mut sql = self.sql();
        sql.push(
            "SELECT d.value, d.day, d.created, d.updated, d.closed, d.reopened FROM rollup_day d WHERE d.dimension = ",
        );
        sql.bind(dimension.to_owned()).push(" AND d.value").member_of(values);
        sql.push(" AND d.day >= ").bind(from).push(" AND d.day <= ").bind(to).push(" ORDER BY d.value, d.day");
        let mut found: HashMap<String, Vec<Day>> = HashMap::new();
        for row in &self.rows(sql).await? {
            let number = |index| read("rollup_day", row, index);
            let day = Day {
                day: number(1)?,
                created: number(2)?,
                updated: number(3)?,
                closed: number(4)?,
                reopened: number(5)?,
            };
            found.entry(read("rollup_day", row, 0)?).or_default().push(day);
        }
        Ok(found)
    }

    /// How many closings came after how many days, of each of these values, the shortest first.
    pub async fn lifetimes(
        &self,
        dimension: &str,
        values: &[String],
    ) -> Result<HashMap<String, Vec<(i64, i64)>>, StoreError> {
        let mut sql = self.sql();
        sql.push("SELECT l.value, l.days, l.closings FROM rollup_lifetime l WHERE l.dimension = ");
        sql.bind(dimension.to_owned()).push(" AND l.value").member_of(values).push(" ORDER BY l.value, l.days");
        let mut found: HashMap<String, Vec<(i64, i64)>> = HashMap::new();
        for row in &self.rows(sql).await? {
            let one = (read("rollup_lifetime", row, 1)?, read("rollup_lifetime", row, 2)?);
            found.entry(read("rollup_lifetime", row, 0)?).or_default().push(one);
        }
        Ok(found)
    }

    /// How fresh the active boards of each of these values are; `column` is the boards' for the dimension, or nothing
    /// for all boards.
    pub async fn freshness(
        &self,
        column: Option<&'static str>,
        values: &[String],
        now: i64,
    ) -> Result<HashMap<String, Freshness>, StoreError> {
        let mut sql = self.sql();
        let value = column.map_or_else(|| "CAST('' AS TEXT)".to_owned(), |column| format!("s.{column}"));
        sql.push(&format!("SELECT {value}, COUNT(*), CAST(SUM(CASE WHEN s.last_complete_at < ")).bind(now);
        sql.push(" - 2000 * s.crawl_interval_s THEN 1 ELSE 0 END) AS BIGINT)");
        sql.push(", MAX(s.last_crawled_at), MIN(s.last_complete_at) FROM source s WHERE s.status = 'ACTIVE'");
        if let Some(column) = column {
            sql.push(&format!(" AND s.{column}")).member_of(values);
        }
        sql.push(&format!(" GROUP BY {value}"));
        let rows = self.rows(sql).await?;
        let one = |row| {
            let number = |index| read("source", row, index);
            let freshness =
                Freshness { sources: number(1)?, stale: number(2)?, latest: number(3)?, oldest: number(4)? };
            Ok((read("source", row, 0)?, freshness))
        };
        rows.iter().map(one).collect()
    }

    /// What values mean, where a row tells.
    pub async fn labels(&self, label: Label, values: &[String]) -> Result<HashMap<String, String>, StoreError> {
        let mut sql = self.sql();
        let from = sql.parents(values);
        sql.push(&format!("SELECT parent.value, {} FROM {from}", label.sql("parent.value")));
        let mut found = HashMap::new();
        for row in &self.rows(sql).await? {
            let label: Option<String> = read("label", row, 1)?;
            if let Some(label) = label {
                found.insert(read("label", row, 0)?, label);
            }
        }
        Ok(found)
    }
}
