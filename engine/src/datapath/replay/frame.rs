//! The frame of a kept SYN, made whole.
//!
//! Between namespaces and virtual machines the kernel leaves the checksum of a segment unfinished, for a
//! card that would not come: what is sent again by itself needs it.

use etherparse::checksum::Sum16BitWords;
use etherparse::{NetSlice, SlicedPacket, TransportSlice};
use evenkeel_packet::abi::PROTOCOL_TCP;
use evenkeel_packet::frame::Ports;
use evenkeel_packet::keep::{Kept, both_ports};

/// Where the checksum stands in a TCP header (RFC 9293 section 3.1).
const CHECKSUM: usize = 16;

/// The frame that was kept with a SYN, its checksum finished; `None` where it is another's, or damaged:
/// two SYNs came to one place at once.
pub(super) fn whole(frame: &[u8], kept: &Kept) -> Option<Vec<u8>> {
    let frame = frame.get(..usize::from(kept.len))?;
    let packet = SlicedPacket::from_ethernet(frame).ok()?;
    let Some(TransportSlice::Tcp(tcp)) = &packet.transport else {
        return None;
    };
    let ports = both_ports(Ports {
        source: tcp.source_port(),
        destination: tcp.destination_port(),
    });
    let follows = tcp.sequence_number().wrapping_add(1);
    if (ports, follows) != (kept.ports, kept.sequence) || !tcp.syn() || tcp.ack() {
        return None;
    }
    let segment = tcp.slice();
    let (finished, addresses) = match packet.net.as_ref()? {
        NetSlice::Ipv4(ip) => {
            let (from, to) = (ip.header().source(), ip.header().destination());
            let sum = Sum16BitWords::new().add_slice(&from).add_slice(&to);
            (tcp.calc_checksum_ipv4(from, to).ok()?, sum)
        }
        NetSlice::Ipv6(ip) => {
            let (from, to) = (ip.header().source(), ip.header().destination());
            let sum = Sum16BitWords::new().add_slice(&from).add_slice(&to);
            (tcp.calc_checksum_ipv6(from, to).ok()?, sum)
        }
        NetSlice::Arp(_) => return None,
    };
    let unfinished = unfinished(addresses, segment.len())?;
    if tcp.checksum() != finished && tcp.checksum() != unfinished {
        return None;
    }
    let at = segment.as_ptr().addr() - frame.as_ptr().addr() + CHECKSUM;
    let mut whole = frame.to_vec();
    whole
        .get_mut(at..at + 2)?
        .copy_from_slice(&finished.to_be_bytes());
    Some(whole)
}

/// What the kernel writes where a card is to put the checksum: the sum of the pseudo header, whose addresses
/// are in `sum`, not inverted (RFC 9293 section 3.1).
fn unfinished(sum: Sum16BitWords, segment: usize) -> Option<u16> {
    let length = u16::try_from(segment).ok()?;
    let sum = sum.add_2bytes([0, PROTOCOL_TCP]);
    let sum = sum.add_2bytes(length.to_be_bytes());
    Some(!u16::from_be(sum.ones_complement()))
}

#[cfg(test)]
mod tests {
    use etherparse::PacketBuilder;

    use super::*;

    fn syn(v6: bool) -> (Vec<u8>, Kept) {
        let link = PacketBuilder::ethernet2([1; 6], [2; 6]);
        let ip = if v6 {
            link.ipv6([3; 16], [4; 16], 64)
        } else {
            link.ipv4([10, 0, 0, 1], [10, 0, 0, 100], 64)
        };
        let tcp = ip.tcp(40_000, 80, 0x1234_5678, 64_240).syn();
        let mut frame = Vec::new();
        tcp.write(&mut frame, &[]).unwrap();
        let kept = Kept {
            sequence: 0x1234_5679,
            ports: 40_000 | 80 << 16,
            len: u16::try_from(frame.len()).unwrap(),
            ..Kept::default()
        };
        (frame, kept)
    }

    #[test]
    fn a_checksum_that_was_left_unfinished_is_finished() {
        for v6 in [false, true] {
            let (frame, kept) = syn(v6);
            assert_eq!(whole(&frame, &kept).as_ref(), Some(&frame));
            let at = frame.len() - 20 + CHECKSUM;
            // Summed up by hand: the addresses, the protocol, the length of the segment.
            let addresses = if v6 { 22..54 } else { 26..34 };
            let words = frame[addresses].chunks_exact(2);
            let words = words.map(|word| u32::from(word[0]) << 8 | u32::from(word[1]));
            let mut sum = words.sum::<u32>() + 6 + 20;
            while sum > 0xffff {
                sum = (sum & 0xffff) + (sum >> 16);
            }
            let mut unfinished = frame.clone();
            unfinished[at..at + 2].copy_from_slice(&u16::try_from(sum).unwrap().to_be_bytes());
            assert_eq!(whole(&unfinished, &kept), Some(frame));
        }
    }

    #[test]
    fn a_frame_that_is_damaged_or_of_another_is_none() {
        let (frame, kept) = syn(false);
        for at in [26, 34, 37, 38, 46, 47, 48] {
            let mut damaged = frame.clone();
            damaged[at] ^= 0x10;
            assert_eq!(whole(&damaged, &kept), None, "byte {at}");
        }
        let other = Kept {
            sequence: 1,
            ..kept
        };
        assert_eq!(whole(&frame, &other), None);
        let long = Kept { len: 400, ..kept };
        assert_eq!(whole(&frame, &long), None);
    }
}
