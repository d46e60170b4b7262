//! The back end in memory, through the trait that the engine uses; no root, no kernel.

#![expect(clippy::unwrap_used, reason = "a test may end like that")]

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use evenkeel_core::config::model::{EntryMode, Filter, PortRange, Proto, Rule};
use evenkeel_core::ids::{ModuleName, NodeId, Time};
use evenkeel_engine::datapath::memory::Memory;
use evenkeel_engine::ports::{
    Datapath, DatapathError, Explained, FlowPath, FlowQuery, FlowQuestion, FlowTarget, GroupPath,
    InterfacePath, Mac, ModulePath, Routes,
};
use evenkeel_packet::abi::PROTOCOL_ARP;
use evenkeel_packet::bucket::{BucketState, Kind};
use evenkeel_packet::decide::{Socket, Verdict};
use evenkeel_packet::filter::{Outcome, Verb};
use evenkeel_packet::flow;
use evenkeel_packet::{BUCKETS, Reason};
use fixtures::frames::{arp, ethernet, ipv4, tcp};

#[allow(unreachable_pub, dead_code, reason = "shared with other tests")]
#[path = "../packet/tests/fixtures/mod.rs"]
mod fixtures;

const IFINDEX: u32 = 3;
const VIP: [u8; 4] = [10, 0, 0, 100];
const CLIENT: [u8; 4] = [10, 0, 0, 7];
const CLIENT_MAC: Mac = [2, 0, 0, 0, 0, 0xc1];
const MY_MAC: Mac = [2, 0, 0, 0, 0, 1];
const PEER_MAC: Mac = [2, 0, 0, 0, 0, 2];
const SYN: u8 = 2;
const ACK: u8 = 16;
/// When the lease runs out.
const END: Time = Time(1_000);

fn node(id: u8) -> NodeId {
    NodeId::new(id).unwrap()
}

fn name(name: &str) -> ModuleName {
    ModuleName::try_from(name.to_owned()).unwrap()
}

fn rule(port: Option<u16>, filter: Filter) -> Rule {
    Rule {
        virtual_addr: None,
        ports: port.map(PortRange::one).into_iter().collect(),
        proto: Proto::Tcp,
        filter,
    }
}

fn group(name: &str, rules: Vec<Rule>) -> GroupPath {
    let name = name.to_owned();
    GroupPath { name, rules }
}

/// A module with two groups: port 80 by address, all other ports by port.
fn path(addrs: &[IpAddr]) -> ModulePath {
    ModulePath {
        node: node(0),
        interfaces: vec![InterfacePath {
            index: IFINDEX,
            name: "eth0".into(),
            mac: MY_MAC,
            software: true,
            entry: EntryMode::VmacDirected,
            vmac: [0; 6],
            addrs: addrs.to_vec(),
            network: IpAddr::from([10, 0, 0, 0]),
        }],
        groups: vec![
            group("all", vec![rule(None, Filter::OnPort)]),
            group("web", vec![rule(Some(80), Filter::OnAddr)]),
        ],
        hash_key: [9; 16],
        replay: true,
    }
}

fn vip() -> IpAddr {
    IpAddr::from(VIP)
}

fn segment(port: u16) -> Vec<u8> {
    segment_with(port, SYN)
}

fn segment_with(port: u16, flags: u8) -> Vec<u8> {
    segment_to(VIP, port, flags)
}

fn segment_to(vip: [u8; 4], port: u16, flags: u8) -> Vec<u8> {
    let packet = ipv4((CLIENT, vip), 6, &[], 0, &tcp((40_000, port), flags));
    ethernet(MY_MAC, CLIENT_MAC, 0x0800, &packet)
}

fn table(kind: Kind) -> Vec<BucketState> {
    vec![BucketState::new(kind); BUCKETS]
}

/// An open module with the first group foreign, the second mine, and a lease.
fn opened() -> (Memory, Memory) {
    let memory = Memory::default();
    let mut datapath = memory.clone();
    datapath.open(&name("web"), &path(&[vip()])).unwrap();
    let routes = Routes {
        neighbours: [(node(1), vec![PEER_MAC])].into(),
        entry: Some(node(0)),
    };
    datapath.routes(&name("web"), &routes).unwrap();
    let tables = [table(Kind::Foreign { owner: 1 }), table(Kind::Mine)];
    datapath.install(&name("web"), &tables).unwrap();
    datapath.renew(&name("web"), END, None).unwrap();
    (memory, datapath)
}

