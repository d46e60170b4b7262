//! Modules that start with their machine, and what the end of the daemon leaves in their logs. Another
//! boot is one that the store does not know.

use std::path::Path;

use evenkeel_api::store::{self, settings};
use evenkeel_client::types::{
    BootSetting, BootSwitch, ModuleBoot, ModuleSettings, Phase, ProblemType, Readiness,
};
use evenkeel_client::{Client, types};

use crate::common::{Farm, light, problem, wait_until};

/// The nodes' only one.
const SELF: &str = "self";

/// A module with these attributes of its `<service>`.
fn with(attributes: &str) -> ModuleSettings {
    let plain = light();
    let service = format!("<service mode=\"light\" {attributes}>");
    ModuleSettings {
        userconfig: plain
            .userconfig
            .replace("<service mode=\"light\">", &service),
        ..plain
    }
}

async fn configure(client: &Client, module: &str, attributes: &str) {
    let put = client.configure_module_on_node().node(SELF).module(module);
    let applied = put.body(with(attributes)).send().await.unwrap();
    assert!(applied.warnings.is_empty(), "{applied:?}");
}

async fn start(client: &Client, module: &str) {
    let start = client.start_module_on_node().node(SELF).module(module);
    start.send().await.unwrap();
    ready(client, module).await;
}

async fn stop(client: &Client, module: &str) {
    let stop = client.stop_module_on_node().node(SELF).module(module);
    stop.send().await.unwrap();
    let wait = client.wait_for_module().node(SELF).module(module);
    wait.phase(Phase::Stop).send().await.unwrap();
}

async fn ready(client: &Client, module: &str) -> types::ModuleStatus {
    let wait = client.wait_for_module().node(SELF).module(module);
    let wait = wait.phase(Phase::Up).readiness(Readiness::Ready);
    wait.send().await.unwrap().into_inner()
}

async fn switch(client: &Client, module: &str, enabled: bool) -> ModuleBoot {
    let put = client.set_module_boot_on_node().node(SELF).module(module);
    let put = put.body(BootSwitch { enabled }).send().await;
    put.unwrap().into_inner()
}

async fn status(client: &Client, module: &str) -> types::ModuleStatus {
    let get = client.get_module_on_node().node(SELF).module(module);
    get.send().await.unwrap().into_inner()
}

/// It is down, and nothing is about to start it.
async fn stays_down(client: &Client, module: &str) {
    let status = status(client, module).await;
    assert_eq!(status.phase, Phase::Stop, "{module}");
    assert!(!status.boot.pending, "{module}");
}

async fn log(client: &Client, module: &str) -> Vec<String> {
    let log = client.get_module_log().node(SELF).module(module);
    let log = log.limit(1000).send().await.unwrap();
    log.entries.iter().map(|e| e.message.clone()).collect()
}

/// Ends the daemon as a machine that shuts down does, and starts it in another boot.
async fn reboot(farm: &mut Farm) {
    assert_eq!(farm.end_node(0).await, Some(0));
    boot(farm).await;
}

/// Starts a daemon that does not run, in another boot.
async fn boot(farm: &mut Farm) {
    forget_boot(farm, 0);
    farm.start_node(0).await;
}

fn forget_boot(farm: &Farm, node: usize) {
    let file = Path::new(&farm.data(node)).join("evenkeel.db");
    let db = store::open(&file, false).unwrap();
    settings::set(&db, settings::BOOT, "the boot before").unwrap();
}

