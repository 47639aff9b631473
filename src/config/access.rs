//! Settings of who may ask, and the limits of API keys.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use clap::{Args, ValueEnum};
use ipnet::IpNet;
use url::Url;

use crate::access::{Scope, Scopes};
use crate::http::Rate;

/// Keys that are neither revoked nor expired, at most.
pub const API_KEYS_MAX: u64 = 1_000;
/// How long a key that was revoked or has expired is still listed, in milliseconds: a year.
pub const REVOKED_KEPT_MS: i64 = 365 * 86_400_000;
/// How long a server takes a key for what it was found to be.
pub const API_KEYS_KEPT: Duration = Duration::from_secs(5);
/// Keys that a server keeps in memory, known or not, at most.
pub const API_KEYS_KEPT_MAX: u64 = 10_000;
/// How precisely it is noted when a key was last used, in milliseconds: a day, as each note is a change of the database.
pub const API_KEY_USE_MS: i64 = 86_400_000;

/// Events of the log that cost a point: they are written as they lie there.
pub const EVENTS_A_POINT: u64 = 10;
/// Callers whose points are counted at once, at most; each takes some hundred bytes.
pub const RATE_CALLERS_MAX: u64 = 100_000;

/// Settings of who may ask.
#[derive(Args, Clone, Debug)]
pub struct Access {
    /// Whether one may ask without an API key; "jobgraph keys create" gives them out
    #[arg(long, env = "JOBGRAPH_ANONYMOUS", default_value = "on", value_name = "SWITCH")]
    pub anonymous: Switch,
    /// What may be asked for without a key: `read`, `raw:read` (providers' answers as they came), `admin` (webhooks)
    #[arg(
        long,
        env = "JOBGRAPH_ANONYMOUS_SCOPES",
        default_value = "read,raw:read,admin",
        value_delimiter = ',',
        value_name = "SCOPE"
    )]
    #[arg(value_parser = scope)]
    pub anonymous_scopes: Vec<Scope>,
    /// Whether the server tells its schema: to "__schema" and "__type", at /schema.graphql and at /reference. Where it does not,
    /// registered documents may still ask
    #[arg(long, env = "JOBGRAPH_INTROSPECTION", default_value = "on", value_name = "SWITCH")]
    pub introspection: Switch,
    /// Points a minute that one API key, or one address without a key, may spend, by what its questions cost; one more is
    /// refused with 429. 0 sets no limit. Addresses of the machine itself have none
    #[arg(long, env = "JOBGRAPH_RATE_LIMIT", default_value_t = 10_000, value_name = "POINTS")]
    pub rate_limit: u32,
    /// Points that may be spent at once; never less than --cost-max
    #[arg(long, env = "JOBGRAPH_RATE_BURST", default_value_t = 5_000, value_name = "POINTS")]
    pub rate_burst: u32,
    /// Proxies whose `X-Forwarded-For` names the address that asks: networks such as `10.0.0.0/8`, separated by commas
    #[arg(long = "trusted-proxy", env = "JOBGRAPH_TRUSTED_PROXIES", value_delimiter = ',', value_name = "NETWORK")]
    #[arg(value_parser = network)]
    pub trusted_proxies: Vec<IpNet>,
    /// Other origins whose pages may ask, such as `https://jobs.example`, separated by commas; `*` for any
    #[arg(long = "cors-origin", env = "JOBGRAPH_CORS_ORIGINS", value_delimiter = ',', value_name = "ORIGIN")]
    #[arg(value_parser = origin)]
    pub cors_origins: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    On,
    Off,
}

impl Access {
    /// What may be asked for without a key, if anything.
    pub fn anonymous(&self) -> Option<Scopes> {
        (self.anonymous == Switch::On).then(|| Scopes::of(&self.anonymous_scopes))
    }
}

impl Access {
    /// What a caller may spend where one request may cost `cost_max`; nothing if there is no limit.
    pub fn rate(&self, cost_max: u64) -> Option<Rate> {
        let burst = u32::try_from(cost_max).unwrap_or(u32::MAX).max(self.rate_burst);
        Some(Rate { per_minute: NonZeroU32::new(self.rate_limit)?, burst: NonZeroU32::new(burst)? })
    }
}

/// Reads a network, or an address that is one alone.
fn network(text: &str) -> Result<IpNet, String> {
    let network = text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
    network.map_err(|_| "a network looks like 10.0.0.0/8, an address like 10.0.0.1".to_owned())
}

/// Reads an origin as browsers send it.
fn origin(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let is_origin = Url::parse(text).is_ok_and(|url| url.origin().ascii_serialization() == text);
    if text == "*" || is_origin {
        return Ok(text.to_owned());
    }
    Err("an origin looks like https://jobs.example or http://localhost:5173".to_owned())
}

/// Reads the name of a scope.
pub fn scope(text: &str) -> Result<Scope, String> {
    text.parse().map_err(|_| "known are read, raw:read and admin".to_owned())
}
