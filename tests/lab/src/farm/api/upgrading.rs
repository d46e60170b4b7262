//! Daemons that go over to the installed program.

use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, ensure};
use evenkeel_client::Client;
use evenkeel_client::types::{Upgrade, UpgradeState};
use tokio::time::sleep;

use super::{Api, POLL, Refusal};

impl Api {
    /// Lets the daemon that is asked go over to the installed program, which begins soon.
    ///
    /// # Errors
    ///
    /// When the node cannot be asked.
    pub async fn upgrade(&self) -> Result<Result<Upgrade, Refusal>> {
        let upgrade =
            |client: Client| async move { client.upgrade_daemon().node("self").send().await };
        self.call(upgrade).await
    }

    /// The same, and waits until it has.
    ///
    /// # Errors
    ///
    /// When the daemon refuses, goes on itself, or the other one is not there in this time.
    pub async fn go_over(&self, patience: Duration) -> Result<()> {
        let begun = self.upgrade().await?;
        let begun = begun.map_err(|refusal| anyhow!("the upgrade of a daemon: {refusal}"))?;
        let get = |client: Client| async move { client.get_upgrade().node("self").send().await };
        let deadline = Instant::now() + patience;
        loop {
            // Whoever asks while the one goes over to the other may have no answer.
            if let Ok(Ok(now)) = self.call(get).await {
                ensure!(now.state != UpgradeState::Failed, "{now:?}");
                if now.began_at == begun.began_at && now.state == UpgradeState::Succeeded {
                    return Ok(());
                }
            }
            ensure!(
                Instant::now() < deadline,
                "the upgrade does not end: {begun:?}"
            );
            sleep(POLL).await;
        }
    }
}
