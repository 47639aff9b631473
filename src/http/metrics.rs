//! `/metrics`: what the server does, counted for Prometheus, in its text format. Labels come from closed lists alone, so
//! that no client can make their number grow.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

use super::{AnswerLog, Engine, Server};

const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// Upper bounds in seconds, from an answer out of memory to the time limit.
const SECONDS: [f64; 12] = [0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.0, 10.0];
const COSTS: [f64; 8] = [1.0, 10.0, 50.0, 100.0, 500.0, 1_000.0, 5_000.0, 10_000.0];
const STATEMENTS: [f64; 8] = [0.0, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 50.0];

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Ended {
    outcome: &'static str,
}

/// The counters of one server.
pub(super) struct Metrics {
    registry: Registry,
    requests: Family<Ended, Counter>,
    seconds: Histogram,
    cost: Histogram,
    statements: Histogram,
    running: Gauge<i64>,
    streams: Gauge<i64>,
}

impl Metrics {
    pub(super) fn new() -> Self {
        let mut registry = Registry::default();
        let it = Self {
            requests: Family::default(),
            seconds: Histogram::new(SECONDS),
            cost: Histogram::new(COSTS),
            statements: Histogram::new(STATEMENTS),
            running: Gauge::default(),
            streams: Gauge::default(),
            registry: Registry::default(),
        };
        registry.register("build", "The program", Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]));
        registry.register(
            "graphql_requests",
            "Requests to /graphql and REST calls that ended, by how: EXECUTED, NOT_MODIFIED, REFUSED, STREAMED, RESERVED, UPGRADED, ABANDONED or a code",
            it.requests.clone(),
        );
        registry.register(
            "graphql_request_duration_seconds",
            "Time from the head of a request to the head of its answer",
            it.seconds.clone(),
        );
        registry.register("graphql_request_cost", "Cost of each request that was executed", it.cost.clone());
        registry.register(
            "graphql_sql_statements_per_request",
            "Statements sent to the database for each request that was executed",
            it.statements.clone(),
        );
        registry.register("graphql_requests_running", "Requests being answered now", it.running.clone());
        registry.register("graphql_streams_active", "Open WebSockets and event streams", it.streams.clone());
        Self { registry, ..it }
    }

    /// Counts a request that has ended.
    pub(super) fn ended(&self, outcome: &'static str, taken: Duration, answer: &AnswerLog) {
        self.requests.get_or_create(&Ended { outcome }).inc();
        self.seconds.observe(taken.as_secs_f64());
        if answer.document_hash.is_some() {
            self.cost.observe(answer.cost as f64);
            self.statements.observe(answer.statements as f64);
        }
    }
}

pub(super) async fn text<E: Engine>(State(server): State<Arc<Server<E>>>) -> Response {
    let metrics = &server.metrics;
    metrics.running.set(count(server.limits.running()));
    metrics.streams.set(count(server.streams.open()));
    let mut text = String::new();
    encode(&mut text, &metrics.registry).expect("a text takes whatever is written");
    ([(CONTENT_TYPE, MEDIA_TYPE), (CACHE_CONTROL, "no-store")], text).into_response()
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
