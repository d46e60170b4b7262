//! Virtual addresses and interfaces come and go while the module serves.

use std::net::Ipv4Addr;

use anyhow::{Result, anyhow, ensure};
use evenkeel_lab::farm::plan::{self, Family, Net};
use evenkeel_lab::farm::setup::{Interface, Rule, Setup};
use evenkeel_lab::farm::traffic::sources;
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE};
use evenkeel_lab::isolate::World;
use evenkeel_lab::load::Attempt;
use evenkeel_lab::load::attempt::Failure;

use crate::expect::{eventually, first_round};
use crate::guests::{CONNECTIONS, all_nodes_answer, all_reset, guests, visitors};
use crate::live::intact;
use crate::mixed::both_kinds;
use crate::with_farm;

/// Host part of the address that comes and goes on the first network.
const MORE: u8 = 101;

/// The addresses that come and go, with back ends of both kinds.
pub(crate) fn addresses(world: &World, options: FarmOptions) -> Result<()> {
    come_and_go(world, both_kinds(options))
}

/// The same with an interface of their own as well, which eBPF takes.
pub(crate) fn interfaces(world: &World, options: FarmOptions) -> Result<()> {
    let options = FarmOptions {
        second_segment: true,
        ..options
    };
    come_and_go(world, options)
}

/// Addresses of each family come, and where there is a second network an interface there: whoever tries it meanwhile
/// is answered or left waiting, never refused, and then everybody is answered. They go: their connections are reset, and they are nobody's. Who talks to the addresses that
/// stay notices neither. What this farm's networks do not have is refused by name.
fn come_and_go(world: &World, options: FarmOptions) -> Result<()> {
    let more = setup(options, true);
    let mut files = more.files(MODULE);
    files.userconfig = setup(options, false).userconfig();
    with_farm(world, options, async |farm| {
        farm.api(1)?.configure(MODULE, files.clone()).await?;
        farm.start_module().await?;
        let (steady, held) = (farm.steady().await?, farm.held().await?);
        first_round(&steady, Family::V4).await?;
        let to = Net::First.service(Family::V4, MORE);
        let early = visitors(farm, to).await?;
        farm.set_up(MODULE, &more).await?;
        for to in places(options) {
            eventually("all nodes answer at the address that came", async || {
                let answers = burst(farm, to, 41).await?;
                Ok(all_nodes_answer(farm, &answers).then_some(()))
            })
            .await?;
        }
        not_refused(&early.finish().await)?;

        let guests = guests(farm, to).await?;
        refused(farm, options).await?;
        farm.api(2)?.configure(MODULE, files.clone()).await?;
        all_reset(&guests).await?;
        for to in places(options) {
            let answers = burst(farm, to, 43).await?;
            let answered = answers.iter().filter_map(Attempt::node).next();
            ensure!(answered.is_none(), "{answered:?} has the address still");
            not_refused(&answers)?;
        }
        intact(farm, steady, held).await
    })
}

fn setup(options: FarmOptions, more: bool) -> Setup {
    let rules = vec![Rule::tcp(plan::SERVICE_PORT, "on_port")];
    let usual = Setup::dual(options.mode, rules);
    let first = Interface::both(options.mode, Net::First, &[100, MORE]);
    let second = options
        .second_segment
        .then(|| Interface::both(options.mode, Net::Second, &[100]));
    let interfaces = [first].into_iter().chain(second).collect();
    match more {
        true => Setup {
            interfaces,
            ..usual
        },
        false => usual,
    }
}

/// Where the service is at the addresses that come and go.
fn places(options: FarmOptions) -> impl Iterator<Item = (Net, Family, u8)> {
    let second = options.second_segment.then_some((Net::Second, 100));
    let each = |(net, host): (Net, u8)| Family::ALL.map(|family| (net, family, host));
    [(Net::First, MORE)]
        .into_iter()
        .chain(second)
        .flat_map(each)
}

/// Connections from the network of the address.
async fn burst(
    farm: &Farm,
    (net, family, host): (Net, Family, u8),
    nth: u16,
) -> Result<Vec<Attempt>> {
    let from = sources(net.client_sources(family), nth, CONNECTIONS);
    farm.burst_to(net.service(family, host), from).await
}

fn not_refused(attempts: &[Attempt]) -> Result<()> {
    let is_refusal = |attempt: &&Attempt| {
        let failure = attempt.outcome.as_ref().err();
        matches!(failure, Some(Failure::Refused | Failure::Reset))
    };
    let refused = attempts.iter().find(is_refusal);
    ensure!(refused.is_none(), "{refused:?}");
    Ok(())
}

/// A network that is not there.
async fn refused(farm: &Farm, options: FarmOptions) -> Result<()> {
    let mut elsewhere = setup(options, true);
    elsewhere.interfaces[0].addrs[1] = Ipv4Addr::new(192, 0, 2, 7).into();
    let files = elsewhere.files(MODULE);
    let Err(refusal) = farm.api(2)?.try_configure(MODULE, files).await? else {
        return Err(anyhow!("an address of no network was taken"));
    };
    let names_it = refusal.detail.contains("192.0.2.7");
    ensure!(names_it, "{refusal}");
    Ok(())
}
