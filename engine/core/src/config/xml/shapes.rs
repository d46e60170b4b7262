//! The elements of `cluster.xml` and `userconfig.xml`: what stands where.

use super::schema::Kind::{Integer, IntegerOrNone, OnOff, OneOf, Port, Read, Text, Time, YesNo};
use super::schema::{Child, Shape, any, at_most_one, may, needs, one, some};
use super::time::Unit::{Milliseconds, Seconds};
use crate::config::limits::{
    ADDRS_MAX, CHECKS_MAX, GROUPS_MAX, INTERFACES_MAX, LANS_MAX, MACROS_MAX, RULES_MAX, VARS_MAX,
};
use evenkeel_packet::NODES_MAX;

const EMPTY: Shape = Shape {
    name: "",
    attributes: &[],
    children: &[],
    refused: &[],
    text: false,
};

/// The root of `cluster.xml`.
pub(super) static CLUSTER: Shape = Shape {
    name: "cluster",
    children: &[one(&LANS)],
    ..EMPTY
};

static LANS: Shape = Shape {
    name: "lans",
    attributes: &[
        may("port", Read),
        may("pulse", Read),
        may("mlost_count", Read),
        may("slost_count", Read),
    ],
    children: &[some(&CLUSTER_LAN, LANS_MAX)],
    ..EMPTY
};

static CLUSTER_LAN: Shape = Shape {
    name: "lan",
    attributes: &[needs("name", Read), may("command", Read)],
    children: &[some(&NODE, NODES_MAX)],
    ..EMPTY
};

static NODE: Shape = Shape {
    name: "node",
    attributes: &[needs("name", Read), needs("addr", Read), may("laddr", Read)],
    ..EMPTY
};

/// The root of `userconfig.xml`.
pub(super) static SAFE: Shape = Shape {
    name: "safe",
    children: &[any(&MACRO, MACROS_MAX), one(&SERVICE)],
    ..EMPTY
};

static MACRO: Shape = Shape {
    name: "macro",
    attributes: &[needs("name", Read), needs("value", Read)],
    ..EMPTY
};

static SERVICE: Shape = Shape {
    name: "service",
    attributes: &[
        needs("mode", Read),
        may("boot", Read),
        may("boot_delay", Read),
        may("maxloop", Read),
        may("loop_interval", Read),
        may("automatic_reboot", Read),
        may("failover", OnOff),
        may("defaultprim", Text),
    ],
    children: &[
        at_most_one(&FARM),
        at_most_one(&VIP),
        any(&CHECK, CHECKS_MAX),
        any(&ERRD, CHECKS_MAX),
        any(&FAILOVER, CHECKS_MAX),
        at_most_one(&USER),
    ],
    refused: &[(
        "vhost",
        "virtual host names are not supported; remove <vhost>",
    )],
    ..EMPTY
};

static FARM: Shape = Shape {
    name: "farm",
    attributes: &[
        may("port", Read),
        may("pulse", Read),
        may("mlost_count", Read),
        may("slost_count", Read),
    ],
    children: &[some(&FARM_LAN, LANS_MAX)],
    ..EMPTY
};

static FARM_LAN: Shape = Shape {
    name: "lan",
    attributes: &[needs("name", Read)],
    refused: &[(
        "node",
        "the nodes of a lan are listed in cluster.xml; remove them here",
    )],
    ..EMPTY
};

static VIP: Shape = Shape {
    name: "vip",
    attributes: &[may("tcpreset", Read), may("scriptcontrol", Read)],
    children: &[one(&INTERFACE_LIST), one(&LOADBALANCING_LIST)],
    ..EMPTY
};

static INTERFACE_LIST: Shape = Shape {
    name: "interface_list",
    children: &[some(&INTERFACE, INTERFACES_MAX)],
    ..EMPTY
};

static INTERFACE: Shape = Shape {
    name: "interface",
    attributes: &[
        may("check", Read),
        may("name", Read),
        may("arpreroute", Read),
        may("arpinterval", Read),
        may("arpelapse", Read),
    ],
    children: &[one(&VIRTUAL_INTERFACE)],
    refused: &[(
        "real_interface",
        "<real_interface> is for mirror modules, which are not supported; a farm has \
         <virtual_interface>",
    )],
    ..EMPTY
};

static VIRTUAL_INTERFACE: Shape = Shape {
    name: "virtual_interface",
    attributes: &[needs("type", Read), may("addr", Read)],
    children: &[some(&VIRTUAL_ADDR, ADDRS_MAX)],
    ..EMPTY
};

static VIRTUAL_ADDR: Shape = Shape {
    name: "virtual_addr",
    attributes: &[
        needs("addr", Read),
        may("where", Read),
        may("check", Read),
        may("connections", Read),
        may("netmask", Read),
    ],
    ..EMPTY
};

static LOADBALANCING_LIST: Shape = Shape {
    name: "loadbalancing_list",
    children: &[some(&GROUP, GROUPS_MAX)],
    ..EMPTY
};

