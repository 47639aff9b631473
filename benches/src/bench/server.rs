//! Servers under test, and what they use of the machine.

use std::net::SocketAddr;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use procfs::process::{Process, all_processes};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

const START_MAX: Duration = Duration::from_secs(20);

/// A running server. It ends with this value.
pub(crate) struct Server {
    pub(crate) name: String,
    pub(crate) address: SocketAddr,
    /// From the start of the program until it took a connection.
    pub(crate) started_in: Duration,
    child: Child,
}

impl Server {
    pub(crate) async fn start(name: &str, address: SocketAddr, mut command: Command) -> anyhow::Result<Self> {
        let begun = Instant::now();
        ensure!(TcpStream::connect(address).await.is_err(), "somebody listens on {address} already");
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true).spawn();
        let mut server = Self {
            name: name.to_owned(),
            address,
            started_in: Duration::ZERO,
            child: child.with_context(|| format!("starting {command:?}"))?,
        };
        while TcpStream::connect(address).await.is_err() {
            ensure!(begun.elapsed() < START_MAX, "{name} does not listen on {address}");
            ensure!(server.child.try_wait()?.is_none(), "{name} has ended: {command:?}");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        server.started_in = begun.elapsed();
        Ok(server)
    }

    fn process(&self) -> anyhow::Result<Process> {
        let id = self.child.id().context("the server has ended")?;
        Ok(Process::new(id.try_into()?)?)
    }

    /// Time on the processor so far, of the server alone.
    pub(crate) fn cpu(&self) -> anyhow::Result<Duration> {
        Ok(cpu(&self.process()?))
    }

    /// The most memory it has held at one time, in MiB.
    pub(crate) fn memory_peak(&self) -> anyhow::Result<u64> {
        Ok(self.process()?.status()?.vmhwm.unwrap_or_default() / 1_024)
    }
}

/// Time on the processor of PostgreSQL: of its first process and of all that it has started.
pub(crate) fn cpu_of_postgres(postmaster: i32) -> anyhow::Result<Duration> {
    let mut sum = Duration::ZERO;
    for process in all_processes()?.flatten() {
        if process.pid == postmaster || process.stat().is_ok_and(|it| it.ppid == postmaster) {
            sum += cpu(&process);
        }
    }
    Ok(sum)
}

/// Time of its threads, and of the processes that it has seen end.
fn cpu(process: &Process) -> Duration {
    let Ok(stat) = process.stat() else {
        return Duration::ZERO;
    };
    let ended = u64::try_from(stat.cutime + stat.cstime).unwrap_or_default();
    Duration::from_secs_f64((stat.utime + stat.stime + ended) as f64 / procfs::ticks_per_second() as f64)
}
