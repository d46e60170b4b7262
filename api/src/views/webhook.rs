//! Webhooks: who is told of which events, what became of them, and what a receiver gets.

#![allow(
    unused_qualifications,
    reason = "the macro that describes a type repeats the types of its fields"
)]

use std::fmt;

use evenkeel_core::ids::ModuleName;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::feed::{EventKind, FeedEvent};
use super::module::LogLevel;
use super::names::{ModuleId, maybe_whole, whole};
use super::result::NodeResult;
use crate::problem::Problem;
use crate::timestamp;

/// What a webhook is for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "url": "https://pager.example.com/evenkeel", "events": ["state_changed", "peer_lost"], "modules": ["web"]
}))]
pub struct WebhookSettings {
    /// Where events are sent: `https`, or `http` where nobody else listens; without a user, a password and a
    /// fragment.
    #[schema(pattern = "^https?://", max_length = 2048)]
    pub url: String,
    /// Only these kinds of events; absent: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_items = 1, max_items = 64)]
    pub events: Option<Vec<EventKind>>,
    /// Only events about these modules; absent: about all, and about none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<ModuleId>>, inline, min_items = 1, max_items = 64)]
    pub modules: Option<Vec<ModuleName>>,
    /// `normal` leaves verbose events out; there is everything when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<LogLevel>,
    /// `false`: nothing is sent, and nothing waits. `true` when absent.
    #[serde(default = "yes")]
    #[schema(required = false)]
    pub enabled: bool,
    /// Certificates in PEM: the receiver's has to be signed by one of these authorities, or be one of them.
    /// Absent: by one that the node's system trusts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 65536)]
    pub ca: Option<String>,
    /// What signs the events: `whsec_` and 24 to 64 bytes in Base64. No answer has it here. Where it
    /// replaces one, that ends at once. Absent: the webhook keeps its secret, a new one gets one that is made up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        write_only,
        pattern = "^whsec_(?:(?:[A-Za-z0-9+/]{4}){8,20}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?|(?:[A-Za-z0-9+/]{4}){21}(?:[A-Za-z0-9+/]{2}==)?)$"
    )]
    pub secret: Option<String>,
}

const fn yes() -> bool {
    true
}

impl Default for WebhookSettings {
    fn default() -> Self {
        Self {
            url: String::new(),
            events: None,
            modules: None,
            level: None,
            enabled: true,
            ca: None,
            secret: None,
        }
    }
}

impl fmt::Debug for WebhookSettings {
    /// Leaves the secret out, and the URL, which can have one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookSettings")
            .field("events", &self.events)
            .field("modules", &self.modules)
            .field("level", &self.level)
            .field("enabled", &self.enabled)
            .finish_non_exhaustive()
    }
}

/// How a webhook's secret is replaced.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"overlap_s": 86400}))]
pub struct WebhookRotation {
    /// Seconds for which the former secret signs, too, up to 30 days; a day when absent.
    #[serde(
        default,
        deserialize_with = "maybe_whole",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(format = "uint32", minimum = 0, maximum = 2_592_000)]
    pub overlap_s: Option<u32>,
}

/// A webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "name": "pager",
    "settings": {"url": "https://pager.example.com/evenkeel", "events": ["state_changed"], "enabled": true},
    "changed_at": "2026-11-23T02:00:00.000Z", "changed_by": "admin"
}))]
pub struct Webhook {
    /// The name.
    pub name: String,
    /// What it is for.
    pub settings: WebhookSettings,
    /// When it was made or changed.
    #[schema(format = DateTime)]
    pub changed_at: String,
    /// By whom.
    pub changed_by: String,
    /// Until when the secret that was replaced signs, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub former_until: Option<String>,
}

/// The webhooks that the answering node knows.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"webhooks": [{
    "name": "pager",
    "settings": {"url": "https://pager.example.com/evenkeel", "enabled": true},
    "changed_at": "2026-11-23T02:00:00.000Z", "changed_by": "admin"
}]}))]
pub struct WebhookList {
    /// By name.
    pub webhooks: Vec<Webhook>,
}

/// A webhook that was made or changed.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "secret": "whsec_Zm91ciBzY29yZSBhbmQgc2V2ZW4geWVhcnMgYWdvIG8=",
    "webhook": {
        "name": "pager",
        "settings": {"url": "https://pager.example.com/evenkeel", "enabled": true},
        "changed_at": "2026-11-23T02:00:00.000Z", "changed_by": "admin"
    },
    "complete": true, "nodes": [{"node": "node1", "ok": true, "generation": 42}]
}))]
pub struct MadeWebhook {
    /// The secret that was made up for it, for the receiver: it is shown this once. Absent where the caller
    /// gave one, or it stays as it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// The webhook.
    pub webhook: Webhook,
    /// Whether every node has it.
    pub complete: bool,
    /// One per node, in the order of the cluster.
    pub nodes: Vec<NodeResult>,
}

impl fmt::Debug for MadeWebhook {
    /// Leaves the secret out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("MadeWebhook");
        out.field("webhook", &self.webhook).finish_non_exhaustive()
    }
}

/// A webhook as one node is given it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "settings": {
        "url": "https://pager.example.com/evenkeel", "secret": "whsec_Zm91ciBzY29yZSBhbmQgc2V2ZW4geWVhcnMgYWdvIG8="
    },
    "changed_at": "2026-11-23T02:00:00.000Z", "changed_by": "admin"
}))]
pub struct WebhookOnNode {
    /// What it is for; with the secret.
    pub settings: WebhookSettings,
    /// When it was made or changed.
    #[serde(deserialize_with = "timestamp::instant")]
    #[schema(format = DateTime)]
    pub changed_at: String,
    /// By whom.
    pub changed_by: String,
    /// The secret that was replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former: Option<FormerWebhookSecret>,
}

