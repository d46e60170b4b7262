//! The table of [`crate::attributes`] for `<check>`, `<errd>` and `<failover>`.

use serde_json::{Value, json};

use crate::attributes::{
    Attribute, MANDATORY, absent, check, number, same, seconds, switch, text, words,
};

/// The names of checkers.
fn ident(at: &'static str) {
    let long = json!("x".repeat(65));
    text(
        at,
        MANDATORY,
        same([json!("a_B-1.2:3"), json!("été")]),
        vec![json!("a b"), json!("a?"), json!("a;"), json!(""), long],
    );
}

/// When a checker runs, and what a failure does by default and can do with either.
fn when_and_action(when: &'static str, action: &'static str, defaults: [&str; 3]) {
    let [by_default, with_both, with_pre] = defaults;
    words(when, json!(by_default), &["pre", "both"], &["always"]);
    for (word, default, good, bad) in [
        (
            "both",
            with_both,
            ["restart", "stopstart", "stop", "noaction"].as_slice(),
            ["wait", "swap"].as_slice(),
        ),
        ("pre", with_pre, &["wait", "noaction"], &["restart", "stop"]),
    ] {
        check(Attribute {
            at: action,
            with: vec![(when, json!(word))],
            default: json!(default),
            good: same(good.iter().map(|word| json!(word))),
            bad: bad.iter().map(|word| json!(word)).collect(),
        });
    }
}

fn host(at: &'static str, default: Value) {
    text(
        at,
        default,
        vec![
            (json!("10.0.0.1"), json!("10.0.0.1")),
            (json!("[FD00::1]"), json!("fd00::1")),
            (json!("db-1.example.com"), json!("db-1.example.com")),
            (json!("localhost"), json!("localhost")),
        ],
        vec![
            json!("a b"),
            json!("1.2.3"),
            json!("a..b"),
            json!("http://a"),
            json!(""),
        ],
    );
}

#[test]
fn of_tcp_checkers() {
    ident("/service/check/0/tcp/0/ident");
    when_and_action(
        "/service/check/0/tcp/0/when",
        "/service/check/0/tcp/0/action",
        ["both", "restart", "wait"],
    );
    host("/service/check/0/tcp/0/to/addr", MANDATORY);
    number(
        "/service/check/0/tcp/0/to/port",
        MANDATORY,
        &[1, 65535],
        &[0, 65536],
    );
    seconds("/service/check/0/tcp/0/to/interval", json!("10s"), 1);
    seconds("/service/check/0/tcp/0/to/timeout", json!("5s"), 1);
}

#[test]
fn of_ping_checkers() {
    ident("/service/check/0/ping/0/ident");
    when_and_action(
        "/service/check/0/ping/0/when",
        "/service/check/0/ping/0/action",
        ["pre", "restart", "wait"],
    );
    host("/service/check/0/ping/0/to/addr", MANDATORY);
    seconds("/service/check/0/ping/0/to/interval", json!("10s"), 1);
    seconds("/service/check/0/ping/0/to/timeout", json!("5s"), 1);
}

#[test]
fn of_interface_and_address_checkers() {
    ident("/service/check/0/intf/0/ident");
    words(
        "/service/check/0/intf/0/when",
        json!("pre"),
        &["pre"],
        &["both"],
    );
    text(
        "/service/check/0/intf/0/to/local_addr",
        MANDATORY,
        same([json!("10.0.0.1")]),
        vec![json!("eth0"), json!("0.0.0.0"), json!("")],
    );
    ident("/service/check/0/ip/0/ident");
    words(
        "/service/check/0/ip/0/when",
        json!("both"),
        &["both"],
        &["pre"],
    );
    text(
        "/service/check/0/ip/0/to/addr",
        MANDATORY,
        vec![(json!("[fd00::1]"), json!("fd00::1"))],
        vec![json!("x"), json!("255.255.255.255")],
    );
    seconds("/service/check/0/ip/0/to/interval", json!("10s"), 1);
}

#[test]
fn of_custom_checkers() {
    ident("/service/check/0/custom/0/ident");
    when_and_action(
        "/service/check/0/custom/0/when",
        "/service/check/0/custom/0/action",
        ["both", "noaction", "noaction"],
    );
    text(
        "/service/check/0/custom/0/exec",
        MANDATORY,
        same([
            json!("check_disk"),
            json!("/opt/a b/check.sh"),
            json!("lib/check.py"),
        ]),
        vec![
            json!("check.cmd"),
            json!("CHECK.BAT"),
            json!("check.ps1"),
            json!("../check"),
            json!(""),
            json!("x".repeat(1025)),
        ],
    );
    text(
        "/service/check/0/custom/0/arg",
        absent(),
        same([json!("-d /var 90%")]),
        vec![json!("x".repeat(1025)), json!(90)],
    );
}

