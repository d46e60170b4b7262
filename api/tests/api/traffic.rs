//! The packet path as the API shows it: interfaces, buckets, shares, the owner of a flow.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::net::{SocketAddr, TcpStream};

use evenkeel_client::Client;
use evenkeel_client::types::{
    Answers, BucketRun, BucketState, EntryMode, FlowAction, FlowOwner, Hashed, ModuleBuckets,
    ModuleSettings, NodeSelection, Phase, Protocol, Readiness,
};
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::common::{Farm, PATIENCE, light, wait_until};
use crate::namespace::{Neighbour, farm_module, in_namespace};

const BUCKETS: u32 = 4096;

/// One group by address, one by port, one whose rules differ, one by the IP identification.
const GROUPS: &str = "
<group name=\"web\"><rule port=\"80\" proto=\"tcp\" filter=\"on_addr\"/></group>
<group name=\"mail\"><rule port=\"25\" proto=\"tcp\" filter=\"on_port\"/></group>
<group name=\"mixed\"><rule port=\"81\" proto=\"tcp\" filter=\"on_addr\"/><rule port=\"82\" proto=\"tcp\" filter=\"on_port\"/></group>
<group name=\"dns\"><rule port=\"53\" proto=\"udp\" filter=\"on_ipid\"/></group>";

/// Requests that are refused: path below the modules, type of the problem, words of its detail.
const REFUSED: [(&str, &str, &str); 13] = [
    (
        "web/owner?src=10.9.0.50&group=mail",
        "malformed-request",
        "sport: missing",
    ),
    (
        "web/owner?src=10.9.0.50&group=dns",
        "malformed-request",
        "ipid: missing",
    ),
    (
        "web/owner?src=10.9.0.50&group=mixed",
        "malformed-request",
        "give vip and port",
    ),
    (
        "web/owner?src=10.9.0.50",
        "malformed-request",
        "vip: missing",
    ),
    (
        "web/owner?src=10.9.0.50&vip=10.9.0.99",
        "malformed-request",
        "port: missing",
    ),
    (
        "web/owner?src=fd09::50&vip=10.9.0.99&port=80",
        "malformed-request",
        "versions of IP",
    ),
    (
        "web/owner?src=10.9.0.50&group=web&port=80",
        "malformed-request",
        "in place of",
    ),
    (
        "web/owner?src=somebody&group=web",
        "malformed-request",
        "src",
    ),
    (
        "web/owner?src=10.9.0.50&group=none",
        "not-found",
        "web, mail, mixed, dns",
    ),
    (
        "web/buckets?group=none",
        "not-found",
        "web, mail, mixed, dns",
    ),
    ("web/buckets?flow=true", "malformed-request", "flow"),
    ("other/buckets", "unknown-module", "other"),
    (
        "other/owner?src=10.9.0.50&group=web",
        "unknown-module",
        "other",
    ),
];

/// Configures module `web` on all nodes, starts it there, and waits until the share of each of its
/// `nodes` is in force everywhere.
async fn serve(client: &Client, settings: ModuleSettings, nodes: &[&str]) {
    let configure = client.configure_module().module("web").body(settings);
    configure.send().await.unwrap();
    let all = NodeSelection { nodes: None };
    let start = client.start_module().module("web").body(all);
    start.send().await.unwrap();
    for node in nodes {
        let wait = client.wait_for_module().node(*node).module("web");
        let wait = wait.phase(Phase::Up).readiness(Readiness::Ready);
        wait.send().await.unwrap();
    }
    wait_until("all buckets are settled among all nodes", async || {
        for node in nodes {
            let status = client.get_module_on_node().node(*node).module("web");
            let status = status.send().await.unwrap();
            let owns = |group: &evenkeel_client::types::GroupStatus| {
                group.nodes.iter().filter(|share| share.buckets > 0).count()
            };
            let settled = status
                .groups
                .iter()
                .all(|group| owns(group) == nodes.len() && group.migrating == 0);
            if !settled || status.members.len() != nodes.len() {
                return false;
            }
        }
        true
    })
    .await;
}

async fn buckets(client: &Client, node: &str) -> ModuleBuckets {
    let buckets = client.get_buckets().node(node).module("web").flows(true);
    buckets.send().await.unwrap().into_inner()
}

/// The run that a bucket is in.
fn run_of(runs: &[BucketRun], bucket: u16) -> &BucketRun {
    let has = |run: &&BucketRun| (run.first..run.first + run.count).contains(&bucket);
    runs.iter().find(has).unwrap()
}

