//! `<errd>`: processes of this machine under names that nothing else has.

use std::fs;
use std::path::Path;
use std::process::{Child, Command};

use evenkeel_core::config::model::CheckWhen;

use crate::bench::Bench;
use crate::common::{block_on, write_script};

/// A running program that ends with the test.
struct Running(Child);

impl Running {
    /// A copy of `sleep` under this name, with an argument that does no harm.
    fn start(folder: &Path, name: &str) -> Self {
        let path = folder.join(name);
        if !path.exists() {
            fs::copy("/bin/sleep", &path).unwrap();
        }
        Self(Command::new(&path).args(["600", "600s"]).spawn().unwrap())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// Names that no other process has: the number of this one is in them.
fn name(what: &str) -> String {
    format!("{what}{}", std::process::id())
}

fn errd(proc: &str) -> String {
    format!(r#"<user/><errd polltimer="1s"><proc {proc} class="both"/></errd>"#)
}

#[test]
fn a_process_is_missed_and_found_again() {
    block_on(async {
        let dir = tempfile::tempdir().unwrap();
        let name = name("web");
        let running = Running::start(dir.path(), &name);
        let resource = format!("proc.{name}");
        let mut bench = Bench::both(&errd(&format!(r#"name="{name}""#)));
        bench.is_up(&resource).await;
        drop(running);
        let reason = bench.is_down(&resource).await;
        assert_eq!(reason, format!("Process {name} not running"));
        let _running = Running::start(dir.path(), &name);
        bench.is_up(&resource).await;
    });
}

#[test]
fn a_zombie_does_not_run() {
    block_on(async {
        let dir = tempfile::tempdir().unwrap();
        let name = name("zom");
        let mut running = Running::start(dir.path(), &name);
        let mut bench = Bench::both(&errd(&format!(r#"name="{name}""#)));
        bench.is_up(&format!("proc.{name}")).await;
        running.0.kill().unwrap();
        // Nobody waits for it before the report has come.
        bench.is_down(&format!("proc.{name}")).await;
    });
}

#[test]
fn a_process_that_is_still_wanted_is_looked_at_on() {
    block_on(async {
        let dir = tempfile::tempdir().unwrap();
        let names = ["sta", "gon", "new"].map(name);
        let mut running = names
            .each_ref()
            .map(|name| Some(Running::start(dir.path(), name)));
        let [stays, gone, new] = names.each_ref().map(|name| format!("proc.{name}"));
        let procs = |names: [&String; 2]| {
            let proc = |name| format!(r#"<proc name="{name}" class="both"/>"#);
            let procs = names.map(proc).concat();
            format!(r#"<user/><errd polltimer="1s">{procs}</errd>"#)
        };
        let mut bench = Bench::both(&procs([&names[0], &names[1]]));
        bench.is_up(&stays).await;
        bench.is_up(&gone).await;
        bench.exchange(&procs([&names[0], &names[2]]), CheckWhen::Both);
        bench.is_up(&new).await;
        // Nothing is told of what nobody wants to know of, and what was told is not told again.
        running[1] = None;
        running[0] = None;
        bench.is_down(&stays).await;
        running[2] = None;
        bench.is_down(&new).await;
    });
}

#[test]
fn expressions_choose_among_processes() {
    block_on(async {
        let dir = tempfile::tempdir().unwrap();
        let (one, other) = (name("rega"), name("regb"));
        let _first = Running::start(dir.path(), &one);
        let second = Running::start(dir.path(), &other);
        let id = std::process::id();
        let proc = format!(
            r#"name="reg" nameregex="^reg[ab]{id}$" argregex="/reg[ab]{id} 600 600s$" atleast="2""#
        );
        let mut bench = Bench::both(&errd(&proc));
        bench.is_up("proc.reg").await;
        drop(second);
        let reason = bench.is_down("proc.reg").await;
        assert_eq!(reason, "Process reg running 1 times, at least 2 expected");
    });
}

#[test]
fn what_must_not_run() {
    block_on(async {
        let dir = tempfile::tempdir().unwrap();
        let name = name("bad");
        let mut bench = Bench::both(&errd(&format!(r#"name="{name}" atmax="0""#)));
        bench.is_up(&format!("proc.{name}")).await;
        let _running = Running::start(dir.path(), &name);
        let reason = bench.is_down(&format!("proc.{name}")).await;
        assert_eq!(reason, format!("Process {name} running, which it must not"));
    });
}

/// A `systemctl` that says what a file says.
#[test]
fn services_are_asked_of_systemd() {
    block_on(async {
        let dir = tempfile::tempdir().unwrap();
        let states = dir.path().join("states");
        fs::write(&states, "active\nreloading\n").unwrap();
        let script = format!(
            "test \"$*\" = \"is-active -- db web\" && cat {}\nexit 3",
            states.display()
        );
        write_script(&dir.path().join("systemctl"), &script);
        let elements = r#"<user/><errd polltimer="1s">
            <proc name="db" service="yes" class="both"/>
            <proc name="web" service="yes" class="both"/></errd>"#;
        let path = format!("{}:/usr/bin:/bin", dir.path().display());
        let mut bench = Bench::with_path(&path, elements);
        bench.is_up("proc.db").await;
        bench.is_up("proc.web").await;
        fs::write(&states, "active\nfailed\n").unwrap();
        assert_eq!(bench.is_down("proc.web").await, "Service web not running");
        fs::write(&states, "inactive\nactive\n").unwrap();
        assert_eq!(bench.is_down("proc.db").await, "Service db not running");
        bench.is_up("proc.web").await;
    });
}

#[test]
fn a_machine_without_systemd_says_so() {
    block_on(async {
        let dir = tempfile::tempdir().unwrap();
        let script = "echo 'System has not been booted with systemd' >&2; exit 1";
        write_script(&dir.path().join("systemctl"), script);
        let elements = errd(r#"name="db" service="yes""#);
        let path = format!("{}:/usr/bin:/bin", dir.path().display());
        let mut bench = Bench::with_path(&path, &elements);
        let expected = "systemctl does not say how the services are: System has not been booted \
                        with systemd";
        assert_eq!(bench.is_unknown("proc.db").await, expected);
    });
}
