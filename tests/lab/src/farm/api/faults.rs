//! Faults that a daemon does to its own node.

use anyhow::Result;
use evenkeel_client::Client;
use evenkeel_client::types::{CutRequest, CutWay, Fault, FaultList, FreezeRequest};

use super::{Api, Refusal};

impl Api {
    /// Cuts a LAN of the node that is asked.
    ///
    /// # Errors
    ///
    /// When the node cannot be asked.
    pub async fn cut_lan(
        &self,
        lan: &str,
        way: CutWay,
        duration_ms: u64,
    ) -> Result<Result<Fault, Refusal>> {
        let request = CutRequest {
            lan: lan.to_owned(),
            way: Some(way),
            duration_ms: duration_ms.try_into()?,
        };
        let cut = |client: Client| async move {
            client.cut_lan().node("self").body(request).send().await
        };
        self.call(cut).await
    }

    /// Freezes the daemon that is asked.
    ///
    /// # Errors
    ///
    /// When the node cannot be asked.
    pub async fn freeze(&self, duration_ms: u64) -> Result<Result<Fault, Refusal>> {
        let request = FreezeRequest {
            duration_ms: duration_ms.try_into()?,
        };
        let freeze = |client: Client| async move {
            client
                .freeze_daemon()
                .node("self")
                .body(request)
                .send()
                .await
        };
        self.call(freeze).await
    }

    /// Ends a fault of the node that is asked.
    ///
    /// # Errors
    ///
    /// When the node cannot be asked.
    pub async fn end_fault(&self, id: u64) -> Result<Result<Fault, Refusal>> {
        let id = std::num::NonZeroU64::try_from(id)?;
        let end = move |client: Client| async move {
            client.end_fault().node("self").fault(id).send().await
        };
        self.call(end).await
    }

    /// The faults of a node that have not ended.
    ///
    /// # Errors
    ///
    /// When the node cannot be asked.
    pub async fn faults(&self, node: &str) -> Result<Result<FaultList, Refusal>> {
        let node = node.to_owned();
        let list = |client: Client| async move { client.list_faults().node(node).send().await };
        self.call(list).await
    }
}
