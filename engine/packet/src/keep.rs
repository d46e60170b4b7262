//! SYNs that this node does not accept, kept for a moment.
//!
//! Their owner may be lost and nobody know it yet, or their bucket be on its way here: who gets the
//! bucket answers them then, and the client need not wait for its own timer. What is kept is plain old
//! data, shared between the kernel's programs and user space as all of [`crate::abi`].

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use crate::abi::MODULES_MAX;
use crate::bucket::BucketState;
use crate::bytes::Bytes;
use crate::filter::DecidedBy;
use crate::frame::Ports;
use crate::plain::{plain_four, plain_six};
use crate::take::{Purpose, Subject};

/// Places for SYNs that are kept: [`WAYS`] in each of [`SETS`].
pub const PLACES: usize = SETS * WAYS;
/// Sets of places, a power of two. Which one is for a SYN tells the number behind it, which clients choose
/// at random (RFC 6528), so that their next segment tells it too, without any hashing. In a flood of 100 000 a
/// second, of which two thirds are others', nearly all stay for the time that a takeover takes; of half as many
/// sets one in seven would have to make room before.
pub const SETS: usize = 2048;
/// Places of a set: so many SYNs of one number do not crowd each other out.
pub const WAYS: usize = 4;
/// Bytes of the longest frame whose SYN is kept: one of IPv6 with all options that TCP has room for.
pub const FRAME_MAX: usize = 128;
/// The mark of frames that are to come in where they go out: kept ones that are replayed. Only a process
/// that may administer the network can mark what it sends.
pub const REPLAY_MARK: u32 = 0x4556_4b52;

/// A SYN that this node did not accept and keeps for a moment: its owner may be lost and nobody know
/// it yet, or the bucket be on its way here. Its frame stands apart.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout,
)]
#[repr(C)]
pub struct Kept {
    /// When it came, nanoseconds of `CLOCK_MONOTONIC` as they were at the kernel's last tick; zero
    /// while the place is written.
    pub at_ns: u64,
    /// The sequence number behind it, which the client's next segment has.
    pub sequence: u32,
    /// The client's port, above it the service's.
    pub ports: u32,
    /// Slot of the group, below it the bucket.
    pub decided_by: u32,
    /// Slot of the interface.
    pub link: u32,
    /// Slot of the module.
    pub module: u32,
    /// Bytes of its frame, at most [`FRAME_MAX`].
    pub len: u16,
    /// The bucket's state when it came, a [`crate::bucket::BucketState`].
    pub state: u8,
    /// [`FROM_PEER`] and [`REPEATED`].
    pub flags: u8,
}

/// [`Kept::flags`]: another node sent it on, so nobody else has it.
pub const FROM_PEER: u8 = 1;
/// [`Kept::flags`]: it came again, so the client helps itself.
pub const REPEATED: u8 = 2;

/// Where SYNs of the module in a slot are counted that had to make room: behind those that were kept.
#[inline(always)]
pub const fn crowded_place(module: u32) -> u32 {
    const MODULES: u32 = 16;
    const { assert!(MODULES as usize == MODULES_MAX) };
    module + MODULES
}

/// [`Kept::ports`] of these.
#[inline(always)]
pub const fn both_ports(ports: Ports) -> u32 {
    ports.source as u32 | (ports.destination as u32) << 16
}

/// The SYNs that are kept, by set; one value, as [`crate::abi::Leases`] are.
pub type KeptSyns = [[Kept; WAYS]; SETS];

/// By set, a [`tag`] for each of its places while the client was not seen to go on. Apart from the rest and
/// small, because every packet of another node's looks there. One value, as [`crate::abi::Leases`] are.
pub type Waiting = [Tags; SETS];

/// The tags of a set in one word, 16 bits each, that of its first place in the lowest: one load for all.
pub type Tags = u64;

const _: () = assert!(WAYS * 16 == Tags::BITS as usize);

/// What a [`Tags`] has for a place whose SYN was answered, or which has none.
pub const NOT_WAITING: u16 = 0;

/// Where a SYN is kept.
#[inline(always)]
pub const fn set(sequence: u32) -> usize {
    sequence as usize % SETS
}

