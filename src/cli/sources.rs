//! `sources`: registers boards, tells how they do, and sets which are crawled.

use std::collections::HashMap;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Subcommand;
use entity::{ABSENT, source};
use serde_json::json;

use super::migrate::{open_current, open_existing};
use super::output;
use super::serve::now;
use crate::config::{AddSources, BOARDS_ADDED_MAX, Common, DATABASE_URL_DEFAULT};
use crate::ingest::identity::{board_key, crawl_id, rfc3339};
use crate::ingest::recognize::{Recognized, Unrecognized, recognize};
use crate::ingest::register::{Registered, register};
use crate::ingest::table::{Row, rows};
use crate::ingest::{Arrived, Body, IngestError, Intake, provider};
use crate::store::Store;
use crate::store::crawl::{Column, Crawls};
use crate::store::row::ColumnSet;
use crate::vocabulary::SourceStatus;

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Register boards by their addresses, so that `jobgraph sync` crawls them
    Add(AddSources),
    /// List the boards: provider, board, status, health, last crawl, next crawl, active postings
    List {
        /// A JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Stop crawling a board; its postings stay as they are
    Pause {
        /// An address of the board, `PROVIDER/BOARD`, or its id
        #[arg(value_name = "BOARD")]
        board: String,
    },
    /// Go on crawling a board, at once
    Resume {
        /// An address of the board, `PROVIDER/BOARD`, or its id
        #[arg(value_name = "BOARD")]
        board: String,
    },
    /// Give a board up: it is not crawled any more, and its postings close
    Retire {
        /// An address of the board, `PROVIDER/BOARD`, or its id
        #[arg(value_name = "BOARD")]
        board: String,
        /// Close its postings; without it, a board that has some is left as it is, and their number is told
        #[arg(long)]
        yes: bool,
    },
}

pub(super) async fn run(common: &Common, action: &Action) -> anyhow::Result<ExitCode> {
    if let Action::Add(add) = action
        && add.boards.is_empty()
        && add.from.is_none()
    {
        output::problem(
            "no board is named\nhint: give addresses such as https://jobs.lever.co/acme, or PROVIDER/BOARD, or a table of them by --from FILE",
        );
        return Ok(ExitCode::from(super::USAGE));
    }
    let settings = common.store(DATABASE_URL_DEFAULT);
    let writes_first = matches!(action, Action::Add(_));
    let store = if writes_first { open_current(&settings).await? } else { open_existing(&settings).await? };
    let code = match action {
        Action::Add(add) => add_all(&store, add).await?,
        Action::List { json } => list(&store, *json).await?,
        Action::Pause { board } => set(&store, board, SourceStatus::Paused).await?,
        Action::Resume { board } => set(&store, board, SourceStatus::Active).await?,
        Action::Retire { board, yes } => retire(&store, board, *yes).await?,
    };
    store.close().await?;
    Ok(code)
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_alphanumeric())
}

/// The board of an address. A provider that is not known is told as such, as in a table.
fn recognized(text: &str) -> Result<Recognized, String> {
    recognize(text).map_err(|error| match (&error, text.trim().split_once('/')) {
        (Unrecognized::NoAddress(_), Some((name, _))) if is_word(name) => {
            IngestError::UnknownProvider(name.to_owned()).to_string()
        }
        _ => error.to_string(),
    })
}

