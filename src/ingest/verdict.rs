//! What one answer of a board proves: its outcome, and whether a posting's absence from it is evidence.

use std::collections::BTreeSet;

use super::posting::Board;
use super::provider::Provider;
use crate::vocabulary::{ClosedReason, CrawlOutcome};

/// Crawls that a judgment looks back on.
pub const HISTORY_MAX: usize = 16;
/// The same of a board that was empty, gone or doubted in all of those: more than a day of them, one in a quarter of an hour,
/// as it has to be so for a day.
pub const HISTORY_LONG_MAX: usize = 128;
/// The complete crawls in which the usual size of a board is measured, however many others came after them.
pub const WINDOW: usize = 5;
/// Complete crawls in the window before a guard may doubt an answer.
const WINDOW_MIN: usize = 3;
/// Suspect answers in a row that confirm each other.
const SUSPECT_CONFIRMATIONS: usize = 3;
/// The least time between two crawls that confirm each other, in milliseconds: 6 hours.
const CONFIRMATION_GAP_MS: i64 = 6 * 3_600_000;
/// How far the keys of two suspect answers may differ, in percent.
const SUSPECT_TOLERANCE_PERCENT: usize = 5;
/// The least time over which a board must be empty, in milliseconds: 24 hours.
const EMPTY_SPAN_MS: i64 = 24 * 3_600_000;
/// Answers in a row that there is no such board, before it is retired.
const GONE_CONFIRMATIONS: usize = 3;
/// The same for a board that has not answered for `LONG_SILENT_MS`.
const GONE_CONFIRMATIONS_SILENT: usize = 2;
/// 7 days, in milliseconds.
const LONG_SILENT_MS: i64 = 7 * 24 * 3_600_000;

/// When postings of a board close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// A posting closes after so many complete crawls in a row without it.
    pub close_after_misses: i32,
    /// A board closes after it was found empty so many times.
    pub empty_confirmations: i32,
    /// An answer with less than this share of the usual number is suspect.
    pub drop_guard_percent: i32,
    /// An answer that misses more than this share of the active postings is suspect.
    pub blast_radius_percent: i32,
    /// Whether answers can be suspect at all, and emptiness must be confirmed.
    pub guards: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            close_after_misses: 2,
            empty_confirmations: 3,
            drop_guard_percent: 70,
            blast_radius_percent: 50,
            guards: true,
        }
    }
}

impl Policy {
    /// The policy of a provider's boards, unless an operator has another. Pages for people lose postings and show them again
    /// more often than interfaces do, so that theirs are missed twice as often before they close.
    pub fn of(provider: &Provider) -> Self {
        let default = Self::default();
        let close_after_misses = if provider.reads_pages { 2 } else { 1 } * default.close_after_misses;
        Self { close_after_misses, ..default }
    }

    /// Closes at the first complete answer without a posting, whatever it looks like.
    pub fn immediate() -> Self {
        Self { close_after_misses: 1, empty_confirmations: 1, guards: false, ..Self::default() }
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub enum Fetched<'a> {
    Board(&'a Board),
    Unreadable(String),
    Failed {
        http_status: Option<u16>,
        message: String,
    },
    NotFound {
        http_status: u16,
    },
    /// Nothing was asked: an operator gives the board up.
    Retired,
}

/// A crawl that came before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastCrawl {
    pub outcome: CrawlOutcome,
    pub finished_at: i64,
    pub seen: i64,
    /// The keys that were seen, of a suspect crawl alone.
    pub suspect_keys: BTreeSet<String>,
}

/// What absence from an answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    Nothing,
    CountsAsMiss,
    Closes(ClosedReason),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub outcome: CrawlOutcome,
    /// The guard that doubts the answer, or waits for confirmation.
    pub guard: Option<&'static str>,
    pub absence: Absence,
    /// Whether the board is gone for good.
    pub retires: bool,
    /// Whether that is an operator's decision, which no answer shows.
    pub by_operator: bool,
}

impl Verdict {
    fn new(outcome: CrawlOutcome, absence: Absence) -> Self {
        Self { outcome, guard: None, absence, retires: false, by_operator: false }
    }

    fn doubted(outcome: CrawlOutcome, guard: &'static str) -> Self {
        Self { guard: Some(guard), ..Self::new(outcome, Absence::Nothing) }
    }
}

