//! `backup` and `restore`: copies of an SQLite database, made while it is used, and put back.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail, ensure};

use super::migrate::{ensure_file, open};
use super::output;
use crate::config::{Common, DATABASE_URL_DEFAULT};
use crate::store::StoreSettings;
use crate::store::backup::{copy, damages, file_of};

/// Copies the database into a new file, which is there whole or not at all.
pub(super) async fn back_up(common: &Common, to: &Path) -> anyhow::Result<ExitCode> {
    let settings = common.store(DATABASE_URL_DEFAULT);
    let from = sqlite_file(&settings, "pg_dump --format=custom")?;
    ensure_file(&from)?;
    let part = with_end(to, ".part");
    for file in [to, &part] {
        ensure!(!file.exists(), "\"{}\" is there already\nhint: name a new file, or delete it", file.display());
    }
    let copied = copy(&from, &part).await.with_context(|| format!("copy to \"{}\"", part.display()));
    let kept = copied.and_then(|()| {
        std::fs::File::open(&part)?.sync_all()?;
        Ok(std::fs::rename(&part, to)?)
    });
    if kept.is_err() {
        // What there is of it is no copy; if it cannot be deleted either, its name tells.
        drop(std::fs::remove_file(&part));
    }
    kept?;
    output::line(&format!("{} holds everything up to now, {} bytes", to.display(), std::fs::metadata(to)?.len()));
    output::note("The archive of raw answers is not in it; copy its folder after this, as its files never change.");
    Ok(ExitCode::SUCCESS)
}

/// Puts a copy where there is no database, after looking at every page of it.
pub(super) async fn restore(common: &Common, from: &Path) -> anyhow::Result<ExitCode> {
    let settings = common.store(DATABASE_URL_DEFAULT);
    let to = sqlite_file(&settings, "pg_restore")?;
    ensure!(from.is_file(), "there is no file \"{}\"", from.display());
    // A log that is left of another database would be read into this one.
    for file in [to.clone(), with_end(&to, "-wal"), with_end(&to, "-shm")] {
        ensure!(
            !file.exists(),
            "\"{}\" is there already\nhint: stop what uses it and move it away, with its \"-wal\" and \"-shm\", or name another by --database-url",
            file.display()
        );
    }
    let part = with_end(&to, ".part");
    std::fs::copy(from, &part).with_context(|| format!("copy to \"{}\"", part.display()))?;
    let checked = check(&settings, &part).await;
    for end in ["-wal", "-shm"] {
        // Left by looking at it; without them, the file is complete.
        drop(std::fs::remove_file(with_end(&part, end)));
    }
    if let Err(error) = checked {
        drop(std::fs::remove_file(&part));
        return Err(error.context(format!("\"{}\"", from.display())));
    }
    std::fs::File::open(&part)?.sync_all()?;
    hand_over(&part)?;
    std::fs::rename(&part, &to)?;
    output::line(&format!("{} is restored", to.display()));
    output::note("\"jobgraph doctor\" looks at what else is needed, such as migrations and the archive.");
    Ok(ExitCode::SUCCESS)
}

/// Gives a file to whom its folder belongs: what root puts back, the user of a service could not write. Others than root
/// cannot, and keep what they made.
fn hand_over(file: &Path) -> anyhow::Result<()> {
    let folder = file.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let owner = std::fs::metadata(folder)?;
    match chown(file, Some(owner.uid()), Some(owner.gid())) {
        Err(error) if error.kind() != ErrorKind::PermissionDenied => {
            Err(error).context("give it to its folder's owner")
        }
        _ => Ok(()),
    }
}

/// Whether a file is a database of this program, without damage.
async fn check(settings: &StoreSettings, file: &Path) -> anyhow::Result<()> {
    let damages = damages(file).await.context("it is no database, or damaged")?;
    if let Some(first) = damages.first() {
        bail!("it is damaged, in {} ways; the first: {first}", damages.len());
    }
    let settings = StoreSettings { database_url: format!("sqlite://{}", file.display()), ..settings.clone() };
    let store = open(&settings).await?;
    let looked = async {
        let migrations = store.migrations().await.context("it is no database of jobgraph")?;
        ensure!(migrations.iter().any(|(_, applied)| *applied), "it holds no tables of jobgraph");
        Ok(())
    };
    let looked = looked.await;
    store.close().await?;
    looked
}

fn sqlite_file(settings: &StoreSettings, instead: &str) -> anyhow::Result<PathBuf> {
    file_of(&settings.database_url)?.with_context(|| {
        format!("this is for SQLite\nhint: \"{instead}\" does it for PostgreSQL, see docs/operating.md")
    })
}

fn with_end(file: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(end);
    name.into()
}
