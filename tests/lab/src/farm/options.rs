//! What kind of farm the lab builds: how many servers, in which entry mode, with which back ends,
//! in what surroundings.

use std::fmt;

/// Servers of a farm at the most.
pub const NODES_MAX: usize = 16;

/// How many servers, and how the virtual address reaches them.
#[derive(Clone, Copy, Debug)]
pub struct FarmOptions {
    /// Servers, 2 to 16.
    pub nodes: u8,
    /// Further machines that are no nodes yet, numbered after the servers.
    pub later: u8,
    /// The entry mode.
    pub mode: Mode,
    /// The back end of each node.
    pub backends: [Backend; NODES_MAX],
    /// How long the switch remembers a MAC address, in seconds.
    pub ageing_s: u32,
    /// Every station forgets its neighbours within about a second.
    pub forgets_neighbours: bool,
    /// The servers and the client have a second interface at a second switch.
    pub second_segment: bool,
    /// A second client stands behind a router whose link to it carries small packets only.
    pub router: bool,
    /// Clients with one address and a MAC of their own, 0 to 200.
    pub guests: u8,
}

impl Default for FarmOptions {
    fn default() -> Self {
        Self {
            nodes: 3,
            later: 0,
            mode: Mode::Directed,
            backends: [Backend::Auto; NODES_MAX],
            ageing_s: 300,
            forgets_neighbours: false,
            second_segment: false,
            router: false,
            guests: 0,
        }
    }
}

impl FarmOptions {
    /// The back end of a node, by its number.
    pub fn backend(&self, number: u8) -> Backend {
        let index = usize::from(number).saturating_sub(1);
        self.backends.get(index).copied().unwrap_or_default()
    }
}

/// What puts a node's decisions in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Backend {
    /// What the daemon chooses by itself.
    #[default]
    Auto,
    /// Programs in the kernel.
    Ebpf,
    /// A queue to user space.
    Nfqueue,
    /// None: decisions are made and not put in force, so the node takes whatever comes. For trials
    /// of what notices that.
    Memory,
}

impl Backend {
    /// The value of `serve --datapath`; none where the daemon is not told.
    pub const fn option(self) -> Option<&'static str> {
        match self {
            Self::Auto => None,
            Self::Ebpf => Some("ebpf"),
            Self::Nfqueue => Some("nfqueue"),
            Self::Memory => Some("memory"),
        }
    }
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.option().unwrap_or("auto"))
    }
}

/// The entry mode of the virtual address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// `vmac_directed`: the address is at the entry node, which forwards.
    #[default]
    Directed,
    /// `vmac_invisible`: the address is at a virtual MAC, and the switch floods.
    Invisible,
}

impl Mode {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Directed, Self::Invisible];
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Directed => "directed",
            Self::Invisible => "invisible",
        })
    }
}
