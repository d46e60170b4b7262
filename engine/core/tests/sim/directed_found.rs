//! Faults of the core that random histories found, each as the shortest history that shows it.

use evenkeel_core::module::state::ModuleState;
use evenkeel_packet::BUCKETS;

use crate::directed::{counter, farm_of, module, open, run, whole};
use crate::farm::node_id;
use crate::net::{MS, Weather};
use crate::world::World;

/// Runs until the module is stopped on these servers.
fn stopped(world: &mut World, nodes: &[usize]) {
    for at in nodes {
        world.stop(*at).unwrap();
    }
    let start = world.now;
    let is_stopped = |world: &World, at: &usize| world.state(*at) == Some(ModuleState::STOPPED);
    while !nodes.iter().all(|at| is_stopped(world, at)) {
        assert!(world.now < start + 5000 * MS, "{}", world.timeline());
        run(world, 1);
    }
}

/// Seed 2479: two nodes that had listened long before were started within the delay of a heartbeat.
/// Each made a view of its own, and opened every bucket.
#[test]
fn who_starts_while_another_one_does_makes_no_view_of_its_own() {
    for seed in 1..=150 {
        let mut world = farm_of(seed, &[true, true]);
        stopped(&mut world, &[0, 1]);
        run(&mut world, 1000);
        world.weather.delay_max = 6 * MS;
        world.start(0).unwrap();
        world.start(1).unwrap();
        run(&mut world, 200);
        world.weather = Weather::FAIR;
        whole(&mut world, 2000);
    }
}

/// Seed 4330: a node forgot its view, because its cable was in doubt when it became alone. A view of
/// the same counter that a lower number had made meanwhile was older, so it was never taken; and who
/// had made it could not know.
#[test]
fn who_forgot_its_view_takes_one_that_was_made_meanwhile() {
    let mut world = farm_of(1, &[true, true, true]);
    world.cable(1, false).unwrap();
    run(&mut world, 5);
    world.mend().unwrap();
    run(&mut world, 60);
    // Node 1 misses node 0 and makes a view with node 2; node 0 misses node 2 and makes one with node 1.
    world.cut(0, 1, true);
    world.cut(0, 2, true);
    world.cut(2, 0, true);
    let start = world.now;
    while counter(&world, 0) < 2 || counter(&world, 1) < 2 {
        assert!(world.now < start + 200 * MS, "{}", world.timeline());
        run(&mut world, 1);
    }
    assert_eq!(module(&world, 0).members, [node_id(0), node_id(1)]);
    assert_eq!(module(&world, 1).members, [node_id(1), node_id(2)]);
    assert_eq!(counter(&world, 0), counter(&world, 1));
    world.kill(2);
    while module(&world, 1).epoch.is_some() {
        assert!(world.now < start + 300 * MS, "{}", world.timeline());
        run(&mut world, 1);
    }
    world.mend().unwrap();
    whole(&mut world, 1500);
}

/// Seed 2, where all are told at the same time: nobody is left who knows how far the epochs were.
#[test]
fn epochs_go_on_counting_where_all_have_a_new_configuration_at_once() {
    let mut world = farm_of(1, &[true, true]);
    world.crash(1);
    whole(&mut world, 1000);
    world.boot(1).unwrap();
    whole(&mut world, 1500);
    let before = counter(&world, 0);
    assert!(before > 2, "{before}");
    stopped(&mut world, &[0, 1]);
    world.set_powers(&[vec![1, 2]]);
    for at in 0..2 {
        assert!(world.reconfigure(at).unwrap());
    }
    for at in 0..2 {
        world.start(at).unwrap();
    }
    whole(&mut world, 2000);
    assert!(counter(&world, 0) > before, "{}", world.timeline());
}

/// Seed 900730: a node to which all was left stood still. Another one, which had no part in the view,
/// had it in force and echoed; what was said so let the filter accept for a whole lease.
#[test]
fn echoes_of_those_without_a_part_prolong_no_lone_nodes_lease() {
    let mut world = farm_of(1, &[true, true]);
    for machine in &mut world.machines {
        machine.kernel = false;
    }
    run(&mut world, 500);
    world.ail(1, "tcp.web", true).unwrap();
    while module(&world, 0).members.len() > 1 {
        run(&mut world, 1);
    }
    run(&mut world, 25);
    world.freeze(0, 1150);
    world.ail(1, "tcp.web", false).unwrap();
    run(&mut world, 1150);
    let taken = open(&world, 1).len();
    assert_eq!(taken, BUCKETS, "taken over\n{}", world.timeline());
    whole(&mut world, 2000);
}

