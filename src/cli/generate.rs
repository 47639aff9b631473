//! `generate`: fills an empty database with invented postings.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};

use super::migrate::open_current;
use super::output;
use super::serve::stop_signal;
use crate::config::{Common, DATABASE_URL_DEFAULT, Generate};
use crate::generate::frequency::Frequencies;
use crate::generate::{Plan, Step, generate};
use crate::ingest::saved::parse_time;

pub(super) async fn run(common: &Common, settings: &Generate) -> anyhow::Result<ExitCode> {
    let Some(now) = parse_time(&settings.now) else {
        output::problem(&format!("--now \"{}\" is no time\nhint: write it as 2026-11-20T12:00:00Z", settings.now));
        return Ok(ExitCode::from(super::USAGE));
    };
    let tables = settings.tables.as_deref().map(Frequencies::read).transpose()?;
    let plan = Plan { jobs: settings.jobs, seed: settings.seed, now, tables };
    let store = open_current(&common.store(DATABASE_URL_DEFAULT)).await?;
    let begun = Instant::now();
    let shown = Shown::new();
    let stop = stop_signal();
    let generated = generate(&store, plan, &stop, |step| shown.begin(&step), |events| shown.written(events)).await;
    shown.end();
    let made = generated?;
    output::line(&format!(
        "{} boards, {} postings, {} events in {} s",
        made.boards,
        made.jobs,
        made.events,
        begun.elapsed().as_secs()
    ));
    store.close().await.context("database")?;
    Ok(ExitCode::SUCCESS)
}

/// What a person sees of the run, on standard error.
struct Shown {
    bar: ProgressBar,
    begun: Instant,
}

impl Shown {
    fn new() -> Self {
        let bar = ProgressBar::no_length();
        let style = ProgressStyle::with_template("{spinner} {msg} {wide_bar} {human_pos}/{human_len} [{elapsed}]");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        bar.enable_steady_tick(Duration::from_millis(100));
        Self { bar, begun: Instant::now() }
    }

    fn begin(&self, step: &Step) {
        let message = match step {
            Step::Events(count) => {
                self.bar.set_length(*count);
                "events".to_owned()
            }
            Step::Counts => "counts".to_owned(),
            Step::Index(name) => format!("index {name}"),
            Step::Statistics => "statistics".to_owned(),
        };
        tracing::debug!(after_s = self.begun.elapsed().as_secs(), step = message, "generate");
        self.bar.set_message(message);
    }

    fn written(&self, events: u64) {
        self.bar.inc(events);
    }

    fn end(&self) {
        self.bar.finish_and_clear();
    }
}
