//! How fast boards are read into a database, beside a plain bulk insert of the very rows that come of them.
//!
//! Each database first gets all boards, which are new, then the same answers as of the next day, and then an empty one of
//! the same tables and indexes gets the rows of the first time.

mod boards;
mod plain;

use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use clap::Parser;
use futures_util::{StreamExt, stream};
use jobgraph::ingest::archive::Archive;
use jobgraph::ingest::line::Applied;
use jobgraph::ingest::normalize::gazetteer;
use jobgraph::ingest::saved::{Bundle, SavedError};
use jobgraph::ingest::{Arrived, Intake};
use jobgraph::store::{Store, StoreSettings};
use procfs::process::Process;

use crate::boards::Boards;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

#[derive(Parser)]
struct Arguments {
    /// An empty folder for databases and archives.
    #[arg(long)]
    work: PathBuf,
    /// An empty PostgreSQL, which is read into as well.
    #[arg(long)]
    postgres: Option<String>,
    /// Postings of invented boards.
    #[arg(long, default_value_t = 20_000)]
    jobs: usize,
    /// A bundle of real answers, read beside the invented ones.
    #[arg(long)]
    bundle: Option<PathBuf>,
}

/// One way of writing postings, and how it went.
struct Line {
    postings: i64,
    elapsed: Duration,
    peak_bytes: u64,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let mut bundles = Vec::new();
    for (name, has_bodies) in [("invented, with bodies", true), ("invented, without bodies", false)] {
        let bundle = arguments.work.join(format!("{has_bodies}.ndjson"));
        Boards { postings: arguments.jobs, has_bodies }.write(&bundle)?;
        bundles.push((name, bundle));
    }
    bundles.extend(arguments.bundle.clone().map(|it| ("real, without bodies", it)));
    let mut out = stdout();
    let begun = Instant::now();
    gazetteer::cities("");
    writeln!(out, "The gazetteer is loaded in {:.1} ms.\n", begun.elapsed().as_secs_f64() * 1_000.0)?;
    writeln!(out, "| boards | database | what | postings | postings/s | of plain | peak memory |")?;
    writeln!(out, "|---|---|---|---:|---:|---:|---:|")?;
    for (index, (name, bundle)) in bundles.iter().enumerate() {
        let folder = arguments.work.join(index.to_string());
        std::fs::create_dir_all(&folder)?;
        let file = folder.join("read.db");
        let url = format!("sqlite://{}", file.display());
        let lines = read(&url, bundle, &folder).await?;
        let plain = measured(|| plain::copy(&file, &folder.join("plain.db")))?;
        show(&mut out, name, "SQLite", &lines, &Line { postings: lines[0].postings, ..plain })?;
        std::fs::remove_dir_all(&folder)?;
        if let Some(url) = &arguments.postgres {
            let folder = arguments.work.join(format!("{index}-postgres"));
            std::fs::create_dir_all(&folder)?;
            plain::empty(url).await?;
            let lines = read(url, bundle, &folder).await?;
            let begun = Instant::now();
            plain::copy_within(url).await?;
            let plain = Line { postings: lines[0].postings, elapsed: begun.elapsed(), peak_bytes: 0 };
            show(&mut out, name, "PostgreSQL", &lines, &plain)?;
            std::fs::remove_dir_all(&folder)?;
        }
    }
    Ok(())
}

/// Reads all boards as new ones, and again a day later.
async fn read(url: &str, bundle: &Path, folder: &Path) -> anyhow::Result<[Line; 2]> {
    let store = Store::open(&StoreSettings {
        database_url: url.to_owned(),
        readers_max: 2,
        statement_timeout: Duration::from_secs(60),
        acquire_timeout: Duration::from_secs(60),
    })
    .await?;
    store.migrate_up().await?;
    store.expect_much_writing().await?;
    let archive = Archive::open(&folder.join("archive").display().to_string())?;
    let first = apply(&store, &archive, bundle, 0).await?;
    let again = apply(&store, &archive, bundle, DAY_MS).await?;
    store.close().await?;
    Ok([first, again])
}

async fn apply(store: &Store, archive: &Archive, bundle: &Path, later_ms: i64) -> anyhow::Result<Line> {
    let intake = Intake { store, archive: Some(archive), policy: None, clock: || 0 };
    // As `ingest --bundle` does, whose time it belongs to.
    let begun = Instant::now();
    store.defer_indexes().await?;
    let later = Bundle::open(bundle)?.map(|answer| {
        let mut arrived = Arrived::from(answer?);
        arrived.started_at += later_ms;
        arrived.finished_at += later_ms;
        Ok(arrived)
    });
    forget_peak()?;
    let (mut postings, mut failed) = (0, None);
    let done = |applied: Applied<SavedError>| match applied {
        Ok((_, Ok(summary))) => postings += if later_ms == 0 { summary.created } else { summary.unchanged },
        Ok((named, Err(error))) => failed = Some(format!("{}: {error}", named.board)),
        Err(error) => failed = Some(error.to_string()),
    };
    intake.apply_all(stream::iter(later).boxed_local(), done).await;
    if let Some(failed) = failed {
        bail!(failed);
    }
    store.make_deferred_indexes().await?;
    Ok(Line { postings, elapsed: begun.elapsed(), peak_bytes: peak()? })
}

fn measured(work: impl FnOnce() -> anyhow::Result<Duration>) -> anyhow::Result<Line> {
    forget_peak()?;
    let elapsed = work()?;
    Ok(Line { postings: 0, elapsed, peak_bytes: peak()? })
}

fn show(out: &mut impl Write, name: &str, database: &str, read: &[Line; 2], plain: &Line) -> anyhow::Result<()> {
    let rate = |line: &Line| line.postings as f64 / line.elapsed.as_secs_f64();
    for (what, line) in [("new", &read[0]), ("unchanged", &read[1]), ("plain bulk insert", plain)] {
        writeln!(
            out,
            "| {name} | {database} | {what} | {} | {:.0} | {:.0} % | {} |",
            line.postings,
            rate(line),
            100.0 * rate(line) / rate(plain),
            if line.peak_bytes > 0 { format!("{} MiB", line.peak_bytes >> 20) } else { String::new() },
        )?;
    }
    Ok(())
}

/// The most memory that this process had at once since it was asked to forget.
fn peak() -> anyhow::Result<u64> {
    Process::myself()?.status()?.vmhwm.map(|kib| kib * 1024).context("the kernel tells no peak")
}

fn forget_peak() -> anyhow::Result<()> {
    std::fs::write("/proc/self/clear_refs", "5").context("the peak of memory")
}
