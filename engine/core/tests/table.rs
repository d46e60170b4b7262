//! Bucket tables: share and minimal move over random histories (invariant T1), settling, the wire.

#![expect(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    reason = "tests: a failure is the report, and bucket and node numbers are small"
)]

use std::collections::BTreeMap;

use evenkeel_core::ids::{NodeId, NodeSet};
use evenkeel_core::table::{BadTable, Table};
use evenkeel_packet::{BUCKETS, NODES_MAX};
use proptest::prelude::*;

fn node(id: u8) -> NodeId {
    NodeId::new(id).unwrap()
}

fn members(weights: &[(u8, u32)]) -> Vec<(NodeId, u32)> {
    weights
        .iter()
        .map(|&(id, weight)| (node(id), weight))
        .collect()
}

fn all(weights: &[(NodeId, u32)]) -> NodeSet {
    weights.iter().map(|(node, _)| *node).collect()
}

/// The table of these members, all of them alive.
fn next(before: Option<&Table>, weights: &[(u8, u32)]) -> Table {
    let weights = members(weights);
    Table::next(before, &weights, all(&weights))
}

fn shares(table: &Table, ids: impl IntoIterator<Item = u8>) -> Vec<u32> {
    ids.into_iter().map(|id| table.count(node(id))).collect()
}

#[test]
fn a_first_table_is_shared_and_interleaved() {
    let table = next(None, &[(0, 1), (1, 1), (2, 1)]);
    assert_eq!(shares(&table, 0..3), [1366, 1365, 1365]);
    let first: Vec<_> = (0..6)
        .map(|bucket| table.owner(bucket).unwrap().get())
        .collect();
    assert_eq!(first, [0, 1, 2, 0, 1, 2]);
    assert!((0..BUCKETS).all(|bucket| table.is_settled(bucket)));
}

#[test]
fn weights_give_shares() {
    let table = next(None, &[(0, 3), (1, 1), (2, 0)]);
    assert_eq!(shares(&table, 0..3), [3072, 1024, 0]);
    let window = (0..8)
        .filter(|bucket| table.owner(*bucket) == Some(node(0)))
        .count();
    assert_eq!(window, 6);
}

#[test]
fn without_weight_nobody_owns_and_sockets_stay_where_they_are() {
    let two = next(None, &[(0, 1), (1, 1)]);
    let none = next(Some(&two), &[(0, 0), (1, 0)]);
    assert!(none.iter().all(|(owner, _)| owner.is_none()));
    assert!((0..BUCKETS).all(|bucket| none.previous(bucket) == two.owner(bucket)));

    let back = next(Some(&none), &[(0, 0), (1, 1)]);
    assert_eq!(shares(&back, 0..2), [0, 4096]);
    assert!((0..BUCKETS).all(|bucket| back.previous(bucket) == two.owner(bucket)));
}

#[test]
fn a_leaver_that_lives_is_the_previous_owner_and_a_dead_one_is_not() {
    let three = next(None, &[(0, 1), (1, 1), (2, 1)]);
    let weights = members(&[(0, 1), (1, 1)]);
    for alive in [NodeSet::from_iter((0..3).map(node)), all(&weights)] {
        let two = Table::next(Some(&three), &weights, alive);
        assert_eq!(two.moved(&three), 1365);
        for bucket in (0..BUCKETS).filter(|bucket| three.owner(*bucket) == Some(node(2))) {
            let expected = if alive.contains(node(2)) {
                Some(node(2))
            } else {
                two.owner(bucket)
            };
            assert_eq!(two.previous(bucket), expected);
        }
    }
}

#[test]
fn a_bucket_stays_unsettled_until_its_previous_owner_dies_or_it_is_settled() {
    let one = next(None, &[(0, 1)]);
    let two = next(Some(&one), &[(0, 1), (1, 1)]);
    let same = next(Some(&two), &[(0, 1), (1, 1)]);
    assert_eq!(same, two);
    let moved = (0..BUCKETS)
        .find(|bucket| two.owner(*bucket) == Some(node(1)))
        .unwrap();
    assert_eq!(two.previous(moved), Some(node(0)));

    let mut settled = two.clone();
    settled.settle(moved);
    assert!(settled.is_settled(moved));

    let alone = Table::next(Some(&two), &members(&[(1, 1)]), NodeSet::single(node(1)));
    assert!((0..BUCKETS).all(|bucket| alone.is_settled(bucket)));
}

