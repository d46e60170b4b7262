//! The resources of a module, who may set them, and which failover rules apply to them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends there")]

use std::collections::BTreeMap;
use std::net::IpAddr;

use evenkeel_core::config::model::{CheckWhen, ModuleConfig, ServiceMode};
use evenkeel_core::config::{read_module, rules::parse};
use evenkeel_core::ids::Time;
use evenkeel_core::limits::{FREE_RESOURCES_MAX, HISTORY_MAX};
use evenkeel_core::module::resources::{Assignment, Refusal, Resources, STOPSTARTLOOP};
use evenkeel_core::module::rules::{holds, names};
use evenkeel_core::module::watched::{Look, Watched, watched};

const START: Time = Time(7);

fn said(value: &str, by: &str) -> Assignment {
    Assignment {
        value: value.to_owned(),
        since: Time(9),
        by: by.to_owned(),
        reason: None,
    }
}

fn one(resource: &str, when: CheckWhen) -> Watched {
    Watched {
        resource: resource.to_owned(),
        when,
        class: None,
        prompt: true,
        look: Look::Link(0),
    }
}

/// Two addresses of which one is up, one application that is down, one that nobody looked at yet, and
/// what scripts say.
fn some() -> Resources {
    let both = CheckWhen::Both;
    let watched = ["ip.a", "ip.b", "tcp.web", "tcp.new", "ping.router"].map(|name| one(name, both));
    let mut resources = Resources::new(watched.into(), START);
    resources.watch(CheckWhen::Both, true, START);
    for (name, value) in [
        ("ip.a", "up"),
        ("ip.b", "down"),
        ("tcp.web", "down"),
        ("ping.router", "up"),
    ] {
        assert!(resources.checked(name, said(value, "check")), "{name}");
    }
    assert_eq!(resources.set("custom.disk", said("full", "df")), Ok(true));
    assert_eq!(
        resources.set("custom.fan", said("unknown", "fan")),
        Ok(true)
    );
    resources
}

#[test]
fn a_condition_holds_does_not_or_is_not_known() {
    let resources = some();
    for (condition, expected) in [
        ("tcp.web == down", Some(true)),
        ("tcp.web == up", Some(false)),
        ("tcp.web != up", Some(true)),
        ("local.tcp.web == down", Some(true)),
        ("custom.disk == full", Some(true)),
        // Not there: equals nothing.
        ("tcp.gone == up", Some(false)),
        ("tcp.gone == init", Some(false)),
        ("tcp.gone != up", Some(true)),
        // Nobody looked yet.
        ("tcp.new == down", None),
        ("tcp.new != up", None),
        ("tcp.new == init", Some(true)),
        ("tcp.new != init", Some(false)),
        ("!(tcp.new == down)", None),
        ("custom.fan == down", None),
        ("custom.fan != up", None),
        ("custom.fan == unknown", Some(true)),
        // One of them, all of them.
        ("ip.? == down", Some(true)),
        ("ip.* == down", Some(false)),
        ("ip.? != down", Some(true)),
        ("ping.* == up", Some(true)),
        ("tcp.? == down", Some(true)),
        ("tcp.? == up", None),
        ("tcp.* == down", None),
        ("tcp.* == up", Some(false)),
        // None of them.
        ("intf.? == down", Some(false)),
        ("intf.? != down", Some(false)),
        ("intf.* == down", Some(false)),
        ("intf.* != down", Some(false)),
        // Signs.
        ("!(tcp.web == down)", Some(false)),
        ("tcp.web == down && ip.a == up", Some(true)),
        ("tcp.web == down && ip.a == down", Some(false)),
        ("tcp.web == up || ip.a == up", Some(true)),
        ("tcp.web == up || ip.a == down", Some(false)),
        ("tcp.web == up && tcp.new == up", Some(false)),
        ("tcp.web == down && tcp.new == up", None),
        ("tcp.web == down || tcp.new == up", Some(true)),
        ("tcp.web == up || tcp.new == up", None),
        (
            "!(tcp.web == up || !(ip.? == down)) && !(custom.disk != full)",
            Some(true),
        ),
    ] {
        let (rules, problems) = parse(&format!("a: if ({condition}) then stop();"));
        assert_eq!(problems, [], "{condition}");
        assert_eq!(
            holds(&rules[0].rule.condition, &resources),
            expected,
            "{condition}"
        );
    }
}

