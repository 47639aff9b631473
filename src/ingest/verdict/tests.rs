//! What answers prove, one rule a test.

use super::*;
use crate::ingest::posting::Posting;

const HOUR: i64 = 3_600_000;

fn board(keys: std::ops::Range<i32>) -> Board {
    let postings = keys.map(|key| Posting { key: key.to_string(), ..Posting::default() }).collect();
    Board { postings, ..Board::default() }
}

fn keys(range: std::ops::Range<i32>) -> BTreeSet<String> {
    range.map(|key| key.to_string()).collect()
}

fn past(outcome: CrawlOutcome, finished_at: i64, seen: i64) -> PastCrawl {
    PastCrawl { outcome, finished_at, seen, suspect_keys: BTreeSet::new() }
}

fn complete(count: i64) -> Vec<PastCrawl> {
    (0..count).map(|index| past(CrawlOutcome::Complete, -24 * HOUR * (index + 1), 100)).collect()
}

fn judge_board(board: &Board, history: &[PastCrawl], active: std::ops::Range<i32>) -> Verdict {
    judge(&Fetched::Board(board), history, None, &keys(active), Policy::default(), 0)
}

#[test]
fn a_whole_answer_counts_absence_as_a_miss() {
    let verdict = judge_board(&board(0..99), &complete(3), 0..100);
    assert_eq!((verdict.outcome, verdict.absence), (CrawlOutcome::Complete, Absence::CountsAsMiss));
}

#[test]
fn an_answer_cut_short_proves_nothing_by_absence() {
    let cut = Board { cut_short: true, ..board(0..1) };
    let verdict = judge_board(&cut, &[], 0..100);
    assert_eq!((verdict.outcome, verdict.absence), (CrawlOutcome::Partial, Absence::Nothing));
}

#[test]
fn a_sudden_drop_is_suspect_once_the_usual_size_is_known() {
    assert_eq!(judge_board(&board(0..69), &complete(3), 0..69).guard, Some("DROP"));
    assert_eq!(judge_board(&board(0..70), &complete(3), 0..70).guard, None);
    assert_eq!(judge_board(&board(0..1), &complete(2), 0..1).guard, None, "two crawls tell no usual size");
}

/// It was measured among the latest sixteen crawls, and not known at all after as many that were cut short.
#[test]
fn the_usual_size_is_known_however_many_other_crawls_came_after() {
    let cut_short = (0..14).map(|hour| past(CrawlOutcome::Partial, -hour * HOUR, 100));
    let history: Vec<PastCrawl> = cut_short.chain(complete(5)).collect();
    assert_eq!(judge_board(&board(0..20), &history, 0..20).guard, Some("DROP"));
    assert_eq!(judge_board(&board(80..180), &history, 0..100).guard, Some("BLAST_RADIUS"));
}

#[test]
fn an_answer_that_would_miss_most_active_postings_is_suspect() {
    assert_eq!(judge_board(&board(51..151), &complete(3), 0..100).guard, Some("BLAST_RADIUS"));
    assert_eq!(judge_board(&board(50..150), &complete(3), 0..100).guard, None);
}

#[test]
fn a_suspect_answer_is_believed_the_third_time_hours_apart_with_the_same_keys() {
    let suspect =
        |hours: i64, range| PastCrawl { suspect_keys: keys(range), ..past(CrawlOutcome::Suspect, -hours * HOUR, 50) };
    let with = |earlier: [PastCrawl; 2]| {
        let history: Vec<PastCrawl> = earlier.into_iter().chain(complete(5)).collect();
        judge_board(&board(0..50), &history, 0..100).outcome
    };
    assert_eq!(with([suspect(6, 0..50), suspect(12, 0..51)]), CrawlOutcome::Complete);
    assert_eq!(with([suspect(6, 0..50), suspect(11, 0..50)]), CrawlOutcome::Suspect, "too close in time");
    assert_eq!(with([suspect(6, 0..50), suspect(12, 20..70)]), CrawlOutcome::Suspect, "other keys");
}

