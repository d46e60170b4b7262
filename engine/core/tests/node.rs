//! A node by its public face: what it admits and denies, what it asks its shell to do.

#![allow(
    unreachable_pub,
    dead_code,
    reason = "the module is shared with the simulator"
)]
#![allow(clippy::unwrap_used, reason = "helpers of tests may")]

#[path = "sim/farm.rs"]
mod farm;

use std::time::Duration;

use evenkeel_core::command::{Command, Denied};
use evenkeel_core::config::model::{HostPower, ModuleConfig, ServiceMode};
use evenkeel_core::effect::Effect;
use evenkeel_core::event::Event;
use evenkeel_core::ids::{Incarnation, ModuleName, Time};
use evenkeel_core::input::{Input, Script, ScriptOutcome};
use evenkeel_core::limits::{INTERFACES_MAX, MODULES_MAX};
use evenkeel_core::module::resources::UP;
use evenkeel_core::module::state::{ModuleState, Phase, Readiness};
use evenkeel_core::node::{Node, NodeConfig};
use evenkeel_core::wire::Keyring;

const START: Time = Time(1_000_000_000);

fn node(nodes: usize) -> Node {
    let config = NodeConfig {
        node: farm::node_id(0),
        cluster: farm::cluster(nodes, 1),
        keys: Keyring::first(farm::SECRET),
        incarnation: Incarnation(1),
        kernel_answers: false,
        may_reboot: false,
    };
    Node::new(config, START)
}

fn configure(name: &str, config: ModuleConfig) -> Command {
    let macs = config
        .vip
        .iter()
        .flat_map(|vip| &vip.interfaces)
        .map(|_| [2; 6])
        .collect();
    Command::Configure {
        module: named(name),
        config: Box::new(config),
        macs,
        networks: farm::networks(),
    }
}

fn start(name: &str) -> Command {
    Command::Start {
        module: named(name),
        by: "admin@10.0.0.9".into(),
    }
}

fn stop(name: &str) -> Command {
    Command::Stop {
        module: named(name),
        by: "admin@10.0.0.9".into(),
        automatic: false,
    }
}

fn remove(name: &str) -> Command {
    Command::Remove {
        module: named(name),
    }
}

fn named(name: &str) -> ModuleName {
    ModuleName::try_from(name.to_owned()).unwrap()
}

fn farm_module() -> ModuleConfig {
    farm::module(1, &[vec![]])
}

fn light() -> ModuleConfig {
    ModuleConfig {
        mode: ServiceMode::Light,
        farm: None,
        vip: None,
        checks: Vec::new(),
        user: None,
        ..farm_module()
    }
}

fn effects(node: &mut Node) -> Vec<Effect> {
    std::iter::from_fn(|| node.poll_effect()).collect()
}

fn state(node: &Node) -> ModuleState {
    node.status(START).modules[0].state
}

#[test]
fn commands_in_states_that_do_not_allow_them_are_denied_and_change_nothing() {
    let mut node = node(2);
    let unknown = |result| matches!(result, Err(Denied::UnknownModule { .. }));
    assert!(unknown(node.command(start("farm"), START)));
    assert!(unknown(node.command(stop("farm"), START)));
    assert!(unknown(node.command(remove("farm"), START)));
    assert_eq!(node.generation(), 0);

    node.command(configure("farm", farm_module()), START)
        .unwrap();
    let wrong = |result| matches!(result, Err(Denied::WrongState { .. }));
    assert!(wrong(node.command(stop("farm"), START)));
    node.command(start("farm"), START).unwrap();
    let generation = node.generation();
    assert!(wrong(node.command(start("farm"), START)));
    assert!(wrong(node.command(remove("farm"), START)));
    let other = ModuleConfig {
        farm: None,
        ..farm_module()
    };
    let denied = node.command(configure("farm", other), START).unwrap_err();
    assert!(matches!(denied, Denied::NotLive { .. }), "{denied}");
    // What it has already is no change.
    node.command(configure("farm", farm_module()), START)
        .unwrap();
    assert_eq!(node.generation(), generation);
    let denied = node.command(start("farm"), START).unwrap_err();
    assert_eq!(
        denied.to_string(),
        "module farm is WAIT Transient; start is possible in STOP (NotReady)"
    );
}

