//! The elements of `cluster.xml` and `userconfig.xml`: what stands where.

use super::schema::Kind::{Integer, OnOff, Ranges, Text, Time, Word};
use super::schema::{Shape, any, at_most_one, may, needs, one, some};
use super::shapes_check::{CHECK, ERRD, FAILOVER};
use super::time::Unit::{Hours, Milliseconds, Seconds};
use crate::config::limits::{
    ADDRS_MAX, CHECKS_MAX, GROUPS_MAX, INTERFACES_MAX, LANS_MAX, MACROS_MAX, RULES_MAX, VARS_MAX,
};
use evenkeel_packet::NODES_MAX;

/// A shape to begin with.
pub(super) const EMPTY: Shape = Shape {
    name: "",
    attributes: &[],
    children: &[],
    refused: &[],
    text: None,
};

/// The root of `cluster.xml`.
pub(in crate::config) static CLUSTER: Shape = Shape {
    name: "cluster",
    attributes: &[may("revision", Integer)],
    children: &[one(&LANS)],
    ..EMPTY
};

static LANS: Shape = Shape {
    name: "lans",
    attributes: &[
        may("port", Integer),
        may("pulse", Time(Milliseconds)),
        may("mlost_count", Integer),
        may("slost_count", Integer),
    ],
    children: &[some(&CLUSTER_LAN, LANS_MAX)],
    ..EMPTY
};

static CLUSTER_LAN: Shape = Shape {
    name: "lan",
    attributes: &[needs("name", Text), may("command", OnOff)],
    children: &[some(&NODE, NODES_MAX)],
    ..EMPTY
};

static NODE: Shape = Shape {
    name: "node",
    attributes: &[
        needs("name", Text),
        needs("addr", Text),
        may("laddr", Text),
        may("number", Integer),
    ],
    ..EMPTY
};

/// The root of `userconfig.xml`.
pub(in crate::config) static SAFE: Shape = Shape {
    name: "safe",
    children: &[any(&MACRO, MACROS_MAX), one(&SERVICE)],
    ..EMPTY
};

static MACRO: Shape = Shape {
    name: "macro",
    attributes: &[needs("name", Text), needs("value", Text)],
    ..EMPTY
};

static SERVICE: Shape = Shape {
    name: "service",
    attributes: &[
        needs("mode", Word),
        may("boot", Word),
        may("boot_delay", Time(Seconds)),
        may("maxloop", Integer),
        may("loop_interval", Time(Hours)),
        may("automatic_reboot", OnOff),
        may("failover", OnOff),
        may("defaultprim", Text),
    ],
    children: &[
        at_most_one(&FARM),
        at_most_one(&VIP),
        any(&CHECK, CHECKS_MAX),
        any(&ERRD, CHECKS_MAX),
        at_most_one(&FAILOVER),
        at_most_one(&USER),
    ],
    ..EMPTY
};

static FARM: Shape = Shape {
    name: "farm",
    attributes: &[
        may("port", Integer),
        may("pulse", Time(Milliseconds)),
        may("mlost_count", Integer),
        may("slost_count", Integer),
        may("isolation", Word),
        may("drain", Time(Seconds)),
    ],
    children: &[some(&FARM_LAN, LANS_MAX)],
    ..EMPTY
};

static FARM_LAN: Shape = Shape {
    name: "lan",
    attributes: &[needs("name", Text)],
    children: &[any(&FARM_NODE, NODES_MAX)],
    ..EMPTY
};

/// A node in a lan of the module, as files from before `cluster.xml` have them.
static FARM_NODE: Shape = Shape {
    name: "node",
    attributes: &[needs("name", Text), needs("addr", Text)],
    ..EMPTY
};

static VIP: Shape = Shape {
    name: "vip",
    attributes: &[
        may("tcpreset", OnOff),
        may("scriptcontrol", OnOff),
        may("replay", OnOff),
    ],
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
        may("check", OnOff),
        may("name", Text),
        may("arpreroute", OnOff),
        may("arpinterval", Time(Seconds)),
        may("arpelapse", Time(Seconds)),
    ],
    children: &[one(&VIRTUAL_INTERFACE)],
    ..EMPTY
};

static VIRTUAL_INTERFACE: Shape = Shape {
    name: "virtual_interface",
    attributes: &[needs("type", Word), may("addr", Text)],
    children: &[some(&VIRTUAL_ADDR, ADDRS_MAX)],
    ..EMPTY
};

static VIRTUAL_ADDR: Shape = Shape {
    name: "virtual_addr",
    attributes: &[
        needs("addr", Text),
        may("where", Word),
        may("check", OnOff),
        may("connections", OnOff),
        may("netmask", Text),
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
    attributes: &[needs("name", Text)],
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
    attributes: &[needs("name", Text), may("power", Integer)],
    ..EMPTY
};

static RULE: Shape = Shape {
    name: "rule",
    attributes: &[
        may("virtual_addr", Text),
        may("port", Ranges),
        needs("proto", Word),
        needs("filter", Word),
    ],
    ..EMPTY
};

static USER: Shape = Shape {
    name: "user",
    attributes: &[
        may("nicestoptimeout", Time(Seconds)),
        may("forcestoptimeout", Time(Seconds)),
        may("logging", Word),
        may("userlogsize", Integer),
    ],
    children: &[any(&VAR, VARS_MAX)],
    ..EMPTY
};

static VAR: Shape = Shape {
    name: "var",
    attributes: &[needs("name", Text), needs("value", Text)],
    ..EMPTY
};
