//! Every bound of the service in one place: sizes, counts and times.

use std::ops::RangeInclusive;
use std::time::Duration;

/// Bytes of a request's body.
pub const BODY_BYTES_MAX: usize = 1024 * 1024;
/// Bytes that are read of a body after its request was answered.
pub const LINGER_BYTES_MAX: usize = 4 * BODY_BYTES_MAX;
/// Time for it.
pub const LINGER_TIME_MAX: Duration = Duration::from_secs(5);
/// Time for a request to be answered, waits aside.
pub const REQUEST_TIME_MAX: Duration = Duration::from_secs(30);
/// Seconds for which a token to join is good, when nobody says for how long.
pub const JOIN_VALID_S_DEFAULT: u32 = 3600;
/// For how many it can be.
pub const JOIN_VALID_S: RangeInclusive<u32> = 60..=86_400;
/// Time for a peer to accept a connection.
pub const PEER_CONNECT_TIME_MAX: Duration = Duration::from_secs(2);
/// Time for a peer to answer a request, waits aside. Below [`REQUEST_TIME_MAX`], so that the
/// caller gets a problem that names the peer.
pub const PEER_TIME_MAX: Duration = Duration::from_secs(10);
/// Time that an unused connection to a peer is kept; shorter than [`IDLE_TIME_MAX`], so that no
/// request meets a connection that is being closed.
pub const PEER_IDLE_TIME_MAX: Duration = Duration::from_secs(10);
/// Time for the head of the next request on a connection.
pub const IDLE_TIME_MAX: Duration = Duration::from_secs(30);
/// Bytes of a peer's answer.
pub const PEER_ANSWER_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Longest wait for a state, in milliseconds.
pub const WAIT_MS_MAX: u64 = 300_000;
/// Wait for a state when the caller names no time, in milliseconds.
pub const WAIT_MS_DEFAULT: u64 = 30_000;
/// Time that open connections get to finish when the daemon ends.
pub const SHUTDOWN_GRACE: Duration = Duration::from_secs(2);
/// Between two attempts to go on with a rotation of the cluster's secret that was interrupted.
pub const ROTATION_RETRY: Duration = Duration::from_secs(5);
/// Time for the last lines of the modules' logs to be written when the daemon ends.
pub const LOG_WRITE_TIME_MAX: Duration = Duration::from_secs(30);
/// Between two attempts to start a module with the machine.
pub const BOOT_RETRY: Duration = Duration::from_secs(5);
/// Time for a node that starts to catch up with the nodes that are heard, before its modules start.
pub const CATCH_UP_TIME_MAX: Duration = Duration::from_secs(30);
/// The same with nodes that are not heard.
pub const CATCH_UP_SILENCE: Duration = Duration::from_secs(1);
/// Between two attempts to catch up, and after the reason for one.
pub const CATCH_UP_PAUSE: Duration = Duration::from_millis(500);
/// Between two looks at what the others have, where nothing is a reason.
pub const CATCH_UP_INTERVAL: Duration = Duration::from_secs(30);
/// Time for another node to make a change of the cluster: each of its steps asks all nodes. Below
/// [`REQUEST_TIME_MAX`].
pub const CHANGE_TIME_MAX: Duration = Duration::from_secs(28);
/// Time for a node that has just left a module to be past accepting packets for it.
pub const LEFT_TIME_MAX: Duration = Duration::from_secs(4);
/// Between two looks whether it is.
pub const LEFT_PAUSE: Duration = Duration::from_millis(50);
/// Operations that a node keeps, running ones aside.
pub const OPERATIONS_MAX: i64 = 100;
/// Seconds for which the connections of a node are waited for in a rolling operation, by default.
pub const ROLLING_DRAIN_S_DEFAULT: u32 = 30;
/// Seconds for a node to be back in a rolling operation, by default.
pub const ROLLING_READY_S_DEFAULT: u32 = 120;
/// Each of the two, at the most.
pub const ROLLING_TIME_MAX: Duration = Duration::from_secs(3600);
/// Lifetime of a token.
pub const TOKEN_LIFE: Duration = Duration::from_secs(15 * 60);
/// Difference of clocks between nodes that a token tolerates.
pub const TOKEN_LEEWAY: Duration = Duration::from_secs(30);
/// Time after which a token has ended at every node, whatever their clocks say.
pub const TOKEN_AGE_MAX: Duration = TOKEN_LIFE.saturating_add(TOKEN_LEEWAY.saturating_mul(2));
/// Users of a cluster.
pub const USERS_MAX: usize = 1000;
/// Characters of a user's name.
pub const USER_NAME_LEN_MAX: usize = 64;
/// API keys of a cluster.
pub const API_KEYS_MAX: usize = 1000;
/// Modules that an API key is for, where it is not for all.
pub const API_KEY_MODULES_MAX: usize = 64;
/// Days until an API key expires.
pub const API_KEY_DAYS_MAX: u32 = 366;
/// Days until an API key expires when the caller names no number.
pub const API_KEY_DAYS_DEFAULT: u32 = 90;
/// Seconds for which an API key that is replaced is good.
pub const API_KEY_OVERLAP_S_MAX: u32 = 30 * 24 * 3600;
/// Seconds for which it is good when the caller names no number.
pub const API_KEY_OVERLAP_S_DEFAULT: u32 = 3600;
/// Webhooks of a cluster.
pub const WEBHOOKS_MAX: usize = 64;
/// Characters of a webhook's URL.
pub const WEBHOOK_URL_LEN_MAX: usize = 2048;
/// Characters of the certificates that a webhook's receiver is verified by.
pub const WEBHOOK_CA_LEN_MAX: usize = 64 * 1024;
/// Modules that a webhook is for, where it is not for all.
pub const WEBHOOK_MODULES_MAX: usize = 64;
/// Kinds of events that a webhook is for, where it is not for all; more than there are.
pub const WEBHOOK_EVENTS_MAX: usize = 64;
/// Bytes of a webhook's secret, as Standard Webhooks has them: at the least.
pub const WEBHOOK_SECRET_BYTES_MIN: usize = 24;
/// The same, at the most.
pub const WEBHOOK_SECRET_BYTES_MAX: usize = 64;
/// Seconds for which a webhook's secret that is replaced signs, too.
pub const WEBHOOK_OVERLAP_S_MAX: u32 = 30 * 24 * 3600;
/// The same when the caller names no number.
pub const WEBHOOK_OVERLAP_S_DEFAULT: u32 = 24 * 3600;
/// Events that wait for one receiver; beyond it the oldest are dropped.
pub const WEBHOOK_WAITING_MAX: usize = 1000;
/// Time for a receiver to answer one try. Below [`PEER_TIME_MAX`], so that a test at another node says what the
/// receiver did.
pub const WEBHOOK_TIME_MAX: Duration = Duration::from_secs(8);
/// Pause after the first try that failed; each further failure doubles it.
pub const WEBHOOK_PAUSE_MIN: Duration = Duration::from_millis(500);
/// The longest pause between two tries, also where the receiver asks for more.
pub const WEBHOOK_PAUSE_MAX: Duration = Duration::from_secs(300);
/// How long receivers have at the end of the daemon for what waits.
pub const WEBHOOK_FAREWELL: Duration = Duration::from_secs(3);
/// Time after which an event that cannot be delivered is given up with the next try that fails.
pub const WEBHOOK_PATIENCE: Duration = Duration::from_secs(6 * 3600);
/// Time for which the answer to a request with an idempotency key is given again.
pub const IDEMPOTENCY_TIME: Duration = Duration::from_secs(3600);
/// Requests with an idempotency key whose answers are kept; beyond it the oldest are forgotten.
pub const IDEMPOTENCY_KEYS_MAX: usize = 1000;
/// Characters of an idempotency key.
pub const IDEMPOTENCY_KEY_LEN_MAX: usize = 128;
/// Characters of a password, at the least.
pub const PASSWORD_LEN_MIN: usize = 10;
/// Characters of a password, at the most.
pub const PASSWORD_LEN_MAX: usize = 256;
/// Passwords that are verified at the same time; one costs about 20 MiB and 20 ms.
pub const PASSWORD_CHECKS_MAX: usize = 4;
/// Failed logins of one user from one address within [`LOGIN_WINDOW`] before more are refused.
pub const LOGIN_FAILURES_MAX: u32 = 5;
/// Failed logins from one address within [`LOGIN_WINDOW`] before more are refused.
pub const LOGIN_FAILURES_PER_ADDRESS_MAX: u32 = 30;
/// The window in which failed logins count.
pub const LOGIN_WINDOW: Duration = Duration::from_secs(60);
/// Callers whose failed logins are remembered; beyond it the oldest are forgotten.
pub const LOGIN_CALLERS_MAX: usize = 10_000;
/// Requests per second of one caller to one node before more are refused, where the daemon was told no other number.
pub const REQUESTS_PER_SECOND_DEFAULT: u32 = 1000;
/// Callers whose requests are counted; beyond it those are forgotten that were quiet for a second.
pub const RATES_MAX: usize = 4096;
/// Entries of a module's log that are kept.
pub const MODULE_LOG_ENTRIES_MAX: u32 = 10_000;
/// Scripts of a module.
pub const SCRIPTS_MAX: usize = 64;
/// Characters of a script's name.
pub const SCRIPT_NAME_LEN_MAX: usize = 64;
/// Bytes of a script's output that one request returns, below [`PEER_ANSWER_BYTES_MAX`].
pub const SCRIPT_LOG_BYTES_MAX: u64 = 2 * 1024 * 1024;
/// Outputs of scripts that go into a snapshot, the newest.
pub const SNAPSHOT_OUTPUTS_MAX: usize = 20;
/// Bytes of the newest lines of a module's log that go into a snapshot.
pub const SNAPSHOT_LOG_BYTES_MAX: usize = 1024 * 1024;
/// Bytes of each output, its end; with the log and the scripts they are below [`PEER_ANSWER_BYTES_MAX`].
pub const SNAPSHOT_OUTPUT_BYTES_MAX: u64 = 64 * 1024;
/// Characters of the name of a program that asks by itself.
pub const IDENTITY_LEN_MAX: usize = 64;
/// Characters of a resource's class and name.
pub const RESOURCE_NAME_LEN_MAX: usize = 128;
/// Characters of a resource's value, which the core bounds in bytes: four are a character at the most.
pub const RESOURCE_VALUE_LEN_MAX: usize = 64;
/// Characters of a line that a script writes into a module's log.
pub const LOG_MESSAGE_LEN_MAX: usize = 1024;
/// Entries of a log that one request returns.
pub const LOG_LIMIT_MAX: u32 = 1000;
/// Entries of a log that a request returns when it names no number.
pub const LOG_LIMIT_DEFAULT: u32 = 100;
/// Events of a node that are kept for those who follow them.
pub const FEED_EVENTS_MAX: usize = 10_000;
/// Events that a follower is given at once.
pub const FEED_BATCH: usize = 64;
/// Bytes of one event on its way between nodes.
pub const FEED_FRAME_BYTES_MAX: usize = 64 * 1024;
/// Followers of a node's events; a follower of all nodes is one at each.
pub const FOLLOWERS_MAX: usize = 512;
/// Between two signs of life where nothing happens; shorter than [`FEED_SILENCE_MAX`].
pub const FEED_SIGN_OF_LIFE: Duration = Duration::from_secs(10);
/// Time without a sign of life after which the connection to a peer's events counts as broken.
pub const FEED_SILENCE_MAX: Duration = Duration::from_secs(25);
/// Between two looks whether a follower may still follow.
pub const FOLLOWER_CHECK: Duration = Duration::from_secs(10);
/// Between two attempts to follow a peer that does not answer.
pub const FOLLOW_RETRY: Duration = Duration::from_secs(1);
/// Revisions of a module's configuration that are kept, the active one among them.
pub const REVISIONS_MAX: u32 = 10;
/// Bytes of a file in a backup.
pub const BACKUP_FILE_BYTES_MAX: u64 = 1024 * 1024 * 1024;
/// Time that a backup waits for a change of the store to end.
pub const BACKUP_BUSY_TIME_MAX: Duration = Duration::from_secs(30);
/// Starts of the daemon that a restored node skips: more than it can have had since the backup.
pub const RESTORE_SKIPS_STARTS: u64 = 1_000_000;
/// Between the answer to who asks for a fault and its begin.
pub const FAULT_DELAY: Duration = Duration::from_millis(200);
/// Faults of a node that have not ended.
pub const FAULTS_MAX: usize = 16;
/// How long a network is cut at the most.
pub const CUT_TIME_MAX: Duration = Duration::from_secs(600);
/// How long a daemon is frozen at the most.
pub const FREEZE_TIME_MAX: Duration = Duration::from_secs(60);
/// Jobs that wait for the store's thread; beyond it callers wait.
pub const STORE_QUEUE_MAX: usize = 256;

/// How long after its answer a daemon goes over to the next program, so that whoever asked learns of it.
pub const UPGRADE_DELAY: Duration = Duration::from_millis(200);

/// The installed program says within this time whether it could go on.
pub const UPGRADE_CHECK_TIME_MAX: Duration = Duration::from_secs(20);

/// Of what it says, so many characters are passed on.
pub const UPGRADE_DETAIL_LEN_MAX: usize = 500;

/// Whoever waits for the end of an upgrade looks this often, and gives up after so long.
pub const UPGRADE_LOOK: Duration = Duration::from_millis(100);
/// See [`UPGRADE_LOOK`].
pub const UPGRADE_TIME_MAX: Duration = Duration::from_secs(30);
