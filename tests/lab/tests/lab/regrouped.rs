//! Groups come and go, and get other names and places, while the module serves.

use std::net::SocketAddr;

use anyhow::{Result, anyhow, ensure};
use evenkeel_lab::farm::plan::{self, Family};
use evenkeel_lab::farm::setup::{Group, Rule, Setup};
use evenkeel_lab::farm::traffic::sources;
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, Mode};
use evenkeel_lab::isolate::World;
use evenkeel_lab::load::Attempt;
use evenkeel_lab::load::held::HeldConnection;

use crate::expect::{answered_by, eventually, first_round};
use crate::guests::{CONNECTIONS, all_nodes_answer, all_reset, guests, visitors};
use crate::live::intact;
use crate::with_farm;

/// The port of the group that comes, gets another name and goes.
const GUEST: u16 = 8080;

/// That of the one that comes before it.
const THIRD: u16 = 8081;

/// Connections to a port that nobody answers at; each takes its time.
const UNANSWERED: usize = 6;

/// A group comes and is answered by all; it gets another name and other powers, and another one comes before it: who
/// talks to it notices nothing. It goes, and its connections are reset. Who talks to the first group notices none of
/// it. A rule that would come to a group that is there, and another first group, are refused by their names.
pub(crate) fn come_and_go(world: &World, options: FarmOptions) -> Result<()> {
    let setup = |groups: &[(&'static str, &[u16])]| module(options.mode, groups);
    let alone = setup(&[("web", &[plan::SERVICE_PORT])]);
    let with_guest = |name| setup(&[("web", &[plan::SERVICE_PORT]), (name, &[GUEST])]);
    let third = ("third", &[THIRD][..]);
    let web = ("web", &[plan::SERVICE_PORT][..]);
    with_farm(world, options, async |farm| {
        farm.api(1)?.configure(MODULE, alone.files(MODULE)).await?;
        farm.start_module().await?;
        let (steady, held) = (farm.steady().await?, farm.held().await?);
        first_round(&steady, Family::V4).await?;

        regroup(farm, &with_guest("admin")).await?;
        answered(farm, GUEST, 41).await?;
        let to = service(GUEST);
        let (visitors, guests) = (visitors(farm, to).await?, guests(farm, to).await?);
        let mut office = with_guest("office");
        office.groups[1].powers = vec![(1, 1), (2, 3), (3, 1)];
        regroup(farm, &office).await?;
        let mut three = setup(&[web, third, ("office", &[GUEST])]);
        three.groups[2].powers.clone_from(&office.groups[1].powers);
        regroup(farm, &three).await?;
        answered(farm, THIRD, 61).await?;

        let merged = setup(&[("web", &[plan::SERVICE_PORT, GUEST]), third]);
        refused(farm, &merged, "moves from group office to group web").await?;
        let other = setup(&[third, web, ("office", &[GUEST])]);
        refused(farm, &other, "group third becomes the first one").await?;
        let names = farm.names();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        answered_by(&visitors.finish().await, &names)?;
        let broken = |one: &HeldConnection| one.broken.is_some();
        let broken = guests.with_records(|all| all.iter().filter(|one| broken(one)).count());
        ensure!(broken == 0, "{broken} connections of the group broke");

        regroup(farm, &setup(&[web, third])).await?;
        all_reset(&guests).await?;
        let answers = burst(farm, GUEST, 81, UNANSWERED).await?;
        let node = answers.iter().filter_map(Attempt::node).next();
        ensure!(node.is_none(), "{node:?} answers for a group that is gone");
        answered(farm, THIRD, 91).await?;
        intact(farm, steady, held).await
    })
}

/// The module with these groups, each with its ports.
fn module(mode: Mode, groups: &[(&'static str, &[u16])]) -> Setup {
    let group = |(name, ports): &(&'static str, &[u16])| {
        let rules = ports.iter().map(|port| Rule::tcp(*port, "on_port"));
        Group::new(name, rules.collect())
    };
    Setup {
        groups: groups.iter().map(group).collect(),
        http: vec![plan::SERVICE_PORT, GUEST, THIRD],
        ..Setup::dual(mode, Vec::new())
    }
}

/// The module's groups change; where the change before has not been heard of by all, once it has.
async fn regroup(farm: &Farm, setup: &Setup) -> Result<()> {
    eventually("a change of the groups that is taken", async || {
        // Its script stays: the service listens at all ports from the beginning.
        match farm
            .api(2)?
            .try_configure(MODULE, setup.files(MODULE))
            .await?
        {
            Ok(result) if result.complete => Ok(Some(())),
            Ok(result) => Err(anyhow!("{:?} lack it", result.missing)),
            Err(refusal) if refusal.detail.contains("try again") => Ok(None),
            Err(refusal) => Err(anyhow!("{refusal}")),
        }
    })
    .await
}

async fn refused(farm: &Farm, setup: &Setup, words: &str) -> Result<()> {
    let files = setup.files(MODULE);
    let Err(refusal) = farm.api(2)?.try_configure(MODULE, files).await? else {
        return Err(anyhow!("what {words:?} was to refuse was taken"));
    };
    ensure!(
        refusal.kind.ends_with("wrong-state") && refusal.detail.contains(words),
        "{refusal}"
    );
    Ok(())
}

/// Waits until all nodes answer at a port, by bursts from this one on.
async fn answered(farm: &Farm, port: u16, mut nth: u16) -> Result<()> {
    eventually("all nodes answer for the group", async || {
        nth += 1;
        let answers = burst(farm, port, nth, CONNECTIONS).await?;
        Ok(all_nodes_answer(farm, &answers).then_some(()))
    })
    .await
}

async fn burst(farm: &Farm, port: u16, nth: u16, count: usize) -> Result<Vec<Attempt>> {
    let from = sources(plan::client_sources(Family::V4), nth, count);
    farm.burst_to(service(port), from).await
}

fn service(port: u16) -> SocketAddr {
    SocketAddr::new(plan::vip(Family::V4), port)
}
