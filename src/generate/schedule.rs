//! When everything happens: events are numbered day by day, and within a day in the order of the postings' numbers, in
//! which their boards are read. So a pass over all lives that counts the events of each day gives every event its number.

use std::ops::Range;

use super::boards::{Board, DAYS};
use super::history::Due;
use super::life::{EVENTS_MAX, live};

/// Events that are held at once; days are never parted.
const PORTION_EVENTS: i64 = 250_000;

pub(super) struct Schedule {
    /// The number of each day's first event; behind the last day, of the event that will come next.
    first: Vec<i64>,
}

impl Schedule {
    pub(super) fn new(seed: u64, boards: &[Board]) -> Self {
        let mut counts = vec![0; place(DAYS)];
        let mut moments = Vec::with_capacity(EVENTS_MAX);
        for board in boards {
            for number in board.numbers() {
                live(seed, number, board, &mut moments);
                for moment in &moments {
                    counts[place(board.day(moment.crawl))] += 1;
                }
            }
        }
        let mut first = vec![1];
        for count in counts {
            first.push(first.last().copied().unwrap_or(1) + count);
        }
        Self { first }
    }

    pub(super) fn events(&self) -> i64 {
        self.first.last().copied().unwrap_or(1) - 1
    }

    /// All days, in portions of which each has few enough events to be held.
    pub(super) fn portions(&self) -> Vec<Range<i64>> {
        let mut portions = Vec::new();
        let mut begin = 0;
        for day in 1..=DAYS {
            let events = self.first[place(day)] - self.first[place(begin)];
            if events >= PORTION_EVENTS || day == DAYS {
                portions.push(begin..day);
                begin = day;
            }
        }
        portions
    }

    /// The events of these days in their order.
    pub(super) fn due(&self, seed: u64, boards: &[Board], days: Range<i64>) -> Vec<Due> {
        let mut next = self.first.clone();
        let mut due = Vec::new();
        let mut moments = Vec::with_capacity(EVENTS_MAX);
        for (place_of_board, board) in boards.iter().enumerate() {
            for number in board.numbers() {
                live(seed, number, board, &mut moments);
                let mut seqs = [0; EVENTS_MAX];
                for (seq, moment) in seqs.iter_mut().zip(&moments) {
                    let next = &mut next[place(board.day(moment.crawl))];
                    *seq = *next;
                    *next += 1;
                }
                let is_due = |at: &usize| days.contains(&board.day(moments[*at].crawl));
                due.extend((0..moments.len()).filter(is_due).map(|at| Due { at, number, board: place_of_board, seqs }));
            }
        }
        due.sort_unstable_by_key(|it| it.seqs[it.at]);
        due
    }
}

fn place(day: i64) -> usize {
    usize::try_from(day).unwrap_or(0)
}
