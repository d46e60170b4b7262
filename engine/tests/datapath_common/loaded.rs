//! The committed programs, loaded and attached nowhere, with the tables of a [`World`].

use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};

use aya::maps::{Array, HashMap, MapData, MapError, PerCpuArray};
use aya::programs::{
    SchedClassifier, SkLookup, TcAttachType, TestRun, TestRunOptions, TestRunResult, Xdp, XdpMode,
};
use aya::{Ebpf, EbpfLoader};
use evenkeel_engine::datapath::ebpf::OBJECT;
use evenkeel_packet::abi::{
    Fenced, Handshake, Lease, Leases, MODULES_MAX, NEIGHBOURS, NO_CONTACT_NEEDED, Neighbours,
    PLACES, Place, Responder, first_place, handshake_place, map, program,
};
use evenkeel_packet::fragment::Datagram;
use evenkeel_packet::{BUCKETS, Reason};
use zerocopy::transmute;

use crate::common::{Outcome, ip, private_bpffs};
use crate::fixtures::left;
use crate::fixtures::world::{
    CLIENT, CONNECTED, GROUP, LEFT, VIP, WEB, World, flows_of_the_client,
};

/// The programs and maps.
pub(crate) struct Loaded {
    object: Ebpf,
}

impl Loaded {
    /// Loads them into the kernel, in a namespace of [`super::Namespace`].
    pub(crate) fn new() -> Outcome<Self> {
        Self::from_object(OBJECT)
    }

    /// The same of any build of them, to compare one with another.
    pub(crate) fn from_object(object: &[u8]) -> Outcome<Self> {
        let folder = private_bpffs()?;
        let mut object = EbpfLoader::new()
            .btf(None)
            .default_map_pin_directory(&folder)
            .load(object)?;
        for name in [
            program::FILTER,
            program::FENCE,
            program::BELT,
            program::BELT_FENCE,
            program::EMPTY,
        ] {
            classifier(&mut object, name)?.load()?;
        }
        for name in [program::EARLY, program::EMPTY_EARLY] {
            early(&mut object, name)?.load()?;
        }
        // These two are not in every build that one may want to compare.
        if object.program_mut(program::CUT).is_some() {
            classifier(&mut object, program::CUT)?.load()?;
        }
        if let Some(elsewhere) = object.program_mut(program::ELSEWHERE) {
            let elsewhere: &mut SkLookup = elsewhere.try_into()?;
            elsewhere.load()?;
        }
        Ok(Self { object })
    }

    /// Runs a program `repeat` times over a frame. Gives what the kernel says, and the frame
    /// afterwards.
    pub(crate) fn run(
        &mut self,
        name: &str,
        frame: &[u8],
        repeat: u32,
    ) -> Outcome<(TestRunResult, Vec<u8>)> {
        let mut after = vec![0; frame.len() + 64];
        let options = TestRunOptions {
            data_in: Some(frame),
            data_out: Some(&mut after),
            repeat,
            ..TestRunOptions::new()
        };
        let result = if is_early(name) {
            early(&mut self.object, name)?.test_run(options)?
        } else {
            classifier(&mut self.object, name)?.test_run(options)?
        };
        after.truncate(usize::try_from(result.data_size_out)?);
        Ok((result, after))
    }

    /// Attaches a program to what comes in on an interface of the calling thread's namespace. It is
    /// detached with this value.
    pub(crate) fn attach(&mut self, name: &str, interface: &str) -> Outcome<()> {
        if is_early(name) {
            early(&mut self.object, name)?.attach(interface, XdpMode::Driver)?;
        } else {
            classifier(&mut self.object, name)?.attach(interface, TcAttachType::Ingress)?;
        }
        Ok(())
    }

    /// Writes the tables of a world into the maps.
    pub(crate) fn put(&mut self, world: &World) -> Outcome<()> {
        self.put_addresses(world)?;
        let mut neighbours: Array<&mut MapData, Neighbours> =
            Array::try_from(self.map(map::NEIGHBOURS)?)?;
        let mut macs = [0; NEIGHBOURS];
        for (place, mac) in &world.neighbours {
            macs[usize::try_from(*place)?] = mac.word();
        }
        neighbours.set(0, macs, 0)?;
        let mut peers: HashMap<&mut MapData, u64, u32> = HashMap::try_from(self.map(map::PEERS)?)?;
        for (key, node) in &world.peers {
            peers.insert(key, node, 0)?;
        }
        let mut tables: Array<&mut MapData, [u8; BUCKETS]> =
            Array::try_from(self.map(map::BUCKETS)?)?;
        tables.set(u32::from(GROUP), *world.table, 0)?;
        let mut leases: Array<&mut MapData, [u8; size_of::<Leases>()]> =
            Array::try_from(self.map(map::LEASES)?)?;
        let until_ns = if world.lease { u64::MAX } else { 1 };
        let lease = Lease {
            until_ns,
            contact_ns: NO_CONTACT_NEEDED,
            checked_tick: 0,
        };
        let bytes: [u8; size_of::<Leases>()] = transmute!([lease; MODULES_MAX]);
        leases.set(0, bytes, 0)?;
        self.put_remembered(world)
    }

