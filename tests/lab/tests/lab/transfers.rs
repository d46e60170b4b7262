//! Large transfers through the virtual address, with the offloads of the interfaces on: from the
//! entry node itself, and over it.

use std::env;
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result};
use evenkeel_client::types::Protocol;
use evenkeel_lab::farm::api::FlowQuestion;
use evenkeel_lab::farm::plan::{self, Family};
use evenkeel_lab::farm::setup::{Rule, Setup};
use evenkeel_lab::farm::traffic::burst_sources_of;
use evenkeel_lab::farm::{Farm, FarmOptions};
use evenkeel_lab::isolate::World;
use evenkeel_lab::load::transfer::{Transfer, download, upload};

use crate::{on_set_up, tell};

/// Sets the bytes of each transfer.
const BYTES_VARIABLE: &str = "EVENKEEL_LAB_TRANSFER_BYTES";

/// Bytes of each of the eight transfers without it: 1 GB in total.
const BYTES: u64 = 125_000_000;

/// A transfer that takes longer stands still.
const TIME_MAX: Duration = Duration::from_secs(300);

pub(crate) fn arrive_whole(world: &World, options: FarmOptions) -> Result<()> {
    let bytes = match env::var(BYTES_VARIABLE) {
        Ok(bytes) => bytes.parse().context(BYTES_VARIABLE)?,
        Err(_) => BYTES,
    };
    let setup = Setup::dual(options.mode, vec![Rule::tcp(plan::SERVICE_PORT, "on_port")]);
    on_set_up(world, options, &setup, async |farm| {
        for family in Family::ALL {
            for at_entry in [true, false] {
                let source = source(farm, family, at_entry).await?;
                both_ways(farm, family, source, bytes).await?;
            }
        }
        Ok(())
    })
}

async fn both_ways(farm: &Farm, family: Family, source: SocketAddr, bytes: u64) -> Result<()> {
    let client = &farm.client().namespace;
    let ends = (source, plan::service(family));
    let down = download(client, ends, bytes, TIME_MAX).await?;
    say(farm, family, "down", &down).await?;
    let up = upload(client, ends, bytes, TIME_MAX).await?;
    say(farm, family, "up", &up).await
}

async fn say(farm: &Farm, family: Family, way: &str, transfer: &Transfer) -> Result<()> {
    let entry = plan::node_name(farm.entry(1).await?);
    let place = if entry == transfer.node {
        "the entry node"
    } else {
        "another node"
    };
    tell(&format!(
        "{family:?} {way}: {} MB with {place} at {:.0} MB/s",
        transfer.bytes / 1_000_000,
        transfer.megabytes_per_second()
    ));
    Ok(())
}

/// A source whose flow belongs to the entry node, or to another one.
async fn source(farm: &Farm, family: Family, at_entry: bool) -> Result<SocketAddr> {
    let entry = farm.entry(1).await?;
    for from in burst_sources_of(family, 3, 200) {
        let flow = FlowQuestion {
            from,
            to: plan::service(family),
            protocol: Protocol::Tcp,
        };
        if (farm.owner(1, &flow).await? == entry) == at_entry {
            return Ok(from);
        }
    }
    anyhow::bail!("200 flows of which none is where it is wanted")
}
