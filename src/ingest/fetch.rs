//! The one HTTP client for asking: time-outs, size caps, retries of what is worth retrying.

mod before;
mod courtesy;
mod crawl;
mod robots;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use chrono::DateTime;
use reqwest::header::{CONTENT_TYPE, DATE, HOST, HeaderName, RETRY_AFTER};
use reqwest::{Client, ClientBuilder, RequestBuilder, Response, StatusCode, redirect};
use thiserror::Error;
use url::{Position, Url};

pub use self::before::{Before, Validator, Validators};
use self::courtesy::{Courtesy, site};
pub use self::crawl::Came;
use self::robots::Sites;
use super::answers::Request;
use crate::webhook::address::PublicNames;

const USER_AGENT: &str = concat!("jobgraph/", env!("CARGO_PKG_VERSION"));
/// Redirects followed, within one scheme, host and port.
const REDIRECTS_MAX: usize = 3;

#[derive(Clone, Debug)]
pub struct FetchLimits {
    pub connect_timeout: Duration,
    /// For a whole answer.
    pub timeout: Duration,
    /// Bytes of an answer at most, decompressed.
    pub bytes_max: u64,
    pub retries_max: usize,
    /// The first pause before a retry; each is twice as long as the one before, with jitter.
    pub pause: Duration,
    /// A provider that asks for a longer pause than this is asked again in the next run.
    pub pause_max: Duration,
    /// Requests of one crawl at most.
    pub requests_max: usize,
    /// Requests of one crawl at the same time.
    pub at_once: usize,
    /// Requests a second to one site, of all crawls together.
    pub site_rate: u32,
    /// Requests to one site at the same time, of all crawls together.
    pub site_at_once: usize,
    /// Bytes of all answers of one crawl at most.
    pub crawl_bytes_max: usize,
    /// After so many answers in a row that did not come, no more is asked.
    pub failures_max: usize,
}

impl Default for FetchLimits {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(60),
            bytes_max: 64 * 1024 * 1024,
            retries_max: 3,
            pause: Duration::from_secs(1),
            pause_max: Duration::from_secs(60),
            requests_max: 20_000,
            at_once: 4,
            site_rate: 5,
            site_at_once: 4,
            crawl_bytes_max: 192 * 1024 * 1024,
            failures_max: 8,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// 200, or 304 without a body for what is still as it was.
    pub http_status: u16,
    pub body: Vec<u8>,
    /// By what it can be asked for again.
    pub validator: Option<Validator>,
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FetchError {
    #[error("the provider answered {http_status}")]
    Status { http_status: u16, retry_after: Option<Duration> },
    #[error("the provider answered with a redirect that is not followed, \"{to}\"")]
    Redirected { to: String },
    #[error("the answer is longer than {bytes_max} bytes")]
    TooLong { bytes_max: u64 },
    #[error("the provider asked for a pause, which lasts another {s} s", s = rest.as_secs())]
    Resting { rest: Duration },
    #[error("the site's robots.txt forbids to read \"{path}\"; its owner may allow it to the name \"jobgraph\"")]
    Disallowed { path: String },
    #[error("the site's robots.txt cannot be had, without which nothing is asked: {cause}")]
    NoRobots { cause: Box<FetchError> },
    #[error("no answer: {message}")]
    Network { message: String },
}

impl FetchError {
    pub fn http_status(&self) -> Option<u16> {
        match self {
            Self::Status { http_status, .. } => Some(*http_status),
            _ => None,
        }
    }

    /// Whether the provider says that there is no such board.
    pub fn is_not_found(&self) -> bool {
        matches!(self.http_status(), Some(404 | 410))
    }

    /// The pause that the provider asks for.
    pub fn pause(&self) -> Option<Duration> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            Self::Resting { rest } => Some(*rest),
            Self::NoRobots { cause } => cause.pause(),
            _ => None,
        }
    }

    fn is_worth_retrying(&self) -> bool {
        match self {
            Self::Status { http_status, .. } => matches!(http_status, 429 | 500..=599),
            Self::Network { .. } => true,
            Self::Redirected { .. } | Self::TooLong { .. } | Self::Resting { .. } => false,
            Self::Disallowed { .. } | Self::NoRobots { .. } => false,
        }
    }
}

pub struct Fetcher {
    client: Client,
    /// Connects to public addresses alone, for what a site names and no operator has chosen.
    public: Client,
    courtesy: Courtesy,
    sites: Sites,
    limits: FetchLimits,
    stand_in: Option<SocketAddr>,
}

impl Fetcher {
    pub fn new(limits: FetchLimits) -> Result<Self, FetchError> {
        let failed = |error: reqwest::Error| FetchError::Network { message: error.to_string() };
        let client = builder(&limits).build().map_err(failed)?;
        let public = builder(&limits).no_proxy().dns_resolver(Arc::new(PublicNames)).build().map_err(failed)?;
        let courtesy = Courtesy::new(limits.site_rate, limits.site_at_once, limits.pause_max);
        Ok(Self { client, public, courtesy, sites: Sites::new(), limits, stand_in: None })
    }