#[test]
fn a_configuration_is_idempotent_and_its_absence_is_not() {
    let mut node = node(2);
    let first = node
        .command(configure("farm", farm_module()), START)
        .unwrap();
    let second = node
        .command(configure("farm", farm_module()), START)
        .unwrap();
    assert_eq!(first, second, "nothing changed");
    let third = node.command(configure("farm", light()), START).unwrap();
    assert!(third.generation > second.generation);
    node.command(remove("farm"), START).unwrap();
    assert!(node.command(remove("farm"), START).is_err());
    assert_eq!(node.status(START).modules, []);
}

#[test]
fn a_second_stop_is_admitted_and_changes_nothing() {
    let mut node = node(2);
    node.command(configure("farm", farm_module()), START)
        .unwrap();
    node.command(start("farm"), START).unwrap();
    effects(&mut node);
    node.command(stop("farm"), START).unwrap();
    node.command(stop("farm"), START).unwrap();
    let told = effects(&mut node);
    assert!(
        told.iter()
            .all(|effect| matches!(effect, Effect::Event(Event::ActionCalled { .. })))
    );
    let wait = ModuleState::new(Phase::Wait, Readiness::Transient);
    assert_eq!(state(&node), wait, "it waits for prestart to end");
}

#[test]
fn what_the_cluster_does_not_have_is_refused_by_name() {
    let mut node = node(2);
    let mut refused = |change: fn(&mut ModuleConfig), words: &str| {
        let mut config = farm_module();
        change(&mut config);
        let denied = node.command(configure("farm", config), START).unwrap_err();
        assert!(denied.to_string().contains(words), "{denied}");
        assert_eq!(node.status(START).modules, []);
    };
    refused(
        |c| c.farm.as_mut().unwrap().lans = vec!["backbone".into()],
        "backbone",
    );
    refused(|c| c.vip.as_mut().unwrap().groups.clear(), "0 groups");
    let stranger = |c: &mut ModuleConfig| {
        let host = HostPower {
            name: "node9".into(),
            power: 1,
        };
        c.vip.as_mut().unwrap().groups[0].hosts.push(host);
    };
    refused(stranger, "node9");
    let no_mac = Command::Configure {
        module: named("farm"),
        config: Box::new(farm_module()),
        macs: vec![],
        networks: Vec::new(),
    };
    assert!(node.command(no_mac, START).is_err());
}

#[test]
fn a_node_has_a_limited_number_of_modules() {
    let mut node = node(2);
    let mut large = farm_module();
    let vip = large.vip.as_mut().unwrap();
    vip.interfaces = vec![vip.interfaces[0].clone(); INTERFACES_MAX];
    for index in 0..MODULES_MAX {
        let name = format!("{}{index:02}", "m".repeat(30));
        node.command(configure(&name, large.clone()), START)
            .unwrap();
    }
    let denied = node
        .command(configure("more", farm_module()), START)
        .unwrap_err();
    assert_eq!(denied, Denied::TooManyModules { limit: MODULES_MAX });
    // Their sections fill several datagrams, and every one of them fits.
    node.handle_timeout(START + Duration::from_millis(25));
    let sent: Vec<_> = effects(&mut node).into_iter().filter(is_send).collect();
    assert!(sent.len() > 1, "{} datagrams", sent.len());
}

fn is_send(effect: &Effect) -> bool {
    matches!(effect, Effect::Send { .. })
}

#[test]
fn a_light_module_without_scripts_is_up_at_once() {
    let mut node = node(2);
    node.command(configure("light", light()), START).unwrap();
    node.command(start("light"), START).unwrap();
    assert_eq!(state(&node), ModuleState::READY);
    node.command(stop("light"), START).unwrap();
    assert_eq!(state(&node), ModuleState::STOPPED);
}

