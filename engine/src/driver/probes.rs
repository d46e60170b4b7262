//! Liveness probes in the driver: answers are read when it is time to judge, requests that the kernel
//! did not answer are answered at once.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use evenkeel_core::ids::Time;
use evenkeel_core::input::Input;
use evenkeel_core::wire::Keyring;
use evenkeel_packet::probe::{bytes_of, words_of};
use tracing::info_span;

use crate::clock;
use crate::driver::Driver;
use crate::error::{EngineError, chain};
use crate::handle::DriverStatus;
use crate::net::heartbeat::LanSocket;
use crate::net::lans;
use crate::net::links::Link;
use crate::ports::Responder;

impl Driver {
    /// Gives the core the answers to its probes that have come, up to `most` from each LAN: right
    /// before it looks who is silent, so that they cost no wake-up of their own.
    pub(super) fn answers_to_probes(&mut self, most: usize) {
        for place in 0..self.lans.len() {
            let mut read = 0;
            let mut more = true;
            while more && read < most {
                let Some(socket) = self.lans.get_mut(place) else {
                    return;
                };
                more = socket.receive_answers();
                let (lan, now) = (socket.lan(), clock::now());
                for bytes in socket.answers() {
                    if let Some(recorder) = &mut self.recorder {
                        let bytes = bytes.to_vec();
                        recorder.input(&Input::Datagram { lan, bytes }, now);
                    }
                    self.node.receive(lan, bytes, now);
                    read += 1;
                }
                self.settle();
            }
        }
    }

    /// Sends the probes that the core asked for last.
    pub(super) fn send_probes(&mut self) {
        if std::mem::take(&mut self.asks) {
            self.lans.iter_mut().for_each(LanSocket::send_probes);
        }
    }

    /// Answers a probe in the buffer that came to the LAN at a place. What is refused is counted by
    /// the datapath and goes nowhere.
    pub(super) fn asked(&mut self, lan: usize, sender: SocketAddr, length: usize) {
        let bytes = self.buffer.get(..length).unwrap_or_default();
        let Some(mut words) = words_of(bytes) else {
            return;
        };
        if let Err(refused) = self.datapath.respond(&mut words) {
            return tracing::trace!(?refused, "a probe is not answered");
        }
        if let Some(socket) = self.lans.get(lan) {
            socket.reply(sender, &bytes_of(&words));
        }
    }

    /// An address that comes may be this node's in a LAN, on an interface that was not there.
    pub(super) fn address(&self, addr: IpAddr) {
        if self.lans.iter().any(|lan| lan.addr() == addr) {
            self.worker.links();
        }
    }

    /// Answers in the kernel where that has become possible.
    pub(super) fn links(&mut self, links: io::Result<Vec<Link>>) {
        let links = match links {
            Ok(links) => links,
            Err(error) => return tracing::warn!(%error, "the interfaces cannot be listed"),
        };
        let responder = lans::responder(&self.config, &links);
        if responder == self.responder {
            return;
        }
        let _span = info_span!("respond_as").entered();
        if let Err(error) = self.datapath.respond_as(&responder) {
            tracing::warn!(error = chain(&error), "the kernel does not answer probes");
        }
        let kernel_answers = self.datapath.answers_in_kernel();
        tracing::info!(kernel_answers, "the interfaces of the LANs have changed");
        self.responder = responder;
    }

    /// Replaces the keys, where probes are answered first: what this node sends under must not be
    /// refused by itself. The flow hash keeps its key, as every rotation does.
    pub(super) fn rekey(&mut self, keys: Keyring) -> Result<(), EngineError> {
        let responder = Responder {
            keys: keys.probe_keys(),
            ..self.responder.clone()
        };
        if let Err(error) = self.datapath.respond_as(&responder) {
            if let Err(error) = self.datapath.respond_as(&self.responder) {
                tracing::warn!(error = chain(&error), "the kernel does not answer probes");
            }
            return Err(error.into());
        }
        self.responder = responder;
        self.config.keys = keys.clone();
        if let Some(recorder) = &mut self.recorder {
            recorder.rekey(&keys);
        }
        self.node.rekey(keys);
        Ok(())
    }

    /// Says how this thread does.
    pub(super) fn tell(&self, now: Time) {
        let probed = self.datapath.probed().unwrap_or_else(|error| {
            tracing::debug!(
                error = chain(&error),
                "the counters of probes are not known"
            );
            self.told.borrow().probed
        });
        self.told.send_replace(Arc::new(DriverStatus {
            precedence: self.precedence.clone(),
            timers: self.lateness.timers(now),
            kernel_answers: self.datapath.answers_in_kernel(),
            probed,
        }));
    }
}
