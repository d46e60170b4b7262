//! Liveness probes as user space sees them: what a node answers by, one bookkeeping for all back
//! ends, and the answer itself where no program in the kernel gives it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;

use evenkeel_core::ids::{ModuleName, NodeId, Time};
use evenkeel_packet::abi::{self, Accepted, Asked, LANS_MAX, MODULES_MAX, TAGS_MAX, asked_place};
use evenkeel_packet::hash::HashKey;
use evenkeel_packet::probe::{Host, Refused, WORDS, respond};

use super::book::{Book, Store};
use crate::ports::{Contact, DatapathError, Probed, Responder};

/// No view is in force.
const NO_TAG: u64 = 0;

/// What a back end keeps in memory to answer by.
#[derive(Default)]
pub(super) struct Probes {
    responder: abi::Responder,
    accepted: BTreeMap<u64, Accepted>,
    asked: RefCell<BTreeMap<u32, Asked>>,
    /// Requests by what became of them, the answered ones first.
    counts: RefCell<[u64; Refused::COUNTERS as usize]>,
}

impl fmt::Debug for Probes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The keys stay out of logs.
        f.debug_struct("Probes")
            .field("accepted", &self.accepted)
            .field("counts", &self.counts)
            .finish_non_exhaustive()
    }
}

/// What modules may do, as far as probes tell and change it.
pub(super) trait Contacts {
    /// The end of the lease of the module in a slot.
    fn lease_until(&self, slot: u32) -> Time;
    /// The end of its contact as far as echoes say.
    fn echoed_until(&self, slot: u32) -> Time;
    /// Makes its contact last longer.
    fn prolong(&self, slot: u32, until: Time);
}

impl Probes {
    /// Replaces what is answered by.
    pub(super) fn set_responder(&mut self, responder: &abi::Responder) {
        self.responder = *responder;
    }

    /// An echo under this tag counts.
    pub(super) fn accept(&mut self, tag: u64, accepted: Accepted) {
        self.accepted.insert(tag, accepted);
    }

    /// It does not count any more.
    pub(super) fn forget(&mut self, tag: u64) {
        self.accepted.remove(&tag);
    }

    /// Answers a request in place, at instant `now`, and counts it.
    pub(super) fn respond(
        &self,
        words: &mut [u64; WORDS],
        now: Time,
        contacts: &impl Contacts,
    ) -> Result<(), Refused> {
        let said = respond(
            words,
            &Machine {
                probes: self,
                now,
                contacts,
            },
        );
        let place = said.map_or_else(Refused::index, |()| 0);
        if let Some(count) = self.counts.borrow_mut().get_mut(place as usize) {
            *count += 1;
        }
        said
    }

    /// When the latest request of each node arrived that was answered here.
    pub(super) fn asked(&self) -> Vec<(NodeId, Time)> {
        let asked = self.asked.borrow();
        latest(|place| asked.get(&place).copied().unwrap_or_default())
    }

    /// What became of the requests.
    pub(super) fn counts(&self) -> [u64; Refused::COUNTERS as usize] {
        *self.counts.borrow()
    }
}

/// When the latest request of each node arrived, by what came from it on each LAN.
pub(super) fn latest(mut asked: impl FnMut(u32) -> Asked) -> Vec<(NodeId, Time)> {
    let lans = u8::try_from(LANS_MAX).unwrap_or(u8::MAX);
    let mut arrived = |node: NodeId| {
        let places = (0..lans).filter_map(|lan| asked_place(node.get(), lan));
        let latest = places.map(|place| asked(place).arrived_ns).max()?;
        (latest != 0).then_some((node, Time(latest)))
    };
    (0..=u8::MAX)
        .map_while(NodeId::new)
        .filter_map(&mut arrived)
        .collect()
}

/// Requests by what became of them, from counters in their order.
pub(super) fn probed(counts: [u64; Refused::COUNTERS as usize]) -> Probed {
    let count = |refused: Refused| counts.get(refused.index() as usize).copied().unwrap_or(0);
    Probed {
        answered: counts[0],
        malformed: count(Refused::Malformed),
        forged: count(Refused::Forged),
        foreign: count(Refused::Foreign),
        replayed: count(Refused::Replayed),
    }
}

/// The machine at an instant, answering from user space.
struct Machine<'a, C> {
    probes: &'a Probes,
    now: Time,
    contacts: &'a C,
}

