//! nginx as the application behind the virtual address: scripts as who has an nginx writes them, that
//! know nothing of the lab. Each node runs one of its own, whose page says the node's name.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::MODULE;
use super::files::{ModuleFiles, userconfig};
use super::node::Node;
use super::options::Mode;
use crate::prerequisites::Missing;
use crate::service;

/// The program.
const PROGRAM: &str = "nginx";

/// The scripts that start and stop it, by name.
pub const SCRIPTS: [(&str, &str); 2] = [
    ("start_both", include_str!("../../data/nginx/start_both")),
    ("stop_both", include_str!("../../data/nginx/stop_both")),
];

/// The farm's usual module, with nginx as its application.
///
/// # Errors
///
/// [`Missing`] when there is no nginx on this machine.
pub fn module(mode: Mode) -> Result<ModuleFiles> {
    check()?;
    let mut files = userconfig(mode);
    files.scripts = SCRIPTS
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .into();
    Ok(files)
}

/// Checks that nginx is on this machine, where the scripts look for it.
///
/// # Errors
///
/// [`Missing`] when it is not.
pub fn check() -> Result<(), Missing> {
    let path = env::var_os("PATH").unwrap_or_default();
    let is_there = env::split_paths(&path).any(|dir| dir.join(PROGRAM).is_file());
    is_there.then_some(()).ok_or_else(|| {
        Missing::new("There is no nginx on this machine: install the package nginx.".into())
    })
}

/// Where its process number stands, below the folder that a module's scripts have for themselves.
pub fn pid_file(module_var: PathBuf) -> PathBuf {
    module_var.join("nginx").join("nginx.pid")
}

/// The master process of a node's nginx, while it runs.
pub fn running(node: &Node) -> Option<Pid> {
    service::running(&pid_file(node.module_var(MODULE)))
}

/// Sends the master process of a node's nginx a signal: TERM stops it as an operator would, KILL leaves
/// its workers behind.
///
/// # Errors
///
/// When it does not run.
pub fn signal(node: &Node, signal: Signal) -> Result<()> {
    let master = running(node).with_context(|| format!("no nginx runs on {}", node.name()))?;
    Ok(kill(master, signal)?)
}