/// Buckets per owner; fails the test where the runs are not all buckets in their order.
fn owned(runs: &[BucketRun]) -> BTreeMap<String, u32> {
    let mut owned: BTreeMap<String, u32> = BTreeMap::new();
    let mut next = 0;
    for run in runs {
        assert_eq!(
            (u32::from(run.first), run.count > 0),
            (next, true),
            "{run:?}"
        );
        next += u32::from(run.count);
        *owned.entry(run.owner.clone().unwrap()).or_default() += u32::from(run.count);
    }
    assert_eq!(next, BUCKETS);
    owned
}

async fn owner(client: &Client, node: &str, src: &str) -> FlowOwner {
    let owner = client.get_flow_owner().node(node).module("web");
    let owner = owner.src(src).group("web").send();
    owner.await.unwrap().into_inner()
}

#[test]
fn runs_are_all_buckets_and_agree_with_the_shares_and_with_the_owner_of_each_flow() {
    in_namespace(async || {
        let farm = Farm::start(2).await;
        let client = farm.client(0).await;
        serve(&client, farm_module(GROUPS), &["node1", "node2"]).await;
        let mut tables = Vec::new();
        for node in ["node1", "node2"] {
            let status = client.get_module_on_node().node(node).module("web");
            let status = status.send().await.unwrap();
            let told = buckets(&client, node).await;
            assert_eq!((told.node.as_str(), &told.epoch), (node, &status.epoch));
            assert_eq!(told.groups.len(), 4);
            for (group, known) in told.groups.iter().zip(&status.groups) {
                assert_eq!(group.name, known.name);
                let shares = known.nodes.iter();
                let shares: BTreeMap<String, u32> =
                    shares.map(|s| (s.node.clone(), s.buckets)).collect();
                assert_eq!(owned(&group.runs), shares);
                let flows: u64 = group.runs.iter().filter_map(|run| run.flows_opened).sum();
                assert_eq!(flows, known.flows_opened);
            }
            tables.push(told);
        }
        let (mine, theirs) = (&tables[0].groups[0].runs, &tables[1].groups[0].runs);
        for host in 1..64 {
            let src = format!("198.51.100.{host}");
            let here = owner(&client, "node1", &src).await;
            let there = owner(&client, "node2", &src).await;
            assert_eq!((here.bucket, &here.owner), (there.bucket, &there.owner));
            for (flow, runs) in [(&here, mine), (&there, theirs)] {
                let run = run_of(runs, flow.bucket.unwrap());
                assert_eq!((&flow.owner, flow.state), (&run.owner, Some(run.state)));
            }
            let states = (here.state.unwrap(), there.state.unwrap());
            let expected = match here.owner.as_deref() {
                Some("node1") => (BucketState::Mine, BucketState::Foreign),
                _ => (BucketState::Foreign, BucketState::Mine),
            };
            assert_eq!(states, expected, "{here:?}");
        }
        let one = client.get_buckets().node("node2").module("web");
        let one = one.group("mail").send().await.unwrap();
        assert_eq!((one.groups.len(), one.groups[0].name.as_str()), (1, "mail"));
        assert!(
            one.groups[0]
                .runs
                .iter()
                .all(|run| run.flows_opened.is_none())
        );
    });
}

#[test]
fn a_flow_is_told_with_its_rule_its_bucket_and_what_becomes_of_its_packets() {
    in_namespace(async || {
        let farm = Farm::start(2).await;
        let client = farm.client(0).await;
        serve(&client, farm_module(GROUPS), &["node1", "node2"]).await;
        let ask = |node: &str, src: &str| {
            let owner = client.get_flow_owner().node(node).module("web");
            owner.src(src)
        };
        let flow = ask("node1", "10.9.0.50").vip("10.9.0.99").port(80_u16);
        let flow = flow.send().await.unwrap();
        assert_eq!(flow.rule.as_deref(), Some("tcp port 80 on_addr"));
        assert_eq!(flow.hashed, Some(Hashed::Address));
        let owner = flow.owner.clone().unwrap();
        let other = if owner == "node1" { "node2" } else { "node1" };
        let at_owner = ask(&owner, "10.9.0.50").group("web").send().await.unwrap();
        let (opens, continues) = (
            at_owner.opens.as_ref().unwrap(),
            at_owner.continues.as_ref().unwrap(),
        );
        assert_eq!(
            (opens.action, opens.reason.as_str()),
            (FlowAction::Accept, "accept_opens")
        );
        assert_eq!(continues.reason, "accept_mine");
        let at_other = ask(other, "10.9.0.50").group("web").send().await.unwrap();
        let opens = at_other.opens.as_ref().unwrap();
        assert_eq!(
            (opens.action, opens.reason.as_str()),
            (FlowAction::Forward, "forward_owner")
        );
        assert_eq!(opens.to, Some(owner.clone()));
        for words in [
            "tcp port 80 on_addr",
            "group web",
            &format!("forwards its packets to {owner}"),
        ] {
            assert!(at_other.why.contains(words), "{words}: {}", at_other.why);
        }
        flows_without_a_service(&client, flow.bucket).await;
    });
}

