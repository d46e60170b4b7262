//! Where virtual addresses are and what this makes of them, in private network namespaces: both
//! families, both places, what killed daemons left, what the node says and starts in their name.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends there")]

mod common;

use std::fs;
use std::io::{ErrorKind, Read};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::time::Duration;

use common::{
    Farm, Namespace, Stub, in_namespace, ip, module_config_for, other_end, shop, shop_status,
    until, until_status,
};
use evenkeel_core::command::Command;
use evenkeel_core::config::model::ModuleConfig;
use evenkeel_core::module::state::ModuleState;
use evenkeel_engine::{Engine, EngineError};
use socket2::{Domain, Protocol, Socket, Type};

const SIX: &str = "fd09::99";
const FOUR: &str = "10.9.0.99";
/// [`SIX`] as it stands in a frame.
const SIX_HEX: &str = "fd090000000000000000000000000099";

fn config(entry: &str) -> ModuleConfig {
    module_config_for(entry, &[FOUR, SIX], "")
}

async fn command(engine: &Engine, command: Command, state: ModuleState) {
    engine.command(command).await.unwrap();
    until_status(engine, "the state is reached", |status| {
        shop_status(status).is_some_and(|module| module.state == state)
    })
    .await;
}

async fn start_shop(engine: &Engine, config: ModuleConfig) {
    engine.configure(shop(), config).await.unwrap();
    let (module, by) = (shop(), "test".to_owned());
    command(engine, Command::Start { module, by }, ModuleState::READY).await;
}

async fn stop_shop(engine: &Engine) {
    let (module, by) = (shop(), "test".to_owned());
    let stop = Command::Stop {
        module,
        by,
        automatic: false,
    };
    command(engine, stop, ModuleState::STOPPED).await;
}

/// A namespace with both families on `v0`, as [`in_namespace`].
fn in_both_families<F: Future<Output = ()>>(test: impl FnOnce() -> F + Send + 'static) {
    in_namespace(async || {
        ip("-6 address add fd09::1/64 dev v0 nodad");
        test().await;
    });
}

/// The other end of the cable with both families; it knows who has the virtual IPv6 address,
/// because no filter answers in these tests.
fn neighbour() -> Namespace {
    let other = other_end();
    other.ip("-6 address add fd09::2/64 dev v1 nodad");
    let mac = own_mac();
    other.ip(&format!("-6 neigh add {SIX} lladdr {mac} dev v1"));
    other
}

fn own_mac() -> String {
    let shown = ip("-o link show v0");
    let words = shown.split_whitespace();
    let mut mac = words.skip_while(|word| *word != "link/ether");
    mac.nth(1).unwrap().to_owned()
}

/// The interfaces that have an address.
fn places(addr: &str) -> Vec<String> {
    let shown = ip("-o address show");
    let here = |line: &&str| line.contains(&format!(" {addr}/"));
    let name = |line: &str| line.split_whitespace().nth(1).unwrap().to_owned();
    shown.lines().filter(here).map(name).collect()
}

fn is_in_group() -> bool {
    ip("-6 maddress show dev v0").contains("ff02::1:ff00:99")
}

#[test]
fn an_ipv6_address_is_on_loopback_deprecated_and_looked_for_on_the_nic() {
    in_both_families(async || {
        let mut farm = Farm::new(1);
        let engine = farm.start(0, &Stub::default()).await;
        assert!(!is_in_group());
        start_shop(&engine, config("vmac_directed")).await;
        assert_eq!(places(SIX), ["lo"]);
        assert_eq!(places(FOUR), ["v0"]);
        let shown = ip("-6 address show dev lo");
        let line = shown.lines().find(|line| line.contains("fd09::99/128"));
        let words: Vec<&str> = line.unwrap().split_whitespace().collect();
        for word in ["deprecated", "nodad", "noprefixroute"] {
            assert!(words.contains(&word), "{word}: {shown}");
        }
        assert!(
            shown.contains("valid_lft forever preferred_lft 0sec"),
            "{shown}"
        );
        assert!(!ip("-6 route show").contains(SIX), "nothing starts from it");
        assert!(is_in_group());
        stop_shop(&engine).await;
        assert_eq!((places(SIX), places(FOUR)), (vec![], vec![]));
        assert!(!is_in_group());

        start_shop(&engine, config("vmac_invisible")).await;
        assert!(is_in_group());
        drop(engine);
        until("the group is left with the engine", || {
            (!is_in_group()).then_some(())
        })
        .await;
    });
}

