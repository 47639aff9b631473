//! `migrate`: creates and changes the database's tables.

use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;

use super::output;
use crate::config::{Common, DATABASE_URL_DEFAULT};
use crate::store::{Store, StoreSettings};

#[derive(Clone, Copy, Debug, Subcommand)]
pub(super) enum Action {
    /// Apply every change that is not applied yet
    Up,
    /// Take back the latest changes, and the data that they hold
    Down {
        /// How many changes to take back
        #[arg(long, default_value_t = 1, value_name = "COUNT")]
        steps: u32,
    },
    /// List the changes, and whether each is applied
    Status,
}

pub(super) async fn run(common: &Common, action: Action) -> anyhow::Result<ExitCode> {
    let store = open(&common.store(DATABASE_URL_DEFAULT)).await?;
    match action {
        Action::Up => store.migrate_up().await.context("migration")?,
        Action::Down { steps } => store.migrate_down(steps).await.context("migration")?,
        Action::Status => {}
    }
    for (name, applied) in store.migrations().await.context("migrations")? {
        output::line(&format!("{} {name}", if applied { "applied" } else { "pending" }));
    }
    store.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// Opens a database.
pub(super) async fn open(settings: &StoreSettings) -> anyhow::Result<Store> {
    Store::open(settings).await.with_context(|| format!("database \"{}\"", without_password(&settings.database_url)))
}

/// Opens a database and creates its tables if it has none. One that has older tables is left to `migrate up`, since
/// changing it is the operator's decision.
pub(super) async fn open_current(settings: &StoreSettings) -> anyhow::Result<Store> {
    let store = open(settings).await?;
    let migrations = store.migrations().await.context("migrations")?;
    if migrations.iter().all(|(_, applied)| !applied) {
        store.migrate_up().await.context("migration")?;
    } else if let Some((name, _)) = migrations.iter().find(|(_, applied)| !applied) {
        anyhow::bail!("the database lacks the change \"{name}\"\nhint: run \"jobgraph migrate up\"");
    }
    store.make_deferred_indexes().await.context("indexes")?;
    Ok(store)
}

fn without_password(url: &str) -> String {
    match url::Url::parse(url) {
        // An address that takes no password has none to hide.
        Ok(mut parsed) if parsed.password().is_some() => match parsed.set_password(Some("…")) {
            Ok(()) => parsed.to_string(),
            Err(()) => parsed.scheme().to_owned(),
        },
        _ => url.to_owned(),
    }
}
