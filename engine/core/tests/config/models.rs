//! Legal models of every kind, made up: what the readers can give, and nothing else.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use evenkeel_core::config::model::{
    Boot, Check, CheckAction, CheckWhen, ClusterConfig, Comparison, Condition, EntryMode,
    FailoverConfig, FailoverRule, FarmConfig, Filter, GroupConfig, HostPower, HttpProbe,
    InterfaceConfig, Isolation, Lan, LanNode, ModuleConfig, PortRange, Probe, Proc, ProcAction,
    ProcClass, Proto, ResourceId, ResourcePattern, Rule, RuleAction, ServiceMode, StatusRange,
    Timing, UserConfig, VipConfig, VirtualAddr,
};
use evenkeel_core::ids::NodeId;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// A name with everything in it that a notation could trip over.
fn name() -> impl Strategy<Value = String> {
    "[a-z%<&\"'é](%[A-Z]{1,2}%|[a-zA-Z0-9 é%&<>\"'_.]){0,12}[a-z%>]"
}

fn ident() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9é_-][a-zA-Z0-9é_.:/@+-]{0,15}"
}

/// A text that XML can have.
fn any_text() -> impl Strategy<Value = String> {
    let is_legal = |c: char| c >= ' ' || ['\t', '\n', '\r'].contains(&c);
    let legal = move |text: String| {
        let is_legal = |c: &char| is_legal(*c) && !['\u{fffe}', '\u{ffff}'].contains(c);
        text.chars().filter(is_legal).collect()
    };
    prop_oneof![any::<String>().prop_map(legal), name()]
}

/// A text for checkers, without white space around it.
fn check_text() -> impl Strategy<Value = String> {
    "[!-~é]([ -~é]{0,20}[!-~é])?"
}

fn times(unit: Duration, least: u32) -> impl Strategy<Value = Duration> {
    prop_oneof![least..=5, 1000..1_000_000_u32]
        .prop_map(move |n| (unit * n).min(Duration::from_secs(365 * 24 * 3600)))
}

/// Whole seconds, none or some on.
fn seconds(least: u32) -> impl Strategy<Value = Duration> {
    times(Duration::from_secs(1), least)
}

fn host() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<Ipv4Addr>().prop_map(|addr| addr.to_string()),
        any::<Ipv6Addr>().prop_map(|addr| addr.to_string()),
        "[a-z][a-z0-9-]{0,20}(\\.[a-z]{2,9}){0,3}",
    ]
}

fn program() -> impl Strategy<Value = String> {
    "/?[a-z][a-z0-9 _-]{0,9}(/[a-z]{1,9}){0,2}[a-z0-9%]"
}

fn unicast() -> impl Strategy<Value = IpAddr> {
    prop_oneof![
        any::<[u8; 3]>().prop_map(|[a, b, c]| IpAddr::from([10, a, b, c])),
        any::<[u8; 14]>().prop_map(|bytes| {
            let mut addr = [0xfd; 16];
            addr[2..].copy_from_slice(&bytes);
            IpAddr::from(addr)
        }),
    ]
}

fn timing() -> impl Strategy<Value = Timing> {
    (5..=10_000_u64, 3..=1000_u32, 3..=1000_u32).prop_map(|(pulse, slost_count, mlost_count)| {
        Timing {
            pulse: Duration::from_millis(pulse),
            slost_count,
            mlost_count,
        }
    })
}

/// A cluster: the first lan has all nodes, others some.
pub(crate) fn cluster_config() -> impl Strategy<Value = ClusterConfig> {
    let addrs = vec(unicast(), 24);
    let nodes = btree_map(name(), vec(any::<bool>(), 3), 2..8);
    let lans = btree_map(name(), Just(()), 1..4);
    let other = (any::<bool>(), 0..1_u64 << 53);
    (1..=u16::MAX, timing(), addrs, nodes, lans, other).prop_filter_map(
        "distinct addresses",
        |(port, timing, addrs, all, lans, (command, revision))| {
            let mut free: BTreeMap<IpAddr, ()> = addrs.into_iter().map(|a| (a, ())).collect();
            let mut list = Vec::new();
            for (place, (name, ())) in lans.into_iter().enumerate() {
                let mut nodes = Vec::new();
                for (node, on) in &all {
                    if place > 0 && !*on.get(place - 1)? {
                        continue;
                    }
                    let (addr, ()) = free.pop_first()?;
                    let name = node.clone();
                    nodes.push(LanNode { name, addr });
                }
                if !nodes.is_empty() {
                    list.push(Lan { name, nodes });
                }
            }
            let command = command.then(|| list[0].name.clone());
            let first = list[0].nodes[0].name.clone();
            let numbers = command.iter().map(|_| (first.clone(), NodeId::LAST));
            Some(ClusterConfig {
                revision,
                port,
                timing,
                lans: list,
                numbers: numbers.collect(),
                command: command.clone(),
            })
        },
    )
}

