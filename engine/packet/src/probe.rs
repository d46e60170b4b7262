//! Liveness probes: a node asks, the kernel of another answers, and learns by the way that it was heard.
//!
//! A *request* goes to the heartbeat port of a node and is answered there by the kernel's program
//! (or by the daemon, where there is none), however busy the machine is. It repeats the instant of
//! the newest answer that the asking node got: its *echo*. So a round trip renews the *contact* of
//! who answers, on its own clock and without its daemon: its filter may accept for a while longer.
//! Who is not heard, or hears nobody, stops by itself.
//!
//! The format is 22 little-endian words and a keyed SipHash-2-4 of them. An echo renews the contact of
//! a module only where both nodes have the same view in force: a *tag* stands for it.
//!
//! ```text
//! word  0      "EVKP", version, kind, key, flags       1  from, to, LAN, -, leases (16 bits), -, -
//!       2      run of the sender                       3  run of the addressee as the sender knows it
//!       4      instant of the request, asker's clock   5  request: echo; answer: its own instant, both on the answerer's clock
//!       6..22  a tag per module, zero for none        22  authentication code
//! ```

use crate::abi::MODULES_MAX;
use crate::hash::{HashKey, siphash24};

/// The word of the first tag.
const TAGS_AT: usize = 6;
/// Words of a probe before its authentication code.
pub const BODY_WORDS: usize = TAGS_AT + MODULES_MAX;
/// Words of a probe.
pub const WORDS: usize = BODY_WORDS + 1;
/// Bytes of a probe.
pub const LEN: usize = WORDS * 8;

/// [`Probe::flags`]: answered by the kernel, so that silence is no busy processor's fault.
pub const FLAG_KERNEL: u8 = 1;
/// [`Probe::flags`]: answered by the fence: the daemon is gone, nothing is accepted.
pub const FLAG_FENCED: u8 = 2;

const MAGIC: u32 = u32::from_le_bytes(*b"EVKP");
const VERSION: u8 = 1;
const REQUEST: u8 = 1;
const ANSWER: u8 = 2;

/// Which way a probe goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A question.
    Request,
    /// Its answer.
    Answer,
}

/// A probe, decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Probe {
    /// Which way.
    pub kind: Kind,
    /// Which of the cluster's keys authenticates it.
    pub key: u8,
    /// Of an answer: [`FLAG_KERNEL`], [`FLAG_FENCED`].
    pub flags: u8,
    /// The sender.
    pub from: u8,
    /// The addressee.
    pub to: u8,
    /// The LAN on which it was asked.
    pub lan: u8,
    /// Of an answer: bit n says that the lease of the module at place n is valid.
    pub leases: u16,
    /// The run of the sender.
    pub run: u64,
    /// The run of the addressee as the sender knows it; zero for none.
    pub to_run: u64,
    /// The instant of the request, nanoseconds on the clock of who asked.
    pub asked_ns: u64,
    /// Of a request: the instant of the newest answer that was heard, zero for none. Of an answer:
    /// its own instant. Nanoseconds on the clock of who answers.
    pub answered_ns: u64,
    /// The views in force at the sender, by place of the module; zero for none.
    pub tags: [u64; MODULES_MAX],
}

/// Why a probe was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is none: another length, magic, version or kind.
    Malformed,
    /// Its key is unknown here or its code is wrong.
    Forged,
    /// It is for another node, or from no node.
    Foreign,
    /// It was seen before, or a newer one was.
    Replayed,
}

impl Refused {
    /// Counters of requests: the first is of those that were answered.
    pub const COUNTERS: u32 = 5;

    /// Where requests are counted that were refused for this.
    pub const fn index(self) -> u32 {
        match self {
            Self::Malformed => 1,
            Self::Forged => 2,
            Self::Foreign => 3,
            Self::Replayed => 4,
        }
    }
}

impl Probe {
    /// The probe as it travels, authenticated by the key.
    pub fn seal(&self, key: HashKey) -> [u8; LEN] {
        let mut words = [0; WORDS];
        words[0] = head(self.kind, self.key, self.flags);
        words[1] = parties(self.from, self.to, self.lan, self.leases);
        words[2] = self.run;
        words[3] = self.to_run;
        words[4] = self.asked_ns;
        words[5] = self.answered_ns;
        words[TAGS_AT..BODY_WORDS].copy_from_slice(&self.tags);
        sign(&mut words, key);
        bytes_of(&words)
    }