static GROUP: Shape = Shape {
    name: "group",
    attributes: &[needs("name", Read)],
    children: &[at_most_one(&GROUP_CLUSTER), some(&RULE, RULES_MAX)],
    ..EMPTY
};

static GROUP_CLUSTER: Shape = Shape {
    name: "cluster",
    children: &[some(&HOST, NODES_MAX)],
    ..EMPTY
};

static HOST: Shape = Shape {
    name: "host",
    attributes: &[needs("name", Read), may("power", Read)],
    ..EMPTY
};

static RULE: Shape = Shape {
    name: "rule",
    attributes: &[
        may("virtual_addr", Read),
        may("port", Read),
        needs("proto", Read),
        needs("filter", Read),
    ],
    ..EMPTY
};

static USER: Shape = Shape {
    name: "user",
    attributes: &[
        may("nicestoptimeout", Read),
        may("forcestoptimeout", Read),
        may("logging", Read),
        may("userlogsize", Read),
    ],
    children: &[any(&VAR, VARS_MAX)],
    ..EMPTY
};

static VAR: Shape = Shape {
    name: "var",
    attributes: &[needs("name", Read), needs("value", Read)],
    ..EMPTY
};

const ACTIONS: &[&str] = &["restart", "stopstart", "stop", "wait", "noaction"];

const fn checker(kind: &'static Shape) -> Child {
    any(kind, CHECKS_MAX)
}

static CHECK: Shape = Shape {
    name: "check",
    children: &[
        checker(&TCP),
        checker(&PING),
        checker(&INTF),
        checker(&IP),
        checker(&CUSTOM),
        checker(&MODULE),
    ],
    refused: &[(
        "splitbrain",
        "<splitbrain> is for mirror modules, which are not supported",
    )],
    ..EMPTY
};

static TCP: Shape = Shape {
    name: "tcp",
    attributes: &[needs("ident", Read), may("when", Read), may("action", Read)],
    children: &[one(&TCP_TO)],
    ..EMPTY
};

static TCP_TO: Shape = Shape {
    name: "to",
    attributes: &[
        needs("addr", Read),
        needs("port", Read),
        may("interval", Read),
        may("timeout", Read),
    ],
    ..EMPTY
};

static PING: Shape = Shape {
    name: "ping",
    attributes: &[
        needs("ident", Text),
        may("when", OneOf(&["pre", "both"])),
        may("action", OneOf(ACTIONS)),
    ],
    children: &[one(&PING_TO)],
    ..EMPTY
};

static PING_TO: Shape = Shape {
    name: "to",
    attributes: &[
        needs("addr", Text),
        may("interval", Time(Seconds)),
        may("timeout", Time(Seconds)),
    ],
    ..EMPTY
};

static INTF: Shape = Shape {
    name: "intf",
    attributes: &[needs("ident", Text), may("when", OneOf(&["pre"]))],
    children: &[one(&INTF_TO)],
    ..EMPTY
};

static INTF_TO: Shape = Shape {
    name: "to",
    attributes: &[needs("local_addr", Text)],
    ..EMPTY
};

static IP: Shape = Shape {
    name: "ip",
    attributes: &[needs("ident", Text), may("when", OneOf(&["both"]))],
    children: &[one(&IP_TO)],
    ..EMPTY
};

static IP_TO: Shape = Shape {
    name: "to",
    attributes: &[needs("addr", Text), may("interval", Time(Seconds))],
    ..EMPTY
};

static CUSTOM: Shape = Shape {
    name: "custom",
    attributes: &[
        needs("ident", Text),
        may("when", OneOf(&["pre", "both"])),
        needs("exec", Text),
        may("arg", Read),
        may("action", OneOf(ACTIONS)),
    ],
    ..EMPTY
};

static MODULE: Shape = Shape {
    name: "module",
    attributes: &[needs("name", Text), may("ident", Text)],
    children: &[at_most_one(&MODULE_TO)],
    ..EMPTY
};

static MODULE_TO: Shape = Shape {
    name: "to",
    attributes: &[
        may("addr", Text),
        may("port", Port),
        may("interval", Time(Seconds)),
        may("timeout", Time(Seconds)),
        may("secure", OnOff),
    ],
    ..EMPTY
};

static ERRD: Shape = Shape {
    name: "errd",
    attributes: &[may("polltimer", Time(Seconds))],
    children: &[any(&PROC, CHECKS_MAX)],
    ..EMPTY
};

static PROC: Shape = Shape {
    name: "proc",
    attributes: &[
        needs("name", Text),
        may("service", YesNo),
        may("nameregex", Text),
        may("argregex", Text),
        may("atleast", IntegerOrNone),
        may("atmax", IntegerOrNone),
        may("action", Text),
        may("restart_services", Text),
        needs("class", Text),
        may("start_after", Integer),
    ],
    ..EMPTY
};

static FAILOVER: Shape = Shape {
    name: "failover",
    attributes: &[
        may("extends", YesNo),
        may("period", Time(Milliseconds)),
        may("handle_time", Time(Milliseconds)),
    ],
    text: true,
    ..EMPTY
};
