//! How far the pages of a list go: when to ask for another one, when the list is whole, and when it cannot be told.
//!
//! A page whose postings were all seen before means that the provider began anew (Workday after 2,000, boards that do
//! not look at the page's number): what came until then stays, and absence from it proves nothing.

use std::collections::HashSet;

/// Pages of one list at most.
pub(super) const PAGES_MAX: usize = 500;

/// What a page of a list said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// The keys of its rows; nothing if it was not answered or cannot be read.
    pub(super) keys: Option<Vec<String>>,
    /// The number of rows that it declares for all pages.
    pub(super) total: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Ask for the rows from this one on.
    Ask(u64),
    /// The list is whole.
    Whole,
    /// The list ends here, and it is not known to be whole.
    Cut(&'static str),
}

/// The next step after some pages of at most `size` rows each.
pub(super) fn step(pages: &[Page], size: usize) -> Step {
    let mut seen: HashSet<&str> = HashSet::new();
    let mut rows = 0;
    let mut last = 0;
    for page in pages {
        let Some(keys) = &page.keys else {
            return Step::Cut("a page was not answered");
        };
        let fresh = keys.iter().filter(|key| seen.insert(key)).count();
        if fresh == 0 && !keys.is_empty() {
            return Step::Cut("a page repeats what came before it");
        }
        rows += keys.len() as u64;
        last = keys.len();
    }
    // Later pages may declare less, even nothing: the first one counts.
    let total = pages.first().and_then(|it| it.total);
    match total {
        _ if pages.is_empty() => Step::Ask(0),
        Some(total) if rows >= total => Step::Whole,
        Some(_) if last == 0 => Step::Cut("the pages end before the declared total"),
        None if last < size => Step::Whole,
        _ if pages.len() >= PAGES_MAX => Step::Cut("the list has more pages than are asked for"),
        _ => Step::Ask(rows),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(keys: &[&str], total: Option<u64>) -> Page {
        Page { keys: Some(keys.iter().map(|it| (*it).to_owned()).collect()), total }
    }

    #[test]
    fn pages_are_asked_for_until_the_total_is_there() {
        assert_eq!(step(&[], 2), Step::Ask(0));
        assert_eq!(step(&[page(&["a", "b"], Some(3))], 2), Step::Ask(2));
        assert_eq!(step(&[page(&["a", "b"], Some(3)), page(&["c"], Some(0))], 2), Step::Whole);
        assert_eq!(step(&[page(&[], Some(0))], 2), Step::Whole);
    }

    #[test]
    fn without_a_total_a_short_page_is_the_last() {
        assert_eq!(step(&[page(&["a", "b"], None)], 2), Step::Ask(2));
        assert_eq!(step(&[page(&["a", "b"], None), page(&["c"], None)], 2), Step::Whole);
    }

    #[test]
    fn what_repeats_fails_or_ends_early_is_cut() {
        let first = page(&["a", "b"], Some(9));
        assert!(matches!(step(&[first.clone(), page(&["b", "a"], Some(9))], 2), Step::Cut(_)));
        assert!(matches!(step(&[first.clone(), Page::default()], 2), Step::Cut(_)));
        assert!(matches!(step(&[first, page(&[], Some(9))], 2), Step::Cut(_)));
        let many: Vec<Page> = (0..PAGES_MAX).map(|it| page(&[&it.to_string()], None)).collect();
        assert!(matches!(step(&many, 1), Step::Cut(_)));
    }
}
