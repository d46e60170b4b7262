//! What is promised of a liveness probe: it is refused, or it is authentic and its answer is, too; an
//! echo renews what it may and nothing else.

use std::cell::{Cell, RefCell};

use evenkeel_packet::abi::MODULES_MAX;
use evenkeel_packet::hash::HashKey;
use evenkeel_packet::probe::{
    FLAG_KERNEL, Host, Kind, Probe, Refused, WORDS, bytes_of, is_request, respond, words_of,
};

use crate::heap;
use crate::letter::keyring;

const NODE: u8 = 2;
const RUN: u64 = 20;
const NOW_NS: u64 = 1000;
/// The view in force, its module's place, and from when on echoes count.
const TAG: u64 = 77;
const PLACE: u32 = 3;
const FROM_NS: u64 = 500;

/// Checks it.
pub(crate) fn check(bytes: &[u8]) {
    let opened = heap::within(0, || Probe::open(bytes, key));
    let Some(words) = words_of(bytes) else {
        return assert_eq!(opened, Err(Refused::Malformed));
    };
    if let Ok(probe) = opened {
        let sealed = probe.seal(key(probe.key).expect("a key that proved it"));
        assert_eq!(Probe::open(&sealed, key), Ok(probe));
        if bytes[11] == 0 && bytes[14..16] == [0; 2] {
            assert!(sealed == bytes, "sealed again it is another probe");
        }
    }
    answer(words, opened);
}

/// A node is asked by it.
fn answer(asked: [u64; WORDS], opened: Result<Probe, Refused>) {
    let machine = Machine::default();
    let mut words = asked;
    match heap::within(0, || respond(&mut words, &machine)) {
        Err(refused) => {
            assert!(machine.renewed.borrow().is_empty());
            match (opened, refused) {
                (Ok(probe), Refused::Malformed) => assert_eq!(probe.kind, Kind::Answer),
                (Ok(probe), Refused::Foreign) => {
                    assert!(probe.to != NODE || probe.from == NODE || probe.from >= 64);
                }
                (Ok(_), other) => panic!("an authentic one was refused: {other:?}"),
                (Err(_), Refused::Malformed) => assert!(!is_request(asked[0])),
                (Err(why), Refused::Forged) => assert_eq!(why, Refused::Forged),
                (Err(why), other) => panic!("{why:?} became {other:?}"),
            }
        }
        Ok(()) => answered(&opened.expect("it was answered"), &words, &machine),
    }
}

fn answered(request: &Probe, words: &[u64; WORDS], machine: &Machine) {
    let answer = Probe::open(&bytes_of(words), key).expect("an answer is authentic");
    let mut tags = [0; MODULES_MAX];
    tags[PLACE as usize] = TAG;
    let expected = Probe {
        kind: Kind::Answer,
        flags: FLAG_KERNEL,
        from: NODE,
        to: request.from,
        leases: 1 << PLACE,
        run: RUN,
        to_run: request.run,
        answered_ns: NOW_NS,
        tags,
        ..*request
    };
    assert_eq!(answer, expected);
    let may = request.to_run == RUN && (FROM_NS..=NOW_NS).contains(&request.answered_ns);
    let said = request.tags.iter().filter(|tag| **tag == TAG).count();
    let renewed = machine.renewed.borrow();
    assert_eq!(renewed.len(), if may { said } else { 0 });
    assert!(
        renewed
            .iter()
            .all(|one| *one == (PLACE, request.answered_ns))
    );
    // The same a second time is a replay.
    let mut again = [0; WORDS];
    let sealed = request.seal(key(request.key).expect("a key that proved it"));
    again.copy_from_slice(&words_of(&sealed).expect("its length is right"));
    assert_eq!(respond(&mut again, machine), Err(Refused::Replayed));
}

fn key(number: u8) -> Option<HashKey> {
    keyring().probe_keys().get(usize::from(number)).copied()
}

/// A node with a module in a view.
#[derive(Default)]
struct Machine {
    seen: Cell<Option<(u64, u64)>>,
    renewed: RefCell<Vec<(u32, u64)>>,
}

impl Host for Machine {
    fn node(&self) -> u8 {
        NODE
    }
    fn run(&self) -> u64 {
        RUN
    }
    fn key(&self, number: u8) -> Option<HashKey> {
        key(number)
    }
    fn now_ns(&self) -> u64 {
        NOW_NS
    }
    fn flags(&self) -> u8 {
        FLAG_KERNEL
    }
    fn is_new(&self, _from: u8, _lan: u8, run: u64, asked_ns: u64) -> bool {
        let is_new = self.seen.get() < Some((run, asked_ns));
        self.seen.set(self.seen.get().max(Some((run, asked_ns))));
        is_new
    }
    fn tag(&self, place: u32) -> u64 {
        if place == PLACE { TAG } else { 0 }
    }
    fn accepted(&self, tag: u64) -> Option<(u32, u64)> {
        (tag == TAG).then_some((PLACE, FROM_NS))
    }
    fn renew(&self, place: u32, answered_ns: u64) {
        self.renewed.borrow_mut().push((place, answered_ns));
    }
    fn is_lease_valid(&self, place: u32) -> bool {
        place == PLACE
    }
}
