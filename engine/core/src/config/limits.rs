//! How much a configuration may contain: every list and text of the files has a named end.

use std::time::Duration;

pub use crate::limits::{GROUPS_MAX, INTERFACES_MAX};

/// Bytes of a configuration file.
pub const TEXT_BYTES_MAX: usize = 256 * 1024;
/// Elements, texts and comments of a configuration file.
pub const XML_NODES_MAX: u32 = 20_000;
/// Characters of a name (lan, node, group, checker).
pub const NAME_CHARS_MAX: usize = 64;
/// Bytes of a network interface's name (`IFNAMSIZ` without its zero).
pub const NIC_NAME_BYTES_MAX: usize = 15;
/// Macros of a module.
pub const MACROS_MAX: usize = 256;
/// LANs of a cluster or module.
pub const LANS_MAX: usize = 8;
/// Virtual addresses of an interface.
pub const ADDRS_MAX: usize = 16;
/// Rules of a module, each range of a list of ports counted as one: as many as the filter searches
/// for one virtual address.
pub const RULES_MAX: usize = 32;
/// Checkers of a kind, and monitored processes.
pub const CHECKS_MAX: usize = 64;
/// Environment variables of the scripts.
pub const VARS_MAX: usize = 256;
/// The shortest heartbeat interval.
pub const PULSE_MIN: Duration = Duration::from_millis(5);
/// The longest heartbeat interval.
pub const PULSE_MAX: Duration = Duration::from_secs(10);
/// The fewest missed heartbeats that make a loss.
pub const LOST_COUNT_MIN: u32 = 3;
/// The most missed heartbeats that make a loss.
pub const LOST_COUNT_MAX: u32 = 1000;
/// The longest time that any attribute can say.
pub const TIME_MAX: Duration = Duration::from_secs(365 * 24 * 3600);
/// Kibibytes of script output that can be kept.
pub const USERLOG_KIB_MAX: u32 = 1024 * 1024;
