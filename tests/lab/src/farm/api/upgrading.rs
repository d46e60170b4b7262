//! Daemons that go over to the installed program.

use anyhow::{Result, anyhow};
use evenkeel_client::Client;
use evenkeel_client::types::Upgrade;

use super::{Api, Refusal};

impl Api {
    /// Lets the daemon that is asked go over to the installed program.
    ///
    /// # Errors
    ///
    /// When the node cannot be asked.
    pub async fn upgrade(&self) -> Result<Result<Upgrade, Refusal>> {
        let upgrade =
            |client: Client| async move { client.upgrade_daemon().node("self").send().await };
        self.call(upgrade).await
    }

    /// Where that is.
    ///
    /// # Errors
    ///
    /// When the node cannot be asked, or refuses.
    pub async fn upgrade_status(&self) -> Result<Upgrade> {
        let get = |client: Client| async move { client.get_upgrade().node("self").send().await };
        let answer = self.call(get).await?;
        answer.map_err(|refusal| anyhow!("the state of an upgrade: {refusal}"))
    }
}
