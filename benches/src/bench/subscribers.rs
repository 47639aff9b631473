//! A thousand who follow the log while a board is read.

use std::io::{Write, stdout};
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use chrono::Utc;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper::{Request, StatusCode, header};
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::net::TcpStream;
use tokio::process::Command;
use tokio::task::JoinSet;

use crate::load::{self, Requests};
use crate::server::Server;

const SUBSCRIBERS: usize = 1_000;
const POSTINGS: usize = 300;
const WAIT_MAX: Duration = Duration::from_secs(120);

/// Lets all follow, has new postings read, and prints how long it took until each had every event. Meanwhile a reader
/// asks `beside`; its times are held against those before.
pub(crate) async fn measure(
    server: &Server,
    program: &Path,
    database_url: &str,
    beside: &Requests,
) -> anyhow::Result<()> {
    let idle = load::run(server.address, beside, 1, Duration::from_secs(2)).await?;
    let mut followers = JoinSet::new();
    for _ in 0..SUBSCRIBERS {
        let follower = Follower::open(server.address).await?;
        followers.spawn(follower.follow(POSTINGS));
    }
    let file = std::env::temp_dir().join(format!("jobgraph-bench-{}.jsonl", std::process::id()));
    std::fs::write(&file, board())?;
    let cpu = server.cpu()?;
    let begun = Instant::now();
    let mut ingest = Command::new(program);
    ingest.args(["--database-url", database_url, "--log", "warn", "ingest", "--archive"]);
    ingest.arg(std::env::temp_dir().join(format!("jobgraph-bench-{}", std::process::id()))).arg("--bundle").arg(&file);
    let (address, requests) = (server.address, Requests::clone(beside));
    let busy = tokio::spawn(async move { load::run(address, &requests, 1, Duration::from_secs(2)).await });
    let ended = ingest.output().await?;
    ensure!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    let written = begun.elapsed();
    let all = async {
        while let Some(ended) = followers.join_next().await {
            ended.context("a follower's task")??;
        }
        anyhow::Ok(())
    };
    tokio::time::timeout(WAIT_MAX, all).await.context("not all events have come")??;
    let (read, cpu, busy) = (begun.elapsed(), server.cpu()?.saturating_sub(cpu), busy.await??);
    std::fs::remove_file(&file)?;
    let events = (SUBSCRIBERS * POSTINGS) as f64;
    let p99 = |times: &load::Times| times.taken.value_at_quantile(0.99) as f64 / 1e3;
    writeln!(
        stdout(),
        "\n{SUBSCRIBERS} subscribers, {POSTINGS} new postings: read in {:.1} s, with every subscriber {:.1} s after that; \
        {:.0} events/s, {:.1} µs on the server's processor each. p99 of a, ms: {:.2} before, {:.2} meanwhile.",
        written.as_secs_f64(),
        read.saturating_sub(written).as_secs_f64(),
        events / read.as_secs_f64(),
        cpu.as_secs_f64() * 1e6 / events,
        p99(&idle),
        p99(&busy),
    )?;
    Ok(())
}

/// A line that `jobgraph ingest --bundle` reads: a board that nobody has read yet.
fn board() -> String {
    let now = Utc::now();
    let title = |index: usize| format!("Engineer {index}");
    let posting = |index| json!({ "id": index, "title": title(index), "content": "&lt;p&gt;Build things.&lt;/p&gt;" });
    let jobs: Vec<_> = (1..=POSTINGS).map(posting).collect();
    let board = format!("bench-{}", now.timestamp_millis());
    json!({ "provider": "greenhouse", "board": board, "fetched_at": now.to_rfc3339(), "body": { "jobs": jobs } })
        .to_string()
}

/// A subscription over server-sent events.
struct Follower(hyper::body::Incoming);

impl Follower {
    async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let (mut sender, connection) = http1::handshake(TokioIo::new(TcpStream::connect(address).await?)).await?;
        tokio::spawn(connection);
        let request = Request::post("/graphql")
            .header(header::HOST, "localhost")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "text/event-stream")
            .body(Full::new(bytes::Bytes::from_static(br#"{"query":"subscription { changes { seq type } }"}"#)))?;
        let answer = sender.send_request(request).await?;
        ensure!(answer.status() == StatusCode::OK, "{} for a subscription", answer.status());
        Ok(Self(answer.into_body()))
    }

    /// Reads until so many events have come.
    async fn follow(mut self, wanted: usize) -> anyhow::Result<()> {
        const MARK: &[u8] = b"event: next";
        let (mut seen, mut rest) = (0, Vec::new());
        while seen < wanted {
            let frame = self.0.frame().await.context("the stream has ended")??;
            let Some(data) = frame.data_ref() else { continue };
            rest.extend_from_slice(data);
            seen += rest.windows(MARK.len()).filter(|window| window == &MARK).count();
            rest.drain(..rest.len().saturating_sub(MARK.len() - 1));
        }
        Ok(())
    }
}
