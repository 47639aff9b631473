//! What a person at a terminal sees. Much of it is in others' words, none of which a terminal is to obey.

use std::io::Write;

/// What stands for a character that is not shown.
const REPLACEMENT: &str = "\u{fffd}";

/// Writes a line of a result to standard output. A reader that went away is no problem of the run.
pub(super) fn line(text: &str) {
    drop(writeln!(std::io::stdout().lock(), "{}", harmless(text)));
}

/// Writes a line about the run to standard error.
pub(super) fn note(text: &str) {
    drop(writeln!(std::io::stderr().lock(), "{}", harmless(text)));
}

/// Tells what went wrong: the thing, then what to do.
pub(super) fn problem(text: &str) {
    note(&format!("error: {text}"));
}

/// An error and what it came from, each said once: many name their cause themselves.
pub(super) fn told(error: &anyhow::Error) -> String {
    let mut text = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !text.contains(&cause) {
            text += &format!(": {cause}");
        }
    }
    text
}

/// Others' words within a line, which they are not to break either.
pub(super) fn words(text: &str) -> String {
    text.replace(char::is_control, REPLACEMENT)
}

/// The text without what a terminal would obey, but for line breaks and tabs, which are our own.
fn harmless(text: &str) -> String {
    text.replace(|it: char| it.is_control() && !matches!(it, '\n' | '\t'), REPLACEMENT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::saved::SavedError;

    /// A bundle that was not there was told as `"x": No such file: No such file`.
    #[test]
    fn a_cause_is_said_once() {
        let missing = || std::io::Error::other("no such file");
        let names_it = SavedError::Io { path: "x".to_owned(), source: missing() };
        assert_eq!(told(&anyhow::Error::from(names_it).context("bundle")), "bundle: \"x\": no such file");
        assert_eq!(told(&anyhow::Error::from(missing()).context("bundle")), "bundle: no such file");
    }

    /// A board's name could clear the screen, or write over what stood there.
    #[test]
    fn a_terminal_obeys_nobody_elses_words() {
        let name = "Ac\u{1b}[2Jme\u{7}\r\u{9b}31m\u{7f}";
        assert_eq!(harmless(name), "Ac\u{fffd}[2Jme\u{fffd}\u{fffd}\u{fffd}31m\u{fffd}");
        assert_eq!(harmless("Zoë 東京"), "Zoë 東京");
        assert_eq!(harmless("what\nhint: how\n\ttype Query"), "what\nhint: how\n\ttype Query");
        assert_eq!(words("Acme\nerror: none\t"), "Acme\u{fffd}error: none\u{fffd}");
    }
}
