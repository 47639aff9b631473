//! `sync`: crawls the boards that are due, once or until it is told to stop; and the same inside `serve`.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio_util::sync::CancellationToken;

use super::migrate::open_existing;
use super::output;
use super::report::{Report, describe, is_failed};
use super::serve::{SYNC_DRAIN_TIMEOUT, now, stop_signal};
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
    let store = open_existing(&settings).await?;
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
    let crawling = async {
        if once {
            syncer.once(&stop, done).await?;
        } else {
            syncer.run(&stop, done).await;
        }
        if let Some(pruning) = pruning {
            // It ends after the answers that it is at.
            pruning.await?;
        }
        anyhow::Ok(store.sources().await?)
    };
    let ended = unless_cut_off(&stop, SYNC_DRAIN_TIMEOUT, crawling).await;
    let is_failed = report.finish();
    let Some(sources) = ended.transpose()? else {
        // A database that does not answer would not let itself be closed either.
        output::note("Crawls were cut off, as they did not end in time; they have left nothing, and are due again.");
        return Ok(if once { ExitCode::FAILURE } else { ExitCode::SUCCESS });
    };
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

/// What comes of work; nothing if it goes on for longer than `patience` once it was told to stop.
async fn unless_cut_off<T>(stop: &CancellationToken, patience: Duration, work: impl Future<Output = T>) -> Option<T> {
    let cut_off = async {
        stop.cancelled().await;
        tokio::time::sleep(patience).await;
    };
    tokio::select! {
        biased;
        done = work => Some(done),
        () = cut_off => None,
    }
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

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    const SHORT: Duration = Duration::from_millis(20);

    /// Where the database was gone, a process that was told to stop went on for minutes.
    #[tokio::test]
    async fn work_that_does_not_end_is_cut_off_a_while_after_the_stop_and_not_before() {
        let stop = CancellationToken::new();
        let endless = unless_cut_off(&stop, SHORT, pending::<()>());
        assert!(tokio::time::timeout(SHORT * 5, endless).await.is_err());
        stop.cancel();
        assert_eq!(unless_cut_off(&stop, SHORT, pending::<()>()).await, None);
        assert_eq!(unless_cut_off(&stop, SHORT, ready(7)).await, Some(7));
        let slow = async {
            tokio::time::sleep(SHORT).await;
            7
        };
        assert_eq!(unless_cut_off(&stop, SHORT * 500, slow).await, Some(7));
    }
}
