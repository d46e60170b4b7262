//! Trouble: a fault with its victims, from what goes before it to the return of everybody. What the
//! long trials and the benchmark of takeovers repeat.
//!
//! ```text
//! plan ─► prepare ─► (all quiet) ─► inflict ─► (the others take over) ─► heal ─► (whole again)
//! ```

use std::fmt;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tokio::time::sleep;

use super::{Farm, MODULE, PATIENCE, plan};
use crate::impair::Way;

/// Two faults at once are begun with a pause below this, in milliseconds: with what the machine adds,
/// they are within 10 ms.
const AT_ONCE_MS: u32 = 6;

/// A node dies at the most this long after another one was told to join, in milliseconds.
const JOINING_MS: u32 = 400;

/// What happens to a farm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// A node's cable is pulled at the switch.
    CableCut,
    /// A node loses its power: cable, processes, namespace.
    PowerCut,
    /// A node's daemon gets kill -9; its application goes on.
    Kill,
    /// A node's daemon gets SIGSTOP, and SIGCONT after the takeover.
    Freeze,
    /// Nothing of what a node sends arrives; it hears.
    Mute,
    /// A node hears nothing; what it sends arrives.
    Deaf,
    /// One daemon gets kill -9 and another node's cable is pulled, within 10 ms.
    TwoAtOnce,
    /// A node joins while another one dies.
    JoinAndLoss,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::CableCut,
        Self::PowerCut,
        Self::Kill,
        Self::Freeze,
        Self::Mute,
        Self::Deaf,
        Self::TwoAtOnce,
        Self::JoinAndLoss,
    ];

    /// In a few words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::CableCut => "cable cut",
            Self::PowerCut => "power cut",
            Self::Kill => "kill -9",
            Self::Freeze => "SIGSTOP, SIGCONT",
            Self::Mute => "one way cut: mute",
            Self::Deaf => "one way cut: deaf",
            Self::TwoAtOnce => "two within 10 ms",
            Self::JoinAndLoss => "join while one dies",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

/// When a fault began: the first part of it and the last.
pub type Began = (Instant, Instant);

/// A fault of a farm, with its victims.
#[derive(Clone, Debug)]
pub struct Trouble {
    /// What happens.
    pub fault: Fault,
    /// To whom, by number.
    pub lost: Vec<u8>,
    /// Who joins meanwhile.
    pub joining: Option<u8>,
    /// All nodes.
    nodes: Vec<u8>,
    /// What varies from round to round.
    round: u32,
}

impl Trouble {
    /// A fault as it is in this round: victims, orders and delays change from round to round, so
    /// that every node has its turn.
    pub fn plan(farm: &Farm, fault: Fault, round: u32) -> Self {
        let nodes: Vec<u8> = farm.numbers().collect();
        let after = |step: u32| {
            let index = usize::try_from(round + step).unwrap_or_default() % nodes.len();
            nodes[index]
        };
        let lost = match fault {
            Fault::TwoAtOnce => vec![after(0), after(1 + round % 2)],
            Fault::CableCut
            | Fault::PowerCut
            | Fault::Kill
            | Fault::Freeze
            | Fault::Mute
            | Fault::Deaf
            | Fault::JoinAndLoss => vec![after(0)],
        };
        let joining = (fault == Fault::JoinAndLoss).then(|| after(1 + round % 2));
        Self {
            fault,
            lost,
            joining,
            nodes,
            round,
        }
    }

    /// A fault of this one node.
    ///
    /// # Errors
    ///
    /// When the fault is not one of a single node.
    pub fn of_one(farm: &Farm, fault: Fault, round: u32, lost: u8) -> Result<Self> {
        let mut trouble = Self::plan(farm, fault, round);
        if trouble.lost.len() != 1 || trouble.joining.is_some() {
            bail!("{fault} is not a fault of one node alone");
        }
        trouble.lost = vec![lost];
        Ok(trouble)
    }

    /// A number of its own for each fault in each round.
    pub fn turn(&self) -> u32 {
        let faults = u32::try_from(Fault::ALL.len()).unwrap_or(1);
        let place = Fault::ALL.iter().position(|fault| *fault == self.fault);
        let place = place.and_then(|place| u32::try_from(place).ok());
        self.round
            .wrapping_mul(faults)
            .wrapping_add(place.unwrap_or_default())
    }

    /// The nodes that the fault does not touch, those that join included.
    pub fn survivors(&self) -> Vec<u8> {
        let lives = |node: &u8| !self.lost.contains(node);
        self.nodes.iter().copied().filter(lives).collect()
    }