#[test]
fn of_module_checkers() {
    text(
        "/service/check/0/module/0/name",
        MANDATORY,
        same([json!("data_base-2")]),
        vec![json!("2a"), json!("a b"), json!("")],
    );
    text(
        "/service/check/0/module/0/ident",
        absent(),
        same([json!("near")]),
        vec![json!("a b"), json!("")],
    );
    host("/service/check/0/module/0/to/addr", absent());
    number(
        "/service/check/0/module/0/to/port",
        json!(9010),
        &[1, 65535],
        &[0, 65536],
    );
    check(Attribute {
        at: "/service/check/0/module/0/to/port",
        with: vec![("/service/check/0/module/0/to/secure", json!(true))],
        default: json!(9453),
        good: same([json!(9010)]),
        bad: vec![json!(0)],
    });
    switch("/service/check/0/module/0/to/secure", false);
    seconds("/service/check/0/module/0/to/interval", json!("10s"), 1);
    seconds("/service/check/0/module/0/to/timeout", json!("5s"), 1);
}

#[test]
fn of_http_checkers() {
    ident("/service/check/0/http/0/ident");
    when_and_action(
        "/service/check/0/http/0/when",
        "/service/check/0/http/0/action",
        ["both", "restart", "wait"],
    );
    host("/service/check/0/http/0/to/addr", MANDATORY);
    number(
        "/service/check/0/http/0/to/port",
        json!(80),
        &[1, 65535],
        &[0, 65536],
    );
    number(
        "/service/check/0/https/0/to/port",
        json!(443),
        &[1, 65535],
        &[0, 65536],
    );
    text(
        "/service/check/0/http/0/to/path",
        json!("/"),
        same([json!("/ready?from=check&x=%41")]),
        vec![
            json!("ready"),
            json!("/a b"),
            json!("/a#b"),
            json!("/é"),
            json!(""),
        ],
    );
    text(
        "/service/check/0/http/0/to/status",
        json!("200-399"),
        vec![
            (json!(204), json!(204)),
            (json!("301, 200-204"), json!("200-204,301")),
        ],
        vec![
            json!(99),
            json!(600),
            json!("299-200"),
            json!("200,200"),
            json!("2xx"),
            json!(""),
        ],
    );
    text(
        "/service/check/0/http/0/to/body",
        absent(),
        same([json!("<title>Sign in</title>")]),
        vec![json!(""), json!("x".repeat(1025)), json!(1)],
    );
    seconds("/service/check/0/http/0/to/interval", json!("10s"), 1);
    seconds("/service/check/0/http/0/to/timeout", json!("5s"), 1);
    switch("/service/check/0/https/0/to/insecure", false);
}

#[test]
fn of_the_url_of_http_checkers() {
    const PORT: &str = "/service/check/0/https/0/to/port";
    for (url, parts) in [
        ("https://a", json!(["a", 443, "/"])),
        ("https://a:8443/b?c", json!(["a", 8443, "/b?c"])),
        ("https://[fd00::1]?c", json!(["fd00::1", 443, "/?c"])),
        ("https://[fd00::1]:1/", json!(["fd00::1", 1, "/"])),
    ] {
        for (at, place) in [
            ("/service/check/0/https/0/to/addr", 0),
            (PORT, 1),
            ("/service/check/0/https/0/to/path", 2),
        ] {
            check(Attribute {
                at,
                with: vec![
                    ("/service/check/0/https/0/to/addr", Value::Null),
                    ("/service/check/0/https/0/to/url", json!(url)),
                ],
                default: parts[place].clone(),
                good: Vec::new(),
                bad: Vec::new(),
            });
        }
    }
    check(Attribute {
        at: "/service/check/0/https/0/to/url",
        with: vec![("/service/check/0/https/0/to/addr", Value::Null)],
        default: MANDATORY,
        good: Vec::new(),
        bad: [
            "http://a",
            "https://",
            "https://a:0",
            "https://fd00::1/",
            "https://me@a/",
            "https://a/b#c",
            "a/b",
        ]
        .map(Value::from)
        .to_vec(),
    });
    check(Attribute {
        at: "/service/check/0/https/0/to/path",
        with: vec![
            ("/service/check/0/https/0/to/addr", Value::Null),
            ("/service/check/0/https/0/to/url", json!("https://a/b")),
        ],
        default: json!("/b"),
        good: Vec::new(),
        bad: vec![json!("/c")],
    });
}

