//! The life of a posting: in which crawls of its board something happened to it.

use super::boards::Board;
use super::chance::{Chance, Purpose};

/// Events of a posting at most.
pub(super) const EVENTS_MAX: usize = 8;

/// Shares of all postings, in percent, of those that live long enough for it.
const FOUND_WITH_BOARD: i64 = 20;
const CLOSED: i64 = 40;
const UPDATED: i64 = 28;
/// Shares of those that were updated.
const UPDATED_TWICE: i64 = 30;
/// Shares of those that were closed.
const REOPENED: i64 = 12;
/// Shares of those that were reopened.
const CHANGED_ON_RETURN: i64 = 40;
const CLOSED_AGAIN: i64 = 25;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Created,
    Updated,
    Closed,
    Reopened,
}

/// Something that happened to a posting in a crawl of its board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) kind: Kind,
    /// From 0.
    pub(super) crawl: i64,
}

/// Writes all that happened to a posting into `moments`, in order.
pub(super) fn live(seed: u64, number: i64, board: &Board, moments: &mut Vec<Moment>) {
    moments.clear();
    let mut chance = Chance::new(seed, Purpose::Life, number);
    let last = board.crawls - 1;
    let created = if chance.percent(FOUND_WITH_BOARD) { 0 } else { chance.high(board.crawls) };
    moments.push(Moment { kind: Kind::Created, crawl: created });
    let is_closed = chance.percent(CLOSED) && created < last;
    let end = if is_closed { created + 1 + chance.low(last - created) } else { board.crawls };
    update(&mut chance, created, end, moments);
    if is_closed {
        moments.push(Moment { kind: Kind::Closed, crawl: end });
        reopen(&mut chance, end, last, moments);
    }
}

fn update(chance: &mut Chance, created: i64, end: i64, moments: &mut Vec<Moment>) {
    let room = end - created - 1;
    if !chance.percent(UPDATED) || room == 0 {
        return;
    }
    let first = created + 1 + chance.below(room);
    moments.push(Moment { kind: Kind::Updated, crawl: first });
    let room = end - first - 1;
    if chance.percent(UPDATED_TWICE) && room > 0 {
        moments.push(Moment { kind: Kind::Updated, crawl: first + 1 + chance.below(room) });
    }
}

fn reopen(chance: &mut Chance, closed: i64, last: i64, moments: &mut Vec<Moment>) {
    if !chance.percent(REOPENED) || closed == last {
        return;
    }
    let crawl = closed + 1 + chance.low(last - closed);
    moments.push(Moment { kind: Kind::Reopened, crawl });
    if chance.percent(CHANGED_ON_RETURN) {
        moments.push(Moment { kind: Kind::Updated, crawl });
    }
    if chance.percent(CLOSED_AGAIN) && crawl < last {
        moments.push(Moment { kind: Kind::Closed, crawl: crawl + 1 + chance.low(last - crawl) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::boards::boards;

    #[test]
    fn lives_are_in_order_and_as_varied_as_real_ones() {
        let (mut moments, mut counts) = (Vec::new(), [0; 4]);
        let (mut closed, mut updated) = (0, 0);
        for board in boards(7, 50_000, |rank| 1_000_000 / (u64::try_from(rank).expect("small") + 3)) {
            for number in board.numbers() {
                live(7, number, &board, &mut moments);
                assert!(moments.len() <= EVENTS_MAX);
                assert_eq!(moments[0].kind, Kind::Created);
                for pair in moments.windows(2) {
                    let comes_back = pair[0].kind == Kind::Reopened && pair[1].kind == Kind::Updated;
                    assert!(pair[0].crawl < pair[1].crawl || (comes_back && pair[0].crawl == pair[1].crawl));
                    assert_eq!(pair[0].kind == Kind::Closed, pair[1].kind == Kind::Reopened);
                }
                assert!(moments.iter().all(|it| it.crawl < board.crawls));
                moments.iter().for_each(|it| counts[it.kind as usize] += 1);
                closed += i32::from(moments.last().is_some_and(|it| it.kind == Kind::Closed));
                updated += i32::from(moments.iter().any(|it| it.kind == Kind::Updated));
            }
        }
        assert!((16_000..19_000).contains(&closed), "{closed}");
        assert!((12_000..14_500).contains(&updated), "{updated}");
        assert!((1_700..2_500).contains(&counts[Kind::Reopened as usize]), "{counts:?}");
    }
}
