//! Path MTU discovery through a router with a narrow link: what the router says about a packet that
//! was too big reaches the node that sent it, and nobody else.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use evenkeel_client::types::Protocol;
use evenkeel_lab::capture::{Capture, Frame, IcmpKind};
use evenkeel_lab::farm::api::FlowQuestion;
use evenkeel_lab::farm::plan::{self, Family};
use evenkeel_lab::farm::setup::{Rule, Setup};
use evenkeel_lab::farm::traffic::sources;
use evenkeel_lab::farm::{Farm, FarmOptions};
use evenkeel_lab::isolate::World;
use evenkeel_lab::load::transfer::download;

use crate::{on_set_up, tell};

/// Downloads, each from another address of the far client.
const DOWNLOADS: usize = 24;

/// Bytes of each: many packets that are too big at first.
const BYTES: u64 = 300_000;

const TIME_MAX: Duration = Duration::from_secs(20);

pub(crate) fn told_to_the_owner(world: &World, options: FarmOptions) -> Result<()> {
    let options = FarmOptions {
        router: true,
        ..options
    };
    let setup = Setup::dual(options.mode, vec![Rule::tcp(plan::SERVICE_PORT, "on_port")]);
    on_set_up(world, options, &setup, async |farm| {
        for family in Family::ALL {
            downloads(farm, family)
                .await
                .with_context(|| format!("{family:?}"))?;
        }
        Ok(())
    })
}

async fn downloads(farm: &Farm, family: Family) -> Result<()> {
    let before = told(farm, family).await?;
    let capture = Capture::start(farm.segment().namespace())?;
    let far = &farm.router()?.far;
    let mut nodes = BTreeSet::new();
    for source in sources(plan::far_sources(family), 0, DOWNLOADS) {
        let ends = (source, plan::service(family));
        nodes.insert(download(far, ends, BYTES, TIME_MAX).await?.node);
    }
    let frames = capture.finish()?;
    ensure!(
        nodes.len() == farm.names().len(),
        "the downloads came from {nodes:?} only: too few tuples"
    );
    let sent = sent_by_router(farm, family, &frames).await?;
    let after = told(farm, family).await?;
    let got: BTreeMap<u8, u64> = after
        .iter()
        .map(|(node, count)| (*node, count - before.get(node).copied().unwrap_or_default()))
        .collect();
    tell(&format!(
        "{family:?}: errors from the router about flows of each node: {sent:?}, errors that each \
         node's stack got: {got:?}"
    ));
    ensure!(
        sent.len() == nodes.len(),
        "the router complained about the flows of {sent:?} only"
    );
    ensure!(
        sent == got,
        "the router's errors by the owner of the flow: {sent:?}; delivered: {got:?}"
    );
    Ok(())
}

/// How many errors the router sent about the flows of each node.
async fn sent_by_router(
    farm: &Farm,
    family: Family,
    frames: &[Frame],
) -> Result<BTreeMap<u8, u64>> {
    let router = farm.router()?.station.port;
    let mut sent = BTreeMap::new();
    for frame in frames.iter().filter(|frame| frame.port == router) {
        let Some(icmp) = frame.icmp().filter(|icmp| icmp.kind == IcmpKind::TooBig) else {
            continue;
        };
        let (from, to) = icmp.quoted.context("an error without the packet")?;
        ensure!(
            from == plan::service(family),
            "the router complained about a packet from {from}"
        );
        let flow = FlowQuestion {
            from: to,
            to: from,
            protocol: Protocol::Tcp,
        };
        *sent.entry(farm.owner(1, &flow).await?).or_default() += 1;
    }
    Ok(sent)
}

/// How many such errors the stack of each node has got.
async fn told(farm: &Farm, family: Family) -> Result<BTreeMap<u8, u64>> {
    let mut told = BTreeMap::new();
    for number in farm.numbers() {
        let namespace = &farm.node(number)?.station().namespace;
        let count = match family {
            Family::V4 => in_columns(
                &namespace.proc_net("snmp").await?,
                "Icmp:",
                "InDestUnreachs",
            ),
            Family::V6 => in_lines(&namespace.proc_net("snmp6").await?, "Icmp6InPktTooBigs"),
        };
        told.insert(number, count.context("the kernel does not count this")?);
    }
    Ok(told)
}

/// A counter of `/proc/net/snmp`: a line of names, then a line of numbers.
fn in_columns(text: &str, head: &str, name: &str) -> Option<u64> {
    let mut lines = text.lines().filter(|line| line.starts_with(head));
    let (names, numbers) = (lines.next()?, lines.next()?);
    let at = names.split_whitespace().position(|column| column == name)?;
    numbers.split_whitespace().nth(at)?.parse().ok()
}

/// A counter of `/proc/net/snmp6`: a name and a number in each line.
fn in_lines(text: &str, name: &str) -> Option<u64> {
    let line = text
        .lines()
        .find(|line| line.split_whitespace().next() == Some(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
