//! When the others took a node's share over, and who noticed, measured from outside.
//!
//! The load's rules hash the client's address alone, so every source address has one node: the one
//! that answered it last before the fault.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::millis;
use crate::load::{Attempt, HeldConnection};

/// An attempt that takes longer counts as slow.
pub const SLOW: Duration = Duration::from_millis(200);

/// How the others took over, from the outside.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Takeover {
    /// From the lost node's last answer to the first answer of another for its share.
    pub gap_ms: f64,
    /// From the fault to that first answer.
    pub after_fault_ms: f64,
    /// Who gave it.
    pub by: String,
}

/// What new connections noticed of a fault.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Disturbance {
    /// Attempts from the fault to the end of the time looked at.
    pub attempts: usize,
    /// Without an answer.
    pub failed: usize,
    /// Slower than 200 ms, failed ones not counted.
    pub slow: usize,
    /// The slow and failed ones from sources that were the lost node's.
    pub of_the_lost_share: usize,
    /// The slowest one.
    pub slowest_ms: f64,
}

/// What held connections noticed of a fault.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct HeldToll {
    /// Open when it happened.
    pub open: usize,
    /// Of these, on the lost node.
    pub on_the_lost_node: usize,
    /// Broken, on the lost node.
    pub broken_on_the_lost_node: usize,
    /// Broken, on the others; zero when all is well.
    pub broken_elsewhere: usize,
    /// The slowest answer of those on the others.
    pub slowest_elsewhere_ms: f64,
    /// Answers from another node than the first one; zero when all is well.
    pub strangers: u64,
}

/// Who answered each source address last before `until`.
pub fn owners(attempts: &[Attempt], until: Instant) -> BTreeMap<IpAddr, String> {
    let mut owners = BTreeMap::new();
    for attempt in attempts.iter().filter(|attempt| attempt.ended <= until) {
        if let Some(node) = attempt.node() {
            owners.insert(attempt.source.ip(), node.to_owned());
        }
    }
    owners
}

/// How `lost` was replaced after `fault`; `None` while it is not.
pub fn takeover(attempts: &[Attempt], lost: &str, fault: Instant) -> Option<Takeover> {
    let owners = owners(attempts, fault);
    let of_lost = |attempt: &&Attempt| owners.get(&attempt.source.ip()).is_some_and(|o| o == lost);
    let first = attempts
        .iter()
        .filter(of_lost)
        .filter(|attempt| attempt.ended > fault && attempt.node().is_some_and(|n| n != lost))
        .min_by_key(|attempt| attempt.ended)?;
    // A daemon that is frozen answers until its lease ends; an answer after the takeover belongs to
    // the return.
    let last = attempts
        .iter()
        .filter(|attempt| attempt.node() == Some(lost) && attempt.ended <= first.ended)
        .map(|attempt| attempt.ended)
        .max()?;
    Some(Takeover {
        gap_ms: millis(first.ended.saturating_duration_since(last)),
        after_fault_ms: millis(first.ended.saturating_duration_since(fault)),
        by: first.node()?.to_owned(),
    })
}

/// What the attempts that were under way at `fault`, or began until `end`, noticed.
pub fn disturbance(attempts: &[Attempt], lost: &str, fault: Instant, end: Instant) -> Disturbance {
    let owners = owners(attempts, fault);
    let mut toll = Disturbance::default();
    for attempt in attempts
        .iter()
        .filter(|a| a.ended > fault && a.started < end)
    {
        toll.attempts += 1;
        toll.slowest_ms = toll.slowest_ms.max(millis(attempt.duration()));
        let failed = attempt.node().is_none();
        let slow = !failed && attempt.duration() > SLOW;
        toll.failed += usize::from(failed);
        toll.slow += usize::from(slow);
        let lost_share = owners
            .get(&attempt.source.ip())
            .is_some_and(|owner| owner == lost);
        toll.of_the_lost_share += usize::from((failed || slow) && lost_share);
    }
    toll
}

