//! What this node measures, as text for Prometheus (OpenMetrics 1.0).
//!
//! Everything is read when it is asked for, from the same views that the API shows: the two never differ.

use std::fmt;
use std::sync::atomic::AtomicU64;

use evenkeel_core::config::model::CONNECTIONS_CLASS;
use evenkeel_core::module::resources::{DOWN, UP};
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use crate::views::module::{ModuleStatus, Phase, Readiness};
use crate::views::node::NodeStatus;
use crate::views::resource::Resource;
use crate::views::traffic::Replays;
use crate::views::webhook::WebhookDeliveries;

type Labels = Vec<(&'static str, String)>;
type Gauges = Family<Labels, Gauge<f64, AtomicU64>>;
type Counters = Family<Labels, Counter>;

/// What is measured, by name.
#[derive(Default)]
struct Sheet(Registry);

impl Sheet {
    fn gauge(&mut self, name: &str, help: &str, values: impl IntoIterator<Item = (Labels, f64)>) {
        let family = Gauges::default();
        for (labels, value) in values {
            family.get_or_create(&labels).set(value);
        }
        self.0.register(name, help, family);
    }

    fn counter(&mut self, name: &str, help: &str, values: impl IntoIterator<Item = (Labels, u64)>) {
        let family = Counters::default();
        for (labels, value) in values {
            family.get_or_create(&labels).inc_by(value);
        }
        self.0.register(name, help, family);
    }
}

/// A module with its resources.
#[derive(Debug)]
pub struct Module {
    /// Its state.
    pub status: ModuleStatus,
    /// What its checkers say.
    pub resources: Vec<Resource>,
}

/// The text of a node with these modules and webhooks.
///
/// # Errors
///
/// None but those of writing into memory.
pub fn text(
    node: &NodeStatus,
    modules: &[Module],
    webhooks: &[(String, WebhookDeliveries)],
) -> Result<String, fmt::Error> {
    let mut sheet = Sheet(Registry::with_prefix("evenkeel"));
    of_node(&mut sheet, node);
    of_peers(&mut sheet, node);
    of_modules(&mut sheet, modules);
    of_groups(&mut sheet, modules);
    of_webhooks(&mut sheet, webhooks);
    let mut text = String::new();
    encode(&mut text, &sheet.0)?;
    Ok(text)
}

fn flag(is: bool) -> f64 {
    f64::from(u8::from(is))
}

/// Exact below 2^53.
fn number(count: u64) -> f64 {
    let (high, low) = (count >> 32, count & u64::from(u32::MAX));
    let part = |half: u64| f64::from(u32::try_from(half).unwrap_or(u32::MAX));
    part(high).mul_add(4_294_967_296.0, part(low))
}

fn seconds(us: u64) -> f64 {
    number(us) / 1e6
}

fn of_node(sheet: &mut Sheet, node: &NodeStatus) {
    let about = vec![
        ("node", node.name.clone()),
        ("version", node.version.clone()),
        ("backend", node.backend.name.clone()),
        ("hook", node.backend.hook.clone()),
    ];
    sheet.gauge("build", "This node and its daemon", [(about, 1.0)]);
    let starts = [(vec![], node.incarnation)];
    sheet.counter(
        "starts",
        "Grows by one with each start of the daemon",
        starts,
    );
    let detector = &node.detector;
    let answers = flag(detector.kernel_answers);
    sheet.gauge(
        "kernel_answers",
        "1: the kernel answers liveness probes on every LAN",
        [(vec![], answers)],
    );
    sheet.gauge(
        "timer_late_seconds",
        "How late the timer of the thread that sends heartbeats fired, the most in the last minute",
        [(vec![], seconds(detector.late_max_us))],
    );
    let outcome = |(name, count): (&str, u64)| (vec![("outcome", name.to_owned())], count);
    let probed = &detector.probed;
    let probed = [
        ("answered", probed.answered),
        ("malformed", probed.malformed),
        ("foreign", probed.foreign),
        ("forged", probed.forged),
        ("replayed", probed.replayed),
    ];
    sheet.counter(
        "probes_received",
        "Liveness probes that this node was asked by",
        probed.map(outcome),
    );
    let refused = &node.refused;
    let refused = [
        ("malformed", refused.malformed),
        ("foreign", refused.foreign),
        ("forged", refused.forged),
        ("replayed", refused.replayed),
    ];
    sheet.counter(
        "heartbeats_refused",
        "Heartbeats that changed nothing",
        refused.map(outcome),
    );
}

fn of_peers(sheet: &mut Sheet, node: &NodeStatus) {
    let alive = node.peers.iter().map(|peer| {
        let labels = vec![("peer", peer.name.clone())];
        (labels, flag(peer.alive))
    });
    sheet.gauge(
        "peer_alive",
        "1: this node hears the peer, and is heard",
        alive,
    );
    let lans = || {
        node.peers.iter().flat_map(|peer| {
            let labels = |lan: &str| vec![("peer", peer.name.clone()), ("lan", lan.to_owned())];
            peer.lans.iter().map(move |lan| (labels(&lan.lan), lan))
        })
    };
    let reached = lans().map(|(labels, lan)| (labels, flag(lan.reached)));
    sheet.gauge("peer_reached", "1: the peer answers on this LAN", reached);
    let trips = lans().filter_map(|(labels, lan)| Some((labels, seconds(lan.round_trip_us?))));
    sheet.gauge(
        "peer_round_trip_seconds",
        "From a probe until its answer was looked at",
        trips,
    );
    let asked = lans().map(|(labels, lan)| (labels, lan.asked));
    sheet.counter("probes_sent", "Liveness probes sent", asked);
    let answered = lans().map(|(labels, lan)| (labels, lan.answered));
    sheet.counter(
        "probes_answered",
        "Of these, those that were answered",
        answered,
    );
}

fn of_module(module: &Module) -> Labels {
    vec![("module", module.status.module.clone())]
}

fn with(mut labels: Labels, name: &'static str, value: &str) -> Labels {
    labels.push((name, value.to_owned()));
    labels
}

fn of_modules(sheet: &mut Sheet, modules: &[Module]) {
    let states = modules.iter().map(|module| {
        let status = &module.status;
        let labels = with(of_module(module), "phase", status.phase.as_str());
        (with(labels, "readiness", status.readiness.as_str()), 1.0)
    });
    sheet.gauge("module_state", "The state of the module here", states);
    let ready = modules.iter().map(|module| {
        let (phase, readiness) = (module.status.phase, module.status.readiness);
        let is_ready = phase == Phase::Up && readiness == Readiness::Ready;
        (of_module(module), flag(is_ready))
    });
    sheet.gauge("module_ready", "1: the module is UP (Ready) here", ready);
    let revisions = modules.iter();
    let revisions = revisions.map(|m| (of_module(m), number(m.status.revision)));
    sheet.gauge(
        "module_revision",
        "The revision of its configuration",
        revisions,
    );
    let actions = modules.iter().map(|module| {
        let count = module.status.automatic_actions.count;
        (of_module(module), f64::from(count))
    });
    sheet.gauge(
        "module_automatic_actions",
        "How often it helped itself within loop_interval",
        actions,
    );
    let resources = modules.iter().flat_map(|module| {
        let known = module.resources.iter().filter_map(|resource| {
            let is_up = match resource.value.as_str() {
                UP => true,
                DOWN => false,
                _ => return None,
            };
            Some((
                with(of_module(module), "resource", &resource.name),
                flag(is_up),
            ))
        });
        known.collect::<Vec<_>>()
    });
    sheet.gauge(
        "resource_up",
        "1: up, 0: down; others are left out",
        resources,
    );
    sheet.gauge(
        "connections",
        "Established TCP connections of the virtual address on this node, as counted every 10 s",
        modules.iter().flat_map(connections),
    );
    let packets = modules.iter().flat_map(|module| {
        let counters = module.status.counters.iter();
        counters.map(|(name, count)| (with(of_module(module), "outcome", name), *count))
    });
    sheet.counter(
        "packets",
        "Packets to the virtual IPs since the traffic was opened, by verdict and reason",
        packets,
    );
    let syns = modules.iter().flat_map(|module| {
        let counts = module.status.replays.iter().flat_map(Replays::counts);
        counts.map(|(name, count)| (with(of_module(module), "outcome", name), count))
    });
    sheet.counter(
        "replays",
        "SYNs that another node was to answer, since the traffic was opened, by what became of them",
        syns,
    );
}

/// How many connections each virtual address of a module has for which they are counted.
fn connections(module: &Module) -> Vec<(Labels, f64)> {
    let counted = module.resources.iter().filter_map(|resource| {
        let addr = resource.name.strip_prefix(CONNECTIONS_CLASS)?;
        let count = resource.value.parse().ok()?;
        let addr = addr.strip_prefix('.')?;
        Some((with(of_module(module), "address", addr), number(count)))
    });
    counted.collect()
}

fn of_groups(sheet: &mut Sheet, modules: &[Module]) {
    let groups = || {
        modules.iter().flat_map(|module| {
            let groups = module.status.groups.iter();
            groups.map(|group| (with(of_module(module), "group", &group.name), group))
        })
    };
    let shares = groups().flat_map(|(labels, group)| {
        let share = move |node: &crate::views::module::Share| {
            let labels = with(labels.clone(), "node", &node.node);
            (labels, f64::from(node.buckets))
        };
        group.nodes.iter().map(share)
    });
    sheet.gauge("group_buckets", "The buckets of each node, of 4096", shares);
    let open = groups().map(|(labels, group)| (labels, f64::from(group.open)));
    sheet.gauge("group_open", "Buckets whose flows this node opens", open);
    let migrating = groups().map(|(labels, group)| (labels, f64::from(group.migrating)));
    sheet.gauge(
        "group_migrating",
        "This node's buckets of which another may still hold connections",
        migrating,
    );
    let held = groups().map(|(labels, group)| (labels, f64::from(group.held)));
    sheet.gauge(
        "group_held",
        "Connections that this node holds in buckets of others",
        held,
    );
    let flows = groups().map(|(labels, group)| (labels, group.flows_opened));
    sheet.counter(
        "group_flows_opened",
        "Flows that this node opened since its traffic was opened",
        flows,
    );
}

fn of_webhooks(sheet: &mut Sheet, webhooks: &[(String, WebhookDeliveries)]) {
    let labels = |name: &str| vec![("webhook", name.to_owned())];
    let events = webhooks.iter().flat_map(|(name, told)| {
        let outcomes = [
            ("delivered", told.delivered),
            ("failed", told.failed),
            ("dropped", told.dropped),
        ];
        outcomes.map(|(outcome, count)| (with(labels(name), "outcome", outcome), count))
    });
    sheet.counter(
        "webhook_events",
        "Events for the receiver of the webhook, by what became of them",
        events,
    );
    let waiting = webhooks.iter();
    let waiting = waiting.map(|(name, told)| (labels(name), number(told.waiting)));
    sheet.gauge(
        "webhook_waiting",
        "Events that are not delivered yet",
        waiting,
    );
}
