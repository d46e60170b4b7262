//! What the driving program is told of the farm: where it is, how to log in, how to be its client.

use std::net::IpAddr;
use std::os::fd::RawFd;
use std::path::Path;

use serde::Serialize;

use super::FarmArgs;
use crate::farm::plan::{self, Family};
use crate::farm::{Farm, Mode};
use crate::isolate::World;
use crate::netns::Namespace;
use crate::segment;

/// The first line. Paths are as they are outside of the isolation.
#[derive(Clone, Debug, Serialize)]
pub struct Description {
    /// The servers.
    pub nodes: Vec<NodePlace>,
    /// The entry mode of the lab's own module; none: the package says it.
    pub mode: Option<Mode>,
    /// The module.
    pub module: String,
    /// The administrator.
    pub user: String,
    /// A file with its password.
    pub password_file: String,
    /// The certificate of the cluster's authority.
    pub ca: String,
    /// The virtual address.
    pub address: IpAddr,
    /// The port behind it.
    pub port: u16,
    /// Where the API is called from.
    pub console: Place,
    /// Where clients are.
    pub client: Place,
    /// The addresses from which clients may connect.
    pub sources: Vec<IpAddr>,
}

/// A server.
#[derive(Clone, Debug, Serialize)]
pub struct NodePlace {
    /// Its name.
    pub name: String,
    /// Its API, as the console reaches it.
    pub url: String,
    /// The MAC address of its interface.
    pub mac: String,
}

/// A network namespace.
#[derive(Clone, Debug, Serialize)]
pub struct Place {
    /// What to open for `setns`.
    pub namespace: String,
    /// What stands before a command that is to run there.
    pub command: Vec<String>,
}

impl Description {
    /// Describes a farm.
    pub fn of(world: &World, farm: &Farm, args: &FarmArgs) -> Self {
        let outside = |path: &Path| format!("/proc/{}/root{}", world.host_pid, path.display());
        let nodes = farm.numbers().map(|number| NodePlace {
            name: plan::node_name(number),
            url: format!("https://{}:{}", plan::node_addr(number), plan::API_PORT),
            mac: segment::hex(plan::node_mac(number)),
        });
        Self {
            nodes: nodes.collect(),
            mode: args.module.is_none().then_some(args.mode),
            module: args.name.clone(),
            user: farm.credentials().user.clone(),
            password_file: outside(&farm.dir().join("password")),
            ca: outside(&farm.credentials().ca),
            address: plan::vip(Family::V4),
            port: args.port,
            console: Place::of(world, &farm.console().namespace),
            client: Place::of(world, &farm.client().namespace),
            sources: plan::client_sources(Family::V4),
        }
    }
}

impl Place {
    fn of(world: &World, namespace: &Namespace) -> Self {
        let held: RawFd = namespace.raw_fd();
        let namespace = format!("/proc/{}/fd/{held}", world.host_pid);
        let command = vec!["nsenter".to_owned(), format!("--net={namespace}")];
        Self { namespace, command }
    }
}
