//! What can be done to a node: each returns when it has happened, with the moment it began.

use std::time::Instant;

use anyhow::Result;
use nix::sys::signal::Signal;

use super::{Farm, PATIENCE};

impl Farm {
    /// Pulls the node's cable at the switch.
    ///
    /// # Errors
    ///
    /// When there is no such node.
    pub async fn cut(&self, number: u8) -> Result<Instant> {
        self.set_link(number, false).await
    }

    /// Plugs the node's cable in again.
    ///
    /// # Errors
    ///
    /// When there is no such node.
    pub async fn restore(&self, number: u8) -> Result<Instant> {
        self.set_link(number, true).await
    }

    /// Kills the node's daemon, nothing else.
    ///
    /// # Errors
    ///
    /// When it does not run.
    pub fn kill9(&mut self, number: u8) -> Result<Instant> {
        let at = Instant::now();
        self.node_mut(number)?.kill_daemon()?;
        Ok(at)
    }

    /// Takes the node's power away: the cable is dead first, then every process.
    ///
    /// # Errors
    ///
    /// When there is no such node.
    pub async fn power_off(&mut self, number: u8) -> Result<Instant> {
        let at = self.set_link(number, false).await?;
        self.node_mut(number)?.kill_all()?;
        Ok(at)
    }

    /// Starts the node's daemon again and waits until it answers.
    ///
    /// # Errors
    ///
    /// When it runs already, or does not come up.
    pub async fn restart_daemon(&mut self, number: u8) -> Result<()> {
        let programs = self.programs.clone();
        self.node_mut(number)?.start_daemon(&programs).await?;
        self.api(number)?.wait_for_daemon(PATIENCE).await
    }

    /// Stops the node's daemon in its tracks.
    ///
    /// # Errors
    ///
    /// When it does not run.
    pub fn freeze(&self, number: u8) -> Result<Instant> {
        let at = Instant::now();
        self.node(number)?.signal_daemon(Signal::SIGSTOP)?;
        Ok(at)
    }

    /// Lets it go on.
    ///
    /// # Errors
    ///
    /// When it does not run.
    pub fn thaw(&self, number: u8) -> Result<Instant> {
        let at = Instant::now();
        self.node(number)?.signal_daemon(Signal::SIGCONT)?;
        Ok(at)
    }

    async fn set_link(&self, number: u8, up: bool) -> Result<Instant> {
        let port = self.node(number)?.station().port;
        let at = Instant::now();
        self.segment().set_link(port, up).await?;
        Ok(at)
    }
}
