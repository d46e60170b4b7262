//! What is promised of a node that hears authentic nonsense: it goes on, and does not grow.

use std::time::Duration;

use evenkeel_core::command::Command;
use evenkeel_core::effect::Effect;
use evenkeel_core::ids::{Incarnation, LanId, Time};
use evenkeel_core::input::{Input, ScriptOutcome};
use evenkeel_core::node::{Node, NodeConfig};
use evenkeel_core::wire::Header;

use crate::letter::{datagram, keyring, node};
use crate::{farm, heap};

/// Nodes of the cluster, of which the others are put into words.
const NODES: usize = 3;
/// Bytes that a node and all that it wants done may take.
const HEAP_BYTES_MAX: usize = 2 << 20;
/// Datagrams of a story that are told.
const DATAGRAMS_MAX: usize = 64;

/// What is wrong with a datagram of a story.
const OTHER_RUN: u8 = 0x10;
const SAME_SEQ: u8 = 0x20;
const NEW_RUN: u8 = 0x40;
const OTHER_KEY: u8 = 0x80;

/// Tells it.
pub(crate) fn check(story: &[u8]) {
    heap::within(HEAP_BYTES_MAX, || tell(story));
}

fn tell(mut story: &[u8]) {
    let mut now = Time(1_000_000_000);
    let mut hearer = begin(now);
    let mut headers: Vec<Header> = (0..NODES).map(first_header).collect();
    for _ in 0..DATAGRAMS_MAX {
        let Some(([flags, high, low], rest)) = story.split_first_chunk::<3>() else {
            break;
        };
        let length = usize::from(u16::from_be_bytes([*high, *low])).min(rest.len());
        let (body, rest) = rest.split_at(length);
        story = rest;
        let sender = usize::from(flags & 0x0f) % NODES;
        let header = &mut headers[sender];
        header.seq += u64::from(flags & SAME_SEQ == 0);
        header.incarnation.0 += u64::from(flags & NEW_RUN != 0);
        let to_incarnation = Incarnation(1 + u64::from(flags & OTHER_RUN != 0));
        let header = Header {
            to_incarnation,
            ..*header
        };
        let bytes = datagram(u8::from(flags & OTHER_KEY != 0), &header, body);
        let lan = LanId(0);
        hearer.handle(Input::Datagram { lan, bytes }, now);
        settle(&mut hearer, now);
        now = now + Duration::from_millis(4);
        hearer.handle_timeout(now);
        settle(&mut hearer, now);
    }
    let status = hearer.status(now);
    assert_eq!(status.peers.len(), NODES - 1);
    assert_eq!(status.modules.len(), 1);
}

fn first_header(sender: usize) -> Header {
    Header {
        sender: farm::node_id(sender),
        to: node(0),
        incarnation: Incarnation(1),
        to_incarnation: Incarnation(1),
        seq: 0,
    }
}

/// A node whose module comes up.
pub(crate) fn begin(now: Time) -> Node {
    let config = NodeConfig {
        node: node(0),
        cluster: farm::cluster(NODES, 1),
        keys: keyring(),
        incarnation: Incarnation(1),
        kernel_answers: true,
    };
    let mut node = Node::new(config, now);
    let module = farm::module_name();
    let configure = Command::Configure {
        module: module.clone(),
        config: Box::new(farm::module(1, &[vec![]])),
        macs: vec![farm::mac(0)],
    };
    node.command(configure, now).expect("a module that fits");
    let by = "fuzz".to_owned();
    node.command(Command::Start { module, by }, now)
        .expect("it stands still");
    settle(&mut node, now);
    node
}

/// Does all that it wants done.
pub(crate) fn settle(node: &mut Node, now: Time) {
    while let Some(effect) = node.poll_effect() {
        let input = match effect {
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
            Effect::CountHeld { module, epoch } => {
                let held = vec![0];
                Input::HeldSockets {
                    module,
                    epoch,
                    held,
                }
            }
            Effect::Send { .. }
            | Effect::Probe { .. }
            | Effect::InstallTable { .. }
            | Effect::SetRoutes { .. }
            | Effect::Announce { .. }
            | Effect::RenewLease { .. }
            | Effect::Event(_) => continue,
        };
        node.handle(input, now);
    }
}
