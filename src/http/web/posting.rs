//! What a page's head tells of a posting, asked from the graph by one small document.

use axum::http::request::Parts;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::http::{Engine, GraphqlRequest, Outcome, RequestContext, Server};

const DOCUMENT: &str = include_str!("posting.graphql");
/// Ids have 40 characters, global ones some more.
const ID_CHARS_MAX: usize = 200;

pub(super) enum Looked {
    Found(Box<Posting>),
    Nothing,
    /// Whoever asks may not read: the page itself asks again, and tells.
    Refused,
    /// The graph is overloaded, too slow or broken.
    Unanswered,
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
    let Ok(caller) = server.caller(request_id, &head.headers, &head.extensions).await else {
        return Looked::Refused;
    };
    let context = RequestContext { request_id: request_id.to_owned(), caller, known: Vec::new(), is_own: true };
    let Ok(answer) = server.limits.run(request_id, server.engine.answer(request, context)).await else {
        return Looked::Unanswered;
    };
    match answer.outcome {
        Outcome::Executed => read(&answer.body),
        // What is no id at all is refused.
        Outcome::Refused => Looked::Nothing,
        Outcome::Forbidden => Looked::Refused,
        Outcome::NotModified
        | Outcome::Limited { .. }
        | Outcome::MethodRefused
        | Outcome::TimedOut
        | Outcome::Internal => Looked::Unanswered,
    }
}

fn read(body: &[u8]) -> Looked {
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
            let is_bad_id = errors.iter().any(|error| error["extensions"]["code"] == "BAD_USER_INPUT");
            if is_bad_id { Looked::Nothing } else { Looked::Unanswered }
        }
        Err(_) => Looked::Unanswered,
    }
}
