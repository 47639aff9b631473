//! The kind of work that words name, by a dictionary in several languages.
//!
//! The name of a role ("account executive") says more than a noun that many roles share ("engineer"), and that more than a
//! word for a field ("sales"), which says more than one that only hints at it ("client"). Of equal ones, the first part of the title counts before what follows a comma or dash.

mod fields;
mod hints;
mod roles;

use std::sync::LazyLock;

use self::fields::{FIELDS, NOUNS};
use self::hints::HINTS;
use self::roles::ROLES;
use super::words::{Phrases, words};
use crate::vocabulary::JobFunction;

/// How much a phrase says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Hint,
    Field,
    Noun,
    Role,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) function: JobFunction,
    /// As they stand in the text.
    pub(super) words: String,
    /// Whether a role is named, and not only a field of work.
    pub(super) is_role: bool,
}

/// What follows "talent" where no work on people is meant.
const POOLS: [&str; 4] = ["pool", "community", "network", "bank"];

static PHRASES: LazyLock<Phrases<(JobFunction, Weight)>> = LazyLock::new(|| {
    let weighed = |lists: &[(JobFunction, &'static str)], weight| -> Vec<((JobFunction, Weight), &'static str)> {
        lists.iter().map(|(function, list)| ((*function, weight), *list)).collect()
    };
    let lists = [
        weighed(HINTS, Weight::Hint),
        weighed(FIELDS, Weight::Field),
        weighed(NOUNS, Weight::Noun),
        weighed(ROLES, Weight::Role),
    ];
    Phrases::new(&lists.concat())
});

/// The kind of work that a title or the name of a department speaks of.
pub(super) fn read(text: &str) -> Option<Found> {
    let words = words(text);
    let mut found = PHRASES.find(&words);
    // Who is asked to join a pool of talents is told nothing of the work.
    let is_pool = |at: usize| words.get(at).is_some_and(|it| POOLS.contains(&it.folded.as_str()));
    found.retain(|it| words[it.from].folded != "talent" || !is_pool(it.to));
    // The first of the heaviest, as far in front as any.
    let best = found.iter().rev().max_by_key(|it| (it.value.1, usize::MAX - words[it.from].part))?;
    let (function, weight) = best.value;
    let text = text[words[best.from].start..words[best.to - 1].end].to_owned();
    Some(Found { function, words: text, is_role: weight > Weight::Field })
}

/// Whether words name a role, so that they are no place.
pub(super) fn is_role(text: &str) -> bool {
    read(text).is_some_and(|it| it.is_role)
}
