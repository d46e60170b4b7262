//! A farm: switch, servers with a real daemon each, a client and a console, brought up through the
//! API; and the faults that it can be given.
//!
//! ```text
//!   node1 10.77.0.1   node2 10.77.0.2  …   client 10.77.0.200   console 10.77.0.201
//!      └───────────┬───────┴───────────────────┴───────────────────┘
//!               switch              virtual address 10.77.0.100
//! ```
//!
//! The client also has the networks 10.77.1.0/24 and 10.77.2.0/24 behind it, as a router has, so
//! that the servers need one neighbour entry for all of its addresses: the kernel's neighbour
//! table is one for all namespaces.

pub mod api;
pub mod faults;
pub mod files;
pub mod node;
pub mod options;
pub mod plan;
pub mod programs;
pub mod traffic;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::segment::{MacNames, Segment, Station};
use api::{Api, Credentials};
use files::FarmFiles;
use node::Node;
pub use options::{FarmOptions, Mode};
use programs::Programs;

/// The farm's only module.
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
    client: Station,
    console: Station,
    segment: Segment,
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
        let segment = Segment::new(options.ageing_s).await?;
        let client = segment.plug("client", plan::client()).await?;
        let console = segment.plug("console", plan::console()).await?;
        let mut nodes = Vec::new();
        for number in 1..=options.nodes {
            let name = plan::node_name(number);
            let station = segment.plug(&name, plan::node(number)).await?;
            nodes.push(Node::new(number, station, &files)?);
        }
        say("initialising the nodes");
        let credentials = files.initialise(&programs, &nodes).await?;
        let mut farm = Self {
            options,
            files,
            programs,
            nodes,
            client,
            console,
            segment,
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

    /// Starts the module everywhere and waits until it is UP (Ready) on every node.
    ///
    /// # Errors
    ///
    /// When the API refuses or the state is not reached in time.
    pub async fn start_module(&self) -> Result<()> {
        self.api(1)?.start(MODULE, None).await?;
        for number in self.numbers() {
            self.api(number)?
                .wait_ready(MODULE, &plan::node_name(number), PATIENCE)
                .await?;
        }
        Ok(())
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
            &self.console.namespace,
            addr,
            self.credentials.clone(),
        ))
    }

    /// What the farm was made from.
    pub const fn options(&self) -> &FarmOptions {
        &self.options
    }

    /// The nodes' numbers, from 1.
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
        &self.client
    }

    /// Where the API is called from.
    pub const fn console(&self) -> &Station {
        &self.console
    }

    /// The switch.
    pub const fn segment(&self) -> &Segment {
        &self.segment
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
        names.insert(self.client.mac, "client");
        names.insert(self.console.mac, "console");
        for number in self.numbers() {
            names.insert(plan::node_mac(number), &plan::node_name(number));
        }
        names.insert(plan::VMAC, "virtual MAC");
        names
    }

    /// An error with the last lines of every daemon's log.
    pub fn explain(&self, error: anyhow::Error) -> anyhow::Error {
        let logs: String = self.nodes.iter().map(Node::log_tail).collect();
        error.context(format!("the farm failed; the daemons' last words:\n{logs}"))
    }

    async fn start_daemons(&mut self) -> Result<()> {
        for node in &mut self.nodes {
            node.start_daemon(&self.programs).await?;
        }
        for number in self.numbers() {
            self.api(number)?.wait_for_daemon(PATIENCE).await?;
        }
        Ok(())
    }
}
