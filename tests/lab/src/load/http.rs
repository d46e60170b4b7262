//! As much HTTP/1.1 as the load needs: ask, read the answer's name.

use std::io;
use std::net::SocketAddr;

use nix::sys::socket::{setsockopt, sockopt};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

/// Longest answer that is read.
const ANSWER_BYTES_MAX: usize = 4096;

/// Whether the server keeps the connection after the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// It stays.
    Keep,
    /// The server ends it.
    Close,
}

/// How a connection is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Opening {
    /// By a handshake.
    #[default]
    Usual,
    /// With the request in the SYN, once the server's cookie is known (TCP Fast Open).
    Fast,
}

/// Connects from exactly this source address and port.
///
/// # Errors
///
/// When the address is not here, the port is taken, or the other side refuses.
pub async fn connect(source: SocketAddr, to: SocketAddr) -> io::Result<TcpStream> {
    open(Opening::Usual, source, to).await
}

/// As [`connect`], in one of several ways.
///
/// # Errors
///
/// As [`connect`].
pub async fn open(opening: Opening, source: SocketAddr, to: SocketAddr) -> io::Result<TcpStream> {
    let socket = match source {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    socket.set_reuseaddr(true)?;
    socket.set_nodelay(true)?;
    if opening == Opening::Fast {
        setsockopt(&socket, sockopt::TcpFastOpenConnect, &true)?;
    }
    socket.bind(source)?;
    socket.connect(to).await
}

/// Sends one request and gives the name in the answer. With [`After::Close`] it also waits until
/// the server has ended the connection, so that the client's port is free at once.
///
/// # Errors
///
/// When the connection breaks or the answer is not that of the lab's service.
pub async fn ask(stream: &mut TcpStream, after: After) -> io::Result<String> {
    let connection = match after {
        After::Keep => "keep-alive",
        After::Close => "close",
    };
    let request = format!("GET / HTTP/1.1\r\nHost: farm\r\nConnection: {connection}\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut read = Vec::with_capacity(256);
    let name = loop {
        if let Some(name) = answered_name(&read)? {
            break name;
        }
        if read.len() > ANSWER_BYTES_MAX {
            return Err(bad("the answer is too long"));
        }
        if stream.read_buf(&mut read).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    };
    if after == After::Close {
        let mut rest = [0; 16];
        while stream.read(&mut rest).await? > 0 {}
    }
    Ok(name)
}

/// The body of a complete answer without its line end; `None` while something is missing.
fn answered_name(read: &[u8]) -> io::Result<Option<String>> {
    let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let head = String::from_utf8_lossy(&read[..end]);
    if !head.starts_with("HTTP/1.1 200 ") {
        return Err(bad("the answer is not 200"));
    }
    let length = head
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse::<usize>().ok())
        .ok_or_else(|| bad("the answer has no length"))?;
    let body = read.get(end + 4..end + 4 + length);
    Ok(body.map(|body| String::from_utf8_lossy(body).trim_end().to_owned()))
}

fn bad(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
