//! Words that are searched for at the boundaries of words.
//!
//! Few texts and few lines hold any of them, and to look for them anywhere is far cheaper than to look at Unicode's
//! boundaries, which is then done there alone.

use regex::{Match, Regex};

/// A pattern that is only looked for in texts that match it without its boundaries of words.
pub(super) struct Sieved {
    anywhere: Regex,
    whole: Regex,
}

impl Sieved {
    pub(super) fn new(pattern: &str) -> Self {
        // It may match too much, never too little.
        Self { anywhere: compiled(&pattern.replace(r"\b", "")), whole: compiled(pattern) }
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        self.anywhere.is_match(text) && self.whole.is_match(text)
    }

    pub(super) fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        if self.anywhere.is_match(text) { self.whole.find(text) } else { None }
    }
}

/// Alternatives that stand as whole words, in any case. None of them reaches over the end of a line.
pub(super) struct Phrases(Sieved);

impl Phrases {
    pub(super) fn new(alternatives: &str) -> Self {
        Self(Sieved::new(&format!(r"(?i)\b(?:{alternatives})\b")))
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// The first of them, and where it begins.
    pub(super) fn find<'t>(&self, text: &'t str) -> Option<(usize, &'t str)> {
        self.find_iter(text).next()
    }

    /// All of them from left to right, each with where it begins.
    pub(super) fn find_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = (usize, &'t str)> {
        let mut after = 0;
        std::iter::from_fn(move || {
            let found = self.0.anywhere.find_at(text, after)?;
            let start = text[..found.start()].rfind('\n').map_or(0, |at| at + 1);
            let end = text[found.start()..].find('\n').map_or(text.len(), |at| found.start() + at);
            after = end;
            Some((start, &text[start..end]))
        })
        .flat_map(move |(start, line)| {
            self.0.whole.find_iter(line).map(move |it: Match<'t>| (start + it.start(), it.as_str()))
        })
    }
}

pub(super) fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is valid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_change_nothing_in_what_is_found() {
        let alternatives = r"remote\w*|on[- ]site|café";
        let whole = Regex::new(&format!(r"(?i)\b(?:{alternatives})\b")).expect("it is valid");
        for text in [
            "",
            "\n",
            "remote",
            "aremote\nremotely on site\n\nCAFÉ on-site",
            "éremote\nremoteé on\nsite cafés",
            "x\n remote",
        ] {
            let expected: Vec<_> = whole.find_iter(text).map(|it| (it.start(), it.as_str())).collect();
            assert_eq!(Phrases::new(alternatives).find_iter(text).collect::<Vec<_>>(), expected, "{text:?}");
        }
    }
}
