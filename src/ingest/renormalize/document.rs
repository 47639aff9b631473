//! One archived answer: where it is, which crawl got it, and the postings that the present adapter finds in it.

use std::collections::HashMap;

use entity::{raw_payload, source};
use thiserror::Error;

use super::Renormalizer;
use crate::aside::aside;
use crate::ingest::answers::Answers;
use crate::ingest::archive::ArchiveError;
use crate::ingest::posting::Posting;
use crate::ingest::provider::{self, Unreadable};
use crate::store::error::StoreError;

/// An answer of a board.
#[derive(Clone, Debug)]
pub(super) struct Document {
    pub(super) source_id: String,
    pub(super) crawl_id: String,
    pub(super) raw: raw_payload::Model,
}

/// Why postings cannot be read again.
#[derive(Debug, Error)]
pub(super) enum Lost {
    #[error("its answer was not archived")]
    NotArchived,
    #[error("archive: {0}")]
    Archive(ArchiveError),
    #[error("\"{key}\" cannot be read any more: {why}")]
    Unreadable { key: String, why: Unreadable },
    #[error("provider \"{0}\" is not known")]
    UnknownProvider(String),
    #[error("\"{key}\" does not hold the posting \"{posting}\" any more")]
    NotInAnswer { key: String, posting: String },
}

impl Document {
    /// Reads an answer of a board, and its postings by their keys.
    pub(super) async fn read(
        with: &Renormalizer<'_>,
        source: &source::Model,
        sha256: &str,
    ) -> Result<Result<(Self, HashMap<String, Posting>), Lost>, StoreError> {
        let Some(provider) = provider::find(&source.provider) else {
            return Ok(Err(Lost::UnknownProvider(source.provider.clone())));
        };
        let reader = with.store.reader();
        let (raw, crawl_id) =
            match (reader.raw_payload(sha256).await?, reader.crawl_of(&source.source_id, sha256).await?) {
                (Some(raw), Some(crawl_id)) => (raw, crawl_id),
                _ => return Ok(Err(Lost::NotArchived)),
            };
        let bytes = match with.archive.get(&raw.archive_key, u64::try_from(raw.bytes).unwrap_or_default()).await {
            Ok(bytes) => bytes,
            Err(error) => return Ok(Err(Lost::Archive(error))),
        };
        let board = source.board_token.clone();
        let read = aside(move || provider.board(&board, &Answers::of(&bytes))).await;
        Ok(match read {
            Ok(board) => {
                let postings = board.postings.into_iter().map(|it| (it.key.clone(), it)).collect();
                Ok((Self { source_id: source.source_id.clone(), crawl_id, raw }, postings))
            }
            Err(why) => Err(Lost::Unreadable { key: raw.archive_key, why }),
        })
    }

    /// Why a posting that was seen in it cannot be read.
    pub(super) fn lacks(&self, posting: &str) -> Lost {
        Lost::NotInAnswer { key: self.raw.archive_key.clone(), posting: posting.to_owned() }
    }
}