/// Ping, ARP, other hashes than the address, and a flow that nothing takes.
async fn flows_without_a_service(client: &Client, bucket: Option<u16>) {
    let ask = |src: &str| {
        let owner = client.get_flow_owner().node("node1").module("web");
        owner.src(src)
    };
    // A ping goes by address in the first group: into the bucket of the group by address.
    let ping = ask("10.9.0.50").vip("10.9.0.99").protocol(Protocol::Icmp);
    let ping = ping.send().await.unwrap();
    assert_eq!((ping.group.as_deref(), ping.bucket), (Some("web"), bucket));
    assert!(ping.continues.is_none());
    let mail = ask("10.9.0.50").group("mail").sport(40_000_u16);
    let mail = mail.send().await.unwrap();
    assert_eq!(mail.hashed, Some(Hashed::AddressAndPort));
    let dns = ask("10.9.0.50")
        .group("dns")
        .ipid(7_u16)
        .send()
        .await
        .unwrap();
    assert_eq!(dns.hashed, Some(Hashed::IpId));
    let arp = ask("10.9.0.50").vip("10.9.0.99").protocol(Protocol::Arp);
    let arp = arp.send().await.unwrap();
    assert!(
        arp.group.is_none() && arp.why.contains("the entry node, node"),
        "{arp:?}"
    );
    let nobody = ask("10.9.0.50").vip("10.9.0.99").port(79_u16);
    let nobody = nobody.send().await.unwrap();
    assert!(
        nobody.bucket.is_none() && nobody.why.contains("dropped"),
        "{nobody:?}"
    );
}

#[test]
fn what_is_missing_or_does_not_fit_is_named() {
    in_namespace(async || {
        let farm = Farm::start(1).await;
        let client = farm.client(0).await;
        serve(&client, farm_module(GROUPS), &["node1"]).await;
        let admin = farm.token().await;
        let user = json!({"name": "eve", "password": "a good password", "role": "monitor"});
        farm.ask(0, Method::POST, "/v1/users", Some(&admin), Some(user))
            .await;
        let token = farm.token_of("eve", "a good password").await;
        let ask = async |path: &str| {
            let path = format!("/v1/nodes/self/modules/{path}");
            farm.ask(0, Method::GET, &path, Some(&token), None).await
        };
        for fine in [
            "web/buckets?group=web&flows=true",
            "web/owner?src=10.9.0.50&group=web",
            "web/owner?src=10.9.0.50&vip=10.9.0.99&port=80&protocol=tcp",
        ] {
            let answer = ask(fine).await;
            assert_eq!(answer.status, StatusCode::OK, "{fine}: {answer:?}");
        }
        for (path, problem, words) in REFUSED {
            let answer = ask(path).await;
            assert_eq!(answer.problem(), problem, "{path}");
            assert!(answer.says(words), "{path}: {answer:?}");
        }
        let all = NodeSelection {
            nodes: Some(vec!["node1".into()]),
        };
        client
            .stop_module()
            .module("web")
            .body(all)
            .send()
            .await
            .unwrap();
        let wait = client.wait_for_module().node("node1").module("web");
        wait.phase(Phase::Stop).send().await.unwrap();
        let configure = client.configure_module_on_node().node("self").module("app");
        configure.body(light()).send().await.unwrap();
        for closed in [
            "web/buckets",
            "web/owner?src=10.9.0.50&group=web",
            "app/buckets",
        ] {
            let answer = ask(closed).await;
            assert_eq!(answer.problem(), "wrong-state", "{closed}");
            assert!(answer.says("no traffic open"), "{answer:?}");
        }
    });
}

