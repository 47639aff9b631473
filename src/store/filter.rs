//! Conditions over a table's columns, and their SQL.
//!
//! An absent value is stored as `''` or `ABSENT`. `ne` and `notIn` therefore match rows without a value, as a reader of
//! GraphQL expects; ranges never do.

mod comparison;

use std::sync::Arc;

use entity::{ABSENT, Ordinal, job};

use super::dialect::Dialect;
use super::key::Key;
use super::row::is_number;
use super::sighting;
use super::sql::Sql;
use super::table::name;

/// Columns whose values are words of a closed set.
const CLOSED_SETS: [&str; 14] = [
    "cause",
    "closed_reason",
    "contract_term",
    "employment_type",
    "event_type",
    "function",
    "health",
    "outcome",
    "remote_policy",
    "remote_scope_kind",
    "salary_period",
    "seniority",
    "status",
    "workplace_type",
];

#[derive(Clone, Debug)]
pub enum Filter<C> {
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
    Compare(C, Comparison),
    /// What no comparison of one column says.
    Other(Arc<dyn Condition>),
}

impl<C> Filter<C> {
    /// Whether it has a condition that an index may serve. What something is not narrows nothing.
    pub fn narrows(&self) -> bool {
        match self {
            Self::And(parts) => parts.iter().any(Self::narrows),
            Self::Or(parts) => parts.iter().all(Self::narrows),
            Self::Not(_) => false,
            Self::Compare(..) | Self::Other(_) => true,
        }
    }
}

/// A row of `table` whose `foreign` equals this row's `own`, and that meets a filter of its own.
#[derive(Clone, Debug)]
pub struct Related {
    pub table: &'static str,
    pub foreign: &'static str,
    pub own: &'static str,
    pub filter: Arc<dyn Condition>,
}

/// Columns of related tables by which few rows are found.
const SOUGHT: [(&str, &[&str]); 5] = [
    ("org", &["org_id", "slug", "normalized_name", "active_job_count", "job_count"]),
    ("source", &["source_id", "org_id", "provider", "board_key", "status", "health"]),
    ("event", &["event_type", "cause", "crawl_id"]),
    ("job_location", &["country_code", "region_code", "city_key"]),
    ("job_remote", &["code"]),
];

/// A condition whose columns are not told.
pub trait Condition: std::fmt::Debug + Send + Sync {
    fn write_on(&self, sql: &mut Sql, alias: &str);

    /// Whether all rows that meet it can be found by one of these columns.
    fn is_sought_by(&self, _columns: &[&str]) -> bool {
        false
    }

    /// Whether it looks at the row that its own is related to.
    fn is_correlated(&self) -> bool {
        false
    }

    /// Of a condition on employers: writes it over the column that names one, if it is about no more than its names.
    fn write_on_name(&self, _column: &str, _sql: &mut Sql) -> bool {
        false
    }
}

impl<C: Ordinal + std::fmt::Debug + Send + Sync> Condition for Filter<C> {
    fn write_on(&self, sql: &mut Sql, alias: &str) {
        self.write(sql, alias);
    }

    fn is_sought_by(&self, columns: &[&str]) -> bool {
        match self {
            Self::And(parts) => parts.iter().any(|part| part.is_sought_by(columns)),
            Self::Compare(column, comparison) => {
                !matches!(comparison, Comparison::Ne(_) | Comparison::NotIn(_) | Comparison::Is(_))
                    && columns.contains(&name(*column))
            }
            _ => false,
        }
    }

    fn is_correlated(&self) -> bool {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Condition::is_correlated),
            Self::Not(part) => part.is_correlated(),
            Self::Compare(..) => false,
            Self::Other(condition) => condition.is_correlated(),
        }
    }

    fn write_on_name(&self, column: &str, sql: &mut Sql) -> bool {
        match self {
            Self::And(parts) if let [part] = parts.as_slice() => part.write_on_name(column, sql),
            // Rows without an employer are none of another one either.
            Self::Compare(by, it @ (Comparison::Eq(_) | Comparison::In(_))) => {
                it.write_employers(name(*by), column, sql)
            }
            _ => false,
        }
    }
}

