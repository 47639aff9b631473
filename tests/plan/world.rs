//! The large world: a gateway to 100,000 postings, and the statements that its answers take.

use std::fmt::Debug;
use std::sync::{Mutex, PoisonError};

use jobgraph::graphql::Gateway;
use jobgraph::http::GraphqlRequest;
use jobgraph::plan::Limits;
use serde_json::{Map, Value};
use tokio::runtime::Runtime;
use tracing::field::{Field, Visit};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};

use crate::crowd::Crowd;
use crate::support::{Backend, Database};

/// When everything is asked, as of the small world. 2026-11-20T12:00:00Z.
const NOW: i64 = 1_795_176_000_000;

/// A statement as the store logs it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Logged {
    /// With its parameters written out.
    pub(crate) statement: String,
    pub(crate) micros: u64,
}

static LOG: Mutex<Vec<Logged>> = Mutex::new(Vec::new());
/// One question is asked at a time, so that the log is of that one.
static TURN: Mutex<()> = Mutex::new(());

pub(crate) struct World {
    gateway: Gateway,
    crowd: Crowd,
    // Dropped after those that use it, and before what its connection runs on.
    _database: Database,
    runtime: Runtime,
}

/// Reads the store's log from here on.
pub(crate) fn listen() {
    let filter = tracing_subscriber::EnvFilter::new("jobgraph::store=trace");
    let subscriber = tracing_subscriber::registry().with(Recorder.with_filter(filter));
    tracing::subscriber::set_global_default(subscriber).expect("nothing listens yet");
}

impl World {
    /// The world in a database of this kind, which goes with it.
    pub(crate) fn new(backend: Backend) -> Self {
        let runtime = Runtime::new().expect("a runtime starts");
        let (database, gateway, crowd) = runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            let crowd = Crowd::fill(backend, &database, &store, NOW).await;
            let gateway = Gateway::new(store, Limits::default(), || NOW).expect("the schema is valid");
            (database, gateway, crowd)
        });
        Self { gateway, crowd, _database: database, runtime }
    }

    /// The answer, and the statements that it took.
    pub(crate) fn ask(&self, query: &str, variables: Map<String, Value>) -> (String, Vec<Logged>) {
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        LOG.lock().unwrap_or_else(PoisonError::into_inner).clear();
        let request = GraphqlRequest { query: query.to_owned(), variables, ..GraphqlRequest::default() };
        let executed = self.runtime.block_on(self.gateway.execute(&request, "test"));
        let logged = std::mem::take(&mut *LOG.lock().unwrap_or_else(PoisonError::into_inner));
        (String::from_utf8_lossy(&executed.answer.body).into_owned(), logged)
    }

    pub(crate) fn explain(&self, statement: &str) -> Vec<String> {
        self.runtime.block_on(self.crowd.explain(statement))
    }
}

struct Recorder;

impl<S: tracing::Subscriber> Layer<S> for Recorder {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        let mut logged = Logged::default();
        event.record(&mut logged);
        if !logged.statement.is_empty() {
            LOG.lock().unwrap_or_else(PoisonError::into_inner).push(logged);
        }
    }
}

impl Visit for Logged {
    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "statement" {
            value.clone_into(&mut self.statement);
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "micros" {
            self.micros = value;
        }
    }
}
