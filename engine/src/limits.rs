//! The engine's limits: every queue, buffer and loop that could grow has its bound here.

use std::time::Duration;

/// Events kept for a receiver that lags behind.
pub const EVENTS: usize = 1024;

/// Requests from handles that wait for the driver.
pub const REQUESTS: usize = 64;

/// Answers of the worker that wait for the driver; a worker's task waits while there are more.
pub const ANSWERS: usize = 256;

/// How long a module that opens waits for the IPv6 link-local addresses of its interfaces: duplicate address
/// detection takes up to a second before it asks, and one more for the answer (RFC 4862, 5.4.2).
pub const LINK_LOCAL_TIME: Duration = Duration::from_secs(4);

/// Time between two looks whether they are there.
pub const LINK_LOCAL_LOOK: Duration = Duration::from_millis(20);

/// Network jobs (open, close) that wait for the worker: two per module at the most.
pub const NET_JOBS: usize = 128;

/// Bytes of a heartbeat datagram; a longer one is cut here and refused by its authentication.
pub const DATAGRAM_BYTES: usize = 2048;

/// Datagrams read in one turn of the driver.
pub const DATAGRAMS_PER_TURN: usize = 256;

/// Datagrams read before a timeout is handled, so that a late timer accuses nobody of silence.
pub const DATAGRAMS_BEFORE_TIMEOUT: usize = 4096;

/// What the kernel said so long ago of datagrams still holds for a timeout.
pub const RIGHT_BEFORE: Duration = Duration::from_millis(1);

/// Requests and answers handled in one turn of the driver, each.
pub const REQUESTS_PER_TURN: usize = 16;

/// Bytes the kernel may hold for the heartbeat socket, in each direction.
pub const HEARTBEAT_BUFFER_BYTES: usize = 512 * 1024;

/// The status is published at least this often, for its counters.
pub const STATUS_INTERVAL: Duration = Duration::from_millis(250);

/// Time for the worker to be ready at start.
pub const WORKER_START: Duration = Duration::from_secs(10);

/// Sockets of virtual addresses that are looked at in one count.
pub const SOCKETS: usize = 1 << 20;

/// Bytes of one read of the kernel's list of sockets.
pub const SOCKET_DUMP_BYTES: usize = 64 * 1024;

/// A packet that passed the filter under the previous tables has reached its socket by then.
pub const FILTER_TO_SOCKET: Duration = Duration::from_millis(2);

/// Script outputs kept per module; the oldest go first.
pub const SCRIPT_LOGS: usize = 100;

/// How often the size of a running module's script outputs is looked at.
pub const SCRIPT_LOG_CHECK: Duration = Duration::from_secs(2);

/// A script that was killed is gone by then, unless the kernel holds it.
pub const SCRIPT_DEATH: Duration = Duration::from_secs(5);

/// Repeated attempts to run a script whose file is open for writing elsewhere.
pub const SCRIPT_BUSY_RETRIES: u32 = 10;

/// Time between these attempts.
pub const SCRIPT_BUSY_WAIT: Duration = Duration::from_millis(20);

/// Bytes of a recording of what happens to the core; it ends there.
pub const RECORD_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// Packets that wait in the kernel for a module's queue to be read; more are dropped.
pub const QUEUE_PACKETS: u32 = 4096;

/// Bytes the kernel may hold for the socket of a queue: as many full-sized packets as may wait.
pub const QUEUE_BUFFER_BYTES: usize = 12 * 1024 * 1024;

/// Packets treated in one turn of a queue's thread, before it looks at questions and at its end.
pub const QUEUE_PACKETS_PER_TURN: usize = 64;

/// Questions for a virtual address (ARP, neighbour solicitations) treated in one turn.
pub const QUESTIONS_PER_TURN: usize = 64;

/// The first number that is tried for a queue. Small numbers are those that other programs take.
pub const QUEUE_NUMBER_FIRST: u16 = 17_750;

/// Numbers that are tried for a queue.
pub const QUEUE_NUMBERS: u16 = 256;

/// Seconds to wait for another program that changes rules, as iptables takes it.
pub const RULES_LOCK_WAIT_S: &str = "5";

/// Time for the thread of a queue to end when its module closes.
pub const QUEUE_END: Duration = Duration::from_secs(2);

/// Neighbours that are asked whether this node hears them.
pub const NEIGHBOURS: usize = 64;

/// A check that failed is repeated after this time, or after its interval where that is shorter.
pub const SECOND_LOOK: Duration = Duration::from_secs(1);

/// Addresses of a host that a check tries; the resolver's order says which.
pub const CHECK_ADDRESSES: usize = 8;

/// Bytes of the body of an answer that a check reads.
pub const CHECK_BODY_BYTES: usize = 1 << 20;

/// How often the interfaces are looked at in the case that the kernel had no room to tell of a change.
pub const INTERFACES_RECHECK: Duration = Duration::from_secs(10);

/// How often the connections of virtual addresses are counted.
pub const CONNECTIONS_COUNT: Duration = Duration::from_secs(10);

/// Time until a custom checker that ended by itself is started again, at first.
pub const CUSTOM_AGAIN_FIRST: Duration = Duration::from_secs(1);

/// The most that this time grows to, twice as long after every end.
pub const CUSTOM_AGAIN_MAX: Duration = Duration::from_secs(60);

/// A custom checker that ran for so long is started again as if it had not ended before.
pub const CUSTOM_SETTLED: Duration = Duration::from_secs(60);

/// Bytes of a process's command line that a regular expression sees.
pub const COMMAND_LINE_BYTES: u64 = 64 * 1024;

/// Bytes that a compiled regular expression may take.
pub const REGEX_PROGRAM_BYTES: usize = 1 << 20;

/// Time for `systemctl` to say how the services are.
pub const SYSTEMCTL: Duration = Duration::from_secs(10);

/// Bytes of its answer that are read.
pub const SYSTEMCTL_BYTES: u64 = 64 * 1024;
/// How long a program that reboots the machine may take to say that it does.
pub const REBOOT: Duration = Duration::from_secs(60);

/// Reports of a module's checkers that wait for the driver.
pub const REPORTS: usize = 64;

/// SYNs that wait in a module's queue, in the case that they are to be answered here: a part of
/// [`QUEUE_PACKETS`]. The oldest makes room.
pub const QUEUE_SYNS: usize = 512;

/// Bytes of the stack of the thread that replays SYNs: the table of what is kept lies there, more than
/// once in a build without optimisation.
pub const REPLAY_STACK_BYTES: usize = 8 << 20;

/// How long after a change that thread looks for SYNs: by then every node has made it.
pub const REPLAY_LOOKS: Duration = Duration::from_millis(500);

/// Time until it looks again, at first.
pub const REPLAY_LOOK_FIRST: Duration = Duration::from_millis(1);

/// The most that this time grows to, twice as long after every look.
pub const REPLAY_LOOK_MAX: Duration = Duration::from_millis(10);
