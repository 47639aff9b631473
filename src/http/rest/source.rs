//! A board as the original has it.

use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

/// What the graph is asked for each board.
pub(super) const FIELDS: &str = "sourceId provider boardToken boardUrl org { orgId } name status health crawlInterval \
    lastCrawledAt lastSuccessAt lastCompleteAt nextCrawlAfter consecutiveFailures lastError activeJobCount jobCount \
    firstSeenAt";

/// One board.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all(deserialize = "camelCase"))]
pub(super) struct Source {
    /// The board's id.
    #[schema(format = Uuid)]
    source_id: String,
    /// The same as `source_id`: a source is a board.
    #[serde(default)]
    #[schema(format = Uuid)]
    board_id: String,
    /// The employer's id.
    #[serde(alias = "org", deserialize_with = "org_id")]
    #[schema(format = Uuid)]
    org_id: String,
    /// The applicant tracking system, such as `greenhouse`.
    provider: String,
    /// The board's name in the provider's addresses.
    board_token: String,
    /// The board's page.
    board_url: Option<String>,
    /// The board's name.
    #[serde(alias = "name")]
    display_name: String,
    /// `active`, `paused` or `retired`.
    #[serde(deserialize_with = "super::job::word")]
    status: Option<String>,
    /// `ok`, `degraded`, `failing`, `unreachable` or `suspect`.
    #[serde(deserialize_with = "super::job::word")]
    health: Option<String>,
    /// Seconds from one crawl to the next.
    #[serde(alias = "crawlInterval")]
    #[schema(minimum = 0)]
    crawl_interval_seconds: u64,
    /// When it was last crawled, in UTC.
    #[schema(format = DateTime)]
    last_crawled_at: Option<String>,
    /// When it last answered, in UTC.
    #[schema(format = DateTime)]
    last_success_at: Option<String>,
    /// When it was last read to its end, in UTC.
    #[schema(format = DateTime)]
    last_complete_at: Option<String>,
    /// When it is due again, in UTC; null if it is not crawled by itself.
    #[schema(format = DateTime)]
    next_crawl_after: Option<String>,
    /// How many crawls have failed since one succeeded.
    #[schema(minimum = 0)]
    consecutive_failures: u64,
    /// Why the last crawl failed; null if it did not.
    last_error: Option<String>,
    /// How many of its postings are active.
    #[schema(minimum = 0)]
    active_job_count: u64,
    /// How many postings of it are known, closed ones included.
    #[schema(minimum = 0)]
    job_count: u64,
    /// When it was registered or first read, in UTC.
    #[schema(format = DateTime)]
    first_seen_at: String,
}

impl Source {
    /// The same with what is not asked for twice.
    pub(super) fn complete(self) -> Self {
        Self { board_id: self.source_id.clone(), ..self }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Owner {
    org_id: String,
}

fn org_id<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Ok(Owner::deserialize(from)?.org_id)
}
