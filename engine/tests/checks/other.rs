//! `<module>`: another module of this node, and none of another node.

use evenkeel_core::config::model::CheckWhen;
use evenkeel_core::module::state::{ModuleState, Phase, Readiness};
use evenkeel_engine::checks::Told;

use crate::bench::Bench;
use crate::common::block_on;

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

#[test]
fn another_node_is_not_asked() {
    block_on(async {
        let check = r#"<check><module name="db"><to addr="192.0.2.7"/></module></check>"#;
        let mut bench = Bench::start(check, CheckWhen::Pre);
        let reason = bench.is_down("module.db_192.0.2.7").await;
        assert!(reason.starts_with("192.0.2.7 is another node"), "{reason}");
    });
}
