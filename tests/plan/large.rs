//! The large tables, and the statements that may go through all of one, each with its reason.

use std::collections::HashSet;

use libtest_mimic::Failed;

use crate::support::Backend::{self, Postgres, Sqlite};

const LARGE: [&str; 5] = ["job", "job_version", "event", "job_location", "job_body"];
const BOTH: &[Backend] = &[Sqlite, Postgres];
const POSTGRES: &[Backend] = &[Postgres];

/// Where it may happen, what the statement holds, and why no index serves. PostgreSQL goes through a table where more
/// than a few of its rows are asked for; so it does for totals and facets only, never for a page.
const EXCUSES: [(&[Backend], &[&str], &str); 19] = [
    (BOTH, &[" k WHERE TRUE LIMIT ", "AS facet, "], "a facet of everything that no rollup holds"),
    (
        BOTH,
        &["k.country_code", " OR (k.workplace_type = ", "AS counted"],
        "a third of all rows, by either of two columns",
    ),
    (BOTH, &["FROM job_version k WHERE k.from_at", "AS counted"], "nearly every state of the past may be one of then"),
    (BOTH, &["FROM job_version k WHERE k.from_at", "AS facet, "], "nearly every state of the past may be one of then"),
    (BOTH, &["FROM job_body b CROSS JOIN", "AS counted"], "facts have no index, and most postings are active"),
    (POSTGRES, &["NOT (", "FROM event k_", "AS counted"], "most postings lack such an event"),
    (BOTH, &["k.remote_scope_kind = ", "AS counted"], "a rare question, whose index every write would pay for"),
    (BOTH, &["k.salary_period ", "AS counted"], "most postings disclose nothing"),
    (BOTH, &["FROM source s WHERE", "k.last_checked_at", "AS counted"], "each board has an interval of its own"),
    (POSTGRES, &["FROM job_version k WHERE k.from_seq", "AS counted"], "most states of the past still stand"),
    (POSTGRES, &["FROM job_version k WHERE k.from_seq", "AS facet, "], "most states of the past still stand"),
    (POSTGRES, &["AS found JOIN job", "AS counted"], "frequent words find a tenth of all rows"),
    (POSTGRES, &["AS found JOIN job", "AS facet, "], "frequent words find a tenth of all rows"),
    (POSTGRES, &["k.workplace_type = 'REMOTE'", "AS facet, "], "a fifth of all rows"),
    (POSTGRES, &["FROM job_location k_ ", "AS counted"], "half of all rows have such a place"),
    (POSTGRES, &["k.event_type = 'JOB_CLOSED' AND EXISTS", "AS counted"], "a fifth of all rows"),
    (POSTGRES, &["FROM job_remote k_ ", "AS counted"], "a fifth of all rows"),
    (POSTGRES, &["k.salary_currency = ", "AS counted"], "a fifth of all rows"),
    (POSTGRES, &["k.function IN ", "AS counted"], "a third of all rows"),
];

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

/// No excuse outlives its statement. What PostgreSQL needs one for depends on its settings.
pub(crate) fn all_are_needed(backend: Backend, used: &HashSet<usize>) -> Result<(), Failed> {
    let needless = EXCUSES.iter().enumerate().filter(|(index, it)| it.0.contains(&Sqlite) && !used.contains(index));
    let reasons: Vec<_> = needless.map(|(_, (_, holds, reason))| format!("{holds:?}: {reason}")).collect();
    if reasons.is_empty() || backend == Postgres {
        Ok(())
    } else {
        Err(format!("needless excuses: {}", reasons.join("; ")).into())
    }
}
