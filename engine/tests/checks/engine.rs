//! Checkers under a whole engine: begun and ended with the module, and what follows from them.

use std::fs;
use std::net::TcpListener;
use std::path::Path;

use evenkeel_core::command::Command;
use evenkeel_core::config::model::ModuleConfig;
use evenkeel_core::event::Event;
use evenkeel_core::module::state::ModuleState;
use evenkeel_core::status::NodeStatus;
use evenkeel_engine::Engine;
use tokio::sync::broadcast;

use crate::bench::DEADLINE;
use crate::common::{
    Farm, Stub, in_namespace, is_running, module_config, shop, shop_status, until, until_status,
};

/// A checker of the virtual address: the usual way to look at the application.
const TCP: &str = r#"<check><tcp ident="id" when="both" action="restart">
    <to addr="10.9.0.99" port="80" interval="1s" timeout="1s"/></tcp></check><user/>"#;
const CUSTOM: &str =
    r#"<check><custom ident="disk" when="pre" exec="watch" action="noaction"/></check><user/>"#;

fn is(state: ModuleState) -> impl FnMut(&NodeStatus) -> bool {
    move |status| shop_status(status).is_some_and(|module| module.state == state)
}

async fn configure_and_start(engine: &Engine, config: ModuleConfig) {
    engine.configure(shop(), config).await.unwrap();
    let start = Command::Start {
        module: shop(),
        by: "test".to_owned(),
    };
    engine.command(start).await.unwrap();
}

async fn stop(engine: &Engine) {
    let stop = Command::Stop {
        module: shop(),
        by: "test".to_owned(),
        automatic: false,
    };
    engine.command(stop).await.unwrap();
    until_status(engine, "stopped", is(ModuleState::STOPPED)).await;
}

/// Waits for an event that reads like this.
async fn told(events: &mut broadcast::Receiver<Event>, line: &str) {
    let seen = async { while events.recv().await.expect("the engine runs").to_string() != line {} };
    let seen = tokio::time::timeout(DEADLINE, seen).await;
    seen.unwrap_or_else(|_| panic!("nobody said {line:?}"));
}

/// The program that has written its number there.
async fn running(pid_file: &Path) -> String {
    until("the checker runs", || {
        let pid = fs::read_to_string(pid_file).ok()?;
        (pid.ends_with('\n') && is_running(&pid)).then_some(pid)
    })
    .await
}

async fn ended(pid: String) {
    until("the checker ended", || (!is_running(&pid)).then_some(())).await;
}

#[test]
fn c3_the_application_is_restarted_when_nobody_listens() {
    in_namespace(async || {
        let mut farm = Farm::new(1);
        let engine = farm.start(0, &Stub::default()).await;
        let mut events = engine.events();
        let listener = TcpListener::bind("0.0.0.0:80").unwrap();
        configure_and_start(&engine, module_config(TCP)).await;
        told(&mut events, "Resource tcp.id set to up by tcpcheck").await;
        until_status(&engine, "ready", is(ModuleState::READY)).await;

        drop(listener);
        let down = "Resource tcp.id set to down by tcpcheck (connection refused)";
        told(&mut events, down).await;
        told(&mut events, "Action restart from failover rule t_id").await;
        let _listener = TcpListener::bind("0.0.0.0:80").unwrap();
        told(&mut events, "Resource tcp.id set to up by tcpcheck").await;
        told(&mut events, "Local state UP Ready").await;
        stop(&engine).await;
    });
}

#[test]
fn checkers_are_exchanged_while_the_module_runs_and_those_that_stay_go_on() {
    in_namespace(async || {
        let mut farm = Farm::new(1);
        farm.script(0, "watch", "echo $$ >../pid\nexec sleep 600");
        let pid_file = farm.shop_dir(0).join("pid");
        let engine = farm.start(0, &Stub::default()).await;
        configure_and_start(&engine, module_config(CUSTOM)).await;
        until_status(&engine, "ready", is(ModuleState::READY)).await;
        let pid = running(&pid_file).await;

        let mut events = engine.events();
        let listener = TcpListener::bind("0.0.0.0:80").unwrap();
        let both = CUSTOM.replace("<check>", &TCP.replace("</check><user/>", ""));
        engine
            .configure(shop(), module_config(&both))
            .await
            .unwrap();
        told(&mut events, "Resource tcp.id set to up by tcpcheck").await;
        assert!(is_running(&pid));
        assert_eq!(running(&pid_file).await, pid, "it was not started again");

        engine.configure(shop(), module_config(TCP)).await.unwrap();
        ended(pid).await;
        drop(listener);
        told(&mut events, "Action restart from failover rule t_id").await;
        engine
            .configure(shop(), module_config("<user/>"))
            .await
            .unwrap();
        until_status(&engine, "ready", is(ModuleState::READY)).await;
        let status = engine.status().borrow().clone();
        let resources = &shop_status(&status).unwrap().resources;
        assert!(
            resources
                .iter()
                .all(|one| !one.resource.starts_with("tcp."))
        );
        stop(&engine).await;
    });
}

#[test]
fn checkers_end_with_the_module_and_with_the_engine() {
    in_namespace(async || {
        let mut farm = Farm::new(1);
        farm.script(0, "watch", "echo $$ >../pid\nexec sleep 600");
        let pid_file = farm.shop_dir(0).join("pid");
        let running = async || running(&pid_file).await;
        let engine = farm.start(0, &Stub::default()).await;
        configure_and_start(&engine, module_config(CUSTOM)).await;
        until_status(&engine, "ready", is(ModuleState::READY)).await;
        let pid = running().await;
        stop(&engine).await;
        ended(pid).await;

        configure_and_start(&engine, module_config(CUSTOM)).await;
        until_status(&engine, "ready", is(ModuleState::READY)).await;
        let pid = running().await;
        drop(engine);
        ended(pid).await;
    });
}
