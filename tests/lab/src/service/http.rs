//! The service's HTTP/1.1: `GET /` answers the name, `GET /blob?bytes=N` sends N bytes,
//! `PUT` and `POST` count what they get and answer name, bytes and SHA-256.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::blob::{Blob, Checksum};

/// Longest request head; a longer one ends the connection.
const HEAD_BYTES_MAX: usize = 8192;

/// Bytes that are read of a body at a time.
const BODY_READ_BYTES: usize = 256 * 1024;

/// Header with the node's name, where the body has no room for it.
pub const NODE_HEADER: &str = "x-node";

/// A request's head, as far as the service reads it.
#[derive(Debug, PartialEq, Eq)]
struct Request {
    kind: Kind,
    close: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Name,
    Blob { bytes: u64 },
    Upload { bytes: u64 },
    Refused,
}

/// Answers one connection's requests until one asks for its end.
pub(super) async fn converse(mut stream: TcpStream, name: &str) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut read = Vec::with_capacity(512);
    loop {
        let Some(head) = next_head(&mut stream, &mut read).await? else {
            return Ok(());
        };
        let request = Request::parse(&head);
        match request.kind {
            Kind::Name => {
                let head = head_of(&request, "200 OK", name, name.len() as u64 + 1);
                let answer = format!("{head}{name}\n");
                stream.write_all(answer.as_bytes()).await?;
            }
            Kind::Blob { bytes } => {
                let head = head_of(&request, "200 OK", name, bytes);
                stream.write_all(head.as_bytes()).await?;
                send_blob(&mut stream, bytes).await?;
            }
            Kind::Upload { bytes } => {
                let sum = take_body(&mut stream, &mut read, bytes).await?;
                let body = format!("{name} {} {}\n", sum.bytes(), sum.finish());
                let head = head_of(&request, "200 OK", name, body.len() as u64);
                stream.write_all(format!("{head}{body}").as_bytes()).await?;
            }
            Kind::Refused => {
                let head = head_of(&request, "405 Method Not Allowed", name, 0);
                stream.write_all(head.as_bytes()).await?;
            }
        }
        if request.close {
            return Ok(());
        }
    }
}

impl Request {
    fn parse(head: &str) -> Self {
        let head = head.to_ascii_lowercase();
        let mut words = head.split_whitespace();
        let (method, path) = (words.next(), words.next().unwrap_or("/"));
        let header = |name: &str| {
            let value = |line: &str| Some(line.strip_prefix(name)?.trim().to_owned());
            head.lines().find_map(value)
        };
        let length = || header("content-length:").and_then(|value| value.parse().ok());
        let blob = || path.strip_prefix("/blob?bytes=")?.parse().ok();
        let kind = match method {
            Some("get") => blob().map_or(Kind::Name, |bytes| Kind::Blob { bytes }),
            Some("put" | "post") => length().map_or(Kind::Refused, |bytes| Kind::Upload { bytes }),
            _ => Kind::Refused,
        };
        Self {
            kind,
            close: header("connection:").as_deref() == Some("close")
                || words.next() == Some("http/1.0"),
        }
    }
}

fn head_of(request: &Request, status: &str, name: &str, length: u64) -> String {
    let keep = if request.close { "close" } else { "keep-alive" };
    format!(
        "HTTP/1.1 {status}\r\nConnection: {keep}\r\n{NODE_HEADER}: {name}\r\n\
         Content-Type: text/plain\r\nContent-Length: {length}\r\n\r\n"
    )
}

async fn send_blob(stream: &mut TcpStream, bytes: u64) -> io::Result<()> {
    let mut blob = Blob::new(bytes);
    loop {
        let piece = blob.piece();
        if piece.is_empty() {
            return Ok(());
        }
        stream.write_all(piece).await?;
    }
}

/// Reads a body of `bytes` bytes, of which the first may have been read already.
async fn take_body(stream: &mut TcpStream, read: &mut Vec<u8>, bytes: u64) -> io::Result<Checksum> {
    let mut checksum = Checksum::default();
    let known = read.len().min(usize::try_from(bytes).unwrap_or(usize::MAX));
    checksum.add(&read[..known]);
    read.drain(..known);
    let mut buffer = vec![0; BODY_READ_BYTES];
    while checksum.bytes() < bytes {
        let left = usize::try_from(bytes - checksum.bytes()).unwrap_or(usize::MAX);
        let room = left.min(buffer.len());
        let length = stream.read(&mut buffer[..room]).await?;
        if length == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        checksum.add(&buffer[..length]);
    }
    Ok(checksum)
}

/// The next request's head; `None` at the end of the connection. What was read beyond it stays.
async fn next_head(stream: &mut TcpStream, read: &mut Vec<u8>) -> io::Result<Option<String>> {
    loop {
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            let head: Vec<u8> = read.drain(..end + 4).collect();
            return Ok(Some(String::from_utf8_lossy(&head).into_owned()));
        }
        if read.len() > HEAD_BYTES_MAX || stream.read_buf(read).await? == 0 {
            return Ok(None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_told_apart() {
        let kind = |head: &str| Request::parse(head).kind;
        assert_eq!(kind("GET / HTTP/1.1\r\n\r\n"), Kind::Name);
        assert_eq!(
            kind("GET /blob?bytes=12 HTTP/1.1\r\n\r\n"),
            Kind::Blob { bytes: 12 }
        );
        let put = "PUT /blob HTTP/1.1\r\nContent-Length: 7\r\nConnection: close\r\n\r\n";
        assert_eq!(kind(put), Kind::Upload { bytes: 7 });
        assert!(Request::parse(put).close);
        assert!(Request::parse("GET / HTTP/1.0\r\n\r\n").close);
        assert_eq!(kind("DELETE / HTTP/1.1\r\n\r\n"), Kind::Refused);
        assert_eq!(kind("PUT / HTTP/1.1\r\n\r\n"), Kind::Refused);
    }
}
