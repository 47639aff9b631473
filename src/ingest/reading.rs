//! An answer as far as it can be read without a transaction: its postings, and what those mean that are new.

use std::borrow::Cow;
use std::collections::HashMap;

use entity::raw_payload;

use super::answers::Answers;
use super::identity;
use super::normalize::{Normalized, normalize};
use super::posting::{Board, Posting};
use super::provider::{self, Provider};
use super::verdict::Fetched;
use super::{Arrived, Body, IngestError, lenient};
use crate::store::apply::Brief;
use crate::vocabulary::JobStatus;

/// An answer that was read.
pub(super) struct Reading {
    pub(super) provider: &'static Provider,
    pub(super) board: String,
    pub(super) started_at: i64,
    pub(super) finished_at: i64,
    pub(super) http_status: Option<u16>,
    pub(super) raw: Option<raw_payload::Model>,
    read: Read,
    /// What postings mean, by their place on the board, as far as it was found out ahead.
    meant: Vec<Option<Normalized>>,
}

enum Read {
    Board(Board),
    Unreadable(String),
    Failed(String),
    NotFound,
    Retired,
}

impl Reading {
    pub(super) fn read(arrived: &Arrived) -> Result<Self, IngestError> {
        let provider =
            provider::find(&arrived.provider).ok_or_else(|| IngestError::UnknownProvider(arrived.provider.clone()))?;
        if !provider.names(&arrived.board) {
            return Err(IngestError::NoBoardName(arrived.board.clone()));
        }
        let read = match &arrived.body {
            Body::Read(bytes) => match provider.board(&arrived.board, &Answers::of(bytes)) {
                Ok(board) => Read::Board(board),
                Err(error) => Read::Unreadable(lenient::without_nul(&error.to_string())),
            },
            Body::Failed(message) => Read::Failed(lenient::without_nul(message)),
            Body::NotFound => Read::NotFound,
            Body::Retired => Read::Retired,
        };
        Ok(Self {
            provider,
            board: arrived.board.clone(),
            started_at: arrived.started_at,
            finished_at: arrived.finished_at,
            http_status: arrived.http_status,
            raw: None,
            read,
            meant: Vec::new(),
        })
    }

    pub(super) fn fetched(&self) -> Fetched<'_> {
        match &self.read {
            Read::Board(board) => Fetched::Board(board),
            Read::Unreadable(message) => Fetched::Unreadable(message.clone()),
            Read::Failed(message) => Fetched::Failed { http_status: self.http_status, message: message.clone() },
            Read::NotFound => Fetched::NotFound { http_status: self.http_status.unwrap_or(404) },
            Read::Retired => Fetched::Retired,
        }
    }

    pub(super) fn postings(&self) -> &[Posting] {
        match &self.read {
            Read::Board(board) => &board.postings,
            _ => &[],
        }
    }

    /// The board as it was first met is most often named so.
    pub(super) fn likely_source_id(&self) -> String {
        identity::source_id(self.provider.name, &self.board)
    }

    /// Finds out what those postings mean that differ from `stored`. It may be out of date: what it leaves out is found
    /// out later, what it has too much is not used.
    pub(super) fn normalize_ahead(&mut self, stored: &HashMap<String, Brief>) {
        let is_same = |posting: &Posting| stored.get(&posting.key).is_some_and(|brief| is_same(brief, posting));
        let meant = self.postings().iter().map(|it| if is_same(it) { None } else { Some(normalize(it)) });
        self.meant = meant.collect();
    }

    /// What the posting at `place` on the board means.
    pub(super) fn normalized(&self, place: usize) -> Cow<'_, Normalized> {
        match self.meant.get(place) {
            Some(Some(ahead)) => Cow::Borrowed(ahead),
            _ => Cow::Owned(self.postings().get(place).map(normalize).unwrap_or_default()),
        }
    }
}

/// Whether a posting is active as it is stored, byte by byte, or nothing of it can be compared.
pub(super) fn is_same(brief: &Brief, posting: &Posting) -> bool {
    brief.status == JobStatus::Active && (posting.is_partial || brief.source_hash == posting.source_hash)
}
