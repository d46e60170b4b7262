//! A queue of packets in the kernel: claimed, set up, and with a descriptor that can be waited for.

use std::fs;
use std::io::{self, ErrorKind};
use std::os::fd::{BorrowedFd, OwnedFd, RawFd};
use std::path::Path;

use nfq::Queue;
use nix::fcntl::{FcntlArg, FdFlag, fcntl};
use nix::sys::socket::setsockopt;
use nix::sys::socket::sockopt::{RcvBuf, RcvBufForce};

use crate::limits;

/// Bytes of a packet that the kernel gives: all, so that it can be sent on.
const WHOLE_PACKET: u16 = u16::MAX;

/// Netlink's number for netfilter (`NETLINK_NETFILTER`), as `/proc/net/netlink` shows it.
const NETFILTER: &str = "12";

/// A queue that this process alone reads.
pub(super) struct Claimed {
    /// The queue; it does not block.
    pub(super) queue: Queue,
    /// Its number in the network namespace.
    pub(super) number: u16,
    /// Readable while packets wait.
    pub(super) readable: OwnedFd,
}

impl Claimed {
    /// Claims a free queue of the calling thread's network namespace. Rules must not name it yet:
    /// a packet that comes before it is set up would wait for a verdict until it is given back.
    ///
    /// # Errors
    ///
    /// When the kernel has no queues, or all numbers are taken.
    pub(super) fn new() -> io::Result<Self> {
        let mut queue = Queue::open()?;
        let number = claim(&mut queue)?;
        // Full means drop: what was not looked at must not be accepted.
        queue.set_fail_open(number, false)?;
        // The kernel cuts what was merged on the way into packets with complete checksums.
        queue.set_recv_gso(number, false)?;
        queue.set_copy_range(number, WHOLE_PACKET)?;
        queue.set_queue_max_len(number, limits::QUEUE_PACKETS)?;
        let readable = take_hold(descriptor(number)?)?;
        if setsockopt(&readable, RcvBufForce, &limits::QUEUE_BUFFER_BYTES).is_err() {
            // A container's root may go as far as `net.core.rmem_max`.
            setsockopt(&readable, RcvBuf, &limits::QUEUE_BUFFER_BYTES)?;
        }
        queue.set_nonblocking(true);
        Ok(Self {
            queue,
            number,
            readable,
        })
    }
}

/// Given back by a message rather than by closing it alone: a program that is being started has all
/// descriptors for an instant.
impl Drop for Claimed {
    fn drop(&mut self) {
        if let Err(error) = self.queue.unbind(self.number) {
            tracing::debug!(queue = self.number, %error, "a queue was not given back");
        }
    }
}

impl std::fmt::Debug for Claimed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Claimed")
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}

/// The kernel refuses another's queue as not permitted; so it does without `CAP_NET_ADMIN`, which
/// was looked at before.
fn claim(queue: &mut Queue) -> io::Result<u16> {
    let first = limits::QUEUE_NUMBER_FIRST;
    for number in first..first + limits::QUEUE_NUMBERS {
        match queue.bind(number).map_err(|error| (error.kind(), error)) {
            Ok(()) => return Ok(number),
            Err((ErrorKind::ResourceBusy | ErrorKind::PermissionDenied, _)) => {}
            Err((_, error)) => return Err(error),
        }
    }
    Err(io::Error::new(
        ErrorKind::ResourceBusy,
        format!("all {} queue numbers are taken", limits::QUEUE_NUMBERS),
    ))
}

/// The descriptor of the queue with this number, which [`Queue`] does not tell: the kernel lists the
/// socket that reads it, and `/proc` this process's descriptors.
fn descriptor(number: u16) -> io::Result<RawFd> {
    let missing = |what: &str| io::Error::new(ErrorKind::NotFound, what.to_owned());
    let net = Path::new("/proc/thread-self/net");
    let queues = fs::read_to_string(net.join("netfilter/nfnetlink_queue"))?;
    let port =
        reader(&queues, number).ok_or_else(|| missing("the kernel does not list the queue"))?;
    let sockets = fs::read_to_string(net.join("netlink"))?;
    let inode = inode(&sockets, port)
        .ok_or_else(|| missing("the kernel does not list the queue's socket"))?;
    let wanted = format!("socket:[{inode}]");
    for entry in fs::read_dir("/proc/thread-self/fd")?.flatten() {
        let is_it = fs::read_link(entry.path()).is_ok_and(|to| to.as_os_str() == wanted.as_str());
        if let (true, Some(Ok(fd))) = (is_it, entry.file_name().to_str().map(str::parse)) {
            return Ok(fd);
        }
    }
    Err(missing("the queue's socket is not among the descriptors"))
}

/// The netlink port that reads a queue: `number port total …` in a line each.
fn reader(queues: &str, number: u16) -> Option<&str> {
    let mut lines = queues.lines().map(str::split_whitespace);
    lines.find_map(|mut words| {
        let is_it = words.next()?.parse() == Ok(number);
        words.next().filter(|_| is_it)
    })
}

/// The inode of a netlink socket of netfilter: `address protocol port … inode` in a line each.
fn inode<'a>(sockets: &'a str, port: &str) -> Option<&'a str> {
    let mut lines = sockets.lines().map(str::split_whitespace);
    lines.find_map(|mut words| {
        let is_it = words.nth(1)? == NETFILTER && words.next()? == port;
        words.last().filter(|_| is_it)
    })
}

/// A descriptor of our own for that of a queue, which is kept from the programs that this process
/// starts: [`Queue`] does not say so to the kernel, and one of them would hold the queue.
#[expect(unsafe_code, reason = "nfq 0.2.5 gives no safe way to its descriptor")]
fn take_hold(fd: RawFd) -> io::Result<OwnedFd> {
    // SAFETY: the caller's queue keeps the descriptor open for longer than this call.
    let fd = unsafe { BorrowedFd::borrow_raw(fd) };
    fcntl(fd, FcntlArg::F_SETFD(FdFlag::FD_CLOEXEC))?;
    fd.try_clone_to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_s_lists_are_read() {
        let queues = "    9  1201     0 2 65531     0     0        0  1\n\
                      17750   712     0 2 65531     0     0        0  1\n";
        assert_eq!(reader(queues, 17_750), Some("712"));
        assert_eq!(reader(queues, 10), None);
        let sockets = "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    \
                       Drops    Inode\n\
                       0000000000000000 0   712        00000000 0        0        0     2        \
                       0        501\n\
                       0000000000000000 12  712        00000000 0        0        0     2        \
                       0        502\n";
        assert_eq!(inode(sockets, "712"), Some("502"));
        assert_eq!(inode(sockets, "1201"), None);
    }
}
