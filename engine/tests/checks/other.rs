//! `<module>`: another module of this node, or of another one.

use evenkeel_core::config::model::CheckWhen;
use evenkeel_core::ids::ModuleName;
use evenkeel_core::module::state::{ModuleState, Phase, Readiness};
use evenkeel_engine::checks::Told;

use crate::bench::Bench;
use crate::common::{block_on, in_namespace, other_end};
use crate::http::Server;

#[test]
fn another_module_of_this_node_has_to_be_ready() {
    block_on(async {
        let check = r#"<check><module name="db"/></check>"#;
        let mut bench = Bench::start(check, CheckWhen::Pre);
        let reason = bench.is_down("module.db").await;
        assert_eq!(reason, "there is no module db on this node");
        bench.module("db", ModuleState::READY);
        bench.is_up("module.db").await;
        bench.module("db", ModuleState::new(Phase::Wait, Readiness::Transient));
        let reason = bench.is_down("module.db").await;
        assert_eq!(reason, "module db is WAIT Transient");
    });
}

#[test]
fn a_restart_of_the_other_module_is_told() {
    block_on(async {
        let check = r#"<check><module name="db"/></check>"#;
        let mut bench = Bench::start(check, CheckWhen::Pre);
        bench.is_down("module.db").await;
        bench.module("db", ModuleState::READY);
        bench.is_up("module.db").await;
        bench.module("db", ModuleState::new(Phase::Up, Readiness::Transient));
        bench.module("db", ModuleState::READY);
        let db = "db".to_owned().try_into().unwrap();
        assert_eq!(bench.told().await, Told::OtherRestarted(db));
    });
}

const CHECK: &str = r#"<check><module name="db"><to addr="10.9.0.2"/></module></check>"#;
const RESOURCE: &str = "module.db_10.9.0.2";

/// What a node says of a module in this state, in this start of it.
fn says(status: &str, state: &str, start: &str) -> String {
    let headers = format!("Evenkeel-State: {state}\r\nEvenkeel-Start: {start}");
    format!("HTTP/1.1 {status}\r\n{headers}\r\nContent-Length: 0\r\n\r\n")
}

#[test]
fn a_module_of_another_node_has_to_be_ready() {
    in_namespace(async || {
        let other_end = other_end();
        let mut bench = Bench::start(CHECK, CheckWhen::Pre);
        assert_eq!(bench.is_down(RESOURCE).await, "connection refused");
        let ready = says("200 OK", "UP Ready", "1-5");
        let server = other_end.run(move || Server::start("10.9.0.2:9010", &ready));
        bench.is_up(RESOURCE).await;
        let asked = server.asked();
        assert!(
            asked.starts_with("get /var/modules/db/ready.txt http/1.1\r\n"),
            "{asked}"
        );
        server.says(&says("404 Not Found", "STOP NotReady", "1-5"));
        let reason = bench.is_down(RESOURCE).await;
        assert_eq!(reason, "module db is STOP NotReady at 10.9.0.2");
        // Who is no node of ours says no more than this.
        server.says("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        bench.is_up(RESOURCE).await;
        server.says("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        let reason = bench.is_down(RESOURCE).await;
        assert_eq!(reason, "no module db is ready at 10.9.0.2");
    });
}

#[test]
fn a_restart_on_another_node_is_told_and_no_failure() {
    in_namespace(async || {
        let other_end = other_end();
        let ready = says("200 OK", "UP Ready", "1-5");
        let server = other_end.run(move || Server::start("10.9.0.2:9010", &ready));
        let mut bench = Bench::start(CHECK, CheckWhen::Pre);
        bench.is_up(RESOURCE).await;
        server.says(&says("404 Not Found", "UP Transient", "1-5"));
        server.is_asked().await;
        let db: ModuleName = "db".to_owned().try_into().unwrap();
        for start in ["1-7", "2-6"] {
            server.says(&says("200 OK", "UP Ready", start));
            assert_eq!(bench.told().await, Told::OtherRestarted(db.clone()));
        }
    });
}