    /// Brings the farm to where the fault finds it, and waits until it is at rest.
    ///
    /// # Errors
    ///
    /// When the API refuses or the farm does not come to rest.
    pub async fn prepare(&self, farm: &Farm) -> Result<()> {
        if let Some(joining) = self.joining {
            let name = plan::node_name(joining);
            let api = farm.api(self.helper()?)?;
            api.stop(MODULE, Some(vec![name.clone()])).await?;
            api.wait_stopped(MODULE, &name, PATIENCE).await?;
        }
        let absent = self.joining;
        let present = self.nodes.iter().copied();
        let present: Vec<u8> = present.filter(|node| Some(*node) != absent).collect();
        farm.settled(&present, PATIENCE).await?;
        Ok(())
    }

    /// Lets it happen. Gives when it began.
    ///
    /// # Errors
    ///
    /// When it cannot be done.
    pub async fn inflict(&self, farm: &mut Farm) -> Result<Began> {
        let first = self.victim(0)?;
        let at = match self.fault {
            Fault::CableCut => farm.cut(first).await,
            Fault::PowerCut => farm.power_off(first).await,
            Fault::Kill => farm.kill9(first),
            Fault::Freeze => farm.freeze(first),
            Fault::Mute => farm.cut_one_way(first, Way::FromStation).await,
            Fault::Deaf => farm.cut_one_way(first, Way::ToStation).await,
            Fault::TwoAtOnce => return self.two(farm).await,
            Fault::JoinAndLoss => self.join_and_loss(farm).await,
        };
        at.map(|at| (at, at))
    }

    /// Undoes it, and waits until every daemon answers and the module is started everywhere.
    ///
    /// # Errors
    ///
    /// When it cannot be undone, or the module does not become UP (Ready).
    pub async fn heal(&self, farm: &mut Farm) -> Result<()> {
        let first = self.victim(0)?;
        match self.fault {
            Fault::CableCut => drop(farm.restore(first).await?),
            Fault::PowerCut => {
                farm.power_on(first).await?;
                self.start(farm, first).await?;
            }
            Fault::Kill => self.restart(farm, first).await?,
            Fault::Freeze => drop(farm.thaw(first)?),
            Fault::Mute => drop(farm.restore_one_way(first, Way::FromStation).await?),
            Fault::Deaf => drop(farm.restore_one_way(first, Way::ToStation).await?),
            Fault::TwoAtOnce => {
                farm.restore(self.victim(1)?).await?;
                self.restart(farm, first).await?;
            }
            Fault::JoinAndLoss if self.loses_its_cable() => drop(farm.restore(first).await?),
            Fault::JoinAndLoss => self.restart(farm, first).await?,
        }
        Ok(())
    }

    /// Waits until all nodes are members of one view again.
    ///
    /// # Errors
    ///
    /// When that does not come to be.
    pub async fn whole(&self, farm: &Farm) -> Result<()> {
        farm.settled(&self.nodes, PATIENCE).await?;
        Ok(())
    }

    async fn two(&self, farm: &mut Farm) -> Result<Began> {
        let (killed, cut) = (self.victim(0)?, self.victim(1)?);
        let pause = Duration::from_millis(u64::from(self.round % AT_ONCE_MS));
        if self.round.is_multiple_of(2) {
            let first = farm.send_kill(killed)?;
            sleep(pause).await;
            let last = farm.cut(cut).await?;
            farm.bury(killed)?;
            Ok((first, last))
        } else {
            let first = farm.cut(cut).await?;
            sleep(pause).await;
            Ok((first, farm.kill9(killed)?))
        }
    }

    async fn join_and_loss(&self, farm: &mut Farm) -> Result<Instant> {
        let joining = self.joining.context("nobody joins")?;
        self.start_only(farm, joining).await?;
        // A prime step visits every phase of the join.
        let pause = u64::from((self.round * 67) % JOINING_MS);
        sleep(Duration::from_millis(pause)).await;
        let lost = self.victim(0)?;
        if self.loses_its_cable() {
            farm.cut(lost).await
        } else {
            farm.kill9(lost)
        }
    }

    /// Of the nodes that die while another joins, every second one loses its cable.
    const fn loses_its_cable(&self) -> bool {
        self.round.is_multiple_of(2)
    }

    async fn restart(&self, farm: &mut Farm, node: u8) -> Result<()> {
        farm.restart_daemon(node).await?;
        self.start(farm, node).await
    }

    async fn start(&self, farm: &Farm, node: u8) -> Result<()> {
        self.start_only(farm, node).await?;
        let name = plan::node_name(node);
        farm.api(node)?.wait_ready(MODULE, &name, PATIENCE).await
    }

    async fn start_only(&self, farm: &Farm, node: u8) -> Result<()> {
        let name = plan::node_name(node);
        let api = farm.api(node)?;
        api.start(MODULE, Some(vec![name])).await
    }

    fn victim(&self, index: usize) -> Result<u8> {
        let victim = self.lost.get(index).copied();
        victim.with_context(|| format!("{} has too few victims", self.fault))
    }

    /// A node that can be asked whatever happens.
    fn helper(&self) -> Result<u8> {
        let helper = self
            .survivors()
            .into_iter()
            .find(|n| Some(*n) != self.joining);
        helper.context("nobody is left to ask")
    }
}
