//! `<ping>`: over both versions of IP, through both kinds of sockets.

use evenkeel_core::config::model::CheckWhen;

use crate::bench::Bench;
use crate::common::{in_namespace, ip, other_end};

/// Starts a checker `ping.router`.
fn start(addr: &str) -> Bench {
    let check = format!(r#"<check><ping ident="router"><to addr="{addr}"/></ping></check>"#);
    Bench::start(&check, CheckWhen::Pre)
}

async fn up_while_it_answers(addr: &str) {
    let other = other_end();
    ip("address add fd09::1/64 dev v0 nodad");
    other.ip("address add fd09::2/64 dev v1 nodad");
    let mut bench = start(addr);
    bench.is_up("ping.router").await;
    other.ip("link set v1 down");
    let reason = bench.is_down("ping.router").await;
    let words = [
        "no answer within 500 ms",
        "host unreachable",
        "network unreachable",
    ];
    assert!(words.contains(&reason.as_str()), "{reason}");
    other.ip("link set v1 up");
    // The address goes with the link.
    other.ip("address replace fd09::2/64 dev v1 nodad");
    bench.is_up("ping.router").await;
}

#[test]
fn up_while_it_answers_over_ipv4() {
    in_namespace(async || up_while_it_answers("10.9.0.2").await);
}

#[test]
fn up_while_it_answers_over_ipv6() {
    in_namespace(async || up_while_it_answers("fd09::2").await);
}

#[test]
fn answers_come_through_unprivileged_sockets_too() {
    in_namespace(async || {
        std::fs::write("/proc/sys/net/ipv4/ping_group_range", "0 0").unwrap();
        up_while_it_answers("10.9.0.2").await;
    });
}

#[test]
fn this_machine_answers_itself() {
    in_namespace(async || {
        for addr in ["127.0.0.1", "::1"] {
            start(addr).is_up("ping.router").await;
        }
    });
}

#[test]
fn nobody_is_there() {
    in_namespace(async || {
        let reason = start("192.0.2.1").is_down("ping.router").await;
        assert_eq!(reason, "network unreachable");
    });
}
