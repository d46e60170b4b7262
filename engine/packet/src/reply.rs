//! Answers to SYNs on their way out: one SYN is answered by one node.
//!
//! A SYN-ACK that was lost is sent again by the kernel's timer, at least a second after the SYN. By
//! then the bucket may be another node's, which takes the client's repeated SYN. Two answers with
//! different sequence numbers end the connection: so who does not own the bucket repeats none. The
//! first answer goes out for as long as the handshake is remembered ([`crate::filter::HANDSHAKE_MS`]),
//! which is over before either side repeats anything.

use crate::Addr;
use crate::abi::PROTOCOL_TCP;
use crate::bucket::{BucketState, Kind};
use crate::bytes::Bytes;
use crate::claim::Claim;
use crate::filter::{Place, Tables};
use crate::flow::{Filter, Key, Opening, handshake};
use crate::hash::bucket_of;
use crate::plain::{Plain, plain_four, plain_six};

/// What a frame is that answers a SYN in the name of a virtual address; `None` for every other frame.
#[inline(always)]
pub(crate) fn answer<B, T>(bytes: &B, tables: &T) -> Option<Claim>
where
    B: Bytes + ?Sized,
    T: Tables,
{
    if let Some(packet) = plain_four(bytes) {
        return judged(&packet, tables);
    }
    judged(&plain_six(bytes)?, tables)
}

/// The address in whose name a frame answers a SYN.
#[inline(always)]
pub(crate) fn answers_for<B: Bytes + ?Sized>(bytes: &B) -> Option<Addr> {
    if let Some(packet) = plain_four(bytes) {
        return packet.answers_syn().then(|| packet.source());
    }
    let packet = plain_six(bytes)?;
    packet.answers_syn().then(|| packet.source())
}

#[inline(always)]
fn judged<T: Tables, const BYTES: usize>(packet: &Plain<'_, BYTES>, tables: &T) -> Option<Claim> {
    if !packet.answers_syn() {
        return None;
    }
    let place = tables.place(packet.source())?;
    if is_in_time(packet, &place, tables) {
        return Some(Claim::Agreed);
    }
    Some(Claim::Late(place.vip.module))
}

#[inline(always)]
fn is_in_time<T: Tables, const BYTES: usize>(
    packet: &Plain<'_, BYTES>,
    place: &Place<'_>,
    tables: &T,
) -> bool {
    let ports = packet.answered_ports();
    let Some(rule) = place.vip.rule(PROTOCOL_TCP, ports.destination) else {
        return true;
    };
    let key = Key::new(Filter::from_byte(rule.filter), &packet.answered_client());
    let digest = key.digest(&place.module.seed);
    let state = tables.bucket(u32::from(rule.group), bucket_of(digest.hash));
    let is_mine = |state: BucketState| matches!(state.kind(), Kind::Mine | Kind::Migrating { .. });
    if state.is_some_and(is_mine) && tables.is_lease_valid(place.vip.module) {
        return true;
    }
    let opening = Opening {
        vip: packet.source(),
        ports,
        sequence: packet.acknowledges(),
    };
    tables.is_opening(handshake(digest.inner, &opening))
}
