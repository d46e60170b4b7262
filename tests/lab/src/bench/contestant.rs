//! What is measured: a server without a virtual address, or a farm.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::farm::options::NODES_MAX;
use crate::farm::plan::{self, Family, Net};
use crate::farm::programs::Programs;
use crate::farm::setup::{Rule, Setup};
use crate::farm::{Backend, Farm, FarmOptions, MODULE, Mode};
use crate::isolate::{self, World};
use crate::netns::Namespace;
use crate::segment::{Segment, Station};
use crate::service;

/// A service that can be asked.
#[derive(Debug)]
pub(super) struct Contestant {
    name: String,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Plain(Plain),
    Farm(Box<Farm>),
}

/// One server on a switch. Its service ends when this is dropped.
#[derive(Debug)]
struct Plain {
    _segment: Segment,
    _server: Station,
    client: Station,
    pid_file: PathBuf,
}

impl Contestant {
    /// One server, asked at its own address.
    pub(super) async fn plain(world: &World) -> Result<Self> {
        let segment = Segment::new(FarmOptions::default().ageing_s).await?;
        let server = segment.plug("plain", Net::First.node(1)).await?;
        let client = segment.plug("client", Net::First.client()).await?;
        let pid_file = world.run_dir.join("plain.pid");
        let mut command = isolate::command(Programs::find()?.lab);
        command
            .args(["serve", "--name", "plain", "--pid-file"])
            .arg(&pid_file);
        let started = server
            .namespace
            .run(|| async move { command.status() })
            .await??;
        if !started.success() {
            bail!("the server without a virtual address did not start");
        }
        Ok(Self {
            name: "one server, no VIP".to_owned(),
            kind: Kind::Plain(Plain {
                _segment: segment,
                _server: server,
                client,
                pid_file,
            }),
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
        })
    }

    /// For the table.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Where to ask.
    pub(super) fn service(&self) -> SocketAddr {
        match &self.kind {
            Kind::Plain(_) => Net::First.service(Family::V4, 1),
            Kind::Farm(_) => plan::SERVICE,
        }
    }

    /// From where.
    pub(super) fn client(&self) -> &Namespace {
        match &self.kind {
            Kind::Plain(plain) => &plain.client.namespace,
            Kind::Farm(farm) => &farm.client().namespace,
        }
    }
}

impl Drop for Plain {
    fn drop(&mut self) {
        // The end of the isolation ends it in any case.
        drop(service::stop(&self.pid_file, true));
    }
}
