//! Who answered which SYN, frame by frame: from it follows whether two nodes took one connection, or
//! took turns with one client's bucket.
//!
//! Pure: frames in, statements out. What a station sent is in the switch's capture also where its
//! cable lost the frame; what reached the client is in the client's.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use super::frame::{Frame, Tcp};
use crate::link::Mac;

/// An answer that comes later than this after any frame with its SYN is a repetition by the server's
/// timer, which first fires after a second.
const PROMPT: Duration = Duration::from_millis(500);

/// A client's SYN: the opening of one connection, however often it was sent.
#[derive(Clone, Debug, Default)]
pub struct Syn {
    /// When the client sent it.
    pub sent: Vec<Instant>,
    /// When it was on the wire: sent by the client, or sent on by a node.
    pub frames: Vec<Instant>,
    /// The answers, in the order in which each was first sent.
    pub answers: Vec<Answer>,
}

/// A node's answer to a SYN, however often it was sent.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The sender's MAC address.
    pub node: Mac,
    /// Its own sequence number.
    pub sequence: u32,
    /// When it was sent; at least once.
    pub sent: Vec<Instant>,
    /// How often it reached the client.
    pub arrived: usize,
}

/// A node took a connection of a client address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taking {
    /// When it answered.
    pub at: Instant,
    /// The client's address.
    pub client: IpAddr,
    /// The node's MAC address.
    pub node: Mac,
}

/// SYNs by client and sequence number.
pub type Syns = BTreeMap<(SocketAddr, u32), Syn>;

/// Every SYN to `service` with its answers. `client_port`: where the client's frames enter the
/// switch.
pub fn syns(
    on_switch: &[Frame],
    at_client: &[Frame],
    service: SocketAddr,
    client_port: u32,
) -> Syns {
    let mut all = Syns::new();
    let segments = |frames: &[Frame]| -> Vec<(Instant, u32, Mac, Tcp)> {
        let of = |frame: &Frame| Some((frame.at, frame.port, frame.source, *frame.tcp()?));
        frames.iter().filter_map(of).collect()
    };
    for (at, port, source, tcp) in segments(on_switch) {
        if tcp.to == service && tcp.syn && !tcp.ack {
            let syn = all.entry((tcp.from, tcp.sequence)).or_default();
            syn.frames.push(at);
            if port == client_port {
                syn.sent.push(at);
            }
        } else if is_answer(&tcp, service) {
            let syn = all.entry(answered(&tcp)).or_default();
            syn.answer(source, tcp.sequence).sent.push(at);
        }
    }
    for (_, _, source, tcp) in segments(at_client) {
        if is_answer(&tcp, service) {
            let syn = all.entry(answered(&tcp)).or_default();
            syn.answer(source, tcp.sequence).arrived += 1;
        }
    }
    // Where the SYN itself was not seen, a server's timer repeats an answer from before the capture.
    all.retain(|_, syn| !syn.sent.is_empty());
    for syn in all.values_mut() {
        syn.answers.retain(|answer| !answer.sent.is_empty());
    }
    all
}

fn is_answer(tcp: &Tcp, service: SocketAddr) -> bool {
    tcp.from == service && tcp.syn && tcp.ack
}

/// The SYN that an answer is to.
const fn answered(tcp: &Tcp) -> (SocketAddr, u32) {
    (tcp.to, tcp.acknowledged.wrapping_sub(1))
}

impl Syn {
    fn answer(&mut self, node: Mac, sequence: u32) -> &mut Answer {
        let known = |answer: &Answer| answer.node == node && answer.sequence == sequence;
        let index = self.answers.iter().position(known).unwrap_or_else(|| {
            self.answers.push(Answer {
                node,
                sequence,
                sent: Vec::new(),
                arrived: 0,
            });
            self.answers.len() - 1
        });
        &mut self.answers[index]
    }

    /// The nodes whose answer reached the client, which is one when all is well. Not counted is an
    /// answer of which a sending was lost: the client asked again, and whoever answered then was
    /// not the second to take the connection. Nor is what one of the `lost` nodes repeats by its
    /// timer after it was cut off.
    pub fn takers(&self, lost: &BTreeSet<Mac>) -> BTreeSet<Mac> {
        let heard = |answer: &&Answer| answer.arrived >= answer.sent.len();
        let counted = self.answers.iter().enumerate();
        let counted = counted.filter(|(index, answer)| *index == 0 || self.was_taken(answer, lost));
        counted
            .map(|(_, answer)| answer)
            .filter(heard)
            .map(|answer| answer.node)
            .collect()
    }

    /// Whether an answer shows that its sender took the connection at that moment.
    fn was_taken(&self, answer: &Answer, lost: &BTreeSet<Mac>) -> bool {
        let Some(first) = answer.sent.first() else {
            return false;
        };
        let is_prompt =
            |frame: &Instant| frame <= first && first.saturating_duration_since(*frame) <= PROMPT;
        !lost.contains(&answer.node) || self.frames.iter().any(is_prompt)
    }

    /// Whether the client had to send it again.
    pub fn was_repeated(&self) -> bool {
        self.sent.len() > 1
    }
}

