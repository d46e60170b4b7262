//! Chooses the back end: eBPF where the kernel allows it, else NFQUEUE.

use std::path::Path;

use evenkeel_core::ids::NodeId;

use super::ebpf::Ebpf;
use super::leftover::Leftover;
use super::nfqueue::Nfqueue;
use crate::error::chain;
use crate::ports::{Datapath, DatapathError};

/// Which back end is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wanted {
    /// eBPF where it is possible, else NFQUEUE where that is.
    #[default]
    Auto,
    /// eBPF or none.
    Ebpf,
    /// NFQUEUE or none.
    Nfqueue,
}

/// The reason of a back end that was asked for.
const BY_OPTION: &str = "chosen by --datapath";

/// The back end for `node` in the network namespace of the calling thread, which must be the one
/// that uses it. `bpffs` is where the bpf file system is mounted.
///
/// # Errors
///
/// What the wanted back end lacks; what both lack where either would do.
pub fn choose(
    wanted: Wanted,
    bpffs: &Path,
    node: NodeId,
) -> Result<Box<dyn Datapath>, DatapathError> {
    let no_ebpf = match wanted {
        Wanted::Nfqueue => return Ok(Box::new(nfqueue(bpffs, node)?.because(BY_OPTION))),
        Wanted::Ebpf => return Ok(Box::new(Ebpf::new(bpffs, node)?.because(BY_OPTION))),
        Wanted::Auto => match Ebpf::new(bpffs, node) {
            Ok(ebpf) => return Ok(Box::new(ebpf)),
            Err(error) => error,
        },
    };
    match nfqueue(bpffs, node) {
        Ok(nfqueue) => Ok(Box::new(nfqueue.because(&no_ebpf.to_string()))),
        Err(no_nfqueue) => Err(DatapathError::Unsupported(format!(
            "neither back end works here. eBPF: {no_ebpf}. NFQUEUE: {no_nfqueue}"
        ))),
    }
}

/// The back end through NFQUEUE, which takes the place of a killed daemon's eBPF.
fn nfqueue(bpffs: &Path, node: NodeId) -> Result<Nfqueue, DatapathError> {
    let nfqueue = Nfqueue::new(node)?;
    match Leftover::silence(bpffs, node) {
        Ok(leftover) => Ok(nfqueue.after(leftover)),
        Err(error) => {
            let error = chain(&error);
            tracing::warn!(error, "the fence of a former run, if there is one, stays");
            Ok(nfqueue)
        }
    }
}
