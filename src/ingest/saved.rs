//! Saved answers instead of the network: files, folders that are histories, bundles of many boards, ledgers of runs.

mod bundle;
mod ledger;
mod time;

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;
use thiserror::Error;

pub use self::bundle::Bundle;
pub use self::ledger::{Run as LedgerRun, from_ledger};
pub use self::time::{of_name, parse as parse_time};

/// Bytes of one board's answer at most, decompressed.
pub const ANSWER_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// How names of saved answers end, before `.gz` or `.zst`.
const ENDS: [&str; 4] = [".json", ".xml", ".rss", ".html"];
const GZIP: [u8; 2] = [0x1f, 0x8b];
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// An answer that was fetched before. `fetched_at` is UTC milliseconds since 1970.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedAnswer {
    pub provider: String,
    pub board: String,
    pub fetched_at: i64,
    pub outcome: Outcome,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Answered(Vec<u8>),
    Failed { message: String },
}

#[derive(Debug, Error)]
pub enum SavedError {
    #[error("\"{path}\": {source}")]
    Io { path: String, source: io::Error },
    #[error("\"{path}\" is longer than {ANSWER_BYTES_MAX} bytes")]
    TooLong { path: String },
    #[error("\"{path}\" does not tell when it was fetched\nhint: name it as 20260606T203124Z.json, or say --at TIME")]
    NoTime { path: String },
    #[error("\"{first}\" and \"{second}\" were fetched at the same time\nhint: keep one of them")]
    SameTime { first: String, second: String },
    #[error("\"{path}\" line {line}: {message}")]
    Line { path: String, line: u64, message: String },
}

impl SavedError {
    fn io(path: &Path, source: io::Error) -> Self {
        Self::Io { path: path.display().to_string(), source }
    }
}

/// A file to be read when its turn comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedFile {
    pub path: PathBuf,
    pub fetched_at: i64,
}

impl SavedFile {
    /// Reads the file as it was received.
    pub fn body(&self) -> Result<Vec<u8>, SavedError> {
        let file = File::open(&self.path).map_err(|error| SavedError::io(&self.path, error))?;
        let read = read_limited(BufReader::new(file), ANSWER_BYTES_MAX);
        let read = read.map_err(|error| SavedError::io(&self.path, error))?;
        read.ok_or_else(|| SavedError::TooLong { path: self.path.display().to_string() })
    }
}

/// The answers below a path, in the order of time. `at` is the time of a file whose name does not tell.
pub fn from_path(path: &Path, at: Option<i64>) -> Result<Vec<SavedFile>, SavedError> {
    let paths = if path.is_dir() { listed(path)? } else { vec![path.to_owned()] };
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let fetched_at =
            of_name(&name).or(at).ok_or_else(|| SavedError::NoTime { path: path.display().to_string() })?;
        files.push(SavedFile { path, fetched_at });
    }
    files.sort_by(|left, right| (left.fetched_at, &left.path).cmp(&(right.fetched_at, &right.path)));
    if let Some(pair) = files.windows(2).find(|pair| pair[0].fetched_at == pair[1].fetched_at) {
        let name = |file: &SavedFile| file.path.display().to_string();
        return Err(SavedError::SameTime { first: name(&pair[0]), second: name(&pair[1]) });
    }
    Ok(files)
}

/// The files of a folder that hold answers.
fn listed(folder: &Path) -> Result<Vec<PathBuf>, SavedError> {
    let entries = fs::read_dir(folder).map_err(|error| SavedError::io(folder, error))?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| SavedError::io(folder, error))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
        if path.is_file() && ENDS.iter().any(|end| name.ends_with(end)) {
            paths.push(path);
        }
    }
    Ok(paths)
}

/// Bytes as they were before gzip or zstd, told by how they begin; nothing when they would be longer than `bytes_max`.
pub(super) fn read_limited(mut bytes: impl BufRead, bytes_max: u64) -> io::Result<Option<Vec<u8>>> {
    let start = bytes.fill_buf()?;
    let (is_gzip, is_zstd) = (start.starts_with(&GZIP), start.starts_with(&ZSTD));
    let reader: Box<dyn Read + '_> = if is_gzip {
        Box::new(MultiGzDecoder::new(bytes))
    } else if is_zstd {
        Box::new(zstd::Decoder::with_buffer(bytes)?)
    } else {
        Box::new(bytes)
    };
    let mut read = Vec::new();
    reader.take(bytes_max.saturating_add(1)).read_to_end(&mut read)?;
    Ok((read.len() as u64 <= bytes_max).then_some(read))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder can be made");
        for (name, body) in files {
            fs::write(folder.path().join(name), body).expect("a file can be written");
        }
        folder
    }

    #[test]
    fn a_folder_is_a_history_in_the_order_of_time() {
        let folder = folder(&[("20260202T000000Z.json", b"2"), ("2026-01-01.json", b"1"), ("notes.txt", b"")]);
        let files = from_path(folder.path(), None).expect("all names tell");
        let bodies: Vec<Vec<u8>> = files.iter().map(|file| file.body().expect("it is read")).collect();
        assert_eq!(bodies, [b"1", b"2"]);
    }

    #[test]
    fn a_file_without_a_time_needs_one() {
        let folder = folder(&[("board.json", b"{}")]);
        let file = folder.path().join("board.json");
        assert!(matches!(from_path(&file, None), Err(SavedError::NoTime { .. })));
        assert_eq!(from_path(&file, Some(7)).expect("a time is given")[0].fetched_at, 7);
    }

    #[test]
    fn two_answers_of_one_time_are_refused() {
        let folder = folder(&[("20260101T000000Z.json", b"1"), ("2026-01-01.json", b"2")]);
        assert!(matches!(from_path(folder.path(), None), Err(SavedError::SameTime { .. })));
    }

    #[test]
    fn gzip_is_told_by_how_it_begins_and_never_grows_beyond_the_limit() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&[b'a'; 10_000]).expect("memory can be written");
        let gzip = encoder.finish().expect("memory can be written");
        assert_eq!(read_limited(&gzip[..], 10_000).expect("it is gzip").map(|it| it.len()), Some(10_000));
        assert_eq!(read_limited(&gzip[..], 9_999).expect("it is gzip"), None);
        assert!(read_limited(&gzip[..gzip.len() / 2], 10_000).is_err());
    }
}
