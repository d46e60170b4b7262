//! What can happen to a farm's servers. Each fault gives the moment it began.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use nix::sys::signal::Signal;

use super::plan::Net;
use super::{Farm, PATIENCE};
use crate::impair::{ALL, Talk, Way};
use crate::link::Mac;
use crate::segment::{self, Station};

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

    /// Loses everything that goes one way on the node's cable; its link stays up.
    ///
    /// # Errors
    ///
    /// When there is no such node, or no `tc`.
    pub async fn cut_one_way(&self, number: u8, way: Way) -> Result<Instant> {
        self.lose(number, way, ALL).await
    }

    /// Carries everything that goes this way on the node's cable again.
    ///
    /// # Errors
    ///
    /// When there is no such node, or no `tc`.
    pub async fn restore_one_way(&self, number: u8, way: Way) -> Result<Instant> {
        self.lose(number, way, 0).await
    }

    /// Loses so many of a thousand frames, 0 to 1000, that go this way on the node's cable.
    ///
    /// # Errors
    ///
    /// When there is no such node, or no `tc`.
    pub async fn lose(&self, number: u8, way: Way, per_mille: u16) -> Result<Instant> {
        let station = self.node(number)?.station();
        self.segment().lose(station, way, per_mille).await
    }

    /// Lets the node's cable carry this many kbit/s at the most in each direction; 0: as much as it can.
    ///
    /// # Errors
    ///
    /// When there is no such node, or no `tc`.
    pub async fn slow(&self, number: u8, kbit_per_second: u32) -> Result<Instant> {
        let station = self.node(number)?.station();
        self.segment().slow(station, kbit_per_second).await
    }

    /// Loses only this of what the node tells the others, and they it; nothing: all passes again.
    ///
    /// # Errors
    ///
    /// When there is no such node, or no `tc`.
    pub async fn silence(&self, number: u8, talk: &[Talk]) -> Result<Instant> {
        let station = self.node(number)?.station();
        self.segment().silence(station, talk).await
    }

    /// Disables the node's interface, as an administrator does: its routes and its IPv6 addresses are
    /// gone.
    ///
    /// # Errors
    ///
    /// When there is no such node, or its interface is gone.
    pub async fn disable(&self, number: u8) -> Result<Instant> {
        let at = Instant::now();
        let station = self.node(number)?.station();
        station.namespace.run(segment::disable).await??;
        Ok(at)
    }

    /// Enables the node's interface again, with all that it had.
    ///
    /// # Errors
    ///
    /// When there is no such node, or its interface is gone.
    pub async fn enable(&self, number: u8) -> Result<Instant> {
        let at = Instant::now();
        let (station, address) = (self.node(number)?.station(), Net::First.node(number));
        let enable = move || segment::enable(address);
        station.namespace.run(enable).await??;
        Ok(at)
    }

    /// Parts these nodes from the others: neither side hears anything of the other. Everybody else,
    /// the clients and the console, hears both and is heard by both.
    ///
    /// # Errors
    ///
    /// When there is no such node, or no `tc`.
    pub async fn partition(&self, nodes: &[u8]) -> Result<Instant> {
        let (there, here) = self.sides(nodes)?;
        self.part(&here, &there).await
    }

    /// Cuts the switch in two: these nodes and the guests on one side, the other nodes and the client
    /// on the other. The console hears both sides.
    ///
    /// # Errors
    ///
    /// When there is no such node, or no `tc`.
    pub async fn split(&self, nodes: &[u8]) -> Result<Instant> {
        let (mut there, mut here) = self.sides(nodes)?;
        there.extend(self.guests());
        here.push(self.client());
        self.part(&here, &there).await
    }

    /// Joins what was parted.
    ///
    /// # Errors
    ///
    /// When there is no `tc`.
    pub async fn heal(&self) -> Result<Instant> {
        let (mut all, _nobody) = self.sides(&self.numbers().collect::<Vec<_>>())?;
        all.extend(self.guests());
        all.push(self.client());
        self.part(&all, &[]).await
    }

    /// The stations of these nodes, and those of the others.
    fn sides(&self, nodes: &[u8]) -> Result<(Vec<&Station>, Vec<&Station>)> {
        let (mut these, mut others) = (Vec::new(), Vec::new());
        for number in self.numbers() {
            let station = self.node(number)?.station();
            let side = if nodes.contains(&number) {
                &mut these
            } else {
                &mut others
            };
            side.push(station);
        }
        Ok((these, others))
    }

    async fn part(&self, one: &[&Station], other: &[&Station]) -> Result<Instant> {
        let mut deaf = Vec::new();
        for (side, far) in [(one, other), (other, one)] {
            let macs: Vec<Mac> = far.iter().map(|station| station.mac).collect();
            deaf.extend(side.iter().map(|station| (*station, macs.clone())));
        }
        self.segment().deafen(&deaf).await
    }

    /// Kills the node's daemon, nothing else.
    ///
    /// # Errors
    ///
    /// When it does not run.
    pub fn kill9(&mut self, number: u8) -> Result<Instant> {
        let at = self.send_kill(number)?;
        self.bury(number)?;
        Ok(at)
    }

    /// Sends the node's daemon the signal that kills it and does not wait for its end: see
    /// [`bury`](Self::bury).
    ///
    /// # Errors
    ///
    /// When it does not run.
    pub fn send_kill(&self, number: u8) -> Result<Instant> {
        self.signal(number, Signal::SIGKILL)
    }

    /// Waits for the end of a daemon that was killed.
    ///
    /// # Errors
    ///
    /// When none was started.
    pub fn bury(&mut self, number: u8) -> Result<()> {
        self.node_mut(number)?.kill_daemon()
    }

    /// Ends the node's daemon in order, as a machine that shuts down does, and waits for its end.
    ///
    /// # Errors
    ///
    /// When it does not run, does not end in time, or says that something failed.
    pub async fn terminate(&mut self, number: u8) -> Result<()> {
        self.signal(number, Signal::SIGTERM)?;
        self.node_mut(number)?.outlive_daemon(PATIENCE).await
    }

    /// Takes the node's power away: the cable is dead first, then every process, its interface and
    /// its namespace, and what the kernel held for it.
    ///
    /// # Errors
    ///
    /// When there is no such node, or its power is off already.
    pub async fn power_off(&mut self, number: u8) -> Result<Instant> {
        let at = self.set_link(number, false).await?;
        let port = self.node(number)?.station().port;
        self.node_mut(number)?.kill_all()?;
        self.segment().unplug(port).await?;
        self.node_mut(number)?.lose_power()?;
        Ok(at)
    }

    /// Gives the node its power back: a new namespace at the same place of the network, the daemon
    /// with its data, and waits until it answers.
    ///
    /// # Errors
    ///
    /// When the kernel refuses, or the daemon does not come up.
    pub async fn power_on(&mut self, number: u8) -> Result<()> {
        let options = self.options;
        let machine = self.node(number)?.machines_lost();
        let station = self.around.plug_server(number, machine, &options).await?;
        self.node_mut(number)?.regain_power(station)?;
        self.restart_daemon(number).await
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

    /// Starts the node's daemon, which no module has started yet, from a program that is installed for it alone,
    /// and gives the path of that.
    ///
    /// # Errors
    ///
    /// When it cannot be installed, or does not come up.
    pub async fn reinstall(&mut self, number: u8) -> Result<PathBuf> {
        let programs = self.programs.clone();
        self.kill9(number)?;
        let program = self.node_mut(number)?.install(&programs)?;
        self.restart_daemon(number).await?;
        Ok(program)
    }

    /// Stops the node's daemon in its tracks.
    ///
    /// # Errors
    ///
    /// When it does not run.
    pub fn freeze(&self, number: u8) -> Result<Instant> {
        self.signal(number, Signal::SIGSTOP)
    }

    /// Lets it go on.
    ///
    /// # Errors
    ///
    /// When it does not run.
    pub fn thaw(&self, number: u8) -> Result<Instant> {
        self.signal(number, Signal::SIGCONT)
    }

    fn signal(&self, number: u8, signal: Signal) -> Result<Instant> {
        let at = Instant::now();
        self.node(number)?.signal_daemon(signal)?;
        Ok(at)
    }

    async fn set_link(&self, number: u8, up: bool) -> Result<Instant> {
        let port = self.node(number)?.station().port;
        let at = Instant::now();
        self.segment().set_link(port, up).await?;
        Ok(at)
    }
}
