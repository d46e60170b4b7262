//! Waiting until a farm is at rest: the nodes that should be are members of one view, and every
//! bucket is open at one of them.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use evenkeel_client::types::{ModuleStatus, Phase, Readiness};
use tokio::time::sleep;

use super::{Farm, MODULE, plan};

/// Buckets of a group.
const BUCKETS: u32 = 4096;

/// How often the nodes are asked.
const POLL: Duration = Duration::from_millis(20);

impl Farm {
    /// Waits until these nodes, and no others, are members of one view of the usual module, each UP
    /// (Ready), and every bucket is open at exactly one of them. Gives the view's epoch.
    ///
    /// # Errors
    ///
    /// When it does not come to that in this time: what is missing.
    pub async fn settled(&self, nodes: &[u8], patience: Duration) -> Result<String> {
        let deadline = Instant::now() + patience;
        loop {
            let missing = match self.epoch_at_rest(nodes).await {
                Ok(epoch) => return Ok(epoch),
                Err(missing) => missing,
            };
            if Instant::now() > deadline {
                let names: Vec<String> = nodes.iter().map(|n| plan::node_name(*n)).collect();
                let names = names.join(", ");
                return Err(missing.context(format!(
                    "{names} are not at rest after {} s",
                    patience.as_secs()
                )));
            }
            sleep(POLL).await;
        }
    }

    /// The epoch of a farm that is at rest; else what is missing.
    async fn epoch_at_rest(&self, nodes: &[u8]) -> Result<String> {
        let expected: BTreeSet<String> = nodes.iter().map(|n| plan::node_name(*n)).collect();
        let mut open = Vec::new();
        let mut epochs = BTreeSet::new();
        for node in nodes {
            let name = plan::node_name(*node);
            let status = self.api(*node)?.status(MODULE, &name).await?;
            epochs.insert(member_of(&status, &expected)?);
            let groups = status.groups.iter().map(|group| group.open);
            if open.is_empty() {
                open = groups.collect();
            } else {
                open.iter_mut().zip(groups).for_each(|(sum, n)| *sum += n);
            }
        }
        if let Some(sum) = open.iter().find(|sum| **sum != BUCKETS) {
            bail!("{sum} of {BUCKETS} buckets of a group are open");
        }
        let epoch = epochs.pop_first().context("nobody was asked")?;
        if let Some(other) = epochs.pop_first() {
            bail!("the nodes are in epochs {epoch} and {other}");
        }
        Ok(epoch)
    }
}

/// The epoch of a node that is ready in a view of these members.
fn member_of(status: &ModuleStatus, expected: &BTreeSet<String>) -> Result<String> {
    let node = &status.node;
    if (status.phase, status.readiness) != (Phase::Up, Readiness::Ready) {
        bail!("{node} is {} ({})", status.phase, status.readiness);
    }
    let members: BTreeSet<String> = status.members.iter().cloned().collect();
    if members != *expected {
        bail!("the members as {node} sees them: {members:?}");
    }
    let epoch = status.epoch.clone();
    epoch.with_context(|| format!("{node} is in no view"))
}