/// Registers what the command line and a file name. What cannot be registered is told, and costs nothing else.
async fn add_all(store: &Store, add: &AddSources) -> anyhow::Result<ExitCode> {
    let mut boards: Vec<(String, Result<Recognized, String>)> = Vec::new();
    // A provider and a board may stand apart, as in `ingest`.
    let texts = match &*add.boards {
        [name, board] if provider::find(name).is_some() => vec![format!("{name}/{board}")],
        _ => add.boards.clone(),
    };
    boards.extend(texts.iter().map(|text| (String::new(), recognized(text))));
    if let Some(path) = &add.from {
        let named = || format!("file \"{}\"", path.display());
        let file = std::fs::File::open(path).with_context(named)?;
        for Row { line, board } in rows(file) {
            if boards.len() >= BOARDS_ADDED_MAX {
                bail!("{} has more than {BOARDS_ADDED_MAX} boards\nhint: add them from several files", named());
            }
            boards.push((format!("line {line}: "), board));
        }
    }
    let (mut new, mut known, mut failures) = (0, 0, 0);
    for (place, board) in &boards {
        let registered = match board {
            Ok(board) => register(store, board, now()).await.map_err(|error| error.to_string()),
            Err(message) => Err(message.clone()),
        };
        match registered {
            Ok(Registered::New(it)) => {
                new += 1;
                output::line(&format!("{} {} added", it.provider, it.board_token));
            }
            Ok(Registered::Known(it)) => {
                known += 1;
                output::line(&format!("{} {} is known already, {}", it.provider, it.board_token, it.status));
            }
            Err(message) => {
                failures += 1;
                output::problem(&format!("{place}{message}"));
            }
        }
    }
    if boards.len() > 1 {
        output::line(&format!("{new} added, {known} known already, {failures} not recognized"));
    }
    if new > 0 {
        output::note("\"jobgraph sync --once\" crawls what is due.");
    }
    Ok(if failures > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn list(store: &Store, is_json: bool) -> anyhow::Result<ExitCode> {
    let sources = store.sources().await?;
    let length = |text: fn(&source::Model) -> &str| sources.iter().map(|it| text(it).len()).max().unwrap_or(0);
    let warnings = warnings(store, &sources).await?;
    let (providers, boards) = (length(|it| &it.provider), length(|it| &it.board_token));
    for it in &sources {
        if is_json {
            output::line(&as_json(it).to_string());
            continue;
        }
        let error = it.last_error.as_ref().or_else(|| warnings.get(&it.source_id));
        let error = error.map(|error| format!(": {}", output::words(error))).unwrap_or_default();
        let time = |at| at_time(at).unwrap_or_else(|| "never".to_owned());
        let next =
            if it.status == <&str>::from(SourceStatus::Active) { time(it.next_crawl_after) } else { "-".to_owned() };
        output::line(&format!(
            "{:<providers$} {:<boards$} {} {}, last crawl {}, next {next}, {} active{error}",
            it.provider,
            it.board_token,
            it.status,
            it.health,
            time(it.last_crawled_at),
            it.active_job_count,
        ));
    }
    if sources.is_empty() {
        output::note("There are no boards.\nhint: \"jobgraph sources add\" registers some");
    }
    Ok(ExitCode::SUCCESS)
}

/// Why a board's last answer was not all of it, by the board's id: the first of the warnings of that crawl.
async fn warnings(store: &Store, sources: &[source::Model]) -> anyhow::Result<HashMap<String, String>> {
    let partial = sources.iter().filter(|it| it.last_crawled_at > it.last_complete_at);
    let crawls: Vec<String> = partial.map(|it| crawl_id(&it.source_id, it.last_crawled_at)).collect();
    let columns = ColumnSet::of(&[Column::CrawlId, Column::SourceId, Column::Warnings]);
    let rows = store.reader().load::<Crawls>(columns, Column::CrawlId, &crawls).await?;
    let first = |text: &str| serde_json::from_str::<Vec<String>>(text).unwrap_or_default().into_iter().next();
    let warned =
        rows.iter().filter_map(|row| Some((row.text(Column::SourceId).to_owned(), first(row.text(Column::Warnings))?)));
    Ok(warned.collect())
}

fn as_json(it: &source::Model) -> serde_json::Value {
    json!({
        "sourceId": it.source_id,
        "provider": it.provider,
        "board": it.board_token,
        "boardUrl": it.board_url,
        "status": it.status,
        "health": it.health,
        "lastCrawledAt": at_time(it.last_crawled_at),
        "nextCrawlAfter": at_time(it.next_crawl_after),
        "activeJobCount": it.active_job_count,
        "consecutiveFailures": it.consecutive_failures,
        "lastError": it.last_error,
    })
}

fn at_time(at: i64) -> Option<String> {
    (at != ABSENT).then(|| rfc3339(at))
}

async fn set(store: &Store, text: &str, status: SourceStatus) -> anyhow::Result<ExitCode> {
    let source = known(store, text).await?;
    let at_once = (status == SourceStatus::Active).then(now);
    store.set_source_status(&source.source_id, status, at_once).await?;
    output::line(&format!("{} {} {}", source.provider, source.board_token, <&str>::from(status)));
    Ok(ExitCode::SUCCESS)
}

/// Gives a board up. Its postings close together, as an operator's decision.
async fn retire(store: &Store, text: &str, is_sure: bool) -> anyhow::Result<ExitCode> {
    let source = known(store, text).await?;
    let (name, count) = (format!("{} {}", source.provider, source.board_token), source.active_job_count);
    if count > 0 && !is_sure {
        output::problem(&format!(
            "{name} has {count} active postings, which would close\nhint: --yes closes them; \"jobgraph sources pause\" leaves them as they are"
        ));
        return Ok(ExitCode::from(super::USAGE));
    }
    let at = now();
    let arrived = Arrived {
        provider: source.provider,
        board: source.board_token,
        started_at: at,
        finished_at: at,
        http_status: None,
        body: Body::Retired,
    };
    let intake = Intake { store, archive: None, policy: None, clock: now };
    let summary = intake.apply(&arrived).await.with_context(|| name.clone())?;
    output::line(&format!("{name} RETIRED, {} postings closed", summary.closed));
    Ok(ExitCode::SUCCESS)
}

/// The board that is meant by an address of it, `PROVIDER/BOARD` or its id.
pub(super) async fn known(store: &Store, text: &str) -> anyhow::Result<source::Model> {
    let id = text.strip_prefix("source_").unwrap_or(text);
    let meant = recognize(text).ok();
    let is_meant = |it: &source::Model| {
        let is_board = |board: &Recognized| board.provider == it.provider && board_key(&board.board) == it.board_key;
        it.source_id == id || meant.as_ref().is_some_and(is_board)
    };
    match store.sources().await?.into_iter().find(is_meant) {
        Some(source) => Ok(source),
        None => bail!(
            "board \"{text}\" is not known\nhint: name it as PROVIDER/BOARD, such as greenhouse/acme; \"jobgraph sources list\" lists them"
        ),
    }
}
