//! The thread that replays: it follows the tables, and after each change looks at what the filter keeps.

use std::collections::BTreeMap;
use std::os::fd::AsRawFd;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::{fmt, io};

use aya::Ebpf as Object;
use aya::maps::{Array, MapData, PerCpuArray, PerCpuValues};
use aya::util::nr_cpus;
use evenkeel_core::ids::{ModuleName, NodeId, NodeSet, Time};
use evenkeel_packet::Mac;
use evenkeel_packet::abi::{Link, MODULES_MAX, map, neighbour_place};
use evenkeel_packet::answer::readdress;
use evenkeel_packet::keep::{self, FRAME_MAX, Kept, PLACES, REPLAY_MARK, WAYS, Waiting};
use nix::sys::socket::{LinkAddr, MsgFlags, sendto};
use socket2::Socket;
use zerocopy::transmute;

use super::frame::whole;
use super::judge::{Farm, Fate, Judgement, is_young};
use super::looks::Looks;
use crate::datapath::book::{Open, Table};
use crate::datapath::kernel_maps::{failed, typed};
use crate::error::chain;
use crate::net::announce::{frame_socket, link_addr};
use crate::ports::{DatapathError, InterfacePath, ModulePath, Replays, Routes};
use crate::precedence::go_before_ordinary;
use crate::{clock, limits};

/// [`evenkeel_packet::keep::KeptSyns`] as bytes.
type KeptBytes = [[u8; size_of::<Kept>()]; PLACES];

/// The driver's end of the thread. Dropping it ends the thread.
pub(in crate::datapath) struct Replayer {
    changes: Option<Sender<Change>>,
    thread: Option<JoinHandle<()>>,
    shared: Arc<Shared>,
    /// SYNs that were kept, by module slot, with those that had no room.
    kept: PerCpuArray<MapData, u64>,
}

impl fmt::Debug for Replayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replayer").finish_non_exhaustive()
    }
}

/// What both sides look at.
#[derive(Debug)]
struct Shared {
    counts: Mutex<BTreeMap<u32, Replays>>,
    /// The end of each module's lease, nanoseconds of `CLOCK_MONOTONIC`.
    leases: [AtomicU64; MODULES_MAX],
}

/// A module, as the thread has to know it.
#[derive(Debug)]
pub(in crate::datapath) struct Watched {
    name: ModuleName,
    farm: Farm,
    nics: Vec<Nic>,
}

/// An interface of a module.
#[derive(Debug)]
struct Nic {
    /// Its slot.
    slot: u32,
    name: String,
    mac: Mac,
}

#[derive(Debug)]
enum Change {
    Opened(u32, Box<Watched>),
    /// It has other groups or interfaces; what both have goes on.
    Rearranged(u32, Box<Watched>),
    Closed(u32),
    Installed(u32, Vec<(u32, Table)>),
    /// The MAC addresses of the nodes that are there, by [`neighbour_place`].
    Routed(u32, NodeSet, BTreeMap<u32, Mac>),
}

impl Watched {
    /// A module that was opened.
    pub(in crate::datapath) fn new(name: &ModuleName, path: &ModulePath, open: &Open) -> Self {
        let nics = path.interfaces.iter().zip(&open.plan.links);
        let nic = |(interface, (slot, _)): (&InterfacePath, &(u32, Link))| Nic {
            slot: *slot,
            name: interface.name.clone(),
            mac: Mac::new(interface.mac),
        };
        Self {
            name: name.clone(),
            farm: Farm::of(path, open),
            nics: nics.map(nic).collect(),
        }
    }
}

