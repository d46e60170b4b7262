//! L1 and L2 by themselves: daemons that stand still, and an attacker, change nothing at all.

use crate::check;
use crate::net::{MS, Weather};
use crate::world::World;

/// A farm of nodes that were switched on at once, whole.
fn farm(seed: u64, nodes: usize, lans: usize) -> World {
    let mut world = World::new(seed, nodes, lans, &[vec![]]);
    for id in 0..nodes {
        world.machines[id].wanted = true;
        world.boot(id).unwrap();
    }
    run(&mut world, 1000);
    check::t3(&world).unwrap_or_else(|problem| panic!("{problem}\n{}", world.timeline()));
    world
}

fn run(world: &mut World, ms: u64) {
    world
        .run_ms(ms)
        .unwrap_or_else(|problem| panic!("{problem}\n{}", world.timeline()));
}

#[test]
fn daemons_that_stand_still_for_less_than_a_second_change_nothing() {
    for (nodes, sleepers) in [(2, &[0][..]), (2, &[1]), (3, &[0, 1]), (5, &[0, 1, 3, 4])] {
        let mut world = farm(1, nodes, 2);
        let before: Vec<_> = world.machines.iter().map(|one| one.filter.epoch).collect();
        for _ in 0..3 {
            sleepers.iter().for_each(|at| world.freeze(*at, 999));
            for _ in 0..1100 {
                run(&mut world, 1);
                for one in &world.machines {
                    let told = check::told(one, world.now);
                    assert!(one.accepts(world.now), "{told}\n{}", world.timeline());
                    assert_eq!(one.filter.epoch, before[one.id], "{}", world.timeline());
                }
            }
        }
        check::t3(&world).unwrap();
    }
}

/// Freezes daemons at these times, each (node, from, until) in milliseconds; the views that were
/// installed meanwhile, and how many milliseconds each server did not accept.
fn naps(world: &mut World, naps: &[(usize, u64, u64)], ms: u64) -> (Vec<u64>, Vec<u64>) {
    let epoch = |world: &World, at: usize| world.machines[at].filter.epoch.unwrap().counter;
    let before: Vec<u64> = (0..world.machines.len())
        .map(|at| epoch(world, at))
        .collect();
    let mut paused = vec![0; before.len()];
    for now in 0..ms {
        for (at, from, until) in naps.iter().filter(|(_, from, _)| *from == now) {
            world.freeze(*at, until - from);
        }
        run(world, 1);
        for (one, paused) in world.machines.iter().zip(&mut paused) {
            *paused += u64::from(!one.accepts(world.now));
        }
    }
    let views = before
        .iter()
        .enumerate()
        .map(|(at, before)| epoch(world, at) - before);
    (views.collect(), paused)
}

/// Nobody echoes what keeps the lease of one going while the other stands still: a lease may run out
/// though each stood still for less than a second. Filters pause then, and the view stays.
#[test]
fn two_daemons_that_stand_still_in_turn_change_no_view() {
    let histories: [&[(usize, u64, u64)]; 5] = [
        &[(0, 10, 910), (1, 510, 1410)],
        &[(0, 10, 1009), (1, 60, 1059)],
        &[(1, 0, 999), (0, 60, 1059), (1, 1059, 2058)],
        &[(1, 0, 999), (0, 60, 1029), (1, 1059, 2058), (0, 1059, 2000)],
        &[
            (1, 0, 999),
            (0, 500, 1499),
            (1, 1050, 2049),
            (0, 1550, 2549),
        ],
    ];
    for history in histories {
        for seed in 1..=4 {
            let mut world = farm(seed, 2, 2);
            let (views, paused_ms) = naps(&mut world, history, 2700);
            let timeline = world.timeline();
            assert_eq!(views, [0, 0], "paused {paused_ms:?} ms\n{timeline}");
            check::t3(&world).unwrap_or_else(|problem| panic!("{problem}\n{timeline}"));
        }
    }
}

/// Seed 2 of the random histories found that a new configuration began to count epochs anew: a part
/// of an old view that was still on its way kept the new one out for good.
#[test]
fn views_after_a_new_configuration_are_newer_than_all_before() {
    let mut world = farm(1, 3, 1);
    world.crash(2);
    run(&mut world, 1000);
    let before = world.machines[0].filter.epoch.unwrap();
    assert!(before.counter > 1);
    world.set_powers(&[vec![1, 2, 1]]);
    for at in 0..2 {
        while world.reconfigure(at).unwrap() {
            run(&mut world, 5);
        }
    }
    run(&mut world, 1000);
    check::t3(&world).unwrap_or_else(|problem| panic!("{problem}\n{}", world.timeline()));
    let after = world.machines[0].filter.epoch.unwrap();
    assert!(after.counter > before.counter, "{before} and then {after}");
}

/// What is left of a history: what everybody says and installed, and the filters at its end.
fn left(world: &World) -> (String, Vec<String>) {
    let node = |at: usize| {
        let mut status = world.status(at);
        if let Some(status) = &mut status {
            status.refused = Default::default();
        }
        format!("{status:?} {:?}", world.machines[at].filter)
    };
    (
        world.timeline(),
        (0..world.machines.len()).map(node).collect(),
    )
}

/// A farm that lives through stops, starts, freezes and cuts while somebody shoots at it.
fn life(seed: u64, attacks: u64) -> World {
    let nodes = 2 + usize::try_from(seed % 3).unwrap();
    let mut world = farm(seed, nodes, 1 + usize::try_from(seed % 2).unwrap());
    world.attacker.only_arrived = true;
    world.weather = Weather {
        delay_max: 3 * MS,
        attacks,
        ..Weather::FAIR
    };
    run(&mut world, 300);
    world.freeze(0, 400);
    run(&mut world, 600);
    world.stop(1).unwrap();
    run(&mut world, 700);
    world.start(1).unwrap();
    run(&mut world, 700);
    world.part(&[0]);
    run(&mut world, 500);
    world.mend().unwrap();
    run(&mut world, 1200);
    world
}

#[test]
fn a_farm_under_attack_has_the_very_history_of_one_that_is_not() {
    for seed in 1..=6 {
        let (attacked, other) = (life(seed, 300), life(seed, 0));
        assert!(attacked.attacker.shots > 100 && other.attacker.shots == 0);
        check::t3(&other).unwrap();
        let refused = attacked.status(0).unwrap().refused;
        assert!(refused.forged > 0 && refused.replayed > 0 && refused.malformed > 0);
        let ((timeline, ends), (other_timeline, other_ends)) = (left(&attacked), left(&other));
        assert_eq!(timeline, other_timeline, "seed {seed}");
        assert_eq!(ends, other_ends, "seed {seed}");
    }
}
