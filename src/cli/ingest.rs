//! `ingest`: reads a board, or saved answers of it, and applies what changed. One line a crawl tells what came of it.

use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::migrate::open_current;
use super::output;
use super::serve::now;
use crate::config::{Common, DATABASE_URL_DEFAULT, Ingest, PolicyName};
use crate::demo;
use crate::ingest::archive::Archive;
use crate::ingest::fetch::{FetchLimits, Fetcher};
use crate::ingest::line::Named;
use crate::ingest::saved::{Bundle, LedgerRun, Outcome, SavedAnswer, SavedError, from_ledger, from_path, parse_time};
use crate::ingest::verdict::Policy;
use crate::ingest::{Arrived, Body, IngestError, Intake, Summary, provider};
use crate::store::Store;
use crate::vocabulary::CrawlOutcome;

/// Warnings of one crawl that are shown; all are kept with the crawl.
const WARNINGS_SHOWN_MAX: usize = 5;

pub(super) async fn run(common: &Common, ingest: &Ingest) -> anyhow::Result<ExitCode> {
    if let Some(name) = ingest.provider.as_deref().filter(|name| provider::find(name).is_none()) {
        output::problem(&format!("provider \"{name}\" is not known\nhint: known are {}", provider::NAMES.join(", ")));
        return Ok(ExitCode::from(super::USAGE));
    }
    let known = ingest.provider.as_deref().and_then(provider::find);
    if let Some(board) = ingest.board.as_deref().filter(|board| known.is_some_and(|it| !it.names(board))) {
        output::problem(&IngestError::NoBoardName(board.to_owned()).to_string());
        return Ok(ExitCode::from(super::USAGE));
    }
    let at = match ingest.at.as_deref().map(|text| parse_time(text).ok_or(text)).transpose() {
        Ok(at) => at,
        Err(text) => {
            output::problem(&format!("--at \"{text}\" is no time\nhint: write it as 2026-06-06T20:31:24Z"));
            return Ok(ExitCode::from(super::USAGE));
        }
    };
    let store = open_current(&common.store(DATABASE_URL_DEFAULT)).await?;
    store.expect_much_writing().await.context("database")?;
    let archive = Archive::open(&ingest.archive).context("archive")?;
    let policy = match ingest.policy {
        PolicyName::Default => None,
        PolicyName::Immediate => Some(Policy::immediate()),
    };
    let intake = Intake { store: &store, archive: Some(&archive), policy, clock: now };
    let mut runs = Runs::new(&intake);
    match (&ingest.provider, &ingest.board) {
        (Some(provider), Some(board)) if ingest.from.is_some() => runs.saved(provider, board, ingest, at).await?,
        (Some(provider), Some(board)) => runs.fetched(provider, board).await?,
        _ => runs.bundle(ingest).await?,
    }
    let is_failed = runs.finish();
    store.close().await?;
    Ok(if is_failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Fills a store with the demo's boards, as `ingest` would.
pub(super) async fn demo(store: &Store) -> anyhow::Result<()> {
    let intake = Intake { store, archive: None, policy: None, clock: now };
    for answer in demo::answers().context("demo")? {
        intake.apply(&Arrived::from(answer)).await.context("demo")?;
    }
    Ok(())
}

/// The crawls of one command.
struct Runs<'a> {
    intake: &'a Intake<'a>,
    progress: ProgressBar,
    total: Summary,
    crawls: u64,
    failures: u64,
}

impl<'a> Runs<'a> {
    fn new(intake: &'a Intake<'a>) -> Self {
        // Drawn on standard error, and only if that is a terminal.
        let progress = ProgressBar::no_length();
        let style = ProgressStyle::with_template("{spinner} {pos} crawls, {msg} [{elapsed}]");
        progress.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        progress.enable_steady_tick(Duration::from_millis(100));
        Self { intake, progress, total: Summary::default(), crawls: 0, failures: 0 }
    }

    async fn fetched(&mut self, name: &str, board: &str) -> anyhow::Result<()> {
        let provider = provider::find(name).context("provider")?;
        let started_at = now();
        self.progress.set_message(format!("asking {name} for {board}"));
        let answers = Fetcher::new(FetchLimits::default())?.crawl(provider, board).await;
        let (http_status, body) = match answers {
            Ok(answers) => (Some(200), Body::Read(answers.to_bytes())),
            Err(error) if error.is_not_found_by(provider) => (error.http_status(), Body::NotFound),
            Err(error) => (error.http_status(), Body::Failed(error.to_string())),
        };
        let (provider, board) = (name.to_owned(), board.to_owned());
        self.apply(Arrived { provider, board, started_at, finished_at: now(), http_status, body }, true).await
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
        self.progress.set_length(runs.len() as u64);
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
            let mut lines = bundle.map(|line| line.map(Arrived::from));
            while lines.next().is_some_and(|line| sender.blocking_send(line).is_ok()) {}
        });
        let intake = self.intake;
        let done = |applied| match applied {
            Ok((named, Ok(summary))) => self.tell(&named, &summary, true),
            Ok((named, Err(error))) => self.fail(&format!("{} {}: {error:#}", named.provider, named.board)),
            Err(error) => self.fail(&SavedError::to_string(&error)),
        };
        intake.apply_all(ReceiverStream::new(answers), done).await;
        Ok(())
    }

    fn fail(&mut self, message: &str) {
        self.failures += 1;
        self.progress.suspend(|| output::problem(message));
    }

    async fn apply(&mut self, arrived: Arrived, is_failure_fatal: bool) -> anyhow::Result<()> {
        let applied = self.intake.apply(&arrived).await;
        let Arrived { provider, board, finished_at, .. } = arrived;
        let summary = applied.with_context(|| format!("{provider} {board}"))?;
        self.tell(&Named { provider, board, finished_at }, &summary, is_failure_fatal);
        Ok(())
    }

    /// Tells what came of one answer. A crawl that failed fails the command, unless the failure itself is what is
    /// replayed.
    fn tell(&mut self, named: &Named, summary: &Summary, is_failure_fatal: bool) {
        let name = format!("{} {}", named.provider, named.board);
        self.crawls += 1;
        self.progress.inc(1);
        self.progress.set_message(name.clone());
        let is_failed = matches!(summary.outcome, Some(CrawlOutcome::Failed | CrawlOutcome::Gone));
        self.failures += u64::from(is_failed && is_failure_fatal);
        let at = crate::ingest::identity::rfc3339(named.finished_at);
        self.progress.suspend(|| {
            output::line(&format!("{name} {at} {}", describe(summary)));
            for warning in summary.warnings.iter().take(WARNINGS_SHOWN_MAX) {
                output::note(&format!("warning: {name}: {warning}"));
            }
        });
        self.total.created += summary.created;
        self.total.updated += summary.updated;
        self.total.closed += summary.closed;
        self.total.reopened += summary.reopened;
    }

    /// Tells the sum of several crawls, and whether any failed.
    fn finish(self) -> bool {
        self.progress.finish_and_clear();
        if self.crawls > 1 {
            let Summary { created, updated, closed, reopened, .. } = self.total;
            output::line(&format!(
                "{} crawls: {created} created, {updated} updated, {closed} closed, {reopened} reopened, {} failures",
                self.crawls, self.failures
            ));
        }
        self.failures > 0
    }
}

fn describe(summary: &Summary) -> String {
    if summary.is_repeated {
        return "applied before".to_owned();
    }
    let outcome = summary.outcome.map_or("", <&str>::from);
    let guard = summary.guard.as_ref().map(|guard| format!(" ({guard})")).unwrap_or_default();
    let error = summary.error.as_ref().map(|error| format!(": {error}")).unwrap_or_default();
    let Summary { seen, created, updated, closed, reopened, unchanged, .. } = summary;
    format!(
        "{outcome}{guard}{error}: {seen} seen, {created} created, {updated} updated, {closed} closed, {reopened} reopened, {unchanged} unchanged"
    )
}
