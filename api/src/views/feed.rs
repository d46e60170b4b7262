//! What happens on the nodes, as it happens.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::module::{LogLevel, Phase, Readiness};

/// Something happened on a node. Which fields there are beside those of every event depends on its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": "4-17", "at": "2026-11-23T02:00:00.123Z", "node": "node1", "kind": "state_changed",
    "level": "normal", "message": "Local state UP (Ready)", "module": "web", "phase": "UP",
    "readiness": "Ready"
}))]
pub struct FeedEvent {
    /// Where to go on from after this event: `after` or `Last-Event-ID`.
    pub id: String,
    /// When, by the node's clock.
    #[schema(format = DateTime)]
    pub at: String,
    /// The node's name.
    pub node: String,
    /// What kind of event it is.
    pub kind: EventKind,
    /// Who reads it.
    pub level: LogLevel,
    /// In words, as in the module's log.
    pub message: String,
    /// The module; absent where it is about the node or its peers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module: Option<String>,
    /// The state's phase (`state_changed`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// How settled the phase is (`state_changed`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub readiness: Option<Readiness>,
    /// The action (`action_called`, `rule_acted`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// The failover rule (`rule_acted`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Who asked for it or set it (`action_called`, `resource_set`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The resource (`resource_set`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// Its value (`resource_set`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The script (`script_started`, `script_ended`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub script: Option<String>,
    /// The other node (`peer_heard`, `peer_lost`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peer: Option<String>,
    /// The epoch in force (`view_changed`, `share_opened`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epoch: Option<String>,
    /// The farm's members (`view_changed`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub members: Vec<String>,
}

/// What can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "state_changed")]
pub enum EventKind {
    /// Nothing did: the first event of a stream, which says where it begins.
    StreamOpened,
    /// More happened than is kept, or the daemon was started anew: events are missing here.
    EventsLost,
    /// A node of the cluster does not answer; its events follow when it does again, where they are kept.
    NodeUnreachable,
    /// Somebody asked for an action on a module.
    ActionCalled,
    /// A failover rule acts on a module.
    RuleActed,
    /// A resource of a module has another value.
    ResourceSet,
    /// A process or service that has to run does not, or there are too few or too many of it.
    ProcessFailed,
    /// A module starts by itself: the second half of a stopstart.
    StartsAgain,
    /// A module starts because its machine, or the daemon, was started.
    StartsAtBoot,
    /// What becomes of the reboot that `automatic_reboot` of a module asks for.
    Reboot,
    /// A module's state on this node changed.
    StateChanged,
    /// A script was started.
    ScriptStarted,
    /// A script ended.
    ScriptEnded,
    /// A module's members or tables changed.
    ViewChanged,
    /// Every bucket that this node owns in this epoch is open.
    ShareOpened,
    /// A drain came to its end: the others have the share, no connection is left.
    Drained,
    /// Another node is heard that was not.
    PeerHeard,
    /// Another node is not heard any more.
    PeerLost,
    /// This node hears nothing on the interfaces of the virtual IP and leaves it to the others.
    NothingReceived,
    /// This part of the farm is too small to serve (`isolation="fence"`).
    Isolated,
    /// A script or a user wrote a line into a module's log.
    MessageWritten,
    /// A virtual address stands here.
    VirtualIpSet,
    /// The network side of a module could not be brought up.
    TrafficFailed,
    /// Nothing did: somebody tests a webhook, and its receiver alone gets this.
    WebhookTested,
}

impl EventKind {
    /// Whether it is about the stream and not about what a client follows.
    pub const fn is_of_the_stream(self) -> bool {
        matches!(
            self,
            Self::StreamOpened | Self::EventsLost | Self::NodeUnreachable
        )
    }

    /// As in the API.
    pub fn name(self) -> String {
        let name = serde_json::to_value(self).unwrap_or_default();
        name.as_str().unwrap_or_default().to_owned()
    }
}

impl FeedEvent {
    /// One with the fields that every event has.
    pub fn new(node: &str, kind: EventKind, message: impl ToString) -> Self {
        Self {
            id: String::new(),
            at: crate::timestamp::now(),
            node: node.to_owned(),
            kind,
            level: LogLevel::Normal,
            message: message.to_string(),
            module: None,
            phase: None,
            readiness: None,
            action: None,
            rule: None,
            by: None,
            resource: None,
            value: None,
            script: None,
            peer: None,
            epoch: None,
            members: Vec::new(),
        }
    }
}
