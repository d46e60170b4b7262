//! What frames on their way out say about virtual addresses, and which frames the fences close: the
//! view of the programs beside the filter.

use crate::bytes::Bytes;
use crate::filter::Tables;
use crate::frame::{Content, parse, parse_binding};
use crate::reply;
use crate::{Addr, Mac};

/// The seat belt's view of a frame on its way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It binds a virtual address to the agreed MAC address, or answers a SYN in time.
    Agreed,
    /// It binds a virtual address of the module in this slot to another one.
    Leak(u32),
    /// It answers a SYN to a virtual address of the module in this slot, which another node may have
    /// answered meanwhile.
    Late(u32),
}

/// What a frame on its way out says in the name of a virtual address; `None` for every other frame.
#[inline(always)]
pub fn claim<B, T>(bytes: &B, tables: &T) -> Option<Claim>
where
    B: Bytes + ?Sized,
    T: Tables,
{
    if let Some(answer) = reply::answer(bytes, tables) {
        return Some(answer);
    }
    let (addr, bound) = binding(bytes)?;
    let place = tables.place(addr)?;
    let agreed = Mac::from_word(place.link.agreed);
    if agreed.is_some() && bound == agreed {
        return Some(Claim::Agreed);
    }
    Some(Claim::Leak(place.vip.module))
}

/// The address in whose name a message speaks, and the MAC address that it binds it to.
#[inline(always)]
fn binding<B: Bytes + ?Sized>(bytes: &B) -> Option<(Addr, Mac)> {
    match parse_binding(bytes) {
        Content::Arp(message) => Some((Addr::v4(message.sender), message.sender_mac)),
        Content::Discovery(message) if message.is_solicitation => {
            Some((message.source, message.bound))
        }
        Content::Discovery(message) => Some((message.target, message.bound)),
        Content::Ip(_) | Content::Other => None,
    }
}

/// The address in whose name a message about MAC addresses speaks, or a SYN is answered.
#[inline(always)]
pub fn speaks_for<B: Bytes + ?Sized>(bytes: &B) -> Option<Addr> {
    if let Some(addr) = reply::answers_for(bytes) {
        return Some(addr);
    }
    binding(bytes).map(|(addr, _)| addr)
}

/// The address that a frame is about, as the fence sees it: whom an IP packet is for, whom an ARP
/// message or a solicitation looks for.
#[inline(always)]
pub fn aims_at<B: Bytes + ?Sized>(bytes: &B) -> Option<Addr> {
    match parse(bytes)?.content {
        Content::Ip(packet) => Some(packet.destination),
        Content::Discovery(message) => Some(message.target),
        Content::Arp(message) => Some(Addr::v4(message.target)),
        Content::Other => None,
    }
}