impl Replayer {
    /// Starts the thread in the network namespace of the calling one.
    pub(in crate::datapath) fn start(object: &mut Object) -> Result<Self, DatapathError> {
        let starting = |source: io::Error| failed("starting to replay SYNs", source);
        let shared = Arc::new(Shared {
            counts: Mutex::default(),
            leases: [const { AtomicU64::new(0) }; MODULES_MAX],
        });
        let (changes, received) = channel();
        let runner = Runner {
            syns: typed(object, map::KEPT)?,
            waiting: typed(object, map::WAITING)?,
            frames: typed(object, map::KEPT_FRAMES)?,
            mouth: Mouth::new().map_err(starting)?,
            modules: BTreeMap::new(),
            done: Box::new([(0, 0, Fate::Open); PLACES]),
            shared: Arc::clone(&shared),
        };
        let thread = thread::Builder::new()
            .name("evenkeel-replay".to_owned())
            .stack_size(limits::REPLAY_STACK_BYTES)
            .spawn(move || {
                // As the filter in the kernel goes before all programs.
                if let Err(error) = go_before_ordinary() {
                    tracing::debug!(%error, "the thread that replays has no precedence");
                }
                runner.run(&received);
            })
            .map_err(starting)?;
        Ok(Self {
            changes: Some(changes),
            thread: Some(thread),
            shared,
            kept: typed(object, map::KEPT_COUNT)?,
        })
    }

    /// A module's traffic is open, with every bucket closed.
    pub(in crate::datapath) fn opened(
        &mut self,
        slot: u32,
        watched: Watched,
    ) -> Result<(), DatapathError> {
        self.shared.counts().insert(slot, Replays::default());
        self.renewed(slot, Time(0));
        for place in [slot, keep::crowded_place(slot)] {
            let clearing = "setting the counter of kept SYNs to zero";
            let cpus = nr_cpus().map_err(|(_, source)| failed(clearing, source))?;
            let zeros =
                PerCpuValues::try_from(vec![0; cpus]).map_err(|source| failed(clearing, source))?;
            self.kept
                .set(place, zeros, 0)
                .map_err(|source| failed(clearing, source))?;
        }
        self.tell(Change::Opened(slot, Box::new(watched)));
        Ok(())
    }

    /// Its groups or interfaces are others.
    pub(in crate::datapath) fn rearranged(&self, open: &Open, watched: Watched) {
        self.tell(Change::Rearranged(open.slot(), Box::new(watched)));
    }

    /// It is not any more.
    pub(in crate::datapath) fn closed(&self, slot: u32) {
        self.tell(Change::Closed(slot));
    }

    /// These tables of its groups are in force.
    pub(in crate::datapath) fn installed(&self, slot: u32, tables: Vec<(u32, Table)>) {
        self.tell(Change::Installed(slot, tables));
    }

    /// These other nodes are there.
    pub(in crate::datapath) fn routed(&self, open: &Open, routes: &Routes) {
        let there = routes.neighbours.keys().copied().collect();
        let macs = open.paths.neighbours.clone();
        self.tell(Change::Routed(open.slot(), there, macs));
    }

    /// Its lease ends then.
    pub(in crate::datapath) fn renewed(&self, slot: u32, until: Time) {
        if let Some(lease) = self.shared.lease(slot) {
            lease.store(until.0, Ordering::Relaxed);
        }
    }

    /// What was kept and what became of it.
    pub(in crate::datapath) fn counts(&self, slot: u32) -> Result<Replays, DatapathError> {
        let count = |place| match self.kept.get(&place, 0) {
            Ok(values) => Ok(values.iter().sum()),
            Err(source) => Err(failed("reading how many SYNs were kept", source)),
        };
        let counts = self.shared.counts().get(&slot).copied();
        Ok(Replays {
            kept: count(slot)?,
            crowded_out: count(keep::crowded_place(slot))?,
            ..counts.unwrap_or_default()
        })
    }

    /// Nobody listens where the thread ended, which the log told.
    fn tell(&self, change: Change) {
        self.changes
            .as_ref()
            .map_or(Ok(()), |changes| changes.send(change))
            .unwrap_or_default();
    }
}

impl Drop for Replayer {
    fn drop(&mut self) {
        self.changes = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread that replays SYNs failed");
        }
    }
}

