//! The statement that counts facets: those that count the same rows read them once, and what the writer counts is not read at all.

use entity::ABSENT;
use sea_orm::Value;

use super::{Buckets, Facet, Layout};
use crate::config::FACET_ROWS_MAX;
use crate::store::count::Rollup;
use crate::store::dialect::Dialect;
use crate::store::filter::Filter;
use crate::store::role::Belonging;
use crate::store::scope::Scope;
use crate::store::sql::Sql;
use crate::store::table::{Table, name};

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;
const NO_LABEL: &str = "CAST(NULL AS TEXT)";

/// How the rows are read that a facet counts.
struct Rows {
    /// The conditions, by which facets that count the same rows are known.
    written: (String, Vec<Value>),
    /// The facets that count them, by their places.
    facets: Vec<usize>,
}

/// Where a facet's counts are from.
pub(super) enum Counts {
    Rollup(Rollup),
    Rows,
}

/// Whose rows are divided.
pub(super) enum Whose<C> {
    /// All of the list.
    All,
    /// Those of parents: of one of these.
    Parents(Belonging<C>, String),
    /// Those whose column equals this one of another row.
    Row(C, String),
}

/// What a statement counts: rows `alias` of `T`.
pub(super) struct Asked<'a, T: Table> {
    alias: &'a str,
    whose: Whose<T::Column>,
    scope: &'a Scope,
    facets: &'a [Facet<T::Column>],
    /// The list's filter as each facet has it.
    filters: Vec<Filter<T::Column>>,
    pub(super) sources: Vec<Counts>,
    rows: Vec<Rows>,
    pub(super) layout: Layout,
}

impl<'a, T: Table> Asked<'a, T> {
    pub(super) fn new(
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
        let layout = Layout::of::<T>(facets, matches!(whose, Whose::Parents(..)));
        Self { alias, whose, scope, facets, filters, sources, rows, layout }
    }

    /// Writes the statement. Facets that count the same rows read them once.
    pub(super) fn write(&self, sql: &mut Sql) {
        let mut between = "";
        if !self.rows.is_empty() {
            self.write_ranked(sql);
            between = " UNION ALL ";
        }
        for (place, source) in self.sources.iter().enumerate() {
            if let Counts::Rollup(rollup) = source {
                sql.push(std::mem::replace(&mut between, " UNION ALL "));
                self.write_highest(place, rollup, sql);
            }
        }
    }

    /// Writes the statement as one value, an array of the rows that it answers.
    pub(super) fn write_array(&self, sql: &mut Sql) {
        sql.push("ARRAY(SELECT ROW(counted.*) FROM (");
        self.write(sql);
        sql.push(") AS counted)");
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
        sql.push("SELECT ranked.facet, ranked.value, ranked.n");
        sql.push(if self.layout.values.is_some() { ", ranked.distinct_values" } else { "" });
        sql.push(if self.layout.rows.is_some() { ", ranked.counted" } else { "" });
        sql.push(if self.layout.parent.is_some() { ", ranked.parent" } else { "" });
        if self.layout.label.is_some() {
            sql.push(&format!(", {} AS label", self.label()));
        }
        sql.push(if self.layout.place.is_some() { ", ranked.place" } else { "" });
        sql.push(" FROM (SELECT g.facet, g.parent, g.value, g.n, ");
        if self.layout.values.is_some() {
            sql.push("COUNT(*) OVER (PARTITION BY g.facet, g.parent) AS distinct_values, ");
        }
        if self.layout.rows.is_some() {
            sql.push("CAST(SUM(g.n) OVER (PARTITION BY g.facet, g.parent) AS BIGINT) AS counted, ");
        }
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

    /// Selects the largest buckets that a rollup holds.
    fn write_highest(&self, place: usize, rollup: &Rollup, sql: &mut Sql) {
        let facet = &self.facets[place];
        let values = self.layout.values.map(|_| ("c.distinct_values", "COUNT(*) AS distinct_values"));
        let rows = self.layout.rows.map(|_| ("c.counted", "CAST(SUM(g.n) AS BIGINT) AS counted"));
        let counted = || values.into_iter().chain(rows);
        sql.push("SELECT ").push(&place.to_string()).push(" AS facet, r.value, r.n");
        for (shown, _) in counted() {
            sql.push(", ").push(shown);
        }
        if self.layout.label.is_some() {
            let label = facet.label.map_or_else(|| NO_LABEL.to_owned(), |label| label.sql("r.value"));
            sql.push(&format!(", {label} AS label"));
        }
        sql.push(if self.layout.place.is_some() { ", -r.n AS place" } else { "" });
        sql.push(" FROM (SELECT g.value, g.n FROM (");
        rollup.write_counts(sql);
        sql.push(") AS g ORDER BY g.n DESC, g.value LIMIT ").push_number(facet.top.max(1));
        sql.push(") AS r");
        for (turn, (_, column)) in counted().enumerate() {
            sql.push(if turn > 0 { ", " } else { " CROSS JOIN (SELECT " }).push(column);
        }
        if counted().next().is_some() {
            sql.push(" FROM (");
            rollup.write_counts(sql);
            sql.push(") AS g) AS c");
        }
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
            return NO_LABEL.to_owned();
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

/// How many whole `unit`s a number has, rounded down: SQL's own division rounds times before 1970 up.
fn whole(column: &str, unit: i64) -> String {
    format!("(({column} - (({column} % {unit}) + {unit}) % {unit}) / {unit})")
}
