//! `migrate`: creates and changes the database's tables.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail, ensure};
use clap::Subcommand;
use tokio_util::sync::CancellationToken;
use url::{Position, Url};

use super::output;
use crate::config::{Common, DATABASE_URL_DEFAULT, LOAD_QUIET};
use crate::store::backup::file_of;
use crate::store::dialect::scheme_alone;
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
    let settings = common.store(DATABASE_URL_DEFAULT);
    if !matches!(action, Action::Up) {
        ensure_there(&settings)?;
    }
    let store = open(&settings).await?;
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
/// changing it is the operator's decision. Makes the indexes that a first load has left out, if it was cut off.
pub(super) async fn open_current(settings: &StoreSettings) -> anyhow::Result<Store> {
    let store = open_serving(settings).await?;
    store.make_deferred_indexes().await.context("indexes")?;
    Ok(store)
}

/// Like `open_current`, for what has nothing to do in a database that is not there.
pub(super) async fn open_existing(settings: &StoreSettings) -> anyhow::Result<Store> {
    ensure_there(settings)?;
    open_current(settings).await
}

/// Refuses the file of a database that is not there: opened, it would be, empty and under a mistyped name.
fn ensure_there(settings: &StoreSettings) -> anyhow::Result<()> {
    file_of(&settings.database_url)?.map_or(Ok(()), |file| ensure_file(&file))
}

pub(super) fn ensure_file(file: &Path) -> anyhow::Result<()> {
    // What cannot be looked for is told by whoever opens it.
    let is_there = file.try_exists().unwrap_or(true);
    ensure!(is_there, "there is no database \"{}\"\nhint: --database-url names it", file.display());
    Ok(())
}

/// Like `open_current`, but leaves indexes that are missing to `make_indexes`.
pub(super) async fn open_serving(settings: &StoreSettings) -> anyhow::Result<Store> {
    let store = open(settings).await?;
    let migrations = store.migrations().await.context("migrations")?;
    if migrations.iter().all(|(_, applied)| !applied) {
        store.migrate_up().await.context("migration")?;
    } else {
        check(&migrations)?;
    }
    Ok(store)
}

/// Opens a database that is not to be changed.
pub(super) async fn open_read_only(settings: &StoreSettings) -> anyhow::Result<Store> {
    let named = || format!("database \"{}\"", without_password(&settings.database_url));
    let store = Store::open_read_only(settings).await.with_context(named)?;
    check(&store.migrations().await.context("migrations")?)?;
    Ok(store)
}

fn check(migrations: &[(String, bool)]) -> anyhow::Result<()> {
    match migrations.iter().find(|(_, applied)| !applied) {
        Some((name, _)) => bail!("the database lacks the change \"{name}\"\nhint: run \"jobgraph migrate up\""),
        None => Ok(()),
    }
}

/// Makes indexes that are missing, once no load goes on, until it is told to stop.
pub(super) async fn make_indexes(store: Store, stop: CancellationToken) {
    let making = async {
        loop {
            match store.make_deferred_indexes_when_quiet(LOAD_QUIET).await {
                Ok(0) => {}
                Ok(count) => tracing::info!(count, "missing indexes made"),
                Err(error) => tracing::warn!(error = %error, "missing indexes are not made"),
            }
            tokio::time::sleep(LOAD_QUIET).await;
        }
    };
    tokio::select! {
        () = stop.cancelled() => {}
        () = making => {}
    }
}

/// The address of a database without all that may hold a password.
fn without_password(url: &str) -> String {
    let Ok(mut shown) = Url::parse(url) else {
        return scheme_alone(url);
    };
    // A password that is not percent-encoded may end the host early: then the rest of it stands behind that.
    if shown[Position::BeforePath..].contains('@') {
        return scheme_alone(url);
    }
    shown.set_query(None);
    shown.set_fragment(None);
    if shown.password().is_some() && shown.set_password(Some("***")).is_err() {
        return scheme_alone(url);
    }
    shown.to_string()
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn a_database_is_named_without_its_password() {
        for (url, shown) in [
            ("sqlite://jobs.db", "sqlite://jobs.db"),
            ("host=db user=jobgraph password=secret", "…"),
            ("sqlite:///var/lib/jobs.db?mode=rwc", "sqlite:///var/lib/jobs.db"),
            ("postgres://user@host:5433/name", "postgres://user@host:5433/name"),
            ("postgres://user:secret@host/name", "postgres://user:***@host/name"),
            ("postgres://host/name?user=user&password=secret", "postgres://host/name"),
            ("postgresql:///name?host=/run/postgresql&password=secret", "postgresql:///name"),
            ("postgres://user:top/secret@host/name", "postgres:…"),
            ("postgres://user:12/secret@host/name", "postgres:…"),
            ("postgres://user:12#secret@host/name", "postgres:…"),
            ("postgres://user:12?secret@host/name", "postgres:…"),
        ] {
            assert_eq!(without_password(url), shown, "{url}");
        }
    }
}
