//! What a node does about the resources of its modules: waiting and waking up, traffic after the first
//! checks, failover rules, processes, `maxloop`. A shell that is told what the checkers find.

#![allow(
    unreachable_pub,
    dead_code,
    reason = "the module is shared with the simulator"
)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends there")]

#[path = "modules/classes.rs"]
mod classes;
#[path = "modules/exchange.rs"]
mod exchange;
#[path = "sim/farm.rs"]
mod farm;
#[path = "modules/force.rs"]
mod force;
#[path = "modules/handlers.rs"]
mod handlers;
#[path = "modules/limits.rs"]
mod limits;
#[path = "modules/opening.rs"]
mod opening;
#[path = "modules/random.rs"]
mod random;
#[path = "modules/reboot.rs"]
mod reboot;
#[path = "modules/shell.rs"]
mod shell;
#[path = "modules/table.rs"]
mod table;
#[path = "modules/update.rs"]
mod update;
#[path = "modules/withdraw.rs"]
mod withdraw;

use std::time::Duration;

use evenkeel_core::command::{Command, Denied};
use evenkeel_core::config::model::ModuleConfig;
use evenkeel_core::module::state::ModuleState;
use evenkeel_core::module::switches::CheckKind;
use shell::{Shell, module, named};

/// A checker of the application, one of what it depends on, a monitored process, a rule of its own.
fn watched() -> ModuleConfig {
    module(
        r#"<check>
            <tcp ident="web" when="both"><to addr="127.0.0.1" port="80"/></tcp>
            <ping ident="router" when="pre"><to addr="10.0.0.1"/></ping>
            <custom ident="disk" when="pre" exec="disk" action="noaction"/>
        </check>
        <errd><proc name="nginx" class="both" action="restart"/></errd>
        <failover><![CDATA[
            disk_failure: if (custom.disk == down) then wait();
            quota: if (site.quota == exceeded) then stop();
        ]]></failover>"#,
        "",
    )
}

#[test]
fn a_start_waits_for_what_rules_name_and_traffic_for_what_the_application_says() {
    let mut shell = Shell::new(watched());
    shell.start();
    shell.expect(&[
        "Action start called by admin",
        "Local state WAIT Transient",
        "Script prestart",
        "start checks pre",
    ]);
    let status = shell.status();
    assert_eq!(status.state.to_string(), "WAIT Transient");
    let reason = status.reason.unwrap();
    assert!(reason.contains("custom.disk, ping.router"), "{reason}");
    shell.checked("ping.router", "up", "pingcheck");
    shell.expect(&["Resource ping.router set to up by pingcheck"]);
    shell.set("custom.disk", "up").unwrap();
    shell.expect(&[
        "Resource custom.disk set to up by disk",
        "Local state UP Transient",
        "Script start_both",
        "start checks both",
        "start errd both",
    ]);
    let reason = shell.status().reason.unwrap();
    assert!(reason.contains("proc.nginx, tcp.web"), "{reason}");
    shell.checked("tcp.web", "up", "tcpcheck");
    shell.expect(&["Resource tcp.web set to up by tcpcheck"]);
    shell.checked("proc.nginx", "up", "errd");
    shell.expect(&[
        "Resource proc.nginx set to up by errd",
        "Local state UP Ready",
    ]);
    assert_eq!(shell.status().reason, None);
    shell.stop();
    shell.expect(&[
        "Action stop called by admin",
        "Local state UP Transient",
        "stop checks both",
        "stop errd both",
        "Script stop_both",
        "Local state WAIT Transient",
        "Script stop_both",
        "stop checks pre",
        "Script poststop",
        "Local state STOP NotReady",
    ]);
    assert_eq!(shell.value("tcp.web"), "init");
}

