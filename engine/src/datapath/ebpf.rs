//! The datapath in the kernel: eBPF programs attached by TCX or clsact, tables in maps.
//!
//! ```text
//! driver    early  (held by this process), where every node sees every packet
//! ingress   filter (held by this process) → fence (pinned)
//! egress    belt   (held by this process) → belt_fence (pinned)
//! ```
//!
//! When the process dies, however it dies, the kernel detaches what it holds; the pinned half
//! stays and closes the virtual addresses until a daemon opens the module again. Before TCX there is
//! no such pair: see [`super::hook`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use aya::programs::xdp::XdpLink;
use aya::programs::{ProgramError, SchedClassifier, Xdp};
use aya::{Ebpf as Object, EbpfLoader, include_bytes_aligned};
use evenkeel_core::config::model::EntryMode;
use evenkeel_core::ids::{ModuleName, NodeId, Time};
use evenkeel_packet::abi::program;
use evenkeel_packet::bucket::BucketState;
use evenkeel_packet::probe::{Refused, WORDS};
use nix::time::{ClockId, clock_getres};

use super::book::{Book, Open, Store, padded};
use super::hook::{self, Attached, Hook};
use super::kernel_maps::{KernelMaps, failed};
use super::pins::{Pins, Side};
use super::prerequisites;
use crate::error::chain;
use crate::ports::{
    Backend, Contact, Datapath, DatapathError, Explained, FlowQuery, FlowQuestion, InterfacePath,
    ModulePath, Probed, Responder, Routes,
};

/// The programs, built by `engine/kernel/build` and committed.
pub const OBJECT: &[u8] = include_bytes_aligned!("../../kernel/evenkeel.o");

/// The datapath in the kernel.
#[derive(Debug)]
pub struct Ebpf {
    pub(super) pins: Pins,
    pub(super) hook: Hook,
    early_everywhere: bool,
    why: String,
    pub(super) book: Book,
    pub(super) loaded: Option<Loaded>,
    tick: Duration,
    /// Probes are answered, so the programs stay when no module is open.
    pub(super) is_answering: bool,
    /// The interfaces on which the kernel answers probes.
    pub(super) lans: BTreeSet<u32>,
    /// LANs on which it does not.
    pub(super) lans_without: usize,
}

/// The programs and maps while at least one module is open, or probes are answered.
#[derive(Debug)]
pub(super) struct Loaded {
    object: Object,
    pub(super) maps: KernelMaps,
    links: BTreeMap<u32, Held>,
}

/// What the process itself keeps attached to an interface.
#[derive(Debug)]
struct Held {
    name: String,
    filter: Attached,
    /// Where a module has traffic.
    belt: Option<Attached>,
    early: Early,
}

/// Whether the driver drops other nodes' packets early.
#[derive(Debug)]
enum Early {
    /// The interface sees its own packets only.
    Needless,
    /// It does, for as long as this lives.
    InForce { _link: XdpLink },
    /// It cannot, and why.
    Refused(String),
}

impl Ebpf {
    /// The datapath of `node` in the network namespace of the calling thread, which must be the one
    /// that makes all later calls. Nothing is loaded before the first `open`.
    ///
    /// # Errors
    ///
    /// What is missing, in one sentence: Linux 6.6, `CAP_BPF` and `CAP_NET_ADMIN`, or a bpf file
    /// system mounted at `bpffs`.
    pub fn new(bpffs: &Path, node: NodeId) -> Result<Self, DatapathError> {
        Self::with_hook(bpffs, node, prerequisites::hook()?)
    }

    /// The same with this hook, whichever the kernel would have.
    ///
    /// # Errors
    ///
    /// As [`Self::new`].
    pub fn with_hook(bpffs: &Path, node: NodeId, hook: Hook) -> Result<Self, DatapathError> {
        prerequisites::check(bpffs)?;
        // The clock that the filter compares leases with moves in steps of this length.
        let tick = clock_getres(ClockId::CLOCK_MONOTONIC_COARSE)
            .map_err(|source| failed("asking for the kernel's tick", source))?;
        Ok(Self {
            pins: Pins::new(bpffs, node)?,
            why: format!(
                "{}, this process may load programs, and {} is a bpf file system",
                match hook {
                    Hook::Tcx => "this kernel has TCX (Linux 6.6)",
                    Hook::Clsact => "this kernel has no TCX (Linux 6.6), but clsact",
                },
                bpffs.display()
            ),
            hook,
            early_everywhere: false,
            book: Book::default(),
            loaded: None,
            tick: Duration::from(tick),
            is_answering: false,
            lans: BTreeSet::new(),
            lans_without: 0,
        })
    }