#[test]
fn a_condition_names_resources() {
    let (rules, _) =
        parse("a: if (!(tcp.web == up) && (ip.? == down || ping.* != up)) then wait();");
    for (name, expected) in [
        ("tcp.web", true),
        ("tcp.web2", false),
        ("ip.10.0.0.1", true),
        ("ping.x", true),
        ("ipx.x", false),
        ("tcp", false),
    ] {
        assert_eq!(names(&rules[0].rule.condition, name), expected, "{name}");
    }
}

/// A module with a checker of each time, processes, and a virtual address on each of two interfaces.
fn module() -> ModuleConfig {
    let text = r#"<safe><service mode="farm">
        <farm><lan name="default"/></farm>
        <vip><interface_list>
            <interface><virtual_interface type="vmac_directed">
                <virtual_addr addr="10.0.0.9"/><virtual_addr addr="10.0.0.10" check="off"/>
            </virtual_interface></interface>
            <interface><virtual_interface type="vmac_directed">
                <virtual_addr addr="10.1.0.9"/>
            </virtual_interface></interface>
        </interface_list><loadbalancing_list><group name="all">
            <rule port="80" proto="tcp" filter="on_addr"/>
        </group></loadbalancing_list></vip>
        <check>
            <tcp ident="web" when="both"><to addr="127.0.0.1" port="80"/></tcp>
            <ping ident="router" when="pre"><to addr="10.0.0.1"/></ping>
        </check>
        <errd polltimer="5s">
            <proc name="nginx" class="both"/>
            <proc name="slow" class="both" start_after="3"/>
            <proc name="later" class="mine"/>
        </errd>
        <user/>
    </service></safe>"#;
    let none = BTreeMap::new();
    let (config, problems) = read_module(text, &none, &none, None);
    config.unwrap_or_else(|| panic!("{problems:?}"))
}

#[test]
fn a_module_has_a_resource_for_each_that_is_looked_at() {
    let networks: [IpAddr; 1] = ["10.0.0.0".parse().unwrap()];
    let found = watched(&module(), &networks);
    let words: Vec<String> = found
        .iter()
        .map(|watched| {
            let late = if watched.prompt { "" } else { ", late" };
            let class = watched.class.as_ref();
            let class = class.map_or(String::new(), |class| format!(", {class}"));
            format!("{} {:?}{late}{class}", watched.resource, watched.when)
        })
        .collect();
    let expected = [
        "tcp.web Both",
        "ping.router Pre",
        "intf.10.0.0.0 Pre",
        "intf.10.1.0.9 Pre",
        "ip.10.0.0.9 Both",
        "ip.10.1.0.9 Both",
        "proc.nginx Both",
        "proc.slow Both, late",
        "proc.later Both, mine",
    ];
    assert_eq!(words, expected);
    assert_eq!(watched(&ModuleConfig::new(ServiceMode::Light), &[]), []);
}

#[test]
fn what_nobody_looks_at_is_init_and_stays_so() {
    let mut resources = Resources::new(watched(&module(), &[]), START);
    for when in [CheckWhen::Pre, CheckWhen::Both] {
        assert!(resources.watchers(when).next().is_some(), "{when:?}");
    }
    assert!(
        !resources.checked("ping.router", said("up", "pingcheck")),
        "nobody looks yet"
    );
    resources.watch(CheckWhen::Pre, true, START);
    assert!(
        !resources.checked("tcp.web", said("up", "tcpcheck")),
        "not at that time"
    );
    assert!(
        !resources.checked("tcp.gone", said("up", "tcpcheck")),
        "no such one"
    );
    assert!(
        !resources.checked("proc.later", said("up", "errd")),
        "no script began"
    );
    assert!(
        !resources.checked(STOPSTARTLOOP, said("9", "errd")),
        "the node's own"
    );
    let awaited = |resources: &Resources, when| -> Vec<String> {
        resources.awaited(when).map(str::to_owned).collect()
    };
    let pre = ["intf.10.0.0.9", "intf.10.1.0.9", "ping.router"];
    assert_eq!(awaited(&resources, CheckWhen::Pre), pre);
    assert_eq!(
        awaited(&resources, CheckWhen::Both),
        [""; 0],
        "they have not begun"
    );
    assert!(resources.checked("ping.router", said("up", "pingcheck")));
    assert!(
        !resources.checked("ping.router", said("up", "pingcheck")),
        "no change"
    );
    assert_eq!(awaited(&resources, CheckWhen::Pre), pre[..2]);

    resources.watch(CheckWhen::Both, true, START);
    assert!(!awaited(&resources, CheckWhen::Both).contains(&"proc.slow".to_owned()));
    assert!(resources.checked("proc.slow", said("down", "errd")));

    resources.watch(CheckWhen::Pre, false, Time(20));
    assert_eq!(resources.value("ping", "router"), Some("init"));
    assert!(
        !resources.checked("ping.router", said("down", "pingcheck")),
        "a late result"
    );
    let status = resources.status();
    let router = status
        .iter()
        .find(|one| one.resource == "ping.router")
        .unwrap();
    assert_eq!(
        (router.present.value.as_str(), router.present.since),
        ("init", Time(20))
    );
    let history: Vec<_> = router
        .history
        .iter()
        .map(|past| (&*past.value, &*past.by))
        .collect();
    assert_eq!(history, [("init", "heart"), ("up", "pingcheck")]);
}

