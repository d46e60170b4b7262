//! Back ends of different kinds in one farm share its traffic.

use anyhow::{Result, ensure};
use evenkeel_lab::capture::Capture;
use evenkeel_lab::farm::options::NODES_MAX;
use evenkeel_lab::farm::plan::{self, Family};
use evenkeel_lab::farm::setup::{Rule, Setup};
use evenkeel_lab::farm::{Backend, FarmOptions, MODULE};
use evenkeel_lab::isolate::World;

use crate::sharing::{answered_once, the_same_place_every_time};
use crate::{tell, with_farm};

/// A farm of nodes with back ends of both kinds.
pub(crate) fn both_kinds(options: FarmOptions) -> FarmOptions {
    let mut backends = [Backend::Auto; NODES_MAX];
    backends[0] = Backend::Ebpf;
    backends[1] = Backend::Nfqueue;
    FarmOptions {
        backends,
        ..options
    }
}

pub(crate) fn back_ends(world: &World, options: FarmOptions) -> Result<()> {
    let options = both_kinds(options);
    let setup = Setup::dual(options.mode, vec![Rule::tcp(plan::SERVICE_PORT, "on_addr")]);
    with_farm(world, options, async |farm| {
        farm.set_up(MODULE, &setup).await?;
        farm.start_module().await?;
        for (number, wanted) in [(1, "ebpf"), (2, "nfqueue")] {
            let status = farm.api(number)?;
            let status = status.status(MODULE, &plan::node_name(number)).await?;
            let backend = &status.backend;
            tell(&format!("node{number}: {}: {}", backend.name, backend.why));
            ensure!(
                backend.name == wanted,
                "node{number} works with {}, not with {wanted}",
                backend.name
            );
        }
        for family in Family::ALL {
            let on_switch = Capture::start(farm.segment().namespace())?;
            let at_client = Capture::start(&farm.client().namespace)?;
            let attempts = the_same_place_every_time(farm, family).await?;
            let frames = (on_switch.finish()?, at_client.finish()?);
            answered_once(farm, family, (&frames.0, &frames.1), attempts)?;
        }
        Ok(())
    })
}
