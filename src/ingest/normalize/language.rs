//! The language that a posting is written in.

use whatlang::Lang;

use super::fact::Fact;
use crate::vocabulary::Provenance;

/// Shorter texts tell too little.
const CHARACTERS_MIN: usize = 200;
/// More text tells no more, and often goes on in English.
const CHARACTERS_MAX: usize = 2_000;
/// Words that no other language has so many of.
const ENGLISH: [&str; 7] = ["the", "and", "with", "our", "your", "you", "will"];
/// Of a hundred words, how many of those an English text has at least. Of 3,700 postings all but a few dozen have 7 to 18,
/// and such as are only half in English at most 6.
const ENGLISH_PERCENT_MIN: usize = 7;
const STATED: f64 = 0.99;
const RELIABLE: f64 = 0.95;

#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub language: String,
    confidence: f64,
    provenance: Provenance,
}

impl Found {
    pub fn fact(&self) -> Fact {
        let rule = if self.provenance == Provenance::ProviderField { "language.stated" } else { "language.detected" };
        Fact::new("language", self.language.as_str(), self.confidence, self.provenance, rule)
    }
}

/// The provider's word, else what two detectors agree on. What is plainly English, as most postings are, needs only the
/// one that knows few languages: the other takes six times as long, whatever the text.
pub fn read(stated: Option<&str>, text: &str) -> Option<Found> {
    if let Some(language) = stated.and_then(tag) {
        return Some(Found { language, confidence: STATED, provenance: Provenance::ProviderField });
    }
    let end = text.char_indices().nth(CHARACTERS_MAX).map_or(text.len(), |it| it.0);
    let text = &text[..end];
    text.char_indices().nth(CHARACTERS_MIN - 1)?;
    let language = short(whichlang::detect_language(text).three_letter_code())?;
    let confidence = if language == "en" && is_plainly_english(text) {
        RELIABLE
    } else {
        let other = whatlang::detect(text).filter(|it| short(it.lang().code()) == Some(language))?;
        if other.is_reliable() { RELIABLE } else { 0.6 }
    };
    Some(Found { language: language.to_owned(), confidence, provenance: Provenance::Description })
}

fn is_plainly_english(text: &str) -> bool {
    let (mut words, mut english) = (0, 0);
    for word in text.split_whitespace() {
        words += 1;
        english += usize::from(ENGLISH.contains(&word));
    }
    english * 100 >= words * ENGLISH_PERCENT_MIN
}

/// A tag of BCP 47 in its usual case, such as `pt-BR`.
fn tag(stated: &str) -> Option<String> {
    let mut parts = stated.trim().split(['-', '_']);
    let first = parts.next()?.to_lowercase();
    let is_language = (2..=3).contains(&first.len()) && first.bytes().all(|it| it.is_ascii_lowercase());
    if !is_language {
        return None;
    }
    let mut tag = first;
    for part in parts {
        if !(1..=8).contains(&part.len()) || !part.bytes().all(|it| it.is_ascii_alphanumeric()) {
            return None;
        }
        tag.push('-');
        tag.push_str(&if part.len() == 2 { part.to_uppercase() } else { part.to_owned() });
    }
    Some(tag)
}

/// The code of two letters for one of three.
fn short(code: &str) -> Option<&'static str> {
    Some(match Lang::from_code(code)? {
        Lang::Eng => "en",
        Lang::Deu => "de",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Nld => "nl",
        Lang::Swe => "sv",
        Lang::Rus => "ru",
        Lang::Jpn => "ja",
        Lang::Cmn => "zh",
        Lang::Kor => "ko",
        Lang::Ara => "ar",
        Lang::Tur => "tr",
        Lang::Hin => "hi",
        Lang::Vie => "vi",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_providers_word_counts() {
        assert_eq!(read(Some("pt_br"), "").map(|it| it.language), Some("pt-BR".to_owned()));
        assert_eq!(read(Some("English (US)"), ""), None);
    }

    #[test]
    fn a_text_tells_its_language_and_a_title_does_not() {
        let german =
            "Wir suchen eine Person, die unsere Gärten pflegt und mit uns gemeinsam neue Wege geht. ".repeat(4);
        assert_eq!(read(None, &german).map(|it| it.language), Some("de".to_owned()));
        assert_eq!(read(None, "Account Executive"), None);
    }

    #[test]
    fn a_text_begins_in_its_language_whatever_follows() {
        let french = "Nous cherchons une personne qui soigne nos jardins et qui aime les plantes. ".repeat(27);
        let english = "You will look after our gardens, and you like the plants that grow there. ".repeat(60);
        assert_eq!(read(None, &english).map(|it| (it.language, it.confidence)), Some(("en".to_owned(), RELIABLE)));
        assert_eq!(read(None, &(french + &english)).map(|it| it.language), Some("fr".to_owned()));
    }

    #[test]
    fn a_language_that_only_one_detector_knows_is_none() {
        let danish = "Vi søger en gartner, der passer vores haver og kan lide de planter, som vokser der. ".repeat(5);
        assert_eq!(read(None, &danish), None);
    }
}
