//! Scalars that are codes of a standard: of countries, their parts, currencies and languages.

text_scalar!(
    /// ISO 3166-1 alpha-2.
    CountryCode,
    "CountryCode",
    "A country as two capital letters of ISO 3166-1, such as `US`.",
    "https://www.iso.org/iso-3166-country-codes.html",
    |text| text.len() == 2 && text.bytes().all(|it| it.is_ascii_uppercase()),
    "two capital letters such as US"
);

text_scalar!(
    /// ISO 3166-2.
    SubdivisionCode,
    "SubdivisionCode",
    "A part of a country by its code in ISO 3166-2, such as `US-CA`.",
    "https://www.iso.org/iso-3166-country-codes.html",
    is_subdivision,
    "a code of ISO 3166-2 such as US-CA"
);

text_scalar!(
    /// ISO 4217.
    CurrencyCode,
    "CurrencyCode",
    "A currency as three capital letters of ISO 4217, such as `EUR`.",
    "https://www.iso.org/iso-4217-currency-codes.html",
    |text| text.len() == 3 && text.bytes().all(|it| it.is_ascii_uppercase()),
    "three capital letters such as EUR"
);

text_scalar!(
    /// BCP 47.
    Language,
    "Language",
    "A language as a tag of BCP 47, such as `en` or `pt-BR`.",
    "https://www.rfc-editor.org/rfc/rfc5646",
    is_language,
    "a tag of BCP 47 such as en or pt-BR"
);

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
