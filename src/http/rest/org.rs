//! An employer as the original has it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::page::Counted;

/// What the graph is asked for each employer.
pub(super) const FIELDS: &str = "orgId name slug aliases domains websiteUrl careersUrl activeJobCount jobCount \
    firstSeenAt lastSeenAt sources(first: 1) { totalCount }";

/// One employer.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all(deserialize = "camelCase"))]
pub(super) struct Org {
    /// The employer's id.
    #[schema(format = Uuid)]
    org_id: String,
    /// Its name.
    #[serde(alias = "name")]
    display_name: String,
    /// Its name as it stands in addresses.
    slug: String,
    /// Slugs of employers that were found to be this one.
    aliases: Vec<String>,
    /// Domains that are its own.
    domains: Vec<String>,
    /// Its website.
    website_url: Option<String>,
    /// Its own page of postings.
    careers_url: Option<String>,
    /// How many boards it has.
    #[serde(alias = "sources", deserialize_with = "total")]
    #[schema(minimum = 0)]
    board_count: u64,
    /// How many of its postings are active.
    #[schema(minimum = 0)]
    active_job_count: u64,
    /// How many postings of it are known, closed ones included.
    #[schema(minimum = 0)]
    job_count: u64,
    /// When it was first seen, in UTC.
    #[schema(format = DateTime)]
    first_seen_at: String,
    /// When one of its boards was last seen, in UTC.
    #[schema(format = DateTime)]
    last_seen_at: String,
}

fn total<'de, D: serde::Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    Ok(Counted::deserialize(from)?.total_count)
}
