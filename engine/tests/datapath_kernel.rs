//! Every sentence of `engine/packet/tests/fixtures`, run in the kernel by `BPF_PROG_TEST_RUN`.
//!
//! Needs root. The programs are loaded but attached nowhere; the network namespace in which the
//! sockets of the sentences live has no name and vanishes with its thread.

use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};

use aya::maps::{Array, HashMap, MapData, PerCpuArray};
use aya::programs::{SchedClassifier, TestRun, TestRunOptions};
use aya::{Ebpf, EbpfLoader};
use evenkeel_engine::datapath::ebpf::OBJECT;
use evenkeel_packet::abi::{Fenced, Link, Module, Vip, map, program};
use evenkeel_packet::{BUCKETS, Reason};
use zerocopy::transmute;

use common::{Namespace, Outcome, ip, is_root, private_bpffs};
use fixtures::sentences;
use fixtures::world::{CLIENT, CONNECTED, GROUP, VIP, WEB, World};
use fixtures::{Code, Expected, Sentence};

#[allow(dead_code, reason = "shared with other tests")]
#[path = "datapath_common/mod.rs"]
mod common;
#[allow(
    unreachable_pub,
    dead_code,
    reason = "shared with the test that runs natively"
)]
#[path = "../packet/tests/fixtures/mod.rs"]
mod fixtures;

#[test]
fn every_sentence_is_true_in_the_kernel() {
    if !is_root("every_sentence_is_true_in_the_kernel") {
        return;
    }
    let wrong = Namespace::new().unwrap().run(|| {
        let mut kernel = Kernel::load()?;
        let _connection = connect()?;
        let mut wrong = Vec::new();
        for sentence in sentences::all() {
            if is_refused_by_the_kernel(&sentence) {
                continue;
            }
            let found = kernel
                .run(&sentence)
                .map_err(|error| format!("{}: {error}", sentence.name))?;
            if found != sentence.expected {
                wrong.push(format!(
                    "{}:\n  expected {:?}\n  found    {found:?}",
                    sentence.name, sentence.expected
                ));
            }
        }
        Ok(wrong)
    });
    let wrong = wrong.unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `BPF_PROG_TEST_RUN` takes no frame that ends within its IP header.
fn is_refused_by_the_kernel(sentence: &Sentence) -> bool {
    let is_ipv4 = sentence.frame[12..14] == [8, 0];
    is_ipv4 && sentence.frame.len() < 34
}

/// Gives this namespace the addresses of client and service, and the connection of the sentences.
fn connect() -> Outcome<(TcpListener, TcpStream, TcpStream)> {
    ip("addr add 10.0.0.7/32 dev lo")?;
    ip("addr add 10.0.0.100/32 dev lo")?;
    let service = SocketAddr::new(IpAddr::from(VIP), WEB);
    let listener = TcpListener::bind(service)?;
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None)?;
    socket.bind(&SocketAddr::new(IpAddr::from(CLIENT), CONNECTED).into())?;
    socket.connect(&service.into())?;
    let (accepted, _) = listener.accept()?;
    Ok((listener, socket.into(), accepted))
}

/// The programs and maps, loaded.
struct Kernel {
    object: Ebpf,
}

impl Kernel {
    fn load() -> Outcome<Self> {
        let folder = private_bpffs()?;
        let mut object = EbpfLoader::new()
            .btf(None)
            .default_map_pin_directory(&folder)
            .load(OBJECT)?;
        for name in [
            program::FILTER,
            program::FENCE,
            program::BELT,
            program::BELT_FENCE,
        ] {
            classifier(&mut object, name)?.load()?;
        }
        Ok(Self { object })
    }