    /// Whether these bytes look like a probe, authentic or not.
    pub fn is_one(bytes: &[u8]) -> bool {
        bytes.len() == LEN && bytes.starts_with(b"EVKP")
    }

    /// Decodes and authenticates a probe; `key` gives the cluster's keys by number.
    ///
    /// # Errors
    ///
    /// [`Refused::Malformed`] or [`Refused::Forged`].
    pub fn open(bytes: &[u8], key: impl Fn(u8) -> Option<HashKey>) -> Result<Self, Refused> {
        let words = words_of(bytes).ok_or(Refused::Malformed)?;
        let [head, parties, run, to_run, asked_ns, answered_ns, ..] = words;
        let [_, _, _, _, version, kind, number, flags] = head.to_le_bytes();
        let kind = match kind {
            REQUEST => Kind::Request,
            ANSWER => Kind::Answer,
            _ => return Err(Refused::Malformed),
        };
        if !Self::is_one(bytes) || version != VERSION {
            return Err(Refused::Malformed);
        }
        let key = key(number).ok_or(Refused::Forged)?;
        if code(&words, key) != words[BODY_WORDS] {
            return Err(Refused::Forged);
        }
        let [from, to, lan, _, low, high, _, _] = parties.to_le_bytes();
        let mut tags = [0; MODULES_MAX];
        tags.copy_from_slice(&words[TAGS_AT..BODY_WORDS]);
        Ok(Self {
            kind,
            key: number,
            flags,
            from,
            to,
            lan,
            leases: u16::from_le_bytes([low, high]),
            run,
            to_run,
            asked_ns,
            answered_ns,
            tags,
        })
    }
}

/// The words of a probe's bytes.
pub fn words_of(bytes: &[u8]) -> Option<[u64; WORDS]> {
    let bytes: &[u8; LEN] = bytes.try_into().ok()?;
    let mut words = [0; WORDS];
    for (word, chunk) in words.iter_mut().zip(bytes.chunks_exact(8)) {
        *word = u64::from_le_bytes(chunk.try_into().unwrap_or_default());
    }
    Some(words)
}

/// A probe's words as they travel.
pub fn bytes_of(words: &[u64; WORDS]) -> [u8; LEN] {
    let mut bytes = [0; LEN];
    for (to, word) in bytes.chunks_exact_mut(8).zip(words) {
        to.copy_from_slice(&word.to_le_bytes());
    }
    bytes
}

/// The machine of a node that answers: the kernel's maps, a daemon's memory, or a simulated server.
pub trait Host {
    /// Its number.
    fn node(&self) -> u8;
    /// The run of its daemon, zero before there was one.
    fn run(&self) -> u64;
    /// A key of the cluster by number.
    fn key(&self, number: u8) -> Option<HashKey>;
    /// Its clock, nanoseconds.
    fn now_ns(&self) -> u64;
    /// [`FLAG_KERNEL`] and [`FLAG_FENCED`] as they apply to it.
    fn flags(&self) -> u8;
    /// Notes a request of this node, run and LAN; whether it is newer than all before.
    fn is_new(&self, from: u8, lan: u8, run: u64, asked_ns: u64) -> bool;
    /// The view in force of the module at `place`, zero for none.
    fn tag(&self, place: u32) -> u64;
    /// The place of the module whose contact this tag renews, and the instant of the own clock from
    /// which on an echo counts.
    fn accepted(&self, tag: u64) -> Option<(u32, u64)>;
    /// An answer of this instant was heard under a tag of the module at `place`.
    fn renew(&self, place: u32, answered_ns: u64);
    /// Whether the lease of the module at `place` is valid.
    fn is_lease_valid(&self, place: u32) -> bool;
}

/// Whether the first word of a message is that of a request.
#[inline(always)]
pub const fn is_request(first: u64) -> bool {
    // The key's number and the flags may be any.
    first & 0x0000_ffff_ffff_ffff == head(Kind::Request, 0, 0)
}