#[test]
fn a_module_waits_until_no_rule_says_so() {
    let mut shell = Shell::up(watched());
    shell.checked("ping.router", "down", "pingcheck");
    let down = [
        "Resource ping.router set to down by pingcheck",
        "Action wait from failover rule p_router",
        "Local state UP Transient",
        "stop checks both",
        "stop errd both",
        "Script stop_both",
        "Local state WAIT Transient",
        "Script stop_both",
        "Local state WAIT NotReady",
    ];
    shell.expect(&down);
    let status = shell.status();
    assert_eq!(status.rule.as_deref(), Some("p_router"));
    assert!(status.reason.unwrap().contains("p_router"));
    // Another rule takes over.
    shell.set("custom.disk", "down").unwrap();
    shell.checked("ping.router", "up", "pingcheck");
    shell.expect(&[
        "Resource custom.disk set to down by disk",
        "Resource ping.router set to up by pingcheck",
    ]);
    let reason = shell.status().reason.unwrap();
    assert!(reason.contains("disk_failure"), "{reason}");
    shell.set("custom.disk", "up").unwrap();
    shell.expect(&[
        "Resource custom.disk set to up by disk",
        "Action wakeup from failover rule Implicit_wakeup",
        "Local state UP Transient",
        "Script start_both",
        "start checks both",
        "start errd both",
    ]);
    shell.all_up();
    assert_eq!(shell.status().state.to_string(), "UP Ready");
    assert_eq!(shell.status().rule, None);
}

#[test]
fn a_start_waits_where_a_rule_says_so_from_the_beginning() {
    let mut shell = Shell::new(watched());
    shell.start();
    shell.told();
    shell.checked("ping.router", "down", "pingcheck");
    shell.expect(&[
        "Resource ping.router set to down by pingcheck",
        "Action wait from failover rule p_router",
        "Local state WAIT NotReady",
    ]);
    // Known is not yet everything, and no rule says wait any more.
    shell.checked("ping.router", "up", "pingcheck");
    shell.expect(&["Resource ping.router set to up by pingcheck"]);
    shell.set("custom.disk", "up").unwrap();
    shell.expect(&[
        "Resource custom.disk set to up by disk",
        "Action wakeup from failover rule Implicit_wakeup",
        "Local state UP Transient",
        "Script start_both",
        "start checks both",
        "start errd both",
    ]);
}

#[test]
fn a_failed_check_restarts_the_application_and_traffic_waits_again() {
    let mut shell = Shell::up(watched());
    shell.checked_because("tcp.web", "down", "tcpcheck", "connection refused");
    shell.expect(&[
        "Resource tcp.web set to down by tcpcheck (connection refused)",
        "Action restart from failover rule t_web",
        "Local state UP Transient",
        "stop checks both",
        "stop errd both",
        "Script stop_both",
        "Script stop_both",
        "Script start_both",
        "start checks both",
        "start errd both",
    ]);
    assert_eq!(shell.status().rule.as_deref(), Some("t_web"));
    shell.all_up();
    shell.expect(&[
        "Resource proc.nginx set to up by errd",
        "Resource tcp.web set to up by tcpcheck",
        "Local state UP Ready",
    ]);
    let web = shell.resource("tcp.web");
    let history: Vec<&str> = web.history.iter().map(|past| &*past.value).collect();
    assert_eq!(history, ["init", "up", "down", "init"]);
    assert_eq!(web.history[2].reason.as_deref(), Some("connection refused"));
}

#[test]
fn a_process_that_is_gone_is_restarted_by_errd() {
    let mut shell = Shell::up(watched());
    shell.checked("proc.nginx", "down", "errd");
    let told = shell.told();
    let expected = [
        "Process nginx not running",
        "Resource proc.nginx set to down by errd",
        "Action restart called by errd",
        "Local state UP Transient",
    ];
    assert_eq!(told[..4], expected);
}

