//! Messages about the MAC addresses of virtual addresses: who answers them.

use crate::abi;
use crate::bucket::BucketState;
use crate::filter::{DecidedBy, Outcome, Place, Tables, Verb, place};
use crate::flow::{Client, Filter, Key};
use crate::frame::{Arp, Discovery};
use crate::reason::Reason;
use crate::{Addr, Mac};

/// ARP about a virtual address never reaches the stack, which would answer on every node.
#[inline(always)]
pub(crate) fn arp<T: Tables>(message: &Arp, ifindex: u32, tables: &T) -> Option<Outcome> {
    if let Some(place) = tables.place(Addr::v4(message.sender)) {
        return Some(place.drop(Reason::DropClaim));
    }
    let place = match place(Addr::v4(message.target), ifindex, tables)? {
        Ok(place) => place,
        Err(outcome) => return Some(outcome),
    };
    if !message.is_request {
        return Some(place.drop(Reason::DropClaim));
    }
    let asker = Client {
        is_v6: false,
        addr: Addr::v4(message.sender),
        port: 0,
        id: 0,
    };
    Some(answered(Reason::AnswerArp, &asker, &place, tables))
}

/// The same for neighbour discovery.
#[inline(always)]
pub(crate) fn discovery<T: Tables>(
    message: &Discovery,
    ifindex: u32,
    tables: &T,
) -> Option<Outcome> {
    if let Some(place) = tables.place(message.source) {
        return Some(place.drop(Reason::DropClaim));
    }
    let place = match place(message.target, ifindex, tables)? {
        Ok(place) => place,
        Err(outcome) => return Some(outcome),
    };
    if !message.is_solicitation {
        return Some(place.drop(Reason::DropClaim));
    }
    let asker = Client {
        is_v6: true,
        addr: message.source,
        port: 0,
        id: 0,
    };
    let reason = Reason::AnswerSolicitation;
    Some(answered(reason, &asker, &place, tables))
}

/// Answers who asks, where this node does so and may.
#[inline(always)]
fn answered<T: Tables>(reason: Reason, asker: &Client, place: &Place<'_>, tables: &T) -> Outcome {
    if !answers(asker, place, tables) {
        return place.drop(Reason::DropNotEntry);
    }
    if !tables.is_lease_valid(place.vip.module) {
        return place.drop(Reason::DropLease);
    }
    Outcome {
        module: place.vip.module,
        verb: Verb::Answer,
        reason,
        decided_by: DecidedBy::NOTHING,
        mac: Mac::from_table(place.link.agreed),
        from: Mac::from_table(place.link.mac),
    }
}

/// Whether this node answers who asks for the virtual address.
#[inline(always)]
fn answers<T: Tables>(asker: &Client, place: &Place<'_>, tables: &T) -> bool {
    if place.link.answers != abi::ANSWERS_BY_BUCKET {
        return place.link.answers == abi::ANSWERS;
    }
    let Some(rule) = place.vip.rule(abi::PROTOCOL_ARP, 0) else {
        return false;
    };
    let bucket = Key::new(Filter::OnAddr, asker).bucket(&place.module.seed);
    tables
        .bucket(u32::from(rule.group), bucket)
        .is_some_and(BucketState::is_mine)
}
