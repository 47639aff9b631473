//! What a command that crawls tells: progress on standard error, a line a crawl on standard output, the sum at the end.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::output;
use crate::ingest::Summary;
use crate::ingest::identity::rfc3339;
use crate::ingest::line::Named;
use crate::vocabulary::CrawlOutcome;

/// Warnings of one crawl that are shown; all are kept with the crawl.
const WARNINGS_SHOWN_MAX: usize = 5;

/// The crawls of one command.
pub(super) struct Report {
    progress: ProgressBar,
    total: Summary,
    crawls: u64,
    failures: u64,
}

impl Report {
    pub(super) fn new() -> Self {
        // Drawn on standard error, and only if that is a terminal.
        let progress = ProgressBar::no_length();
        let style = ProgressStyle::with_template("{spinner} {pos} crawls, {msg} [{elapsed}]");
        progress.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        progress.enable_steady_tick(Duration::from_millis(100));
        Self { progress, total: Summary::default(), crawls: 0, failures: 0 }
    }

    pub(super) fn expect(&self, crawls: usize) {
        self.progress.set_length(crawls as u64);
    }

    pub(super) fn doing(&self, what: String) {
        self.progress.set_message(what);
    }

    /// Tells why nothing came of an answer.
    pub(super) fn fail(&mut self, message: &str) {
        self.failures += 1;
        self.progress.suspend(|| output::problem(message));
    }

    /// Tells what came of one answer. A crawl that failed fails the command, unless the failure itself is what is
    /// replayed.
    pub(super) fn tell(&mut self, named: &Named, summary: &Summary, is_failure_fatal: bool) {
        let name = format!("{} {}", named.provider, named.board);
        self.crawls += 1;
        self.progress.inc(1);
        self.progress.set_message(name.clone());
        self.failures += u64::from(is_failed(summary) && is_failure_fatal);
        let at = rfc3339(named.finished_at);
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
    pub(super) fn finish(self) -> bool {
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

pub(super) fn is_failed(summary: &Summary) -> bool {
    matches!(summary.outcome, Some(CrawlOutcome::Failed | CrawlOutcome::Gone))
}

pub(super) fn describe(summary: &Summary) -> String {
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
