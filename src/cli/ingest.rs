//! `ingest`: reads a board, or saved answers of it, and applies what changed. One line a crawl tells what came of it.

use std::collections::HashSet;
use std::process::ExitCode;

use anyhow::{Context, bail, ensure};
use chrono::TimeDelta;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::migrate::open_current;
use super::output;
use super::report::Report;
use super::serve::now;
use crate::config::{Common, DATABASE_URL_DEFAULT, Ingest, PolicyName};
use crate::demo;
use crate::ingest::archive::Archive;
use crate::ingest::fetch::{FetchLimits, Fetcher};
use crate::ingest::identity::rfc3339;
use crate::ingest::line::Named;
use crate::ingest::saved::{Bundle, LedgerRun, Outcome, SavedAnswer, from_ledger, from_path, parse_time};
use crate::ingest::verdict::Policy;
use crate::ingest::{Arrived, IngestError, Intake, identity, provider};
use crate::store::Store;

/// How far ahead of this machine's clock an answer may have been fetched, in milliseconds: clocks of two machines
/// differ by less.
const CLOCK_AHEAD_MAX_MS: i64 = 5 * 60 * 1_000;

pub(super) async fn run(common: &Common, ingest: &Ingest) -> anyhow::Result<ExitCode> {
    if let Some(name) = ingest.provider.as_deref().filter(|name| provider::find(name).is_none()) {
        output::problem(&format!("provider \"{name}\" is not known\nhint: known are {}", provider::NAMES.join(", ")));
        return Ok(ExitCode::from(super::USAGE));
    }
    let known = ingest.provider.as_deref().and_then(provider::find);
    if let Some((provider, board)) = known.zip(ingest.board.as_deref()).filter(|(it, board)| !it.names(board)) {
        output::problem(&reason(provider.name, &IngestError::NoBoardName(board.to_owned())));
        return Ok(ExitCode::from(super::USAGE));
    }
    let at = match ingest.at.as_deref().map(|text| parse_time(text).ok_or(text)).transpose() {
        Ok(at) => at,
        Err(text) => {
            output::problem(&format!("--at \"{text}\" is no time\nhint: write it as 2026-06-06T20:31:24Z"));
            return Ok(ExitCode::from(super::USAGE));
        }
    };
    if let Some(Err(error)) = at.map(|at| ensure_past("--at", at)) {
        output::problem(&error.to_string());
        return Ok(ExitCode::from(super::USAGE));
    }
    for path in [&ingest.from, &ingest.ledger, &ingest.bundle].into_iter().flatten() {
        ensure!(path.exists(), "there is no file or folder \"{}\"", path.display());
    }
    let store = open_current(&common.store(DATABASE_URL_DEFAULT)).await?;
    store.expect_much_writing().await.context("database")?;
    let archive = Archive::open(&ingest.archive).context("archive")?;
    let policy = match ingest.policy {
        PolicyName::Default => None,
        PolicyName::Immediate => Some(Policy::immediate()),
    };
    let intake = Intake { store: &store, archive: Some(&archive), policy, clock: now };
    let mut runs = Runs { intake: &intake, report: Report::new() };
    match (&ingest.provider, &ingest.board) {
        (Some(provider), Some(board)) if ingest.from.is_some() => runs.saved(provider, board, ingest, at).await?,
        (Some(provider), Some(board)) => runs.fetched(provider, board).await?,
        _ => runs.bundle(ingest).await?,
    }
    let is_failed = runs.report.finish();
    store.close().await?;
    Ok(if is_failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Fills a store with the demo's boards, as `ingest` would have in the week before. A store that has them keeps their days.
pub(super) async fn demo(store: &Store) -> anyhow::Result<()> {
    let intake = Intake { store, archive: None, policy: None, clock: now };
    let written = demo::answers().context("demo")?;
    let (first, last) = written.first().zip(written.last()).context("demo")?;
    let source_id = identity::source_id(&first.provider, &first.board);
    let known = store.sources().await.context("database")?.into_iter().find(|it| it.source_id == source_id);
    let day_ms = TimeDelta::days(1).num_milliseconds();
    // Somebody may have read a board of this name otherwise.
    let known = known.map(|it| it.first_seen_at - first.fetched_at).filter(|it| it % day_ms == 0);
    let later = TimeDelta::days(known.unwrap_or_else(|| now() - last.fetched_at).div_euclid(day_ms));
    for answer in demo::answers_later(later).context("demo")? {
        intake.apply(&Arrived::from(answer)).await.context("demo")?;
    }
    Ok(())
}

/// A board of a store that holds none of the demo's: invented employers are not to be mixed with real ones. Whoever tries the
/// demo may add boards to it.
pub(super) async fn board_without_demo(store: &Store) -> anyhow::Result<Option<String>> {
    let written = demo::answers().context("demo")?;
    let invented: HashSet<String> = written.iter().map(|it| identity::source_id(&it.provider, &it.board)).collect();
    let sources = store.sources().await.context("database")?;
    let is_filled = sources.iter().any(|it| invented.contains(&it.source_id));
    let board = sources.into_iter().next().filter(|_| !is_filled);
    Ok(board.map(|it| format!("{}/{}", it.provider, it.board_token)))
}

/// Why an answer of this provider is not applied; where its board has no name, with one such as the provider's boards have.
fn reason(provider: &str, error: &IngestError) -> String {
    match (error, provider::find(provider)) {
        (IngestError::NoBoardName(_), Some(known)) => {
            format!("{error}; those of {} are such as \"{}\"", known.label, known.example())
        }
        _ => format!("{error:#}"),
    }
}

/// Refuses an answer of the future: whatever the board answers before then would be older than its latest.
fn ensure_past(named: &str, at: i64) -> anyhow::Result<()> {
    let now = now();
    ensure!(
        at <= now + CLOCK_AHEAD_MAX_MS,
        "{named} says {}, but it is {}\nhint: say when the answer was fetched, or set this machine's clock",
        rfc3339(at),
        rfc3339(now)
    );
    Ok(())
}

/// The crawls of one command.
struct Runs<'a> {
    intake: &'a Intake<'a>,
    report: Report,
}

impl Runs<'_> {
    async fn fetched(&mut self, name: &str, board: &str) -> anyhow::Result<()> {
        let provider = provider::find(name).context("provider")?;
        self.report.doing(format!("asking {name} for {board}"));
        let (arrived, _) = Fetcher::new(FetchLimits::default())?.arrived(provider, board, now).await;
        self.apply(arrived, true).await
    }

    async fn saved(&mut self, provider: &str, board: &str, ingest: &Ingest, at: Option<i64>) -> anyhow::Result<()> {
        let from = ingest.from.as_deref().context("--from")?;
        let runs = match &ingest.ledger {
            Some(ledger) => from_ledger(ledger, from, provider, board)?,
            None => from_path(from, at)?.into_iter().map(LedgerRun::Answered).collect(),
        };
        if runs.is_empty() {
            bail!(
                "\"{}\" holds no saved answers\nhint: they end in .json, .xml, .rss or .html, and perhaps .gz or .zst",
                from.display()
            );
        }
        for run in &runs {
            let (named, at) = match (run, &ingest.ledger) {
                (LedgerRun::Answered(file), None) => (format!("\"{}\"", file.path.display()), file.fetched_at),
                (LedgerRun::Answered(file), Some(ledger)) => (format!("\"{}\"", ledger.display()), file.fetched_at),
                (LedgerRun::Failed { at, .. }, _) => ("a failed run of the ledger".to_owned(), *at),
            };
            ensure_past(&named, at)?;
        }
        self.report.expect(runs.len());
        for run in runs {
            let (fetched_at, outcome) = match run {
                LedgerRun::Answered(file) => (file.fetched_at, Outcome::Answered(file.body()?)),
                LedgerRun::Failed { at, message } => (at, Outcome::Failed { message }),
            };
            let answer = SavedAnswer { provider: provider.to_owned(), board: board.to_owned(), fetched_at, outcome };
            self.apply(answer.into(), ingest.ledger.is_none()).await?;
        }
        Ok(())
    }

    async fn bundle(&mut self, ingest: &Ingest) -> anyhow::Result<()> {
        let bundle = Bundle::open(ingest.bundle.as_deref().context("--bundle")?)?;
        let (sender, answers) = mpsc::channel(1);
        // Lines are read from a file, which has a thread wait.
        tokio::task::spawn_blocking(move || {
            let mut lines = bundle.map(|line| -> Result<Arrived, String> {
                let answer = line.map_err(|error| error.to_string())?;
                let named = format!("{} {}: \"fetched_at\"", answer.provider, answer.board);
                ensure_past(&named, answer.fetched_at).map_err(|error| error.to_string())?;
                Ok(Arrived::from(answer))
            });
            while lines.next().is_some_and(|line| sender.blocking_send(line).is_ok()) {}
        });
        self.intake.store.defer_indexes().await.context("indexes")?;
        let report = &mut self.report;
        let done = |applied| match applied {
            Ok((named, Ok(summary))) => report.tell(&named, &summary, true),
            Ok((named, Err(error))) => {
                report.fail(&format!("{} {}: {}", named.provider, named.board, reason(&named.provider, &error)));
            }
            Err(error) => report.fail(String::as_str(&error)),
        };
        self.intake.apply_all(ReceiverStream::new(answers), done).await;
        self.report.doing("making indexes".to_owned());
        self.intake.store.make_deferred_indexes().await.context("indexes")?;
        Ok(())
    }

    async fn apply(&mut self, arrived: Arrived, is_failure_fatal: bool) -> anyhow::Result<()> {
        let applied = self.intake.apply(&arrived).await;
        let Arrived { provider, board, finished_at, .. } = arrived;
        let summary = applied.with_context(|| format!("{provider} {board}"))?;
        self.report.tell(&Named { provider, board, finished_at }, &summary, is_failure_fatal);
        Ok(())
    }
}
