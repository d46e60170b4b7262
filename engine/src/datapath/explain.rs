//! Why a flow goes where it goes: the rule that takes it, its bucket, and the filter's decision.
//!
//! Nothing is decided here: rule, hash and verdict come from [`evenkeel_packet`], over the tables
//! that are in force. A frame is never seen, so what only a frame shows (a local socket, a peer as
//! its sender) counts as absent.

use std::net::IpAddr;

use evenkeel_core::ids::{ModuleName, NodeId, Time};
use evenkeel_packet::abi::{
    ALL_PORTS, PROTOCOL_ARP, PROTOCOL_TCP, PROTOCOL_UDP, Rule, Vip, neighbour_place,
};
use evenkeel_packet::bucket::BucketState;
use evenkeel_packet::decide::{Decision, Entry, Question, Socket, Surroundings, Verdict, decide};
use evenkeel_packet::flow::{Client, Filter, Key};
use evenkeel_packet::{Addr, Reason};

use super::book::{Book, Open, Store};
use crate::ports::{DatapathError, Explained, FlowPath, FlowQuestion, FlowTarget};

/// Protocol number of ICMP.
const ICMP: u8 = 1;
/// Protocol number of ICMPv6.
const ICMP_V6: u8 = 58;

/// What takes a flow.
pub(super) struct Choice {
    /// Position of the group.
    pub(super) group: usize,
    /// What is hashed.
    pub(super) filter: Filter,
    protocol: u8,
    /// Slot of the interface.
    link: u32,
    /// The rule in words.
    rule: String,
}

/// What a decision asks for; of the frame nothing is known but its flow.
struct Unseen {
    is_lease_valid: bool,
    /// How packets reach the nodes.
    entry: Entry,
    /// This node.
    node: NodeId,
}

impl Surroundings for Unseen {
    fn entry(&self) -> Entry {
        self.entry
    }

    fn node(&self) -> u8 {
        self.node.get()
    }

    fn socket(&self) -> Socket {
        Socket::None
    }

    fn wants_answer(&self) -> bool {
        false
    }

    fn is_from(&self, _node: u8) -> bool {
        false
    }

    fn is_from_peer(&self) -> bool {
        false
    }

    fn is_lease_valid(&self) -> bool {
        self.is_lease_valid
    }
}

impl Book {
    /// See [`crate::ports::Datapath::explain`].
    pub(super) fn explain<S: Store>(
        &self,
        name: &ModuleName,
        question: &FlowQuestion,
        now: Time,
        store: &S,
    ) -> Result<Explained, DatapathError> {
        let open = self.open(name)?;
        let choice = match question.target {
            FlowTarget::Service {
                vip,
                protocol,
                port,
            } => open.service(vip, protocol, port),
            FlowTarget::Group(group) => match open.rules_of(group, question.client) {
                Rules::Differ => return Ok(Explained::LacksService),
                Rules::Alike(choice) => choice,
            },
        };
        let Some(choice) = choice else {
            return Ok(Explained::NoRule);
        };
        let is_v6 = question.client.is_ipv6();
        let hashes_port = match choice.filter {
            Filter::OnAddr => false,
            Filter::OnPort => true,
            Filter::OnIpid => is_v6,
        };
        if hashes_port && question.client_port.is_none() {
            return Ok(Explained::LacksClientPort(choice.rule));
        }
        if choice.filter == Filter::OnIpid && !is_v6 && question.ip_id.is_none() {
            return Ok(Explained::LacksIpId(choice.rule));
        }
        let client = Client {
            is_v6,
            addr: Addr::from(question.client),
            port: question.client_port.unwrap_or(0),
            id: question.ip_id.unwrap_or(0),
        };
        open.decided(choice, &client, now, store)
    }
}

/// The rules of a group, as far as a flow of one client is concerned.
enum Rules {
    /// They hash different things.
    Differ,
    /// They hash the same; the first of them, where there is one.
    Alike(Option<Choice>),
}

impl Open {
    /// What takes the packets to a service. Echo requests go by address in the first group.
    pub(super) fn service(&self, vip: IpAddr, protocol: u8, port: u16) -> Option<Choice> {
        let known = |(addr, _): &&(Addr, Vip)| *addr == Addr::from(vip);
        let (_, vip) = self.plan.vips.iter().find(known)?;
        if matches!(protocol, ICMP | ICMP_V6) {
            return Some(Choice {
                group: 0,
                filter: Filter::OnAddr,
                protocol,
                link: vip.link,
                rule: "echo requests, on_addr in the first group".to_owned(),
            });
        }
        self.choice(vip, vip.rule(protocol, port)?)
    }

