//! Texts as words: runs of letters and digits, in lower case and without accents.
//!
//! A sign of Chinese, Japanese or Korean is a word of its own, since nothing separates words there; what is searched
//! without spaces is searched as a phrase. `+` and `#` at the end of a word belong to it, as in C++ and C#.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters of a word that count; PostgreSQL keeps no word of more than 2 KiB.
const WORD_MAX: usize = 64;

/// A word and where it stands in its text, in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    pub start: usize,
    pub end: usize,
}

/// The words of a text, in order.
pub fn words(text: &str) -> impl Iterator<Item = Word> + '_ {
    Words::of(text)
}

/// A text whose words are read one after the other.
pub(super) struct Words<'a> {
    rest: &'a str,
    position: usize,
}

impl<'a> Words<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { rest: text, position: 0 }
    }

    /// Writes the next word over `word`, and tells from where to where it stands.
    pub(super) fn read(&mut self, word: &mut String) -> Option<(usize, usize)> {
        word.clear();
        self.read_plain(word).or_else(|| self.read_any(word))
    }

    /// The same, if the word is of ASCII alone and what follows does not belong to it: most are.
    fn read_plain(&mut self, word: &mut String) -> Option<(usize, usize)> {
        let bytes = self.rest.as_bytes();
        let before = bytes.iter().position(|it| it.is_ascii_alphanumeric() || !it.is_ascii())?;
        let length = bytes[before..].iter().take_while(|it| it.is_ascii_alphanumeric()).count();
        let follows = bytes.get(before + length);
        let is_whole = follows.is_none_or(|it| it.is_ascii() && !matches!(it, b'+' | b'#'));
        if !is_whole || !(1..=WORD_MAX).contains(&length) {
            return None;
        }
        let (read, rest) = self.rest.split_at(before + length);
        word.push_str(&read[before..]);
        word.make_ascii_lowercase();
        let start = self.position + before;
        (self.rest, self.position) = (rest, start + length);
        Some((start, start + length))
    }

    fn read_any(&mut self, word: &mut String) -> Option<(usize, usize)> {
        let (mut start, mut end, mut length) = (0, 0, 0);
        while let Some(character) = self.rest.chars().next() {
            let stands_alone = is_ideographic(character);
            let is_mark = length > 0 && !character.is_ascii() && is_combining_mark(character);
            if length > 0 && !is_mark && stands_alone {
                break;
            }
            let before = word.len();
            if matches!(character, '+' | '#') && (1..WORD_MAX).contains(&length) && self.ends_in_signs() {
                word.push(character);
            } else {
                fold(character, word);
            }
            let is_letter = word.len() > before;
            if length >= WORD_MAX {
                word.truncate(before);
            }
            if length > 0 && !is_mark && !is_letter {
                break;
            }
            if is_letter && length == 0 {
                start = self.position;
            }
            self.step(character);
            if is_letter || length > 0 {
                end = self.position;
            }
            length += usize::from(is_letter);
            if is_letter && stands_alone {
                break;
            }
        }
        (length > 0).then_some((start, end))
    }

    fn step(&mut self, character: char) {
        self.rest = &self.rest[character.len_utf8()..];
        self.position += 1;
    }

    /// Whether the signs that come next end the word, as in "C++ and".
    fn ends_in_signs(&self) -> bool {
        let after = self.rest.trim_start_matches(['+', '#']);
        after.chars().next().is_none_or(|next| !next.is_alphanumeric())
    }
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let mut text = String::new();
        let (start, end) = self.read(&mut text)?;
        Some(Word { text, start, end })
    }
}

/// Adds the letters and digits that a character comes to; none for what separates words.
fn fold(character: char, word: &mut String) {
    if character.is_ascii() {
        if character.is_ascii_alphanumeric() {
            word.push(character.to_ascii_lowercase());
        }
        return;
    }
    let before = word.len();
    let decomposed = std::iter::once(character).nfkd().flat_map(char::to_lowercase);
    // Lower case of some letters has marks of its own, and a sigma is one letter wherever it stands.
    let letters = decomposed.filter(|it| it.is_alphanumeric() && !is_combining_mark(*it));
    word.extend(letters.map(|it| if it == 'ς' { 'σ' } else { it }));
    if word.len() == before && is_ideographic(character) {
        word.push(character);
    }
}

/// Whether a character stands for a word or syllable by itself.
fn is_ideographic(character: char) -> bool {
    matches!(
        u32::from(character),
        0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF
    )
}

#[cfg(test)]
mod tests {
    use super::words;

    fn cut(text: &str) -> Vec<String> {
        words(text).map(|word| word.text).collect()
    }

    #[test]
    fn words_are_lower_case_without_accents_and_signs() {
        assert_eq!(cut("Senior Développeur·euse, (R&D) – Café"), ["senior", "developpeur", "euse", "r", "d", "cafe"]);
        assert_eq!(cut("Straße İzmir ﬁnance"), ["straße", "izmir", "finance"]);
        assert_eq!(cut("ΟΔΟΣ οδός"), ["οδοσ", "οδοσ"]);
    }

    #[test]
    fn plus_and_hash_belong_to_a_word_they_end() {
        assert_eq!(cut("C++/C#, a+b, #rust node.js .NET"), ["c++", "c#", "a", "b", "rust", "node", "js", "net"]);
    }

    #[test]
    fn signs_of_east_asian_scripts_stand_alone() {
        assert_eq!(cut("東京 Rustエンジニア"), ["東", "京", "rust", "エ", "ン", "シ", "ニ", "ア"]);
    }

    #[test]
    fn a_word_knows_where_it_stands_in_characters() {
        let found: Vec<_> = words("é Zürich!").map(|word| (word.text, word.start, word.end)).collect();
        assert_eq!(found, [("e".to_owned(), 0, 1), ("zurich".to_owned(), 2, 8)]);
    }

    #[test]
    fn a_decomposed_accent_does_not_end_a_word() {
        assert_eq!(cut("Zu\u{308}rich"), ["zurich"]);
    }

    #[test]
    fn words_of_ascii_are_read_as_in_any_other_company() {
        for text in ["The 2nd C++/C# (b+) a+b ", "#x ++ y# R&D 3D", &"b".repeat(64), &"a".repeat(65), "x", "+#", ""] {
            // Where a sign beyond ASCII stands behind each word, all are read in the general way.
            let other: String = text.chars().map(|it| if it == ' ' { '·' } else { it }).chain(['·']).collect();
            assert_eq!(words(text).collect::<Vec<_>>(), words(&other).collect::<Vec<_>>(), "{text}");
        }
    }

    #[test]
    fn a_word_without_end_is_cut() {
        assert_eq!(cut(&"a".repeat(10_000)), ["a".repeat(64)]);
    }
}