impl<C: Contacts> Host for Machine<'_, C> {
    fn node(&self) -> u8 {
        u8::try_from(self.probes.responder.node).unwrap_or(u8::MAX)
    }

    fn run(&self) -> u64 {
        self.probes.responder.run
    }

    fn key(&self, number: u8) -> Option<HashKey> {
        let key = self.probes.responder.keys.get(usize::from(number));
        key.copied().filter(|key| *key != HashKey::default())
    }

    fn now_ns(&self) -> u64 {
        self.now.0
    }

    fn flags(&self) -> u8 {
        0
    }

    fn is_new(&self, from: u8, lan: u8, run: u64, asked_ns: u64) -> bool {
        let Some(place) = asked_place(from, lan) else {
            return false;
        };
        let mut asked = self.probes.asked.borrow_mut();
        let newest = asked.entry(place).or_default();
        let is_new = newest.is_before(run, asked_ns);
        if is_new {
            *newest = Asked {
                run,
                asked_ns,
                arrived_ns: self.now.0,
            };
        }
        is_new
    }

    fn tag(&self, place: u32) -> u64 {
        let tag = self.probes.responder.tags.get(place as usize);
        tag.copied().unwrap_or(NO_TAG)
    }

    fn accepted(&self, tag: u64) -> Option<(u32, u64)> {
        let accepted = self.probes.accepted.get(&tag)?;
        Some((accepted.module, accepted.from_ns))
    }

    fn renew(&self, place: u32, answered_ns: u64) {
        let windows = &self.probes.responder.windows_ns;
        let window_ns = windows.get(place as usize).copied().unwrap_or(0);
        let until = Time(answered_ns.saturating_add(window_ns));
        if window_ns != 0 && until > self.contacts.echoed_until(place) {
            self.contacts.prolong(place, until);
        }
    }

    fn is_lease_valid(&self, place: u32) -> bool {
        self.now < self.contacts.lease_until(place)
    }
}

impl Book {
    /// See [`crate::ports::Datapath::respond_as`].
    pub(super) fn respond_as<S: Store>(
        &mut self,
        responder: &Responder,
        store: &mut S,
    ) -> Result<(), DatapathError> {
        self.responder = abi::Responder {
            keys: responder.keys,
            run: responder.run.0,
            node: u32::from(responder.node.get()),
            port: u32::from(responder.port),
            ..self.responder
        };
        store.put_responder(&self.responder)
    }

    /// See [`crate::ports::Datapath::contact`]. What ends does so before anything begins: an echo
    /// under a former tag renews nothing that is set here.
    pub(super) fn contact<S: Store>(
        &mut self,
        name: &ModuleName,
        contact: &Contact,
        store: &mut S,
    ) -> Result<Vec<(NodeId, Time)>, DatapathError> {
        let Some(open) = self.modules.get_mut(name) else {
            return Err(DatapathError::NotOpen(name.clone()));
        };
        let slot = open.slots.module;
        let listed = |tag: &u64| contact.tags.iter().any(|(known, _)| known == tag);
        for tag in std::mem::take(&mut open.tags) {
            if listed(&tag) {
                open.tags.push(tag);
            } else {
                store.remove_accepted(tag)?;
            }
        }
        let in_force = contact.tags.first().map_or(NO_TAG, |(tag, _)| *tag);
        let window_ns = u64::try_from(contact.window.as_nanos()).unwrap_or(u64::MAX);
        self.set_view(slot, in_force, window_ns, store)?;
        self.accept(name, contact, store)?;
        store.asked()
    }

    /// The tags under which echoes count from here on. Those of the views in force come first in
    /// each list: what there is no room for renews less, which harms nobody.
    fn accept<S: Store>(
        &mut self,
        name: &ModuleName,
        contact: &Contact,
        store: &mut S,
    ) -> Result<(), DatapathError> {
        let mut room = TAGS_MAX - self.modules().map(|open| open.tags.len()).sum::<usize>();
        let Some(open) = self.modules.get_mut(name) else {
            return Err(DatapathError::NotOpen(name.clone()));
        };
        for (tag, from) in contact.tags.iter().filter(|(tag, _)| *tag != NO_TAG) {
            if !open.tags.contains(tag) {
                if room == 0 {
                    tracing::debug!(module = %name, "more views than echoes are told apart by");
                    return Ok(());
                }
                room -= 1;
                open.tags.push(*tag);
            }
            let accepted = Accepted {
                from_ns: from.0,
                module: open.slots.module,
                reserved: 0,
            };
            store.put_accepted(*tag, &accepted)?;
        }
        Ok(())
    }

    /// Nothing is said of a module that closes, and no echo renews it. Goes through to the end
    /// whatever fails, and gives the first failure.
    pub(super) fn lose_contact<S: Store>(
        &mut self,
        slot: u32,
        tags: &[u64],
        store: &mut S,
    ) -> Result<(), DatapathError> {
        let mut result = Ok(());
        for tag in tags {
            result = result.and(store.remove_accepted(*tag));
        }
        result = result.and(self.set_view(slot, NO_TAG, 0, store));
        result.and(store.put_contact(slot, Time(0)))
    }

    /// Says what view a module is in, and how long an echo lets it accept.
    fn set_view<S: Store>(
        &mut self,
        slot: u32,
        tag: u64,
        window_ns: u64,
        store: &mut S,
    ) -> Result<(), DatapathError> {
        const { assert!(MODULES_MAX <= u16::BITS as usize) };
        let former = self.responder;
        if let Some(place) = self.responder.tags.get_mut(slot as usize) {
            *place = tag;
        }
        if let Some(place) = self.responder.windows_ns.get_mut(slot as usize) {
            *place = window_ns;
        }
        let is_same =
            former.tags == self.responder.tags && former.windows_ns == self.responder.windows_ns;
        if is_same {
            return Ok(());
        }
        store.put_responder(&self.responder)
    }
}
