//! The packet path: interfaces, buckets and their owners, shares, the owner of a flow.

use evenkeel_engine::ports as engine;
use evenkeel_packet::Reason;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether a module's scripts want its traffic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"open": true}))]
pub struct ScriptTraffic {
    /// Whether the node is to have its share.
    pub open: bool,
}

/// A network interface of a module on one node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "name": "eth0", "mac": "02:00:00:00:00:01", "entry_mode": "vmac_directed",
    "virtual_addresses": ["192.0.2.100"], "answers": "everybody"
}))]
pub struct ModuleInterface {
    /// Its name.
    pub name: String,
    /// This node's own MAC address there.
    pub mac: String,
    /// How packets for the virtual addresses reach the nodes.
    pub entry_mode: EntryMode,
    /// The MAC address that the virtual addresses resolve to in `vmac_invisible`; in
    /// `vmac_directed` there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub virtual_mac: Option<String>,
    /// The virtual addresses.
    pub virtual_addresses: Vec<String>,
    /// Whom this node answers that asks for them (ARP, neighbour discovery).
    pub answers: Answers,
}

/// How packets for a virtual address reach the nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntryMode {
    /// It resolves to the MAC address of one node, which forwards to the owners.
    VmacDirected,
    /// It resolves to a MAC address that no frame carries as source: every node sees every packet.
    VmacInvisible,
}

/// Whom a node answers that asks for a virtual address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Answers {
    /// Nobody: another node does, or the traffic is not open here.
    Nobody,
    /// Everybody: it is the entry node.
    Everybody,
    /// Those whose bucket is this node's, by a rule for ARP.
    Share,
}

/// A node's power in a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"node": "node1", "power": 1}))]
pub struct NodePower {
    /// The node's name.
    pub node: String,
    /// Its weight relative to the others'; zero: it takes no traffic.
    #[schema(format = "uint32", minimum = 0)]
    pub power: u32,
}

/// How a group's traffic is shared: as configured, and as measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "name": "web", "flows_opened": 2010, "missing": ["node3"],
    "nodes": [
        {"node": "node1", "power": 1, "buckets": 1366, "percent": 33.35, "flows_opened": 1000, "measured_percent": 49.75},
        {"node": "node2", "power": 1, "buckets": 1365, "percent": 33.33, "flows_opened": 1010, "measured_percent": 50.25},
        {"node": "node3", "power": 1, "buckets": 1365, "percent": 33.33}
    ]
}))]
pub struct GroupShares {
    /// Its name.
    pub name: String,
    /// Flows opened on all nodes that are counted, on each since it opened its traffic.
    #[schema(format = "uint64", minimum = 0)]
    pub flows_opened: u64,
    /// The nodes whose flows are not counted, because their state could not be had; `nodes` of the
    /// module says why.
    pub missing: Vec<String>,
    /// The share of each node of the cluster, in its order.
    pub nodes: Vec<NodeShare>,
}

/// A node's share of a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "node": "node1", "power": 1, "buckets": 2048, "percent": 50.0, "flows_opened": 1000,
    "measured_percent": 49.75
}))]
pub struct NodeShare {
    /// The node's name.
    pub node: String,
    /// Its power as configured.
    #[schema(format = "uint32", minimum = 0)]
    pub power: u32,
    /// Its buckets, of 4096, in the newest epoch that a node has in force; zero for a node that is
    /// no member.
    #[schema(format = "uint32", minimum = 0)]
    pub buckets: u32,
    /// The same in percent.
    pub percent: f64,
    /// Flows that it opened since it opened its traffic; absent where its state could not be had.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uint64", minimum = 0)]
    pub flows_opened: Option<u64>,
    /// The same in percent of the flows of all nodes that are counted; absent while there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measured_percent: Option<f64>,
}

/// Who owns the buckets of a module's groups, as seen from one node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "module": "web", "node": "node1", "epoch": "7.0",
    "groups": [{"name": "http", "runs": [
        {"first": 0, "count": 2048, "owner": "node1", "state": "mine"},
        {"first": 2048, "count": 2048, "owner": "node2", "state": "foreign"}
    ]}]
}))]
pub struct ModuleBuckets {
    /// The module.
    pub module: String,
    /// The node's name.
    pub node: String,
    /// The epoch of the tables in force; absent before the first, when every bucket is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epoch: Option<String>,
    /// The groups asked for, in the order of the configuration.
    pub groups: Vec<GroupBuckets>,
}

/// The buckets of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"name": "http", "runs": [
    {"first": 0, "count": 2048, "owner": "node1", "state": "mine"},
    {"first": 2048, "count": 2048, "owner": "node2", "state": "foreign"}
]}))]
pub struct GroupBuckets {
    /// Its name.
    pub name: String,
    /// Neighbouring buckets of the same owner and state, in order; together they are all 4096.
    pub runs: Vec<BucketRun>,
}

/// Buckets in a row that have owner and state in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "first": 0, "count": 2048, "owner": "node1", "state": "migrating", "previous_owner": "node2",
    "flows_opened": 1000
}))]
pub struct BucketRun {
    /// The number of the first one, 0 to 4095.
    #[schema(format = "uint16", minimum = 0)]
    pub first: u16,
    /// How many there are, 1 to 4096.
    #[schema(format = "uint16", minimum = 0)]
    pub count: u16,
    /// The owner's name; absent: nobody's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Their state on this node.
    pub state: BucketState,
    /// Who owned them before and may still hold connections of them (`migrating`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_owner: Option<String>,
    /// Flows opened in them on this node since it opened its traffic, where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uint64", minimum = 0)]
    pub flows_opened: Option<u64>,
}

