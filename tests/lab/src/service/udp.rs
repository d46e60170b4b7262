//! The service's UDP: what comes is sent back behind the node's name and a space.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context, Result};
use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::UdpSocket;

/// Longest datagram there is.
const DATAGRAM_BYTES_MAX: usize = 65_535;

/// Room for datagrams that wait.
const RECEIVE_BYTES: usize = 4 << 20;

/// Opens a socket. The address need not be here yet; that it is one address, and not all of them,
/// makes it the source of the answers.
pub(super) fn open(listen: SocketAddr) -> Result<UdpSocket> {
    let open = || -> io::Result<UdpSocket> {
        let socket = Socket::new(
            Domain::for_address(listen),
            Type::DGRAM,
            Some(Protocol::UDP),
        )?;
        super::bind_anywhere(&socket, listen)?;
        socket.set_recv_buffer_size(RECEIVE_BYTES)?;
        socket.bind(&listen.into())?;
        UdpSocket::from_std(socket.into())
    };
    open().with_context(|| format!("opening UDP {listen}"))
}

/// Answers for ever.
pub(super) async fn echo(socket: UdpSocket, name: Arc<str>) {
    let mut datagram = vec![0; DATAGRAM_BYTES_MAX];
    loop {
        // An error is news of an earlier answer that went nowhere.
        let Ok((length, from)) = socket.recv_from(&mut datagram).await else {
            continue;
        };
        let mut answer = Vec::with_capacity(name.len() + 1 + length);
        answer.extend(name.as_bytes());
        answer.push(b' ');
        answer.extend(&datagram[..length]);
        drop(socket.send_to(&answer, from).await);
    }
}
