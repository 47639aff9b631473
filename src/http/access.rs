//! Who asks: by an API key in the header `Authorization`, or without one as far as that is allowed. What was found of a key
//! is kept for some seconds, so that a request pays for no statement.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use moka::sync::Cache;

use super::response::Refusal;
use super::{Engine, Server, Settings};
use crate::access::{ApiKey, Scope, Scopes, secret_hash};
use crate::config::{API_KEYS_KEPT, API_KEYS_KEPT_MAX};

/// Whoever asks, and what they may ask for.
#[derive(Clone, Debug)]
pub struct Caller {
    scopes: Scopes,
}

impl Caller {
    /// The program itself, which may ask for everything.
    pub fn program() -> Self {
        Self { scopes: Scopes::all() }
    }

    pub fn scopes(&self) -> Scopes {
        self.scopes
    }
}

/// Whom a server lets ask.
pub(super) struct Access {
    /// What may be asked for without a key; nothing if a key is needed.
    anonymous: Option<Scopes>,
    /// By the hash of the secret; those that are not known are kept as such.
    keys: Cache<String, Option<Arc<ApiKey>>>,
}

impl Access {
    pub(super) fn new(settings: &Settings) -> Self {
        let keys = Cache::builder().max_capacity(API_KEYS_KEPT_MAX).time_to_live(API_KEYS_KEPT).build();
        Self { anonymous: settings.anonymous, keys }
    }
}

impl<E: Engine> Server<E> {
    /// Who sends a request with these headers.
    pub(super) async fn caller(&self, request_id: &str, headers: &HeaderMap) -> Result<Caller, Refusal> {
        let mut given = headers.get_all(AUTHORIZATION).iter();
        match (given.next(), given.next()) {
            (Some(one), None) => match one.to_str() {
                Ok(text) => self.caller_by(request_id, text).await,
                Err(_) => Err(Refusal::BadKey),
            },
            (None, _) => self.anonymous(),
            (Some(_), Some(_)) => Err(Refusal::BadKey),
        }
    }

    /// Who is meant by a value of the header `Authorization`. Another scheme than `Bearer` is meant for a proxy.
    pub(super) async fn caller_by(&self, request_id: &str, authorization: &str) -> Result<Caller, Refusal> {
        let Some((scheme, secret)) = authorization.trim().split_once(' ') else {
            return Err(Refusal::BadKey);
        };
        if !scheme.eq_ignore_ascii_case("bearer") {
            return self.anonymous();
        }
        let hash = secret_hash(secret.trim()).ok_or(Refusal::BadKey)?;
        let key = match self.access.keys.get(&hash) {
            Some(key) => key,
            None => {
                let found = self.limits.run(request_id, self.engine.key(&hash)).await?;
                let found = found.map_err(|unanswered| unanswered.refusal(request_id.to_owned()))?.map(Arc::new);
                self.access.keys.insert(hash, found.clone());
                found
            }
        };
        let key = key.ok_or(Refusal::BadKey)?;
        permitted(key.scopes)
    }

    fn anonymous(&self) -> Result<Caller, Refusal> {
        permitted(self.access.anonymous.ok_or(Refusal::NoKey)?)
    }
}

fn permitted(scopes: Scopes) -> Result<Caller, Refusal> {
    if scopes.has(Scope::Read) { Ok(Caller { scopes }) } else { Err(Refusal::NoScope(Scope::Read)) }
}
