//! The scalars of the graph. Each is text on the wire; each says its form to clients by `@specifiedBy`.
//!
//! Reading one checks its form, so that a misspelled value is refused and never merely matches nothing.

/// A scalar that is kept as the text it is on the wire, and refused where its form is another.
macro_rules! text_scalar {
    ($(#[$doc:meta])* $name:ident, $graph:literal, $description:literal, $form:literal, $is:expr, $hint:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(pub String);

        async_graphql::scalar!($name, $graph, $description, $form);

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(text: String) -> Result<Self, String> {
                let is_of_form: fn(&str) -> bool = $is;
                if is_of_form(&text) {
                    Ok(Self(text))
                } else {
                    Err(format!(concat!("\"{}\" is no ", $graph, ": write ", $hint), text))
                }
            }
        }
    };
}

mod code;
mod time;

use async_graphql::scalar;
use serde::{Deserialize, Serialize};

pub(super) use self::code::{CountryCode, CurrencyCode, Language, SubdivisionCode};
pub(super) use self::time::{Date, DateTime, Duration};

/// Any JSON value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Json(pub serde_json::Value);

scalar!(
    Json,
    "JSON",
    "Any JSON value. Used only for what a provider or an operator shaped.",
    "https://www.rfc-editor.org/rfc/rfc8259"
);

text_scalar!(
    /// An absolute address.
    Url,
    "URL",
    "An absolute address of the web, such as `https://example.com/jobs/1`.",
    "https://url.spec.whatwg.org/#url-writing",
    |text| url::Url::parse(text).is_ok(),
    "an absolute address such as https://example.com/jobs/1"
);

text_scalar!(
    /// An exact decimal number.
    Decimal,
    "Decimal",
    "An exact decimal number as text, such as `267393` or `21.50`.",
    "https://scalars.graphql.org/chillicream/decimal.html",
    |text| text.parse::<rust_decimal::Decimal>().is_ok(),
    "digits, such as 21.50"
);

text_scalar!(
    /// SHA-256 in hex.
    Hash,
    "Hash",
    "A SHA-256 as 64 lower-case hexadecimal digits.",
    "https://csrc.nist.gov/pubs/fips/180-4/upd1/final",
    |text| text.len() == 64 && text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f')),
    "64 lower-case hexadecimal digits"
);

/// A UUID.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Uuid(pub String);

scalar!(
    Uuid,
    "UUID",
    "A UUID in its usual text form, such as `62fbc0b4-dfc4-45d7-9b9e-0e0c3607d145`.",
    "https://www.rfc-editor.org/rfc/rfc9562"
);

impl From<Uuid> for String {
    fn from(value: Uuid) -> Self {
        value.0
    }
}

impl TryFrom<String> for Uuid {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        uuid::Uuid::try_parse(&text)
            .map(|uuid| Self(uuid.to_string()))
            .map_err(|_| format!("\"{text}\" is no UUID: write 32 hexadecimal digits in five groups"))
    }
}

/// A position in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Seq(pub i64);

scalar!(
    Seq,
    "Seq",
    "A position in the event log: a whole number from 1 on, as text, since it may pass what 32 bits hold.",
    "https://scalars.graphql.org/jakobmerrild/long.html"
);

impl From<Seq> for String {
    fn from(seq: Seq) -> Self {
        seq.0.to_string()
    }
}

impl TryFrom<String> for Seq {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let number = text.parse().ok().filter(|number| *number >= 0);
        number.map(Self).ok_or_else(|| format!("\"{text}\" is no Seq: write a whole number as text"))
    }
}
