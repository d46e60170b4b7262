//! The kernel of a simulated server: the filter, and the answers to liveness probes. It goes on while
//! the daemon stands still, and stays when the daemon is killed.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use evenkeel_core::ids::{Epoch, NodeId, Time};
use evenkeel_packet::hash::HashKey;
use evenkeel_packet::probe::{self, FLAG_FENCED, FLAG_KERNEL, Host, Refused};

use crate::farm::node_id;

/// What a server's kernel does with packets: it knows the last table and lease that it was given, and
/// what echoes it saw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Whether the network side is up.
    pub up: bool,
    /// The epoch of the table.
    pub epoch: Option<Epoch>,
    /// A byte per bucket, one group after the other.
    pub table: Vec<u8>,
    /// The end of the lease, on the server's clock.
    pub lease: Time,
    /// The end of the contact as the daemon said it; `None`: none is needed.
    pub contact: Option<Time>,
    /// The end of the contact as echoes say it.
    pub echoed: Time,
    /// The tags under which echoes count, with the instants from which on they do.
    pub tags: Vec<(u64, Time)>,
    /// How long an echo lets the filter accept, in nanoseconds.
    pub window: u64,
}

impl Filter {
    /// The bits of eight buckets that say `is_mine`.
    const MINE: u64 = 0x8080_8080_8080_8080;

    /// The first bucket that is open in both.
    pub fn common(&self, other: &Self) -> Option<usize> {
        let both = self.words().zip(other.words()).map(|(a, b)| a & b);
        let (index, word) = both.enumerate().find(|(_, word)| *word != 0)?;
        Some(index * 8 + usize::try_from(word.leading_zeros() / 8).unwrap())
    }

    /// Whether everything that was open is open.
    pub fn has_all_of(&self, before: &Self) -> bool {
        let is_whole = self.table.len() == before.table.len();
        let mut words = before.words().zip(self.words());
        is_whole && words.all(|(old, new)| old & !new == 0)
    }

    /// How many buckets are open.
    pub fn open(&self) -> u32 {
        self.words().map(u64::count_ones).sum()
    }

    /// Which buckets are open, eight in each word.
    fn words(&self) -> impl Iterator<Item = u64> {
        let word = |bytes: &[u8]| u64::from_be_bytes(bytes.try_into().unwrap()) & Self::MINE;
        self.table.chunks_exact(8).map(word)
    }

    /// Whether this node may open flows of the bucket, lease and contact aside.
    pub fn is_mine(&self, bucket: usize) -> bool {
        self.table
            .get(bucket)
            .is_some_and(|state| state & 0x80 != 0)
    }

    /// Whether it accepts anything when the clock shows this.
    pub fn accepts(&self, clock: Time) -> bool {
        let contact = self
            .contact
            .is_none_or(|contact| clock < contact.max(self.echoed));
        self.up && clock < self.lease && contact
    }
}

/// A request as it was answered last: the run and the instant of who asked, and when it arrived.
type Asked = (u64, u64, Time);

/// What a server answers to probes by.
#[derive(Debug, Default)]
pub struct Responder {
    /// The run of the daemon that set it up; zero: nobody did.
    pub run: u64,
    /// The daemon is gone: the fence answers.
    pub fenced: bool,
    /// The kernel answers; else the daemon does.
    pub kernel: bool,
    /// The keys of probes by number; all zeros is none.
    pub keys: [HashKey; 2],
    asked: RefCell<BTreeMap<(u8, u8), Asked>>,
}

impl Responder {
    /// When the latest request of each node arrived.
    pub fn asked(&self) -> Vec<(NodeId, Time)> {
        let mut latest = BTreeMap::new();
        for ((from, _), (_, _, arrived)) in self.asked.borrow().iter() {
            let at: &mut Time = latest.entry(node_id(usize::from(*from))).or_default();
            *at = (*at).max(*arrived);
        }
        latest.into_iter().collect()
    }

    /// Answers a probe at this instant of the server's clock, and renews what its echo renews.
    pub fn respond(
        &self,
        node: usize,
        filter: &mut Filter,
        bytes: &[u8],
        clock: Time,
    ) -> Result<Vec<u8>, Refused> {
        let mut words = probe::words_of(bytes).ok_or(Refused::Malformed)?;
        let machine = Answering {
            node: u8::try_from(node).unwrap(),
            responder: self,
            filter,
            clock,
            echoed: Cell::new(None),
        };
        probe::respond(&mut words, &machine)?;
        let echoed = machine.echoed.get();
        if let Some(at) = echoed {
            filter.echoed = filter.echoed.max(Time(at + filter.window));
        }
        Ok(probe::bytes_of(&words).to_vec())
    }
}

/// A server while it answers.
struct Answering<'a> {
    node: u8,
    responder: &'a Responder,
    filter: &'a Filter,
    clock: Time,
    echoed: Cell<Option<u64>>,
}

impl Host for Answering<'_> {
    fn node(&self) -> u8 {
        self.node
    }

    fn run(&self) -> u64 {
        self.responder.run
    }

    fn key(&self, number: u8) -> Option<HashKey> {
        let key = self.responder.keys.get(usize::from(number)).copied();
        key.filter(|key| self.responder.run != 0 && *key != HashKey::default())
    }

    fn now_ns(&self) -> u64 {
        self.clock.0
    }

    fn flags(&self) -> u8 {
        let flag = |is: bool, flag| if is { flag } else { 0 };
        flag(self.responder.kernel, FLAG_KERNEL) | flag(self.responder.fenced, FLAG_FENCED)
    }

    fn is_new(&self, from: u8, lan: u8, run: u64, asked_ns: u64) -> bool {
        let mut asked = self.responder.asked.borrow_mut();
        let known = asked.get(&(from, lan));
        let is_new = known.is_none_or(|(r, a, _)| (*r, *a) < (run, asked_ns));
        if is_new {
            asked.insert((from, lan), (run, asked_ns, self.clock));
        }
        is_new
    }

    fn tag(&self, place: u32) -> u64 {
        let in_force = self.filter.tags.first().filter(|_| place == 0);
        in_force.map_or(0, |(tag, _)| *tag)
    }

    fn accepted(&self, tag: u64) -> Option<(u32, u64)> {
        let known = self.filter.tags.iter().find(|(known, _)| *known == tag);
        known.map(|(_, from)| (0, from.0))
    }

    fn renew(&self, _place: u32, answered_ns: u64) {
        self.echoed.set(self.echoed.get().max(Some(answered_ns)));
    }

    fn is_lease_valid(&self, place: u32) -> bool {
        place == 0 && self.filter.up && self.clock < self.filter.lease
    }
}
