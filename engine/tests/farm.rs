//! Three engines in one process are a farm: shares, takeover, return, and what scripts decide.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends there")]

mod common;

use std::collections::BTreeSet;
use std::fs;

use common::{
    Farm, Stub, in_namespace, is_running, module_config, shop, shop_status, until, until_status,
};
use evenkeel_core::command::{Command, Denied};
use evenkeel_core::event::Event;
use evenkeel_core::ids::NodeId;
use evenkeel_core::module::state::ModuleState;
use evenkeel_engine::ports::{Explained, FlowQuestion, FlowTarget};
use evenkeel_engine::{Engine, EngineError, StartError, start};
use evenkeel_packet::BUCKETS;

const SCRIPTS: &str = r#"<user nicestoptimeout="1" forcestoptimeout="1" logging="userlog"/>"#;

async fn start_shop(engine: &Engine, user: &str) {
    engine.configure(shop(), module_config(user)).await.unwrap();
    start_again(engine).await;
}

async fn start_again(engine: &Engine) {
    engine
        .command(Command::Start {
            module: shop(),
            by: "test".to_owned(),
        })
        .await
        .unwrap();
}

async fn stop(engine: &Engine) {
    engine
        .command(Command::Stop {
            module: shop(),
            by: "test".to_owned(),
            automatic: false,
        })
        .await
        .unwrap();
}

/// Ready in a view of these nodes, and all of its own buckets open and settled.
async fn settled(engine: &Engine, members: &[u8]) {
    let members: Vec<NodeId> = members
        .iter()
        .map(|node| NodeId::new(*node).unwrap())
        .collect();
    until_status(engine, &format!("settled with {members:?}"), |status| {
        let own = status.node;
        shop_status(status).is_some_and(|module| {
            let group = &module.groups[0];
            let owned = group.buckets.iter().find(|(node, _)| *node == own);
            module.state == ModuleState::READY
                && module.members == members
                && owned.is_some_and(|(_, buckets)| *buckets == group.open)
                && group.migrating == 0
        })
    })
    .await;
}

/// Every bucket is some node's, no bucket is two nodes', and the shares differ by one at most.
async fn fair(what: &str, stubs: &[&Stub]) {
    let fair = || {
        let shares: Vec<Vec<usize>> = stubs.iter().map(|stub| stub.mine()).collect();
        let all: BTreeSet<usize> = shares.iter().flatten().copied().collect();
        let whole = all.len() == BUCKETS && shares.iter().map(Vec::len).sum::<usize>() == BUCKETS;
        let least = BUCKETS / stubs.len();
        let is_fair = |share: &Vec<usize>| share.len() == least || share.len() == least + 1;
        (whole && shares.iter().all(is_fair)).then_some(())
    };
    until(what, fair).await;
}

#[test]
fn three_share_two_take_over_and_the_third_returns() {
    in_namespace(async || {
        let mut farm = Farm::new(3);
        let stubs = [Stub::default(), Stub::default(), Stub::default()];
        let mut engines = Vec::new();
        for (node, stub) in (0..).zip(&stubs) {
            let engine = farm.start(node, stub).await;
            start_shop(&engine, "").await;
            engines.push(engine);
        }
        for engine in &engines {
            settled(engine, &[0, 1, 2]).await;
        }
        fair("thirds", &[&stubs[0], &stubs[1], &stubs[2]]).await;
        owner_is_told(&engines[0], &stubs).await;

        // Without goodbye: the last handle goes, as if the process had died.
        drop(engines.pop());
        for engine in &engines {
            settled(engine, &[0, 1]).await;
        }
        fair("halves", &[&stubs[0], &stubs[1]]).await;

        let stub = Stub::default();
        let returned = farm.start(2, &stub).await;
        start_shop(&returned, "").await;
        engines.push(returned);
        for engine in &engines {
            settled(engine, &[0, 1, 2]).await;
        }
        fair("thirds again", &[&stubs[0], &stubs[1], &stub]).await;

        for engine in &engines {
            engine.shutdown().await;
        }
        assert!(!common::ip("address show dev v0").contains("10.9.0.99"));
    });
}

