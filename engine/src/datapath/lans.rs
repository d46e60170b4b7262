//! Where the programs in the kernel answer liveness probes: on the interfaces that have this node's
//! addresses in the LANs, whether modules have traffic there or not.
//!
//! Such an interface has the filter and the fence from the daemon's start to its end. When modules
//! come to it the belt is added, and taken away when they have gone.

use std::collections::BTreeSet;

use evenkeel_packet::probe::{Refused, WORDS};

use super::ebpf::Ebpf;
use super::hook::{self, Hook};
use crate::clock;
use crate::error::chain;
use crate::ports::{DatapathError, LanInterface, Probed, Responder};

impl Ebpf {
    /// See [`crate::ports::Datapath::respond_as`].
    pub(super) fn answer_as(&mut self, responder: &Responder) -> Result<(), DatapathError> {
        let (loaded, book) = self.load()?;
        book.respond_as(responder, &mut loaded.maps)?;
        self.is_answering = true;
        self.lans_without = responder.lans_without;
        self.leave_others(&responder.interfaces)?;
        for interface in &responder.interfaces {
            match self.answer_on(interface) {
                Ok(()) => {
                    self.lans.insert(interface.index);
                }
                Err(error) => {
                    let (name, error) = (&interface.name, chain(&error));
                    tracing::warn!(
                        interface = %name,
                        error,
                        "the kernel does not answer probes there; this process does"
                    );
                    self.lans_without += 1;
                }
            }
        }
        self.unload_if_idle()
    }

    /// Answers no more on interfaces that are not among these: they are gone, or have lost the address.
    fn leave_others(&mut self, interfaces: &[LanInterface]) -> Result<(), DatapathError> {
        let stays = |index: &u32| interfaces.iter().any(|interface| interface.index == *index);
        let (stay, gone): (BTreeSet<u32>, BTreeSet<u32>) = self.lans.iter().partition(|l| stays(l));
        self.lans = stay;
        let mut result = Ok(());
        for index in gone {
            result = result.and(self.release(index));
        }
        result
    }

    /// Puts the programs in force on an interface.
    fn answer_on(&mut self, interface: &LanInterface) -> Result<(), DatapathError> {
        let (pins, hook) = (self.pins.clone(), self.hook);
        let (loaded, _) = self.load()?;
        loaded.hold_before_fence(hook, &pins, &interface.name, interface.index)
    }

    /// Whether the kernel answers on all LANs.
    pub(super) fn answers_everywhere(&self) -> bool {
        !self.lans.is_empty() && self.lans_without == 0
    }

    /// See [`crate::ports::Datapath::respond`].
    pub(super) fn answer(&mut self, words: &mut [u64; WORDS]) -> Result<(), Refused> {
        match &self.loaded {
            Some(loaded) => loaded.maps.respond(words, clock::now()),
            // Nobody said in whose name.
            None => Err(Refused::Foreign),
        }
    }

    /// See [`crate::ports::Datapath::probed`].
    pub(super) fn count_probed(&self) -> Result<Probed, DatapathError> {
        let Some(loaded) = &self.loaded else {
            return Ok(Probed::default());
        };
        loaded.maps.probed()
    }

    /// Leaves the interfaces of LANs as the programs' only ones, without a module.
    pub(super) fn clear_others(&self) -> Result<(), DatapathError> {
        if self.hook == Hook::Clsact {
            let names = self.loaded.iter().flat_map(|loaded| loaded.held_names());
            hook::clear(&names.collect());
        }
        self.pins.keep(&self.lans)
    }
}

/// A daemon that ends in order, with no module open, leaves nothing behind. One whose modules are
/// open is about to be gone without order: the fence holds.
impl Drop for Ebpf {
    fn drop(&mut self) {
        if !self.is_answering || self.book.modules().next().is_some() {
            return;
        }
        self.is_answering = false;
        self.lans = BTreeSet::new();
        if let Some(loaded) = &mut self.loaded {
            loaded.release_all();
        }
        if let Err(error) = self.unload_if_idle() {
            tracing::warn!(error = chain(&error), "something of the filter is left");
        }
    }
}
