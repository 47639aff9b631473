//! One request's statements: lists, lookups by key and nested lists, each one statement whatever the number of rows.
//! Counts are in `facet`.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement};
use tracing::field::Empty;
use tracing::{Instrument, Span};

use super::along::Selected;
use super::dialect::{Dialect, Top};
use super::error::StoreError;
use super::filter::Filter;
use super::job::Jobs;
use super::lanes;
use super::page::{Listing, Page};
use super::readers::Readers;
use super::role::{Belonging, signs};
use super::row::{ColumnSet, Decoder, Record, Row, collected, is_number, read};
use super::scope::{AsOf, Scope};
use super::search::RANK;
use super::sql::{self, Sql};
use super::table::{Table, list, name};
use crate::config::SPANS;

/// A statement that was run.
#[derive(Clone, Debug)]
pub struct Ran {
    pub text: String,
    /// How long it took, from the wait for a connection to the last row; nothing if it failed or was given up.
    pub taken: Duration,
    /// How many rows it read.
    pub rows: u64,
}

/// Clones share one list of statements.
#[derive(Clone, Debug)]
pub struct Reader {
    connection: Connection,
    dialect: Dialect,
    ran: Arc<Mutex<Vec<Ran>>>,
}

/// Events by which of the two states they stand between meets a filter.
#[derive(Clone, Debug, Default)]
pub struct Matching {
    pub before: HashSet<i64>,
    pub after: HashSet<i64>,
}

#[derive(Clone, Debug)]
enum Connection {
    Pool(Readers),
    Transaction(Arc<DatabaseTransaction>),
}

impl Reader {
    pub(super) fn new(pool: Readers, dialect: Dialect) -> Self {
        Self { connection: Connection::Pool(pool), dialect, ran: Arc::default() }
    }

    pub(super) fn within(transaction: Arc<DatabaseTransaction>, dialect: Dialect) -> Self {
        Self { connection: Connection::Transaction(transaction), dialect, ran: Arc::default() }
    }

    /// Whether lists are to be read with the rows that they stand below: where a statement costs a round trip.
    pub fn reads_lists_along(&self) -> bool {
        self.dialect.has_round_trips() && matches!(self.connection, Connection::Pool(_))
    }

    /// The statements run so far, which are then forgotten.
    pub fn take_ran(&self) -> Vec<Ran> {
        std::mem::take(&mut *self.ran())
    }

    fn ran(&self) -> MutexGuard<'_, Vec<Ran>> {
        self.ran.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn dialect(&self) -> Dialect {
        self.dialect
    }

    pub(super) fn sql(&self) -> Sql {
        Sql::new(self.dialect).with_room()
    }

    pub(super) async fn rows(&self, sql: Sql) -> Result<Vec<Row>, StoreError> {
        let statement: Statement = sql.into_statement();
        let place = {
            let mut ran = self.ran();
            ran.push(Ran { text: statement.sql.clone(), taken: Duration::ZERO, rows: 0 });
            ran.len() - 1
        };
        let shown = tracing::enabled!(tracing::Level::TRACE).then(|| sql::shown(&statement));
        let span = self.span(&statement);
        let begun = Instant::now();
        // On the heap: a relation inside a relation waits inside its parent's future, and stacks are small.
        let rows = match &self.connection {
            Connection::Pool(readers) => Box::pin(readers.rows(statement).instrument(span.clone())).await?,
            Connection::Transaction(transaction) => {
                let rows = Box::pin(transaction.query_all_raw(statement)).await?;
                collected(rows.len(), rows.into_iter().map(lanes::queried))?
            }
        };
        let taken = begun.elapsed();
        span.record("db.response.returned_rows", rows.len());
        if let Some(ran) = self.ran().get_mut(place) {
            (ran.taken, ran.rows) = (taken, rows.len() as u64);
        }
        if let Some(statement) = shown {
            let micros = u64::try_from(taken.as_micros()).unwrap_or(u64::MAX);
            tracing::trace!(statement, micros, rows = rows.len(), "read");
        }
        Ok(rows)
    }

    /// What traces tell of a statement: its text without any value.
    fn span(&self, statement: &Statement) -> Span {
        let span = tracing::info_span!(
            target: SPANS,
            "sql",
            otel.kind = "client",
            db.system.name = self.dialect.system_name(),
            db.query.text = Empty,
            db.response.returned_rows = Empty,
        );
        if !span.is_disabled() {
            span.record("db.query.text", sql::without_words(&statement.sql).as_str());
        }
        span
    }