async fn owner_is_told(engine: &Engine, stubs: &[Stub; 3]) {
    for (node, stub) in (0..).zip(stubs) {
        let bucket = u16::try_from(stub.mine()[0]).unwrap();
        let question = |port| FlowQuestion {
            target: FlowTarget::Service {
                vip: [10, 9, 0, 99].into(),
                protocol: 6,
                port,
            },
            client: [10, 9, 0, 50].into(),
            client_port: Some(bucket),
            ip_id: None,
        };
        let found = engine.owner(shop(), question(80)).await.unwrap();
        assert_eq!(found.owner, NodeId::new(node));
        let Explained::Decided(path) = found.explained else {
            panic!("{found:?}");
        };
        assert_eq!((path.group, path.bucket), (0, bucket));
        let tables = engine.buckets(shop(), Some(0)).await.unwrap();
        assert_eq!(tables.epoch, found.epoch);
        let (_, buckets) = &tables.groups[0];
        assert_eq!(buckets[usize::from(bucket)].owner, NodeId::new(node));
        let other = engine.owner(shop(), question(81)).await.unwrap();
        assert_eq!(other.explained, Explained::NoRule);
    }
}

#[test]
fn scripts_run_in_their_order_and_traffic_opens_after_the_start_script() {
    in_namespace(async || {
        let mut farm = Farm::new(1);
        for name in ["prestart", "start_both", "stop_both", "poststop"] {
            farm.script(0, name, &format!("echo {name} $* >>../var/order"));
        }
        let stub = Stub::default();
        let engine = farm.start(0, &stub).await;
        let mut events = engine.events();
        start_shop(&engine, SCRIPTS).await;
        settled(&engine, &[0]).await;
        assert_eq!(
            engine.traffic(shop()).await.unwrap().counters["accept_mine"],
            3
        );
        stop(&engine).await;
        until_status(&engine, "stopped", |status| {
            shop_status(status).is_some_and(|module| module.state == ModuleState::STOPPED)
        })
        .await;
        let order = fs::read_to_string(farm.shop_dir(0).join("var/order")).unwrap();
        let lines: Vec<&str> = order.lines().collect();
        assert_eq!(
            lines,
            [
                "prestart STOP WAIT start",
                "start_both WAIT UP start",
                "stop_both UP WAIT stop",
                "stop_both force WAIT STOP stop",
                "poststop WAIT STOP stop",
            ]
        );
        let calls = stub.told().calls.clone();
        assert_eq!(
            (calls[0], calls[1], calls[calls.len() - 1]),
            ("close", "open", "close")
        );
        let mut seen = Vec::new();
        while let Ok(event) = events.try_recv() {
            seen.push(event);
        }
        let ready = |event: &Event| matches!(event, Event::StateChanged { state, .. } if *state == ModuleState::READY);
        assert!(seen.iter().any(ready), "{seen:?}");
        engine.shutdown().await;
    });
}

#[test]
fn a_failing_start_script_ends_in_stop_with_the_reason() {
    in_namespace(async || {
        let mut farm = Farm::new(1);
        farm.script(0, "start_both", "exit 7");
        farm.script(0, "stop_both", "echo $* >>../var/stopped");
        let stub = Stub::default();
        let engine = farm.start(0, &stub).await;
        start_shop(&engine, SCRIPTS).await;
        let status = until_status(&engine, "stopped with a reason", |status| {
            shop_status(status).is_some_and(|module| {
                module.state == ModuleState::STOPPED && module.reason.is_some()
            })
        })
        .await;
        let reason = shop_status(&status).unwrap().reason.clone().unwrap();
        assert!(
            reason.contains("start_both") && reason.contains('7'),
            "{reason}"
        );
        let stopped = fs::read_to_string(farm.shop_dir(0).join("var/stopped")).unwrap();
        assert!(stopped.starts_with("force "), "{stopped}");
        assert!(
            !stub.told().calls.contains(&"open"),
            "no traffic was opened"
        );
        engine.shutdown().await;
    });
}

