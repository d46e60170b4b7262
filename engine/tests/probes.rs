//! Liveness probes through pairs of virtual interfaces: answered in the kernel by the filter, after
//! the daemon's death by the fence, and in user space where no program is.
//!
//! Needs root, but for the answers from memory. All namespaces are unnamed and vanish with the process.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};
use std::os::fd::AsRawFd;
use std::path::Path;
use std::time::Duration;

use common::{Namespace, Outcome, is_root};
use etherparse::PacketBuilder;
use evenkeel_core::config::model::EntryMode;
use evenkeel_core::ids::Time;
use evenkeel_engine::datapath::choose::Wanted;
use evenkeel_engine::datapath::ebpf::Ebpf;
use evenkeel_engine::datapath::hook::Hook;
use evenkeel_engine::datapath::memory::Memory;
use evenkeel_engine::ports::{Contact, Datapath, GroupPath, ModulePath, Probed};
use evenkeel_packet::bucket::Kind;
use evenkeel_packet::probe::{
    FLAG_FENCED, FLAG_KERNEL, Kind as Way, Probe, Refused, bytes_of, words_of,
};
use farm::{
    CLIENT, CLIENT6, FOREVER, Farm, backend, module, node, path, routes, server_mac, table, until,
};
use nix::sys::socket::{LinkAddr, MsgFlags, sendto};
use probing::{ASKER, ASKER_RUN, KEY, PORT, RUN, ask, asking, hear, now_ns, request, responder};
use socket2::{Domain, Protocol, Socket, Type};

#[allow(dead_code, reason = "shared with other tests")]
#[path = "datapath_common/mod.rs"]
mod common;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "datapath_common/farm.rs"]
mod farm;
#[allow(dead_code, reason = "shared with other programs")]
#[path = "datapath_common/probing.rs"]
mod probing;

/// The server's addresses.
const SERVER: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
const SERVER6: IpAddr = IpAddr::V6(Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, 1));
/// Its address in a second LAN, and the client's.
const SECOND: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 1, 0, 1));
/// The client's MAC address.
const CLIENT_MAC: [u8; 6] = [2, 0, 0, 0, 0, 0xc1];
/// How long an echo lets a module accept: several ticks of every kernel.
const WINDOW: Duration = Duration::from_millis(200);
/// A view.
const TAG: u64 = 77;

/// A farm with one server, whose kernel answers; nobody reads its heartbeat port.
fn answering() -> Outcome<(Farm, Box<dyn Datapath>)> {
    let farm = Farm::new(&[Wanted::Ebpf])?;
    let datapath = farm.servers[0].run(|| {
        let mut datapath = backend(0, Wanted::Ebpf)?;
        datapath.respond_as(&responder(node(0)?, &["eth0"])?)?;
        assert!(datapath.answers_in_kernel());
        Ok(datapath)
    })?;
    Ok((farm, datapath))
}

/// Asks from the client with new requests until one is answered.
fn answer_of(client: &Namespace, addr: IpAddr, lan: u8) -> Outcome<Probe> {
    client.run(move || {
        let socket = asking(addr)?;
        let mut answer = None;
        until(|| {
            answer = ask(&socket, addr, &Probe { lan, ..request()? }).ok();
            Ok(answer.is_some())
        })?;
        answer.ok_or_else(|| "no answer".into())
    })
}

fn run(name: &str, test: fn() -> Outcome<()>) {
    if is_root(name) {
        test().unwrap_or_else(|error| panic!("{error}"));
    }
}

#[test]
fn the_kernel_answers_while_nobody_reads() {
    run("the_kernel_answers_while_nobody_reads", || {
        let (farm, _datapath) = answering()?;
        for addr in [SERVER, SERVER6] {
            let answer = answer_of(&farm.client, addr, 0)?;
            let expected = Probe {
                kind: Way::Answer,
                flags: FLAG_KERNEL,
                from: 0,
                to: ASKER,
                run: RUN,
                to_run: ASKER_RUN,
                asked_ns: answer.asked_ns,
                answered_ns: answer.answered_ns,
                ..request()?
            };
            assert_eq!(answer, expected);
            // One clock for all namespaces.
            assert!(answer.asked_ns < answer.answered_ns && answer.answered_ns < now_ns()?);
        }
        Ok(())
    });
}

