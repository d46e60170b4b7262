//! The elements of `userconfig.xml` that watch and recover: `<check>`, `<errd>`, `<failover>`.

use super::schema::Kind::{Integer, OnOff, Ranges, Text, Time, Word, YesNo};
use super::schema::{Attribute, Child, Shape, any, at_most_one, may, needs, one};
use super::shapes::EMPTY;
use super::time::Unit::{Milliseconds, Seconds};
use crate::config::limits::CHECKS_MAX;

const fn checker(kind: &'static Shape) -> Child {
    any(kind, CHECKS_MAX)
}

pub(super) static CHECK: Shape = Shape {
    name: "check",
    children: &[
        checker(&TCP),
        checker(&PING),
        checker(&INTF),
        checker(&IP),
        checker(&CUSTOM),
        checker(&MODULE),
        checker(&HTTP),
        checker(&HTTPS),
    ],
    ..EMPTY
};

/// The attributes of a checker whose action can be chosen.
const CHOSEN: &[Attribute] = &[needs("ident", Text), may("when", Word), may("action", Word)];

/// Those of one whose action is fixed.
const FIXED: &[Attribute] = &[needs("ident", Text), may("when", Word)];

static TCP: Shape = Shape {
    name: "tcp",
    attributes: CHOSEN,
    children: &[one(&TCP_TO)],
    ..EMPTY
};

static TCP_TO: Shape = Shape {
    name: "to",
    attributes: &[
        needs("addr", Text),
        needs("port", Integer),
        may("interval", Time(Seconds)),
        may("timeout", Time(Seconds)),
    ],
    ..EMPTY
};

static PING: Shape = Shape {
    name: "ping",
    attributes: CHOSEN,
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
    attributes: FIXED,
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
    attributes: FIXED,
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
        may("when", Word),
        may("action", Word),
        needs("exec", Text),
        may("arg", Text),
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
        may("port", Integer),
        may("interval", Time(Seconds)),
        may("timeout", Time(Seconds)),
        may("secure", OnOff),
    ],
    ..EMPTY
};

static HTTP: Shape = Shape {
    name: "http",
    attributes: CHOSEN,
    children: &[one(&HTTP_TO)],
    ..EMPTY
};

static HTTP_TO: Shape = Shape {
    name: "to",
    attributes: &[
        may("url", Text),
        may("addr", Text),
        may("port", Integer),
        may("path", Text),
        may("status", Ranges),
        may("body", Text),
        may("interval", Time(Seconds)),
        may("timeout", Time(Seconds)),
    ],
    ..EMPTY
};

static HTTPS: Shape = Shape {
    name: "https",
    attributes: CHOSEN,
    children: &[one(&HTTPS_TO)],
    ..EMPTY
};

static HTTPS_TO: Shape = Shape {
    name: "to",
    attributes: &[
        may("url", Text),
        may("addr", Text),
        may("port", Integer),
        may("path", Text),
        may("status", Ranges),
        may("body", Text),
        may("interval", Time(Seconds)),
        may("timeout", Time(Seconds)),
        may("insecure", OnOff),
    ],
    ..EMPTY
};

pub(super) static ERRD: Shape = Shape {
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
        may("atleast", Integer),
        may("atmax", Integer),
        may("action", Text),
        may("restart_services", Text),
        needs("class", Text),
        may("start_after", Integer),
    ],
    ..EMPTY
};

pub(super) static FAILOVER: Shape = Shape {
    name: "failover",
    attributes: &[
        may("extends", YesNo),
        may("period", Time(Milliseconds)),
        may("handle_time", Time(Milliseconds)),
    ],
    text: Some("rules"),
    ..EMPTY
};