#[test]
fn an_empty_board_closes_after_three_answers_over_a_day() {
    let empty = |hours: i64| past(CrawlOutcome::Empty, -hours * HOUR, 0);
    let with = |earlier: &[PastCrawl]| judge_board(&board(0..0), earlier, 0..5);
    let closes = Absence::Closes(ClosedReason::NotListed);
    assert_eq!(with(&[empty(12), empty(24)]).absence, closes);
    assert_eq!(with(&[empty(12), empty(23)]).absence, Absence::Nothing);
    assert_eq!(with(&[empty(24)]).absence, Absence::Nothing);
    assert_eq!(with(&[]).guard, Some("EMPTY_UNCONFIRMED"));
}

#[test]
fn a_failure_between_empty_answers_starts_the_count_anew() {
    let history = [past(CrawlOutcome::Failed, -HOUR, 0), past(CrawlOutcome::Empty, -24 * HOUR, 0)];
    assert_eq!(judge_board(&board(0..0), &history, 0..5).absence, Absence::Nothing);
}

#[test]
fn a_board_that_is_gone_three_times_retires() {
    let gone = |hours: i64| past(CrawlOutcome::Gone, -hours * HOUR, 0);
    let recent = past(CrawlOutcome::Complete, -20 * HOUR, 5);
    let answered = |history: &[PastCrawl], answered_at| {
        judge(&Fetched::NotFound { http_status: 404 }, history, answered_at, &keys(0..5), Policy::default(), 0)
    };
    let judged = |history: &[PastCrawl]| {
        let answers = history.iter().find(|it| it.outcome == CrawlOutcome::Complete);
        answered(history, answers.map(|it| it.finished_at))
    };
    assert!(judged(&[gone(6), gone(12), recent.clone()]).retires);
    assert!(!judged(&[gone(6), recent.clone()]).retires);
    assert!(!judged(&[gone(1), gone(2), recent]).retires, "too close in time");
    assert!(judged(&[gone(6), past(CrawlOutcome::Complete, -200 * HOUR, 5)]).retires, "it was silent for long");
    assert!(!judged(&[]).retires, "a first answer proves nothing");
    let often = [gone(1), gone(2), gone(7)];
    assert!(!answered(&often, Some(-9 * HOUR)).retires, "it answered before what is looked back on, and not long ago");
    assert!(answered(&often, Some(-200 * HOUR)).retires);
}

#[test]
fn failures_prove_nothing_whatever_the_policy() {
    let failed = Fetched::Failed { http_status: Some(503), message: "busy".to_owned() };
    for fetched in [failed, Fetched::Unreadable("html".to_owned())] {
        let verdict = judge(&fetched, &[], None, &keys(0..5), Policy::immediate(), 0);
        assert_eq!((verdict.outcome, verdict.absence), (CrawlOutcome::Failed, Absence::Nothing));
    }
}

#[test]
fn the_immediate_policy_believes_every_whole_answer() {
    let judged =
        |board: &Board| judge(&Fetched::Board(board), &complete(5), None, &keys(0..100), Policy::immediate(), 0);
    assert_eq!(judged(&board(0..1)).absence, Absence::CountsAsMiss);
    assert_eq!(judged(&board(0..0)).absence, Absence::Closes(ClosedReason::NotListed));
}

#[test]
fn pages_for_people_are_missed_twice_as_often() {
    let misses = |name| Policy::of(crate::ingest::provider::find(name).expect("it is known")).close_after_misses;
    assert_eq!((misses("greenhouse"), misses("jsonld")), (2, 4));
}

#[test]
fn a_board_that_an_operator_gives_up_closes_at_once() {
    let verdict = judge(&Fetched::Retired, &complete(3), None, &keys(0..5), Policy::default(), 0);
    assert_eq!(verdict.absence, Absence::Closes(ClosedReason::SourceRetired));
    assert!(verdict.retires && verdict.by_operator);
}