/// Answers a request in place, and renews what its echo renews.
///
/// # Errors
///
/// Why it is not answered; the words are of no use then.
#[inline(always)]
pub fn respond(words: &mut [u64; WORDS], host: &impl Host) -> Result<(), Refused> {
    if !is_request(words[0]) {
        return Err(Refused::Malformed);
    }
    let [_, _, _, _, _, _, number, _] = words[0].to_le_bytes();
    let key = host.key(number).ok_or(Refused::Forged)?;
    if code(words, key) != words[BODY_WORDS] {
        return Err(Refused::Forged);
    }
    let [from, to, lan, ..] = words[1].to_le_bytes();
    if to != host.node() || from as usize >= crate::NODES_MAX || from == to {
        return Err(Refused::Foreign);
    }
    if !host.is_new(from, lan, words[2], words[4]) {
        return Err(Refused::Replayed);
    }
    let now = host.now_ns();
    let echo = words[5];
    // An echo of another run, or one that is yet to come, was made for another machine.
    let is_heard = words[3] == host.run() && echo != 0 && echo <= now;
    let leases = report(words, host, if is_heard { echo } else { 0 });
    words[0] = head(Kind::Answer, number, host.flags());
    words[1] = parties(to, from, lan, leases);
    words[3] = words[2];
    words[2] = host.run();
    words[5] = now;
    sign(words, key);
    Ok(())
}

/// Renews by an echo (zero: none) what the tags of a request allow, puts the own ones in their places,
/// and gives the leases.
#[inline(always)]
fn report(words: &mut [u64; WORDS], host: &impl Host, echo: u64) -> u16 {
    let mut leases = 0;
    for (index, place) in (TAGS_AT..BODY_WORDS).zip(0_u32..) {
        let said = words[index];
        if said != 0
            && let Some((module, from_ns)) = host.accepted(said)
            && echo >= from_ns
            && echo != 0
        {
            host.renew(module, echo);
        }
        words[index] = host.tag(place);
        leases |= u16::from(host.is_lease_valid(place)) << place;
    }
    leases
}

/// The first word.
#[inline(always)]
const fn head(kind: Kind, key: u8, flags: u8) -> u64 {
    let kind = match kind {
        Kind::Request => REQUEST,
        Kind::Answer => ANSWER,
    };
    MAGIC as u64
        | (VERSION as u64) << 32
        | (kind as u64) << 40
        | (key as u64) << 48
        | (flags as u64) << 56
}

/// The second word.
#[inline(always)]
const fn parties(from: u8, to: u8, lan: u8, leases: u16) -> u64 {
    from as u64 | (to as u64) << 8 | (lan as u64) << 16 | (leases as u64) << 32
}

/// The authentication code of the words before its place.
#[inline(always)]
fn code(words: &[u64; WORDS], key: HashKey) -> u64 {
    siphash24::<BODY_WORDS, WORDS>(key, words)
}

