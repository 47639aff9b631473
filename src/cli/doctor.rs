//! `doctor`: looks at everything that a run needs, and says what to do about what is not right.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::anyhow;
use entity::{ABSENT, source};

use super::migrate::open;
use super::output;
use super::serve::now;
use crate::config::{Common, DATABASE_URL_DEFAULT, Doctor};
use crate::ingest::archive::Archive;
use crate::ingest::identity::rfc3339;
use crate::store::Store;
use crate::store::backup::{damages, file_of};

/// How far the clock may be behind what is stored, in milliseconds: clocks of two machines differ by less.
const CLOCK_BEHIND_MAX_MS: i64 = 5_000;
/// How long a board may be due: boards of many take turns, and a machine may have been off for a night.
const OVERDUE_MIN_MS: i64 = 86_400_000;
/// What is written into the archive and read back.
const PROBE: (&str, &[u8]) = ("doctor/probe.zst", b"jobgraph doctor");
const PROBE_BYTES_MAX: u64 = 1_024;

const DAMAGED: &str = "stop everything, and restore the latest backup by \"jobgraph restore\"";

/// What a look at one thing found.
enum Finding {
    Right(String),
    /// It runs so, but somebody should know; with what to do.
    Odd(String, &'static str),
    Wrong(String, &'static str),
}

pub(super) async fn run(common: &Common, doctor: &Doctor) -> anyhow::Result<ExitCode> {
    let settings = common.store(DATABASE_URL_DEFAULT);
    let file = file_of(&settings.database_url)?;
    let mut findings = vec![("archive", archive(&doctor.archive).await)];
    if let Some(file) = file.as_deref().filter(|file| !file.exists()) {
        findings.push(("database", not_there(file)));
    } else {
        match open(&settings).await {
            Ok(store) => {
                findings.extend(of_store(&store).await);
                if doctor.deep {
                    findings.push(("pages", pages(file.as_deref()).await));
                }
                store.close().await?;
            }
            Err(error) => {
                let hint = "start it, or name another by --database-url or DATABASE_URL";
                findings.push(("database", Finding::Wrong(said(&error), hint)));
            }
        }
    }
    let mut is_right = true;
    for (name, finding) in findings {
        let (word, text, hint) = match finding {
            Finding::Right(text) => ("ok", text, None),
            Finding::Odd(text, hint) => ("look", text, Some(hint)),
            Finding::Wrong(text, hint) => {
                is_right = false;
                ("WRONG", text, Some(hint))
            }
        };
        output::line(&format!("{word:<6} {name:<11} {text}"));
        if let Some(hint) = hint {
            output::line(&format!("{:19}hint: {hint}", ""));
        }
    }
    Ok(if is_right { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A database whose file is not there yet: its folder has to be.
fn not_there(file: &Path) -> Finding {
    let folder = file.parent().filter(|it| !it.as_os_str().is_empty());
    match folder.filter(|it| !it.is_dir()) {
        Some(folder) => {
            let hint = "make it, or name another database by --database-url or DATABASE_URL";
            Finding::Wrong(format!("is not there, nor is its folder \"{}\"", folder.display()), hint)
        }
        None => {
            let hint = "\"jobgraph serve\" and \"jobgraph ingest\" create it; --database-url names another";
            Finding::Odd("is not there yet".to_owned(), hint)
        }
    }
}

async fn of_store(store: &Store) -> Vec<(&'static str, Finding)> {
    let migrations = match store.migrations().await {
        Ok(migrations) => migrations,
        Err(error) => {
            let hint = "look at its log and at the rights of the role that --database-url names";
            return vec![("database", Finding::Wrong(said(&error.into()), hint))];
        }
    };
    let mut findings = vec![("database", Finding::Right(format!("answers ({:?})", store.dialect())))];
    let pending = migrations.iter().filter(|(_, applied)| !applied).count();
    if pending > 0 {
        let hint = "make a backup, then run \"jobgraph migrate up\"";
        findings.push(("migrations", Finding::Wrong(format!("{pending} of {} are missing", migrations.len()), hint)));
        return findings;
    }
    findings.push(("migrations", Finding::Right(format!("all {} are applied", migrations.len()))));
    findings.push((
        "indexes",
        match store.deferred_indexes().await {
            Ok(0) => Finding::Right("are all there".to_owned()),
            Ok(count) => {
                let text = format!("{count} that readers use are missing: a first load goes on, or was cut off");
                Finding::Odd(text, "a server makes them once the load has ended, and so does \"jobgraph sources list\"")
            }
            Err(error) => Finding::Wrong(error.to_string(), "\"jobgraph doctor --deep\" looks for damage"),
        },
    ));
    let sources = match store.sources().await {
        Ok(sources) => sources,
        Err(error) => {
            findings
                .push(("boards", Finding::Wrong(said(&error.into()), "\"jobgraph doctor --deep\" looks for damage")));
            return findings;
        }
    };
    let at = now();
    let latest = sources.iter().map(|it| it.last_crawled_at).max().unwrap_or_default();
    findings.push((
        "clock",
        if latest > at + CLOCK_BEHIND_MAX_MS {
            let text = format!("says {}, but a board was crawled at {}", rfc3339(at), rfc3339(latest));
            Finding::Wrong(text, "set the clock, by NTP: times of postings follow from it")
        } else {
            Finding::Right(format!("says {}", rfc3339(at)))
        },
    ));
    let ill: Vec<String> = sources
        .iter()
        .filter(|it| it.status == "ACTIVE")
        .filter(|it| it.consecutive_failures > 0)
        .map(|it| format!("{} {}", it.provider, it.board_token))
        .collect();
    findings.push((
        "boards",
        match ill.as_slice() {
            [] if sources.is_empty() => {
                Finding::Odd("there are none".to_owned(), "\"jobgraph sources add\" registers some")
            }
            [] => Finding::Right(format!("{}, none of which failed when it was crawled last", sources.len())),
            [first, ..] => {
                let text =
                    format!("{} of {} failed when they were crawled last, such as {first}", ill.len(), sources.len());
                Finding::Odd(text, "\"jobgraph sources list\" tells why")
            }
        },
    ));
    findings.extend(overdue(&sources, at).map(|finding| ("crawls", finding)));
    findings
}

/// Boards that nobody asks although they are due.
fn overdue(sources: &[source::Model], at: i64) -> Option<Finding> {
    let crawled = sources.iter().filter(|it| it.status == "ACTIVE");
    let is_overdue = |due: &i64| *due != ABSENT && *due < at - OVERDUE_MIN_MS;
    let due: Vec<i64> = crawled.clone().map(|it| it.next_crawl_after).filter(is_overdue).collect();
    let longest = rfc3339(*due.iter().min()?);
    let text = format!("{} of {} boards are overdue, the longest since {longest}", due.len(), crawled.count());
    Some(Finding::Odd(text, "see that \"jobgraph sync\" or \"jobgraph serve --sync\" runs, and what it logs"))
}

/// What went wrong, without what is advised to those who do something else.
fn said(error: &anyhow::Error) -> String {
    let text = output::told(error);
    text.split("\nhint: ").next().unwrap_or_default().to_owned()
}

async fn pages(file: Option<&Path>) -> Finding {
    let Some(file) = file else {
        return Finding::Odd("are not looked at".to_owned(), "PostgreSQL's \"pg_amcheck\" does it");
    };
    match damages(file).await {
        Ok(damages) => match damages.first() {
            None => Finding::Right("are as they should be".to_owned()),
            Some(first) => {
                Finding::Wrong(format!("are damaged, in {} ways; the first: {first}", damages.len()), DAMAGED)
            }
        },
        Err(error) => Finding::Wrong(said(&error.into()), DAMAGED),
    }
}

async fn archive(place: &str) -> Finding {
    let missing = missing_folders(place);
    let tried = async {
        let archive = Archive::open(place)?;
        let (key, bytes) = PROBE;
        archive.put(key, bytes.into()).await?;
        let read = archive.get(key, PROBE_BYTES_MAX).await;
        archive.delete(key).await?;
        if read? == bytes { Ok(()) } else { Err(anyhow!("other bytes came back than were written")) }
    };
    let tried = tried.await;
    for folder in missing {
        // One that somebody else has begun to use meanwhile is not empty, and stays.
        drop(std::fs::remove_dir(folder));
    }
    match tried {
        Ok(()) => Finding::Right(format!("\"{place}\" can be written and read")),
        Err(error) => Finding::Wrong(output::told(&error), "--archive or JOBGRAPH_ARCHIVE names a folder or a bucket"),
    }
}

/// The folders that looking at an archive makes, the deepest first.
fn missing_folders(place: &str) -> Vec<PathBuf> {
    if place.starts_with("s3://") {
        return Vec::new();
    }
    let probe = Path::new(place.strip_prefix("file://").unwrap_or(place)).join(PROBE.0);
    let folders = probe.ancestors().skip(1).filter(|it| !it.as_os_str().is_empty());
    folders.take_while(|it| !it.exists()).map(Path::to_owned).collect()
}
