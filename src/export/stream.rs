//! A file as a stream of pieces: written on a thread of its own, no faster than they are taken.

use std::io::{self, Write};

use axum::body::Bytes;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use tokio::sync::mpsc;

use super::{Export, Format, Formulas, write};

/// Bytes of a piece.
const PIECE_BYTES: usize = 64 * 1024;
/// Pieces that wait for whoever takes them.
const PIECES_WAITING_MAX: usize = 4;

/// The pieces of a file of all postings, ending with the error that it breaks off for, if any. Dropping it ends the work.
pub fn stream(mut export: Export, format: Format, formulas: Formulas) -> BoxStream<'static, io::Result<Bytes>> {
    let (to, pieces) = mpsc::channel(PIECES_WAITING_MAX);
    let writing = tokio::task::spawn_blocking(move || {
        let mut pieces = Pieces { to: to.clone(), piece: Vec::with_capacity(PIECE_BYTES) };
        let written = write(&mut export, format, formulas, &mut pieces).and_then(|_| pieces.flush());
        if let Err(error) = written {
            // Nobody is told where nobody listens.
            drop(to.blocking_send(Err(error)));
        }
    });
    stream::unfold(Some((pieces, writing)), |state| async {
        let (mut pieces, writing) = state?;
        match pieces.recv().await {
            Some(piece) => Some((piece, Some((pieces, writing)))),
            // What was written by a thread that panicked is no whole file.
            None => writing.await.err().map(|error| (Err(io::Error::other(error)), None)),
        }
    })
    .boxed()
}

struct Pieces {
    to: mpsc::Sender<io::Result<Bytes>>,
    piece: Vec<u8>,
}

impl Pieces {
    fn send(&mut self) -> io::Result<()> {
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE_BYTES));
        self.to.blocking_send(Ok(piece.into())).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(PIECE_BYTES - self.piece.len());
        self.piece.extend_from_slice(&bytes[..taken]);
        if self.piece.len() == PIECE_BYTES {
            self.send()?;
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() { Ok(()) } else { self.send() }
    }
}
