//! Who has an address: ARP for Ethernet and IPv4 (RFC 826), neighbour discovery (RFC 4861).

use super::{ETHERNET, TYPE_IPV4, ipv6};
use crate::bytes::{Bytes, be16, four, mac, sixteen};
use crate::{Addr, Mac};

const SOLICITATION: u8 = 135;
const ADVERTISEMENT: u8 = 136;
/// Hop limit of every genuine message: no router passed it on.
const HOP_LIMIT: u8 = 255;

/// Bytes of a message before its options.
const MESSAGE: usize = 24;
/// Bytes of an option with a MAC address.
const OPTION: usize = 8;
const OPTION_SOURCE: u8 = 1;
const OPTION_TARGET: u8 = 2;

/// An ARP message for Ethernet and IPv4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arp {
    /// A request, not a reply.
    pub is_request: bool,
    /// The sender's MAC address.
    pub sender_mac: Mac,
    /// The sender's address, as four bytes: asked with, or announced.
    pub sender: [u8; 4],
    /// The address that is asked for.
    pub target: [u8; 4],
}

/// A neighbour solicitation or advertisement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Discovery {
    /// A solicitation, not an advertisement.
    pub is_solicitation: bool,
    /// Who speaks; the unspecified address of who probes whether an address is free.
    pub source: Addr,
    /// Who is looked for, or announced.
    pub target: Addr,
    /// The MAC address that the message's first option binds to `source` (in a solicitation) or to
    /// `target` (in an advertisement); [`Mac::NONE`] where there is none.
    pub bound: Mac,
}

/// ARP for other links or protocols than Ethernet and IPv4 is nobody's here.
#[inline(always)]
pub(super) fn arp<B: Bytes + ?Sized>(bytes: &B) -> Option<Arp> {
    const LEN: usize = 28;
    let message = bytes.fixed::<LEN>(ETHERNET)?;
    let for_ethernet_and_ipv4 = be16::<0, LEN>(message) == 1
        && be16::<2, LEN>(message) == TYPE_IPV4
        && be16::<4, LEN>(message) == 0x0604;
    for_ethernet_and_ipv4.then(|| Arp {
        is_request: be16::<6, LEN>(message) == 1,
        sender_mac: mac::<8, LEN>(message),
        sender: four::<14, LEN>(message),
        target: four::<24, LEN>(message),
    })
}

/// The message behind this header; `None` for any other ICMPv6, and for one that
/// a router passed on, which is not genuine.
#[inline(always)]
pub(super) fn discovery<B: Bytes + ?Sized>(
    bytes: &B,
    header: &[u8; ipv6::HEADER],
) -> Option<Discovery> {
    let at = ETHERNET + ipv6::HEADER;
    let message = bytes.fixed::<MESSAGE>(at)?;
    let is_solicitation = message[0] == SOLICITATION;
    if !is_solicitation && message[0] != ADVERTISEMENT || header[7] != HOP_LIMIT {
        return None;
    }
    let wanted = if is_solicitation {
        OPTION_SOURCE
    } else {
        OPTION_TARGET
    };
    let bound = match bytes.fixed::<OPTION>(at + MESSAGE) {
        Some(option) if option[0] == wanted && option[1] == 1 => mac::<2, OPTION>(option),
        Some(_) | None => Mac::NONE,
    };
    Some(Discovery {
        is_solicitation,
        source: Addr::v6(sixteen::<8, { ipv6::HEADER }>(header)),
        target: Addr::v6(sixteen::<8, MESSAGE>(message)),
        bound,
    })
}