/// The last check of a posting's board lies longer back than it should, or does not.
#[derive(Clone, Copy, Debug)]
pub struct Stale {
    pub is_stale: bool,
    /// UTC milliseconds since 1970.
    pub now: i64,
    /// Crawl intervals after which a posting is stale.
    pub intervals: i64,
}

impl Condition for Stale {
    fn write_on(&self, sql: &mut Sql, alias: &str) {
        sql.push(if self.is_stale { "EXISTS" } else { "NOT EXISTS" });
        sql.push(&format!(" (SELECT 1 FROM source s WHERE s.source_id = {alias}.source_id AND "));
        // Whole seconds, as the field counts them.
        let checked = sighting::value(job::Column::LastCheckedAt, alias);
        sql.push("(").bind(self.now).push(&format!(" - {checked}) / 1000 > s.crawl_interval_s * "));
        sql.bind(self.intervals).push(")");
    }
}

/// A fact of a posting: what it is about, and how it is known.
#[derive(Clone, Debug, Default)]
pub struct FactFilter {
    pub field: String,
    /// From 0 to 1.
    pub min_confidence: Option<f64>,
    pub provenance: Option<Vec<String>>,
    pub rule: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Comparison {
    Eq(Key),
    Ne(Key),
    In(Vec<Key>),
    NotIn(Vec<Key>),
    Lt(Key),
    Lte(Key),
    Gt(Key),
    Gte(Key),
    StartsWith(String),
    /// Of a yes or no.
    Is(bool),
}

impl<C> Default for Filter<C> {
    fn default() -> Self {
        Self::And(Vec::new())
    }
}

impl<C: Ordinal + std::fmt::Debug + Send + Sync> Filter<C> {
    /// A row of `table`, whose `foreign` is this row's `own`, meets `filter`.
    pub fn related<O: Condition + 'static>(
        table: &'static str,
        foreign: &'static str,
        own: &'static str,
        filter: O,
    ) -> Self {
        Self::Other(Arc::new(Related { table, foreign, own, filter: Arc::new(filter) }))
    }

    /// Rows that have, or have not, a value in a column.
    pub fn absent(column: C, absent: bool) -> Self {
        let key = if is_number(column) { Key::Number(ABSENT) } else { Key::Text(String::new()) };
        Self::Compare(column, if absent { Comparison::Eq(key) } else { Comparison::Ne(key) })
    }

    pub fn is_empty(&self) -> bool {
        matches!(self, Self::And(parts) if parts.is_empty())
    }

    /// Writes the condition over the row `alias`.
    pub(super) fn write(&self, sql: &mut Sql, alias: &str) {
        match self {
            Self::And(parts) => write_all(parts, " AND ", "TRUE", sql, alias),
            Self::Or(parts) => write_all(parts, " OR ", "FALSE", sql, alias),
            Self::Not(part) => {
                sql.push("NOT (");
                part.write(sql, alias);
                sql.push(")");
            }
            Self::Compare(column, comparison) => {
                let qualified = sighting::value(*column, alias);
                let is_written = match name(*column) {
                    by @ ("org_id" | "slug") => comparison.write_employers(by, &format!("{alias}.org_id"), sql),
                    closed if CLOSED_SETS.contains(&closed) => comparison.write_words(&qualified, sql),
                    _ => false,
                };
                if !is_written {
                    comparison.write(&qualified, is_number(*column), sql);
                }
            }
            Self::Other(condition) => condition.write_on(sql, alias),
        }
    }

