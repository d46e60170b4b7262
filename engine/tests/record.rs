//! A recording of a node through a takeover, as `engine/core/tests/replay.rs` replays it.
//!
//! Where `EVENKEEL_RECORDING` names a file, this one is written there instead of a temporary one:
//! `EVENKEEL_RECORDING=engine/core/tests/recordings/takeover.jsonl cargo test -p evenkeel-engine --test
//! record`, with an absolute path, makes the committed one anew.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends there")]

mod common;

use std::path::PathBuf;
use std::time::Duration;
use std::{env, fs};

use common::{Farm, Stub, in_namespace, module_config, shop, shop_status, until_status};
use evenkeel_core::command::Command;
use evenkeel_core::ids::NodeId;
use evenkeel_core::module::state::ModuleState;
use evenkeel_engine::{Engine, start};

async fn start_shop(engine: &Engine) {
    let (module, by) = (shop(), "test".to_owned());
    engine.configure(shop(), module_config("")).await.unwrap();
    engine.command(Command::Start { module, by }).await.unwrap();
}

async fn ready(engine: &Engine, members: &[u8]) {
    let members: Vec<_> = members
        .iter()
        .filter_map(|node| NodeId::new(*node))
        .collect();
    until_status(engine, &format!("ready with {members:?}"), |status| {
        shop_status(status).is_some_and(|module| {
            let group = &module.groups[0];
            let own = group.buckets.iter().find(|(node, _)| *node == status.node);
            module.state == ModuleState::READY
                && module.members == members
                && own.is_some_and(|(_, owned)| *owned == group.open)
        })
    })
    .await;
}

#[test]
fn what_happens_to_a_node_is_written_down() {
    in_namespace(async || {
        let mut farm = Farm::new(3);
        // Few pulses, so that the file is short.
        farm.cluster.timing.pulse = Duration::from_millis(50);
        let wanted = env::var_os("EVENKEEL_RECORDING").map(PathBuf::from);
        let path = wanted.unwrap_or_else(|| farm.modules_dir(9));
        let mut config = farm.config(1);
        config.record = Some(path.clone());
        let recorded = start(config.clone(), Box::new(Stub::default())).unwrap();
        let mut others = Vec::new();
        for node in [0, 2] {
            others.push(farm.start(node, &Stub::default()).await);
        }
        for engine in others.iter().chain([&recorded]) {
            start_shop(engine).await;
        }
        ready(&recorded, &[0, 1, 2]).await;
        // Without goodbye: the last handle of a node goes, as if its process had died.
        drop(others.remove(0));
        ready(&recorded, &[1, 2]).await;
        recorded.shutdown().await;

        let text = fs::read_to_string(&path).unwrap();
        for part in [
            "\"timeout\":true",
            "\"Datagram\"",
            "\"Start\"",
            "\"TrafficClosed\"",
        ] {
            assert!(text.contains(part), "{part} is not in {}", path.display());
        }
        assert!(
            text.lines()
                .all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok())
        );
        config.record = Some(path);
        let taken = start(config, Box::new(Stub::default())).unwrap_err();
        assert!(taken.to_string().contains("does not exist"), "{taken}");
    });
}
