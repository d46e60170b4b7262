//! What the tests on a wire read in frames, and what the wire makes of them.

use evenkeel_packet::Addr;

/// Bytes of the link's header.
pub(crate) const ETHERNET: usize = 14;
/// What a frame carries: IPv4.
pub(crate) const IPV4: u16 = 0x0800;
/// What a frame carries: ARP.
pub(crate) const ARP: u16 = 0x0806;
/// What a frame carries: IPv6.
pub(crate) const IPV6: u16 = 0x86dd;
/// What a frame carries: another of a VLAN, whichever the number of its tag's type.
pub(crate) const VLAN: u16 = 0x8100;

/// What a frame carries.
pub(crate) fn ether_type(frame: &[u8]) -> u16 {
    match u16::from_be_bytes([frame[12], frame[13]]) {
        0x8100 | 0x88a8 => VLAN,
        other => other,
    }
}

/// The 16-bit number at `at`.
pub(crate) fn number(packet: &[u8], at: usize) -> usize {
    usize::from(u16::from_be_bytes([packet[at], packet[at + 1]]))
}

/// The length that an IPv4 header states for the whole packet.
pub(crate) fn ipv4_total(packet: &[u8]) -> usize {
    number(packet, 2)
}

/// Whom an IP packet without a VLAN tag is for.
pub(crate) fn destination(frame: &[u8]) -> Option<Addr> {
    let packet = frame.get(ETHERNET..)?;
    match ether_type(frame) {
        IPV4 => Some(Addr::v4(*packet.get(16..)?.first_chunk()?)),
        IPV6 => Some(Addr::v6(*packet.get(24..)?.first_chunk()?)),
        _ => None,
    }
}

/// The frame as it can travel: sentences leave the checksum of the IPv4 header out.
pub(crate) fn on_the_wire(frame: &[u8]) -> Vec<u8> {
    let mut frame = frame.to_vec();
    if ether_type(&frame) != IPV4 {
        return frame;
    }
    let packet = &mut frame[ETHERNET..];
    let len = packet
        .first()
        .map_or(0, |first| usize::from(first & 0xf) * 4);
    if (20..=packet.len()).contains(&len) {
        packet[10..12].fill(0);
        let sum = checksum(&packet[..len]);
        packet[10..12].copy_from_slice(&sum.to_be_bytes());
    }
    frame
}

/// The Internet checksum of an even number of bytes.
fn checksum(bytes: &[u8]) -> u16 {
    let words = bytes
        .chunks(2)
        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    let mut sum: u32 = words.map(u32::from).sum();
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    #[expect(clippy::cast_possible_truncation, reason = "folded to 16 bits above")]
    let sum = sum as u16;
    !sum
}
