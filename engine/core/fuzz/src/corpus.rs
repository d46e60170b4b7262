//! Writes what nodes really say into a folder, as inputs for the fuzz target to begin with:
//! `wire-corpus FOLDER`.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use std::{env, fs};

use evenkeel_core::command::Command;
use evenkeel_core::effect::Effect;
use evenkeel_core::ids::{Incarnation, Time};
use evenkeel_core::input::{Input, ScriptOutcome};
use evenkeel_core::node::{Node, NodeConfig};

#[allow(unreachable_pub, dead_code, reason = "shared with the tests")]
#[path = "../../tests/sim/farm.rs"]
mod farm;
#[allow(dead_code, reason = "shared with the fuzz target")]
mod letter;

use letter::{CODE_BYTES, HEAD_BYTES, Kind, join, keyring};

/// Nodes that talk to each other.
const NODES: usize = 3;
/// Pulses that they talk for.
const PULSES: usize = 200;
/// Datagrams of the story that one node heard.
const STORY_DATAGRAMS: usize = 24;

fn main() -> ExitCode {
    let Some(folder) = env::args_os().nth(1) else {
        eprintln!("wire-corpus: name the folder that the inputs go to");
        return ExitCode::from(2);
    };
    match write(Path::new(&folder)) {
        Ok(count) => {
            println!("{count} inputs in {}", Path::new(&folder).display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("wire-corpus: {}: {error}", Path::new(&folder).display());
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &Path) -> std::io::Result<usize> {
    fs::create_dir_all(folder)?;
    let heard = talk();
    let mut inputs = Vec::new();
    let mut story = Vec::new();
    for bytes in &heard {
        let is_probe = bytes.starts_with(b"EVKP");
        if is_probe {
            inputs.push(join(Kind::Probe, 0, bytes));
            inputs.push(join(Kind::Words, 1, bytes));
            continue;
        }
        let body = &bytes[HEAD_BYTES..bytes.len() - CODE_BYTES];
        inputs.push(join(Kind::Datagram, 0, bytes));
        inputs.push(join(Kind::Body, 1, body));
        if bytes[15] == 0 {
            let length = u16::try_from(body.len()).unwrap_or(0).to_be_bytes();
            story.push([&[bytes[14]], &length[..], body].concat());
        }
    }
    let stories = story.chunks(STORY_DATAGRAMS);
    inputs.extend(stories.map(|part| join(Kind::Story, 0, &part.concat())));
    inputs.sort();
    inputs.dedup_by_key(|input| (input[0], input.len()));
    for (number, input) in inputs.iter().enumerate() {
        fs::write(folder.join(format!("said-{number:03}")), input)?;
    }
    Ok(inputs.len())
}

/// What nodes say from their start on, with probes that nobody answers.
fn talk() -> Vec<Vec<u8>> {
    let mut now = Time(1_000_000_000);
    let mut nodes: Vec<Node> = (0..NODES).map(|id| begin(id, now)).collect();
    let mut said = Vec::new();
    for _ in 0..PULSES {
        now = now + Duration::from_millis(5);
        let mut posted = Vec::new();
        for node in &mut nodes {
            node.handle_timeout(now);
            settle(node, now, &mut posted);
        }
        for (to, lan, bytes) in posted {
            said.push(bytes.clone());
            let mut answers = Vec::new();
            if let Some(node) = nodes.get_mut(to) {
                node.handle(Input::Datagram { lan, bytes }, now);
                settle(node, now, &mut answers);
            }
            said.extend(answers.into_iter().map(|(_, _, bytes)| bytes));
        }
    }
    said
}

fn begin(id: usize, now: Time) -> Node {
    let config = NodeConfig {
        node: farm::node_id(id),
        cluster: farm::cluster(NODES, 1),
        keys: keyring(),
        incarnation: Incarnation(1),
        kernel_answers: false,
    };
    let mut node = Node::new(config, now);
    let module = farm::module_name();
    let (config, macs) = (Box::new(farm::module(1, &[vec![]])), vec![farm::mac(id)]);
    let by = "corpus".to_owned();
    let configure = Command::Configure {
        module: module.clone(),
        config,
        macs,
    };
    for command in [configure, Command::Start { module, by }] {
        node.command(command, now).expect("a module that fits");
    }
    node
}

type Post = (usize, evenkeel_core::ids::LanId, Vec<u8>);

fn settle(node: &mut Node, now: Time, posted: &mut Vec<Post>) {
    while let Some(effect) = node.poll_effect() {
        let input = match effect {
            Effect::Send { lan, to, bytes } | Effect::Probe { lan, to, bytes } => {
                posted.push((to.index(), lan, bytes));
                continue;
            }
            Effect::OpenTraffic { module } => Input::TrafficOpened {
                module,
                result: Ok(()),
            },
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
            Effect::CountHeld { module, epoch } => {
                let held = vec![0];
                Input::HeldSockets {
                    module,
                    epoch,
                    held,
                }
            }
            Effect::CloseTraffic { .. }
            | Effect::InstallTable { .. }
            | Effect::SetRoutes { .. }
            | Effect::Announce { .. }
            | Effect::RenewLease { .. }
            | Effect::Event(_) => continue,
        };
        node.handle(input, now);
    }
}