impl Shared {
    fn counts(&self) -> MutexGuard<'_, BTreeMap<u32, Replays>> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lease(&self, slot: u32) -> Option<&AtomicU64> {
        self.leases.get(usize::try_from(slot).ok()?)
    }
}

/// What the thread works with.
struct Runner {
    syns: Array<MapData, KeptBytes>,
    waiting: Array<MapData, Waiting>,
    frames: Array<MapData, [u8; FRAME_MAX]>,
    mouth: Mouth,
    modules: BTreeMap<u32, Module>,
    /// The sequence number, the instant and the fate of what was seen to last in each place: of what made
    /// room for another one nothing need be known.
    done: Box<[(u32, u64, Fate); PLACES]>,
    shared: Arc<Shared>,
}

/// An open module.
struct Module {
    name: ModuleName,
    farm: Farm,
    nics: BTreeMap<u32, (Nic, LinkAddr)>,
    macs: BTreeMap<u32, Mac>,
}

impl Runner {
    /// Follows the changes until nobody tells any more.
    fn run(mut self, changes: &Receiver<Change>) {
        let mut looks = Looks::default();
        let mut is_failing = false;
        loop {
            let change = match looks.wait(clock::now()) {
                Some(pause) => match changes.recv_timeout(pause) {
                    Ok(change) => Some(change),
                    Err(RecvTimeoutError::Timeout) => None,
                    Err(RecvTimeoutError::Disconnected) => return,
                },
                None => match changes.recv() {
                    Ok(change) => Some(change),
                    Err(_) => return,
                },
            };
            if let Some(change) = change {
                self.follow(change);
                changes.try_iter().for_each(|change| self.follow(change));
                looks.begin(clock::now());
            }
            let now = clock::now();
            if !looks.is_due(now) {
                continue;
            }
            let looked = self.look(now);
            // One line per failure that lasts, not one per look.
            if let Err(error) = &looked
                && !is_failing
            {
                let error = chain(error);
                tracing::warn!(error, "no SYN is replayed");
            }
            is_failing = looked.is_err();
        }
    }

    fn follow(&mut self, change: Change) {
        match change {
            Change::Opened(slot, watched) => {
                self.modules.insert(slot, Module::new(*watched));
            }
            Change::Rearranged(slot, watched) => {
                if let Some(former) = self.modules.remove(&slot) {
                    self.modules.insert(slot, former.rearranged(*watched));
                }
            }
            Change::Closed(slot) => {
                self.modules.remove(&slot);
            }
            Change::Installed(slot, tables) => {
                if let Some(module) = self.modules.get_mut(&slot) {
                    module.farm.install(&tables, clock::now());
                }
            }
            Change::Routed(slot, there, macs) => {
                if let Some(module) = self.modules.get_mut(&slot) {
                    module.farm.know(there);
                    module.macs = macs;
                }
            }
        }
    }

    /// Sees to what is due.
    fn look(&mut self, now: Time) -> Result<(), DatapathError> {
        if self.modules.is_empty() {
            return Ok(());
        }
        let reading = "reading the SYNs that are kept";
        let syns = self.syns.get(&0, 0);
        let syns = syns.map_err(|source| failed(reading, source))?;
        let waiting = self.waiting.get(&0, 0);
        let waiting = waiting.map_err(|source| failed(reading, source))?;
        let ways = waiting
            .iter()
            .flat_map(|tags| (0..WAYS).map(|way| keep::tag_of(*tags, way)));
        let mut counts = BTreeMap::<u32, Replays>::new();
        for ((bytes, tag), place) in syns.iter().zip(ways).zip(0..) {
            let kept: Kept = transmute!(*bytes);
            // Nearly all places, where nobody floods.
            if !is_young(&kept, now) {
                continue;
            }
            let waits = tag == keep::tag(kept.sequence);
            if let Some(judgement) = self.due(place, &kept, waits, now) {
                let is_sent = match judgement {
                    Judgement::TakeIn => self.replay(place, &kept, None).is_some(),
                    Judgement::SendTo(node) => self.replay(place, &kept, Some(node)).is_some(),
                    Judgement::Leave | Judgement::Answered | Judgement::Repeated => false,
                };
                judgement.count(is_sent, counts.entry(kept.module).or_default());
            }
        }
        for (slot, new) in counts {
            self.report(slot, &new);
        }
        Ok(())
    }

