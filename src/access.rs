//! Who may ask for what: scopes, and the secrets of API keys. How a secret comes with a request is a matter of `http`, what
//! needs which scope one of `graphql`.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use strum::{EnumString, IntoStaticStr, VariantArray};
use thiserror::Error;

/// Secrets begin so, so that they are known when they turn up where they should not be.
const SECRET_PREFIX: &str = "jobgraph_";
/// Bytes of chance in a secret.
const SECRET_BYTES: usize = 32;

/// A kind of thing that may be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
pub enum Scope {
    /// Everything but what the others are for. Nothing can be asked for without it.
    #[strum(serialize = "read")]
    Read,
    /// Providers' answers as they came, and where they are archived.
    #[strum(serialize = "raw:read")]
    RawRead,
    /// What only operators are to see, such as webhooks.
    #[strum(serialize = "admin")]
    Admin,
}

impl Scope {
    /// As it is spelled everywhere.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// A set of scopes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scopes(u8);

impl Scopes {
    /// Every scope.
    pub fn all() -> Self {
        Self::of(Scope::VARIANTS)
    }

    /// These scopes.
    pub fn of(scopes: &[Scope]) -> Self {
        Self(scopes.iter().fold(0, |bits, scope| bits | 1 << *scope as u8))
    }

    /// Those named in a list separated by commas. What is not known is left out: an older program has less to give.
    pub fn parse(text: &str) -> Self {
        Self::of(&text.split(',').filter_map(|name| name.parse().ok()).collect::<Vec<_>>())
    }

    /// Whether this scope is among them.
    pub fn has(self, scope: Scope) -> bool {
        self.0 & 1 << scope as u8 != 0
    }
}

/// The names, separated by commas.
impl fmt::Display for Scopes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = Scope::VARIANTS.iter().filter(|it| self.has(**it)).map(|it| it.name()).collect();
        formatter.write_str(&names.join(","))
    }
}

/// A key that is neither revoked nor expired, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    pub key_id: String,
    pub scopes: Scopes,
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the system gives no random bytes: {0}")]
pub struct NoChance(String);

/// A secret that nobody knows yet: 256 bits of chance.
pub fn random_secret() -> Result<String, NoChance> {
    let mut bytes = [0; SECRET_BYTES];
    getrandom::fill(&mut bytes).map_err(|error| NoChance(error.to_string()))?;
    Ok(format!("{SECRET_PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes)))
}

/// The hash by which a secret is known, in hexadecimal; nothing if the text is none. A hash made to be slow would protect
/// secrets that people choose, of which there is none here.
pub fn secret_hash(secret: &str) -> Option<String> {
    let coded = secret.strip_prefix(SECRET_PREFIX)?;
    let bytes = URL_SAFE_NO_PAD.decode(coded).ok()?;
    (bytes.len() == SECRET_BYTES).then(|| HEXLOWER.encode(&Sha256::digest(secret)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_scopes_is_read_as_it_is_written() {
        let scopes = Scopes::of(&[Scope::RawRead, Scope::Read]);
        assert_eq!(scopes.to_string(), "read,raw:read");
        assert_eq!(Scopes::parse("read,raw:read,later"), scopes);
        assert!(!scopes.has(Scope::Admin));
        assert!(Scope::VARIANTS.iter().all(|scope| Scopes::all().has(*scope)));
        assert_eq!(Scopes::parse(""), Scopes::default());
    }

    #[test]
    fn no_two_secrets_are_equal_and_nothing_else_is_taken_for_one() {
        let (one, other) = (random_secret().expect("chance"), random_secret().expect("chance"));
        assert_ne!(one, other);
        assert_eq!(secret_hash(&one).expect("a secret").len(), 64);
        for text in ["", "jobgraph_", "jobgraph_AAAA", &one[9..], &format!("{one}A"), &one.replace("jobgraph", "x")] {
            assert_eq!(secret_hash(text), None, "{text}");
        }
    }
}
