//! F8 of the farm model: the network between the nodes is cut, each side serves the clients that it
//! hears, and after the reconnection everything is as before, without anybody's command.
//!
//! The links of the virtual address stay up all the while, so its interface checker, which the seed has,
//! takes no part.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use evenkeel_client::types::{Phase, Readiness};
use evenkeel_lab::capture::findings::{bindings, openings};
use evenkeel_lab::capture::{Capture, Frame};
use evenkeel_lab::farm::files::userconfig;
use evenkeel_lab::farm::plan::{self, Family, node_name};
use evenkeel_lab::farm::traffic::{TIME_MAX, burst_sources};
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, Mode, PATIENCE};
use evenkeel_lab::isolate::World;
use evenkeel_lab::link::Mac;
use evenkeel_lab::load::attempt::burst;
use evenkeel_lab::load::{Attempt, Held, HeldConnection, HeldOptions, Tuples};
use futures::future::try_join_all;

use crate::acceptance::{each_bit_is_on_one_node, shares_are_thirds};
use crate::checkers::all_serve;
use crate::expect::{answered_by, eventually};
use crate::log::Log;
use crate::{on_farm, tell, with_farm};

/// Clients that hear the smaller side only, where the switch is cut in two.
const GUESTS: u8 = 6;

/// Where they connect from.
const GUEST_PORT: u16 = 20_000;

/// Connections that each of them holds, their first port, and the time between two requests on one.
const HELD_EACH: usize = 2;
const HELD_PORT: u16 = 45_000;
const HELD_EVERY: Duration = Duration::from_millis(100);

/// Answers on each after the reconnection: enough for an entry node to have announced itself.
const HELD_ON: usize = 20;

/// The two sides.
const LARGER: [u8; 2] = [1, 2];
const LARGER_NAMES: [&str; 2] = ["node1", "node2"];
const SMALLER: [u8; 1] = [3];
const SMALLER_NAMES: [&str; 1] = ["node3"];

/// The two sides with a fence: the leader is on the smaller one.
const UNFENCED: [u8; 2] = [2, 3];
const UNFENCED_NAMES: [&str; 2] = ["node2", "node3"];
const FENCED: [u8; 1] = [1];

/// What the log says on each side.
const LARGER_SAYS: &str =
    "farm membership: node1 node2 (group IIS); farm load: 2048/4096 (group IIS)";
const SMALLER_SAYS: &str = "farm membership: node3 (group IIS); farm load: 4096/4096 (group IIS)";
const UNFENCED_SAY: &str =
    "farm membership: node2 node3 (group IIS); farm load: 2048/4096 (group IIS)";
const FENCED_SAYS: &str = "1 of 3 nodes are heard, too few to serve: traffic stops here until there \
                           are more (isolation=\"fence\")";
const ALL_SAY: &str = "farm membership: node1 node2 node3 (group IIS); farm load: 136";

/// F8 as the model has it: each side has clients of its own. Beyond it, connections of both sides survive
/// the reconnection. In `vmac_invisible` it takes a moment more: what is sent before the sides have heard
/// each other arrives at the owners of both.
pub(crate) fn f8_split(world: &World, options: FarmOptions) -> Result<()> {
    on_farm(world, with_guests(options), async |farm| {
        let mut logs = Log::open_all(farm).await?;
        farm.split(&SMALLER).await?;
        each_side_is_a_farm(farm, &mut logs).await?;
        eventually("answers of their side for everybody", async || {
            Ok(each_side_answers(farm).await.ok())
        })
        .await?;
        let held = hold(farm).await?;

        let healed = farm.heal().await?;
        farm.settled(&farm.numbers().collect::<Vec<_>>(), PATIENCE)
            .await?;
        let one_farm = match options.mode {
            Mode::Directed => healed,
            Mode::Invisible => Instant::now(),
        };
        as_before(farm, &mut logs).await?;
        answered_since(&held, healed, HELD_ON).await?;
        survive(held, one_farm).await
    })
}

