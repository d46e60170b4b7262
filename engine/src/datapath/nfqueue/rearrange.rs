//! A module that is open gets other rules, groups or virtual addresses.
//!
//! The tables have them at once. What gives packets to the queue is written by a program, which takes a while, off the
//! thread that answers for this node: before an address stands, and after it is gone.

use std::net::IpAddr;

use evenkeel_core::ids::ModuleName;

use super::label::Label;
use super::rules::{Rules, Target};
use super::{Nfqueue, unsupported};
use crate::datapath::replay::Farm;
use crate::datapath::tables::State;
use crate::ports::{DatapathError, Guard, InterfacePath, ModulePath};

impl Nfqueue {
    /// See [`crate::ports::Datapath::rearrange`].
    pub(super) fn change(
        &mut self,
        module: &ModuleName,
        path: &ModulePath,
    ) -> Result<(), DatapathError> {
        self.check(module)?;
        if let Some(why) = self.why_not(module, path) {
            return Err(unsupported(why));
        }
        let shared = &mut *self.lock();
        let State { book, maps } = &mut shared.state;
        let open = book.extend(module, path, maps)?;
        let (slot, farm) = (open.slot(), Farm::of(path, &open));
        if let Some(former) = shared.farms.remove(&slot) {
            shared.farms.insert(slot, farm.after(former));
        }
        shared.changes += 1;
        book.exchange(module, open, maps)
    }

    /// See [`crate::ports::Datapath::why_not_rearrange`].
    pub(super) fn why_not(&self, module: &ModuleName, path: &ModulePath) -> Option<String> {
        let shared = self.lock();
        let former = &shared.state.book.open(module).ok()?.path;
        (hearing(former) != hearing(path)).then(|| {
            "through NFQUEUE no interface comes or goes while it runs, nor the first or last address of a family \
             on one"
                .to_owned()
        })
    }

    /// See [`crate::ports::Datapath::guard`].
    pub(super) fn guarding(&self, module: &ModuleName, addrs: Vec<IpAddr>) -> Option<Guard> {
        let running = self.running.get(module)?;
        let label = Label::new(self.node, module);
        let (writer, closed) = (self.writer, running.closed.clone());
        let target = Target::Queue(running.queue);
        Some(Guard::new(move || {
            writer.put(&Rules {
                label: &label,
                addrs: &addrs,
                closed: &closed,
                target,
            })
        }))
    }
}

/// Where and what questions are heard.
fn hearing(path: &ModulePath) -> Vec<(u32, bool, bool)> {
    let of = |interface: &InterfacePath| {
        let has = |is: fn(&IpAddr) -> bool| interface.addrs.iter().any(is);
        (interface.index, has(IpAddr::is_ipv4), has(IpAddr::is_ipv6))
    };
    path.interfaces.iter().map(of).collect()
}