/// A request in a frame with a checksum in software, as it comes from a wire; `None`: with none.
fn frame(v6: bool, from_port: u16, is_summed: bool) -> Outcome<Vec<u8>> {
    let builder = PacketBuilder::ethernet2(CLIENT_MAC, server_mac(0));
    let payload = request()?.seal(KEY);
    let mut frame = Vec::new();
    if v6 {
        let server = Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, 1);
        let builder = builder.ipv6(CLIENT6.octets(), server.octets(), 64);
        builder.udp(from_port, PORT).write(&mut frame, &payload)?;
    } else {
        let builder = builder.ipv4(CLIENT.octets(), [10, 0, 0, 1], 64);
        builder.udp(from_port, PORT).write(&mut frame, &payload)?;
        if !is_summed {
            frame[40..42].fill(0);
        }
    }
    Ok(frame)
}

/// Sends a frame from the calling thread's `eth0`.
fn send_frame(frame: &[u8]) -> Outcome<()> {
    let socket = Socket::new(Domain::PACKET, Type::RAW, Some(Protocol::from(0)))?;
    let eth0 = nix::ifaddrs::getifaddrs()?
        .filter(|one| one.interface_name == "eth0")
        .find_map(|one| one.address?.as_link_addr().copied());
    let to: LinkAddr = eth0.ok_or("no eth0")?;
    sendto(socket.as_raw_fd(), frame, &to, MsgFlags::empty())?;
    Ok(())
}

/// A socket drops what has a wrong checksum; that of a request that was made by hand is in the frame.
#[test]
fn the_answer_has_a_valid_checksum() {
    run("the_answer_has_a_valid_checksum", || {
        let (farm, _datapath) = answering()?;
        for (addr, is_summed) in [(SERVER, true), (SERVER, false), (SERVER6, true)] {
            answer_of(&farm.client, addr, 0)?;
            farm.client.run(move || {
                let socket = asking(addr)?;
                let port = socket.local_addr()?.port();
                let from = (addr, PORT).into();
                until(|| {
                    send_frame(&frame(addr.is_ipv6(), port, is_summed)?)?;
                    Ok(hear(&socket, from).is_ok())
                })
            })?;
        }
        Ok(())
    });
}

#[test]
fn what_is_forged_replayed_or_foreign_is_counted_and_not_answered() {
    run(
        "what_is_forged_replayed_or_foreign_is_counted_and_not_answered",
        || {
            let (farm, datapath) = answering()?;
            answer_of(&farm.client, SERVER, 0)?;
            let before = datapath.probed()?;
            let (asked_ns, heard) = farm.client.run(|| {
                let socket = asking(SERVER)?;
                socket.set_read_timeout(Some(Duration::from_secs(20)))?;
                let to = (SERVER, PORT);
                let good = request()?;
                let later = |by| after(&good, by);
                // In their order, for the two ends of a cable keep it.
                let mut mangled = later(1).seal(KEY);
                mangled[100] ^= 1;
                socket.send_to(&mangled, to)?;
                socket.send_to(&later(2).seal([1, 2]), to)?;
                socket.send_to(&Probe { key: 1, ..later(3) }.seal(KEY), to)?;
                socket.send_to(&Probe { to: 1, ..later(4) }.seal(KEY), to)?;
                socket.send_to(
                    &Probe {
                        from: 0,
                        ..later(5)
                    }
                    .seal(KEY),
                    to,
                )?;
                let kind = Way::Answer;
                socket.send_to(&Probe { kind, ..later(6) }.seal(KEY), to)?;
                socket.send_to(&good.seal(KEY), to)?;
                socket.send_to(&good.seal(KEY), to)?;
                socket.send_to(&Probe { run: 9, ..later(7) }.seal(KEY), to)?;
                let last = later(8);
                socket.send_to(&last.seal(KEY), to)?;
                let heard = [hear(&socket, to.into())?, hear(&socket, to.into())?];
                Ok((good.asked_ns, heard.map(|answer| answer.asked_ns)))
            })?;
            assert_eq!(heard, [asked_ns, asked_ns + 8]);
            let expected = Probed {
                answered: before.answered + 2,
                forged: 3,
                foreign: 2,
                replayed: 2,
                malformed: 0,
            };
            assert_eq!(datapath.probed()?, expected);
            Ok(())
        },
    );
}

#[test]
fn packets_that_only_look_like_probes_go_on() {
    run("packets_that_only_look_like_probes_go_on", || {
        let (farm, _datapath) = answering()?;
        let bytes = request()?.seal(KEY);
        let answer = Probe {
            kind: Way::Answer,
            ..request()?
        };
        let mut longer = bytes.to_vec();
        longer.push(0);
        for (port, payload) in [
            (PORT + 1, bytes.to_vec()),
            (PORT, longer),
            (PORT, answer.seal(KEY).to_vec()),
            (PORT, vec![7; bytes.len()]),
        ] {
            let server = farm.servers[0].run(move || {
                let socket = UdpSocket::bind((SERVER, port))?;
                socket.set_read_timeout(Some(Duration::from_secs(20)))?;
                Ok(socket)
            })?;
            let sent = payload.clone();
            farm.client
                .run(move || Ok(asking(SERVER)?.send_to(&sent, (SERVER, port))?))?;
            let mut buffer = [0; 512];
            let length = server.recv(&mut buffer)?;
            assert_eq!(buffer[..length], payload);
        }
        Ok(())
    });
}

