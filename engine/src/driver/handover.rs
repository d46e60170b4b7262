//! The driver hands its node over to the next program, or takes one over.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::os::fd::{OwnedFd, RawFd};
use std::sync::mpsc::{Sender, channel};

use evenkeel_core::ids::ModuleName;
use nix::sys::wait::{WaitPidFlag, waitpid};

use super::Driver;
use super::requests::Reply;
use super::shell::Shell;
use crate::clock;
use crate::error::{EngineError, chain};
use crate::handover::{Keeping, inherited};
use crate::ports::InterfacePath;
use crate::worker::NetJob;

/// What a driver that takes a node over has to know beside it.
#[derive(Debug)]
pub(crate) struct TakenOver {
    pub(crate) interfaces: BTreeMap<ModuleName, Vec<InterfacePath>>,
    pub(crate) unplugged: BTreeSet<u32>,
    /// What keeps what interfaces receive, until this process does itself.
    pub(crate) lent: Vec<OwnedFd>,
}

impl TakenOver {
    /// Takes possession of descriptors that the former program left open in this process.
    pub(crate) fn new(
        interfaces: BTreeMap<ModuleName, Vec<InterfacePath>>,
        unplugged: BTreeSet<u32>,
        lent: &[RawFd],
    ) -> Self {
        Self {
            interfaces,
            unplugged,
            lent: lent.iter().filter_map(|fd| inherited(*fd).ok()).collect(),
        }
    }
}

impl Driver {
    /// What the next program would be given at this instant.
    pub(super) fn keep(&self) -> Result<Vec<u8>, EngineError> {
        match self.why_no_handover() {
            Some(why) => Err(EngineError::NoHandover(why)),
            None => self.keeping(&[], &[]).write(),
        }
    }

    /// Stands still until the next program is there, or nobody wants it any more.
    pub(super) fn hand_over(&mut self, lent: &[RawFd], reply: Reply<(Vec<u8>, Sender<()>)>) {
        let (driver, back) = channel();
        let kept = self.kept_for_good(lent);
        let waits = kept.is_ok();
        if reply.send(kept.map(|kept| (kept, driver))).is_ok() && waits {
            tracing::info!("this node stands still for the next program");
            // Nobody sends anything: it fails as soon as the other end is gone.
            back.recv().unwrap_or_default();
        }
        if waits {
            self.go_on();
        }
    }

    fn kept_for_good(&mut self, lent: &[RawFd]) -> Result<Vec<u8>, EngineError> {
        if let Some(why) = self.why_no_handover() {
            return Err(EngineError::NoHandover(why));
        }
        let datapath = self.datapath.hand_over();
        let datapath = datapath.map_err(|error| EngineError::NoHandover(chain(&error)))?;
        let kept = self.keeping(&datapath, lent).write();
        match &kept {
            // Their programs end with them; the next program begins them again.
            Ok(_) => self
                .modules
                .values_mut()
                .for_each(|shell| shell.checks.clear()),
            Err(_) => self.forget_handover(),
        }
        kept
    }

    /// No other program came.
    fn go_on(&mut self) {
        tracing::warn!("no other program took this node over: it goes on");
        self.forget_handover();
        self.node.resume(clock::now());
    }

    fn forget_handover(&mut self) {
        if let Err(error) = self.datapath.take_back() {
            tracing::warn!(error = chain(&error), "something of the filter is kept");
        }
    }

    fn why_no_handover(&self) -> Option<String> {
        if self.stopping.is_some() {
            return Some("the daemon is about to end".to_owned());
        }
        if let Some((module, state)) = self.node.unsettled() {
            let why = format!("module {module} is {state}, on its way: wait until it is there");
            return Some(why);
        }
        let runs = |(_, shell): &(&ModuleName, &Shell)| shell.kill.receiver_count() > 0;
        if let Some((module, _)) = self.modules.iter().find(runs) {
            let why = format!("a script of module {module} runs: wait until it has ended");
            return Some(why);
        }
        let changes = |(_, shell): &(&ModuleName, &Shell)| shell.change.is_some();
        if let Some((module, _)) = self.modules.iter().find(changes) {
            return Some(format!(
                "a change of module {module} is under way: try again"
            ));
        }
        self.datapath.why_no_handover()
    }

    fn keeping<'a>(&'a self, datapath: &'a [u8], lent: &'a [RawFd]) -> Keeping<'a> {
        let modules = self.modules.iter();
        Keeping {
            node: &self.node,
            interfaces: modules
                .map(|(name, one)| (name, &*one.interfaces))
                .collect(),
            unplugged: &self.unplugged,
            datapath,
            lent,
        }
    }

    /// Goes on with a node that another program had: nothing of what is in force where packets pass changes,
    /// but who keeps it.
    pub(super) fn take_over(&mut self, former: TakenOver) -> io::Result<()> {
        let TakenOver {
            mut interfaces,
            unplugged,
            lent,
        } = former;
        self.unplugged = unplugged;
        self.lent = lent;
        reap();
        for (name, config) in self.node.configurations() {
            let interfaces = interfaces.remove(name).unwrap_or_default();
            let shell = Shell::new(config.clone(), interfaces);
            self.modules.insert(name.clone(), shell);
        }
        let open = self.modules.keys().filter(|name| self.node.is_open(name));
        for module in open.cloned().collect::<Vec<_>>() {
            self.keep_open(module).map_err(io::Error::other)?;
        }
        self.node.resume(clock::now());
        self.settle();
        self.datapath.relieve().map_err(io::Error::other)
    }

    fn keep_open(&mut self, module: ModuleName) -> Result<(), String> {
        let interfaces = self
            .modules
            .get(&module)
            .map(|shell| shell.interfaces.clone());
        let interfaces = self.open_filter(&module, interfaces.unwrap_or_default())?;
        self.keeping_up.insert(module.clone());
        self.worker.net(NetJob::Set {
            module,
            interfaces,
            place: self.datapath.addresses_on(),
        });
        Ok(())
    }

    /// The virtual addresses of a module that was taken over are this process's.
    pub(super) fn kept(&mut self, module: &ModuleName, result: Result<(), String>) {
        if let Err(reason) = result {
            tracing::error!(%module, reason, "a virtual IP that was taken over is not set");
        }
        if self.keeping_up.is_empty() {
            self.lent.clear();
        }
    }
}

/// What the former program had started and ended is nobody's child else.
fn reap() {
    while let Ok(status) = waitpid(None, Some(WaitPidFlag::WNOHANG)) {
        if status.pid().is_none() {
            return;
        }
    }
}
