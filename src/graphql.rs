//! The schema, and how a planned request is executed on it.
//!
//! `plan` has validated, normalized and priced the document before anything here sees it, so execution runs in fast
//! mode. What resolvers read is loaded ahead of them, see `request`.

mod admission;
mod answers;
mod archived;
mod arguments;
mod below;
mod body;
mod documents;
mod error;
mod export;
mod facet;
mod federation;
mod filter;
mod log;
mod moment;
mod node;
mod page;
mod parsed;
mod query;
mod rate_limit;
mod relation;
mod repeated;
mod request;
mod root;
mod scalar;
mod schema;
mod scope;
mod slice;
mod stats;
mod stream;
mod subscription;
mod value;
mod vocabulary;
mod watch;
mod written;

mod crawl;
mod event;
mod job;
mod org;
mod source;
mod webhook;

use std::sync::Arc;
use std::time::Duration;

use async_graphql::Variables;
use async_graphql::parser::types::ExecutableDocument;
use entity::ABSENT;
use serde_json::{Map, Value, json};

use self::admission::with_extensions;
use self::answers::{Answers, Found, Question};
use self::body::{body, describe, internal, refused, told, whole};
use self::documents::Documents;
use self::error::Failure;
use self::federation::{Subgraph, asked_sdl, subgraph};
use self::parsed::Parsed;
use self::rate_limit::Bill;
use self::request::Request;
use self::schema::{Deliveries, Graph, build, deliveries, schema};
use self::written::{ANSWER_BYTES_MAX, Straight};
use crate::access::{ApiKey, Scopes};
use crate::config::API_KEY_USE_MS;
use crate::error::Code;
use crate::export::Format;
use crate::feed::{Feed, FeedSettings};
use crate::http::{
    Answer, AnswerLog, Bytes, Caller, Engine, ExportQuery, Exported, FeedPage, FeedQuery, GraphqlRequest, Outcome,
    RequestContext, StreamContext, Subscribed, Unanswered,
};
use crate::plan::{Limits, OperationKind, Planned, Planner, PlannerError, Refusal};
use crate::store::Store;

pub use self::documents::{ManifestError, read_manifest};
pub use self::federation::subgraph_sdl;
pub use self::schema::sdl;

const ANSWERED_AS_A_STREAM: &str = "a subscription is answered as a stream\nhint: ask over WebSocket by \"graphql-transport-ws\", or accept \"text/event-stream\"";

/// Answers GraphQL requests from a store.
pub struct Gateway {
    documents: Documents,
    schema: Graph,
    /// What answers instead of it where gateways ask too.
    subgraph: Option<Subgraph>,
    deliveries: Deliveries,
    planner: Planner,
    store: Store,
    feed: Arc<Feed>,
    clock: fn() -> i64,
    answers: Option<Answers>,
    /// Whether documents that nobody registered may ask for the schema.
    is_schema_told: bool,
    /// Whether what can be is written straight from rows.
    is_straight: bool,
    parsed: Parsed,
}

/// What a request was answered, with the statements it took.
pub struct Executed {
    pub answer: Answer,
    pub statements: Vec<String>,
}

impl Gateway {
    /// `clock` gives UTC milliseconds since 1970.
    pub fn new(store: Store, limits: Limits, clock: fn() -> i64) -> Result<Self, PlannerError> {
        let planner = Planner::new(&sdl(), limits)?;
        let feed = Feed::new(store.clone(), FeedSettings::default());
        let parsed = Parsed::new(planner.limits().cached_bytes_max);
        Ok(Self {
            documents: Documents::default(),
            schema: schema(),
            subgraph: None,
            deliveries: deliveries(),
            planner,
            store,
            feed,
            clock,
            answers: None,
            is_schema_told: true,
            is_straight: true,
            parsed,
        })
    }

    /// Answers gateways as well, as a subgraph of theirs. To be said before documents are registered.
    pub fn with_federation(self) -> Result<Self, PlannerError> {
        let planner = Planner::new(&asked_sdl(), self.planner.limits().clone())?;
        Ok(Self { planner, subgraph: Some(subgraph()), ..self })
    }

    /// Serves readers of the log by other settings than the usual.
    pub fn with_feed(mut self, settings: FeedSettings) -> Self {
        self.feed = Feed::new(self.store.clone(), settings);
        self
    }