    /// What takes the packets of a client to a group, whatever the service. Rules for ARP count
    /// where there are no others.
    fn rules_of(&self, group: usize, client: IpAddr) -> Rules {
        let is_same_family = |interface: &IpAddr| interface.is_ipv6() == client.is_ipv6();
        let addrs = self.path.interfaces.iter().flat_map(|path| &path.addrs);
        let mut choices = Vec::new();
        for addr in addrs.filter(|addr| is_same_family(addr)) {
            let known = |(vip, _): &&(Addr, Vip)| *vip == Addr::from(*addr);
            let vip = self.plan.vips.iter().find(known).map(|(_, vip)| vip);
            let rules = vip.into_iter().flat_map(|vip| {
                let count = usize::try_from(vip.rule_count).unwrap_or(usize::MAX);
                vip.rules.iter().take(count).map(move |rule| (vip, rule))
            });
            choices.extend(rules.filter_map(|(vip, rule)| self.choice(vip, rule)));
        }
        choices.retain(|choice| choice.group == group);
        if choices.iter().any(|choice| choice.protocol != PROTOCOL_ARP) {
            choices.retain(|choice| choice.protocol != PROTOCOL_ARP);
        }
        let mut filters = choices.iter().map(|choice| choice.filter);
        let first = filters.next();
        if filters.any(|filter| Some(filter) != first) {
            return Rules::Differ;
        }
        Rules::Alike(choices.into_iter().next())
    }

    fn choice(&self, vip: &Vip, rule: &Rule) -> Option<Choice> {
        let slots = &self.slots.groups;
        let group = slots
            .iter()
            .position(|slot| *slot == u32::from(rule.group))?;
        Some(Choice {
            group,
            filter: Filter::from_byte(rule.filter),
            protocol: protocol_of(rule),
            link: vip.link,
            rule: in_words(rule),
        })
    }

    fn decided<S: Store>(
        &self,
        choice: Choice,
        client: &Client,
        now: Time,
        store: &S,
    ) -> Result<Explained, DatapathError> {
        let bucket = Key::new(choice.filter, client).bucket(&self.plan.module.seed);
        // A choice has a position of a slot.
        let slot = self.slots.groups.get(choice.group).copied().unwrap_or(0);
        let table = store.table(slot)?;
        let byte = table.get(usize::from(bucket)).copied().unwrap_or(0);
        let state = BucketState::from_byte(byte);
        let links = &self.plan.links;
        let link = links.iter().find(|(slot, _)| *slot == choice.link);
        let unseen = Unseen {
            is_lease_valid: now < store.lease(self.slots.module)?
                && now < store.contact(self.slots.module)?,
            entry: link.map_or(Entry::Directed, |(_, link)| Entry::from_byte(link.entry)),
            node: self.path.node,
        };
        let (opens, continues) = if choice.protocol == PROTOCOL_ARP {
            (answer(client.is_v6, state, &unseen), None)
        } else {
            let decision = |opens| self.decision(choice.link, state, opens, &unseen);
            let is_tcp = choice.protocol == PROTOCOL_TCP;
            (decision(true), is_tcp.then(|| decision(false)))
        };
        Ok(Explained::Decided(FlowPath {
            group: choice.group,
            rule: choice.rule,
            hashed: choice.filter,
            bucket,
            state,
            opens,
            continues,
        }))
    }

    fn decision(&self, link: u32, state: BucketState, opens: bool, unseen: &Unseen) -> Decision {
        let question = Question { opens, state };
        let decision = decide(&question, unseen);
        match decision.verdict {
            Verdict::Forward(node)
                if !self
                    .paths
                    .neighbours
                    .contains_key(&neighbour_place(link, node)) =>
            {
                Decision {
                    verdict: Verdict::Drop,
                    reason: Reason::DropNoRoute,
                }
            }
            Verdict::Forward(_) | Verdict::Accept | Verdict::AcceptAndCopy(_) | Verdict::Drop => {
                decision
            }
        }
    }
}

/// Who asks for a virtual address is answered by the owner of its bucket, where a rule says so.
fn answer(is_v6: bool, state: BucketState, unseen: &Unseen) -> Decision {
    let (verdict, reason) = match (state.is_mine(), unseen.is_lease_valid) {
        (false, _) => (Verdict::Drop, Reason::DropNotEntry),
        (true, false) => (Verdict::Drop, Reason::DropLease),
        (true, true) if is_v6 => (Verdict::Accept, Reason::AnswerSolicitation),
        (true, true) => (Verdict::Accept, Reason::AnswerArp),
    };
    Decision { verdict, reason }
}

/// The protocol in a rule's selector.
fn protocol_of(rule: &Rule) -> u8 {
    u8::try_from(rule.first >> 16).unwrap_or(0)
}

/// A rule as text: `tcp port 80 on_addr`.
fn in_words(rule: &Rule) -> String {
    let filter = match Filter::from_byte(rule.filter) {
        Filter::OnAddr => "on_addr",
        Filter::OnPort => "on_port",
        Filter::OnIpid => "on_ipid",
    };
    let first = rule.first & ALL_PORTS;
    let ports = match rule.more {
        0 => format!("port {first}"),
        ALL_PORTS => "all ports".to_owned(),
        more => format!("ports {first} to {}", first + more),
    };
    match protocol_of(rule) {
        PROTOCOL_ARP => format!("arp {filter}"),
        PROTOCOL_TCP => format!("tcp {ports} {filter}"),
        PROTOCOL_UDP => format!("udp {ports} {filter}"),
        other => format!("protocol {other} {ports} {filter}"),
    }
}
