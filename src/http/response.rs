//! Responses: an answer with its status, and every refusal this layer makes itself, in the form of a GraphQL response.

use axum::body::Body;
use axum::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::negotiate::Media;
use super::rate::{Spent, seconds};
use super::request::RequestError;
use super::{Answer, Outcome};
use crate::access::Scope;
use crate::error::Code;

/// All reasons for which this layer refuses a request.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    #[error(transparent)]
    BadRequest(#[from] RequestError),
    #[error("the body broke off before its end")]
    BodyBroken,
    #[error("the header Last-Event-ID must hold a position in the log, as an event's \"id\" had it")]
    BadLastEventId,
    #[error("{0}")]
    BadParameter(String),
    #[error("{message}")]
    OfGraph { code: Code, message: String },
    #[error("the database does not answer, try again shortly")]
    Unavailable,
    #[error("no WebSocket: {reason}")]
    BadUpgrade { reason: String },
    #[error("an API key is needed\nhint: send it as \"Authorization: Bearer SECRET\"")]
    NoKey,
    #[error("the API key is not known, was revoked or has expired\nhint: ask the operator of this server for another")]
    BadKey,
    #[error("this needs the scope \"{}\"\nhint: ask with an API key that has it", .0.name())]
    NoScope(Scope),
    #[error("there is no event stream with this token\nhint: reserve one by PUT, and open it in time")]
    NoSuchStream,
    #[error("the event stream with this token is open already")]
    StreamIsOpen,
    #[error(
        "an operation on a shared event stream has a name: \"operationId\" in \"extensions\", or in the address to end it"
    )]
    NoOperationId,
    #[error("the event stream has an operation of this name already")]
    RepeatedOperation,
    #[error("pages of this origin may not open a WebSocket here")]
    ForeignOrigin,
    #[error("nothing is served at this path, GraphQL is at /graphql")]
    NotFound,
    #[error("this path does not offer the method, see the header Allow")]
    MethodNotAllowed,
    #[error("accept application/graphql-response+json, application/json or text/event-stream")]
    NotAcceptable,
    #[error("the body took longer than {seconds} s to arrive")]
    BodyTooSlow { seconds: f64 },
    #[error("the body has at least {bytes} bytes, the limit is {max}")]
    BodyTooLarge { bytes: u64, max: usize },
    #[error("path and query have {bytes} bytes, the limit is {max}: send the request by POST")]
    UrlTooLong { bytes: usize, max: usize },
    #[error("send the body as application/json, in UTF-8 and uncompressed")]
    UnsupportedMediaType,
    #[error("internal error, quote the request id when reporting it")]
    Internal { request_id: String },
    #[error("too much was asked for of late\nhint: ask again in {} s", seconds(.0.wait))]
    RateLimited(Spent),
    #[error("there are {max} {what}, which is the limit: try again shortly")]
    Overloaded { what: &'static str, max: usize },
    #[error("the server works on {max} requests, and more wait than it can soon answer: try again shortly")]
    Waited { max: usize },
    #[error("the connection has {max} operations, complete one or open another")]
    TooManyOperations { max: usize },
    #[error("the request took longer than {seconds} s, ask for less")]
    TimedOut { seconds: f64 },
}