    /// A page of a table.
    pub async fn list<T: Table>(
        &self,
        selected: impl Into<Selected>,
        listing: &Listing<T::Column>,
    ) -> Result<Page, StoreError> {
        let selected = selected.into();
        let mut sql = self.sql();
        let is_ranked = listing.scope.search.is_some();
        let rank = if is_ranked { format!(", {RANK}") } else { String::new() };
        sql.push(&format!("SELECT {}{rank}", listing.scope.list::<T>(selected.columns, "k")));
        selected.write_columns("k", &mut sql);
        sql.push(" FROM ");
        listing.write_from::<T>(&mut sql);
        sql.push(&selected.joins("k"));
        sql.push(" WHERE ");
        listing.write_conditions::<T>(&mut sql);
        sql.push(" ORDER BY ").push(&listing.order_by("k", "found")).push(" LIMIT ").push_number(listing.limit());
        let decoder = Decoder::new::<T>(&selected, 0).ranked(is_ranked);
        let rows = self.rows(sql).await?;
        let records = rows.into_iter().map(|row| decoder.record(row).map(Arc::new)).collect::<Result<_, _>>()?;
        Ok(listing.page(records))
    }

    /// The first rows of each parent, a page a parent; parents without rows have an empty page.
    pub async fn list_by_parent<T: Table>(
        &self,
        selected: impl Into<Selected>,
        belonging: Belonging<T::Column>,
        parents: &[String],
        listing: &Listing<T::Column>,
    ) -> Result<HashMap<String, Page>, StoreError> {
        let mut selected = selected.into();
        let is_ranked = listing.scope.search.is_some() || belonging.is_role();
        let sql = match (&listing.scope.search, belonging) {
            (Some(_), Belonging::Column(column)) => {
                selected = selected.columns.into();
                self.ranked_of_parents::<T>(selected.columns, column, parents, listing)
            }
            _ => self.first_of_parents::<T>(&selected, belonging, parents, listing),
        };
        let mut records: HashMap<String, Vec<Arc<Record>>> =
            parents.iter().map(|parent| (parent.clone(), Vec::new())).collect();
        let decoder = Decoder::new::<T>(&selected, 1).ranked(is_ranked);
        for row in self.rows(sql).await? {
            let parent: String = read(T::NAME, &row, 0)?;
            records.entry(parent).or_default().push(Arc::new(decoder.record(row)?));
        }
        Ok(records.into_iter().map(|(parent, records)| (parent, listing.page(records))).collect())
    }

    /// Seeks the first rows of each parent; the signs of postings of a role stand where ranks do.
    fn first_of_parents<T: Table>(
        &self,
        selected: &Selected,
        belonging: Belonging<T::Column>,
        parents: &[String],
        listing: &Listing<T::Column>,
    ) -> Sql {
        let columns = selected.columns;
        let mut sql = self.sql();
        let parents = sql.parents(parents);
        sql.push(&parents);
        belonging.write_join(&listing.scope, &mut sql);
        let from = sql.take_text();
        listing.scope.write_from::<T>(&mut sql);
        let inner_from = sql.take_text();
        belonging.write_condition("k", &mut sql);
        listing.write_conditions::<T>(&mut sql);
        let conditions = sql.take_text();
        let limit = listing.limit().to_string();
        let (of_found, of_row, kept) = match belonging {
            Belonging::Role(_) => (format!(", {} AS signs", signs("k")), format!(", {}", signs("r")), ", r.signs"),
            Belonging::Column(_) => (String::new(), String::new(), ""),
        };
        let join = self.dialect.join_top(Top {
            table: listing.scope.table::<T>(),
            from: &inner_from,
            columns: &(listing.scope.list::<T>(columns, "k") + &of_found),
            conditions: &conditions,
            order: &listing.order_by("k", "found"),
            limit: &limit,
        });
        let of_table = listing.scope.list::<T>(columns, "r") + &of_row;
        let columns = self.dialect.of_top(of_table, list::<T>(columns, "r") + kept);
        sql.push(&format!("SELECT parent.value, {columns}"));
        selected.write_columns("r", &mut sql);
        sql.push(&format!(" FROM {from} {join}"));
        sql.push(&self.dialect.of_top(selected.joins("r"), selected.joins_of_selected("r")));
        sql.push(&format!(" ORDER BY parent.value, {}", listing.order_by("r", "r")));
        sql
    }

    /// Goes through what a search finds once, whatever the number of parents.
    fn ranked_of_parents<T: Table>(
        &self,
        columns: ColumnSet,
        parent_column: T::Column,
        parents: &[String],
        listing: &Listing<T::Column>,
    ) -> Sql {
        let mut sql = self.sql();
        let (parent, order) = (name(parent_column), listing.order_by("k", "found"));
        sql.push(&format!("SELECT r.parent, {}, r.search_rank FROM (", list::<T>(columns, "r")));
        sql.push(&format!("SELECT k.{parent} AS parent, {}, {RANK}, ", listing.scope.list::<T>(columns, "k")));
        sql.push(&format!("ROW_NUMBER() OVER (PARTITION BY k.{parent} ORDER BY {order}) AS place FROM "));
        listing.scope.write_from::<T>(&mut sql);
        sql.push(&format!(" WHERE k.{parent}")).member_of(parents).push(" AND ");
        listing.write_conditions::<T>(&mut sql);
        sql.push(") AS r WHERE r.place <= ").push_number(listing.limit()).push(" ORDER BY r.parent, r.place");
        sql
    }