/// What of the number behind a SYN stands for it, beside its [`set`]; not [`NOT_WAITING`].
#[inline(always)]
pub const fn tag(sequence: u32) -> u16 {
    const SHIFT: u32 = SETS.trailing_zeros();
    #[expect(clippy::cast_possible_truncation, reason = "16 bits of it are the tag")]
    let tag = (sequence >> SHIFT) as u16;
    tag | 1
}

/// Whether one of these tags is that of this number, and so perhaps of its SYN.
#[inline(always)]
pub const fn may_wait(tags: Tags, sequence: u32) -> bool {
    const LOWEST: u64 = 0x0001_0001_0001_0001;
    const HIGHEST: u64 = LOWEST << 15;
    let others = tags ^ (tag(sequence) as u64 * LOWEST);
    // Whether one of the four is zero.
    others.wrapping_sub(LOWEST) & !others & HIGHEST != 0
}

/// How long a SYN may be replayed, in milliseconds: a client repeats it after a second (RFC 6298).
pub const REPLAY_MS: u64 = 1000;
/// How long a SYN that comes again is taken for the same one, in milliseconds: until after the second
/// repetition.
pub const SAME_MS: u64 = 4000;

/// A SYN to be kept: what becomes its [`Kept`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Syn {
    /// Slot of the module.
    pub module: u32,
    /// Slot of the interface.
    pub link: u32,
    /// The group's slot and the bucket.
    pub decided_by: DecidedBy,
    /// The bucket's state.
    pub state: BucketState,
    /// The ports of client and service.
    pub ports: Ports,
    /// The sequence number behind it.
    pub sequence: u32,
    /// Another node sent it on.
    pub is_from_peer: bool,
}

/// What is to be written where a SYN is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keeping {
    /// The place in its set.
    pub way: usize,
    /// It came before: that is noted there, and nothing else changes.
    pub is_repeated: bool,
    /// The SYN that was there might still have been replayed.
    pub crowds_out: bool,
}

impl Syn {
    /// Where to keep it, in a set as it is now: where it is already; else where there is room; else in
    /// the place of the oldest.
    #[inline(always)]
    pub fn keeping(&self, set: &[Kept; WAYS], tags: Tags, now_ns: u64) -> Keeping {
        let mut chosen = Keeping {
            way: 0,
            is_repeated: false,
            crowds_out: true,
        };
        let mut oldest = u64::MAX;
        for (way, kept) in set.iter().enumerate() {
            if self.is_same(kept, now_ns) {
                return Keeping {
                    way,
                    is_repeated: !self.is_news(kept),
                    crowds_out: false,
                };
            }
            let is_late = now_ns.wrapping_sub(kept.at_ns) >= REPLAY_MS * NS_PER_MS;
            let is_room = is_late || tag_of(tags, way) == NOT_WAITING;
            let age = if is_room { 0 } else { kept.at_ns };
            if age < oldest {
                oldest = age;
                chosen.way = way;
                chosen.crowds_out = !is_room;
            }
        }
        chosen
    }

    /// Whether it says more than the same one that came before: what all nodes see, one of them may send
    /// on as well, and then it is this node's to answer.
    #[inline(always)]
    pub const fn is_news(&self, before: &Kept) -> bool {
        self.is_from_peer && before.flags & FROM_PEER == 0
    }

    #[inline(always)]
    const fn is_same(&self, kept: &Kept, now_ns: u64) -> bool {
        kept.sequence == self.sequence
            && kept.ports == both_ports(self.ports)
            && now_ns.wrapping_sub(kept.at_ns) < SAME_MS * NS_PER_MS
    }

    /// It as it is kept, with a frame of `len` bytes.
    #[inline(always)]
    pub const fn kept(&self, now_ns: u64, len: u16) -> Kept {
        Kept {
            at_ns: now_ns,
            sequence: self.sequence,
            ports: both_ports(self.ports),
            decided_by: self.decided_by.number(),
            link: self.link,
            module: self.module,
            len,
            state: self.state.byte(),
            flags: if self.is_from_peer { FROM_PEER } else { 0 },
        }
    }
}

const NS_PER_MS: u64 = 1_000_000;

/// The tag of a place in a set.
#[inline(always)]
pub const fn tag_of(tags: Tags, way: usize) -> u16 {
    #[expect(clippy::cast_possible_truncation, reason = "16 bits of it are the tag")]
    let tag = (tags >> (16 * way)) as u16;
    tag
}