fn interfaces() -> impl Strategy<Value = Vec<InterfaceConfig>> {
    let one = (
        any::<[bool; 4]>(),
        (seconds(1), seconds(0)),
        select(vec![EntryMode::VmacDirected, EntryMode::VmacInvisible]),
        option::of(any::<[u8; 5]>()),
        btree_map(
            unicast(),
            (any::<bool>(), any::<bool>(), option::of(1..=32_u8)),
            1..4,
        ),
    );
    vec(one, 1..4).prop_map(|list| {
        let mut seen = BTreeMap::new();
        let mut interfaces = Vec::new();
        for (number, (on, arp, entry, vmac, addrs)) in list.into_iter().enumerate() {
            let addrs = addrs
                .into_iter()
                .filter(|(addr, _)| seen.insert(*addr, ()).is_none());
            let addrs = addrs.map(|(addr, (check, connections, prefix_len))| VirtualAddr {
                addr,
                check,
                connections,
                prefix_len: prefix_len.filter(|_| addr.is_ipv4()),
            });
            let vmac = vmac.filter(|_| entry == EntryMode::VmacInvisible);
            interfaces.push(InterfaceConfig {
                name: on[0].then(|| format!("eth{number}")),
                check: on[1],
                arpreroute: on[2],
                arpinterval: arp.0,
                arpelapse: arp.1,
                entry,
                vmac: vmac.map(|[a, b, c, d, e]| [0x5a, a, b, c, d, e]),
                addrs: addrs.collect(),
            });
        }
        interfaces.retain(|interface| !interface.addrs.is_empty());
        interfaces
    })
}

/// What a rule is but for its ports, which are given out so that no two rules have any in common.
type RuleSeed = (bool, bool, u8, u16, u16);

fn rule((for_one, is_udp, filter, first, more): RuleSeed, number: u16, addrs: &[IpAddr]) -> Rule {
    let is_v4 = addrs.iter().all(IpAddr::is_ipv4);
    let base = 1 + number * 1000;
    let one = PortRange {
        first: base + first,
        last: base + first + more,
    };
    let mut ports = vec![one];
    if more % 2 == 0 {
        ports.push(PortRange::one(base + 900));
    }
    Rule {
        virtual_addr: for_one.then(|| addrs[0]),
        ports,
        proto: if is_udp { Proto::Udp } else { Proto::Tcp },
        filter: match filter {
            0 => Filter::OnAddr,
            1 if is_udp && is_v4 => Filter::OnIpid,
            _ => Filter::OnPort,
        },
    }
}

pub(crate) fn vip_config() -> impl Strategy<Value = VipConfig> {
    let seed = (
        any::<bool>(),
        any::<bool>(),
        0..3_u8,
        0..400_u16,
        0..400_u16,
    );
    let hosts = btree_map(name(), any::<u32>(), 0..3);
    let groups = btree_map(name(), (hosts, vec(seed, 1..4)), 1..4);
    (any::<[bool; 4]>(), interfaces(), groups).prop_map(|(on, interfaces, groups)| {
        let addrs = interfaces.iter().flat_map(|interface| &interface.addrs);
        let addrs: Vec<IpAddr> = addrs.map(|addr| addr.addr).collect();
        let directed = |one: &InterfaceConfig| one.entry == EntryMode::VmacDirected;
        let mut arp = interfaces.iter().all(directed) && on[2];
        let mut number = 0;
        let group = |(name, (hosts, seeds)): (String, (BTreeMap<String, u32>, Vec<RuleSeed>))| {
            let mut rules = Vec::new();
            for seed in seeds {
                rules.push(rule(seed, number, &addrs));
                number += 1;
            }
            if std::mem::take(&mut arp) {
                rules.push(Rule {
                    virtual_addr: None,
                    ports: Vec::new(),
                    proto: Proto::Arp,
                    filter: Filter::OnAddr,
                });
            }
            let hosts = hosts
                .into_iter()
                .map(|(name, power)| HostPower { name, power });
            GroupConfig {
                name,
                hosts: hosts.collect(),
                rules,
            }
        };
        let groups = groups.into_iter().map(group).collect();
        VipConfig {
            tcpreset: on[0],
            scriptcontrol: on[1],
            replay: on[3],
            interfaces,
            groups,
        }
    })
}

