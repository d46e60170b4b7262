//! Probes of what should not answer: SYNs to ports, datagrams, packets of other protocols. Nothing
//! is waited for; what comes back is seen by a capture.

use std::io;
use std::net::{IpAddr, SocketAddr};

use anyhow::{Context, Result};
use nix::libc;
use socket2::{Domain, Protocol, Socket, Type};

use crate::netns::Namespace;

/// What is sent, from each source.
#[derive(Clone, Debug)]
pub struct Probes {
    /// Where to.
    pub to: IpAddr,
    /// TCP ports that get a SYN.
    pub tcp: Vec<u16>,
    /// UDP ports that get a datagram.
    pub udp: Vec<u16>,
    /// Other protocols: their number and the first bytes of a packet.
    pub raw: Vec<(u8, Vec<u8>)>,
}

/// Sockets whose packets are under way; they close when dropped.
#[derive(Debug)]
pub struct Probing {
    _sockets: Vec<Socket>,
}

/// Sends the probes from every source.
///
/// # Errors
///
/// When a packet cannot be sent.
pub async fn probe(client: &Namespace, sources: Vec<IpAddr>, probes: Probes) -> Result<Probing> {
    let send = move || async move {
        let mut sockets = Vec::new();
        for source in sources {
            probes
                .send(source, &mut sockets)
                .with_context(|| format!("probing from {source}"))?;
        }
        anyhow::Ok(Probing { _sockets: sockets })
    };
    client.run(send).await?
}

impl Probes {
    fn send(&self, source: IpAddr, sockets: &mut Vec<Socket>) -> io::Result<()> {
        let domain = Domain::for_address(SocketAddr::new(source, 0));
        let open = |kind, protocol| -> io::Result<Socket> {
            let socket = Socket::new(domain, kind, Some(protocol))?;
            socket.set_nonblocking(true)?;
            socket.bind(&SocketAddr::new(source, 0).into())?;
            Ok(socket)
        };
        for port in &self.tcp {
            let socket = open(Type::STREAM, Protocol::TCP)?;
            let begun = socket.connect(&SocketAddr::new(self.to, *port).into());
            let under_way = |error: &io::Error| error.raw_os_error() == Some(libc::EINPROGRESS);
            if let Some(error) = begun.err().filter(|error| !under_way(error)) {
                return Err(error);
            }
            sockets.push(socket);
        }
        for port in &self.udp {
            let socket = open(Type::DGRAM, Protocol::UDP)?;
            socket.send_to(b"anybody there", &SocketAddr::new(self.to, *port).into())?;
            sockets.push(socket);
        }
        for (number, packet) in &self.raw {
            let socket = open(Type::RAW, Protocol::from(i32::from(*number)))?;
            socket.send_to(packet, &SocketAddr::new(self.to, 0).into())?;
            sockets.push(socket);
        }
        Ok(())
    }
}