#[test]
fn buckets_return_to_the_node_that_holds_their_sockets() {
    let three = next(None, &[(0, 1), (1, 1), (2, 1)]);
    let drained = next(Some(&three), &[(0, 1), (1, 1), (2, 0)]);
    let back = next(Some(&drained), &[(0, 1), (1, 1), (2, 1)]);
    assert_eq!(back.moved(&drained), 1365);
    assert_eq!(back.moved(&three), 0);
}

#[test]
fn settled_buckets_move_before_unsettled_ones() {
    let one = next(None, &[(0, 1)]);
    let two = next(Some(&one), &[(0, 3), (1, 1)]);
    // Node 1 holds nothing of its own, node 0 has 3072 settled buckets and has to give.
    let three = next(Some(&two), &[(0, 2), (1, 1), (2, 1)]);
    for bucket in (0..BUCKETS).filter(|bucket| three.owner(*bucket) == Some(node(2))) {
        assert_eq!(three.previous(bucket), Some(node(0)), "bucket {bucket}");
    }
}

#[test]
fn what_a_giver_keeps_is_spread() {
    let one = next(None, &[(0, 1)]);
    let two = next(Some(&one), &[(0, 1), (1, 1)]);
    for start in (0..BUCKETS).step_by(64) {
        let kept = (start..start + 64).filter(|bucket| two.owner(*bucket) == Some(node(0)));
        assert_eq!(kept.count(), 32, "from {start}");
    }
}

#[test]
fn the_largest_weights_do_not_overflow() {
    let weights: Vec<_> = (0..64).map(|id| (id, u32::MAX)).collect();
    assert_eq!(shares(&next(None, &weights), 0..64), [64; NODES_MAX]);
}

#[test]
fn a_node_named_twice_counts_with_its_last_weight() {
    assert_eq!(
        next(None, &[(0, 9), (1, 1), (0, 1)]),
        next(None, &[(0, 1), (1, 1)])
    );
}

#[test]
fn beyond_the_last_bucket_there_is_nobody() {
    let table = next(None, &[(0, 1)]);
    assert_eq!(
        (table.owner(BUCKETS), table.previous(BUCKETS)),
        (None, None)
    );
}

#[test]
fn bytes_are_checked() {
    let good = next(None, &[(0, 1), (63, 1)]).to_bytes();
    assert_eq!(good.len(), Table::BYTES);
    assert_eq!(good[..4], [0, 0, 63, 63]);
    assert_eq!(
        Table::from_bytes(&good[2..]),
        Err(BadTable::Length { got: 8190 })
    );
    let cases = [
        (
            10,
            64,
            Err(BadTable::Node {
                bucket: 5,
                byte: 64,
            }),
        ),
        (
            11,
            254,
            Err(BadTable::Node {
                bucket: 5,
                byte: 254,
            }),
        ),
        (8191, 255, Err(BadTable::NoPrevious { bucket: 4095 })),
        (8190, 255, Ok(())),
    ];
    for (place, byte, expected) in cases {
        let mut bytes = good.clone();
        bytes[place] = byte;
        assert_eq!(
            Table::from_bytes(&bytes).map(|_| ()),
            expected,
            "byte {byte} at {place}"
        );
    }
}

/// One step of a history: the members with their weights, and who of the others lives on.
fn step() -> impl Strategy<Value = (BTreeMap<u8, u32>, u64)> {
    let weight = prop_oneof![
        4 => Just(1),
        1 => Just(0),
        2 => 1..10u32,
        1 => Just(64 * 64),
        1 => any::<u32>(),
    ];
    let members = prop_oneof![
        3 => prop::collection::btree_map(0..6u8, weight.clone(), 0..6),
        1 => prop::collection::btree_map(0..64u8, weight, 0..65),
    ];
    (members, any::<u64>())
}

