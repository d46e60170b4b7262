//! What no rule names is denied: no node answers it, with nothing whatever.

use std::collections::BTreeMap;
use std::net::IpAddr;

use anyhow::{Result, ensure};
use evenkeel_lab::capture::{Capture, Frame, What};
use evenkeel_lab::farm::plan::{self, Family};
use evenkeel_lab::farm::setup::{Rule, Setup};
use evenkeel_lab::farm::traffic::burst_sources_of;
use evenkeel_lab::farm::{Farm, FarmOptions};
use evenkeel_lab::isolate::World;
use evenkeel_lab::load::probe::{Probes, probe};

use crate::expect::answered_by;
use crate::{on_set_up, tell};

/// Addresses that probe: enough for every node to own some.
const SOURCES: usize = 24;

/// A port on which the service listens although no rule names it.
const UNNAMED: u16 = 81;

/// Protocols that nobody speaks here: IGMP, DCCP, GRE, SCTP, UDP-Lite, and one for experiments.
const PROTOCOLS: [u8; 6] = [2, 33, 47, 132, 136, 253];

const ICMP: u8 = 1;
const ICMPV6: u8 = 58;

pub(crate) fn no_answer(world: &World, options: FarmOptions) -> Result<()> {
    let rules = vec![Rule::tcp(plan::SERVICE_PORT, "on_addr")];
    let setup = Setup {
        http: vec![plan::SERVICE_PORT, UNNAMED],
        udp: vec![UNNAMED],
        ..Setup::dual(options.mode, rules)
    };
    on_set_up(world, options, &setup, async |farm| {
        for family in Family::ALL {
            denied(farm, family).await?;
        }
        Ok(())
    })
}

async fn denied(farm: &Farm, family: Family) -> Result<()> {
    let client = &farm.client().namespace;
    let capture = Capture::start(farm.segment().namespace())?;
    let sources: Vec<IpAddr> = plan::client_sources(family)
        .into_iter()
        .take(SOURCES)
        .collect();
    let open = probe(client, sources, probes(family)).await?;
    // What is allowed goes on; when it is answered, so was what came before it.
    let attempts = farm.burst(burst_sources_of(family, 0, 300)).await?;
    let frames = capture.finish()?;
    drop(open);
    let names = farm.names();
    answered_by(
        &attempts,
        &names.iter().map(String::as_str).collect::<Vec<_>>(),
    )?;
    let answers = answers(farm, family, &frames);
    let sent = frames
        .iter()
        .filter(|frame| frame.port == farm.client().port);
    let sent = sent.filter(|frame| !is_service(frame, family)).count();
    tell(&format!(
        "{family:?}: {sent} frames that no rule names, {} answers",
        answers.values().sum::<u32>()
    ));
    ensure!(
        sent > SOURCES * PROTOCOLS.len(),
        "the probes were not seen on the switch"
    );
    ensure!(answers.is_empty(), "{family:?}: answers came: {answers:?}");
    Ok(())
}

/// Every kind of packet that is not the service's.
fn probes(family: Family) -> Probes {
    // An echo request is answered although no rule names it; anything else of ICMP is not.
    let icmp = match family {
        // Timestamp and address mask request.
        Family::V4 => vec![(ICMP, icmp_v4(13, 12)), (ICMP, icmp_v4(17, 4))],
        // A node information query, and an informational message that does not exist.
        Family::V6 => vec![(ICMPV6, vec![139; 24]), (ICMPV6, vec![200; 16])],
    };
    Probes {
        to: plan::vip(family),
        tcp: vec![1, 22, UNNAMED, 443, 4800, 8080, plan::API_PORT, 65_535],
        udp: vec![1, 53, 80, UNNAMED, 4800, 33_434, 65_535],
        raw: PROTOCOLS
            .into_iter()
            .map(|protocol| (protocol, vec![0; 32]))
            .chain(icmp)
            .collect(),
    }
}

/// An ICMP message with its checksum: type, then zeros.
fn icmp_v4(kind: u8, body: usize) -> Vec<u8> {
    let mut message = vec![kind, 0, !kind, 0xff];
    message.resize(8 + body, 0);
    message
}

/// What went to the client's addresses from elsewhere and is not the service's, by kind.
fn answers(farm: &Farm, family: Family, frames: &[Frame]) -> BTreeMap<String, u32> {
    let macs = farm.mac_names();
    let sources = plan::client_sources(family);
    let mut answers = BTreeMap::new();
    for frame in frames {
        let to_client = frame.ip.is_some_and(|(_, to)| sources.contains(&to));
        if to_client && frame.port != farm.client().port && !is_service(frame, family) {
            let what = match frame.what {
                What::Tcp(tcp) => format!("TCP from {}, reset {}", tcp.from, tcp.rst),
                What::Udp(udp) => format!("UDP from {}", udp.from),
                What::Icmp(icmp) => format!("ICMP {:?} about {:?}", icmp.kind, icmp.quoted),
                What::Fragment(_) | What::Arp(_) | What::Other => "something".into(),
                // Who looks for the client's MAC address does not answer a probe.
                What::Neighbour(_) => continue,
            };
            let key = format!("{what} by {}", macs.name(frame.source));
            *answers.entry(key).or_default() += 1;
        }
    }
    answers
}

fn is_service(frame: &Frame, family: Family) -> bool {
    let service = plan::service(family);
    frame
        .tcp()
        .is_some_and(|tcp| tcp.from == service || tcp.to == service)
}
