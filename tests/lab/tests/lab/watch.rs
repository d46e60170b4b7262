//! The watch over bindings: while neighbours and switch forget within a second and entry nodes
//! change, nothing on the wire binds a virtual address to another MAC than the agreed one.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use evenkeel_lab::capture::findings::senders;
use evenkeel_lab::capture::{Capture, Frame};
use evenkeel_lab::farm::plan::{self, Family};
use evenkeel_lab::farm::setup::{Rule, Setup};
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, Mode, PATIENCE};
use evenkeel_lab::isolate::World;
use evenkeel_lab::link::Mac;
use evenkeel_lab::load::{Attempt, Steady};

use crate::expect::eventually;
use crate::{on_set_up, tell};

/// Sets how long the watch lasts, in seconds.
const SECONDS_VARIABLE: &str = "EVENKEEL_LAB_WATCH_SECONDS";
const SECONDS: u64 = 20;

/// Answered connections between two changes of the entry node: about two seconds of the load, in
/// which every station forgets its neighbours at least once.
const BETWEEN_CHANGES: usize = 600;

/// Who may be bound to the virtual addresses, from when on.
struct Agreement {
    from: Instant,
    macs: BTreeSet<Mac>,
}

pub(crate) fn one_mac_at_a_time(world: &World, options: FarmOptions) -> Result<()> {
    let options = FarmOptions {
        ageing_s: 1,
        forgets_neighbours: true,
        ..options
    };
    let seconds = match env::var(SECONDS_VARIABLE) {
        Ok(seconds) => seconds.parse().context(SECONDS_VARIABLE)?,
        Err(_) => SECONDS,
    };
    let rules = vec![Rule::tcp(plan::SERVICE_PORT, "on_addr")];
    on_set_up(
        world,
        options,
        &Setup::dual(options.mode, rules),
        async |farm| {
            let loads = [
                farm.steady_of(Family::V4).await?,
                farm.steady_of(Family::V6).await?,
            ];
            let mut agreements = vec![Agreement::of(farm, &[farm.entry(1).await?])];
            let until = Instant::now() + Duration::from_secs(seconds);
            let capture = Capture::start(farm.segment().namespace())?;
            let mut changes = 0;
            let mut bound = BTreeMap::new();
            let mut capture = Some(capture);
            while Instant::now() < until {
                for load in &loads {
                    answered(load, BETWEEN_CHANGES).await?;
                }
                change_entry(farm, &mut agreements).await?;
                changes += 1;
                // A long watch does not keep all of its frames.
                let next = Capture::start(farm.segment().namespace())?;
                if let Some(last) = capture.replace(next) {
                    watch(farm, &last.finish()?, &agreements, &mut bound)?;
                }
            }
            if let Some(last) = capture {
                watch(farm, &last.finish()?, &agreements, &mut bound)?;
            }
            tell(&format!(
                "{changes} changes of the entry node; the addresses were said to be at: {bound:?}"
            ));
            ensure!(!bound.is_empty(), "nothing was bound at all");
            Ok(())
        },
    )
}

impl Agreement {
    /// From now on the address is at one of these entry nodes.
    fn of(farm: &Farm, entries: &[u8]) -> Self {
        let macs = match farm.options().mode {
            Mode::Directed => entries.iter().map(|node| plan::node_mac(*node)).collect(),
            Mode::Invisible => [plan::VMAC].into(),
        };
        Self {
            from: Instant::now(),
            macs,
        }
    }
}

/// Stops the entry node, which makes another one the entry, and starts it again.
async fn change_entry(farm: &Farm, agreements: &mut Vec<Agreement>) -> Result<()> {
    let all: Vec<u8> = farm.numbers().collect();
    let asked = |not: u8| all.iter().copied().find(|node| *node != not);
    let old = farm.entry(1).await?;
    let name = plan::node_name(old);
    let other = asked(old).context("there is one node only")?;
    let api = farm.api(other)?;

    agreements.push(Agreement::of(farm, &all));
    api.stop(MODULE, Some(vec![name.clone()])).await?;
    api.wait_stopped(MODULE, &name, PATIENCE).await?;
    let new = eventually("another entry node", async || {
        let entry = farm.entry(other).await.ok();
        Ok(entry.filter(|entry| *entry != old))
    })
    .await?;
    agreements.push(Agreement::of(farm, &[new]));

    agreements.push(Agreement::of(farm, &all));
    api.start(MODULE, Some(vec![name.clone()])).await?;
    api.wait_ready(MODULE, &name, PATIENCE).await?;
    let agreed = eventually("an entry node that all name", async || {
        let mut named = BTreeSet::new();
        for node in &all {
            named.insert(farm.entry(*node).await.ok());
        }
        let one = named.len() == 1;
        Ok(named.into_iter().next().flatten().filter(|_| one))
    })
    .await?;
    agreements.push(Agreement::of(farm, &[agreed]));
    Ok(())
}

/// Waits until as many more connections were answered.
async fn answered(load: &Steady, more: usize) -> Result<()> {
    let count = |attempts: &[Attempt]| attempts.iter().filter(|a| a.outcome.is_ok()).count();
    let before = load.with_records(count);
    eventually("answers to the load", async || {
        Ok((load.with_records(count) >= before + more).then_some(()))
    })
    .await
}

/// Looks at everything that was said, and counts it.
fn watch(
    farm: &Farm,
    frames: &[Frame],
    agreements: &[Agreement],
    bound: &mut BTreeMap<String, u32>,
) -> Result<()> {
    let macs = farm.mac_names();
    for frame in frames {
        let Some((address, mac)) = frame.binding() else {
            continue;
        };
        if address != plan::vip(Family::V4) && address != plan::vip(Family::V6) {
            continue;
        }
        let agreed = agreements.iter().rfind(|agreed| agreed.from <= frame.at);
        let agreed = agreed.context("a frame from before the first agreement")?;
        ensure!(
            agreed.macs.contains(&mac),
            "{} sent {:?}, which binds {address} to {}; agreed since {:?}: {:?}",
            macs.name(frame.source),
            frame.what,
            macs.name(mac),
            frame.at - agreed.from,
            agreed
                .macs
                .iter()
                .map(|mac| macs.name(*mac))
                .collect::<Vec<_>>()
        );
        *bound.entry(macs.name(mac)).or_default() += 1;
    }
    ensure!(
        !senders(frames).contains(&plan::VMAC),
        "a frame came from the virtual MAC"
    );
    Ok(())
}
