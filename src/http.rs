//! The HTTP side of the program: the routes, the contract with what answers a GraphQL request, and the server
//! that runs both. It knows HTTP and JSON, not what is asked or answered.
//!
//! A request walks `connection` (sockets), `request_id`, `endpoint` (one GraphQL request from end to end) and through
//! it `negotiate`, `access` (with `peer` and `rate`), `body`, `request`, `limits` and `response`; `record` writes its log line. What
//! is answered message by message leaves by `event_stream` or `socket`, both within the bounds of `stream`. Beside it stand `feed`,
//! `export`, `health`, `metrics`, `rest`, the original's calls, the pages for people, `web`, and the `graphiql` page.

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::{self, map_response};
use axum::routing::{any, get};
use futures_util::stream::BoxStream;
use serde_json::{Map, Value};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::access::ApiKey;

use access::Access;
use limits::Limits;
use metrics::Metrics;
use shared_stream::Reservations;
use stream::Streams;

use crate::error::Code;
use crate::export::Format;

pub use access::Caller;
pub use axum::body::Bytes;
pub use export::{ExportQuery, Exported};
pub use feed::{FeedPage, FeedQuery, Unanswered};
pub use rate::{Rate, Spent, Standing};
pub use settings::{Settings, WAITING_MAX, running_max};
pub use stream::Backlog;

mod connection;
mod request_id;

mod cors;

mod access;
mod peer;
mod rate;

mod endpoint;

mod negotiate;

mod body;
mod caching;
mod compression;
mod request;

mod limits;
mod response;
mod settings;

mod event_stream;
mod shared_stream;
mod socket;
mod stream;

mod record;

mod export;
mod feed;
mod graphiql;
mod health;
mod metrics;
mod web;

mod rest;

#[cfg(test)]
mod tests;

/// What stands behind `/graphql`. Everything about HTTP is done before and after it.
pub trait Engine: Send + Sync + 'static {
    /// The request that the body of a POST holds, if that is known without reading it.
    fn repeated(&self, _: &[u8]) -> Option<Arc<GraphqlRequest>> {
        None
    }

    /// Answers one GraphQL request. The future may be dropped at any await: at the time limit, or when the client
    /// hangs up.
    fn answer(&self, request: Arc<GraphqlRequest>, context: RequestContext) -> impl Future<Output = Answer> + Send;

    /// Answers one GraphQL request message by message. Reading the stream too slowly may end it; dropping it ends the
    /// work behind it.
    fn subscribe(
        &self,
        request: GraphqlRequest,
        context: StreamContext,
    ) -> impl Future<Output = Result<Subscribed, Answer>> + Send;

    /// The API key whose secret has this hash, if it is known and neither revoked nor expired.
    fn key(&self, secret_hash: &str) -> impl Future<Output = Result<Option<ApiKey>, Unanswered>> + Send;

    /// A page of the log.
    fn feed(&self, query: FeedQuery) -> impl Future<Output = Result<FeedPage, Unanswered>> + Send;

    /// The latest postings, as a JSON Feed.
    fn latest(&self) -> impl Future<Output = Result<Value, Unanswered>> + Send;

    /// Begins to write all postings that meet a filter; after `time_max` the database ends it.
    fn export(
        &self,
        query: ExportQuery,
        format: Format,
        time_max: Duration,
    ) -> impl Future<Output = Result<Exported, (Code, String)>> + Send;

    /// `None` when requests can be answered, else the reason why not.
    fn not_ready(&self) -> impl Future<Output = Option<String>> + Send;
}

/// One well-formed GraphQL-over-HTTP request. Absent and `null` members are told apart nowhere.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GraphqlRequest {
    /// Empty if the document is named instead.
    pub query: String,
    /// Names a document that the server has.
    pub document_id: Option<String>,
    pub operation_name: Option<String>,
    pub variables: Map<String, Value>,
    pub extensions: Map<String, Value>,
    /// Sent by GET or HEAD, which must never run a mutation.
    pub is_get: bool,
}

#[derive(Clone, Debug)]
pub struct RequestContext {
    pub request_id: String,
    pub caller: Caller,
    /// The tags of the answers that a client has, if it asks by GET whether one of them still holds.
    pub known: Vec<String>,
    /// The body that it was sent in, if that is small enough for it to be known by it when it comes again.
    pub sent: Option<Vec<u8>>,
    /// Whether the document is the program's own, which nobody has to register.
    pub is_own: bool,
}

/// What a stream of messages needs to know beside its request.
#[derive(Clone, Debug)]
pub struct StreamContext {
    pub request_id: String,
    pub caller: Caller,
    /// The position up to which the client has everything, if it says so.
    pub resume_after: Option<i64>,
    /// Cancelled when the server stops: the stream ends, and says where another one goes on.
    pub drain: CancellationToken,
    /// Where messages find room until the client takes them.
    pub backlog: Backlog,
}

/// What answers a request message by message.
pub struct Subscribed {
    /// The position in the log behind which the messages begin, if they are of the log.
    pub after: Option<i64>,
    pub messages: BoxStream<'static, Message>,
}

/// One message of a stream.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// The JSON text of a GraphQL response, and where in the log it stands.
    Next { body: Vec<u8>, position: Option<i64> },
    /// The list of errors that ended the stream; nothing follows.
    Failed { errors: Value },
}

