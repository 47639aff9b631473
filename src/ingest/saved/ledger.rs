//! A ledger of runs (CSV): which snapshot each run of a board wrote or met again, and which runs failed.

use std::path::Path;

use serde::Deserialize;

use super::{SavedError, SavedFile, parse_time};

/// One run of the ledger, to be read when its turn comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    Answered(SavedFile),
    Failed { at: i64, message: String },
}

#[derive(Deserialize)]
struct Row {
    collected_at: String,
    provider: String,
    board: String,
    status: String,
    snapshot_file: String,
    error: String,
}

/// The runs over one board in the order of time; `folder` holds their snapshots, plain or compressed.
pub fn from_ledger(ledger: &Path, folder: &Path, provider: &str, board: &str) -> Result<Vec<Run>, SavedError> {
    let broken = |line: u64, message: String| SavedError::Line { path: ledger.display().to_string(), line, message };
    let mut reader = csv::Reader::from_path(ledger).map_err(|error| broken(1, error.to_string()))?;
    let mut runs = Vec::new();
    for (row, line) in reader.deserialize::<Row>().zip(2..) {
        let row = row.map_err(|error| broken(line, error.to_string()))?;
        if row.provider != provider || row.board != board {
            continue;
        }
        let at = parse_time(&row.collected_at)
            .ok_or_else(|| broken(line, format!("\"{}\" is no time in RFC 3339", row.collected_at)))?;
        let run = match row.status.as_str() {
            "written" | "duplicate" => {
                let path = ["", ".gz", ".zst"].iter().map(|end| folder.join(format!("{}{end}", row.snapshot_file)));
                let path = path.into_iter().find(|path| path.is_file());
                let path =
                    path.ok_or_else(|| broken(line, format!("there is no snapshot \"{}\"", row.snapshot_file)))?;
                Run::Answered(SavedFile { path, fetched_at: at })
            }
            "failed" => Run::Failed { at, message: row.error },
            other => {
                return Err(broken(line, format!("status \"{other}\" is none of written, duplicate, failed")));
            }
        };
        runs.push((at, run));
    }
    runs.sort_by_key(|(at, _)| *at);
    Ok(runs.into_iter().map(|(_, run)| run).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_tells_answers_and_failures_in_the_order_of_time() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        std::fs::write(folder.path().join("a.json"), "{}").expect("it can be written");
        let ledger = folder.path().join("runs.csv");
        let text = "collected_at,provider,board,status,job_count,snapshot_file,error\n\
                    2026-01-03T00:00:00+00:00,p,b,failed,0,,no answer\n\
                    2026-01-01T00:00:00+00:00,p,b,written,1,a.json,\n\
                    2026-01-02T00:00:00+00:00,p,other,written,1,z.json,\n";
        std::fs::write(&ledger, text).expect("it can be written");
        let runs = from_ledger(&ledger, folder.path(), "p", "b").expect("it is read");
        assert!(matches!(&runs[0], Run::Answered(file) if file.path.ends_with("a.json")));
        assert!(matches!(&runs[1], Run::Failed { message, .. } if message == "no answer"));
    }
}
