//! The sockets: accepts connections, speaks HTTP/1.1 on them, and drains them at the end. The loop is our own since
//! `axum::serve` sets no time limit on headers, no limit on connections, and waits for open requests without end.
//! A client that takes its response too slowly is the matter of `write_timeout`.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::Settings;
use super::peer::Peer;
use super::stream::{Patience, Streams};
use write_timeout::WriteTimeout;

mod write_timeout;

/// The request line, all headers, and what is read ahead of a body.
const READ_BUFFER_BYTES_MAX: usize = 64 * 1024;
/// The pause after the system refuses a socket, which it does when the process holds too many files.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Serves until `shutdown` is ready; then `drain` is cancelled, the listener closed, and what is open waited for.
pub(super) async fn serve_all(
    listener: TcpListener,
    router: Router,
    settings: &Settings,
    streams: &Streams,
    drain: CancellationToken,
    shutdown: impl Future<Output = ()>,
) {
    let places = Arc::new(Semaphore::new(settings.connections_max.min(Semaphore::MAX_PERMITS)));
    let mut connections = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let (stream, peer, place) = tokio::select! {
            biased;
            () = &mut shutdown => break,
            accepted = accept(&listener, &places) => accepted,
        };
        // Ended connections are forgotten here, so that no more are held than there are places.
        while connections.try_join_next().is_some() {}
        let protocol = protocol(settings);
        let patience = Patience::new(settings.write_timeout);
        let stream = WriteTimeout::new(stream, patience.clone());
        let (router, drain) = (router.clone(), drain.clone());
        connections.spawn(async move {
            serve_one(stream, Peer(peer.ip()), &protocol, router, patience, drain).await;
            drop(place);
        });
    }
    drain.cancel();
    drop(listener);
    let drained = timeout(settings.drain_timeout, async {
        while connections.join_next().await.is_some() {}
        // A WebSocket outlives the connection that it began as.
        streams.ended().await;
    });
    let drained = drained.await;
    if drained.is_err() {
        tracing::warn!(connections = connections.len(), "closing connections that outlast the drain");
        connections.shutdown().await;
    }
}

/// The next connection, once there is a place for it.
async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> (TcpStream, SocketAddr, OwnedSemaphorePermit) {
    let place = Arc::clone(places).acquire_owned().await.expect("the semaphore is never closed");
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Responses are written at once; waiting to fill a packet would only delay their last part.
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(%error, "no TCP_NODELAY on a connection");
                }
                return (stream, peer, place);
            }
            Err(error) if is_of_the_client(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection accepted");
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// Whether the connection was gone before it was accepted, which is no fault of the listener.
fn is_of_the_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

fn protocol(settings: &Settings) -> http1::Builder {
    let mut protocol = http1::Builder::new();
    protocol
        .timer(TokioTimer::new())
        .header_read_timeout(settings.header_read_timeout)
        .max_buf_size(READ_BUFFER_BYTES_MAX);
    protocol
}

async fn serve_one(
    stream: WriteTimeout<TcpStream>,
    peer: Peer,
    protocol: &http1::Builder,
    router: Router,
    patience: Patience,
    drain: CancellationToken,
) {
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: Request<Incoming>| {
        // What went before may have been a stream.
        patience.reset();
        request.extensions_mut().insert(patience.clone());
        request.extensions_mut().insert(peer);
        router.call(request)
    });
    let connection = protocol.serve_connection(TokioIo::new(stream), service).with_upgrades();
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = drain.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "connection broke off");
    }
}
