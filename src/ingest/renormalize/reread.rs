//! One stored posting and what the present rules derive from the bytes that it was last seen in.

use entity::job;

use crate::ingest::content::text;
use crate::ingest::normalize::{NORMALIZER_VERSION, Normalized};
use crate::ingest::posting::Posting;
use crate::ingest::revision::{FieldChange, Revision};
use crate::ingest::rows::{Standing, keep_description, rows, stated};
use crate::store::apply::JobRows;
use crate::vocabulary::JobStatus;

/// How what is derived now differs from what is stored.
pub(super) enum Reread {
    /// In nothing.
    Same,
    /// In how it is known, not in what it says.
    Evidence(Box<JobRows>),
    /// In what it says.
    Changed(Box<JobRows>, Vec<FieldChange>),
}

/// Compares a stored posting with what its answer says by the present rules. `now` is in UTC milliseconds since 1970.
pub(super) fn reread(old: &JobRows, posting: &Posting, normalized: &Normalized, now: i64) -> Reread {
    let (old_posting, old_normalized) = stated(old);
    let after = Revision::of(posting, normalized);
    let texts = (text(&old_normalized), text(normalized));
    let changes = Revision::of(&old_posting, &old_normalized).changes(&after, Some(texts));
    let mut new = anew(old, posting, normalized, after.normalized_hash(), now);
    if !changes.is_empty() {
        new.job.job_seq += 1;
        return Reread::Changed(Box::new(new), changes);
    }
    new.written_by(old.job.content_seq);
    if says_the_same(old, &new) { Reread::Same } else { Reread::Evidence(Box::new(new)) }
}

/// The posting's rows with what is derived now. Its life, and what its provider's bytes are known by, stay.
fn anew(old: &JobRows, posting: &Posting, normalized: &Normalized, normalized_hash: String, now: i64) -> JobRows {
    let kept = old.job.clone();
    let standing = Standing {
        job_id: kept.job_id,
        org_id: kept.org_id,
        source_id: kept.source_id,
        provider: kept.provider,
        status: kept.status.parse().unwrap_or(JobStatus::Active),
        openings: kept.openings,
        first_seen_at: kept.first_seen_at,
        last_seen_at: kept.last_seen_at,
        last_changed_at: kept.last_changed_at,
        job_seq: kept.job_seq,
        content_hash: kept.content_hash,
        normalized_hash,
        raw_sha256: kept.raw_sha256,
        inferred_at: now,
    };
    let mut new = rows(posting, normalized, standing);
    new.job = job::Model {
        closed_reason: kept.closed_reason,
        inactive_at: kept.inactive_at,
        missed_crawls: kept.missed_crawls,
        first_missed_at: kept.first_missed_at,
        closure_evidence: kept.closure_evidence,
        last_checked_at: kept.last_checked_at,
        source_updated_at: kept.source_updated_at,
        ..new.job
    };
    keep_description(&mut new, old.description.as_ref());
    if kept.source_hash != posting.source_hash {
        // An older answer is read, as the latest lacks the details: the provider's own posting is the latest.
        new.job.source_hash = kept.source_hash;
        new.body.native_structured.clone_from(&old.body.native_structured);
    }
    new
}

/// Whether rows of the same content are equal in all that is derived.
fn says_the_same(old: &JobRows, new: &JobRows) -> bool {
    let job = job::Model { normalizer_version: NORMALIZER_VERSION, ..old.job.clone() };
    let inferred_at = old.body.inferred_at;
    job == new.job
        && entity::job_body::Model { inferred_at, ..new.body.clone() } == old.body
        && new.locations == old.locations
        && new.description == old.description
}
