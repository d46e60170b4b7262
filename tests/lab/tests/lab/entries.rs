//! The ARP rule: every client finds the virtual address at the node that owns the client's address.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};

use anyhow::{Context, Result, ensure};
use evenkeel_client::types::Protocol;
use evenkeel_lab::capture::{Capture, Frame, What};
use evenkeel_lab::farm::api::FlowQuestion;
use evenkeel_lab::farm::plan::{self, Family};
use evenkeel_lab::farm::setup::{Rule, Setup};
use evenkeel_lab::farm::traffic::TIME_MAX;
use evenkeel_lab::farm::{Farm, FarmOptions};
use evenkeel_lab::isolate::World;
use evenkeel_lab::link::Mac;
use evenkeel_lab::load::Attempt;
use evenkeel_lab::load::attempt::burst;

use crate::expect::eventually;
use crate::{on_set_up, tell};

/// Clients with a MAC address and a neighbour table of their own.
const GUESTS: u8 = 12;

/// Where they connect from.
const FIRST_PORT: u16 = 20_000;

pub(crate) fn spread(world: &World, options: FarmOptions) -> Result<()> {
    let options = FarmOptions {
        guests: GUESTS,
        ..options
    };
    let rules = vec![Rule::tcp(plan::SERVICE_PORT, "on_addr"), Rule::arp()];
    on_set_up(
        world,
        options,
        &Setup::dual(options.mode, rules),
        async |farm| {
            let mut owners = BTreeMap::new();
            for family in Family::ALL {
                owners = each_at_its_owner(farm, family).await?;
            }
            let lost = *owners.get(&1).context("guest 1 has no owner")?;
            farm.kill9(lost)?;
            for (family, port) in Family::ALL.into_iter().zip(1..) {
                let mut port = FIRST_PORT + 100 * port;
                eventually(
                    "service for every guest after the death of a node",
                    async || {
                        port += 1;
                        let attempts = connect(farm, family, port).await?;
                        Ok(attempts.iter().all(|a| a.outcome.is_ok()).then_some(()))
                    },
                )
                .await?;
            }
            Ok(())
        },
    )
}

/// Every guest connects, and finds the address at its owner. Gives the owners by guest.
async fn each_at_its_owner(farm: &Farm, family: Family) -> Result<BTreeMap<u8, u8>> {
    let capture = Capture::start(farm.segment().namespace())?;
    let attempts = connect(farm, family, FIRST_PORT).await?;
    let frames = capture.finish()?;
    let mut owners = BTreeMap::new();
    for (guest, attempt) in (1..=GUESTS).zip(&attempts) {
        let owner = owner(farm, family, guest).await?;
        let node = attempt.outcome.as_ref();
        let node = node.map_err(|failure| anyhow::anyhow!("guest {guest}: {failure}"))?;
        ensure!(
            *node == plan::node_name(owner),
            "guest {guest} was answered by {node}, not by its owner node{owner}"
        );
        let told = told(&frames, plan::vip(family), plan::guest_addr(family, guest));
        let macs = farm.mac_names();
        let told: BTreeSet<String> = told.iter().map(|mac| macs.name(*mac)).collect();
        ensure!(
            told == [plan::node_name(owner)].into(),
            "{family:?}: guest {guest} was told that the address is at {told:?}; its owner is \
             node{owner}"
        );
        owners.insert(guest, owner);
    }
    let entries: BTreeSet<u8> = owners.values().copied().collect();
    tell(&format!(
        "{family:?}: {GUESTS} clients find the address at nodes {entries:?}"
    ));
    ensure!(entries.len() > 1, "all guests have the same entry node");
    Ok(owners)
}

async fn connect(farm: &Farm, family: Family, port: u16) -> Result<Vec<Attempt>> {
    let mut attempts = Vec::new();
    for (guest, station) in (1..=GUESTS).zip(farm.guests()) {
        let from = SocketAddr::new(plan::guest_addr(family, guest), port);
        let to = plan::service(family);
        attempts.extend(burst(&station.namespace, vec![from], to, TIME_MAX).await?);
    }
    Ok(attempts)
}

async fn owner(farm: &Farm, family: Family, guest: u8) -> Result<u8> {
    let flow = FlowQuestion {
        from: SocketAddr::new(plan::guest_addr(family, guest), FIRST_PORT),
        to: plan::service(family),
        protocol: Protocol::Tcp,
    };
    farm.owner(1, &flow).await
}

/// Where an address was said to be in the answers to a client.
fn told(frames: &[Frame], address: IpAddr, client: IpAddr) -> BTreeSet<Mac> {
    let answer = |frame: &&Frame| match frame.what {
        What::Arp(arp) => !arp.request && IpAddr::V4(arp.target) == client,
        What::Neighbour(neighbour) => {
            neighbour.advertises && frame.ip.is_some_and(|(_, to)| to == client)
        }
        What::Tcp(_) | What::Udp(_) | What::Icmp(_) | What::Fragment(_) | What::Other => false,
    };
    frames
        .iter()
        .filter(answer)
        .filter_map(Frame::binding)
        .filter_map(|(bound, mac)| (bound == address).then_some(mac))
        .collect()
}
