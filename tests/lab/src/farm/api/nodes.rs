//! Nodes and LANs that come to the cluster and go.

use std::time::Duration;

use anyhow::{Result, anyhow};
use evenkeel_client::types::{
    ClusterChanged, LanAddress, MadeJoinToken, NewJoinToken, NewLan, NewNode, NodeAddress,
};

use super::{Api, Refusal};
use crate::farm::plan::{self, Family, Net};

/// How long a change of the cluster may take: each of its steps asks all nodes.
const CHANGE_TIME_MAX: Duration = Duration::from_secs(40);

impl Api {
    /// Adds a node to the cluster, at its address.
    ///
    /// # Errors
    ///
    /// When the node that is asked cannot be.
    pub async fn add_node(&self, number: u8) -> Result<Result<ClusterChanged, Refusal>> {
        let node = NewNode {
            name: plan::node_name(number).parse()?,
            addresses: vec![NodeAddress {
                lan: "default".to_owned(),
                address: plan::node_addr(number).to_string(),
            }],
        };
        let add = |client: evenkeel_client::Client| async move {
            client.add_node().body(node).send().await
        };
        self.call_within(CHANGE_TIME_MAX, add).await
    }

    /// Removes a node from the cluster.
    ///
    /// # Errors
    ///
    /// When the node that is asked cannot be.
    pub async fn remove_node(
        &self,
        number: u8,
        lost: bool,
    ) -> Result<Result<ClusterChanged, Refusal>> {
        let node = plan::node_name(number);
        let remove = move |client: evenkeel_client::Client| async move {
            let remove = client.remove_node().node(node).lost(lost);
            remove.send().await
        };
        self.call_within(CHANGE_TIME_MAX, remove).await
    }

    /// Adds the second segment to the cluster as a LAN, with these nodes on it.
    ///
    /// # Errors
    ///
    /// When the node that is asked cannot be.
    pub async fn add_lan(
        &self,
        name: &str,
        numbers: impl Iterator<Item = u8>,
    ) -> Result<Result<ClusterChanged, Refusal>> {
        let address = |number| {
            let address = Net::Second.host(Family::V4, number).to_string();
            anyhow::Ok(LanAddress {
                node: plan::node_name(number).parse()?,
                address: address.parse()?,
            })
        };
        let lan = NewLan {
            name: name.parse()?,
            addresses: numbers.map(address).collect::<Result<_>>()?,
        };
        let add = |client: evenkeel_client::Client| async move {
            client.add_lan().body(lan).send().await
        };
        self.call_within(CHANGE_TIME_MAX, add).await
    }

    /// Removes a LAN from the cluster.
    ///
    /// # Errors
    ///
    /// When the node that is asked cannot be.
    pub async fn remove_lan(&self, name: &str) -> Result<Result<ClusterChanged, Refusal>> {
        let name = name.to_owned();
        let remove = |client: evenkeel_client::Client| async move {
            client.remove_lan().lan(name).send().await
        };
        self.call_within(CHANGE_TIME_MAX, remove).await
    }

    /// Whether this node has a module's configuration.
    ///
    /// # Errors
    ///
    /// When the node cannot be asked.
    pub async fn has_module(&self, module: &'static str) -> Result<bool> {
        let listed = self.call(move |client| async move {
            let listed = client.list_revisions().module(module);
            listed.send().await
        });
        Ok(listed.await?.is_ok())
    }

    /// A token with which a machine joins as this node.
    ///
    /// # Errors
    ///
    /// When the API refuses.
    pub async fn join_token(&self, node: &str) -> Result<MadeJoinToken> {
        let new = NewJoinToken {
            node: node.parse()?,
            valid_s: None,
        };
        let make = |client: evenkeel_client::Client| async move {
            client.create_join_token().body(new).send().await
        };
        let made = self.call(make).await?;
        made.map_err(|refusal| anyhow!("a token for {node}: {refusal}"))
    }
}
