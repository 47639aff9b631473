//! What clients were told, counted by kind, and how long answers took.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hdrhistogram::Histogram;
use jobgraph::error::Code;
use strum::VariantArray;

/// A count that tasks share.
#[derive(Clone)]
pub(crate) struct Tally(Arc<Mutex<Told>>);

/// How often each answer was given, by who asked, and how long good ones took in microseconds, by question.
#[derive(Clone, Default)]
pub(crate) struct Told {
    kinds: BTreeMap<(&'static str, String), u64>,
    taken: BTreeMap<&'static str, Histogram<u64>>,
}

/// An answer without errors.
pub(crate) const ANSWERED: &str = "answered";
/// The connection ended, which a client that does harm has to bear.
pub(crate) const CLOSED: &str = "closed";

impl Tally {
    pub(crate) fn new() -> Self {
        Self(Arc::default())
    }

    pub(crate) fn note(&self, who: &'static str, what: &str) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *told.kinds.entry((who, what.to_owned())).or_default() += 1;
    }

    pub(crate) fn note_taken(&self, who: &'static str, what: &str, question: &'static str, taken: Duration) {
        self.note(who, what);
        if what == ANSWERED {
            let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            // A client gives up long before what cannot be counted.
            let micros = u64::try_from(taken.as_micros()).unwrap_or_default();
            told.taken.entry(question).or_insert_with(histogram).record(micros).ok();
        }
    }

    pub(crate) fn told(&self) -> Told {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Told {
    pub(crate) fn all(&self) -> u64 {
        self.kinds.values().sum()
    }

    pub(crate) fn answered(&self) -> u64 {
        self.kinds.iter().filter(|((_, what), _)| what == ANSWERED).map(|(_, count)| count).sum()
    }

    /// How long that share of the answers took at most.
    pub(crate) fn milliseconds(&self, share: f64) -> f64 {
        let mut all = histogram();
        for taken in self.taken.values() {
            all.add(taken).expect("all histograms are made alike");
        }
        milliseconds(&all, share)
    }

    /// Half and the slowest hundredth of each question.
    pub(crate) fn by_question(&self) -> String {
        let one = |(question, taken): (&&str, &Histogram<u64>)| {
            let (half, slow) = (milliseconds(taken, 0.5), milliseconds(taken, 0.99));
            format!("{question} {half:.1}, {slow:.1} of {}", taken.len())
        };
        self.taken.iter().map(one).collect::<Vec<_>>().join("; ")
    }

    pub(crate) fn list(&self) -> String {
        let one = |((who, what), count): (&(&str, String), &u64)| format!("{who}: {what} {count}");
        self.kinds.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    /// What no client is to be told: an error inside, an error without a code, and, if it has done no harm, silence.
    pub(crate) fn undesigned(&self, is_good: bool) -> Vec<String> {
        let is_designed = |what: &str| {
            let (_, code) = what.rsplit_once(' ').unwrap_or(("", what));
            let is_code = Code::VARIANTS.iter().any(|it| it.name() == code);
            what == ANSWERED || (is_code && code != Code::Internal.name()) || (what == CLOSED && !is_good)
        };
        let undesigned = self.kinds.iter().filter(|((_, what), _)| !is_designed(what));
        undesigned.map(|((who, what), count)| format!("{who}: {what} {count}")).collect()
    }
}

fn histogram() -> Histogram<u64> {
    Histogram::new(3).expect("3 digits are allowed")
}

fn milliseconds(taken: &Histogram<u64>, share: f64) -> f64 {
    taken.value_at_quantile(share) as f64 / 1_000.0
}
