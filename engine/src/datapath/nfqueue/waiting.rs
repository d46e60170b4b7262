//! SYNs that are not accepted here wait for their verdict, in the case that they are to be answered here
//! after all: see [`crate::datapath::replay`]. In the kernel's queue, from which they go to the stack.

use std::collections::BTreeMap;

use evenkeel_core::ids::Time;
use evenkeel_packet::keep::{FROM_PEER, Kept, REPEATED, Syn};
use nfq::Message;

use crate::datapath::replay::REPLAY;
use crate::limits;

/// By the number behind it and the ports.
type Key = (u32, u32);

/// The SYNs of a queue.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    syns: BTreeMap<Key, Held>,
}

/// A SYN.
pub(super) struct Held {
    pub(super) kept: Kept,
    /// Its client was not seen to go on.
    pub(super) waits: bool,
    /// The frame as it came, with the link's header.
    pub(super) frame: Vec<u8>,
    /// The packet in the queue; none where nothing is to come of it.
    message: Option<Message>,
    /// It was seen to.
    is_done: bool,
}

/// What became of a SYN that was to wait.
#[derive(Debug, Default)]
pub(super) struct Added {
    /// The packets that are to be dropped for it, perhaps its own.
    pub(super) dropped: Vec<Message>,
    /// It was kept.
    pub(super) is_kept: bool,
    /// Another one had to go for it.
    pub(super) crowds_out: bool,
}

impl std::fmt::Debug for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Held")
            .field("kept", &self.kept)
            .finish_non_exhaustive()
    }
}

impl Waiting {
    pub(super) fn is_empty(&self) -> bool {
        self.syns.is_empty()
    }

    /// Lets a SYN wait that came at `now`; where it comes again that is noted, and it does not.
    pub(super) fn add(&mut self, syn: &Syn, frame: &[u8], message: Message, now: Time) -> Added {
        let kept = syn.kept(now.0, u16::try_from(frame.len()).unwrap_or(u16::MAX));
        let key = (kept.sequence, kept.ports);
        let mut added = Added::default();
        if let Some(known) = self.syns.get_mut(&key) {
            // What all nodes see, one of them may send on as well: then it is this node's to answer.
            let is_news = syn.is_from_peer && known.kept.flags & FROM_PEER == 0;
            if !is_news {
                known.kept.flags |= REPEATED;
                added.dropped.push(message);
                return added;
            }
        }
        let former = self.syns.remove(&key);
        added.dropped.extend(former.and_then(|held| held.message));
        if self.waiting().count() >= limits::QUEUE_SYNS
            && let Some(oldest) = self.oldest()
        {
            let crowded = self.syns.remove(&oldest);
            added.dropped.extend(crowded.and_then(|held| held.message));
            added.crowds_out = true;
        }
        added.is_kept = true;
        let held = Held {
            kept,
            waits: true,
            frame: frame.to_vec(),
            message: Some(message),
            is_done: false,
        };
        self.syns.insert(key, held);
        added
    }

    /// A client goes on that sends this number next: the packets with its SYN, if it is here.
    pub(super) fn went_on(&mut self, sequence: u32) -> Vec<Message> {
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
    pub(super) fn expire(&mut self, now: Time) -> Vec<Message> {
        let age = |held: &Held| now.since(Time(held.kept.at_ns));
        self.syns
            .retain(|_, held| age(held) < REPLAY * 4 || held.message.is_some());
        let old = self.syns.values_mut().filter(|held| age(held) >= REPLAY);
        old.filter_map(|held| held.message.take()).collect()
    }

    /// Those that nobody has seen to.
    pub(super) fn open(&mut self) -> impl Iterator<Item = &mut Held> {
        self.syns.values_mut().filter(|held| !held.is_done)
    }

    fn waiting(&self) -> impl Iterator<Item = (&Key, &Held)> {
        self.syns.iter().filter(|(_, held)| held.message.is_some())
    }

    fn oldest(&self) -> Option<Key> {
        let oldest = self.waiting().min_by_key(|(_, held)| held.kept.at_ns);
        oldest.map(|(key, _)| *key)
    }
}

impl Held {
    /// It was seen to: its packet, if it is still in the queue.
    pub(super) fn done(&mut self) -> Option<Message> {
        self.is_done = true;
        self.message.take()
    }
}