fn met(memory: &Memory, frame: &[u8], now: Time) -> Option<(Outcome, Reason)> {
    memory
        .treat(IFINDEX, frame, now, |_, _, _| Socket::None)
        .map(|outcome| (outcome, outcome.reason))
}

#[test]
fn the_most_specific_rule_decides_about_the_group() {
    let (memory, datapath) = opened();
    let (outcome, reason) = met(&memory, &segment(80), Time(0)).unwrap();
    assert_eq!((outcome.verb, reason), (Verb::Accept, Reason::AcceptOpens));
    let (outcome, reason) = met(&memory, &segment(81), Time(0)).unwrap();
    assert_eq!(reason, Reason::ForwardOwner);
    let mut frame = segment(81);
    outcome.readdress(&mut frame);
    assert_eq!((&frame[..6], &frame[6..12]), (&PEER_MAC[..], &MY_MAC[..]));
    let counters = datapath.counters(&name("web")).unwrap();
    assert_eq!(
        (counters["accept_opens"], counters["forward_owner"]),
        (1, 1)
    );
}

#[test]
fn the_lease_ends_at_its_instant() {
    let (memory, _datapath) = opened();
    let reason = |now| met(&memory, &segment(80), now).map(|(_, reason)| reason);
    assert_eq!(reason(Time(END.0 - 1)), Some(Reason::AcceptOpens));
    assert_eq!(reason(END), Some(Reason::DropLease));
}

#[test]
fn a_flow_falls_into_the_bucket_that_the_filter_finds() {
    let (memory, datapath) = opened();
    let query = query(80);
    let (group, bucket) = datapath.bucket(&name("web"), &query).unwrap();
    let outcome = memory
        .treat(IFINDEX, &segment(80), Time(0), |_, _, _| Socket::None)
        .unwrap();
    let (_, found) = outcome.decided_by.get().unwrap();
    assert_eq!((group, bucket), (1, found));
    let flows = memory.flows(&name("web")).unwrap();
    assert_eq!(flows[group][usize::from(bucket)], 1);
    assert_eq!(flows.iter().flatten().sum::<u64>(), 1);
    let unknown = FlowQuery {
        protocol: 17,
        ..query
    };
    assert_eq!(datapath.bucket(&name("web"), &unknown), None);
    assert_eq!(datapath.bucket(&name("other"), &query), None);
}

#[test]
fn flows_are_counted_where_they_are_opened_and_from_zero_at_each_opening() {
    let (memory, mut datapath) = opened();
    for port in [80, 80, 81] {
        met(&memory, &segment(port), Time(0)).unwrap();
    }
    let (group, bucket) = datapath.bucket(&name("web"), &query(80)).unwrap();
    let flows = datapath.flows(&name("web")).unwrap();
    assert_eq!(flows.len(), 2);
    assert!(flows.iter().all(|group| group.len() == BUCKETS));
    assert_eq!(flows[group][usize::from(bucket)], 2);
    let all: u64 = flows.iter().flatten().sum();
    assert_eq!(all, 2, "what is forwarded opens nothing here");
    assert_eq!(
        met(&memory, &segment(80), END).map(|(_, reason)| reason),
        Some(Reason::DropLease)
    );
    assert_eq!(datapath.flows(&name("web")).unwrap(), flows);
    datapath.open(&name("web"), &path(&[vip()])).unwrap();
    let flows = datapath.flows(&name("web")).unwrap();
    assert!(flows.iter().flatten().all(|flows| *flows == 0));
    datapath.close(&name("web")).unwrap();
    let error = datapath.flows(&name("web")).unwrap_err();
    assert!(matches!(error, DatapathError::NotOpen(_)));
}

fn query(port: u16) -> FlowQuery {
    FlowQuery {
        vip: vip(),
        protocol: 6,
        client: IpAddr::from(CLIENT),
        client_port: 40_000,
        port,
    }
}

