//! Clients that do harm, by malice or neglect: slow ones, half-open ones, bombs, noise, and those that leave in the middle.

use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;
use hyper::StatusCode;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use crate::client::kind;
use crate::tally::{CLOSED, Tally};

/// Longer than the server bears any of them.
const PATIENCE: Duration = Duration::from_secs(90);
/// Between two acts of one client.
const PAUSE: Duration = Duration::from_millis(200);
const ANSWER_BYTES_MAX: u64 = 4 * 1_024 * 1_024;

/// All of them.
pub(crate) struct Clients(JoinSet<()>);

impl Clients {
    /// Each ends its last act, if the server has not ended it before.
    pub(crate) async fn ended(mut self) {
        drop(timeout(PATIENCE, async { while self.0.join_next().await.is_some() {} }).await);
    }
}

/// Starts some of each kind.
pub(crate) fn start(address: SocketAddr, until: Instant, tally: &Tally) -> Clients {
    let mut clients = JoinSet::new();
    for number in 0..8_u64 {
        repeat(&mut clients, "half a head", until, tally, move |_| {
            half(address, b"POST /graphql HTTP/1.1\r\nhost: x\r\nx-".to_vec())
        });
        repeat(&mut clients, "half a body", until, tally, move |_| half(address, post(b"{\"query\":", 10_000)));
        repeat(&mut clients, "slow reader", until, tally, move |_| read_slowly(address));
        repeat(&mut clients, "noise", until, tally, move |turn| once(address, noise((number << 32) | turn)));
        repeat(&mut clients, "gone", until, tally, move |turn| leave(address, turn));
        repeat(&mut clients, "bomb", until, tally, move |turn| {
            let bomb = bomb(turn);
            once(address, post(&bomb, bomb.len()))
        });
        if number < 2 {
            repeat(&mut clients, "oversized", until, tally, move |_| {
                once(address, post(&vec![b' '; 2_000_000], 2_000_000))
            });
        }
        repeat(&mut clients, "socket", until, tally, move |turn| abuse_socket(address, turn));
    }
    Clients(clients)
}

/// One client that acts again and again; what each act came to is counted.
fn repeat<F: Future<Output = anyhow::Result<String>> + Send + 'static>(
    clients: &mut JoinSet<()>,
    who: &'static str,
    until: Instant,
    tally: &Tally,
    act: impl Fn(u64) -> F + Send + 'static,
) {
    let tally = tally.clone();
    clients.spawn(async move {
        for turn in 0.. {
            if Instant::now() >= until {
                return;
            }
            let what = match timeout(PATIENCE, act(turn)).await {
                Ok(Ok(what)) => what,
                // The server hung up.
                Ok(Err(_)) => CLOSED.to_owned(),
                Err(_) => "left hanging".to_owned(),
            };
            tally.note(who, &what);
            sleep(PAUSE).await;
        }
    });
}

/// The text of a request that announces so many bytes of JSON.
fn post(body: &[u8], bytes: usize) -> Vec<u8> {
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\naccept: application/graphql-response+json\r\ncontent-length: {bytes}\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

fn query(text: &str) -> Vec<u8> {
    json!({ "query": text }).to_string().into_bytes()
}

/// Sends something, and gives what the answer is counted as.
async fn once(address: SocketAddr, request: Vec<u8>) -> anyhow::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    // What is refused early is not taken to its end.
    drop(stream.write_all(&request).await);
    answer(stream).await
}

async fn answer(stream: TcpStream) -> anyhow::Result<String> {
    let mut answer = Vec::new();
    drop(stream.take(ANSWER_BYTES_MAX).read_to_end(&mut answer).await);
    let Some(end) = answer.windows(4).position(|it| it == b"\r\n\r\n") else {
        return Ok(CLOSED.to_owned());
    };
    let status = answer.get(9..12).context("a status")?;
    let status = StatusCode::from_bytes(status)?;
    let body = &answer[end + 4..];
    // What is no request of HTTP at all is refused before there is anyone to write JSON.
    if body.is_empty() && status.is_client_error() {
        return Ok(CLOSED.to_owned());
    }
    Ok(kind(status, body))
}

/// Sends the beginning of something, and waits for the server to lose patience.
async fn half(address: SocketAddr, begin: Vec<u8>) -> anyhow::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(&begin).await?;
    answer(stream).await
}

