//! When a board is crawled next. A board that changes is asked more often, one that stays the same less often, and one
//! that does not answer less and less. Everything follows from the board's crawls, so that two installations agree.

use super::identity;
use crate::config::{CRAWL_BACKOFF_S, CRAWL_INTERVAL_MAX_S, CRAWL_INTERVAL_MIN_S, CRAWL_JITTER_PERCENT};

/// When a board that was crawled at `at` is due again, in UTC milliseconds since 1970. `failures` are its crawls without
/// an answer, in a row and up to this one; `changes` tells of each crawl that was answered whether anything on the board
/// had changed, newest first; `longest_s` is the longest time that an operator lets it wait.
pub(super) fn due_after(source_id: &str, at: i64, failures: i64, changes: &[bool], longest_s: i64) -> i64 {
    let wait_s = if failures > 0 { backoff_s(failures) } else { interval_s(changes, longest_s) };
    at + jittered(wait_s * 1_000, source_id, at)
}

/// The time between two crawls: half as long for each that found a change, half as long again for each that did not.
fn interval_s(changes: &[bool], longest_s: i64) -> i64 {
    let longest_s = longest_s.clamp(CRAWL_INTERVAL_MIN_S, CRAWL_INTERVAL_MAX_S);
    // The oldest answer is what the others are compared with.
    changes.iter().rev().skip(1).fold(longest_s, |wait_s, is_change| {
        let wait_s = if *is_change { wait_s / 2 } else { wait_s * 3 / 2 };
        wait_s.clamp(CRAWL_INTERVAL_MIN_S, longest_s)
    })
}

/// The time after so many failures in a row: twice as long each time.
fn backoff_s(failures: i64) -> i64 {
    CRAWL_BACKOFF_S.saturating_mul(1 << (failures - 1).clamp(0, 30)).min(CRAWL_INTERVAL_MAX_S)
}

/// Somewhat less, so that boards that were added together do not stay together.
fn jittered(wait_ms: i64, source_id: &str, at: i64) -> i64 {
    let id = identity::crawl_id(source_id, at);
    let dice = id.get(..8).and_then(|it| i64::from_str_radix(it, 16).ok()).unwrap_or(0);
    let most = wait_ms / 100 * CRAWL_JITTER_PERCENT;
    // Of eight hexadecimal digits the first five, as their product with a day has to fit.
    wait_ms - most * (dice >> 12) / (1 << 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    fn wait(failures: i64, changes: &[bool]) -> i64 {
        due_after("a", 0, failures, changes, CRAWL_INTERVAL_MAX_S)
    }

    fn is_about(wait: i64, hours: i64) -> bool {
        (hours * HOUR * (100 - CRAWL_JITTER_PERCENT) / 100..=hours * HOUR).contains(&wait)
    }

    #[test]
    fn a_board_that_changes_comes_sooner_and_one_that_does_not_later() {
        assert!(is_about(wait(0, &[]), 24));
        assert!(is_about(wait(0, &[true]), 24), "the first answer is all new");
        assert!(is_about(wait(0, &[true, true]), 12));
        assert!(is_about(wait(0, &[false, true, true]), 18));
        assert!(is_about(wait(0, &[false; 16]), 24));
        assert!(is_about(wait(0, &[true; 16]), 1));
    }

    #[test]
    fn an_operator_s_interval_is_the_longest_wait() {
        assert!(is_about(due_after("a", 0, 0, &[false; 4], 7_200), 2));
        assert!(is_about(due_after("a", 0, 0, &[], 1), 1));
        assert!(is_about(due_after("a", 0, 0, &[], i64::MAX), 24));
    }

    #[test]
    fn a_board_that_does_not_answer_is_asked_less_and_less_but_once_a_day() {
        let waits: Vec<i64> = (1..=9).map(|it| wait(it, &[true; 16])).collect();
        assert!(waits.windows(2).take(6).all(|it| it[0] < it[1]), "{waits:?}");
        assert!(waits[0] <= HOUR / 4 && is_about(waits[8], 24), "{waits:?}");
        assert!(is_about(wait(i64::MAX, &[]), 24));
    }

    #[test]
    fn boards_that_were_crawled_together_are_not_due_together() {
        let due: std::collections::BTreeSet<i64> =
            (0..100).map(|it| due_after(&it.to_string(), 0, 0, &[], CRAWL_INTERVAL_MAX_S)).collect();
        assert!(due.len() > 90 && due.iter().all(|it| is_about(*it, 24)), "{due:?}");
    }
}
