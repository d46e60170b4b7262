//! Connections that are not opened by an ordinary handshake: SYN cookies, TCP Fast Open. They hold
//! while buckets move from node to node.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use anyhow::{Context, Result, ensure};
use evenkeel_client::types::Protocol;
use evenkeel_lab::farm::api::FlowQuestion;
use evenkeel_lab::farm::plan::{self, Family};
use evenkeel_lab::farm::setup::{Rule, Setup};
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, PATIENCE};
use evenkeel_lab::isolate::World;
use evenkeel_lab::load::http::Opening;
use evenkeel_lab::load::{Attempt, Steady};

use crate::expect::{eventually, first_of};
use crate::{tell, with_farm};

/// Rounds of stopping and starting a node.
const ROUNDS: u8 = 1;

/// A kernel parameter and its value.
type Parameter = (&'static str, &'static str);

pub(crate) fn syn_cookies(world: &World, options: FarmOptions) -> Result<()> {
    let always = [("net.ipv4.tcp_syncookies", "2")];
    tried(
        world,
        options,
        (&always, &[]),
        Opening::Usual,
        "SyncookiesRecv",
    )
}

pub(crate) fn fast_open(world: &World, options: FarmOptions) -> Result<()> {
    // Client and server, and every listening socket without being asked to.
    let (server, client) = (
        [("net.ipv4.tcp_fastopen", "1027")],
        [("net.ipv4.tcp_fastopen", "3")],
    );
    tried(
        world,
        options,
        (&server, &client),
        Opening::Fast,
        "TCPFastOpenPassive",
    )
}

/// With these kernel parameters of servers and client; `used` counts on the servers.
fn tried(
    world: &World,
    options: FarmOptions,
    (servers, client): (&[Parameter], &[Parameter]),
    opening: Opening,
    used: &str,
) -> Result<()> {
    let setup = Setup::dual(options.mode, vec![Rule::tcp(plan::SERVICE_PORT, "on_addr")]);
    with_farm(world, options, async |farm| {
        // What a socket is allowed is settled when it begins to listen.
        farm.client().namespace.set(client).await?;
        for number in farm.numbers() {
            farm.node(number)?.station().namespace.set(servers).await?;
        }
        farm.set_up(MODULE, &setup).await?;
        farm.start_module().await?;
        for family in Family::ALL {
            let addresses = addresses(farm, opening, family).await?;
            let steady = farm.steady_by(opening, addresses).await?;
            changes(farm, &steady).await?;
            all_went_well(family, &steady.finish().await)?;
        }
        let mut counts = Vec::new();
        for number in farm.numbers() {
            let namespace = &farm.node(number)?.station().namespace;
            let text = namespace.proc_net("netstat").await?;
            counts.push(counter(&text, used).context("the kernel does not count this")?);
        }
        tell(&format!("{used} of the nodes: {counts:?}"));
        ensure!(
            counts.iter().all(|count| *count > 0),
            "this was not tried on every node"
        );
        Ok(())
    })
}

/// Where the connections come from. A client's kernel remembers the cookies of a server for five of
/// its own addresses or so: for fast open it is one address per node.
async fn addresses(farm: &Farm, opening: Opening, family: Family) -> Result<Vec<IpAddr>> {
    let all = plan::client_sources(family);
    if opening == Opening::Usual {
        return Ok(all);
    }
    let mut by_node = BTreeMap::new();
    for address in all {
        let flow = FlowQuestion {
            from: SocketAddr::new(address, 1),
            to: plan::service(family),
            protocol: Protocol::Tcp,
        };
        by_node
            .entry(farm.owner(1, &flow).await?)
            .or_insert(address);
        if by_node.len() == farm.names().len() {
            break;
        }
    }
    Ok(by_node.into_values().collect())
}

/// Stops and starts the last node and then the first one, with a round of the load between.
async fn changes(farm: &Farm, steady: &Steady) -> Result<()> {
    for _ in 0..ROUNDS {
        for number in [farm.options().nodes, 1] {
            let name = plan::node_name(number);
            let api = farm.api(2)?;
            a_round(steady).await?;
            api.stop(MODULE, Some(vec![name.clone()])).await?;
            api.wait_stopped(MODULE, &name, PATIENCE).await?;
            a_round(steady).await?;
            api.start(MODULE, Some(vec![name.clone()])).await?;
            api.wait_ready(MODULE, &name, PATIENCE).await?;
        }
    }
    a_round(steady).await
}

/// Waits until as many attempts have ended as there are client addresses.
async fn a_round(steady: &Steady) -> Result<()> {
    let ended = steady.with_records(<[Attempt]>::len);
    let round = plan::client_sources(Family::V4).len();
    eventually("a round of the load", async || {
        let now = steady.with_records(<[Attempt]>::len);
        Ok((now >= ended + round).then_some(()))
    })
    .await
}

/// A packet that met the wrong node shows as a reset or as silence, a stop that waits for nobody as an
/// end before the answer: none may be.
fn all_went_well(family: Family, attempts: &[Attempt]) -> Result<()> {
    let failed: Vec<String> = attempts
        .iter()
        .filter_map(|attempt| {
            let failure = attempt.outcome.as_ref().err()?;
            Some(format!("{}: {failure}", attempt.source))
        })
        .collect();
    let slowest = attempts.iter().map(Attempt::duration).max();
    tell(&format!(
        "{family:?}: {} connections, {} failed, the slowest {:?}",
        attempts.len(),
        failed.len(),
        slowest.unwrap_or_default()
    ));
    ensure!(
        failed.is_empty(),
        "{family:?}: {} of {} connections failed: {}",
        failed.len(),
        attempts.len(),
        first_of(&failed)
    );
    Ok(())
}

/// A counter of `/proc/net/netstat`: a line of names, then a line of numbers.
fn counter(text: &str, name: &str) -> Option<u64> {
    let lines: Vec<&str> = text.lines().collect();
    lines.windows(2).find_map(|pair| {
        let at = pair[0]
            .split_whitespace()
            .position(|column| column == name)?;
        pair[1].split_whitespace().nth(at)?.parse().ok()
    })
}
