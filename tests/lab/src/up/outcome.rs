//! What the show found: the JSON document, and the verdict at its end.

use std::fmt::Write as _;

use serde::Serialize;

use super::keep::Command;
use crate::farm::Mode;
use crate::report::picture::Timeline;
use crate::report::{Disturbance, HeldToll, Shares, Takeover};

/// Takeover time that the product promises at this stage, in milliseconds; told, not judged.
const TAKEOVER_BAR_MS: f64 = 500.0;

/// Everything that was measured.
#[derive(Clone, Debug, Serialize)]
pub struct Outcome {
    /// Servers.
    pub nodes: Vec<String>,
    /// The entry mode.
    pub mode: Mode,
    /// The virtual address and port.
    pub service: String,
    /// Shares of the first connections.
    pub before: Shares,
    /// The fault.
    pub fault: Fault,
    /// The return of the node.
    pub recovery: Recovery,
    /// Shares of the last connections.
    pub after: Shares,
    /// Shares over time.
    pub timeline: Option<Timeline>,
    /// What had to hold.
    pub checks: Vec<Check>,
    /// What to try on the farm while it stays.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub commands: Vec<Command>,
}

/// A node was cut off.
#[derive(Clone, Debug, Serialize)]
pub struct Fault {
    /// The node.
    pub node: String,
    /// Whether it was the entry node.
    pub entry: bool,
    /// How the others took over; absent when they did not.
    pub takeover: Option<Takeover>,
    /// What new connections noticed.
    pub attempts: Disturbance,
    /// What held connections noticed.
    pub held: HeldToll,
}

/// The node came back.
#[derive(Clone, Debug, Serialize)]
pub struct Recovery {
    /// From plugging in to its first answer; absent when there was none.
    pub first_answer_ms: Option<f64>,
    /// What new connections noticed.
    pub attempts: Disturbance,
    /// What held connections noticed.
    pub held: HeldToll,
}

/// Something that had to hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What.
    pub what: String,
    /// Whether it did.
    pub held: bool,
}

impl Check {
    /// States it.
    pub fn new(what: impl Into<String>, held: bool) -> Self {
        Self {
            what: what.into(),
            held,
        }
    }
}

impl Outcome {
    /// Whether everything held.
    pub fn held(&self) -> bool {
        self.checks.iter().all(|check| check.held)
    }

    /// The end of the story: picture, checks, verdict, what to try.
    pub fn ending(&self) -> String {
        let mut text = String::from("\nShares over time\n");
        if let Some(timeline) = &self.timeline {
            text.push_str(&timeline.draw());
        }
        text.push('\n');
        for check in &self.checks {
            let mark = if check.held { "held  " } else { "BROKEN" };
            // Writing to a string cannot fail.
            let _infallible = writeln!(text, "  {mark} {}", check.what);
        }
        text.push_str(if self.held() {
            "\nEverything held."
        } else {
            "\nNot everything held."
        });
        if !self.commands.is_empty() {
            text.push_str("\n\nThe farm stays until Ctrl-C here. In another root shell:\n");
        }
        for command in &self.commands {
            let _infallible = write!(text, "\n# {}\n{}\n", command.what, command.line);
        }
        text
    }
}

impl Fault {
    /// The lines of the story about it.
    pub fn lines(&self) -> Vec<String> {
        let node = &self.node;
        let mut lines = Vec::new();
        lines.push(match &self.takeover {
            Some(Takeover {
                gap_ms,
                after_fault_ms,
                by,
            }) => format!(
                "  the others took over: {gap_ms:.0} ms from {node}'s last answer to the first \
                 answer for its share ({by}); {after_fault_ms:.0} ms after the cut \
                 (bar: {TAKEOVER_BAR_MS:.0} ms)"
            ),
            None => format!("  nobody took {node}'s share over"),
        });
        lines.push(format!(
            "  new connections since the cut: {}",
            attempts(&self.attempts)
        ));
        lines.push(format!(
            "  held connections: {} open, {} of them on {node}, of which {} broke; on the others \
             {} broke, slowest answer {:.0} ms",
            self.held.open,
            self.held.on_the_lost_node,
            self.held.broken_on_the_lost_node,
            self.held.broken_elsewhere,
            self.held.slowest_elsewhere_ms,
        ));
        lines
    }
}

impl Recovery {
    /// The lines of the story about it.
    pub fn lines(&self, node: &str) -> Vec<String> {
        let first = self.first_answer_ms.map_or_else(
            || format!("  {node} did not answer again"),
            |ms| format!("  {node} answered again {ms:.0} ms after its cable was plugged in"),
        );
        let held = &self.held;
        vec![
            first,
            format!("  new connections since then: {}", attempts(&self.attempts)),
            format!(
                "  held connections: {} open, {} broke",
                held.open, held.broken_elsewhere
            ),
        ]
    }
}

fn attempts(toll: &Disturbance) -> String {
    format!(
        "{} attempts, {} failed, {} slower than 200 ms ({} of these two on the lost share), \
         slowest {:.0} ms",
        toll.attempts, toll.failed, toll.slow, toll.of_the_lost_share, toll.slowest_ms
    )
}
