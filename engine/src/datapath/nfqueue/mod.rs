//! The datapath through NFQUEUE, where the kernel allows no eBPF: rules give the packets to this
//! process, which decides by the same functions as the kernel's programs.
//!
//! ```text
//! packets     NIC, or a macvlan with the virtual MAC → rules → queue → treat → accept or drop
//! for others  … → treat → sent out of the NIC with rewritten addresses, dropped here
//! questions   ARP and neighbour solicitations → packet socket → treat → answer sent
//! ```
//!
//! When the process dies nobody reads the queue, and the kernel drops what goes there: the rules are
//! the fence. The virtual addresses have to stand on `lo`, where the kernel neither answers who asks
//! for them nor asks in their name (`arp_ignore` 1, `arp_announce` 2 on the NICs): so the seat belt
//! on what goes out, which the eBPF back end has, needs no counterpart here.

mod ether;
mod label;
mod pieces;
mod program;
mod queue;
mod reader;
mod rearrange;
mod rules;
mod virtual_link;
mod waiting;

use std::collections::BTreeMap;
use std::io::{self, PipeWriter};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use evenkeel_core::config::model::EntryMode;
use evenkeel_core::ids::{ModuleName, NodeId, Time};
use evenkeel_packet::Mac;
use evenkeel_packet::bucket::BucketState;
use evenkeel_packet::probe::{Refused, WORDS};

use self::ether::{Ear, Mouth, Question};
use self::label::Label;
use self::queue::Claimed;
use self::reader::Reader;
use self::rules::{Rules, Target, Writer};
use self::virtual_link::VirtualLink;
use self::waiting::Waiting;
use super::book::Open;
use super::kernel_maps::failed;
use super::leftover::Leftover;
use super::prerequisites;
use super::replay::{Farm, Looks};
use super::tables::State;
use crate::net::lookup::Lookup;
use crate::ports::{
    AddressPlace, Backend, Contact, Datapath, DatapathError, Explained, FlowQuery, FlowQuestion,
    Guard, ModulePath, Probed, Replays, Responder, Routes,
};
use crate::precedence::go_before_ordinary;
use crate::{clock, limits};

/// The datapath through NFQUEUE.
#[derive(Debug)]
pub struct Nfqueue {
    node: NodeId,
    writer: Writer,
    why: String,
    shared: Arc<Mutex<Shared>>,
    running: BTreeMap<ModuleName, Running>,
    /// What a killed daemon of the other back end left.
    leftover: Option<Leftover>,
}

/// What the threads of all modules share.
#[derive(Debug, Default)]
struct Shared {
    /// The tables.
    state: State,
    /// Where packets may come in, by interface.
    doors: BTreeMap<u32, Door>,
    /// By slot of the module, what decides about SYNs that nobody answered, and what became of them.
    farms: BTreeMap<u32, Farm>,
    replays: BTreeMap<u32, Replays>,
    /// How often tables or routes changed, of any module.
    changes: u64,
}

/// An interface on which packets to virtual addresses are expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Door {
    /// The NIC; for the virtual interface, the one that it is on.
    nic: u32,
    /// The MAC address that its frames carry.
    to: Mac,
}

/// What an open module has beside its tables. Dropping it ends the thread and gives the queue back.
#[derive(Debug)]
struct Running {
    stop: PipeWriter,
    thread: JoinHandle<()>,
    /// Number of the queue.
    queue: u16,
    /// Names of its virtual interfaces.
    closed: Vec<String>,
    doors: BTreeMap<u32, Door>,
}

impl Nfqueue {
    /// The datapath of `node` in the network namespace of the calling thread, which must be the one
    /// that makes all later calls. Nothing is in force before the first `open`.
    ///
    /// # Errors
    ///
    /// What is missing, in one sentence: a capability, the kernel's queues or socket diagnosis, or
    /// a tool that writes rules.
    pub fn new(node: NodeId) -> Result<Self, DatapathError> {
        prerequisites::nfqueue()?;
        Claimed::new().map_err(|error| {
            unsupported(format!("the kernel gives no packets to NFQUEUE: {error}"))
        })?;
        let nobody = (IpAddr::from([127, 0, 0, 1]), 0).into();
        Lookup::new()
            .and_then(|lookup| lookup.find(nobody, nobody))
            .map_err(|error| {
                unsupported(format!(
                    "the kernel has no socket diagnosis (inet_diag): {error}"
                ))
            })?;
        let (writer, refusals) = Writer::choose().map_err(|refusals| {
            let refusals = refusals.join("; ");
            unsupported(format!(
                "nothing here can write a rule for NFQUEUE: {refusals}"
            ))
        })?;
        let why = match &refusals[..] {
            [] => "nft writes rules for NFQUEUE here".to_owned(),
            refusals => format!(
                "{} writes rules for NFQUEUE here ({})",
                writer.name(),
                refusals.join("; ")
            ),
        };
        Ok(Self {
            node,
            writer,
            why,
            shared: Arc::default(),
            running: BTreeMap::new(),
            leftover: None,
        })
    }

