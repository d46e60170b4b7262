//! The minimal move: from one table and new weights to the next table.
//!
//! Three steps. *Targets*: each member's weighted share, rounded so that the fewest buckets move.
//! *Release*: those who own more than their target give up the difference. *Fill*: what is free
//! goes to those below their target. The targets alone decide how many buckets move; which ones
//! is chosen so that sockets are left behind at as few places as possible.

use evenkeel_packet::{BUCKETS, NODES_MAX};

use super::Bucket;
use crate::ids::{NodeId, NodeSet};

/// A number per node.
type PerNode = [u32; NODES_MAX];

/// The buckets of the next table; see [`super::Table::next`] for the rules.
pub(super) fn rebuild(
    before: Vec<Bucket>,
    weights: &[(NodeId, u32)],
    alive: NodeSet,
) -> Vec<Bucket> {
    let held = counts(&before);
    let targets = targets(weights, &held);
    let mut surplus = difference(&held, &targets);
    let mut deficit = difference(&targets, &held);
    let mut owners: Vec<Option<NodeId>> = before.iter().map(|bucket| bucket.owner).collect();

    give_back(&before, &mut owners, &mut surplus, &mut deficit);
    release(&before, &mut owners, &mut surplus);
    fill(&mut owners, &deficit);

    let settle = |(old, owner): (&Bucket, _)| after_move(*old, owner, alive);
    before.iter().zip(owners).map(settle).collect()
}

/// How many buckets each node owns.
pub(super) fn counts(buckets: &[Bucket]) -> PerNode {
    let mut counts = [0; NODES_MAX];
    for owner in buckets.iter().filter_map(|bucket| bucket.owner) {
        counts[owner.index()] += 1;
    }
    counts
}

/// Whether each node owns what it shall.
pub(super) fn is_balanced(buckets: &[Bucket], weights: &[(NodeId, u32)]) -> bool {
    let held = counts(buckets);
    targets(weights, &held) == held
}

/// How many buckets each node shall own: `BUCKETS * weight / sum of weights`, rounded down, and
/// one more for as many as are needed to reach `BUCKETS`. These are first of all nodes that own
/// that one already (so it need not move), then those with the largest remainder, then the lowest
/// numbers. All zero where no weight is above zero.
fn targets(weights: &[(NodeId, u32)], held: &PerNode) -> PerNode {
    let mut weight_of = [0u64; NODES_MAX];
    for &(node, weight) in weights {
        weight_of[node.index()] = u64::from(weight);
    }
    let total: u64 = weight_of.iter().sum();
    let mut targets = [0; NODES_MAX];
    if total == 0 {
        return targets;
    }
    let mut rest = BUCKETS;
    let mut candidates = Vec::with_capacity(NODES_MAX);
    for (node, weight) in weight_of.into_iter().enumerate() {
        let scaled = BUCKETS as u64 * weight;
        let floor = usize::try_from(scaled / total).unwrap_or(BUCKETS);
        targets[node] = u32::try_from(floor).unwrap_or(u32::MAX);
        rest -= floor;
        if !scaled.is_multiple_of(total) {
            candidates.push((held[node] <= targets[node], u64::MAX - scaled % total, node));
        }
    }
    candidates.sort_unstable();
    for (_, _, node) in candidates.into_iter().take(rest) {
        targets[node] += 1;
    }
    targets
}

/// `a - b` for each node, zero where that is below zero.
fn difference(a: &PerNode, b: &PerNode) -> PerNode {
    let mut difference = *a;
    for (value, by) in difference.iter_mut().zip(b) {
        *value = value.saturating_sub(*by);
    }
    difference
}

/// Moves unsettled buckets that have to go anyway to the node that holds their sockets.
fn give_back(
    before: &[Bucket],
    owners: &mut [Option<NodeId>],
    surplus: &mut PerNode,
    deficit: &mut PerNode,
) {
    let unsettled = before
        .iter()
        .zip(owners)
        .filter(|(bucket, _)| !bucket.is_settled());
    for (bucket, owner) in unsettled {
        let Some(home) = bucket.previous else {
            continue;
        };
        let spare = owner.map_or(1, |owner| surplus[owner.index()]);
        if spare == 0 || deficit[home.index()] == 0 {
            continue;
        }
        if let Some(owner) = owner {
            surplus[owner.index()] -= 1;
        }
        deficit[home.index()] -= 1;
        *owner = Some(home);
    }
}

/// Frees as many buckets of each owner as it has too many: settled ones first, evenly spread.
fn release(before: &[Bucket], owners: &mut [Option<NodeId>], surplus: &mut PerNode) {
    for settled in [true, false] {
        let stays = |bucket: &Bucket, owner: Option<NodeId>| {
            owner.filter(|_| owner == bucket.owner && bucket.is_settled() == settled)
        };
        let mut eligible = [0; NODES_MAX];
        for (bucket, owner) in before.iter().zip(owners.iter()) {
            if let Some(owner) = stays(bucket, *owner) {
                eligible[owner.index()] += 1;
            }
        }
        let quota = *surplus;
        let mut seen = [0; NODES_MAX];
        for (bucket, owner) in before.iter().zip(owners.iter_mut()) {
            let Some(node) = stays(bucket, *owner).map(NodeId::index) else {
                continue;
            };
            let give = quota[node].min(eligible[node]);
            // The k-th of n goes when k * give / n steps up: exactly `give` of them, spread.
            if (seen[node] + 1) * give / eligible[node] > seen[node] * give / eligible[node] {
                *owner = None;
                surplus[node] -= 1;
            }
            seen[node] += 1;
        }
    }
}

/// Gives the free buckets to those below their target, interleaved in proportion to what they
/// lack (smooth weighted round robin: each round all gain what they lack, the richest takes the
/// bucket and pays the sum).
fn fill(owners: &mut [Option<NodeId>], deficit: &PerNode) {
    let lacking = |node: &NodeId| deficit[node.index()] > 0;
    let mut takers: Vec<(NodeId, i64, i64)> = (0..)
        .map_while(NodeId::new)
        .filter(lacking)
        .map(|node| (node, i64::from(deficit[node.index()]), 0))
        .collect();
    let sum: i64 = takers.iter().map(|(_, lack, _)| lack).sum();
    for owner in owners.iter_mut().filter(|owner| owner.is_none()) {
        for (_, lack, credit) in &mut takers {
            *credit += *lack;
        }
        // `rev` because the last of equals wins: the lowest number is to win.
        let Some(richest) = takers.iter_mut().rev().max_by_key(|(_, _, credit)| *credit) else {
            return;
        };
        richest.2 -= sum;
        *owner = Some(richest.0);
    }
}

/// The bucket under its new owner: unsettled if sockets of it may live with another live node.
fn after_move(old: Bucket, owner: Option<NodeId>, alive: NodeSet) -> Bucket {
    let stayed = owner == old.owner;
    // A bucket of nobody leaves its sockets where they were.
    let holder = if stayed {
        old.previous
    } else {
        old.owner.or(old.previous)
    };
    let previous = holder.filter(|node| alive.contains(*node)).or(owner);
    Bucket { owner, previous }
}
