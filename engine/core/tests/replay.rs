//! What happened to a real node, again: a recording of `serve --record FILE` goes through a `Node`,
//! which has to ask for the very effects that were recorded.
//!
//! `recordings/` has the recordings, JSON lines as `engine/src/driver/record.rs` describes them; they
//! hold the secret of a cluster that lives as long as a test. A new one for a fault in the field:
//! run the daemon with `--record`, cut the file after the line that matters, and put it there, with a
//! test below that says what has to come of it. `takeover.jsonl` is made anew by
//! `engine/tests/record.rs` when effects or datagrams have changed on purpose.

use std::fs;
use std::path::Path;

use evenkeel_core::effect::Effect;
use evenkeel_core::event::Event;
use evenkeel_core::ids::Time;
use evenkeel_core::node::{Node, NodeConfig};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Lets a recording happen again; all effects, or the line at which they differ.
fn replay(name: &str) -> Vec<Effect> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/recordings")
        .join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut lines = text.lines().zip(1..).map(|(line, number)| {
        let value: Value =
            serde_json::from_str(line).unwrap_or_else(|e| panic!("{name}:{number}: {e}"));
        (number, value)
    });
    let (_, first) = lines.next().unwrap_or_else(|| panic!("{name} is empty"));
    let mut node = Node::new(told(&first), read(&first["at"]));
    let mut all = Vec::new();
    for (number, line) in lines {
        if line.get("effects").is_some() {
            let effects: Vec<Effect> = std::iter::from_fn(|| node.poll_effect()).collect();
            let expected = (&line["effects"], &line["digest"]);
            let (count, digest) = (json!(effects.len()), json!(digest(&effects)));
            assert_eq!((&count, &digest), expected, "{name}:{number}: {effects:#?}");
            all.extend(effects);
            continue;
        }
        if let Some(keys) = line.get("keys") {
            node.rekey(read(keys));
            continue;
        }
        let at: Time = read(&line["at"]);
        if let Some(own) = line.get("own") {
            let taken = node.recluster(read(own), read(&line["other"]), at);
            taken.expect("what was taken then is taken again");
        } else if let Some(input) = line.get("input") {
            node.handle(read(&lengthened(input)), at);
        } else if let Some(command) = line.get("command") {
            // Whoever asked had the answer.
            drop(node.command(read(command), at));
        } else {
            node.handle_timeout(at);
        }
    }
    all
}

fn told(first: &Value) -> NodeConfig {
    NodeConfig {
        node: read(&first["node"]),
        cluster: read(&first["cluster"]),
        keys: read(&first["keys"]),
        incarnation: read(&first["incarnation"]),
        kernel_answers: read(&first["kernel_answers"]),
        // Recordings of before do not have it.
        may_reboot: first["may_reboot"] == true,
    }
}

fn read<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error}: {value}"))
}

/// With the bytes of datagrams as lists of numbers.
fn lengthened(value: &Value) -> Value {
    let Value::Object(fields) = value else {
        return value.clone();
    };
    let field = |(name, field): (&String, &Value)| {
        let bytes = bytes(field).filter(|_| name == "bytes");
        (
            name.clone(),
            bytes.map_or_else(|| lengthened(field), |bytes| json!(bytes)),
        )
    };
    Value::Object(fields.iter().map(field).collect())
}

fn bytes(hex: &Value) -> Option<Vec<u8>> {
    let byte = |pair: &[u8]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
    hex.as_str()?.as_bytes().chunks(2).map(byte).collect()
}

fn digest(effects: &[Effect]) -> String {
    let all: String = effects
        .iter()
        .map(|effect| json!(effect).to_string())
        .collect();
    let digest = Sha256::digest(all);
    digest
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[test]
fn a_takeover_happens_again() {
    let effects = replay("takeover.jsonl");
    let mut events = Vec::new();
    for effect in &effects {
        if let Effect::Event(event) = effect {
            events.push(event.to_string());
        }
    }
    let is_lost = |effect: &Effect| matches!(effect, Effect::Event(Event::PeerLost { .. }));
    let lost = effects.iter().position(is_lost).expect("a node was lost");
    let installs = |effect: &&Effect| matches!(effect, Effect::InstallTable { .. });
    assert!(
        effects[lost..].iter().any(|effect| installs(&effect)),
        "{events:#?}"
    );
    let shares = events
        .iter()
        .filter(|event| event.contains("share open"))
        .count();
    assert!(shares >= 2, "of three, and of two: {events:#?}");
}
