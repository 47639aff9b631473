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
use axum::middleware;
use axum::routing::{any, get};
use futures_util::stream::BoxStream;
use ipnet::IpNet;
use serde_json::{Map, Value};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::access::{ApiKey, Scopes};

use access::Access;
use limits::Limits;
use metrics::Metrics;
use shared_stream::Reservations;
use stream::Streams;

use crate::config::API_KEYS_KEPT;
use crate::error::Code;
use crate::export::Format;

pub use access::Caller;
pub use axum::body::Bytes;
pub use export::{ExportQuery, Exported};
pub use feed::{FeedPage, FeedQuery, Unanswered};
pub use rate::{Rate, Spent, Standing};
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
mod request;

mod limits;
mod response;

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
    /// Answers one GraphQL request. The future may be dropped at any await: at the time limit, or when the client
    /// hangs up.
    fn answer(&self, request: GraphqlRequest, context: RequestContext) -> impl Future<Output = Answer> + Send;

    /// Answers one GraphQL request message by message. Reading the stream too slowly may end it; dropping it ends the
    /// work behind it.
    fn subscribe(
        &self,
        request: GraphqlRequest,
        context: StreamContext,
    ) -> impl Future<Output = Result<BoxStream<'static, Message>, Answer>> + Send;

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
    /// Its text, without any value.
    pub text: String,
    pub taken: Duration,
    /// How many rows it read.
    pub rows: u64,
}

#[derive(Clone, Debug)]
pub struct Settings {
    pub body_bytes_max: usize,
    /// Path and query together.
    pub url_bytes_max: usize,
    /// Counts from the first moment a request could be sent, so an idle connection is kept as long, no longer.
    pub header_read_timeout: Duration,
    pub body_read_timeout: Duration,
    pub request_timeout: Duration,
    /// How long a client may leave a part of its response untaken.
    pub write_timeout: Duration,
    /// Requests that are answered or wait for it; one more is refused at once.
    pub concurrency_max: usize,
    /// Requests worked on at once; the others wait.
    pub running_max: usize,
    /// Requests that may wait whatever there is to do, so that as many clients, each of which asks again once it is answered, are
    /// never refused.
    pub waiting_max: usize,
    /// How long a request waits to be worked on.
    pub wait_max: Duration,
    /// How long if as many wait already, and there was more to do than that for `wait_max`: more is asked then than can be
    /// done, and whoever waits only makes the others wait.
    pub wait_when_busy_max: Duration,
    /// How long a request counts among those worked on: one that takes longer waits for the database most of the time, whose
    /// connections are counted as well.
    pub turn_max: Duration,
    /// Open connections; one more waits in the kernel's queue.
    pub connections_max: usize,
    /// How long open requests may go on after the shutdown signal.
    pub drain_timeout: Duration,
    /// Open WebSockets and event streams; one more is refused.
    pub streams_max: u32,
    /// How long the client of a stream may leave a part of it untaken; longer than the stream itself bears it, so that
    /// the stream can still tell why it ends.
    pub stream_write_timeout: Duration,
    /// Bytes of messages that may wait for one client, of all operations of its WebSocket together.
    pub stream_backlog_bytes_max: usize,
    /// Between two signs of life on an event stream.
    pub event_stream_heartbeat: Duration,
    /// Between two pings on a WebSocket; a client that answers none is gone.
    pub socket_ping_interval: Duration,
    /// How long a client may take to introduce itself on a WebSocket, or to open the event stream that it reserved.
    pub socket_init_timeout: Duration,
    pub socket_message_bytes_max: usize,
    /// Operations at once on one WebSocket or shared event stream; one more is refused.
    pub socket_operations_max: usize,
    /// Other origins whose pages may open a WebSocket, such as `https://jobs.example`; `*` stands for any.
    pub origins: Vec<String>,
    pub graphiql: bool,
    /// Whether the schema is told, at its own address and in the reference.
    pub introspection: bool,
    /// What may be asked for without an API key; nothing if a key is needed.
    pub anonymous: Option<Scopes>,
    /// How long a server takes an API key for what it was found to be.
    pub keys_kept: Duration,
    /// The pages for people.
    pub web: bool,
    /// Where people reach this server, such as `https://jobs.example`; addresses in the heads of pages begin so.
    pub public_url: Option<String>,
    /// What one API key or address may ask for; nothing if there is no limit.
    pub rate: Option<Rate>,
    /// Proxies whose word is taken for whom they ask.
    pub trusted_proxies: Vec<IpNet>,
    /// Other origins whose pages may ask and read the answers; `*` stands for any.
    pub cors_origins: Vec<String>,
    /// How long caches may give an answer to a GET without asking whether it holds, in seconds.
    pub cache_max_age_s: u64,
    /// Exports at once; one more is refused, not queued.
    pub exports_max: u32,
    /// How long one export may take.
    pub export_timeout: Duration,
    /// Requests that take longer leave a line of their own in the log; nothing if none does.
    pub slow: Option<Duration>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            body_bytes_max: 256 * 1024,
            url_bytes_max: 8 * 1024,
            header_read_timeout: Duration::from_secs(10),
            body_read_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(10),
            write_timeout: Duration::from_secs(10),
            concurrency_max: 256,
            running_max: running_max(),
            waiting_max: WAITING_MAX,
            wait_max: Duration::from_millis(300),
            wait_when_busy_max: Duration::from_millis(2),
            turn_max: Duration::from_millis(250),
            connections_max: 1024,
            drain_timeout: Duration::from_secs(20),
            streams_max: 1_000,
            stream_write_timeout: Duration::from_secs(60),
            stream_backlog_bytes_max: 1024 * 1024,
            event_stream_heartbeat: Duration::from_secs(15),
            socket_ping_interval: Duration::from_secs(30),
            socket_init_timeout: Duration::from_secs(10),
            socket_message_bytes_max: 64 * 1024,
            socket_operations_max: 20,
            origins: Vec::new(),
            graphiql: true,
            introspection: true,
            anonymous: Some(Scopes::all()),
            keys_kept: API_KEYS_KEPT,
            web: true,
            public_url: None,
            rate: None,
            trusted_proxies: Vec::new(),
            cors_origins: Vec::new(),
            cache_max_age_s: 0,
            exports_max: 2,
            export_timeout: Duration::from_secs(1_800),
            slow: None,
        }
    }
}

/// Requests that may wait for a turn whatever there is to do, unless something else is said.
pub const WAITING_MAX: usize = 32;

/// As many requests as keep all processors busy while some wait for the database: two for each, and eight at least.
pub fn running_max() -> usize {
    std::thread::available_parallelism().map_or(8, |it| it.get() * 2).max(8)
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
