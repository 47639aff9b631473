//! Secrets and signatures by the Standard Webhooks specification, for which receivers have libraries.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use thiserror::Error;

const PREFIX: &str = "whsec_";
/// Bytes of a secret that the specification allows.
const BYTES_MIN: usize = 24;
const BYTES_MAX: usize = 64;
/// Bytes of a secret that is made here.
const BYTES_MADE: usize = 32;

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SecretError {
    #[error(
        "the secret is not \"{PREFIX}\" and {BYTES_MIN} to {BYTES_MAX} bytes in base64\nhint: leave it out, and one is made"
    )]
    Malformed,
    #[error("the system gives no random bytes: {0}")]
    Random(String),
}

/// What a receiver checks signatures with.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

/// Tells nothing.
impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret")
    }
}

impl Secret {
    /// A secret that nobody knows yet.
    pub fn random() -> Result<Self, SecretError> {
        let mut bytes = vec![0; BYTES_MADE];
        getrandom::fill(&mut bytes).map_err(|error| SecretError::Random(error.to_string()))?;
        Ok(Self(bytes))
    }

    pub fn parse(text: &str) -> Result<Self, SecretError> {
        let coded = text.trim().strip_prefix(PREFIX).ok_or(SecretError::Malformed)?;
        let bytes = STANDARD.decode(coded).map_err(|_| SecretError::Malformed)?;
        if (BYTES_MIN..=BYTES_MAX).contains(&bytes.len()) { Ok(Self(bytes)) } else { Err(SecretError::Malformed) }
    }

    /// The secret itself, to be stored, and shown once.
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(&self.0))
    }

    /// The value of `webhook-signature`; `timestamp` is in seconds.
    pub fn sign(&self, id: &str, timestamp: i64, body: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("a key of HMAC has any length");
        mac.update(format!("{id}.{timestamp}.").as_bytes());
        mac.update(body);
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vector_that_is_published_with_the_specification_holds() {
        let secret = Secret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("it is a secret");
        let signature = secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, b"{\"test\": 2432232314}");
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_secret_that_is_made_can_be_read_and_is_no_other() {
        let secret = Secret::random().expect("there is randomness");
        assert_eq!(Secret::parse(&format!("{}\n", secret.reveal())), Ok(secret.clone()));
        assert_ne!(Secret::random().expect("there is randomness"), secret);
        assert_eq!(format!("{secret:?}"), "Secret");
    }

    #[test]
    fn what_is_no_secret_is_refused() {
        let short = format!("whsec_{}", STANDARD.encode([1; 23]));
        let long = format!("whsec_{}", STANDARD.encode([1; 65]));
        for text in ["", "whsec_", "whsec_!", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", short.as_str(), long.as_str()] {
            assert_eq!(Secret::parse(text), Err(SecretError::Malformed), "{text}");
        }
    }
}
