//! Answers to who asks for a virtual address's MAC address, and frames sent on: what is written
//! into the frame that came in.
//!
//! Everything is given in little-endian words, because the kernel's verifier allows nothing but
//! aligned access to the stack.

use crate::frame::{Arp, Content, Discovery, ETHERNET, parse, parse_binding};
use crate::{Addr, Mac};

/// Bytes of the addresses at the beginning of a frame.
pub const ADDRESSES_LEN: usize = 12;
/// Bytes of an ARP message for Ethernet and IPv4.
pub const ARP_LEN: usize = 28;
/// Bytes of an IPv6 packet with a neighbour advertisement and one option.
pub const ADVERTISEMENT_LEN: usize = 72;
/// Bytes of the longest answer.
pub const ANSWER_LEN_MAX: usize = ETHERNET + ADVERTISEMENT_LEN;

/// All nodes on the link, `ff02::1`, whom an answer to the unspecified address is for.
const ALL_NODES: Addr = Addr::v6([0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
const ALL_NODES_MAC: Mac = Mac::new([0x33, 0x33, 0, 0, 0, 1]);
const UNSPECIFIED: Addr = Addr::v6([0; 16]);

/// The answer to a question about a virtual address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Destination of the frame: who asked.
    pub to: Mac,
    /// Source of the frame: always this node's own MAC address.
    pub from: Mac,
    /// The MAC address that the virtual address resolves to.
    pub agreed: Mac,
    /// What is said.
    pub message: Message,
}

/// What an answer says, behind the link's header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    /// An ARP reply: the first [`ARP_LEN`] bytes.
    Arp([u64; 4]),
    /// An IPv6 packet with a neighbour advertisement: [`ADVERTISEMENT_LEN`] bytes.
    Advertisement([u64; 9]),
}

impl Answer {
    /// The answer of a node with the MAC address `from` to the question in a frame.
    pub fn to(frame: &[u8], from: Mac, agreed: Mac) -> Option<Self> {
        let (to, message) = match parse_binding(frame) {
            Content::Arp(request) => {
                let reply = arp_reply(&request, agreed);
                (request.sender_mac, Message::Arp(reply))
            }
            Content::Discovery(asked) => {
                let to = advertised_to(&asked, parse(frame)?.hop.from);
                (to, Message::Advertisement(advertisement(&asked, agreed)))
            }
            Content::Ip(_) | Content::Other => return None,
        };
        Some(Self {
            to,
            from,
            agreed,
            message,
        })
    }

    /// Bytes of the frame, of an answer to a question of `question` bytes.
    pub const fn frame_len(&self, question: usize) -> usize {
        match self.message {
            Message::Arp(_) => question,
            Message::Advertisement(_) => ANSWER_LEN_MAX,
        }
    }

    /// Turns the question into the answer, in a frame of [`Self::frame_len`] bytes.
    pub fn write(&self, frame: &mut [u8]) {
        readdress(frame, self.to, self.from);
        match &self.message {
            Message::Arp(words) => write(frame, ETHERNET, ARP_LEN, words),
            Message::Advertisement(words) => write(frame, ETHERNET, ADVERTISEMENT_LEN, words),
        }
    }
}

/// The MAC address that an advertisement is for, where the question came from `asker`.
#[inline(always)]
pub fn advertised_to(asked: &Discovery, asker: Mac) -> Mac {
    if asked.source == UNSPECIFIED {
        ALL_NODES_MAC
    } else {
        asker
    }
}

/// An ARP reply: the first [`ARP_LEN`] bytes of these words.
#[inline(always)]
pub const fn arp_reply(request: &Arp, agreed: Mac) -> [u64; 4] {
    // Ethernet, IPv4, six and four bytes of address, reply.
    const HEAD: u64 = u64::from_le_bytes([0, 1, 8, 0, 6, 4, 0, 2]);
    let to = request.sender_mac.word();
    let vip = u32::from_le_bytes(request.target) as u64;
    let asker = u32::from_le_bytes(request.sender) as u64;
    [HEAD, agreed.word() | vip << 48, vip >> 16 | to << 16, asker]
}

/// An IPv6 packet with a neighbour advertisement (RFC 4861 section 4.4): override, and solicited
/// unless somebody probes; the one option is the agreed MAC address.
#[inline(always)]
pub fn advertisement(asked: &Discovery, agreed: Mac) -> [u64; 9] {
    // Version 6; 32 bytes of ICMPv6; hop limit 255.
    const IP: u64 = u64::from_le_bytes([0x60, 0, 0, 0, 0, 32, 58, 255]);
    // The pseudo-header's length and protocol (RFC 8200 section 8.1).
    const PSEUDO: u64 = u64::from_le_bytes([0, 0, 0, 32, 0, 0, 0, 58]);
    const SOLICITED: u64 = u64::from_le_bytes([136, 0, 0, 0, 0x60, 0, 0, 0]);
    const UNSOLICITED: u64 = u64::from_le_bytes([136, 0, 0, 0, 0x20, 0, 0, 0]);
    const OPTION: u64 = u64::from_le_bytes([2, 1, 0, 0, 0, 0, 0, 0]);
    let (to, head) = if asked.source == UNSPECIFIED {
        (ALL_NODES, UNSOLICITED)
    } else {
        (asked.source, SOLICITED)
    };
    let [vip_low, vip_high] = asked.target.words();
    let [to_low, to_high] = to.words();
    let option = OPTION | agreed.word() << 16;
    let sum = checksum([
        vip_low, vip_high, to_low, to_high, PSEUDO, head, vip_low, vip_high, option,
    ]);
    let head = head | (sum as u64) << 16;
    [
        IP, vip_low, vip_high, to_low, to_high, head, vip_low, vip_high, option,
    ]
}

/// The Internet checksum (RFC 1071) of little-endian words, as it stands in such a word.
#[inline(always)]
fn checksum<const N: usize>(words: [u64; N]) -> u16 {
    let mut sum = 0_u64;
    for word in words {
        sum += (word & 0xffff_ffff) + (word >> 32);
    }
    sum = (sum & 0xffff_ffff) + (sum >> 32);
    sum = (sum & 0xffff) + (sum >> 16 & 0xffff) + (sum >> 32);
    sum = (sum & 0xffff) + (sum >> 16);
    sum = (sum & 0xffff) + (sum >> 16);
    #[expect(clippy::cast_possible_truncation, reason = "folded to 16 bits above")]
    let folded = sum as u16;
    !folded
}

/// Destination and source of a frame: the first [`ADDRESSES_LEN`] bytes of these words.
#[inline(always)]
pub const fn addresses(to: Mac, from: Mac) -> [u64; 2] {
    [to.word() | from.word() << 48, from.word() >> 16]
}

/// Writes destination and source of a frame, as far as it goes.
pub fn readdress(frame: &mut [u8], to: Mac, from: Mac) {
    write(frame, 0, ADDRESSES_LEN, &addresses(to, from));
}

/// Writes the first `len` bytes of little-endian words from `at` on, as far as the frame goes.
fn write(frame: &mut [u8], at: usize, len: usize, words: &[u64]) {
    let bytes = words.iter().flat_map(|word| word.to_le_bytes()).take(len);
    for (place, byte) in frame.iter_mut().skip(at).zip(bytes) {
        *place = byte;
    }
}
