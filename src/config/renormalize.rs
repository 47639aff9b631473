//! Settings of `renormalize`.

use clap::Args;

use super::ARCHIVE_DEFAULT;

/// Settings of `renormalize`. What differs becomes events with the cause `NORMALIZER`. A run that is ended is gone on with
/// by the next.
#[derive(Args, Clone, Debug)]
pub struct Renormalize {
    /// Tell what would differ, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Read all postings, not only those that an earlier version's rules have derived
    #[arg(long)]
    pub all: bool,
    /// Only this board: an address of it, `PROVIDER/BOARD`, or its id
    #[arg(long, value_name = "BOARD")]
    pub source: Option<String>,
    /// Read so many postings at most
    #[arg(long, value_name = "COUNT")]
    pub limit: Option<usize>,
    /// Examples that are shown of each field
    #[arg(long, default_value_t = 3, value_name = "COUNT")]
    pub examples: usize,
    /// Where raw answers are archived: a folder, or `s3://BUCKET/PREFIX` with AWS_* from the environment
    #[arg(long, env = "JOBGRAPH_ARCHIVE", default_value = ARCHIVE_DEFAULT, value_name = "URL|DIR")]
    pub archive: String,
}