#[test]
fn traffic_opens_when_the_nic_can_look_for_clients() {
    in_both_families(async || {
        let is_tentative = || ip("-6 address show dev v0 scope link").contains("tentative");
        let mut farm = Farm::new(1);
        let engine = farm.start(0, &Stub::default()).await;
        ip("link set v0 down");
        fs::write("/proc/sys/net/ipv6/conf/v0/accept_dad", "1").unwrap();
        ip("link set v0 up");
        ip("-6 address add fd09::1/64 dev v0 nodad");
        until("it is asked", || is_tentative().then_some(())).await;
        start_shop(&engine, config("vmac_directed")).await;
        assert!(!is_tentative(), "{}", ip("-6 address show dev v0"));
        stop_shop(&engine).await;
    });
}

/// All frames that arrive in the calling thread's namespace.
fn capture() -> Socket {
    let all = Protocol::from(i32::from(0x0003_u16.to_be()));
    let socket = Socket::new(Domain::PACKET, Type::RAW, Some(all)).unwrap();
    socket.set_nonblocking(true).unwrap();
    socket
}

/// The ICMPv6 frames of this type that arrived since the last call, in hexadecimal.
fn icmpv6(socket: &mut Socket, kind: u8) -> Vec<String> {
    let mut frames = Vec::new();
    let mut buffer = [0; 2048];
    while let Ok(length) = socket.read(&mut buffer) {
        let is_icmpv6 = buffer[12..14] == [0x86, 0xdd] && buffer[20] == 58;
        if is_icmpv6 && buffer[54] == kind {
            let hex = buffer[..length].iter().map(|byte| format!("{byte:02x}"));
            frames.push(hex.collect());
        }
    }
    frames
}

const SOLICITATION: u8 = 135;
const ADVERTISEMENT: u8 = 136;

