//! Settings of who may ask, and the limits of API keys.

use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::access::{Scope, Scopes};

/// Keys that are not revoked, at most.
pub const API_KEYS_MAX: u64 = 1_000;
/// How long a revoked key is still listed, in milliseconds: a year.
pub const REVOKED_KEPT_MS: i64 = 365 * 86_400_000;
/// How long a server takes a key for what it was found to be.
pub const API_KEYS_KEPT: Duration = Duration::from_secs(5);
/// Keys that a server keeps in memory, known or not, at most.
pub const API_KEYS_KEPT_MAX: u64 = 10_000;
/// How precisely it is noted when a key was last used, in milliseconds: a day, as each note is a change of the database.
pub const API_KEY_USE_MS: i64 = 86_400_000;

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

/// Reads the name of a scope.
pub fn scope(text: &str) -> Result<Scope, String> {
    text.parse().map_err(|_| "known are read, raw:read and admin".to_owned())
}
