//! The datapath in memory: the same tables and the same decisions without a kernel.
//!
//! For tests of the engine and the API, and for the simulator. Frames are given to
//! [`Memory::treat`]; nothing is sent anywhere.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use evenkeel_core::ids::{ModuleName, NodeId, Time};
use evenkeel_packet::Addr;
use evenkeel_packet::bucket::BucketState;
use evenkeel_packet::decide::Socket;
use evenkeel_packet::filter::Outcome;
use evenkeel_packet::frame::{Packet, Ports};
use evenkeel_packet::probe::{Refused, WORDS};

use super::book::Open;
use super::tables::State;
use crate::clock;
use crate::ports::{
    Backend, Contact, Datapath, DatapathError, Explained, FlowQuery, FlowQuestion, ModulePath,
    Probed, Replays, Responder, Routes,
};

/// A datapath in memory. Clones share their state: a test keeps one, the engine gets the other.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    state: Arc<Mutex<State>>,
}

impl Memory {
    /// Treats a frame that comes in on interface `ifindex` at instant `now` as the filter would,
    /// and counts it; `socket` says which one of this flow is here. `None`: it
    /// concerns no virtual address.
    pub fn treat(
        &self,
        ifindex: u32,
        frame: &[u8],
        now: Time,
        socket: impl Fn(Addr, &Packet, Ports) -> Socket,
    ) -> Option<Outcome> {
        let treated = self.lock().treat(ifindex, frame, now, socket);
        treated.map(|(outcome, _)| outcome)
    }

    /// Whether a frame may leave the machine, as the seat belt sees it; counts what may not.
    pub fn may_leave(&self, frame: &[u8]) -> bool {
        self.lock().may_leave(frame)
    }

    /// The end of a module's lease; zero before the first one, `None` when it is not open.
    pub fn lease(&self, module: &ModuleName) -> Option<Time> {
        self.lock().lease(module)
    }

    /// A module's tables, one per group; `None` when it is not open.
    pub fn tables(&self, module: &ModuleName) -> Option<Vec<Vec<BucketState>>> {
        self.lock().tables(module)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Datapath for Memory {
    fn backend(&self) -> Backend {
        Backend {
            name: "memory".into(),
            hook: "none".into(),
            why: "packets are given to it by hand, as tests do".into(),
        }
    }

    fn open(&mut self, module: &ModuleName, path: &ModulePath) -> Result<(), DatapathError> {
        self.close(module)?;
        let State { book, maps } = &mut *self.lock();
        let open = book.prepare(module, path, maps)?;
        book.admit(module, open, maps)
    }

    fn close(&mut self, module: &ModuleName) -> Result<(), DatapathError> {
        let State { book, maps } = &mut *self.lock();
        if let Some(open) = book.take(module) {
            book.dismiss(&open, maps)?;
        }
        Open::unfence(module, maps)
    }

    fn install(
        &mut self,
        module: &ModuleName,
        groups: &[Vec<BucketState>],
    ) -> Result<(), DatapathError> {
        let State { book, maps } = &mut *self.lock();
        book.install(module, groups, maps).map(drop)
    }

    fn rearrange(&mut self, module: &ModuleName, path: &ModulePath) -> Result<(), DatapathError> {
        let State { book, maps } = &mut *self.lock();
        let open = book.extend(module, path, maps)?;
        book.exchange(module, open, maps)
    }

    fn routes(&mut self, module: &ModuleName, routes: &Routes) -> Result<(), DatapathError> {
        let State { book, maps } = &mut *self.lock();
        book.routes(module, routes, maps)
    }

    fn renew(
        &mut self,
        module: &ModuleName,
        until: Time,
        contact: Option<Time>,
    ) -> Result<(), DatapathError> {
        let State { book, maps } = &mut *self.lock();
        book.renew(module, until, contact, maps)
    }

    fn respond_as(&mut self, responder: &Responder) -> Result<(), DatapathError> {
        let State { book, maps } = &mut *self.lock();
        book.respond_as(responder, maps)
    }

    fn contact(
        &mut self,
        module: &ModuleName,
        contact: &Contact,
    ) -> Result<Vec<(NodeId, Time)>, DatapathError> {
        let State { book, maps } = &mut *self.lock();
        book.contact(module, contact, maps)
    }

    fn respond(&mut self, words: &mut [u64; WORDS]) -> Result<(), Refused> {
        self.lock().maps.respond(words, clock::now())
    }

    fn probed(&self) -> Result<Probed, DatapathError> {
        Ok(self.lock().maps.probed())
    }

    fn counters(&self, module: &ModuleName) -> Result<BTreeMap<String, u64>, DatapathError> {
        let state = self.lock();
        state.book.counters(module, &state.maps)
    }

    fn flows(&self, module: &ModuleName) -> Result<Vec<Vec<u64>>, DatapathError> {
        let state = self.lock();
        state.book.flows(module, &state.maps)
    }

    fn buckets(&self, module: &ModuleName) -> Result<Vec<Vec<BucketState>>, DatapathError> {
        let state = self.lock();
        state.book.buckets(module, &state.maps)
    }

    fn explain(
        &self,
        module: &ModuleName,
        question: &FlowQuestion,
        now: Time,
    ) -> Result<Explained, DatapathError> {
        let state = self.lock();
        state.book.explain(module, question, now, &state.maps)
    }

    fn replays(&self, _module: &ModuleName) -> Result<Option<Replays>, DatapathError> {
        Ok(None)
    }

    fn bucket(&self, module: &ModuleName, flow: &FlowQuery) -> Option<(usize, u16)> {
        self.lock().book.bucket(module, flow)
    }
}
