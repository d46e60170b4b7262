//! x
use evenkeel_lab::capture::*;
use evenkeel_lab::isolate::{self, Place};
use evenkeel_lab::load::{attempt::burst, *};
use evenkeel_lab::netns::Namespace;
use evenkeel_lab::segment::*;
use std::net::*;
use std::time::*;
fn main() -> std::process::ExitCode {
    match isolate::enter().expect("enter") {
        Place::Outside(code) => std::process::ExitCode::from(code),
        Place::Inside(world) => {
            println!("{world:?} pid {}", std::process::id());
            let rt = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            rt.block_on(async {
                let seg = Segment::new(300).await.unwrap();
                let a = seg
                    .plug(
                        "node1",
                        Address {
                            mac: [2, 0x77, 0, 0, 0, 1],
                            addrs: vec![("10.77.0.1".parse().unwrap(), 16)],
                            routes: vec![(
                                "10.77.1.0".parse().unwrap(),
                                24,
                                "10.77.0.200".parse().unwrap(),
                            )],
                        },
                    )
                    .await
                    .unwrap();
                let mut addrs = vec![("10.77.0.200".parse::<Ipv4Addr>().unwrap(), 16)];
                let sources: Vec<Ipv4Addr> =
                    (1..=254).map(|i| Ipv4Addr::new(10, 77, 1, i)).collect();
                addrs.extend(sources.iter().map(|s| (*s, 32)));
                let c = seg
                    .plug(
                        "client",
                        Address {
                            mac: [2, 0x77, 0, 0, 1, 1],
                            addrs,
                            routes: vec![],
                        },
                    )
                    .await
                    .unwrap();
                a.namespace
                    .run(|| async {
                        let l =
                            evenkeel_lab::service::listener("0.0.0.0:80".parse().unwrap()).unwrap();
                        tokio::task::spawn_local(async move {
                            loop {
                                let (s, _) = l.accept().await.unwrap();
                                tokio::task::spawn_local(evenkeel_lab::service::converse(
                                    s,
                                    "Content-Length: 2\r\n\r\na\n",
                                ));
                            }
                        });
                    })
                    .await
                    .unwrap();
                let cap = Capture::start(seg.namespace()).unwrap();
                let t = Instant::now();
                let to: SocketAddrV4 = "10.77.0.1:80".parse().unwrap();
                let r = burst(
                    &c.namespace,
                    Tuples::new(sources.clone(), 10000, 100).take(300).collect(),
                    to,
                    Duration::from_secs(3),
                )
                .await
                .unwrap();
                println!(
                    "{:?} ok {} of {}; {:?}",
                    t.elapsed(),
                    r.iter().filter(|a| a.outcome.is_ok()).count(),
                    r.len(),
                    r[0]
                );
                let st = Steady::start(
                    &c.namespace,
                    SteadyOptions {
                        to,
                        sources: Tuples::new(sources.clone(), 20000, 1000),
                        every: Duration::from_millis(3),
                        time_max: Duration::from_secs(3),
                    },
                )
                .await
                .unwrap();
                let he = Held::start(
                    &c.namespace,
                    HeldOptions {
                        to,
                        sources: Tuples::new(sources, 40000, 1000),
                        connections: 50,
                        every: Duration::from_millis(100),
                        time_max: Duration::from_secs(3),
                    },
                )
                .await
                .unwrap();
                tokio::time::sleep(Duration::from_secs(1)).await;
                seg.set_link(a.port, false).await.unwrap();
                tokio::time::sleep(Duration::from_millis(300)).await;
                seg.set_link(a.port, true).await.unwrap();
                tokio::time::sleep(Duration::from_millis(1500)).await;
                let h = he.finish().await;
                let s = st.finish().await;
                let f = cap.finish().unwrap();
                println!(
                    "frames {} attempts {} slow {} held {} broken {} slowest {:?}",
                    f.len(),
                    s.len(),
                    s.iter()
                        .filter(|a| a.duration() > Duration::from_millis(200))
                        .count(),
                    h.len(),
                    h.iter().filter(|h| h.broken.is_some()).count(),
                    h.iter().map(|h| h.slowest.0).max()
                );
                println!(
                    "mean {:?}",
                    s.iter().map(|a| a.duration()).sum::<Duration>() / s.len() as u32
                );
                let o = findings::openings(&f, to, Some(c.port));
                println!(
                    "{} openings {} once",
                    o.len(),
                    o.values().filter(|o| o.is_answered_once()).count()
                );
                println!(
                    "{:?} {:?}",
                    findings::bindings(&f, *to.ip()),
                    findings::senders(&f)
                );
                let _ = Namespace::new("x");
            });
            println!("sig");
            if std::env::args().nth(1).is_some() {
                std::thread::sleep(Duration::from_secs(100));
            }
            std::process::ExitCode::from(7)
        }
    }
}
