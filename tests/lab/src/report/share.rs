//! Each node's share of a number of connections.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::load::Attempt;

/// Who answered how many connections.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Shares {
    /// Connections.
    pub connections: usize,
    /// Those without an answer.
    pub failed: usize,
    /// Answers of each node that gave one.
    pub answers: BTreeMap<String, usize>,
    /// The same in percent of the answers.
    pub percent: BTreeMap<String, f64>,
}

impl Shares {
    /// Counts.
    pub fn of<'a>(attempts: impl IntoIterator<Item = &'a Attempt>) -> Self {
        let mut shares = Self::default();
        for attempt in attempts {
            shares.connections += 1;
            match attempt.node() {
                Some(node) => *shares.answers.entry(node.to_owned()).or_default() += 1,
                None => shares.failed += 1,
            }
        }
        let answered = percent_of(shares.connections - shares.failed);
        shares.percent = shares
            .answers
            .iter()
            .map(|(node, n)| (node.clone(), answered(*n)))
            .collect();
        shares
    }

    /// Whether every one of `nodes` answered, nobody else did, nothing failed, and each share is
    /// within `points` percentage points of an equal one, or within what chance alone makes of so few
    /// clients: every cluster hashes by a key of its own.
    pub fn are_even(&self, nodes: &[&str], points: f64) -> bool {
        let equal = 1.0 / float(nodes.len().max(1));
        let deviation = (equal * (1.0 - equal) / float(self.connections.max(1))).sqrt();
        let points = points.max(100.0 * DEVIATIONS * deviation);
        let near = |node: &&str| {
            self.percent
                .get(*node)
                .is_some_and(|share| (share - 100.0 * equal).abs() <= points)
        };
        self.failed == 0 && self.answers.len() == nodes.len() && nodes.iter().all(near)
    }
}

/// Standard deviations from the mean that happen by chance once in some two million times.
const DEVIATIONS: f64 = 5.0;

fn float(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// What a number of things is in percent of `whole`, to a tenth.
fn percent_of(whole: usize) -> impl Fn(usize) -> f64 {
    let whole = float(whole.max(1));
    move |part| (float(part) * 1000.0 / whole).round() / 10.0
}

impl fmt::Display for Shares {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = true;
        for (node, percent) in &self.percent {
            let answers = self.answers.get(node).copied().unwrap_or_default();
            let gap = if first { "" } else { "   " };
            write!(f, "{gap}{node} {percent:.1} % ({answers})")?;
            first = false;
        }
        if self.failed > 0 {
            write!(f, "   failed {}", self.failed)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::takeover::tests::attempts;

    /// Answers of as many connections.
    fn answers(of: &[(&str, u32)]) -> Shares {
        let names = of.iter().flat_map(|(name, n)| (0..*n).map(move |_| *name));
        let listed: Vec<_> = (0..).zip(names).map(|(at, name)| (at, 1, name)).collect();
        Shares::of(&attempts(&listed))
    }

    #[test]
    fn even_means_everyone_and_nobody_else() {
        let shares = answers(&[("a", 500), ("b", 500)]);
        assert!(shares.are_even(&["a", "b"], 10.0));
        assert!(!shares.are_even(&["a", "b", "c"], 50.0));
        assert!(!shares.are_even(&["a"], 60.0));
        assert_eq!(shares.to_string(), "a 50.0 % (500)   b 50.0 % (500)");
    }

    #[test]
    fn what_chance_makes_of_few_clients_is_even() {
        assert!(answers(&[("a", 61), ("b", 39)]).are_even(&["a", "b"], 10.0));
        assert!(!answers(&[("a", 610), ("b", 390)]).are_even(&["a", "b"], 10.0));
    }

    #[test]
    fn a_failure_is_not_even() {
        let shares = Shares::of(&attempts(&[(0, 1, "a"), (1, 1, "")]));
        assert_eq!(shares.failed, 1);
        assert!(!shares.are_even(&["a"], 10.0));
    }
}