#[test]
fn services_can_be_restarted_alone() {
    let config = module(
        r#"<errd><proc name="web" service="yes" class="both" action="restart"
            restart_services="web, cache"/></errd>"#,
        "",
    );
    let mut shell = Shell::up(config);
    shell.args();
    shell.checked("proc.web", "down", "errd");
    assert_eq!(shell.told()[0], "Service web not running");
    let stop = "UP UP restart -Services web, cache";
    let force = format!("force {stop}");
    assert_eq!(shell.args(), [stop, &force, stop]);
    shell.all_up();
    shell.command(shell::restart("admin", false)).unwrap();
    assert_eq!(shell.args()[0], "UP UP restart", "all of them");
}

#[test]
fn a_program_that_no_rule_asks_for_holds_nothing_up() {
    let config = module(
        r#"<check><custom ident="a" when="both" exec="a"/>
            <custom ident="b" when="both" exec="b"/></check>
        <failover>b: if (custom.b == down) then restart();</failover>"#,
        "",
    );
    let mut shell = Shell::new(config);
    shell.start();
    let reason = shell.status().reason.unwrap();
    assert!(reason.ends_with("custom.b"), "{reason}");
    shell.set("custom.b", "up").unwrap();
    assert_eq!(shell.status().state.to_string(), "UP Ready");
}

#[test]
fn a_first_check_that_fails_acts_before_any_traffic() {
    let mut shell = Shell::new(watched());
    shell.start();
    shell.checked("ping.router", "up", "pingcheck");
    shell.set("custom.disk", "up").unwrap();
    shell.told();
    shell.checked("tcp.web", "down", "tcpcheck");
    let told = shell.told();
    assert_eq!(told[1], "Action restart from failover rule t_web");
    assert!(
        !told.contains(&"Local state UP Ready".to_owned()),
        "{told:?}"
    );
}

#[test]
fn any_first_result_will_do_where_nothing_acts_on_it() {
    let config = module(
        r#"<check><tcp ident="web" when="both" action="noaction">
            <to addr="127.0.0.1" port="80"/>
        </tcp></check>
        <errd><proc name="slow" class="both" start_after="5"/></errd>"#,
        "",
    );
    let mut shell = Shell::new(config);
    shell.start();
    assert_eq!(shell.status().state.to_string(), "UP Transient");
    shell.checked("tcp.web", "down", "tcpcheck");
    assert_eq!(shell.status().state.to_string(), "UP Ready");
}

#[test]
fn what_callers_set_acts_by_the_files_rules() {
    let mut shell = Shell::up(watched());
    shell.set("site.quota", "exceeded").unwrap();
    let told = shell.told();
    assert_eq!(
        told[..2],
        [
            "Resource site.quota set to exceeded by disk",
            "Action stop from failover rule quota",
        ]
    );
    let reason = shell.status().reason.unwrap();
    assert!(reason.contains("quota"), "{reason}");
    assert_eq!(shell.status().state.to_string(), "STOP NotReady");
    let denied = shell.set("tcp.web", "up").unwrap_err();
    assert!(matches!(denied, Denied::BadResource { .. }), "{denied}");
    let denied = shell.set("custom.disk", "up").unwrap_err();
    assert!(denied.to_string().contains("not running"), "{denied}");
}

#[test]
fn a_wait_goes_before_a_restart_and_a_stop_before_both() {
    let config = module(
        r#"<failover><![CDATA[
            one: if (site.one == down) then restart();
            two: if (site.one == down) then stopstart();
            three: if (site.one == down) then wait();
        ]]></failover>"#,
        "",
    );
    let mut shell = Shell::up(config);
    shell.set("site.one", "down").unwrap();
    assert!(
        shell
            .told()
            .contains(&"Action wait from failover rule three".to_owned())
    );
    shell.set("site.one", "up").unwrap();
    assert_eq!(shell.status().state.to_string(), "UP Ready");
}

