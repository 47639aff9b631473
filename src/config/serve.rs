//! Settings of `serve`, and what they come to for each part of the program.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use url::Url;

use super::{Access, Switch, Syncing, Webhooks};
use crate::feed::FeedSettings;
use crate::http;
use crate::plan::Limits;

/// Settings of `serve`.
#[derive(Args, Clone, Debug)]
pub struct Serve {
    /// The address to listen at
    #[arg(long, env = "JOBGRAPH_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    pub listen: SocketAddr,
    /// Fill the database from bundled boards of invented employers, and serve those; one that holds other boards is refused
    #[arg(long)]
    pub demo: bool,
    /// Crawl boards when they are due, as `jobgraph sync` does
    #[arg(long, env = "JOBGRAPH_SYNC", conflicts_with = "demo")]
    pub sync: bool,
    /// Change nothing in the database: for a role that may only read, or a file on a disk that cannot be written. Webhooks and
    /// notes of when keys are used are left out
    #[arg(long, env = "JOBGRAPH_READ_ONLY", conflicts_with_all = ["demo", "sync"])]
    pub read_only: bool,
    #[command(flatten)]
    pub syncing: Syncing,
    #[command(flatten)]
    pub access: Access,
    /// Do not serve the GraphiQL page, nor the reference and the schema beside it
    #[arg(long, env = "JOBGRAPH_NO_GRAPHIQL")]
    pub no_graphiql: bool,
    /// Do not serve the pages for people
    #[arg(long, env = "JOBGRAPH_NO_WEB")]
    pub no_web: bool,
    /// Answer gateways of an Apollo Federation too, as a subgraph; "jobgraph schema print --federation" is its schema
    #[arg(long, env = "JOBGRAPH_FEDERATION")]
    pub federation: bool,
    /// Where people reach this server, such as `https://jobs.example`: pages name their own addresses so
    #[arg(long, env = "JOBGRAPH_PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    pub public_url: Option<String>,
    /// Bytes of a request's body at most
    #[arg(long, env = "JOBGRAPH_BODY_BYTES_MAX", default_value_t = 262_144, value_name = "BYTES")]
    pub body_bytes_max: usize,
    /// Seconds that an answer may take
    #[arg(long, env = "JOBGRAPH_REQUEST_TIMEOUT_S", default_value_t = 10, value_name = "SECONDS")]
    pub request_timeout_s: u64,
    /// Requests that are answered or wait for it; one more is refused with 503
    #[arg(long, env = "JOBGRAPH_CONCURRENCY_MAX", default_value_t = 256, value_name = "COUNT")]
    pub concurrency_max: usize,
    /// Requests worked on at once; others wait for a moment, and are refused with 503 if their turn does not come [default: two
    /// for each processor; with PostgreSQL on another machine at least as many as connections for reading]
    #[arg(long, env = "JOBGRAPH_RUNNING_MAX", value_name = "COUNT")]
    pub running_max: Option<usize>,
    /// Requests that may wait for their turn; where more do for a while, most are refused with 503 for some seconds, or as long as it goes on
    #[arg(long, env = "JOBGRAPH_WAITING_MAX", default_value_t = http::WAITING_MAX, value_name = "COUNT")]
    pub waiting_max: usize,
    /// Open connections; one more waits
    #[arg(long, env = "JOBGRAPH_CONNECTIONS_MAX", default_value_t = 1_024, value_name = "COUNT")]
    pub connections_max: usize,
    /// Seconds that open requests may go on after the signal to stop
    #[arg(long, env = "JOBGRAPH_DRAIN_TIMEOUT_S", default_value_t = 20, value_name = "SECONDS")]
    pub drain_timeout_s: u64,
    /// Open WebSockets and event streams; one more is refused with 503
    #[arg(long, env = "JOBGRAPH_STREAMS_MAX", default_value_t = 1_000, value_name = "COUNT")]
    pub streams_max: u32,
    /// Of them, those of one API key, or of one address without a key; one more is refused with 503
    #[arg(long, env = "JOBGRAPH_STREAMS_PER_CALLER_MAX", default_value_t = 100, value_name = "COUNT")]
    pub streams_per_caller_max: usize,
    /// Operations at once on one WebSocket or shared event stream; one more is refused
    #[arg(long, env = "JOBGRAPH_SOCKET_OPERATIONS_MAX", default_value_t = 20, value_name = "COUNT")]
    pub socket_operations_max: usize,
    /// Other origins whose pages may open a WebSocket, separated by commas
    #[arg(long, env = "JOBGRAPH_ORIGINS", value_delimiter = ',', value_name = "ORIGIN")]
    pub origins: Vec<String>,
    /// Milliseconds between two looks for new events, while someone follows them
    #[arg(long, env = "JOBGRAPH_FEED_POLL_MS", default_value_t = 250, value_name = "MILLISECONDS")]
    pub feed_poll_ms: u64,
    /// Seconds that whoever follows events may take none before that ends
    #[arg(long, env = "JOBGRAPH_FEED_LAG_S", default_value_t = 30, value_name = "SECONDS")]
    pub feed_lag_s: u64,
    /// Events that wait for one who follows them, at most
    #[arg(long, env = "JOBGRAPH_FEED_BUFFERED_MAX", default_value_t = 64, value_name = "COUNT")]
    pub feed_buffered_max: usize,
    /// Bytes of events that wait for one client, at most, of all operations of its WebSocket together
    #[arg(long, env = "JOBGRAPH_FEED_BACKLOG_BYTES_MAX", default_value_t = 1_048_576, value_name = "BYTES")]
    pub feed_backlog_bytes_max: usize,
    /// Exports at once; one more is refused with 503
    #[arg(long, env = "JOBGRAPH_EXPORTS_MAX", default_value_t = 2, value_name = "COUNT")]
    pub exports_max: u32,
    /// Seconds that an export may take
    #[arg(long, env = "JOBGRAPH_EXPORT_TIMEOUT_S", default_value_t = 1_800, value_name = "SECONDS")]
    pub export_timeout_s: u64,
    /// Fields inside each other in a document, introspection apart
    #[arg(long, env = "JOBGRAPH_DEPTH_MAX", default_value_t = 12, value_name = "COUNT")]
    pub depth_max: usize,
    /// Do not deliver to webhooks; another process may, with `jobgraph webhooks deliver`
    #[arg(long, env = "JOBGRAPH_NO_WEBHOOKS")]
    pub no_webhooks: bool,
    #[command(flatten)]
    pub webhooks: Webhooks,
    /// Points that a request may cost
    #[arg(long, env = "JOBGRAPH_COST_MAX", default_value_t = 5_000, value_name = "POINTS")]
    pub cost_max: u64,
    /// Bytes of answers kept for who asks the same again while nothing has changed, a quarter of them for the requests they are
    /// known by; 0 keeps none
    #[arg(long, env = "JOBGRAPH_ANSWERS_BYTES_MAX", default_value_t = 33_554_432, value_name = "BYTES")]
    pub answers_bytes_max: u64,
    /// Seconds that caches may give an answer to a GET without asking whether it still holds
    #[arg(long, env = "JOBGRAPH_CACHE_MAX_AGE_S", default_value_t = 0, value_name = "SECONDS")]
    pub cache_max_age_s: u64,
    /// A manifest of documents that requests may name by `documentId`, as Relay, Apollo or GraphQL Code Generator write it
    #[arg(long, env = "JOBGRAPH_DOCUMENTS", value_name = "FILE", required_if_eq("documents_mode", "only"))]
    pub documents: Option<PathBuf>,
    /// What of it: nothing, its documents beside any others, or only its documents
    #[arg(long, env = "JOBGRAPH_DOCUMENTS_MODE", default_value = "prefer", value_name = "MODE")]
    pub documents_mode: DocumentsMode,
    /// Milliseconds from which on a request leaves a line "slow request" in the log, with the statement that took longest;
    /// 0 leaves none
    #[arg(long, env = "JOBGRAPH_SLOW_MS", default_value_t = 1_000, value_name = "MILLISECONDS")]
    pub slow_ms: u64,
    /// Rows that an answer could hold
    #[arg(long, env = "JOBGRAPH_NODES_MAX", default_value_t = 10_000, value_name = "COUNT")]
    pub nodes_max: u64,
}

