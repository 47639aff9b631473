//! What there is in all, as the original counts it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::page::Counted;

/// What is counted of everything.
#[derive(Serialize, ToSchema)]
pub(super) struct Stats {
    /// How many postings are known, closed ones included.
    #[schema(minimum = 0)]
    job_count: u64,
    /// How many are active.
    #[schema(minimum = 0)]
    active_job_count: u64,
    /// How many employers there are.
    #[schema(minimum = 0)]
    org_count: u64,
    /// How many boards there are.
    #[schema(minimum = 0)]
    source_count: u64,
    /// How many applicant tracking systems there are.
    #[schema(minimum = 0)]
    provider_count: u64,
    /// Postings created in the last 30 days in UTC, today included.
    #[schema(minimum = 0)]
    jobs_created_30d: u64,
    /// Postings closed in these days.
    #[schema(minimum = 0)]
    jobs_closed_30d: u64,
    /// Postings reopened in these days.
    #[schema(minimum = 0)]
    jobs_reopened_30d: u64,
    /// When a board was last crawled, in UTC; null before the first crawl.
    #[schema(format = DateTime)]
    last_crawled_at: Option<String>,
    /// Seconds since then; null before the first crawl.
    #[schema(minimum = 0)]
    crawl_lag_seconds: Option<u64>,
    /// Seconds that lists of postings lie behind the log of events: always 0, as both change in one transaction.
    #[schema(minimum = 0)]
    public_jobs_snapshot_lag_seconds: u64,
}

/// What the graph is asked.
pub(super) const DOCUMENT: &str = "query RestStats { \
    stats(by: ALL) { jobCount activeJobCount created closed reopened \
        freshness { lagSeconds latestCrawlAt sourceCount } } \
    orgs(first: 1) { totalCount } providers(first: 1) { totalCount } }";

/// What the graph answers.
#[derive(Deserialize)]
pub(super) struct Answered {
    stats: Vec<All>,
    orgs: Counted,
    providers: Counted,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct All {
    job_count: u64,
    active_job_count: u64,
    created: u64,
    closed: u64,
    reopened: u64,
    freshness: Option<Freshness>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Freshness {
    lag_seconds: Option<u64>,
    latest_crawl_at: Option<String>,
    source_count: u64,
}

impl From<Answered> for Stats {
    fn from(answered: Answered) -> Self {
        let all = answered.stats.into_iter().next().unwrap_or_default();
        let freshness = all.freshness.unwrap_or_default();
        Self {
            job_count: all.job_count,
            active_job_count: all.active_job_count,
            org_count: answered.orgs.total_count,
            source_count: freshness.source_count,
            provider_count: answered.providers.total_count,
            jobs_created_30d: all.created,
            jobs_closed_30d: all.closed,
            jobs_reopened_30d: all.reopened,
            last_crawled_at: freshness.latest_crawl_at,
            crawl_lag_seconds: freshness.lag_seconds,
            public_jobs_snapshot_lag_seconds: 0,
        }
    }
}
