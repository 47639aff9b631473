//! One request's statements: lists, lookups by key, nested lists and counts, each one statement whatever the number
//! of rows.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, QueryResult, Statement};

use super::dialect::{Dialect, Top};
use super::error::StoreError;
use super::filter::Filter;
use super::page::{Listing, Page};
use super::row::{ColumnSet, Decoder, Record, is_number, read};
use super::sql::Sql;
use super::table::{Table, list, name};

/// Clones share one count of statements.
#[derive(Clone, Debug)]
pub struct Reader {
    connection: Connection,
    dialect: Dialect,
    statements: Arc<Mutex<Vec<String>>>,
}

#[derive(Clone, Debug)]
enum Connection {
    Pool(DatabaseConnection),
    Transaction(Arc<DatabaseTransaction>),
}

impl Reader {
    pub(super) fn new(pool: DatabaseConnection, dialect: Dialect) -> Self {
        Self { connection: Connection::Pool(pool), dialect, statements: Arc::default() }
    }

    pub(super) fn within(transaction: Arc<DatabaseTransaction>, dialect: Dialect) -> Self {
        Self { connection: Connection::Transaction(transaction), dialect, statements: Arc::default() }
    }

    /// The texts of the statements run so far.
    pub fn statements(&self) -> Vec<String> {
        self.statements.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn sql(&self) -> Sql {
        Sql::new(self.dialect)
    }

    pub(super) async fn rows(&self, sql: Sql) -> Result<Vec<QueryResult>, StoreError> {
        let statement: Statement = sql.into_statement();
        self.statements.lock().unwrap_or_else(PoisonError::into_inner).push(statement.sql.clone());
        Ok(match &self.connection {
            Connection::Pool(pool) => pool.query_all_raw(statement).await?,
            Connection::Transaction(transaction) => transaction.query_all_raw(statement).await?,
        })
    }

    /// A page of a table.
    pub async fn list<T: Table>(&self, columns: ColumnSet, listing: &Listing<T::Column>) -> Result<Page, StoreError> {
        let mut sql = self.sql();
        let (conditions, order) = listing.write(None, &mut sql);
        let limit = sql.placeholder(limit(listing));
        let columns_listed = list::<T>(columns, "k");
        sql.push(&format!(
            "SELECT {columns_listed} FROM {} k WHERE {conditions} ORDER BY {order} LIMIT {limit}",
            T::NAME
        ));
        let decoder = Decoder::new::<T>(columns, 0);
        let rows = self.rows(sql).await?;
        let records = rows.iter().map(|row| decoder.record(row).map(Arc::new)).collect::<Result<_, _>>()?;
        Ok(listing.page(records))
    }

    /// The first rows of each parent, a page a parent; parents without rows have an empty page.
    pub async fn list_by_parent<T: Table>(
        &self,
        columns: ColumnSet,
        parent_column: T::Column,
        parents: &[String],
        listing: &Listing<T::Column>,
    ) -> Result<HashMap<String, Page>, StoreError> {
        let mut sql = self.sql();
        let parents_placeholder = sql.placeholder(self.dialect.text_list(parents));
        let is_child = format!("k.{} = parent.value", name(parent_column));
        let (conditions, order) = listing.write(Some(is_child), &mut sql);
        let limit = sql.placeholder(limit(listing));
        let join = self.dialect.join_top(Top {
            table: T::NAME,
            columns: &list::<T>(columns, "k"),
            conditions: &conditions,
            order: &order,
            limit: &limit,
        });
        let listed = list::<T>(columns, "r");
        let outer_order = order.replace("k.", "r.");
        let from = self.dialect.parents(&parents_placeholder);
        sql.push(&format!("SELECT parent.value, {listed} FROM {from} {join} ORDER BY parent.value, {outer_order}"));
        let mut records: HashMap<String, Vec<Arc<Record>>> =
            parents.iter().map(|parent| (parent.clone(), Vec::new())).collect();
        let decoder = Decoder::new::<T>(columns, 1);
        for row in self.rows(sql).await? {
            let parent: String = read(T::NAME, &row, 0)?;
            records.entry(parent).or_default().push(Arc::new(decoder.record(&row)?));
        }
        Ok(records.into_iter().map(|(parent, records)| (parent, listing.page(records))).collect())
    }

    /// The number of rows of a list.
    pub async fn count<T: Table>(&self, filter: &Filter<T::Column>) -> Result<i64, StoreError> {
        let mut sql = self.sql();
        sql.push(&format!("SELECT COUNT(*) FROM {} k WHERE ", T::NAME));
        filter.write(&mut sql, "k");
        match self.rows(sql).await?.first() {
            Some(row) => read(T::NAME, row, 0),
            None => Ok(0),
        }
    }

    /// The number of rows of each parent.
    pub async fn count_by_parent<T: Table>(
        &self,
        parent_column: T::Column,
        parents: &[String],
        filter: &Filter<T::Column>,
    ) -> Result<HashMap<String, i64>, StoreError> {
        let mut sql = self.sql();
        let parents_placeholder = sql.placeholder(self.dialect.text_list(parents));
        filter.write(&mut sql, "k");
        let conditions = sql.take_text();
        let from = self.dialect.parents(&parents_placeholder);
        let (table, parent) = (T::NAME, name(parent_column));
        sql.push(&format!(
            "SELECT parent.value, (SELECT COUNT(*) FROM {table} k WHERE k.{parent} = parent.value AND {conditions}) FROM {from}"
        ));
        let rows = self.rows(sql).await?;
        rows.iter().map(|row| Ok((read(T::NAME, row, 0)?, read(T::NAME, row, 1)?))).collect()
    }

    /// All rows whose `key` is among `keys`, in no order; columns must include `key`.
    pub async fn load<T: Table>(
        &self,
        columns: ColumnSet,
        key: T::Column,
        keys: &[String],
    ) -> Result<Vec<Arc<Record>>, StoreError> {
        let mut sql = self.sql();
        sql.push(&format!("SELECT {} FROM {} k WHERE k.{}", list::<T>(columns, "k"), T::NAME, name(key)));
        if is_number(key) {
            sql.member_of_numbers(&keys.iter().filter_map(|key| key.parse().ok()).collect::<Vec<_>>());
        } else {
            sql.member_of(keys);
        }
        self.decode::<T>(columns, sql).await
    }

    /// All rows that meet `filter`, for a lookup which the table's own constraints keep small.
    pub async fn find<T: Table>(
        &self,
        columns: ColumnSet,
        filter: &Filter<T::Column>,
    ) -> Result<Option<Arc<Record>>, StoreError> {
        let mut sql = self.sql();
        sql.push(&format!("SELECT {} FROM {} k WHERE ", list::<T>(columns, "k"), T::NAME));
        filter.write(&mut sql, "k");
        sql.push(&format!(" ORDER BY k.{} LIMIT 1", name(T::KEY)));
        Ok(self.decode::<T>(columns, sql).await?.into_iter().next())
    }

    pub(super) async fn decode<T: Table>(&self, columns: ColumnSet, sql: Sql) -> Result<Vec<Arc<Record>>, StoreError> {
        let decoder = Decoder::new::<T>(columns, 0);
        self.rows(sql).await?.iter().map(|row| decoder.record(row).map(Arc::new)).collect()
    }
}

fn limit<C>(listing: &Listing<C>) -> i64 {
    i64::try_from(listing.slice.size.saturating_add(1)).unwrap_or(i64::MAX)
}