#[test]
fn traffic_that_cannot_be_opened_is_told_with_its_reason() {
    let mut node = node(2);
    node.command(configure("farm", farm_module()), START)
        .unwrap();
    node.command(start("farm"), START).unwrap();
    let mut asked = Vec::new();
    for _ in 0..10 {
        for effect in effects(&mut node) {
            match effect.clone() {
                Effect::RunScript { module, script, .. } => {
                    asked.push(script.file_name().to_owned());
                    let outcome = ScriptOutcome::Absent;
                    node.handle(
                        Input::ScriptEnded {
                            module,
                            script,
                            outcome,
                        },
                        START,
                    );
                }
                Effect::OpenTraffic { module } => {
                    asked.push("open".into());
                    let result = Err("eth7 is not there".into());
                    node.handle(Input::TrafficOpened { module, result }, START);
                }
                Effect::StartChecks { when, .. } => {
                    for resource in farm::resources(&farm_module(), when) {
                        node.handle(farm::checked(resource, UP), START);
                    }
                }
                Effect::Event(event) => asked.push(event.to_string()),
                Effect::StopChecks { .. }
                | Effect::Reboot { .. }
                | Effect::KillScripts { .. }
                | Effect::WatchClass { .. }
                | Effect::RunHandler { .. } => {}
                Effect::Send { .. }
                | Effect::CloseTraffic { .. }
                | Effect::InstallTable { .. }
                | Effect::SetRoutes { .. }
                | Effect::Announce { .. }
                | Effect::RenewLease { .. }
                | Effect::SetContact { .. }
                | Effect::Probe { .. }
                | Effect::Listen { .. }
                | Effect::CountHeld { .. } => panic!("{effect:?}"),
            }
        }
    }
    let failed = "Virtual IP not set: eth7 is not there".to_owned();
    assert!(asked.contains(&failed), "{asked:?}");
    assert_eq!(
        asked.iter().filter(|asked| *asked == "stop_both").count(),
        2
    );
    assert_eq!(state(&node), ModuleState::STOPPED);
    let reason = node.status(START).modules[0].reason.clone().unwrap();
    assert!(reason.contains("eth7"), "{reason}");
}

#[test]
fn a_late_answer_changes_nothing() {
    let mut node = node(2);
    node.command(configure("farm", farm_module()), START)
        .unwrap();
    let late = |script| Input::ScriptEnded {
        module: named("farm"),
        script,
        outcome: ScriptOutcome::Exited { code: 0 },
    };
    node.handle(late(Script::StartBoth), START);
    node.handle(
        Input::TrafficClosed {
            module: named("farm"),
        },
        START,
    );
    node.handle(
        Input::TrafficOpened {
            module: named("gone"),
            result: Ok(()),
        },
        START,
    );
    assert_eq!(state(&node), ModuleState::STOPPED);
}

#[test]
fn a_probe_per_pulse_peer_and_lan_and_a_heartbeat_with_every_fifth() {
    let config = NodeConfig {
        node: farm::node_id(1),
        cluster: farm::cluster(3, 2),
        keys: Keyring::first(farm::SECRET),
        incarnation: Incarnation(1),
        kernel_answers: false,
        may_reboot: false,
    };
    let mut node = Node::new(config, START);
    assert_eq!(node.poll_timeout(), Some(START));
    let everyone = [(0, 0), (0, 1), (2, 0), (2, 1)];
    for pulse in 0..11 {
        let due = node.poll_timeout().unwrap();
        assert_eq!(due, START + Duration::from_millis(5) * pulse);
        node.handle_timeout(due);
        let (mut probed, mut sent) = (Vec::new(), Vec::new());
        for effect in effects(&mut node) {
            if let Effect::Probe { lan, to, .. } = effect {
                probed.push((to.get(), lan.0));
            } else if let Effect::Send { lan, to, .. } = effect {
                sent.push((to.get(), lan.0));
            } else {
                panic!("{effect:?}");
            }
        }
        assert_eq!(probed, everyone);
        assert_eq!(sent, if pulse % 5 == 0 { &everyone[..] } else { &[] });
    }
}

#[test]
fn inputs_can_be_recorded_and_replayed() {
    let inputs = [
        Input::Command(configure("light", light())),
        Input::Command(start("light")),
        Input::Command(start("nobody")),
    ];
    let mut node = node(2);
    for input in inputs {
        let line = serde_json::to_string(&input).unwrap();
        let read: Input = serde_json::from_str(&line).unwrap();
        assert_eq!(read, input);
        node.handle(read, START);
    }
    assert_eq!(state(&node), ModuleState::READY);
}
