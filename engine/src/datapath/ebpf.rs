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

mod cuts;
mod loaded;
mod relief;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use aya::include_bytes_aligned;
use evenkeel_core::ids::{ModuleName, NodeId, Time};
use evenkeel_packet::bucket::BucketState;
use evenkeel_packet::probe::{Refused, WORDS};
use nix::time::{ClockId, clock_getres};

use loaded::{Early, Held, Loaded};
pub use relief::could_relieve;

use super::book::{Book, Open, Store, padded};
use super::hook::{self, Hook};
use super::kernel_maps::{KernelMaps, failed};
use super::pins::{Pins, Side};
use super::prerequisites;
use super::replay::Watched;
use crate::error::chain;
use crate::ports::{
    Backend, Contact, CutEnd, Datapath, DatapathError, Explained, FlowQuery, FlowQuestion,
    ModulePath, Probed, Replays, Responder, Routes,
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
            self.pins.detach_relief()?;
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
        loaded.fence_all(&pins, hook, path)?;
        let watched = Watched::new(module, path, &open);
        loaded.replayer.opened(open.slot(), watched)?;
        book.admit(module, open, &mut loaded.maps)?;
        loaded.hold_all(hook, path, everywhere)
    }

    /// The steps of `rearrange`, without what is gone.
    fn try_rearrange(
        &mut self,
        module: &ModuleName,
        path: &ModulePath,
    ) -> Result<(), DatapathError> {
        let (pins, hook, everywhere) = (self.pins.clone(), self.hook, self.early_everywhere);
        let (loaded, book) = self.in_force(module)?;
        let open = book.extend(module, path, &mut loaded.maps)?;
        loaded.fence_all(&pins, hook, path)?;
        let watched = Watched::new(module, path, &open);
        loaded.replayer.rearranged(&open, watched);
        book.exchange(module, open, &mut loaded.maps)?;
        let open = book.open(module)?;
        if let Some(routes) = &open.routes {
            loaded.replayer.routed(open, routes);
        }
        loaded.hold_all(hook, path, everywhere)
    }

    /// Detaches from an interface, where no open module uses it; probes are answered there all the
    /// same.
    pub(super) fn release(&mut self, index: u32) -> Result<(), DatapathError> {
        let is_used = |open: &Open| open.path.interfaces.iter().any(|i| i.index == index);
        if self.book.modules().any(is_used) {
            return Ok(());
        }
        let is_lan = self.lans.contains(&index);
        // Peers may ask here still: the fence must not answer them for the filter.
        let fence = match is_lan {
            true => Ok(()),
            false => self.pins.detach(Side::Ingress, index),
        };
        if let Some(loaded) = &mut self.loaded {
            loaded.release(index, is_lan);
        }
        fence.and(self.pins.detach(Side::Egress, index))
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
        let is_early = |held: &&Held| matches!(held.early, Early::InForce { .. } | Early::Former);
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
            loaded.replayer.closed(open.slot());
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
        let tables = book.install(module, groups, &mut loaded.maps)?;
        let slot = book.open(module)?.slot();
        loaded.replayer.installed(slot, tables);
        Ok(())
    }

    fn rearrange(&mut self, module: &ModuleName, path: &ModulePath) -> Result<(), DatapathError> {
        let former = self.book.open(module)?.path.clone();
        let changed = self.try_rearrange(module, path);
        // Whatever interface no module has any more, or not after all.
        let released = self.release_those_of(&former);
        changed.and(released).and(self.release_those_of(path))
    }

    fn routes(&mut self, module: &ModuleName, routes: &Routes) -> Result<(), DatapathError> {
        let (loaded, book) = self.in_force(module)?;
        book.routes(module, routes, &mut loaded.maps)?;
        loaded.replayer.routed(book.open(module)?, routes);
        Ok(())
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
        book.renew(module, until, contact, &mut loaded.maps)?;
        loaded.replayer.renewed(book.open(module)?.slot(), until);
        Ok(())
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

    fn cut(&mut self, ends: &BTreeSet<CutEnd>) -> Result<(), DatapathError> {
        if let Some(why) = self.why_no_cut()
            && !ends.is_empty()
        {
            return Err(DatapathError::Unsupported(why));
        }
        if ends.is_empty() && self.loaded.is_none() {
            return Ok(());
        }
        self.load()?.0.cut(ends)
    }

    fn why_no_handover(&self) -> Option<String> {
        let loaded = self.loaded.as_ref()?;
        let why = "networks of this node are cut on purpose: mend them first";
        (!loaded.cuts.are_none()).then(|| why.to_owned())
    }

    fn hand_over(&mut self) -> Result<Vec<u8>, DatapathError> {
        let kept = self.keep_for_next();
        kept.inspect_err(|_| {
            if let Err(error) = self.pins.end_relief() {
                tracing::warn!(error = chain(&error), "something of the filter is kept");
            }
        })
    }

    fn take_back(&mut self) -> Result<(), DatapathError> {
        self.pins.end_relief()
    }

    fn take_over(&mut self, kept: &[u8]) -> Result<(), DatapathError> {
        self.begin_relief(kept)
    }

    fn relieve(&mut self) -> Result<(), DatapathError> {
        self.end_former()
    }

    fn why_no_cut(&self) -> Option<String> {
        let clsact = "networks are cut by TCX (Linux 6.6), and this kernel has clsact only";
        (self.hook == Hook::Clsact).then(|| clsact.to_owned())
    }

    fn counters(&self, module: &ModuleName) -> Result<BTreeMap<String, u64>, DatapathError> {
        self.book.counters(module, self.maps(module)?)
    }

    fn replays(&self, module: &ModuleName) -> Result<Option<Replays>, DatapathError> {
        let slot = self.book.open(module)?.slot();
        self.loaded(module)?.replayer.counts(slot).map(Some)
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
        Ok(&self.loaded(module)?.maps)
    }

    /// What is loaded, for a module that is open.
    fn loaded(&self, module: &ModuleName) -> Result<&Loaded, DatapathError> {
        let closed = || DatapathError::NotOpen(module.clone());
        self.loaded.as_ref().ok_or_else(closed)
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