    /// Drops other nodes' packets in the driver of software interfaces too, where it pays only for
    /// who has many small packets: the kernel takes a veth pair's large segments away for it.
    #[must_use]
    pub const fn early_everywhere(mut self) -> Self {
        self.early_everywhere = true;
        self
    }

    /// Says why this back end was chosen, before why it is possible.
    #[must_use]
    pub fn because(mut self, reason: &str) -> Self {
        self.why = format!("{reason}; {}", self.why);
        self
    }

    /// Loads the programs, where they are not loaded.
    pub(super) fn load(&mut self) -> Result<(&mut Loaded, &mut Book), DatapathError> {
        if self.loaded.is_none() {
            self.pins.create()?;
            let mut loaded = Loaded::new(&self.pins)?;
            // What a killed daemon answered by is not in force any more.
            loaded.maps.put_responder(&self.book.responder)?;
            self.loaded = Some(loaded);
        }
        let what = || DatapathError::Unsupported("the filter is not loaded".into());
        Ok((self.loaded.as_mut().ok_or_else(what)?, &mut self.book))
    }

    /// Unloads when the last module was closed, and removes the pins when nothing is fenced.
    pub(super) fn unload_if_idle(&mut self) -> Result<(), DatapathError> {
        if self.book.modules().next().is_some() {
            return Ok(());
        }
        if self.is_answering {
            let fenced = self
                .loaded
                .as_ref()
                .map(|loaded| loaded.maps.is_fence_empty());
            return match fenced {
                Some(true) => self.clear_others(),
                Some(false) | None => Ok(()),
            };
        }
        if self.hook == Hook::Clsact {
            hook::clear(&BTreeSet::new());
        }
        let is_empty = match self.loaded.take() {
            Some(loaded) => loaded.maps.is_fence_empty(),
            None => self.pins.fenced().is_none_or(|fenced| fenced.is_empty()),
        };
        if is_empty {
            self.pins.remove_all()
        } else {
            Ok(())
        }
    }

    /// The steps of `open`, without the undoing.
    fn try_open(&mut self, module: &ModuleName, path: &ModulePath) -> Result<(), DatapathError> {
        let (pins, hook, everywhere) = (self.pins.clone(), self.hook, self.early_everywhere);
        let (loaded, book) = self.load()?;
        let open = book.prepare(module, path, &mut loaded.maps)?;
        if hook == Hook::Tcx {
            for interface in &path.interfaces {
                let InterfacePath { name, index, .. } = interface;
                loaded.fence(&pins, name, *index, Side::Ingress)?;
                loaded.fence(&pins, name, *index, Side::Egress)?;
            }
        }
        book.admit(module, open, &mut loaded.maps)?;
        for interface in &path.interfaces {
            loaded.hold(hook, &interface.name, interface.index)?;
            loaded.belt(hook, interface, everywhere)?;
        }
        Ok(())
    }

    /// Detaches from an interface, where no open module uses it; probes are answered there all the
    /// same.
    pub(super) fn release(&mut self, index: u32) -> Result<(), DatapathError> {
        let is_used = |open: &Open| open.path.interfaces.iter().any(|i| i.index == index);
        if self.book.modules().any(is_used) {
            return Ok(());
        }
        let is_lan = self.lans.contains(&index);
        if let Some(loaded) = &mut self.loaded {
            loaded.release(index, is_lan);
        }
        let detached = self.pins.detach(Side::Egress, index);
        if is_lan {
            return detached;
        }
        detached.and(self.pins.detach(Side::Ingress, index))
    }

    /// The same for all interfaces of a module.
    fn release_those_of(&mut self, path: &ModulePath) -> Result<(), DatapathError> {
        let mut result = Ok(());
        for interface in &path.interfaces {
            result = result.and(self.release(interface.index));
        }
        result
    }
}

impl Datapath for Ebpf {
    fn backend(&self) -> Backend {
        let early = self.loaded.iter().flat_map(|loaded| loaded.links.values());
        let early: Vec<&Held> = early.collect();
        let is_early = |held: &&Held| matches!(held.early, Early::InForce { .. });
        let hook = if early.iter().any(is_early) {
            format!("xdp + {}", self.hook)
        } else {
            self.hook.to_string()
        };
        let told: String = early.iter().filter_map(|held| held.in_words()).collect();
        Backend {
            name: "ebpf".into(),
            hook,
            why: format!("{}{told}", self.why),
        }
    }