    /// Takes the place of the other back end, whose fence goes when the rules are in force.
    #[must_use]
    pub(super) fn after(mut self, leftover: Leftover) -> Self {
        self.leftover = Some(leftover);
        self
    }

    /// Says why this back end was chosen, before why its rules are written as they are.
    #[must_use]
    pub fn because(mut self, reason: &str) -> Self {
        self.why = format!("{reason}; {}", self.why);
        self
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The steps of `open`, without the undoing: closed rules before anything else changes, the
    /// tables last.
    fn try_open(&mut self, module: &ModuleName, path: &ModulePath) -> Result<(), DatapathError> {
        let label = Label::new(self.node, module);
        let addrs: Vec<IpAddr> = addrs(path);
        let rules = |target, closed| Rules {
            label: &label,
            addrs: &addrs,
            closed,
            target,
        };
        if self.writer.has(&label) {
            // They name the queue of a killed daemon.
            self.put(&rules(Target::Drop, &[]))?;
        }
        virtual_link::remove_all(&label)
            .map_err(|refusal| refused("removing a former virtual interface", refusal))?;
        let open = {
            let shared = &mut *self.lock();
            let State { book, maps } = &mut shared.state;
            let open = book.prepare(module, path, maps)?;
            shared.farms.insert(open.slot(), Farm::of(path, &open));
            shared.replays.insert(open.slot(), Replays::default());
            open
        };
        let links = virtual_links(&label, path)?;
        let packets = Claimed::new().map_err(|source| failed("claiming a queue", source))?;
        let closed: Vec<String> = links.values().map(|link| link.name.clone()).collect();
        let target = Target::Queue(packets.number);
        let running = self.start(path, open.slot(), &links, packets)?;
        self.running.insert(module.clone(), running);
        self.settle_doors();
        self.put(&rules(target, &closed))?;
        if let Some(leftover) = &self.leftover {
            leftover.open(&addrs)?;
        }
        let State { book, maps } = &mut self.lock().state;
        book.admit(module, open, maps)
    }

    /// Starts the thread of a module.
    fn start(
        &self,
        path: &ModulePath,
        slot: u32,
        links: &BTreeMap<usize, VirtualLink>,
        packets: Claimed,
    ) -> Result<Running, DatapathError> {
        let number = packets.number;
        let starting = |source: io::Error| failed("starting to read a queue", source);
        let (reader, stop) = io::pipe().map_err(starting)?;
        let reader = Reader {
            module: slot,
            shared: Arc::clone(&self.shared),
            packets,
            ears: ears(path, links).map_err(starting)?,
            mouths: mouths(path).map_err(starting)?,
            lookup: Lookup::new().map_err(starting)?,
            stop: reader,
            waiting: Waiting::default(),
            looks: Looks::default(),
            seen: 0,
        };
        let thread = thread::Builder::new()
            .name(format!("evenkeel-q{number}"))
            .spawn(move || {
                // As the filter in the kernel goes before all programs.
                if let Err(error) = go_before_ordinary() {
                    tracing::debug!(%error, "the thread of a queue has no precedence");
                }
                reader.run();
            })
            .map_err(starting)?;
        Ok(Running {
            stop,
            thread,
            queue: number,
            closed: links.values().map(|link| link.name.clone()).collect(),
            doors: doors(path, links),
        })
    }

    /// Tells the threads where packets may come in.
    fn settle_doors(&self) {
        let doors = self.running.values().flat_map(|running| &running.doors);
        self.lock().doors = doors.map(|(index, door)| (*index, *door)).collect();
    }

    fn put(&self, rules: &Rules<'_>) -> Result<(), DatapathError> {
        self.writer
            .put(rules)
            .map_err(|refusal| refused("writing the rules of the filter", refusal))
    }

    /// A thread that ended by itself leaves its module without a filter that accepts.
    fn check(&self, module: &ModuleName) -> Result<(), DatapathError> {
        match self.running.get(module) {
            Some(running) if running.thread.is_finished() => Err(refused(
                "asking the thread that reads the packets",
                "it ended by itself; the log says why".to_owned(),
            )),
            Some(_) => Ok(()),
            None => Err(DatapathError::NotOpen(module.clone())),
        }
    }
}

impl Datapath for Nfqueue {
    fn backend(&self) -> Backend {
        Backend {
            name: "nfqueue".into(),
            hook: self.writer.name().into(),
            why: self.why.clone(),
        }
    }

