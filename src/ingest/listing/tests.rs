//! What of a board is lost where it is more than any board has.

use super::*;
use crate::ingest::posting::StatedPay;

const SHAPE: Shape = Shape { key: "id", numbers: &[], not_native: &[], volatile: &[] };

/// The board of these rows, of which `read` makes postings.
fn board(answers: &[&str], change: fn(&mut Listing<'_>), read: fn() -> Posting) -> Board {
    let nothing = Answers::bare(b"[]");
    let mut listing = Listing::new(&SHAPE, &nothing);
    change(&mut listing);
    for (index, answer) in answers.iter().enumerate() {
        let raw: &RawValue = serde_json::from_str(answer).expect("it is JSON");
        if let Some(row) = listing.row(raw, &format!("jobs[{index}]")) {
            listing.read(row, |_, _| Some(read()));
        }
    }
    let count = listing.len();
    listing.into_board(count)
}

fn found(answers: &[&str], change: fn(&mut Listing<'_>)) -> (usize, bool) {
    let board = board(answers, change, Posting::default);
    (board.postings.len(), board.cut_short)
}

/// A page of them took eighty times its length in memory.
#[test]
fn a_row_that_is_longer_than_any_posting_cuts_the_board_short() {
    let long = format!(r#"{{"id":2,"a":[{}0]}}"#, "0,".repeat(lenient::VALUE_BYTES_MAX / 2));
    assert_eq!(found(&[r#"{"id":1}"#, r#"{"id":2}"#], |_| {}), (2, false));
    assert_eq!(found(&[r#"{"id":1}"#, &long], |_| {}), (1, true));
    let nothing = Answers::bare(b"[]");
    let mut listing = Listing::new(&SHAPE, &nothing);
    let raw: &RawValue = serde_json::from_str(&long).expect("it is JSON");
    let members = listing.members(raw, "jobs[0]");
    assert!(members.is_empty() && listing.row_of(members, "jobs[0]").is_none());
    assert!(listing.reader().details(long.as_bytes(), None).is_none());
}

#[test]
fn postings_that_are_more_than_a_board_has_cut_it_short() {
    assert_eq!(found(&[r#"{"id":1}"#], |it| it.held_bytes = HELD_BYTES_MAX), (0, true));
    assert_eq!(found(&[r#"{"id":1}"#], |it| it.held_bytes = HELD_BYTES_MAX / 2), (1, false));
}

#[test]
fn rows_that_are_more_than_a_posting_has_cut_the_board_short() {
    let merging = |it: &mut Listing<'_>| it.merge = Some(|_, _| {});
    let rows = |count: usize| vec![r#"{"id":1}"#; count];
    assert_eq!(found(&rows(ROWS_OF_ONE_MAX), merging), (1, false));
    assert_eq!(found(&rows(ROWS_OF_ONE_MAX + 1), merging), (1, true));
}

#[test]
fn pay_ranges_that_are_more_than_a_posting_has_are_lost() {
    let paid = || Posting { pay: vec![StatedPay::default(); PAY_MAX + 1], ..Posting::default() };
    let board = board(&[r#"{"id":1}"#], |_| {}, paid);
    assert_eq!((board.postings[0].pay.len(), board.problems.len(), board.cut_short), (PAY_MAX, 1, false));
}
