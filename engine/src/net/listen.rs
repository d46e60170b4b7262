//! Finds out whether anything arrives at a node that hears no other node: it watches for frames, and
//! has the neighbours that its kernel knows say something.
//!
//! The kernel itself asks them (ARP, or a neighbour solicitation, RFC 4861, section 7.3): their
//! entries are put into the state in which it verifies that they are still there. The farm's own nodes
//! are not asked: they are who is missed.

use std::collections::BTreeSet;
use std::io;
use std::net::IpAddr;
use std::os::fd::{AsRawFd, OwnedFd};
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use netlink_packet_route::neighbour::{
    NeighbourAddress, NeighbourAttribute, NeighbourMessage, NeighbourState,
};
use nix::libc;
use nix::sys::socket::{LinkAddr, recvfrom};
use socket2::{Domain, Protocol, Socket, Type};
use tokio::io::Interest;
use tokio::net::UdpSocket;
use tokio::sync::Mutex;

use crate::error::chain;
use crate::limits;
use crate::net::links::Netlink;

/// How often they are asked; three questions of the kernel fit in.
const INTERVAL: Duration = Duration::from_secs(3);

/// After a frame was heard the next one is waited for when this has passed.
pub(crate) const AGAIN: Duration = Duration::from_millis(400);

/// So long the list of neighbours holds, and they are not asked again: answers of peers that take
/// nearly the lost time make a node doubt its ears many times a second.
const RECENT: Duration = AGAIN;

/// Somebody on one of the interfaces who may answer.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Neighbour {
    interface: u32,
    addr: IpAddr,
    mac: Vec<u8>,
}

/// The neighbours of all interfaces as they were listed last, each with the time since it was heard, in
/// ticks of the kernel. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Acquaintances(Arc<Mutex<Option<Listed>>>);

#[derive(Clone, Debug)]
struct Listed {
    at: Instant,
    neighbours: Vec<(u32, Neighbour)>,
}

impl Acquaintances {
    /// The list, and how long nobody may be asked.
    async fn list(
        &self,
        netlink: &Netlink,
    ) -> Result<(Vec<(u32, Neighbour)>, Duration), rtnetlink::Error> {
        let mut listed = self.0.lock().await;
        if let Some(listed) = listed.as_ref().filter(|last| last.at.elapsed() < RECENT) {
            let wait = RECENT.saturating_sub(listed.at.elapsed());
            return Ok((listed.neighbours.clone(), wait));
        }
        let all = netlink.known_neighbours().await?;
        let neighbours: Vec<_> = all.iter().filter_map(neighbour).collect();
        *listed = Some(Listed {
            at: Instant::now(),
            neighbours: neighbours.clone(),
        });
        Ok((neighbours, Duration::ZERO))
    }
}

/// Interfaces to which nothing comes, as their network is cut on purpose: an ear is in front of the cut, and
/// would hear it all. Clones share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Deaf(Arc<std::sync::Mutex<BTreeSet<u32>>>);

impl Deaf {
    /// It is these from here on.
    pub(crate) fn set(&self, interfaces: BTreeSet<u32>) {
        *self.lock() = interfaces;
    }