    fn addresses_on(&self) -> AddressPlace {
        AddressPlace::Loopback
    }

    fn open(&mut self, module: &ModuleName, path: &ModulePath) -> Result<(), DatapathError> {
        if self.running.contains_key(module) {
            self.close(module)?;
        }
        self.try_open(module, path).inspect_err(|_| {
            if let Err(error) = self.close(module) {
                tracing::warn!(%module, %error, "undoing a failed opening of traffic");
            }
        })
    }

    /// The tables forget the addresses first, so that nothing is accepted from then on; the rules go
    /// while the queue is still read.
    fn close(&mut self, module: &ModuleName) -> Result<(), DatapathError> {
        let label = Label::new(self.node, module);
        let mut result = Ok(());
        {
            let shared = &mut *self.lock();
            let State { book, maps } = &mut shared.state;
            if let Some(open) = book.take(module) {
                shared.farms.remove(&open.slot());
                result = book.dismiss(&open, maps);
            }
        }
        let removed = self.writer.remove(&label);
        result = result
            .and(removed.map_err(|refusal| refused("removing the rules of the filter", refusal)));
        if let Some(running) = self.running.remove(module) {
            result = result.and(running.end());
        }
        self.settle_doors();
        let removed = virtual_link::remove_all(&label);
        result = result
            .and(removed.map_err(|refusal| refused("removing the virtual interface", refusal)));
        if let Some(leftover) = &self.leftover {
            result = result.and(leftover.forget(module));
        }
        result.and(Open::unfence(module, &mut self.lock().state.maps))
    }

    fn install(
        &mut self,
        module: &ModuleName,
        groups: &[Vec<BucketState>],
    ) -> Result<(), DatapathError> {
        self.check(module)?;
        let shared = &mut *self.lock();
        let State { book, maps } = &mut shared.state;
        let tables = book.install(module, groups, maps)?;
        if let Some(farm) = shared.farms.get_mut(&book.open(module)?.slot()) {
            farm.install(&tables, clock::now());
        }
        shared.changes += 1;
        Ok(())
    }

    fn rearrange(&mut self, module: &ModuleName, path: &ModulePath) -> Result<(), DatapathError> {
        self.change(module, path)
    }

    fn why_not_rearrange(&self, module: &ModuleName, path: &ModulePath) -> Option<String> {
        self.why_not(module, path)
    }

    fn guard(&self, module: &ModuleName, addrs: Vec<IpAddr>) -> Option<Guard> {
        self.guarding(module, addrs)
    }

    fn routes(&mut self, module: &ModuleName, routes: &Routes) -> Result<(), DatapathError> {
        self.check(module)?;
        let shared = &mut *self.lock();
        let State { book, maps } = &mut shared.state;
        book.routes(module, routes, maps)?;
        if let Some(farm) = shared.farms.get_mut(&book.open(module)?.slot()) {
            farm.know(routes.neighbours.keys().copied().collect());
        }
        shared.changes += 1;
        Ok(())
    }

    fn renew(
        &mut self,
        module: &ModuleName,
        until: Time,
        contact: Option<Time>,
    ) -> Result<(), DatapathError> {
        self.check(module)?;
        let State { book, maps } = &mut self.lock().state;
        book.renew(module, until, contact, maps)
    }

    fn respond_as(&mut self, responder: &Responder) -> Result<(), DatapathError> {
        let State { book, maps } = &mut self.lock().state;
        book.respond_as(responder, maps)
    }

    fn contact(
        &mut self,
        module: &ModuleName,
        contact: &Contact,
    ) -> Result<Vec<(NodeId, Time)>, DatapathError> {
        self.check(module)?;
        let State { book, maps } = &mut self.lock().state;
        book.contact(module, contact, maps)
    }

    fn respond(&mut self, words: &mut [u64; WORDS]) -> Result<(), Refused> {
        self.lock().state.maps.respond(words, clock::now())
    }

    fn probed(&self) -> Result<Probed, DatapathError> {
        Ok(self.lock().state.maps.probed())
    }

    fn counters(&self, module: &ModuleName) -> Result<BTreeMap<String, u64>, DatapathError> {
        let State { book, maps } = &self.lock().state;
        book.counters(module, maps)
    }

