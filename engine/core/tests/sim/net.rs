//! The network between the nodes: what it does to a datagram. Every fault is an option by name.

use crate::faults::{Fault, Faults};
use crate::rng::Rng;

/// One millisecond of virtual time.
pub const MS: u64 = 1_000_000;

/// What the network does to datagrams, beside cuts.
#[derive(Clone, Copy, Debug)]
pub struct Weather {
    /// Of a thousand datagrams, so many vanish.
    pub loss: u64,
    /// Of a thousand, so many arrive twice.
    pub duplicates: u64,
    /// Of a thousand, so many are held up for up to two seconds, and so overtaken by many others.
    pub stragglers: u64,
    /// The others take up to so long, in nanoseconds: reordering within it.
    pub delay_max: u64,
    /// Of a thousand datagrams, so many are sent again by an attacker, as they are or mangled.
    pub attacks: u64,
}

impl Weather {
    /// A quiet local network.
    pub const FAIR: Self = Self {
        loss: 0,
        duplicates: 0,
        stragglers: 0,
        delay_max: MS / 2,
        attacks: 0,
    };

    /// A local network that is not well.
    pub const fn local(rng: &mut Rng) -> Self {
        Self {
            loss: rng.below(60),
            duplicates: rng.below(100),
            stragglers: rng.below(10),
            delay_max: rng.between(MS / 10, 4 * MS),
            attacks: rng.below(20),
        }
    }

    /// Something that a farm with patience has to live with.
    pub const fn bad(rng: &mut Rng) -> Self {
        Self {
            loss: rng.below(150),
            duplicates: rng.below(100),
            stragglers: rng.below(30),
            delay_max: rng.between(MS / 10, 30 * MS),
            attacks: rng.below(40),
        }
    }

    /// Worse than any network that a farm should have to live with.
    pub const fn terrible(rng: &mut Rng) -> Self {
        Self {
            loss: rng.below(400),
            duplicates: rng.below(200),
            stragglers: rng.below(100),
            delay_max: rng.between(MS, 200 * MS),
            attacks: rng.below(100),
        }
    }

    /// Without the kinds of faults that are not among these.
    pub const fn only(self, faults: Faults) -> Self {
        const fn part(has: bool, value: u64, otherwise: u64) -> u64 {
            if has { value } else { otherwise }
        }
        let fair = Self::FAIR;
        Self {
            loss: part(faults.has(Fault::Loss), self.loss, fair.loss),
            duplicates: part(
                faults.has(Fault::Duplicate),
                self.duplicates,
                fair.duplicates,
            ),
            stragglers: part(
                faults.has(Fault::Straggler),
                self.stragglers,
                fair.stragglers,
            ),
            delay_max: part(faults.has(Fault::Delay), self.delay_max, fair.delay_max),
            attacks: part(faults.has(Fault::Attack), self.attacks, fair.attacks),
        }
    }

    /// The delays of the copies that arrive: none, one, or two.
    pub fn copies(&self, rng: &mut Rng) -> [Option<u64>; 2] {
        if rng.chance(self.loss) {
            return [None; 2];
        }
        let twice = rng.chance(self.duplicates);
        let first = self.delay(rng);
        [Some(first), twice.then(|| self.delay(rng))]
    }

    fn delay(&self, rng: &mut Rng) -> u64 {
        let held_up = rng.chance(self.stragglers);
        let longest = if held_up {
            2000 * MS
        } else {
            self.delay_max.max(MS / 10)
        };
        rng.between(MS / 20, longest)
    }
}

/// Which ways are cut, and when they were last.
#[derive(Clone, Debug)]
pub struct Cuts {
    nodes: usize,
    cut: Vec<bool>,
    /// When a way was cut last, in nanoseconds; the present while it is.
    last: Vec<Option<u64>>,
}

impl Cuts {
    /// None.
    pub fn new(nodes: usize) -> Self {
        Self {
            nodes,
            cut: vec![false; nodes * nodes],
            last: vec![None; nodes * nodes],
        }
    }

    /// Cuts the way from one node to another, or mends it.
    pub fn set(&mut self, from: usize, to: usize, cut: bool, now: u64) {
        let way = from * self.nodes + to;
        if self.cut[way] {
            self.last[way] = Some(now);
        }
        self.cut[way] = cut;
    }

    /// Whether the way is cut.
    pub fn is_cut(&self, from: usize, to: usize) -> bool {
        self.cut[from * self.nodes + to]
    }

    /// Whether the way from one node to another is or was cut since then.
    pub fn was_cut(&self, from: usize, to: usize, since: u64) -> bool {
        let way = from * self.nodes + to;
        self.cut[way] || self.last[way].is_some_and(|last| last >= since)
    }
}
