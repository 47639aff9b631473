//! A stream that fails once the other side has taken too little of what is written to it for too long. Else a client that
//! asks and hardly reads would hold its connection, and the response in memory, for as long as it likes.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

use crate::http::stream::Patience;

/// What must be taken in the time that a client has, unless less is left: of an answer 6.5 KB a second.
const BYTES_MIN: usize = 64 * 1024;

pub(super) struct WriteTimeout<S> {
    stream: S,
    patience: Patience,
    /// Runs from when a write waits until enough was taken, or all there is.
    waiting: Option<Pin<Box<Sleep>>>,
    /// Bytes taken since enough were the last time.
    taken: usize,
}

impl<S> WriteTimeout<S> {
    pub(super) fn new(stream: S, patience: Patience) -> Self {
        Self { stream, patience, waiting: None, taken: 0 }
    }

    fn written(&mut self, ctx: &mut Context<'_>, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if let Poll::Ready(Ok(bytes)) = written {
            self.taken += bytes;
            if self.taken >= BYTES_MIN {
                self.begin_anew();
            }
        }
        self.limit(ctx, written)
    }

    /// Nothing is left to be taken once all is flushed: a stream that has nothing to send is not slow.
    fn flushed(&mut self, ctx: &mut Context<'_>, flushed: Poll<io::Result<()>>) -> Poll<io::Result<()>> {
        if flushed.is_ready() {
            self.begin_anew();
        }
        self.limit(ctx, flushed)
    }

    fn begin_anew(&mut self) {
        self.waiting = None;
        self.taken = 0;
    }

    fn limit<T>(&mut self, ctx: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            return written;
        }
        let time_max = self.patience.get();
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(time_max)));
        ready!(waiting.as_mut().poll(ctx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for WriteTimeout<S> {
    fn poll_read(mut self: Pin<&mut Self>, ctx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(ctx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for WriteTimeout<S> {
    fn poll_write(mut self: Pin<&mut Self>, ctx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(ctx, bytes);
        self.written(ctx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        ctx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(ctx, slices);
        self.written(ctx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, ctx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(ctx);
        self.flushed(ctx, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, ctx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let shut = Pin::new(&mut self.stream).poll_shutdown(ctx);
        self.limit(ctx, shut)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

    use super::*;

    const TIME_MAX: Duration = Duration::from_millis(300);

    /// A stream and its other side, between which there is room for so many bytes.
    fn pipe(room: usize) -> (WriteTimeout<DuplexStream>, DuplexStream) {
        let (stream, client) = duplex(room);
        (WriteTimeout::new(stream, Patience::new(TIME_MAX)), client)
    }

    /// Takes so many bytes after each pause.
    async fn sip(mut client: DuplexStream, bytes: usize, pause: Duration) -> io::Result<()> {
        let mut sipped = vec![0; bytes];
        loop {
            sleep(pause).await;
            client.read_exact(&mut sipped).await?;
        }
    }

    async fn write(stream: &mut WriteTimeout<DuplexStream>, bytes: usize) -> io::Result<()> {
        stream.write_all(&vec![0; bytes]).await?;
        stream.flush().await
    }

    /// Each byte once gave the client all the time again.
    #[tokio::test]
    async fn whoever_takes_too_little_is_given_up_though_it_takes_something() {
        let (mut stream, client) = pipe(1);
        let written = tokio::select! {
            written = write(&mut stream, 40) => written,
            sipped = sip(client, 1, TIME_MAX / 10) => sipped,
        };
        assert_eq!(written.map_err(|error| error.kind()), Err(io::ErrorKind::TimedOut));
    }

    #[tokio::test]
    async fn whoever_takes_enough_has_all_the_time_again() {
        let (mut stream, client) = pipe(BYTES_MIN / 4);
        let written = tokio::select! {
            written = write(&mut stream, BYTES_MIN * 10) => written,
            sipped = sip(client, BYTES_MIN, TIME_MAX / 5) => sipped,
        };
        assert!(written.is_ok(), "{written:?}");
    }

    #[tokio::test]
    async fn a_little_is_enough_where_no_more_is_written() {
        let (mut stream, client) = pipe(1);
        let messages = async {
            for _ in 0..4 {
                write(&mut stream, 3).await?;
                sleep(TIME_MAX).await;
            }
            Ok::<_, io::Error>(())
        };
        let written = tokio::select! {
            written = messages => written,
            sipped = sip(client, 1, TIME_MAX / 10) => sipped,
        };
        assert!(written.is_ok(), "{written:?}");
    }
}
