//! A fresh, migrated database of either kind for each test that asks for one.

use std::fmt;
use std::time::Duration;

use jobgraph::store::dialect::one_connection;
use jobgraph::store::{Store, StoreSettings};
use sea_orm::ConnectionTrait;
use tempfile::TempDir;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Backend {
    Sqlite,
    Postgres,
}

impl fmt::Display for Backend {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        })
    }
}

/// Both kinds, unless `TEST_SQLITE_ONLY` says otherwise.
pub(crate) fn backends() -> Vec<Backend> {
    let is_sqlite_only = std::env::var_os("TEST_SQLITE_ONLY").is_some();
    if is_sqlite_only { vec![Backend::Sqlite] } else { vec![Backend::Sqlite, Backend::Postgres] }
}

pub(crate) struct Database {
    pub(crate) url: String,
    /// The address of the server that holds it, if one does.
    server_url: Option<String>,
    name: String,
    /// Holds the file of an SQLite database.
    _folder: TempDir,
}

impl Database {
    /// An empty database with all tables.
    pub(crate) async fn new(backend: Backend) -> Self {
        let database = Self::empty(backend).await;
        let store = database.store().await;
        store.migrate_up().await.expect("migrations apply");
        store.close().await.expect("the store closes");
        database
    }

    /// A database without tables.
    pub(crate) async fn empty(backend: Backend) -> Self {
        let folder = TempDir::new().expect("a folder can be made");
        let name = format!("test_{}", uuid::Uuid::now_v7().simple());
        match backend {
            Backend::Sqlite => {
                let url = format!("sqlite://{}", folder.path().join("jobgraph.db").display());
                Self { url, server_url: None, name, _folder: folder }
            }
            Backend::Postgres => {
                let server_url = std::env::var("TEST_POSTGRES_URL")
                    .expect("TEST_POSTGRES_URL is set by tests/run; TEST_SQLITE_ONLY=1 leaves PostgreSQL out");
                let server = sea_orm::Database::connect(one_connection(&server_url)).await.expect("PostgreSQL answers");
                server.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database can be made");
                server.close().await.expect("it closes");
                let mut url = url::Url::parse(&server_url).expect("it is an address");
                url.set_path(&name);
                Self { url: url.into(), server_url: Some(server_url), name, _folder: folder }
            }
        }
    }

    pub(crate) async fn store(&self) -> Store {
        Self::open(&self.url).await
    }

    pub(crate) async fn open(url: &str) -> Store {
        let settings = StoreSettings {
            database_url: url.to_owned(),
            readers_max: 4,
            statement_timeout: Duration::from_secs(10),
            acquire_timeout: Duration::from_secs(10),
        };
        Store::open(&settings).await.expect("the store opens")
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Some(server_url) = self.server_url.take() else {
            return;
        };
        let name = self.name.clone();
        // A test may end inside a runtime, where waiting is not allowed; a thread of its own may, over a connection of its own:
        // one of the test's would wait for the runtime that waits for it.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
            runtime.block_on(async {
                let server = sea_orm::Database::connect(one_connection(&server_url)).await.expect("PostgreSQL answers");
                drop(server.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await);
            });
        });
        drop(dropped.join());
    }
}