/// The connections that nodes took between two moments, in order; heard by the client or not.
pub fn takings(syns: &Syns, lost: &BTreeSet<Mac>, from: Instant, until: Instant) -> Vec<Taking> {
    let of = |((client, _), syn): (&(SocketAddr, u32), &Syn)| {
        let taken = syn
            .answers
            .iter()
            .filter(|answer| syn.was_taken(answer, lost));
        let taking = |answer: &Answer| {
            Some(Taking {
                at: *answer.sent.first()?,
                client: client.ip(),
                node: answer.node,
            })
        };
        taken.filter_map(taking).collect::<Vec<_>>()
    };
    let within = |taking: &Taking| from <= taking.at && taking.at < until;
    let mut all: Vec<Taking> = syns.iter().flat_map(of).filter(within).collect();
    all.sort_by_key(|taking| taking.at);
    all
}

/// Where a node took a client's connection after another one had taken one in between: its last
/// before, the other's, and its own again. While ownership only moves on, there is none.
pub fn relapses(takings: &[Taking]) -> Vec<[Taking; 3]> {
    let mut by_client = BTreeMap::<IpAddr, Vec<Taking>>::new();
    for taking in takings {
        by_client.entry(taking.client).or_default().push(*taking);
    }
    by_client.values().flat_map(|of| relapses_of(of)).collect()
}

fn relapses_of(takings: &[Taking]) -> Vec<[Taking; 3]> {
    let mut found = Vec::new();
    let turns = takings
        .windows(2)
        .filter(|pair| pair[0].node != pair[1].node);
    for pair in turns {
        let (other, again) = (pair[0], pair[1]);
        let earlier = |taking: &&Taking| taking.node == again.node && taking.at < other.at;
        if let Some(before) = takings.iter().rfind(earlier) {
            found.push([*before, other, again]);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::capture::What;

    static ZERO: LazyLock<Instant> = LazyLock::new(Instant::now);
    const CLIENT_PORT: u32 = 9;
    const A: Mac = [1; 6];
    const B: Mac = [2; 6];

    fn at(ms: u64) -> Instant {
        *ZERO + Duration::from_millis(ms)
    }

    fn service() -> SocketAddr {
        SocketAddr::from(([10, 0, 0, 9], 80))
    }

    fn client() -> SocketAddr {
        SocketAddr::from(([10, 0, 0, 1], 1000))
    }

    fn frame(ms: u64, port: u32, source: Mac, tcp: Tcp) -> Frame {
        Frame {
            at: at(ms),
            port,
            source,
            destination: [0; 6],
            length: 60,
            ip: None,
            what: What::Tcp(tcp),
        }
    }

    fn syn(ms: u64) -> Frame {
        let tcp = Tcp {
            from: client(),
            to: service(),
            sequence: 5,
            acknowledged: 0,
            syn: true,
            ack: false,
            rst: false,
        };
        frame(ms, CLIENT_PORT, [9; 6], tcp)
    }

    fn answer(ms: u64, node: Mac) -> Frame {
        let tcp = Tcp {
            from: service(),
            to: client(),
            sequence: u32::from(node[0]),
            acknowledged: 6,
            syn: true,
            ack: true,
            rst: false,
        };
        frame(ms, 1, node, tcp)
    }

    fn takers(on_switch: &[Frame], at_client: &[Frame]) -> usize {
        let all = syns(on_switch, at_client, service(), CLIENT_PORT);
        all[&(client(), 5)].takers(&[A].into()).len()
    }

    #[test]
    fn two_answers_that_arrive_are_two_takers() {
        let frames = [syn(0), answer(1, A), answer(2, B)];
        assert_eq!(takers(&frames, &frames), 2);
    }

    #[test]
    fn a_lost_answer_leaves_room_for_another() {
        let frames = [syn(0), answer(1, A), syn(1000), answer(1001, B)];
        assert_eq!(takers(&frames, &frames[2..]), 1);
        assert_eq!(takers(&frames, &frames), 2);
    }

    #[test]
    fn a_lost_nodes_timer_takes_nothing() {
        let frames = [syn(0), answer(1, B), answer(1001, A)];
        assert_eq!(takers(&frames, &frames), 1);
        let frames = [syn(0), answer(1, A), answer(1001, B)];
        assert_eq!(takers(&frames, &frames), 2, "B was not lost");
    }

    #[test]
    fn an_answer_to_a_syn_from_before_the_capture_says_nothing() {
        let frames = [answer(1, A), answer(2, B)];
        assert!(syns(&frames, &frames, service(), CLIENT_PORT).is_empty());
    }

    #[test]
    fn a_repeated_syn_is_noticed() {
        let all = syns(&[syn(0), syn(1000)], &[], service(), CLIENT_PORT);
        assert!(all[&(client(), 5)].was_repeated());
    }

    #[test]
    fn ownership_only_moves_on() {
        let taking = |ms: u64, node: Mac| Taking {
            at: at(ms),
            client: client().ip(),
            node,
        };
        let moved = [taking(0, A), taking(5, A), taking(9, B), taking(12, B)];
        assert!(relapses(&moved).is_empty());
        let turned = [taking(0, A), taking(5, B), taking(9, A), taking(12, A)];
        assert_eq!(relapses(&turned), [[turned[0], turned[1], turned[2]]]);
    }
}
