//! A posting that is stored for the first time, as far as it can be made ready before its transaction.

use std::collections::BTreeSet;

use super::content::content_now;
use super::normalize::Normalized;
use super::posting::Posting;
use super::revision::Revision;
use super::rows::{Standing, rows};
use crate::store::apply::JobRows;
use crate::store::content::SearchText;
use crate::store::dialect::Dialect;
use crate::vocabulary::JobStatus;

/// Whose posting it is, and where and when it is first seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin<'a> {
    pub(super) provider: &'a str,
    /// What its employer is called, as far as the answer tells.
    pub(super) org_name: &'a str,
    pub(super) seen_at: i64,
    pub(super) raw_sha256: &'a str,
    pub(super) dialect: Dialect,
}

#[derive(Clone, Debug)]
pub(super) struct Newcomer {
    /// Its ids, the number of its content and the time of its inference are not known yet.
    pub(super) rows: JobRows,
    pub(super) words: SearchText,
    /// What its event says of it, as JSON.
    pub(super) snapshot: String,
    pub(super) warnings: Vec<String>,
}

impl Newcomer {
    pub(super) fn new(posting: &Posting, normalized: &Normalized, origin: Origin<'_>) -> Self {
        let revision = Revision::of(posting, normalized).active();
        let standing = Standing {
            job_id: String::new(),
            org_id: String::new(),
            source_id: String::new(),
            provider: origin.provider.to_owned(),
            status: JobStatus::Active,
            openings: 1,
            first_seen_at: origin.seen_at,
            last_seen_at: origin.seen_at,
            last_changed_at: origin.seen_at,
            job_seq: 1,
            content_hash: content_now(posting, normalized, &BTreeSet::new()).whole,
            normalized_hash: revision.normalized_hash(),
            raw_sha256: origin.raw_sha256.to_owned(),
            inferred_at: 0,
        };
        let rows = rows(posting, normalized, standing);
        Self {
            words: rows.search_text(origin.org_name, origin.dialect),
            rows,
            snapshot: revision.to_json().to_string(),
            warnings: normalized.warnings.clone(),
        }
    }
}