    /// Keeps answers for who asks the same again, up to so many bytes.
    pub fn with_answers(self, bytes_max: u64) -> Self {
        let answers = (bytes_max > 0).then(|| Answers::new(self.store.clone(), bytes_max));
        Self { answers, ..self }
    }

    /// Resolves every field by the executor, and writes none straight from rows: for tests that compare the two.
    pub fn resolving(self) -> Self {
        Self { is_straight: false, ..self }
    }

    /// Answers a request, and tells by which statements.
    pub async fn execute(&self, request: &GraphqlRequest, request_id: &str) -> Executed {
        let context = RequestContext {
            request_id: request_id.to_owned(),
            caller: Caller::program(),
            known: Vec::new(),
            sent: None,
            is_own: false,
        };
        self.execute_for(&Arc::new(request.clone()), &context).await
    }

    async fn execute_for(&self, request: &Arc<GraphqlRequest>, context: &RequestContext) -> Executed {
        let before = context.sent.as_ref().and_then(|sent| self.answers.as_ref()?.repeated.find(sent));
        let (question, planned) = before.unzip();
        let planned = match self.admit(request, planned, &context.caller, context.is_own) {
            Ok(planned) => planned,
            Err(answer) => return Executed { answer: *answer, statements: Vec::new() },
        };
        if planned.operation.kind == OperationKind::Subscription {
            let answer = refused(&Refusal::new(Code::NotAcceptable, ANSWERED_AS_A_STREAM));
            return Executed { answer, statements: Vec::new() };
        }
        let told = self.told_cost(request, &planned);
        let tag =
            if request.is_get && !context.is_own { self.tag(&planned, context, told.as_ref()).await } else { None };
        if let Some(tag) = tag.as_ref().filter(|tag| context.known.contains(tag)) {
            let log = AnswerLog {
                operation_type: Some(planned.operation.kind.name()),
                operation_name: planned.operation.name.clone(),
                document_hash: Some(planned.operation.hash),
                cost: planned.cost,
                ..AnswerLog::default()
            };
            let answer = Answer { body: Bytes::new(), outcome: Outcome::NotModified, log, tag: Some(tag.clone()) };
            return Executed { answer, statements: Vec::new() };
        }
        let (mut executed, lasts) = self.recall(request, question, planned, context).await;
        executed.answer.tag = tag.filter(|_| lasts);
        if let Some(told) = told {
            executed.answer.body = with_extensions(&executed.answer.body, &told);
        }
        executed
    }

    /// Answers a planned request by what was answered before, as long as that is true; and whether the answer is good until
    /// the data change.
    async fn recall(
        &self,
        request: &Arc<GraphqlRequest>,
        question: Option<Question>,
        planned: Planned,
        context: &RequestContext,
    ) -> (Executed, bool) {
        let Some(answers) = &self.answers else {
            return self.run(planned, context).await;
        };
        let is_known = question.is_some();
        let question = question.unwrap_or_else(|| Question::of(&planned));
        match answers.find(&question).await {
            Found::Answer(answer) => {
                if let Some(sent) = context.sent.as_ref().filter(|_| !is_known) {
                    answers.repeated.keep(sent, request, question, planned);
                }
                (Executed { answer, statements: Vec::new() }, true)
            }
            Found::Nothing => self.run(planned, context).await,
            Found::Keep(version) => {
                let (executed, lasts) = self.run(planned, context).await;
                if lasts {
                    answers.keep(question, version, &executed.answer).await;
                }
                (executed, lasts)
            }
        }
    }

    /// Executes a planned request, and tells whether the answer is good until the data change.
    async fn run(&self, planned: Planned, context: &RequestContext) -> (Executed, bool) {
        let operation = Arc::clone(&planned.operation);
        let mut log = AnswerLog {
            operation_type: Some(operation.kind.name()),
            operation_name: operation.name.clone(),
            document_hash: Some(operation.hash),
            cost: planned.cost,
            ..AnswerLog::default()
        };
        let bill = context.caller.standing().map(|standing| Bill { cost: planned.cost.max(1), standing });
        let state = Request::new(self.store.reader(), operation, planned.variables, (self.clock)()).await;
        let written = if self.is_straight { root::write(&state).await } else { None };
        let (body, outcome, is_whole) = match written {
            Some(data) => (whole(&data), Outcome::Executed, true),
            None => self.resolve(&state, bill, &context.request_id).await,
        };
        let statements = log::of_statements(state.reader.take_ran(), &mut log);
        let lasts = is_whole && !state.clock.is_read();
        (Executed { answer: Answer { body: body.into(), outcome, log, tag: None }, statements }, lasts)
    }

