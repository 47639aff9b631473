//! Counting what was found, what was found wrongly and what was missed, field by field.

use std::collections::BTreeMap;

/// Misses that are printed of a kind of label.
const MISSES_MAX: usize = 60;

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    right: usize,
    wrong: usize,
    missed: usize,
}

/// The fields of one kind of label.
#[derive(Default)]
pub(super) struct Score {
    fields: BTreeMap<&'static str, Counts>,
    /// How much of a text was misread, and what was read.
    misses: Vec<(usize, String)>,
}

/// What of one text was misread.
#[derive(Default)]
pub(super) struct Misread(Vec<String>);

impl Score {
    /// Compares all values of a field in one text, as often as each occurs.
    pub(super) fn compare(&mut self, field: &'static str, told: &[String], read: &[String], misread: &mut Misread) {
        let counts = self.fields.entry(field).or_default();
        let mut missing: Vec<&String> = told.iter().collect();
        let mut wrong = Vec::new();
        for value in read {
            match missing.iter().position(|it| *it == value) {
                Some(at) => drop(missing.remove(at)),
                None => wrong.push(value),
            }
        }
        counts.right += told.len() - missing.len();
        counts.wrong += wrong.len();
        counts.missed += missing.len();
        if !wrong.is_empty() || !missing.is_empty() {
            misread.0.push(format!("{field}: {wrong:?} for {missing:?}"));
        }
    }

    /// Compares the one value that a field has in a text; an empty one is none.
    pub(super) fn compare_one(&mut self, field: &'static str, told: &str, read: &str, misread: &mut Misread) {
        if told != super::UNJUDGED {
            let given = |text: &str| if text.is_empty() { Vec::new() } else { vec![text.to_owned()] };
            self.compare(field, &given(told), &given(read), misread);
        }
    }

    /// Counts what another has counted.
    pub(super) fn add(&mut self, other: &Self) {
        for (field, counts) in &other.fields {
            let all = self.fields.entry(field).or_default();
            all.right += counts.right;
            all.wrong += counts.wrong;
            all.missed += counts.missed;
        }
    }

    pub(super) fn fields(&self) -> impl Iterator<Item = &'static str> {
        self.fields.keys().copied()
    }

    pub(super) fn note(&mut self, words: &str, misread: Misread) {
        if !misread.0.is_empty() {
            let words: String = words.chars().take(90).collect();
            self.misses.push((misread.0.len(), format!("{words:?}: {}", misread.0.join("; "))));
        }
    }

    /// Prints the table alone, and holds the floors.
    pub(super) fn settle_unseen(mut self, kind: &str, floors: &[super::Floor]) {
        self.misses.clear();
        self.settle(kind, floors);
    }

    /// Prints the table and the worst misses, and holds the floors.
    pub(super) fn settle(mut self, kind: &str, floors: &[super::Floor]) {
        self.misses.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        for (_, miss) in self.misses.iter().take(MISSES_MAX) {
            println!("{kind}: {miss}");
        }
        println!("| {kind} | right | wrong | missed | precision | recall |");
        println!("|---|--:|--:|--:|--:|--:|");
        let share = |part: usize, other: usize| part as f64 / (part + other).max(1) as f64;
        for (field, Counts { right, wrong, missed }) in &self.fields {
            let (precision, recall) = (share(*right, *wrong), share(*right, *missed));
            println!("| {field} | {right} | {wrong} | {missed} | {precision:.3} | {recall:.3} |");
        }
        for (field, precision, recall) in floors {
            let counts = self.fields.get(field).copied().unwrap_or_default();
            assert!(share(counts.right, counts.wrong) >= *precision, "{kind}.{field}: precision below {precision}");
            assert!(share(counts.right, counts.missed) >= *recall, "{kind}.{field}: recall below {recall}");
        }
    }
}
