//! What captured frames say about the virtual address: who answered whom, and which MAC address it
//! was said to be at.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

use super::frame::Frame;
use crate::link::Mac;

/// The opening of the connections from one client address and port.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// Sequence numbers of the client's SYNs: one per connection, however often it was sent.
    pub syns: BTreeSet<u32>,
    /// The answers: what they acknowledge, their own sequence number, who sent them.
    pub answers: BTreeSet<(u32, u32, Mac)>,
    /// SYNs, repeated ones too.
    pub syn_frames: u32,
    /// Answers, repeated ones too.
    pub answer_frames: u32,
    /// When the other side reset a connection.
    pub resets: Vec<Instant>,
}

impl Opening {
    /// Whether each SYN has exactly one answer: from one node, with one sequence number.
    pub fn is_answered_once(&self) -> bool {
        let acknowledged: BTreeSet<u32> = self
            .answers
            .iter()
            .map(|(ack, ..)| ack.wrapping_sub(1))
            .collect();
        acknowledged == self.syns && self.answers.len() == self.syns.len()
    }
}

/// The openings seen of connections to `service`, by client. `client_port` is where the client's
/// frames come from; what enters there is the client's, everything else is a server's. Where the
/// frames were captured in the client's own namespace it is `None`: only answers are seen then.
pub fn openings(
    frames: &[Frame],
    service: SocketAddr,
    client_port: Option<u32>,
) -> BTreeMap<SocketAddr, Opening> {
    let mut openings = BTreeMap::<_, Opening>::new();
    for frame in frames {
        let Some(tcp) = frame.tcp() else { continue };
        let from_client = client_port == Some(frame.port);
        if from_client && tcp.to == service && tcp.syn {
            let opening = openings.entry(tcp.from).or_default();
            opening.syns.insert(tcp.sequence);
            opening.syn_frames += 1;
        } else if !from_client && tcp.from == service {
            let opening = openings.entry(tcp.to).or_default();
            if tcp.rst {
                opening.resets.push(frame.at);
            } else if tcp.syn {
                opening
                    .answers
                    .insert((tcp.acknowledged, tcp.sequence, frame.source));
                opening.answer_frames += 1;
            }
        }
    }
    openings
}

/// How often each MAC address was bound to `address`: by ARP, request or answer, or by neighbour
/// discovery.
pub fn bindings(frames: &[Frame], address: IpAddr) -> BTreeMap<Mac, u32> {
    let mut bindings = BTreeMap::new();
    let of_address = |(bound, mac): (IpAddr, Mac)| (bound == address).then_some(mac);
    for mac in frames
        .iter()
        .filter_map(Frame::binding)
        .filter_map(of_address)
    {
        *bindings.entry(mac).or_default() += 1;
    }
    bindings
}

/// Every Ethernet source seen.
pub fn senders(frames: &[Frame]) -> BTreeSet<Mac> {
    frames.iter().map(|frame| frame.source).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::frame::{Tcp, What};

    const SERVICE: &str = "10.0.0.9:80";
    const CLIENT: &str = "10.0.0.1:1000";

    fn frame(port: u32, source: u8, sequence: u32, acknowledged: u32) -> Frame {
        let (client, service) = (
            CLIENT.parse().expect("address"),
            SERVICE.parse().expect("address"),
        );
        let is_answer = acknowledged > 0;
        Frame {
            at: Instant::now(),
            port,
            source: [source; 6],
            destination: [0; 6],
            length: 60,
            ip: None,
            what: What::Tcp(Tcp {
                from: if is_answer { service } else { client },
                to: if is_answer { client } else { service },
                sequence,
                acknowledged,
                syn: true,
                ack: is_answer,
                rst: false,
            }),
        }
    }

    fn opening(frames: &[Frame]) -> Opening {
        let service = SERVICE.parse().expect("address");
        let mut all = openings(frames, service, Some(1));
        all.remove(&CLIENT.parse().expect("address"))
            .expect("an opening")
    }

    #[test]
    fn one_answer_even_when_both_were_repeated() {
        let frames = [
            frame(1, 1, 5, 0),
            frame(1, 1, 5, 0),
            frame(2, 2, 70, 6),
            frame(2, 2, 70, 6),
        ];
        assert!(opening(&frames).is_answered_once());
    }

    #[test]
    fn a_forwarded_syn_is_not_a_second_one() {
        let frames = [frame(1, 1, 5, 0), frame(2, 2, 5, 0), frame(3, 3, 70, 6)];
        let opening = opening(&frames);
        assert!(opening.is_answered_once());
        assert_eq!(opening.syn_frames, 1);
    }

    #[test]
    fn two_nodes_are_two_answers() {
        let frames = [frame(1, 1, 5, 0), frame(2, 2, 70, 6), frame(3, 3, 90, 6)];
        assert!(!opening(&frames).is_answered_once());
    }

    #[test]
    fn no_answer_is_not_one() {
        assert!(!opening(&[frame(1, 1, 5, 0)]).is_answered_once());
    }
}
