//! What is measured: servers without a virtual address, or a farm.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::load::{self, Options, Sample, Tool};
use crate::farm::options::NODES_MAX;
use crate::farm::plan::{self, Family, Net};
use crate::farm::programs::Programs;
use crate::farm::setup::{Rule, Setup};
use crate::farm::{Backend, Farm, FarmOptions, MODULE, Mode};
use crate::isolate::{self, World};
use crate::netns::Namespace;
use crate::segment::{Segment, Station};
use crate::service;

/// Longest wait for a farm to be at rest; nothing is measured by it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A service that can be asked.
#[derive(Debug)]
pub(super) struct Contestant {
    name: String,
    kind: Kind,
    /// How many servers serve.
    serving: AtomicU8,
}

#[derive(Debug)]
enum Kind {
    Plain(Plain),
    Farm(Box<Farm>),
}

/// Servers on a switch. Their services end when this is dropped.
#[derive(Debug)]
struct Plain {
    _segment: Segment,
    _servers: Vec<Server>,
    client: Station,
}

#[derive(Debug)]
struct Server {
    _station: Station,
    pid_file: PathBuf,
}

impl Contestant {
    /// So many servers, each asked at its own address.
    pub(super) async fn plain(world: &World, servers: u8) -> Result<Self> {
        let segment = Segment::new(FarmOptions::default().ageing_s).await?;
        let client = segment.plug("client", Net::First.client()).await?;
        let mut running = Vec::new();
        for number in 1..=servers {
            running.push(Server::start(world, &segment, number, servers).await?);
        }
        let name = match servers {
            1 => "one server, no VIP".to_owned(),
            _ => format!("{servers} servers, no VIP"),
        };
        Ok(Self {
            name,
            kind: Kind::Plain(Plain {
                _segment: segment,
                _servers: running,
                client,
            }),
            serving: AtomicU8::new(servers),
        })
    }

    /// A farm whose connections are spread by the client's port.
    pub(super) async fn farm(
        world: &World,
        nodes: u8,
        mode: Mode,
        backend: Backend,
    ) -> Result<Self> {
        let name = format!("farm, {mode}, {backend}");
        let options = FarmOptions {
            nodes,
            mode,
            backends: [backend; NODES_MAX],
            ..FarmOptions::default()
        };
        let farm = Farm::boot(&world.run_dir, options, |_doing| ()).await;
        let farm = farm.with_context(|| name.clone())?;
        let setup = Setup::dual(mode, vec![Rule::tcp(plan::SERVICE_PORT, "on_port")]);
        let up = async {
            farm.set_up(MODULE, &setup).await?;
            farm.start_module().await
        };
        let up = up.await;
        up.map_err(|error| farm.explain(error))?;
        Ok(Self {
            name,
            kind: Kind::Farm(Box::new(farm)),
            serving: AtomicU8::new(nodes),
        })
    }

    /// Stops all nodes of a farm but the first, which has everything then.
    pub(super) async fn leave_one_up(&self) -> Result<()> {
        let Kind::Farm(farm) = &self.kind else {
            return Ok(());
        };
        let others: Vec<String> = farm.numbers().skip(1).map(plan::node_name).collect();
        let stop = async {
            farm.api(1)?.stop(MODULE, Some(others)).await?;
            farm.settled(&[1], PATIENCE).await
        };
        let stopped = stop.await;
        stopped.map_err(|error| farm.explain(error))?;
        self.serving.store(1, Ordering::Relaxed);
        Ok(())
    }

    /// How many servers serve.
    pub(super) fn serving(&self) -> u8 {
        self.serving.load(Ordering::Relaxed)
    }

    /// For the table.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Where to ask: each of these at the same time.
    pub(super) fn services(&self) -> Vec<SocketAddr> {
        let service = |number| Net::First.service(Family::V4, number);
        match &self.kind {
            Kind::Plain(_) => (1..=self.serving()).map(service).collect(),
            Kind::Farm(_) => vec![plan::SERVICE],
        }
    }

    /// Makes a load and measures it. A switch sends the console, too, what is for a MAC address that
    /// nobody uses, and this one would do so with the processors that are measured: the console's
    /// cable is pulled meanwhile.
    pub(super) async fn measure(&self, tool: Tool, options: &Options) -> Result<Sample> {
        let Kind::Farm(farm) = &self.kind else {
            return load::measure(tool, self.client(), options).await;
        };
        let (segment, port) = (farm.segment(), farm.console().port);
        segment.set_link(port, false).await?;
        let measured = load::measure(tool, self.client(), options).await;
        segment.set_link(port, true).await?;
        measured
    }

    /// From where.
    fn client(&self) -> &Namespace {
        match &self.kind {
            Kind::Plain(plain) => &plain.client.namespace,
            Kind::Farm(farm) => &farm.client().namespace,
        }
    }
}

impl Server {
    async fn start(world: &World, segment: &Segment, number: u8, of: u8) -> Result<Self> {
        let name = format!("plain{number}of{of}");
        let station = segment.plug(&name, Net::First.node(number)).await?;
        let pid_file = world.run_dir.join(format!("{name}.pid"));
        let mut command = isolate::command(Programs::find()?.lab);
        command
            .args(["serve", "--name", &name, "--pid-file"])
            .arg(&pid_file);
        let started = station
            .namespace
            .run(|| async move { command.status() })
            .await??;
        if !started.success() {
            bail!("the server {name} without a virtual address did not start");
        }
        Ok(Self {
            _station: station,
            pid_file,
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The end of the isolation ends it in any case.
        drop(service::stop(&self.pid_file, true));
    }
}
