//! The largest farm there may be, where a third of it is lost at once.

use evenkeel_packet::NODES_MAX;

use crate::check;
use crate::directed::{farm, open, whole};

/// So long may it take until everything is served again: who is lost is seen and waited for as in a
/// farm of three.
const TAKEOVER_MS_MAX: u64 = 150;

#[test]
fn a_farm_of_64_loses_a_third_at_once_and_gets_it_back() {
    let mut world = farm(NODES_MAX);
    let is_lost = |at: &usize| at.is_multiple_of(3);
    let kept: Vec<_> = (0..NODES_MAX).map(|at| open(&world, at)).collect();
    (0..NODES_MAX)
        .filter(is_lost)
        .for_each(|at| world.crash(at));
    assert!(check::t3(&world).is_err(), "nobody can know yet");
    let ms = whole(&mut world, TAKEOVER_MS_MAX);
    println!("a third of 64 lost: whole after {ms} ms");
    for at in (0..NODES_MAX).filter(|at| !is_lost(at)) {
        let open = open(&world, at);
        let kept = kept[at].iter().all(|bucket| open.contains(bucket));
        assert!(kept, "node {at} gave away what it had");
    }
    for at in (0..NODES_MAX).filter(is_lost) {
        world.boot(at).unwrap();
    }
    whole(&mut world, 2000);
}
