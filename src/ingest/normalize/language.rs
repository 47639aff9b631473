//! The language that a posting is written in.

use whatlang::Lang;

use super::fact::Fact;
use crate::vocabulary::Provenance;

/// Shorter texts tell too little.
const CHARACTERS_MIN: usize = 200;
/// More text tells no more.
const CHARACTERS_MAX: usize = 4_000;
const STATED: f64 = 0.99;

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

/// The provider's word, else what two detectors agree on.
pub fn read(stated: Option<&str>, text: &str) -> Option<Found> {
    if let Some(language) = stated.and_then(tag) {
        return Some(Found { language, confidence: STATED, provenance: Provenance::ProviderField });
    }
    let text: String = text.chars().take(CHARACTERS_MAX).collect();
    if text.chars().count() < CHARACTERS_MIN {
        return None;
    }
    let first = short(whichlang::detect_language(&text).three_letter_code())?;
    let second = whatlang::detect(&text)?;
    if short(second.lang().code()) != Some(first) {
        return None;
    }
    let confidence = if second.is_reliable() { 0.95 } else { 0.6 };
    Some(Found { language: first.to_owned(), confidence, provenance: Provenance::Description })
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
}
