//! What passed on the wire: every frame that entered an interface of a namespace, parsed, with the
//! interface it entered by.
//!
//! On the switch that is every frame that a station sent, once each, with the port of its sender.

pub mod answers;
pub mod findings;
pub mod frame;
pub mod icmp;
pub mod recording;

use std::os::fd::{AsRawFd, OwnedFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use nix::errno::Errno;
use nix::fcntl::{FcntlArg, OFlag, fcntl};
use nix::sys::socket::{
    AddressFamily, LinkAddr, SockFlag, SockProtocol, SockType, recvfrom, setsockopt, socket,
    sockopt,
};
use nix::sys::time::{TimeVal, TimeValLike};
use socket2::{SockFilter, SockRef};

use crate::netns::Namespace;
pub use frame::{Frame, What};
pub use icmp::IcmpKind;
pub use recording::Recording;

/// Room for frames that the thread has not read yet.
const BUFFER_BYTES: usize = 64 << 20;

/// How long a read waits before the thread looks whether it shall end.
const READ_WAIT_MS: i64 = 20;

/// The kernel's mark for a frame that this machine itself sends.
const PACKET_OUTGOING: u8 = 4;

/// Of classic BPF: take so many bytes of the frame (`BPF_RET | BPF_K`).
const RETURN: u16 = 0x06;

/// Headers are enough.
const SNAP_BYTES: usize = 256;

/// A running capture. It ends when dropped.
#[derive(Debug)]
pub struct Capture {
    read: Arc<Mutex<Recording>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<Result<()>>>,
}

impl Capture {
    /// Starts to capture in a namespace; returns when every later frame will be seen.
    ///
    /// # Errors
    ///
    /// When the kernel has no packet sockets.
    pub fn start(namespace: &Namespace) -> Result<Self> {
        Self::begin(namespace, Recording::without_bytes())
    }

    /// As [`start`](Self::start), and keeps the frames' bytes, so that they can be written to a
    /// file: see [`finish_recording`](Self::finish_recording).
    ///
    /// # Errors
    ///
    /// When the kernel has no packet sockets.
    pub fn record(namespace: &Namespace) -> Result<Self> {
        Self::begin(namespace, Recording::with_bytes())
    }

    fn begin(namespace: &Namespace, recording: Recording) -> Result<Self> {
        let recording = Arc::new(Mutex::new(recording));
        let stop = Arc::new(AtomicBool::new(false));
        let (opened, is_open) = std::sync::mpsc::channel();
        let (sink, end) = (Arc::clone(&recording), Arc::clone(&stop));
        let thread = namespace.thread("capture", move || {
            let socket = open()?;
            opened
                .send(())
                .map_err(|_gone| anyhow!("nobody waits for the capture"))?;
            read(&socket, &sink, &end)
        })?;
        let mut capture = Self {
            read: recording,
            stop,
            thread: Some(thread),
        };
        match is_open.recv() {
            Ok(()) => Ok(capture),
            Err(_ended) => {
                capture.join()?;
                Err(anyhow!("the capture ended at once"))
            }
        }
    }

    /// Ends the capture and gives the frames in the order in which they came.
    ///
    /// # Errors
    ///
    /// When reading failed meanwhile.
    pub fn finish(self) -> Result<Vec<Frame>> {
        Ok(self.finish_recording()?.frames)
    }

    /// Ends the capture and gives all that it read.
    ///
    /// # Errors
    ///
    /// When reading failed meanwhile.
    pub fn finish_recording(mut self) -> Result<Recording> {
        self.stop.store(true, Ordering::Relaxed);
        self.join()?;
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(std::mem::replace(&mut *read, Recording::without_bytes()))
    }

    fn join(&mut self) -> Result<()> {
        let Some(thread) = self.thread.take() else {
            return Ok(());
        };
        thread
            .join()
            .map_err(|_panic| anyhow!("the capture's thread panicked"))?
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // A failure was of interest to `finish` only.
        drop(self.join());
    }
}

fn open() -> Result<OwnedFd> {
    let opened = socket(
        AddressFamily::Packet,
        SockType::Raw,
        SockFlag::SOCK_CLOEXEC,
        SockProtocol::EthAll,
    );
    let socket = opened.context("opening a packet socket")?;
    setsockopt(&socket, sockopt::RcvBufForce, &BUFFER_BYTES)?;
    setsockopt(
        &socket,
        sockopt::ReceiveTimeout,
        &TimeVal::milliseconds(READ_WAIT_MS),
    )?;
    Ok(socket)
}

/// Takes no frame that comes from here on, and does not wait for one: on a busy network there is
/// always a next frame, faster than it can be read.
fn close(socket: &OwnedFd) -> Result<()> {
    let nothing = SockFilter::new(RETURN, 0, 0, 0);
    SockRef::from(socket).attach_filter(&[nothing])?;
    fcntl(socket, FcntlArg::F_SETFL(OFlag::O_NONBLOCK))?;
    Ok(())
}

/// Reads until it shall end and nothing is left.
fn read(socket: &OwnedFd, sink: &Mutex<Recording>, end: &AtomicBool) -> Result<()> {
    let mut bytes = [0; SNAP_BYTES];
    let mut ending = false;
    loop {
        if !ending && end.load(Ordering::Relaxed) {
            close(socket)?;
            ending = true;
        }
        match recvfrom::<LinkAddr>(socket.as_raw_fd(), &mut bytes) {
            Ok((length, Some(from))) if from.pkttype() != PACKET_OUTGOING => {
                let port = u32::try_from(from.ifindex())?;
                let seen = bytes.get(..length).unwrap_or(&bytes);
                let frame = Frame::parse(Instant::now(), port, seen);
                sink.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(frame, seen);
            }
            Ok(_) | Err(Errno::EINTR) => {}
            Err(Errno::EAGAIN) if ending => return Ok(()),
            Err(Errno::EAGAIN) => {}
            Err(errno) => return Err(errno).context("reading frames"),
        }
    }
}