#[test]
fn a_history_is_bounded_and_so_are_its_texts() {
    let mut resources = some();
    for value in 0..2 * HISTORY_MAX {
        let long = Assignment {
            reason: Some("ä".repeat(1000)),
            ..said(&value.to_string(), &"x".repeat(1000))
        };
        assert!(resources.checked("tcp.web", long));
    }
    let status = resources.status();
    let web = status.iter().find(|one| one.resource == "tcp.web").unwrap();
    let values: Vec<usize> = web
        .history
        .iter()
        .map(|past| past.value.parse().unwrap())
        .collect();
    let last = 2 * HISTORY_MAX - 1;
    assert_eq!(values, (last - HISTORY_MAX..last).collect::<Vec<_>>());
    assert_eq!(web.present.by.len(), 256);
    assert_eq!(web.present.reason.as_deref().unwrap().chars().count(), 128);
}

#[test]
fn who_owns_a_resource_sets_it_alone() {
    let mut resources = some();
    let owned = |result| matches!(result, Err(Refusal::Owned { .. }));
    for name in [
        "tcp.web",
        STOPSTARTLOOP,
        "heart.beat",
        "state.local",
        "rule.x",
    ] {
        assert!(owned(resources.set(name, said("up", "me"))), "{name}");
    }
    for name in [
        "",
        "disk",
        ".disk",
        "custom.",
        "a b.c",
        "custom.a b",
        &"c.x".repeat(100),
    ] {
        let result = resources.set(name, said("up", "me"));
        assert!(
            matches!(result, Err(Refusal::BadName(_))),
            "{name}: {result:?}"
        );
    }
    for value in ["", "not well", "a\nb", &"x".repeat(1000)] {
        let result = resources.set("custom.disk", said(value, "me"));
        assert!(
            matches!(result, Err(Refusal::BadValue(_))),
            "{value:?}: {result:?}"
        );
    }
    assert_eq!(
        resources.set("custom.disk", said("full", "df")),
        Ok(false),
        "no change"
    );
    assert_eq!(
        resources.set("tcp.elsewhere", said("down", "df")),
        Ok(true),
        "nobody's"
    );
    let mut added = 3;
    while resources
        .set(&format!("custom.n{added}"), said("up", "df"))
        .is_ok()
    {
        added += 1;
    }
    assert_eq!(added, FREE_RESOURCES_MAX);
    assert_eq!(
        resources.set("custom.disk", said("up", "df")),
        Ok(true),
        "that one is there"
    );
}

#[test]
fn a_custom_checker_sets_its_resource_while_it_runs() {
    let mut resources = Resources::new(vec![one("custom.app", CheckWhen::Both)], START);
    let early = resources.set("custom.app", said("up", "app"));
    assert_eq!(early, Err(Refusal::NotRunning("custom.app".to_owned())));
    resources.watch(CheckWhen::Both, true, START);
    assert_eq!(resources.set("custom.app", said("up", "app")), Ok(true));
    assert_eq!(resources.value("custom", "app"), Some("up"));
}

#[test]
fn automatic_actions_are_counted_in_a_resource() {
    let mut resources = some();
    resources.count(1, START);
    resources.count(2, START);
    assert_eq!(resources.value("heart", "stopstartloop"), Some("2"));
}
