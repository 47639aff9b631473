//! What happens to one posting in one run, as pure decisions.

use serde::{Deserialize, Serialize};

use super::identity::rfc3339;
use super::revision::FieldChange;
use super::verdict::{Absence, Policy};
use crate::store::apply::Brief;
use crate::vocabulary::{ChangeKind, ClosedReason, EventCause, JobStatus};

/// What a posting's absence from an answer comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    Nothing,
    Counts,
    Closes(ClosedReason),
}

/// How a posting that is seen again differs from what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// In nothing that makes an event.
    Nothing,
    /// The provider states something else.
    Content,
    /// It states the same, which newer rules may read differently.
    Rules,
}

/// How a closing is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClosureEvidence {
    pub last_seen_at: String,
    pub first_missed_at: String,
    pub confirmed_at: String,
    pub complete_crawls_missed: i32,
    pub crawls: Vec<String>,
}

/// The content hashes of a posting as it is now: of all of it, and of what was there before too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentNow {
    pub whole: String,
    pub without_appeared: String,
}

/// Judges a posting that an answer does not contain.
pub fn missed(brief: &Brief, absence: Absence, policy: Policy) -> Missed {
    if brief.status == JobStatus::Closed {
        return Missed::Nothing;
    }
    match absence {
        Absence::Nothing => Missed::Nothing,
        Absence::Closes(reason) => Missed::Closes(reason),
        Absence::CountsAsMiss if brief.missed_crawls + 1 >= policy.close_after_misses => {
            Missed::Closes(ClosedReason::NotListed)
        }
        Absence::CountsAsMiss => Missed::Counts,
    }
}

/// The reason of a closing: of a posting that its board no longer lists, which was first missed at `missed_at`, what else is known.
pub fn reason(absence: ClosedReason, deadline_at: Option<i64>, is_page_gone: bool, missed_at: i64) -> ClosedReason {
    if absence != ClosedReason::NotListed {
        absence
    } else if deadline_at.is_some_and(|it| it < missed_at) {
        ClosedReason::DeadlinePassed
    } else if is_page_gone {
        ClosedReason::Gone
    } else {
        absence
    }
}

/// Compares a posting that is seen again with what is stored. A key that merely appears is no difference.
pub fn difference(brief: &Brief, now: &ContentNow, normalizer_version: i32) -> Difference {
    if brief.content_hash != now.whole && brief.content_hash != now.without_appeared {
        Difference::Content
    } else if brief.normalizer_version != normalizer_version {
        Difference::Rules
    } else {
        Difference::Nothing
    }
}

/// When the first of these crawls missed a posting, if none before them is noted.
pub fn first_missed(brief: &Brief, misses: &[(String, i64)], now: i64) -> i64 {
    brief.first_missed_at.or_else(|| misses.first().map(|(_, at)| *at)).unwrap_or(now)
}

/// The evidence of a closing at `now`. `misses` are the crawls that missed the posting, oldest first, this one included.
pub fn evidence(brief: &Brief, misses: &[(String, i64)], now: i64) -> ClosureEvidence {
    let first = first_missed(brief, misses, now);
    let since_first = misses.iter().filter(|(_, at)| *at >= first);
    let crawls: Vec<String> = since_first.map(|(id, _)| id.clone()).collect();
    ClosureEvidence {
        last_seen_at: rfc3339(brief.last_seen_at),
        first_missed_at: rfc3339(first),
        confirmed_at: rfc3339(now),
        complete_crawls_missed: (brief.missed_crawls + 1).max(i32::try_from(crawls.len()).unwrap_or(i32::MAX)),
        crawls,
    }
}

