//! The boards: how many postings each has, and when it is read. Postings are numbered board by board.

use super::chance::{Chance, Purpose};

/// Milliseconds of a day.
pub(super) const DAY: i64 = 86_400_000;
/// Days that everything happens in: 18 months.
pub(super) const DAYS: i64 = 548;
/// Postings of a board on average.
const POSTINGS_A_BOARD: i64 = 50;
/// Boards with so many postings are read every day, those with as many as `WEEKLY_SIZE` every week, others each month.
const DAILY_SIZE: i64 = 200;
const WEEKLY_SIZE: i64 = 20;
/// Days in which most boards are found.
const DAYS_OF_FINDING: i64 = 60;
/// Days in which the others are.
const DAYS_OF_LATER_FINDING: i64 = 400;

/// A board of one employer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Board {
    /// Its rank by size, from 0, by which it has its name.
    pub(super) rank: i64,
    /// The number of its first posting.
    pub(super) first: i64,
    pub(super) postings: i64,
    /// The day of its first crawl, from 0.
    first_day: i64,
    /// Days between two crawls.
    interval: i64,
    /// How many crawls there were.
    pub(super) crawls: i64,
    /// Milliseconds from the beginning of a day to its crawl.
    offset: i64,
}

impl Board {
    /// The day of a crawl, from 0.
    pub(super) fn day(&self, crawl: i64) -> i64 {
        self.first_day + crawl * self.interval
    }

    /// When a crawl ended, in milliseconds since the first day began.
    pub(super) fn time(&self, crawl: i64) -> i64 {
        self.day(crawl) * DAY + self.offset
    }

    pub(super) fn interval_s(&self) -> i64 {
        self.interval * DAY / 1_000
    }

    /// The numbers of its postings.
    pub(super) fn numbers(&self) -> std::ops::Range<i64> {
        self.first..self.first + self.postings
    }
}

/// Boards for so many postings, largest and smallest mixed. `weight` tells how large the board of a rank is beside others.
pub(super) fn boards(seed: u64, postings: i64, weight: impl Fn(i64) -> u64) -> Vec<Board> {
    let count = (postings / POSTINGS_A_BOARD).max(1);
    let sizes = sizes(postings, count, weight);
    let mut ranks: Vec<(i64, i64)> = (0..count).map(|rank| (order(seed, rank), rank)).collect();
    ranks.sort_unstable();
    let mut first = 0;
    let mut boards = Vec::with_capacity(ranks.len());
    for ((_, rank), number) in ranks.into_iter().zip(0..) {
        let size = usize::try_from(rank).ok().and_then(|rank| sizes.get(rank)).copied().unwrap_or(1);
        boards.push(board(seed, rank, first, size, number * DAY / count));
        first += size;
    }
    boards
}

fn order(seed: u64, rank: i64) -> i64 {
    Chance::new(seed, Purpose::Board, rank).below(i64::MAX)
}

fn board(seed: u64, rank: i64, first: i64, postings: i64, offset: i64) -> Board {
    let mut chance = Chance::new(seed, Purpose::Board, rank);
    let interval = if postings >= DAILY_SIZE {
        1
    } else if postings >= WEEKLY_SIZE {
        7
    } else {
        30
    };
    let days = if chance.percent(75) { DAYS_OF_FINDING } else { DAYS_OF_LATER_FINDING };
    let first_day = chance.below(days);
    let crawls = (DAYS - 1 - first_day) / interval + 1;
    Board { rank, first, postings, first_day, interval, crawls, offset }
}

/// One posting for each board, and the rest by weight; their sum is `postings` exactly.
fn sizes(postings: i64, count: i64, weight: impl Fn(i64) -> u64) -> Vec<i64> {
    let rest = u128::try_from(postings - count).unwrap_or(0);
    let weights: Vec<u128> = (0..count).map(|rank| u128::from(weight(rank))).collect();
    let total = weights.iter().sum::<u128>().max(1);
    let mut passed = 0;
    let size = |weight: u128| {
        let before = passed * rest / total;
        passed += weight;
        1 + i64::try_from(passed * rest / total - before).unwrap_or(0)
    };
    weights.into_iter().map(size).collect()
}

#[cfg(test)]
mod tests {
    use super::{DAYS, boards};

    #[test]
    fn all_postings_have_a_board_and_some_boards_are_large() {
        let boards = boards(1, 1_000_000, |rank| 1_000_000 / (u64::try_from(rank).expect("small") + 3));
        assert_eq!(boards.len(), 20_000);
        assert_eq!(boards.iter().map(|it| it.postings).sum::<i64>(), 1_000_000);
        let mut next = 0;
        for board in &boards {
            assert_eq!(board.first, next);
            next += board.postings;
            assert!(board.crawls > 0 && board.day(board.crawls - 1) < DAYS);
        }
        assert!(boards.iter().any(|it| it.postings > 20_000));
        assert!(boards.windows(2).all(|it| it[0].offset < it[1].offset));
    }
}
