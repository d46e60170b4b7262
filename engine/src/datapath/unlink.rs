//! Takes a link out of force at once.
//!
//! Without its pin the kernel ends a link as well, but some time later, from a queue of its own. So it does
//! without its last descriptor, of which a child process has a copy until it executes its program. Meanwhile
//! the link's program still decides, and cannot be attached again. Both commands are those of bpf(2), for which
//! the crate in use has no call.

use std::ffi::CString;
use std::io;
use std::mem::size_of;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use nix::libc;

const BPF_OBJ_GET: libc::c_long = 7;
const BPF_LINK_DETACH: libc::c_long = 34;

/// What the first one reads: a path, and nothing else.
#[repr(C)]
struct Get {
    path: *const libc::c_char,
    fd: u32,
    flags: u32,
}

/// What the second one reads.
#[repr(C)]
struct Detach {
    link: RawFd,
}

/// Detaches the link that is pinned there.
///
/// # Errors
///
/// When none is, its interface is gone, or its kind cannot be detached.
pub(super) fn detach_pinned(pin: &Path) -> io::Result<()> {
    let path = CString::new(pin.as_os_str().as_bytes())?;
    let get = Get {
        path: path.as_ptr(),
        fd: 0,
        flags: 0,
    };
    detach(own(bpf(BPF_OBJ_GET, &get)?).as_fd())
}

/// Detaches a link.
///
/// # Errors
///
/// When its interface is gone, or its kind cannot be detached.
pub(super) fn detach(link: BorrowedFd<'_>) -> io::Result<()> {
    let detach = Detach {
        link: link.as_raw_fd(),
    };
    bpf(BPF_LINK_DETACH, &detach).map(drop)
}

#[expect(unsafe_code, reason = "no crate in use offers these calls")]
fn bpf<T>(command: libc::c_long, attributes: &T) -> io::Result<RawFd> {
    // SAFETY: reads as many bytes as the attributes have; what they point to lives until it returns.
    let result = unsafe {
        libc::syscall(
            libc::SYS_bpf,
            command,
            std::ptr::from_ref(attributes),
            size_of::<T>(),
        )
    };
    if result < 0 {
        return Err(io::Error::last_os_error());
    }
    RawFd::try_from(result).map_err(io::Error::other)
}

#[expect(unsafe_code, reason = "a number becomes a descriptor")]
fn own(fd: RawFd) -> OwnedFd {
    // SAFETY: the kernel has just given it to nobody else.
    unsafe { OwnedFd::from_raw_fd(fd) }
}
