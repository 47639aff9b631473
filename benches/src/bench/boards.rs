//! Boards that are read into the database while it is measured.

use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::ensure;
use chrono::Utc;
use serde_json::json;
use tokio::process::Command;

use crate::load::{self, Requests};
use crate::server::Server;

/// Boards, and postings of each, that are read beside readers.
const MANY: (usize, usize) = (60, 250);
/// How long readers are measured while nothing is written.
const IDLE: Duration = Duration::from_secs(5);
const SLICE: Duration = Duration::from_millis(200);

/// Reads boards as their user would, by the program.
pub(crate) struct Boards<'a> {
    pub(crate) program: &'a Path,
    pub(crate) database_url: &'a str,
}

impl Boards<'_> {
    /// Reads boards that nobody has read yet, and waits until they are.
    pub(crate) async fn read(&self, boards: usize, postings: usize) -> anyhow::Result<()> {
        let named = |end: &str| std::env::temp_dir().join(format!("jobgraph-bench-{}{end}", std::process::id()));
        let (file, archive): (PathBuf, PathBuf) = (named(".jsonl"), named("-archive"));
        let lines: Vec<String> = (0..boards).map(|board| line(board, postings)).collect();
        std::fs::write(&file, lines.join("\n"))?;
        let mut ingest = Command::new(self.program);
        ingest.args(["--database-url", self.database_url, "--log", "warn", "ingest", "--archive"]);
        let ended = ingest.arg(&archive).arg("--bundle").arg(&file).kill_on_drop(true).output().await?;
        ensure!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        std::fs::remove_dir_all(&archive)?;
        Ok(std::fs::remove_file(&file)?)
    }
}

/// Prints how long answers take while nothing is written, and while boards are read.
pub(crate) async fn beside(server: &Server, boards: &Boards<'_>, name: &str, asked: &Requests) -> anyhow::Result<()> {
    let idle = load::run(server.address, asked, 1, IDLE).await?;
    let mut meanwhile = load::Times::new()?;
    let begun = Instant::now();
    let (number, postings) = MANY;
    let mut reading = std::pin::pin!(boards.read(number, postings));
    loop {
        tokio::select! {
            biased;
            ended = &mut reading => break ended?,
            times = load::run(server.address, asked, 1, SLICE) => meanwhile.add(&times?)?,
        }
    }
    let at = |times: &load::Times, quantile| times.taken.value_at_quantile(quantile) as f64 / 1e3;
    writeln!(
        stdout(),
        "\n{name} with one client while {} postings are read in {:.1} s, ms: p50 {:.2} before, {:.2} meanwhile; p99 {:.2}, {:.2}.",
        number * postings,
        begun.elapsed().as_secs_f64(),
        at(&idle, 0.5),
        at(&meanwhile, 0.5),
        at(&idle, 0.99),
        at(&meanwhile, 0.99),
    )?;
    Ok(())
}

/// A line that `jobgraph ingest --bundle` reads.
fn line(board: usize, postings: usize) -> String {
    let now = Utc::now();
    let title = |index: usize| format!("Engineer {index}");
    let posting = |index| json!({ "id": index, "title": title(index), "content": "&lt;p&gt;Build things.&lt;/p&gt;" });
    let jobs: Vec<_> = (1..=postings).map(posting).collect();
    let board = format!("bench-{}-{board}", now.timestamp_millis());
    json!({ "provider": "greenhouse", "board": board, "fetched_at": now.to_rfc3339(), "body": { "jobs": jobs } })
        .to_string()
}
