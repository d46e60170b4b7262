//! What has no connections: UDP datagrams, whole and in fragments, and pings. Each is answered by
//! one node.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use evenkeel_client::types::Protocol;
use evenkeel_lab::farm::api::FlowQuestion;
use evenkeel_lab::farm::plan::{self, Family};
use evenkeel_lab::farm::setup::{Rule, Setup};
use evenkeel_lab::farm::traffic::burst_sources_of;
use evenkeel_lab::farm::{Farm, FarmOptions, Mode};
use evenkeel_lab::isolate::World;
use evenkeel_lab::load::ping::{PingOptions, ping_all};
use evenkeel_lab::load::udp::{UdpOptions, UdpRecord, ask_all};

use crate::expect::first_of;
use crate::{on_set_up, tell};

/// Ports of the UDP service, by what their rule hashes.
const BY_ADDR: u16 = 5300;
const BY_PORT: u16 = 5301;

/// Sources that ask: enough for every node to have some.
const SOURCES: usize = 60;

/// Datagrams and pings of each source.
const EACH: u16 = 3;

/// Bytes of a datagram that needs several packets.
const LARGE: usize = 8000;

const TIME_MAX: Duration = Duration::from_secs(5);

pub(crate) fn answered_by_the_owner(world: &World, options: FarmOptions) -> Result<()> {
    on_set_up(world, options, &setup(options.mode), async |farm| {
        for family in Family::ALL {
            for port in [BY_ADDR, BY_PORT] {
                let records = ask(farm, family, port, 64).await?;
                answered_by_all(farm, &records)?;
                by_the_owner(farm, family, port, &records).await?;
            }
        }
        Ok(())
    })
}

pub(crate) fn fragments(world: &World, options: FarmOptions) -> Result<()> {
    on_set_up(world, options, &setup(options.mode), async |farm| {
        for family in Family::ALL {
            for port in [BY_ADDR, BY_PORT] {
                let records = ask(farm, family, port, LARGE).await?;
                answered_by_all(farm, &records)
                    .with_context(|| format!("{LARGE} bytes, {family:?}, port {port}"))?;
            }
        }
        Ok(())
    })
}

/// F9 of the farm model, deliberately better: in the model every node answers a ping in invisible mode,
/// with as many replies as nodes.
pub(crate) fn pings(world: &World, options: FarmOptions) -> Result<()> {
    on_set_up(world, options, &setup(options.mode), async |farm| {
        for family in Family::ALL {
            for bytes in [56, 4000] {
                let sources = plan::client_sources(family).into_iter().take(SOURCES);
                let ping = PingOptions {
                    to: plan::vip(family),
                    requests: EACH,
                    bytes,
                    time_max: TIME_MAX,
                };
                let records = ping_all(&farm.client().namespace, sources.collect(), ping).await?;
                let odd: Vec<_> = records
                    .iter()
                    .filter(|record| record.replies.iter().any(|replies| *replies != 1))
                    .collect();
                ensure!(
                    odd.is_empty(),
                    "{family:?}, {bytes} bytes: {} of {SOURCES} sources did not get one reply to \
                     each request: {odd:?}",
                    odd.len()
                );
            }
        }
        Ok(())
    })
}

fn setup(mode: Mode) -> Setup {
    let rules = vec![
        Rule::tcp(plan::SERVICE_PORT, "on_addr"),
        Rule::udp(BY_ADDR, "on_addr"),
        Rule::udp(BY_PORT, "on_port"),
    ];
    Setup {
        udp: vec![BY_ADDR, BY_PORT],
        ..Setup::dual(mode, rules)
    }
}

async fn ask(farm: &Farm, family: Family, port: u16, bytes: usize) -> Result<Vec<UdpRecord>> {
    let options = UdpOptions {
        to: (plan::vip(family), port).into(),
        datagrams: usize::from(EACH),
        bytes,
        time_max: TIME_MAX,
    };
    let sources = burst_sources_of(family, port % 10, SOURCES);
    ask_all(&farm.client().namespace, sources, options).await
}

/// Each datagram once, each source by one node, every node some.
fn answered_by_all(farm: &Farm, records: &[UdpRecord]) -> Result<()> {
    let odd: Vec<String> = records
        .iter()
        .filter_map(|record| Some(record.node().err()?.to_string()))
        .collect();
    ensure!(
        odd.is_empty(),
        "{} of {} sources were not answered once: {}",
        odd.len(),
        records.len(),
        first_of(&odd)
    );
    let nodes: BTreeSet<&str> = records.iter().flat_map(UdpRecord::node).collect();
    ensure!(
        nodes.len() == farm.names().len(),
        "only {nodes:?} answered datagrams"
    );
    Ok(())
}

async fn by_the_owner(farm: &Farm, family: Family, port: u16, records: &[UdpRecord]) -> Result<()> {
    for record in records {
        let flow = FlowQuestion {
            from: record.source,
            to: (plan::vip(family), port).into(),
            protocol: Protocol::Udp,
        };
        let owner = plan::node_name(farm.owner(1, &flow).await?);
        let node = record.node()?;
        ensure!(
            node == owner,
            "{} to port {port} was answered by {node}; the API says {owner}",
            record.source
        );
    }
    tell(&format!(
        "{} UDP flows over {family:?} to port {port}: each at its owner",
        records.len()
    ));
    Ok(())
}
