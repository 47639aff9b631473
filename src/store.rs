//! The only place that speaks SQL: connections, transactions, and one file of statements a noun.
//!
//! Reading and writing have pools of their own. A request reads through a `Reader`, which counts its statements; a
//! crawl writes through one `Writing`, whose commit makes all its effects visible at once.
//! Nothing here knows GraphQL or HTTP.

pub mod along;
pub mod below;
pub mod dialect;
pub mod error;
pub mod filter;
pub mod key;
mod lanes;
pub mod page;
pub mod reader;
mod readers;
pub mod row;
pub mod scope;
pub mod sql;
pub mod table;

pub mod api_key;
pub mod crawl;
pub mod event;
pub mod job;
pub mod org;
pub mod raw;
pub mod role;
pub mod source;
pub mod webhook;

pub mod count;
pub mod export;
pub mod facet;
pub mod rollup;

pub mod apply;
pub mod backup;
pub mod bulk;
pub mod content;
mod deferred;
mod insert;
pub mod known;
mod rows;
mod search;
pub mod sighting;
pub mod stale;
pub mod version;

use std::sync::Arc;
use std::time::Duration;

use migration::{Migrations, Migrator};
use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};

use self::dialect::{Access, one_connection};
use self::error::StoreError;
use self::reader::Reader;
use self::readers::Readers;

pub use self::dialect::Dialect;

/// How a store is opened.
#[derive(Clone, Debug)]
pub struct StoreSettings {
    /// `sqlite://…` or `postgres://…`.
    pub database_url: String,
    pub readers_max: u32,
    /// How long a statement of a reader may take.
    pub statement_timeout: Duration,
    /// How long a request waits for a connection.
    pub acquire_timeout: Duration,
}

/// The migration since which indexes may be missing.
const DEFERRING: &str = "m20261126_10_deferred_indexes";

/// A state of the data as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataVersion(Box<str>);

/// The database: a pool for readers and one connection for the writer.
#[derive(Clone, Debug)]
pub struct Store {
    read: Readers,
    write: DatabaseConnection,
    dialect: Dialect,
}

impl Store {
    /// Connects. Creates the file of an SQLite database that is not there yet, but no tables.
    pub async fn open(settings: &StoreSettings) -> Result<Self, StoreError> {
        let dialect = Dialect::of_url(&settings.database_url)?;
        let mut write = one_connection(&settings.database_url);
        write.acquire_timeout(settings.acquire_timeout);
        dialect.prepare_writer(&mut write);
        let write = Database::connect(write).await?;
        let read = dialect.readers(settings, Access::Full).await?;
        Ok(Self { read, write, dialect })
    }

    /// Connects to a database that may only be read, as by a role that has no more rights or on a disk that cannot be
    /// written. Whatever would change something fails.
    pub async fn open_read_only(settings: &StoreSettings) -> Result<Self, StoreError> {
        let dialect = Dialect::of_url(&settings.database_url)?;
        let read = dialect.readers(settings, Access::ReadOnly).await?;
        Ok(Self { write: read.pool.clone(), read, dialect })
    }

    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// A reader for one request.
    pub fn reader(&self) -> Reader {
        Reader::new(self.read.clone(), self.dialect)
    }

    /// What changes whenever the data do. Equal versions, both looked at while it is open: equal data.
    pub async fn data_version(&self) -> Result<DataVersion, StoreError> {
        Ok(DataVersion(self.read.data_version().await?.into()))
    }

    /// Begins the one write transaction of a crawl. Others wait for it, in whatever process they are.
    pub async fn begin(&self) -> Result<Writing, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.write.begin_with_options(options).await?;
        if let Some(lock) = self.dialect.writer_lock() {
            transaction.execute_unprepared(lock).await?;
        }
        Ok(Writing { transaction: Arc::new(transaction), dialect: self.dialect })
    }

    /// Has the writer take what it takes to write fast, for whoever is about to write boards.
    pub async fn expect_much_writing(&self) -> Result<(), StoreError> {
        self.write.execute_unprepared(self.dialect.much_writing()).await?;
        Ok(())
    }

    /// Applies all migrations that are not applied yet.
    pub async fn migrate_up(&self) -> Result<(), StoreError> {
        self.complete_indexes().await?;
        Migrator::up(&self.write, None).await?;
        let writing = self.begin().await?;
        writing.complete_contents().await?;
        writing.complete_roles().await?;
        writing.commit().await?;
        self.make_deferred_indexes().await.map(|_| ())
    }

    /// Takes back the latest `steps` migrations.
    pub async fn migrate_down(&self, steps: u32) -> Result<(), StoreError> {
        self.complete_indexes().await?;
        Ok(Migrator::down(&self.write, Some(steps)).await?)
    }

    /// Makes what is missing, so that each migration finds all indexes that it may change.
    async fn complete_indexes(&self) -> Result<(), StoreError> {
        let knows = |(name, is_applied): &(String, bool)| *is_applied && name == DEFERRING;
        if self.migrations().await?.iter().any(knows) {
            self.make_deferred_indexes().await?;
        }
        Ok(())
    }

    /// Every migration by name, and whether it is applied.
    pub async fn migrations(&self) -> Result<Vec<(String, bool)>, StoreError> {
        let all = Migrator::get_migration_with_status_read_only(&self.read.pool).await?;
        Ok(all.iter().map(|one| (one.name().to_owned(), one.status() == migration::MigrationStatus::Applied)).collect())
    }

    /// Whether the database answers and has every migration.
    pub async fn is_current(&self) -> Result<bool, StoreError> {
        let pending = Migrator::get_pending_migrations_read_only(&self.read.pool).await?;
        Ok(pending.is_empty())
    }

    /// Closes both pools.
    pub async fn close(self) -> Result<(), StoreError> {
        self.read.close().await?;
        Ok(self.write.close().await?)
    }
}

/// An open write transaction; dropping it takes everything back.
#[derive(Clone, Debug)]
pub struct Writing {
    transaction: Arc<DatabaseTransaction>,
    dialect: Dialect,
}

impl Writing {
    /// A reader that sees what this transaction has written.
    pub fn reader(&self) -> Reader {
        Reader::within(Arc::clone(&self.transaction), self.dialect)
    }

    pub(crate) fn transaction(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Runs a statement without parameters, once.
    async fn execute(&self, statement: &str) -> Result<(), StoreError> {
        self.transaction.execute_unprepared(statement).await?;
        Ok(())
    }

    /// Makes everything written visible at once.
    pub async fn commit(self) -> Result<(), StoreError> {
        let transaction = Arc::into_inner(self.transaction)
            .expect("a reader of a transaction does not outlive the crawl that uses it");
        Ok(transaction.commit().await?)
    }
}
