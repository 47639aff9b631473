//! Every setting with its flag, environment name and default, and every limit with its unit.

mod access;
mod crawl;
mod prune;
mod renormalize;
mod serve;

pub use self::prune::{PRUNE_BATCH, PRUNE_EVERY, PRUNE_FILES_AT_ONCE, Prune};
pub use self::renormalize::Renormalize;
pub use self::serve::{DocumentsMode, Serve};

pub use self::access::{
    API_KEY_USE_MS, API_KEYS_KEPT, API_KEYS_KEPT_MAX, API_KEYS_MAX, Access, EVENTS_A_POINT, RATE_CALLERS_MAX,
    REVOKED_KEPT_MS, Switch, scope,
};

pub use self::crawl::{
    AddSources, BOARDS_ADDED_MAX, CRAWL_BACKOFF_S, CRAWL_INTERVAL_MAX_S, CRAWL_INTERVAL_MIN_S, CRAWL_JITTER_PERCENT,
    CRAWL_LEASE_MS, CRAWL_POLL_S, CRAWL_TIMEOUT_S, CRAWL_TURN_TIMEOUT_S, DETAILS_KEPT_S, ROBOTS_DELAY_MAX_S,
    ROBOTS_KEPT_S, ROBOTS_SITES_MAX, Syncing,
};

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::export::{Format, Formulas};
use crate::generate;
use crate::store::StoreSettings;
use crate::webhook;

/// Rows of a page when neither `first` nor `last` is given.
pub const PAGE_SIZE_DEFAULT: i32 = 20;
/// Rows of a page at most.
pub const PAGE_SIZE_MAX: i32 = 100;
/// Values that statistics are answered of when none are named.
pub const STATS_TOP_DEFAULT: u64 = 10;
/// Days of statistics when no range is given, today included.
pub const STATS_DAYS_DEFAULT: u64 = 30;
/// Ids that `nodes` takes at most.
pub const IDS_MAX: usize = 100;

/// Rows that `totalCount` counts where the writer keeps no count.
pub const TOTAL_COUNT_MAX: i64 = 100_000;
/// Rows that one facet counts where the writer keeps no count.
pub const FACET_ROWS_MAX: i64 = 1_000_000;
/// Buckets of a facet.
pub const FACET_BUCKETS_MAX: i32 = 100;
/// Documents of a manifest, and the bytes of its file, at most.
pub const DOCUMENTS_MAX: usize = 10_000;
pub const MANIFEST_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Bytes of documents that clients have sent to be named by their hash from then on, at most.
pub const LEARNED_BYTES_MAX: u64 = 8 * 1024 * 1024;
/// How long no event is written before a load that left indexes out is taken to have ended.
pub const LOAD_QUIET: Duration = Duration::from_secs(30);
/// Event streams that are reserved and not open yet, at most: of all callers, and of one whose points are counted.
pub const RESERVATIONS_MAX: usize = 200;
pub const RESERVATIONS_A_CALLER_MAX: usize = 10;
/// Webhooks at most.
pub const WEBHOOKS_MAX: u64 = 50;
/// Attempts that are kept of each webhook, the latest.
pub const WEBHOOK_DELIVERIES_MAX: i64 = 1_000;

/// The database when none is named.
pub const DATABASE_URL_DEFAULT: &str = "sqlite://jobgraph.db";
/// The database of the demo when none is named, so that it never mixes with real boards.
pub const DATABASE_URL_DEMO: &str = "sqlite://jobgraph-demo.db";
/// Where raw answers are archived when nothing else is said; every key begins with `raw/`.
pub const ARCHIVE_DEFAULT: &str = ".";

/// What the spans of traces are told apart by from lines of the log, which never show them.
pub const SPANS: &str = "otlp";

/// Every environment variable of the program starts so, but for `DATABASE_URL`.
pub const ENVIRONMENT_PREFIX: &str = "JOBGRAPH_";

