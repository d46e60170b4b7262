//! SYNs that are not accepted here wait for their verdict, in the case that they are to be answered here
//! after all: see [`crate::datapath::replay`]. In the kernel's queue, from which they go to the stack.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::time::Duration;

use evenkeel_core::ids::Time;
use evenkeel_packet::keep::{Kept, PLACES, REPEATED, SAME_MS, Syn};

use crate::datapath::replay::{Fate, REPLAY};
use crate::limits;

/// By the number behind it and the ports.
pub(super) type Key = (u32, u32);

/// A SYN that comes again within this time is the same one.
const SAME: Duration = Duration::from_millis(SAME_MS);

/// The SYNs of a queue, whose packets are messages `M` of it.
#[derive(Debug)]
pub(super) struct Waiting<M> {
    syns: BTreeMap<Key, Held<M>>,
    /// In the order in which they came: those that are known, and those that may be in the queue. What
    /// is not there any more is left out when its turn comes.
    known: VecDeque<(u64, Key)>,
    queued: VecDeque<(u64, Key)>,
}

/// A SYN.
pub(super) struct Held<M> {
    pub(super) kept: Kept,
    /// Its client was not seen to go on.
    pub(super) waits: bool,
    /// The frame as it came, with the link's header.
    pub(super) frame: Vec<u8>,
    /// The packet in the queue; none where nothing is to come of it.
    message: Option<M>,
    fate: Fate,
}

/// What became of a SYN that was to wait.
#[derive(Debug)]
pub(super) struct Added<M> {
    /// The packets that are to be dropped for it, perhaps its own.
    pub(super) dropped: Vec<M>,
    /// It was kept.
    pub(super) is_kept: bool,
    /// Another one had to go for it.
    pub(super) crowds_out: bool,
}

impl<M> Default for Waiting<M> {
    fn default() -> Self {
        Self {
            syns: BTreeMap::new(),
            known: VecDeque::new(),
            queued: VecDeque::new(),
        }
    }
}

impl<M> fmt::Debug for Held<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Held")
            .field("kept", &self.kept)
            .finish_non_exhaustive()
    }
}

impl<M> Waiting<M> {
    pub(super) fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Lets a SYN wait that came at `now`; where it comes again that is noted, and it does not.
    pub(super) fn add(&mut self, syn: &Syn, frame: &[u8], message: M, now: Time) -> Added<M> {
        let kept = syn.kept(now.0, u16::try_from(frame.len()).unwrap_or(u16::MAX));
        let key = (kept.sequence, kept.ports);
        let mut added = Added {
            dropped: Vec::new(),
            is_kept: false,
            crowds_out: false,
        };
        if let Some(known) = self.syns.get_mut(&key)
            && !syn.is_news(&known.kept)
        {
            known.kept.flags |= REPEATED;
            added.dropped.push(message);
            return added;
        }
        if self.queued.len() >= limits::QUEUE_SYNS
            && let Some(oldest) = self.queued.pop_front()
            && let Some(message) = self.take(oldest)
        {
            self.syns.remove(&oldest.1);
            added.dropped.push(message);
            added.crowds_out = true;
        }
        if self.known.len() >= PLACES
            && let Some(oldest) = self.known.pop_front()
        {
            added.dropped.extend(self.forget(oldest));
        }
        added.is_kept = true;
        self.known.push_back((now.0, key));
        self.queued.push_back((now.0, key));
        let held = Held {
            kept,
            waits: true,
            frame: frame.to_vec(),
            message: Some(message),
            fate: Fate::Open,
        };
        let former = self.syns.insert(key, held);
        added.dropped.extend(former.and_then(|held| held.message));
        added
    }

    /// A client goes on that sends this number next: the packets with its SYN, if it is here.
    pub(super) fn went_on(&mut self, sequence: u32) -> Vec<M> {
        let those = self.syns.range_mut((sequence, 0)..=(sequence, u32::MAX));
        those
            .filter_map(|(_, held)| {
                held.waits = false;
                held.message.take()
            })
            .collect()
    }

    /// The packets of those that are too old to be replayed. They are remembered for as long as they may
    /// come again.
    pub(super) fn expire(&mut self, now: Time) -> Vec<M> {
        let is_past = |at: u64, age: Duration| now.since(Time(at)) >= age;
        let mut ended = Vec::new();
        while let Some(oldest) = self.queued.pop_front_if(|(at, _)| is_past(*at, REPLAY)) {
            ended.extend(self.take(oldest));
        }
        while let Some(oldest) = self.known.pop_front_if(|(at, _)| is_past(*at, SAME)) {
            ended.extend(self.forget(oldest));
        }
        ended
    }

