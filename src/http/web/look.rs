//! Asks the graph by one small document whether there is what an address names, and what the page's head tells of it.

use std::sync::Arc;
use std::time::Duration;

use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::error::Code;
use crate::http::response::Refusal;
use crate::http::{Engine, GraphqlRequest, Outcome, RequestContext, Server, Spent};

/// Ids have 40 characters, global ones some more.
const ID_CHARS_MAX: usize = 200;

pub(super) enum Looked<T> {
    Found(T),
    Nothing,
    /// Whoever asks may not read: the page itself asks again, and tells.
    Refused,
    /// Too much was asked for, or the graph is overloaded, too slow or broken.
    Unanswered(Refusal),
}

/// What the document finds, which it calls `found`, by a name of this kind. Within the limits of any other request.
pub(super) async fn look<E: Engine, T: DeserializeOwned>(
    server: &Server<E>,
    request_id: &str,
    head: &Parts,
    document: &str,
    (kind, name): (&str, &str),
) -> Looked<T> {
    if name.chars().count() > ID_CHARS_MAX {
        return Looked::Nothing;
    }
    let variables = Map::from_iter([("by".to_owned(), json!({ kind: name }))]);
    let request = GraphqlRequest { query: document.to_owned(), variables, ..GraphqlRequest::default() };
    let caller = match server.caller(request_id, &head.headers, &head.extensions).await {
        Ok(caller) => caller,
        Err(Refusal::NoKey | Refusal::BadKey | Refusal::NoScope(_)) => return Looked::Refused,
        Err(refusal) => return Looked::Unanswered(refusal),
    };
    let context =
        RequestContext { request_id: request_id.to_owned(), caller, known: Vec::new(), sent: None, is_own: true };
    let answer = match server.limits.run(request_id, server.engine.answer(Arc::new(request), context)).await {
        Ok(answer) => answer,
        Err(refusal) => return Looked::Unanswered(refusal),
    };
    let broken = Refusal::Internal { request_id: request_id.to_owned() };
    match answer.outcome {
        Outcome::Executed => read(&answer.body, broken),
        // What is no id at all is refused.
        Outcome::Refused => Looked::Nothing,
        Outcome::Forbidden => Looked::Refused,
        Outcome::Limited { retry_after_s } => {
            Looked::Unanswered(Refusal::RateLimited(Spent { wait: Duration::from_secs(retry_after_s) }))
        }
        Outcome::TimedOut => Looked::Unanswered(Refusal::Unavailable),
        Outcome::NotModified | Outcome::MethodRefused | Outcome::Internal => Looked::Unanswered(broken),
    }
}

fn read<T: DeserializeOwned>(body: &[u8], broken: Refusal) -> Looked<T> {
    #[derive(Deserialize)]
    struct Response<T> {
        data: Option<Data<T>>,
        errors: Option<Vec<Value>>,
    }
    #[derive(Deserialize)]
    struct Data<T> {
        found: Option<T>,
    }
    match serde_json::from_slice::<Response<T>>(body) {
        Ok(Response { data: Some(Data { found: Some(found) }), .. }) => Looked::Found(found),
        Ok(Response { errors: None, .. }) => Looked::Nothing,
        Ok(Response { errors: Some(errors), .. }) => {
            let has = |code: Code| errors.iter().any(|error| error["extensions"]["code"] == code.name());
            if has(Code::BadUserInput) {
                Looked::Nothing
            } else {
                let passes = has(Code::Unavailable) || has(Code::Timeout);
                Looked::Unanswered(if passes { Refusal::Unavailable } else { broken })
            }
        }
        Err(_) => Looked::Unanswered(broken),
    }
}
