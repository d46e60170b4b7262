//! The API of a node, through the generated client, from the farm's console.

use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, bail};

use super::files::ModuleFiles;
use crate::netns::Namespace;

/// How to log in at any node of the farm.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The administrator.
    pub user: String,
    /// Its password.
    pub password: String,
    /// The certificate authority of the cluster.
    pub ca: PathBuf,
}

/// A connection to the API of one node.
#[derive(Clone, Debug)]
pub struct Api {
    console: Arc<Namespace>,
    addr: Ipv4Addr,
    credentials: Credentials,
}

impl Api {
    pub(super) fn new(
        console: &Arc<Namespace>,
        addr: Ipv4Addr,
        credentials: Credentials,
    ) -> Result<Self> {
        Ok(Self {
            console: Arc::clone(console),
            addr,
            credentials,
        })
    }
    pub async fn wait_for_daemon(&self, patience: Duration) -> Result<()> {
        bail!("{:?}{:?}{:?}", self, patience, self.console)
    }
    pub async fn configure(&self, module: &str, files: ModuleFiles) -> Result<()> {
        bail!("{module}{files:?}{:?}{:?}", self.addr, self.credentials)
    }
    pub async fn start(&self, module: &str, nodes: Option<Vec<String>>) -> Result<()> {
        bail!("{module}{nodes:?}")
    }
    pub async fn stop(&self, module: &str, nodes: Option<Vec<String>>) -> Result<()> {
        bail!("{module}{nodes:?}")
    }
    pub async fn wait_ready(&self, module: &str, node: &str, patience: Duration) -> Result<()> {
        bail!("{module}{node}{patience:?}")
    }
    pub async fn entry(&self, module: &str) -> Result<Option<String>> {
        bail!("{module}")
    }
    pub async fn wait(
        &self,
        module: &str,
        node: &str,
        phase: &str,
        readiness: &str,
        patience: Duration,
    ) -> Result<()> {
        bail!("{module}{node}{phase}{readiness}{patience:?}")
    }
    pub async fn log_in_as(&self, user: &str, password: &str) -> Result<Refusal> {
        bail!("{user}{password}")
    }
    pub async fn ask_with_token(&self, token: &str) -> Result<Refusal> {
        bail!("{token}")
    }
    pub async fn try_configure(&self, module: &str, files: ModuleFiles) -> Result<Refusal> {
        bail!("{module}{files:?}")
    }
    pub async fn try_start(&self, module: &str) -> Result<Refusal> {
        bail!("{module}")
    }
}

/// Why the API did not do it.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// Type of the problem.
    pub kind: String,
    /// In words.
    pub detail: String,
    /// Places in a configuration file.
    pub problems: Vec<Place>,
}

/// A place in a configuration file, and what is wrong there.
#[derive(Clone, Debug)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
    /// What is wrong.
    pub message: String,
}