    /// Puts the sentence's tables into the maps and its frame through the program.
    fn run(&mut self, sentence: &Sentence) -> Outcome<Expected> {
        self.put(&World::new(sentence.state))?;
        let before = self.counts()?;
        let mut frame = vec![0; sentence.frame.len() + 64];
        let options = TestRunOptions {
            data_in: Some(&sentence.frame),
            data_out: Some(&mut frame),
            ..TestRunOptions::new()
        };
        let result = classifier(&mut self.object, sentence.program)?.test_run(options)?;
        frame.truncate(usize::try_from(result.data_size_out)?);
        let after = self.counts()?;
        let counted: Vec<Reason> = Reason::ALL
            .iter()
            .zip(before.iter().zip(after))
            .filter(|(_, (before, after))| **before != *after)
            .map(|(reason, _)| *reason)
            .collect();
        let reason = match counted[..] {
            [] => None,
            [reason] => Some(reason),
            _ => return Err(format!("counted {counted:?}").into()),
        };
        let code = match i32::from_ne_bytes(result.return_value.to_ne_bytes()) {
            -1 => Code::Next,
            0 => Code::Pass,
            2 => Code::Drop,
            7 => Code::Send,
            other => return Err(format!("the program gave {other}").into()),
        };
        Ok(Expected {
            code,
            reason,
            frame,
        })
    }

    fn put(&mut self, world: &World) -> Outcome<()> {
        let mut vips: HashMap<&mut MapData, [u8; 16], [u8; size_of::<Vip>()]> =
            HashMap::try_from(self.map(map::VIPS)?)?;
        for (addr, vip) in &world.vips {
            let bytes: [u8; size_of::<Vip>()] = transmute!(*vip);
            vips.insert(addr.bytes(), bytes, 0)?;
        }
        let mut fenced: HashMap<&mut MapData, [u8; 16], [u8; size_of::<Fenced>()]> =
            HashMap::try_from(self.map(map::FENCED)?)?;
        for (addr, entry) in &world.fenced {
            let bytes: [u8; size_of::<Fenced>()] = transmute!(*entry);
            fenced.insert(addr.bytes(), bytes, 0)?;
        }
        let mut modules: Array<&mut MapData, [u8; size_of::<Module>()]> =
            Array::try_from(self.map(map::MODULES)?)?;
        let bytes: [u8; size_of::<Module>()] = transmute!(world.module);
        modules.set(0, bytes, 0)?;
        let mut links: Array<&mut MapData, [u8; size_of::<Link>()]> =
            Array::try_from(self.map(map::LINKS)?)?;
        for (slot, link) in (0..).zip(world.links) {
            let bytes: [u8; size_of::<Link>()] = transmute!(link);
            links.set(slot, bytes, 0)?;
        }
        let mut neighbours: Array<&mut MapData, u64> = Array::try_from(self.map(map::NEIGHBOURS)?)?;
        for (place, mac) in &world.neighbours {
            neighbours.set(*place, mac.word(), 0)?;
        }
        let mut peers: HashMap<&mut MapData, u64, u32> = HashMap::try_from(self.map(map::PEERS)?)?;
        for (key, node) in &world.peers {
            peers.insert(key, node, 0)?;
        }
        let mut tables: Array<&mut MapData, [u8; BUCKETS]> =
            Array::try_from(self.map(map::BUCKETS)?)?;
        tables.set(u32::from(GROUP), *world.table, 0)?;
        let mut leases: Array<&mut MapData, u64> = Array::try_from(self.map(map::LEASES)?)?;
        leases.set(0, if world.lease { u64::MAX } else { 1 }, 0)?;
        Ok(())
    }

    fn counts(&self) -> Outcome<Vec<u64>> {
        let map = self.object.map(map::COUNTERS).ok_or("no counters")?;
        let counters: PerCpuArray<&MapData, u64> = PerCpuArray::try_from(map)?;
        let sum = |reason: &Reason| -> Outcome<u64> {
            Ok(counters.get(&reason.index(), 0)?.iter().sum())
        };
        Reason::ALL.iter().map(sum).collect()
    }

    fn map(&mut self, name: &str) -> Outcome<&mut aya::maps::Map> {
        self.object
            .map_mut(name)
            .ok_or_else(|| format!("no map {name}").into())
    }
}

fn classifier<'a>(object: &'a mut Ebpf, name: &str) -> Outcome<&'a mut SchedClassifier> {
    Ok(object
        .program_mut(name)
        .ok_or("no such program")?
        .try_into()?)
}
