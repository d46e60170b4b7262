//! A failover rule takes a node out of one port of the virtual address and leaves it the others.

use std::net::SocketAddr;

use anyhow::{Context, Result, ensure};
use evenkeel_lab::farm::plan::{self, Family, Net, node_name};
use evenkeel_lab::farm::setup::{Group, Rule, Setup};
use evenkeel_lab::farm::traffic::sources;
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE};
use evenkeel_lab::isolate::World;
use evenkeel_lab::load::Attempt;

use crate::checkers::NODE;
use crate::custom::{DOWN, UP, fall_ill, recover, with_checker};
use crate::expect::{answered_by, evenly_answered_by, eventually};
use crate::log::Log;
use crate::with_farm;

/// The other port, and its group.
const ADMIN_PORT: u16 = 8080;
const ADMIN: &str = "admin";

const CONNECTIONS: usize = 300;

/// What a node looks at, and what follows.
const ELEMENTS: &str = r#"
    <check><custom ident="disk" when="both" exec="disk-check" action="noaction"/></check>
    <failover><![CDATA[no_admin: if (custom.disk == down) then withdraw(admin);]]></failover>"#;

/// One node's check of one port fails, and is well again. Whoever connects to either port is answered
/// all the time, and the other port does not notice.
pub(crate) fn one_port(world: &World, options: FarmOptions) -> Result<()> {
    let setup = Setup {
        groups: vec![
            Group::new("web", vec![Rule::tcp(plan::SERVICE_PORT, "on_addr")]),
            Group::new(ADMIN, vec![Rule::tcp(ADMIN_PORT, "on_port")]),
        ],
        http: vec![plan::SERVICE_PORT, ADMIN_PORT],
        ..Setup::dual(options.mode, Vec::new())
    };
    with_farm(world, options, async |farm| {
        let files = with_checker(setup.files(MODULE), ELEMENTS, "");
        farm.api(1)?.configure(MODULE, files).await?;
        farm.start_module().await?;
        let names = farm.names();
        let all: Vec<&str> = names.iter().map(String::as_str).collect();
        let ill = node_name(NODE);
        let others: Vec<&str> = all.iter().copied().filter(|name| *name != ill).collect();
        let mut log = Log::open(farm, NODE).await?;
        let steady = farm.steady().await?;
        evenly_answered_by(&admin(farm, 1).await?, &all)?;

        fall_ill(farm)?;
        let acts = "Action withdraw(admin) from failover rule no_admin";
        log.says(farm, &[DOWN, acts]).await?;
        shared(farm, 2, &others).await?;
        let status = farm.api(1)?.status(MODULE, &ill).await?;
        let rules: Vec<_> = status.groups.iter().map(|one| &one.withdrawn_by).collect();
        ensure!(
            rules == [&vec![], &vec!["no_admin".to_owned()]],
            "{rules:?}"
        );
        let from = sources(plan::client_sources(Family::V4), 1, CONNECTIONS);
        evenly_answered_by(&farm.burst(from).await?, &all).context("the other port")?;

        recover(farm)?;
        let returns = "Action return(admin) from failover rule Implicit_return";
        log.says(farm, &[UP, returns]).await?;
        shared(farm, 100, &all).await?;
        let never = ["Local state", "Script"];
        log.never_said(farm, &never).await?;
        answered_by(&steady.finish().await, &all).context("the other port meanwhile")
    })
}

/// Waits until connections to the port are shared evenly by these nodes; none is without an answer meanwhile.
async fn shared(farm: &Farm, mut burst: u16, nodes: &[&str]) -> Result<()> {
    let what = format!("{nodes:?} to have the port");
    eventually(&what, async || {
        burst += 1;
        let attempts = admin(farm, burst).await?;
        let failed = attempts.iter().filter(|one| one.outcome.is_err()).count();
        ensure!(failed == 0, "{failed} without an answer");
        Ok(evenly_answered_by(&attempts, nodes).ok())
    })
    .await
}

/// Connections to the port.
async fn admin(farm: &Farm, burst: u16) -> Result<Vec<Attempt>> {
    let to: SocketAddr = (Net::First.host(Family::V4, 100), ADMIN_PORT).into();
    let from = sources(plan::client_sources(Family::V4), burst, CONNECTIONS);
    farm.burst_to(to, from).await
}
