//! What is done with an answer before anybody waits for its transaction: it is read, archived, compared with what is stored,
//! and what is new or changed is normalized.
//!
//! The database is asked one question at a time, of as many answers as were read meanwhile: on PostgreSQL each question keeps a
//! process busy that gives way to nobody, and readers wait for it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use entity::raw_payload;

use super::archive::Archive;
use super::reading::Reading;
use super::{Arrived, Body, IngestError, Intake, identity};
use crate::aside::aside;
use crate::store::apply::Brief;
use crate::store::error::StoreError;

/// An answer that was read, and what was looked up of it.
pub(super) struct Opened {
    reading: Reading,
    bytes: Bytes,
    /// The board's postings by their keys, where they could be looked up. Answers of one board share them.
    stored: Option<Arc<BTreeMap<String, Brief>>>,
}

/// The bytes of an answer, and where they are archived.
enum Bytes {
    /// There are none, or no archive.
    None,
    New {
        bytes: Vec<u8>,
        sha256: String,
    },
    Archived(raw_payload::Model),
    /// It could not be found out whether they are.
    Unknown(StoreError),
}

impl Opened {
    fn sha256(&self) -> Option<&String> {
        if let Bytes::New { sha256, .. } = &self.bytes { Some(sha256) } else { None }
    }
}

impl Intake<'_> {
    /// Does with one answer all that is done ahead.
    pub(super) async fn read_ahead(&self, arrived: Arrived) -> Result<Reading, IngestError> {
        let mut opened = self.open(arrived).await?;
        self.look_up([&mut opened]).await;
        self.make_ready(opened).await
    }

    /// Reads an answer, and hashes its bytes.
    pub(super) async fn open(&self, arrived: Arrived) -> Result<Opened, IngestError> {
        let (dialect, has_archive) = (self.store.dialect(), self.archive.is_some());
        aside(move || {
            let reading = Reading::read(&arrived, dialect)?;
            let bytes = match arrived.body {
                Body::Read(bytes) if has_archive => Bytes::New { sha256: identity::sha256_hex(&bytes), bytes },
                _ => Bytes::None,
            };
            Ok(Opened { reading, bytes, stored: None })
        })
        .await
    }

    /// Looks up what is stored of answers: their bytes, and the postings of their boards. Postings that are not found here are
    /// found within the transaction.
    pub(super) async fn look_up(&self, answers: impl IntoIterator<Item = &mut Opened>) {
        let mut answers: Vec<&mut Opened> = answers.into_iter().collect();
        let reader = self.store.reader();
        let hashes: Vec<String> = answers.iter().filter_map(|it| it.sha256().cloned()).collect();
        if !hashes.is_empty() {
            let known = reader.raw_payloads(&hashes).await;
            for answer in &mut answers {
                let Some(sha256) = answer.sha256() else {
                    continue;
                };
                match &known {
                    Ok(known) => {
                        if let Some(payload) = known.get(sha256) {
                            answer.bytes = Bytes::Archived(payload.clone());
                        }
                    }
                    Err(error) => answer.bytes = Bytes::Unknown(error.clone()),
                }
            }
        }
        answers.retain(|it| !it.reading.postings().is_empty());
        let boards: Vec<(String, String)> = answers.iter().map(|it| it.reading.known_by()).collect();
        let keys: Vec<String> = boards.iter().map(|(_, key)| key.clone()).collect();
        let Ok(source_ids) = reader.source_ids(&keys).await else {
            return;
        };
        let known: Vec<String> = boards.iter().filter_map(|it| source_ids.get(it).cloned()).collect();
        let Ok(stored) = reader.briefs(&known).await else {
            return;
        };
        let stored: HashMap<String, Arc<_>> = stored.into_iter().map(|(id, it)| (id, Arc::new(it))).collect();
        for (answer, board) in answers.iter_mut().zip(boards) {
            let of_board = source_ids.get(&board).and_then(|id| stored.get(id));
            answer.stored = Some(of_board.cloned().unwrap_or_default());
        }
    }

    /// Archives an answer that is not archived yet, and finds out what those of its postings mean that are new or changed.
    pub(super) async fn make_ready(&self, opened: Opened) -> Result<Reading, IngestError> {
        let Opened { mut reading, bytes, stored } = opened;
        reading.raw = match (bytes, self.archive) {
            (Bytes::New { bytes, sha256 }, Some(archive)) => Some(keep(archive, &reading, bytes, sha256).await?),
            (Bytes::Archived(payload), _) => Some(payload),
            (Bytes::Unknown(error), _) => return Err(error.into()),
            (Bytes::None | Bytes::New { .. }, _) => None,
        };
        let Some(stored) = stored else {
            return Ok(reading);
        };
        let ready = move || {
            reading.look_ahead(&stored);
            reading
        };
        Ok(aside(ready).await)
    }
}

/// Archives the bytes of an answer. Those that no run refers to in the end are harmless: the next run that gets them finds
/// them there.
async fn keep(
    archive: &Archive,
    reading: &Reading,
    bytes: Vec<u8>,
    sha256: String,
) -> Result<raw_payload::Model, IngestError> {
    let key = identity::raw_key(reading.provider.name, &reading.board, reading.finished_at, &sha256);
    let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let stored = archive.put(&key, bytes).await.map_err(|error| IngestError::Archive(Arc::new(error)))?;
    let (uri, archive_key, fetched_at) = (stored.uri, stored.key, reading.finished_at);
    Ok(raw_payload::Model { sha256, uri, archive_key, bytes: length, fetched_at })
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::time::Duration;

    use super::*;
    use crate::store::{Store, StoreSettings};

    fn answer(board: &str, finished_at: i64) -> Arrived {
        let body = br#"{"jobs": [{"id": 1, "title": "Gardener"}]}"#.to_vec();
        Arrived {
            provider: "greenhouse".to_owned(),
            board: board.to_owned(),
            started_at: finished_at,
            finished_at,
            http_status: Some(200),
            body: Body::Read(body),
        }
    }

    #[tokio::test]
    async fn a_board_whose_name_is_spelled_otherwise_is_not_read_as_new() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let settings = StoreSettings {
            database_url: format!("sqlite://{}", folder.path().join("jobs.db").display()),
            readers_max: 2,
            statement_timeout: Duration::from_secs(10),
            acquire_timeout: Duration::from_secs(10),
        };
        let store = Store::open(&settings).await.expect("the store opens");
        store.migrate_up().await.expect("it has tables");
        let intake = Intake { store: &store, archive: None, policy: None, clock: || 0 };
        intake.apply(&answer("North", 1_000)).await.expect("it is applied");
        for (board, is_new) in [("North", false), ("NORTH", false), ("south", true)] {
            let reading = intake.read_ahead(answer(board, 2_000)).await.expect("it is read");
            let ahead = matches!(reading.newcomer(0), Some(Cow::Borrowed(_)));
            assert_eq!(ahead, is_new, "{board}");
        }
    }
}