#[test]
fn of_monitored_processes() {
    const NAME: &str = "/service/errd/0/proc/0/name";
    seconds("/service/errd/0/polltimer", json!("30s"), 1);
    text(
        NAME,
        MANDATORY,
        same([json!("nginx"), json!("a23456789012345")]),
        vec![json!("a234567890123456"), json!("/usr/bin/a"), json!("")],
    );
    check(Attribute {
        at: NAME,
        with: vec![("/service/errd/0/proc/0/service", json!(true))],
        default: MANDATORY,
        good: same([json!("x".repeat(63))]),
        bad: vec![json!("x".repeat(64)), json!("a,b")],
    });
    switch("/service/errd/0/proc/0/service", false);
    for at in [
        "/service/errd/0/proc/0/nameregex",
        "/service/errd/0/proc/0/argregex",
    ] {
        text(
            at,
            absent(),
            same([json!("^java .*-D(a|b)[0-9]{1,2}$")]),
            vec![
                json!("(a"),
                json!("*"),
                json!("[z-a]"),
                json!(""),
                json!("x".repeat(257)),
            ],
        );
    }
    number(
        "/service/errd/0/proc/0/atleast",
        json!(1),
        &[0, 1, 4_294_967_295],
        &[-2],
    );
    number(
        "/service/errd/0/proc/0/atmax",
        json!(-1),
        &[-1, 0, 1],
        &[-2, 4_294_967_296],
    );
    check(Attribute {
        at: "/service/errd/0/proc/0/atmax",
        with: vec![("/service/errd/0/proc/0/atleast", json!(2))],
        default: json!(-1),
        good: same([json!(2), json!(3)]),
        bad: vec![json!(0), json!(1)],
    });
}

#[test]
fn of_what_processes_do() {
    text(
        "/service/errd/0/proc/0/action",
        json!("stopstart"),
        same(
            [
                "restart",
                "stopstart",
                "stop",
                "noaction",
                "bin/handler",
                "/opt/h",
            ]
            .map(Value::from),
        ),
        ["wait", "swap", "handler.bat", "a/../b", ""]
            .map(Value::from)
            .to_vec(),
    );
    let restart = ("/service/errd/0/proc/0/action", json!("restart"));
    check(Attribute {
        at: "/service/errd/0/proc/0/restart_services",
        with: vec![
            ("/service/errd/0/proc/0/service", json!(true)),
            restart.clone(),
        ],
        default: absent(),
        good: vec![(json!("php-fpm , nginx"), json!("php-fpm,nginx"))],
        bad: vec![json!(""), json!("a,,b"), json!("a/b")],
    });
    check(Attribute {
        at: "/service/errd/0/proc/0/restart_services",
        with: vec![restart],
        default: absent(),
        good: Vec::new(),
        bad: vec![json!("nginx")],
    });
    words(
        "/service/errd/0/proc/0/class",
        MANDATORY,
        &["both", "pre", "my_class-1"],
        &["prim", "second", "sec", "a b"],
    );
    number(
        "/service/errd/0/proc/0/start_after",
        json!(0),
        &[0, 1000],
        &[-1, 1001],
    );
}

#[test]
fn of_the_rules() {
    switch("/service/failover/extends", true);
    check(Attribute {
        at: "/service/failover/period",
        with: vec![("/service/failover/handle_time", json!("1m"))],
        default: json!("5s"),
        good: vec![(json!(1000), json!("1s")), (json!("1ms"), json!("1ms"))],
        bad: vec![json!(0), json!("1us"), json!("366d")],
    });
    check(Attribute {
        at: "/service/failover/handle_time",
        with: Vec::new(),
        default: json!(0),
        good: vec![(json!(10_000), json!("10s")), (json!("15s"), json!("15s"))],
        bad: vec![json!(12_000), json!("x")],
    });
    check(Attribute {
        at: "/service/failover/handle_time",
        with: vec![("/service/failover/period", json!("4s"))],
        default: json!(0),
        good: same([json!("4s")]),
        bad: vec![json!("15s")],
    });
}
