//! What a killed daemon of the eBPF back end left, for a daemon that does without eBPF.
//!
//! The former fence drops what is for the virtual addresses, which is right until another filter
//! guards them; and it answers probes that its daemon is gone, which is wrong as soon as one lives.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::path::Path;

use evenkeel_core::ids::{ModuleName, NodeId};

use super::book::padded;
use super::hook;
use super::pins::Pins;
use crate::ports::DatapathError;

/// The fence of a former run, which answers no probe.
#[derive(Debug)]
pub(super) struct Leftover {
    pins: Pins,
}

impl Leftover {
    /// Looks for it in the network namespace of the calling thread, and silences it.
    pub(super) fn silence(bpffs: &Path, node: NodeId) -> Result<Self, DatapathError> {
        let pins = Pins::new(bpffs, node)?;
        pins.silence()?;
        Ok(Self { pins })
    }

    /// Opens it for addresses that another filter guards, and removes it with the last one.
    pub(super) fn open(&self, addrs: &[IpAddr]) -> Result<(), DatapathError> {
        // Before TCX it is the former filter, which accepts nothing without a lease.
        hook::clear(&BTreeSet::new());
        let Some(mut fenced) = self.pins.fenced() else {
            return Ok(());
        };
        fenced.open(addrs)?;
        self.remove_if(fenced.is_empty())
    }

    /// Opens it for the addresses of a module that is closed.
    pub(super) fn forget(&self, module: &ModuleName) -> Result<(), DatapathError> {
        let Some(mut fenced) = self.pins.fenced() else {
            return Ok(());
        };
        fenced.keep(&padded(module), &[])?;
        self.remove_if(fenced.is_empty())
    }

    fn remove_if(&self, is_empty: bool) -> Result<(), DatapathError> {
        if is_empty {
            return self.pins.remove_all();
        }
        Ok(())
    }
}
