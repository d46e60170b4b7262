//! The port for load balancers and monitors: plain HTTP without login, and nothing on it that changes
//! anything.

use std::io;
use std::net::{SocketAddr, TcpListener};

use axum::Router;
use axum_server::{Handle, Server};
use hyper_util::rt::TokioTimer;

use crate::limits;

/// A socket that listens at this address.
///
/// # Errors
///
/// Those of the kernel.
pub fn listen(addr: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(addr)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Limits on how long a connection of a server may idle.
pub fn bound<A>(server: &mut Server<SocketAddr, A>) {
    let http = server.http_builder();
    http.http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits::IDLE_TIME_MAX);
    http.http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(limits::IDLE_TIME_MAX);
}

/// Answers until `handle` ends it.
///
/// # Errors
///
/// When the socket cannot be used.
pub async fn serve(
    listener: TcpListener,
    service: Router,
    handle: Handle<SocketAddr>,
) -> io::Result<()> {
    let mut server = axum_server::from_tcp(listener)?;
    bound(&mut server);
    server
        .handle(handle)
        .serve(service.into_make_service())
        .await
}
