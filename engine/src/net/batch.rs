//! Several datagrams in one system call, each way. What comes is copied out and nobody is told who
//! sent it: authenticated datagrams name their sender.

use std::io::{IoSlice, IoSliceMut};
use std::net::{SocketAddr, UdpSocket};
use std::os::fd::AsRawFd;

use nix::errno::Errno;
use nix::sys::socket::{MsgFlags, MultiHeaders, SockaddrStorage, recvmmsg, sendmmsg};

/// Datagrams of one call.
const BATCH: usize = 16;

/// Room for what comes.
pub(crate) struct Inbox {
    headers: MultiHeaders<()>,
    buffer: Vec<u8>,
    /// Bytes of a datagram.
    size: usize,
    /// Bytes of each that came last.
    lengths: [usize; BATCH],
    count: usize,
}

/// What goes out together.
pub(crate) struct Outbox {
    headers: MultiHeaders<SockaddrStorage>,
    waiting: Vec<(SocketAddr, Vec<u8>)>,
}

impl Inbox {
    /// Room for datagrams of at most `size` bytes; longer ones are cut.
    pub(crate) fn new(size: usize) -> Self {
        Self {
            headers: MultiHeaders::preallocate(BATCH, None),
            buffer: vec![0; BATCH * size],
            size,
            lengths: [0; BATCH],
            count: 0,
        }
    }

    /// Reads what a socket has that does not block, as much as there is room for. True when there
    /// may be more.
    ///
    /// # Errors
    ///
    /// When the kernel refuses; that nothing has come is no error.
    pub(crate) fn fill(&mut self, socket: &UdpSocket) -> nix::Result<bool> {
        self.count = 0;
        let mut chunks = self.buffer.chunks_exact_mut(self.size);
        let mut slices: [[IoSliceMut<'_>; 1]; BATCH] =
            std::array::from_fn(|_| [IoSliceMut::new(chunks.next().unwrap_or_default())]);
        let flags = MsgFlags::MSG_DONTWAIT;
        let (socket, headers) = (socket.as_raw_fd(), &mut self.headers);
        match recvmmsg(socket, headers, slices.iter_mut(), flags, None) {
            Ok(came) => {
                for (length, datagram) in self.lengths.iter_mut().zip(came) {
                    *length = datagram.bytes;
                    self.count += 1;
                }
                Ok(self.count == BATCH)
            }
            Err(Errno::EAGAIN) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// What the last [`Inbox::fill`] read.
    pub(crate) fn datagrams(&self) -> impl Iterator<Item = &[u8]> {
        let chunks = self.buffer.chunks_exact(self.size);
        let lengths = self.lengths.iter().take(self.count);
        chunks
            .zip(lengths)
            .map(|(chunk, length)| chunk.get(..*length).unwrap_or_default())
    }
}

impl Outbox {
    /// Nothing waits.
    pub(crate) fn new() -> Self {
        Self {
            headers: MultiHeaders::preallocate(BATCH, None),
            waiting: Vec::new(),
        }
    }

    /// Takes a datagram for the next [`Outbox::flush`].
    pub(crate) fn put(&mut self, to: SocketAddr, bytes: Vec<u8>) {
        self.waiting.push((to, bytes));
    }

    /// Sends all that waits, in its order, without blocking. What the kernel refuses is told and
    /// left out.
    pub(crate) fn flush(&mut self, socket: &UdpSocket, mut refused: impl FnMut(Errno)) {
        let mut rest = self.waiting.as_slice();
        while !rest.is_empty() {
            let sent = send(socket, &mut self.headers, rest).unwrap_or_else(|error| {
                refused(error);
                1
            });
            rest = rest.get(sent.max(1)..).unwrap_or_default();
        }
        self.waiting.clear();
    }
}

/// Sends the first of these datagrams; how many.
fn send(
    socket: &UdpSocket,
    headers: &mut MultiHeaders<SockaddrStorage>,
    datagrams: &[(SocketAddr, Vec<u8>)],
) -> nix::Result<usize> {
    let slices: [[IoSlice<'_>; 1]; BATCH] = std::array::from_fn(|place| {
        let bytes = datagrams.get(place).map(|(_, bytes)| bytes.as_slice());
        [IoSlice::new(bytes.unwrap_or_default())]
    });
    let addrs: [Option<SockaddrStorage>; BATCH] =
        std::array::from_fn(|place| datagrams.get(place).map(|(addr, _)| (*addr).into()));
    let count = datagrams.len().min(BATCH);
    let addrs = addrs.get(..count).unwrap_or_default();
    let flags = MsgFlags::MSG_DONTWAIT | MsgFlags::MSG_NOSIGNAL;
    let sent = sendmmsg(socket.as_raw_fd(), headers, &slices, addrs, [], flags)?;
    Ok(sent.count())
}

impl std::fmt::Debug for Inbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("Inbox");
        shown.field("count", &self.count).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Outbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("Outbox");
        shown
            .field("waiting", &self.waiting.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_datagrams_than_one_call_takes_come_whole_and_in_order() {
        let (from, to) = (socket(), socket());
        let addr = to.local_addr().unwrap();
        let mut outbox = Outbox::new();
        let count = u8::try_from(BATCH).unwrap() + 3;
        for number in 0..count {
            outbox.put(addr, vec![number; usize::from(number)]);
        }
        outbox.flush(&from, |error| panic!("{error}"));
        let mut inbox = Inbox::new(64);
        let mut came = Vec::new();
        // On loopback what was sent has arrived.
        assert!(inbox.fill(&to).unwrap());
        came.extend(inbox.datagrams().map(<[u8]>::to_vec));
        assert!(!inbox.fill(&to).unwrap());
        came.extend(inbox.datagrams().map(<[u8]>::to_vec));
        let sent = (0..count).map(|number| vec![number; usize::from(number)]);
        assert_eq!(came, sent.collect::<Vec<_>>());
        assert!(!inbox.fill(&to).unwrap());
        assert_eq!(inbox.datagrams().count(), 0);
    }

    #[test]
    fn a_datagram_that_cannot_be_sent_holds_no_other_up() {
        let (from, to) = (socket(), socket());
        let addr = to.local_addr().unwrap();
        let mut outbox = Outbox::new();
        outbox.put(addr, vec![1]);
        outbox.put(addr, vec![0; 70_000]);
        outbox.put(addr, vec![2]);
        let mut refused = Vec::new();
        outbox.flush(&from, |error| refused.push(error));
        assert_eq!(refused, [Errno::EMSGSIZE]);
        let mut inbox = Inbox::new(64);
        assert!(!inbox.fill(&to).unwrap());
        let came: Vec<&[u8]> = inbox.datagrams().collect();
        assert_eq!(came, [[1], [2]]);
    }

    fn socket() -> UdpSocket {
        UdpSocket::bind("127.0.0.1:0").unwrap()
    }
}
