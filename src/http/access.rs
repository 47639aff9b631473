//! Who asks: by an API key in the header `Authorization`, or without one as far as that is allowed. What was found of a key
//! is kept for some seconds, so that a request pays for no statement.

use std::fmt;
use std::future::pending;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::http::header::{AUTHORIZATION, CACHE_CONTROL};
use axum::http::{Extensions, HeaderMap, HeaderValue};
use axum::response::Response;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use moka::sync::Cache;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep, sleep_until};
use tokio_util::task::AbortOnDropHandle;

use super::peer::Peer;
use super::rate::{Account, Rates, Spent, Standing, Who};
use super::response::Refusal;
use super::{Engine, Server, Settings};
use crate::access::{ApiKey, Scope, Scopes, secret_hash};
use crate::config::API_KEYS_KEPT_MAX;

/// Whoever asks, and what they may ask for.
#[derive(Clone)]
pub struct Caller {
    scopes: Scopes,
    /// The hash of the secret by which it asks, if it shows one.
    key: Option<Arc<str>>,
    /// Nothing where there is no limit.
    account: Option<Arc<Account>>,
}

impl Caller {
    /// The program itself, which may ask for everything.
    pub fn program() -> Self {
        Self { scopes: Scopes::all(), key: None, account: None }
    }

    pub fn scopes(&self) -> Scopes {
        self.scopes
    }

    /// Whose points are counted; nothing where there is no limit.
    pub(super) fn who(&self) -> Option<&Who> {
        self.account.as_ref().map(|account| account.who())
    }

    /// Takes points for what is asked for, if there are enough.
    pub fn pay(&self, points: u64) -> Result<(), Spent> {
        self.account.as_ref().map_or(Ok(()), |account| account.pay(points))
    }

    /// What was left after the latest payment; nothing where there is no limit.
    pub fn standing(&self) -> Option<Standing> {
        self.account.as_ref()?.standing()
    }

    /// Tells in the headers of a response what is left, unless caches may hand the response to others, of whom that is not
    /// true.
    pub(super) fn tell(&self, response: &mut Response) {
        let is_shared = |value: &HeaderValue| value.as_bytes().starts_with(b"public");
        if response.headers().get(CACHE_CONTROL).is_some_and(is_shared) {
            return;
        }
        if let Some(account) = &self.account {
            account.tell(response);
        }
    }
}

impl fmt::Debug for Caller {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Caller").field("scopes", &self.scopes).field("standing", &self.standing()).finish()
    }
}

/// Whom a server lets ask.
pub(super) struct Access {
    /// What may be asked for without a key; nothing if a key is needed.
    anonymous: Option<Scopes>,
    /// By the hash of the secret; those that are not known are kept as such.
    keys: Cache<Arc<str>, Kept>,
    /// How long a key is taken for what it was found to be.
    keys_kept: Duration,
    /// Streams look their keys up again one after the other: those that share a key by one statement.
    looking: Mutex<()>,
    rates: Option<Rates>,
}

/// What was found of a key.
#[derive(Clone)]
struct Kept {
    key: Option<Arc<ApiKey>>,
    until: Instant,
}

impl Access {
    pub(super) fn new(settings: &Settings) -> Self {
        let keys_kept = settings.keys_kept;
        let keys = Cache::builder().max_capacity(API_KEYS_KEPT_MAX).time_to_live(keys_kept).build();
        let rates = settings.rate.and_then(Rates::new);
        Self { anonymous: settings.anonymous, keys, keys_kept, looking: Mutex::default(), rates }
    }

    fn kept(&self, secret_hash: &str) -> Option<Kept> {
        self.keys.get(secret_hash).filter(|kept| kept.until > Instant::now())
    }
}

impl<E: Engine> Server<E> {
    /// Who sends a request with these headers.
    pub(super) async fn caller(
        &self,
        request_id: &str,
        headers: &HeaderMap,
        extensions: &Extensions,
    ) -> Result<Caller, Refusal> {
        let address = self.address(headers, extensions);
        let mut given = headers.get_all(AUTHORIZATION).iter();
        match (given.next(), given.next()) {
            (Some(one), None) => match one.to_str() {
                Ok(text) => self.caller_by(request_id, text, address).await,
                Err(_) => Err(Refusal::BadKey),
            },
            (None, _) => self.anonymous(address),
            (Some(_), Some(_)) => Err(Refusal::BadKey),
        }
    }

