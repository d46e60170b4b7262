//! The acceptance tests of the farm model for checkers (C1 to C14, of which C9 ends otherwise), on the seed's own configuration
//! with shorter intervals. The wording of the module's log is that of the model; the reason that stands
//! behind it in parentheses is ours.

use std::fs;
use std::net::{SocketAddr, TcpListener};

use anyhow::Result;
use evenkeel_lab::farm::files::{ModuleFiles, userconfig};
use evenkeel_lab::farm::nginx;
use evenkeel_lab::farm::plan::{Family, Net, node_addr, node_name};
use evenkeel_lab::farm::setup::{Group, Interface, Rule, Setup};
use evenkeel_lab::farm::traffic::burst_sources;
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, Mode, PATIENCE};
use evenkeel_lab::impair::{ALL, Way};
use evenkeel_lab::isolate::World;
use nix::sys::signal::Signal;

use crate::expect::{answered_by, eventually, eventually_even};
use crate::log::{Log, all_say};
use crate::with_farm;

/// The node to which things happen.
pub(crate) const NODE: u8 = 2;
/// What the seed allows of automatic actions in a day.
pub(crate) const MAXLOOP: usize = 3;
/// The module on which the usual one depends in C12.
const OTHER: &str = "other";
/// The node that has it where only one does.
const ELSEWHERE: u8 = 3;
/// Where the external service of C5 is.
const EXTERNAL_PORT: u16 = 9100;

/// C1: a process that is killed restarts the application, with maxloop.
pub(crate) fn c1_process(world: &World, options: FarmOptions) -> Result<()> {
    process(world, options, "restart", RESTARTED)
}

/// C2: a process that is killed stops and starts the module, with maxloop.
pub(crate) fn c2_process(world: &World, options: FarmOptions) -> Result<()> {
    process(world, options, "stopstart", STARTED_AGAIN)
}

/// What the log says of a restart.
pub(crate) const RESTARTED: &[&str] = &[
    "Local state UP Transient",
    "Script stop_both",
    "Script start_both",
    "Local state UP Ready",
];

/// What it says of a stopstart.
pub(crate) const STARTED_AGAIN: &[&str] = &[
    "Script stop_both",
    "Local state STOP NotReady",
    "Action start called automatically",
    "Script start_both",
    "Local state UP Ready",
];

/// The application is an nginx, of which the master process is killed: its workers go on until the
/// scripts end them. Only one node runs the module: the processes of all nodes of the lab see each other.
fn process(world: &World, options: FarmOptions, action: &str, then: &[&str]) -> Result<()> {
    with_farm(world, options, async |farm| {
        let errd = format!(
            r#"<errd polltimer="1s"><proc name="nginx" argregex="master process .*/node2/"
            atleast="1" action="{action}" class="both"/></errd>"#
        );
        let api = farm.api(1)?;
        let name = node_name(NODE);
        // The checker of the port would be the first to notice.
        let files = with(every("3600s", nginx::module(options.mode)?), &errd);
        api.configure(MODULE, files).await?;
        api.start(MODULE, Some(vec![name.clone()])).await?;
        api.wait_ready(MODULE, &name, PATIENCE).await?;
        let mut log = Log::open(farm, NODE).await?;
        let called = format!("Action {action} called by errd");
        for _ in 0..MAXLOOP {
            nginx::signal(farm.node(NODE)?, Signal::SIGKILL)?;
            let lines = ["Process nginx not running", &called];
            log.says(farm, &lines).await?;
            log.says(farm, then).await?;
        }
        nginx::signal(farm.node(NODE)?, Signal::SIGKILL)?;
        given_up(farm, &mut log).await
    })
}

/// C3: nobody listens at the port any more: the application is restarted, with maxloop.
pub(crate) fn c3_tcp(world: &World, options: FarmOptions) -> Result<()> {
    tcp(world, options, "restart", RESTARTED)
}

/// C4: the module is stopped and started, with maxloop.
pub(crate) fn c4_tcp(world: &World, options: FarmOptions) -> Result<()> {
    tcp(world, options, "stopstart", STARTED_AGAIN)
}

