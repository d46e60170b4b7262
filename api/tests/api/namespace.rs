//! A network of its own for a test: modules with virtual addresses need an interface to put them on.
//!
//! The namespaces have no name and end with their threads, also when the test is killed.

#![allow(
    clippy::expect_used,
    reason = "a test ends where its ground is missing"
)]

use std::process::Command;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use evenkeel_client::types::ModuleSettings;
use nix::mount::{MsFlags, mount};
use nix::sched::{CloneFlags, unshare};
use nix::unistd::{Pid, geteuid, gettid};

use crate::common::{light, succeed};

/// Runs a test in a network namespace: interface `v0` with 10.9.0.1/24, its other end
/// `v1`, and a bpf file system. Without the privilege the test says so and passes.
#[expect(clippy::print_stderr, reason = "a skipped test must be seen")]
pub(crate) fn in_namespace<F: Future<Output = ()>>(test: impl FnOnce() -> F + Send + 'static) {
    if !geteuid().is_root() {
        return eprintln!("\n*** SKIPPED: network namespaces need root\n");
    }
    let body = move || {
        enter();
        ip("link add v0 type veth peer name v1");
        ip("address add 10.9.0.1/24 dev v0");
        ip("link set v0 up");
        ip("link set v1 up");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.expect("a runtime").block_on(test());
    };
    if let Err(panic) = thread::spawn(body).join() {
        std::panic::resume_unwind(panic);
    }
}

/// Moves the calling thread, and the processes that it starts, into namespaces of their own.
fn enter() {
    let flags = CloneFlags::CLONE_NEWNET | CloneFlags::CLONE_NEWNS;
    unshare(flags).expect("namespaces");
    // What is mounted here must not appear outside.
    let private = MsFlags::MS_REC | MsFlags::MS_PRIVATE;
    mount(None::<&str>, "/", None::<&str>, private, None::<&str>).expect("private mounts");
    let (bpf, none) = (Some("bpf"), MsFlags::empty());
    mount(bpf, "/sys/fs/bpf", bpf, none, None::<&str>).expect("a bpf file system");
    ip("link set lo up");
}

/// Runs `ip` with these words in the calling thread's namespace.
pub(crate) fn ip(words: &str) {
    succeed(Command::new("ip").args(words.split(' ')));
}

/// A machine of its own at the other end of `v0`: 10.9.0.50.
pub(crate) struct Neighbour {
    jobs: Sender<Box<dyn FnOnce() + Send>>,
}

impl Neighbour {
    /// Moves `v1` there.
    pub(crate) fn new() -> Self {
        let (jobs, queue) = channel::<Box<dyn FnOnce() + Send>>();
        let (ready, is_ready) = channel::<Pid>();
        thread::spawn(move || {
            enter();
            if ready.send(gettid()).is_ok() {
                queue.iter().for_each(|job| job());
            }
        });
        let thread = is_ready.recv().expect("a namespace");
        ip(&format!("link set v1 netns {thread}"));
        let neighbour = Self { jobs };
        neighbour.run(|| {
            ip("address add 10.9.0.50/24 dev v1");
            ip("link set v1 up");
        });
        neighbour
    }

    /// Runs `work` there and waits for it.
    pub(crate) fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let (done, is_done) = channel();
        // Nobody waits for the work of a test that failed meanwhile.
        let job = Box::new(move || drop(done.send(work())));
        self.jobs.send(job).expect("the namespace's thread runs");
        is_done.recv().expect("the work is done")
    }
}

/// A farm module behind 10.9.0.99 with these groups.
pub(crate) fn farm_module(groups: &str) -> ModuleSettings {
    let userconfig = format!(
        "<safe>
<service mode=\"farm\">
<farm><lan name=\"default\"/></farm>
<vip><interface_list><interface name=\"v0\" check=\"off\"><virtual_interface type=\"vmac_directed\">
<virtual_addr addr=\"10.9.0.99\" where=\"alias\" check=\"off\"/>
</virtual_interface></interface></interface_list>
<loadbalancing_list>{groups}</loadbalancing_list>
</vip>
<user/>
</service>
</safe>"
    );
    ModuleSettings {
        userconfig,
        ..light()
    }
}
