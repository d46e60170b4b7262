//! Liveness probes in the driver: answers are read when it is time to judge, requests that the kernel
//! did not answer are answered at once.

use std::net::SocketAddr;
use std::sync::Arc;

use evenkeel_core::ids::Time;
use evenkeel_core::input::Input;
use evenkeel_packet::probe::words_of;

use crate::driver::Driver;
use crate::error::chain;
use crate::handle::DriverStatus;

impl Driver {
    /// Gives the core the answers to its probes that have come, up to `most` from each LAN: right
    /// before it looks who is silent, so that they cost no wake-up of their own.
    pub(super) fn answers_to_probes(&mut self, most: usize) {
        for lan in 0..self.lans.len() {
            for _ in 0..most {
                let Some(socket) = self.lans.get(lan) else {
                    return;
                };
                let Some(length) = socket.receive_answer(&mut self.buffer) else {
                    break;
                };
                let bytes = self.buffer.get(..length).unwrap_or_default().to_vec();
                let lan = socket.lan();
                self.input(Input::Datagram { lan, bytes });
            }
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
        let answer: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        if let Some(socket) = self.lans.get(lan) {
            socket.reply(sender, &answer);
        }
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