    /// The body of an answer that the executor gives, and whether all went well.
    async fn resolve(&self, state: &Arc<Request>, bill: Option<Bill>, request_id: &str) -> (Vec<u8>, Outcome, bool) {
        let operation = &state.operation;
        let Some(document) = self.parsed.find(operation) else {
            tracing::error!(request_id, "a normalized document was not understood");
            let body = json!({ "errors": [internal(request_id)] }).to_string().into_bytes();
            return (body, Outcome::Internal, false);
        };
        let variables = Variables::from_json(Value::Object(Map::clone(&state.variables)));
        let mut request = async_graphql::Request::new("").variables(variables).data(Arc::clone(state));
        if self.is_straight {
            request = request.data(Straight(Arc::clone(state)));
        }
        if let Some(bill) = bill {
            request = request.data(bill);
        }
        request.set_parsed_query(ExecutableDocument::clone(&document));
        let response = match &self.subgraph {
            Some(subgraph) => subgraph.execute(request).await,
            None => self.schema.execute(request).await,
        };
        let errors: Vec<Value> = response.errors.iter().map(|error| describe(error, operation, request_id)).collect();
        let body = body(&errors, &response.data);
        if body.len() > ANSWER_BYTES_MAX {
            let refused = json!({ "errors": [told(&Failure::TooLong)], "data": null });
            return (refused.to_string().into_bytes(), Outcome::Executed, false);
        }
        (body, Outcome::Executed, errors.is_empty())
    }
}

impl Engine for Gateway {
    fn repeated(&self, body: &[u8]) -> Option<Arc<GraphqlRequest>> {
        self.answers.as_ref()?.repeated.request(body)
    }

    async fn answer(&self, request: Arc<GraphqlRequest>, context: RequestContext) -> Answer {
        self.execute_for(&request, &context).await.answer
    }

    async fn subscribe(&self, request: GraphqlRequest, context: StreamContext) -> Result<Subscribed, Answer> {
        self.open(&request, context).await
    }

    async fn key(&self, secret_hash: &str) -> Result<Option<ApiKey>, Unanswered> {
        let now = (self.clock)();
        let Some(key) = self.store.api_key(secret_hash).await? else {
            return Ok(None);
        };
        if key.revoked_at != ABSENT || (key.expires_at != ABSENT && key.expires_at <= now) {
            return Ok(None);
        }
        if key.last_used_at < now - API_KEY_USE_MS {
            let (store, key_id) = (self.store.clone(), key.key_id.clone());
            tokio::spawn(async move {
                // A server whose role may not write answers all the same.
                if let Err(error) = store.note_api_key_use(&key_id, now - API_KEY_USE_MS, now).await {
                    tracing::debug!(error = %error, "the use of a key is not noted");
                }
            });
        }
        Ok(Some(ApiKey { key_id: key.key_id, scopes: Scopes::parse(&key.scopes) }))
    }

    async fn feed(&self, query: FeedQuery) -> Result<FeedPage, Unanswered> {
        self.feed.page(&query).await
    }

    async fn latest(&self) -> Result<Value, Unanswered> {
        self.feed.latest().await
    }

    async fn export(&self, query: ExportQuery, format: Format, time_max: Duration) -> Result<Exported, (Code, String)> {
        let export = self.begin_export(&query, Some(time_max)).await?;
        Ok(Exported { snapshot: export.snapshot, body: crate::export::stream(export, format, query.formulas) })
    }

    async fn not_ready(&self) -> Option<String> {
        match self.store.is_current().await {
            Ok(true) => None,
            Ok(false) => Some("the database has migrations to apply; run \"jobgraph migrate up\"".to_owned()),
            Err(error) => {
                tracing::warn!(error = %error, "the database is not ready");
                Some("the database does not answer".to_owned())
            }
        }
    }
}
