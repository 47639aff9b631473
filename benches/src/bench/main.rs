//! Times the gateway beside endpoints written by hand, on one database, in one run.
//!
//! Every question is asked of both, the answers are held against each other, and then slices of load alternate between
//! the servers, so that what else the machine does falls on all alike.

mod boards;
mod load;
mod questions;
mod report;
mod server;
mod subscribers;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use benches::Connection;
use clap::Parser;
use serde_json::Value;
use tokio::process::Command;
use tokio::signal::unix::{SignalKind, signal};

use crate::boards::Reading;
use crate::load::{Requests, Times};
use crate::questions::Question;
use crate::report::{Line, Measured};
use crate::server::{Server, cpu_of_postgres};

const PORT: u16 = 7_200;
/// Requests before the first that is measured.
const WARM_UP: Duration = Duration::from_millis(500);

#[derive(Parser)]
struct Arguments {
    /// `sqlite://…` or `postgres://…`: a database that `jobgraph generate` has filled.
    #[arg(long)]
    database_url: String,
    /// PostgreSQL's first process, whose children's time counts too.
    #[arg(long)]
    postmaster: Option<i32>,
    /// Where the programs are.
    #[arg(long, default_value = "target/release")]
    programs: PathBuf,
    #[arg(long, value_delimiter = ',', default_value = "1,32")]
    connections: Vec<usize>,
    /// Of each slice.
    #[arg(long, default_value_t = 1_000)]
    milliseconds: u64,
    /// Slices of each server.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Only these, by their names, as `"a;g, all;ingest"`.
    #[arg(long, value_delimiter = ';')]
    questions: Vec<String>,
    /// Asks jobgraph by GET, as the floor is asked, and not by POST with a body.
    #[arg(long)]
    get: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut terminated = signal(SignalKind::terminate())?;
    // The servers end with whoever started them, whatever ends that.
    tokio::select! {
        ended = run(Arguments::parse()) => ended,
        _ = terminated.recv() => bail!("terminated"),
        _ = tokio::signal::ctrl_c() => bail!("interrupted"),
    }
}

async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let servers = Servers::start(&arguments).await?;
    let mut all = questions::all(servers.gateway.address).await?;
    if arguments.get {
        all = all.into_iter().map(Question::by_get).collect::<anyhow::Result<_>>()?;
    }
    let names: Vec<&str> = all.iter().map(|it| it.name).chain(["j", "ingest"]).collect();
    if let Some(unknown) = arguments.questions.iter().find(|it| !names.contains(&it.as_str())) {
        bail!("there is no question \"{unknown}\": write {}, with ; between them", names.join("; "));
    }
    let is_asked = |name: &str| arguments.questions.is_empty() || arguments.questions.iter().any(|it| it == name);
    let mut lines = Vec::new();
    for question in &all {
        if !is_asked(question.name) {
            continue;
        }
        if question.name != "i" {
            servers.compare(question).await.with_context(|| format!("question {}", question.name))?;
        }
        for connections in &arguments.connections {
            let line = servers.measure(question, *connections, &arguments).await;
            let line = line.with_context(|| format!("question {}", question.name))?;
            report::progress(&line);
            lines.push(line);
        }
    }
    report::print(&lines, &servers.all())?;
    let program = arguments.programs.join("jobgraph");
    let reading = Reading { program: &program, database_url: &arguments.database_url };
    if is_asked("j") {
        subscribers::measure(&servers.keeping, &reading).await?;
    }
    if is_asked("ingest") {
        for question in all.iter().filter(|it| ["a", "c"].contains(&it.name)) {
            boards::beside(question.name, &servers.asked(question), &reading).await?;
        }
    }
    Ok(())
}

/// The servers of one database. The first floor is the one that ratios are taken of.
struct Servers {
    gateway: Server,
    /// It keeps answers in memory; the other does not.
    keeping: Server,
    floors: Vec<Server>,
    /// A floor that keeps answers too, and looks for each request whether it still holds.
    keeping_floor: Server,
    postmaster: Option<i32>,
}

