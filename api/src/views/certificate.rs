//! The nodes' certificates.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::Problem;

/// The certificate that a node shows, and whom it believes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "node": "node1",
    "fingerprint": "2C:F2:4D:BA:5F:B0:A3:0E:26:E8:3B:2A:C5:B9:E2:9E:1B:16:1E:5C:1F:A7:42:5E:73:04:33:62:93:8B:98:24",
    "names": ["node1", "localhost", "127.0.0.1", "192.0.2.1", "::1"],
    "not_before": "2026-11-22T02:00:00.000Z", "not_after": "2027-11-23T02:00:00.000Z",
    "authorities": ["9E:1B:16:1E:5C:1F:A7:42:5E:73:04:33:62:93:8B:98:24:2C:F2:4D:BA:5F:B0:A3:0E:26:E8:3B:2A:C5:B9:E2"]
}))]
pub struct NodeCertificate {
    /// The node.
    pub node: String,
    /// SHA-256 of the certificate.
    pub fingerprint: String,
    /// The names and addresses that it is for.
    pub names: Vec<String>,
    /// From when on it is valid.
    #[schema(format = DateTime)]
    pub not_before: String,
    /// Until when; the node makes another one 120 days before.
    #[schema(format = DateTime)]
    pub not_after: String,
    /// SHA-256 of the certificates of the authorities that the node believes: the one that signs first, and while
    /// it is being replaced another one.
    pub authorities: Vec<String>,
}

/// The certificates of all nodes.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"complete": true, "nodes": [{"node": "node1", "certificate": {
    "node": "node1",
    "fingerprint": "2C:F2:4D:BA:5F:B0:A3:0E:26:E8:3B:2A:C5:B9:E2:9E:1B:16:1E:5C:1F:A7:42:5E:73:04:33:62:93:8B:98:24",
    "names": ["node1"],
    "not_before": "2026-11-22T02:00:00.000Z", "not_after": "2027-11-23T02:00:00.000Z",
    "authorities": ["9E:1B:16:1E:5C:1F:A7:42:5E:73:04:33:62:93:8B:98:24:2C:F2:4D:BA:5F:B0:A3:0E:26:E8:3B:2A:C5:B9:E2"]
}}]}))]
pub struct CertificateList {
    /// Whether every node answered.
    pub complete: bool,
    /// By the order of the cluster.
    pub nodes: Vec<CertificateAtNode>,
}

/// A node's certificate, or why it is not known.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct CertificateAtNode {
    /// The node.
    pub node: String,
    /// Its certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<NodeCertificate>,
    /// Why it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}
