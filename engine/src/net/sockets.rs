//! The TCP sockets that live on virtual addresses, by the kernel's socket diagnosis: listed to count
//! those in buckets of others, ended before an address is removed.
//!
//! Blocking, though never waiting for anything but the kernel: called off the driver's thread.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::{IpAddr, Ipv4Addr};

use netlink_packet_core::{
    NLM_F_ACK, NLM_F_DUMP, NLM_F_REQUEST, NetlinkHeader, NetlinkMessage, NetlinkPayload,
    NetlinkSerializable,
};
use netlink_packet_sock_diag::constants::{AF_INET, AF_INET6, IPPROTO_TCP};
use netlink_packet_sock_diag::inet::{ExtensionFlags, InetRequest, SocketId, StateFlags};
use netlink_packet_sock_diag::{SockDiagDestroy, SockDiagMessage};
use netlink_sys::{Socket, SocketAddr, protocols::NETLINK_SOCK_DIAG};
use nix::ifaddrs::getifaddrs;

use crate::limits;
use crate::net::ip_addr;

/// A connection, or one being opened, of a virtual address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// The virtual address.
    pub vip: IpAddr,
    /// The service's port.
    pub port: u16,
    /// The client's address.
    pub client: IpAddr,
    /// The client's port.
    pub client_port: u16,
    family: u8,
    id: SocketId,
}

/// All connections of these virtual addresses: established, being opened, being closed; not those
/// in time-wait, which hold nothing, and not those of this machine with itself, which no other
/// node could take over. At most [`limits::SOCKETS`].
///
/// # Errors
///
/// When the kernel does not list its sockets.
pub fn list(vips: &BTreeSet<IpAddr>) -> io::Result<Vec<Connection>> {
    let local = local_addrs()?;
    let mut found = Vec::new();
    for family in [AF_INET, AF_INET6] {
        dump(family, alive(), |id| {
            let connection = connection(family, id);
            let ours = vips.contains(&connection.vip) && !local.contains(&connection.client);
            if ours && found.len() < limits::SOCKETS {
                found.push(connection);
            }
        })?;
    }
    Ok(found)
}

/// How many established connections each of these virtual addresses has that has any; those of this machine
/// with itself do not count.
///
/// # Errors
///
/// When the kernel does not list its sockets.
pub fn count(vips: &BTreeSet<IpAddr>) -> io::Result<BTreeMap<IpAddr, u64>> {
    let local = local_addrs()?;
    let mut counts = BTreeMap::new();
    for family in [AF_INET, AF_INET6] {
        dump(family, StateFlags::ESTABLISHED, |id| {
            let Connection { vip, client, .. } = connection(family, id);
            if vips.contains(&vip) && !local.contains(&client) {
                *counts.entry(vip).or_default() += 1;
            }
        })?;
    }
    Ok(counts)
}

/// Ends connections as if their program had aborted them: the client gets a reset.
///
/// # Errors
///
/// With the first refusal, which a kernel without `INET_DIAG_DESTROY` gives; the others were tried.
pub fn reset(connections: &[Connection]) -> io::Result<()> {
    let socket = open()?;
    let mut result = Ok(());
    for connection in connections {
        let request = request(connection.family, alive(), connection.id.clone());
        let message = SockDiagDestroy::new(SockDiagMessage::InetRequest(request));
        send(&socket, NLM_F_REQUEST | NLM_F_ACK, message)?;
        result = result.and(acknowledged(&socket));
    }
    result
}

fn connection(family: u8, id: SocketId) -> Connection {
    Connection {
        vip: id.source_address.to_canonical(),
        port: id.source_port,
        client: id.destination_address.to_canonical(),
        client_port: id.destination_port,
        family,
        id,
    }
}

fn local_addrs() -> io::Result<BTreeSet<IpAddr>> {
    let mut local = BTreeSet::from([IpAddr::V4(Ipv4Addr::LOCALHOST)]);
    for one in getifaddrs()? {
        local.extend(ip_addr(&one));
    }
    Ok(local)
}

