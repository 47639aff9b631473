//! Facets: totals by the values of columns. One statement for all of a list, whatever the parents.
//!
//! What the writer counts itself is read from its rollups; all else is counted row by row, up to a limit.

use std::collections::HashMap;

use entity::ABSENT;
use sea_orm::Value;

use super::below::Foreign;
use super::count::{Parents, Rollup};
use super::dialect::Dialect;
use super::error::StoreError;
use super::filter::Filter;
use super::reader::Reader;
use super::role::Belonging;
use super::row::{Cell, Row, read};
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
    Rows,
}

/// Whose rows are divided.
enum Whose<C> {
    /// All of the list.
    All,
    /// Those of parents: of one of these.
    Parents(Belonging<C>, String),
    /// Those whose column equals this one of another row.
    Row(C, String),
}

/// What a statement counts: rows `alias` of `T`.
struct Asked<'a, T: Table> {
    alias: &'a str,
    whose: Whose<T::Column>,
    scope: &'a Scope,
    facets: &'a [Facet<T::Column>],
    /// The list's filter as each facet has it.
    filters: Vec<Filter<T::Column>>,
    sources: Vec<Counts>,
    rows: Vec<Rows>,
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
        asked.write(&mut sql);
        let tops: Vec<i64> = facets.iter().map(|facet| facet.top).collect();
        let found = read_counts(T::NAME, &tops, self.rows(sql).await?)?;
        let whole = [String::new()];
        let keys = parents.map_or(&whole[..], |it| it.keys);
        let mut all: HashMap<String, Vec<Counted>> = keys.iter().map(|key| (key.clone(), Vec::new())).collect();
        for (found, source) in found.into_iter().zip(&asked.sources) {
            for (key, counted) in of_each(keys, found, matches!(source, Counts::Rows)) {
                all.entry(key).or_default().push(counted);
            }
        }
        Ok(all)
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
    sql.push("ARRAY(SELECT ROW(counted.*) FROM (");
    asked.write(sql);
    sql.push(") AS counted)");
}

/// Reads what `write_below` wrote.
pub(super) fn read_below(
    table: &'static str,
    tops: &[i64],
    rows: Vec<Box<[Cell]>>,
) -> Result<Vec<Counted>, StoreError> {
    let found = read_counts(table, tops, rows.into_iter().map(Row::Cells).collect())?;
    let key = [String::new()];
    Ok(found.into_iter().flat_map(|found| of_each(&key, found, true).into_values()).collect())
}

/// What was counted of each parent, for each facet.
fn read_counts(table: &'static str, tops: &[i64], rows: Vec<Row>) -> Result<Vec<HashMap<String, Counted>>, StoreError> {
    let mut found: Vec<HashMap<String, Counted>> = tops.iter().map(|_| HashMap::new()).collect();
    for row in rows {
        let (place, parent): (i32, String) = (read(table, &row, 0)?, read(table, &row, 1)?);
        let (values, rows) = (read(table, &row, 5)?, read(table, &row, 6)?);
        let place = usize::try_from(place).unwrap_or_default();
        let counted = found[place].entry(parent).or_insert(Counted { values, rows, ..Counted::none() });
        if tops[place] > 0 {
            let (value, label) = (read(table, &row, 2)?, read(table, &row, 3)?);
            counted.buckets.push(Bucket { value, label, count: read(table, &row, 4)? });
        }
    }
    Ok(found)
}

impl<'a, T: Table> Asked<'a, T> {
    fn new(
        alias: &'a str,
        whose: Whose<T::Column>,
        scope: &'a Scope,
        filter: &Filter<T::Column>,
        facets: &'a [Facet<T::Column>],
        dialect: Dialect,
    ) -> Self {
        let filters: Vec<_> = facets.iter().map(|facet| filter.without(&facet.own)).collect();
        let mut rows: Vec<Rows> = Vec::new();
        let mut sources = Vec::new();
        for (place, (filter, facet)) in filters.iter().zip(facets).enumerate() {
            if matches!(whose, Whose::All)
                && let Some(rollup) = Rollup::by::<T>(scope, filter, facet)
            {
                sources.push(Counts::Rollup(rollup));
                continue;
            }
            let mut sql = Sql::new(dialect);
            filter.write(&mut sql, alias);
            let written = sql.into_parts();
            let index = rows.iter().position(|rows| rows.written == written).unwrap_or(rows.len());
            if index == rows.len() {
                rows.push(Rows { written, facets: Vec::new() });
            }
            rows[index].facets.push(place);
            sources.push(Counts::Rows);
        }
        Self { alias, whose, scope, facets, filters, sources, rows }
    }

