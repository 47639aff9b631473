//! A receiver with the faults that receivers have, which notes all that it is sent.

use std::collections::{HashSet, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub(crate) const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// What goes wrong with one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Status(u16),
    /// Refused with a pause of so many seconds.
    Later(u64),
    /// No answer, for ever.
    Hang,
    /// The connection ends while the request is read.
    Break,
    /// The request is taken, but the connection ends before the answer.
    Lose,
}

#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) id: String,
    timestamp: i64,
    signature: String,
    raw: Vec<u8>,
    pub(crate) body: Value,
    /// Whether a receiver would have acted on it.
    pub(crate) is_taken: bool,
}

impl Received {
    /// Whether it was signed just now.
    pub(crate) fn is_recent(&self, now: i64) -> bool {
        (now / 1_000 - self.timestamp).abs() < 300
    }

    /// Checks the signature as the specification says.
    pub(crate) fn is_signed(&self) -> bool {
        let key = STANDARD.decode(SECRET.trim_start_matches("whsec_")).expect("it is base64");
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("any length is a key");
        mac.update(format!("{}.{}.", self.id, self.timestamp).as_bytes());
        mac.update(&self.raw);
        let expected = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        self.signature == expected && self.id == self.body["deliveryId"]
    }

    /// The events that were taken.
    pub(crate) fn seqs(&self) -> Vec<i64> {
        let events = self.body["events"].as_array().filter(|_| self.is_taken);
        let seq = |event: &Value| event["seq"].as_str().and_then(|it| it.parse().ok()).expect("it has a seq");
        events.into_iter().flatten().map(seq).collect()
    }
}

#[derive(Default)]
struct State {
    faults: Mutex<VecDeque<Fault>>,
    received: Mutex<Vec<Received>>,
    connections: AtomicUsize,
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
}

pub(crate) struct Receiver {
    pub(crate) url: String,
    state: Arc<State>,
}

impl Receiver {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let url = format!("http://{}/hook", listener.local_addr().expect("it has an address"));
        let state = Arc::new(State::default());
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                shared.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self { url, state }
    }

    /// What goes wrong with the requests that come next, one each.
    pub(crate) fn plan(&self, faults: impl IntoIterator<Item = Fault>) {
        self.state.faults.lock().expect("no test panics here").extend(faults);
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.state.received.lock().expect("no test panics here").clone()
    }

    /// The events that were taken, each where it came first.
    pub(crate) fn first_seen(&self) -> Vec<i64> {
        let mut seen = HashSet::new();
        self.received().iter().flat_map(Received::seqs).filter(|seq| seen.insert(*seq)).collect()
    }

    pub(crate) fn events(&self) -> Vec<Value> {
        self.received().iter().flat_map(|it| it.body["events"].as_array().cloned().unwrap_or_default()).collect()
    }

    pub(crate) fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    pub(crate) fn had_two_at_once(&self) -> bool {
        self.state.most_at_once.load(Ordering::SeqCst) > 1
    }
}

async fn serve(mut stream: TcpStream, state: Arc<State>) {
    while let Some((head, raw)) = request(&mut stream).await {
        let at_once = state.at_once.fetch_add(1, Ordering::SeqCst) + 1;
        state.most_at_once.fetch_max(at_once, Ordering::SeqCst);
        let fault = state.faults.lock().expect("no test panics here").pop_front();
        note(&state, &head, raw, fault);
        tokio::time::sleep(Duration::from_millis(1)).await;
        if fault == Some(Fault::Hang) {
            tokio::time::sleep(Duration::from_secs(2)).await;
        }
        state.at_once.fetch_sub(1, Ordering::SeqCst);
        let (status, header) = match fault {
            None => (204, String::new()),
            Some(Fault::Status(status)) => (status, "location: /elsewhere\r\n".to_owned()),
            Some(Fault::Later(seconds)) => (503, format!("retry-after: {seconds}\r\n")),
            Some(Fault::Hang | Fault::Break | Fault::Lose) => return,
        };
        let answer = format!("HTTP/1.1 {status} x\r\n{header}content-length: 0\r\n\r\n");
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

fn note(state: &State, head: &str, raw: Vec<u8>, fault: Option<Fault>) {
    let header = |name: &str| {
        let line = head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        line.unwrap_or_else(|| panic!("there is no \"{name}\" in {head}")).to_owned()
    };
    assert_eq!(header("content-type"), "application/json");
    let received = Received {
        id: header("webhook-id"),
        timestamp: header("webhook-timestamp").parse().expect("it is a number"),
        signature: header("webhook-signature"),
        body: serde_json::from_slice(&raw).expect("it is JSON"),
        raw,
        is_taken: matches!(fault, None | Some(Fault::Lose)),
    };
    state.received.lock().expect("no test panics here").push(received);
}

/// Reads one request.
async fn request(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    loop {
        let end = bytes.windows(4).position(|it| it == b"\r\n\r\n");
        if let Some(end) = end {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let length: usize = head.lines().find_map(|line| line.strip_prefix("content-length: "))?.parse().ok()?;
            let mut body = bytes.split_off(end + 4);
            while body.len() < length {
                stream.read_buf(&mut body).await.ok().filter(|read| *read > 0)?;
            }
            return Some((head, body));
        }
        stream.read_buf(&mut bytes).await.ok().filter(|read| *read > 0)?;
    }
}