/// The same request, a little later.
fn after(request: &Probe, by: u64) -> Probe {
    Probe {
        asked_ns: request.asked_ns + by,
        ..*request
    }
}

/// Opens the module with all buckets its own and a lease that lasts.
fn serve(datapath: &mut dyn Datapath) -> Outcome<()> {
    datapath.open(&module()?, &path(0, EntryMode::VmacDirected)?)?;
    datapath.routes(&module()?, &routes(0, 1, 0)?)?;
    datapath.install(&module()?, &table(Kind::Mine))?;
    Ok(datapath.renew(&module()?, FOREVER, None)?)
}

/// Waits until nobody answers any more: the kernel takes programs away a little after their links.
fn falls_silent(client: &Namespace) -> Outcome<()> {
    client.run(|| {
        let socket = asking(SERVER)?;
        until(|| Ok(ask(&socket, SERVER, &request()?).is_err()))
    })
}

fn contact(tag: u64) -> Outcome<Contact> {
    Ok(Contact {
        tags: vec![(tag, Time(now_ns()?))],
        window: WINDOW,
    })
}

/// Asks, each time with the echo of the answer before under a tag, for a time; the last answer.
fn converse(client: &Namespace, tag: u64, time: Duration) -> Outcome<Probe> {
    client.run(move || {
        let socket = asking(SERVER)?;
        let mut last = request()?;
        let end_ns = now_ns()? + u64::try_from(time.as_nanos())?;
        until(|| {
            let mut next = Probe {
                to_run: RUN,
                answered_ns: last.answered_ns,
                ..request()?
            };
            next.tags[9] = tag;
            let answer = ask(&socket, SERVER, &next);
            let is_answered = answer.is_ok();
            last = answer.unwrap_or(last);
            Ok(is_answered && now_ns()? > end_ns)
        })?;
        Ok(last)
    })
}

#[test]
fn a_module_accepts_while_its_node_is_heard() {
    run("a_module_accepts_while_its_node_is_heard", || {
        let (farm, mut datapath) = answering()?;
        let mut datapath = farm.servers[0].run(move || {
            serve(&mut *datapath)?;
            Ok(datapath)
        })?;
        // Alone, a node needs nobody.
        assert_eq!(farm.answered_by()?, 0);
        datapath.contact(&module()?, &contact(TAG)?)?;
        datapath.renew(&module()?, FOREVER, Some(Time(0)))?;
        assert!(farm.is_silent()?, "nobody was heard");
        // Long after the first echo, and not at once: a busy machine may be late.
        until(|| {
            let answer = converse(&farm.client, TAG, WINDOW * 2)?;
            assert_eq!((answer.tags[0], answer.leases), (TAG, 1));
            Ok(farm.answered_from(farm::VIP.into(), 0).is_ok())
        })?;
        until(|| farm.is_silent())?;
        // Under another tag an echo counts for nothing.
        let answer = converse(&farm.client, TAG + 1, WINDOW)?;
        assert_eq!((answer.tags[0], answer.leases), (TAG, 1));
        assert!(farm.is_silent()?, "an echo of another view");
        // That of a former view counts as long as it is listed.
        let mut both = contact(TAG + 1)?;
        both.tags.push((TAG, Time(now_ns()?)));
        let before = now_ns()?;
        let asked = datapath.contact(&module()?, &both)?;
        assert!(
            matches!(asked[..], [(_, at)] if at.0 < before),
            "who asked last under the former tag: {asked:?}"
        );
        until(|| {
            let answer = converse(&farm.client, TAG, WINDOW)?;
            assert_eq!(answer.tags[0], TAG + 1);
            Ok(farm.answered_from(farm::VIP.into(), 0).is_ok())
        })?;
        datapath.contact(&module()?, &contact(TAG + 1)?)?;
        converse(&farm.client, TAG, WINDOW * 2)?;
        assert!(farm.is_silent()?, "a tag that is not listed any more");
        // What the daemon itself heard counts as well, without any echo.
        datapath.renew(&module()?, FOREVER, Some(FOREVER))?;
        let end_ns = now_ns()? + u64::try_from((WINDOW * 2).as_nanos())?;
        until(|| Ok(now_ns()? > end_ns))?;
        assert_eq!(farm.answered_by()?, 0);
        Ok(())
    });
}

