//! Groups with powers of their own, several virtual addresses on two segments, several modules side
//! by side.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use anyhow::{Context, Result, ensure};
use evenkeel_lab::farm::plan::{self, Family, Net};
use evenkeel_lab::farm::setup::{Group, Interface, Rule, Setup};
use evenkeel_lab::farm::traffic::sources;
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, Mode, PATIENCE};
use evenkeel_lab::isolate::World;
use evenkeel_lab::load::Attempt;
use evenkeel_lab::report::Shares;

use crate::expect::{answered_by, evenly_answered_by};
use crate::{on_set_up, tell};

/// The second module, at another virtual address.
const SHOP: &str = "shop";
const SHOP_HOST: u8 = 110;

/// The second virtual address of the first module on the first segment.
const OTHER_HOST: u8 = 101;

/// Ports of a list and of a range.
const LISTED: [u16; 2] = [443, 8443];
const RANGED: [u16; 3] = [8000, 8005, 8010];

/// A port that only the second virtual address has a rule for.
const SCOPED: u16 = 9000;

const CONNECTIONS: usize = 400;

/// How far a share may be from the configured one, in percentage points.
const SHARE_POINTS: f64 = 12.0;

pub(crate) fn own_powers(world: &World, options: FarmOptions) -> Result<()> {
    let options = FarmOptions {
        second_segment: true,
        ..options
    };
    on_set_up(world, options, &several(options.mode), async |farm| {
        let mut burst = 0;
        let equal = [(1, 1), (2, 1), (3, 1)];
        for (host, net) in [
            (100, Net::First),
            (OTHER_HOST, Net::First),
            (100, Net::Second),
        ] {
            for family in Family::ALL {
                let at = |port| SocketAddr::new(net.host(family, host), port);
                burst += 1;
                shares(
                    farm,
                    net,
                    at(plan::SERVICE_PORT),
                    burst,
                    &[(1, 3), (2, 1), (3, 1)],
                )
                .await?;
                for port in LISTED {
                    burst += 1;
                    shares(farm, net, at(port), burst, &[(1, 1), (2, 3), (3, 1)]).await?;
                }
                for port in RANGED {
                    burst += 1;
                    shares(farm, net, at(port), burst, &equal).await?;
                }
            }
        }
        // Scoped to one address: there it is shared, elsewhere it is denied.
        let scoped = Net::First.host(Family::V4, OTHER_HOST);
        shares(farm, Net::First, (scoped, SCOPED).into(), 100, &equal).await
    })
}

/// Three virtual addresses of each family, three groups.
fn several(mode: Mode) -> Setup {
    let http = Group {
        powers: vec![(1, 3), (2, 1), (3, 1)],
        ..Group::new("http", vec![Rule::tcp(plan::SERVICE_PORT, "on_addr")])
    };
    let [first, second] = LISTED;
    let listed = Group {
        powers: vec![(1, 1), (2, 3), (3, 1)],
        ..Group::new(
            "listed",
            vec![Rule::tcp(format!("{first},{second}"), "on_port")],
        )
    };
    let scoped = Net::First.host(Family::V4, OTHER_HOST);
    let rules = vec![
        Rule::tcp("8000-8010", "on_addr"),
        Rule::tcp(SCOPED, "on_port").at(scoped),
    ];
    Setup {
        interfaces: vec![
            Interface::both(mode, Net::First, &[100, OTHER_HOST]),
            Interface::both(mode, Net::Second, &[100]),
        ],
        groups: vec![http, listed, Group::new("ranged", rules)],
        http: [plan::SERVICE_PORT, SCOPED]
            .into_iter()
            .chain(LISTED)
            .chain(RANGED)
            .collect(),
        udp: Vec::new(),
    }
}

/// The answers of a burst are shared by these powers.
async fn shares(
    farm: &Farm,
    net: Net,
    to: SocketAddr,
    burst: u16,
    powers: &[(u8, u32)],
) -> Result<()> {
    let family = Family::of(to.ip());
    let from = sources(net.client_sources(family), burst, CONNECTIONS);
    let attempts = farm.burst_to(to, from).await?;
    as_powered(&attempts, powers).with_context(|| format!("connections to {to}"))
}

pub(crate) fn as_powered(attempts: &[Attempt], powers: &[(u8, u32)]) -> Result<()> {
    let shares = Shares::of(attempts);
    ensure!(shares.failed == 0, "{} failed: {shares}", shares.failed);
    let all: u32 = powers.iter().map(|(_, power)| power).sum();
    let wanted: BTreeMap<String, f64> = powers
        .iter()
        .map(|(node, power)| {
            let percent = 100.0 * f64::from(*power) / f64::from(all);
            (plan::node_name(*node), percent)
        })
        .collect();
    for (node, percent) in &wanted {
        let share = shares.percent.get(node).copied().unwrap_or_default();
        ensure!(
            (share - percent).abs() <= SHARE_POINTS,
            "{node} should have {percent:.0} %: {shares}"
        );
    }
    Ok(())
}

pub(crate) fn two_modules(world: &World, options: FarmOptions) -> Result<()> {
    let rules = || vec![Rule::tcp(plan::SERVICE_PORT, "on_addr")];
    let web = Setup::dual(options.mode, rules());
    let shop = Setup {
        interfaces: vec![Interface::both(options.mode, Net::First, &[SHOP_HOST])],
        ..Setup::dual(options.mode, rules())
    };
    on_set_up(world, options, &web, async |farm| {
        let names = farm.names();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        // A module that comes and goes is not noticed by the connections of the other.
        let (steady, held) = (farm.steady().await?, farm.held().await?);
        farm.set_up(SHOP, &shop).await?;
        farm.start(SHOP).await?;
        for family in Family::ALL {
            let at = Net::First.service(family, SHOP_HOST);
            let from = sources(plan::client_sources(family), 40, CONNECTIONS);
            evenly_answered_by(&farm.burst_to(at, from).await?, &names)
                .with_context(|| format!("the second module over {family:?}"))?;
        }
        farm.api(1)?.stop(SHOP, None).await?;
        for name in &names {
            farm.api(1)?.wait_stopped(SHOP, name, PATIENCE).await?;
        }
        for family in Family::ALL {
            let from = sources(plan::client_sources(family), 41, CONNECTIONS);
            evenly_answered_by(&farm.burst(from).await?, &names)
                .with_context(|| format!("the first module over {family:?}"))?;
        }
        let attempts = steady.finish().await;
        tell(&format!(
            "{} connections to {MODULE} while {SHOP} came and went",
            attempts.len()
        ));
        answered_by(&attempts, &names)?;
        let broken = held.finish().await;
        let broken = broken.iter().filter(|one| one.broken.is_some()).count();
        ensure!(broken == 0, "{broken} held connections broke");
        Ok(())
    })
}
