//! An answer as far as it can be read without a transaction: its postings, and what those mean that are new or changed.

use std::borrow::Cow;
use std::collections::BTreeMap;

use entity::raw_payload;

use super::answers::Answers;
use super::board::name_of;
use super::identity;
use super::newcomer::{Newcomer, Origin};
use super::normalize::{Normalized, normalize};
use super::posting::{Board, Posting};
use super::provider::{self, Provider};
use super::verdict::Fetched;
use super::{Arrived, Body, IngestError, lenient};
use crate::store::apply::Brief;
use crate::store::dialect::Dialect;
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
    /// Of the database that it is read for.
    pub(super) dialect: Dialect,
    /// What its employer is called, as far as it tells.
    pub(super) org_name: String,
    /// What was found out ahead of its postings, by their place on the board.
    ahead: Vec<Ahead>,
}

/// What was found out of a posting.
enum Ahead {
    /// It says what is stored.
    Same,
    Changed(Box<Normalized>),
    New(Box<Newcomer>),
}

enum Read {
    Board(Board),
    Unreadable(String),
    Failed(String),
    NotFound,
    Retired,
}

impl Reading {
    pub(super) fn read(arrived: &Arrived, dialect: Dialect) -> Result<Self, IngestError> {
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
        let company_name = if let Read::Board(board) = &read { board.company_name.as_deref() } else { None };
        Ok(Self {
            org_name: name_of(company_name, &arrived.board),
            provider,
            board: arrived.board.clone(),
            started_at: arrived.started_at,
            finished_at: arrived.finished_at,
            http_status: arrived.http_status,
            raw: None,
            read,
            dialect,
            ahead: Vec::new(),
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

    /// By what the board is known again.
    pub(super) fn known_by(&self) -> (String, String) {
        identity::board(self.provider.name, &self.board)
    }

    /// Finds out what those postings mean that differ from `stored`. It may be out of date: what it leaves out is found
    /// out later, what it has too much is not used.
    pub(super) fn look_ahead(&mut self, stored: &BTreeMap<String, Brief>) {
        let ahead = self.postings().iter().map(|posting| match stored.get(&posting.key) {
            Some(brief) if is_same(brief, posting) => Ahead::Same,
            Some(_) => Ahead::Changed(Box::new(normalize(posting))),
            None => Ahead::New(Box::new(self.newcomer_of(posting, &normalize(posting)))),
        });
        self.ahead = ahead.collect();
    }

    /// What the posting at `place` on the board means.
    pub(super) fn normalized(&self, place: usize) -> Cow<'_, Normalized> {
        match self.ahead.get(place) {
            Some(Ahead::Changed(normalized)) => Cow::Borrowed(&**normalized),
            _ => Cow::Owned(self.postings().get(place).map(normalize).unwrap_or_default()),
        }
    }

    /// The posting at `place` on the board, which is stored for the first time.
    pub(super) fn newcomer(&self, place: usize) -> Option<Cow<'_, Newcomer>> {
        if let Some(Ahead::New(newcomer)) = self.ahead.get(place) {
            return Some(Cow::Borrowed(&**newcomer));
        }
        let posting = self.postings().get(place)?;
        Some(Cow::Owned(self.newcomer_of(posting, &self.normalized(place))))
    }

    fn newcomer_of(&self, posting: &Posting, normalized: &Normalized) -> Newcomer {
        let origin = Origin {
            provider: self.provider.name,
            org_name: &self.org_name,
            seen_at: self.finished_at,
            raw_sha256: self.raw_sha256(),
            dialect: self.dialect,
        };
        Newcomer::new(posting, normalized, origin)
    }

    /// The hash of the answer's bytes; `""` where they are not archived.
    pub(super) fn raw_sha256(&self) -> &str {
        self.raw.as_ref().map_or("", |it| it.sha256.as_str())
    }
}

/// Whether a posting is active as it is stored, byte by byte, or nothing of it can be compared.
pub(super) fn is_same(brief: &Brief, posting: &Posting) -> bool {
    brief.status == JobStatus::Active && (posting.is_partial || brief.source_hash == posting.source_hash)
}