impl Servers {
    async fn start(arguments: &Arguments) -> anyhow::Result<Self> {
        let url = &arguments.database_url;
        let (drivers, database): (&[&str], &str) = match url.split_once("://") {
            Some(("postgres", _)) => (&["postgres"], url),
            Some(("sqlite", file)) => (&["sqlx", "rusqlite"], file),
            _ => bail!("{url} is no address of a database: write sqlite://FILE or postgres://…"),
        };
        ensure!(drivers.len() == 2 || arguments.postmaster.is_some(), "--postmaster is needed with PostgreSQL");
        let address = |offset| SocketAddr::from((Ipv4Addr::LOCALHOST, PORT + offset));
        let gateway = |offset, kept: &str| {
            let mut command = Command::new(arguments.programs.join("jobgraph"));
            command.args(["--database-url", url, "serve", "--listen", &address(offset).to_string()]);
            command.env("JOBGRAPH_ANSWERS_BYTES_MAX", kept).env("JOBGRAPH_LOG", "warn");
            command
        };
        let keeping = Server::start("jobgraph, answers kept", address(1), gateway(1, "67108864")).await?;
        let mut floors = Vec::new();
        let floor = |offset, driver: &str| {
            let mut command = Command::new(arguments.programs.join("floor"));
            command.args(["--driver", driver, "--database", database, "--listen", &address(offset).to_string()]);
            command
        };
        for (index, driver) in drivers.iter().enumerate() {
            let offset = u16::try_from(index)? + 3;
            floors.push(Server::start(&format!("floor, {driver}"), address(offset), floor(offset, driver)).await?);
        }
        let mut kept = floor(2, drivers[0]);
        kept.arg("--keeps-answers");
        let keeping_floor = Server::start("floor, answers kept", address(2), kept).await?;
        let gateway = Server::start("jobgraph", address(0), gateway(0, "0")).await?;
        Ok(Self { gateway, keeping, floors, keeping_floor, postmaster: arguments.postmaster })
    }

    fn all(&self) -> Vec<&Server> {
        [&self.gateway, &self.keeping, &self.keeping_floor].into_iter().chain(&self.floors).collect()
    }

    /// Those that answer each request anew, with what they are asked.
    fn asked<'a>(&'a self, question: &'a Question) -> Vec<(&'a Server, &'a Requests)> {
        let floors = self.floors.iter().map(|floor| (floor, &question.floor));
        std::iter::once((&self.gateway, &question.gateway)).chain(floors).collect()
    }

    /// Holds the gateway's answers against the floors'.
    async fn compare(&self, question: &Question) -> anyhow::Result<()> {
        let mut gateway = Connection::open(self.gateway.address).await?;
        for floor in &self.floors {
            let mut floor = Connection::open(floor.address).await?;
            for (ours, theirs) in question.gateway.iter().zip(question.floor.iter()) {
                let ours = without_places(questions::data(&mut gateway, ours).await?);
                let theirs = without_places(questions::data(&mut floor, theirs).await?);
                ensure!(ours == theirs, "the answers differ\n{ours}\n{theirs}");
            }
        }
        Ok(())
    }

    async fn measure(&self, question: &Question, connections: usize, arguments: &Arguments) -> anyhow::Result<Line> {
        let mut all = self.asked(question);
        all.extend([(&self.keeping, &question.gateway), (&self.keeping_floor, &question.floor)]);
        for (server, requests) in &all {
            load::run(server.address, requests, connections, WARM_UP).await?;
        }
        let mut measured = Vec::new();
        for (server, _) in &all {
            measured.push(Measured { server: server.name.clone(), times: Times::new()?, cpu: Duration::ZERO });
        }
        for _ in 0..arguments.rounds {
            for ((server, requests), measured) in all.iter().zip(&mut measured) {
                let time = Duration::from_millis(arguments.milliseconds);
                let (times, cpu) = self.slice(server, requests, connections, time).await?;
                measured.times.add(&times)?;
                measured.cpu += cpu;
            }
        }
        Ok(Line { question: question.name, connections, measured })
    }

    async fn slice(
        &self,
        server: &Server,
        requests: &Requests,
        connections: usize,
        time: Duration,
    ) -> anyhow::Result<(Times, Duration)> {
        let before = self.cpu(server)?;
        let times = load::run(server.address, requests, connections, time).await?;
        Ok((times, self.cpu(server)?.saturating_sub(before)))
    }

    /// Time of the server and of its database.
    fn cpu(&self, server: &Server) -> anyhow::Result<Duration> {
        let database = self.postmaster.map_or(Ok(Duration::ZERO), cpu_of_postgres)?;
        Ok(server.cpu()? + database)
    }
}

/// Cursors and places differ by design.
fn without_places(mut data: Value) -> Value {
    if let Some(page) = data.pointer_mut("/jobs/pageInfo").and_then(Value::as_object_mut) {
        page.remove("endCursor");
    }
    data
}
