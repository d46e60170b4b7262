//! The state of a node as the first bytes of an input say it; what follows them is a frame.

use evenkeel_packet::abi::{ANSWERS, ANSWERS_BY_BUCKET, ANSWERS_NOT};
use evenkeel_packet::bucket::BucketState;
use evenkeel_packet::decide::Entry;
use evenkeel_packet::fragment::Fate;
use evenkeel_packet::{BUCKETS, Mac};

use crate::fixtures::world::{IFINDEX, PEER_MAC, State, World};

/// Bytes in front of the frame.
pub(crate) const HEAD: usize = 5;

const INVISIBLE: u8 = 0x01;
const LEASE: u8 = 0x02;
const OPENING: u8 = 0x04;
const ANSWERS_SHIFT: u32 = 3;
const FATE_SHIFT: u32 = 5;
const ELSEWHERE: u8 = 0x80;

/// Rules of the fixtures' world, of which an input keeps the first ones.
const RULES: u8 = 5;

/// What an input says beside its frame.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Situation {
    /// The state of the node under test.
    pub(crate) state: State,
    /// How many rules there are, and what all of them hash (lower and upper bits).
    rules: u8,
    /// The frame came in on an interface without virtual addresses.
    is_elsewhere: bool,
    /// Deals the buckets of a farm to its nodes.
    pub(crate) seed: u8,
    /// Where the frame is cut, modulo its length.
    pub(crate) cut: u8,
}

impl Situation {
    /// A state with the rules of the sentences.
    pub(crate) const fn new(state: State) -> Self {
        Self {
            state,
            rules: RULES,
            is_elsewhere: false,
            seed: 0,
            cut: 20,
        }
    }

    /// The situation of an input and its frame; `None` for an input that is too short.
    pub(crate) fn split(input: &[u8]) -> Option<(Self, &[u8])> {
        let ([flags, bucket, rules, seed, cut], frame) = input.split_first_chunk::<HEAD>()?;
        let entry = Entry::from_byte(flags & INVISIBLE);
        let answers = match flags >> ANSWERS_SHIFT & 3 {
            0 => ANSWERS_NOT,
            1 => ANSWERS,
            _ => ANSWERS_BY_BUCKET,
        };
        // In invisible mode nothing was ever sent on.
        let fate = match flags >> FATE_SHIFT & 3 {
            1 => Some(Fate::DROPPED),
            2 => Some(Fate::ACCEPTED),
            3 if entry == Entry::Directed => Some(Fate::forwarded(Mac::new(PEER_MAC))),
            _ => None,
        };
        let state = State {
            entry,
            buckets: BucketState::from_byte(*bucket).kind(),
            lease: flags & LEASE != 0,
            answers,
            fate: fate.map(Fate::number),
            is_opening: flags & OPENING != 0,
        };
        let situation = Self {
            state,
            rules: *rules,
            is_elsewhere: flags & ELSEWHERE != 0,
            seed: *seed,
            cut: *cut,
        };
        Some((situation, frame))
    }

    /// The bytes that say it.
    pub(crate) fn bytes(&self) -> [u8; HEAD] {
        let flag = |set: bool, bit: u8| if set { bit } else { 0 };
        let fate = match self.state.fate.map(Fate::from_number) {
            None => 0,
            Some(Fate::DROPPED) => 1,
            Some(Fate::ACCEPTED) => 2,
            Some(_) => 3,
        };
        let flags = flag(self.state.entry == Entry::Invisible, INVISIBLE)
            | flag(self.state.lease, LEASE)
            | flag(self.state.is_opening, OPENING)
            | flag(self.is_elsewhere, ELSEWHERE)
            | self.state.answers << ANSWERS_SHIFT
            | fate << FATE_SHIFT;
        let bucket = BucketState::new(self.state.buckets).byte();
        [flags, bucket, self.rules, self.seed, self.cut]
    }

    /// The interface on which the frame came in.
    pub(crate) const fn ifindex(&self) -> u32 {
        if self.is_elsewhere {
            IFINDEX + 1
        } else {
            IFINDEX
        }
    }

    /// The tables of the node under test.
    pub(crate) fn world(&self) -> World {
        self.world_in(self.state)
    }

    /// The same tables in another state.
    pub(crate) fn world_in(&self, state: State) -> World {
        let mut world = World::new(state);
        let count = u32::from((self.rules & 7).min(RULES));
        let filter = self.rules >> 3 & 3;
        for vip in world.vips.values_mut() {
            vip.rule_count = count;
            for rule in &mut vip.rules {
                if let Some(filter) = filter.checked_sub(1) {
                    rule.filter = filter;
                }
            }
        }
        world
    }

    /// Whose each bucket of a farm of this many nodes is, their numbers from zero.
    pub(crate) fn owners(&self, nodes: u8) -> Vec<u8> {
        let step = usize::from(self.seed) * 2 + 1;
        let deal = |bucket: usize| (bucket.wrapping_mul(step) >> 3) % usize::from(nodes);
        (0..BUCKETS)
            .filter_map(|bucket| u8::try_from(deal(bucket)).ok())
            .collect()
    }
}
