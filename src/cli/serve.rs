//! `serve`: answers questions until it is told to stop.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, ensure};
use rustix::process::{Resource, getrlimit};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::migrate::{make_indexes, open_read_only, open_serving};
use super::output;
use crate::config::{
    Common, DATABASE_URL_DEFAULT, DATABASE_URL_DEMO, DocumentsMode, MANIFEST_BYTES_MAX, Serve, Switch,
};
use crate::graphql::{Gateway, read_manifest};
use crate::http;
use crate::webhook::Deliverer;

/// How long requests to webhooks may go on once all questions are answered.
const WEBHOOKS_DRAIN_TIMEOUT: Duration = Duration::from_secs(20);
/// How long answers of boards may be applied once all questions are answered.
pub(super) const SYNC_DRAIN_TIMEOUT: Duration = Duration::from_secs(20);

const FIRST_QUERY: &str = r"{
  jobs(first: 3) {
    nodes {
      title
      org { name }
      source { provider boardToken }
      events(first: 3) { nodes { type observedAt } }
    }
  }
}";

pub(super) async fn run(common: &Common, serve: &Serve) -> anyhow::Result<ExitCode> {
    let default = if serve.demo { DATABASE_URL_DEMO } else { DATABASE_URL_DEFAULT };
    let settings = common.store(default);
    let store = if serve.read_only { open_read_only(&settings).await? } else { open_serving(&settings).await? };
    if serve.demo {
        if let Some(board) = super::ingest::board_without_demo(&store).await? {
            output::problem(&format!(
                "the database holds \"{board}\" and nothing of the demo\nhint: leave out --demo to serve it; or leave out --database-url and DATABASE_URL, as the demo has a database of its own"
            ));
            store.close().await?;
            return Ok(ExitCode::from(super::USAGE));
        }
        super::ingest::demo(&store).await?;
    }
    let gateway = Gateway::new(store.clone(), serve.limits(), now).context("schema")?.with_feed(serve.feed());
    let gateway = gateway.with_answers(serve.answers_bytes_max);
    let gateway = if serve.federation { gateway.with_federation().context("schema")? } else { gateway };
    let gateway = with_documents(gateway, serve)?.with_introspection(serve.access.introspection == Switch::On);
    let listener = TcpListener::bind(serve.listen).await.with_context(|| format!("address \"{}\"", serve.listen))?;
    greet(&listener.local_addr()?.to_string(), serve);
    let stop = stop_signal();
    let indexes = (!serve.read_only).then(|| tokio::spawn(make_indexes(store.clone(), stop.clone())));
    let webhooks = if serve.no_webhooks || serve.read_only {
        None
    } else {
        let deliverer = Deliverer::new(store.clone(), serve.webhooks.settings(), now).context("webhooks")?;
        Some(tokio::spawn(Arc::new(deliverer).run(stop.clone())))
    };
    let (syncing, pruning) = if serve.sync {
        let syncer = Arc::new(super::sync::syncer(&store, &serve.syncing)?);
        let pruning = super::archive::begin(&store, &serve.syncing, &stop)?;
        (Some(tokio::spawn(super::sync::along(syncer, stop.clone()))), pruning)
    } else {
        (None, None)
    };
    let elsewhere = if store.dialect().is_elsewhere(&settings.database_url) { settings.readers_max } else { 0 };
    let served = serve.http(elsewhere);
    if are_too_few(getrlimit(Resource::Nofile).current, &served) {
        tracing::warn!(
            "clients may take more files than this process may open; raise the limit (LimitNOFILE, ulimit -n) or lower \
             --connections-max and --streams-max"
        );
    }
    http::serve(listener, Arc::new(gateway), served, stop.cancelled_owned()).await.context("server")?;
    if let Some(webhooks) = webhooks {
        // What is cut off here is sent again.
        drop(tokio::time::timeout(WEBHOOKS_DRAIN_TIMEOUT, webhooks).await);
    }
    if let Some(syncing) = syncing {
        // A crawl that is cut off here leaves nothing, and is due again.
        drop(tokio::time::timeout(SYNC_DRAIN_TIMEOUT, syncing).await);
    }
    if let Some(indexes) = indexes {
        drop(indexes.await);
    }
    if let Some(pruning) = pruning {
        drop(tokio::time::timeout(SYNC_DRAIN_TIMEOUT, pruning).await);
    }
    store.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// Registers the documents of a manifest, if there is one to be heeded.
fn with_documents(gateway: Gateway, serve: &Serve) -> anyhow::Result<Gateway> {
    let Some(file) = serve.documents.as_ref().filter(|_| serve.documents_mode != DocumentsMode::Off) else {
        return Ok(gateway);
    };
    let named = || format!("file \"{}\"", file.display());
    let bytes = std::fs::metadata(file).with_context(named)?.len();
    ensure!(bytes <= MANIFEST_BYTES_MAX, "{} has {bytes} bytes\nhint: at most {MANIFEST_BYTES_MAX} are read", named());
    let documents = read_manifest(&std::fs::read_to_string(file).with_context(named)?).with_context(named)?;
    Ok(gateway.with_documents(documents, serve.documents_mode == DocumentsMode::Only))
}

/// Whether as many files, if there is a limit, are fewer than clients may take: one for each connection, and one for each WebSocket,
/// which is no longer counted as a connection.
fn are_too_few(files: Option<u64>, served: &http::Settings) -> bool {
    let wanted = (served.connections_max as u64).saturating_add(served.streams_max.into());
    files.is_some_and(|files| files < wanted)
}

fn greet(address: &str, serve: &Serve) {
    output::line(&format!("GraphQL   http://{address}/graphql"));
    if !serve.no_web {
        output::line(&format!("Pages     http://{address}/"));
    }
    if !serve.no_graphiql {
        output::line(&format!("GraphiQL  http://{address}/graphiql"));
        output::line(&format!("Reference http://{address}/reference"));
    }
    output::line(&format!("\nA question to begin with:\n\n{FIRST_QUERY}\n"));
}

/// UTC milliseconds since 1970.
pub(super) fn now() -> i64 {
    chrono::Utc::now().timestamp_millis()
}

/// Is cancelled when the process is told to stop.
pub(super) fn stop_signal() -> CancellationToken {
    let stop = CancellationToken::new();
    let signalled = stop.clone();
    tokio::spawn(async move {
        stopped().await;
        signalled.cancel();
    });
    stop
}

async fn stopped() {
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        // Without signals the process ends the hard way, which loses nothing but open requests.
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_and_streams_take_a_file_each() {
        let served = http::Settings { connections_max: 10, streams_max: 5, ..http::Settings::default() };
        for (files, expected) in [(Some(14), true), (Some(15), false), (None, false)] {
            assert_eq!(are_too_few(files, &served), expected, "{files:?}");
        }
    }
}
