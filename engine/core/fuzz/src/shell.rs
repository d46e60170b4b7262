//! The shell of a node that is fuzzed, or whose words fill the corpus: it does what the node wants
//! done, and its module comes up.

use evenkeel_core::command::Command;
use evenkeel_core::effect::Effect;
use evenkeel_core::ids::{Incarnation, LanId, NodeId, Time};
use evenkeel_core::input::{Input, ScriptOutcome};
use evenkeel_core::module::resources::UP;
use evenkeel_core::node::{Node, NodeConfig};

use crate::farm;
use crate::letter::keyring;

/// Nodes of the cluster.
pub(crate) const NODES: usize = 3;

/// A node whose module is started.
pub(crate) fn begin(id: usize, kernel_answers: bool, now: Time) -> Node {
    let config = NodeConfig {
        node: farm::node_id(id),
        cluster: farm::cluster(NODES, 1),
        keys: keyring(),
        incarnation: Incarnation(1),
        kernel_answers,
        may_reboot: false,
    };
    let mut node = Node::new(config, now);
    let module = farm::module_name();
    let configure = Command::Configure {
        module: module.clone(),
        config: Box::new(farm::module(1, &[vec![]])),
        macs: vec![farm::mac(id)],
        networks: farm::networks(),
    };
    let by = "fuzz".to_owned();
    for command in [configure, Command::Start { module, by }] {
        node.command(command, now).expect("a module that fits");
    }
    node
}

/// Does all that it wants done, and hands on what it sends.
pub(crate) fn settle(node: &mut Node, now: Time, mut post: impl FnMut(NodeId, LanId, Vec<u8>)) {
    while let Some(effect) = node.poll_effect() {
        let input = match effect {
            Effect::Send { lan, to, bytes } | Effect::Probe { lan, to, bytes } => {
                post(to, lan, bytes);
                continue;
            }
            Effect::OpenTraffic { module } => Input::TrafficOpened {
                module,
                result: Ok(()),
            },
            Effect::CloseTraffic { module } => Input::TrafficClosed { module },
            Effect::RunScript { module, script, .. } => {
                let outcome = ScriptOutcome::Absent;
                Input::ScriptEnded {
                    module,
                    script,
                    outcome,
                }
            }
            Effect::SetContact { module, tags, .. } => {
                let tag = tags.first().map_or(0, |(tag, _)| *tag);
                Input::Asked {
                    module,
                    tag,
                    asked: Vec::new(),
                }
            }
            Effect::StartChecks { when, .. } => {
                // Those of the other kind as well: what nobody looks at is ignored.
                for resource in farm::resources(&farm::module(1, &[vec![]]), when) {
                    node.handle(farm::checked(resource, UP), now);
                }
                continue;
            }
            // Somebody is always heard.
            Effect::Listen {
                module,
                listen: true,
            } => Input::Received { module },
            Effect::CountHeld {
                module,
                epoch,
                number,
            } => {
                let held = vec![0];
                Input::HeldSockets {
                    module,
                    epoch,
                    number,
                    held,
                }
            }
            Effect::Reboot { .. }
            | Effect::KillScripts { .. }
            | Effect::WatchClass { .. }
            | Effect::RunHandler { .. }
            | Effect::InstallTable { .. }
            | Effect::SetRoutes { .. }
            | Effect::Announce { .. }
            | Effect::RenewLease { .. }
            | Effect::Listen { listen: false, .. }
            | Effect::StopChecks { .. }
            | Effect::Event(_) => continue,
        };
        node.handle(input, now);
    }
}