#[test]
fn a_handle_time_has_to_pass_before_a_rule_acts() {
    let config = module(
        r#"<failover period="1s" handle_time="3s"><![CDATA[
            one: if (site.one == down) then restart();
        ]]></failover>"#,
        "",
    );
    let mut shell = Shell::up(config);
    let acted = |shell: &mut Shell| {
        shell
            .told()
            .contains(&"Action restart from failover rule one".to_owned())
    };
    shell.set("site.one", "down").unwrap();
    shell.pass(Duration::from_millis(2900));
    assert!(!acted(&mut shell));
    shell.set("site.one", "up").unwrap();
    shell.set("site.one", "down").unwrap();
    shell.pass(Duration::from_millis(2900));
    assert!(!acted(&mut shell), "it ceased to apply meanwhile");
    shell.pass(Duration::from_millis(200));
    assert!(acted(&mut shell));
    shell.pass(Duration::from_millis(800));
    assert!(!acted(&mut shell), "it applies still");
    shell.pass(Duration::from_millis(300));
    assert!(acted(&mut shell), "a period later it acts again");
}

#[test]
fn a_module_that_depends_on_another_is_started_anew_with_it() {
    let config = module(
        r#"<check><module name="base" ident="base"><to addr="127.0.0.1" port="9010"/></module></check>"#,
        "",
    );
    let mut shell = Shell::new(config);
    shell.start();
    let other = named;
    shell.other_restarted(other("base"));
    assert!(
        !shell.told().iter().any(|told| told.contains("modulecheck")),
        "it waits"
    );
    shell.all_up();
    assert_eq!(shell.status().state.to_string(), "UP Ready");
    shell.told();
    shell.other_restarted(other("else"));
    shell.expect(&[]);
    shell.other_restarted(other("base"));
    let told = shell.told();
    assert_eq!(told[0], "Action stopstart called by modulecheck");
    assert!(told.contains(&"Action start called automatically".to_owned()));
}

#[test]
fn with_traffic_the_addresses_come_before_the_checks_and_the_share_after_them() {
    let config = module(
        r#"<check><tcp ident="web" when="both"><to addr="10.0.0.100" port="80"/></tcp></check>"#,
        shell::TRAFFIC,
    );
    let mut shell = Shell::new(config);
    shell.start();
    shell.checked("intf.10.0.0.0", "up", "intfcheck");
    let told = shell.told();
    assert_eq!(
        told[told.len() - 4..],
        [
            "Script start_both",
            "open traffic",
            "Virtual IP 10.0.0.100 set",
            "start checks both"
        ]
    );
    shell.checked("tcp.web", "up", "tcpcheck");
    shell.checked("ip.10.0.0.100", "up", "ipcheck");
    shell.pass(Duration::from_secs(2));
    assert_eq!(shell.status().state.to_string(), "UP Ready");
    shell.told();
    shell.checked("intf.10.0.0.0", "down", "intfcheck");
    shell.pass(Duration::from_secs(2));
    let told = shell.told();
    assert_eq!(told[1], "Action wait from failover rule interface_failure");
    assert!(told.contains(&"close traffic".to_owned()), "{told:?}");
    assert_eq!(shell.status().state.to_string(), "WAIT NotReady");
    shell.checked("intf.10.0.0.0", "up", "intfcheck");
    shell.checked("tcp.web", "up", "tcpcheck");
    shell.checked("ip.10.0.0.100", "up", "ipcheck");
    shell.pass(Duration::from_secs(2));
    assert_eq!(shell.status().state.to_string(), "UP Ready");
}

#[test]
fn a_module_starts_with_its_machine_and_is_shut_down_with_it() {
    let mut shell = Shell::new(module("", ""));
    let module = named("app");
    let boot = Command::StartAtBoot {
        module: module.clone(),
    };
    let by = "SYSTEM".to_owned();
    let shutdown = Command::Shutdown { module, by };
    let wrong = |result| matches!(result, Err(Denied::WrongState { .. }));
    assert!(wrong(shell.command(shutdown.clone())));
    shell.command(boot.clone()).unwrap();
    shell.expect(&[
        "Action start called at boot time",
        "Local state WAIT Transient",
        "Script prestart",
        "Local state UP Transient",
        "Script start_both",
        "Local state UP Ready",
    ]);
    assert!(wrong(shell.command(boot)));
    shell.command(shutdown).unwrap();
    shell.expect(&[
        "Action shutdown called by SYSTEM",
        "Local state UP Transient",
        "Script stop_both",
        "Local state WAIT Transient",
        "Script stop_both",
        "Script poststop",
        "Local state STOP NotReady",
    ]);
}

