//! A module's configuration changes while it serves: powers of hosts and rules, attributes,
//! checks, scripts.

use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;

use anyhow::{Result, anyhow, ensure};
use evenkeel_client::types::ConfigureResult;
use evenkeel_lab::farm::files::ModuleFiles;
use evenkeel_lab::farm::plan::{self, Family, Net};
use evenkeel_lab::farm::setup::{Group, Rule, Setup};
use evenkeel_lab::farm::traffic::sources;
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, Mode};
use evenkeel_lab::isolate::World;
use evenkeel_lab::load::{Attempt, Held, Steady};

use crate::checkers::{NODE, RESTARTED, all_serve, given_up};
use crate::custom::{self, fall_ill, recover};
use crate::expect::{answered_by, eventually, first_round};
use crate::groups::as_powered;
use crate::log::{Log, all_say};
use crate::{on_set_up, with_farm};

/// A port that gets a rule, and loses it again; the service listens there all the time.
const MORE: u16 = 8080;

const CONNECTIONS: usize = 400;

/// Connections to a port that nobody answers at; each takes its time.
const UNANSWERED: usize = 6;

/// The third node gets three times as much as the others, then the farm answers at a port more, then not any
/// more. Nobody who connects or is connected notices; what cannot change while it serves is refused.
pub(crate) fn powers_and_rules(world: &World, options: FarmOptions) -> Result<()> {
    let setup = |power, filter, more| module(options.mode, power, filter, more);
    on_set_up(world, options, &setup(1, "on_addr", false), async |farm| {
        let (steady, held) = (farm.steady().await?, farm.held().await?);
        first_round(&steady, Family::V4).await?;

        let (api, next) = (farm.api(2)?, setup(3, "on_addr", false).files(MODULE));
        let rehearsed = api.rehearse(MODULE, next).await?;
        let before = buckets(farm).await?;
        farm.set_up(MODULE, &setup(3, "on_addr", false)).await?;
        let powers = [(1, 1), (2, 1), (3, 3)];
        let mut nth = 50;
        eventually("shares by the new powers", async || {
            nth += 1;
            let attempts = burst(farm, plan::SERVICE_PORT, nth, CONNECTIONS).await?;
            Ok(as_powered(&attempts, &powers).ok())
        })
        .await?;
        moved(&rehearsed, &before, &buckets(farm).await?)?;
        farm.set_up(MODULE, &setup(3, "on_addr", true)).await?;
        as_powered(&burst(farm, MORE, 40, CONNECTIONS).await?, &powers)?;
        farm.set_up(MODULE, &setup(3, "on_addr", false)).await?;
        let unanswered = burst(farm, MORE, 41, UNANSWERED).await?;
        let answered = unanswered.iter().filter_map(Attempt::node).next();
        ensure!(
            answered.is_none(),
            "{answered:?} answers at a port without a rule"
        );

        let refused = setup(3, "on_port", false).files(MODULE);
        let refused = farm.api(2)?.try_configure(MODULE, refused).await?;
        let Err(refusal) = refused else {
            return Err(anyhow!("what is hashed changed while the farm serves"));
        };
        ensure!(
            refusal.kind.ends_with("wrong-state") && refusal.detail.contains("by something else"),
            "{refusal}"
        );
        intact(farm, steady, held).await
    })
}

/// How often the module helps itself is another number from here on, and it starts with the machine.
pub(crate) fn attributes(world: &World, options: FarmOptions) -> Result<()> {
    let check =
        r#"<check><custom ident="disk" when="both" exec="disk-check" action="restart"/></check>"#;
    let before = checked(options.mode, check);
    let mut after = before.clone();
    let service = r#"<service mode="farm" boot="on" maxloop="1">"#;
    let seeds = r#"<service mode="farm">"#;
    after.userconfig = after.userconfig.replace(seeds, service);
    serving(world, options, before, async |farm| {
        unnoticed(farm, after).await?;
        let mut log = Log::open(farm, NODE).await?;
        fall_ill(farm)?;
        log.says(farm, &["Action restart from failover rule c_disk"])
            .await?;
        recover(farm)?;
        log.says(farm, RESTARTED).await?;
        fall_ill(farm)?;
        given_up(farm, &mut log).await
    })
}

/// A check comes: nothing closes for it, and when it fails its rule acts. Then it goes while its node waits
/// for what it looked at, which wakes up.
pub(crate) fn checks(world: &World, options: FarmOptions) -> Result<()> {
    let check =
        r#"<check><custom ident="disk" when="pre" exec="disk-check" action="wait"/></check>"#;
    let without = checked(options.mode, "");
    serving(world, options, without.clone(), async |farm| {
        let mut logs = Log::open_all(farm).await?;
        unnoticed(farm, checked(options.mode, check)).await?;
        all_say(farm, &mut logs, &[custom::UP]).await?;
        for log in &logs {
            log.never_said(farm, &["Local state", "Script st"]).await?;
        }
        let mut log = Log::open(farm, NODE).await?;
        fall_ill(farm)?;
        let lines = [
            custom::DOWN,
            "Action wait from failover rule c_disk",
            "Local state WAIT NotReady",
        ];
        log.says(farm, &lines).await?;
        farm.api(1)?.configure(MODULE, without).await?;
        let lines = [
            "Action wakeup from failover rule Implicit_wakeup",
            "Local state UP Ready",
        ];
        log.says(farm, &lines).await?;
        let name = plan::node_name(NODE);
        let resources = farm.api(1)?.resources(MODULE, &name).await?;
        ensure!(!resources.contains_key("custom.disk"), "{resources:?}");
        all_serve(farm).await
    })
}

