//! The archive of raw answers: a folder, or a bucket that speaks S3, behind one interface.
//!
//! Bodies are compressed with zstd. Equal bytes are stored once, as the caller looks their hash up first; storing an
//! object again writes the same bytes over it. An object appears whole or not at all: the store writes beside it first.

use std::io::{self, Write};
use std::sync::Arc;

use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use thiserror::Error;
use url::Url;

use crate::aside::aside;

/// Level of zstd: beyond it, answers shrink little and take much longer.
const COMPRESSION_LEVEL: i32 = 6;

#[derive(Debug, Error)]
pub enum ArchiveError {
    #[error("\"{place}\" is neither a folder nor s3://BUCKET/PREFIX: {message}")]
    Place { place: String, message: String },
    #[error("\"{key}\" cannot name an object: {message}")]
    Key { key: String, message: String },
    #[error("\"{key}\": {source}")]
    Store { key: String, source: object_store::Error },
    #[error("\"{key}\" could not be compressed or restored: {source}")]
    Compression { key: String, source: io::Error },
    #[error("\"{key}\" is longer than {bytes_max} bytes")]
    TooLong { key: String, bytes_max: u64 },
}

impl ArchiveError {
    /// Whether there is no object of this key.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Store { source: object_store::Error::NotFound { .. }, .. })
    }
}

pub struct Archive {
    store: Arc<dyn ObjectStore>,
    base: Base,
}

/// What a key is appended to for the object's address.
enum Base {
    /// A file's name may hold `%`, which its address has to escape.
    Folder(Url),
    /// A key stands in its address as it is.
    Bucket(String),
}

/// Where an answer was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub key: String,
    pub uri: String,
}

impl Archive {
    /// Opens `s3://BUCKET/PREFIX`, with its credentials from the environment (`AWS_…`), or a folder, which is made if it
    /// is not there.
    pub fn open(place: &str) -> Result<Self, ArchiveError> {
        let failed = |message: String| ArchiveError::Place { place: place.to_owned(), message };
        if let Some(bucket) = place.strip_prefix("s3://") {
            let (bucket, prefix) = bucket.split_once('/').unwrap_or((bucket, ""));
            let store = AmazonS3Builder::from_env().with_bucket_name(bucket).build();
            let store = store.map_err(|error| failed(error.to_string()))?;
            let base = Base::Bucket(place.trim_end_matches('/').to_owned());
            return Ok(Self { store: Arc::new(PrefixStore::new(store, Path::from(prefix))), base });
        }
        let folder = place.strip_prefix("file://").unwrap_or(place);
        std::fs::create_dir_all(folder).map_err(|error| failed(error.to_string()))?;
        let folder = std::fs::canonicalize(folder).map_err(|error| failed(error.to_string()))?;
        let store = LocalFileSystem::new_with_prefix(&folder).map_err(|error| failed(error.to_string()))?;
        let base = Url::from_directory_path(&folder).map_err(|()| failed("it has no address".to_owned()))?;
        Ok(Self { store: Arc::new(store.with_fsync(true)), base: Base::Folder(base) })
    }

    /// Stores an answer under a key.
    pub async fn put(&self, key: &str, body: Vec<u8>) -> Result<Stored, ArchiveError> {
        let compressed = aside(move || compressed(&body)).await;
        let compressed = compressed.map_err(|source| ArchiveError::Compression { key: key.to_owned(), source })?;
        let path = self.path(key)?;
        let put = self.store.put(&path, PutPayload::from(compressed)).await;
        put.map_err(|source| ArchiveError::Store { key: key.to_owned(), source })?;
        Ok(Stored { key: key.to_owned(), uri: self.uri(&path) })
    }

    /// An answer as it was received, if it is no longer than `bytes_max`.
    pub async fn get(&self, key: &str, bytes_max: u64) -> Result<Vec<u8>, ArchiveError> {
        let failed = |source| ArchiveError::Store { key: key.to_owned(), source };
        let compressed = self.store.get(&self.path(key)?).await.map_err(failed)?.bytes().await.map_err(failed)?;
        let restored = super::saved::read_limited(&compressed[..], bytes_max)
            .map_err(|source| ArchiveError::Compression { key: key.to_owned(), source })?;
        restored.ok_or_else(|| ArchiveError::TooLong { key: key.to_owned(), bytes_max })
    }

    /// Whether there is an object of this key.
    pub async fn holds(&self, key: &str) -> Result<bool, ArchiveError> {
        let head = self.store.head(&self.path(key)?).await;
        match head.map_err(|source| ArchiveError::Store { key: key.to_owned(), source }) {
            Err(error) if !error.is_missing() => Err(error),
            head => Ok(head.is_ok()),
        }
    }

    /// Takes an object away.
    pub async fn delete(&self, key: &str) -> Result<(), ArchiveError> {
        let deleted = self.store.delete(&self.path(key)?).await;
        deleted.map_err(|source| ArchiveError::Store { key: key.to_owned(), source })
    }

    fn path(&self, key: &str) -> Result<Path, ArchiveError> {
        Path::parse(key).map_err(|error| ArchiveError::Key { key: key.to_owned(), message: error.to_string() })
    }

    fn uri(&self, path: &Path) -> String {
        match &self.base {
            Base::Bucket(base) => format!("{base}/{path}"),
            Base::Folder(folder) => {
                let mut address = folder.clone();
                address.path_segments_mut().expect("a file's address has a path").pop_if_empty().extend(path.parts());
                address.into()
            }
        }
    }
}

/// With a checksum, so that damage is found when the answer is read.
fn compressed(body: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = zstd::Encoder::new(Vec::new(), COMPRESSION_LEVEL)?;
    encoder.include_checksum(true)?;
    // Tables for megabytes would be made for a few kilobytes.
    encoder.set_pledged_src_size(u64::try_from(body.len()).ok())?;
    encoder.write_all(body)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "raw/provider=greenhouse/board=a%2Fb/date=2026-06-06/2026-06-06T20-31-24-275Z-ab.json.zst";

    #[tokio::test]
    async fn what_was_stored_comes_back() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let archive = Archive::open(&folder.path().to_string_lossy()).expect("it opens");
        let stored = archive.put(KEY, b"{}".into()).await.expect("it is stored");
        let address = Url::parse(&stored.uri).expect("it is an address");
        assert!(address.to_file_path().expect("of a file").is_file(), "{address}");
        archive.put(KEY, b"{}".into()).await.expect("it is stored again");
        assert_eq!(archive.get(KEY, 2).await.expect("it is read"), b"{}");
    }

    #[tokio::test]
    async fn a_damaged_object_is_no_answer() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let archive = Archive::open(&folder.path().to_string_lossy()).expect("it opens");
        let stored = archive.put("a", b"{\"jobs\":[]}".into()).await.expect("it is stored");
        let file = Url::parse(&stored.uri).expect("it is an address").to_file_path().expect("of a file");
        let mut bytes = std::fs::read(&file).expect("it is there");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&file, bytes).expect("it can be damaged");
        assert!(matches!(archive.get("a", 100).await, Err(ArchiveError::Compression { .. })));
    }

    #[tokio::test]
    async fn a_longer_answer_than_asked_for_is_refused() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let archive = Archive::open(&folder.path().to_string_lossy()).expect("it opens");
        archive.put(KEY, vec![b' '; 1_000_000]).await.expect("it is stored");
        assert!(matches!(archive.get(KEY, 1_000).await, Err(ArchiveError::TooLong { .. })));
    }
}
