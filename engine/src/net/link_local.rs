//! The IPv6 link-local address of an interface: from it the kernel looks for the clients of virtual IPv6
//! addresses (RFC 4861, 7.2.2), and not before it knows that nobody else has it, a second or two after the
//! interface came up (duplicate address detection, RFC 4862). A share that is taken over before that is a
//! share whose clients wait.

use std::io;
use std::net::IpAddr;

use netlink_packet_route::address::{AddressAttribute, AddressFlags, AddressMessage};
use tokio::time::{Instant, sleep};

use crate::limits;
use crate::net::links::{Netlink, link_addr};
use crate::ports::InterfacePath;

/// What there is of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Missing,
    /// Another machine has it.
    Duplicate,
    /// The kernel still asks whether another machine has it.
    Tentative,
    Usable,
}

/// Waits until these interfaces can look for clients, as far as they have virtual IPv6 addresses, for
/// [`limits::LINK_LOCAL_TIME`] in all. What is not so then is told in the log, with what helps.
pub(crate) async fn wait(netlink: &Netlink, interfaces: &[InterfacePath]) {
    let deadline = Instant::now() + limits::LINK_LOCAL_TIME;
    for interface in interfaces {
        if interface.addrs.iter().any(IpAddr::is_ipv6) {
            wait_for(netlink, interface, deadline).await;
        }
    }
}

async fn wait_for(netlink: &Netlink, interface: &InterfacePath, deadline: Instant) {
    loop {
        match state(netlink, interface.index).await {
            Ok(State::Tentative) if Instant::now() < deadline => {}
            Ok(state) => return tell(interface, state),
            Err(error) => {
                let interface = &interface.name;
                tracing::warn!(%interface, %error, "its IPv6 link-local address cannot be read");
                return;
            }
        }
        sleep(limits::LINK_LOCAL_LOOK).await;
    }
}

fn tell(interface: &InterfacePath, state: State) {
    let reason = match state {
        State::Usable => return,
        State::Missing => {
            "it has no IPv6 link-local address; set one, as the kernel does by default (addr_gen_mode)"
        }
        State::Duplicate => {
            "another machine has its IPv6 link-local address; give one of them another MAC address"
        }
        State::Tentative => {
            "whether its IPv6 link-local address is its own is still being asked; is its cable in?"
        }
    };
    let interface = &interface.name;
    tracing::warn!(%interface, "clients of its virtual IPv6 addresses will get no answers: {reason}");
}

/// That of the address that is furthest.
async fn state(netlink: &Netlink, index: u32) -> io::Result<State> {
    let addrs = netlink.addresses_of(index).await?;
    let found = addrs.iter().filter_map(of_address);
    Ok(found.max().unwrap_or(State::Missing))
}

/// None of another kind of address.
fn of_address(message: &AddressMessage) -> Option<State> {
    let addr = link_addr(message)?.addr;
    let is_link_local = matches!(addr, IpAddr::V6(addr) if addr.is_unicast_link_local());
    let flags = message.attributes.iter().find_map(|attribute| {
        let AddressAttribute::Flags(flags) = attribute else {
            return None;
        };
        Some(*flags)
    });
    let flags = flags.unwrap_or(AddressFlags::empty());
    let not_yet = AddressFlags::Tentative | AddressFlags::Optimistic;
    let state = if flags.contains(AddressFlags::Dadfailed) {
        State::Duplicate
    } else if flags.intersects(not_yet) {
        State::Tentative
    } else {
        State::Usable
    };
    is_link_local.then_some(state)
}
