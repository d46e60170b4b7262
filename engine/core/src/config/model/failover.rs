//! `<failover>`: rules over resources. Their text is read by [`crate::config::rules`]; printed they
//! are text that is read as the same rule.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::config::rules;

/// `<failover>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FailoverConfig {
    /// The rules stand beside the default ones and those of the checkers; else in place of them.
    /// Default yes.
    pub extends: bool,
    /// Rules are evaluated whenever a resource changes; one that goes on to apply acts again after
    /// this time. Default 5 s.
    pub period: Duration,
    /// How long a rule has to apply before it acts; a multiple of `period`. Default zero: at once, as
    /// logs of the product that these names come from show it, though its manual says 15 s. Nobody
    /// who leaves it out wants a dead application to be left alone for that long.
    pub handle_time: Duration,
    /// The rules of the file, each with a label of its own.
    pub rules: Vec<FailoverRule>,
}

impl Default for FailoverConfig {
    fn default() -> Self {
        Self {
            extends: true,
            period: Duration::from_secs(5),
            handle_time: Duration::ZERO,
            rules: Vec::new(),
        }
    }
}

/// `label: if (condition) then action;`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FailoverRule {
    /// Its name, as the log gives it.
    pub label: String,
    /// When it applies.
    pub condition: Condition,
    /// What is done then.
    pub action: RuleAction,
}

impl FailoverRule {
    /// A rule about a resource that is down.
    pub(super) fn when_down(
        label: impl Into<String>,
        resource: ResourcePattern,
        action: RuleAction,
    ) -> Self {
        Self {
            label: label.into(),
            condition: Condition::down(resource),
            action,
        }
    }
}

/// The rules that each module has for checkers whose action is fixed.
pub(super) fn defaults() -> [FailoverRule; 3] {
    let rule = |label: &str, class: &str, action| {
        let resource = ResourcePattern {
            class: class.to_owned(),
            id: ResourceId::Any,
        };
        FailoverRule::when_down(label, resource, action)
    };
    [
        rule("interface_failure", "intf", RuleAction::Wait),
        rule("ip_failure", "ip", RuleAction::Stopstart),
        rule("module_failure", "module", RuleAction::Wait),
    ]
}

/// What has to hold for a rule to apply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Condition {
    /// A comparison.
    Is(Comparison),
    /// `!`
    Not(Box<Self>),
    /// `&&` between two or more.
    All(Vec<Self>),
    /// `||` between two or more.
    Any(Vec<Self>),
}

impl Condition {
    /// A resource is down.
    pub fn down(resource: ResourcePattern) -> Self {
        Self::Is(Comparison {
            resource,
            equal: true,
            state: "down".to_owned(),
        })
    }
}

/// `class.id == state` or `class.id != state`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// Whose value is compared.
    pub resource: ResourcePattern,
    /// Whether it has to be this value (`==`) or another one (`!=`).
    pub equal: bool,
    /// The value: `init`, `up` or `down` for a checker.
    pub state: String,
}

/// Which resources of this node a comparison is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResourcePattern {
    /// Their class, as in `tcp`.
    pub class: String,
    /// Which ones of the class.
    pub id: ResourceId,
}

impl ResourcePattern {
    /// One resource.
    pub fn one(class: &str, id: &str) -> Self {
        Self {
            class: class.to_owned(),
            id: ResourceId::One(id.to_owned()),
        }
    }
}

/// Which resources of a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ResourceId {
    /// The one with this name.
    One(String),
    /// `?`: it is enough if the comparison holds for one of them.
    Any,
    /// `*`: the comparison has to hold for all of them, and there is at least one.
    All,
}

/// What a rule does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleAction {
    /// `stop()`: stop the module.
    Stop,
    /// `stopstart()`: stop the module and start it again.
    Stopstart,
    /// `wait()`: stop the application and wait until no such rule applies.
    Wait,
    /// `restart()`: stop and start the application in place.
    Restart,
    /// `withdraw(group)`, beyond the reference: this node takes no new flows of the group while the
    /// rule applies, unless nobody else would; the other groups are served. A name that is no word is
    /// written in quotes.
    Withdraw(String),
}

impl fmt::Display for FailoverRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            label,
            condition,
            action,
        } = self;
        write!(f, "{label}: if ({condition}) then {action};")
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(comparison) => write!(f, "{comparison}"),
            Self::Not(inner) => match **inner {
                Self::Not(_) => write!(f, "!{inner}"),
                Self::Is(_) | Self::All(_) | Self::Any(_) => write!(f, "!({inner})"),
            },
            Self::All(parts) => join(f, parts, " && "),
            Self::Any(parts) => join(f, parts, " || "),
        }
    }
}

/// Conditions in a row, in parentheses where these are needed or spare the reader a thought.
fn join(f: &mut fmt::Formatter<'_>, parts: &[Condition], between: &str) -> fmt::Result {
    for (number, part) in parts.iter().enumerate() {
        if number > 0 {
            f.write_str(between)?;
        }
        match part {
            Condition::Is(_) | Condition::Not(_) => write!(f, "{part}")?,
            Condition::All(_) | Condition::Any(_) => write!(f, "({part})")?,
        }
    }
    Ok(())
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.equal { "==" } else { "!=" };
        write!(f, "{} {sign} {}", self.resource, self.state)
    }
}

impl fmt::Display for ResourcePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = match &self.id {
            ResourceId::One(id) => id,
            ResourceId::Any => "?",
            ResourceId::All => "*",
        };
        write!(f, "{}.{id}", self.class)
    }
}

impl fmt::Display for RuleAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stop => f.write_str("stop()"),
            Self::Stopstart => f.write_str("stopstart()"),
            Self::Wait => f.write_str("wait()"),
            Self::Restart => f.write_str("restart()"),
            Self::Withdraw(group) if rules::is_word(group) => write!(f, "withdraw({group})"),
            Self::Withdraw(group) => write!(f, "withdraw(\"{group}\")"),
        }
    }
}
