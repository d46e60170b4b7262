//! Writes what nodes really say into a folder, as inputs for the fuzz target to begin with:
//! `wire-corpus FOLDER`.

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use evenkeel_core::ids::{LanId, NodeId, Time};
use evenkeel_core::input::Input;
use evenkeel_core::node::Node;

#[allow(unreachable_pub, dead_code, reason = "shared with the tests")]
#[path = "../../tests/sim/farm.rs"]
mod farm;
#[path = "../../../packet/fuzz/src/folder.rs"]
mod folder;
#[allow(dead_code, reason = "shared with the fuzz target")]
mod letter;
mod shell;

use folder::fill;
use letter::{CODE_BYTES, HEAD_BYTES, Kind, join};
use shell::{NODES, begin, settle};

/// Pulses that they talk for.
const PULSES: usize = 200;
/// Datagrams of the story that one node heard.
const STORY_DATAGRAMS: usize = 24;

fn main() -> ExitCode {
    fill("wire-corpus", write)
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
    let mut nodes: Vec<Node> = (0..NODES).map(|id| begin(id, false, now)).collect();
    let mut said = Vec::new();
    for _ in 0..PULSES {
        now = now + Duration::from_millis(5);
        let mut posted: Vec<Post> = Vec::new();
        for node in &mut nodes {
            node.handle_timeout(now);
            settle(node, now, |to, lan, bytes| posted.push((to, lan, bytes)));
        }
        for (to, lan, bytes) in posted {
            said.push(bytes.clone());
            if let Some(node) = nodes.get_mut(to.index()) {
                node.handle(Input::Datagram { lan, bytes }, now);
                settle(node, now, |_, _, bytes| said.push(bytes));
            }
        }
    }
    said
}

/// A datagram on its way: to whom, on which LAN.
type Post = (NodeId, LanId, Vec<u8>);
