//! Why a packet was treated as it was: every verdict has a reason, every reason a counter.

/// Writes the enum, its names and the list of all from one table.
macro_rules! reasons {
    ($(#[doc = $doc:literal] $variant:ident = $name:literal,)*) => {
        /// Why a packet was treated as it was. The number is the index of its counter.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Reason {
            $(#[doc = $doc] $variant,)*
        }

        impl Reason {
            /// All reasons in the order of their counters.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name, as in the counters of the API.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// What it means, in a sentence.
            pub const fn description(self) -> &'static str {
                match self {
                    $(Self::$variant => $doc.trim_ascii_start(),)*
                }
            }
        }
    };
}

reasons! {
    /// It opens a flow in a bucket of this node.
    AcceptOpens = "accept_opens",
    /// It continues a flow in a settled bucket of this node.
    AcceptMine = "accept_mine",
    /// A local socket holds its flow, in a bucket that is coming or going.
    AcceptSocket = "accept_socket",
    /// An echo request (ping) in a bucket of this node.
    AcceptEcho = "accept_echo",
    /// An ICMP error about a flow of this node.
    AcceptError = "accept_error",
    /// A later part of a datagram whose first part this node took.
    AcceptFragment = "accept_fragment",
    /// Cut short or contradicting itself, in a bucket of this node, whose stack ends it.
    AcceptMalformed = "accept_malformed",
    /// Sent on to the bucket's owner.
    ForwardOwner = "forward_owner",
    /// It continues a flow that nobody holds here: sent on to the bucket's previous owner.
    ForwardPrevious = "forward_previous",
    /// A later part of a datagram, sent on after its first part.
    ForwardFragment = "forward_fragment",
    /// An ARP request for a virtual address, answered with the agreed MAC.
    AnswerArp = "answer_arp",
    /// A neighbour solicitation for a virtual address, answered with the agreed MAC.
    AnswerSolicitation = "answer_solicitation",
    /// Another node's, which sees the packet itself.
    DropForeign = "drop_foreign",
    /// It continues a flow that nobody holds here; the previous owner sees the packet itself.
    DropMigrating = "drop_migrating",
    /// Of a bucket that will be this node's, but may not be opened yet.
    DropClosed = "drop_closed",
    /// Another node's, and a peer sent it on already.
    DropFromPeer = "drop_from_peer",
    /// To be accepted or answered, but the daemon holds no valid lease.
    DropLease = "drop_lease",
    /// To be sent on, but the receiver's MAC address is unknown.
    DropNoRoute = "drop_no_route",
    /// To a virtual address, and no rule names it.
    DropNoRule = "drop_no_rule",
    /// A later part of a datagram whose first part was dropped, or not seen lately.
    DropFragment = "drop_fragment",
    /// The first part of a datagram, without the header that decides.
    DropMalformed = "drop_malformed",
    /// To a virtual address, but on the link to somebody else: a switch flooded it.
    DropOtherMac = "drop_other_mac",
    /// To a virtual address of another interface.
    DropOtherInterface = "drop_other_interface",
    /// An ARP request or neighbour solicitation for a virtual address that another node answers.
    DropNotEntry = "drop_not_entry",
    /// An ARP message or one of neighbour discovery that says where a virtual address is.
    DropClaim = "drop_claim",
    /// On its way out: such a message that binds a virtual address to another than the agreed MAC.
    DropSeatBelt = "drop_seat_belt",
    /// On its way out: the answer to a SYN, repeated when another node may have the bucket.
    DropLateAnswer = "drop_late_answer",
    /// The daemon is gone or not ready: the fence drops all traffic to the virtual addresses.
    DropFence = "drop_fence",
    /// The tables contradict each other; never seen in a sound installation.
    DropNoTable = "drop_no_table",
}

impl Reason {
    /// How many there are.
    pub const COUNT: usize = Self::ALL.len();

    /// The number of its counter.
    #[inline(always)]
    pub const fn index(self) -> u32 {
        self as u32
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_distinct_and_counters_are_in_order() {
        let names: BTreeSet<&str> = Reason::ALL.iter().map(|reason| reason.name()).collect();
        assert_eq!(names.len(), Reason::COUNT);
        for (reason, index) in Reason::ALL.iter().zip(0..) {
            assert_eq!(reason.index(), index);
        }
    }
}
