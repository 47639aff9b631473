//! Settings of whatever crawls boards, and the limits of how often and how hard they are asked.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::ARCHIVE_DEFAULT;
use crate::ingest::fetch::FetchLimits;
use crate::ingest::prune::Retention;
use crate::ingest::sync;

/// The longest time between two crawls of a board, unless its operator wants it shorter, in seconds: a day.
pub const CRAWL_INTERVAL_MAX_S: i64 = 86_400;
/// The shortest time between two crawls of a board that keeps changing, in seconds.
pub const CRAWL_INTERVAL_MIN_S: i64 = 3_600;
/// The time after a crawl that failed, in seconds; it doubles with each that follows, up to a day.
pub const CRAWL_BACKOFF_S: i64 = 900;
/// How much earlier a board may be due, in percent of the time.
pub const CRAWL_JITTER_PERCENT: i64 = 10;
/// Seconds that all requests of a crawl may take together.
pub const CRAWL_TIMEOUT_S: u64 = 7_200;
/// How long a board is kept from other processes while it is crawled, in milliseconds: longer than a crawl may take.
pub const CRAWL_LEASE_MS: i64 = 9_000_000;
/// How long the details of a posting stand at most while its row in the list is the same, in seconds: 3 days.
pub const DETAILS_KEPT_S: i64 = 259_200;
/// How long what a site lets programs read is kept, in seconds: RFC 9309 has a day at most.
pub const ROBOTS_KEPT_S: u64 = 86_400;
/// Sites of which that is kept.
pub const ROBOTS_SITES_MAX: u64 = 10_000;
/// The longest pause between two requests that is kept because a site's `robots.txt` wants it, in seconds.
pub const ROBOTS_DELAY_MAX_S: u64 = 10;
/// Seconds that a crawl waits for its turn to write; a large board takes a while to be written.
pub const CRAWL_TURN_TIMEOUT_S: u64 = 120;
/// Seconds between two looks at which boards are due.
pub const CRAWL_POLL_S: u64 = 5;
/// Boards of a CSV file that is added.
pub const BOARDS_ADDED_MAX: usize = 100_000;

/// What `sources add` takes.
#[derive(Args, Clone, Debug)]
pub struct AddSources {
    /// Boards: an address of each, such as `https://jobs.lever.co/acme`, or `PROVIDER/BOARD`; or one as `PROVIDER BOARD`
    #[arg(value_name = "URL|PROVIDER/BOARD")]
    pub boards: Vec<String>,
    /// Read the boards from this file (CSV): columns `provider` and `board`, or `url`
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
}

/// Settings of whatever crawls boards when they are due.
#[derive(Args, Clone, Debug)]
pub struct Syncing {
    /// Boards crawled at once
    #[arg(long, env = "JOBGRAPH_SYNC_BOARDS_AT_ONCE", default_value_t = 8, value_name = "COUNT")]
    pub boards_at_once: usize,
    /// Requests a second to one provider, or to one site
    #[arg(long, env = "JOBGRAPH_SYNC_SITE_RATE", default_value_t = 5, value_name = "COUNT")]
    pub site_rate: u32,
    /// Requests at once to one provider, or to one site
    #[arg(long, env = "JOBGRAPH_SYNC_SITE_AT_ONCE", default_value_t = 4, value_name = "COUNT")]
    pub site_at_once: usize,
    /// Ask this address in place of every provider, over plain HTTP and by the provider's host name: to try an installation
    /// against a server that plays them
    #[arg(long, env = "JOBGRAPH_STAND_IN", value_name = "ADDRESS")]
    pub stand_in: Option<SocketAddr>,
    /// Where raw answers are archived: a folder, or `s3://BUCKET/PREFIX` with AWS_* from the environment
    #[arg(long, env = "JOBGRAPH_ARCHIVE", default_value = ARCHIVE_DEFAULT, value_name = "URL|DIR")]
    pub archive: String,
    /// Once a day, delete raw answers older than so many days that nothing needs, as `jobgraph archive prune` does [default:
    /// keep all]
    #[arg(long, env = "JOBGRAPH_KEEP_RAW_DAYS", value_name = "DAYS")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=36_500))]
    pub keep_raw_days: Option<u32>,
    /// The latest complete answers of each board that are kept whatever their age
    #[arg(long, env = "JOBGRAPH_KEEP_RAW_ANSWERS", default_value_t = 1, value_name = "COUNT")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub keep_raw_answers: u32,
}

impl Syncing {
    /// What is kept of the archive; nothing if all is.
    pub fn retention(&self) -> Option<Retention> {
        Some(Retention { days: self.keep_raw_days?, answers: self.keep_raw_answers })
    }

    pub fn fetch(&self) -> FetchLimits {
        FetchLimits { site_rate: self.site_rate, site_at_once: self.site_at_once, ..FetchLimits::default() }
    }

    pub fn settings(&self) -> sync::Settings {
        sync::Settings {
            at_once: self.boards_at_once.max(1),
            poll_interval: Duration::from_secs(CRAWL_POLL_S),
            timeout: Duration::from_secs(CRAWL_TIMEOUT_S),
            lease_ms: CRAWL_LEASE_MS,
        }
    }
}
