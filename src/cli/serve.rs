//! `serve`: answers questions until it is told to stop.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::migrate::open_current;
use super::output;
use crate::config::{Common, DATABASE_URL_DEFAULT, DATABASE_URL_DEMO, Serve};
use crate::graphql::Gateway;
use crate::http;

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
    let store = open_current(&common.store(default)).await?;
    if serve.demo {
        super::ingest::demo(&store).await?;
    }
    let gateway = Gateway::new(store.clone(), serve.limits(), now).context("schema")?.with_feed(serve.feed());
    let listener = TcpListener::bind(serve.listen).await.with_context(|| format!("address \"{}\"", serve.listen))?;
    greet(&listener.local_addr()?.to_string(), serve);
    http::serve(listener, Arc::new(gateway), serve.http(), stopped()).await.context("server")?;
    store.close().await?;
    Ok(ExitCode::SUCCESS)
}

fn greet(address: &str, serve: &Serve) {
    output::line(&format!("GraphQL   http://{address}/graphql"));
    if !serve.no_graphiql {
        output::line(&format!("GraphiQL  http://{address}/graphiql"));
    }
    output::line(&format!("\nA question to begin with:\n\n{FIRST_QUERY}\n"));
}

/// UTC milliseconds since 1970.
pub(super) fn now() -> i64 {
    chrono::Utc::now().timestamp_millis()
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