/// Scripts change while one of them runs: that one goes on, and everything after it is done by the new ones.
pub(crate) fn scripts(world: &World, options: FarmOptions) -> Result<()> {
    let scripted = |scripts: [(&str, &str); 2]| {
        let mut files = checked(options.mode, "");
        for (name, text) in scripts {
            let own = files.scripts.remove(name).unwrap_or_default();
            let own = own.trim_start_matches("#!/bin/sh\n");
            let text = format!("#!/bin/sh\n{text}\n{own}");
            files.scripts.insert(name.to_owned(), text);
        }
        files
    };
    let waits = r#"while [ ! -e "$SAFEUSERVAR/go" ]; do sleep 0.1; done
        evenkeel printi "the old one ends""#;
    let old = scripted([("update", waits), ("stop_both", "evenkeel printi old stop")]);
    let mut settings = old.clone();
    let timeout = r#"<user nicestoptimeout="60"/>"#;
    settings.userconfig = settings.userconfig.replace("<user/>", timeout);
    let new = scripted([
        ("update", r#"evenkeel printi "the new one runs""#),
        ("stop_both", "evenkeel printi new stop"),
    ]);
    serving(world, options, old, async |farm| {
        let api = farm.api(1)?;
        let mut logs = Log::open_all(farm).await?;
        api.configure(MODULE, settings).await?;
        all_say(farm, &mut logs, &["Script update"]).await?;
        unnoticed(farm, new).await?;
        for node in farm.numbers() {
            fs::write(farm.node(node)?.module_var(MODULE).join("go"), "")?;
        }
        let lines = ["the old one ends", "Script update", "the new one runs"];
        all_say(farm, &mut logs, &lines).await?;
        let name = plan::node_name(NODE);
        api.restart(MODULE, Some(vec![name])).await?;
        let mut log = Log::open(farm, NODE).await?;
        log.says(
            farm,
            &["new stop", "Script start_both", "Local state UP Ready"],
        )
        .await?;
        all_serve(farm).await
    })
}

/// A farm with this module, which serves.
fn serving(
    world: &World,
    options: FarmOptions,
    files: ModuleFiles,
    trial: impl AsyncFnOnce(&mut Farm) -> Result<()>,
) -> Result<()> {
    with_farm(world, options, async |farm| {
        farm.api(1)?.configure(MODULE, files).await?;
        farm.start_module().await?;
        trial(farm).await
    })
}

/// The usual module with these elements, and the program of a checker of its own.
fn checked(mode: Mode, elements: &str) -> ModuleFiles {
    let rules = vec![Rule::tcp(plan::SERVICE_PORT, "on_addr")];
    custom::with_checker(Setup::dual(mode, rules).files(MODULE), elements, "")
}

/// The module gets another configuration, and nobody who connects or is connected notices.
async fn unnoticed(farm: &Farm, files: ModuleFiles) -> Result<()> {
    let (steady, held) = (farm.steady().await?, farm.held().await?);
    first_round(&steady, Family::V4).await?;
    farm.api(2)?.configure(MODULE, files).await?;
    intact(farm, steady, held).await
}

/// All connections went on, and all that were tried came to a node of the farm.
pub(crate) async fn intact(farm: &Farm, steady: Steady, held: Held) -> Result<()> {
    let names = farm.names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    answered_by(&steady.finish().await, &names)?;
    let broken = held.finish().await.into_iter().find_map(|one| one.broken);
    ensure!(broken.is_none(), "a connection broke: {broken:?}");
    Ok(())
}

fn module(mode: Mode, power: u32, filter: &'static str, more: bool) -> Setup {
    let more = more.then(|| Rule::tcp(MORE, "on_port"));
    let rules = [Rule::tcp(plan::SERVICE_PORT, filter)]
        .into_iter()
        .chain(more);
    let group = Group {
        powers: vec![(1, 1), (2, 1), (3, power)],
        ..Group::new("web", rules.collect())
    };
    Setup {
        groups: vec![group],
        http: vec![plan::SERVICE_PORT, MORE],
        ..Setup::dual(mode, Vec::new())
    }
}

/// How many buckets each node owns.
async fn buckets(farm: &Farm) -> Result<BTreeMap<String, i64>> {
    let status = farm.api(1)?.status(MODULE, &plan::node_name(1)).await?;
    let shares = status.groups.into_iter().flat_map(|group| group.nodes);
    Ok(shares
        .map(|share| (share.node, i64::from(share.buckets)))
        .collect())
}

/// What moved is what was said that it would.
fn moved(
    said: &ConfigureResult,
    before: &BTreeMap<String, i64>,
    after: &BTreeMap<String, i64>,
) -> Result<()> {
    let mut expected = before.clone();
    for one in &said.moves {
        let count = i64::from(one.buckets.get());
        for (node, count) in [(&one.from, -count), (&one.to, count)] {
            let node = node.clone().unwrap_or_default();
            *expected.entry(node).or_default() += count;
        }
    }
    ensure!(
        said.dry_run && !said.moves.is_empty() && expected == *after,
        "{:?} was said; {before:?} became {after:?}",
        said.moves
    );
    Ok(())
}

async fn burst(farm: &Farm, port: u16, nth: u16, count: usize) -> Result<Vec<Attempt>> {
    let to = SocketAddr::new(Net::First.host(Family::V4, 100), port);
    let from = sources(plan::client_sources(Family::V4), nth, count);
    farm.burst_to(to, from).await
}