/// The fewest buckets that any valid table could move, by counting alone: whatever is above a
/// share rounded up or belongs to no member must go; whatever is missing below a share rounded
/// down must come; and one move does both at best.
fn fewest_moves(before: &Table, weights: &BTreeMap<u8, u32>) -> u32 {
    let total: u128 = weights.values().map(|weight| u128::from(*weight)).sum();
    let (mut must_go, mut must_come) = (0, 0);
    let counts = before.counts();
    let mut unowned = BUCKETS as u32 - counts.iter().sum::<u32>();
    for (id, owned) in counts.into_iter().enumerate() {
        let weight = weights.get(&(id as u8)).copied().unwrap_or(0);
        let (floor, ceiling) = share(weight, total);
        must_go += owned.saturating_sub(ceiling);
        must_come += floor.saturating_sub(owned);
    }
    if total == 0 {
        unowned = 0;
    }
    (must_go + unowned).max(must_come)
}

/// A weighted share of the buckets, rounded down and up.
fn share(weight: u32, total: u128) -> (u32, u32) {
    if total == 0 {
        return (0, 0);
    }
    let scaled = u128::from(weight) * BUCKETS as u128;
    ((scaled / total) as u32, scaled.div_ceil(total) as u32)
}

fn check_shares(table: &Table, weights: &BTreeMap<u8, u32>) -> Result<(), TestCaseError> {
    let total: u128 = weights.values().map(|weight| u128::from(*weight)).sum();
    for (id, owned) in (0..).zip(table.counts()) {
        let (floor, ceiling) = share(weights.get(&id).copied().unwrap_or(0), total);
        prop_assert!(
            (floor..=ceiling).contains(&owned),
            "node {id}: {owned}, not {floor}"
        );
    }
    let owned: u32 = table.counts().iter().sum();
    prop_assert_eq!(owned as usize, if total == 0 { 0 } else { BUCKETS });
    Ok(())
}

fn check_settling(before: &Table, after: &Table, alive: NodeSet) -> Result<(), TestCaseError> {
    for (old, (owner, previous)) in before.iter().zip(after.iter()) {
        let holder = if old.0 == owner {
            old.1
        } else {
            old.0.or(old.1)
        };
        let expected = holder.filter(|node| alive.contains(*node)).or(owner);
        prop_assert_eq!(previous, expected);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Invariant T1: after every change each member has its share, and no more moved than had to.
    #[test]
    fn every_history_keeps_shares_and_moves_no_more_than_needed(
        history in prop::collection::vec(step(), 1..12)
    ) {
        let mut before = next(None, &[]);
        for (weights, survivors) in history {
            let list: Vec<_> = weights.iter().map(|(id, weight)| (node(*id), *weight)).collect();
            let bits = (0..64).filter(|bit| survivors & (1 << bit) != 0);
            let alive = bits.map(node).fold(all(&list), NodeSet::with);
            let after = Table::next(Some(&before), &list, alive);
            check_shares(&after, &weights)?;
            check_settling(&before, &after, alive)?;
            prop_assert_eq!(after.moved(&before) as u32, fewest_moves(&before, &weights));
            let mut shuffled = list.clone();
            shuffled.reverse();
            prop_assert_eq!(&Table::next(Some(&before), &shuffled, alive), &after);
            prop_assert_eq!(Table::from_bytes(&after.to_bytes()), Ok(after.clone()));
            before = after;
        }
    }

    #[test]
    fn any_bytes_are_a_table_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..3)) {
        prop_assert!(Table::from_bytes(&bytes).is_err());
        let whole = bytes.iter().copied().cycle().take(Table::BYTES).collect::<Vec<_>>();
        if let Ok(table) = Table::from_bytes(&whole) {
            prop_assert_eq!(table.to_bytes(), whole);
        }
    }
}