    /// What is done with the SYN in a place now, if it was not done before.
    fn due(&mut self, place: u32, kept: &Kept, waits: bool, now: Time) -> Option<Judgement> {
        let module = self.modules.get(&kept.module)?;
        let lease = self.shared.lease(kept.module);
        let is_open = lease.is_some_and(|until| until.load(Ordering::Relaxed) > now.0);
        let judgement = module.farm.judge(kept, waits, is_open, now);
        if judgement == Judgement::Leave {
            return None;
        }
        let done = self.done.get_mut(usize::try_from(place).ok()?)?;
        let (sequence, at_ns, fate) = *done;
        if (sequence, at_ns) == (kept.sequence, kept.at_ns) && !module.farm.is_open(fate) {
            return None;
        }
        *done = (kept.sequence, kept.at_ns, Fate::after(judgement));
        Some(judgement)
    }

    /// Adds to what is counted, and tells it.
    fn report(&self, slot: u32, new: &Replays) {
        self.shared.counts().entry(slot).or_default().add(new);
        if let Some(module) = self.modules.get(&slot) {
            tracing::info!(
                module = %module.name,
                taken_in = new.taken_in,
                handed_on = new.handed_on,
                answered = new.answered,
                repeated = new.repeated,
                failed = new.failed,
                "SYNs that met a node which was lost, or a bucket on its way, were seen to"
            );
        }
    }

    /// Sends a SYN to a node, or to this one's own stack; `None` where that fails.
    fn replay(&self, place: u32, kept: &Kept, to: Option<NodeId>) -> Option<()> {
        let module = self.modules.get(&kept.module)?;
        let (nic, addr) = module.nics.get(&kept.link)?;
        let mut frame = whole(&self.frames.get(&place, 0).ok()?, kept)?;
        let socket = match to {
            None => &self.mouth.marked,
            Some(node) => {
                let to = module.macs.get(&neighbour_place(kept.link, node.get()));
                readdress(&mut frame, *to?, nic.mac);
                &self.mouth.plain
            }
        };
        let sent = sendto(socket.as_raw_fd(), &frame, addr, MsgFlags::MSG_DONTWAIT);
        let refused = |error| tracing::debug!(nic = %nic.name, %error, "a SYN was not replayed");
        sent.map(drop).map_err(refused).ok()
    }
}

impl Module {
    fn new(watched: Watched) -> Self {
        let found = |nic: Nic| match link_addr(&nic.name) {
            Ok(addr) => Some((nic.slot, (nic, addr))),
            Err(error) => {
                tracing::warn!(interface = %nic.name, %error, "no SYN is replayed on an interface");
                None
            }
        };
        Self {
            name: watched.name,
            farm: watched.farm,
            nics: watched.nics.into_iter().filter_map(found).collect(),
            macs: BTreeMap::new(),
        }
    }

    /// The same with other groups or interfaces.
    fn rearranged(self, watched: Watched) -> Self {
        let next = Self::new(watched);
        Self {
            farm: next.farm.after(self.farm),
            macs: self.macs,
            ..next
        }
    }
}

/// Where frames leave.
struct Mouth {
    plain: Socket,
    /// The belt turns round what leaves here.
    marked: Socket,
}

impl Mouth {
    fn new() -> io::Result<Self> {
        let (plain, marked) = (frame_socket()?, frame_socket()?);
        marked.set_mark(REPLAY_MARK)?;
        Ok(Self { plain, marked })
    }
}
