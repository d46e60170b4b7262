//! The API for this machine alone: a Unix socket in the data folder, which only the folder's owner can
//! enter. A module's scripts and checkers speak to the daemon there without a password, and root can
//! where nobody can log in any more.

use std::fs;
use std::io;
use std::path::Path;

use axum::Router;
use tokio::net::UnixListener;

/// The name of the socket in the data folder.
pub const SOCKET: &str = "api.sock";
/// The variable that tells a module's scripts where it is.
pub const SOCKET_VARIABLE: &str = "EVENKEEL_SOCKET";

/// Takes the place of what a daemon left there that was killed: the folder's lock is held.
///
/// # Errors
///
/// When it cannot be made; a path of more than 107 bytes is too long for a socket.
pub fn listen(path: &Path) -> io::Result<UnixListener> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    UnixListener::bind(path)
}

/// Answers until it is dropped.
pub async fn serve(listener: UnixListener, service: Router) {
    if let Err(error) = axum::serve(listener, service).await {
        tracing::error!(%error, "the local socket does not answer");
    }
}
