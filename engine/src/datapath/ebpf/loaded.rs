//! The programs and maps while they are loaded, and what they are attached to.

use std::collections::{BTreeMap, BTreeSet};

use aya::programs::xdp::XdpLink;
use aya::programs::{ProgramError, SchedClassifier, Xdp};
use aya::{Ebpf as Object, EbpfLoader};
use evenkeel_core::config::model::EntryMode;
use evenkeel_packet::abi::program;

use super::OBJECT;
use super::cuts::Cuts;
use super::relief::Former;
use crate::datapath::hook::{self, Attached, Hook};
use crate::datapath::kernel_maps::{KernelMaps, failed};
use crate::datapath::pins::{Pins, Side};
use crate::datapath::replay::Replayer;
use crate::error::chain;
use crate::ports::{CutEnd, DatapathError, InterfacePath, ModulePath};

/// The programs and maps while at least one module is open, or probes are answered.
#[derive(Debug)]
pub(in crate::datapath) struct Loaded {
    pub(super) object: Object,
    pub(in crate::datapath) maps: KernelMaps,
    pub(super) replayer: Replayer,
    pub(super) links: BTreeMap<u32, Held>,
    pub(super) cuts: Cuts,
    /// What the process before has in force, until it makes way.
    pub(super) former: Option<Former>,
}

/// What the process itself keeps attached to an interface.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) name: String,
    pub(super) attached: Both,
    pub(super) early: Early,
}

/// The filter, and the belt where a module has traffic.
#[derive(Debug)]
pub(super) struct Both {
    filter: Attached,
    belt: Option<Attached>,
}

impl Both {
    /// What there is, with its side.
    pub(super) fn each(&mut self) -> impl Iterator<Item = (Side, &mut Attached)> {
        let belt = self.belt.iter_mut().map(|belt| (Side::Egress, belt));
        std::iter::once((Side::Ingress, &mut self.filter)).chain(belt)
    }
}

/// Whether the driver drops other nodes' packets early.
#[derive(Debug)]
pub(super) enum Early {
    /// The interface sees its own packets only.
    Needless,
    /// It does, for as long as this lives.
    InForce { link: XdpLink },
    /// That of the process before does, until this one's takes its place.
    Former,
    /// It cannot, and why.
    Refused(String),
}

impl Loaded {
    pub(super) fn new(pins: &Pins) -> Result<Self, DatapathError> {
        let mut object = load(pins)?;
        // Nothing before Linux 5.17 tells that program where a packet came in.
        if let Err(error) = pins.refuse_elsewhere(&mut object) {
            let error = chain(&error);
            tracing::warn!(
                error,
                "packets for virtual addresses that come in elsewhere are not refused"
            );
        }
        pins.keep_contacts(&object)?;
        let maps = KernelMaps::take(&mut object)?;
        let replayer = Replayer::start(&mut object)?;
        Ok(Self {
            object,
            maps,
            replayer,
            links: BTreeMap::new(),
            cuts: Cuts::default(),
            former: None,
        })
    }

    /// Cuts these ends of networks and none else.
    pub(super) fn cut(&mut self, ends: &BTreeSet<CutEnd>) -> Result<(), DatapathError> {
        self.cuts.set(&mut self.object, ends)
    }

    /// Puts the fence in force on all interfaces of a module, where the hook has one beside the filter.
    pub(super) fn fence_all(
        &mut self,
        pins: &Pins,
        hook: Hook,
        path: &ModulePath,
    ) -> Result<(), DatapathError> {
        if hook != Hook::Tcx {
            return Ok(());
        }
        for InterfacePath { name, index, .. } in &path.interfaces {
            self.fence(pins, name, *index, Side::Ingress)?;
            self.fence(pins, name, *index, Side::Egress)?;
        }
        Ok(())
    }

    /// The same of the filter and what a module needs beside it.
    pub(super) fn hold_all(
        &mut self,
        hook: Hook,
        path: &ModulePath,
        everywhere: bool,
    ) -> Result<(), DatapathError> {
        for interface in &path.interfaces {
            self.hold(hook, &interface.name, interface.index)?;
            self.belt(hook, interface, everywhere)?;
        }
        Ok(())
    }

    /// Puts one half of the fence in force on an interface.
    pub(in crate::datapath) fn fence(
        &mut self,
        pins: &Pins,
        name: &str,
        index: u32,
        side: Side,
    ) -> Result<(), DatapathError> {
        let held = self.links.get(&index);
        let (program, is_there) = match side {
            Side::Ingress => (program::FENCE, held.is_some()),
            Side::Egress => (
                program::BELT_FENCE,
                held.is_some_and(|held| held.attached.belt.is_some()),
            ),
        };
        if is_there {
            return Ok(());
        }
        pins.attach(classifier(&mut self.object, program)?, side, name, index)
    }

    /// Puts the filter in force on an interface that has no virtual address, and then the fence: peers may
    /// ask there already, and what the fence answered before the filter is there would tell them that this
    /// process is gone.
    pub(in crate::datapath) fn hold_before_fence(
        &mut self,
        hook: Hook,
        pins: &Pins,
        name: &str,
        index: u32,
    ) -> Result<(), DatapathError> {
        if self.links.contains_key(&index) {
            return Ok(());
        }
        self.hold(hook, name, index)?;
        if hook != Hook::Tcx {
            return Ok(());
        }
        let fence = classifier(&mut self.object, program::FENCE)?;
        let fenced = pins.attach(fence, Side::Ingress, name, index);
        if fenced.is_err() {
            self.release(index, false);
        }
        fenced
    }

