//! What a person at a terminal sees.

use std::io::Write;

/// Writes a line of a result to standard output. A reader that went away is no problem of the run.
pub(super) fn line(text: &str) {
    drop(writeln!(std::io::stdout().lock(), "{text}"));
}

/// Writes a line about the run to standard error.
pub(super) fn note(text: &str) {
    drop(writeln!(std::io::stderr().lock(), "{text}"));
}

/// Tells what went wrong: the thing, then what to do.
pub(super) fn problem(text: &str) {
    note(&format!("error: {text}"));
}
