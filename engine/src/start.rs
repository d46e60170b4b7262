//! Starts an engine: looks whether the machine has what it takes, then makes the threads.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::{fs, io, thread};

use evenkeel_core::ids::Time;
use evenkeel_core::node::{Node, NodeConfig};
use tokio::sync::{broadcast, mpsc, watch};

use crate::driver::{self, Parts, Recorder, TakenOver};
use crate::error::{StartError, chain};
use crate::handle::{DriverStatus, Engine, EngineConfig, Timers};
use crate::handover::Former;
use crate::net::heartbeat::{self, LanAddrs};
use crate::net::lans;
use crate::net::links::Link;
use crate::ports::{Datapath, Probed};
use crate::precedence::{Precedence, Scheduling};
use crate::{clock, limits, worker};

/// Where the former settings of interfaces are kept, in the modules' folder.
const FORMER_SETTINGS: &str = ".former-interface-settings";

pub(crate) fn start(
    mut config: EngineConfig,
    mut datapath: Box<dyn Datapath>,
    former: Option<Former>,
) -> Result<Engine, StartError> {
    check_node(&config)?;
    fs::create_dir_all(&config.modules_dir).map_err(|source| StartError::ModulesDir {
        path: config.modules_dir.clone(),
        source,
    })?;
    let started = worker::start(config.modules_dir.join(FORMER_SETTINGS))?;
    let addrs = heartbeat::lan_addrs(&config.cluster, config.node, &config.heartbeat_addrs);
    check_addresses(&config, &addrs, &started.links)?;
    let bound = addrs
        .iter()
        .cloned()
        .map(heartbeat::bind)
        .collect::<Result<_, _>>()?;
    if let Some(former) = &former {
        config.incarnation = former.run();
        let taken = datapath.take_over(&former.datapath);
        taken.map_err(|source| StartError::TakeOver { source })?;
    }
    // After the ports are this node's: another daemon that has them keeps its programs.
    let responder = lans::responder(&config, &started.links);
    if let Err(error) = datapath.respond_as(&responder) {
        tracing::warn!(error = chain(&error), "the kernel does not answer probes");
    }
    let kernel_answers = datapath.answers_in_kernel();
    let now = clock::now();
    let told = NodeConfig {
        node: config.node,
        cluster: config.cluster.clone(),
        keys: config.keys.clone(),
        incarnation: config.incarnation,
        kernel_answers,
        may_reboot: config.reboot.is_some(),
    };
    let (node, taken_over, recorder) = node(&config, told, former, now)?;
    let (requests, queue) = mpsc::channel(limits::REQUESTS);
    let (status, watching) = watch::channel(Arc::new(node.status(now)));
    let (told, driver) = watch::channel(Arc::new(not_begun(kernel_answers)));
    let events = broadcast::Sender::new(limits::EVENTS);
    let engine = Engine {
        requests,
        worker: started.worker.clone(),
        status: watching,
        driver,
        events: events.downgrade(),
    };
    let parts = Parts {
        config,
        node,
        recorder,
        datapath,
        bound,
        responder,
        worker: started.worker,
        worker_stop: started.stop,
        requests: queue,
        answers: started.answers,
        status,
        told,
        events,
        taken_over,
    };
    spawn(parts)?;
    Ok(engine)
}

/// What there is to say of the driver before it runs.
fn not_begun(kernel_answers: bool) -> DriverStatus {
    DriverStatus {
        precedence: Precedence {
            scheduling: Scheduling::Ordinary,
            why: "its thread has not begun".to_owned(),
        },
        timers: Timers::default(),
        kernel_answers,
        probed: Probed::default(),
    }
}

/// A node that begins, with the recording that is wanted; or one that goes on.
fn node(
    config: &EngineConfig,
    told: NodeConfig,
    former: Option<Former>,
    now: Time,
) -> Result<(Node, Option<TakenOver>, Option<Recorder>), StartError> {
    match former {
        Some(former) => {
            let Former { node, lent, .. } = former;
            let taken = TakenOver::new(former.interfaces, former.unplugged, &lent);
            Ok((node, Some(taken), None))
        }
        None => {
            let recorder = record(config, &told, now)?;
            Ok((Node::new(told, now), None, recorder))
        }
    }
}

/// Begins the recording that is wanted.
fn record(
    config: &EngineConfig,
    told: &NodeConfig,
    now: Time,
) -> Result<Option<Recorder>, StartError> {
    let begin = |path: &PathBuf| {
        Recorder::new(path, told, now).map_err(|source| StartError::Record {
            path: path.clone(),
            source,
        })
    };
    config.record.as_ref().map(begin).transpose()
}

/// Starts the driver's thread and waits until it runs. The runtime is made on that thread: one that
/// a failure ended here might be dropped inside the caller's own.
fn spawn(parts: Parts) -> Result<(), StartError> {
    let (report, ready) = std::sync::mpsc::sync_channel(1);
    thread::Builder::new()
        .name("evenkeel-driver".to_owned())
        .spawn(move || driver::run(parts, &report))
        .map_err(|source| StartError::Thread { source })?;
    let ended = |_| Err(io::ErrorKind::BrokenPipe.into());
    ready
        .recv()
        .unwrap_or_else(ended)
        .map_err(|source| StartError::Thread { source })
}

fn check_node(config: &EngineConfig) -> Result<(), StartError> {
    if config.cluster.name(config.node).is_some() {
        return Ok(());
    }
    Err(StartError::UnknownNode {
        node: config.node,
        nodes: config.cluster.nodes().count(),
    })
}

/// One address that is there is enough: a cable may be out.
fn check_addresses(
    config: &EngineConfig,
    addrs: &[LanAddrs],
    links: &[Link],
) -> Result<(), StartError> {
    let present: BTreeSet<IpAddr> = links
        .iter()
        .flat_map(|link| &link.addrs)
        .map(|local| local.addr)
        .collect();
    // The whole of 127.0.0.0/8 is local without being listed.
    let is_here = |addr: IpAddr| present.contains(&addr) || addr.is_loopback();
    let (here, missing): (Vec<&LanAddrs>, Vec<&LanAddrs>) =
        addrs.iter().partition(|lan| is_here(lan.own.ip()));
    for lan in &missing {
        let addr = lan.own.ip();
        tracing::warn!(lan = %lan.name, %addr, "this node's address in the LAN is not on any interface");
    }
    if here.is_empty() {
        return Err(StartError::NoLocalAddress {
            node: config
                .cluster
                .name(config.node)
                .unwrap_or_default()
                .to_owned(),
            wanted: missing.iter().map(|lan| lan.own.ip()).collect(),
            present: present
                .into_iter()
                .filter(|addr| !addr.is_loopback())
                .collect(),
        });
    }
    Ok(())
}