    /// What was seen before: first parts of datagrams, SYNs.
    fn put_remembered(&mut self, world: &World) -> Outcome<()> {
        let mut fates: HashMap<&mut MapData, [u8; size_of::<Datagram>()], u64> =
            HashMap::try_from(self.map(map::FATES)?)?;
        let known: Vec<_> = fates.keys().collect::<Result<_, MapError>>()?;
        known.iter().try_for_each(|key| fates.remove(key))?;
        for (datagram, fate) in world.fates.borrow().iter() {
            let key: [u8; size_of::<Datagram>()] = transmute!(*datagram);
            fates.insert(key, fate.number(), 0)?;
        }
        let mut handshakes: Array<&mut MapData, [u8; size_of::<Handshake>()]> =
            Array::try_from(self.map(map::HANDSHAKES)?)?;
        for flow in flows_of_the_client() {
            handshakes.set(handshake_place(flow), [0; size_of::<Handshake>()], 0)?;
        }
        let now = nix::time::clock_gettime(nix::time::ClockId::CLOCK_MONOTONIC_COARSE)?;
        let at_ns = u64::try_from(std::time::Duration::from(now).as_nanos())?;
        for flow in world.handshakes.borrow().iter() {
            let bytes: [u8; size_of::<Handshake>()] = transmute!(Handshake { flow: *flow, at_ns });
            handshakes.set(handshake_place(*flow), bytes, 0)?;
        }
        Ok(())
    }

    /// The virtual addresses and what the fence closes.
    fn put_addresses(&mut self, world: &World) -> Outcome<()> {
        let mut vips: Array<&mut MapData, [[u8; size_of::<Place>()]; PLACES]> =
            Array::try_from(self.map(map::VIPS)?)?;
        let mut places = [[0; _]; _];
        for (addr, vip) in &world.vips {
            let place = Place {
                addr: addr.words(),
                link: world.links[usize::try_from(vip.link)?],
                module: world.module,
                vip: *vip,
            };
            places[usize::try_from(first_place(addr.words()))?] = transmute!(place);
        }
        vips.set(0, places, 0)?;
        let mut fenced: HashMap<&mut MapData, [u8; 16], [u8; size_of::<Fenced>()]> =
            HashMap::try_from(self.map(map::FENCED)?)?;
        for (addr, entry) in &world.fenced {
            let bytes: [u8; size_of::<Fenced>()] = transmute!(*entry);
            fenced.insert(addr.bytes(), bytes, 0)?;
        }
        Ok(())
    }

    /// The counters of the module, in the order of [`Reason::ALL`].
    pub(crate) fn counts(&self) -> Outcome<Vec<u64>> {
        let map = self.object.map(map::COUNTERS).ok_or("no counters")?;
        let counters: PerCpuArray<&MapData, u64> = PerCpuArray::try_from(map)?;
        let sum = |reason: &Reason| -> Outcome<u64> {
            Ok(counters.get(&reason.index(), 0)?.iter().sum())
        };
        Reason::ALL.iter().map(sum).collect()
    }

    /// Answers liveness probes by this.
    pub(crate) fn put_responder(&mut self, responder: &Responder) -> Outcome<()> {
        let bytes: [u8; size_of::<Responder>()] = transmute!(*responder);
        let mut responders: Array<&mut MapData, [u8; size_of::<Responder>()]> =
            Array::try_from(self.map(map::RESPONDER)?)?;
        Ok(responders.set(0, bytes, 0)?)
    }

    /// How many were answered.
    pub(crate) fn probed(&self) -> Outcome<u64> {
        let map = self
            .object
            .map(map::PROBED)
            .ok_or("no counters of probes")?;
        let counters: PerCpuArray<&MapData, u64> = PerCpuArray::try_from(map)?;
        Ok(counters.get(&0, 0)?.iter().sum())
    }

    /// How many instructions the verifier followed in each program.
    pub(crate) fn verified(&self) -> Outcome<Vec<(String, u32)>> {
        let mut counts = Vec::new();
        for (name, program) in self.object.programs() {
            counts.push((
                name.to_owned(),
                program.info()?.verified_instruction_count().unwrap_or(0),
            ));
        }
        Ok(counts)
    }

    fn map(&mut self, name: &str) -> Outcome<&mut aya::maps::Map> {
        self.object
            .map_mut(name)
            .ok_or_else(|| format!("no map {name}").into())
    }
}

/// Whether a program runs in the driver.
fn is_early(name: &str) -> bool {
    [program::EARLY, program::EMPTY_EARLY].contains(&name)
}

fn classifier<'a>(object: &'a mut Ebpf, name: &str) -> Outcome<&'a mut SchedClassifier> {
    Ok(object
        .program_mut(name)
        .ok_or("no such program")?
        .try_into()?)
}

fn early<'a>(object: &'a mut Ebpf, name: &str) -> Outcome<&'a mut Xdp> {
    Ok(object
        .program_mut(name)
        .ok_or("no such program")?
        .try_into()?)
}

/// Gives the calling thread's namespace the addresses of client and service, and the connections of the
/// sentences: the one that lives, and what is left of the other one.
pub(crate) fn connect() -> Outcome<(TcpListener, TcpStream, TcpStream)> {
    ip("addr add 10.0.0.7/32 dev lo")?;
    ip("addr add 10.0.0.100/32 dev lo")?;
    let service = SocketAddr::new(IpAddr::from(VIP), WEB);
    let listener = TcpListener::bind(service)?;
    let connect = |port| -> Outcome<(TcpStream, TcpStream)> {
        let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None)?;
        socket.bind(&SocketAddr::new(IpAddr::from(CLIENT), port).into())?;
        socket.connect(&service.into())?;
        Ok((listener.accept()?.0, socket.into()))
    };
    let (service, client) = connect(LEFT)?;
    left::end(service, client)?;
    left::wait()?;
    let (accepted, client) = connect(CONNECTED)?;
    Ok((listener, client, accepted))
}
