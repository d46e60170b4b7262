//! Servers that hear nobody, or are not heard.

use evenkeel_packet::BUCKETS;

use crate::directed::{farm, module, open, run, whole, whole_while};
use crate::world::{Exempt, World};

#[test]
fn where_one_way_is_cut_the_one_that_is_not_heard_gives_way() {
    for mute in [0, 1] {
        let mut world = farm(2);
        // Nobody is exempt: both are in one segment, and one hears the other.
        world.exempt = Exempt::PartedBothWays;
        world.cut(mute, 1 - mute, true);
        run(&mut world, 3000);
        assert_eq!(open(&world, mute).len(), 0);
        assert_eq!(open(&world, 1 - mute).len(), BUCKETS);
        world.mend().unwrap();
        whole(&mut world, 1000);
    }
}

#[test]
fn a_node_that_hears_nobody_does_not_stop_the_others() {
    for (nodes, deaf) in [(2, 0), (2, 1), (3, 0), (3, 2), (5, 4)] {
        let mut world = farm(nodes);
        // Nobody is exempt: all are in one segment, and the others hear the deaf one.
        world.exempt = Exempt::PartedBothWays;
        world.announcements.clear();
        world.deafen(deaf, true);
        run(&mut world, 100);
        let others = (0..nodes).filter(|at| *at != deaf);
        let open_elsewhere =
            |world: &World| -> usize { others.clone().map(|at| open(world, at).len()).sum() };
        assert_eq!(open_elsewhere(&world), BUCKETS, "taken over");
        run(&mut world, 3000);
        assert_eq!(open_elsewhere(&world), BUCKETS);
        assert!(
            !world.announcements.contains(&deaf),
            "its word would be heard"
        );
        let there = module(&world, deaf);
        assert_eq!(there.members, [], "it is in no view");
        let reason = there.reason.unwrap_or_default();
        assert!(reason.contains("nothing is received"), "{reason}");
        // When it hears again it hears the others first, whose view it had no part in.
        world.parted_for = 0;
        world.mend().unwrap();
        whole_while(&mut world, 1000, |world| {
            assert_ne!(module(world, deaf).members.len(), 1, "it went on alone");
        });
        assert_eq!(module(&world, deaf).reason, None);
    }
}

#[test]
fn a_frame_from_before_does_not_make_a_deaf_node_draw_the_clients_for_long() {
    let mut world = farm(3);
    world.deafen(2, true);
    world.machines[2].queued = true;
    run(&mut world, 300);
    assert_eq!(module(&world, 2).members.len(), 1, "it has heard something");
    run(&mut world, 2000);
    assert_eq!(module(&world, 2).members, [], "it has not heard it again");
    world.announcements.clear();
    run(&mut world, 3000);
    assert!(!world.announcements.contains(&2));
    let open_elsewhere = open(&world, 0).len() + open(&world, 1).len();
    assert_eq!(open_elsewhere, BUCKETS);
    world.mend().unwrap();
    whole(&mut world, 1000);
}

#[test]
fn who_is_alone_serves_on_when_the_last_other_machine_dies_if_its_network_is_not_silent() {
    let mut world = farm(2);
    world.machines[1].wanted = false;
    world.stop(1).unwrap();
    run(&mut world, 1000);
    assert_eq!(open(&world, 0).len(), BUCKETS);
    let view = module(&world, 0).epoch;
    world.cut(1, 0, true);
    world.cut(0, 1, true);
    run(&mut world, 10_000);
    assert_eq!(open(&world, 0).len(), BUCKETS);
    assert_eq!(module(&world, 0).epoch, view, "nothing has changed");
    world.deafen(0, true);
    run(&mut world, 5_000);
    assert_eq!(module(&world, 0).members, [], "now it hears nobody at all");
}
