//! A thousand who follow the log while a board is read.

use std::io::{Write, stdout};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper::{Request, StatusCode, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::boards::{Boards, Reading};
use crate::server::Server;

const SUBSCRIBERS: usize = 1_000;
const POSTINGS: usize = 300;
const WAIT_MAX: Duration = Duration::from_secs(120);

/// Lets all follow, has new postings read, and prints how long it took until each had every event.
pub(crate) async fn measure(server: &Server, reading: &Reading<'_>) -> anyhow::Result<()> {
    let mut followers = JoinSet::new();
    for _ in 0..SUBSCRIBERS {
        let follower = Follower::open(server.address).await?;
        followers.spawn(follower.follow(POSTINGS));
    }
    let cpu = server.cpu()?;
    let begun = Instant::now();
    reading.read(Boards { number: 1, postings: POSTINGS }, &Boards::name(), 0).await?;
    let written = begun.elapsed();
    let all = async {
        while let Some(ended) = followers.join_next().await {
            ended.context("a follower's task")??;
        }
        anyhow::Ok(())
    };
    tokio::time::timeout(WAIT_MAX, all).await.context("not all events have come")??;
    let (read, cpu) = (begun.elapsed(), server.cpu()?.saturating_sub(cpu));
    let events = (SUBSCRIBERS * POSTINGS) as f64;
    writeln!(
        stdout(),
        "\n{SUBSCRIBERS} subscribers, {POSTINGS} new postings: read in {:.1} s, with every subscriber {:.1} s after that; \
        {:.0} events/s, {:.1} µs on the server's processor each.",
        written.as_secs_f64(),
        read.saturating_sub(written).as_secs_f64(),
        events / read.as_secs_f64(),
        cpu.as_secs_f64() * 1e6 / events,
    )?;
    Ok(())
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
