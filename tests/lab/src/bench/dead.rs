//! Connections that were a lost node's, and those that were not: which break, and how soon the client of a
//! broken one is told. For `evenkeel-lab bench takeover`.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde::Serialize;

use crate::farm::plan::{self, Family};
use crate::farm::traffic::TIME_MAX;
use crate::farm::{Farm, PATIENCE};
use crate::load::{Held, HeldConnection, HeldOptions, Tuples};
use crate::report::takeover::held_toll;
use crate::report::{Percentiles, millis};

/// How many are held, on all nodes together.
const CONNECTIONS: usize = 60;

/// Time between two requests of one.
const EVERY: Duration = Duration::from_millis(100);

/// Ports of a run, below those of all other traffic; used again after an hour.
const FIRST_PORT: u16 = 1100;
const PORTS: u16 = 4;
const WINDOWS: u32 = 2200;

/// What became of them in one run.
#[derive(Clone, Debug)]
pub(super) struct Toll {
    of_the_lost: usize,
    broken: usize,
    broken_elsewhere: usize,
    /// From the takeover, or the request that was sent after it, to the reset.
    resets_ms: Vec<f64>,
    /// The same of those whose request had been sent before: until the client's own timer repeated it.
    repeats_ms: Vec<f64>,
}

/// The same of all runs.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Tolls {
    /// Connections of the lost node.
    pub of_the_lost: usize,
    /// Of these, broken: all, when all is well.
    pub broken: usize,
    /// Broken ones of the other nodes.
    pub broken_elsewhere: usize,
    /// From a request that was sent after the takeover to the reset, in milliseconds.
    pub reset_ms: Option<Percentiles>,
    /// From the takeover to the reset of those that had asked before, in milliseconds: by then the client's
    /// own timer has repeated the request.
    pub repeat_ms: Option<Percentiles>,
}

/// Holds connections in a run, and waits until each has had an answer.
pub(super) async fn hold(farm: &Farm, family: Family, turn: u32) -> Result<Held> {
    let window = u16::try_from(turn % WINDOWS)?;
    let addresses = plan::client_sources(family);
    let options = HeldOptions {
        to: plan::service(family),
        sources: Tuples::new(addresses, FIRST_PORT + window * PORTS, PORTS),
        connections: CONNECTIONS,
        spread: EVERY,
        every: EVERY,
        time_max: TIME_MAX,
        life: None,
    };
    let held = Held::start(&farm.client().namespace, options).await?;
    let answered = |all: &[HeldConnection]| {
        all.len() >= CONNECTIONS && all.iter().all(|one| !one.answers.is_empty())
    };
    let is_answered = held.until(PATIENCE, answered).await;
    ensure!(is_answered, "not every held connection was answered");
    Ok(held)
}

/// Waits until every client of the lost node was told, or has been waiting for long: which it is, the
/// [`Toll`] says.
pub(super) async fn told(held: &Held, lost: &str, fault: Instant) {
    let told =
        |all: &[HeldConnection]| of_the_lost(all, lost, fault).all(|one| one.broken.is_some());
    held.until(PATIENCE, told).await;
}

/// The connections that the lost node had when it was lost.
fn of_the_lost<'a>(
    all: &'a [HeldConnection],
    lost: &str,
    fault: Instant,
) -> impl Iterator<Item = &'a HeldConnection> {
    all.iter()
        .filter(move |one| one.node == lost && one.opened < fault)
}

impl Toll {
    /// Of connections that were held until `healed`; `taken`: when the first answer came for the lost share.
    pub(super) fn of(
        all: &[HeldConnection],
        lost: &str,
        (fault, taken, healed): (Instant, Option<Instant>, Instant),
    ) -> Self {
        let toll = held_toll(all, lost, fault, healed);
        let mut this = Self {
            of_the_lost: toll.on_the_lost_node,
            broken: toll.broken_on_the_lost_node,
            broken_elsewhere: toll.broken_elsewhere,
            resets_ms: Vec::new(),
            repeats_ms: Vec::new(),
        };
        for one in of_the_lost(all, lost, fault) {
            let (Some((broken, _)), Some(asked), Some(taken)) = (&one.broken, one.waiting, taken)
            else {
                continue;
            };
            let since = |from: Instant| millis(broken.saturating_duration_since(from));
            match asked > taken {
                true => this.resets_ms.push(since(asked)),
                false => this.repeats_ms.push(since(taken)),
            }
        }
        this
    }
}

impl Tolls {
    pub(super) fn of<'a>(all: impl Iterator<Item = &'a Toll> + Clone) -> Self {
        let sum = |of: fn(&Toll) -> usize| all.clone().map(of).sum();
        let times = |of: fn(&Toll) -> &Vec<f64>| -> Vec<f64> {
            all.clone().flat_map(of).copied().collect()
        };
        Self {
            of_the_lost: sum(|toll| toll.of_the_lost),
            broken: sum(|toll| toll.broken),
            broken_elsewhere: sum(|toll| toll.broken_elsewhere),
            reset_ms: Percentiles::of(&times(|toll| &toll.resets_ms)),
            repeat_ms: Percentiles::of(&times(|toll| &toll.repeats_ms)),
        }
    }
}