#[test]
fn interfaces_powers_and_shares_are_shown_and_a_node_that_is_down_is_named() {
    in_namespace(async || {
        let mut farm = Farm::start(2).await;
        let client = farm.client(0).await;
        let group = "<group name=\"web\"><cluster>\
                     <host name=\"node1\" power=\"3\"/><host name=\"node2\" power=\"1\"/>\
                     </cluster><rule port=\"80\" proto=\"tcp\" filter=\"on_addr\"/></group>";
        serve(&client, farm_module(group), &["node1", "node2"]).await;
        let module = client.get_module().module("web").send().await.unwrap();
        let mut answering = Vec::new();
        for entry in &module.nodes {
            let status = entry.status.as_ref().unwrap();
            assert_eq!(status.interfaces.len(), 1, "{status:?}");
            let v0 = &status.interfaces[0];
            assert_eq!(
                (v0.name.as_str(), v0.entry_mode),
                ("v0", EntryMode::VmacDirected)
            );
            assert_eq!((v0.mac.len(), &v0.virtual_mac), (17, &None));
            assert_eq!(v0.virtual_addresses, ["10.9.0.99"]);
            let is_entry = status.entry.as_deref() == Some(&entry.node);
            assert_eq!(v0.answers == Answers::Everybody, is_entry, "{status:?}");
            answering.push(v0.answers);
            let powers: Vec<u32> = status.groups[0].powers.iter().map(|p| p.power).collect();
            assert_eq!(powers, [3, 1]);
        }
        assert!(answering.contains(&Answers::Nobody), "{answering:?}");
        let web = &module.groups[0];
        let rows: Vec<_> = web
            .nodes
            .iter()
            .map(|n| (n.power, n.buckets, n.percent))
            .collect();
        assert_eq!(rows, [(3, 3072, 75.0), (1, 1024, 25.0)]);
        assert!(web.missing.is_empty() && web.flows_opened == 0, "{web:?}");
        assert!(web.nodes.iter().all(|node| node.flows_opened == Some(0)));
        assert!(web.nodes.iter().all(|node| node.measured_percent.is_none()));
        farm.kill_node(1);
        let module = client.get_module().module("web").send().await.unwrap();
        assert!(module.nodes[1].problem.is_some());
        assert_eq!(module.groups[0].missing, ["node2"]);
        assert_eq!(module.groups[0].nodes[1].flows_opened, None);
    });
}

#[test]
fn flows_that_the_kernel_opened_are_the_measured_share() {
    const FLOWS: u64 = 40;
    in_namespace(async || {
        let mut farm = Farm::init(1);
        farm.use_datapath("ebpf");
        farm.start_node(0).await;
        let client = farm.client(0).await;
        let neighbour = Neighbour::new();
        let group =
            "<group name=\"web\"><rule port=\"80\" proto=\"tcp\" filter=\"on_port\"/></group>";
        serve(&client, farm_module(group), &["node1"]).await;
        // Nobody listens: each connection is opened, and refused by the node's own stack.
        let refused = neighbour.run(|| {
            let vip: SocketAddr = "10.9.0.99:80".parse().unwrap();
            let is_refused = |_: &u64| {
                let tried = TcpStream::connect_timeout(&vip, PATIENCE);
                tried.is_err_and(|error| error.kind() == ErrorKind::ConnectionRefused)
            };
            (0..FLOWS).take_while(is_refused).count()
        });
        assert_eq!(refused, 40);
        let module = client.get_module().module("web").send().await.unwrap();
        let status = module.nodes[0].status.as_ref().unwrap();
        let opened = status.groups[0].flows_opened;
        assert!(opened >= FLOWS, "{opened}");
        assert_eq!(status.counters["accept_opens"], opened);
        let web = &module.groups[0];
        assert_eq!(
            (web.flows_opened, &web.missing),
            (opened, &vec!["absent".to_owned()])
        );
        assert_eq!(web.nodes[0].measured_percent, Some(100.0));
        let told = buckets(&client, "node1").await;
        let runs = &told.groups[0].runs;
        assert_eq!(owned(runs), [("node1".to_owned(), BUCKETS)].into());
        let flow = client.get_flow_owner().node("node1").module("web");
        let flow = flow.src("10.9.0.50").sport(40_000_u16).group("web");
        let opens = flow.send().await.unwrap().into_inner().opens.unwrap();
        assert_eq!(
            (opens.action, opens.reason.as_str()),
            (FlowAction::Accept, "accept_opens")
        );
        assert_eq!(
            runs.iter().filter_map(|run| run.flows_opened).sum::<u64>(),
            opened
        );
    });
}