    /// The same filter without the comparisons of these columns that all rows must meet.
    pub fn without(&self, columns: &[C]) -> Self {
        let is_own = |filter: &Self| matches!(filter, Self::Compare(column, _) if columns.iter().any(|own| own.ordinal() == column.ordinal()));
        match self {
            Self::And(parts) => {
                Self::And(parts.iter().filter(|part| !is_own(part)).map(|part| part.without(columns)).collect())
            }
            other if is_own(other) => Self::default(),
            other => other.clone(),
        }
    }

    /// The comparisons that all rows must meet, if there is nothing else to meet.
    pub(super) fn comparisons(&self) -> Option<Vec<(C, &Comparison)>> {
        match self {
            Self::And(parts) => {
                let parts: Option<Vec<_>> = parts.iter().map(Self::comparisons).collect();
                Some(parts?.into_iter().flatten().collect())
            }
            Self::Compare(column, comparison) => Some(vec![(*column, comparison)]),
            _ => None,
        }
    }
}

fn write_all<C: Ordinal>(parts: &[Filter<C>], between: &str, none: &str, sql: &mut Sql, alias: &str) {
    if parts.is_empty() {
        sql.push(none);
        return;
    }
    sql.push("(");
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            sql.push(between);
        }
        part.write(sql, alias);
    }
    sql.push(")");
}

impl Condition for Related {
    fn write_on(&self, sql: &mut Sql, alias: &str) {
        let inner = format!("{alias}_");
        let Self { table, foreign, own, .. } = self;
        if *table == "org" && self.filter.write_on_name(&format!("{alias}.{own}"), sql) {
            return;
        }
        let columns = SOUGHT.iter().find(|(sought, _)| sought == table).map_or(&[][..], |(_, columns)| columns);
        // SQLite looks for a related row from each row of its own. Where few are related, it is told to begin there.
        // Events of a type are few only beside all rows: a page is full before they would all be found.
        let is_page_first = sql.is_of_page() && *table == "event";
        // A list that differs from row to row would be made anew for each.
        let is_list = self.filter.is_sought_by(columns) && !self.filter.is_correlated();
        if sql.dialect() == Dialect::Sqlite && is_list && !is_page_first {
            sql.push(&format!("{alias}.{own} IN (SELECT {inner}.{foreign} FROM {table} {inner} WHERE "));
            self.filter.write_on(sql, &inner);
            sql.push(")");
            return;
        }
        sql.push(&format!("EXISTS (SELECT 1 FROM {table} {inner} WHERE {inner}.{foreign} = {alias}.{own} AND "));
        self.filter.write_on(sql, &inner);
        sql.push(")");
    }
}

/// Of an event beside a state of its posting: it had happened when the state began, or began it.
#[derive(Clone, Copy, Debug)]
pub struct NoLater;

impl Condition for NoLater {
    fn write_on(&self, sql: &mut Sql, alias: &str) {
        // The state is what the event is related to.
        let state = alias.strip_suffix('_').unwrap_or(alias);
        sql.push(&format!("{alias}.seq <= {state}.from_seq"));
    }

    fn is_correlated(&self) -> bool {
        true
    }
}

impl Condition for FactFilter {
    fn write_on(&self, sql: &mut Sql, alias: &str) {
        let dialect = sql.dialect();
        sql.push("EXISTS (SELECT 1 FROM job_body b CROSS JOIN ").push(&dialect.members("b.facts"));
        sql.push(&format!(" WHERE b.content_seq = {alias}.content_seq AND {} = ", dialect.member_text("field")));
        sql.bind(self.field.clone());
        if let Some(confidence) = self.min_confidence {
            sql.push(&format!(" AND {} >= ", dialect.member_number("confidence"))).bind(confidence);
        }
        if let Some(provenance) = &self.provenance {
            sql.push(&format!(" AND {}", dialect.member_text("provenance"))).member_of(provenance);
        }
        if let Some(rule) = &self.rule {
            sql.push(&format!(" AND {} = ", dialect.member_text("rule"))).bind(rule.clone());
        }
        sql.push(")");
    }
}
