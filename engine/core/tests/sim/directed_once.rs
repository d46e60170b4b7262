//! T2 where it hangs by one rule: each of these histories breaks it when that rule is left out.
//! `tests/mutants` leaves them out. T2 is looked at in the simulated kernels at every step.

use std::ops::RangeInclusive;
use std::time::Duration;

use evenkeel_core::config::model::Timing;
use evenkeel_packet::BUCKETS;

use crate::check;
use crate::directed::{farm, farm_of, open, run, whole};
use crate::net::MS;
use crate::world::{Exempt, World};

/// Each of these seeds has other delays on the way.
const SEEDS: RangeInclusive<u64> = 1..=8;

/// A node is lost after 300 ms.
const PATIENT: Timing = Timing {
    pulse: Duration::from_millis(25),
    slost_count: 12,
    mlost_count: 12,
};

/// A farm of three with this timing, whole.
fn patient_farm(seed: u64) -> World {
    let mut world = World::new(seed, 3, 1, &[vec![]]);
    world.set_timing(PATIENT);
    for id in 0..3 {
        world.machines[id].wanted = true;
        world.boot(id).unwrap();
    }
    whole(&mut world, 2000);
    world
}

/// Cuts or mends both ways between two servers.
fn cut(world: &mut World, one: usize, other: usize, cut: bool) {
    world.cut(one, other, cut);
    world.cut(other, one, cut);
}

/// Runs until so many milliseconds after a time.
fn run_to(world: &mut World, start: u64, ms: u64) {
    let left = (start + ms * MS).saturating_sub(world.now);
    run(world, left / MS);
}

#[test]
fn who_joins_opens_nothing_before_every_member_has_the_view() {
    for seed in SEEDS {
        let mut world = farm_of(seed, &[true, true, false]);
        // Node 1 is heard and hears, but the tables that give a part of its buckets away never reach it.
        world.narrow(0, 1);
        world.start(2).unwrap();
        run(&mut world, 400);
        assert_eq!(open(&world, 2), [], "{}", world.timeline());
        world.mend().unwrap();
        whole(&mut world, 1500);
    }
}

#[test]
fn an_answer_from_a_view_without_this_node_lets_it_accept_nothing() {
    for seed in SEEDS {
        let mut world = farm_of(seed, &[true, true, true]);
        world.parted_for = 0;
        // Missed by the others, and back before its contact is over: it hears only answers.
        world.freeze(2, 65);
        world.part(&[2]);
        run(&mut world, 65);
        world.mend().unwrap();
        world.wall(2);
        run(&mut world, 400);
        world.mend().unwrap();
        whole(&mut world, 2500);
    }
}

#[test]
fn who_stands_still_and_is_cut_off_has_stopped_when_its_share_is_taken() {
    for victim in [0, 2] {
        for offset in 0..12 {
            let mut world = farm(3);
            world.exempt = Exempt::Nobody;
            run(&mut world, offset);
            world.freeze(victim, 1000);
            run(&mut world, 100);
            world.part(&[victim]);
            run(&mut world, 250);
            let others = (0..3).filter(|at| *at != victim);
            let taken: usize = others.map(|at| open(&world, at).len()).sum();
            assert_eq!(taken, BUCKETS, "{}", world.timeline());
        }
    }
}

#[test]
fn whose_contact_one_member_renewed_all_members_wait_for() {
    for offset in 0..12 {
        let mut world = farm(3);
        world.exempt = Exempt::Nobody;
        run(&mut world, offset);
        world.freeze(2, 1000);
        // Node 1 renews nothing from here on, and node 0 does for 100 ms more.
        cut(&mut world, 1, 2, true);
        run(&mut world, 100);
        cut(&mut world, 0, 2, true);
        run(&mut world, 300);
        let taken: usize = (0..2).map(|at| open(&world, at).len()).sum();
        assert_eq!(taken, BUCKETS, "{}", world.timeline());
    }
}

#[test]
fn who_became_alone_and_stood_still_has_stopped_when_others_serve() {
    for kernel in [true, false] {
        let mut world = World::new(1, 2, 1, &[vec![]]);
        world.machines[1].kernel = kernel;
        for id in 0..2 {
            world.machines[id].wanted = true;
            world.boot(id).unwrap();
        }
        whole(&mut world, 1000);
        world.crash(0);
        let start = world.now;
        while open(&world, 1).len() < BUCKETS {
            assert!(world.now < start + 1000 * MS, "{}", world.timeline());
            run(&mut world, 1);
        }
        world.freeze(1, 950);
        world.boot(0).unwrap();
        run(&mut world, 900);
        assert_eq!(open(&world, 0).len(), BUCKETS, "{}", world.timeline());
        whole(&mut world, 1500);
    }
}

