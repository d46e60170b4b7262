//! The sum of all rounds: a row for each fault in each entry mode.

use std::collections::BTreeMap;
use std::fmt;

use super::judge::Verdict;
use crate::farm::Mode;
use crate::farm::trouble::Fault;
use crate::report::Percentiles;

/// Rows by fault and entry mode.
#[derive(Clone, Debug, Default)]
pub struct Table(BTreeMap<(Fault, String), Row>);

#[derive(Clone, Debug, Default)]
struct Row {
    rounds: usize,
    bad: usize,
    doubles: usize,
    relapses: usize,
    gaps: usize,
    takeovers_ms: Vec<f64>,
    slow: usize,
    late_at_return: usize,
    answered: usize,
}

impl Table {
    pub(super) fn add(&mut self, fault: Fault, mode: Mode, verdict: &Verdict) {
        let row = self.0.entry((fault, mode.to_string())).or_default();
        row.rounds += 1;
        row.bad += usize::from(!verdict.is_good());
        row.doubles += verdict.doubles.len();
        row.relapses += verdict.relapses.len();
        row.gaps += verdict.gaps.len();
        row.takeovers_ms.extend(verdict.takeover_ms);
        row.slow += verdict.slow;
        row.late_at_return += verdict.late_at_return;
        row.answered += verdict.answered;
    }

    /// Whether every round was good, and there was one.
    pub fn is_good(&self) -> bool {
        !self.0.is_empty() && self.0.values().all(|row| row.bad == 0)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<20} {:<10} {:>6} {:>4} {:>7} {:>8} {:>5}  {}  {:>6} {:>7} {:>9}",
            "",
            "",
            "rounds",
            "bad",
            "doubles",
            "in turns",
            "gaps",
            Percentiles::HEAD,
            "slow",
            "late at",
            "answered"
        )?;
        writeln!(
            f,
            "{:<20} {:<10} {:>34}  {:>27}  {:>6} {:>7}",
            "fault", "mode", "", "takeover, ms", "", "return"
        )?;
        for ((fault, mode), row) in &self.0 {
            writeln!(
                f,
                "{:<20} {mode:<10} {:>6} {:>4} {:>7} {:>8} {:>5}  {}  {:>6} {:>7} {:>9}",
                fault.words(),
                row.rounds,
                row.bad,
                row.doubles,
                row.relapses,
                row.gaps,
                Percentiles::columns(Percentiles::of(&row.takeovers_ms)),
                row.slow,
                row.late_at_return,
                row.answered
            )?;
        }
        write!(
            f,
            "doubles: SYNs that two nodes answered. In turns: client addresses that a node took again \
             after another one had\ntaken them. Gaps: connections after the takeover that failed, or whose \
             SYN was sent again. Slow: longer than 200 ms,\nfrom fault to return. Late at return: SYN sent \
             again after the return began. Answered: SYNs that were."
        )
    }
}