/// Checkers: kind by kind, names once in a class.
fn checks() -> impl Strategy<Value = Vec<Check>> {
    let kinds = (
        btree_map(ident(), (chosen(), tcp()), 0..3),
        btree_map(ident(), (chosen(), ping()), 0..3),
        btree_map(ident(), intf(), 0..2),
        btree_map(ident(), ip(), 0..2),
        btree_map(ident(), (chosen(), custom()), 0..3),
        btree_map(option::of(ident()), module_probe(), 0..2),
        btree_map(ident(), (chosen(), http()), 0..3),
    );
    kinds.prop_map(|(tcp, ping, intf, ip, custom, module, http)| {
        let free = |(ident, ((when, action), probe))| Check {
            ident,
            when,
            action,
            probe,
        };
        let fixed = |when, action| {
            move |(ident, probe)| Check {
                ident,
                when,
                action,
                probe,
            }
        };
        let named = |(ident, probe): (Option<String>, Probe)| {
            let Probe::Module { name, addr, .. } = &probe else {
                unreachable!("a strategy for modules");
            };
            let addr = addr.as_ref().map(|addr| format!("_{addr}"));
            let default = format!("{name}{}", addr.unwrap_or_default());
            (ident.unwrap_or(default), probe)
        };
        let mut web: Vec<_> = http.into_iter().collect();
        web.sort_by_key(|(_, (_, probe))| matches!(probe, Probe::Http(http) if http.tls));
        // A name that was made up can be one that comes of itself.
        let modules: BTreeMap<String, Probe> = module.into_iter().map(named).collect();
        let chosen = tcp.into_iter().chain(ping).map(free);
        chosen
            .chain(
                intf.into_iter()
                    .map(fixed(CheckWhen::Pre, CheckAction::Wait)),
            )
            .chain(
                ip.into_iter()
                    .map(fixed(CheckWhen::Both, CheckAction::Stopstart)),
            )
            .chain(custom.into_iter().map(free))
            .chain(
                modules
                    .into_iter()
                    .map(fixed(CheckWhen::Pre, CheckAction::Wait)),
            )
            .chain(web.into_iter().map(free))
            .collect()
    })
}

fn chosen() -> impl Strategy<Value = (CheckWhen, CheckAction)> {
    let both = [
        CheckAction::Restart,
        CheckAction::Stopstart,
        CheckAction::Stop,
        CheckAction::Noaction,
    ];
    let both = both.map(|action| (CheckWhen::Both, action));
    let pre = [CheckAction::Wait, CheckAction::Noaction].map(|action| (CheckWhen::Pre, action));
    select([&both[..], &pre[..]].concat())
}

fn tcp() -> impl Strategy<Value = Probe> {
    (host(), 1..=u16::MAX, seconds(1), seconds(1)).prop_map(|(addr, port, interval, timeout)| {
        Probe::Tcp {
            addr,
            port,
            interval,
            timeout,
        }
    })
}

fn ping() -> impl Strategy<Value = Probe> {
    (host(), seconds(1), seconds(1)).prop_map(|(addr, interval, timeout)| Probe::Ping {
        addr,
        interval,
        timeout,
    })
}

fn intf() -> impl Strategy<Value = Probe> {
    unicast().prop_map(|local_addr| Probe::Intf { local_addr })
}

fn ip() -> impl Strategy<Value = Probe> {
    (unicast(), seconds(1)).prop_map(|(addr, interval)| Probe::Ip { addr, interval })
}

fn custom() -> impl Strategy<Value = Probe> {
    (program(), option::of(check_text())).prop_map(|(exec, arg)| Probe::Custom { exec, arg })
}

