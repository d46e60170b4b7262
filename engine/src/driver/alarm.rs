//! What the driver's thread sleeps on: a datagram, a request or an answer, or the next pulse,
//! whichever comes first.
//!
//! One `ppoll` a turn and nothing else: a pulse is due every few milliseconds, and a runtime's wheel
//! of timers costs more than all that is done in between, and fires up to a millisecond late.

use std::io;
use std::os::fd::AsFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use evenkeel_packet::abi::LANS_MAX;
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, ppoll};
use nix::sys::eventfd::{EfdFlags, EventFd};

/// Wakes the thread when a channel has something for it.
#[derive(Debug)]
struct Bell {
    file: EventFd,
    /// Something may have come since the channels were asked last.
    rung: AtomicBool,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.rung.swap(true, Ordering::AcqRel) {
            return;
        }
        // It fails only when it has been rung so often that it rings anyway.
        if let Err(error) = self.file.write(1) {
            tracing::debug!(%error, "the driver is awake already");
        }
    }
}

/// The thread's alarm.
#[derive(Debug)]
pub(super) struct Alarm {
    bell: Arc<Bell>,
    waker: Waker,
}

/// What ended a sleep, beside time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stirred {
    /// Some socket has a datagram, or could not be asked.
    pub(super) readable: bool,
    /// A channel has something.
    pub(super) called: bool,
}

impl Stirred {
    /// The sleep ended before the kernel could say.
    const UNKNOWN: Self = Self {
        readable: true,
        called: false,
    };
}

impl Alarm {
    /// # Errors
    ///
    /// When the kernel refuses the descriptor.
    pub(super) fn new() -> io::Result<Self> {
        let flags = EfdFlags::EFD_NONBLOCK | EfdFlags::EFD_CLOEXEC;
        let bell = Arc::new(Bell {
            file: EventFd::from_flags(flags)?,
            rung: AtomicBool::new(true),
        });
        let waker = Waker::from(Arc::clone(&bell));
        Ok(Self { bell, waker })
    }

    /// Asks channels for what they have, unless none of them can have anything. `ask` is asked once,
    /// and again at the next call when it had something.
    pub(super) fn ask<T>(&self, ask: impl FnOnce(&mut Context<'_>) -> Poll<T>) -> Option<T> {
        if !self.bell.rung.swap(false, Ordering::AcqRel) {
            return None;
        }
        match ask(&mut Context::from_waker(&self.waker)) {
            Poll::Ready(found) => {
                self.bell.rung.store(true, Ordering::Release);
                Some(found)
            }
            Poll::Pending => None,
        }
    }

    /// Sleeps until something stirs, or for `time` at the most.
    pub(super) fn sleep<'a>(
        &self,
        sockets: impl Iterator<Item = &'a (impl AsFd + 'a)>,
        time: Duration,
    ) -> Stirred {
        let watch = |file| PollFd::new(file, PollFlags::POLLIN);
        let bell = watch(self.bell.file.as_fd());
        let mut files: [PollFd<'_>; 1 + LANS_MAX] = std::array::from_fn(|_| bell.clone());
        let mut count = 1;
        for (file, socket) in files.iter_mut().skip(1).zip(sockets) {
            *file = watch(socket.as_fd());
            count += 1;
        }
        let files = files.get_mut(..count).unwrap_or_default();
        match ppoll(files, Some(time.into()), None) {
            Ok(_) => {}
            Err(Errno::EINTR) => return Stirred::UNKNOWN,
            Err(error) => {
                tracing::debug!(%error, "the driver cannot wait");
                return Stirred::UNKNOWN;
            }
        }
        let mut stirred = files
            .iter()
            .map(|file| file.revents().is_none_or(|events| !events.is_empty()));
        let called = stirred.next().unwrap_or(true);
        if called {
            self.silence();
        }
        Stirred {
            readable: stirred.any(|stirred| stirred),
            called,
        }
    }

    fn silence(&self) {
        if let Err(error) = self.bell.file.read() {
            tracing::debug!(%error, "the bell was silent");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::UdpSocket;
    use std::thread;

    use tokio::sync::mpsc;

    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    fn nothing() -> [UdpSocket; 0] {
        []
    }

    #[test]
    fn what_a_channel_gets_from_another_thread_ends_the_sleep() {
        let alarm = Alarm::new().unwrap();
        let (sender, mut receiver) = mpsc::channel(4);
        assert_eq!(alarm.ask(|cx| receiver.poll_recv(cx)), None);
        let sending = thread::spawn(move || {
            sender.blocking_send(1).unwrap();
            sender.blocking_send(2).unwrap();
            sender
        });
        while !alarm.sleep(nothing().iter(), LONG).called {}
        assert_eq!(alarm.ask(|cx| receiver.poll_recv(cx)), Some(Some(1)));
        drop(sending.join().unwrap());
        assert_eq!(alarm.ask(|cx| receiver.poll_recv(cx)), Some(Some(2)));
        // The end of the channel is news, too.
        assert_eq!(alarm.ask(|cx| receiver.poll_recv(cx)), Some(None));
    }

    #[test]
    fn a_channel_that_has_nothing_is_not_asked_twice() {
        let alarm = Alarm::new().unwrap();
        let (sender, mut receiver) = mpsc::channel::<u8>(4);
        assert_eq!(alarm.ask(|cx| receiver.poll_recv(cx)), None);
        assert_eq!(alarm.ask(|_| -> Poll<()> { unreachable!() }), None);
        drop(sender);
        assert_eq!(alarm.ask(|cx| receiver.poll_recv(cx)), Some(None));
    }

    #[test]
    fn a_datagram_ends_the_sleep_and_time_does() {
        let alarm = Alarm::new().unwrap();
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let sockets = [socket];
        let quiet = alarm.sleep(sockets.iter(), Duration::from_millis(1));
        assert_eq!(quiet, Stirred::default());
        let to = sockets[0].local_addr().unwrap();
        sockets[0].send_to(b"news", to).unwrap();
        let stirred = alarm.sleep(sockets.iter(), LONG);
        assert!(stirred.readable && !stirred.called);
    }
}
