//! What a posting is called, where it stands in its life, and when what was seen of it.

use async_graphql::{Context, ID, Object, SimpleObject};
use serde::{Deserialize, Serialize};

use super::Column;
use crate::graphql::error::Failure;
use crate::graphql::node::Kind;
use crate::graphql::request::{Found, Loaded, Request, Slot};
use crate::graphql::scalar::{Date, DateTime, Hash, Url, Uuid};
use crate::graphql::value::{closed, day, json, provider_label, time, time_or_null, url, uuid};
use crate::graphql::vocabulary::{ClosedReason, JobStatus};
use crate::store::job::Jobs;

/// Crawl intervals after which a posting that was not checked counts as stale.
pub(super) const STALE_INTERVALS: i64 = 2;

pub(super) struct JobRecord(pub(super) Found);

#[Object]
impl JobRecord {
    /// Names the posting among everything in this graph. Opaque.
    pub async fn id(&self) -> ID {
        Kind::Job.id(self.0.record.text(Column::JobId))
    }

    /// Names the posting on any installation: the SHA-1 of `provider|board token|providerJobKey` as 40 hexadecimal digits.
    async fn job_id(&self) -> &str {
        self.0.record.text(Column::JobId)
    }

    /// The employer's id.
    async fn org_id(&self) -> Uuid {
        uuid(&self.0.record, Column::OrgId)
    }

    /// The board's id.
    async fn source_id(&self) -> Uuid {
        uuid(&self.0.record, Column::SourceId)
    }

    /// The board's id again, under its other name.
    async fn board_id(&self) -> Uuid {
        uuid(&self.0.record, Column::SourceId)
    }

    /// The applicant tracking system, such as `greenhouse`. An open set: the root field `sources` shows those in use.
    async fn provider(&self) -> &str {
        self.0.record.text(Column::Provider)
    }

    /// The applicant tracking system's name for display, such as `Greenhouse`.
    async fn provider_label(&self) -> String {
        provider_label(self.0.record.text(Column::Provider))
    }

    /// The provider's own id of the posting, its case kept.
    async fn provider_job_key(&self) -> &str {
        self.0.record.text(Column::ProviderJobKey)
    }

    /// The employer's number of the job. Several postings may share one.
    async fn requisition_id(&self) -> Option<&str> {
        self.0.record.optional_text(Column::RequisitionId)
    }

    /// The provider's id of the job behind the posting.
    async fn internal_job_key(&self) -> Option<&str> {
        self.0.record.optional_text(Column::InternalJobKey)
    }

    /// The title as posted.
    async fn title(&self) -> &str {
        self.0.record.text(Column::Title)
    }

    /// The title without what is about this one posting: places, shifts, numbers, genders, terms of employment, pay. What
    /// stays is in the employer's words.
    async fn normalized_title(&self) -> Option<&str> {
        self.0.record.optional_text(Column::NormalizedTitle)
    }

    /// Whether the posting is on its board.
    async fn status(&self) -> Result<JobStatus, Failure> {
        closed(&self.0.record, Column::Status)?.ok_or(Failure::Broken("a job without a status"))
    }

    /// Whether `status` is `ACTIVE`.
    async fn active(&self) -> bool {
        self.0.record.text(Column::Status) == "ACTIVE"
    }

    /// Why the posting was closed; null while it is active.
    async fn closed_reason(&self) -> Result<Option<ClosedReason>, Failure> {
        closed(&self.0.record, Column::ClosedReason)
    }

    /// How the closing is known; null while the posting is active.
    async fn closure_evidence(&self) -> Result<Option<ClosureEvidence>, Failure> {
        json(&self.0.record, Column::ClosureEvidence)
    }

    /// How often the posting has been open: 1, and 1 more for each reopening. Not how many people are sought.
    async fn openings(&self) -> i64 {
        self.0.record.number(Column::Openings)
    }

    /// The posting's page on its board, without tracking.
    async fn source_url(&self) -> Option<Url> {
        url(&self.0.record, Column::SourceUrl)
    }

    /// Where to apply, without tracking.
    async fn apply_url(&self) -> Option<Url> {
        url(&self.0.record, Column::ApplyUrl)
    }

    /// When the provider posted it, or else when it was first seen: what lists are ordered by.
    async fn posted_at(&self) -> DateTime {
        time(&self.0.record, Column::PostedAt)
    }

    /// The day of `postedAt` in UTC, for grouping.
    async fn posted_on(&self) -> Date {
        day(&self.0.record, Column::PostedAt)
    }

