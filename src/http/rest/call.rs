//! One call from end to end: what is asked of the graph in process, within the limits of a request, and the log line.

use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, Method, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use tracing::Instrument;

use super::envelope::{Many, Meta, One, PageMeta, Paged, Problem, json};
use super::operations::Operation;
use super::parameters::Parameters;
use crate::http::record::{self, Record};
use crate::http::request_id::RequestId;
use crate::http::response::Refusal;
use crate::http::{AnswerLog, Caller, Engine, GraphqlRequest, Outcome, RequestContext, Server};

/// What came, and who answers it.
pub(super) struct Call<E> {
    server: Arc<Server<E>>,
    request_id: String,
    method: Method,
    headers: HeaderMap,
    extensions: Extensions,
    url_bytes: usize,
    query: String,
    /// The part of the path that names a record.
    pub(super) id: String,
    /// Who asks, once that is known.
    caller: Option<Caller>,
    /// What the graph's part of the work came to.
    log: AnswerLog,
}

impl<E: Engine> FromRequestParts<Arc<Server<E>>> for Call<E> {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, server: &Arc<Server<E>>) -> Result<Self, Self::Rejection> {
        // What is no UTF-8 names no record.
        let path = RawPathParams::from_request_parts(parts, server).await.ok();
        let id = path.and_then(|path| path.iter().next().map(|(_, id)| id.to_owned())).unwrap_or_default();
        let request_id = parts.extensions.get::<RequestId>().map(|it| it.0.clone()).unwrap_or_default();
        Ok(Self {
            server: Arc::clone(server),
            request_id,
            method: parts.method.clone(),
            headers: parts.headers.clone(),
            extensions: parts.extensions.clone(),
            url_bytes: parts.uri.path_and_query().map_or(0, |url| url.as_str().len()),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            id,
            caller: None,
            log: AnswerLog::default(),
        })
    }
}

impl<E: Engine> Call<E> {
    /// Does the work of the call, and tells the log.
    pub(super) async fn answer(mut self, operation: Operation) -> Response {
        let server = Arc::clone(&self.server);
        let mut record = Record::begin(&server, &self.request_id, &self.method);
        #[cfg(feature = "otlp")]
        record.follow(&self.headers);
        let mut response = match operation.run(&mut self).instrument(record.span.clone()).await {
            Ok(response) => {
                record.outcome = record::outcome_text(Outcome::Executed);
                response
            }
            Err(problem) => {
                record.outcome = problem.code().name();
                problem.response(&self.request_id)
            }
        };
        if let Some(caller) = &self.caller {
            caller.tell(&mut response);
        }
        record.answer = std::mem::take(&mut self.log);
        record.finish(&response);
        response
    }

    pub(super) fn parameters(&self) -> Result<Parameters, Problem> {
        let max = self.server.settings.url_bytes_max;
        let bytes = self.url_bytes;
        if bytes > max {
            return Err(Refusal::UrlTooLong { bytes, max }.into());
        }
        Parameters::of(&self.query)
    }

    /// What the graph answers to a document. A part that failed fails the call.
    pub(super) async fn ask<T: DeserializeOwned>(&mut self, document: String, variables: Value) -> Result<T, Problem> {
        let Value::Object(variables) = variables else {
            return Err(Problem::internal());
        };
        let request =
            GraphqlRequest { query: document, variables: given(variables), is_get: true, ..Default::default() };
        let caller = self.server.caller(&self.request_id, &self.headers, &self.extensions).await?;
        self.caller = Some(caller.clone());
        let context =
            RequestContext { request_id: self.request_id.clone(), caller, known: Vec::new(), sent: None, is_own: true };
        let answer = self.server.engine.answer(Arc::new(request), context);
        let answer = self.server.limits.run(&self.request_id, answer).await?;
        self.log = answer.log;
        let body: Answered<T> = serde_json::from_slice(&answer.body).map_err(|error| {
            tracing::error!(request_id = self.request_id, error = %error, "the graph's answer was not understood");
            Problem::internal()
        })?;
        match (body.errors.first(), body.data) {
            (None, Some(data)) => Ok(data),
            (Some(error), _) => Err(Problem::of_graph(error)),
            (None, None) => Err(Problem::internal()),
        }
    }

    pub(super) fn one<T: Serialize>(&self, data: T) -> Response {
        json(StatusCode::OK, &One { data, meta: Meta::new(&self.request_id) })
    }

    pub(super) fn many<T: Serialize>(&self, data: Vec<T>, page: Paged) -> Response {
        json(StatusCode::OK, &Many { data, meta: PageMeta::new(&self.request_id, page) })
    }
}

/// The body of the graph's answer.
#[derive(Deserialize)]
struct Answered<T> {
    #[serde(default)]
    errors: Vec<Value>,
    #[serde(default = "Option::default")]
    data: Option<T>,
}

/// Variables that have a value.
fn given(variables: Map<String, Value>) -> Map<String, Value> {
    variables.into_iter().filter(|(_, value)| !value.is_null()).collect()
}
