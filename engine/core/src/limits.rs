//! Every limit of the core by name: nothing in it grows beyond one of these.

use std::time::Duration;

/// Modules of a node at the most.
pub const MODULES_MAX: usize = 16;

/// Groups of a module at the most; a heartbeat reports held sockets for each.
pub const GROUPS_MAX: usize = 16;

/// Interfaces of a module at the most; a heartbeat carries a MAC address for each.
pub const INTERFACES_MAX: usize = 8;

/// Configurations of a module before the one in force that a member may still have, while one change follows the
/// other before all have heard that all have it.
pub const FORMER_MAX: usize = 3;

/// Bytes of a heartbeat datagram at the most, so that it crosses every network in one piece.
pub const DATAGRAM_BYTES_MAX: usize = 1400;

/// Bytes of tables in one `TablePart` at the most.
pub const PART_BYTES_MAX: usize = 1024;

/// Between two heartbeats without news; probes say meanwhile who is there.
pub const BEAT_INTERVAL_MIN: Duration = Duration::from_millis(25);

/// Heartbeats whose send time is remembered; an echo of an older one is ignored.
pub const BEATS_MAX: usize = 128;

/// Liveness probes on one way whose answers are awaited; answers of older ones are refused.
pub const PROBES_MAX: usize = 128;

/// Sequence numbers below the highest one that are still accepted once.
pub const REPLAY_WINDOW: u32 = 64;

/// Pulses by which a timer may fire late before the node distrusts its own measurement.
pub const LATE_PULSES_MAX: u32 = 4;

/// So long a node that no peer answers hears by the first frame of somebody else: it may be one that
/// waited in a queue. The shell asks the neighbours twice meanwhile.
pub const FIRST_FRAME_HOLDS: Duration = Duration::from_secs(1);

/// So long by any later frame. Two answers of the neighbours may be lost one after the other.
pub const FRAME_HOLDS: Duration = Duration::from_secs(3);

/// Earlier values that are remembered of a resource.
pub const HISTORY_MAX: usize = 16;

/// Resources of a module at the most that no checker owns: scripts and callers set them.
pub const FREE_RESOURCES_MAX: usize = 64;

/// Bytes of the name of a resource that a script or caller sets.
pub const RESOURCE_NAME_BYTES_MAX: usize = 128;

/// Bytes of the value of a resource, of who set it, and of what is kept of the reason.
pub const RESOURCE_TEXT_BYTES_MAX: usize = 256;