    fn open(&mut self, module: &ModuleName, path: &ModulePath) -> Result<(), DatapathError> {
        if self.book.open(module).is_ok() {
            self.close(module)?;
        }
        self.try_open(module, path).inspect_err(|_| {
            if let Err(error) = self.undo(module, path) {
                tracing::warn!(%module, %error, "undoing a failed opening of traffic");
            }
        })
    }

    fn close(&mut self, module: &ModuleName) -> Result<(), DatapathError> {
        let open = self.book.take(module);
        let mut result = Ok(());
        if let (Some(open), Some(loaded)) = (&open, &mut self.loaded) {
            result = self.book.dismiss(open, &mut loaded.maps);
        }
        result = result.and(self.unfence(module));
        if let Some(open) = open {
            result = result.and(self.release_those_of(&open.path));
        }
        result.and(self.unload_if_idle())
    }

    fn install(
        &mut self,
        module: &ModuleName,
        groups: &[Vec<BucketState>],
    ) -> Result<(), DatapathError> {
        let (loaded, book) = self.in_force(module)?;
        book.install(module, groups, &mut loaded.maps)
    }

    fn routes(&mut self, module: &ModuleName, routes: &Routes) -> Result<(), DatapathError> {
        let (loaded, book) = self.in_force(module)?;
        book.routes(module, routes, &mut loaded.maps)
    }

    fn renew(
        &mut self,
        module: &ModuleName,
        until: Time,
        contact: Option<Time>,
    ) -> Result<(), DatapathError> {
        let (until, contact) = (
            until - self.tick,
            contact.map(|contact| contact - self.tick),
        );
        let (loaded, book) = self.in_force(module)?;
        book.renew(module, until, contact, &mut loaded.maps)
    }

    fn respond_as(&mut self, responder: &Responder) -> Result<(), DatapathError> {
        self.answer_as(responder)
    }

    fn answers_in_kernel(&self) -> bool {
        self.answers_everywhere()
    }

    fn respond(&mut self, words: &mut [u64; WORDS]) -> Result<(), Refused> {
        self.answer(words)
    }

    fn probed(&self) -> Result<Probed, DatapathError> {
        self.count_probed()
    }

    fn contact(
        &mut self,
        module: &ModuleName,
        contact: &Contact,
    ) -> Result<Vec<(NodeId, Time)>, DatapathError> {
        // The filter looks once per tick: what ends, ends a tick early.
        let contact = Contact {
            tags: contact.tags.clone(),
            window: contact.window.saturating_sub(self.tick),
        };
        let (loaded, book) = self.in_force(module)?;
        book.contact(module, &contact, &mut loaded.maps)
    }

    fn counters(&self, module: &ModuleName) -> Result<BTreeMap<String, u64>, DatapathError> {
        self.book.counters(module, self.maps(module)?)
    }

    fn bucket(&self, module: &ModuleName, flow: &FlowQuery) -> Option<(usize, u16)> {
        self.book.bucket(module, flow)
    }

    fn flows(&self, module: &ModuleName) -> Result<Vec<Vec<u64>>, DatapathError> {
        self.book.flows(module, self.maps(module)?)
    }

    fn buckets(&self, module: &ModuleName) -> Result<Vec<Vec<BucketState>>, DatapathError> {
        self.book.buckets(module, self.maps(module)?)
    }

    fn explain(
        &self,
        module: &ModuleName,
        question: &FlowQuestion,
        now: Time,
    ) -> Result<Explained, DatapathError> {
        self.book.explain(module, question, now, self.maps(module)?)
    }
}

impl Ebpf {
    /// The maps to read, for a module that is open.
    fn maps(&self, module: &ModuleName) -> Result<&KernelMaps, DatapathError> {
        match &self.loaded {
            Some(loaded) => Ok(&loaded.maps),
            None => Err(DatapathError::NotOpen(module.clone())),
        }
    }

    /// The loaded programs, for a module that is open.
    fn in_force(&mut self, module: &ModuleName) -> Result<(&mut Loaded, &mut Book), DatapathError> {
        match &mut self.loaded {
            Some(loaded) => Ok((loaded, &mut self.book)),
            None => Err(DatapathError::NotOpen(module.clone())),
        }
    }

    /// Opens the fence for a module's addresses, also for those that a killed daemon left.
    fn unfence(&mut self, module: &ModuleName) -> Result<(), DatapathError> {
        match (&mut self.loaded, self.pins.fenced()) {
            (Some(loaded), _) => Open::unfence(module, &mut loaded.maps),
            (None, Some(mut fenced)) => fenced.keep(&padded(module), &[]),
            (None, None) => Ok(()),
        }
    }

