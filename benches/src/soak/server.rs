//! The server under load: its memory, whether it says that it lives, and whether all is over when everybody has gone.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, ensure};
use procfs::process::Process;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep, timeout};

const PORT: u16 = 7_300;
const START_MAX: Duration = Duration::from_secs(60);
/// A probe gives up then.
const PROBE_MAX: Duration = Duration::from_secs(5);
/// How long what clients have left may go on.
const END_MAX: Duration = Duration::from_secs(90);
/// Memory is looked at so often over the whole time.
const LOOKS: u32 = 200;

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    child: Child,
}

/// Resident memory in MiB, the most of a while after the first tenth of the load and of a while before its end.
pub(crate) struct Memory {
    pub(crate) warm: f64,
    pub(crate) end: f64,
}

impl Server {
    pub(crate) async fn start(program: &Path, database_url: &str) -> anyhow::Result<Self> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, PORT));
        ensure!(TcpStream::connect(address).await.is_err(), "somebody listens on {address} already");
        let mut command = Command::new(program);
        command.args(["--database-url", database_url, "--log", "error", "serve", "--listen", &address.to_string()]);
        // Answers from memory are no measure of what can be answered.
        command.env("JOBGRAPH_ANSWERS_BYTES_MAX", "0").stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true);
        let server = Self { address, child: command.spawn().with_context(|| format!("starting {command:?}"))? };
        let begun = Instant::now();
        while !server.get("/readyz").await.is_ok_and(|it| it.starts_with("HTTP/1.1 200")) {
            ensure!(begun.elapsed() < START_MAX, "{command:?} is not ready");
            sleep(Duration::from_millis(100)).await;
        }
        Ok(server)
    }

    /// Looks at its memory for that time.
    pub(crate) async fn watch_memory(&self, time: Duration) -> anyhow::Result<Memory> {
        let process = Process::new(self.child.id().context("the server has ended")?.try_into()?)?;
        let mut looks = Vec::new();
        for _ in 0..LOOKS {
            sleep(time / LOOKS).await;
            looks.push(process.status()?.vmrss.unwrap_or_default() as f64 / 1_024.0);
        }
        let most = |from: usize, to: usize| looks[from..to].iter().copied().fold(0.0, f64::max);
        let count = looks.len();
        Ok(Memory { warm: most(count / 10, count / 4), end: most(count - count / 10, count) })
    }

    /// Asks whether it lives, again and again; says what was wrong, if anything was.
    pub(crate) async fn watch_life(&self, until: Instant) -> Option<String> {
        while Instant::now() < until {
            match self.get("/livez").await {
                Ok(answer) if answer.starts_with("HTTP/1.1 200") => {}
                other => return Some(format!("{other:?}")),
            }
            sleep(Duration::from_secs(1)).await;
        }
        None
    }

    /// Waits for requests and streams to end.
    pub(crate) async fn becomes_idle(&self) -> anyhow::Result<bool> {
        let begun = Instant::now();
        while begun.elapsed() < END_MAX {
            let text = self.get("/metrics").await?;
            let is_zero = |name: &str| text.lines().any(|line| line == format!("{name} 0"));
            if is_zero("graphql_requests_running") && is_zero("graphql_streams_active") {
                return Ok(true);
            }
            sleep(Duration::from_secs(1)).await;
        }
        Ok(false)
    }

    async fn get(&self, path: &str) -> anyhow::Result<String> {
        let asked = async {
            let mut stream = TcpStream::connect(self.address).await?;
            let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
            stream.write_all(request.as_bytes()).await?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await?;
            anyhow::Ok(answer)
        };
        timeout(PROBE_MAX, asked).await.context("no answer in time")?
    }
}