    /// Writes the statement. Facets that count the same rows read them once.
    fn write(&self, sql: &mut Sql) {
        let mut between = "";
        if !self.rows.is_empty() {
            self.write_ranked(sql);
            between = " UNION ALL ";
        }
        for (place, source) in self.sources.iter().enumerate() {
            if let Counts::Rollup(rollup) = source {
                sql.push(std::mem::replace(&mut between, " UNION ALL "));
                write_highest(&self.facets[place], place, rollup, sql);
            }
        }
        // By facet, parent, place and value.
        sql.push(" ORDER BY 1, 2, 8, 3");
    }

    /// Counts rows by each facet, ranks the buckets of all at once, and selects those to be shown.
    fn write_ranked(&self, sql: &mut Sql) {
        let has_sets = sql.dialect().has_grouping_sets();
        for (index, rows) in self.rows.iter().enumerate().filter(|_| !has_sets) {
            sql.push(if index > 0 { ", " } else { "WITH " }).push(&format!("rows{index} AS MATERIALIZED ("));
            self.write_rows(rows, sql);
            sql.push(")");
        }
        sql.push(if has_sets { "" } else { " " });
        sql.push(&format!("SELECT ranked.facet, ranked.parent, ranked.value, {} AS label, ranked.n, ", self.label()));
        sql.push("ranked.distinct_values, ranked.counted, ranked.place FROM (SELECT g.facet, g.parent, g.value, g.n, ");
        sql.push("COUNT(*) OVER (PARTITION BY g.facet, g.parent) AS distinct_values, ");
        sql.push("CAST(SUM(g.n) OVER (PARTITION BY g.facet, g.parent) AS BIGINT) AS counted, ");
        sql.push("ROW_NUMBER() OVER (PARTITION BY g.facet, g.parent ORDER BY g.place, g.value) AS place FROM (");
        sql.push(&format!("SELECT c.facet, c.parent, c.value, c.n, {} AS place FROM (", self.order()));
        for (index, rows) in self.rows.iter().enumerate() {
            sql.push(if index > 0 { " UNION ALL " } else { "" });
            if has_sets {
                self.write_sets(rows, sql);
            } else {
                self.write_each(rows, index, sql);
            }
        }
        // One bucket at least: a row of it tells of all.
        let top = self.facets.iter().map(|facet| facet.top).max().unwrap_or_default().max(1);
        sql.push(") AS c) AS g) AS ranked WHERE ranked.place <= ").push_number(top);
    }