/// F8 where every client hears both sides, which a farm that is cut in two cannot know: both serve it.
///
/// `vmac_directed`: either side has an entry node, and both answer who asks where the virtual address is. A
/// client goes to the one that it heard first, is served there by that side alone, and moves to the other
/// at an announcement: each connection has one answer. `vmac_invisible`: what a client sends arrives at
/// both sides, so each answers, and the connection lives as far as its client can tell the two apart. Who
/// has to expect such a cut chooses `isolation="fence"`.
pub(crate) fn f8_heard_by_all(world: &World, options: FarmOptions) -> Result<()> {
    on_farm(world, with_guests(options), async |farm| {
        let mut logs = Log::open_all(farm).await?;
        farm.partition(&SMALLER).await?;
        each_side_is_a_farm(farm, &mut logs).await?;
        let capture = Capture::start(farm.segment().namespace())?;
        let attempts = ask_as_guests(farm).await?;
        let frames = capture.finish()?;
        match options.mode {
            Mode::Directed => answered_by_one_side(farm, &frames, &attempts).await?,
            Mode::Invisible => answered_by_both_sides(&frames, attempts.len())?,
        }
        farm.heal().await?;
        as_before(farm, &mut logs).await
    })
}

async fn answered_by_one_side(farm: &Farm, frames: &[Frame], attempts: &[Attempt]) -> Result<()> {
    let entries = [farm.entry(LARGER[0]).await?, farm.entry(SMALLER[0]).await?];
    let entries = BTreeSet::from(entries.map(plan::node_mac));
    let bound: BTreeSet<Mac> = bindings(frames, plan::VIP.into()).into_keys().collect();
    ensure!(
        bound == entries,
        "the address was said to be at {bound:02x?}, the entry nodes are {entries:02x?}"
    );
    let failed = attempts.iter().find(|attempt| attempt.outcome.is_err());
    ensure!(failed.is_none(), "{failed:?}");
    for (client, opening) in openings(frames, plan::SERVICE, None) {
        let answers = opening.answers.len();
        ensure!(answers == 1, "{client} has {answers} answers");
    }
    eventually("answers of one side for the client", async || {
        let attempts = farm.burst(burst_sources(2, 300)).await?;
        let of_one = answered_by(&attempts, &LARGER_NAMES)
            .or_else(|_| answered_by(&attempts, &SMALLER_NAMES));
        Ok(of_one.ok())
    })
    .await
}

fn answered_by_both_sides(frames: &[Frame], attempts: usize) -> Result<()> {
    let smaller = SMALLER.map(plan::node_mac);
    let seen = openings(frames, plan::SERVICE, None);
    ensure!(seen.len() == attempts, "{} of {attempts}", seen.len());
    for (client, opening) in seen {
        let answers = opening.answers.into_iter();
        let (far, near): (Vec<_>, Vec<_>) = answers.partition(|(.., by)| smaller.contains(by));
        ensure!(
            (far.len(), near.len()) == (1, 1),
            "{client} has {far:?} and {near:?}"
        );
    }
    Ok(())
}

/// F8 with `isolation="fence"`, which the model does not have: the smaller side serves nobody, though the
/// leader and entry node is on it, and so no client has two answers, nor goes to the wrong side.
pub(crate) fn f8_fenced(world: &World, options: FarmOptions) -> Result<()> {
    with_farm(world, with_guests(options), async |farm| {
        let mut files = userconfig(options.mode);
        let fenced = r#"<farm isolation="fence">"#;
        files.userconfig = files.userconfig.replace("<farm>", fenced);
        farm.api(1)?.configure(MODULE, files).await?;
        farm.start_module().await?;
        let mut logs = Log::open_all(farm).await?;
        farm.partition(&FENCED).await?;
        only_the_larger_serves(farm, &mut logs).await?;
        farm.heal().await?;
        as_before(farm, &mut logs).await?;

        farm.split(&FENCED).await?;
        only_the_larger_serves(farm, &mut logs).await?;
        let answers = ask_as_guests(farm).await?;
        let node = answers.iter().find_map(Attempt::node);
        ensure!(node.is_none(), "{node:?} serves although it is fenced");
        farm.heal().await?;
        as_before(farm, &mut logs).await
    })
}

/// Who is alone says why it serves nobody; the others serve the client.
async fn only_the_larger_serves(farm: &Farm, logs: &mut [Log]) -> Result<()> {
    for log in logs {
        let line = if FENCED.contains(&log.number) {
            FENCED_SAYS
        } else {
            UNFENCED_SAY
        };
        log.says_of(farm, line).await?;
    }
    farm.settled(&UNFENCED, PATIENCE).await?;
    for number in FENCED {
        let status = farm.api(number)?.status(MODULE, &node_name(number)).await?;
        let open: u32 = status.groups.iter().map(|group| group.open).sum();
        ensure!(open == 0, "{open} buckets are open at {}", status.node);
        let state = (status.phase, status.readiness);
        ensure!(state == (Phase::Up, Readiness::NotReady), "{state:?}");
    }
    eventually("answers of the larger side", async || {
        let attempts = farm.burst(burst_sources(2, 300)).await?;
        Ok(answered_by(&attempts, &UNFENCED_NAMES).ok())
    })
    .await
}

