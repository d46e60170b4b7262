//! What can be ordered of a farm, and how it is carried out.

use std::collections::BTreeSet;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::farm::{Farm, plan};
use crate::impair::{ALL, Talk, Way};

/// One order. Nodes go by name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Order {
    /// Pulls the node's cable.
    Cut {
        /// Whose.
        node: String,
    },
    /// Plugs it in again.
    Restore {
        /// Whose.
        node: String,
    },
    /// Carries nothing that goes this way on the node's cable; the link stays up.
    OneWay {
        /// Whose cable.
        node: String,
        /// Which way is cut.
        cut: Direction,
    },
    /// Loses so many of a thousand frames on the node's cable, in both directions; 0: none.
    Lose {
        /// Whose cable.
        node: String,
        /// 0 to 1000.
        per_mille: u16,
    },
    /// Carries so many kbit/s at the most on the node's cable, in each direction; 0: as much as it can.
    Slow {
        /// Whose cable.
        node: String,
        /// Of whole frames.
        kbit_per_second: u32,
    },
    /// Parts these nodes from the others; the clients and the API reach both sides.
    Partition {
        /// One side.
        nodes: Vec<String>,
    },
    /// Joins what was parted.
    Join {},
    /// Loses only this of what the node and the others tell each other; nothing: all passes again.
    Silence {
        /// Whose cable.
        node: String,
        /// What is lost.
        talk: Vec<Talk>,
    },
    /// `kill -9` of the node's daemon; its application goes on.
    Kill {
        /// Whose.
        node: String,
    },
    /// Ends the node's daemon in order, as a machine that shuts down does, and waits for its end.
    Terminate {
        /// Whose.
        node: String,
    },
    /// Starts the node's daemon again. Its module stays stopped.
    StartDaemon {
        /// Whose.
        node: String,
    },
    /// Takes the node's power away: cable, processes, what its kernel held.
    PowerOff {
        /// Whose.
        node: String,
    },
    /// Gives it back and starts the daemon. Its module stays stopped.
    PowerOn {
        /// Whose.
        node: String,
    },
    /// SIGSTOP for the node's daemon.
    Freeze {
        /// Whose.
        node: String,
    },
    /// SIGCONT.
    Thaw {
        /// Whose.
        node: String,
    },
    /// Undoes everything: power, cables, losses, slowness, partition, daemons. Modules stay as they are.
    Heal {},
}

/// Seen from the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// What it sends.
    Out,
    /// What it is sent.
    In,
}

impl From<Direction> for Way {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::Out => Self::FromStation,
            Direction::In => Self::ToStation,
        }
    }
}

/// A farm, and which of its nodes have no power.
#[derive(Debug)]
pub struct Driven {
    farm: Farm,
    dark: BTreeSet<u8>,
}

impl Driven {
    /// A farm whose nodes all have power.
    pub const fn new(farm: Farm) -> Self {
        Self {
            farm,
            dark: BTreeSet::new(),
        }
    }

    /// Does it, and gives the moment it began.
    ///
    /// # Errors
    ///
    /// When it cannot be done.
    pub async fn carry_out(&mut self, order: Order) -> Result<Instant> {
        let began = Instant::now();
        match order {
            Order::Cut { node } => self.farm.cut(self.lit(&node)?).await,
            Order::Restore { node } => self.farm.restore(self.lit(&node)?).await,
            Order::OneWay { node, cut } => {
                let number = self.lit(&node)?;
                self.farm.lose(number, cut.into(), ALL).await
            }
            Order::Lose { node, per_mille } => self.lose(&node, per_mille).await,
            Order::Slow {
                node,
                kbit_per_second,
            } => self.farm.slow(self.lit(&node)?, kbit_per_second).await,
            Order::Partition { nodes } => {
                let numbers: Result<Vec<u8>> = nodes.iter().map(|node| self.lit(node)).collect();
                self.farm.partition(&numbers?).await
            }
            Order::Join {} => self.farm.heal().await,
            Order::Silence { node, talk } => self.farm.silence(self.lit(&node)?, &talk).await,
            Order::Kill { node } => self.farm.kill9(self.lit(&node)?),
            Order::Terminate { node } => {
                self.farm.terminate(self.lit(&node)?).await?;
                Ok(began)
            }
            Order::StartDaemon { node } => {
                self.farm.restart_daemon(self.lit(&node)?).await?;
                Ok(began)
            }
            Order::PowerOff { node } => {
                let number = self.lit(&node)?;
                self.dark.insert(number);
                self.farm.power_off(number).await
            }
            Order::PowerOn { node } => self.power_on(&node).await.map(|()| began),
            Order::Freeze { node } => self.farm.freeze(self.lit(&node)?),
            Order::Thaw { node } => self.farm.thaw(self.lit(&node)?),
            Order::Heal {} => self.heal().await.map(|()| began),
        }
    }

    async fn lose(&self, node: &str, per_mille: u16) -> Result<Instant> {
        let number = self.lit(node)?;
        ensure!(per_mille <= ALL, "{per_mille} of {ALL} cannot be lost");
        let began = Instant::now();
        for way in Way::BOTH {
            self.farm.lose(number, way, per_mille).await?;
        }
        Ok(began)
    }

    async fn power_on(&mut self, node: &str) -> Result<()> {
        let number = self.number(node)?;
        ensure!(self.dark.contains(&number), "{node} has power");
        self.farm.power_on(number).await?;
        self.dark.remove(&number);
        Ok(())
    }

    async fn heal(&mut self) -> Result<()> {
        for number in std::mem::take(&mut self.dark) {
            self.farm.power_on(number).await?;
        }
        self.farm.heal().await?;
        for number in self.farm.numbers() {
            self.farm.restore(number).await?;
            for way in Way::BOTH {
                self.farm.restore_one_way(number, way).await?;
            }
            self.farm.silence(number, &[]).await?;
            self.farm.slow(number, 0).await?;
            if self.farm.node(number)?.daemon_pid().is_some() {
                self.farm.thaw(number)?;
            } else {
                self.farm.restart_daemon(number).await?;
            }
        }
        Ok(())
    }

    fn number(&self, node: &str) -> Result<u8> {
        let number = self
            .farm
            .numbers()
            .find(|number| plan::node_name(*number) == node);
        number.with_context(|| format!("there is no {node}"))
    }

    /// The number of a node that has power.
    fn lit(&self, node: &str) -> Result<u8> {
        let number = self.number(node)?;
        ensure!(!self.dark.contains(&number), "{node} has no power");
        Ok(number)
    }
}