fn module_probe() -> impl Strategy<Value = Probe> {
    let name = "[a-z][a-zA-Z0-9_-]{0,31}";
    (
        name,
        option::of(host()),
        1..=u16::MAX,
        any::<bool>(),
        seconds(1),
        seconds(1),
    )
        .prop_map(
            |(name, addr, port, secure, interval, timeout)| Probe::Module {
                name,
                addr,
                port,
                secure,
                interval,
                timeout,
            },
        )
}

fn http() -> impl Strategy<Value = Probe> {
    let status = btree_map(10..59_u16, 0..9_u16, 1..5).prop_map(|list| {
        let range = |(ten, more)| StatusRange {
            first: ten * 10,
            last: ten * 10 + more,
        };
        list.into_iter().map(range).collect()
    });
    let path = "/([a-z0-9?=&%]{0,20})";
    let rest = (status, option::of(check_text()), seconds(1), seconds(1));
    (
        [any::<bool>(), any::<bool>()],
        host(),
        1..=u16::MAX,
        path,
        rest,
    )
        .prop_map(
            |([tls, insecure], addr, port, path, (status, body, interval, timeout))| {
                Probe::Http(HttpProbe {
                    tls,
                    addr,
                    port,
                    path,
                    status,
                    body,
                    insecure: insecure && tls,
                    interval,
                    timeout,
                })
            },
        )
}

fn procs() -> impl Strategy<Value = Vec<Proc>> {
    let limits = prop_oneof![
        (0..9_u32, 0..9_u32).prop_map(|(least, more)| (Some(least), Some(least + more))),
        any::<u32>().prop_map(|least| (Some(least), None)),
        any::<u32>().prop_map(|most| (None, Some(most))),
    ];
    let regex = || option::of("[a-z.]{1,9}(\\[[a-z%]{1,5}\\]|\\([a-z<&]{1,3}\\)){0,2}");
    let action = prop_oneof![
        select(vec![
            ProcAction::Restart,
            ProcAction::Stopstart,
            ProcAction::Stop,
            ProcAction::Noaction
        ]),
        "bin/[a-z%A-Z ]{0,9}[a-z]".prop_map(ProcAction::Handler),
    ];
    let class = prop_oneof![
        select(vec![ProcClass::Both, ProcClass::Pre]),
        "class_[a-z0-9]{1,9}".prop_map(ProcClass::Named),
    ];
    let what = (any::<bool>(), regex(), regex(), vec("[a-z%-]{1,15}", 0..3));
    let rest = (seconds(1), limits, action, class, 0..=1000_u32);
    btree_map("[a-z<%&][a-z %]{0,12}[a-z%]", (what, rest), 0..4).prop_map(|list| {
        let proc = |(name, (what, rest))| {
            let (service, nameregex, argregex, services): (bool, Option<_>, Option<_>, Vec<_>) =
                what;
            let (polltimer, (atleast, atmax), action, class, start_after) = rest;
            let is_alone = service && action == ProcAction::Restart;
            Proc {
                name,
                polltimer,
                service,
                nameregex: nameregex.filter(|_| !service),
                argregex: argregex.filter(|_| !service),
                atleast,
                atmax,
                action,
                restart_services: if is_alone { services } else { Vec::new() },
                class,
                start_after,
            }
        };
        list.into_iter().map(proc).collect()
    })
}

fn condition() -> impl Strategy<Value = Condition> {
    let id = prop_oneof![
        ident().prop_map(ResourceId::One),
        Just(ResourceId::Any),
        Just(ResourceId::All),
    ];
    let classes = [
        "tcp", "ping", "intf", "ip", "custom", "module", "http", "proc",
    ];
    let checked = (select(classes.to_vec()), select(vec!["init", "up", "down"]));
    let other = (select(vec!["state", "mine"]), select(vec!["UP", "x-1"]));
    let comparison = (prop_oneof![checked, other], id, any::<bool>());
    let is = comparison.prop_map(|((class, state), id, equal)| {
        let class = class.to_owned();
        Condition::Is(Comparison {
            resource: ResourcePattern { class, id },
            equal,
            state: state.to_owned(),
        })
    });
    is.prop_recursive(4, 16, 3, |inner| {
        prop_oneof![
            inner
                .clone()
                .prop_map(|inner| Condition::Not(Box::new(inner))),
            vec(inner.clone(), 2..4).prop_map(Condition::All),
            vec(inner, 2..4).prop_map(Condition::Any),
        ]
    })
}

