//! How much a configuration may contain: every list and text of the files has a named end.

use std::time::Duration;

pub use crate::limits::{GROUPS_MAX, INTERFACES_MAX};

/// Bytes of a configuration file.
pub const TEXT_BYTES_MAX: usize = 256 * 1024;
/// Elements, texts and comments of a configuration file.
pub const XML_NODES_MAX: u32 = 20_000;
/// Elements in each other.
pub const DEPTH_MAX: usize = 32;
/// Problems that are reported of a file; more of them help nobody.
pub const PROBLEMS_MAX: usize = 500;
/// Bytes of an attribute whose macros are replaced.
pub const VALUE_BYTES_MAX: usize = 32 * 1024;
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
/// Bytes of a checker's path, host name, program, argument or expected text.
pub const CHECK_TEXT_BYTES_MAX: usize = 1024;
/// Ranges of status codes that an HTTP checker takes for good.
pub const STATUS_RANGES_MAX: usize = 16;
/// Bytes of the command name of a process (`TASK_COMM_LEN` without its zero).
pub const PROC_NAME_BYTES_MAX: usize = 15;
/// Bytes of the name of a service.
pub const SERVICE_NAME_BYTES_MAX: usize = 63;
/// Bytes of a regular expression.
pub const REGEX_BYTES_MAX: usize = 256;
/// Polls that the monitoring of a process can wait for.
pub const START_AFTER_MAX: u32 = 1000;
/// Rules of a `<failover>`.
pub const FAILOVER_RULES_MAX: usize = 64;
/// Conditions in each other in a rule of a `<failover>`.
pub const CONDITION_DEPTH_MAX: usize = 16;
/// Comparisons in a rule of a `<failover>`.
pub const COMPARISONS_MAX: usize = 64;
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
/// The longest time that connections may live on.
pub const DRAIN_MAX: Duration = Duration::from_secs(3600);
/// The longest time that any attribute can say.
pub const TIME_MAX: Duration = Duration::from_secs(365 * 24 * 3600);
/// Kibibytes of script output that can be kept.
pub const USERLOG_KIB_MAX: u32 = 1024 * 1024;