    /// What the rows are told apart by that belong to different parents, with a comma behind it.
    fn parent(&self) -> &'static str {
        if matches!(self.whose, Whose::Parents(..)) { "b.parent, " } else { "" }
    }

    /// Counts by all facets in one go through the rows.
    fn write_sets(&self, rows: &Rows, sql: &mut Sql) {
        let parent = self.parent();
        let each = |write: &dyn Fn(&usize) -> String, between: &str| -> String {
            rows.facets.iter().map(write).collect::<Vec<_>>().join(between)
        };
        let facet = each(&|place| format!("WHEN GROUPING(b.v{place}) = 0 THEN {place}"), " ");
        let value = each(&|place| format!("b.v{place}"), ", ");
        let sets = each(&|place| format!("({parent}b.v{place})"), ", ");
        let shown = if parent.is_empty() { "CAST('' AS TEXT) AS parent, " } else { parent };
        sql.push(&format!("SELECT CASE {facet} END AS facet, {shown}COALESCE({value}) AS value, COUNT(*) AS n FROM ("));
        self.write_rows(rows, sql);
        sql.push(&format!(") AS b GROUP BY GROUPING SETS ({sets})"));
    }

    /// Counts by each facet by itself.
    fn write_each(&self, rows: &Rows, index: usize, sql: &mut Sql) {
        let parent = self.parent();
        let shown = if parent.is_empty() { "'' AS parent, " } else { parent };
        for (turn, place) in rows.facets.iter().enumerate() {
            sql.push(if turn > 0 { " UNION ALL " } else { "" });
            sql.push(&format!(
                "SELECT {place} AS facet, {shown}b.v{place} AS value, COUNT(*) AS n FROM rows{index} AS b"
            ));
            sql.push(&format!(" GROUP BY {parent}b.v{place}"));
        }
    }

    /// What the buckets `c` of a facet are ordered by, before their values.
    fn order(&self) -> String {
        let buckets: Vec<_> = self.counted().map(|(place, facet)| (place, facet.buckets)).collect();
        if buckets.iter().all(|(_, buckets)| *buckets == Buckets::Values) {
            return Buckets::Values.order().to_owned();
        }
        let order = |(place, buckets): &(usize, Buckets)| format!("WHEN {place} THEN {}", buckets.order());
        format!("CASE c.facet {} END", buckets.iter().map(order).collect::<Vec<_>>().join(" "))
    }

    /// What the values `ranked` of a facet mean.
    fn label(&self) -> String {
        let label = |(place, facet): (usize, &Facet<T::Column>)| {
            Some(format!("WHEN {place} THEN {}", facet.label?.sql("ranked.value")))
        };
        let labels: Vec<String> = self.counted().filter_map(label).collect();
        if labels.is_empty() {
            return "CAST(NULL AS TEXT)".to_owned();
        }
        format!("CASE ranked.facet {} END", labels.join(" "))
    }

    /// The facets that are counted row by row.
    fn counted(&self) -> impl Iterator<Item = (usize, &Facet<T::Column>)> {
        self.facets.iter().enumerate().filter(|(place, _)| matches!(self.sources[*place], Counts::Rows))
    }

    /// Writes a query for rows, up to a limit: `parent`, and the value of each facet that counts them.
    fn write_rows(&self, rows: &Rows, sql: &mut Sql) {
        let alias = self.alias;
        let value = |place: &usize| format!("{} AS v{place}", self.value(*place, sql.dialect()));
        let columns = rows.facets.iter().map(value).collect::<Vec<_>>().join(", ");
        let (parent, role) = match &self.whose {
            Whose::Parents(Belonging::Column(column), _) => (format!("{alias}.{}", name(*column)), None),
            Whose::Parents(role, members) => ("p.job_id".to_owned(), Some((role, members))),
            Whose::All | Whose::Row(..) => ("''".to_owned(), None),
        };
        sql.push(&format!("SELECT {parent} AS parent, {columns} FROM "));
        if role.is_some() {
            sql.push(&format!("{} p CROSS JOIN ", self.scope.table::<T>()));
        }
        self.scope.write_from_as::<T>(alias, sql);
        sql.push(" WHERE ");
        match (&self.whose, role) {
            (_, Some((role, members))) => role.write_of_parents(members, self.scope, alias, sql),
            (Whose::Parents(_, members), None) => drop(sql.push(&format!("{parent} {members} AND "))),
            (Whose::Row(column, own), None) => drop(sql.push(&format!("{alias}.{} = {own} AND ", name(*column)))),
            (Whose::All, None) => {}
        }
        self.scope.write_standing::<T>(alias, sql);
        self.filters[rows.facets[0]].write(sql, alias);
        sql.push(" LIMIT ").push_number(FACET_ROWS_MAX + 1);
    }

    /// A text for each bucket: the value itself, or where the band, day or month begins; `''` for none.
    fn value(&self, place: usize, dialect: Dialect) -> String {
        let facet = &self.facets[place];
        let column = format!("{}.{}", self.alias, name(facet.column));
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

/// What was counted of each parent. Where a limit ended the counting of all together, no one knows whose rows are left.
fn of_each(keys: &[String], mut found: HashMap<String, Counted>, is_limited: bool) -> HashMap<String, Counted> {
    let is_exact = !is_limited || found.values().map(|it| it.rows).sum::<i64>() <= FACET_ROWS_MAX;
    let mut of = |key: &String| Counted { is_exact, ..found.remove(key).unwrap_or_else(Counted::none) };
    keys.iter().map(|key| (key.clone(), of(key))).collect()
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
