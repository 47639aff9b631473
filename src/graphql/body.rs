//! Bodies of answers, and how errors stand in them.

use std::sync::Arc;

use async_graphql::{PathSegment, ServerError};
use serde_json::{Value, json};

use super::error::Failure;
use super::written::{Out, write_value};
use crate::error::Code;
use crate::http::{Answer, AnswerLog, Outcome};
use crate::plan::{Operation, Refusal};

pub(super) fn refused(refusal: &Refusal) -> Answer {
    let errors: Vec<Value> = refusal
        .errors
        .iter()
        .map(|error| {
            let mut described = json!({ "message": error.message, "extensions": { "code": refusal.code.name() } });
            if !error.locations.is_empty() {
                let locations = error.locations.iter().map(|it| json!({ "line": it.line, "column": it.column }));
                described["locations"] = locations.collect();
            }
            described
        })
        .collect();
    let outcome = match refusal.code {
        Code::MethodNotAllowed => Outcome::MethodRefused,
        Code::Forbidden => Outcome::Forbidden,
        _ => Outcome::Refused,
    };
    Answer { body: json!({ "errors": errors }).to_string().into(), outcome, log: AnswerLog::default(), tag: None }
}

/// The body of an answer without errors.
pub(super) fn whole(data: &[u8]) -> Vec<u8> {
    [b"{\"data\":", data, b"}"].concat()
}

/// Errors first, so that a reader of a long answer meets them.
pub(super) fn body(errors: &[Value], data: &async_graphql::Value) -> Vec<u8> {
    let mut body = Out::new("{");
    if !errors.is_empty() {
        body.raw("\"errors\":");
        body.value(errors);
        body.raw(",");
    }
    body.raw("\"data\":");
    let Ok(()) = write_value(data, &mut body);
    body.raw("}");
    body.into_bytes()
}

pub(super) fn describe(error: &ServerError, operation: &Arc<Operation>, request_id: &str) -> Value {
    // What has no cause of ours comes from reading an argument's value.
    let failure = error.source::<Failure>().cloned().unwrap_or_else(|| Failure::BadInput(plain_words(&error.message)));
    let mut described = match failure.code() {
        Code::Internal => {
            tracing::error!(request_id, cause = failure.cause(), "a field could not be resolved");
            internal(request_id)
        }
        code => {
            if code == Code::Unavailable {
                tracing::warn!(request_id, cause = failure.cause(), "the database did not answer a field");
            }
            told(&failure)
        }
    };
    let keys = error.path.iter().filter_map(|segment| match segment {
        PathSegment::Field(key) => Some(key.as_str()),
        PathSegment::Index(_) => None,
    });
    if let Some(field) = operation.selection.descend(keys) {
        described["locations"] = json!([{ "line": field.location.line, "column": field.location.column }]);
    }
    if !error.path.is_empty() {
        described["path"] = json!(error.path);
    }
    described
}

pub(super) fn told(failure: &Failure) -> Value {
    json!({ "message": failure.to_string(), "extensions": { "code": failure.code().name() } })
}

/// What the library says of a value, without the path of types it took to read it.
pub(super) fn plain_words(message: &str) -> String {
    let end = message.find(" (occurred while parsing").unwrap_or(message.len());
    let words = &message[..end];
    words
        .strip_prefix("Failed to parse ")
        .and_then(|it| it.split_once(": "))
        .map_or(words, |(_, words)| words)
        .to_owned()
}

pub(super) fn internal(request_id: &str) -> Value {
    json!({
        "message": "something went wrong inside the server",
        "extensions": { "code": Code::Internal.name(), "requestId": request_id },
    })
}
