//! Rules that take a node out of one group: what is said of them, and when they act.

use std::time::Duration;

use evenkeel_core::command::{Command, Denied};
use evenkeel_core::input::Input;
use evenkeel_core::module::switches::CheckKind;

use crate::shell::{self, Shell, TRAFFIC, module, named};

const WITHDRAW: &str = "Action withdraw(admin) from failover rule no_admin";
const RETURN: &str = "Action return(admin) from failover rule Implicit_return";

/// A module with two groups, each of which has its check.
fn two_ports(failover: &str) -> Shell {
    let traffic = TRAFFIC.replace(
        "</group>",
        r#"</group><group name="admin"><rule port="8080" proto="tcp" filter="on_addr"/></group>"#,
    );
    let sections = format!(
        r#"<check>
            <tcp ident="admin" when="both" action="noaction"><to addr="10.0.0.100" port="8080"/></tcp>
        </check>
        <failover {failover}><![CDATA[
            no_admin: if (tcp.admin == down) then withdraw(admin);
            no_quota: if (site.quota == exceeded) then withdraw("admin");
        ]]></failover>"#
    );
    Shell::new(module(&sections, &traffic))
}

fn up(failover: &str) -> Shell {
    let mut shell = two_ports(failover);
    shell.start();
    get_up(&mut shell);
    shell.told();
    shell
}

fn get_up(shell: &mut Shell) {
    shell.all_up();
    shell.pass(Duration::from_secs(2));
    assert_eq!(shell.status().state.to_string(), "UP Ready");
}

/// What rules said since this was asked last.
fn acted(shell: &mut Shell) -> Vec<String> {
    let told = shell.told().into_iter();
    told.filter(|told| told.contains("failover rule")).collect()
}

fn withdrawn(shell: &Shell) -> Vec<String> {
    let withdrawn = shell.status().withdrawn.into_iter();
    withdrawn
        .map(|one| format!("{} by {}", one.group, one.rule))
        .collect()
}

#[test]
fn a_group_is_withdrawn_as_long_as_a_rule_says_so() {
    let mut shell = up("");
    shell.checked("tcp.admin", "down", "tcpcheck");
    assert_eq!(acted(&mut shell), [WITHDRAW]);
    assert_eq!(withdrawn(&shell), ["admin by no_admin"]);
    let status = shell.status();
    assert_eq!(status.state.to_string(), "UP Ready");
    assert_eq!((status.loops.count, status.rule), (0, None));
    // A second rule for the same group.
    shell.set("site.quota", "exceeded").unwrap();
    let second = "Action withdraw(admin) from failover rule no_quota";
    assert_eq!(acted(&mut shell), [second]);
    shell.checked("tcp.admin", "up", "tcpcheck");
    assert_eq!(acted(&mut shell), [""; 0]);
    assert_eq!(withdrawn(&shell), ["admin by no_quota"]);
    shell.set("site.quota", "fine").unwrap();
    assert_eq!(acted(&mut shell), [RETURN]);
    assert_eq!(withdrawn(&shell), [""; 0]);
}

#[test]
fn a_handle_time_has_to_pass_before_a_group_is_withdrawn() {
    let mut shell = up(r#"period="1s" handle_time="3s""#);
    shell.checked("tcp.admin", "down", "tcpcheck");
    shell.pass(Duration::from_millis(2900));
    assert_eq!(acted(&mut shell), [""; 0]);
    shell.pass(Duration::from_millis(200));
    assert_eq!(acted(&mut shell), [WITHDRAW]);
    shell.checked("tcp.admin", "up", "tcpcheck");
    assert_eq!(acted(&mut shell), [RETURN], "at once");
}

#[test]
fn no_share_is_taken_of_a_group_that_is_ill_from_the_beginning() {
    for (failover, wait) in [("", 0), (r#"period="1s" handle_time="1s""#, 1100)] {
        let mut shell = two_ports(failover);
        shell.start();
        shell.checked("intf.10.0.0.0", "up", "intfcheck");
        shell.checked("tcp.admin", "down", "tcpcheck");
        shell.checked("ip.10.0.0.100", "up", "ipcheck");
        if wait > 0 {
            shell.pass(Duration::from_millis(900));
            let state = shell.status().state.to_string();
            assert_eq!(
                (state, acted(&mut shell)),
                ("UP Transient".to_owned(), vec![])
            );
        }
        shell.pass(Duration::from_millis(wait) + Duration::from_secs(2));
        let told = shell.told();
        let at = |said: &str| told.iter().position(|told| told == said);
        assert!(
            at(WITHDRAW).is_some() && at(WITHDRAW) < at("Local state UP Ready"),
            "{told:?}"
        );
    }
}

#[test]
fn a_rule_of_a_module_that_stops_is_forgotten_with_it() {
    let mut shell = up("");
    shell.set("site.quota", "exceeded").unwrap();
    shell.told();
    shell.stop();
    shell.pass(Duration::from_secs(2));
    assert_eq!(shell.status().state.to_string(), "STOP NotReady");
    assert_eq!((acted(&mut shell), withdrawn(&shell)), (vec![], vec![]));
    shell.set("site.quota", "fine").unwrap();
    shell.set("site.quota", "exceeded").unwrap();
    assert_eq!((acted(&mut shell), withdrawn(&shell)), (vec![], vec![]));
    shell.start();
    get_up(&mut shell);
    assert_eq!(withdrawn(&shell), ["admin by no_quota"]);
}

#[test]
fn a_restart_looks_again_and_checks_that_are_off_withdraw_nothing() {
    let mut shell = up("");
    shell.checked("tcp.admin", "down", "tcpcheck");
    shell.told();
    shell.command(shell::restart("admin", false)).unwrap();
    shell.pass(Duration::from_secs(2));
    shell.checked("tcp.admin", "down", "tcpcheck");
    shell.checked("ip.10.0.0.100", "up", "ipcheck");
    let module = named("app");
    shell.handle(Input::Received { module });
    shell.pass(Duration::from_secs(2));
    assert_eq!(acted(&mut shell), [RETURN, WITHDRAW]);
    assert_eq!(shell.status().state.to_string(), "UP Ready");
    shell.switch(CheckKind::Checker, false);
    assert_eq!(acted(&mut shell), [RETURN]);
}

#[test]
fn nobody_is_drained_of_what_nobody_else_takes() {
    let mut shell = up("");
    let (module, by) = (named("app"), "admin".to_owned());
    let denied = shell.command(Command::Drain { module, by }).unwrap_err();
    assert!(matches!(denied, Denied::NoDrain { .. }), "{denied}");
    assert!(denied.to_string().contains("no other node serves it"));
}
