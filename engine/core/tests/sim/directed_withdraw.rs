//! A rule takes a node out of one group and leaves it the others.

use evenkeel_core::module::state::ModuleState;
use evenkeel_core::status::DrainStatus;
use evenkeel_packet::BUCKETS;

use crate::directed::{module, run, whole};
use crate::farm::FIRST_GROUP;
use crate::world::World;

/// The others have the share after this many milliseconds.
const HANDED_OVER_MS: u64 = 100;

/// A whole farm of two groups.
fn farm(nodes: usize) -> World {
    let mut world = World::new(1, nodes, 1, &[vec![], vec![]]);
    for id in 0..nodes {
        world.machines[id].wanted = true;
        world.boot(id).unwrap();
    }
    whole(&mut world, 1000);
    world
}

/// Buckets that are open at a server, per group.
fn open(world: &World, at: usize) -> Vec<usize> {
    let groups = module(world, at).groups;
    let open = groups.iter().map(|group| usize::try_from(group.open));
    open.collect::<Result<_, _>>().unwrap()
}

/// The groups that rules take a server out of, each with its rule.
fn withdrawn(world: &World, at: usize) -> Vec<(String, String)> {
    let withdrawn = module(world, at).withdrawn.into_iter();
    withdrawn.map(|one| (one.group, one.rule)).collect()
}

fn by_rule() -> Vec<(String, String)> {
    vec![("group0".to_owned(), "apart".to_owned())]
}

#[test]
fn a_node_serves_the_other_groups_while_a_rule_takes_it_out_of_one() {
    for at in [1, 0] {
        let mut world = farm(3);
        let kept = open(&world, at);
        world.ail(at, FIRST_GROUP, true).unwrap();
        run(&mut world, HANDED_OVER_MS);
        assert_eq!(open(&world, at), [0, kept[1]], "{}", world.timeline());
        assert_eq!(withdrawn(&world, at), by_rule());
        let status = module(&world, at);
        assert_eq!((status.state, status.drain), (ModuleState::READY, None));
        let taken: usize = (0..3).map(|node| open(&world, node)[0]).sum();
        assert_eq!(taken, BUCKETS, "the others serve it");
        whole(&mut world, HANDED_OVER_MS);
        world.ail(at, FIRST_GROUP, false).unwrap();
        whole(&mut world, HANDED_OVER_MS);
        assert_eq!(open(&world, at)[0] / 100, 13);
        assert_eq!(withdrawn(&world, at), []);
        let timeline = world.timeline();
        let begin = "Action withdraw(group0) from failover rule apart";
        let end = "Action return(group0) from failover rule Implicit_return";
        for said in [begin, end] {
            assert_eq!(timeline.matches(said).count(), 1, "{said}\n{timeline}");
        }
    }
}

#[test]
fn who_is_ill_from_the_beginning_never_has_a_share_of_the_group() {
    let mut world = farm(2);
    world.restart(1, false).unwrap();
    world.ail(1, FIRST_GROUP, true).unwrap();
    whole(&mut world, 2000);
    assert_eq!(open(&world, 1)[0], 0);
    assert!(open(&world, 1)[1] > 0);
    let timeline = world.timeline();
    let acts = timeline.rfind("Action withdraw(group0)").unwrap();
    let ready = timeline.rfind("node1 says: Local state UP Ready");
    assert!(ready.is_some_and(|ready| acts < ready), "{timeline}");
    // The application is restarted: nobody looks meanwhile, and then it is as before.
    world.restart(1, true).unwrap();
    whole(&mut world, 2000);
    assert_eq!((open(&world, 1)[0], withdrawn(&world, 1)), (0, by_rule()));
}

#[test]
fn the_last_one_keeps_the_group() {
    let mut world = farm(2);
    world.ail(0, FIRST_GROUP, true).unwrap();
    run(&mut world, HANDED_OVER_MS);
    assert_eq!(open(&world, 1)[0], BUCKETS);
    world.ail(1, FIRST_GROUP, true).unwrap();
    whole(&mut world, HANDED_OVER_MS);
    let both = open(&world, 0)[0] + open(&world, 1)[0];
    assert_eq!(both, BUCKETS, "a share is never left to nobody");
    world.ail(0, FIRST_GROUP, false).unwrap();
    whole(&mut world, HANDED_OVER_MS);
    assert_eq!(open(&world, 0)[0], BUCKETS);
    world.crash(0);
    whole(&mut world, 1000);
    assert_eq!(open(&world, 1)[0], BUCKETS);
}

#[test]
fn a_drain_and_a_rule_end_by_themselves() {
    let mut world = farm(3);
    world.ail(1, FIRST_GROUP, true).unwrap();
    world.drain(1, true).unwrap();
    run(&mut world, HANDED_OVER_MS);
    assert_eq!(open(&world, 1), [0, 0]);
    assert!(module(&world, 1).drain.is_some());
    assert_eq!(withdrawn(&world, 1), by_rule());
    // The rule ends, the drain does not.
    world.ail(1, FIRST_GROUP, false).unwrap();
    whole(&mut world, 1500);
    assert_eq!(open(&world, 1), [0, 0]);
    assert_eq!(module(&world, 1).drain, Some(DrainStatus::Drained));
    assert_eq!(withdrawn(&world, 1), []);
    // And the other way round.
    world.ail(1, FIRST_GROUP, true).unwrap();
    world.drain(1, false).unwrap();
    whole(&mut world, HANDED_OVER_MS);
    assert_eq!(open(&world, 1)[0], 0);
    assert!(open(&world, 1)[1] > 0);
    assert_eq!(module(&world, 1).drain, None);
    // What nobody else would take cannot be given away.
    world.ail(2, FIRST_GROUP, true).unwrap();
    whole(&mut world, HANDED_OVER_MS);
    world.drain(0, true).unwrap();
    whole(&mut world, HANDED_OVER_MS);
    assert_eq!(module(&world, 0).drain, None);
}