/// A rule of a `<failover>`; what it withdraws may not be there.
pub(crate) fn failover_rule(label: String) -> impl Strategy<Value = FailoverRule> {
    let action = prop_oneof![
        select(vec![
            RuleAction::Stop,
            RuleAction::Stopstart,
            RuleAction::Wait,
            RuleAction::Restart
        ]),
        "[a-z%][a-z %<>&'é]{0,9}[a-z]".prop_map(RuleAction::Withdraw),
    ];
    (condition(), action).prop_map(move |(condition, action)| FailoverRule {
        label: label.clone(),
        condition,
        action,
    })
}

fn failover() -> impl Strategy<Value = FailoverConfig> {
    let rules = vec(failover_rule(String::new()), 0..4);
    (
        any::<bool>(),
        times(Duration::from_millis(1), 1),
        0..9_u32,
        rules,
    )
        .prop_map(|(extends, period, periods, mut rules)| {
            for (rule, number) in rules.iter_mut().zip(1..) {
                rule.label = format!("own_{number}");
            }
            FailoverConfig {
                extends,
                period,
                handle_time: period * periods,
                rules,
            }
        })
}

fn user() -> impl Strategy<Value = UserConfig> {
    let vars = btree_map("[a-zA-Z_][a-zA-Z0-9_]{0,9}", any_text(), 0..4);
    (
        seconds(1),
        seconds(1),
        any::<bool>(),
        1..=1024 * 1024_u64,
        vars,
    )
        .prop_map(
            |(nicestoptimeout, forcestoptimeout, logging, kib, vars)| UserConfig {
                nicestoptimeout,
                forcestoptimeout,
                logging,
                userlogsize: kib * 1024,
                vars: vars.into_iter().collect(),
            },
        )
}

/// A module of either mode.
pub(crate) fn module_config() -> impl Strategy<Value = ModuleConfig> {
    let boots = vec![Boot::On, Boot::Off, Boot::Auto, Boot::Ignore];
    let hours = times(Duration::from_secs(3600), 0);
    let service = (
        select(boots),
        seconds(0),
        any::<u32>(),
        hours,
        any::<bool>(),
    );
    let lans = btree_map(name(), Just(()), 1..4);
    let port = option::of(1..=u16::MAX);
    let drain = seconds(0).prop_map(|drain| drain.min(Duration::from_secs(3600)));
    let isolation = select(vec![Isolation::Serve, Isolation::Fence]);
    let farm = (port, lans, option::of(timing()), (isolation, drain));
    let farm = farm.prop_map(|(port, lans, timing, (isolation, drain))| FarmConfig {
        port,
        lans: lans.into_keys().collect(),
        timing,
        isolation,
        drain,
    });
    let network = option::weighted(0.8, (farm, option::of(vip_config())));
    let watch = (checks(), procs(), failover());
    (service, network, watch, option::of(user())).prop_map(
        |(service, network, (checks, procs, mut failover), user)| {
            let (boot, boot_delay, maxloop, loop_interval, automatic_reboot) = service;
            let mode = match network {
                Some(_) => ServiceMode::Farm,
                None => ServiceMode::Light,
            };
            let (farm, vip) = network.map_or((None, None), |(farm, vip)| (Some(farm), vip));
            let groups = vip.iter().flat_map(|vip: &VipConfig| &vip.groups);
            let groups: Vec<&str> = groups.map(|group| group.name.as_str()).collect();
            let group = groups.into_iter().find(|name| !name.contains('"'));
            for rule in &mut failover.rules {
                if let (RuleAction::Withdraw(_), group) = (&rule.action, group) {
                    let of = |group: &str| RuleAction::Withdraw(group.to_owned());
                    rule.action = group.map_or(RuleAction::Wait, of);
                }
            }
            let user = user.or_else(|| (!procs.is_empty()).then(UserConfig::default));
            ModuleConfig {
                mode,
                boot,
                boot_delay,
                maxloop,
                loop_interval,
                automatic_reboot,
                farm,
                vip,
                checks,
                procs,
                failover,
                user,
            }
        },
    )
}
