//! Where a comment ends for a browser.

/// What stands behind a comment, of which the beginning is read. It may end with that (HTML, 13.2.5.43 to 13.2.5.52).
pub(in crate::ingest) fn behind_comment(text: &str) -> &str {
    let ends = |(at, _): &(usize, &str)| {
        let comment = &text[..*at];
        matches!(comment, "" | "-") || comment.ends_with("--") || comment.ends_with("--!")
    };
    text.match_indices('>').find(ends).map_or("", |(at, _)| &text[at + 1..])
}
