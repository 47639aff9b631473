//! Where a comment ends for a browser.

/// What stands behind a comment, of which the beginning is read; nothing if it has no end. It may end with that (HTML, 13.2.5.43 to 13.2.5.52).
pub(in crate::ingest) fn behind_comment(text: &str) -> Option<&str> {
    let ends = |(at, _): &(usize, &str)| {
        let comment = &text[..*at];
        matches!(comment, "" | "-") || comment.ends_with("--") || comment.ends_with("--!")
    };
    text.match_indices('>').find(ends).map(|(at, _)| &text[at + 1..])
}
