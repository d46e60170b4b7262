//! What kind of farm the lab builds: how many servers, in which entry mode.

use std::fmt;

/// How many servers, and how the virtual address reaches them.
#[derive(Clone, Copy, Debug)]
pub struct FarmOptions {
    /// Servers, 2 to 16.
    pub nodes: u8,
    /// The entry mode.
    pub mode: Mode,
    /// How long the switch remembers a MAC address, in seconds.
    pub ageing_s: u32,
}

impl Default for FarmOptions {
    fn default() -> Self {
        Self {
            nodes: 3,
            mode: Mode::Directed,
            ageing_s: 300,
        }
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
