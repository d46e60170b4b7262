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
}
