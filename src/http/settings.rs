//! What of the HTTP side may be set: limits, times, and what is served to whom.

use std::time::Duration;

use ipnet::IpNet;

use super::rate::Rate;
use crate::access::Scopes;
use crate::config::API_KEYS_KEPT;

#[derive(Clone, Debug)]
pub struct Settings {
    pub body_bytes_max: usize,
    /// Path and query together.
    pub url_bytes_max: usize,
    /// Counts from the first moment a request could be sent, so an idle connection is kept as long, no longer.
    pub header_read_timeout: Duration,
    pub body_read_timeout: Duration,
    pub request_timeout: Duration,
    /// How long a client may take for 64 KiB of its response, or for what is left of it.
    pub write_timeout: Duration,
    /// Requests that are answered or wait for it; one more is refused at once.
    pub concurrency_max: usize,
    /// Requests worked on at once; the others wait.
    pub running_max: usize,
    /// How long after a request that found no other beside it the next ones are taken to be alone as well, unless one is seen.
    pub alone_for: Duration,
    /// Requests that may wait before more is asked than can be done: as many clients as run and wait, each of which asks again once it
    /// is answered, are not refused.
    pub waiting_max: usize,
    /// How long a request waits to be worked on. If more than may wait have waited for as long, more is asked than can be done.
    pub wait_max: Duration,
    /// How long that is taken for granted, if others are refused meanwhile: nobody waits, and who finds no turn is refused. As long
    /// after it, whenever more than may wait do so, it begins again, for twice as long as before, up to twelve times this.
    pub overload_time: Duration,
    /// How long a request counts among those worked on: one that takes longer waits for the database most of the time, whose
    /// connections are counted as well.
    pub turn_max: Duration,
    /// Open connections; one more waits in the kernel's queue.
    pub connections_max: usize,
    /// How long open requests may go on after the shutdown signal.
    pub drain_timeout: Duration,
    /// Open WebSockets and event streams; one more is refused.
    pub streams_max: u32,
    /// Of them those of one API key, or of one address without a key; one more is refused.
    pub streams_per_caller_max: usize,
    /// How long the client of a stream or an export may take for 64 KiB of what waits for it; longer than the stream itself bears
    /// it, so that the stream can still tell why it ends.
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
            alone_for: Duration::from_millis(5),
            waiting_max: WAITING_MAX,
            wait_max: Duration::from_millis(300),
            overload_time: Duration::from_secs(5),
            turn_max: Duration::from_millis(250),
            connections_max: 1024,
            drain_timeout: Duration::from_secs(20),
            streams_max: 1_000,
            streams_per_caller_max: 100,
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
pub const WAITING_MAX: usize = 128;

/// As many requests as keep all processors busy: two for each.
pub fn running_max() -> usize {
    std::thread::available_parallelism().map_or(4, |it| it.get() * 2)
}
