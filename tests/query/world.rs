//! The one small world that all questions are about: the demo's boards, ingested once a database.

use std::sync::OnceLock;

use jobgraph::graphql::{Executed, Gateway};
use jobgraph::http::GraphqlRequest;
use jobgraph::ingest::{self, Intake};
use jobgraph::plan::Limits;
use tokio::runtime::Runtime;

use crate::support::{Backend, Database};

/// When everything is asked and was recorded: after the last snapshot of the demo. 2026-11-20T12:00:00Z.
pub(crate) const NOW: i64 = 1_795_176_000_000;

pub(crate) struct World {
    runtime: Runtime,
    gateway: Gateway,
    // Dropping it would drop the database under the gateway.
    _database: Database,
}

impl World {
    /// The world in a database of this kind, made when it is first asked for.
    pub(crate) fn of(backend: Backend) -> &'static Self {
        static SQLITE: OnceLock<World> = OnceLock::new();
        static POSTGRES: OnceLock<World> = OnceLock::new();
        match backend {
            Backend::Sqlite => SQLITE.get_or_init(|| Self::make(backend)),
            Backend::Postgres => POSTGRES.get_or_init(|| Self::make(backend)),
        }
    }

    fn make(backend: Backend) -> Self {
        let runtime = Runtime::new().expect("a runtime starts");
        let (database, gateway) = runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            let intake = Intake { store: &store, archive: None, policy: None, clock: || NOW };
            for answer in jobgraph::demo::answers().expect("the demo's boards can be read") {
                intake.apply(&ingest::Arrived::from(answer)).await.expect("the demo's boards are applied");
            }
            let gateway = Gateway::new(store, Limits::default(), || NOW).expect("the schema is valid");
            (database, gateway)
        });
        Self { runtime, gateway, _database: database }
    }

    pub(crate) fn ask(&self, query: &str, variables: serde_json::Map<String, serde_json::Value>) -> Executed {
        let request = GraphqlRequest { query: query.to_owned(), variables, ..GraphqlRequest::default() };
        self.runtime.block_on(self.gateway.execute(&request, "test"))
    }
}