fn question(target: FlowTarget) -> FlowQuestion {
    FlowQuestion {
        target,
        client: IpAddr::from(CLIENT),
        client_port: Some(40_000),
        ip_id: None,
    }
}

fn service(protocol: u8, port: u16) -> FlowQuestion {
    question(FlowTarget::Service {
        vip: vip(),
        protocol,
        port,
    })
}

fn decided(datapath: &Memory, question: &FlowQuestion, now: Time) -> FlowPath {
    let explained = datapath.explain(&name("web"), question, now).unwrap();
    let Explained::Decided(path) = explained else {
        panic!("{explained:?}");
    };
    path
}

#[test]
fn a_flow_is_explained_as_the_filter_treats_it() {
    let states = [
        Kind::Mine,
        Kind::Migrating { from: 1 },
        Kind::Foreign { owner: 1 },
        Kind::Foreign { owner: 0 },
        Kind::Foreign { owner: 2 },
        Kind::ForeignHeld { owner: 1 },
    ];
    for kind in states {
        let tables = [table(kind), table(kind)];
        for (port, now) in [(80, Time(0)), (80, END), (81, Time(0))] {
            // Anew each time: a SYN that was accepted is remembered.
            let (memory, mut datapath) = opened();
            datapath.install(&name("web"), &tables).unwrap();
            assert_eq!(datapath.buckets(&name("web")).unwrap(), tables);
            let path = decided(&datapath, &service(6, port), now);
            let found = datapath.bucket(&name("web"), &query(port)).unwrap();
            assert_eq!((path.group, path.bucket), found);
            assert_eq!(path.state.kind(), kind);
            for (flags, told) in [(ACK, path.continues), (SYN, Some(path.opens))] {
                let frame = segment_with(port, flags);
                let (outcome, reason) = met(&memory, &frame, now).unwrap();
                let told = told.unwrap();
                assert_eq!(told.reason, reason, "{kind:?} {port} {flags}");
                let fits = match told.verdict {
                    Verdict::Accept | Verdict::AcceptAndCopy(_) => outcome.is_accepted(),
                    Verdict::Drop => outcome.verb == Verb::Drop,
                    Verdict::Forward(to) => to == 1 && outcome.verb == Verb::Forward,
                };
                assert!(fits, "{kind:?} {port} {flags}: {told:?}, but {outcome:?}");
            }
        }
    }
}

#[test]
fn a_flow_is_found_by_its_group_or_its_protocol() {
    let (_memory, datapath) = opened();
    let by_group = decided(&datapath, &question(FlowTarget::Group(1)), Time(0));
    assert_eq!(by_group, decided(&datapath, &service(6, 80), Time(0)));
    assert_eq!(by_group.rule, "tcp port 80 on_addr");
    assert_eq!(by_group.hashed, flow::Filter::OnAddr);
    let others = decided(&datapath, &question(FlowTarget::Group(0)), Time(0));
    assert_eq!(others.rule, "tcp all ports on_port");
    let ping = decided(&datapath, &service(1, 0), Time(0));
    assert_eq!((ping.group, ping.bucket), (0, by_group.bucket));
    assert_eq!(ping.continues, None);
    let nobody = |question| datapath.explain(&name("web"), &question, Time(0)).unwrap();
    assert_eq!(nobody(service(17, 80)), Explained::NoRule);
    assert_eq!(nobody(service(PROTOCOL_ARP, 0)), Explained::NoRule);
    assert_eq!(nobody(question(FlowTarget::Group(2))), Explained::NoRule);
    let six = FlowQuestion {
        client: IpAddr::V6(Ipv6Addr::LOCALHOST),
        ..question(FlowTarget::Group(1))
    };
    assert_eq!(nobody(six), Explained::NoRule, "no address of IPv6");
}