/// The state of a bucket where packets pass on a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BucketState {
    /// This node's; nobody else holds connections of it.
    Mine,
    /// This node's; a previous owner may still hold connections of it.
    Migrating,
    /// Another node's.
    Foreign,
    /// Another node's, and this node may still hold connections of it.
    ForeignHeld,
    /// To be this node's, or nobody's yet: this node opens no flow in it.
    Closed,
}

/// A transport protocol, or what has no ports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// TCP.
    #[default]
    Tcp,
    /// UDP.
    Udp,
    /// An echo request (ping) over ICMP or ICMPv6.
    Icmp,
    /// A question for the virtual address: ARP, or neighbour discovery of IPv6.
    Arp,
}

/// Which node a flow belongs to, what a node does with its packets, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "group": "http", "rule": "tcp port 80 on_addr", "hashed": "address", "bucket": 1234,
    "owner": "node2", "state": "foreign",
    "opens": {"action": "forward", "to": "node2", "reason": "forward_owner"},
    "continues": {"action": "forward", "to": "node2", "reason": "forward_owner"},
    "why": "rule tcp port 80 on_addr of group http takes it; the client's address falls into bucket 1234, which belongs to node2 in epoch 7.0; node1 forwards its packets to node2"
}))]
pub struct FlowOwner {
    /// The group whose rule takes the flow; absent: no rule takes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The rule that takes it: protocol, ports, what is hashed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// What of its packets is hashed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hashed: Option<Hashed>,
    /// The bucket that it falls into, 0 to 4095.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uint16", minimum = 0)]
    pub bucket: Option<u16>,
    /// The owner's name; absent: nobody's, packets are dropped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The bucket's state on the node that answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<BucketState>,
    /// Who owned the bucket before and may still hold its connections (`migrating`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_owner: Option<String>,
    /// What the answering node does with a packet that opens the flow: a TCP SYN, a UDP datagram,
    /// an echo request, a question for the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens: Option<FlowVerdict>,
    /// What it does with a TCP segment that continues a connection which it does not hold; one
    /// that it holds is accepted in the states `mine`, `migrating` and `foreign_held`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub continues: Option<FlowVerdict>,
    /// The same in a sentence.
    pub why: String,
}

/// What of a packet is hashed into its bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Hashed {
    /// The client's address.
    Address,
    /// The client's address and port.
    AddressAndPort,
    /// The identification field of the IPv4 header.
    IpId,
}

/// What a node does with a packet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"action": "forward", "to": "node2", "reason": "forward_owner"}))]
pub struct FlowVerdict {
    /// What.
    pub action: FlowAction,
    /// To whom it is forwarded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Why: the name of the counter that such a packet counts in.
    pub reason: String,
}

/// What a node does with a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum FlowAction {
    /// It takes it.
    Accept,
    /// It sends it on to another node.
    Forward,
    /// It ends there.
    Drop,
    /// It answers a question for the virtual address.
    Answer,
}

/// Requests for TCP connections (SYN) that another node was to answer, and what became of those whose node
/// was lost just then, or whose bucket was between two owners: so that no client waits for its own timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "kept": 48211, "taken_in": 31, "handed_on": 0, "answered": 2, "repeated": 1, "failed": 0, "crowded_out": 0
}))]
pub struct Replays {
    /// Kept for a second; most are answered by their node meanwhile.
    #[schema(format = "uint64", minimum = 0)]
    pub kept: u64,
    /// Answered by this node, after it became the owner.
    #[schema(format = "uint64", minimum = 0)]
    pub taken_in: u64,
    /// Sent to the new owner.
    #[schema(format = "uint64", minimum = 0)]
    pub handed_on: u64,
    /// Not replayed: the client was answered before.
    #[schema(format = "uint64", minimum = 0)]
    pub answered: u64,
    /// Not replayed: the client had asked again by itself.
    #[schema(format = "uint64", minimum = 0)]
    pub repeated: u64,
    /// Not replayed: damaged, or it could not be sent.
    #[schema(format = "uint64", minimum = 0)]
    pub failed: u64,
    /// Gone within the second, because there were too many.
    #[schema(format = "uint64", minimum = 0)]
    pub crowded_out: u64,
}

impl Replays {
    /// Each with its name.
    pub const fn counts(&self) -> [(&'static str, u64); 7] {
        [
            ("kept", self.kept),
            ("taken_in", self.taken_in),
            ("handed_on", self.handed_on),
            ("answered", self.answered),
            ("repeated", self.repeated),
            ("failed", self.failed),
            ("crowded_out", self.crowded_out),
        ]
    }
}

impl From<engine::Replays> for Replays {
    fn from(of: engine::Replays) -> Self {
        Self {
            kept: of.kept,
            taken_in: of.taken_in,
            handed_on: of.handed_on,
            answered: of.answered,
            repeated: of.repeated,
            failed: of.failed,
            crowded_out: of.crowded_out,
        }
    }
}

/// The schema of packet counters, with the name of each.
pub fn counters() -> utoipa::openapi::schema::Object {
    use utoipa::openapi::schema::{ObjectBuilder, SchemaFormat, Type};
    let count = ObjectBuilder::new()
        .schema_type(Type::Integer)
        .format(Some(SchemaFormat::Custom("uint64".to_owned())))
        .minimum(Some(0));
    let names: Vec<String> = Reason::ALL
        .iter()
        .map(|reason| format!("* `{}`: {}", reason.name(), reason.description()))
        .collect();
    let description = format!(
        "Packets since the traffic was opened, by verdict and reason; empty while it is closed.\n\n{}",
        names.join("\n")
    );
    ObjectBuilder::new()
        .description(Some(description))
        .property_names(Some(ObjectBuilder::new().schema_type(Type::String)))
        .additional_properties(Some(count))
        .build()
}
