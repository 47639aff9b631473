//! What a page's head tells of a posting, asked from the graph by one small document.

use std::sync::Arc;
use std::time::Duration;

use axum::http::request::Parts;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::error::Code;
use crate::http::response::Refusal;
use crate::http::{Engine, GraphqlRequest, Outcome, RequestContext, Server, Spent};

const DOCUMENT: &str = include_str!("posting.graphql");
/// Ids have 40 characters, global ones some more.
const ID_CHARS_MAX: usize = 200;

pub(super) enum Looked {
    Found(Box<Posting>),
    Nothing,
    /// Whoever asks may not read: the page itself asks again, and tells.
    Refused,
    /// Too much was asked for, or the graph is overloaded, too slow or broken.
    Unanswered(Refusal),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Posting {
    pub(super) job_id: String,
    pub(super) title: String,
    pub(super) status: String,
    pub(super) description_html: Option<String>,
    pub(super) description_text: Option<String>,
    pub(super) location_text: Option<String>,
    pub(super) source_url: Option<String>,
    pub(super) posted_at: String,
    pub(super) application_deadline: Option<String>,
    pub(super) inactive_at: Option<String>,
    pub(super) employment_type: Option<String>,
    pub(super) workplace_type: Option<String>,
    pub(super) org: Org,
    pub(super) remote_scope: Option<RemoteScope>,
    pub(super) locations: Vec<Place>,
    pub(super) salary: Option<Salary>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Org {
    pub(super) name: String,
    pub(super) website_url: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RemoteScope {
    pub(super) country_codes: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Place {
    pub(super) city: Option<String>,
    pub(super) region: Option<String>,
    pub(super) country: Option<String>,
    pub(super) country_code: Option<String>,
    pub(super) postal_code: Option<String>,
    pub(super) is_remote: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Salary {
    pub(super) min: Option<String>,
    pub(super) max: Option<String>,
    pub(super) currency: Option<String>,
    pub(super) period: Option<String>,
}

/// Within the limits of any other request.
pub(super) async fn look<E: Engine>(server: &Server<E>, request_id: &str, head: &Parts, job_id: String) -> Looked {
    if job_id.chars().count() > ID_CHARS_MAX {
        return Looked::Nothing;
    }
    let variables = Map::from_iter([("id".to_owned(), Value::String(job_id))]);
    let request = GraphqlRequest { query: DOCUMENT.to_owned(), variables, ..GraphqlRequest::default() };
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

fn read(body: &[u8], broken: Refusal) -> Looked {
    #[derive(Deserialize)]
    struct Response {
        data: Option<Data>,
        errors: Option<Vec<Value>>,
    }
    #[derive(Deserialize)]
    struct Data {
        job: Option<Box<Posting>>,
    }
    match serde_json::from_slice::<Response>(body) {
        Ok(Response { data: Some(Data { job: Some(posting) }), .. }) => Looked::Found(posting),
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
