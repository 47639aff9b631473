//! Chance that repeats itself: every draw follows from the seed and from what is drawn for.

/// A stream of numbers that look random and are the same on every machine: SplitMix64.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chance(u64);

/// What a stream is for, so that no two streams of a posting are alike.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    Board = 1,
    Life = 2,
    Content = 3,
    Text = 4,
}

impl Chance {
    /// The stream for one purpose of the thing with this number.
    pub(super) fn new(seed: u64, purpose: Purpose, number: i64) -> Self {
        let number = mixed(number.unsigned_abs().wrapping_mul(8).wrapping_add(purpose as u64));
        Self(mixed(seed) ^ number)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mixed(self.0)
    }

    /// From 0 to one less than `count`; 0 if `count` is 0.
    pub(super) fn below(&mut self, count: i64) -> i64 {
        let count = u64::try_from(count).unwrap_or(1).max(1);
        i64::try_from(self.next() % count).unwrap_or(0)
    }

    /// As `below`, more often low than high.
    pub(super) fn low(&mut self, count: i64) -> i64 {
        self.below(count).min(self.below(count))
    }

    /// As `below`, more often high than low.
    pub(super) fn high(&mut self, count: i64) -> i64 {
        self.below(count).max(self.below(count))
    }

    /// A place in a list of this length; 0 in an empty one.
    pub(super) fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(i64::try_from(length).unwrap_or(i64::MAX))).unwrap_or(0)
    }

    /// So many times out of a hundred.
    pub(super) fn percent(&mut self, share: i64) -> bool {
        self.below(100) < share
    }

    /// A member of a list that is not empty.
    pub(super) fn of<'a, T>(&mut self, members: &'a [T]) -> &'a T {
        &members[self.index(members.len())]
    }

    pub(super) fn word(&mut self, words: &[&'static str]) -> &'static str {
        words[self.index(words.len())]
    }
}

fn mixed(value: u64) -> u64 {
    let mut mixed = value;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
