//! Where the programs stand in the way of an interface's packets: TCX, or clsact before Linux 6.6;
//! and, where it pays, XDP in front.
//!
//! What TCX and XDP attach ends with the process, however that ends, and the pinned fence behind it
//! closes the virtual addresses. A clsact filter outlives the process: it stays until the next daemon
//! replaces it, and accepts nothing once the lease in its tables has run out. There the lease alone
//! is the fence.

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::mem;
use std::path::Path;

use aya::programs::links::{FdLink, PinnedLink};
use aya::programs::tc::{
    NlOptions, SchedClassifierLink, TcAttachOptions, TcHandle, qdisc_add_clsact,
};
use aya::programs::xdp::{XdpLink, XdpMode};
use aya::programs::{LinkOrder, MultiProgLink, ProgramError, SchedClassifier, Xdp};

use super::kernel_maps::failed;
use super::pins::Side;
use super::unlink;
use crate::ports::{DatapathError, InterfacePath};

/// How programs are attached to the ends of an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hook {
    /// Links of Linux 6.6 and later.
    Tcx,
    /// Filters of the clsact queueing discipline.
    Clsact,
}

impl fmt::Display for Hook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tcx => "tcx",
            Self::Clsact => "clsact",
        })
    }
}

/// A program in force on an interface. Dropping it takes a TCX program away, and leaves a clsact
/// filter, as the end of the process does; [`Attached::detach`] takes both away.
#[derive(Debug)]
pub(super) enum Attached {
    Tcx(SchedClassifierLink),
    Clsact {
        interface: String,
        side: Side,
    },
    /// What the process before this one attached, until this one's takes its place.
    Former,
}

/// The order of our filter among those of a clsact discipline: before all.
const PRIORITY: u16 = 1;
/// A filter and the one that replaces it have different handles, so that one of them is always in
/// force; the newer one is asked first.
const HANDLES: [TcHandle; 2] = [TcHandle::new(0x4556, 1), TcHandle::new(0x4556, 2)];

impl Hook {
    /// Puts a program in force before all others; on clsact it replaces what an earlier daemon left.
    pub(super) fn attach(
        self,
        program: &mut SchedClassifier,
        side: Side,
        interface: &str,
    ) -> Result<Attached, DatapathError> {
        let doing = format!("attaching the filter to {interface} by {self}");
        let done = match self {
            Self::Tcx => tcx(program, side, interface).map(Attached::Tcx),
            Self::Clsact => clsact(program, side, interface).map(|()| Attached::Clsact {
                interface: interface.to_owned(),
                side,
            }),
        };
        done.map_err(|source| failed(&doing, source))
    }
}

impl Attached {
    /// Takes the program away, at once.
    pub(super) fn detach(self) {
        match self {
            Self::Tcx(link) => {
                let detached = link.fd().map_err(io::Error::other).and_then(unlink::detach);
                if let Err(error) = detached {
                    // An interface that is gone took the program with it; of any other link this is the end.
                    tracing::debug!(%error, "a program is taken away by the end of its link");
                }
            }
            Self::Former => {}
            Self::Clsact { interface, side } => {
                for handle in HANDLES {
                    remove(&interface, side, handle);
                }
            }
        }
    }

    /// Pins its link as well, where it has one that would end with this process. On an error the program is
    /// not in force any more.
    pub(super) fn pinned(self, pin: &Path) -> Result<Self, DatapathError> {
        let Self::Tcx(link) = self else {
            return Ok(self);
        };
        let doing = || format!("pinning the filter at {}", pin.display());
        let link = FdLink::try_from(link).map_err(|source| failed(&doing(), source))?;
        let pinned = link.pin(pin).map_err(|source| failed(&doing(), source))?;
        let link = FdLink::from(pinned).try_into();
        link.map(Self::Tcx)
            .map_err(|source| failed(&doing(), source))
    }
}

/// Puts a program in force in the place of the one whose link is pinned there, without an instant without. `None`
/// where there is none, or a dead one.
pub(super) fn replace(program: &mut SchedClassifier, pin: &Path) -> Option<SchedClassifierLink> {
    let id = program.attach_to_link(pinned(pin)?.try_into().ok()?).ok()?;
    program.take_link(id).ok()
}

/// The same of the program that drops early.
pub(super) fn replace_early(program: &mut Xdp, pin: &Path) -> Option<XdpLink> {
    let id = program.attach_to_link(pinned(pin)?.try_into().ok()?).ok()?;
    program.take_link(id).ok()
}

fn pinned(pin: &Path) -> Option<FdLink> {
    PinnedLink::from_pin(pin).ok().map(FdLink::from)
}

fn tcx(
    program: &mut SchedClassifier,
    side: Side,
    interface: &str,
) -> Result<SchedClassifierLink, ProgramError> {
    let order = TcAttachOptions::TcxOrder(LinkOrder::first());
    let id = program.attach_with_options(interface, side.attach_type(), order)?;
    program.take_link(id)
}

fn clsact(program: &mut SchedClassifier, side: Side, interface: &str) -> Result<(), ProgramError> {
    // That it is there already is fine; whatever else is wrong shows when the filter is attached.
    drop(qdisc_add_clsact(interface));
    let [first, second] = HANDLES;
    let (new, old) = match filter(program, side, interface, first) {
        Ok(link) => (link, second),
        Err(_) => {
            // Left by a killed daemon; if both are, the first one goes.
            let link = filter(program, side, interface, second).or_else(|_| {
                remove(interface, side, second);
                filter(program, side, interface, second)
            })?;
            (link, first)
        }
    };
    // Dropping the link would take the filter away.
    mem::forget(new);
    remove(interface, side, old);
    Ok(())
}

fn filter(
    program: &mut SchedClassifier,
    side: Side,
    interface: &str,
    handle: TcHandle,
) -> Result<SchedClassifierLink, ProgramError> {
    let options = TcAttachOptions::Netlink(NlOptions {
        priority: PRIORITY,
        handle,
        ..NlOptions::default()
    });
    let id = program.attach_with_options(interface, side.attach_type(), options)?;
    program.take_link(id)
}

/// Takes a clsact filter away; one that is not there is fine.
fn remove(interface: &str, side: Side, handle: TcHandle) {
    let known =
        SchedClassifierLink::attached(interface, side.attach_type(), PRIORITY, handle, None);
    drop(known);
}

/// Takes away what a killed daemon left on any interface but these. Only while no module has traffic
/// open.
pub(super) fn clear(but: &BTreeSet<&str>) {
    for interface in nix::net::if_::if_nameindex().iter().flatten() {
        let Ok(name) = interface.name().to_str() else {
            continue;
        };
        if but.contains(name) {
            continue;
        }
        for side in [Side::Ingress, Side::Egress] {
            for handle in HANDLES {
                remove(name, side, handle);
            }
        }
    }
}

/// Puts the program that drops early into the driver of an interface. Only a driver that runs it by
/// itself makes it pay; the kernel's own emulation would add to the work.
pub(super) fn attach_early(
    program: &mut Xdp,
    interface: &InterfacePath,
) -> Result<XdpLink, ProgramError> {
    let id = program.attach_to_if_index(interface.index, XdpMode::Driver)?;
    program.take_link(id)
}