#[tokio::test]
async fn modules_start_with_the_machine_as_they_say() {
    let mut farm = Farm::start(1).await;
    let client = farm.client(0).await;
    for setting in ["on", "off", "auto", "ignore"] {
        configure(&client, setting, &format!("boot=\"{setting}\"")).await;
    }
    for started in ["off", "auto"] {
        start(&client, started).await;
    }
    reboot(&mut farm).await;
    for up in ["on", "auto"] {
        ready(&client, up).await;
    }
    for down in ["off", "ignore"] {
        stays_down(&client, down).await;
    }
    let messages = log(&client, "auto").await;
    let end = messages
        .iter()
        .position(|m| m == "Action shutdown called by SYSTEM");
    let expected = [
        "Action shutdown called by SYSTEM",
        "Local state UP Transient",
        "Script stop_both",
        "Script stop_both ended: Exited { code: 0 }",
        "Local state WAIT Transient",
        "Script stop_both",
        "Script stop_both ended: Exited { code: 0 }",
        "Script poststop",
        "Script poststop ended: Absent",
        "Local state STOP NotReady",
        "Action start called at boot time",
        "Local state WAIT Transient",
    ];
    let anew = &messages[end.expect("the shutdown")..];
    assert_eq!(anew[..expected.len()], expected, "{messages:#?}");
    assert_eq!(
        log(&client, "off").await.last().unwrap(),
        "Local state STOP NotReady"
    );

    // Somebody's stop holds for auto, not for on; and the switch is turned.
    for stopped in ["on", "auto"] {
        stop(&client, stopped).await;
    }
    assert!(switch(&client, "ignore", true).await.starts_at_next_boot);
    reboot(&mut farm).await;
    for up in ["on", "ignore"] {
        ready(&client, up).await;
    }
    for down in ["off", "auto"] {
        stays_down(&client, down).await;
    }
    assert!(!switch(&client, "ignore", false).await.starts_at_next_boot);
    reboot(&mut farm).await;
    ready(&client, "on").await;
    stays_down(&client, "ignore").await;
}

#[tokio::test]
async fn a_daemon_that_starts_again_starts_what_nobody_stopped() {
    let mut farm = Farm::start(1).await;
    let client = farm.client(0).await;
    for setting in ["on", "off", "auto", "ignore", "stopped"] {
        let value = if setting == "stopped" { "on" } else { setting };
        configure(
            &client,
            setting,
            &format!("boot=\"{value}\" boot_delay=\"1h\""),
        )
        .await;
        start(&client, setting).await;
    }
    configure(&client, "never", "boot=\"on\"").await;
    stop(&client, "stopped").await;
    for kills in [true, false] {
        if kills {
            farm.kill_node(0);
        } else {
            assert_eq!(farm.end_node(0).await, Some(0));
        }
        farm.start_node(0).await;
        for up in ["on", "auto"] {
            ready(&client, up).await;
            let messages = log(&client, up).await;
            let start = |message: &&String| *message == "Action start called at boot time";
            let times = messages.iter().filter(start).count();
            assert_eq!(times, if kills { 1 } else { 2 }, "{messages:#?}");
        }
        for down in ["off", "ignore", "stopped", "never"] {
            stays_down(&client, down).await;
        }
    }
}

#[tokio::test]
async fn a_command_calls_off_a_start_that_waits_for_its_delay() {
    let mut farm = Farm::start(1).await;
    let client = farm.client(0).await;
    let all = ["started", "stopped", "restarted", "switched", "configured"];
    for module in all {
        let setting = if module == "switched" { "ignore" } else { "on" };
        configure(
            &client,
            module,
            &format!("boot=\"{setting}\" boot_delay=\"1h\""),
        )
        .await;
    }
    switch(&client, "switched", true).await;
    reboot(&mut farm).await;
    for module in all {
        let status = status(&client, module).await;
        assert_eq!(
            (status.phase, status.boot.pending),
            (Phase::Stop, true),
            "{module}"
        );
    }
    start(&client, "started").await;
    assert!(!status(&client, "started").await.boot.pending);
    let stop = client.stop_module_on_node().node(SELF).module("stopped");
    stop.send().await.unwrap();
    stays_down(&client, "stopped").await;
    let messages = log(&client, "stopped").await;
    assert_eq!(messages, ["Action stop called by admin"]);
    // The second one stops nothing.
    let stop = client.stop_module_on_node().node(SELF).module("stopped");
    assert_eq!(
        problem(stop.send().await).type_,
        ProblemType::ProblemsWrongState
    );
    assert!(!switch(&client, "switched", false).await.pending);
    configure(&client, "configured", "boot=\"off\"").await;
    stays_down(&client, "configured").await;
    // What is refused changes nothing.
    let restart = client
        .restart_module_on_node()
        .node(SELF)
        .module("restarted");
    assert_eq!(
        problem(restart.send().await).type_,
        ProblemType::ProblemsWrongState
    );
    assert!(status(&client, "restarted").await.boot.pending);
    // A daemon that ends meanwhile starts at once what it owes.
    farm.kill_node(0);
    farm.start_node(0).await;
    for up in ["started", "restarted"] {
        ready(&client, up).await;
    }
    stays_down(&client, "stopped").await;
}

