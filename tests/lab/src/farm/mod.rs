//! A farm: switch, servers with a real daemon each, a client and a console, brought up through the
//! API; and the faults that it can be given.
//!
//! ```text
//!   node1 10.77.0.1   node2 10.77.0.2  …   client 10.77.0.200   console 10.77.0.201
//!         fd77::1           fd77::2               fd77::200             fd77::201
//!      └───────────┬───────┴───────────────────┴───────────────────┘
//!               switch              virtual addresses 10.77.0.100, fd77::100
//! ```
//!
//! The client also has the networks 10.77.1.0/24 and 10.77.2.0/24 (fd77:0:0:1::/64 and so on)
//! behind it, as a router has, so that the servers need one neighbour entry for all of its
//! addresses: the kernel's neighbour table is one for all namespaces.
//!
//! On request there are also a second switch, a router with a client behind it, and clients with an
//! address each ([`surroundings`]).

pub mod api;
pub mod faults;
pub mod files;
pub mod nginx;
pub mod node;
pub mod options;
pub mod plan;
pub mod programs;
pub mod replacement;
pub mod settled;
pub mod setup;
pub mod surroundings;
pub mod traffic;
pub mod trouble;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, anyhow};

use crate::segment::{MacNames, Segment, Station};
use api::{Api, Credentials};
use files::FarmFiles;
use node::Node;
pub use options::{Backend, FarmOptions, Mode};
use plan::Net;
use programs::Programs;
use setup::Setup;
use surroundings::{Router, Surroundings};

/// The farm's usual module.
pub const MODULE: &str = "web";

/// How long anything may take that the farm waits for.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Farms made by this process, for their directories.
static FARMS: AtomicU32 = AtomicU32::new(0);

/// A running farm. Its processes, interfaces and mounts end when it is dropped.
#[derive(Debug)]
pub struct Farm {
    options: FarmOptions,
    files: FarmFiles,
    programs: Programs,
    nodes: Vec<Node>,
    around: Surroundings,
    credentials: Credentials,
}

impl Farm {
    /// Makes the network, initialises the nodes, starts the daemons and waits until each answers.
    /// `say` hears what is being done.
    ///
    /// # Errors
    ///
    /// When a program is missing, the kernel refuses, or a daemon does not come up; the error ends
    /// with the last lines of the daemons' logs.
    pub async fn boot(run_dir: &Path, options: FarmOptions, say: impl Fn(&str)) -> Result<Self> {
        let programs = Programs::find()?;
        let number = FARMS.fetch_add(1, Ordering::Relaxed) + 1;
        let files = FarmFiles::create(run_dir.join(format!("farm{number}")))?;
        say("laying cables");
        let around = Surroundings::new(&options).await?;
        let mut nodes = Vec::new();
        for number in 1..=options.nodes + options.later {
            let station = around.plug_server(number, 0, &options).await?;
            nodes.push(Node::new(number, options.backend(number), station, &files)?);
        }
        say("initialising the nodes");
        let servers = nodes.get(..options.nodes.into()).unwrap_or_default();
        let credentials = files.initialise(&programs, servers).await?;
        let mut farm = Self {
            options,
            files,
            programs,
            nodes,
            around,
            credentials,
        };
        say("starting the daemons");
        let started = farm.start_daemons().await;
        started.map_err(|error| farm.explain(error))?;
        Ok(farm)
    }

    /// As [`boot`](Self::boot), then gives the farm its module and starts it on every node.
    ///
    /// # Errors
    ///
    /// As [`boot`](Self::boot), and when the module does not become UP (Ready).
    pub async fn up(run_dir: &Path, options: FarmOptions, say: impl Fn(&str)) -> Result<Self> {
        let farm = Self::boot(run_dir, options, &say).await?;
        say("configuring the module");
        let up = async {
            farm.configure().await?;
            say("starting the module");
            farm.start_module().await
        };
        match up.await {
            Ok(()) => Ok(farm),
            Err(error) => Err(farm.explain(error)),
        }
    }

    /// Gives every node the module: the seed's `userconfig.xml` with its macros, and the scripts.
    ///
    /// # Errors
    ///
    /// When the API refuses or a node does not take it.
    pub async fn configure(&self) -> Result<()> {
        self.api(1)?
            .configure(MODULE, files::userconfig(self.options.mode))
            .await
    }

    /// Gives every node a module put together by a test.
    ///
    /// # Errors
    ///
    /// When the API refuses or a node does not take it.
    pub async fn set_up(&self, module: &str, setup: &Setup) -> Result<()> {
        self.api(1)?.configure(module, setup.files(module)).await
    }

    /// Starts the usual module everywhere and waits until it is UP (Ready) on every node.
    ///
    /// # Errors
    ///
    /// When the API refuses or the state is not reached in time.
    pub async fn start_module(&self) -> Result<()> {
        self.start(MODULE).await
    }