#[test]
fn a_shutdown_calls_off_the_start_that_a_stopstart_promised() {
    let mut shell = Shell::up(module("", ""));
    shell.slow = true;
    let module = named("app");
    let by = || "SYSTEM".to_owned();
    let stopstart = Command::Stopstart {
        module: module.clone(),
        by: by(),
        automatic: false,
    };
    shell.command(stopstart).unwrap();
    shell
        .command(Command::Shutdown { module, by: by() })
        .unwrap();
    while shell.step(true) {}
    assert_eq!(shell.status().state.to_string(), "STOP NotReady");
}

#[test]
fn checks_that_are_off_say_nothing_and_nothing_acts_on_them() {
    let mut shell = Shell::up(watched());
    shell.switch(CheckKind::Checker, false);
    shell.expect(&[
        "Action checker off called by admin",
        "stop checks pre",
        "stop checks both",
        "Script update",
    ]);
    assert_eq!(shell.value("usersetting.checker"), "off");
    // Nobody may speak for a checker that is off, nor does what it found before it was count.
    shell.checked("ping.router", "down", "pingcheck");
    assert!(shell.set("custom.disk", "down").is_err());
    shell.expect(&[]);
    assert_eq!(shell.value("ping.router"), "init");
    // Processes are looked at all the same.
    shell.checked("proc.nginx", "down", "errd");
    let told = shell.told();
    assert!(
        told.contains(&"Action restart called by errd".to_owned()),
        "{told:?}"
    );
    assert!(!told.contains(&"start checks both".to_owned()), "{told:?}");
    shell.checked("proc.nginx", "up", "errd");
    shell.told();
    assert_eq!(
        shell.status().state,
        ModuleState::READY,
        "nobody waits for what is off"
    );
    // Twice is once.
    shell.switch(CheckKind::Checker, false);
    shell.expect(&[]);
    shell.switch(CheckKind::Checker, true);
    shell.expect(&[
        "Action checker on called by admin",
        "start checks pre",
        "start checks both",
        "Script update",
    ]);
    shell.checked("ping.router", "down", "pingcheck");
    let told = shell.told();
    assert!(
        told.contains(&"Action wait from failover rule p_router".to_owned()),
        "{told:?}"
    );
}

#[test]
fn a_module_that_waits_goes_on_when_what_it_waits_for_is_switched_off() {
    let mut shell = Shell::up(watched());
    shell.checked("ping.router", "down", "pingcheck");
    assert_eq!(shell.status().state.to_string(), "WAIT NotReady");
    shell.told();
    shell.switch(CheckKind::Checker, false);
    let told = shell.told();
    assert!(
        told.contains(&"Local state UP Transient".to_owned()),
        "{told:?}"
    );
}

#[test]
fn switches_outlast_stops_and_other_configurations() {
    let mut shell = Shell::new(watched());
    shell.switch(CheckKind::Errd, false);
    shell.expect(&["Action errd off called by admin"]);
    shell.configure(module(
        "<errd><proc name=\"other\" class=\"both\"/></errd>",
        "",
    ));
    let checks = shell.status().checks;
    assert!(checks.checker && !checks.errd, "{checks:?}");
    shell.start();
    let told = shell.told();
    assert_eq!(
        told.last().map(String::as_str),
        Some("Local state UP Ready"),
        "{told:?}"
    );
    assert_eq!(shell.value("proc.other"), "init");
}
