//! Asks the server through real sockets, with a stand-in for the engine behind it. Here are the stand-in, the server
//! under test and a client that shows exactly what goes over the wire; the questions are in the modules.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::stream;
use futures_util::{FutureExt, StreamExt};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::*;
use crate::access::{Scope, Scopes};

mod access;
mod compression;
mod connection;
mod cors;
mod event_stream;
mod feed;
mod health;
mod limits;
mod log;
mod metrics;
mod protocol;
mod rate;
mod shared_stream;
mod socket;
mod web;

/// Long enough for anything that is to happen at once, on a busy machine too.
const PATIENCE: Duration = Duration::from_secs(20);

/// Answers by what the document says: it echoes the request unless told otherwise.
#[derive(Default)]
struct Fake {
    not_ready: Option<String>,
    /// The event before its first.
    log_begins_at: i64,
    keys_asked: Arc<AtomicUsize>,
    are_keys_revoked: Arc<AtomicBool>,
}

/// The text of a secret.
fn secret(byte: u8) -> String {
    format!("jobgraph_{}", URL_SAFE_NO_PAD.encode([byte; 32]))
}

impl Engine for Fake {
    async fn answer(&self, request: Arc<GraphqlRequest>, context: RequestContext) -> Answer {
        let paid = context.caller.pay(1);
        let outcome = match request.query.as_str() {
            _ if paid.is_err() => Outcome::Limited { retry_after_s: 7 },
            "{" => Outcome::Refused,
            "slow database" => Outcome::TimedOut,
            "broken" => Outcome::Internal,
            "never" => pending().await,
            "panic" => panic!("out of luck"),
            query if query.starts_with("mutation") && request.is_get => Outcome::MethodRefused,
            _ => Outcome::Executed,
        };
        let body = match outcome {
            Outcome::Executed if request.query == "large" => json!({ "data": "x".repeat(8 * 1024 * 1024) }),
            Outcome::Executed => json!({ "data": {
                "query": request.query,
                "operationName": request.operation_name,
                "variables": request.variables,
                "extensions": request.extensions,
                "requestId": context.request_id,
            } }),
            _ => json!({ "errors": [{ "message": "told to", "extensions": { "code": "OF_THE_ENGINE" } }] }),
        };
        let log = AnswerLog {
            operation_type: Some("query"),
            operation_name: request.operation_name.clone(),
            document_hash: Some(u64::MAX - 1),
            cost: 12,
            statements: 3,
            rows: 40,
            slowest: Some(Box::new(SlowStatement {
                text: "SELECT 'secret', $1".into(),
                without_values: |text| text.replace("'secret'", "'…'"),
                taken: Duration::from_millis(5),
                rows: 30,
            })),
        };
        let tag = (request.query == "{tagged}").then(|| "t".to_owned());
        Answer { body: body.to_string().into(), outcome, log, tag }
    }

    /// A query gives its answer; a subscription, what its document says.
    async fn subscribe(&self, request: GraphqlRequest, context: StreamContext) -> Result<Subscribed, Answer> {
        let Some(what) = request.query.strip_prefix("subscription ") else {
            let context = RequestContext {
                request_id: context.request_id,
                caller: context.caller,
                known: Vec::new(),
                sent: None,
                is_own: false,
            };
            let answer = self.answer(Arc::new(request), context).await;
            if answer.outcome != Outcome::Executed {
                return Err(answer);
            }
            let body = answer.body.into();
            let messages = stream::once(async { Message::Next { body, position: None } }).boxed();
            return Ok(Subscribed { after: None, messages });
        };
        let after = context.resume_after.unwrap_or_default();
        let next = |position: i64| Message::Next {
            body: json!({ "data": position }).to_string().into_bytes(),
            position: Some(position),
        };
        let failed = Message::Failed { errors: json!([{ "message": "enough", "extensions": { "code": "LAGGED" } }]) };
        let messages = stream::iter(after + 1..).map(next);
        let messages = match what {
            "three" => messages.take(3).boxed(),
            "lagged" => messages.take(1).chain(stream::once(async { failed })).boxed(),
            "endless" => messages.boxed(),
            // Whether there was room for a message of 10 bytes, which it then takes for as long as it lasts.
            "room" => {
                let room = context.backlog.room(10).now_or_never();
                let body = json!({ "data": room.is_some() }).to_string().into_bytes();
                let told = stream::once(async { Message::Next { body, position: None } });
                let held = stream::once(async move {
                    context.drain.cancelled().await;
                    drop(room);
                    failed
                });
                told.chain(held).boxed()
            }
            _ => messages
                .take(1)
                .chain(stream::once(async move {
                    context.drain.cancelled().await;
                    failed
                }))
                .boxed(),
        };
        Ok(Subscribed { after: Some(after), messages })
    }

    /// Keys are known whose secrets are of such bytes; how often it was asked, `keys_asked` tells.
    async fn key(&self, secret_hash: &str) -> Result<Option<ApiKey>, Unanswered> {
        self.keys_asked.fetch_add(1, Ordering::SeqCst);
        let known = [(1, Scopes::of(&[Scope::Read])), (2, Scopes::all()), (3, Scopes::default())];
        let found = known
            .into_iter()
            .find(|(byte, _)| crate::access::secret_hash(&secret(*byte)).as_deref() == Some(secret_hash));
        let found = found.filter(|_| !self.are_keys_revoked.load(Ordering::SeqCst));
        Ok(found.map(|(byte, scopes)| ApiKey { key_id: byte.to_string(), scopes }))
    }