#[test]
fn a_stop_script_that_hangs_is_killed_with_its_children() {
    in_namespace(async || {
        let mut farm = Farm::new(1);
        let hangs = "sleep 600 & echo $! >>../var/children; wait";
        farm.script(0, "stop_both", hangs);
        let stub = Stub::default();
        let engine = farm.start(0, &stub).await;
        start_shop(&engine, SCRIPTS).await;
        settled(&engine, &[0]).await;
        engine.shutdown().await;
        let children = fs::read_to_string(farm.shop_dir(0).join("var/children")).unwrap();
        assert_eq!(
            children.lines().count(),
            2,
            "the graceful call and the forced one"
        );
        for child in children.lines() {
            let gone = || (!is_running(child)).then_some(());
            until("the child is killed", gone).await;
        }
    });
}

#[test]
fn an_application_outlives_its_daemon() {
    in_namespace(async || {
        let mut farm = Farm::new(1);
        farm.script(0, "start_both", "sleep 600 & echo $! >../var/application");
        let stub = Stub::default();
        let engine = farm.start(0, &stub).await;
        let mut status = engine.status();
        start_shop(&engine, SCRIPTS).await;
        settled(&engine, &[0]).await;
        drop(engine);
        while status.changed().await.is_ok() {}
        let pid = fs::read_to_string(farm.shop_dir(0).join("var/application")).unwrap();
        let pid = pid.trim();
        assert!(is_running(pid));
        nix::sys::signal::kill(
            nix::unistd::Pid::from_raw(pid.parse().unwrap()),
            nix::sys::signal::Signal::SIGKILL,
        )
        .unwrap();
    });
}

#[test]
fn a_datapath_that_refuses_is_the_reason_of_the_stop() {
    in_namespace(async || {
        let mut farm = Farm::new(1);
        let stub = Stub::default();
        stub.told().refuse_open = Some("this kernel has no filter".to_owned());
        let engine = farm.start(0, &stub).await;
        let mut events = engine.events();
        start_shop(&engine, "").await;
        let status = until_status(&engine, "stopped with a reason", |status| {
            shop_status(status).is_some_and(|module| {
                module.state == ModuleState::STOPPED && module.reason.is_some()
            })
        })
        .await;
        let reason = shop_status(&status).unwrap().reason.clone().unwrap();
        assert!(reason.contains("this kernel has no filter"), "{reason}");
        let mut failed = false;
        while let Ok(event) = events.try_recv() {
            failed |= matches!(event, Event::TrafficFailed { .. });
        }
        assert!(failed);
        assert!(!common::ip("address show dev v0").contains("10.9.0.99"));
    });
}

#[test]
fn what_is_refused_says_why() {
    in_namespace(async || {
        let mut farm = Farm::new(2);
        let stub = Stub::default();
        let engine = farm.start(0, &stub).await;
        let twice = start(farm.config(0), Box::new(stub.clone())).unwrap_err();
        assert!(matches!(twice, StartError::PortTaken { .. }), "{twice}");
        let mut config = farm.config(0);
        config.node = NodeId::new(9).unwrap();
        let unknown = start(config, Box::new(stub.clone())).unwrap_err();
        assert_eq!(
            unknown.to_string(),
            "node 9 is not in the cluster's configuration, which has 2 nodes"
        );
        let mut config = farm.config(0);
        config.heartbeat_addrs.clear();
        config.cluster.lans[0].nodes[0].addr = [192, 0, 2, 1].into();
        let elsewhere = start(config, Box::new(stub.clone()))
            .unwrap_err()
            .to_string();
        assert!(elsewhere.starts_with("none of this machine's interfaces has an address of node"));

        let error = engine.traffic(shop()).await.unwrap_err();
        assert!(matches!(error, EngineError::UnknownModule(_)), "{error}");
        let start = Command::Start {
            module: shop(),
            by: "test".to_owned(),
        };
        let error = engine.command(start.clone()).await.unwrap_err();
        assert!(
            matches!(error, EngineError::Denied(Denied::UnknownModule { .. })),
            "{error}"
        );
        engine.configure(shop(), module_config("")).await.unwrap();
        let other = "other".to_owned().try_into().unwrap();
        let error = engine
            .configure(other, module_config(""))
            .await
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "module other: virtual address 10.9.0.99 is that of module shop"
        );
        engine.shutdown().await;
        engine.shutdown().await;
        let error = engine.command(start).await.unwrap_err();
        assert!(matches!(error, EngineError::Stopped), "{error}");
    });
}
