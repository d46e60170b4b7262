//! What can go wrong when an engine is started or asked for something: a sentence each.
//!
//! The context is in the fields, the cause in the source; nothing changed unless a variant says so.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use evenkeel_core::command::Denied;
use evenkeel_core::ids::{ModuleName, NodeId};
use thiserror::Error;

use crate::ports::DatapathError;

/// Why an engine did not start. Nothing was left behind.
#[derive(Debug, Error)]
pub enum StartError {
    /// The recording that is wanted cannot begin.
    #[error("the recording {} cannot be made; name a file that does not exist", .path.display())]
    Record {
        /// The file.
        path: PathBuf,
        /// The reason.
        #[source]
        source: io::Error,
    },
    /// The node's number is not in the cluster's configuration.
    #[error("node {node} is not in the cluster's configuration, which has {nodes} nodes")]
    UnknownNode {
        /// This node, as the caller has it.
        node: NodeId,
        /// How many nodes there are.
        nodes: usize,
    },
    /// None of the addresses that the cluster's configuration gives this node is here.
    #[error(
        "none of this machine's interfaces has an address of node {node}: {}; the local addresses \
         are {}", list(.wanted), list(.present)
    )]
    NoLocalAddress {
        /// The node's name.
        node: String,
        /// Its addresses according to the cluster's configuration.
        wanted: Vec<IpAddr>,
        /// The addresses of the machine's interfaces.
        present: Vec<IpAddr>,
    },
    /// Another process has the heartbeat port.
    #[error("{addr} (UDP) is taken: another evenkeel, or another program, is running on this node")]
    PortTaken {
        /// The node's heartbeat address.
        addr: SocketAddr,
    },
    /// The heartbeat socket could not be made.
    #[error("the heartbeat socket on {addr} (UDP) cannot be opened")]
    Heartbeat {
        /// The node's heartbeat address.
        addr: SocketAddr,
        /// The kernel's answer.
        #[source]
        source: io::Error,
    },
    /// The folder of the modules cannot be used.
    #[error("the modules' folder {} cannot be created or read", path.display())]
    ModulesDir {
        /// The folder.
        path: PathBuf,
        /// The answer of the file system.
        #[source]
        source: io::Error,
    },
    /// Netlink is not available to this process.
    #[error("the kernel's network configuration (rtnetlink) cannot be read")]
    Netlink {
        /// The kernel's answer.
        #[source]
        source: io::Error,
    },
    /// What the former program kept in force cannot be gone on with.
    #[error("what is in force of the former program cannot be taken over")]
    TakeOver {
        /// The reason.
        #[source]
        source: DatapathError,
    },
    /// The driver's thread or its runtime could not be made.
    #[error("the driver's thread cannot be started")]
    Thread {
        /// The system's answer.
        #[source]
        source: io::Error,
    },
}

/// Why a request to an engine failed. Nothing changed.
#[derive(Debug, Error)]
pub enum EngineError {
    /// The engine was shut down, or is being shut down.
    #[error("this node's engine is stopping and takes no more requests")]
    Stopped,
    /// The node denied the command.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// No module of this name is configured here.
    #[error("module {0} is not configured on this node; configure it first")]
    UnknownModule(ModuleName),
    /// A virtual address is in no network of the interface that should carry it.
    #[error("virtual address {addr} is in no local network; {}", networks_sentence(.networks))]
    NoLocalNetwork {
        /// The virtual address.
        addr: IpAddr,
        /// The local networks as `interface address/length`, such as `eth0 10.0.0.0/24`.
        networks: Vec<String>,
    },
    /// The configuration names an interface that is not there.
    #[error("there is no network interface {name} on this node; there are {}", present.join(", "))]
    NoInterface {
        /// The interface's name in the configuration.
        name: String,
        /// The interfaces that are there.
        present: Vec<String>,
    },
    /// The interface cannot carry a virtual address.
    #[error("network interface {name} cannot carry a virtual address: {why}")]
    BadInterface {
        /// The interface.
        name: String,
        /// Why not.
        why: String,
    },
    /// A virtual address is a machine's own.
    #[error("{addr} is the address of this node on {interface}, so it cannot be a virtual address")]
    OwnAddress {
        /// The virtual address.
        addr: IpAddr,
        /// The interface that has it.
        interface: String,
    },
    /// A LAN of this name is none of this node's.
    #[error("this node is in no LAN {lan:?}; it is in {}", present.join(", "))]
    NoLan {
        /// The name.
        lan: String,
        /// The LANs that the node is in.
        present: Vec<String>,
    },
    /// A LAN cannot be cut here, and why.
    #[error("{0}")]
    NoCut(String),
    /// The node cannot be handed over to another program at this instant, and why.
    #[error("{0}")]
    NoHandover(String),
    /// A socket of a LAN that is to come cannot be made, and why.
    #[error("{0}")]
    NoSocket(String),
    /// The kernel's network configuration could not be read.
    #[error("the kernel's network configuration (rtnetlink) cannot be read")]
    Netlink(#[source] io::Error),
    /// The datapath could not answer.
    #[error(transparent)]
    Datapath(#[from] DatapathError),
}

fn list(addrs: &[IpAddr]) -> String {
    if addrs.is_empty() {
        return "none".to_owned();
    }
    addrs
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

fn networks_sentence(networks: &[String]) -> String {
    if networks.is_empty() {
        return "this node has no network at all".to_owned();
    }
    format!("the local networks are {}", networks.join(", "))
}

/// An error with its causes: `what: why: why`.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    text
}
