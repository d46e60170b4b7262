//! `<errd>`: processes and services that have to run, or must not.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::check::CheckWhen;

/// `<proc>`: how many processes of a kind there have to be. Resource `proc.<name>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proc {
    /// The command name of the processes, 1 to 15 bytes; or of the service, 1 to 63.
    pub name: String,
    /// `<errd polltimer>` of its section: how often is looked. Default 30 s.
    pub polltimer: Duration,
    /// It is a systemd service. Default no.
    pub service: bool,
    /// Extended regular expression (POSIX) that the command name has to match; when absent the
    /// command name is `name`.
    pub nameregex: Option<String>,
    /// Extended regular expression (POSIX) that the whole command line has to match.
    pub argregex: Option<String>,
    /// The fewest processes; no such limit when absent (`-1`). Default 1.
    pub atleast: Option<u32>,
    /// The most processes; no such limit when absent (`-1`, the default). Zero: it must not run.
    pub atmax: Option<u32>,
    /// What is done when there are too few or too many. Default `stopstart`.
    pub action: ProcAction,
    /// Services that the scripts of a `restart` are told to restart alone (`-Services`); empty: all.
    pub restart_services: Vec<String>,
    /// When it is monitored.
    pub class: ProcClass,
    /// Polls to wait for: n cycles are n - 1 intervals. Default 0.
    pub start_after: u32,
}

impl Proc {
    /// The name of its resource, as in `proc.nginx`.
    pub fn resource(&self) -> String {
        format!("proc.{}", self.name)
    }

    /// When it is monitored; one of a class that scripts switch on, at most then.
    pub const fn when(&self) -> CheckWhen {
        match self.class {
            ProcClass::Both | ProcClass::Named(_) => CheckWhen::Both,
            ProcClass::Pre => CheckWhen::Pre,
        }
    }

    /// The class that scripts switch on for it.
    pub fn class(&self) -> Option<&str> {
        match &self.class {
            ProcClass::Named(class) => Some(class),
            ProcClass::Both | ProcClass::Pre => None,
        }
    }
}

/// What too few or too many processes do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProcAction {
    /// Stop and start the application in place.
    Restart,
    /// Stop the module and start it again.
    #[default]
    Stopstart,
    /// Stop the module.
    Stop,
    /// Nothing.
    Noaction,
    /// Run this program, absolute or relative to the module's `bin`: status 0 means that it took
    /// care, all else that the module is stopped and started.
    Handler(String),
}

/// When a process is monitored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProcClass {
    /// From after `start_both` to before `stop_both`.
    Both,
    /// From after `prestart` to before `poststop`.
    Pre,
    /// As `both`, and only while scripts have switched on the class of this name.
    Named(String),
}
