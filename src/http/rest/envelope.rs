//! What every REST call answers with: `data` or `error`, and `meta` beside it.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{SecondsFormat, Utc};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::error::Code;
use crate::http::response::Refusal;

const API_VERSION: &str = "v1";
const PRODUCT: &str = "job-postings";
const MEDIA_TYPE: &str = "application/json";

/// One record.
#[derive(Serialize, ToSchema)]
pub(super) struct One<T> {
    /// The record.
    pub(super) data: T,
    pub(super) meta: Meta,
}

/// A page of records.
#[derive(Serialize, ToSchema)]
pub(super) struct Many<T> {
    /// The records, in the order of the list.
    pub(super) data: Vec<T>,
    pub(super) meta: PageMeta,
}

/// Why there is no answer.
#[derive(Serialize, ToSchema)]
pub(super) struct Failed {
    error: ErrorBody,
    meta: Meta,
}

/// What went wrong.
#[derive(Serialize, ToSchema)]
struct ErrorBody {
    /// One of a closed list, such as `bad_request`, `not_found`, `bad_cursor`, `overloaded`, `unavailable`, `timeout`.
    code: String,
    /// For people: what was wrong and what to do.
    message: String,
    /// Which part of the request is meant, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<Details>,
}

/// Which part of a request is meant.
#[derive(Serialize, ToSchema)]
struct Details {
    /// The name of the parameter.
    parameter: String,
}

/// What is said beside any answer.
#[derive(Serialize, ToSchema)]
pub(super) struct Meta {
    /// The version of this API.
    api_version: &'static str,
    /// The id of this request, as in the header `X-Request-Id`; it finds the request in the server's log.
    request_id: String,
    /// When this was answered, in UTC.
    #[schema(format = DateTime)]
    generated_at: String,
    /// The name of this API.
    product: &'static str,
}

/// What is said beside a page.
#[derive(Serialize, ToSchema)]
pub(super) struct PageMeta {
    /// The version of this API.
    api_version: &'static str,
    /// The id of this request, as in the header `X-Request-Id`; it finds the request in the server's log.
    request_id: String,
    /// When this was answered, in UTC.
    #[schema(format = DateTime)]
    generated_at: String,
    /// The name of this API.
    product: &'static str,
    /// Records of a page at most.
    #[schema(minimum = 1)]
    limit: u32,
    /// How many records the pages before had.
    #[schema(minimum = 0)]
    offset: u64,
    /// What `cursor` is to be for the next page; null on the last one.
    next_cursor: Option<String>,
    /// The order of the list: a field and a direction.
    order: &'static str,
    /// How many records the whole list has; null unless `include_total` asks for it.
    #[schema(minimum = 0)]
    total_matching: Option<u64>,
    /// Whether counting ended early, so that there are more; null unless `include_total` asks for it.
    total_matching_capped: Option<bool>,
}

/// A page of a list, as far as its records do not tell.
pub(super) struct Paged {
    pub(super) limit: u32,
    pub(super) offset: u64,
    pub(super) next_cursor: Option<String>,
    pub(super) order: &'static str,
    /// The number of records, and whether there are more.
    pub(super) total: Option<(u64, bool)>,
}

impl Meta {
    pub(super) fn new(request_id: &str) -> Self {
        Self { api_version: API_VERSION, request_id: request_id.to_owned(), generated_at: now(), product: PRODUCT }
    }
}

impl PageMeta {
    pub(super) fn new(request_id: &str, page: Paged) -> Self {
        Self {
            api_version: API_VERSION,
            request_id: request_id.to_owned(),
            generated_at: now(),
            product: PRODUCT,
            limit: page.limit,
            offset: page.offset,
            next_cursor: page.next_cursor,
            order: page.order,
            total_matching: page.total.map(|(count, _)| count),
            total_matching_capped: page.total.map(|(_, is_capped)| is_capped),
        }
    }
}

