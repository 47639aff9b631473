//! Scalars that are codes of a standard: of countries, their parts, currencies and languages.

use async_graphql::scalar;
use serde::{Deserialize, Serialize};

/// ISO 3166-1 alpha-2.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CountryCode(pub String);

scalar!(
    CountryCode,
    "CountryCode",
    "A country as two capital letters of ISO 3166-1, such as `US`.",
    "https://www.iso.org/iso-3166-country-codes.html"
);

impl From<CountryCode> for String {
    fn from(value: CountryCode) -> Self {
        value.0
    }
}

impl TryFrom<String> for CountryCode {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.len() == 2 && text.bytes().all(|it| it.is_ascii_uppercase()) {
            Ok(Self(text))
        } else {
            Err(format!("\"{text}\" is no CountryCode: write two capital letters such as US"))
        }
    }
}

/// ISO 3166-2.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SubdivisionCode(pub String);

scalar!(
    SubdivisionCode,
    "SubdivisionCode",
    "A part of a country by its code in ISO 3166-2, such as `US-CA`.",
    "https://www.iso.org/iso-3166-country-codes.html"
);

impl From<SubdivisionCode> for String {
    fn from(value: SubdivisionCode) -> Self {
        value.0
    }
}

impl TryFrom<String> for SubdivisionCode {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if is_subdivision(&text) {
            Ok(Self(text))
        } else {
            Err(format!("\"{text}\" is no SubdivisionCode: write a code of ISO 3166-2 such as US-CA"))
        }
    }
}

/// ISO 4217.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CurrencyCode(pub String);

scalar!(
    CurrencyCode,
    "CurrencyCode",
    "A currency as three capital letters of ISO 4217, such as `EUR`.",
    "https://www.iso.org/iso-4217-currency-codes.html"
);

impl From<CurrencyCode> for String {
    fn from(value: CurrencyCode) -> Self {
        value.0
    }
}

impl TryFrom<String> for CurrencyCode {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.len() == 3 && text.bytes().all(|it| it.is_ascii_uppercase()) {
            Ok(Self(text))
        } else {
            Err(format!("\"{text}\" is no CurrencyCode: write three capital letters such as EUR"))
        }
    }
}

/// BCP 47.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language(pub String);

scalar!(
    Language,
    "Language",
    "A language as a tag of BCP 47, such as `en` or `pt-BR`.",
    "https://www.rfc-editor.org/rfc/rfc5646"
);

impl From<Language> for String {
    fn from(value: Language) -> Self {
        value.0
    }
}

impl TryFrom<String> for Language {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if is_language(&text) {
            Ok(Self(text))
        } else {
            Err(format!("\"{text}\" is no Language: write a tag of BCP 47 such as en or pt-BR"))
        }
    }
}

fn is_subdivision(text: &str) -> bool {
    text.split_once('-').is_some_and(|(country, part)| {
        country.len() == 2
            && country.bytes().all(|it| it.is_ascii_uppercase())
            && (1..=3).contains(&part.len())
            && part.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit())
    })
}

fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    parts.next().is_some_and(|first| (2..=3).contains(&first.len()) && first.bytes().all(|it| it.is_ascii_lowercase()))
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_alphanumeric()))
}