/// Scheme, host and perhaps a path, which addresses of pages are put behind.
fn public_url(text: &str) -> Result<String, String> {
    let is_public = |url: &Url| matches!(url.scheme(), "http" | "https") && url.query().or(url.fragment()).is_none();
    match Url::parse(text).ok().filter(is_public) {
        Some(_) => Ok(text.trim_end_matches('/').to_owned()),
        None => Err("it is no address of the web\nhint: give scheme and host, such as https://jobs.example".to_owned()),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DocumentsMode {
    Off,
    Prefer,
    Only,
}

impl Serve {
    /// The settings of a server of which as many statements at once run on another machine.
    pub fn http(&self, elsewhere: u32) -> http::Settings {
        let elsewhere = usize::try_from(elsewhere).unwrap_or(usize::MAX);
        http::Settings {
            body_bytes_max: self.body_bytes_max,
            request_timeout: Duration::from_secs(self.request_timeout_s),
            concurrency_max: self.concurrency_max,
            running_max: self.running_max.unwrap_or_else(|| http::running_max().max(elsewhere)),
            waiting_max: self.waiting_max,
            connections_max: self.connections_max,
            drain_timeout: Duration::from_secs(self.drain_timeout_s),
            streams_max: self.streams_max,
            streams_per_caller_max: self.streams_per_caller_max,
            stream_write_timeout: Duration::from_secs(self.feed_lag_s.saturating_mul(2).max(20)),
            stream_backlog_bytes_max: self.feed_backlog_bytes_max,
            socket_operations_max: self.socket_operations_max,
            // A page that may ask may also listen.
            origins: [self.origins.as_slice(), &self.access.cors_origins].concat(),
            graphiql: !self.no_graphiql,
            introspection: self.access.introspection == Switch::On,
            anonymous: self.access.anonymous(),
            web: !self.no_web,
            public_url: self.public_url.clone(),
            rate: self.access.rate(self.cost_max),
            trusted_proxies: self.access.trusted_proxies.clone(),
            cors_origins: self.access.cors_origins.clone(),
            cache_max_age_s: self.cache_max_age_s,
            exports_max: self.exports_max,
            export_timeout: Duration::from_secs(self.export_timeout_s),
            slow: (self.slow_ms > 0).then(|| Duration::from_millis(self.slow_ms)),
            ..http::Settings::default()
        }
    }

    pub fn feed(&self) -> FeedSettings {
        FeedSettings {
            poll_interval: Duration::from_millis(self.feed_poll_ms.max(1)),
            lag_max: Duration::from_secs(self.feed_lag_s),
            buffered_max: self.feed_buffered_max,
            ..FeedSettings::default()
        }
    }

    pub fn limits(&self) -> Limits {
        Limits { depth_max: self.depth_max, cost_max: self.cost_max, nodes_max: self.nodes_max, ..Limits::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_has_a_scheme_and_a_host_and_no_question() {
        assert_eq!(public_url("https://jobs.example/"), Ok("https://jobs.example".to_owned()));
        assert_eq!(public_url("http://10.0.0.1:8080/board"), Ok("http://10.0.0.1:8080/board".to_owned()));
        for refused in ["jobs.example", "ftp://jobs.example", "https://jobs.example/?a", "https://jobs.example/#a", ""]
        {
            assert!(public_url(refused).is_err_and(|text| text.contains("hint: ")), "{refused}");
        }
    }
}