impl Refusal {
    fn status_and_code(&self) -> (StatusCode, Code) {
        match self {
            Self::BadRequest(_)
            | Self::BodyBroken
            | Self::BadLastEventId
            | Self::BadParameter(_)
            | Self::NoOperationId
            | Self::BadUpgrade { .. } => (StatusCode::BAD_REQUEST, Code::BadRequest),
            Self::OfGraph { code: Code::Unavailable, .. } | Self::Unavailable => {
                (StatusCode::SERVICE_UNAVAILABLE, Code::Unavailable)
            }
            Self::OfGraph { code, .. } => (StatusCode::BAD_REQUEST, *code),
            Self::NoKey | Self::BadKey => (StatusCode::UNAUTHORIZED, Code::Unauthenticated),
            Self::ForeignOrigin | Self::NoScope(_) => (StatusCode::FORBIDDEN, Code::Forbidden),
            // The list of codes has none for conflicts, which the status tells.
            Self::StreamIsOpen | Self::RepeatedOperation => (StatusCode::CONFLICT, Code::BadRequest),
            Self::NotFound | Self::NoSuchStream => (StatusCode::NOT_FOUND, Code::NotFound),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, Code::MethodNotAllowed),
            Self::NotAcceptable => (StatusCode::NOT_ACCEPTABLE, Code::NotAcceptable),
            Self::BodyTooSlow { .. } => (StatusCode::REQUEST_TIMEOUT, Code::Timeout),
            Self::BodyTooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, Code::BodyTooLarge),
            Self::UrlTooLong { .. } => (StatusCode::URI_TOO_LONG, Code::BodyTooLarge),
            Self::UnsupportedMediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, Code::UnsupportedMediaType),
            Self::Internal { .. } => (StatusCode::INTERNAL_SERVER_ERROR, Code::Internal),
            Self::RateLimited(_) => (StatusCode::TOO_MANY_REQUESTS, Code::RateLimited),
            Self::Overloaded { .. } | Self::Waited { .. } | Self::TooManyOperations { .. } => {
                (StatusCode::SERVICE_UNAVAILABLE, Code::Overloaded)
            }
            Self::TimedOut { .. } => (StatusCode::GATEWAY_TIMEOUT, Code::Timeout),
        }
    }

    pub(super) fn status(&self) -> StatusCode {
        self.status_and_code().0
    }

    pub(super) fn code(&self) -> Code {
        self.status_and_code().1
    }

    pub(super) fn errors(&self) -> Value {
        let mut extensions = json!({ "code": self.code().name() });
        if let Self::Internal { request_id } = self {
            extensions["requestId"] = request_id.as_str().into();
        }
        if let Self::RateLimited(spent) = self {
            extensions["retryAfter"] = seconds(spent.wait).into();
        }
        json!([{ "message": self.to_string(), "extensions": extensions }])
    }

    /// The status does not depend on the media type: none of these is an answer to a well-formed request that the
    /// server was ready for, and proxies and clients retry by status.
    pub(super) fn response(&self, media: Media) -> Response {
        let body = json!({ "errors": self.errors() });
        let mut response = with_body(self.status(), media, body.to_string().into_bytes());
        response.headers_mut().extend(self.header());
        response
    }

    /// What tells a client what to do next.
    pub(super) fn header(&self) -> Option<(HeaderName, HeaderValue)> {
        // RFC 6750, section 3.
        let challenge = |how| Some((WWW_AUTHENTICATE, HeaderValue::from_static(how)));
        match self {
            Self::Overloaded { .. }
            | Self::Waited { .. }
            | Self::Unavailable
            | Self::OfGraph { code: Code::Unavailable, .. } => Some((RETRY_AFTER, HeaderValue::from_static("1"))),
            Self::RateLimited(spent) => Some((RETRY_AFTER, HeaderValue::from(seconds(spent.wait)))),
            Self::NoKey => challenge("Bearer"),
            Self::BadKey => challenge("Bearer error=\"invalid_token\""),
            _ => None,
        }
    }
}

fn retry_after(response: &mut Response, seconds: u64) {
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
}

/// An answer of the engine. A refused request is 200 in `application/json`, where clients take any other status for
/// the word of some proxy between, and 400 in the media type made to tell the two apart. A server that failed says so
/// in both, for the proxies' sake.
pub(super) fn of_answer(answer: Answer, media: Media) -> Response {
    if answer.outcome == Outcome::NotModified {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let status = match (answer.outcome, media) {
        (Outcome::Executed | Outcome::NotModified, _) | (Outcome::Refused, Media::Json) => StatusCode::OK,
        (Outcome::Refused, Media::GraphqlResponse | Media::EventStream) => StatusCode::BAD_REQUEST,
        (Outcome::Limited { .. }, _) => StatusCode::TOO_MANY_REQUESTS,
        (Outcome::Forbidden, _) => StatusCode::FORBIDDEN,
        (Outcome::MethodRefused, _) => StatusCode::METHOD_NOT_ALLOWED,
        (Outcome::TimedOut, _) => StatusCode::GATEWAY_TIMEOUT,
        (Outcome::Internal, _) => StatusCode::INTERNAL_SERVER_ERROR,
    };
    let mut response = with_body(status, media, answer.body);
    match answer.outcome {
        Outcome::MethodRefused => {
            response.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
        }
        Outcome::Limited { retry_after_s } => retry_after(&mut response, retry_after_s),
        _ => {}
    }
    response
}

/// For paths no route has.
pub(super) async fn not_found() -> Response {
    Refusal::NotFound.response(Media::Json)
}

/// For known paths asked by a method they do not have; the router adds the header Allow.
pub(super) async fn method_not_allowed() -> Response {
    Refusal::MethodNotAllowed.response(Media::Json)
}

fn with_body(status: StatusCode, media: Media, body: impl Into<Body>) -> Response {
    (status, [(CONTENT_TYPE, media.content_type())], body.into()).into_response()
}
