//! Networks that are cut on purpose: a program that drops everything, before all others.
//!
//! It goes with the process, as the filter does, so no cut outlives the daemon that was told of it.

use std::collections::{BTreeMap, BTreeSet};

use aya::Ebpf as Object;
use evenkeel_packet::abi::program;

use super::loaded::classifier;
use crate::datapath::hook::{Attached, Hook};
use crate::datapath::kernel_maps::failed;
use crate::datapath::pins::Side;
use crate::error::chain;
use crate::ports::{CutEnd, DatapathError, Way};

/// What is cut.
#[derive(Debug, Default)]
pub(super) struct Cuts {
    held: BTreeMap<CutEnd, Attached>,
}

impl Cuts {
    /// Whether nothing is cut.
    pub(super) fn are_none(&self) -> bool {
        self.held.is_empty()
    }

    /// Cuts these ends and none else. Where one cannot be cut, those of before stay.
    pub(super) fn set(
        &mut self,
        object: &mut Object,
        ends: &BTreeSet<CutEnd>,
    ) -> Result<(), DatapathError> {
        let mut added = BTreeMap::new();
        for end in ends.iter().filter(|end| !self.held.contains_key(end)) {
            added.insert(end.clone(), attach(object, end)?);
        }
        let ended = self.held.extract_if(.., |end, _| !ends.contains(end));
        ended.for_each(|(_, attached)| attached.detach());
        self.held.append(&mut added);
        Ok(())
    }

    /// Puts the cuts of an interface before what was attached there after them.
    pub(super) fn lead(&mut self, object: &mut Object, index: u32) {
        let there = |end: &&CutEnd| end.interface.index == index;
        let ends: Vec<CutEnd> = self.held.keys().filter(there).cloned().collect();
        for end in ends {
            // The kernel takes a program once at each hook.
            if let Some(attached) = self.held.remove(&end) {
                attached.detach();
            }
            match attach(object, &end) {
                Ok(attached) => {
                    self.held.insert(end, attached);
                }
                Err(error) => {
                    let (interface, error) = (&end.interface.name, chain(&error));
                    tracing::warn!(interface, error, "a cut network is whole again");
                }
            }
        }
    }
}

fn attach(object: &mut Object, end: &CutEnd) -> Result<Attached, DatapathError> {
    let program = classifier(object, program::CUT)?;
    if program.fd().is_err() {
        let loading = "loading the program that cuts networks";
        program.load().map_err(|source| failed(loading, source))?;
    }
    let side = match end.way {
        Way::In => Side::Ingress,
        Way::Out => Side::Egress,
    };
    Hook::Tcx.attach(program, side, &end.interface.name)
}
