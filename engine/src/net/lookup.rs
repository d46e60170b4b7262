//! Which TCP socket of one flow is on this machine: one exact question to the kernel's socket
//! diagnosis, no list.

use std::io;
use std::net::{IpAddr, SocketAddr};

use evenkeel_packet::decide::Socket;
use netlink_packet_core::{NLM_F_REQUEST, NetlinkMessage, NetlinkPayload};
use netlink_packet_sock_diag::SockDiagMessage;
use netlink_packet_sock_diag::constants::{
    AF_INET, AF_INET6, IPPROTO_TCP, TCP_LISTEN, TCP_TIME_WAIT,
};
use netlink_packet_sock_diag::inet::{ExtensionFlags, InetRequest, SocketId, StateFlags};
use netlink_sys::Socket as Netlink;

use super::sockets::{open, refusal, send};

/// Bytes of an answer, at the most; without extensions it has less than 100.
const ANSWER_BYTES: usize = 4096;

/// Stands for "whichever socket it is" in a question.
const ANY_COOKIE: [u8; 8] = [0xff; 8];

/// A connection to the kernel's socket diagnosis, in the network namespace in which it was made.
pub(crate) struct Lookup {
    socket: Netlink,
}

impl Lookup {
    /// Opens it.
    ///
    /// # Errors
    ///
    /// When the kernel has no socket diagnosis.
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self { socket: open()? })
    }

    /// The socket that the kernel has of a connection between these two. A listening socket, which it
    /// gives when there is no connection, does not count. What waits for the other side's end lives,
    /// closed here or not: so much more than the programs in the kernel is told here.
    ///
    /// A connection that is being opened by SYN cookie has no socket until the client's ACK has
    /// passed: that ACK cannot be told from one of an unknown connection.
    ///
    /// # Errors
    ///
    /// When the kernel does not answer.
    pub(crate) fn find(&self, local: SocketAddr, remote: SocketAddr) -> io::Result<Socket> {
        let question = InetRequest {
            family: match local.ip() {
                IpAddr::V4(_) => AF_INET,
                IpAddr::V6(_) => AF_INET6,
            },
            protocol: IPPROTO_TCP,
            extensions: ExtensionFlags::empty(),
            states: StateFlags::all(),
            socket_id: SocketId {
                source_port: local.port(),
                destination_port: remote.port(),
                source_address: local.ip(),
                destination_address: remote.ip(),
                interface_id: 0,
                cookie: ANY_COOKIE,
            },
        };
        let question = SockDiagMessage::InetRequest(question);
        send(&self.socket, NLM_F_REQUEST, question)?;
        self.answer()
    }

    fn answer(&self) -> io::Result<Socket> {
        let mut buffer = [0; ANSWER_BYTES];
        let length = self.socket.recv(&mut &mut buffer[..], 0)?;
        let answer = buffer.get(..length).unwrap_or_default();
        let message = NetlinkMessage::<SockDiagMessage>::deserialize(answer);
        let payload = message.map_err(io::Error::other)?.payload;
        if let NetlinkPayload::InnerMessage(SockDiagMessage::InetResponse(found)) = &payload {
            return Ok(match found.header.state {
                TCP_LISTEN => Socket::None,
                TCP_TIME_WAIT => Socket::Left,
                _ => Socket::Alive,
            });
        }
        if let NetlinkPayload::Error(error) = &payload
            && error.raw_code() == -nix::libc::ENOENT
        {
            return Ok(Socket::None);
        }
        Err(refusal(&payload))
    }
}

impl std::fmt::Debug for Lookup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lookup").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::net::{TcpListener, TcpStream};
    use std::thread;
    use std::time::{Duration, Instant};

    use super::*;

    /// When a state that must come is given up.
    const DEADLINE: Duration = Duration::from_secs(10);

    #[test]
    fn a_connection_is_found_and_a_listening_socket_is_none() {
        for any in ["127.0.0.1:0", "[::1]:0"] {
            let listener = TcpListener::bind(any).unwrap();
            let service = listener.local_addr().unwrap();
            let lookup = Lookup::new().unwrap();
            let find = |local, remote| lookup.find(local, remote).unwrap();
            let mut nobody = service;
            nobody.set_port(1);
            assert_eq!(find(service, nobody), Socket::None, "only listening");
            let client = TcpStream::connect(service).unwrap();
            let remote = client.local_addr().unwrap();
            assert_eq!(find(service, remote), Socket::Alive, "not yet accepted");
            assert_eq!(find(service, nobody), Socket::None);
            let closed = SocketAddr::new(service.ip(), 1);
            assert_eq!(find(closed, remote), Socket::None, "nobody listens");
        }
    }

    #[test]
    fn a_connection_lives_until_both_sides_have_ended_it() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let service = listener.local_addr().unwrap();
        let mut client = TcpStream::connect(service).unwrap();
        let remote = client.local_addr().unwrap();
        drop(listener.accept().unwrap());
        assert_eq!(client.read(&mut [0]).unwrap(), 0);
        let lookup = Lookup::new().unwrap();
        let find = || lookup.find(service, remote).unwrap();
        assert_eq!(find(), Socket::Alive, "the client has not ended it");
        drop(client);
        let deadline = Instant::now() + DEADLINE;
        while find() != Socket::Left {
            assert!(Instant::now() < deadline, "it is {:?}", find());
            thread::yield_now();
        }
    }

    #[test]
    fn a_socket_for_both_families_is_found_by_its_ipv4_address() {
        let listener = TcpListener::bind("[::]:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let client = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let lookup = Lookup::new().unwrap();
        let service = SocketAddr::from(([127, 0, 0, 1], port));
        let found = lookup.find(service, client.local_addr().unwrap());
        assert_eq!(found.unwrap(), Socket::Alive);
    }
}