/// Settings of every command.
#[derive(Args, Clone, Debug)]
pub struct Common {
    /// The database: `sqlite://FILE` or `postgres://USER:PASSWORD@HOST/NAME` [default: sqlite://jobgraph.db]
    #[arg(long, global = true, env = "DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// How much is logged, such as `info` or `jobgraph=debug,warn`
    #[arg(long, global = true, env = "JOBGRAPH_LOG", default_value = "jobgraph=info,warn", value_name = "FILTER")]
    pub log: String,
    /// How log lines are written to standard error
    #[arg(long, global = true, env = "JOBGRAPH_LOG_FORMAT", default_value = "text", value_name = "FORMAT")]
    pub log_format: LogFormat,
    /// Send traces of requests to this collector of OpenTelemetry, by OTLP over HTTP: `http://127.0.0.1:4318`
    #[cfg(feature = "otlp")]
    #[arg(long, global = true, env = "JOBGRAPH_OTLP_ENDPOINT", value_name = "URL")]
    pub otlp_endpoint: Option<String>,
    /// Connections to the database for reading, at most
    #[arg(long, global = true, env = "JOBGRAPH_READERS_MAX", default_value_t = 8, value_name = "COUNT")]
    pub readers_max: u32,
    /// Seconds that a statement of a reader may take
    #[arg(long, global = true, env = "JOBGRAPH_STATEMENT_TIMEOUT_S", default_value_t = 5, value_name = "SECONDS")]
    pub statement_timeout_s: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

impl Common {
    /// Where the database is opened when `default` stands for none being named.
    pub fn store(&self, default: &str) -> StoreSettings {
        StoreSettings {
            database_url: self.database_url.clone().unwrap_or_else(|| default.to_owned()),
            readers_max: self.readers_max.max(1),
            statement_timeout: Duration::from_secs(self.statement_timeout_s),
            acquire_timeout: Duration::from_secs(5),
        }
    }
}

/// Settings of whatever sends to webhooks.
#[derive(Args, Clone, Copy, Debug)]
pub struct Webhooks {
    /// Allow webhooks at private and local addresses, and over plain HTTP
    #[arg(long, env = "JOBGRAPH_WEBHOOKS_ALLOW_PRIVATE")]
    pub webhooks_allow_private: bool,
}

impl Webhooks {
    pub fn settings(self) -> webhook::Settings {
        webhook::Settings { allow_private: self.webhooks_allow_private, ..webhook::Settings::default() }
    }
}

/// What `webhooks add` takes.
#[derive(Args, Clone, Debug)]
pub struct AddWebhook {
    /// Where events are sent: an address with https
    pub url: String,
    /// Only events of this type, such as `JOB_CLOSED`; may be repeated
    #[arg(long = "type", value_name = "TYPE")]
    pub types: Vec<String>,
    /// Only events of this applicant tracking system, such as `greenhouse`; may be repeated
    #[arg(long = "provider", value_name = "NAME")]
    pub providers: Vec<String>,
    /// Only events of this employer, by its id or slug; may be repeated
    #[arg(long = "org", value_name = "ID|SLUG")]
    pub orgs: Vec<String>,
    /// Only events of this board, by its id or as `PROVIDER/BOARD`; may be repeated
    #[arg(long = "source", value_name = "ID|PROVIDER/BOARD")]
    pub sources: Vec<String>,
    /// Begin after this position in the log [default: its end, so that only what comes is sent]
    #[arg(long, value_name = "SEQ", conflicts_with = "from_start")]
    pub after: Option<i64>,
    /// Begin with the first event
    #[arg(long)]
    pub from_start: bool,
    /// Read the secret from this file; or it is in JOBGRAPH_WEBHOOK_SECRET; or one is made and shown once
    #[arg(long, value_name = "FILE")]
    pub secret_file: Option<PathBuf>,
    // Meant for the variable: what stands on a command line, others can read.
    #[arg(long, env = "JOBGRAPH_WEBHOOK_SECRET", hide = true, hide_env_values = true)]
    pub secret: Option<String>,
    #[command(flatten)]
    pub webhooks: Webhooks,
}

/// Settings of `ingest`.
#[derive(Args, Clone, Debug)]
pub struct Ingest {
    /// The applicant tracking system, such as `greenhouse`
    #[arg(required_unless_present = "bundle", requires = "board")]
    pub provider: Option<String>,
    /// The board's name in the provider's addresses; of Workday, three of them as `tenant:wd5:Site`
    #[arg(conflicts_with = "bundle")]
    pub board: Option<String>,
    /// Read saved answers instead of asking the provider: a file, or a folder that is a history
    #[arg(long, value_name = "FILE|DIR", requires = "provider")]
    pub from: Option<PathBuf>,
    /// When the answer in `--from` was fetched, in RFC 3339, if its name does not tell
    #[arg(long, value_name = "TIME", requires = "from")]
    pub at: Option<String>,
    /// Apply only the runs of this ledger (CSV), failed ones included, to the folder in `--from`
    #[arg(long, value_name = "FILE", requires = "from")]
    pub ledger: Option<PathBuf>,
    /// Read many boards from one file, a JSON line each: `{provider, board, fetched_at, body}`
    #[arg(long, value_name = "FILE", conflicts_with = "from")]
    pub bundle: Option<PathBuf>,
    /// When postings close: by the rules of each board, or at the first complete answer without them
    #[arg(long, value_enum, default_value = "default")]
    pub policy: PolicyName,
    /// Where raw answers are archived: a folder, or `s3://BUCKET/PREFIX` with AWS_* from the environment
    #[arg(long, env = "JOBGRAPH_ARCHIVE", default_value = ARCHIVE_DEFAULT, value_name = "URL|DIR")]
    pub archive: String,
}

/// Settings of `export`.
#[derive(Args, Clone, Debug)]
pub struct Export {
    /// How the file is written
    #[arg(long, value_enum, default_value = "ndjson")]
    pub format: Format,
    /// Only postings that meet this filter, in JSON: a `JobFilter` of the graph, such as `{"status":{"eq":"ACTIVE"}}`
    #[arg(long, value_name = "JSON")]
    pub filter: Option<String>,
    /// As they stood then: a time in RFC 3339, or the number of an event [default: now]
    #[arg(long, value_name = "TIME|SEQ")]
    pub as_of: Option<String>,
    /// What becomes of texts in CSV that a spreadsheet would run as formulas
    #[arg(long, value_enum, default_value_t)]
    pub formulas: Formulas,
    /// The file; `-` is standard output
    #[arg(long, default_value = "-", value_name = "FILE")]
    pub output: PathBuf,
}

/// Settings of `doctor`.
#[derive(Args, Clone, Debug)]
pub struct Doctor {
    /// Where raw answers are archived: a folder, or `s3://BUCKET/PREFIX` with AWS_* from the environment
    #[arg(long, env = "JOBGRAPH_ARCHIVE", default_value = ARCHIVE_DEFAULT, value_name = "URL|DIR")]
    pub archive: String,
    /// Read every page of an SQLite database, which takes long
    #[arg(long)]
    pub deep: bool,
}

/// Settings of `generate`. The same number, seed, time and tables give the same rows on any machine and both databases.
/// A run that does not end, or is ended, leaves a database that cannot be used and must be deleted.
#[derive(Args, Clone, Debug)]
pub struct Generate {
    /// How many postings there will be
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(i64).range(1..=generate::JOBS_MAX))]
    pub jobs: i64,
    /// Another number gives other postings
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    pub seed: u64,
    /// When everything ends, in RFC 3339; it begins 18 months before
    #[arg(long, default_value = "2026-11-20T12:00:00Z", value_name = "TIME")]
    pub now: String,
    /// Draw titles, places and sizes of employers from the tables of frequencies in this folder: titles.csv.gz,
    /// locations.csv.gz and companies.csv.gz [default: small built-in ones]
    #[arg(long, value_name = "DIR")]
    pub tables: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PolicyName {
    Default,
    Immediate,
}