#[derive(Clone, Debug)]
pub struct Answer {
    /// The JSON text of the GraphQL response.
    pub body: Bytes,
    pub outcome: Outcome,
    pub log: AnswerLog,
    /// Names this answer among all to the same request; nothing if it was not asked by GET, or may be another at once.
    pub tag: Option<String>,
}

impl Answer {
    /// What it takes in memory, about, beside the statement it names.
    pub fn bytes(&self) -> usize {
        self.body.len() + self.log.operation_name.as_ref().map_or(0, String::len)
    }

    /// The errors of a response without data.
    fn errors(&self) -> Value {
        let body: Option<Value> = serde_json::from_slice(&self.body).ok();
        body.and_then(|mut body| body.get_mut("errors").map(Value::take)).unwrap_or_else(|| Value::Array(Vec::new()))
    }
}

/// How a request ended, as far as the HTTP status depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// `data` is present, perhaps `null` and with errors beside it.
    Executed,
    /// The client has the answer, which still holds.
    NotModified,
    /// A request error: there is no `data`.
    Refused,
    /// A mutation over GET.
    MethodRefused,
    /// More was asked for than the caller may.
    Forbidden,
    /// More was asked for than the caller may for so many seconds.
    Limited {
        retry_after_s: u64,
    },
    TimedOut,
    Internal,
}

/// What the log line of the request tells of its answer.
#[derive(Clone, Debug, Default)]
pub struct AnswerLog {
    /// `query`, `mutation` or `subscription`.
    pub operation_type: Option<&'static str>,
    pub operation_name: Option<String>,
    pub document_hash: Option<u64>,
    pub cost: u64,
    pub statements: u64,
    /// Rows that the statements read.
    pub rows: u64,
    /// The statement that took longest, if any took long enough to be of interest.
    pub slowest: Option<Box<SlowStatement>>,
}

/// A statement that took long.
#[derive(Clone, Debug)]
pub struct SlowStatement {
    /// Its text, values of filters among its words.
    pub text: String,
    /// Gives the text without any value. That takes longer than many a request, and few are told.
    pub without_values: fn(&str) -> String,
    pub taken: Duration,
    /// How many rows it read.
    pub rows: u64,
}

/// What the handlers share.
struct Server<E> {
    engine: Arc<E>,
    settings: Settings,
    limits: Limits,
    access: Access,
    streams: Arc<Streams>,
    reservations: Reservations,
    /// The places for exports.
    exports: Streams,
    metrics: Metrics,
    drain: CancellationToken,
}

/// All routes. Once `drain` is cancelled, `/readyz` says no and streams end.
pub fn router<E: Engine>(engine: Arc<E>, settings: Settings, drain: CancellationToken) -> Router {
    let streams = Arc::new(Streams::new(settings.streams_max, "open streams"));
    routes(engine, settings, streams, drain)
}

fn routes<E: Engine>(engine: Arc<E>, settings: Settings, streams: Arc<Streams>, drain: CancellationToken) -> Router {
    let page = if settings.graphiql { graphiql::routes(settings.introspection) } else { Router::new() };
    let pages = if settings.web { web::routes() } else { Router::new() };
    let limits = Limits::new(&settings);
    let access = Access::new(&settings);
    let cors = cors::layer(&settings.cors_origins);
    let exports = Streams::new(settings.exports_max, "exports under way");
    let metrics = Metrics::new();
    let reservations = Reservations::default();
    let server = Arc::new(Server { engine, settings, limits, access, streams, reservations, exports, metrics, drain });
    let export = |format| get(move |state, id, query, head| export::export::<E>(format, state, id, query, head));

    let router = Router::new()
        // Every method, so that the endpoint itself refuses, counts and logs the ones it has no use for.
        .route("/graphql", any(endpoint::graphql::<E>))
        .route("/feed", get(feed::page::<E>))
        .route("/feed.json", get(feed::latest::<E>))
        .route("/export.ndjson", export(Format::Ndjson))
        .route("/export.csv", export(Format::Csv))
        .route("/export.parquet", export(Format::Parquet))
        .route("/livez", get(health::live))
        .route("/readyz", get(health::ready::<E>))
        .route("/healthz", get(health::ready::<E>))
        .route("/metrics", get(metrics::text::<E>))
        .merge(rest::routes::<E>())
        .merge(pages)
        .with_state(server)
        .merge(page)
        .fallback(response::not_found)
        .method_not_allowed_fallback(response::method_not_allowed)
        .layer(compression::layer())
        .layer(map_response(compression::weaken_tag))
        .layer(middleware::from_fn(request_id::attach));
    match cors {
        Some(cors) => router.layer(cors),
        None => router,
    }
}

/// Answers on `listener` until `shutdown` is ready, then takes no more connections and lets the open requests end,
/// for `drain_timeout` at most.
pub async fn serve<E: Engine>(
    listener: TcpListener,
    engine: Arc<E>,
    settings: Settings,
    shutdown: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    tracing::info!(address = %listener.local_addr()?, "listening");
    let drain = CancellationToken::new();
    let streams = Arc::new(Streams::new(settings.streams_max, "open streams"));
    let router = routes(engine, settings.clone(), Arc::clone(&streams), drain.clone());
    connection::serve_all(listener, router, &settings, &streams, drain, shutdown).await;
    Ok(())
}
