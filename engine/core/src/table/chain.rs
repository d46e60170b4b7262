//! The priority chain: powers that are powers of 64 and not all alike (1, 64, 4096, …) name an order
//! and no shares. The nodes of the highest power that takes part have all traffic; when none of them
//! is left, those of the next one do.

use crate::ids::{NodeId, NodeSet};

/// The step from one link of the chain to the next.
const STEP: u32 = 64;

/// What counts of the configured powers while these are the members: theirs, or in a chain those of
/// its highest link alone, the others' being zero.
pub fn weights(powers: &[(NodeId, u32)], members: NodeSet) -> Vec<(NodeId, u32)> {
    let present = powers.iter().filter(|(node, _)| members.contains(*node));
    let highest = present.clone().map(|(_, power)| *power).max();
    let is_chain = is_chain(powers);
    let counts = |power: u32| !is_chain || Some(power) == highest;
    present
        .map(|(node, power)| (*node, if counts(*power) { *power } else { 0 }))
        .collect()
}

fn is_chain(powers: &[(NodeId, u32)]) -> bool {
    let used = || powers.iter().map(|(_, power)| *power).filter(|p| *p > 0);
    let first = used().next();
    used().all(is_link) && used().any(|power| Some(power) != first)
}

/// Whether it is 1, 64, 64², …
const fn is_link(power: u32) -> bool {
    power.is_power_of_two() && power.trailing_zeros().is_multiple_of(STEP.trailing_zeros())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The weights of nodes 0, 1, … with these powers, while those of `members` are there.
    fn of(powers: &[u32], members: &[u8]) -> Vec<u32> {
        let node = |id| NodeId::new(id).unwrap();
        let powers: Vec<_> = (0..).map(node).zip(powers.iter().copied()).collect();
        let members = members.iter().map(|id| node(*id)).collect();
        let weights = weights(&powers, members);
        weights.into_iter().map(|(_, weight)| weight).collect()
    }

    #[test]
    fn the_highest_link_that_is_there_has_all() {
        let powers = [1, 64, 4096, 4096, 0];
        assert_eq!(of(&powers, &[0, 1, 2, 3, 4]), [0, 0, 4096, 4096, 0]);
        assert_eq!(of(&powers, &[0, 1, 3]), [0, 0, 4096]);
        assert_eq!(of(&powers, &[0, 1, 4]), [0, 64, 0]);
        assert_eq!(of(&powers, &[0, 4]), [1, 0]);
        assert_eq!(of(&powers, &[4]), [0]);
    }

    #[test]
    fn other_powers_are_shares() {
        for powers in [&[1, 1, 1][..], &[64, 64, 0], &[1, 2, 64], &[3, 64, 4096]] {
            assert_eq!(of(powers, &[0, 1, 2]), powers);
        }
    }
}