/// Seed 947077: a daemon that packets and probes wait for stood still for almost a lease. Others had gone
/// on, but the kernel of one whose daemon stood still for longer answered in the old view.
#[test]
fn a_contact_that_was_over_is_not_renewed_by_the_kernel_of_a_daemon_that_stands_still() {
    for seed in 1..=40 {
        let mut world = World::new(seed, 3, 1, &[vec![]]);
        world.machines[0].kernel = false;
        for id in 0..3 {
            world.machines[id].wanted = true;
            world.boot(id).unwrap();
        }
        whole(&mut world, 1000);
        world.freeze(1, 1500);
        run(&mut world, 60);
        world.freeze(0, 1150);
        run(&mut world, 10 + seed / 2);
        world.kill(2);
        run(&mut world, 480);
        world.boot(2).unwrap();
        run(&mut world, 700);
        whole(&mut world, 3000);
    }
}

/// Seed 890197: a node did not reach another one, whose daemon stood still, and a third one, which reached both,
/// was killed. Until then that one had renewed the contact of the other, as only it could have said.
#[test]
fn who_is_lost_may_have_renewed_contacts_until_then() {
    for moment in 0..40 {
        let mut world = farm_of(moment + 1, &[true, true, true]);
        world.freeze(1, 1000);
        world.cut(0, 1, true);
        world.cut(1, 0, true);
        run(&mut world, moment);
        world.kill(2);
        for _ in 0..200 {
            run(&mut world, 1);
            let (taker, other) = (&world.machines[0], &world.machines[1]);
            let both_accept = taker.accepts(world.now) && other.accepts(world.now);
            let common = taker.filter.common(&other.filter).filter(|_| both_accept);
            assert_eq!(common, None, "{moment} ms\n{}", world.timeline());
        }
        assert_eq!(open(&world, 0).len(), BUCKETS, "{}", world.timeline());
    }
}

/// Seed 347965: a node was killed and started again before anybody missed it, so the view in force, which its
/// former run had made, went on. It was sent that view, in parts that a slow way brings one by one, and
/// forgot each beginning at its next pulse: its maker was no peer that lives.
#[test]
fn who_starts_at_once_takes_the_view_that_its_former_run_made_part_by_part() {
    let mut unnoticed = 0;
    for seed in 1..=40 {
        let mut world = World::new(seed, 2, 1, &[vec![], vec![]]);
        for id in 0..2 {
            world.machines[id].wanted = true;
            world.boot(id).unwrap();
        }
        whole(&mut world, 1000);
        let before = counter(&world, 1);
        world.freeze(1, 300 + seed % 5);
        run(&mut world, 20);
        world.kill(0);
        world.boot(0).unwrap();
        run(&mut world, 282 + seed % 5 + seed % 7);
        world.weather.delay_max = 12 * MS;
        run(&mut world, 100);
        unnoticed += u32::from(counter(&world, 1) == before);
        whole(&mut world, 2500);
    }
    assert!(unnoticed > 0, "everybody noticed");
}

/// Seed 775141: a node left, and its last view, which the others were to go on with, reached one of them only.
/// The other got it from that one, in parts that a slow way brings one by one, and forgot each beginning at its
/// next pulse: its maker was gone.
#[test]
fn who_missed_the_last_view_of_a_node_that_left_takes_it_from_another_part_by_part() {
    for seed in 1..=40 {
        let mut world = farm_of(seed, &[true, true, true]);
        world.cut(0, 1, true);
        world.cut(1, 0, true);
        world.narrow(2, 1);
        world.stop(0).unwrap();
        run(&mut world, 20);
        world.crash(0);
        run(&mut world, 400);
        world.mend().unwrap();
        world.weather.delay_max = 12 * MS;
        whole(&mut world, 2500);
    }
}
