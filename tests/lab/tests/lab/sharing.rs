//! Every node takes its share, each connection is answered once, and the virtual address is at one
//! MAC address only.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use evenkeel_lab::capture::findings::{Opening, bindings, openings, senders};
use evenkeel_lab::capture::{Capture, Frame};
use evenkeel_lab::farm::plan::{self, Family};
use evenkeel_lab::farm::setup::{Rule, Setup};
use evenkeel_lab::farm::traffic::burst_sources_of;
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, Mode};
use evenkeel_lab::isolate::World;
use evenkeel_lab::load::Attempt;
use evenkeel_lab::report::Shares;
use evenkeel_lab::segment::hex;

use crate::expect::evenly_answered_by;
use crate::{tell, with_farm};

pub(crate) fn shared_and_answered_once(world: &World, options: FarmOptions) -> Result<()> {
    with_farm(world, options, async |farm| {
        farm.configure().await?;
        share(farm, Family::V4).await
    })
}

pub(crate) fn shared_and_answered_once_v6(world: &World, options: FarmOptions) -> Result<()> {
    with_farm(world, options, async |farm| {
        farm.set_up(MODULE, &both_families(options.mode)).await?;
        share(farm, Family::V6).await
    })
}

fn both_families(mode: Mode) -> Setup {
    Setup::dual(mode, vec![Rule::tcp(plan::SERVICE_PORT, "on_addr")])
}

/// On a farm whose module is configured and not started.
async fn share(farm: &Farm, family: Family) -> Result<()> {
    let on_switch = Capture::start(farm.segment().namespace())?;
    let at_client = Capture::start(&farm.client().namespace)?;
    farm.start_module().await?;
    let attempts = the_same_place_every_time(farm, family).await?;
    let (on_switch, at_client) = (on_switch.finish()?, at_client.finish()?);
    answered_once(farm, family, (&on_switch, &at_client), attempts)?;
    one_place_on_the_wire(farm, family, &on_switch).await
}

/// 300 tuples, three times: even shares, and each tuple at the node of its first time.
pub(crate) async fn the_same_place_every_time(farm: &Farm, family: Family) -> Result<usize> {
    let names = farm.names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let sources = burst_sources_of(family, 0, 300);
    let other_ports = burst_sources_of(family, 1, 300);
    let first = farm.burst(sources.clone()).await?;
    tell(&format!(
        "shares of 300 connections: {}",
        Shares::of(&first)
    ));
    evenly_answered_by(&first, &names)?;
    let mut attempts = first.len();
    // The same tuples, then the same addresses from other ports: the rule hashes the address.
    for again in [sources.clone(), sources, other_ports] {
        let again = farm.burst(again).await?;
        evenly_answered_by(&again, &names)?;
        same_nodes(&first, &again)?;
        attempts += again.len();
    }
    Ok(attempts)
}

fn same_nodes(first: &[Attempt], again: &[Attempt]) -> Result<()> {
    for (before, after) in first.iter().zip(again) {
        ensure!(
            before.source.ip() == after.source.ip() && before.node() == after.node(),
            "{} was answered by {:?}, {} by {:?}",
            before.source,
            before.node(),
            after.source,
            after.node()
        );
    }
    Ok(())
}

/// One answer to each SYN, on the switch and at the client.
pub(crate) fn answered_once(
    farm: &Farm,
    family: Family,
    (on_switch, at_client): (&[Frame], &[Frame]),
    attempts: usize,
) -> Result<()> {
    let seen = openings(on_switch, plan::service(family), Some(farm.client().port));
    let syns: usize = seen.values().map(|opening| opening.syns.len()).sum();
    ensure!(
        syns == attempts,
        "{syns} connections seen on the switch, {attempts} made"
    );
    let macs = farm.mac_names();
    for (client, opening) in &seen {
        ensure!(
            opening.is_answered_once(),
            "{client}: {} SYNs, {} answers: {}",
            opening.syns.len(),
            opening.answers.len(),
            senders_of(opening)
                .iter()
                .map(|mac| macs.name(**mac))
                .collect::<Vec<_>>()
                .join(", ")
        );
        ensure!(
            opening.resets.is_empty(),
            "{client}: {} resets",
            opening.resets.len()
        );
    }
    let received = openings(at_client, plan::service(family), None);
    let answers = |all: &BTreeMap<_, Opening>| -> usize {
        all.values().map(|opening| opening.answers.len()).sum()
    };
    ensure!(
        answers(&received) == attempts,
        "{} answers reached the client, {attempts} connections made",
        answers(&received)
    );
    let answer_frames: u32 = seen.values().map(|opening| opening.answer_frames).sum();
    let syn_frames: u32 = seen.values().map(|opening| opening.syn_frames).sum();
    tell(&format!(
        "{attempts} connections: {syns} SYNs in {syn_frames} frames, {answer_frames} SYN-ACKs on \
         the switch"
    ));
    Ok(())
}

fn senders_of(opening: &Opening) -> Vec<&[u8; 6]> {
    opening.answers.iter().map(|(_, _, mac)| mac).collect()
}

/// ARP and neighbour discovery bind the virtual address to the agreed MAC only; the virtual MAC
/// never sends.
async fn one_place_on_the_wire(farm: &Farm, family: Family, frames: &[Frame]) -> Result<()> {
    let vip = plan::vip(family);
    let agreed = match farm.options().mode {
        Mode::Invisible => plan::VMAC,
        Mode::Directed => plan::node_mac(farm.entry(1).await?),
    };
    let (macs, bound) = (farm.mac_names(), bindings(frames, vip));
    let said: Vec<String> = bound
        .iter()
        .map(|(mac, times)| format!("{} {times} times", macs.name(*mac)))
        .collect();
    tell(&format!(
        "the wire said that {vip} is at: {}",
        said.join(", ")
    ));
    ensure!(
        bound.keys().eq([&agreed]),
        "{vip} was bound to {}; agreed is {}",
        said.join(", "),
        macs.name(agreed)
    );
    ensure!(
        !senders(frames).contains(&plan::VMAC),
        "a frame came from {}",
        hex(plan::VMAC)
    );
    Ok(())
}
