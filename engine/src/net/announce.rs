//! Tells the neighbours which MAC a virtual address has: gratuitous ARP, as request and as reply,
//! and the unsolicited neighbour advertisement of IPv6 (RFC 4861, section 7.2.6).
//!
//! Both forms of ARP, because some neighbours update their tables from one of them only. The
//! Ethernet source is always the NIC's own MAC, so that no switch learns the virtual one; the ARP
//! sender, and the advertised link-layer address, is the agreed MAC. An advertisement overrides what
//! is known (override flag), answers nobody (no solicited flag), and goes to all nodes of the link.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::os::fd::AsRawFd;
use std::time::Duration;

use etherparse::icmpv6::NeighborAdvertisementHeader;
use etherparse::{
    ArpEthIpv4Packet, ArpOperation, EtherType, Ethernet2Header, Icmpv6Header, Icmpv6Type, IpNumber,
    Ipv6Header,
};
use evenkeel_core::config::model::{EntryMode, InterfaceConfig};
use nix::sys::socket::{LinkAddr, MsgFlags, sendto};
use socket2::{Domain, Protocol, Socket, Type};

use crate::ports::{InterfacePath, Mac};

const BROADCAST: Mac = [0xff; 6];
const NO_MAC: Mac = [0; 6];
/// All nodes of the link: `ff02::1`, and the MAC address of that group.
const ALL_NODES: Ipv6Addr = Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 1);
const ALL_NODES_MAC: Mac = [0x33, 0x33, 0, 0, 0, 1];
/// A packet with another one has crossed a router, so nobody takes it for a neighbour's.
const HOP_LIMIT: u8 = 255;
/// Head of the option that says the target's link-layer address: its type, its length in units of
/// eight bytes.
const TARGET_LINK_LAYER: [u8; 2] = [2, 1];

/// Bytes of an advertisement behind the IPv6 header: 8 of ICMPv6, the target, the option.
const ADVERTISEMENT_BYTES: u16 = 8 + 16 + 8;

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
                tracing::warn!(interface = %interface.name, %error, "the virtual IP was not announced");
            }
            Err(_) => {}
        }
    }
}

/// Sends one round of announcements of all addresses.
///
/// # Errors
///
/// When the interface is gone or down, or the process may not send raw frames.
pub fn announce(interface: &InterfacePath) -> io::Result<()> {
    let socket = frame_socket()?;
    let to = link_addr(&interface.name)?;
    for addr in &interface.addrs {
        for frame in frames(interface, *addr) {
            sendto(socket.as_raw_fd(), &frame, &to, MsgFlags::MSG_DONTWAIT)?;
        }
    }
    Ok(())
}

/// The frames that announce one address: a request and a reply for IPv4, an advertisement for IPv6.
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
        IpAddr::V6(addr) => vec![advertisement(interface.mac, agreed, addr)],
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

fn advertisement(source: Mac, agreed: Mac, addr: Ipv6Addr) -> Vec<u8> {
    let ethernet = Ethernet2Header {
        source,
        destination: ALL_NODES_MAC,
        ether_type: EtherType::IPV6,
    };
    let flags = NeighborAdvertisementHeader {
        router: false,
        solicited: false,
        r#override: true,
    };
    // 16 bytes of the target, then the option.
    let mut body = [0; 24];
    body[..16].copy_from_slice(&addr.octets());
    body[16..18].copy_from_slice(&TARGET_LINK_LAYER);
    body[18..].copy_from_slice(&agreed);
    let (from, to) = (addr.octets(), ALL_NODES.octets());
    let mut icmp = Icmpv6Header::new(Icmpv6Type::NeighborAdvertisement(flags));
    // Fails for payloads that exceed a packet's length only.
    icmp.update_checksum(from, to, &body).unwrap_or_default();
    let icmp = icmp.to_bytes();
    let ip = Ipv6Header {
        payload_length: ADVERTISEMENT_BYTES,
        next_header: IpNumber::IPV6_ICMP,
        hop_limit: HOP_LIMIT,
        source: from,
        destination: to,
        ..Ipv6Header::default()
    };
    [&ethernet.to_bytes()[..], &ip.to_bytes(), &icmp, &body].concat()
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

/// A socket that sends whole frames.
///
/// # Errors
///
/// When the process may not send raw frames.
pub(crate) fn frame_socket() -> io::Result<Socket> {
    // Protocol 0: the socket receives nothing.
    Socket::new(Domain::PACKET, Type::RAW, Some(Protocol::from(0)))
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
            software: true,
            entry,
            vmac: [0x5a, 0xfe, 10, 0, 1, 99],
            addrs: vec![IpAddr::from([10, 0, 1, 99])],
            network: IpAddr::from([10, 0, 1, 0]),
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

    const SIX: &str = "fd00::1:99";

    fn advertised(entry: EntryMode) -> Vec<u8> {
        let mut frames = frames(&interface(entry), SIX.parse().unwrap());
        assert_eq!(frames.len(), 1);
        frames.remove(0)
    }

    #[test]
    fn an_ipv6_address_is_advertised_to_all_nodes_with_the_agreed_mac() {
        for (entry, agreed) in [
            (EntryMode::VmacDirected, "020000000007"),
            (EntryMode::VmacInvisible, "5afe0a000163"),
        ] {
            let frame = hex(&advertised(entry));
            let vip = "fd000000000000000000000000010099";
            let expected = [
                "33330000000102000000000786dd",
                "6000000000203aff",
                vip,
                "ff020000000000000000000000000001",
                "8800",
                &frame[112..116],
                "20000000",
                vip,
                "0201",
                agreed,
            ];
            assert_eq!(frame, expected.concat());
        }
    }

    /// The sum of RFC 1071 over the pseudo header of RFC 8200 and the message: all ones where the
    /// checksum in it is right.
    fn sum(packet: &[u8]) -> u16 {
        let (header, message) = packet.split_at(40);
        let length = u32::try_from(message.len()).unwrap().to_be_bytes();
        let pseudo = [&header[8..], &length, &[0, 0, 0, 58]].concat();
        let words = pseudo.chunks(2).chain(message.chunks(2));
        words.fold(0, |sum: u16, word| {
            let (sum, carry) = sum.overflowing_add(u16::from_be_bytes([word[0], word[1]]));
            sum + u16::from(carry)
        })
    }

    #[test]
    fn the_checksum_of_an_advertisement_is_right() {
        for entry in [EntryMode::VmacDirected, EntryMode::VmacInvisible] {
            let mut frame = advertised(entry);
            assert_eq!(sum(&frame[14..]), 0xffff);
            frame[60] ^= 1;
            assert_ne!(sum(&frame[14..]), 0xffff, "the sum notices");
        }
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
