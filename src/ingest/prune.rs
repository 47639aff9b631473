//! The archive made smaller: answers that are old and that nothing needs any more are forgotten, then deleted.
//!
//! Needed, whatever their age, are those that open postings were last seen in and have their content from, so that newer
//! rules can read them again, what the next crawl of a board compares with, and the latest complete answers of each
//! board. Events keep what they say without them. A row goes before its file: where a run is cut off, a few files stay that
//! nobody looks for, but no answer is taken for archived that is not.

use std::collections::{HashMap, HashSet};

use data_encoding::HEXLOWER_PERMISSIVE;
use futures_util::{StreamExt, stream};
use thiserror::Error;
use tokio_util::sync::CancellationToken;

use super::archive::{Archive, ArchiveError};
use crate::config::{PRUNE_BATCH, PRUNE_FILES_AT_ONCE};
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::raw::Raw;

const DAY_MS: i64 = 86_400_000;

/// What is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Everything that came in so many days.
    pub days: u32,
    /// The latest complete answers of each board, so many.
    pub answers: u32,
}

/// What a run came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    pub kept: u64,
    pub deleted: u64,
    /// Of those deleted, as they were received; the archive holds them compressed.
    pub bytes: u64,
}

#[derive(Debug, Error)]
pub enum PruneError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(
        "archive: {0}\nhint: the database has forgotten this answer and up to {PRUNE_BATCH} others; their files may be deleted by hand"
    )]
    Archive(#[from] ArchiveError),
    #[error("archive: {0}\nhint: nothing was forgotten; run it again when the archive answers")]
    Unread(#[source] ArchiveError),
    #[error(
        "the archive has none of {0} answers that it should have, so nothing is forgotten\nhint: name the archive that \
         \"sync\", \"serve --sync\" and \"ingest\" write to, by --archive or JOBGRAPH_ARCHIVE"
    )]
    Elsewhere(usize),
}

/// Makes an archive smaller.
pub struct Pruner<'a> {
    pub store: &'a Store,
    pub archive: &'a Archive,
    pub retention: Retention,
    /// UTC milliseconds since 1970.
    pub now: i64,
}

impl Pruner<'_> {
    /// Goes through all answers until it is told to stop; what is done is done. With `is_dry` it only counts. `tell` hears
    /// how far it is.
    pub async fn run(
        &self,
        is_dry: bool,
        stop: &CancellationToken,
        mut tell: impl FnMut(&Pruned),
    ) -> Result<Pruned, PruneError> {
        let cutoff = self.now.saturating_sub(i64::from(self.retention.days) * DAY_MS);
        let mut pruned = Pruned::default();
        let Some(needed) = self.needed(stop).await? else {
            return Ok(pruned);
        };
        let (mut after, mut is_known) = (String::new(), false);
        while !stop.is_cancelled() {
            let page = self.store.reader().raw_page(&after, cutoff, PRUNE_BATCH).await?;
            let Some(last) = page.last() else {
                break;
            };
            after.clone_from(&last.sha256);
            let count = page.len() as u64;
            let goes = |it: &Raw| it.is_old && !hash(&it.sha256).is_none_or(|it| needed.contains(&it));
            if !is_known && page.iter().any(goes) {
                self.recognize(&page).await?;
                is_known = true;
            }
            let gone = page.into_iter().filter(goes);
            let mut gone: HashMap<String, (String, i64)> =
                gone.map(|it| (it.sha256, (it.archive_key, it.bytes))).collect();
            if !is_dry && !gone.is_empty() {
                gone = self.forget(gone, cutoff).await?;
                self.delete(gone.values().map(|(key, _)| key.as_str())).await?;
            }
            pruned.deleted += gone.len() as u64;
            pruned.kept += count - gone.len() as u64;
            pruned.bytes += gone.values().map(|(_, bytes)| bytes.unsigned_abs()).sum::<u64>();
            tell(&pruned);
        }
        Ok(pruned)
    }

    /// Fails if the archive has none of these: then they are in another.
    async fn recognize(&self, answers: &[Raw]) -> Result<(), PruneError> {
        for answer in answers {
            if self.archive.holds(&answer.archive_key).await.map_err(PruneError::Unread)? {
                return Ok(());
            }
        }
        Err(PruneError::Elsewhere(answers.len()))
    }

    /// The hashes of what must stay; nothing if it was told to stop.
    async fn needed(&self, stop: &CancellationToken) -> Result<Option<HashSet<[u8; 32]>>, StoreError> {
        let mut needed = HashSet::new();
        for source in self.store.sources().await? {
            if stop.is_cancelled() {
                return Ok(None);
            }
            let of_board = self.store.reader().needed_raw(&source.source_id, i64::from(self.retention.answers)).await?;
            needed.extend(of_board.iter().filter_map(|it| hash(it)));
        }
        Ok(Some(needed))
    }

    /// Those that the database has forgotten.
    async fn forget(
        &self,
        mut gone: HashMap<String, (String, i64)>,
        cutoff: i64,
    ) -> Result<HashMap<String, (String, i64)>, StoreError> {
        let hashes: Vec<String> = gone.keys().cloned().collect();
        let forgotten: HashSet<String> = self.store.forget_raw(&hashes, cutoff).await?.into_iter().collect();
        gone.retain(|sha256, _| forgotten.contains(sha256));
        Ok(gone)
    }

    async fn delete(&self, keys: impl Iterator<Item = &str>) -> Result<(), ArchiveError> {
        let deleting = stream::iter(keys.map(|key| self.archive.delete(key)).collect::<Vec<_>>());
        let ended: Vec<Result<(), ArchiveError>> = deleting.buffer_unordered(PRUNE_FILES_AT_ONCE).collect().await;
        // One that somebody has deleted already is gone, as it should be.
        ended.into_iter().filter(|it| !it.as_ref().is_err_and(ArchiveError::is_missing)).collect()
    }
}

/// The bytes of a hash; a text that is none names no answer that could be deleted.
fn hash(text: &str) -> Option<[u8; 32]> {
    HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()?.try_into().ok()
}
