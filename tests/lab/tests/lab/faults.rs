//! A node is lost: the others take its share over, and it gets it back when it returns.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use evenkeel_lab::capture::frame::Tcp;
use evenkeel_lab::capture::{Capture, Frame, What};
use evenkeel_lab::farm::plan::{self, Family};
use evenkeel_lab::farm::setup::{Rule, Setup};
use evenkeel_lab::farm::traffic::burst_sources_of;
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, PATIENCE};
use evenkeel_lab::isolate::World;
use evenkeel_lab::load::attempt::Failure;
use evenkeel_lab::load::{Held, HeldConnection, Steady};
use evenkeel_lab::report::takeover::{disturbance, held_toll, takeover};

use crate::expect::{answered_by, eventually, eventually_even, first_round};
use crate::{on_farm, on_set_up, tell};

/// Frames of a connection that a failure shows.
const HISTORY_LINES: usize = 30;

/// How long after its end frames of a connection are still of interest.
const AFTERMATH: Duration = Duration::from_millis(5);

pub(crate) fn killed_daemon(world: &World, options: FarmOptions) -> Result<()> {
    on_farm(world, options, async |farm| {
        kill_last(farm, Family::V4).await
    })
}

pub(crate) fn killed_daemon_v6(world: &World, options: FarmOptions) -> Result<()> {
    let setup = Setup::dual(options.mode, vec![Rule::tcp(plan::SERVICE_PORT, "on_addr")]);
    on_set_up(world, options, &setup, async |farm| {
        kill_last(farm, Family::V6).await
    })
}

async fn kill_last(farm: &mut Farm, family: Family) -> Result<()> {
    let lost = farm.options().nodes;
    let load = Load::start(farm, family).await?;
    let fault = farm.kill9(lost)?;
    replaced(farm, &load, lost, fault).await?;
    farm.restart_daemon(lost).await?;
    let name = plan::node_name(lost);
    farm.api(1)?.start(MODULE, Some(vec![name.clone()])).await?;
    farm.api(lost)?.wait_ready(MODULE, &name, PATIENCE).await?;
    let broken = back(farm, load, lost, fault).await?;
    ensure!(broken.is_empty(), "{}", list(&broken, fault));
    Ok(())
}

pub(crate) fn cut_follower(world: &World, options: FarmOptions) -> Result<()> {
    on_farm(world, options, async |farm| {
        let entry = farm.entry(1).await?;
        let follower = farm.numbers().rev().find(|number| *number != entry);
        cut(farm, follower.context("there is no follower")?).await
    })
}

pub(crate) fn cut_entry(world: &World, options: FarmOptions) -> Result<()> {
    on_farm(world, options, async |farm| {
        let entry = farm.entry(1).await?;
        cut(farm, entry).await
    })
}

async fn cut(farm: &mut Farm, lost: u8) -> Result<()> {
    let load = Load::start(farm, Family::V4).await?;
    let fault = farm.cut(lost).await?;
    replaced(farm, &load, lost, fault).await?;
    let capture = Capture::start(farm.segment().namespace())?;
    let restored = farm.restore(lost).await?;
    let back = back(farm, load, lost, fault).await;
    let frames = capture.finish()?;
    let broken = back.map_err(|error| error.context(on_the_wire(farm, &frames, restored)))?;
    let Some(victim) = broken.first() else {
        return Ok(());
    };
    bail!(
        "{}\n{}\n{}",
        list(&broken, fault),
        on_the_wire(farm, &frames, restored),
        history(farm, &frames, restored, victim)
    )
}