/// Judges an answer that came at `now`. `history` is newest first: the latest crawls, and behind them such complete ones as are
/// not among those; `answered_at` is when the board answered last, if it ever did; `active` are the keys of the active postings.
pub fn judge(
    fetched: &Fetched<'_>,
    history: &[PastCrawl],
    answered_at: Option<i64>,
    active: &BTreeSet<String>,
    policy: Policy,
    now: i64,
) -> Verdict {
    match fetched {
        Fetched::Unreadable(_) | Fetched::Failed { .. } => Verdict::new(CrawlOutcome::Failed, Absence::Nothing),
        Fetched::NotFound { .. } => judge_gone(history, answered_at, now),
        Fetched::Retired => {
            let absence = Absence::Closes(ClosedReason::SourceRetired);
            Verdict { retires: true, by_operator: true, ..Verdict::new(CrawlOutcome::Gone, absence) }
        }
        Fetched::Board(board) if board.cut_short => Verdict::new(CrawlOutcome::Partial, Absence::Nothing),
        Fetched::Board(board) if board.postings.is_empty() => judge_empty(history, policy, now),
        Fetched::Board(board) => judge_complete(board, history, active, policy, now),
    }
}

fn judge_gone(history: &[PastCrawl], answered_at: Option<i64>, now: i64) -> Verdict {
    let is_long_silent = answered_at.is_none_or(|it| now - it > LONG_SILENT_MS);
    let needed = if is_long_silent && !history.is_empty() { GONE_CONFIRMATIONS_SILENT } else { GONE_CONFIRMATIONS };
    let earlier = history.iter().take_while(|it| it.outcome == CrawlOutcome::Gone);
    if spaced(earlier.map(|it| it.finished_at), now) < needed {
        return Verdict::doubted(CrawlOutcome::Gone, "GONE_UNCONFIRMED");
    }
    let absence = Absence::Closes(ClosedReason::SourceRetired);
    Verdict { retires: true, ..Verdict::new(CrawlOutcome::Gone, absence) }
}

fn judge_empty(history: &[PastCrawl], policy: Policy, now: i64) -> Verdict {
    let closes = Verdict::new(CrawlOutcome::Empty, Absence::Closes(ClosedReason::NotListed));
    if !policy.guards {
        return closes;
    }
    let earlier: Vec<i64> =
        history.iter().take_while(|it| it.outcome == CrawlOutcome::Empty).map(|it| it.finished_at).collect();
    let is_often_enough = earlier.len() + 1 >= usize::try_from(policy.empty_confirmations).unwrap_or(usize::MAX);
    let is_long_enough = earlier.last().is_some_and(|first| now - first >= EMPTY_SPAN_MS);
    if is_often_enough && is_long_enough { closes } else { Verdict::doubted(CrawlOutcome::Empty, "EMPTY_UNCONFIRMED") }
}

fn judge_complete(
    board: &Board,
    history: &[PastCrawl],
    active: &BTreeSet<String>,
    policy: Policy,
    now: i64,
) -> Verdict {
    let complete = Verdict::new(CrawlOutcome::Complete, Absence::CountsAsMiss);
    if !policy.guards {
        return complete;
    }
    let keys: BTreeSet<String> = board.postings.iter().map(|it| it.key.clone()).collect();
    let Some(guard) = guard(&keys, history, active, policy) else {
        return complete;
    };
    let earlier =
        history.iter().take_while(|it| it.outcome == CrawlOutcome::Suspect && is_alike(&it.suspect_keys, &keys));
    if spaced(earlier.map(|it| it.finished_at), now) >= SUSPECT_CONFIRMATIONS {
        return complete;
    }
    Verdict::doubted(CrawlOutcome::Suspect, guard)
}

fn guard(
    keys: &BTreeSet<String>,
    history: &[PastCrawl],
    active: &BTreeSet<String>,
    policy: Policy,
) -> Option<&'static str> {
    let complete = history.iter().filter(|it| it.outcome == CrawlOutcome::Complete);
    let mut sizes: Vec<i64> = complete.take(WINDOW).map(|it| it.seen).collect();
    if sizes.len() < WINDOW_MIN {
        return None;
    }
    sizes.sort_unstable();
    let median = sizes[sizes.len() / 2];
    let seen = i64::try_from(keys.len()).unwrap_or(i64::MAX);
    if seen * 100 < median * i64::from(policy.drop_guard_percent) {
        return Some("DROP");
    }
    let missing = active.difference(keys).count();
    let allowed = active.len() * usize::try_from(policy.blast_radius_percent).unwrap_or(0);
    (missing * 100 > allowed).then_some("BLAST_RADIUS")
}

/// How many times, `now` included, are far enough from each other to confirm each other. `earlier` is newest first.
fn spaced(earlier: impl Iterator<Item = i64>, now: i64) -> usize {
    let mut count = 1;
    let mut last = now;
    for time in earlier {
        if last - time >= CONFIRMATION_GAP_MS {
            count += 1;
            last = time;
        }
    }
    count
}

fn is_alike(left: &BTreeSet<String>, right: &BTreeSet<String>) -> bool {
    let different = left.symmetric_difference(right).count();
    different * 100 <= left.len().max(right.len()) * SUSPECT_TOLERANCE_PERCENT
}

#[cfg(test)]
mod tests;
