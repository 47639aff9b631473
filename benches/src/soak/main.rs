//! Asks twice as much as the program can answer, for long, with clients mixed in that mean no good, and looks whether good
//! clients are answered about as fast as ever, whether every refusal is a designed one, and whether memory stays flat.
//!
//! First it measures what the program can answer, and how fast it answers when little is asked.

mod bad;
mod client;
mod good;
mod server;
mod tally;

use std::io::{Write, stdout};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{bail, ensure};
use clap::Parser;
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::Instant;

use crate::client::Mix;
use crate::good::Pace;
use crate::server::Server;
use crate::tally::Tally;

/// How much more is asked than can be answered.
const OVERLOAD: f64 = 2.0;
/// How little is asked when nothing else is to be felt.
const LIGHT: f64 = 0.1;
/// How much slower the slowest answers to good clients may be under load.
const SLOWER_MAX: f64 = 3.0;
/// How much memory may grow after the first part of the load.
const GROWTH_MAX: f64 = 1.1;

#[derive(Parser)]
struct Arguments {
    /// `sqlite://…` or `postgres://…`: a database that `jobgraph generate` has filled.
    #[arg(long)]
    database_url: String,
    /// The program.
    #[arg(long, default_value = "target/release/jobgraph")]
    program: PathBuf,
    /// How long the load lasts.
    #[arg(long, default_value_t = 30.0)]
    minutes: f64,
    /// How long capacity and unloaded times are measured, each.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut terminated = signal(SignalKind::terminate())?;
    // The server ends with whoever started it, whatever ends that.
    tokio::select! {
        ended = run(Arguments::parse()) => ended,
        _ = terminated.recv() => bail!("terminated"),
        _ = tokio::signal::ctrl_c() => bail!("interrupted"),
    }
}

async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let server = Server::start(&arguments.program, &arguments.database_url).await?;
    let mix = Arc::new(Mix::read(server.address).await?);
    let brief = Duration::from_secs(arguments.seconds);
    // Whatever is done only once is done by then.
    good::capacity(server.address, &mix, brief / 4).await?;
    let capacity = good::capacity(server.address, &mix, brief).await?;
    let light = Tally::new();
    good::load(server.address, &mix, &Pace::for_a_while(capacity * LIGHT, brief), &light).await;

    let time = Duration::from_secs_f64(arguments.minutes * 60.0);
    let (heavy, bad) = (Tally::new(), Tally::new());
    let until = Instant::now() + time;
    let clients = bad::start(server.address, until, &bad);
    let pace = Pace { rate: capacity * OVERLOAD, until };
    let (memory, live, ()) = tokio::join!(
        server.watch_memory(time),
        server.watch_life(until),
        good::load(server.address, &mix, &pace, &heavy)
    );
    clients.ended().await;
    let memory = memory?;
    let is_idle = server.becomes_idle().await?;

    let (light, heavy, bad) = (light.told(), heavy.told(), bad.told());
    let database = arguments.database_url.split(':').next().unwrap_or_default();
    let slower = heavy.milliseconds(0.99) / light.milliseconds(0.99);
    let mut text = String::new();
    text += "| database | can answer /s | asked /s | answered /s | p50, p99 alone ms | p50, p99 loaded ms | p99 ratio | refused | memory MiB, warm and at the end |\n";
    text += "|---|---|---|---|---|---|---|---|---|\n";
    text += &format!(
        "| {database} | {capacity:.0} | {:.0} | {:.0} | {:.1}, {:.1} | {:.1}, {:.1} | {slower:.1} | {:.0} % | {:.0}, {:.0} |\n\n",
        heavy.all() as f64 / time.as_secs_f64(),
        heavy.answered() as f64 / time.as_secs_f64(),
        light.milliseconds(0.5),
        light.milliseconds(0.99),
        heavy.milliseconds(0.5),
        heavy.milliseconds(0.99),
        100.0 * (heavy.all() - heavy.answered()) as f64 / heavy.all().max(1) as f64,
        memory.warm,
        memory.end,
    );
    text += &format!(
        "p50, p99 ms of each question alone: {}.\n\nLoaded: {}.\n\n",
        light.by_question(),
        heavy.by_question()
    );
    text += &format!("Good clients were told: {}.\n\nBad clients were told: {}.\n", heavy.list(), bad.list());
    write!(stdout(), "{text}")?;

    let undesigned: Vec<String> = [light.undesigned(true), heavy.undesigned(true), bad.undesigned(false)].concat();
    let faults = [
        (!undesigned.is_empty(), format!("not designed: {}", undesigned.join("; "))),
        (slower > SLOWER_MAX, format!("p99 is {slower:.1} times as long under load, {SLOWER_MAX} is allowed")),
        (
            memory.end > memory.warm * GROWTH_MAX,
            format!("memory grew from {:.0} to {:.0} MiB", memory.warm, memory.end),
        ),
        (live.is_some(), format!("the server did not say that it lives: {}", live.unwrap_or_default())),
        (!is_idle, "requests or streams are left when all clients have gone".to_owned()),
    ];
    let faults: Vec<String> = faults.into_iter().filter(|(is_so, _)| *is_so).map(|(_, text)| text).collect();
    ensure!(faults.is_empty(), "{database}: {}", faults.join("\n"));
    Ok(())
}