/// Asks for the whole log, and takes a few bytes of it a second.
async fn read_slowly(address: SocketAddr) -> anyhow::Result<String> {
    let body = query("subscription { changes(after: \"0\") { seq job { title descriptionText } } }");
    let accept = "accept: text/event-stream";
    let request =
        String::from_utf8(post(&body, body.len()))?.replace("accept: application/graphql-response+json", accept);
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut bytes = [0; 64];
    let first = stream.read(&mut bytes).await?;
    if !bytes[..first].starts_with(b"HTTP/1.1 200") {
        let mut text = bytes[..first].to_vec();
        stream.read_to_end(&mut text).await?;
        let end = text.windows(4).position(|it| it == b"\r\n\r\n").context("a head")?;
        return Ok(kind(StatusCode::from_bytes(text.get(9..12).context("a status")?)?, &text[end + 4..]));
    }
    let since = Instant::now();
    while since.elapsed() < PATIENCE / 2 {
        sleep(Duration::from_secs(1)).await;
        if stream.read(&mut bytes).await? == 0 {
            break;
        }
    }
    Ok(CLOSED.to_owned())
}

/// Asks for much, and is gone before it is answered.
async fn leave(address: SocketAddr, turn: u64) -> anyhow::Result<String> {
    let words = ["engineer", "nurse", "manager", "analyst"][usize::try_from(turn % 4)?];
    let body = query(&format!(
        "{{ jobs(search: \"{words}\", first: {}) {{ totalCount nodes {{ title descriptionText }} facets(fields: [COUNTRY, CITY]) {{ buckets {{ count }} }} }} }}",
        turn % 50 + 1
    ));
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(&post(&body, body.len())).await?;
    sleep(Duration::from_millis(turn % 20)).await;
    drop(stream);
    Ok(CLOSED.to_owned())
}

/// Bytes without a meaning; some look like the beginning of a request.
fn noise(seed: u64) -> Vec<u8> {
    let mut random = seed | 1;
    let mut next = || {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        random.to_be_bytes()[0]
    };
    let bytes: Vec<u8> = (0..500).map(|_| next()).collect();
    match seed % 3 {
        0 => bytes,
        1 => [b"GET /graphql?query=".as_slice(), &bytes].concat(),
        _ => post(&bytes, bytes.len()),
    }
}

/// Documents that cost whoever walks them.
fn bomb(turn: u64) -> Vec<u8> {
    match turn % 8 {
        0 => query(&format!("{{ nodes(ids: {}1{}) {{ id }} }}", "[".repeat(5_000), "]".repeat(5_000))),
        1 => {
            let spreads = (0..60).map(|it| format!("fragment F{it} on Query {{ ...F{} ...F{} }} ", it + 1, it + 1));
            query(&format!("{{ ...F0 }} {} fragment F60 on Query {{ __typename }}", spreads.collect::<String>()))
        }
        2 => query(&format!("{{ {} }}", (0..3_000).map(|it| format!("a{it}: __typename ")).collect::<String>())),
        3 => query(
            "{ orgs(first: 100) { nodes { jobs(first: 100) { nodes { events(first: 100) { nodes { seq } } } } } } }",
        ),
        4 => query(&"{a".repeat(3_000)),
        5 => format!("{{\"query\":\"{{__typename}}\",\"variables\":{}", "{\"a\":".repeat(40_000)).into_bytes(),
        6 => query(&format!("{{ __typename {} }}", "@skip(if: false) ".repeat(1_000))),
        _ => query("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"),
    }
}

/// Opens a WebSocket and keeps none of its rules.
async fn abuse_socket(address: SocketAddr, turn: u64) -> anyhow::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    let head = "GET /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n";
    stream.write_all(head.as_bytes()).await?;
    let init = br#"{"type":"connection_init"}"#.as_slice();
    let subscribe = |id: u64| {
        let query = "subscription { changes(after: \"0\") { seq job { title descriptionText } } }";
        json!({ "id": id.to_string(), "type": "subscribe", "payload": { "query": query } }).to_string().into_bytes()
    };
    match turn % 5 {
        // It never says who it is.
        0 => {}
        1 => stream.write_all(&noise(turn)).await?,
        2 => stream.write_all(&frame(&[b' '; 100_000])).await?,
        3 => {
            stream.write_all(&frame(init)).await?;
            // More operations than it may have, and it takes nothing.
            for id in 0..40 {
                stream.write_all(&frame(&subscribe(id))).await?;
            }
            sleep(Duration::from_secs(20)).await;
            return Ok(CLOSED.to_owned());
        }
        _ => {
            stream.write_all(&frame(init)).await?;
            stream.write_all(&frame(&subscribe(0))).await?;
            sleep(Duration::from_millis(20)).await;
            return Ok(CLOSED.to_owned());
        }
    }
    let mut answer = Vec::new();
    stream.take(ANSWER_BYTES_MAX).read_to_end(&mut answer).await?;
    Ok(CLOSED.to_owned())
}

/// A text in one frame, masked with zeros as a client may.
fn frame(text: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x81, 0x80 | 127];
    frame.extend((text.len() as u64).to_be_bytes());
    frame.extend([0; 4]);
    frame.extend(text);
    frame
}
