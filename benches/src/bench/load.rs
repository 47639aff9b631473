//! Requests in a row on several connections, and how long each took.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use benches::Connection;
use bytes::Bytes;
use hdrhistogram::Histogram;
use hyper::StatusCode;
use tokio::task::JoinSet;

/// What is sent again and again, a different one each time.
pub(crate) type Requests = Arc<Vec<Asked>>;

#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// With its query.
    pub(crate) path: String,
    /// Sent by POST as JSON; by GET without one.
    pub(crate) body: Option<Bytes>,
}

/// How long one asks again where more is asked than can be done.
const PATIENCE: Duration = Duration::from_secs(30);

/// The body of an answer, asked for again if it is refused because more is asked than can be done; an error for any other
/// status but 200.
pub(crate) async fn ask(connection: &mut Connection, asked: &Asked) -> anyhow::Result<Bytes> {
    let begun = Instant::now();
    loop {
        let (status, body) = connection.ask(&asked.path, asked.body.clone()).await?;
        if status == StatusCode::SERVICE_UNAVAILABLE && begun.elapsed() < PATIENCE {
            continue;
        }
        ensure!(status == StatusCode::OK, "{status} for {}: {}", asked.path, String::from_utf8_lossy(&body));
        return Ok(body);
    }
}

/// How requests went: how many, and how long each took in microseconds.
pub(crate) struct Times {
    pub(crate) taken: Histogram<u64>,
    pub(crate) elapsed: Duration,
}

impl Times {
    pub(crate) fn new() -> anyhow::Result<Self> {
        Ok(Self { taken: Histogram::new(3)?, elapsed: Duration::ZERO })
    }

    pub(crate) fn add(&mut self, other: &Self) -> anyhow::Result<()> {
        self.taken.add(&other.taken)?;
        self.elapsed += other.elapsed;
        Ok(())
    }
}

/// Asks on `connections` at once, each the next request when the last is answered, for the time given.
pub(crate) async fn run(
    address: SocketAddr,
    requests: &Requests,
    connections: usize,
    time: Duration,
) -> anyhow::Result<Times> {
    let next = Arc::new(AtomicUsize::new(0));
    let mut tasks = JoinSet::new();
    let mut open = Vec::new();
    for _ in 0..connections {
        open.push(Connection::open(address).await?);
    }
    let begun = Instant::now();
    for mut connection in open {
        let (next, requests) = (Arc::clone(&next), Arc::clone(requests));
        tasks.spawn(async move {
            let mut taken = Histogram::<u64>::new(3)?;
            while begun.elapsed() < time {
                let asked = &requests[next.fetch_add(1, Ordering::Relaxed) % requests.len()];
                let asked_at = Instant::now();
                ask(&mut connection, asked).await?;
                taken.record(u64::try_from(asked_at.elapsed().as_micros())?)?;
            }
            anyhow::Ok(taken)
        });
    }
    let mut times = Times::new()?;
    while let Some(ended) = tasks.join_next().await {
        times.taken.add(ended.context("a connection's task")??)?;
    }
    times.elapsed = begun.elapsed();
    Ok(times)
}