    /// Leaves nothing of an opening that failed half-way.
    fn undo(&mut self, module: &ModuleName, path: &ModulePath) -> Result<(), DatapathError> {
        let closed = self.close(module);
        closed
            .and(self.release_those_of(path))
            .and(self.unload_if_idle())
    }
}

impl Loaded {
    fn new(pins: &Pins) -> Result<Self, DatapathError> {
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
        // Nothing before Linux 5.17 tells that program where a packet came in.
        if let Err(error) = pins.refuse_elsewhere(&mut object) {
            let error = chain(&error);
            tracing::warn!(
                error,
                "packets for virtual addresses that come in elsewhere are not refused"
            );
        }
        let maps = KernelMaps::take(&mut object)?;
        Ok(Self {
            object,
            maps,
            links: BTreeMap::new(),
        })
    }

    /// Puts one half of the fence in force on an interface.
    pub(super) fn fence(
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
                held.is_some_and(|held| held.belt.is_some()),
            ),
        };
        if is_there {
            return Ok(());
        }
        pins.attach(classifier(&mut self.object, program)?, side, name, index)
    }

    /// Puts the filter in force on an interface, for as long as this process lives.
    pub(super) fn hold(&mut self, hook: Hook, name: &str, index: u32) -> Result<(), DatapathError> {
        if self.links.contains_key(&index) {
            return Ok(());
        }
        let filter = classifier(&mut self.object, program::FILTER)?;
        let held = Held {
            name: name.to_owned(),
            filter: hook.attach(filter, Side::Ingress, name)?,
            belt: None,
            early: Early::Needless,
        };
        self.links.insert(index, held);
        Ok(())
    }

    /// Puts what a module needs beside the filter in force on an interface that has that.
    fn belt(
        &mut self,
        hook: Hook,
        interface: &InterfacePath,
        everywhere: bool,
    ) -> Result<(), DatapathError> {
        let InterfacePath { name, index, .. } = interface;
        if self
            .links
            .get(index)
            .is_some_and(|held| held.belt.is_some())
        {
            return Ok(());
        }
        let belt = classifier(&mut self.object, program::BELT)?;
        let belt = hook.attach(belt, Side::Egress, name)?;
        let early = self.drop_early(interface, everywhere);
        if let Some(held) = self.links.get_mut(index) {
            held.belt = Some(belt);
            held.early = early;
        }
        Ok(())
    }

    /// Takes away from an interface what modules need; where no probes are answered, everything.
    fn release(&mut self, index: u32, is_lan: bool) {
        let Some(held) = self.links.get_mut(&index) else {
            return;
        };
        if let Some(belt) = held.belt.take() {
            belt.detach();
        }
        held.early = Early::Needless;
        if !is_lan && let Some(held) = self.links.remove(&index) {
            held.filter.detach();
        }
    }

    /// Takes everything away.
    pub(super) fn release_all(&mut self) {
        let indices: Vec<u32> = self.links.keys().copied().collect();
        for index in indices {
            self.release(index, false);
        }
    }

    /// Names of the interfaces that have the filter.
    pub(super) fn held_names(&self) -> impl Iterator<Item = &str> {
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
        let attached = early(&mut self.object)
            .map_err(|error| error.to_string())
            .and_then(|program| {
                hook::attach_early(program, interface).map_err(|error| chain(&error))
            });
        match attached {
            Ok(link) => Early::InForce { _link: link },
            Err(why) => Early::Refused(why),
        }
    }
}

impl Held {
    /// What there is to say of the driver, to go on in a sentence.
    fn in_words(&self) -> Option<String> {
        let name = &self.name;
        match &self.early {
            Early::Needless => None,
            Early::InForce { .. } => Some(format!(
                "; the driver of {name} drops other nodes' packets before they cost more (XDP)"
            )),
            Early::Refused(why) => Some(format!(
                "; the driver of {name} runs no XDP program, so that other nodes' packets are \
                 dropped by the filter ({why})"
            )),
        }
    }
}

fn early(object: &mut Object) -> Result<&mut Xdp, ProgramError> {
    let missing = || ProgramError::InvalidName {
        name: program::EARLY.to_owned(),
    };
    object
        .program_mut(program::EARLY)
        .ok_or_else(missing)?
        .try_into()
}

fn classifier<'a>(
    object: &'a mut Object,
    name: &str,
) -> Result<&'a mut SchedClassifier, DatapathError> {
    let missing = || DatapathError::Unsupported(format!("the filter has no program {name}"));
    let program = object.program_mut(name).ok_or_else(missing)?;
    program
        .try_into()
        .map_err(|source| failed(&format!("finding the program {name}"), source))
}