    /// When a crawl first saw it. Never changes, not on reopening either.
    async fn first_seen_at(&self) -> DateTime {
        time(&self.0.record, Column::FirstSeenAt)
    }

    /// When a crawl last saw it.
    /// Under `asOf` it is that of now for a state that still stands, else that of the state's beginning.
    async fn last_seen_at(&self) -> DateTime {
        time(&self.0.record, Column::LastSeenAt)
    }

    /// When a crawl last proved it present or absent.
    /// Under `asOf` it is that of now for a state that still stands, else that of the state's beginning.
    async fn last_checked_at(&self) -> DateTime {
        time(&self.0.record, Column::LastCheckedAt)
    }

    /// When the posting itself last changed: the time of its latest event with cause `SOURCE`.
    async fn last_changed_at(&self) -> DateTime {
        time(&self.0.record, Column::LastChangedAt)
    }

    /// When its closing was observed; null while it is active.
    async fn inactive_at(&self) -> Option<DateTime> {
        time_or_null(&self.0.record, Column::InactiveAt)
    }

    /// When the provider says it was posted.
    async fn source_posted_at(&self) -> Option<DateTime> {
        time_or_null(&self.0.record, Column::SourcePostedAt)
    }

    /// When the provider says it was last updated. Providers move this without any visible change.
    /// Under `asOf` it is that of now for a state that still stands, else that of the state's beginning.
    async fn source_updated_at(&self) -> Option<DateTime> {
        time_or_null(&self.0.record, Column::SourceUpdatedAt)
    }

    /// Until when one can apply. A deadline given as a day ends with that day, in UTC.
    async fn application_deadline(&self) -> Option<DateTime> {
        time_or_null(&self.0.record, Column::ApplicationDeadline)
    }

    /// The hash of what the provider states of the posting, times and parsed values left out.
    async fn content_hash(&self) -> Hash {
        Hash(self.0.record.text(Column::ContentHash).to_owned())
    }

    /// The hash of the provider's posting, volatile keys left out.
    async fn source_hash(&self) -> Hash {
        Hash(self.0.record.text(Column::SourceHash).to_owned())
    }

    /// The hash of all normalized values.
    async fn normalized_hash(&self) -> Hash {
        Hash(self.0.record.text(Column::NormalizedHash).to_owned())
    }

    /// The version of the rules by which the posting was read.
    async fn normalizer_version(&self) -> i64 {
        self.0.record.number(Column::NormalizerVersion)
    }

    /// How many complete crawls in a row have missed it; 0 when it was seen last.
    /// Under `asOf` it is that of now for a state that still stands, else that of the state's beginning.
    async fn missed_crawls(&self) -> i64 {
        self.0.record.number(Column::MissedCrawls)
    }

    /// How fresh this answer is.
    async fn staleness(&self, ctx: &Context<'_>) -> Result<Staleness, Failure> {
        let request = Request::of(ctx)?;
        let Loaded::Row(source) = request.follow::<Jobs>(&self.0, self.0.field::<Jobs>(ctx)?, Slot::Field).await?
        else {
            return Err(Failure::Broken("a job without a source"));
        };
        let expected_interval = source.number(entity::source::Column::CrawlIntervalS);
        let seconds = (request.clock.read() - self.0.record.number(Column::LastCheckedAt)).max(0) / 1_000;
        let is_stale = seconds > expected_interval.saturating_mul(STALE_INTERVALS);
        Ok(Staleness { seconds_since_checked: seconds, expected_interval, is_stale })
    }
}

/// How a closing is known. The posting left its board after `lastSeenAt` and no later than `firstMissedAt`.
#[derive(SimpleObject, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClosureEvidence {
    /// The last crawl that saw it.
    last_seen_at: DateTime,
    /// The first complete crawl that missed it.
    first_missed_at: DateTime,
    /// The crawl that made the closing certain.
    confirmed_at: DateTime,
    /// How many complete crawls in a row missed it.
    complete_crawls_missed: i64,
    /// The ids of those crawls that are known, oldest first.
    crawls: Vec<Uuid>,
}

/// How fresh what is known of a posting is.
#[derive(SimpleObject, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Staleness {
    /// Seconds since a crawl last proved the posting present or absent.
    seconds_since_checked: i64,
    /// Seconds between two crawls of its board at most.
    expected_interval: i64,
    /// Whether more than two intervals have passed.
    is_stale: bool,
}
