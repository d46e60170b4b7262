//! Tells the neighbours which MAC a virtual address has: gratuitous ARP, as request and as reply.
//!
//! Both forms, because some neighbours update their tables from one of them only. The Ethernet
//! source is always the NIC's own MAC, so that no switch learns the virtual one; the ARP sender is
//! the agreed MAC. (Neighbour advertisements of IPv6 belong here.)

use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::os::fd::AsRawFd;
use std::time::Duration;

use etherparse::{ArpEthIpv4Packet, ArpOperation, EtherType, Ethernet2Header};
use evenkeel_core::config::model::{EntryMode, InterfaceConfig};
use nix::sys::socket::{LinkAddr, MsgFlags, sendto};
use socket2::{Domain, Protocol, Socket, Type};

use crate::ports::{InterfacePath, Mac};

const BROADCAST: Mac = [0xff; 6];
const NO_MAC: Mac = [0; 6];

/// Waits before the first announcements: at once, then ever further apart, for a neighbour or a
/// switch that lost the first.
const FIRST_WAITS: [Duration; 4] = [
    Duration::ZERO,
    Duration::from_millis(100),
    Duration::from_millis(400),
    Duration::from_millis(1500),
];

/// Announces an interface's virtual addresses: at once, three times more within two seconds, then
/// as the configuration says (`arpreroute`). Runs until that is over or the task is aborted.
pub async fn run(interface: InterfacePath, config: InterfaceConfig) {
    let mut failed = false;
    for wait in waits(&config) {
        tokio::time::sleep(wait).await;
        match announce(&interface) {
            Ok(()) => failed = false,
            // One line per failure that lasts, not one per repetition.
            Err(error) if !failed => {
                failed = true;
                tracing::warn!(interface = %interface.name, %error, "gratuitous ARP was not sent");
            }
            Err(_) => {}
        }
    }
}

/// Sends one round of announcements of all IPv4 addresses.
///
/// # Errors
///
/// When the interface is gone or down, or the process may not send raw frames.
pub fn announce(interface: &InterfacePath) -> io::Result<()> {
    let socket = Socket::new(Domain::PACKET, Type::RAW, Some(Protocol::from(0)))?;
    let to = link_addr(&interface.name)?;
    for addr in &interface.addrs {
        for frame in frames(interface, *addr) {
            sendto(socket.as_raw_fd(), &frame, &to, MsgFlags::MSG_DONTWAIT)?;
        }
    }
    Ok(())
}

/// The frames that announce one address: a request and a reply for IPv4.
pub fn frames(interface: &InterfacePath, addr: IpAddr) -> Vec<Vec<u8>> {
    let agreed = match interface.entry {
        EntryMode::VmacDirected => interface.mac,
        EntryMode::VmacInvisible => interface.vmac,
    };
    match addr {
        IpAddr::V4(addr) => vec![
            arp(interface.mac, agreed, addr, ArpOperation::REQUEST, NO_MAC),
            arp(interface.mac, agreed, addr, ArpOperation::REPLY, agreed),
        ],
        IpAddr::V6(_) => Vec::new(),
    }
}

fn arp(
    source: Mac,
    sender_mac: Mac,
    addr: Ipv4Addr,
    operation: ArpOperation,
    target_mac: Mac,
) -> Vec<u8> {
    let ethernet = Ethernet2Header {
        source,
        destination: BROADCAST,
        ether_type: EtherType::ARP,
    };
    let packet = ArpEthIpv4Packet {
        operation,
        sender_mac,
        sender_ipv4: addr.octets(),
        target_mac,
        target_ipv4: addr.octets(),
    };
    [ethernet.to_bytes().as_slice(), packet.to_bytes().as_slice()].concat()
}

/// Waits before each announcement.
fn waits(config: &InterfaceConfig) -> impl Iterator<Item = Duration> + use<> {
    let repeats = match config.arpinterval.as_millis() {
        0 => 0,
        interval if config.arpreroute => config.arpelapse.as_millis() / interval,
        _ => 0,
    };
    let repeats = usize::try_from(repeats).unwrap_or(usize::MAX);
    FIRST_WAITS
        .into_iter()
        .chain(std::iter::repeat_n(config.arpinterval, repeats))
}

/// The packet socket's address of an interface. The kernel's own list of addresses is the one way
/// to such an address without `unsafe`.
pub(crate) fn link_addr(name: &str) -> io::Result<LinkAddr> {
    let mut all = nix::ifaddrs::getifaddrs()?;
    let gone = || {
        io::Error::new(
            io::ErrorKind::NotFound,
            format!("there is no interface {name}"),
        )
    };
    all.find_map(|one| {
        let addr = one.address.filter(|_| one.interface_name == name)?;
        addr.as_link_addr().copied()
    })
    .ok_or_else(gone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interface(entry: EntryMode) -> InterfacePath {
        InterfacePath {
            index: 2,
            name: "eth0".to_owned(),
            mac: [2, 0, 0, 0, 0, 7],
            entry,
            vmac: [0x5a, 0xfe, 10, 0, 1, 99],
            addrs: vec![IpAddr::from([10, 0, 1, 99])],
        }
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn directed_mode_announces_the_nic_s_own_mac() {
        let frames = frames(&interface(EntryMode::VmacDirected), [10, 0, 1, 99].into());
        let ethernet = "ffffffffffff0200000000070806";
        let expected = [
            format!("{ethernet}00010800060400010200000000070a0001630000000000000a000163"),
            format!("{ethernet}00010800060400020200000000070a0001630200000000070a000163"),
        ];
        assert_eq!(
            frames.iter().map(|frame| hex(frame)).collect::<Vec<_>>(),
            expected
        );
    }

    #[test]
    fn invisible_mode_announces_the_virtual_mac_from_the_nic_s_own() {
        let frames = frames(&interface(EntryMode::VmacInvisible), [10, 0, 1, 99].into());
        let ethernet = "ffffffffffff0200000000070806";
        let expected = [
            format!("{ethernet}00010800060400015afe0a0001630a0001630000000000000a000163"),
            format!("{ethernet}00010800060400025afe0a0001630a0001635afe0a0001630a000163"),
        ];
        assert_eq!(
            frames.iter().map(|frame| hex(frame)).collect::<Vec<_>>(),
            expected
        );
    }

    #[test]
    fn repetitions_follow_the_configuration() {
        let mut config = InterfaceConfig {
            name: None,
            check: true,
            arpreroute: false,
            arpinterval: Duration::from_secs(60),
            arpelapse: Duration::from_secs(1200),
            entry: EntryMode::VmacDirected,
            vmac: None,
            addrs: Vec::new(),
        };
        assert_eq!(waits(&config).count(), FIRST_WAITS.len());
        config.arpreroute = true;
        assert_eq!(waits(&config).count(), FIRST_WAITS.len() + 20);
        config.arpinterval = Duration::ZERO;
        assert_eq!(waits(&config).count(), FIRST_WAITS.len());
    }
}
