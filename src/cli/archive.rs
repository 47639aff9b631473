//! `archive`: what becomes of raw answers that nobody needs any more.

use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::migrate::open_existing;
use super::output;
use super::serve::{now, stop_signal};
use crate::config::{Common, DATABASE_URL_DEFAULT, PRUNE_EVERY, Prune, Syncing};
use crate::ingest::archive::Archive;
use crate::ingest::prune::{Pruned, Pruner, Retention};
use crate::store::Store;

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Delete old answers that no open posting, next crawl or newer rule needs
    Prune(Prune),
}

pub(super) async fn run(common: &Common, action: &Action) -> anyhow::Result<ExitCode> {
    let Action::Prune(prune) = action;
    let store = open_existing(&common.store(DATABASE_URL_DEFAULT)).await?;
    let archive = Archive::open(&prune.archive).context("archive")?;
    let stop = stop_signal();
    let progress = ProgressBar::new_spinner();
    let style = ProgressStyle::with_template("{spinner} {msg} [{elapsed}]");
    progress.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    progress.enable_steady_tick(Duration::from_millis(100));
    progress.set_message("looking for what is needed");
    let retention = Retention { days: prune.keep_days, answers: prune.keep_answers };
    let pruner = Pruner { store: &store, archive: &archive, retention, now: now() };
    let pruned = pruner.run(prune.dry_run, &stop, |it| progress.set_message(told(it, prune.dry_run))).await;
    progress.finish_and_clear();
    output::line(&told(&pruned?, prune.dry_run));
    store.close().await?;
    if stop.is_cancelled() {
        output::problem("stopped before the end\nhint: run it again, it goes on where it was");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

fn told(Pruned { kept, deleted, bytes }: &Pruned, is_dry: bool) -> String {
    let verb = if is_dry { "would be deleted" } else { "deleted" };
    format!("{deleted} answers {verb}, {bytes} bytes as they were received; {kept} kept")
}

/// Prunes once a day, if the settings say so, until it is told to stop.
pub(super) fn begin(store: &Store, sync: &Syncing, stop: &CancellationToken) -> anyhow::Result<Option<JoinHandle<()>>> {
    let Some(retention) = sync.retention() else {
        return Ok(None);
    };
    let archive = Archive::open(&sync.archive).context("archive")?;
    Ok(Some(tokio::spawn(daily(store.clone(), archive, retention, stop.clone()))))
}

/// The first run begins now; each leaves a line in the log.
async fn daily(store: Store, archive: Archive, retention: Retention, stop: CancellationToken) {
    loop {
        let pruner = Pruner { store: &store, archive: &archive, retention, now: now() };
        match pruner.run(false, &stop, |_| {}).await {
            Ok(Pruned { kept, deleted, bytes }) => tracing::info!(kept, deleted, bytes, "archive pruned"),
            Err(error) => tracing::warn!(error = %error, "the archive was not pruned"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(PRUNE_EVERY) => {}
        }
    }
}
