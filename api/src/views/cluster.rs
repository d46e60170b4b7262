//! The cluster's configuration, and nodes and LANs that come and go.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::node::NodeAddress;
use super::result::NodeResult;

/// A node that is to come.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "node4", "addresses": [{"lan": "default", "address": "192.0.2.4"}]}))]
pub struct NewNode {
    /// Its name, which no other node has.
    #[schema(max_length = 64)]
    pub name: String,
    /// Its address on each LAN that it is on; there is a LAN that has all nodes.
    #[schema(max_items = 16)]
    pub addresses: Vec<NodeAddress>,
}

/// A node that is to go.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"node": "node4", "lost": true, "also": ["node5"]}))]
pub struct GoneNode {
    /// Its name.
    #[schema(max_length = 64)]
    pub node: String,
    /// Whether its machine is off for good and is not asked.
    #[serde(default)]
    pub lost: bool,
    /// Others whose machines are off for good, and which go with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 64)]
    pub also: Vec<String>,
}

impl GoneNode {
    /// Whether a node goes.
    pub fn has(&self, name: &str) -> bool {
        self.node == name || self.also.iter().any(|also| also == name)
    }
}

/// A LAN that is to come.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "backup", "addresses": [
    {"node": "node1", "address": "198.51.100.1"}, {"node": "node2", "address": "198.51.100.2"}
]}))]
pub struct NewLan {
    /// Its name, which no other LAN has.
    #[schema(max_length = 64)]
    pub name: String,
    /// The address on it of each node that is on it: two at the least.
    #[schema(max_items = 64)]
    pub addresses: Vec<LanAddress>,
}

/// A node's address on a LAN.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"node": "node1", "address": "198.51.100.1"}))]
pub struct LanAddress {
    /// The node.
    #[schema(max_length = 64)]
    pub node: String,
    /// Its IPv4 or IPv6 address.
    #[schema(max_length = 64)]
    pub address: String,
}

/// A LAN that is to go.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "backup"}))]
pub struct GoneLan {
    /// Its name.
    #[schema(max_length = 64)]
    pub name: String,
}

/// A change of who is there, and on which LANs: one of these.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"add": {"name": "node4", "addresses": [{"lan": "default", "address": "192.0.2.4"}]}}))]
pub struct ClusterChange {
    /// The node that comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub add: Option<NewNode>,
    /// The node that goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remove: Option<GoneNode>,
    /// The LAN that comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub add_lan: Option<NewLan>,
    /// The LAN that goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remove_lan: Option<GoneLan>,
}

/// The nodes of the cluster are others, or its LANs.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "revision": 1, "complete": true, "nodes": [{"node": "node1", "ok": true}, {"node": "node2", "ok": true}]
}))]
pub struct ClusterChanged {
    /// How often nodes and LANs came and went, this change among them.
    #[schema(format = "uint64", minimum = 0)]
    pub revision: u64,
    /// Whether every node has the configuration in force. All have accepted it; who lacks it takes it by itself.
    pub complete: bool,
    /// One per node that stays.
    pub nodes: Vec<NodeResult>,
}

/// A configuration of the cluster.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "configuration": "<cluster revision=\"1\">\n  <lans>\n    <lan name=\"default\">\n      <node name=\"node1\" addr=\"192.0.2.1\"/>\n      <node name=\"node2\" addr=\"192.0.2.2\"/>\n    </lan>\n  </lans>\n</cluster>\n"
}))]
pub struct ClusterFile {
    /// `cluster.xml`.
    #[schema(max_length = 65_536)]
    pub configuration: String,
}

/// Where a node is with the cluster's configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "revision": 1, "leaving": false,
    "configuration": "<cluster revision=\"1\">\n  <lans>\n    <lan name=\"default\">\n      <node name=\"node1\" addr=\"192.0.2.1\"/>\n      <node name=\"node2\" addr=\"192.0.2.2\"/>\n    </lan>\n  </lans>\n</cluster>\n"
}))]
pub struct ClusterState {
    /// How often nodes and LANs came and went as far as this one has it in force.
    #[schema(format = "uint64", minimum = 0)]
    pub revision: u64,
    /// What is in force, as `cluster.xml`.
    pub configuration: String,
    /// The revision that it has accepted beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uint64", minimum = 0)]
    pub next: Option<u64>,
    /// Whether that one is without this node: no module starts here.
    pub leaving: bool,
}