fn with_guests(options: FarmOptions) -> FarmOptions {
    FarmOptions {
        guests: GUESTS,
        ..options
    }
}

/// Every node is UP (Ready) in a view of its side, and says so.
async fn each_side_is_a_farm(farm: &Farm, logs: &mut [Log]) -> Result<()> {
    for side in [&LARGER[..], &SMALLER] {
        farm.settled(side, PATIENCE).await?;
        each_bit_is_on_one_node(farm, side).await?;
    }
    for log in logs {
        let line = if SMALLER.contains(&log.number) {
            SMALLER_SAYS
        } else {
            LARGER_SAYS
        };
        log.says_of(farm, line).await?;
    }
    Ok(())
}

/// The client and the guests are answered by the nodes of their side.
async fn each_side_answers(farm: &Farm) -> Result<()> {
    answered_by(&farm.burst(burst_sources(2, 300)).await?, &LARGER_NAMES)?;
    answered_by(&ask_as_guests(farm).await?, &SMALLER_NAMES)
}

/// Every guest connects once.
async fn ask_as_guests(farm: &Farm) -> Result<Vec<Attempt>> {
    let asks = (1..=GUESTS).zip(farm.guests()).map(|(guest, station)| {
        let from = SocketAddr::new(plan::guest_addr(Family::V4, guest), GUEST_PORT);
        burst(&station.namespace, vec![from], plan::SERVICE, TIME_MAX)
    });
    Ok(try_join_all(asks).await?.into_iter().flatten().collect())
}

/// Connections of both sides that stay.
async fn hold(farm: &Farm) -> Result<Vec<Held>> {
    let opened = Instant::now();
    let mut held = vec![farm.held().await?];
    for (guest, station) in (1..=GUESTS).zip(farm.guests()) {
        let own = vec![plan::guest_addr(Family::V4, guest)];
        let options = HeldOptions {
            to: plan::SERVICE,
            sources: Tuples::new(own, HELD_PORT, 1000),
            connections: HELD_EACH,
            spread: Duration::ZERO,
            every: HELD_EVERY,
            time_max: TIME_MAX,
            life: None,
        };
        held.push(Held::start(&station.namespace, options).await?);
    }
    answered_since(&held, opened, 1).await?;
    Ok(held)
}

/// Waits until every connection has this many answers since a moment, or broke.
async fn answered_since(held: &[Held], since: Instant, wanted: usize) -> Result<()> {
    eventually("answers on every held connection", async || {
        let later = |one: &HeldConnection| {
            let asked = one.answers.iter().rev();
            asked.take_while(|(at, _)| *at > since).count()
        };
        let has = |one: &HeldConnection| one.broken.is_some() || later(one) >= wanted;
        let all_have = |all: &[HeldConnection]| !all.is_empty() && all.iter().all(has);
        let all = held.iter().all(|held| held.with_records(all_have));
        Ok(all.then_some(()))
    })
    .await
}

/// One farm again: messages, shares and answers are those from before, and nobody's state changed.
async fn as_before(farm: &Farm, logs: &mut [Log]) -> Result<()> {
    let all: Vec<u8> = farm.numbers().collect();
    farm.settled(&all, PATIENCE).await?;
    for log in logs {
        log.says_of(farm, ALL_SAY).await?;
        log.never_said(farm, &["Local state", "Action", "Script", "Resource"])
            .await?;
    }
    shares_are_thirds(farm).await?;
    each_bit_is_on_one_node(farm, &all).await?;
    all_serve(farm).await
}

/// Every connection that went on until a moment goes on.
async fn survive(held: Vec<Held>, from: Instant) -> Result<()> {
    let mut lives = Vec::new();
    for held in held {
        lives.extend(held.finish().await);
    }
    let mut broken = 0;
    for life in &lives {
        let (source, node) = (life.source, &life.node);
        ensure!(life.strangers == 0, "{source} was answered by strangers");
        if let Some((at, why)) = &life.broken {
            ensure!(*at < from, "{source} at {node}: {why}");
            broken += 1;
        }
    }
    tell(&format!("{broken} of {} connections broke", lives.len()));
    Ok(())
}
