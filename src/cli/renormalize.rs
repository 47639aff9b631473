//! `renormalize`: reads archived answers again by the present rules, and tells what these derive otherwise.

use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use entity::source;
use indicatif::{ProgressBar, ProgressStyle};

use super::migrate::open_existing;
use super::output;
use super::serve::{now, stop_signal};
use super::sources::known;
use crate::config::{Common, DATABASE_URL_DEFAULT, Renormalize};
use crate::ingest::archive::Archive;
use crate::ingest::renormalize::{Asked, Renormalizer, Tally, Told};

pub(super) async fn run(common: &Common, settings: &Renormalize) -> anyhow::Result<ExitCode> {
    let store = open_existing(&common.store(DATABASE_URL_DEFAULT)).await?;
    store.expect_much_writing().await.context("database")?;
    let archive = Archive::open(&settings.archive).context("archive")?;
    let sources: Vec<source::Model> = match &settings.source {
        Some(text) => vec![known(&store, text).await?],
        None => store.sources().await?,
    };
    let asked =
        Asked { all: settings.all, limit: settings.limit, dry_run: settings.dry_run, examples_max: settings.examples };
    let stop = stop_signal();
    let progress = progress(&sources);
    let tell = |told: Told<'_>| match told {
        Told::Board(source) => {
            progress.inc(u64::try_from(source.job_count).unwrap_or_default());
            progress.set_message(format!("{} {}", source.provider, source.board_token));
        }
        Told::Lost(source, count, why) => {
            let board = format!("{} {}", source.provider, source.board_token);
            progress.suspend(|| output::note(&format!("warning: {board}: {count} skipped: {why}")));
        }
    };
    let renormalizer = Renormalizer { store: &store, archive: &archive, clock: now };
    let tally = renormalizer.run(&sources, &asked, &stop, tell).await?;
    progress.finish_and_clear();
    report(&tally, settings.dry_run);
    store.close().await?;
    if stop.is_cancelled() {
        output::problem("stopped before the end\nhint: run it again, it goes on where it was");
        return Ok(ExitCode::FAILURE);
    }
    Ok(if tally.skipped > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn progress(sources: &[source::Model]) -> ProgressBar {
    // Drawn on standard error, and only if that is a terminal.
    let jobs = sources.iter().map(|it| u64::try_from(it.job_count).unwrap_or_default()).sum();
    let progress = ProgressBar::new(jobs);
    let style = ProgressStyle::with_template("{spinner} {pos} of {len} postings, {msg} [{elapsed}, {eta} left]");
    progress.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    progress.enable_steady_tick(Duration::from_millis(100));
    progress
}

/// Tells what differs, a line for each field and what it was read from, its examples below it; and the sum.
fn report(tally: &Tally, is_dry: bool) {
    let length = |text: fn(&(&str, &str)) -> usize| {
        tally.fields.keys().map(|it| text(&(it.field.as_str(), it.provenance))).max().unwrap_or(0)
    };
    let (fields, provenances) = (length(|it| it.0.len()), length(|it| it.1.len().max(1)));
    for (cause, counts) in &tally.fields {
        let provenance = if cause.provenance.is_empty() { "-" } else { cause.provenance };
        output::line(&format!(
            "{:<fields$} {provenance:<provenances$} {} added, {} removed, {} replaced",
            cause.field, counts.added, counts.removed, counts.replaced
        ));
        counts.examples.iter().for_each(|it| output::line(&format!("  {it}")));
    }
    let Tally { read, changed, evidence, same, skipped, overtaken, .. } = tally;
    let verb = if is_dry { "would change" } else { "changed" };
    output::line(&format!(
        "{read} postings read again: {changed} {verb}, {evidence} in their evidence alone, {same} unchanged; {skipped} skipped"
    ));
    if *overtaken > 0 {
        output::note(&format!("{overtaken} postings were crawled meanwhile.\nhint: run it again to read them too"));
    }
}