/// Whether a frame carries a SYN in a plain packet: whole, right behind an IP header without options.
#[inline(always)]
pub fn is_plain_syn<B: Bytes + ?Sized>(bytes: &B) -> bool {
    let opens = |purpose| purpose == Purpose::Opens;
    plain_four(bytes).is_some_and(|packet| opens(packet.purpose()))
        || plain_six(bytes).is_some_and(|packet| opens(packet.purpose()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn syn(sequence: u32, source: u16) -> Syn {
        Syn {
            module: 1,
            link: 2,
            decided_by: DecidedBy::bucket(3, 4),
            state: BucketState::from_byte(5),
            ports: Ports {
                source,
                destination: 80,
            },
            sequence,
            is_from_peer: false,
        }
    }

    fn word(tags: [u16; WAYS]) -> Tags {
        tags.iter()
            .rev()
            .fold(0, |word, tag| word << 16 | u64::from(*tag))
    }

    /// A set, and the instant at which the next SYN comes.
    struct Set {
        kept: [Kept; WAYS],
        tags: [u16; WAYS],
        now: u64,
    }

    impl Set {
        fn new() -> Self {
            Self {
                kept: [Kept::default(); WAYS],
                tags: [NOT_WAITING; WAYS],
                now: 3600 * 1000 * NS_PER_MS,
            }
        }

        fn keep(&mut self, syn: &Syn) -> Keeping {
            self.now += NS_PER_MS;
            let keeping = syn.keeping(&self.kept, word(self.tags), self.now);
            if !keeping.is_repeated {
                self.kept[keeping.way] = syn.kept(self.now, 60);
                self.tags[keeping.way] = tag(syn.sequence);
            }
            keeping
        }
    }

    #[test]
    fn as_many_as_there_are_ways_have_room_and_then_the_oldest_goes() {
        let mut set = Set::new();
        for (source, way) in (1..).zip(0..WAYS) {
            let keeping = set.keep(&syn(7, source));
            assert_eq!((keeping.way, keeping.crowds_out), (way, false));
        }
        let keeping = set.keep(&syn(7, 100));
        assert_eq!((keeping.way, keeping.crowds_out), (0, true));
        // One that was answered goes first, and one that is too old.
        set.tags[3] = NOT_WAITING;
        let keeping = set.keep(&syn(7, 101));
        assert_eq!((keeping.way, keeping.crowds_out), (3, false));
        set.now += REPLAY_MS * NS_PER_MS;
        assert!(!set.keep(&syn(7, 102)).crowds_out);
    }

    #[test]
    fn who_asks_again_is_noted_until_two_repetitions_later() {
        let mut set = Set::new();
        assert!(!set.keep(&syn(7, 1)).is_repeated);
        set.now += 1000 * NS_PER_MS;
        assert!(set.keep(&syn(7, 1)).is_repeated);
        set.now += 2000 * NS_PER_MS;
        assert!(set.keep(&syn(7, 1)).is_repeated);
        set.now += 4000 * NS_PER_MS;
        assert!(!set.keep(&syn(7, 1)).is_repeated, "another connection");
    }

    #[test]
    fn what_a_peer_sends_on_takes_the_place_of_what_all_see() {
        let mut set = Set::new();
        let sent_on = Syn {
            is_from_peer: true,
            ..syn(7, 1)
        };
        set.keep(&syn(7, 1));
        let keeping = set.keep(&sent_on);
        assert_eq!((keeping.way, keeping.is_repeated), (0, false));
        assert!(set.keep(&sent_on).is_repeated);
        assert!(set.keep(&syn(7, 1)).is_repeated);
    }

    proptest! {
        #[test]
        fn a_tag_is_found_in_any_place_and_only_there(
            sequence: u32,
            others: [u16; WAYS],
            way in 0..WAYS,
        ) {
            let mut tags = others;
            tags[way] = tag(sequence);
            prop_assert!(may_wait(word(tags), sequence));
            prop_assert_eq!(tag_of(word(tags), way), tag(sequence));
            let is_there = others.contains(&tag(sequence));
            prop_assert_eq!(may_wait(word(others), sequence), is_there);
        }
    }
}
