//! Every attribute: what it is when it is absent, values that are taken with what is written of
//! them, and values that are refused.
//!
//! An attribute is set in the JSON twin of `everything.xml`, at the place that a pointer names; what
//! is written of the model that comes of it is looked at in the same place. Each value goes through
//! XML, too, where numbers and switches are text.

use evenkeel_core::config::{
    Json, Kind, json_to_xml, module_json, read_module, read_module_json, xml_to_json,
};
use serde_json::{Value, json};

use crate::{data, lines, macros};

/// An attribute, or a child, that has to be there.
pub(crate) const MANDATORY: Value = Value::Null;

/// One attribute's line in the table.
pub(crate) struct Attribute {
    pub(crate) at: &'static str,
    /// What else is set, so that the attribute makes sense.
    pub(crate) with: Vec<(&'static str, Value)>,
    /// What is written when it is absent; `null` when it has to be there.
    pub(crate) default: Value,
    /// What is taken, and what is written of it.
    pub(crate) good: Vec<(Value, Value)>,
    pub(crate) bad: Vec<Value>,
}

fn everything() -> Value {
    let json = xml_to_json(&data("everything.xml"), Kind::Module).unwrap();
    serde_json::to_value(json).unwrap()
}

/// The document with a value at a pointer; without it for `null`.
fn set(document: &mut Value, at: &str, value: Value) {
    let (parent, name) = at.rsplit_once('/').unwrap();
    let parent = document.pointer_mut(parent);
    let fields = parent.and_then(Value::as_object_mut);
    let fields = fields.unwrap_or_else(|| panic!("{at}"));
    if value.is_null() {
        fields.remove(name);
    } else {
        fields.insert(name.to_owned(), value);
    }
}

/// What is written of a document that is read, or what is wrong with it; the same through XML.
fn rewritten(document: &Value) -> Result<Value, String> {
    let none = macros(&[]);
    let json: Json = serde_json::from_value(document.clone()).unwrap();
    let (config, problems) = read_module_json(&json, &none, &none, None);
    if let Ok(text) = json_to_xml(&json, Kind::Module) {
        let (of_xml, _) = read_module(&text, &none, &none, None);
        assert_eq!(of_xml, config, "{text}");
    }
    let config = config.ok_or_else(|| lines(&problems))?;
    Ok(serde_json::to_value(module_json(&config)).unwrap())
}

pub(crate) fn check(attribute: Attribute) {
    let Attribute {
        at,
        with,
        default,
        good,
        bad,
    } = attribute;
    let with_value = |value: Value| {
        let mut document = everything();
        for (place, value) in &with {
            set(&mut document, place, value.clone());
        }
        set(&mut document, at, value);
        document
    };
    match rewritten(&with_value(Value::Null)) {
        Ok(written) => {
            let found = written.pointer(at).cloned();
            assert_eq!(found.unwrap_or(json!("absent")), default, "{at}");
        }
        Err(problems) => {
            assert_eq!(default, MANDATORY, "{at}: {problems}");
            assert!(problems.contains("missing"), "{at}: {problems}");
        }
    }
    for (value, expected) in good {
        let written = rewritten(&with_value(value.clone()));
        let written = written.unwrap_or_else(|problems| panic!("{at} {value}: {problems}"));
        assert_eq!(written.pointer(at), Some(&expected), "{at} {value}");
    }
    for value in bad {
        let problems = rewritten(&with_value(value.clone())).unwrap_err();
        let name = at.rsplit_once('/').unwrap().1;
        let is_named = problems.contains(&format!("@{name}:"));
        assert!(is_named, "{at} {value}: {problems}");
    }
}

pub(crate) fn same(values: impl IntoIterator<Item = Value>) -> Vec<(Value, Value)> {
    values
        .into_iter()
        .map(|value| (value.clone(), value))
        .collect()
}

pub(crate) fn words(at: &'static str, default: Value, good: &[&str], bad: &[&str]) {
    check(Attribute {
        at,
        with: Vec::new(),
        default,
        good: same(good.iter().map(|word| json!(word))),
        bad: bad
            .iter()
            .map(|word| json!(word))
            .chain([json!(7), json!(true), json!("")])
            .collect(),
    });
}

pub(crate) fn switch(at: &'static str, default: bool) {
    let (on, off) = if at.ends_with("/service") || at.ends_with("/extends") {
        ("yes", "no")
    } else {
        ("on", "off")
    };
    check(Attribute {
        at,
        with: Vec::new(),
        default: json!(default),
        good: vec![
            (json!(true), json!(true)),
            (json!(false), json!(false)),
            (json!(on), json!(true)),
            (json!(off), json!(false)),
        ],
        bad: vec![json!("true"), json!(1), json!(""), json!("ON")],
    });
}

/// A time in seconds; `least` is the shortest.
pub(crate) fn seconds(at: &'static str, default: Value, least: u32) {
    let below = if least == 0 {
        json!("-1")
    } else {
        json!(least - 1)
    };
    check(Attribute {
        at,
        with: Vec::new(),
        default,
        good: vec![
            (json!(1), json!("1s")),
            (json!("90"), json!("90s")),
            (json!("2000ms"), json!("2s")),
            (json!("3000000us"), json!("3s")),
            (json!("5m"), json!("5m")),
            (json!("48h"), json!("2d")),
            (json!("365d"), json!("365d")),
        ],
        bad: vec![
            below,
            json!("1500ms"),
            json!("366d"),
            json!("1 s"),
            json!("x"),
            json!(1.5),
            json!(true),
        ],
    });
}

pub(crate) fn number(at: &'static str, default: Value, good: &[i64], bad: &[i64]) {
    check(Attribute {
        at,
        with: Vec::new(),
        default,
        good: good
            .iter()
            .flat_map(|n| [(json!(n), json!(n)), (json!(n.to_string()), json!(n))])
            .collect(),
        bad: bad
            .iter()
            .map(|n| json!(n))
            .chain([json!("x"), json!(""), json!(1.5), json!(true)])
            .collect(),
    });
}

pub(crate) fn text(at: &'static str, default: Value, good: Vec<(Value, Value)>, bad: Vec<Value>) {
    let with = Vec::new();
    check(Attribute {
        at,
        with,
        default,
        good,
        bad,
    });
}

pub(crate) fn absent() -> Value {
    json!("absent")
}

#[test]
fn of_the_service() {
    words("/service/mode", MANDATORY, &["farm"], &["Farm", "mirror"]);
    words(
        "/service/boot",
        json!("ignore"),
        &["on", "off", "auto", "ignore"],
        &["yes"],
    );
    seconds("/service/boot_delay", json!(0), 0);
    number(
        "/service/maxloop",
        json!(3),
        &[0, 3, 4_294_967_295],
        &[-1, 4_294_967_296],
    );
    check(Attribute {
        at: "/service/loop_interval",
        with: Vec::new(),
        default: json!("1d"),
        good: vec![
            (json!(0), json!(0)),
            (json!(12), json!("12h")),
            (json!("2d"), json!("2d")),
        ],
        bad: vec![json!("30m"), json!("366d"), json!(-1)],
    });
    switch("/service/automatic_reboot", false);
}

#[test]
fn of_the_farm() {
    number("/service/farm/port", absent(), &[1, 65535], &[0, 65536]);
    check(Attribute {
        at: "/service/farm/pulse",
        with: vec![("/service/farm/slost_count", json!(4))],
        default: json!("5ms"),
        good: vec![
            (json!(5), json!("5ms")),
            (json!("10s"), json!("10s")),
            (json!("100"), json!("100ms")),
        ],
        bad: vec![json!(4), json!("11s"), json!("5500us")],
    });
    check(Attribute {
        at: "/service/farm/drain",
        with: vec![],
        default: json!("10s"),
        good: vec![
            (json!(0), json!(0)),
            (json!("90s"), json!("90s")),
            (json!("1h"), json!("1h")),
        ],
        bad: vec![json!("61m"), json!(-1), json!("soon")],
    });
    words(
        "/service/farm/isolation",
        json!("serve"),
        &["fence"],
        &["off"],
    );
    for at in ["/service/farm/slost_count", "/service/farm/mlost_count"] {
        check(Attribute {
            at,
            with: vec![("/service/farm/pulse", json!(100))],
            default: json!(6),
            good: same([json!(3), json!(1000)]),
            bad: vec![json!(2), json!(1001), json!("x")],
        });
    }
    text(
        "/service/farm/lan/0/name",
        MANDATORY,
        vec![(json!(" a b "), json!("a b"))],
        vec![json!(""), json!("x".repeat(65)), json!(1)],
    );
}

#[test]
fn of_the_virtual_ip() {
    const INTERFACE: &str = "/service/vip/interface_list/interface/0";
    const ADDR: &str =
        "/service/vip/interface_list/interface/0/virtual_interface/virtual_addr/0/addr";
    switch("/service/vip/tcpreset", true);
    switch("/service/vip/scriptcontrol", false);
    switch("/service/vip/replay", true);
    assert!(everything().pointer(INTERFACE).is_some());
    text(
        "/service/vip/interface_list/interface/0/name",
        absent(),
        same([json!("eth0"), json!("bond0.100")]),
        vec![json!("a/b"), json!("a234567890123456"), json!("")],
    );
    switch("/service/vip/interface_list/interface/0/check", true);
    switch("/service/vip/interface_list/interface/0/arpreroute", false);
    seconds(
        "/service/vip/interface_list/interface/0/arpinterval",
        json!("1m"),
        1,
    );
    seconds(
        "/service/vip/interface_list/interface/0/arpelapse",
        json!("20m"),
        0,
    );
    words(
        "/service/vip/interface_list/interface/0/virtual_interface/type",
        MANDATORY,
        &["vmac_directed", "vmac_invisible"],
        &["vmac"],
    );
    check(Attribute {
        at: "/service/vip/interface_list/interface/0/virtual_interface/addr",
        with: vec![(
            "/service/vip/interface_list/interface/0/virtual_interface/type",
            json!("vmac_invisible"),
        )],
        default: absent(),
        good: vec![(json!("5A-FE-00-00-00-01"), json!("5a:fe:00:00:00:01"))],
        bad: vec![json!("5b:fe:00:00:00:01"), json!("5a:fe"), json!("")],
    });
    text(
        ADDR,
        MANDATORY,
        vec![
            (json!("10.0.0.1"), json!("10.0.0.1")),
            (json!("[FD00::1]"), json!("fd00::1")),
        ],
        vec![
            json!("localhost"),
            json!("127.0.0.1"),
            json!("fe80::1"),
            json!("224.0.0.1"),
        ],
    );
}

#[test]
fn of_a_virtual_address() {
    const WHERE: &str =
        "/service/vip/interface_list/interface/0/virtual_interface/virtual_addr/0/where";
    const CHECK: &str =
        "/service/vip/interface_list/interface/0/virtual_interface/virtual_addr/0/check";
    const CONNECTIONS: &str =
        "/service/vip/interface_list/interface/0/virtual_interface/virtual_addr/0/connections";
    const NETMASK: &str =
        "/service/vip/interface_list/interface/0/virtual_interface/virtual_addr/0/netmask";
    words(
        WHERE,
        json!("alias"),
        &["alias"],
        &["one_side", "one_side_alias", "x"],
    );
    switch(CHECK, true);
    switch(CONNECTIONS, false);
    text(
        NETMASK,
        absent(),
        same([
            json!("255.255.255.0"),
            json!("128.0.0.0"),
            json!("255.255.255.255"),
        ]),
        vec![json!("24"), json!("0.0.0.0"), json!("255.0.255.0")],
    );
}

#[test]
fn of_the_groups() {
    const GROUP: &str = "/service/vip/loadbalancing_list/group/0/name";
    const POWER: &str = "/service/vip/loadbalancing_list/group/0/cluster/host/0/power";
    const RULE_ADDR: &str = "/service/vip/loadbalancing_list/group/0/rule/0/virtual_addr";
    const PORT: &str = "/service/vip/loadbalancing_list/group/0/rule/0/port";
    const PROTO: &str = "/service/vip/loadbalancing_list/group/0/rule/0/proto";
    const FILTER: &str = "/service/vip/loadbalancing_list/group/0/rule/0/filter";
    text(GROUP, MANDATORY, same([json!("web")]), vec![json!("")]);
    number(POWER, json!(1), &[0, 64, 4_294_967_295], &[-1]);
    text(
        RULE_ADDR,
        json!("*"),
        same([json!("*"), json!("192.168.56.20")]),
        vec![json!("192.168.56.21"), json!("x")],
    );
    text(
        PORT,
        json!("*"),
        vec![
            (json!(80), json!(80)),
            (json!("443, 80-90"), json!("80-90,443")),
            (json!("*"), json!("*")),
        ],
        vec![
            json!(0),
            json!(65536),
            json!("90-80"),
            json!("80,80"),
            json!(""),
        ],
    );
    words(PROTO, MANDATORY, &["tcp", "udp", "arp"], &["icmp"]);
    words(
        FILTER,
        MANDATORY,
        &["on_addr", "on_port", "on_ipid"],
        &["on_mac"],
    );
}

#[test]
fn of_the_scripts() {
    seconds("/service/user/nicestoptimeout", json!("5m"), 1);
    seconds("/service/user/forcestoptimeout", json!("5m"), 1);
    words(
        "/service/user/logging",
        json!("userlog"),
        &["userlog", "none"],
        &["on"],
    );
    number(
        "/service/user/userlogsize",
        json!(2048),
        &[1, 1_048_576],
        &[0, 1_048_577],
    );
    text(
        "/service/user/var/0/name",
        MANDATORY,
        same([json!("_A1")]),
        vec![json!("1A"), json!("A-B"), json!("")],
    );
    text(
        "/service/user/var/0/value",
        MANDATORY,
        same([json!(""), json!("  two\nlines "), json!("<&\">")]),
        vec![json!(1)],
    );
}
