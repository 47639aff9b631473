//! `export`: writes all postings that meet a filter into a file, while others read and write the database.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, anyhow, ensure};

use super::migrate::open_existing;
use super::output;
use super::serve::now;
use crate::config::{Common, DATABASE_URL_DEFAULT, Export};
use crate::export::{self, Format};
use crate::graphql::Gateway;
use crate::http::ExportQuery;
use crate::plan::Limits;

pub(super) async fn run(common: &Common, settings: &Export) -> anyhow::Result<ExitCode> {
    let query = ExportQuery::read(settings.filter.as_deref(), settings.as_of.as_deref()).map_err(|it| anyhow!(it))?;
    if is_unreadable(&settings.output, settings.format, io::stdout().is_terminal()) {
        output::problem(
            "Parquet is nothing that a terminal shows\nhint: name a file, such as --output jobs.parquet, or send it on by \">\" or \"|\"",
        );
        return Ok(ExitCode::from(super::USAGE));
    }
    let to = settings.output.display();
    ensure!(!settings.output.is_dir(), "\"{to}\" is a folder\nhint: name a file, such as \"{to}/jobs\"");
    let store = open_existing(&common.store(DATABASE_URL_DEFAULT)).await?;
    let gateway = Gateway::new(store.clone(), Limits::default(), now).context("schema")?;
    let mut export = gateway.begin_export(&query, None).await.map_err(|(_, message)| anyhow!(message))?;
    let snapshot = export.snapshot;
    let (to, format, formulas) = (settings.output.clone(), settings.format, settings.formulas);
    let written = tokio::task::spawn_blocking(move || match to.as_path() {
        to if is_stdout(to) => export::write(&mut export, format, formulas, BufWriter::new(io::stdout())),
        to => into_file(to, |file| export::write(&mut export, format, formulas, file)),
    });
    let count = match written.await? {
        // A reader that went away is no problem of the run.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(ExitCode::SUCCESS),
        written => written.with_context(|| format!("export to \"{}\"", settings.output.display()))?,
    };
    output::note(&format!("{count} postings, as they stood after event {snapshot}"));
    store.close().await?;
    Ok(ExitCode::SUCCESS)
}

fn is_stdout(to: &Path) -> bool {
    to == Path::new("-")
}

/// Whether a person would see bytes that are no text.
fn is_unreadable(to: &Path, format: Format, is_terminal: bool) -> bool {
    format == Format::Parquet && is_stdout(to) && is_terminal
}

/// Writes a file that has its name only once it is whole.
fn into_file(to: &Path, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<u64>) -> io::Result<u64> {
    let mut part = to.as_os_str().to_owned();
    part.push(".part");
    let mut file = BufWriter::new(File::create(&part)?);
    let written = write(&mut file).and_then(|count| {
        file.flush()?;
        std::fs::rename(&part, to)?;
        Ok(count)
    });
    if written.is_err() {
        // What is left of it is of no use, and telling why there is no file matters more.
        drop(std::fs::remove_file(&part));
    }
    written
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Format, into_file, is_unreadable};

    #[test]
    fn a_terminal_is_spared_bytes_that_are_no_text() {
        for (to, format, is_terminal, expected) in [
            ("-", Format::Parquet, true, true),
            ("-", Format::Parquet, false, false),
            ("jobs.parquet", Format::Parquet, true, false),
            ("-", Format::Ndjson, true, false),
            ("-", Format::Csv, true, false),
        ] {
            assert_eq!(is_unreadable(Path::new(to), format, is_terminal), expected, "{to} {format:?} {is_terminal}");
        }
    }

    #[test]
    fn nothing_is_left_of_a_file_that_cannot_have_its_name() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let taken = folder.path().join("taken");
        std::fs::create_dir(&taken).expect("a folder can be made");
        assert!(into_file(&taken, |_| Ok(0)).is_err());
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }
}
