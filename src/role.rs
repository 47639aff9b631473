//! The role that a posting offers, as far as its words tell: two postings of one key say the same under the same title.
//!
//! `docs/decisions/12-role-clusters.md` tells why it is these words and no others.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// Letters that a text must have for its likeness to mean anything; fewer are a hint where to read on.
const LETTERS_MIN: usize = 200;
/// Bytes of the hash that are kept. That two of ten million roles have one key has a chance below 10⁻¹⁵.
const BYTES: usize = 12;

/// Names a role by its title and its text; `""` when they say too little.
///
/// Case, signs and spaces do not count. In the text, words with digits do not either: pay, dates and numbers are what
/// differs between copies. In the title they do, as in "Engineer 2".
pub fn key(title: &str, text: &str) -> String {
    let mut said = String::with_capacity(title.len() + text.len() + 1);
    words(title).for_each(|word| push(word, &mut said));
    if said.is_empty() {
        return said;
    }
    said.push('\n');
    let begun = said.len();
    // Where nothing stands between words, one with a digit may be a whole sentence.
    for word in words(text) {
        if !word.is_ascii() {
            word.split(char::is_numeric).for_each(|part| push(part, &mut said));
        } else if !word.bytes().any(|it| it.is_ascii_digit()) {
            push(word, &mut said);
        }
    }
    if said[begun..].chars().filter(|it| *it != ' ').nth(LETTERS_MIN - 1).is_none() {
        return String::new();
    }
    HEXLOWER.encode(&Sha256::digest(said.as_bytes())[..BYTES])
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Adds a word in lower case, and a space.
fn push(word: &str, said: &mut String) {
    if word.is_ascii() {
        let begun = said.len();
        said.push_str(word);
        said[begun..].make_ascii_lowercase();
    } else {
        said.push_str(&word.to_lowercase());
    }
    said.push(' ');
}

#[cfg(test)]
mod tests {
    use super::key;

    const TEXT: &str = "You will design, build and run the services by which our customers pay their suppliers. You \
        know a systems language well, you like to measure before you change anything, and you write so that others \
        can follow. We offer 30 days of leave, and pay $120,000 to $150,000 a year.";

    #[test]
    fn the_same_words_under_the_same_title_are_one_role() {
        let other = TEXT.to_uppercase().replace(", ", " – ").replace("$120,000 to $150,000", "£90k to £110k");
        assert_eq!(key("Senior Engineer (Payments)", TEXT), key("senior engineer, payments", &other));
        assert_eq!(key("Engineer", TEXT).len(), 24);
    }

    #[test]
    fn another_title_or_another_word_is_another_role() {
        let role = key("Engineer 2", TEXT);
        assert_ne!(role, key("Engineer 3", TEXT));
        assert_ne!(role, key("Engineer", TEXT));
        assert_ne!(role, key("Engineer 2", &TEXT.replace("customers", "patients")));
    }

    #[test]
    fn words_do_not_run_into_each_other() {
        assert_ne!(key("Sales Manager", TEXT), key("Sale Smanager", TEXT));
        assert_ne!(key("Engineer", &format!("You {TEXT}")), key("Engineer You", TEXT));
    }

    #[test]
    fn who_says_too_little_has_no_role() {
        assert_eq!(key("Engineer", ""), "");
        assert_eq!(key("Engineer", "See our site for this and for all other openings."), "");
        assert_eq!(key("–", TEXT), "");
    }
}
