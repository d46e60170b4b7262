//! `<check>`: what is looked at, when, and what a failure does.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::failover::{FailoverRule, ResourcePattern, RuleAction};
use super::write_range;

/// A checker. It owns the resource [`Check::resource`], whose values are `init`, `up` and `down`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Its name, unique in its class.
    pub ident: String,
    /// When it runs.
    pub when: CheckWhen,
    /// What a failure does. `pre` goes with `wait` and `noaction`, `both` with all but `wait`.
    pub action: CheckAction,
    /// What it does.
    pub probe: Probe,
}

impl Check {
    /// The name of its resource, as in `tcp.web`.
    pub fn resource(&self) -> String {
        format!("{}.{}", self.probe.class(), self.ident)
    }

    /// The failover rule that its action stands for, named `t_`, `p_`, `c_` or `h_` and its name.
    /// `None` for no action, and for the kinds that a default rule acts for.
    pub fn generated_rule(&self) -> Option<FailoverRule> {
        let letter = self.probe.letter()?;
        let action = match self.action {
            CheckAction::Restart => RuleAction::Restart,
            CheckAction::Stopstart => RuleAction::Stopstart,
            CheckAction::Stop => RuleAction::Stop,
            CheckAction::Wait => RuleAction::Wait,
            CheckAction::Noaction => return None,
        };
        let pattern = ResourcePattern::one(self.probe.class(), &self.ident);
        let label = format!("{letter}_{}", self.ident);
        Some(FailoverRule::when_down(label, pattern, action))
    }
}

/// When a checker runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckWhen {
    /// From after `prestart` to before `poststop`: for what the module depends on.
    Pre,
    /// From after `start_both` to before `stop_both`: for the application.
    Both,
}

/// What a failed check does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckAction {
    /// Stop and start the application in place.
    Restart,
    /// Stop the module and start it again.
    Stopstart,
    /// Stop the module.
    Stop,
    /// Stop the application and wait until the resource is up again.
    Wait,
    /// Nothing.
    Noaction,
}

/// What a checker does. Hosts are IP addresses or names, which are looked up at each check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Probe {
    /// `<tcp>`: connects and closes again. By default `both` with `restart`, or `pre` with `wait`.
    Tcp {
        /// To whom.
        addr: String,
        /// At which port.
        port: u16,
        /// Time between checks. Default 10 s.
        interval: Duration,
        /// Time for the connection to be established. Default 5 s.
        timeout: Duration,
    },
    /// `<ping>`: ICMP echo. By default `pre` with `wait`; `both` with `restart`.
    Ping {
        /// To whom.
        addr: String,
        /// Time between checks. Default 10 s.
        interval: Duration,
        /// Time for the answer. Default 5 s.
        timeout: Duration,
    },
    /// `<intf>`: the link of a network interface. Always `pre` with `wait` (`interface_failure`).
    Intf {
        /// An address of the interface.
        local_addr: IpAddr,
    },
    /// `<ip>`: an address is configured here. Always `both` with `stopstart` (`ip_failure`).
    Ip {
        /// The address.
        addr: IpAddr,
        /// Time between checks. Default 10 s.
        interval: Duration,
    },
    /// `<custom>`: a program of the module that runs without end and sets the resource itself. By
    /// default `both` without an action.
    Custom {
        /// Its path, relative to the module's `bin` unless absolute.
        exec: String,
        /// What it is called with, after the names of module and resource.
        arg: Option<String>,
    },
    /// `<module>`: another module is ready. Always `pre` with `wait` (`module_failure`); it is
    /// stopped and started when the other was restarted.
    Module {
        /// The other module.
        name: String,
        /// Where; this node when absent.
        addr: Option<String>,
        /// The port at which another node is asked: its port for probes, default 9010; when secure that of its
        /// API, default 9453.
        port: u16,
        /// Over TLS: the certificate has to be signed by the cluster's authority, or by one that the machine
        /// trusts. Default off.
        secure: bool,
        /// Time between checks. Default 10 s.
        interval: Duration,
        /// Time for the answer. Default 5 s.
        timeout: Duration,
    },
    /// `<http>` or `<https>`, beyond the reference. By default `both` with `restart`, or `pre` with
    /// `wait`.
    Http(HttpProbe),
}

impl Probe {
    /// The class of the resource.
    pub const fn class(&self) -> &'static str {
        match self {
            Self::Tcp { .. } => "tcp",
            Self::Ping { .. } => "ping",
            Self::Intf { .. } => "intf",
            Self::Ip { .. } => "ip",
            Self::Custom { .. } => "custom",
            Self::Module { .. } => "module",
            Self::Http(_) => "http",
        }
    }

    /// What the name of the rule begins with, where the action can be chosen.
    const fn letter(&self) -> Option<char> {
        match self {
            Self::Tcp { .. } => Some('t'),
            Self::Ping { .. } => Some('p'),
            Self::Custom { .. } => Some('c'),
            Self::Http(_) => Some('h'),
            Self::Intf { .. } | Self::Ip { .. } | Self::Module { .. } => None,
        }
    }
}

/// A GET request and what its answer has to be. Redirections are answers like others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpProbe {
    /// Over TLS (`<https>`).
    pub tls: bool,
    /// Whom to ask, also as the header `Host`.
    pub addr: String,
    /// At which port. Default 80, over TLS 443.
    pub port: u16,
    /// Path and query, from the first `/` on. Default `/`.
    pub path: String,
    /// The codes of a good answer, in ascending order, none twice. Default 200 to 399.
    pub status: Vec<StatusRange>,
    /// What has to occur in the body of a good answer; anything when absent.
    pub body: Option<String>,
    /// Take any certificate. Default off.
    pub insecure: bool,
    /// Time between checks. Default 10 s.
    pub interval: Duration,
    /// Time from connecting to the last byte of the answer; a slower one is a failure. Default 5 s.
    pub timeout: Duration,
}

/// Status codes from `first` to `last`, both included, 100 to 599.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusRange {
    /// The lowest code.
    pub first: u16,
    /// The highest code, not below `first`.
    pub last: u16,
}

impl fmt::Display for StatusRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_range(f, self.first, self.last)
    }
}
