//! Many boards in one file, a JSON line each, read with constant memory.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{GZIP, Outcome, SavedAnswer, SavedError, parse_time};

/// Bytes of a line at most, decompressed.
const LINE_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// The lines of a bundle. A line that cannot be read is an error of its own and does not end the bundle.
pub struct Bundle {
    path: PathBuf,
    lines: Box<dyn BufRead + Send>,
    line: u64,
}

#[derive(Deserialize)]
struct Line<'a> {
    provider: String,
    board: String,
    fetched_at: String,
    #[serde(borrow)]
    body: &'a RawValue,
}

impl Bundle {
    pub fn open(path: &Path) -> Result<Self, SavedError> {
        let failed = |error| SavedError::io(path, error);
        let mut file = BufReader::new(File::open(path).map_err(failed)?);
        let is_gzip = file.fill_buf().map_err(failed)?.starts_with(&GZIP);
        let lines: Box<dyn BufRead + Send> =
            if is_gzip { Box::new(BufReader::new(MultiGzDecoder::new(file))) } else { Box::new(file) };
        Ok(Self { path: path.to_owned(), lines, line: 0 })
    }

    fn problem(&self, message: impl Into<String>) -> SavedError {
        SavedError::Line { path: self.path.display().to_string(), line: self.line, message: message.into() }
    }

    fn answer(&self, text: &[u8]) -> Result<SavedAnswer, SavedError> {
        let line: Line<'_> = serde_json::from_slice(text).map_err(|error| self.problem(error.to_string()))?;
        let fetched_at = parse_time(&line.fetched_at)
            .ok_or_else(|| self.problem(format!("\"fetched_at\" \"{}\" is no time in RFC 3339", line.fetched_at)))?;
        // A body can be the answer itself, or its text.
        let body = if line.body.get().starts_with('"') {
            let text: String =
                serde_json::from_str(line.body.get()).map_err(|error| self.problem(error.to_string()))?;
            text.into_bytes()
        } else {
            line.body.get().as_bytes().to_vec()
        };
        Ok(SavedAnswer { provider: line.provider, board: line.board, fetched_at, outcome: Outcome::Answered(body) })
    }

    /// Passes over the rest of a line that is too long.
    fn skip_line(&mut self) -> std::io::Result<()> {
        loop {
            let buffer = self.lines.fill_buf()?;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let length = end.map_or(buffer.len(), |end| end + 1);
            self.lines.consume(length);
            if end.is_some() || length == 0 {
                return Ok(());
            }
        }
    }
}

impl Iterator for Bundle {
    type Item = Result<SavedAnswer, SavedError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut text = Vec::new();
            self.line += 1;
            let read = self.lines.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', &mut text);
            match read {
                Ok(0) => return None,
                Ok(_) if text.len() as u64 == LINE_BYTES_MAX && !text.ends_with(b"\n") => {
                    let skipped = self.skip_line().map_err(|error| SavedError::io(&self.path, error));
                    return Some(
                        skipped.and_then(|()| Err(self.problem(format!("is longer than {LINE_BYTES_MAX} bytes")))),
                    );
                }
                Ok(_) if text.trim_ascii().is_empty() => {}
                Ok(_) => return Some(self.answer(&text)),
                Err(error) => {
                    // What follows a broken stream is not to be had.
                    self.lines = Box::new(std::io::empty());
                    return Some(Err(SavedError::io(&self.path, error)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle(text: &str) -> Vec<Result<SavedAnswer, String>> {
        let file = tempfile::NamedTempFile::new().expect("a file can be made");
        std::fs::write(file.path(), text).expect("it can be written");
        let bundle = Bundle::open(file.path()).expect("it opens");
        bundle.map(|line| line.map_err(|error| error.to_string())).collect()
    }

    #[test]
    fn a_body_is_the_answer_or_its_text() {
        let lines = bundle(
            "{\"provider\":\"p\",\"board\":\"a\",\"fetched_at\":\"2026-01-06\",\"body\":{\"jobs\":[]}}\n\n\
             {\"provider\":\"p\",\"board\":\"b\",\"fetched_at\":\"2026-01-06T00:00:00Z\",\"body\":\"x\"}",
        );
        let outcomes: Vec<_> = lines.into_iter().map(|line| line.expect("it is read").outcome).collect();
        assert_eq!(outcomes, [Outcome::Answered(b"{\"jobs\":[]}".to_vec()), Outcome::Answered(b"x".to_vec())]);
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named_and_the_next_one_is_read() {
        let good = "{\"provider\":\"p\",\"board\":\"a\",\"fetched_at\":\"2026-01-06\",\"body\":1}";
        let lines = bundle(&format!("nonsense\n{good}\n"));
        assert!(lines[0].as_ref().is_err_and(|error| error.contains("line 1")), "{lines:?}");
        assert!(lines[1].is_ok());
    }
}
