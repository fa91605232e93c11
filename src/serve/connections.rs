//! Connections: no more than some at a time, and none whose sender keeps it waiting.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

/// So many connections there are at a time; more wait to be let in.
const CONNECTIONS: usize = 1_024;
/// The head of a request must have come within so long, and so long a connection is kept
/// that asks nothing.
const HEAD: Duration = Duration::from_secs(15);
/// Where no more connections can be opened, it is tried again after so long.
const PAUSE: Duration = Duration::from_millis(100);

/// Lets connections in until it is told to stop; then ends when all of them have.
pub(super) async fn serve(
    listener: TcpListener,
    app: Router,
    mut stopping: watch::Receiver<bool>,
) -> io::Result<()> {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let seat = Arc::clone(&room).acquire_owned().await.map_err(io::Error::other)?;
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = told(&mut stopping) => break,
        };
        let Ok((stream, _)) = accepted else {
            // Too many files are open, or the other side has gone already.
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let (app, stopping) = (app.clone(), stopping.clone());
        tokio::spawn(async move {
            connection(stream, app, stopping).await;
            drop(seat);
        });
    }
    drop(listener);
    room.acquire_many(CONNECTIONS as u32).await.map(drop).map_err(io::Error::other)
}

/// Waits until the server is told to stop.
async fn told(stopping: &mut watch::Receiver<bool>) {
    // Nobody tells any longer when the server has failed, and that is told elsewhere.
    drop(stopping.wait_for(|is_told| *is_told).await);
}

/// Answers the requests of a connection, until it ends or the server stops.
async fn connection(stream: TcpStream, app: Router, mut stopping: watch::Receiver<bool>) {
    let service = TowerToHyperService::new(app);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    // A connection that breaks is of no concern to anybody else.
    tokio::select! {
        _ = connection.as_mut() => {}
        () = told(&mut stopping) => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}
