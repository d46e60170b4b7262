//! The largest farm there may be, where a third of it is lost at once. It takes seconds of a processor.

use evenkeel_packet::NODES_MAX;

use crate::check;
use crate::directed::{open, run};
use crate::net::MS;
use crate::world::World;

/// So long may it take until everything is served again, as in a farm of three.
const TAKEOVER_MS_MAX: u64 = 100;

/// Runs until the farm is whole; after how many milliseconds it was.
fn until_whole(world: &mut World, ms_max: u64) -> u64 {
    let start = world.now;
    while let Err(problem) = check::t3(world) {
        let ms = (world.now - start) / MS;
        assert!(ms < ms_max, "{problem} after {ms} ms\n{}", world.timeline());
        run(world, 1);
    }
    (world.now - start) / MS
}

#[test]
fn a_farm_of_64_loses_a_third_at_once_and_gets_it_back() {
    let mut world = World::new(1, NODES_MAX, 1, &[vec![]]);
    // Nobody listens to what they say.
    world.attacker.records = false;
    for at in 0..NODES_MAX {
        world.machines[at].wanted = true;
        world.boot(at).unwrap();
    }
    until_whole(&mut world, 1000);
    let kept: Vec<_> = (0..NODES_MAX).map(|at| open(&world, at)).collect();
    let lost = || (0..NODES_MAX).step_by(3);
    lost().for_each(|at| world.crash(at));
    let ms = until_whole(&mut world, TAKEOVER_MS_MAX);
    println!("a third of {NODES_MAX} lost: whole after {ms} ms");
    for at in (0..NODES_MAX).filter(|at| at % 3 != 0) {
        let open = open(&world, at);
        let has_kept = kept[at].iter().all(|bucket| open.contains(bucket));
        assert!(has_kept, "node {at} gave away what it had");
    }
    lost().for_each(|at| world.boot(at).unwrap());
    until_whole(&mut world, 2000);
}
