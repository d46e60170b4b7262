//! Cuts a packet that does not fit on the link.
//!
//! Where the machine tracks connections and `iptables` writes the rules, the kernel has put the parts
//! of a datagram together before the queue gets it. To be sent on it is cut again. That is done for
//! IPv4; of IPv6 the kernel does not tell the number that the parts had in common.

use etherparse::{IpFragOffset, Ipv4Header};

/// Bytes of the link's header.
const ETHERNET: usize = 14;
/// Unit in which a part says where it belongs, in bytes.
const UNIT: usize = 8;

/// The frames that carry the IPv4 packet of this one in parts (RFC 791 section 2.3), for a link that
/// takes packets of `mtu` bytes; `None` where it is no IPv4, or that is too little.
pub(super) fn cut(frame: &[u8], mtu: usize) -> Option<Vec<Vec<u8>>> {
    let (ethernet, packet) = frame.split_at_checked(ETHERNET)?;
    if !ethernet.ends_with(&[0x08, 0x00]) {
        return None;
    }
    let (whole, content) = Ipv4Header::from_slice(packet).ok()?;
    let room = mtu.checked_sub(whole.header_len())? / UNIT * UNIT;
    if room == 0 {
        return None;
    }
    let count = content.len().div_ceil(room);
    let mut frames = Vec::new();
    for (place, part) in content.chunks(room).enumerate() {
        let mut header = whole.clone();
        let units = u16::try_from(place * room / UNIT).ok()?;
        let offset = whole.fragment_offset.value().checked_add(units)?;
        header.fragment_offset = IpFragOffset::try_new(offset).ok()?;
        header.more_fragments = whole.more_fragments || place + 1 < count;
        if place > 0 {
            keep_copied(header.options.as_mut());
        }
        header.set_payload_len(part.len()).ok()?;
        header.header_checksum = header.calc_header_checksum();
        frames.push([ethernet, header.to_bytes().as_slice(), part].concat());
    }
    Some(frames)
}

/// Overwrites the options that only the first part has by ones that do nothing.
fn keep_copied(options: &mut [u8]) {
    const END: u8 = 0;
    const NOTHING: u8 = 1;
    const COPIED: u8 = 0x80;
    let mut rest = options;
    while let [kind, ..] = *rest {
        let len = match kind {
            END => return,
            NOTHING => 1,
            _ => rest.get(1).map_or(0, |len| usize::from(*len)),
        };
        if len == 0 || len > rest.len() {
            return;
        }
        let (option, behind) = rest.split_at_mut(len);
        if kind & COPIED == 0 {
            option.fill(NOTHING);
        }
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use etherparse::{IpNumber, Ipv4Options};

    use super::*;

    fn frame(header: &Ipv4Header, content: &[u8]) -> Vec<u8> {
        let mut header = header.clone();
        header.set_payload_len(content.len()).unwrap();
        let ethernet = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0];
        [&ethernet, header.to_bytes().as_slice(), content].concat()
    }

    fn header() -> Ipv4Header {
        let mut header =
            Ipv4Header::new(0, 64, IpNumber::UDP, [10, 0, 0, 7], [10, 0, 0, 9]).unwrap();
        header.identification = 77;
        header
    }

    #[test]
    fn the_parts_are_the_whole() {
        let content: Vec<u8> = (0..4000_u32)
            .flat_map(u32::to_be_bytes)
            .take(4001)
            .collect();
        let parts = cut(&frame(&header(), &content), 1500).unwrap();
        assert_eq!(parts.len(), 3);
        let mut together = vec![0; content.len()];
        for (place, part) in parts.iter().enumerate() {
            assert!(part.len() <= ETHERNET + 1500);
            let (header, part) = Ipv4Header::from_slice(&part[ETHERNET..]).unwrap();
            assert_eq!(header.header_checksum, header.calc_header_checksum());
            assert_eq!(header.identification, 77);
            assert_eq!(header.more_fragments, place < 2);
            let at = usize::from(header.fragment_offset.value()) * UNIT;
            together[at..at + part.len()].copy_from_slice(part);
        }
        assert_eq!(together, content);
    }

    #[test]
    fn options_that_are_not_copied_stand_in_the_first_part_alone() {
        let mut header = header();
        // Record route, not copied; router alert, copied.
        let options = [7, 3, 4, 1, 148, 4, 0, 0];
        header.options = Ipv4Options::try_from(&options[..]).unwrap();
        let parts = cut(&frame(&header, &[5; 100]), 68).unwrap();
        let options = |part: &[u8]| part[ETHERNET + 20..ETHERNET + 28].to_vec();
        assert_eq!(options(&parts[0]), [7, 3, 4, 1, 148, 4, 0, 0]);
        assert_eq!(options(&parts[1]), [1, 1, 1, 1, 148, 4, 0, 0]);
    }

    #[test]
    fn what_is_no_ipv4_or_does_not_fit_is_not_cut() {
        let mut other = frame(&header(), &[0; 100]);
        assert_eq!(cut(&other, 20), None);
        other[12..14].copy_from_slice(&[0x86, 0xdd]);
        assert_eq!(cut(&other, 1500), None);
        assert_eq!(cut(&other[..10], 1500), None);
    }
}