/// The application is an nginx, which is told to stop behind the module's back.
fn tcp(world: &World, options: FarmOptions, action: &str, then: &[&str]) -> Result<()> {
    with_farm(world, options, async |farm| {
        let mut files = every("1s", nginx::module(options.mode)?);
        let acting = format!(r#"when="both" action="{action}""#);
        files.userconfig = files.userconfig.replace(r#"when="both""#, &acting);
        farm.api(1)?.configure(MODULE, files).await?;
        farm.start_module().await?;
        let mut log = Log::open(farm, NODE).await?;
        let acted = format!("Action {action} from failover rule t_HTTP_IIS");
        for _ in 0..MAXLOOP {
            nginx::signal(farm.node(NODE)?, Signal::SIGTERM)?;
            let down = "Resource tcp.HTTP_IIS set to down by tcpcheck (connection refused)";
            log.says(farm, &[down, &acted]).await?;
            log.says(farm, then).await?;
        }
        nginx::signal(farm.node(NODE)?, Signal::SIGTERM)?;
        given_up(farm, &mut log).await?;
        others_serve(farm).await
    })
}

/// C5 and C6: an external service goes and comes back.
pub(crate) fn c5_c6_external_service(world: &World, options: FarmOptions) -> Result<()> {
    with_farm(world, options, async |farm| {
        let at = SocketAddr::new(Net::First.client().addrs[0].0, EXTERNAL_PORT);
        let listen = async |farm: &Farm| -> Result<TcpListener> {
            let bind = move || async move { TcpListener::bind(at) };
            Ok(farm.client().namespace.run(bind).await??)
        };
        let check = format!(
            r#"<check><tcp ident="ext" when="pre" action="wait">
            <to addr="{}" port="{EXTERNAL_PORT}" interval="1s"/></tcp></check>"#,
            at.ip()
        );
        let mut external = Some(listen(farm).await?);
        let files = with(seed(options.mode, "1s"), &check);
        farm.api(1)?.configure(MODULE, files).await?;
        farm.start_module().await?;
        let mut logs = Log::open_all(farm).await?;
        for _ in 0..MAXLOOP {
            drop(external.take());
            all_say(farm, &mut logs, EXTERNAL_LOST).await?;
            external = Some(listen(farm).await?);
            all_say(farm, &mut logs, EXTERNAL_BACK).await?;
        }
        all_serve(farm).await?;
        drop(external);
        all_given_up(farm, &mut logs).await
    })
}

/// What the log of every node says of an external service that is lost.
const EXTERNAL_LOST: &[&str] = &[
    "Resource tcp.ext set to down by tcpcheck (connection refused)",
    "Action wait from failover rule t_ext",
    "Script stop_both",
    "Local state WAIT NotReady",
];

/// What it says when it is back.
const EXTERNAL_BACK: &[&str] = &[
    "Resource tcp.ext set to up by tcpcheck",
    "Action wakeup from failover rule Implicit_wakeup",
    "Script start_both",
    "Local state UP Ready",
];

/// C7 and C8: the cable of the virtual IP's interface is pulled and plugged in again.
pub(crate) fn c7_c8_cable(world: &World, options: FarmOptions) -> Result<()> {
    with_farm(world, options, async |farm| {
        farm.api(1)?
            .configure(MODULE, seed(options.mode, "1s"))
            .await?;
        farm.start_module().await?;
        let mut log = Log::open(farm, NODE).await?;
        for _ in 0..MAXLOOP {
            let unplugged = farm.node(NODE)?.log_length();
            farm.cut(NODE).await?;
            unseen(farm, unplugged, "Local state WAIT NotReady").await?;
            others_serve(farm).await?;
            farm.restore(NODE).await?;
            log.says(farm, LINK_LOST_AND_BACK).await?;
        }
        all_serve(farm).await?;
        let unplugged = farm.node(NODE)?.log_length();
        farm.cut(NODE).await?;
        unseen(farm, unplugged, "Local state STOP NotReady").await?;
        farm.restore(NODE).await?;
        given_up(farm, &mut log).await
    })
}

/// What the log says of a link that was lost and came back.
const LINK_LOST_AND_BACK: &[&str] = &[
    "Resource intf.10.77.0.0 set to down by intfcheck (eth0 has no link)",
    "Action wait from failover rule interface_failure",
    "Script stop_both",
    "Local state WAIT NotReady",
    "Resource intf.10.77.0.0 set to up by intfcheck",
    "Action wakeup from failover rule Implicit_wakeup",
    "Script start_both",
    "Local state UP Ready",
];

/// Waits until the daemon's own log has a line beyond so many bytes of it: the node cannot be asked.
async fn unseen(farm: &Farm, beyond: u64, line: &str) -> Result<()> {
    let log_file = farm.node(NODE)?.log_file();
    eventually(line, async || {
        let log = fs::read(&log_file)?;
        let log = log.get(usize::try_from(beyond)?..).unwrap_or_default();
        Ok(String::from_utf8_lossy(log).contains(line).then_some(()))
    })
    .await
}

/// C9: the interface, which also carries the heartbeats, is disabled instead. In the model the module stops
/// for good: STOP (NotReady), since without a local address it cannot start. Here it waits as it does
/// without its cable, WAIT (NotReady), and wakes up when the interface is enabled again: who enables it
/// wants the node back.
pub(crate) fn c9_disabled(world: &World, options: FarmOptions) -> Result<()> {
    with_farm(world, options, async |farm| {
        farm.api(1)?
            .configure(MODULE, seed(options.mode, "1s"))
            .await?;
        farm.start_module().await?;
        let mut log = Log::open(farm, NODE).await?;
        let disabled = farm.node(NODE)?.log_length();
        farm.disable(NODE).await?;
        unseen(farm, disabled, "Local state WAIT NotReady").await?;
        others_serve(farm).await?;
        farm.enable(NODE).await?;
        log.says(farm, LINK_LOST_AND_BACK).await?;
        all_serve(farm).await
    })
}

/// C10 and C11: the link to a device that is pinged breaks and is restored.
pub(crate) fn c10_c11_ping(world: &World, options: FarmOptions) -> Result<()> {
    with_farm(world, options, async |farm| {
        let device = Net::First.client().addrs[0].0;
        let check = format!(
            r#"<check><ping ident="device" when="pre" action="wait">
            <to addr="{device}" interval="1s" timeout="1s"/></ping></check>"#
        );
        let files = with(seed(options.mode, "1s"), &check);
        farm.api(1)?.configure(MODULE, files).await?;
        farm.start_module().await?;
        let mut logs = Log::open_all(farm).await?;
        let (segment, client) = (farm.segment(), farm.client());
        for _ in 0..MAXLOOP {
            segment.lose(client, Way::ToStation, ALL).await?;
            let lines = [
                "Resource ping.device set to down by pingcheck (no answer within 1 s)",
                "Action wait from failover rule p_device",
                "Local state WAIT NotReady",
            ];
            all_say(farm, &mut logs, &lines).await?;
            segment.lose(client, Way::ToStation, 0).await?;
            let lines = [
                "Resource ping.device set to up by pingcheck",
                "Action wakeup from failover rule Implicit_wakeup",
                "Local state UP Ready",
            ];
            all_say(farm, &mut logs, &lines).await?;
        }
        all_serve(farm).await?;
        segment.lose(client, Way::ToStation, ALL).await?;
        all_given_up(farm, &mut logs).await
    })
}

/// C12 to C14: another module is stopped, started and restarted.
pub(crate) fn c12_to_c14_module(world: &World, options: FarmOptions) -> Result<()> {
    with_farm(world, options, async |farm| {
        let api = farm.api(1)?;
        farm.set_up(OTHER, &other(options.mode)).await?;
        let check = r#"<check><module name="other"/></check>"#;
        let files = with(seed(options.mode, "1s"), check);
        api.configure(MODULE, files).await?;
        let mut logs = Log::open_all(farm).await?;
        api.start(MODULE, None).await?;
        let reason = "module other is STOP NotReady";
        let down = format!("Resource module.other set to down by modulecheck ({reason})");
        let lines = [
            down.as_str(),
            "Action wait from failover rule module_failure",
            "Local state WAIT NotReady",
        ];
        all_say(farm, &mut logs, &lines).await?;

        farm.start(OTHER).await?;
        let up = "Resource module.other set to up by modulecheck";
        all_say(farm, &mut logs, &[up]).await?;
        all_say(farm, &mut logs, WOKEN_UP).await?;

        let log = &mut logs[usize::from(NODE) - 1];
        let restart = async || api.restart(OTHER, Some(vec![node_name(NODE)])).await;
        // It waited once.
        for _ in 1..MAXLOOP {
            restart().await?;
            log.says(farm, &["Action stopstart called by modulecheck"])
                .await?;
            log.says(farm, STARTED_AGAIN).await?;
        }
        restart().await?;
        given_up(farm, log).await
    })
}

/// The same where the other module is on one node alone, which all nodes ask.
pub(crate) fn c12_to_c14_elsewhere(world: &World, options: FarmOptions) -> Result<()> {
    elsewhere(world, options, "")
}

/// The same over TLS: each node proves itself by the cluster's authority.
pub(crate) fn c12_to_c14_secure(world: &World, options: FarmOptions) -> Result<()> {
    elsewhere(world, options, r#"secure="on""#)
}

fn elsewhere(world: &World, options: FarmOptions, how: &str) -> Result<()> {
    with_farm(world, options, async |farm| {
        let (api, addr) = (farm.api(1)?, node_addr(ELSEWHERE));
        let there = || Some(vec![node_name(ELSEWHERE)]);
        farm.set_up(OTHER, &other(options.mode)).await?;
        let to = format!(r#"<to addr="{addr}" interval="1" {how}/>"#);
        let check = format!(r#"<check><module name="other">{to}</module></check>"#);
        let files = with(seed(options.mode, "1s"), &check);
        api.configure(MODULE, files).await?;
        let mut logs = Log::open_all(farm).await?;
        api.start(MODULE, None).await?;
        let resource = format!("Resource module.other_{addr} set to");
        for log in &mut logs {
            // Its own modules a node knows without asking.
            let at = match log.number {
                ELSEWHERE => String::new(),
                _ => format!(" at {addr}"),
            };
            let reason = format!("module other is STOP NotReady{at}");
            let down = format!("{resource} down by modulecheck ({reason})");
            let lines = [
                down.as_str(),
                "Action wait from failover rule module_failure",
                "Local state WAIT NotReady",
            ];
            log.says(farm, &lines).await?;
        }
        api.start(OTHER, there()).await?;
        let up = format!("{resource} up by modulecheck");
        all_say(farm, &mut logs, &[&up]).await?;
        all_say(farm, &mut logs, WOKEN_UP).await?;
        // They waited once.
        for _ in 1..MAXLOOP {
            api.restart(OTHER, there()).await?;
            let called = "Action stopstart called by modulecheck";
            all_say(farm, &mut logs, &[called]).await?;
            all_say(farm, &mut logs, STARTED_AGAIN).await?;
        }
        api.restart(OTHER, there()).await?;
        all_given_up(farm, &mut logs).await
    })
}

/// What the log says of a module that waited.
const WOKEN_UP: &[&str] = &[
    "Action wakeup from failover rule Implicit_wakeup",
    "Local state UP Ready",
];

/// The other module of C12.
fn other(mode: Mode) -> Setup {
    let rules = vec![Rule::tcp(8080, "on_addr")];
    Setup {
        interfaces: vec![Interface::both(mode, Net::First, &[110])],
        groups: vec![Group::new(OTHER, rules)],
        http: vec![8080],
        udp: Vec::new(),
    }
}

/// The seed's configuration; its checker of the port looks this often.
pub(crate) fn seed(mode: Mode, interval: &str) -> ModuleFiles {
    every(interval, userconfig(mode))
}

/// The seed's configuration with another interval of its checker of the port.
fn every(interval: &str, mut files: ModuleFiles) -> ModuleFiles {
    let seeds = r#"interval="10""#;
    let ours = format!(r#"interval="{interval}""#);
    files.userconfig = files.userconfig.replace(seeds, &ours);
    files
}

/// The same with more elements in its `<service>`.
pub(crate) fn with(mut files: ModuleFiles, elements: &str) -> ModuleFiles {
    let text = format!("{elements}\n</service>");
    files.userconfig = files.userconfig.replace("</service>", &text);
    files
}

/// The common last step (L): one detection too many.
pub(crate) async fn given_up(farm: &Farm, log: &mut Log) -> Result<()> {
    let lines = ["Action stop called by maxloop", "Local state STOP NotReady"];
    log.says(farm, &lines).await?;
    let name = node_name(log.number);
    farm.api(1)?.wait_stopped(MODULE, &name, PATIENCE).await
}

async fn all_given_up(farm: &Farm, logs: &mut [Log]) -> Result<()> {
    for log in logs {
        given_up(farm, log).await?;
    }
    Ok(())
}

pub(crate) async fn others_serve(farm: &Farm) -> Result<()> {
    let names = farm.names();
    let down = node_name(NODE);
    let others: Vec<&str> = names.iter().map(String::as_str).collect();
    let others: Vec<&str> = others.into_iter().filter(|name| *name != down).collect();
    let attempts = farm.burst(burst_sources(1, 300)).await?;
    answered_by(&attempts, &others)
}

pub(crate) async fn all_serve(farm: &Farm) -> Result<()> {
    let names = farm.names();
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    eventually_even(farm, Family::V4, 30, &all).await
}
