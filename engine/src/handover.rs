//! A node goes over from one program to the next in the same process, and nobody notices.
//!
//! Its driver stands still, all that the core is and all that the next driver has to find again is written
//! down, and what the kernel has in force outlives the program ([`Datapath::hand_over`]). The next program
//! goes on where this one stood. To peers and clients it is as if the daemon had stood still for a moment.
//!
//! [`Datapath::hand_over`]: crate::ports::Datapath::hand_over

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::os::fd::{FromRawFd as _, OwnedFd, RawFd};
use std::path::Path;
use std::sync::mpsc::Sender;

use evenkeel_core::ids::{Incarnation, ModuleName};
use evenkeel_core::node::Node;
use nix::fcntl::{FcntlArg, FdFlag, fcntl};
use serde::{Deserialize, Serialize};

use crate::datapath::ebpf::could_relieve;
use crate::error::EngineError;
use crate::ports::{DatapathError, InterfacePath};
use crate::worker::Worker;

/// What a node is and has, for the next program, *with the cluster's secrets*.
#[derive(Deserialize)]
pub struct Former {
    pub(crate) node: Node,
    /// Of each configured module, as last found.
    pub(crate) interfaces: BTreeMap<ModuleName, Vec<InterfacePath>>,
    /// Indices of the interfaces whose cable is out.
    pub(crate) unplugged: BTreeSet<u32>,
    pub(crate) datapath: Vec<u8>,
    /// Descriptors that keep what interfaces receive.
    pub(crate) lent: Vec<RawFd>,
}

/// The same to be written.
#[derive(Serialize)]
pub(crate) struct Keeping<'a> {
    pub(crate) node: &'a Node,
    pub(crate) interfaces: BTreeMap<&'a ModuleName, &'a [InterfacePath]>,
    pub(crate) unplugged: &'a BTreeSet<u32>,
    pub(crate) datapath: &'a [u8],
    pub(crate) lent: &'a [RawFd],
}

impl std::fmt::Debug for Former {
    /// Leaves out all that has secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Former")
            .field("modules", &self.interfaces.keys())
            .finish_non_exhaustive()
    }
}

impl Former {
    /// Reads what another program wrote.
    ///
    /// # Errors
    ///
    /// In one sentence, when it is of a version that keeps something else.
    pub fn read(kept: &[u8]) -> Result<Self, String> {
        rmp_serde::from_slice(kept).map_err(|error| {
            format!(
                "the program that runs keeps a node in another form ({error}); stop the daemon and start it \
                 instead, which drains the node first"
            )
        })
    }

    /// The run of the node that goes on.
    pub const fn run(&self) -> Incarnation {
        self.node.run()
    }

    /// Whether this program could go on with the node in the network namespace of the calling thread, where the
    /// bpf file system is mounted at `bpffs`. Changes nothing.
    ///
    /// # Errors
    ///
    /// What stands in the way.
    pub fn could_go_on(&self, bpffs: &Path) -> Result<(), DatapathError> {
        could_relieve(bpffs, self.node.me())
    }
}

impl Keeping<'_> {
    pub(crate) fn write(&self) -> Result<Vec<u8>, EngineError> {
        let written = rmp_serde::to_vec_named(self);
        written.map_err(|error| {
            EngineError::NoHandover(format!("the node cannot be written down: {error}"))
        })
    }
}

/// A node that stands still for the next program. It goes on by itself when this is dropped.
#[derive(Debug)]
pub struct Handing {
    kept: Vec<u8>,
    worker: Worker,
    /// Dropping it wakes the driver.
    _driver: Sender<()>,
}

impl Handing {
    pub(crate) const fn new(kept: Vec<u8>, worker: Worker, driver: Sender<()>) -> Self {
        Self {
            kept,
            worker,
            _driver: driver,
        }
    }

    /// What the next program reads.
    pub fn kept(&self) -> &[u8] {
        &self.kept
    }
}

impl Drop for Handing {
    fn drop(&mut self) {
        self.worker.take_back();
    }
}

/// A descriptor that the former program of this process left open for this one; to be called once for each.
///
/// # Errors
///
/// When there is none with this number.
pub fn inherited(fd: RawFd) -> io::Result<OwnedFd> {
    let owned = own(fd);
    match fcntl(&owned, FcntlArg::F_SETFD(FdFlag::FD_CLOEXEC)) {
        Ok(_) => Ok(owned),
        Err(error) => {
            // It is nobody's, so there is nothing to close.
            std::mem::forget(owned);
            Err(error.into())
        }
    }
}

#[expect(unsafe_code, reason = "a number becomes a descriptor")]
fn own(fd: RawFd) -> OwnedFd {
    // SAFETY: the former program of this process left it open for this purpose, and named it once.
    unsafe { OwnedFd::from_raw_fd(fd) }
}