    /// Asks this address in place of every host, over plain HTTP and by the host's name: a local server plays them all.
    #[must_use]
    pub fn with_stand_in(self, address: SocketAddr) -> Self {
        Self { stand_in: Some(address), ..self }
    }

    /// Asks once, and again where that is worth it. A refusal that names a pause is retried after it.
    pub async fn ask(&self, request: &Request) -> Result<Fetched, FetchError> {
        self.ask_if(request, None).await
    }

    /// The same for what was answered before: only if it differs from what `known` names, it comes.
    async fn ask_if(&self, request: &Request, known: Option<&Validator>) -> Result<Fetched, FetchError> {
        self.ask_by(&self.client, request, known).await
    }

    /// The same by one of its clients.
    async fn ask_by(
        &self,
        client: &Client,
        request: &Request,
        known: Option<&Validator>,
    ) -> Result<Fetched, FetchError> {
        let retries = ExponentialBuilder::default()
            .with_jitter()
            .with_min_delay(self.limits.pause)
            .with_max_delay(self.limits.pause_max)
            .with_max_times(self.limits.retries_max);
        (|| self.try_once(client, request, known))
            .retry(retries)
            .when(FetchError::is_worth_retrying)
            .adjust(|error, pause| match error {
                FetchError::Status { retry_after: Some(asked), .. } if *asked > self.limits.pause_max => None,
                FetchError::Status { retry_after: Some(asked), .. } => pause.map(|pause| pause.max(*asked)),
                _ => pause,
            })
            .await
    }

    async fn try_once(
        &self,
        client: &Client,
        request: &Request,
        known: Option<&Validator>,
    ) -> Result<Fetched, FetchError> {
        let site = site(&request.url);
        let _turn = self.courtesy.turn(&site).await.map_err(|rest| FetchError::Resting { rest })?;
        let prepared = match known {
            Some(known) => known.condition(self.prepared(client, request)),
            None => self.prepared(client, request),
        };
        let response = prepared.send().await.map_err(|error| network(&error))?;
        let status = response.status();
        if let (StatusCode::NOT_MODIFIED, Some(known)) = (status, known) {
            return Ok(Fetched { http_status: status.as_u16(), body: Vec::new(), validator: Some(known.clone()) });
        }
        if status.is_redirection() {
            let to = response.headers().get("location").and_then(|it| it.to_str().ok()).unwrap_or("?");
            return Err(FetchError::Redirected { to: to.to_owned() });
        }
        if status != StatusCode::OK {
            let retry_after = retry_after(&response);
            if let Some(pause) = retry_after {
                self.courtesy.rest(&site, pause);
            }
            return Err(FetchError::Status { http_status: status.as_u16(), retry_after });
        }
        let validator = Validator::of(response.headers());
        let body = self.body(response).await?;
        Ok(Fetched { http_status: status.as_u16(), body, validator })
    }

    fn prepared(&self, client: &Client, request: &Request) -> RequestBuilder {
        let asked = |url: &str| match &request.sent {
            None => client.get(url),
            Some(json) => client.post(url).header(CONTENT_TYPE, "application/json").body(json.clone()),
        };
        match (self.stand_in, Url::parse(&request.url)) {
            (Some(address), Ok(url)) => {
                let host = url.host_str().unwrap_or_default();
                asked(&format!("http://{address}{}", &url[Position::BeforePath..])).header(HOST, host)
            }
            _ => asked(&request.url),
        }
    }

    async fn body(&self, mut response: Response) -> Result<Vec<u8>, FetchError> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| network(&error))? {
            if body.len() as u64 + chunk.len() as u64 > self.limits.bytes_max {
                return Err(FetchError::TooLong { bytes_max: self.limits.bytes_max });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}

fn builder(limits: &FetchLimits) -> ClientBuilder {
    let within_origin = redirect::Policy::custom(|attempt| {
        let is_same = attempt.previous().first().is_some_and(|first| first.origin() == attempt.url().origin());
        if is_same && attempt.previous().len() <= REDIRECTS_MAX { attempt.follow() } else { attempt.stop() }
    });
    Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(limits.connect_timeout)
        .timeout(limits.timeout)
        .redirect(within_origin)
}

/// The pause that a provider asks for: seconds, or until a date by its own clock, which need not be ours.
pub(crate) fn retry_after(response: &Response) -> Option<Duration> {
    let header = |name: HeaderName| response.headers().get(name)?.to_str().ok().map(str::trim);
    let asked = header(RETRY_AFTER)?;
    if let Ok(seconds) = asked.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = DateTime::parse_from_rfc2822(asked).ok()?;
    let now = DateTime::parse_from_rfc2822(header(DATE)?).ok()?;
    Some((until - now).to_std().unwrap_or_default())
}

/// The innermost cause, which says what happened; the outer ones repeat the address.
fn network(error: &reqwest::Error) -> FetchError {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    let message = if error.is_timeout() { "it took too long".to_owned() } else { cause.to_string() };
    FetchError::Network { message }
}

#[cfg(test)]
mod tests;