#[test]
fn clients_reach_an_ipv6_address_and_no_frame_looks_for_them_in_its_name() {
    in_both_families(async || {
        let neighbour = neighbour();
        let mut farm = Farm::new(1);
        let engine = farm.start(0, &Stub::default()).await;
        let mut captured = neighbour.run(capture);
        start_shop(&engine, config("vmac_directed")).await;
        let listener = TcpListener::bind("[fd09::99]:80").unwrap();
        let to: SocketAddr = listener.local_addr().unwrap();
        let connect = move || TcpStream::connect_timeout(&to, Duration::from_secs(20)).unwrap();
        let mut client = neighbour.run(connect);
        let (_server, peer) = listener.accept().unwrap();
        assert_eq!(peer.ip(), "fd09::2".parse::<IpAddr>().unwrap());
        let own = own_mac().replace(':', "");
        // The server has to find the client before it can answer from the virtual address.
        let mut seen = 0;
        for frame in icmpv6(&mut captured, SOLICITATION) {
            if frame[12..24] == own {
                seen += 1;
                assert_ne!(&frame[44..76], SIX_HEX, "{frame}");
                assert_ne!(
                    &frame[124..156],
                    SIX_HEX,
                    "no duplicate is looked for: {frame}"
                );
            }
        }
        assert!(seen > 0, "it looked for the client");
        stop_shop(&engine).await;
        client
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        let error = client.read(&mut [0]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    });
}

#[test]
fn clients_reach_an_ipv4_address_on_loopback() {
    in_both_families(async || {
        let neighbour = other_end();
        let mut farm = Farm::new(1);
        let stub = Stub::default();
        stub.told().on_loopback = true;
        let engine = farm.start(0, &stub).await;
        start_shop(&engine, config("vmac_directed")).await;
        let to = SocketAddr::from(([10, 9, 0, 99], 80));
        let listener = TcpListener::bind(to).unwrap();
        let mac = own_mac();
        neighbour.ip(&format!("neigh replace {FOUR} lladdr {mac} dev v1"));
        let connect = move || TcpStream::connect_timeout(&to, Duration::from_secs(20)).unwrap();
        let _client = neighbour.run(connect);
        let (_server, peer) = listener.accept().unwrap();
        assert_eq!(peer.ip(), "10.9.0.2".parse::<IpAddr>().unwrap());
        stop_shop(&engine).await;
    });
}

fn advertised(entry: &'static str, agreed: impl Fn(&str) -> String + Send + 'static) {
    in_both_families(async move || {
        let neighbour = neighbour();
        let mut farm = Farm::new(1);
        let engine = farm.start(0, &Stub::default()).await;
        let mut captured = neighbour.run(capture);
        start_shop(&engine, config(entry)).await;
        let own = own_mac().replace(':', "");
        let head = format!("333300000001{own}86dd6000000000203aff{SIX_HEX}");
        let tail = format!("20000000{SIX_HEX}0201{}", agreed(&own));
        let mut rounds = 0;
        until("four rounds", || {
            let frames = icmpv6(&mut captured, ADVERTISEMENT);
            for frame in frames.iter().filter(|frame| frame[124..].contains(SIX_HEX)) {
                assert!(
                    frame.starts_with(&head) && frame.ends_with(&tail),
                    "{frame}"
                );
                rounds += 1;
            }
            (rounds == 4).then_some(())
        })
        .await;
        stop_shop(&engine).await;
    });
}

#[test]
fn the_entry_node_advertises_its_own_mac_in_directed_mode() {
    advertised("vmac_directed", str::to_owned);
}

#[test]
fn the_entry_node_advertises_the_virtual_mac_in_invisible_mode() {
    advertised("vmac_invisible", |_| "5afe0a090063".to_owned());
}

#[test]
fn an_advertisement_changes_what_a_neighbour_knows() {
    in_both_families(async || {
        let other = other_end();
        other.ip("-6 address add fd09::2/64 dev v1 nodad");
        other.ip(&format!(
            "-6 neigh add {SIX} lladdr 02:00:00:00:00:99 dev v1 nud stale"
        ));
        let mut farm = Farm::new(1);
        let engine = farm.start(0, &Stub::default()).await;
        start_shop(&engine, config("vmac_directed")).await;
        let mac = own_mac();
        until("the neighbour learns", || {
            let known = other.run(|| ip("-6 neigh show dev v1"));
            let line = known.lines().find(|line| line.starts_with(SIX))?;
            line.contains(&mac).then_some(())
        })
        .await;
        stop_shop(&engine).await;
    });
}

/// From which address a connection to somewhere starts.
fn source(to: &str) -> String {
    let to: SocketAddr = to.parse().unwrap();
    let any = if to.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" };
    let socket = UdpSocket::bind(any).unwrap();
    socket.connect(to).unwrap();
    socket.local_addr().unwrap().ip().to_string()
}

/// Routes of each kind: behind a gateway, and on the link without a preferred source.
fn set_routes() {
    ip("route replace 192.0.2.0/24 via 10.9.0.2");
    ip("route replace 198.51.100.0/24 dev v0");
    ip("-6 route replace 2001:db8:1::/48 via fd09::2");
    ip("-6 route replace 2001:db8:2::/48 dev v0");
}

fn check_sources(when: &str) {
    for (to, own) in [
        ("10.9.0.2:9", "10.9.0.1"),
        ("192.0.2.9:9", "10.9.0.1"),
        ("198.51.100.9:9", "10.9.0.1"),
        ("[fd09::2]:9", "fd09::1"),
        ("[2001:db8:1::9]:9", "fd09::1"),
        ("[2001:db8:2::9]:9", "fd09::1"),
    ] {
        assert_eq!(source(to), own, "to {to}, {when}");
    }
}

#[test]
fn connections_of_the_node_start_from_its_own_address() {
    for on_loopback in [false, true] {
        in_both_families(async move || {
            let mut farm = Farm::new(1);
            let stub = Stub::default();
            stub.told().on_loopback = on_loopback;
            let engine = farm.start(0, &stub).await;
            set_routes();
            start_shop(&engine, config("vmac_directed")).await;
            check_sources("with the routes there first");
            // The other way round: the node's own address is the younger one.
            ip("address del 10.9.0.1/24 dev v0");
            ip("-6 address del fd09::1/64 dev v0");
            ip("address add 10.9.0.1/24 dev v0");
            ip("-6 address add fd09::1/64 dev v0 nodad");
            set_routes();
            check_sources("with the virtual addresses there first");
            stop_shop(&engine).await;
        });
    }
}

#[test]
fn what_a_daemon_with_another_back_end_left_is_moved() {
    in_both_families(async || {
        let mut farm = Farm::new(1);
        let stub = |on_loopback| {
            let stub = Stub::default();
            stub.told().on_loopback = on_loopback;
            stub
        };
        let places = || (places(FOUR), places(SIX));
        let on = |four: &str| (vec![four.to_owned()], vec!["lo".to_owned()]);
        for (on_loopback, place) in [(true, "lo"), (false, "v0"), (true, "lo")] {
            let engine = farm.start(0, &stub(on_loopback)).await;
            start_shop(&engine, config("vmac_directed")).await;
            assert_eq!(places(), on(place));
            drop(engine);
            assert_eq!(places(), on(place), "nobody removed them");
        }
        let stub = stub(false);
        let engine = farm.start(0, &stub).await;
        engine
            .configure(shop(), config("vmac_directed"))
            .await
            .unwrap();
        let closed = || (!stub.told().calls.is_empty()).then_some(());
        until("what was left is removed", closed).await;
        assert_eq!(places(), (vec![], vec![]), "the module is stopped");
        engine.shutdown().await;
    });
}

#[test]
fn an_address_of_the_machine_s_own_on_loopback_is_not_taken() {
    in_both_families(async || {
        ip(&format!("-6 address add {SIX}/128 dev lo"));
        let mut farm = Farm::new(1);
        let engine = farm.start(0, &Stub::default()).await;
        let error = engine.configure(shop(), config("vmac_directed")).await;
        let error = error.unwrap_err();
        assert!(matches!(error, EngineError::OwnAddress { .. }), "{error}");
        assert_eq!(places(SIX), ["lo"]);
        engine.shutdown().await;
    });
}

#[test]
fn a_network_that_only_a_route_tells_has_room_for_an_ipv6_address() {
    in_namespace(async || {
        ip("-6 address add fd09::1/128 dev v0 nodad");
        ip("-6 route add fd09::/64 dev v0");
        let mut farm = Farm::new(1);
        let engine = farm.start(0, &Stub::default()).await;
        start_shop(&engine, module_config_for("vmac_directed", &[SIX], "")).await;
        assert_eq!(places(SIX), ["lo"]);
        stop_shop(&engine).await;
        assert_eq!(places("fd09::1"), ["v0"], "the node's own stays");
    });
}

#[test]
fn without_ipv6_on_the_nic_the_reason_says_so_and_nothing_is_left() {
    in_both_families(async || {
        let mut farm = Farm::new(1);
        let stub = Stub::default();
        let engine = farm.start(0, &stub).await;
        engine
            .configure(shop(), config("vmac_directed"))
            .await
            .unwrap();
        // The interfaces are looked for once more when traffic opens, so the network stays known.
        fs::write("/proc/sys/net/ipv6/conf/lo/disable_ipv6", "1").unwrap();
        let (module, by) = (shop(), "test".to_owned());
        engine.command(Command::Start { module, by }).await.unwrap();
        let status = until_status(&engine, "stopped with a reason", |status| {
            shop_status(status).is_some_and(|module| module.reason.is_some())
        })
        .await;
        let reason = shop_status(&status).unwrap().reason.clone().unwrap();
        let expected =
            "virtual address fd09::99 cannot be set on loopback (is IPv6 disabled there?)";
        assert!(reason.contains(expected), "{reason}");
        until("nothing is left", || {
            (places(FOUR).is_empty() && places(SIX).is_empty()).then_some(())
        })
        .await;
        engine.shutdown().await;
    });
}

#[test]
fn an_address_comes_and_goes_while_the_module_serves() {
    in_both_families(async || {
        let mut farm = Farm::new(1);
        let stub = Stub::default();
        let engine = farm.start(0, &stub).await;
        let one = module_config_for("vmac_directed", &[FOUR], "");
        start_shop(&engine, one.clone()).await;
        stub.told().calls.clear();
        engine
            .configure(shop(), config("vmac_directed"))
            .await
            .unwrap();
        assert_eq!(
            (places(FOUR), places(SIX)),
            (vec!["v0".to_owned()], vec!["lo".to_owned()])
        );
        assert!(is_in_group());
        let known = |stub: &Stub| stub.told().path.as_ref().unwrap().interfaces[0].addrs.len();
        assert_eq!(known(&stub), 2);
        engine.configure(shop(), one.clone()).await.unwrap();
        assert_eq!((places(FOUR), places(SIX)), (vec!["v0".to_owned()], vec![]));
        assert!(!is_in_group());
        assert_eq!(known(&stub), 1);
        // What the kernel refuses is undone.
        ip("link set lo down");
        let refused = engine.configure(shop(), config("vmac_directed")).await;
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains("loopback interface is down"), "{refused}");
        assert_eq!((places(FOUR), places(SIX)), (vec!["v0".to_owned()], vec![]));
        assert_eq!(known(&stub), 1);
        ip("link set lo up");
        engine
            .configure(shop(), config("vmac_directed"))
            .await
            .unwrap();
        stop_shop(&engine).await;
        assert_eq!((places(FOUR), places(SIX)), (vec![], vec![]));
    });
}