#[test]
fn who_hears_nobody_waits_for_a_kernel_that_accepts() {
    let mut world = farm_of(1, &[false, true, true]);
    world.crash(0);
    world.machines[0].wanted = true;
    // Node 2 keeps the filter of node 1 going, whose daemon stands still; node 0 hears neither.
    cut(&mut world, 0, 2, true);
    world.freeze(1, 990);
    world.boot(0).unwrap();
    for _ in 0..980 {
        run(&mut world, 1);
        assert!(world.machines[1].accepts(world.now));
        assert_eq!(open(&world, 0), [], "{}", world.timeline());
    }
    world.mend().unwrap();
    whole(&mut world, 1500);
}

#[test]
fn what_the_kernel_answered_while_the_daemon_stood_still_is_asked_for() {
    for seed in SEEDS {
        let mut world = farm_of(seed, &[true, true, true]);
        world.exempt = Exempt::Nobody;
        let start = world.now;
        // Node 0 misses node 2, which goes on by what the kernel of node 1 answers.
        world.freeze(1, 800);
        cut(&mut world, 0, 2, true);
        run_to(&mut world, start, 790);
        world.freeze(2, 600);
        run_to(&mut world, start, 1200);
        world.exempt = Exempt::Parted;
        world.mend().unwrap();
        whole(&mut world, 2500);
    }
}

#[test]
fn a_new_run_waits_for_the_contacts_that_an_earlier_one_may_have_renewed() {
    for seed in SEEDS {
        // A contact lasts longer than a daemon takes to start.
        let mut world = patient_farm(seed);
        world.exempt = Exempt::Nobody;
        let start = world.now;
        world.freeze(2, 1100);
        cut(&mut world, 0, 2, true);
        // Node 1 has renewed the contact of node 2 until then, and its new run knows nothing of it.
        run_to(&mut world, start, 150);
        world.kill(1);
        cut(&mut world, 1, 2, true);
        world.boot(1).unwrap();
        run_to(&mut world, start, 1000);
        let taken: usize = (0..2).map(|at| open(&world, at).len()).sum();
        assert_eq!(taken, BUCKETS, "{}", world.timeline());
    }
}

#[test]
fn what_a_side_of_its_own_had_open_is_closed_when_it_comes_into_the_common_view() {
    for seed in 1..=24 {
        let mut world = farm_of(seed, &[true, true, true]);
        world.part(&[2]);
        run(&mut world, 1000);
        // Both sides serve, and hear of each other by then.
        world.parted_for = 30 * MS;
        (0..2).for_each(|at| cut(&mut world, at, 2, false));
        world.narrow(0, 1);
        run(&mut world, 300);
        world.mend().unwrap();
        whole(&mut world, 1500);
    }
}

#[test]
fn whose_leases_ran_out_ask_all_members_before_they_go_on() {
    for seed in SEEDS {
        let mut world = patient_farm(seed);
        world.exempt = Exempt::Nobody;
        // Node 0 takes over from both, who hear each other again before they can miss node 0.
        (1..3).for_each(|at| world.freeze(at, 1300));
        run(&mut world, 560);
        (1..3).for_each(|at| cut(&mut world, 0, at, true));
        run(&mut world, 739);
        assert_eq!(open(&world, 0).len(), BUCKETS, "{}", world.timeline());
        run(&mut world, 250);
        world.exempt = Exempt::Parted;
        world.mend().unwrap();
        whole(&mut world, 2500);
    }
}

#[test]
fn an_echo_that_is_read_late_renews_a_lease_from_when_it_was_asked_for() {
    for victim in [0, 2] {
        let mut world = farm(3);
        world.freeze(victim, 1000);
        run(&mut world, 999);
        // What waits for it is all that it hears.
        world.part(&[victim]);
        run(&mut world, 10);
        let one = &world.machines[victim];
        let left = one.filter.lease.since(one.clock(world.now));
        assert!(left < Duration::from_millis(250), "{left:?} are left");
    }
}

#[test]
fn the_last_of_a_view_serves_what_it_had_all_the_time() {
    for victim in [0, 1] {
        for offset in 0..26 {
            let mut world = farm(2);
            let kept = open(&world, 1 - victim);
            run(&mut world, offset);
            world.crash(victim);
            for _ in 0..300 {
                run(&mut world, 1);
                let one = &world.machines[1 - victim];
                let serves = kept.iter().all(|bucket| one.opens(*bucket, world.now));
                let told = check::told(one, world.now);
                assert!(serves, "{told}\n{}", world.timeline());
            }
            assert_eq!(open(&world, 1 - victim).len(), BUCKETS);
        }
    }
}
