//! Draining nodes, what is done node by node, and stopping by force, which drains nothing.

use std::time::Duration;

use anyhow::{Result, anyhow};
use evenkeel_client::types;

use super::{Api, CALL_TIME_MAX, Refusal, all_took_it};

impl Api {
    /// Drains a node of a module's traffic.
    ///
    /// # Errors
    ///
    /// When the node cannot be asked.
    pub async fn try_drain(
        &self,
        module: &str,
        nodes: Vec<String>,
    ) -> Result<Result<types::NodeResults, Refusal>> {
        let (module, nodes) = (
            module.to_owned(),
            types::NodeSelection { nodes: Some(nodes) },
        );
        self.call(|client| async move {
            let drain = client.drain_module().module(module);
            drain.body(nodes).send().await
        })
        .await
    }

    /// Drains nodes of a module's traffic; an error unless all of them took it.
    ///
    /// # Errors
    ///
    /// When one did not.
    pub async fn drain(&self, module: &str, nodes: Vec<String>) -> Result<()> {
        all_took_it("drain", self.try_drain(module, nodes).await?)
    }

    /// Stops a module by force on nodes; an error unless all of them took it.
    ///
    /// # Errors
    ///
    /// When one did not.
    pub async fn forcestop(&self, module: &str, nodes: Vec<String>) -> Result<()> {
        let module = module.to_owned();
        let nodes = types::NodeSelection { nodes: Some(nodes) };
        let answer = self.call(|client| async move {
            let forced = client.forcestop_module().module(module);
            forced.body(nodes).send().await
        });
        all_took_it("forcestop", answer.await?)
    }

    /// Gives nodes a share again; an error unless all of them took it.
    ///
    /// # Errors
    ///
    /// When one did not.
    pub async fn undrain(&self, module: &str, nodes: Vec<String>) -> Result<()> {
        let (module, nodes) = (
            module.to_owned(),
            types::NodeSelection { nodes: Some(nodes) },
        );
        let answer = self.call(|client| async move {
            let undrain = client.undrain_module().module(module);
            undrain.body(nodes).send().await
        });
        all_took_it("undrain", answer.await?)
    }

    /// Restarts a module's application node by node, and gives what became of it.
    ///
    /// # Errors
    ///
    /// When the node refuses it, or it has not ended in this time.
    pub async fn roll(&self, module: &str, patience: Duration) -> Result<types::Operation> {
        let name = module.to_owned();
        let begun = self.call(|client| async move {
            let roll = client.roll_module().module(name);
            roll.body(types::RollingRequest::default()).send().await
        });
        let begun = begun
            .await?
            .map_err(|refusal| anyhow!("rolling {module}: {refusal}"))?;
        let timeout_ms = u64::try_from(patience.as_millis())?;
        let ended = self.call_within(patience + CALL_TIME_MAX, move |client| async move {
            let wait = client.wait_for_operation().node(begun.node);
            let wait = wait.module(begun.module).operation(begun.id);
            wait.timeout_ms(timeout_ms).send().await
        });
        ended
            .await?
            .map_err(|refusal| anyhow!("following the operation: {refusal}"))
    }
}