    /// Who is meant by a value of the header `Authorization`. Another scheme than `Bearer` is meant for a proxy.
    pub(super) async fn caller_by(
        &self,
        request_id: &str,
        authorization: &str,
        address: Option<IpAddr>,
    ) -> Result<Caller, Refusal> {
        let Some((scheme, secret)) = authorization.trim().split_once(' ') else {
            return Err(Refusal::BadKey);
        };
        if !scheme.eq_ignore_ascii_case("bearer") {
            return self.anonymous(address);
        }
        let hash: Arc<str> = secret_hash(secret.trim()).ok_or(Refusal::BadKey)?.into();
        let kept = match self.access.kept(&hash) {
            Some(kept) => kept,
            None => {
                // Who tries many secrets pays for it.
                if let Some(account) = self.account(address.map(Who::with_secrets_at)) {
                    account.pay(1).map_err(Refusal::RateLimited)?;
                }
                // On the heap, as it is seldom: whatever asks who calls would have room for it.
                Box::pin(self.look_up(request_id, &hash)).await?
            }
        };
        let key = kept.key.ok_or(Refusal::BadKey)?;
        let caller = self.permitted(key.scopes, Some(Who::Key(key.key_id.as_str().into())))?;
        Ok(Caller { key: Some(hash), ..caller })
    }

    async fn look_up(&self, request_id: &str, secret_hash: &Arc<str>) -> Result<Kept, Refusal> {
        // What is found is true of this moment at least.
        let until = Instant::now() + self.access.keys_kept;
        let found = self.limits.run_waiting(request_id, self.engine.key(secret_hash)).await?;
        let found = found.map_err(|unanswered| unanswered.refusal(request_id.to_owned()))?;
        let kept = Kept { key: found.map(Arc::new), until };
        self.access.keys.insert(Arc::clone(secret_hash), kept.clone());
        Ok(kept)
    }

    /// Waits until the key by which someone follows a stream is revoked or has expired; for ever if there is none. What it
    /// knows of the key is never older than what other requests are answered by.
    pub(super) fn key_ended(self: Arc<Self>, request_id: String, caller: &Caller) -> BoxFuture<'static, Refusal> {
        let Some(hash) = caller.key.clone() else {
            return pending().boxed();
        };
        let internal = Refusal::Internal { request_id: request_id.clone() };
        // A task of its own: a client that does not read stops what it follows, and a look that stood still would keep all others
        // from looking.
        let ended = AbortOnDropHandle::new(tokio::spawn(async move {
            loop {
                let turn = self.access.looking.lock().await;
                let kept = match self.access.kept(&hash) {
                    Some(kept) => Ok(kept),
                    None => self.look_up(&request_id, &hash).await,
                };
                drop(turn);
                match kept {
                    Ok(Kept { key: None, .. }) => return Refusal::BadKey,
                    Ok(Kept { until, .. }) => sleep_until(until).await,
                    // A database that does not answer says nothing of the key.
                    Err(_) => sleep(self.access.keys_kept).await,
                }
            }
        }));
        async move { ended.await.unwrap_or(internal) }.boxed()
    }

    /// Whose points pay for a request without a key; nobody's if the machine itself asks, or if it came over no connection,
    /// as in tests.
    pub(super) fn address(&self, headers: &HeaderMap, extensions: &Extensions) -> Option<IpAddr> {
        extensions.get::<Peer>()?.payer(headers, &self.settings.trusted_proxies)
    }

    fn anonymous(&self, address: Option<IpAddr>) -> Result<Caller, Refusal> {
        let scopes = self.access.anonymous.ok_or(Refusal::NoKey)?;
        self.permitted(scopes, address.map(Who::at))
    }

    fn permitted(&self, scopes: Scopes, who: Option<Who>) -> Result<Caller, Refusal> {
        if !scopes.has(Scope::Read) {
            return Err(Refusal::NoScope(Scope::Read));
        }
        Ok(Caller { scopes, key: None, account: self.account(who).map(Arc::new) })
    }

    fn account(&self, who: Option<Who>) -> Option<Account> {
        self.access.rates.as_ref().zip(who).map(|(rates, who)| rates.account(who))
    }
}
