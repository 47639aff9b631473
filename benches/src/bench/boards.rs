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

/// Boards that are read beside readers.
const MANY: Boards = Boards { number: 60, postings: 250 };
/// How often they are read again.
const DAYS: usize = 10;
/// Postings of a board that are gone a day later; as many are new.
const TURNOVER: usize = 5;
/// How long readers are measured while nothing is written.
const IDLE: Duration = Duration::from_secs(5);
const SLICE: Duration = Duration::from_millis(200);

/// Reads boards as their user would, by the program.
pub(crate) struct Reading<'a> {
    pub(crate) program: &'a Path,
    pub(crate) database_url: &'a str,
}

/// Boards that are alike.
#[derive(Clone, Copy)]
pub(crate) struct Boards {
    pub(crate) number: usize,
    /// Of each.
    pub(crate) postings: usize,
}

impl Boards {
    /// A name for them that no board has had yet.
    pub(crate) fn name() -> String {
        format!("bench-{}", Utc::now().timestamp_millis())
    }

    /// What they show on a day, as `jobgraph ingest --bundle` reads it.
    fn lines(self, name: &str, day: usize) -> String {
        let now = Utc::now().to_rfc3339();
        let title = |index: usize| format!("Engineer {index}");
        let posting =
            |index| json!({ "id": index, "title": title(index), "content": "&lt;p&gt;Build things.&lt;/p&gt;" });
        let first = 1 + day * TURNOVER;
        let jobs: Vec<_> = (first..first + self.postings).map(posting).collect();
        let body = json!({ "jobs": jobs });
        let line = |board| {
            let board = format!("{name}-{board}");
            json!({ "provider": "greenhouse", "board": board, "fetched_at": now, "body": body }).to_string()
        };
        (0..self.number).map(line).collect::<Vec<_>>().join("\n")
    }
}

impl Reading<'_> {
    /// Reads what boards show on a day, and waits until they are read.
    pub(crate) async fn read(&self, boards: Boards, name: &str, day: usize) -> anyhow::Result<()> {
        let named = |end: &str| std::env::temp_dir().join(format!("jobgraph-bench-{}{end}", std::process::id()));
        let (file, archive): (PathBuf, PathBuf) = (named(".jsonl"), named("-archive"));
        std::fs::write(&file, boards.lines(name, day))?;
        let mut ingest = Command::new(self.program);
        ingest.args(["--database-url", self.database_url, "--log", "warn", "ingest", "--archive"]);
        let ended = ingest.arg(&archive).arg("--bundle").arg(&file).kill_on_drop(true).output().await?;
        ensure!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        std::fs::remove_dir_all(&archive)?;
        Ok(std::fs::remove_file(&file)?)
    }
}

/// Prints how long the answers of servers take while new boards are read, and while these are read again, beside how long
/// they take before.
pub(crate) async fn beside(name: &str, asked: &[(&Server, &Requests)], reading: &Reading<'_>) -> anyhow::Result<()> {
    let of_boards = Boards::name();
    for days in [0..1, 1..1 + DAYS] {
        let postings = MANY.number * MANY.postings * days.len();
        let kind = if days.start == 0 { "new postings" } else { "postings, most of them known," };
        let mut all = Vec::new();
        for (server, requests) in asked {
            all.push((load::run(server.address, requests, 1, IDLE).await?, load::Times::new()?));
        }
        let begun = Instant::now();
        let mut read = std::pin::pin!(async {
            for day in days {
                reading.read(MANY, &of_boards, day).await?;
            }
            anyhow::Ok(())
        });
        for turn in (0..asked.len()).cycle() {
            let (server, requests) = asked[turn];
            tokio::select! {
                biased;
                ended = &mut read => {
                    ended?;
                    break;
                }
                times = load::run(server.address, requests, 1, SLICE) => all[turn].1.add(&times?)?,
            }
        }
        let taken = begun.elapsed().as_secs_f64();
        writeln!(stdout(), "\n{name} with one client while {postings} {kind} are made and read in {taken:.1} s, ms:")?;
        for ((server, _), (before, meanwhile)) in asked.iter().zip(&all) {
            let at = |quantile| {
                let [before, meanwhile] =
                    [before, meanwhile].map(|it| it.taken.value_at_quantile(quantile) as f64 / 1e3);
                format!("{before:.2} before, {meanwhile:.2} meanwhile ({:.1})", meanwhile / before)
            };
            writeln!(stdout(), "{}: p50 {}; p99 {}", server.name, at(0.5), at(0.99))?;
        }
    }
    Ok(())
}
