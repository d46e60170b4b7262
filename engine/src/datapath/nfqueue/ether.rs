//! Frames past the stack: questions for virtual addresses are heard, answers and packets for other
//! nodes are sent, by packet sockets.

use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd};

use evenkeel_packet::Mac;
use nix::errno::Errno;
use nix::libc;
use nix::sys::socket::{LinkAddr, MsgFlags, bind, recvfrom, sendto};
use socket2::{Domain, Protocol, SockFilter, Socket, Type};

use super::pieces::cut;
use super::program::run;
use crate::net::announce::{frame_socket, link_addr};

/// Sends frames out of an interface.
#[derive(Debug)]
pub(super) struct Mouth {
    socket: Socket,
    to: LinkAddr,
    /// Bytes of a packet that the link takes.
    mtu: usize,
}

impl Mouth {
    /// For the interface with this name in the calling thread's network namespace.
    ///
    /// # Errors
    ///
    /// When there is none, or the process may not send raw frames.
    pub(super) fn new(interface: &str) -> io::Result<Self> {
        let socket = frame_socket()?;
        let to = link_addr(interface)?;
        let mtu = mtu(interface)?;
        Ok(Self { socket, to, mtu })
    }

    /// Sends a frame, in parts where its packet does not fit.
    ///
    /// # Errors
    ///
    /// When the interface is down or its queue full, or the frame does not fit.
    pub(super) fn send(&self, frame: &[u8]) -> io::Result<()> {
        let flags = MsgFlags::MSG_DONTWAIT;
        match sendto(self.socket.as_raw_fd(), frame, &self.to, flags) {
            Err(Errno::EMSGSIZE) => {
                for part in cut(frame, self.mtu).ok_or(Errno::EMSGSIZE)? {
                    sendto(self.socket.as_raw_fd(), &part, &self.to, flags)?;
                }
            }
            sent => _ = sent?,
        }
        Ok(())
    }
}

/// Bytes of a packet that an interface takes: `… mtu 1500 …`.
fn mtu(interface: &str) -> io::Result<usize> {
    let shown =
        run("ip", &["-o", "link", "show", "dev", interface], "").map_err(io::Error::other)?;
    let mut words = shown.split_whitespace().skip_while(|word| *word != "mtu");
    let mtu = words.nth(1).and_then(|number| number.parse().ok());
    mtu.ok_or_else(|| io::Error::other(format!("ip tells no MTU of {interface}")))
}

/// How a virtual address is asked for, or claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// By ARP.
    Arp,
    /// By neighbour solicitations and advertisements of IPv6.
    Discovery,
}

/// Hears questions on an interface. The stack hears them too, and does not answer: it has the
/// addresses on `lo`.
#[derive(Debug)]
pub(super) struct Ear {
    socket: Socket,
    interface: usize,
}

impl Ear {
    /// Hears one kind of question on the interface with this name; `to` narrows it to frames to
    /// this MAC address.
    ///
    /// # Errors
    ///
    /// When there is no such interface, or the process may not receive raw frames.
    pub(super) fn new(interface: &str, what: Question, to: Option<Mac>) -> io::Result<Self> {
        let ether_type = match what {
            Question::Arp => libc::ETH_P_ARP,
            Question::Discovery => libc::ETH_P_IPV6,
        };
        let ether_type = u16::try_from(ether_type).map_err(io::Error::other)?;
        let protocol = Protocol::from(i32::from(ether_type.to_be()));
        let socket = Socket::new(Domain::PACKET, Type::RAW, Some(protocol))?;
        socket.set_nonblocking(true)?;
        socket.attach_filter(&filter(what, to))?;
        let addr = link_addr(interface)?;
        bind(socket.as_raw_fd(), &addr)?;
        Ok(Self {
            socket,
            interface: addr.ifindex(),
        })
    }

    /// Reads the next question's frame into `buffer` and gives its length; none for one of another
    /// interface, heard before this socket was bound to its own.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::WouldBlock`] when there is none.
    pub(super) fn next(&self, buffer: &mut [u8]) -> io::Result<Option<usize>> {
        let (len, from) = loop {
            match recvfrom::<LinkAddr>(self.socket.as_raw_fd(), buffer) {
                Err(Errno::EINTR) => {}
                other => break other?,
            }
        };
        let is_here = from.is_some_and(|from| from.ifindex() == self.interface);
        Ok(is_here.then_some(len))
    }
}

impl AsFd for Ear {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }
}

// Instructions of the classic packet filter.
const LOAD_BYTE: u16 = 0x30;
const LOAD_HALF: u16 = 0x28;
const LOAD_WORD: u16 = 0x20;
const JUMP_IF_EQUAL: u16 = 0x15;
const JUMP_IF_ABOVE: u16 = 0x25;
const JUMP_UNLESS_BELOW: u16 = 0x35;
const RETURN: u16 = 0x06;

/// Where the filter finds whom the kernel takes a frame for (`SKF_AD_OFF + SKF_AD_PKTTYPE`).
const PACKET_TYPE: u32 = 0xffff_f000 + 4;
/// For another host (`PACKET_OTHERHOST`).
const OTHER_HOST: u32 = 3;

/// A filter for one kind of question. A frame of a VLAN without an interface of its own comes
/// without its tag, as one for another host: the answer would go to the wrong network.
fn filter(what: Question, to: Option<Mac>) -> Vec<SockFilter> {
    // Each instruction with its number, and on which outcome of its comparison it refuses.
    let mut steps = vec![
        (LOAD_BYTE, PACKET_TYPE, None),
        (JUMP_IF_EQUAL, OTHER_HOST, Some(true)),
    ];
    if what == Question::Discovery {
        // ICMPv6 right behind the IPv6 header, and its type.
        steps.extend([
            (LOAD_BYTE, 14 + 6, None),
            (JUMP_IF_EQUAL, 58, Some(false)),
            (LOAD_BYTE, 14 + 40, None),
            (JUMP_UNLESS_BELOW, 135, Some(false)),
            (JUMP_IF_ABOVE, 136, Some(true)),
        ]);
    }
    if let Some(to) = to {
        let [a, b, c, d, e, f] = to.bytes();
        steps.extend([
            (LOAD_WORD, 0, None),
            (JUMP_IF_EQUAL, u32::from_be_bytes([a, b, c, d]), Some(false)),
            (LOAD_HALF, 4, None),
            (JUMP_IF_EQUAL, u32::from_be_bytes([0, 0, e, f]), Some(false)),
        ]);
    }
    let mut program = Vec::new();
    let mut after = steps.len();
    for (code, number, refuses) in steps {
        after -= 1;
        // Past the other steps, of which there are a dozen, and past the accepting one.
        let refuse = u8::try_from(after + 1).unwrap_or(u8::MAX);
        let (if_so, if_not) = match refuses {
            None => (0, 0),
            Some(true) => (refuse, 0),
            Some(false) => (0, refuse),
        };
        program.push(SockFilter::new(code, if_so, if_not, number));
    }
    program.push(SockFilter::new(RETURN, 0, 0, u32::MAX));
    program.push(SockFilter::new(RETURN, 0, 0, 0));
    program
}