    fn flows(&self, module: &ModuleName) -> Result<Vec<Vec<u64>>, DatapathError> {
        let State { book, maps } = &self.lock().state;
        book.flows(module, maps)
    }

    fn buckets(&self, module: &ModuleName) -> Result<Vec<Vec<BucketState>>, DatapathError> {
        let State { book, maps } = &self.lock().state;
        book.buckets(module, maps)
    }

    fn explain(
        &self,
        module: &ModuleName,
        question: &FlowQuestion,
        now: Time,
    ) -> Result<Explained, DatapathError> {
        let State { book, maps } = &self.lock().state;
        book.explain(module, question, now, maps)
    }

    fn replays(&self, module: &ModuleName) -> Result<Option<Replays>, DatapathError> {
        let shared = self.lock();
        let slot = shared.state.book.open(module)?.slot();
        Ok(shared.replays.get(&slot).copied())
    }

    fn bucket(&self, module: &ModuleName, flow: &FlowQuery) -> Option<(usize, u16)> {
        self.lock().state.book.bucket(module, flow)
    }
}

impl Running {
    /// Ends the thread and waits until the kernel has the queue back.
    fn end(self) -> Result<(), DatapathError> {
        drop(self.stop);
        let deadline = Instant::now() + limits::QUEUE_END;
        while !self.thread.is_finished() {
            if Instant::now() > deadline {
                return Err(refused(
                    "ending the thread that reads the packets",
                    "it does not end".to_owned(),
                ));
            }
            thread::sleep(std::time::Duration::from_millis(1));
        }
        let panicked = |_| refused("reading packets", "the thread ended in a panic".to_owned());
        self.thread.join().map_err(panicked)
    }
}

/// The virtual addresses of all interfaces.
fn addrs(path: &ModulePath) -> Vec<IpAddr> {
    let interfaces = path.interfaces.iter();
    interfaces
        .flat_map(|interface| interface.addrs.iter().copied())
        .collect()
}

/// Makes the virtual interfaces that the entry modes need, by place of their interface.
fn virtual_links(
    label: &Label,
    path: &ModulePath,
) -> Result<BTreeMap<usize, VirtualLink>, DatapathError> {
    let mut links = BTreeMap::new();
    for (place, interface) in path.interfaces.iter().enumerate() {
        if interface.entry == EntryMode::VmacInvisible {
            let link = virtual_link::make(label, place, interface).map_err(unsupported)?;
            links.insert(place, link);
        }
    }
    Ok(links)
}

/// Where packets may come in.
fn doors(path: &ModulePath, links: &BTreeMap<usize, VirtualLink>) -> BTreeMap<u32, Door> {
    let mut doors = BTreeMap::new();
    for (place, interface) in path.interfaces.iter().enumerate() {
        let nic = interface.index;
        let to = Mac::new(interface.mac);
        doors.insert(nic, Door { nic, to });
        if let Some(link) = links.get(&place) {
            let to = Mac::new(interface.vmac);
            doors.insert(link.index, Door { nic, to });
        }
    }
    doors
}

/// Where questions are heard: on each NIC, and on its virtual interface those to the virtual MAC
/// alone, because the broadcast ones are heard on the NIC.
fn ears(path: &ModulePath, links: &BTreeMap<usize, VirtualLink>) -> io::Result<Vec<(u32, Ear)>> {
    let mut ears = Vec::new();
    for (place, interface) in path.interfaces.iter().enumerate() {
        let mut questions = Vec::new();
        if interface.addrs.iter().any(IpAddr::is_ipv4) {
            questions.push(Question::Arp);
        }
        if interface.addrs.iter().any(IpAddr::is_ipv6) {
            questions.push(Question::Discovery);
        }
        for question in questions {
            ears.push((interface.index, Ear::new(&interface.name, question, None)?));
            if let Some(link) = links.get(&place) {
                let to = Some(Mac::new(interface.vmac));
                ears.push((interface.index, Ear::new(&link.name, question, to)?));
            }
        }
    }
    Ok(ears)
}

/// How frames leave each NIC.
fn mouths(path: &ModulePath) -> io::Result<BTreeMap<u32, Mouth>> {
    let interfaces = path.interfaces.iter();
    interfaces
        .map(|interface| Ok((interface.index, Mouth::new(&interface.name)?)))
        .collect()
}

fn unsupported(why: String) -> DatapathError {
    DatapathError::Unsupported(why)
}

/// A refusal that only has words.
fn refused(doing: &str, why: String) -> DatapathError {
    failed(doing, io::Error::other(why))
}