/// Each socket that is in one of these states.
fn dump(family: u8, states: StateFlags, mut each: impl FnMut(SocketId)) -> io::Result<()> {
    let any = if family == AF_INET {
        SocketId::new_v4()
    } else {
        SocketId::new_v6()
    };
    let socket = open()?;
    let request = SockDiagMessage::InetRequest(request(family, states, any));
    send(&socket, NLM_F_REQUEST | NLM_F_DUMP, request)?;
    let mut buffer = vec![0; limits::SOCKET_DUMP_BYTES];
    loop {
        let length = socket.recv(&mut &mut buffer[..], 0)?;
        let mut rest = buffer.get(..length).unwrap_or_default();
        while !rest.is_empty() {
            let message = NetlinkMessage::<SockDiagMessage>::deserialize(rest);
            let message = message.map_err(io::Error::other)?;
            // Messages are aligned to four bytes.
            let length = usize::try_from(message.header.length).map_err(io::Error::other)?;
            rest = rest
                .get(length.next_multiple_of(4).max(16)..)
                .unwrap_or_default();
            if let NetlinkPayload::InnerMessage(SockDiagMessage::InetResponse(response)) =
                message.payload
            {
                each(response.header.socket_id);
            } else if let NetlinkPayload::Done(_) = message.payload {
                return Ok(());
            } else {
                return Err(refusal(&message.payload));
            }
        }
    }
}

fn acknowledged(socket: &Socket) -> io::Result<()> {
    let mut buffer = vec![0; 4096];
    let length = socket.recv(&mut &mut buffer[..], 0)?;
    let answer = buffer.get(..length).unwrap_or_default();
    let message = NetlinkMessage::<SockDiagMessage>::deserialize(answer);
    let payload = message.map_err(io::Error::other)?.payload;
    if let NetlinkPayload::Error(error) = &payload
        // ENOENT: it ended by itself meanwhile.
        && (error.code.is_none() || error.raw_code() == -nix::libc::ENOENT)
    {
        return Ok(());
    }
    Err(refusal(&payload))
}

pub(super) fn refusal<M: std::fmt::Debug>(payload: &NetlinkPayload<M>) -> io::Error {
    if let NetlinkPayload::Error(error) = payload {
        return error.to_io();
    }
    io::Error::other(format!(
        "unexpected answer to a socket diagnosis: {payload:?}"
    ))
}

/// The states of what holds something.
fn alive() -> StateFlags {
    StateFlags::all() - StateFlags::LISTEN - StateFlags::TIME_WAIT - StateFlags::CLOSE
}

fn request(family: u8, states: StateFlags, socket_id: SocketId) -> InetRequest {
    InetRequest {
        family,
        protocol: IPPROTO_TCP,
        extensions: ExtensionFlags::empty(),
        states,
        socket_id,
    }
}

pub(super) fn open() -> io::Result<Socket> {
    let mut socket = Socket::new(NETLINK_SOCK_DIAG)?;
    socket.bind_auto()?;
    socket.connect(&SocketAddr::new(0, 0))?;
    Ok(socket)
}

pub(super) fn send<M: NetlinkSerializable>(
    socket: &Socket,
    flags: u16,
    message: M,
) -> io::Result<()> {
    let mut header = NetlinkHeader::default();
    header.flags = flags;
    let mut packet = NetlinkMessage::new(header, NetlinkPayload::InnerMessage(message));
    packet.finalize();
    let mut bytes = vec![0; packet.buffer_len()];
    packet.serialize(&mut bytes);
    socket.send(&bytes, 0).map(drop)
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::net::{TcpListener, TcpStream};

    use super::*;

    #[test]
    fn connections_of_this_machine_with_itself_do_not_count() {
        let vip: IpAddr = [127, 9, 8, 7].into();
        let listener = TcpListener::bind((vip, 0)).unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let server = listener.accept().unwrap();
        let vips = BTreeSet::from([vip]);
        assert_eq!(list(&vips).unwrap(), []);
        assert_eq!(count(&vips).unwrap(), BTreeMap::new());
        drop((client, server));
    }

    #[test]
    fn a_reset_ends_the_client_s_connection() {
        let listener = TcpListener::bind("[::]:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut client = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let _server = listener.accept().unwrap();
        let own = client.local_addr().unwrap();
        let mut found = Vec::new();
        for family in [AF_INET, AF_INET6] {
            dump(family, alive(), |id| found.push(connection(family, id))).unwrap();
        }
        // The server's end of it, which is an IPv6 socket with a mapped address.
        found.retain(|one| one.client_port == own.port() && one.port == port);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].vip, found[0].client), (own.ip(), own.ip()));
        match reset(&found) {
            Ok(()) => {}
            Err(error) if error.raw_os_error() == Some(nix::libc::EOPNOTSUPP) => return,
            Err(error) => panic!("{error}"),
        }
        let error = client.read(&mut [0]).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
    }
}
