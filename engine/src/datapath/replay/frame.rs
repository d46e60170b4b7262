//! The frame of a kept SYN, made whole.
//!
//! Between namespaces and virtual machines the kernel leaves the checksum of a segment unfinished, for a
//! card that would not come: what is sent again by itself needs it.

use etherparse::{NetSlice, SlicedPacket, TransportSlice};
use evenkeel_packet::Mac;
use evenkeel_packet::keep::Kept;

/// Bytes of the link's header.
const ETHERNET: usize = 14;
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
    let ports = u32::from(tcp.source_port()) | u32::from(tcp.destination_port()) << 16;
    let follows = tcp.sequence_number().wrapping_add(1);
    if (ports, follows) != (kept.ports, kept.sequence) || !tcp.syn() || tcp.ack() {
        return None;
    }
    let (finished, pseudo) = match packet.net.as_ref()? {
        NetSlice::Ipv4(ip) => {
            let (from, to) = (ip.header().source(), ip.header().destination());
            let sum = [from, to].concat();
            (tcp.calc_checksum_ipv4(from, to).ok()?, sum)
        }
        NetSlice::Ipv6(ip) => {
            let (from, to) = (ip.header().source(), ip.header().destination());
            (tcp.calc_checksum_ipv6(from, to).ok()?, [from, to].concat())
        }
        NetSlice::Arp(_) => return None,
    };
    let segment = tcp.slice();
    let unfinished = sum_of_pseudo_header(&pseudo, segment.len());
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

/// Addresses a frame anew.
pub(in crate::datapath) fn readdress(frame: &mut [u8], to: Mac, from: Mac) {
    if let Some(header) = frame.get_mut(..ETHERNET) {
        header[..6].copy_from_slice(&to.bytes());
        header[6..12].copy_from_slice(&from.bytes());
    }
}

/// What the kernel writes where a card is to put the checksum (RFC 1071; RFC 9293 section 3.1).
fn sum_of_pseudo_header(addresses: &[u8], segment: usize) -> u16 {
    const TCP: u64 = 6;
    let words = addresses
        .chunks_exact(2)
        .map(|word| u64::from(word[0]) << 8 | u64::from(word[1]));
    let mut sum = words.sum::<u64>() + TCP + segment as u64;
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    u16::try_from(sum).unwrap_or(u16::MAX)
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
            let addresses = if v6 { 22..54 } else { 26..34 };
            let mut unfinished = frame.clone();
            let sum = sum_of_pseudo_header(&frame[addresses], 20);
            unfinished[at..at + 2].copy_from_slice(&sum.to_be_bytes());
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
