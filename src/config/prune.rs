//! Settings of what is kept in the archive.

use std::time::Duration;

use clap::Args;

use super::ARCHIVE_DEFAULT;

/// Answers that are looked at, and forgotten in one transaction, at once.
pub const PRUNE_BATCH: i64 = 200;
/// Files that are deleted at once.
pub const PRUNE_FILES_AT_ONCE: usize = 16;
/// The time between two runs of whatever prunes by itself.
pub const PRUNE_EVERY: Duration = Duration::from_secs(86_400);

/// Settings of `archive prune`.
#[derive(Args, Clone, Debug)]
pub struct Prune {
    /// Keep everything that came in so many days
    #[arg(long, env = "JOBGRAPH_KEEP_RAW_DAYS", value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=36_500))]
    pub keep_days: u32,
    /// Keep the latest complete answers of each board, so many, whatever their age
    #[arg(long, env = "JOBGRAPH_KEEP_RAW_ANSWERS", default_value_t = 1, value_name = "COUNT")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub keep_answers: u32,
    /// Tell what would be deleted, and delete nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Where raw answers are archived: a folder, or `s3://BUCKET/PREFIX` with AWS_* from the environment
    #[arg(long, env = "JOBGRAPH_ARCHIVE", default_value = ARCHIVE_DEFAULT, value_name = "URL|DIR")]
    pub archive: String,
}