/// The changes of an update by `cause`. What the provider changed in a field that has no path of its own, such as pay,
/// shows in what is derived from it; then the derived value stands for the stated one.
pub fn attributed(mut changes: Vec<FieldChange>, cause: EventCause) -> Vec<FieldChange> {
    let has_stated = changes.iter().any(|it| it.kind == ChangeKind::Source);
    for change in &mut changes {
        if cause != EventCause::Source {
            change.kind = ChangeKind::Derived;
        } else if !has_stated {
            change.kind = ChangeKind::Source;
        }
    }
    changes
}

/// When the provider says an update took effect, if that lies between the last check and the answer that shows it.
pub fn credible(updated_at: Option<i64>, last_checked_at: i64, observed_at: i64) -> Option<i64> {
    updated_at.filter(|at| (last_checked_at + 1..=observed_at).contains(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brief(missed_crawls: i32) -> Brief {
        Brief {
            job_id: "j".to_owned(),
            status: JobStatus::Active,
            missed_crawls,
            first_missed_at: None,
            last_seen_at: 1_000,
            source_hash: "s".to_owned(),
            content_hash: "c".to_owned(),
            normalizer_version: 1,
            content_seq: 1,
        }
    }

    #[test]
    fn a_posting_closes_at_the_second_miss_by_default_and_at_the_first_if_told_so() {
        let counts = Absence::CountsAsMiss;
        assert_eq!(missed(&brief(0), counts, Policy::default()), Missed::Counts);
        assert_eq!(missed(&brief(1), counts, Policy::default()), Missed::Closes(ClosedReason::NotListed));
        assert_eq!(missed(&brief(0), counts, Policy::immediate()), Missed::Closes(ClosedReason::NotListed));
    }

    #[test]
    fn absence_that_proves_nothing_closes_nothing() {
        assert_eq!(missed(&brief(9), Absence::Nothing, Policy::immediate()), Missed::Nothing);
    }

    #[test]
    fn a_closed_posting_is_not_closed_again() {
        let closed = Brief { status: JobStatus::Closed, ..brief(0) };
        assert_eq!(missed(&closed, Absence::CountsAsMiss, Policy::immediate()), Missed::Nothing);
    }

    #[test]
    fn what_is_known_of_a_posting_that_is_no_longer_listed_is_the_reason() {
        use ClosedReason::{DeadlinePassed, Gone, NotListed, SourceRetired};
        assert_eq!(reason(NotListed, None, false, 9), NotListed);
        assert_eq!(reason(NotListed, Some(8), false, 9), DeadlinePassed);
        assert_eq!(reason(NotListed, Some(9), false, 9), NotListed, "it has until then");
        assert_eq!(reason(NotListed, Some(9), true, 9), Gone);
        assert_eq!(reason(NotListed, Some(8), true, 9), DeadlinePassed, "that is why the page is gone");
        assert_eq!(reason(SourceRetired, Some(8), true, 9), SourceRetired);
    }

    #[test]
    fn keys_that_merely_appear_are_no_difference() {
        let now = ContentNow { whole: "new".to_owned(), without_appeared: "c".to_owned() };
        assert_eq!(difference(&brief(0), &now, 1), Difference::Nothing);
        assert_eq!(difference(&brief(0), &now, 2), Difference::Rules);
    }

    #[test]
    fn evidence_names_the_crawls_since_the_first_miss() {
        let misses = [("a".to_owned(), 500), ("b".to_owned(), 2_000), ("c".to_owned(), 3_000)];
        let evidence = evidence(&Brief { first_missed_at: Some(2_000), ..brief(1) }, &misses, 3_000);
        assert_eq!(evidence.crawls, ["b", "c"]);
        assert_eq!(evidence.complete_crawls_missed, 2);
        assert_eq!(evidence.first_missed_at, "1970-01-01T00:00:02.000Z");
    }

    #[test]
    fn a_time_of_update_before_the_last_check_is_not_believed() {
        assert_eq!(credible(Some(5), 5, 9), None);
        assert_eq!(credible(Some(6), 5, 9), Some(6));
        assert_eq!(credible(Some(10), 5, 9), None);
    }
}
