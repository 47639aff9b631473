//! Clients that ask as they may: at a pace of their own, whether or not what they asked before is answered.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use benches::Connection;
use tokio::sync::{Mutex, Semaphore};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout};

use crate::client::{Mix, ask, kind};
use crate::tally::{ANSWERED, Tally};

/// Connections at once at most; the server allows more.
const CONNECTIONS_MAX: usize = 400;
/// So many that ask without pause keep the processors of a small machine and a database beside it busy.
const ASKING: usize = 8;
/// A connection unused for longer may be closed any moment, as clients know.
const KEPT_FOR: Duration = Duration::from_secs(5);
/// A good client gives up then, which is a fault of the server: it promises an answer before.
const PATIENCE: Duration = Duration::from_secs(30);

/// How much is asked, for how long.
pub(crate) struct Pace {
    /// Requests a second.
    pub(crate) rate: f64,
    pub(crate) until: Instant,
}

impl Pace {
    pub(crate) fn for_a_while(rate: f64, time: Duration) -> Self {
        Self { rate, until: Instant::now() + time }
    }
}

/// Answers a second when a few ask, each the next when the last is answered.
pub(crate) async fn capacity(address: SocketAddr, mix: &Arc<Mix>, time: Duration) -> anyhow::Result<f64> {
    let (next, begun) = (Arc::new(AtomicUsize::new(0)), Instant::now());
    let mut tasks = JoinSet::new();
    for _ in 0..ASKING {
        let (mut connection, mix, next) = (Connection::open(address).await?, Arc::clone(mix), Arc::clone(&next));
        tasks.spawn(async move {
            let mut answered = 0_u32;
            while begun.elapsed() < time {
                let (_, request) = mix.request(next.fetch_add(1, Ordering::Relaxed));
                let (status, body) = ask(&mut connection, request).await?;
                answered += u32::from(kind(status, &body) == ANSWERED);
            }
            anyhow::Ok(answered)
        });
    }
    let mut answered = 0;
    while let Some(ended) = tasks.join_next().await {
        answered += ended??;
    }
    Ok(f64::from(answered) / begun.elapsed().as_secs_f64())
}

/// Asks at a pace until its end, and waits for all answers.
pub(crate) async fn load(address: SocketAddr, mix: &Arc<Mix>, pace: &Pace, tally: &Tally) {
    let idle: Arc<Mutex<Vec<(Connection, Instant)>>> = Arc::default();
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut random = 1_u64;
    let mut at = Instant::now();
    for turn in 0.. {
        // Moments that know nothing of each other, as many people's do: the pauses between them are exponential.
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let share = ((random >> 11) as f64 + 1.0) / ((1_u64 << 53) as f64 + 1.0);
        at += Duration::from_secs_f64(-share.ln() / pace.rate);
        if at >= pace.until {
            break;
        }
        sleep_until(at).await;
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
        let (idle, (question, body), tally) = (Arc::clone(&idle), mix.request(turn), tally.clone());
        tokio::spawn(async move {
            let kept = idle.lock().await.pop().filter(|(_, used_at)| used_at.elapsed() < KEPT_FOR);
            let since = Instant::now();
            let asked = async {
                let mut connection = match kept {
                    Some((connection, _)) => connection,
                    None => Connection::open(address).await?,
                };
                let (status, answer) = ask(&mut connection, body).await?;
                anyhow::Ok((kind(status, &answer), connection))
            };
            match timeout(PATIENCE, asked).await {
                Ok(Ok((what, connection))) => {
                    tally.note_taken("good", &what, question, since.elapsed());
                    idle.lock().await.push((connection, Instant::now()));
                }
                Ok(Err(error)) => tally.note("good", &format!("broken off ({error})")),
                Err(_) => tally.note("good", "no answer"),
            }
            drop(place);
        });
    }
    let all = u32::try_from(CONNECTIONS_MAX).unwrap_or(u32::MAX);
    drop(timeout(PATIENCE * 2, places.acquire_many(all)).await);
}