#[test]
fn what_a_rule_hashes_has_to_be_in_the_question() {
    let mut datapath = Memory::default();
    let of = |proto, port, filter| Rule {
        proto,
        ..rule(port, filter)
    };
    let mut path = path(&[vip(), IpAddr::V6(Ipv6Addr::LOCALHOST)]);
    let groups = [
        vec![of(Proto::Udp, None, Filter::OnIpid)],
        vec![
            of(Proto::Tcp, Some(80), Filter::OnAddr),
            of(Proto::Tcp, Some(81), Filter::OnPort),
        ],
        vec![
            of(Proto::Arp, None, Filter::OnAddr),
            of(Proto::Tcp, Some(82), Filter::OnPort),
        ],
    ];
    let groups = ["udp", "tcp", "arp"].into_iter().zip(groups);
    path.groups = groups.map(|(name, rules)| group(name, rules)).collect();
    datapath.open(&name("web"), &path).unwrap();
    let explain = |question: FlowQuestion| {
        let question = FlowQuestion {
            client_port: None,
            ..question
        };
        datapath.explain(&name("web"), &question, Time(0)).unwrap()
    };
    let group = |index| question(FlowTarget::Group(index));
    let udp = "udp all ports on_ipid".to_owned();
    assert_eq!(explain(group(0)), Explained::LacksIpId(udp.clone()));
    let six = FlowQuestion {
        client: IpAddr::V6(Ipv6Addr::LOCALHOST),
        ..group(0)
    };
    assert_eq!(explain(six), Explained::LacksClientPort(udp));
    assert_eq!(explain(group(1)), Explained::LacksService);
    let port = "tcp port 82 on_port".to_owned();
    assert_eq!(explain(group(2)), Explained::LacksClientPort(port));
    assert!(matches!(explain(service(6, 80)), Explained::Decided(_)));
    let Explained::Decided(arp) = explain(service(PROTOCOL_ARP, 0)) else {
        panic!("the rule for ARP takes it");
    };
    assert_eq!(
        (arp.rule.as_str(), arp.opens.reason),
        ("arp on_addr", Reason::DropNotEntry)
    );
}

#[test]
fn arp_is_answered_and_nothing_leaks() {
    let (memory, mut datapath) = opened();
    let question = arp(1, (CLIENT_MAC, CLIENT), ([0; 6], VIP));
    let question = ethernet([0xff; 6], CLIENT_MAC, 0x0806, &question);
    let (_, reason) = met(&memory, &question, Time(0)).unwrap();
    assert_eq!(reason, Reason::AnswerArp);
    let claim = arp(1, (MY_MAC, VIP), ([0; 6], CLIENT));
    let claim = ethernet([0xff; 6], MY_MAC, 0x0806, &claim);
    assert!(memory.may_leave(&claim));
    let elsewhere = Routes {
        entry: Some(node(1)),
        ..Routes::default()
    };
    datapath.routes(&name("web"), &elsewhere).unwrap();
    assert!(!memory.may_leave(&claim));
    let (_, reason) = met(&memory, &question, Time(0)).unwrap();
    assert_eq!(reason, Reason::DropNotEntry);
    // The peer is not a neighbour any longer either.
    let (_, reason) = met(&memory, &segment(81), Time(0)).unwrap();
    assert_eq!(reason, Reason::DropNoRoute);
}

#[test]
fn opened_means_closed_until_told_otherwise_and_closed_means_gone() {
    let memory = Memory::default();
    let mut datapath = memory.clone();
    datapath.open(&name("web"), &path(&[vip()])).unwrap();
    let (outcome, reason) = met(&memory, &segment(80), Time(0)).unwrap();
    assert_eq!((outcome.verb, reason), (Verb::Drop, Reason::DropClosed));
    datapath.close(&name("web")).unwrap();
    datapath.close(&name("web")).unwrap();
    assert_eq!(met(&memory, &segment(80), Time(0)), None);
    let error = datapath.renew(&name("web"), END, None).unwrap_err();
    assert!(matches!(error, DatapathError::NotOpen(_)));
}

