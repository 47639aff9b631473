//! One request to a receiver: no redirects, no proxy, little patience, and no interest in what it says beyond its status.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Response, StatusCode, redirect};

use super::Settings;
use super::address::{self, AddressError, PublicNames};
use crate::ingest::fetch::retry_after;
use crate::vocabulary::DeliveryOutcome;

const USER_AGENT: &str = concat!("jobgraph/", env!("CARGO_PKG_VERSION"));
/// Bytes of an answer that are read, so that the connection can be used again.
const ANSWER_BYTES_MAX: usize = 4 * 1024;
/// How long those are waited for.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(1);

/// A message with its signature.
#[derive(Clone, Debug)]
pub(super) struct Message {
    pub(super) id: String,
    /// Seconds since 1970.
    pub(super) timestamp: i64,
    pub(super) signature: String,
    pub(super) body: Vec<u8>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sent {
    pub(super) outcome: DeliveryOutcome,
    pub(super) http_status: Option<u16>,
    pub(super) error: Option<String>,
    /// The pause that the receiver asks for.
    pub(super) retry_after: Option<Duration>,
}

impl Sent {
    /// Whether the receiver wants nothing more, ever.
    pub(super) fn is_gone(&self) -> bool {
        self.http_status == Some(StatusCode::GONE.as_u16())
    }

    fn failed(outcome: DeliveryOutcome, error: String) -> Self {
        Self { outcome, http_status: None, error: Some(error), retry_after: None }
    }
}

pub(super) struct Sender {
    client: Client,
    allow_private: bool,
}

impl Sender {
    pub(super) fn new(settings: &Settings) -> Result<Self, reqwest::Error> {
        let mut client = Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(settings.connect_timeout)
            .timeout(settings.timeout)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .no_gzip()
            .referer(false);
        if !settings.allow_private {
            client = client.dns_resolver(Arc::new(PublicNames));
        }
        Ok(Self { client: client.build()?, allow_private: settings.allow_private })
    }

    pub(super) async fn send(&self, url: &str, message: Message) -> Sent {
        let url = match address::check(url, self.allow_private) {
            Ok(url) => url,
            Err(error) => return Sent::failed(DeliveryOutcome::Forbidden, error.to_string()),
        };
        let Some(headers) = headers(&message) else {
            return Sent::failed(DeliveryOutcome::Forbidden, "its headers cannot be written".to_owned());
        };
        match self.client.post(url).headers(headers).body(message.body).send().await {
            Ok(answer) => answered(answer).await,
            Err(error) => failed(&error.without_url()),
        }
    }
}

fn headers(message: &Message) -> Option<HeaderMap> {
    let value = |text: &str| HeaderValue::from_str(text).ok();
    Some(HeaderMap::from_iter([
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (HeaderName::from_static("webhook-id"), value(&message.id)?),
        (HeaderName::from_static("webhook-timestamp"), HeaderValue::from(message.timestamp)),
        (HeaderName::from_static("webhook-signature"), value(&message.signature)?),
    ]))
}

async fn answered(mut answer: Response) -> Sent {
    let status = answer.status();
    let retry_after = retry_after(&answer);
    // What follows the status changes nothing.
    drop(tokio::time::timeout(ANSWER_TIMEOUT, drain(&mut answer)).await);
    let http_status = Some(status.as_u16());
    if status.is_success() {
        return Sent { outcome: DeliveryOutcome::Delivered, http_status, error: None, retry_after: None };
    }
    let error = Some(format!("the receiver answered {}", status.as_u16()));
    Sent { outcome: DeliveryOutcome::Refused, http_status, error, retry_after }
}

async fn drain(answer: &mut Response) {
    let mut bytes = 0;
    while let Ok(Some(chunk)) = answer.chunk().await {
        bytes += chunk.len();
        if bytes > ANSWER_BYTES_MAX {
            return;
        }
    }
}

/// Tells by the innermost cause; the outer ones repeat the address, which may hold a secret.
fn failed(error: &reqwest::Error) -> Sent {
    if error.is_timeout() {
        return Sent::failed(DeliveryOutcome::TimedOut, "the receiver did not answer in time".to_owned());
    }
    let mut cause: &(dyn Error + 'static) = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    let is_refused = |it: &std::io::Error| it.get_ref().is_some_and(|it| it.is::<AddressError>());
    let is_forbidden = cause.is::<AddressError>() || cause.downcast_ref::<std::io::Error>().is_some_and(is_refused);
    let outcome = if is_forbidden { DeliveryOutcome::Forbidden } else { DeliveryOutcome::Unreachable };
    Sent::failed(outcome, cause.to_string())
}
