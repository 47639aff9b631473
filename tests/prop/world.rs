//! A database with what was invented for it, and the gateway in front of it.

use jobgraph::graphql::Gateway;
use jobgraph::http::GraphqlRequest;
use jobgraph::ingest::verdict::Policy;
use jobgraph::ingest::{Arrived, Body, Intake};
use jobgraph::plan::Limits;
use jobgraph::store::Store;
use serde_json::{Map, Value, json};

use crate::support::{Backend, Database};

/// When everything is asked: 2026-03-01T12:00:00Z, while the last postings still have deadlines ahead.
pub(crate) const NOW: i64 = 1_772_366_400_000;

pub(crate) struct World {
    pub(crate) backend: Backend,
    pub(crate) store: Store,
    gateway: Gateway,
    // Dropping it would drop the database under the gateway.
    _database: Database,
}

/// One answer of a board.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) board: String,
    pub(crate) at: i64,
    /// Nothing where the board did not answer.
    pub(crate) jobs: Option<Vec<Value>>,
}

impl World {
    pub(crate) async fn new(backend: Backend) -> Self {
        let database = Database::new(backend).await;
        let store = database.store().await;
        // A year of a hundred values is more than is answered at once.
        let limits = Limits { cost_max: 1_000_000, ..Limits::default() };
        let gateway = Gateway::new(store.clone(), limits, || NOW).expect("the schema is valid");
        Self { backend, store, gateway, _database: database }
    }

    pub(crate) async fn of(backend: Backend, answers: &[Answer]) -> Self {
        let world = Self::new(backend).await;
        world.add(answers).await;
        world
    }

    pub(crate) async fn add(&self, answers: &[Answer]) {
        let policy = Policy { close_after_misses: 2, ..Policy::immediate() };
        let intake = Intake { store: &self.store, archive: None, policy: Some(policy), clock: || NOW };
        for answer in answers {
            let body = match &answer.jobs {
                Some(jobs) => Body::Read(json!({ "jobs": jobs }).to_string().into_bytes()),
                None => Body::Failed("no answer".to_owned()),
            };
            let (provider, board, at) = ("greenhouse".to_owned(), answer.board.clone(), answer.at);
            let arrived = Arrived { provider, board, started_at: at, finished_at: at, http_status: None, body };
            intake.apply(&arrived).await.expect("it is applied");
        }
    }

    /// What is answered; there must be no error.
    pub(crate) async fn ask(&self, query: &str, variables: Value) -> Value {
        let shown = variables.to_string();
        let Value::Object(variables) = variables else { panic!("variables are an object") };
        let mut answer = self.answer(query, variables).await;
        assert_eq!(answer.get("errors"), None, "{} {query} {shown}", self.backend);
        answer["data"].take()
    }

    pub(crate) async fn answer(&self, query: &str, variables: Map<String, Value>) -> Value {
        let request = GraphqlRequest { query: query.to_owned(), variables, ..GraphqlRequest::default() };
        let executed = self.gateway.execute(&request, "test").await;
        serde_json::from_slice(&executed.answer.body).expect("it is JSON")
    }

    /// All rows of a list. `query` takes `$after` and names the list `list`; what else it asks stands in each page.
    pub(crate) async fn all(&self, query: &str, variables: &Value) -> Vec<Value> {
        let mut rows = Vec::new();
        let mut variables = variables.clone();
        loop {
            let mut data = self.ask(query, variables.clone()).await;
            let list = &mut data["list"];
            let Value::Array(nodes) = list["nodes"].take() else { panic!("it is a list") };
            rows.extend(nodes);
            if list["pageInfo"]["hasNextPage"] == false {
                return rows;
            }
            variables["after"] = list["pageInfo"]["endCursor"].take();
        }
    }
}
