//! The engine as its users see it: start it, command it, watch it.
//!
//! A handle is cheap to clone; everything goes to the one driver that owns the core.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use evenkeel_core::config::model::ClusterConfig;
use evenkeel_core::ids::{Incarnation, NodeId};

/// What an engine needs to start.
#[derive(Clone)]
pub struct EngineConfig {
    /// This node.
    pub node: NodeId,
    /// The cluster.
    pub cluster: ClusterConfig,
    /// The cluster's secret: authenticates heartbeats, keys the flow hash.
    pub secret: [u8; 32],
    /// Greater than at any earlier start of this node.
    pub incarnation: Incarnation,
    /// Folder with a folder per module: `bin/` with the scripts, `var/` with their output.
    pub modules_dir: PathBuf,
    /// Where the bpf file system is mounted; the fence is pinned below it.
    pub bpffs: PathBuf,
    /// Environment given to every script, beside the documented variables.
    pub script_env: BTreeMap<String, String>,
    /// Replaces the LAN addresses that heartbeats are bound to and sent to; for tests on loopback,
    /// by node number. Empty in production.
    pub heartbeat_addrs: Vec<SocketAddr>,
}