/// Who reset connections and who claimed the virtual address after the return, for the message.
fn on_the_wire(farm: &Farm, frames: &[Frame], restored: Instant) -> String {
    let macs = farm.mac_names();
    let mut lines = BTreeMap::<String, Vec<u128>>::new();
    for frame in frames {
        let ms = frame.at.saturating_duration_since(restored).as_millis();
        let sender = macs.name(frame.source);
        let what = match frame.what {
            What::Tcp(tcp) if tcp.rst && tcp.from.ip() == plan::VIP => {
                format!("resets sent by {sender}")
            }
            What::Arp(arp) if arp.sender == plan::VIP => {
                format!(
                    "{sender} said the address is at {}",
                    macs.name(arp.sender_mac)
                )
            }
            What::Tcp(_)
            | What::Udp(_)
            | What::Icmp(_)
            | What::Fragment(_)
            | What::Arp(_)
            | What::Neighbour(_)
            | What::Other => continue,
        };
        lines.entry(what).or_default().push(ms);
    }
    let line = |(what, at): (&String, &Vec<u128>)| {
        let (first, last) = (at.first().copied(), at.last().copied());
        let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
        format!(
            "{}x {what}, {first} to {last} ms after the return",
            at.len()
        )
    };
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What passed on a connection before it broke, frame by frame.
fn history(farm: &Farm, frames: &[Frame], restored: Instant, of: &HeldConnection) -> String {
    let macs = farm.mac_names();
    let line = |(frame, tcp): (&Frame, &Tcp)| {
        let ms = frame.at.saturating_duration_since(restored).as_millis();
        let flags = [(tcp.syn, 'S'), (tcp.ack, 'A'), (tcp.rst, 'R')];
        let flags: String = flags
            .iter()
            .filter(|(set, _)| *set)
            .map(|(_, flag)| flag)
            .collect();
        format!(
            "  {ms:5} ms {} -> {}: {} to {} {flags} {} {}",
            macs.name(frame.source),
            macs.name(frame.destination),
            tcp.from,
            tcp.to,
            tcp.sequence,
            tcp.acknowledged
        )
    };
    let until = of.broken.as_ref().map_or_else(Instant::now, |(at, _)| *at) + AFTERMATH;
    let lines: Vec<String> = frames
        .iter()
        .filter_map(|frame| Some((frame, frame.tcp()?)))
        .filter(|(frame, tcp)| frame.at <= until && (tcp.from == of.source || tcp.to == of.source))
        .map(line)
        .collect();
    lines[lines.len().saturating_sub(HISTORY_LINES)..].join("\n")
}

/// Steady and held connections while the farm is in trouble.
struct Load {
    family: Family,
    steady: Steady,
    held: Held,
}

impl Load {
    /// Starts, and waits until every source address has been answered once, which tells whose
    /// share it is in, and every held connection has an answer.
    async fn start(farm: &Farm, family: Family) -> Result<Self> {
        let load = Self {
            family,
            steady: farm.steady_of(family).await?,
            held: farm.held_of(family).await?,
        };
        first_round(&load.steady, family).await?;
        eventually("an answer on every held connection", async || {
            let open = |all: &[HeldConnection]| all.iter().all(|c| !c.answers.is_empty());
            Ok(load.held.with_records(open).then_some(()))
        })
        .await?;
        Ok(load)
    }
}

/// The others take over, and then answer every new connection.
async fn replaced(farm: &Farm, load: &Load, lost: u8, fault: Instant) -> Result<()> {
    let name = plan::node_name(lost);
    let measured = eventually("the takeover", async || {
        Ok(load
            .steady
            .with_records(|attempts| takeover(attempts, &name, fault)))
    });
    let measured = measured.await?;
    tell(&format!(
        "takeover: {:.0} ms from {name}'s last answer to the first for its share, {:.0} ms after \
         the fault",
        measured.gap_ms, measured.after_fault_ms
    ));
    let all_taken = Instant::now();
    let attempts = farm.burst(burst_sources_of(load.family, 7, 300)).await?;
    let names: Vec<String> = farm
        .numbers()
        .filter(|n| *n != lost)
        .map(plan::node_name)
        .collect();
    answered_by(
        &attempts,
        &names.iter().map(String::as_str).collect::<Vec<_>>(),
    )?;
    // Everyone who was connected to another node goes on.
    eventually(
        "an answer on every held connection of the others",
        async || {
            let goes_on = |c: &HeldConnection| {
                c.node == name
                    || c.broken.is_some()
                    || c.answers.iter().any(|(at, _)| *at > all_taken)
            };
            Ok(load
                .held
                .with_records(|all| all.iter().all(goes_on))
                .then_some(()))
        },
    )
    .await
}

/// The node answers again with an equal share. Gives the connections of other nodes that broke since
/// the fault: there should be none.
async fn back(farm: &Farm, load: Load, lost: u8, fault: Instant) -> Result<Vec<HeldConnection>> {
    let name = plan::node_name(lost);
    let names = farm.names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    eventually_even(farm, load.family, 20, &names).await?;
    let end = Instant::now();
    let (held, attempts) = tokio::join!(load.held.finish(), load.steady.finish());
    let toll = disturbance(&attempts, &name, fault, end);
    tell(&format!(
        "of {} connections {} failed, {} took longer than 200 ms, the slowest {:.0} ms",
        toll.attempts, toll.failed, toll.slow, toll.slowest_ms
    ));
    let toll = held_toll(&held, &name, fault, end);
    tell(&format!(
        "of {} held connections {} were on {name}, {} of these broke; slowest answer of the \
         others {:.0} ms",
        toll.open, toll.on_the_lost_node, toll.broken_on_the_lost_node, toll.slowest_elsewhere_ms
    ));
    ensure!(
        toll.strangers == 0,
        "{} answers came from another node",
        toll.strangers
    );
    // Who was connected to the lost node is told so by the new owner, and never left to hang.
    let on_lost = held.iter().filter(|c| c.opened < fault && c.node == name);
    let ends = on_lost.filter_map(|c| Some((c.source, &c.broken.as_ref()?.1)));
    let hung: Vec<_> = ends.filter(|(_, how)| **how != Failure::Reset).collect();
    ensure!(hung.is_empty(), "connections to {name} ended so: {hung:?}");
    let of_others = |c: &HeldConnection| c.opened < fault && c.node != name && c.broken.is_some();
    Ok(held.into_iter().filter(of_others).collect())
}

/// The connections that broke and should not have.
fn list(broken: &[HeldConnection], fault: Instant) -> String {
    let line = |connection: &HeldConnection| {
        let (at, why) = connection.broken.as_ref()?;
        let after = at.saturating_duration_since(fault).as_millis();
        Some(format!(
            "{} at {} {why} after {after} ms",
            connection.source, connection.node
        ))
    };
    let lines: Vec<String> = broken.iter().filter_map(line).collect();
    format!("connections of other nodes broke: {}", lines.join(", "))
}
