//! The examples of the reference: each is read, and means what the reference says.

use evenkeel_core::config::model::{
    CheckAction, CheckWhen, Filter, ModuleConfig, PortRange, ProcAction, Proto,
};

use crate::twin::from_xml;

/// A farm with these elements in its `<service>`.
fn farm(sections: &str) -> ModuleConfig {
    let lan = r#"<farm><lan name="default"/></farm>"#;
    let text = format!(r#"<safe><service mode="farm">{lan}{sections}<user/></service></safe>"#);
    from_xml(&text, &[])
}

/// The powers of a group's nodes.
type Powers = Vec<(String, u32)>;

/// A farm with this load balancing: the rules as ports, protocol and filter, and the powers.
fn balancing(groups: &str) -> (Vec<(u16, Proto, Filter)>, Vec<Powers>) {
    let addr = r#"<virtual_addr addr="192.168.56.20" where="alias"/>"#;
    let vip = farm(&format!(
        r#"<vip><interface_list><interface><virtual_interface type="vmac_directed">{addr}
        </virtual_interface></interface></interface_list>
        <loadbalancing_list>{groups}</loadbalancing_list></vip>"#
    ));
    let groups = vip.vip.unwrap().groups;
    let rules = groups.iter().flat_map(|group| &group.rules);
    let rules = rules.map(|rule| {
        let [PortRange { first, last }] = rule.ports[..] else {
            panic!("{rule:?}");
        };
        assert_eq!(first, last);
        (first, rule.proto, rule.filter)
    });
    let powers = groups.iter().map(|group| {
        let hosts = group.hosts.iter();
        hosts.map(|host| (host.name.clone(), host.power)).collect()
    });
    (rules.collect(), powers.collect())
}

#[test]
fn terminals_by_port_and_web_by_address() {
    let (rules, powers) = balancing(
        r#"<group name="tn"><rule port="23" proto="tcp" filter="on_port"/>
        <rule port="389" proto="tcp" filter="on_port"/></group>
        <group name="web"><rule port="80" proto="tcp" filter="on_addr"/>
        <rule port="443" proto="tcp" filter="on_addr"/>
        <rule port="8080" proto="tcp" filter="on_addr"/></group>"#,
    );
    let ports: Vec<_> = rules
        .iter()
        .map(|(port, _, filter)| (*port, *filter))
        .collect();
    let (by_port, by_addr) = (Filter::OnPort, Filter::OnAddr);
    let expected = [
        (23, by_port),
        (389, by_port),
        (80, by_addr),
        (443, by_addr),
        (8080, by_addr),
    ];
    assert_eq!(ports, expected);
    assert_eq!(powers, [vec![], vec![]]);
}

#[test]
fn datagrams_by_identification() {
    let (rules, _) = balancing(
        r#"<group name="dns"><rule port="53" proto="udp" filter="on_ipid"/>
        <rule port="1645" proto="udp" filter="on_ipid"/></group>"#,
    );
    let expected = [53, 1645].map(|port| (port, Proto::Udp, Filter::OnIpid));
    assert_eq!(rules, expected);
}

#[test]
fn three_groups_each_at_home_on_another_node() {
    let group = |(port, node): (u16, u32)| {
        let power = |id: u32| if id == node { 3 } else { 1 };
        let host = |id| format!(r#"<host name="node{id}" power="{}"/>"#, power(id));
        let hosts: String = (1..=3).map(host).collect();
        format!(
            r#"<group name="g{port}"><cluster>{hosts}</cluster>
            <rule port="{port}" proto="tcp" filter="on_addr"/></group>"#
        )
    };
    let groups: String = [(80, 1), (443, 2), (8080, 3)].map(group).concat();
    let (_, powers) = balancing(&groups);
    let of = |node: usize| -> Vec<u32> { powers[node].iter().map(|(_, power)| *power).collect() };
    assert_eq!(
        (of(0), of(1), of(2)),
        (vec![3, 1, 1], vec![1, 3, 1], vec![1, 1, 3])
    );
}

/// A module with these checkers: when they run, what they do, and the rules that come of them.
fn checks(checkers: &str) -> (Vec<(String, CheckWhen, CheckAction)>, Vec<String>) {
    let module = farm(checkers);
    let checks = module.checks.iter();
    let checks = checks.map(|check| (check.resource(), check.when, check.action));
    let rules = module.rules();
    // The first three are those of every module.
    (
        checks.collect(),
        rules[3..].iter().map(ToString::to_string).collect(),
    )
}

#[test]
fn the_checkers_of_the_acceptance_tests() {
    for (name, checker, resource, when, action, rules) in [
        (
            "C3",
            r#"<tcp ident="id" when="both" action="restart"><to addr="localhost" port="80"/></tcp>"#,
            "tcp.id",
            CheckWhen::Both,
            CheckAction::Restart,
            &["t_id: if (tcp.id == down) then restart();"][..],
        ),
        (
            "C5",
            r#"<tcp ident="id" when="pre" action="wait"><to addr="10.0.0.9" port="80"/></tcp>"#,
            "tcp.id",
            CheckWhen::Pre,
            CheckAction::Wait,
            &["t_id: if (tcp.id == down) then wait();"],
        ),
        (
            "C10",
            r#"<ping ident="id" when="pre" action="wait"><to addr="10.0.0.9"/></ping>"#,
            "ping.id",
            CheckWhen::Pre,
            CheckAction::Wait,
            &["p_id: if (ping.id == down) then wait();"],
        ),
        (
            "C12",
            r#"<module name="other"><to addr="10.0.0.9" port="9010"/></module>"#,
            "module.other_10.0.0.9",
            CheckWhen::Pre,
            CheckAction::Wait,
            &[],
        ),
        (
            "C15",
            r#"<custom ident="id" when="pre" exec="script" action="wait"/>"#,
            "custom.id",
            CheckWhen::Pre,
            CheckAction::Wait,
            &["c_id: if (custom.id == down) then wait();"],
        ),
        (
            "C18",
            r#"<custom ident="id" when="both" exec="script" action="stopstart"/>"#,
            "custom.id",
            CheckWhen::Both,
            CheckAction::Stopstart,
            &["c_id: if (custom.id == down) then stopstart();"],
        ),
    ] {
        let (found, found_rules) = checks(&format!("<check>{checker}</check>"));
        assert_eq!(found, [(resource.to_owned(), when, action)], "{name}");
        assert_eq!(found_rules, rules, "{name}");
    }
}

#[test]
fn a_rule_of_its_own_in_place_of_an_action() {
    let (_, rules) = checks(
        r#"<check><custom ident="testfile" when="pre" exec="customchecker" action="noaction"/></check>
        <failover><![CDATA[
          customid_failure: if( custom.testfile == down ) then wait();
        ]]></failover>"#,
    );
    assert_eq!(
        rules,
        ["customid_failure: if (custom.testfile == down) then wait();"]
    );
}

#[test]
fn the_default_rules_can_be_replaced() {
    let module = farm(
        r#"<check><tcp ident="a"><to addr="localhost" port="80"/></tcp></check>
        <failover extends="no">ip_failure: if (ip.? == down) then stop();</failover>"#,
    );
    let rules: Vec<_> = module.rules().iter().map(ToString::to_string).collect();
    assert_eq!(rules, ["ip_failure: if (ip.? == down) then stop();"]);
}

#[test]
fn a_process_that_is_restarted() {
    let module = farm(
        r#"<errd><proc name="X" atleast="1" action="restart" class="both"/></errd>
        <errd><proc name="Y" action="stopstart" class="both"/></errd>"#,
    );
    let procs = module
        .procs
        .iter()
        .map(|proc| (proc.name.as_str(), proc.action.clone()));
    let expected = [("X", ProcAction::Restart), ("Y", ProcAction::Stopstart)];
    assert_eq!(procs.collect::<Vec<_>>(), expected);
}

#[test]
fn a_farm_behind_an_external_balancer_has_no_virtual_address() {
    let module = farm("");
    assert!(module.vip.is_none() && module.farm.is_some());
}
