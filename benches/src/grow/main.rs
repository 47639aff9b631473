//! Makes an SQLite database of invented postings several times as large, in the time that copying takes: inventing ten
//! million takes hours of a processor.
//!
//! Each copy has ids, boards, employers and numbers of events of its own, and follows the log of the one before. What
//! postings say and when stays the same. The words of a search are not copied: it finds the first postings alone.

use std::io::{Write, stdout};
use std::path::PathBuf;
use std::time::Instant;

use anyhow::ensure;
use clap::Parser;
use rusqlite::Connection;

/// Tables that grow, parents first.
const TABLES: [&str; 12] = [
    "org",
    "source",
    "raw_payload",
    "crawl",
    "job",
    "description",
    "job_body",
    "job_location",
    "job_remote",
    "event",
    "event_body",
    "job_version",
];
/// Tables of counts. Those of employers and boards are copied with them, all others are multiplied.
const ROLLUPS: [(&str, &[&str]); 3] = [
    ("rollup_total", &["active", "total"]),
    ("rollup_day", &["created", "updated", "closed", "reopened"]),
    ("rollup_lifetime", &["closings"]),
];
const COPIED_ROLLUPS: &str = "dimension IN ('ORG', 'SOURCE')";
/// Names that begin with a hexadecimal digit, by which copies differ from each other.
const DIGESTS: [&str; 9] =
    ["org_id", "source_id", "sha256", "raw_sha256", "crawl_id", "job_id", "description_hash", "event_key", "value"];
/// Names of which each may be there once.
const WORDS: [&str; 3] = ["slug", "board_token", "board_key"];
/// Numbers of events.
const NUMBERS: [&str; 4] = ["seq", "from_seq", "until_seq", "content_seq"];

#[derive(Parser)]
struct Arguments {
    /// A database that nothing else uses meanwhile. It is worth nothing if this ends early.
    #[arg(long)]
    database: PathBuf,
    /// How many times as many postings it will have, at most 16.
    #[arg(long)]
    times: u8,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    ensure!((2..=16).contains(&arguments.times), "--times is from 2 to 16");
    let begun = Instant::now();
    let tell = |what: &str| writeln!(stdout(), "{:>6.0} s  {what}", begun.elapsed().as_secs_f64());
    let connection = Connection::open(&arguments.database)?;
    connection.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;
         PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -1048576; PRAGMA threads = 2; BEGIN EXCLUSIVE",
    )?;
    let indexes = pairs(&connection, "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")?;
    for (name, _) in &indexes {
        connection.execute_batch(&format!("DROP INDEX {name}"))?;
    }
    let last = number(&connection, "SELECT MAX(seq) FROM event")?;
    for table in TABLES {
        copy(&connection, table, "TRUE", arguments.times, last)?;
        tell(table)?;
    }
    for (table, counts) in ROLLUPS {
        copy(&connection, table, COPIED_ROLLUPS, arguments.times, last)?;
        let counts: Vec<String> = counts.iter().map(|it| format!("{it} = {it} * {}", arguments.times)).collect();
        connection.execute_batch(&format!("UPDATE {table} SET {} WHERE NOT {COPIED_ROLLUPS}", counts.join(", ")))?;
    }
    connection.execute_batch("COMMIT")?;
    for (name, sql) in &indexes {
        connection.execute_batch(sql)?;
        tell(name)?;
    }
    connection.execute_batch("ANALYZE; PRAGMA locking_mode = NORMAL; PRAGMA journal_mode = WAL")?;
    Ok(tell("done")?)
}

/// Adds the copies of a table's rows.
fn copy(connection: &Connection, table: &str, which: &str, times: u8, last: i64) -> anyhow::Result<()> {
    let columns = pairs(connection, &format!("SELECT name, type FROM pragma_table_info('{table}')"))?;
    let columns: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let rows = number(connection, &format!("SELECT MAX(rowid) FROM {table}"))?;
    for number in 1..i64::from(times) {
        let values: Vec<String> = columns.iter().map(|column| copied(column, number, last)).collect();
        connection.execute_batch(&format!(
            "INSERT INTO {table} ({}) SELECT {} FROM {table} WHERE {which} AND rowid <= {rows}",
            columns.join(", "),
            values.join(", ")
        ))?;
    }
    Ok(())
}

/// What a column holds in a copy.
fn copied(column: &str, number: i64, last: i64) -> String {
    match column {
        _ if DIGESTS.contains(&column) => format!(
            "CASE {column} WHEN '' THEN '' ELSE
             substr('{0}{0}', instr('{0}', substr({column}, 1, 1)) + {number}, 1) || substr({column}, 2) END",
            "0123456789abcdef"
        ),
        _ if WORDS.contains(&column) => format!("{column} || '~{number}'"),
        _ if NUMBERS.contains(&column) => {
            format!("CASE {column} WHEN {0} THEN {0} ELSE {column} + {1} END", i64::MAX, number * last)
        }
        _ => column.to_owned(),
    }
}

fn number(connection: &Connection, sql: &str) -> anyhow::Result<i64> {
    Ok(connection.query_row(sql, [], |row| Ok(row.get::<_, Option<i64>>(0)?.unwrap_or(0)))?)
}

fn pairs(connection: &Connection, sql: &str) -> anyhow::Result<Vec<(String, String)>> {
    let mut statement = connection.prepare(sql)?;
    let pairs = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(pairs.collect::<Result<_, _>>()?)
}
