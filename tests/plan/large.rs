//! The large tables, and the statements that may go through all of one, each with its reason.

use std::collections::HashSet;

use libtest_mimic::Failed;

use crate::support::Backend::{self, Postgres, Sqlite};

const LARGE: [&str; 5] = ["job", "job_version", "event", "job_location", "job_body"];
const BOTH: &[Backend] = &[Sqlite, Postgres];

/// Where it may happen, what the statement holds, and why no index serves.
const EXCUSES: [(&[Backend], &[&str], &str); 1] =
    [(BOTH, &[" k WHERE TRUE LIMIT ", "AS bucketed"], "a facet of everything")];

/// The step of a plan that goes through all rows of a large table, if one does.
pub(crate) fn scan<'a>(backend: Backend, statement: &str, plan: &'a [String]) -> Option<&'a str> {
    let goes_through = |step: &&str| match backend {
        Sqlite => step.strip_prefix("SCAN ").is_some_and(|alias| is_large(statement, alias)),
        Postgres => step
            .split_once("Seq Scan on ")
            .is_some_and(|(_, rest)| rest.split_whitespace().next().is_some_and(|table| LARGE.contains(&table))),
    };
    let step = plan.iter().map(|step| step.trim()).find(goes_through)?;
    // A table lies in the order of its number: a page in that order reads only what it shows.
    let is_in_order = statement.contains(" ORDER BY k.seq ") && !plan.iter().any(|it| it.contains("TEMP B-TREE"));
    (!is_in_order).then_some(step)
}

/// Whether a name in a statement is of a large table; what SQLite reads by an index has more than a name.
fn is_large(statement: &str, alias: &str) -> bool {
    LARGE.iter().any(|table| {
        [format!(" {table} {alias} "), format!(" {table} {alias})")].iter().any(|it| statement.contains(it))
    })
}

/// The number of the excuse for a statement.
pub(crate) fn excuse(backend: Backend, statement: &str) -> Option<usize> {
    EXCUSES
        .iter()
        .position(|(backends, holds, _)| backends.contains(&backend) && holds.iter().all(|it| statement.contains(it)))
}

/// No excuse outlives its statement.
pub(crate) fn all_are_needed(backend: Backend, used: &HashSet<usize>) -> Result<(), Failed> {
    let unused = EXCUSES.iter().enumerate().filter(|(index, it)| it.0.contains(&backend) && !used.contains(index));
    let reasons: Vec<_> = unused.map(|(_, (_, holds, reason))| format!("{holds:?}: {reason}")).collect();
    if reasons.is_empty() { Ok(()) } else { Err(format!("needless excuses: {}", reasons.join("; ")).into()) }
}