#[tokio::test]
async fn a_start_waits_for_what_the_configuration_needs() {
    let mut farm = Farm::start(1).await;
    let client = farm.client(0).await;
    configure(&client, "app", "boot=\"on\"").await;
    assert_eq!(farm.end_node(0).await, Some(0));
    // Scripts cannot be written where a file is in the way.
    let folder = Path::new(&farm.data(0)).join("modules/app");
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "").unwrap();
    boot(&mut farm).await;
    let get = client.get_module_on_node().node(SELF).module("app");
    let refused = problem(get.send().await);
    assert_eq!(refused.type_, ProblemType::ProblemsUnknownModule);
    std::fs::remove_file(&folder).unwrap();
    wait_until("the module is there", async || {
        let get = client.get_module_on_node().node(SELF).module("app");
        get.send().await.is_ok()
    })
    .await;
    ready(&client, "app").await;
}

#[tokio::test]
async fn the_switch_shows_in_the_module_and_goes_with_it() {
    let farm = Farm::start(1).await;
    let client = farm.client(0).await;
    let unknown = client.set_module_boot_on_node().node(SELF).module("app");
    let unknown = problem(unknown.body(BootSwitch { enabled: true }).send().await);
    assert_eq!(unknown.type_, ProblemType::ProblemsUnknownModule);
    configure(&client, "app", "boot=\"ignore\"").await;
    let boot = status(&client, "app").await.boot;
    let plain = ModuleBoot {
        setting: BootSetting::Ignore,
        enabled: false,
        starts_at_next_boot: false,
        pending: false,
    };
    assert_eq!(format!("{boot:?}"), format!("{plain:?}"));
    let on = switch(&client, "app", true).await;
    assert_eq!((on.enabled, on.starts_at_next_boot), (true, true));
    let boot = status(&client, "app").await.boot;
    assert_eq!(format!("{boot:?}"), format!("{on:?}"));
    // Where the configuration decides, the switch is kept and does not count.
    configure(&client, "app", "boot=\"off\"").await;
    let off = status(&client, "app").await.boot;
    assert_eq!((off.enabled, off.starts_at_next_boot), (true, false));
    let remove = client.delete_module_on_node().node(SELF).module("app");
    remove.send().await.unwrap();
    configure(&client, "app", "boot=\"ignore\"").await;
    assert!(!status(&client, "app").await.boot.enabled);
    let trail = client.get_audit_trail().node(SELF).send().await.unwrap();
    let turned = |entry: &&types::AuditEntry| entry.operation == "set_module_boot_on_node";
    let outcomes: Vec<_> = trail
        .entries
        .iter()
        .filter(turned)
        .map(|e| &e.outcome)
        .collect();
    assert_eq!(outcomes, ["unknown-module", "accepted"]);
}

#[tokio::test]
async fn what_a_new_machine_takes_from_the_others_starts_with_it() {
    let mut farm = Farm::start(2).await;
    let client = farm.client(0).await;
    for (module, boot) in [("on", "on"), ("off", "off")] {
        let settings = with(&format!("boot=\"{boot}\""));
        let all = client.configure_module().module(module).body(settings);
        assert!(all.send().await.unwrap().complete);
    }
    farm.lose(1);
    farm.join(1, "node2");
    farm.start_node(1).await;
    let there = farm.client(1).await;
    wait_until("the module is there", async || {
        let get = there.get_module_on_node().node(SELF).module("on");
        get.send().await.is_ok()
    })
    .await;
    ready(&there, "on").await;
    assert_eq!(status(&there, "off").await.phase, Phase::Stop);
}

#[tokio::test]
async fn a_module_that_is_not_to_start_any_more_does_not() {
    let mut farm = Farm::start(2).await;
    let client = farm.client(0).await;
    let set = async |attributes: &str| {
        let all = client.configure_module().module("app");
        all.body(with(attributes)).send().await.unwrap();
    };
    set("boot=\"on\" boot_delay=\"1h\"").await;
    farm.kill_node(1);
    forget_boot(&farm, 1);
    set("boot=\"off\"").await;
    farm.start_node(1).await;
    let there = farm.client(1).await;
    wait_until("the node takes the later configuration", async || {
        let now = status(&there, "app").await;
        now.revision == 2 && !now.boot.pending
    })
    .await;
}