/// Why a call is not answered.
pub(super) struct Problem {
    status: StatusCode,
    code: Code,
    message: String,
    parameter: Option<String>,
    /// What tells a client what to do next.
    header: Option<Box<(HeaderName, HeaderValue)>>,
}

impl Problem {
    /// A parameter has a value that is not allowed.
    pub(super) fn parameter(name: &str, what: &str) -> Self {
        let message = format!("parameter \"{name}\": {what}");
        Self {
            status: StatusCode::BAD_REQUEST,
            code: Code::BadRequest,
            message,
            parameter: Some(name.to_owned()),
            header: None,
        }
    }

    /// A cursor that no answer gave, or that another list gave.
    pub(super) fn cursor() -> Self {
        let what =
            "is no cursor of this list\nhint: send what \"meta.next_cursor\" of the page before has, or leave it out";
        Self { code: Code::BadCursor, ..Self::parameter("cursor", what) }
    }

    /// There is no such record, or no such call.
    pub(super) fn not_found(what: String) -> Self {
        Self { status: StatusCode::NOT_FOUND, code: Code::NotFound, message: what, parameter: None, header: None }
    }

    pub(super) fn internal() -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            code: Code::Internal,
            message: "something went wrong inside the server\nhint: quote the request id when reporting it".to_owned(),
            parameter: None,
            header: None,
        }
    }

    /// An error in the graph's answer.
    pub(super) fn of_graph(error: &Value) -> Self {
        let code = error["extensions"]["code"].as_str().unwrap_or_default();
        let message = error["message"].as_str().unwrap_or_default().to_owned();
        let of = |status, code| Self { status, code, message: message.clone(), parameter: None, header: None };
        let asked = [Code::BadUserInput, Code::BadFilter, Code::CostLimit, Code::NodeLimit];
        match code {
            code if code == Code::BadCursor.name() => Self::cursor(),
            code if code == Code::Unavailable.name() => {
                Self { header: retry_after(1), ..of(StatusCode::SERVICE_UNAVAILABLE, Code::Unavailable) }
            }
            code if code == Code::RateLimited.name() => {
                let header = retry_after(error["extensions"]["retryAfter"].as_u64().unwrap_or(1));
                Self { header, ..of(StatusCode::TOO_MANY_REQUESTS, Code::RateLimited) }
            }
            code if code == Code::Forbidden.name() => of(StatusCode::FORBIDDEN, Code::Forbidden),
            code if code == Code::Timeout.name() => of(StatusCode::GATEWAY_TIMEOUT, Code::Timeout),
            code => match asked.into_iter().find(|it| it.name() == code) {
                // The graph calls the words of a search so.
                Some(_) if message.starts_with("\"search\"") => Self::parameter("q", &message),
                Some(known) => of(StatusCode::BAD_REQUEST, known),
                None => Self::internal(),
            },
        }
    }

    pub(super) fn code(&self) -> Code {
        self.code
    }

    pub(super) fn response(self, request_id: &str) -> Response {
        let error = ErrorBody {
            code: self.code.name().to_lowercase(),
            message: self.message,
            details: self.parameter.map(|parameter| Details { parameter }),
        };
        let mut response = json(self.status, &Failed { error, meta: Meta::new(request_id) });
        response.headers_mut().extend(self.header.map(|it| *it));
        response
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self {
            status: refusal.status(),
            code: refusal.code(),
            message: refusal.to_string(),
            parameter: None,
            header: refusal.header().map(Box::new),
        }
    }
}

fn retry_after(seconds: u64) -> Option<Box<(HeaderName, HeaderValue)>> {
    Some(Box::new((RETRY_AFTER, HeaderValue::from(seconds))))
}

/// An answer of this status.
pub(super) fn json(status: StatusCode, body: &impl Serialize) -> Response {
    let text = serde_json::to_vec(body).expect("a record has text keys and goes to memory");
    (status, [(CONTENT_TYPE, MEDIA_TYPE), (CACHE_CONTROL, "no-store")], text).into_response()
}

fn now() -> String {
    Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true)
}