    fn has(&self, interface: u32) -> bool {
        self.lock().contains(&interface)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeSet<u32>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Who listens on which interfaces of a module.
#[derive(Clone, Debug)]
pub(crate) struct Ears {
    /// The module's interfaces.
    pub(crate) interfaces: BTreeSet<u32>,
    /// Those that hear nothing.
    pub(crate) deaf: Deaf,
}

impl Ears {
    /// Whether a frame came in on one of these interfaces; what is sent is shown, too, and what of it the
    /// machine gives to itself.
    fn hear(&self, from: &LinkAddr) -> bool {
        let is_here = |index: u32| self.interfaces.contains(&index) && !self.deaf.has(index);
        let comes_in = ![libc::PACKET_OUTGOING, libc::PACKET_LOOPBACK].contains(&from.pkttype());
        comes_in && u32::try_from(from.ifindex()).is_ok_and(is_here)
    }
}

/// Returns at the first frame that arrives on one of the interfaces; at once where no neighbour is
/// known who is not of the farm, or where the kernel lets nobody find out.
pub(crate) async fn run(
    netlink: &Netlink,
    acquaintances: &Acquaintances,
    ears: &Ears,
    farm: &BTreeSet<IpAddr>,
) {
    let heard = hear(netlink, acquaintances, ears, farm).await;
    if let Err(error) = heard {
        let error = chain(&error);
        tracing::warn!(
            error,
            "whether this node hears anything cannot be found out"
        );
    }
}

async fn hear(
    netlink: &Netlink,
    acquaintances: &Acquaintances,
    ears: &Ears,
    farm: &BTreeSet<IpAddr>,
) -> io::Result<()> {
    // The ear first: answers come within microseconds.
    let ear = ear()?;
    let listed = acquaintances.list(netlink).await;
    let (mut known, wait) = listed.map_err(io::Error::other)?;
    known.retain(|(_, one)| ears.interfaces.contains(&one.interface));
    let neighbours = strangers(known, farm);
    if neighbours.is_empty() {
        tracing::info!("no neighbour is known who could tell whether this node hears");
        return Ok(());
    }
    tokio::select! {
        heard = first_frame(&ear, ears) => heard,
        () = ask(netlink, &neighbours, wait) => Ok(()),
    }
}

/// Hears every frame of every interface. Its type is the one under which the runtime watches a
/// descriptor without `unsafe`; only what it reads is the packet socket's.
fn ear() -> io::Result<UdpSocket> {
    let all = u16::try_from(libc::ETH_P_ALL).map_err(io::Error::other)?;
    let protocol = Protocol::from(i32::from(all.to_be()));
    let socket = Socket::new(Domain::PACKET, Type::DGRAM, Some(protocol))?;
    socket.set_nonblocking(true)?;
    UdpSocket::from_std(OwnedFd::from(socket).into())
}

async fn first_frame(ear: &UdpSocket, ears: &Ears) -> io::Result<()> {
    loop {
        ear.readable().await?;
        let next = || Ok(recvfrom::<LinkAddr>(ear.as_raw_fd(), &mut [0])?);
        match ear.try_io(Interest::READABLE, next) {
            Ok((_, Some(from))) if ears.hear(&from) => return Ok(()),
            Err(error) if !is_passing(&error) => return Err(error),
            Ok(_) | Err(_) => {}
        }
    }
}

/// Whether another try may succeed.
fn is_passing(error: &io::Error) -> bool {
    let kind = error.kind();
    kind == io::ErrorKind::WouldBlock || kind == io::ErrorKind::Interrupted
}

/// Has the kernel ask them again and again, after this time.
async fn ask(netlink: &Netlink, neighbours: &[Neighbour], wait: Duration) {
    tokio::time::sleep(wait).await;
    loop {
        for Neighbour {
            interface,
            addr,
            mac,
        } in neighbours
        {
            let entry = netlink.neighbours().add(*interface, *addr);
            let entry = entry.state(NeighbourState::Probe).link_layer_address(mac);
            if let Err(error) = entry.replace().execute().await {
                tracing::debug!(%addr, %error, "a neighbour cannot be asked");
            }
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

/// Those that are not of the farm, those that were heard last first. A node may have several addresses,
/// with one MAC.
fn strangers(mut known: Vec<(u32, Neighbour)>, farm: &BTreeSet<IpAddr>) -> Vec<Neighbour> {
    let nodes = known.iter().filter(|(_, one)| farm.contains(&one.addr));
    let macs: BTreeSet<Vec<u8>> = nodes.map(|(_, one)| one.mac.clone()).collect();
    known.sort_by_key(|(age, _)| *age);
    let others = known.into_iter().map(|(_, one)| one);
    let others = others.filter(|one| !macs.contains(&one.mac));
    others.take(limits::NEIGHBOURS).collect()
}

/// A neighbour that was reached before, with the time since then in ticks of the kernel.
fn neighbour(message: &NeighbourMessage) -> Option<(u32, Neighbour)> {
    let (mut addr, mut mac, mut age) = (None, None, u32::MAX);
    for attribute in &message.attributes {
        if let NeighbourAttribute::Destination(NeighbourAddress::Inet(v4)) = attribute {
            addr = Some(IpAddr::from(*v4));
        } else if let NeighbourAttribute::Destination(NeighbourAddress::Inet6(v6)) = attribute {
            addr = Some(IpAddr::from(*v6));
        } else if let NeighbourAttribute::LinkLayerAddress(bytes) = attribute {
            mac = Some(bytes.clone());
        } else if let NeighbourAttribute::CacheInfo(info) = attribute {
            age = info.confirmed;
        }
    }
    let was_reached = matches!(
        message.header.state,
        NeighbourState::Reachable
            | NeighbourState::Stale
            | NeighbourState::Delay
            | NeighbourState::Probe
    );
    let one = Neighbour {
        interface: message.header.ifindex,
        addr: addr.filter(|_| was_reached)?,
        mac: mac?,
    };
    Some((age, one))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(age: u32, addr: [u8; 4], mac: u8) -> (u32, Neighbour) {
        let one = Neighbour {
            interface: 2,
            addr: addr.into(),
            mac: vec![2, 0, 0, 0, 0, mac],
        };
        (age, one)
    }

    #[test]
    fn the_farm_s_nodes_are_not_asked_whichever_of_their_addresses_is_known() {
        let farm = BTreeSet::from([[10, 0, 0, 2].into()]);
        let known = vec![
            known(900, [10, 0, 0, 7], 7),
            known(1, [10, 0, 0, 2], 2),
            known(1, [10, 0, 9, 9], 2),
            known(5, [10, 0, 0, 8], 8),
        ];
        let asked = strangers(known, &farm);
        let asked: Vec<_> = asked.iter().map(|one| one.addr.to_string()).collect();
        assert_eq!(asked, ["10.0.0.8", "10.0.0.7"]);
    }
}