/// Puts the authentication code in its place.
#[inline(always)]
fn sign(words: &mut [u64; WORDS], key: HashKey) {
    words[BODY_WORDS] = code(words, key);
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::cell::{Cell, RefCell};
    use std::collections::BTreeMap;

    use super::*;

    const KEY: HashKey = [1, 2];

    /// A node with number 2 in its run 20, whose clock shows 1000, with a module at place 3 in the
    /// view with tag 77, which it entered at 500.
    #[derive(Default)]
    struct Machine {
        seen: Cell<u64>,
        renewed: RefCell<BTreeMap<u32, u64>>,
    }

    impl Host for Machine {
        fn node(&self) -> u8 {
            2
        }
        fn run(&self) -> u64 {
            20
        }
        fn key(&self, number: u8) -> Option<HashKey> {
            (number == 0).then_some(KEY)
        }
        fn now_ns(&self) -> u64 {
            1000
        }
        fn flags(&self) -> u8 {
            FLAG_KERNEL
        }
        fn is_new(&self, _from: u8, _lan: u8, _run: u64, asked_ns: u64) -> bool {
            asked_ns > self.seen.replace(self.seen.get().max(asked_ns))
        }
        fn tag(&self, place: u32) -> u64 {
            if place == 3 { 77 } else { 0 }
        }
        fn accepted(&self, tag: u64) -> Option<(u32, u64)> {
            (tag == 77).then_some((3, 500))
        }
        fn renew(&self, place: u32, answered_ns: u64) {
            self.renewed.borrow_mut().insert(place, answered_ns);
        }
        fn is_lease_valid(&self, place: u32) -> bool {
            place == 3
        }
    }

    fn request() -> Probe {
        let mut tags = [0; MODULES_MAX];
        tags[9] = 77;
        Probe {
            kind: Kind::Request,
            key: 0,
            flags: 0,
            from: 1,
            to: 2,
            lan: 4,
            leases: 0,
            run: 10,
            to_run: 20,
            asked_ns: 123,
            answered_ns: 900,
            tags,
        }
    }

    fn ask(machine: &Machine, request: &Probe) -> Result<Probe, Refused> {
        let mut words = words_of(&request.seal(KEY)).unwrap();
        respond(&mut words, machine)?;
        Probe::open(&bytes_of(&words), |number| machine.key(number))
    }

    #[test]
    fn an_answer_says_where_the_node_is_and_renews_its_contact() {
        let machine = Machine::default();
        let answer = ask(&machine, &request()).unwrap();
        let mut tags = [0; MODULES_MAX];
        tags[3] = 77;
        let expected = Probe {
            kind: Kind::Answer,
            flags: FLAG_KERNEL,
            from: 2,
            to: 1,
            leases: 1 << 3,
            run: 20,
            to_run: 10,
            answered_ns: 1000,
            tags,
            ..request()
        };
        assert_eq!(answer, expected);
        assert_eq!(*machine.renewed.borrow(), BTreeMap::from([(3, 900)]));
    }

    #[test]
    fn an_echo_counts_for_this_run_this_view_and_the_past_alone() {
        let mut elsewhere = request();
        elsewhere.tags[9] = 78;
        for (why, request) in [
            ("another view", elsewhere),
            (
                "another run",
                Probe {
                    to_run: 19,
                    ..request()
                },
            ),
            (
                "of the future",
                Probe {
                    answered_ns: 1001,
                    ..request()
                },
            ),
            (
                "before the view",
                Probe {
                    answered_ns: 499,
                    ..request()
                },
            ),
            (
                "none",
                Probe {
                    answered_ns: 0,
                    ..request()
                },
            ),
        ] {
            let machine = Machine::default();
            ask(&machine, &request).unwrap();
            assert!(machine.renewed.borrow().is_empty(), "{why}");
        }
    }

    #[test]
    fn what_is_forged_foreign_or_replayed_is_refused() {
        let machine = Machine::default();
        let sealed = request().seal(KEY);
        for byte in 0..LEN {
            let mut mangled = sealed;
            mangled[byte] ^= 0x10;
            let mut words = words_of(&mangled).unwrap();
            respond(&mut words, &machine).unwrap_err();
            Probe::open(&mangled, |_| Some(KEY)).unwrap_err();
        }
        let refused = |request| ask(&machine, &request).unwrap_err();
        assert_eq!(refused(Probe { to: 3, ..request() }), Refused::Foreign);
        assert_eq!(
            refused(Probe {
                from: 64,
                ..request()
            }),
            Refused::Foreign
        );
        assert_eq!(
            refused(Probe {
                from: 2,
                ..request()
            }),
            Refused::Foreign
        );
        assert_eq!(
            refused(Probe {
                key: 1,
                ..request()
            }),
            Refused::Forged
        );
        assert_eq!(
            refused(Probe {
                kind: Kind::Answer,
                ..request()
            }),
            Refused::Malformed
        );
        assert!(ask(&machine, &request()).is_ok());
        assert_eq!(refused(request()), Refused::Replayed);
        assert_eq!(
            refused(Probe {
                asked_ns: 122,
                ..request()
            }),
            Refused::Replayed
        );
        assert!(Probe::open(&sealed[1..], |_| Some(KEY)).is_err());
    }
}