#[test]
fn the_fence_answers_for_a_dead_daemon() {
    run("the_fence_answers_for_a_dead_daemon", || {
        let (farm, mut datapath) = answering()?;
        let mut datapath = farm.servers[0].run(move || {
            serve(&mut *datapath)?;
            Ok(datapath)
        })?;
        datapath.contact(&module()?, &contact(TAG)?)?;
        assert_eq!(answer_of(&farm.client, SERVER, 0)?.leases, 1);
        let before = datapath.probed()?;
        // As the kernel ends it with the process: no module was closed.
        drop(datapath);
        for addr in [SERVER, SERVER6] {
            let answer = answer_of(&farm.client, addr, 0)?;
            let said = (answer.flags, answer.leases, answer.tags, answer.run);
            assert_eq!(said, (FLAG_KERNEL | FLAG_FENCED, 0, [0; 16], RUN));
        }
        // The next daemon goes on counting, and answers by itself.
        let datapath = farm.servers[0].run(|| {
            let mut datapath = backend(0, Wanted::Ebpf)?;
            datapath.respond_as(&responder(node(0)?, &["eth0"])?)?;
            Ok(datapath)
        })?;
        assert!(datapath.probed()?.answered >= before.answered + 2);
        assert_eq!(answer_of(&farm.client, SERVER, 0)?.flags, FLAG_KERNEL);
        Ok(())
    });
}

#[test]
fn the_fence_says_nothing_for_a_daemon_without_ebpf_and_goes_when_its_rules_stand() {
    run(
        "the_fence_says_nothing_for_a_daemon_without_ebpf_and_goes_when_its_rules_stand",
        || {
            let (farm, mut datapath) = answering()?;
            farm.servers[0].run(move || {
                serve(&mut *datapath)?;
                // As the kernel ends it with the process: no module was closed.
                drop(datapath);
                Ok(())
            })?;
            let flags = answer_of(&farm.client, SERVER, 0)?.flags;
            assert_eq!(flags, FLAG_KERNEL | FLAG_FENCED);
            let mut datapath = farm.servers[0].run(|| backend(0, Wanted::Nfqueue))?;
            falls_silent(&farm.client)?;
            assert!(farm.is_silent()?, "the virtual address stays closed");
            farm.servers[0]
                .run(move || {
                    datapath.open(&module()?, &path(0, EntryMode::VmacDirected)?)?;
                    assert_eq!(std::fs::read_dir("/sys/fs/bpf/evenkeel")?.count(), 0);
                    datapath.routes(&module()?, &routes(0, 1, 0)?)?;
                    datapath.install(&module()?, &table(Kind::Mine))?;
                    datapath.renew(&module()?, FOREVER, None)?;
                    Ok(datapath)
                })
                .and_then(|_datapath| {
                    assert_eq!(farm.answered_by()?, 0, "by the rules of the living daemon");
                    Ok(())
                })
        },
    );
}

#[test]
fn a_daemon_that_ends_in_order_leaves_nothing() {
    run("a_daemon_that_ends_in_order_leaves_nothing", || {
        let (farm, mut datapath) = answering()?;
        answer_of(&farm.client, SERVER, 0)?;
        // Modules come and go, and probes are answered.
        let datapath = farm.servers[0].run(move || {
            serve(&mut *datapath)?;
            datapath.close(&module()?)?;
            Ok(datapath)
        })?;
        assert_eq!(answer_of(&farm.client, SERVER, 0)?.flags, FLAG_KERNEL);
        farm.servers[0].run(move || {
            drop(datapath);
            let left = std::fs::read_dir("/sys/fs/bpf/evenkeel")?.count();
            assert_eq!(left, 0);
            Ok(())
        })?;
        falls_silent(&farm.client)
    });
}

