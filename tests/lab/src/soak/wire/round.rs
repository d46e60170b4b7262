//! One round: a fault under load, the takeover, the return; and what was seen meanwhile.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use anyhow::{Error, Result};

use crate::capture::{Capture, Recording};
use crate::farm::plan::{self, Family};
use crate::farm::traffic::TIME_MAX;
use crate::farm::trouble::Trouble;
use crate::farm::{Farm, PATIENCE};
use crate::load::http::Opening;
use crate::load::{Attempt, Steady, SteadyOptions, Tuples};

/// Client addresses of the load: enough that every node has some, few enough that each has its turn
/// several times a second.
const ADDRESSES: usize = 128;

/// Time between two connections.
const EVERY: Duration = Duration::from_millis(2);

/// Ports of the load: a window for each round, so that no connection meets what is left of an older
/// one with the same address and port.
const FIRST_PORT: u16 = 16_000;
const PORTS: u16 = 200;
const WINDOWS: u16 = 220;

/// What was seen in a round.
#[derive(Debug)]
pub(super) struct Round {
    /// What happened.
    pub(super) trouble: Trouble,
    /// When it began.
    pub(super) fault: Instant,
    /// When its last part began, where it has several.
    pub(super) last_fault: Instant,
    /// From when on the survivors had answered every client address; `None`: never.
    pub(super) taken: Option<Instant>,
    /// When its undoing began.
    pub(super) healed: Instant,
    /// When all nodes were members of one view again.
    pub(super) whole: Instant,
    /// Why the farm did not come to rest again; then the round is its last one.
    pub(super) stuck: Option<Error>,
    /// The load's records.
    pub(super) attempts: Vec<Attempt>,
    /// What stations sent.
    pub(super) on_switch: Recording,
    /// What reached the client.
    pub(super) at_client: Recording,
    /// How long the nodes' logs were before.
    pub(super) logs: Vec<u64>,
}

impl Round {
    /// Runs a round on a farm that is whole.
    ///
    /// # Errors
    ///
    /// When the farm is not at rest before, or the fault cannot be inflicted.
    pub(super) async fn run(farm: &mut Farm, trouble: Trouble) -> Result<Self> {
        let anybody = |_node: &str| true;
        let logs = logs(farm)?;
        trouble.prepare(farm).await?;
        let on_switch = Capture::record(farm.segment().namespace())?;
        let at_client = Capture::record(&farm.client().namespace)?;
        let load = load(farm, &trouble).await?;
        answered(&load, Instant::now(), anybody).await?;

        let (fault, last_fault) = trouble.inflict(farm).await?;
        let survivors = names(&trouble.survivors());
        let by_survivors = |node: &str| survivors.contains(node);
        let taken = match over(farm, &trouble, fault).await {
            Some(over) => answered(&load, over, by_survivors).await.ok(),
            None => None,
        };
        if let Some(taken) = taken {
            // A second round of answers, in which a gap would show.
            answered(&load, taken, by_survivors).await.ok();
        }
        let healed = Instant::now();
        let stuck = back(farm, &trouble).await.err();
        let whole = Instant::now();
        if stuck.is_none() {
            answered(&load, whole, anybody).await.ok();
        }
        let attempts = load.finish().await;
        Ok(Self {
            trouble,
            fault,
            last_fault,
            taken,
            healed,
            whole,
            stuck,
            attempts,
            on_switch: on_switch.finish_recording()?,
            at_client: at_client.finish_recording()?,
            logs,
        })
    }
}

/// From when on a takeover can be over: from the fault on, but where a node joins meanwhile not
/// before it has its share, which is handed to it by the others. `None`: that never came to be.
async fn over(farm: &Farm, trouble: &Trouble, fault: Instant) -> Option<Instant> {
    if trouble.joining.is_none() {
        return Some(fault);
    }
    let settled = farm.settled(&trouble.survivors(), PATIENCE).await;
    settled.is_ok().then(Instant::now)
}

async fn back(farm: &mut Farm, trouble: &Trouble) -> Result<()> {
    trouble.heal(farm).await?;
    trouble.whole(farm).await
}

fn logs(farm: &Farm) -> Result<Vec<u64>> {
    let length = |number| Ok(farm.node(number)?.log_length());
    farm.numbers().map(length).collect()
}

fn names(numbers: &[u8]) -> BTreeSet<String> {
    numbers
        .iter()
        .map(|number| plan::node_name(*number))
        .collect()
}

/// Starts the steady load of a round.
async fn load(farm: &Farm, trouble: &Trouble) -> Result<Steady> {
    let window = u16::try_from(trouble.turn() % u32::from(WINDOWS))?;
    let mut addresses = plan::client_sources(Family::V4);
    addresses.truncate(ADDRESSES);
    let options = SteadyOptions {
        to: plan::SERVICE,
        sources: Tuples::new(addresses, FIRST_PORT + window * PORTS, PORTS),
        opening: Opening::Usual,
        every: EVERY,
        catches_up: false,
        time_max: TIME_MAX,
    };
    Steady::start(&farm.client().namespace, options).await
}

/// Waits until every client address has an answer, from one of these nodes, to a connection that
/// began after a moment. Gives the moment of the last of these answers.
async fn answered(load: &Steady, from: Instant, by: impl Fn(&str) -> bool) -> Result<Instant> {
    load.answered(ADDRESSES, from, by, PATIENCE).await
}