    /// Those whose fate is open, as `is_open` says.
    pub(super) fn open(
        &mut self,
        is_open: impl Fn(Fate) -> bool,
    ) -> impl Iterator<Item = &mut Held<M>> {
        self.syns
            .values_mut()
            .filter(move |held| is_open(held.fate))
    }

    /// The packet of a SYN that came at that instant, if it is in the queue.
    fn take(&mut self, (at, key): (u64, Key)) -> Option<M> {
        let held = self.syns.get_mut(&key);
        held.filter(|held| held.kept.at_ns == at)?.message.take()
    }

    /// Removes it.
    fn forget(&mut self, (at, key): (u64, Key)) -> Option<M> {
        let message = self.take((at, key));
        if self
            .syns
            .get(&key)
            .is_some_and(|held| held.kept.at_ns == at)
        {
            self.syns.remove(&key);
        }
        message
    }
}

impl<M> Held<M> {
    /// This became of it: its packet, where nothing more can come of that and it is still in the queue.
    pub(super) fn seen_to(&mut self, fate: Fate) -> Option<M> {
        self.fate = fate;
        match fate {
            Fate::Open | Fate::HandedTo(_) => None,
            Fate::Ended => self.message.take(),
        }
    }
}

#[cfg(test)]
mod tests {
    use evenkeel_packet::bucket::BucketState;
    use evenkeel_packet::filter::DecidedBy;
    use evenkeel_packet::frame::Ports;

    use super::*;

    fn syn(sequence: u32) -> Syn {
        Syn {
            module: 1,
            link: 2,
            decided_by: DecidedBy::bucket(3, 4),
            state: BucketState::from_byte(5),
            ports: Ports {
                source: 40_000,
                destination: 80,
            },
            sequence,
            is_from_peer: false,
        }
    }

    fn at(ms: u64) -> Time {
        Time((10_000 + ms) * 1_000_000)
    }

    /// The numbers of those that are in the queue.
    fn queued(waiting: &mut Waiting<u32>) -> Vec<u32> {
        waiting
            .open(|_fate| true)
            .filter_map(|held| held.message)
            .collect()
    }

    #[test]
    fn no_more_wait_than_there_is_room_for_and_no_more_are_known() {
        let mut waiting = Waiting::default();
        let room = u32::try_from(limits::QUEUE_SYNS).unwrap();
        for number in 0..room {
            let added = waiting.add(&syn(number), b"", number, at(0));
            assert!(added.is_kept && !added.crowds_out && added.dropped.is_empty());
        }
        let added = waiting.add(&syn(room), b"", room, at(0));
        assert_eq!((added.crowds_out, added.dropped), (true, vec![0]));
        // One that was answered makes room, and is still known.
        assert_eq!(waiting.went_on(1), [1]);
        let added = waiting.add(&syn(room + 1), b"", room + 1, at(0));
        assert_eq!((added.crowds_out, added.dropped), (false, vec![]));
        assert_eq!(queued(&mut waiting).len(), limits::QUEUE_SYNS);
        for number in room + 2..20_000 {
            waiting.add(&syn(number), b"", number, at(0));
            waiting.went_on(number);
        }
        assert!(waiting.open(|_fate| true).count() <= PLACES);
        assert!(queued(&mut waiting).is_empty());
    }

    #[test]
    fn a_syn_leaves_the_queue_when_it_is_too_old_and_is_forgotten_when_it_cannot_come_again() {
        let mut waiting = Waiting::default();
        waiting.add(&syn(7), b"", 1, at(0));
        waiting.add(&syn(8), b"", 2, at(500));
        assert_eq!(waiting.expire(at(999)), [0_u32; 0]);
        assert_eq!(waiting.expire(at(1000)), [1]);
        let again = waiting.add(&syn(7), b"", 3, at(1001));
        assert_eq!((again.is_kept, again.dropped), (false, vec![3]));
        let repeated = waiting
            .open(|_fate| true)
            .filter(|held| held.kept.flags & REPEATED != 0);
        assert_eq!(repeated.count(), 1);
        assert_eq!(waiting.expire(at(4500)), [2]);
        assert!(waiting.is_empty() && waiting.open(|_fate| true).count() == 0);
        assert!(waiting.add(&syn(7), b"", 4, at(4501)).is_kept);
    }

    #[test]
    fn what_a_peer_sends_on_takes_the_place_of_what_all_see() {
        let mut waiting = Waiting::default();
        let sent_on = Syn {
            is_from_peer: true,
            ..syn(7)
        };
        waiting.add(&syn(7), b"", 1, at(0));
        let added = waiting.add(&sent_on, b"", 2, at(1));
        assert_eq!((added.is_kept, added.dropped), (true, vec![1]));
        // The age of the former one is no matter of the new one.
        assert_eq!(waiting.expire(at(1000)), [0_u32; 0]);
        assert_eq!(waiting.expire(at(1001)), [2]);
    }
}