#[test]
fn every_lan_is_answered_on() {
    run("every_lan_is_answered_on", || {
        let farm = Farm::new(&[Wanted::Ebpf])?;
        let server = &farm.servers[0];
        let pid = server.pid();
        farm.client.ip(format!(
            "link add eth1 type veth peer name eth1 netns {pid}"
        ))?;
        farm.client.ip("addr add 10.1.0.7/24 dev eth1")?;
        farm.client.ip("link set eth1 up")?;
        server.ip(format!("addr add {SECOND}/24 dev eth1"))?;
        server.ip("link set eth1 up")?;
        let datapath = server.run(|| {
            let mut datapath = backend(0, Wanted::Ebpf)?;
            let mut responder = responder(node(0)?, &["eth0", "eth1"])?;
            datapath.respond_as(&responder)?;
            assert!(datapath.answers_in_kernel());
            // An interface that is gone is told, and the others answer.
            let mut gone = responder.interfaces[1].clone();
            gone.name = "eth9".to_owned();
            gone.index += 100;
            responder.interfaces.push(gone);
            datapath.respond_as(&responder)?;
            assert!(!datapath.answers_in_kernel());
            Ok(datapath)
        })?;
        assert_eq!(answer_of(&farm.client, SERVER, 0)?.lan, 0);
        assert_eq!(answer_of(&farm.client, SECOND, 1)?.lan, 1);
        // Each LAN has its own newest request.
        farm.client.run(|| {
            let (first, second) = (asking(SERVER)?, asking(SECOND)?);
            let one = request()?;
            ask(&first, SERVER, &one)?;
            ask(&second, SECOND, &Probe { lan: 1, ..one })?;
            Ok(())
        })?;
        assert_eq!(datapath.probed()?.replayed, 0);
        Ok(())
    });
}

#[test]
fn on_clsact_the_filter_outlives_the_daemon_and_says_that_its_lease_is_over() {
    let name = "on_clsact_the_filter_outlives_the_daemon_and_says_that_its_lease_is_over";
    run(name, || {
        let farm = Farm::new(&[Wanted::Ebpf])?;
        let start = || {
            let mut datapath = Ebpf::with_hook(Path::new("/sys/fs/bpf"), node(0)?, Hook::Clsact)?;
            datapath.respond_as(&responder(node(0)?, &["eth0"])?)?;
            serve(&mut datapath)?;
            Ok(datapath)
        };
        let mut datapath = farm.servers[0].run(start)?;
        assert_eq!(answer_of(&farm.client, SERVER, 0)?.leases, 1);
        datapath.renew(&module()?, Time(now_ns()?), None)?;
        drop(datapath);
        let answer = answer_of(&farm.client, SERVER, 0)?;
        assert_eq!((answer.flags, answer.leases), (FLAG_KERNEL, 0));
        let mut datapath = farm.servers[0].run(start)?;
        assert_eq!(answer_of(&farm.client, SERVER, 0)?.leases, 1);
        // The last module closes, and probes are answered all the same.
        let datapath = farm.servers[0].run(move || {
            datapath.close(&module()?)?;
            Ok(datapath)
        })?;
        assert_eq!(answer_of(&farm.client, SERVER, 0)?.leases, 0);
        farm.servers[0].run(move || {
            drop(datapath);
            Ok(())
        })?;
        falls_silent(&farm.client)
    });
}

#[test]
fn user_space_answers_alike() {
    in_memory().unwrap_or_else(|error| panic!("{error}"));
}

fn in_memory() -> Outcome<()> {
    let mut datapath = Memory::default();
    assert_eq!(asked(&mut datapath, &request()?), Err(Refused::Forged));
    datapath.respond_as(&responder(node(0)?, &[])?)?;
    assert!(!datapath.answers_in_kernel());
    let path = ModulePath {
        node: node(0)?,
        interfaces: Vec::new(),
        groups: vec![GroupPath {
            name: "web".to_owned(),
            rules: Vec::new(),
        }],
        hash_key: [7; 16],
        replay: true,
    };
    datapath.open(&module()?, &path)?;
    datapath.renew(&module()?, FOREVER, Some(Time(0)))?;
    datapath.contact(&module()?, &contact(TAG)?)?;
    let first = asked(&mut datapath, &request()?);
    let first = first.map_err(|refused| format!("{refused:?}"))?;
    assert_eq!((first.flags, first.tags[0], first.leases), (0, TAG, 1));
    let mut echo = Probe {
        to_run: RUN,
        answered_ns: first.answered_ns,
        ..request()?
    };
    echo.tags[0] = TAG;
    let leases = asked(&mut datapath, &echo).map(|answer| answer.leases);
    assert_eq!(leases, Ok(1));
    assert_eq!(asked(&mut datapath, &echo), Err(Refused::Replayed));
    let Probed {
        answered,
        forged,
        replayed,
        ..
    } = datapath.probed()?;
    assert_eq!((answered, forged, replayed), (2, 1, 1));
    Ok(())
}

/// What a datapath answers that is given a request.
fn asked(datapath: &mut dyn Datapath, request: &Probe) -> Result<Probe, Refused> {
    let mut words = words_of(&request.seal(KEY)).ok_or(Refused::Malformed)?;
    datapath.respond(&mut words)?;
    Probe::open(&bytes_of(&words), |_| Some(KEY))
}