/// What the connections that were open at `fault` noticed until `end`.
pub fn held_toll(
    connections: &[HeldConnection],
    lost: &str,
    fault: Instant,
    end: Instant,
) -> HeldToll {
    let open = |c: &&HeldConnection| {
        c.opened < fault
            && !c.answers.is_empty()
            && c.broken.as_ref().is_none_or(|(at, _)| *at >= fault)
    };
    let mut toll = HeldToll::default();
    for connection in connections.iter().filter(open) {
        let broken = connection.broken.as_ref().is_some_and(|(at, _)| *at < end);
        toll.open += 1;
        toll.strangers += connection.strangers;
        if connection.node == lost {
            toll.on_the_lost_node += 1;
            toll.broken_on_the_lost_node += usize::from(broken);
        } else {
            toll.broken_elsewhere += usize::from(broken);
            let wait = millis(connection.longest_wait(fault, end));
            toll.slowest_elsewhere_ms = toll.slowest_elsewhere_ms.max(wait);
        }
    }
    toll
}

#[cfg(test)]
pub(crate) mod tests {
    use std::net::SocketAddr;
    use std::sync::LazyLock;

    use super::*;
    use crate::load::Failure;

    static ZERO: LazyLock<Instant> = LazyLock::new(Instant::now);

    fn at(ms: u64) -> Instant {
        *ZERO + Duration::from_millis(ms)
    }

    /// Attempts by start, duration and node (empty: it failed); the node's name gives the source.
    pub(crate) fn attempts(of: &[(u64, u64, &str)]) -> Vec<Attempt> {
        of.iter()
            .map(|&(start, took, node)| attempt(1, start, took, node))
            .collect()
    }

    fn attempt(source: u8, start: u64, took: u64, node: &str) -> Attempt {
        Attempt {
            source: SocketAddr::from(([10, 0, 0, source], 1)),
            started: at(start),
            connected: None,
            ended: at(start + took),
            outcome: if node.is_empty() {
                Err(Failure::TimedOut)
            } else {
                Ok(node.into())
            },
        }
    }

    #[test]
    fn takeover_counts_from_the_last_answer_to_the_first_of_that_share() {
        let attempts = [
            attempt(1, 0, 1, "a"),
            attempt(2, 10, 1, "b"),
            attempt(1, 90, 1, "a"),
            attempt(2, 110, 1, "b"),
            attempt(1, 120, 3000, ""),
            attempt(1, 300, 2, "b"),
        ];
        let takeover = takeover(&attempts, "a", at(100)).expect("a takeover");
        assert_eq!(
            takeover,
            Takeover {
                gap_ms: 211.0,
                after_fault_ms: 202.0,
                by: "b".into()
            }
        );
        let toll = disturbance(&attempts, "a", at(100), at(400));
        assert_eq!(
            (
                toll.attempts,
                toll.failed,
                toll.slow,
                toll.of_the_lost_share
            ),
            (3, 1, 0, 1)
        );
    }

    #[test]
    fn a_frozen_node_answers_until_its_lease_ends() {
        let attempts = [
            attempt(1, 0, 1, "a"),
            attempt(1, 140, 1, "a"),
            attempt(1, 190, 1, "b"),
            attempt(1, 95, 900, "a"),
        ];
        let takeover = takeover(&attempts, "a", at(100)).expect("a takeover");
        assert!((takeover.gap_ms - 50.0).abs() < 0.01);
        assert!((takeover.after_fault_ms - 91.0).abs() < 0.01);
    }

    #[test]
    fn answers_for_other_shares_are_no_takeover() {
        let attempts = [
            attempt(1, 0, 1, "a"),
            attempt(2, 10, 1, "b"),
            attempt(2, 110, 1, "b"),
        ];
        assert_eq!(takeover(&attempts, "a", at(100)), None);
    }

    #[test]
    fn held_connections_are_counted_by_their_node() {
        let held = |node: &str, broken: Option<u64>| HeldConnection {
            source: SocketAddr::from(([10, 0, 0, 1], 1)),
            node: node.into(),
            opened: at(0),
            answers: vec![
                (at(10), Duration::from_millis(9)),
                (at(110), Duration::from_millis(7)),
            ],
            waiting: None,
            broken: broken.map(|ms| (at(ms), Failure::Reset)),
            ended: None,
            strangers: 0,
        };
        let all = [
            held("a", Some(200)),
            held("a", Some(50)),
            held("b", None),
            held("b", Some(900)),
        ];
        let toll = held_toll(&all, "a", at(100), at(500));
        assert_eq!((toll.open, toll.on_the_lost_node), (3, 1));
        assert_eq!(
            (toll.broken_on_the_lost_node, toll.broken_elsewhere),
            (1, 0)
        );
        assert!((toll.slowest_elsewhere_ms - 7.0).abs() < 0.01);
    }
}