/// A secret that was replaced and signs for a while, too.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "secret": "whsec_Zm91ciBzY29yZSBhbmQgc2V2ZW4geWVhcnMgYWdvIG8=", "until_s": 1_795_489_200
}))]
pub struct FormerWebhookSecret {
    /// The secret: `whsec_` and 24 to 64 bytes in Base64.
    #[schema(
        pattern = "^whsec_(?:(?:[A-Za-z0-9+/]{4}){8,20}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?|(?:[A-Za-z0-9+/]{4}){21}(?:[A-Za-z0-9+/]{2}==)?)$"
    )]
    pub secret: String,
    /// Until when it signs, in seconds since 1970.
    #[serde(deserialize_with = "whole")]
    #[schema(format = "uint64", minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub until_s: u64,
}

impl fmt::Debug for FormerWebhookSecret {
    /// Leaves the secret out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("FormerWebhookSecret");
        out.field("until_s", &self.until_s).finish_non_exhaustive()
    }
}

/// What a receiver did with a try.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"at": "2026-11-23T02:00:00.000Z", "time_ms": 12, "status": 204}))]
pub struct WebhookAnswer {
    /// When the try began.
    #[schema(format = DateTime)]
    pub at: String,
    /// How long it took.
    #[schema(format = "uint64", minimum = 0)]
    pub time_ms: u64,
    /// The status code that the receiver answered; 200 to 299: it has the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = "uint32", minimum = 100, maximum = 999)]
    pub status: Option<u16>,
    /// Why the receiver did not answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// What became of a node's events for a webhook, since the node's daemon was started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "waiting": 0, "delivered": 17, "failed": 0, "dropped": 0, "gone": false,
    "last": {"at": "2026-11-23T02:00:00.000Z", "time_ms": 12, "status": 204}
}))]
pub struct WebhookDeliveries {
    /// Events that the receiver does not have yet.
    #[schema(format = "uint64", minimum = 0)]
    pub waiting: u64,
    /// Events that it has.
    #[schema(format = "uint64", minimum = 0)]
    pub delivered: u64,
    /// Events that were given up after 6 hours of tries, or because the receiver wants no more.
    #[schema(format = "uint64", minimum = 0)]
    pub failed: u64,
    /// Events that were never delivered because more than 1000 waited, or the webhook was disabled.
    #[schema(format = "uint64", minimum = 0)]
    pub dropped: u64,
    /// The receiver answered 410: it wants no more. The webhook's next change, or start of the daemon, tries again.
    pub gone: bool,
    /// What the receiver did last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<WebhookAnswer>,
}

/// A webhook at a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "webhook": {
        "name": "pager",
        "settings": {"url": "https://pager.example.com/evenkeel", "enabled": true},
        "changed_at": "2026-11-23T02:00:00.000Z", "changed_by": "admin"
    },
    "deliveries": {"waiting": 0, "delivered": 17, "failed": 0, "dropped": 0, "gone": false}
}))]
pub struct NodeWebhook {
    /// The webhook.
    pub webhook: Webhook,
    /// What became of the node's events.
    pub deliveries: WebhookDeliveries,
}

/// A webhook at all nodes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "webhook": {
        "name": "pager",
        "settings": {"url": "https://pager.example.com/evenkeel", "enabled": true},
        "changed_at": "2026-11-23T02:00:00.000Z", "changed_by": "admin"
    },
    "complete": true,
    "nodes": [{
        "node": "node1",
        "deliveries": {"waiting": 0, "delivered": 17, "failed": 0, "dropped": 0, "gone": false}
    }]
}))]
pub struct WebhookStatus {
    /// The webhook, as it was changed last.
    pub webhook: Webhook,
    /// Whether every node has it like this.
    pub complete: bool,
    /// One per node, in the order of the cluster.
    pub nodes: Vec<WebhookAtNode>,
}

/// What became of one node's events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "node": "node1",
    "deliveries": {"waiting": 0, "delivered": 17, "failed": 0, "dropped": 0, "gone": false}
}))]
pub struct WebhookAtNode {
    /// The node's name.
    pub node: String,
    /// What became of its events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deliveries: Option<WebhookDeliveries>,
    /// Why that is not known, or that the node has the webhook otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// What the receiver did with each node's test. From at least one node it took it; else the answer is a problem.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "complete": true,
    "nodes": [{"node": "node1", "answer": {"at": "2026-11-23T02:00:00.000Z", "time_ms": 12, "status": 204}}]
}))]
pub struct WebhookTrial {
    /// Whether the receiver took it from every node.
    pub complete: bool,
    /// One per node, in the order of the cluster.
    pub nodes: Vec<NodeWebhookTrial>,
}

/// What the receiver did with one node's test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "node": "node1", "answer": {"at": "2026-11-23T02:00:00.000Z", "time_ms": 12, "status": 204}
}))]
pub struct NodeWebhookTrial {
    /// The node's name.
    pub node: String,
    /// What the receiver answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<WebhookAnswer>,
    /// Why the receiver does not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// What a webhook's receiver gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "type": "state_changed", "timestamp": "2026-11-23T02:00:00.123Z",
    "data": {
        "id": "4-17", "at": "2026-11-23T02:00:00.123Z", "node": "node1", "kind": "state_changed",
        "level": "normal", "message": "Local state UP (Ready)", "module": "web", "phase": "UP",
        "readiness": "Ready"
    }
}))]
pub struct WebhookEvent {
    /// What kind of event it is.
    #[serde(rename = "type")]
    pub kind: EventKind,
    /// When it happened, by the node's clock.
    #[schema(format = DateTime)]
    pub timestamp: String,
    /// The event, as those get it who follow.
    pub data: FeedEvent,
}
