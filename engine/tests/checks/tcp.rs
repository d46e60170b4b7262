//! `<tcp>`: who listens, who refuses, who is silent, who is unknown.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::path::Path;

use nix::mount::MsFlags;
use nix::sched::{CloneFlags, unshare};
use tempfile::NamedTempFile;

use crate::bench::Bench;
use crate::common::{block_on, in_namespace, ip, until};

/// A checker `tcp.web`.
fn check(addr: &str, port: u16) -> String {
    format!(
        r#"<check><tcp ident="web" when="both">
        <to addr="{addr}" port="{port}"/></tcp></check>"#
    )
}

/// Listens on a port, and again on the same one.
fn listen(addr: &str, port: u16) -> TcpListener {
    TcpListener::bind((addr, port)).unwrap()
}

#[test]
fn up_while_somebody_listens() {
    in_namespace(async || {
        let mut bench = Bench::both(&check("127.0.0.1", 80));
        assert_eq!(bench.is_down("tcp.web").await, "connection refused");
        let listener = listen("0.0.0.0", 80);
        bench.is_up("tcp.web").await;
        drop(listener);
        assert_eq!(bench.is_down("tcp.web").await, "connection refused");
    });
}

#[test]
fn a_host_that_does_not_answer() {
    in_namespace(async || {
        // Nobody has the address; the neighbour is given so that nobody asks for it either.
        ip("neighbour add 10.9.0.77 lladdr 02:00:00:00:00:77 dev v0");
        let mut bench = Bench::both(&check("10.9.0.77", 80));
        assert_eq!(bench.is_down("tcp.web").await, "no answer within 500 ms");
    });
}

/// This thread, and those that it starts, find these lines in `/etc/hosts`.
fn hosts(lines: &str) -> NamedTempFile {
    let file = NamedTempFile::new().unwrap();
    std::fs::write(file.path(), lines).unwrap();
    unshare(CloneFlags::CLONE_NEWNS).unwrap();
    let mount = |from: Option<&Path>, to, flags| {
        nix::mount::mount(from, to, None::<&str>, flags, None::<&str>).unwrap();
    };
    mount(None, "/", MsFlags::MS_REC | MsFlags::MS_PRIVATE);
    mount(Some(file.path()), "/etc/hosts", MsFlags::MS_BIND);
    file
}

#[test]
fn one_of_several_addresses_is_enough() {
    in_namespace(async || {
        let _hosts = hosts("127.0.0.1 web.example\n::1 web.example\n");
        let listener = listen("::1", 80);
        let mut bench = Bench::both(&check("web.example", 80));
        bench.is_up("tcp.web").await;
        drop(listener);
        let reason = bench.is_down("tcp.web").await;
        let all = reason.split("; ").collect::<BTreeSet<_>>();
        let expected = ["127.0.0.1: connection refused", "::1: connection refused"];
        assert_eq!(all, expected.into());
        let _listener = listen("127.0.0.1", 80);
        bench.is_up("tcp.web").await;
    });
}

#[test]
fn a_name_that_nobody_knows() {
    in_namespace(async || {
        let mut bench = Bench::both(&check("no-such-host.invalid", 80));
        let reason = bench.is_down("tcp.web").await;
        let expected = "no-such-host.invalid cannot be looked up: ";
        assert!(reason.starts_with(expected), "{reason}");
    });
}

#[test]
fn dropped_checkers_look_no_longer() {
    block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let bench = Bench::both(&check("127.0.0.1", port));
        listener.accept().await.unwrap();
        let alive = || {
            tokio::runtime::Handle::current()
                .metrics()
                .num_alive_tasks()
        };
        assert_eq!(alive(), 1);
        drop(bench);
        until("the task ended", || (alive() == 0).then_some(())).await;
    });
}