#[test]
fn modules_share_a_node_but_no_address() {
    let (memory, mut datapath) = opened();
    let other = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 101));
    let error = datapath.open(&name("other"), &path(&[vip()])).unwrap_err();
    assert!(error.to_string().contains("module web"), "{error}");
    datapath.open(&name("other"), &path(&[other])).unwrap();
    let tables = [table(Kind::Mine), table(Kind::Mine)];
    datapath.install(&name("other"), &tables).unwrap();
    let (_, reason) = met(&memory, &segment(81), Time(0)).unwrap();
    assert_eq!(
        reason,
        Reason::ForwardOwner,
        "the tables of the first are its own"
    );
    datapath.close(&name("other")).unwrap();
    assert!(met(&memory, &segment(80), Time(0)).is_some());
}

#[test]
fn what_does_not_fit_is_refused() {
    let (_memory, mut datapath) = opened();
    let error = datapath
        .install(&name("web"), &[table(Kind::Mine)])
        .unwrap_err();
    assert!(
        error.to_string().contains("1 tables for the 2 groups"),
        "{error}"
    );
    let mut many = path(&[IpAddr::V4(Ipv4Addr::LOCALHOST)]);
    many.groups[0].rules = (0..33)
        .map(|port| rule(Some(port), Filter::OnAddr))
        .collect();
    let error = datapath.open(&name("many"), &many).unwrap_err();
    assert!(
        matches!(error, DatapathError::Full { limit: 32, .. }),
        "{error}"
    );
}

#[test]
fn an_open_module_gets_addresses_and_groups_and_loses_them() {
    const MORE: [u8; 4] = [10, 0, 0, 101];
    let (memory, mut datapath) = opened();
    let reason = |vip, port| {
        let met = met(&memory, &segment_to(vip, port, SYN), Time(0));
        met.map(|(_, reason)| reason)
    };
    let module = name("web");
    let first = path(&[vip()]);
    let mut next = path(&[vip(), IpAddr::from(MORE)]);
    next.groups
        .insert(1, group("new", vec![rule(Some(90), Filter::OnAddr)]));
    assert_eq!(reason(VIP, 80), Some(Reason::AcceptOpens));
    assert_eq!(reason(MORE, 80), None, "nobody's");
    datapath.rearrange(&module, &next).unwrap();
    for vip in [VIP, MORE] {
        assert_eq!(
            reason(vip, 80),
            Some(Reason::AcceptOpens),
            "its group stays open"
        );
        assert_eq!(reason(vip, 81), Some(Reason::ForwardOwner));
        assert_ne!(
            reason(vip, 90),
            Some(Reason::AcceptOpens),
            "what is new is closed"
        );
    }
    let tables = [
        table(Kind::Mine),
        table(Kind::Mine),
        table(Kind::Foreign { owner: 1 }),
    ];
    datapath.install(&module, &tables).unwrap();
    assert_eq!(reason(MORE, 90), Some(Reason::AcceptOpens));
    assert_eq!(reason(MORE, 80), Some(Reason::ForwardOwner));
    next.groups.swap(0, 2);
    datapath.rearrange(&module, &next).unwrap();
    assert_eq!(
        reason(VIP, 90),
        Some(Reason::AcceptOpens),
        "wherever it stands"
    );
    assert_eq!(reason(VIP, 80), Some(Reason::ForwardOwner));
    datapath.rearrange(&module, &first).unwrap();
    assert_eq!(reason(MORE, 80), None);
    assert_eq!(reason(VIP, 80), Some(Reason::ForwardOwner));
    assert_eq!(
        reason(VIP, 90),
        Some(Reason::AcceptOpens),
        "by the rule for all ports"
    );
    assert_eq!(datapath.flows(&module).unwrap().len(), 2);
}

#[test]
fn an_open_module_does_not_get_what_does_not_fit() {
    let (memory, mut datapath) = opened();
    datapath
        .open(&name("other"), &path(&[[10, 0, 0, 102].into()]))
        .unwrap();
    let taken = path(&[vip(), [10, 0, 0, 102].into()]);
    let refused = datapath.rearrange(&name("web"), &taken).unwrap_err();
    assert!(refused.to_string().contains("module other"), "{refused}");
    let (_, reason) = met(&memory, &segment(80), Time(0)).unwrap();
    assert_eq!(reason, Reason::AcceptOpens);
    let closed = datapath.rearrange(&name("none"), &taken);
    assert!(matches!(closed, Err(DatapathError::NotOpen(_))));
}
