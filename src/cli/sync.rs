//! `sync`: crawls the boards that are due, once or until it is told to stop; and the same inside `serve`.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio_util::sync::CancellationToken;

use super::migrate::open_current;
use super::output;
use super::report::{Report, describe, is_failed};
use super::serve::{now, stop_signal};
use crate::config::{CRAWL_TURN_TIMEOUT_S, Common, DATABASE_URL_DEFAULT, Syncing};
use crate::ingest::archive::Archive;
use crate::ingest::fetch::Fetcher;
use crate::ingest::identity::rfc3339;
use crate::ingest::sync::{Crawled, Syncer};
use crate::store::{Store, StoreSettings};

pub(super) async fn run(common: &Common, sync: &Syncing, once: bool) -> anyhow::Result<ExitCode> {
    // Nobody waits for an answer here, and what came would have to be asked for anew.
    let settings = StoreSettings {
        acquire_timeout: Duration::from_secs(CRAWL_TURN_TIMEOUT_S),
        ..common.store(DATABASE_URL_DEFAULT)
    };
    let store = open_current(&settings).await?;
    let syncer = Arc::new(syncer(&store, sync)?);
    let stop = stop_signal();
    let mut report = Report::new();
    report.doing("looking for boards that are due".to_owned());
    let mut has_crawled = false;
    let done = |crawled: Crawled| {
        has_crawled = true;
        match &crawled.applied {
            Ok(summary) => report.tell(&crawled.named, summary, true),
            Err(message) => report.fail(&format!("{} {}: {message}", crawled.named.provider, crawled.named.board)),
        }
    };
    let pruning = if once { None } else { super::archive::begin(&store, sync, &stop)? };
    if once {
        syncer.once(&stop, done).await?;
    } else {
        syncer.run(&stop, done).await;
    }
    if let Some(pruning) = pruning {
        // It ends after the answers that it is at.
        pruning.await?;
    }
    let is_failed = report.finish();
    let sources = store.sources().await?;
    if sources.is_empty() {
        output::note("There are no boards.\nhint: \"jobgraph sources add\" registers some");
    } else if once && has_crawled {
        output::note("\"jobgraph serve\" answers questions about the postings.");
    } else if once {
        let due = sources.iter().filter(|it| it.status == "ACTIVE").map(|it| it.next_crawl_after).min();
        let due = due.map(|at| format!("the next is due at {}", rfc3339(at)));
        output::note(&format!("No board is due; {}.", due.unwrap_or_else(|| "none is crawled".to_owned())));
    }
    drop(syncer);
    store.close().await?;
    // Without an end, failures are told as they happen, and tried again.
    Ok(if once && is_failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Crawls what is due until it is told to stop, and logs each crawl.
pub(super) async fn along(syncer: Arc<Syncer>, stop: CancellationToken) {
    let done = |Crawled { named, applied }: Crawled| {
        let (provider, board) = (named.provider.as_str(), named.board.as_str());
        match applied {
            Ok(summary) if is_failed(&summary) => {
                tracing::warn!(
                    source.provider = provider,
                    source.board = board,
                    outcome = describe(&summary),
                    "crawled"
                );
            }
            Ok(summary) => {
                tracing::info!(
                    source.provider = provider,
                    source.board = board,
                    outcome = describe(&summary),
                    "crawled"
                );
            }
            Err(error) => tracing::warn!(source.provider = provider, source.board = board, error, "not crawled"),
        }
    };
    syncer.run(&stop, done).await;
}

pub(super) fn syncer(store: &Store, sync: &Syncing) -> anyhow::Result<Syncer> {
    let mut fetcher = Fetcher::new(sync.fetch())?;
    if let Some(address) = sync.stand_in {
        output::note(&format!("{address} stands in for every provider; nothing else is asked."));
        fetcher = fetcher.with_stand_in(address);
    }
    Ok(Syncer {
        store: store.clone(),
        archive: Some(Archive::open(&sync.archive).context("archive")?),
        fetcher,
        settings: sync.settings(),
        clock: now,
    })
}
