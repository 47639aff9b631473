//! The one log line of a request to `/graphql` or a REST call, and its place in the metrics. Both are written when the record is dropped,
//! so that a request whose client hangs up leaves its line too. It tells what was done, never what was sent.

use std::time::{Duration, Instant};

use axum::body::HttpBody;
use axum::http::Method;
#[cfg(feature = "otlp")]
use axum::http::{HeaderMap, HeaderName};
use axum::response::Response;
#[cfg(feature = "otlp")]
use opentelemetry::propagation::{Extractor, TextMapPropagator};
#[cfg(feature = "otlp")]
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tracing::Span;
use tracing::field::Empty;
#[cfg(feature = "otlp")]
use tracing_opentelemetry::OpenTelemetrySpanExt;

use super::metrics::Metrics;
use super::{AnswerLog, Outcome, Server};
use crate::config::SPANS;
use crate::error::Code;

/// The name is the client's text, though only a parsed one gets here.
const OPERATION_CHARS_MAX: usize = 100;

pub(super) struct Record<'a> {
    metrics: &'a Metrics,
    /// What traces tell of the request; of nothing where none are sent.
    pub(super) span: Span,
    /// From when on a request is slow.
    slow: Option<Duration>,
    request_id: String,
    method: Method,
    started: Instant,
    pub(super) outcome: &'static str,
    pub(super) answer: AnswerLog,
    /// `None` until there is a response.
    status: Option<u16>,
    bytes: Option<u64>,
}

impl<'a> Record<'a> {
    pub(super) fn begin<E>(server: &'a Server<E>, request_id: &str, method: &Method) -> Self {
        Self {
            metrics: &server.metrics,
            slow: server.settings.slow,
            span: tracing::info_span!(
                target: SPANS,
                "request",
                otel.name = Empty,
                otel.kind = "server",
                "graphql.operation.type" = Empty,
                graphql.operation.name = Empty,
                graphql.document.hash = Empty,
                http.request.method = method.as_str(),
                http.response.status_code = Empty,
                jobgraph.request_id = request_id,
                jobgraph.outcome = Empty,
                jobgraph.cost = Empty,
                jobgraph.statements = Empty,
                jobgraph.rows = Empty,
            ),
            request_id: request_id.to_owned(),
            method: method.clone(),
            started: Instant::now(),
            outcome: "ABANDONED",
            answer: AnswerLog::default(),
            status: None,
            bytes: None,
        }
    }

    pub(super) fn finish(mut self, response: &Response) {
        self.status = Some(response.status().as_u16());
        self.bytes = response.body().size_hint().exact();
    }
}

impl Drop for Record<'_> {
    fn drop(&mut self) {
        let taken = self.started.elapsed();
        self.metrics.ended(self.outcome, taken, &self.answer);
        let operation = self.answer.operation_name.as_deref();
        let operation: Option<String> = operation.map(|name| name.chars().take(OPERATION_CHARS_MAX).collect());
        // As text, since readers of JSON round integers of this size.
        let document_hash = self.answer.document_hash.map(|hash| format!("{hash:016x}"));
        tracing::info!(
            request_id = self.request_id,
            method = self.method.as_str(),
            status = self.status,
            outcome = self.outcome,
            operation,
            document_hash,
            cost = self.answer.cost,
            statements = self.answer.statements,
            rows = self.answer.rows,
            duration_ms = milliseconds(taken),
            bytes = self.bytes,
            "request"
        );
        self.tell_traces(operation.as_deref(), document_hash.as_deref());
        if self.slow.is_some_and(|slow| taken >= slow) {
            self.tell_slow(operation.as_deref(), document_hash.as_deref(), taken);
        }
    }
}

impl Record<'_> {
    /// Has the span stand below the one that the client names, by <https://www.w3.org/TR/trace-context/>.
    #[cfg(feature = "otlp")]
    pub(super) fn follow(&self, headers: &HeaderMap) {
        let parent = TraceContextPropagator::new().extract(&Given(headers));
        // Where no traces are sent there is nothing that could follow.
        drop(self.span.set_parent(parent));
    }

    /// By the conventions of OpenTelemetry for GraphQL: a span is named by the type of its operation, as there are few of them.
    fn tell_traces(&self, operation: Option<&str>, document_hash: Option<&str>) {
        if self.span.is_disabled() {
            return;
        }
        let kind = self.answer.operation_type;
        self.span.record("otel.name", kind.unwrap_or("request"));
        self.span.record("graphql.operation.type", kind);
        self.span.record("graphql.operation.name", operation);
        self.span.record("graphql.document.hash", document_hash);
        self.span.record("http.response.status_code", self.status);
        self.span.record("jobgraph.outcome", self.outcome);
        self.span.record("jobgraph.cost", self.answer.cost);
        self.span.record("jobgraph.statements", self.answer.statements);
        self.span.record("jobgraph.rows", self.answer.rows);
    }

    /// The line of a slow request, which says where to look. A statement stands there without its values.
    fn tell_slow(&self, operation: Option<&str>, document_hash: Option<&str>, taken: Duration) {
        let slowest = self.answer.slowest.as_deref();
        tracing::warn!(
            request_id = self.request_id,
            outcome = self.outcome,
            operation,
            document_hash,
            cost = self.answer.cost,
            statements = self.answer.statements,
            rows = self.answer.rows,
            duration_ms = milliseconds(taken),
            statement = slowest.map(|it| (it.without_values)(&it.text)),
            statement_ms = slowest.map(|it| milliseconds(it.taken)),
            statement_rows = slowest.map(|it| it.rows),
            "slow request"
        );
    }
}

/// Headers, as the client's trace is read from them.
#[cfg(feature = "otlp")]
struct Given<'a>(&'a HeaderMap);

#[cfg(feature = "otlp")]
impl Extractor for Given<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(|value| value.to_str().ok())
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(HeaderName::as_str).collect()
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The field `outcome` of what the engine answered. A request that got no answer has a code there, or `ABANDONED`.
pub(super) fn outcome_text(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Executed => "EXECUTED",
        Outcome::NotModified => "NOT_MODIFIED",
        Outcome::Refused => "REFUSED",
        Outcome::Forbidden => Code::Forbidden.name(),
        Outcome::Limited { .. } => Code::RateLimited.name(),
        Outcome::MethodRefused => Code::MethodNotAllowed.name(),
        Outcome::TimedOut => Code::Timeout.name(),
        Outcome::Internal => Code::Internal.name(),
    }
}