    /// Puts the filter in force on an interface, for as long as this process lives.
    pub(in crate::datapath) fn hold(
        &mut self,
        hook: Hook,
        name: &str,
        index: u32,
    ) -> Result<(), DatapathError> {
        if self.links.contains_key(&index) {
            return Ok(());
        }
        let held = Held {
            name: name.to_owned(),
            attached: Both {
                filter: self.attach(hook, Side::Ingress, name)?,
                belt: None,
            },
            early: Early::Needless,
        };
        self.links.insert(index, held);
        self.cuts.lead(&mut self.object, index);
        Ok(())
    }

    /// Puts what a module needs beside the filter in force on an interface that has that.
    pub(super) fn belt(
        &mut self,
        hook: Hook,
        interface: &InterfacePath,
        everywhere: bool,
    ) -> Result<(), DatapathError> {
        let InterfacePath { name, index, .. } = interface;
        if self
            .links
            .get(index)
            .is_some_and(|held| held.attached.belt.is_some())
        {
            return Ok(());
        }
        let belt = self.attach(hook, Side::Egress, name)?;
        let early = self.drop_early(interface, everywhere);
        if let Some(held) = self.links.get_mut(index) {
            held.attached.belt = Some(belt);
            held.early = early;
        }
        self.cuts.lead(&mut self.object, *index);
        Ok(())
    }

    /// Puts the filter, or the belt, in force, unless that of the process before is.
    fn attach(&mut self, hook: Hook, side: Side, name: &str) -> Result<Attached, DatapathError> {
        if self.former.is_some() {
            return Ok(Attached::Former);
        }
        let program = classifier(&mut self.object, program_of(side))?;
        hook.attach(program, side, name)
    }

    /// Takes away from an interface what modules need; where no probes are answered, everything.
    pub(super) fn release(&mut self, index: u32, is_lan: bool) {
        let Some(held) = self.links.get_mut(&index) else {
            return;
        };
        if let Some(belt) = held.attached.belt.take() {
            belt.detach();
        }
        held.early = Early::Needless;
        if !is_lan && let Some(held) = self.links.remove(&index) {
            held.attached.filter.detach();
        }
    }

    /// Takes everything away.
    pub(in crate::datapath) fn release_all(&mut self) {
        let indices: Vec<u32> = self.links.keys().copied().collect();
        for index in indices {
            self.release(index, false);
        }
    }

    /// Names of the interfaces that have the filter.
    pub(in crate::datapath) fn held_names(&self) -> impl Iterator<Item = &str> {
        self.links.values().map(|held| held.name.as_str())
    }

    /// In invisible mode every node sees every packet, and all but one drop it: there it pays to do
    /// so before the kernel has made much of it.
    fn drop_early(&mut self, interface: &InterfacePath, everywhere: bool) -> Early {
        match interface.entry {
            EntryMode::VmacDirected => return Early::Needless,
            EntryMode::VmacInvisible if interface.software && !everywhere => {
                return Early::Refused(
                    "it is a software interface, which would lose its large segments".to_owned(),
                );
            }
            EntryMode::VmacInvisible => {}
        }
        if self.former.is_some() {
            return Early::Former;
        }
        let attached = early(&mut self.object)
            .map_err(|error| error.to_string())
            .and_then(|program| {
                hook::attach_early(program, interface).map_err(|error| chain(&error))
            });
        match attached {
            Ok(link) => Early::InForce { link },
            Err(why) => Early::Refused(why),
        }
    }
}

impl Held {
    /// What there is to say of the driver, to go on in a sentence.
    pub(super) fn in_words(&self) -> Option<String> {
        let name = &self.name;
        match &self.early {
            Early::Needless => None,
            Early::InForce { .. } | Early::Former => Some(format!(
                "; the driver of {name} drops other nodes' packets before they cost more (XDP)"
            )),
            Early::Refused(why) => Some(format!(
                "; the driver of {name} runs no XDP program, so that other nodes' packets are \
                 dropped by the filter ({why})"
            )),
        }
    }
}

/// Loads the programs into the kernel, with their maps; nothing is in force by that.
pub(super) fn load(pins: &Pins) -> Result<Object, DatapathError> {
    let loading = "loading the filter into the kernel";
    pins.discard_unlike()?;
    let mut object = EbpfLoader::new()
        .btf(None)
        .default_map_pin_directory(pins.folder())
        .load(OBJECT)
        .map_err(|source| failed(loading, source))?;
    for name in [
        program::FILTER,
        program::FENCE,
        program::BELT,
        program::BELT_FENCE,
    ] {
        classifier(&mut object, name)?
            .load()
            .map_err(|source| failed(loading, source))?;
    }
    // Where the kernel does not take it, packets of others are dropped later.
    if let Ok(early) = early(&mut object)
        && let Err(error) = early.load()
    {
        tracing::debug!(%error, "the program that drops early is not in force");
    }
    Ok(object)
}

/// What the process itself keeps in force on that side.
pub(super) const fn program_of(side: Side) -> &'static str {
    match side {
        Side::Ingress => program::FILTER,
        Side::Egress => program::BELT,
    }
}

pub(super) fn early(object: &mut Object) -> Result<&mut Xdp, ProgramError> {
    let missing = || ProgramError::InvalidName {
        name: program::EARLY.to_owned(),
    };
    object
        .program_mut(program::EARLY)
        .ok_or_else(missing)?
        .try_into()
}

pub(super) fn classifier<'a>(
    object: &'a mut Object,
    name: &str,
) -> Result<&'a mut SchedClassifier, DatapathError> {
    let missing = || DatapathError::Unsupported(format!("the filter has no program {name}"));
    let program = object.program_mut(name).ok_or_else(missing)?;
    program
        .try_into()
        .map_err(|source| failed(&format!("finding the program {name}"), source))
}
