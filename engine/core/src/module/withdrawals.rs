//! The rules that take this node out of a group (`withdraw(group)`) while they apply, and give it back its
//! share at once when they do not.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::resources::Resources;
use super::rules::holds;
use crate::config::model::{Condition, FailoverRule, RuleAction};
use crate::ids::Time;

/// A group that this node wants no share of, and the rule that says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// The group.
    pub group: String,
    /// The rule's label.
    pub rule: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Withdrawal {
    what: Withdrawn,
    condition: Condition,
    /// It applies since then.
    since: Option<Time>,
}

/// The rules of a module that withdraw groups.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Withdrawals {
    rules: Vec<Withdrawal>,
    /// How long one has to apply before it acts.
    delay: Duration,
}

impl Withdrawals {
    /// Those among these rules, none of which applies yet.
    pub(super) fn new(rules: &[FailoverRule], delay: Duration) -> Self {
        let rules = rules.iter().filter_map(|rule| match &rule.action {
            RuleAction::Withdraw(group) => Some(Withdrawal {
                what: Withdrawn {
                    group: group.clone(),
                    rule: rule.label.clone(),
                },
                condition: rule.condition.clone(),
                since: None,
            }),
            RuleAction::Stop | RuleAction::Stopstart | RuleAction::Wait | RuleAction::Restart => {
                None
            }
        });
        Self {
            rules: rules.collect(),
            delay,
        }
    }

    /// Others take the place of these; those that are the same apply as long as before.
    pub(super) fn exchange(&mut self, mut other: Self) {
        for rule in &mut other.rules {
            let is_same = |former: &&Withdrawal| {
                (&former.what, &former.condition) == (&rule.what, &rule.condition)
            };
            rule.since = self.rules.iter().find(is_same).and_then(|rule| rule.since);
        }
        *self = other;
    }

    /// Finds out which ones apply.
    pub(super) fn evaluate(&mut self, resources: &Resources, now: Time) {
        for rule in &mut self.rules {
            rule.since = match holds(&rule.condition, resources) {
                Some(true) => rule.since.or(Some(now)),
                Some(false) | None => None,
            };
        }
    }

    /// What is withdrawn, in the order of the rules.
    pub(super) fn in_force(&self, now: Time) -> Vec<Withdrawn> {
        let acts = |rule: &&Withdrawal| self.due(rule).is_some_and(|due| due <= now);
        let rules = self.rules.iter().filter(acts);
        rules.map(|rule| rule.what.clone()).collect()
    }

    /// When the next of those that apply begins to act.
    pub(super) fn next(&self, now: Time) -> Option<Time> {
        let dues = self.rules.iter().filter_map(|rule| self.due(rule));
        dues.filter(|due| *due > now).min()
    }

    fn due(&self, rule: &Withdrawal) -> Option<Time> {
        rule.since.map(|since| since + self.delay)
    }
}
