//! The words of `graphql-transport-ws`: messages of both sides, and the reasons to close a socket.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::http::response::Refusal;
use crate::http::{GraphqlRequest, request};

/// The subprotocol.
pub(super) const NAME: &str = "graphql-transport-ws";

/// Why the server closes a socket.
#[derive(Debug)]
pub(super) struct Close {
    pub(super) code: u16,
    /// At most 123 bytes, as a close frame holds no more.
    pub(super) reason: Cow<'static, str>,
}

impl Close {
    pub(super) const STOPPING: Self = Self::new(1001, "The server stops");
    pub(super) const UNAUTHORIZED: Self = Self::new(4401, "Unauthorized");
    pub(super) const SUBPROTOCOL: Self = Self::new(4406, "Subprotocol not acceptable");
    pub(super) const INIT_TIMEOUT: Self = Self::new(4408, "Connection initialisation timeout");
    pub(super) const TOO_MANY_INITS: Self = Self::new(4429, "Too many initialisation requests");

    const fn new(code: u16, reason: &'static str) -> Self {
        Self { code, reason: Cow::Borrowed(reason) }
    }

    pub(super) fn bad(why: &str) -> Self {
        Self { code: 4400, reason: shortened(format!("Invalid message received: {why}")).into() }
    }

    /// Only the first line of a refusal fits.
    pub(super) fn forbidden(refusal: &Refusal) -> Self {
        let text = refusal.to_string();
        Self { code: 4403, reason: shortened(format!("Forbidden: {}", text.lines().next().unwrap_or_default())).into() }
    }

    pub(super) fn repeated(id: &str) -> Self {
        Self { code: 4409, reason: shortened(format!("Subscriber for {id} already exists")).into() }
    }

    /// A frame that could not be read.
    pub(super) fn of_broken(error: &axum::Error) -> Self {
        if error.to_string().contains("Space limit exceeded") {
            Self::new(1009, "Message too big")
        } else {
            Self::new(1002, "Protocol error")
        }
    }
}

fn shortened(mut reason: String) -> String {
    reason.truncate(reason.floor_char_boundary(123));
    reason
}

/// What a client says.
#[derive(Debug)]
pub(super) enum Received {
    /// With what would be the header `Authorization` of a request, if the payload has it.
    Init {
        authorization: Option<String>,
    },
    Ping {
        payload: Option<Box<RawValue>>,
    },
    Pong,
    Subscribe {
        id: String,
        request: Box<GraphqlRequest>,
    },
    Complete {
        id: String,
    },
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "type")]
    kind: String,
    id: Option<String>,
    payload: Option<Box<RawValue>>,
}

impl Received {
    pub(super) fn parse(text: &str) -> Result<Self, Close> {
        let Envelope { kind, id, payload } =
            serde_json::from_str(text).map_err(|error| Close::bad(&error.to_string()))?;
        let id = id.filter(|id| !id.is_empty()).ok_or_else(|| Close::bad("\"id\" is missing"));
        // A payload that no one needs is an object all the same.
        let object = |payload: Option<Box<RawValue>>| match payload {
            Some(payload) if !payload.get().starts_with('{') && payload.get() != "null" => {
                Err(Close::bad("\"payload\" must be an object"))
            }
            payload => Ok(payload),
        };
        match kind.as_str() {
            "connection_init" => Ok(Self::Init { authorization: authorization(object(payload)?.as_deref())? }),
            "ping" => Ok(Self::Ping { payload: object(payload)? }),
            "pong" => object(payload).map(|_| Self::Pong),
            "complete" => Ok(Self::Complete { id: id? }),
            "subscribe" => {
                let payload = payload.ok_or_else(|| Close::bad("\"payload\" is missing"))?;
                let request = request::from_body(payload.get().as_bytes());
                let request = Box::new(request.map_err(|error| Close::bad(&error.to_string()))?);
                Ok(Self::Subscribe { id: id?, request })
            }
            _ => Err(Close::bad("\"type\" is not known")),
        }
    }
}

/// The member of the payload that is named as the header, in whatever case.
fn authorization(payload: Option<&RawValue>) -> Result<Option<String>, Close> {
    let members = payload.and_then(|payload| serde_json::from_str::<Map<String, Value>>(payload.get()).ok());
    let found = members.and_then(|it| it.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("authorization")));
    match found {
        None | Some((_, Value::Null)) => Ok(None),
        Some((_, Value::String(text))) => Ok(Some(text)),
        Some(_) => Err(Close::bad("\"authorization\" must be a string")),
    }
}

/// What the server says; its text is the message.
pub(super) enum Sent<'a> {
    Ack,
    Pong {
        payload: Option<&'a RawValue>,
    },
    /// `body` is the JSON of a GraphQL response.
    Next {
        id: &'a str,
        body: &'a [u8],
    },
    Error {
        id: &'a str,
        errors: &'a Value,
    },
    Complete {
        id: &'a str,
    },
}

impl fmt::Display for Sent<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ack => formatter.write_str(r#"{"type":"connection_ack"}"#),
            Self::Pong { payload: None } => formatter.write_str(r#"{"type":"pong"}"#),
            Self::Pong { payload: Some(payload) } => write!(formatter, r#"{{"type":"pong","payload":{payload}}}"#),
            Self::Next { id, body } => {
                let body = String::from_utf8_lossy(body);
                write!(formatter, r#"{{"id":{},"type":"next","payload":{body}}}"#, Value::from(*id))
            }
            Self::Error { id, errors } => {
                write!(formatter, r#"{{"id":{},"type":"error","payload":{errors}}}"#, Value::from(*id))
            }
            Self::Complete { id } => write!(formatter, r#"{{"id":{},"type":"complete"}}"#, Value::from(*id)),
        }
    }
}