    /// Starts a module everywhere and waits until it is UP (Ready) on every node.
    ///
    /// # Errors
    ///
    /// When the API refuses or the state is not reached in time.
    pub async fn start(&self, module: &str) -> Result<()> {
        self.api(1)?.start(module, None).await?;
        for number in self.numbers() {
            self.api(number)?
                .wait_ready(module, &plan::node_name(number), PATIENCE)
                .await?;
        }
        Ok(())
    }

    /// The number of the node to which a flow to the usual module belongs, as a node sees it.
    ///
    /// # Errors
    ///
    /// When it is nobody's, or the node does not say.
    pub async fn owner(&self, asked: u8, flow: &api::FlowQuestion) -> Result<u8> {
        let owner = self.api(asked)?.owner(MODULE, asked, flow).await?;
        let number = self
            .numbers()
            .find(|number| plan::node_name(*number) == owner);
        number.with_context(|| format!("{owner} is no node"))
    }

    /// The number of the module's entry node, as a node sees it.
    ///
    /// # Errors
    ///
    /// When there is no view, or the node does not say.
    pub async fn entry(&self, asked: u8) -> Result<u8> {
        let status = self
            .api(asked)?
            .status(MODULE, &plan::node_name(asked))
            .await?;
        let entry = status.entry.context("there is no entry node")?;
        let number = self
            .numbers()
            .find(|number| plan::node_name(*number) == entry);
        number.with_context(|| format!("{entry} is no node"))
    }

    /// A connection to the API of a node, logged in as the administrator.
    ///
    /// # Errors
    ///
    /// When the node does not exist.
    pub fn api(&self, number: u8) -> Result<Api> {
        self.node(number)?;
        let addr = plan::node_addr(number);
        Ok(Api::new(
            &self.around.console.namespace,
            addr,
            self.credentials.clone(),
        ))
    }

    /// What the farm was made from.
    pub const fn options(&self) -> &FarmOptions {
        &self.options
    }

    /// The numbers of the nodes that the cluster begins with, from 1.
    pub fn numbers(&self) -> std::ops::RangeInclusive<u8> {
        1..=self.options.nodes
    }

    /// The nodes' names.
    pub fn names(&self) -> Vec<String> {
        self.numbers().map(plan::node_name).collect()
    }

    /// A node.
    ///
    /// # Errors
    ///
    /// When there is none of this number.
    pub fn node(&self, number: u8) -> Result<&Node> {
        let index = usize::from(number).checked_sub(1);
        index
            .and_then(|index| self.nodes.get(index))
            .with_context(|| format!("there is no node {number}"))
    }

    fn node_mut(&mut self, number: u8) -> Result<&mut Node> {
        let index = usize::from(number).checked_sub(1);
        index
            .and_then(|index| self.nodes.get_mut(index))
            .with_context(|| format!("there is no node {number}"))
    }

    /// Where the load comes from.
    pub const fn client(&self) -> &Station {
        &self.around.client
    }

    /// The client's interface at the second switch.
    ///
    /// # Errors
    ///
    /// When there is no second switch.
    pub fn second(&self) -> Result<&(Segment, Station)> {
        let second = self.around.second.as_ref();
        second.context("the farm has no second switch")
    }

    /// The router with the far client.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn router(&self) -> Result<&Router> {
        let router = self.around.router.as_ref();
        router.context("the farm has no router")
    }

    /// Clients with one address each.
    pub fn guests(&self) -> &[Station] {
        &self.around.guests
    }

    /// Where the API is called from.
    pub const fn console(&self) -> &Station {
        &self.around.console
    }

    /// The switch.
    pub const fn segment(&self) -> &Segment {
        &self.around.segment
    }

    /// How to log in.
    pub const fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// The farm's directory.
    pub fn dir(&self) -> &PathBuf {
        self.files.dir()
    }

    /// Names of the MAC addresses that may be seen.
    pub fn mac_names(&self) -> MacNames {
        let mut names = MacNames::default();
        self.around.name_macs(&mut names);
        for number in self.nodes.iter().map(Node::number) {
            let name = plan::node_name(number);
            names.insert(Net::First.node_mac(number), &name);
            names.insert(Net::Second.node_mac(number), &name);
        }
        names.insert(plan::VMAC, "virtual MAC");
        names
    }

    /// An error, its causes, and then the last lines of every daemon's log.
    pub fn explain(&self, error: anyhow::Error) -> anyhow::Error {
        let logs: String = self.nodes.iter().map(Node::log_tail).collect();
        anyhow!("{error:#}\nthe daemons' last words:\n{logs}")
    }

    async fn start_daemons(&mut self) -> Result<()> {
        for number in self.numbers() {
            let programs = self.programs.clone();
            self.node_mut(number)?.start_daemon(&programs).await?;
        }
        for number in self.numbers() {
            self.api(number)?.wait_for_daemon(PATIENCE).await?;
        }
        Ok(())
    }
}