    /// The log has 25 events.
    async fn feed(&self, query: FeedQuery) -> Result<FeedPage, Unanswered> {
        let (after, limit) = (query.after, i64::try_from(query.limit).unwrap_or(i64::MAX));
        if after > 25 {
            return Err(Unanswered::BeyondEnd { head: 25 });
        }
        let next = after.saturating_add(limit).min(25);
        let event = |seq| format!("{{\"seq\":{}}}\n", seq + self.log_begins_at).into_bytes();
        let body = (after + 1..=next).flat_map(event).collect();
        Ok(FeedPage { body, next })
    }

    async fn latest(&self) -> Result<Value, Unanswered> {
        match self.not_ready {
            Some(_) => Err(Unanswered::Unavailable("told to".to_owned())),
            None => Ok(json!({ "items": [] })),
        }
    }

    async fn export(&self, _: ExportQuery, _: Format, _: Duration) -> Result<Exported, (Code, String)> {
        let pieces = stream::iter([Ok("a".into()), Ok("b".into())]).chain(stream::pending());
        Ok(Exported { snapshot: 25, body: pieces.boxed() })
    }

    async fn not_ready(&self) -> Option<String> {
        match self.not_ready.as_deref() {
            Some("never") => pending().await,
            reason => reason.map(str::to_owned),
        }
    }
}

/// A server on a port of its own.
struct Served {
    address: std::net::SocketAddr,
    shutdown: oneshot::Sender<()>,
    ended: JoinHandle<io::Result<()>>,
}

impl Served {
    async fn new(settings: Settings) -> Self {
        Self::with_engine(settings, Fake::default()).await
    }

    async fn with_engine(settings: Settings, engine: Fake) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("the address of a bound socket");
        let (shutdown, told) = oneshot::channel();
        let told = async {
            told.await.ok();
        };
        let ended = tokio::spawn(serve(listener, Arc::new(engine), settings, told));
        Self { address, shutdown, ended }
    }

    async fn connect(&self) -> Client {
        Client(TcpStream::connect(self.address).await.expect("a connection"))
    }

    /// Sends the text of one request on a connection of its own.
    async fn ask(&self, request: impl AsRef<[u8]>) -> Reply {
        let mut client = self.connect().await;
        client.send(request).await;
        client.reply().await
    }

    async fn get(&self, url: &str) -> Reply {
        self.ask(format!("GET {url} HTTP/1.1\r\nhost: x\r\n\r\n")).await
    }

    async fn post(&self, headers: &str, body: &str) -> Reply {
        self.ask(post(headers, body)).await
    }

    /// Posts a document by the newer media type.
    async fn query(&self, document: &str) -> Reply {
        self.ask(query(document)).await
    }
}

/// The text of a POST; `headers` are lines, each with its end.
fn post(headers: &str, body: &str) -> String {
    let length = body.len();
    format!("POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n{headers}\r\n{body}")
}

const JSON: &str = "content-type: application/json\r\n";
const BY_GRAPHQL_RESPONSE: &str = "content-type: application/json\r\naccept: application/graphql-response+json\r\n";

fn query(document: &str) -> String {
    post(BY_GRAPHQL_RESPONSE, &json!({ "query": document }).to_string())
}

struct Client(TcpStream);

impl Client {
    async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.write_all(bytes.as_ref()).await.expect("a connection that takes the request");
    }

    /// Reads one response to its end.
    async fn reply(&mut self) -> Reply {
        self.reply_to("GET").await
    }

    async fn reply_to(&mut self, method: &str) -> Reply {
        tokio::time::timeout(PATIENCE, self.read_reply(method)).await.expect("a response in time")
    }

    async fn read_reply(&mut self, method: &str) -> Reply {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(self.0.read_u8().await.expect("a response"));
        }
        let head = String::from_utf8(head).expect("headers of ASCII");
        let mut reply = Reply { head, body: String::new() };
        let length = reply.header("content-length").map_or(0, |text| text.parse().expect("a length"));
        if method != "HEAD" {
            let mut body = vec![0; length];
            self.0.read_exact(&mut body).await.expect("the whole body");
            reply.body = String::from_utf8(body).expect("a body in UTF-8");
        }
        reply
    }

    /// Whether the server hangs up, having sent nothing more.
    async fn is_closed(&mut self) -> bool {
        let read = tokio::time::timeout(PATIENCE, self.0.read_u8()).await.expect("an end in time");
        read.is_err()
    }
}

#[derive(Debug)]
struct Reply {
    head: String,
    body: String,
}

impl Reply {
    fn status(&self) -> u16 {
        self.head[9..12].parse().expect("a status")
    }

    fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("a body of JSON")
    }

    /// Status, code and message of a refusal, which must be a GraphQL response without data.
    fn refusal(&self) -> (u16, String, String) {
        let body = self.json();
        assert!(body.get("data").is_none(), "{body}");
        assert_eq!(body["errors"].as_array().expect("errors").len(), 1, "{body}");
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let error = &body["errors"][0];
        (self.status(), text(&error["extensions"]["code"]), text(&error["message"]))
    }

    fn status_and_code(&self) -> (u16, String) {
        let (status, code, _) = self.refusal();
        (status, code)
    }
}

fn refusal(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}