    /// All rows whose `key` is among `keys`, in no order; columns must include `key`.
    pub async fn load<T: Table>(
        &self,
        columns: ColumnSet,
        key: T::Column,
        keys: &[String],
    ) -> Result<Vec<Arc<Record>>, StoreError> {
        self.load_at::<T>(None, columns, key, keys).await
    }

    /// All rows as they stood then whose `key` is among `keys`, in no order; columns must include `key`.
    pub async fn load_at<T: Table>(
        &self,
        as_of: Option<AsOf>,
        selected: impl Into<Selected>,
        key: T::Column,
        keys: &[String],
    ) -> Result<Vec<Arc<Record>>, StoreError> {
        let (scope, selected) = (Scope::at(as_of), selected.into());
        let mut sql = self.sql();
        self.write_row::<T>(&scope, &selected, &mut sql);
        scope.write_standing::<T>("k", &mut sql);
        sql.push(&format!("k.{}", name(key)));
        if is_number(key) {
            sql.member_of_numbers(&keys.iter().filter_map(|key| key.parse().ok()).collect::<Vec<_>>());
        } else {
            sql.member_of(keys);
        }
        self.decode::<T>(selected, sql).await
    }

    /// Postings as they stood after each of these events, with the number of the event.
    pub async fn load_versions(
        &self,
        columns: ColumnSet,
        seqs: &[String],
    ) -> Result<Vec<(i64, Arc<Record>)>, StoreError> {
        let mut sql = self.sql();
        sql.push(&format!("SELECT k.from_seq, {} FROM job_version k WHERE k.from_seq", list::<Jobs>(columns, "k")));
        sql.member_of_numbers(&seqs.iter().filter_map(|seq| seq.parse().ok()).collect::<Vec<_>>());
        let decoder = Decoder::new::<Jobs>(&columns.into(), 1);
        let rows = self.rows(sql).await?;
        rows.into_iter().map(|row| Ok((read("job_version", &row, 0)?, Arc::new(decoder.record(row)?)))).collect()
    }

    /// Which of these events end a state of their posting that meets `filter`, and which begin one.
    pub async fn matching_versions(
        &self,
        seqs: &[String],
        filter: &Filter<entity::job::Column>,
    ) -> Result<Matching, StoreError> {
        let seqs: Vec<i64> = seqs.iter().filter_map(|seq| seq.parse().ok()).collect();
        let mut sql = self.sql();
        for (index, column) in ["until_seq", "from_seq"].into_iter().enumerate() {
            sql.push(if index > 0 { " UNION ALL " } else { "" });
            sql.push(&format!("SELECT k.{column}, {index} FROM job_version k WHERE k.{column}"));
            sql.member_of_numbers(&seqs).push(" AND ");
            filter.write(&mut sql, "k");
        }
        let mut matching = Matching::default();
        for row in &self.rows(sql).await? {
            let side: i32 = read("job_version", row, 1)?;
            let set = if side == 0 { &mut matching.before } else { &mut matching.after };
            set.insert(read("job_version", row, 0)?);
        }
        Ok(matching)
    }

    /// All rows that meet `filter`, for a lookup which the table's own constraints keep small.
    pub async fn find<T: Table>(
        &self,
        as_of: Option<AsOf>,
        selected: impl Into<Selected>,
        filter: &Filter<T::Column>,
    ) -> Result<Option<Arc<Record>>, StoreError> {
        let (scope, selected) = (Scope::at(as_of), selected.into());
        let mut sql = self.sql();
        self.write_row::<T>(&scope, &selected, &mut sql);
        scope.write_standing::<T>("k", &mut sql);
        filter.write(&mut sql, "k");
        sql.push(&format!(" ORDER BY k.{} LIMIT 1", name(T::KEY)));
        Ok(self.decode::<T>(selected, sql).await?.into_iter().next())
    }

    /// Writes what comes before the condition on a row `k`.
    fn write_row<T: Table>(&self, scope: &Scope, selected: &Selected, sql: &mut Sql) {
        sql.push(&format!("SELECT {}", scope.list::<T>(selected.columns, "k")));
        selected.write_columns("k", sql);
        sql.push(&format!(" FROM {} k", scope.table::<T>()));
        sql.push(&selected.joins("k"));
        sql.push(" WHERE ");
    }

    pub(super) async fn decode<T: Table>(
        &self,
        selected: impl Into<Selected>,
        sql: Sql,
    ) -> Result<Vec<Arc<Record>>, StoreError> {
        let decoder = Decoder::new::<T>(&selected.into(), 0);
        self.rows(sql).await?.into_iter().map(|row| decoder.record(row).map(Arc::new)).collect()
    }
}
