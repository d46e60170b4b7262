//! The packet path of a module on this node: who owns its buckets, and whose a flow is.

use std::net::IpAddr;

use axum::extract::State;
use evenkeel_core::ids::{ModuleName, NodeId};
use evenkeel_engine::handle::{self, BucketStatus};
use evenkeel_engine::ports::{Explained, FlowPath, FlowQuestion, FlowTarget};
use evenkeel_packet::abi::{PROTOCOL_ARP, PROTOCOL_TCP, PROTOCOL_UDP};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::{App, Shared};
use crate::apply;
use crate::auth::Monitor;
use crate::extract::{Json, NodeModulePath, Path, Query};
use crate::openapi::Problems;
use crate::problem::{Problem, ProblemType};
use crate::views::convert::{self, name};
use crate::views::traffic::{
    BucketRun, FlowAction, FlowOwner, FlowVerdict, GroupBuckets, Hashed, ModuleBuckets, Protocol,
};

/// Protocol number of ICMP.
const PROTOCOL_ICMP: u8 = 1;
/// Protocol number of ICMPv6.
const PROTOCOL_ICMP_V6: u8 = 58;

/// Which buckets, and what of them.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct BucketsQuery {
    /// The group's name; all groups when absent.
    #[param(example = "http")]
    pub group: Option<String>,
    /// True: with the flows opened in each run.
    #[serde(default)]
    #[param(required = false, example = false)]
    pub flows: bool,
}

/// Who owns the buckets
///
/// All 4096 buckets of a group, or of all groups, as runs of neighbours with the same owner and
/// state, in the state in which this node's packet filter has them. While the module's traffic is
/// not open on the node, the problem is `wrong-state`; where it has no such group, `not-found`.
#[utoipa::path(
    get, path = "/v1/nodes/{node}/modules/{module}/buckets", operation_id = "get_buckets",
    tag = "node modules", params(NodeModulePath, BucketsQuery), security(("token" = ["monitor"])),
    responses((status = 200, description = "The buckets as this node has them.", body = ModuleBuckets), Problems)
)]
pub async fn buckets(
    State(app): State<Shared>,
    _: Monitor,
    Path(path): Path<NodeModulePath>,
    Query(query): Query<BucketsQuery>,
) -> Result<Json<ModuleBuckets>, Problem> {
    let groups = groups(&app, &path.module)?;
    let wanted = query.group.as_deref();
    let wanted = wanted.map(|group| position(&groups, group, &path.module));
    let tables = app
        .engine
        .buckets(path.module.clone(), wanted.transpose()?)
        .await?;
    let group = |(index, buckets): &(usize, Vec<BucketStatus>)| GroupBuckets {
        name: groups.get(*index).cloned().unwrap_or_default(),
        runs: runs(&app, buckets, query.flows),
    };
    Ok(Json(ModuleBuckets {
        module: path.module.to_string(),
        node: app.name.clone(),
        epoch: tables.epoch.map(|epoch| epoch.to_string()),
        groups: tables.groups.iter().map(group).collect(),
    }))
}

/// Neighbours of the same owner and state, in order.
fn runs(app: &App, buckets: &[BucketStatus], with_flows: bool) -> Vec<BucketRun> {
    let mut runs = Vec::new();
    let mut first = 0;
    for run in buckets.chunk_by(|a, b| (a.owner, a.state) == (b.owner, b.state)) {
        let Some(bucket) = run.first() else { continue };
        let (state, previous) = convert::bucket_state(app.node, bucket.state);
        // There are 4096 at the most.
        let count = u16::try_from(run.len()).unwrap_or(u16::MAX);
        let flows: u64 = run.iter().map(|bucket| bucket.flows).sum();
        runs.push(BucketRun {
            first,
            count,
            owner: bucket.owner.map(|id| name(&app.cluster(), id)),
            state,
            previous_owner: previous.map(|id| name(&app.cluster(), id)),
            flows_opened: with_flows.then_some(flows),
        });
        first += count;
    }
    runs
}

/// The names of a module's groups, in the order of the configuration.
fn groups(app: &App, module: &ModuleName) -> Result<Vec<String>, Problem> {
    let status = app.engine.status();
    let status = status.borrow();
    let known = status.modules.iter().find(|known| known.module == *module);
    let known = known.ok_or_else(|| apply::unknown(app, module))?;
    Ok(known
        .groups
        .iter()
        .map(|group| group.name.clone())
        .collect())
}

fn position(groups: &[String], wanted: &str, module: &ModuleName) -> Result<usize, Problem> {
    let found = groups.iter().position(|group| group == wanted);
    found.ok_or_else(|| {
        let detail = match groups {
            [] => format!("module {module} has no groups"),
            _ => format!(
                "module {module} has no group {wanted:?}; it has: {}",
                groups.join(", ")
            ),
        };
        Problem::new(ProblemType::NotFound, detail)
    })
}

/// A flow: by `group`, or by `vip`, `port` and `protocol`.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OwnerQuery {
    /// The client's address; for `arp` that of who asks.
    #[param(value_type = String, format = "ip", example = "198.51.100.7")]
    pub src: IpAddr,
    /// The client's port. Needed where the rule hashes it.
    #[param(format = "uint16", minimum = 0, maximum = 65535, example = 40_000)]
    pub sport: Option<u16>,
    /// The group's name, in place of `vip`, `port` and `protocol`; possible where its rules hash
    /// alike.
    #[param(example = "http")]
    pub group: Option<String>,
    /// The virtual address.
    #[param(value_type = Option<String>, format = "ip", example = "192.0.2.100")]
    pub vip: Option<IpAddr>,
    /// The service's port. Needed with `vip`, for the protocols that have ports.
    #[param(format = "uint16", minimum = 0, maximum = 65535, example = 80)]
    pub port: Option<u16>,
    /// The protocol; TCP when absent.
    #[param(inline = false, required = false, example = "tcp")]
    pub protocol: Option<Protocol>,
    /// The identification field of the IPv4 header. Needed where the rule hashes it.
    #[param(format = "uint16", minimum = 0, maximum = 65535, example = 4711)]
    pub ipid: Option<u16>,
}

/// Whose is a flow
///
/// By the very hash and decision of this node's packet filter: the rule that takes the flow, its
/// bucket, the owner, and what this node does with its packets, with the reason. A parameter that
/// is missing or does not fit is named in the problem `malformed-request`; while the module's
/// traffic is not open on the node, the problem is `wrong-state`; where it has no such group,
/// `not-found`.
#[utoipa::path(
    get, path = "/v1/nodes/{node}/modules/{module}/owner", operation_id = "get_flow_owner",
    tag = "node modules", params(NodeModulePath, OwnerQuery), security(("token" = ["monitor"])),
    responses((status = 200, description = "The flow's owner as this node sees it.", body = FlowOwner), Problems)
)]
pub async fn owner(
    State(app): State<Shared>,
    _: Monitor,
    Path(path): Path<NodeModulePath>,
    Query(query): Query<OwnerQuery>,
) -> Result<Json<FlowOwner>, Problem> {
    let groups = groups(&app, &path.module)?;
    let question = FlowQuestion {
        target: target(&query, &groups, &path.module)?,
        client: query.src,
        client_port: query.sport,
        ip_id: query.ipid,
    };
    let found = app.engine.owner(path.module, question).await?;
    let told = match &found.explained {
        Explained::Decided(flow) => told(&app, flow, &found, &groups),
        Explained::NoRule => not_taken(&app, &query, found.entry),
        Explained::LacksService => {
            let detail = "group: its rules hash different parts of a packet; give vip and port (and \
                          protocol) in place of group";
            return Err(Problem::malformed(detail));
        }
        Explained::LacksClientPort(rule) => {
            let detail = format!("sport: missing, and rule {rule} hashes the client's port");
            return Err(Problem::malformed(detail));
        }
        Explained::LacksIpId(rule) => {
            let detail = format!(
                "ipid: missing, and rule {rule} hashes the identification field of the IPv4 header"
            );
            return Err(Problem::malformed(detail));
        }
    };
    Ok(Json(told))
}

/// Where the flow goes, as far as the parameters make sense together.
fn target(
    query: &OwnerQuery,
    groups: &[String],
    module: &ModuleName,
) -> Result<FlowTarget, Problem> {
    if let Some(group) = &query.group {
        if query.vip.is_some() || query.port.is_some() || query.protocol.is_some() {
            let detail = "group: it stands in place of vip, port and protocol; give the one or the \
                          others";
            return Err(Problem::malformed(detail));
        }
        return position(groups, group, module).map(FlowTarget::Group);
    }
    let vip = query
        .vip
        .ok_or_else(|| Problem::malformed("vip: missing; give group, or vip and port"))?;
    if vip.is_ipv6() != query.src.is_ipv6() {
        let detail = format!(
            "src: {} and the virtual address {vip} are of different versions of IP",
            query.src
        );
        return Err(Problem::malformed(detail));
    }
    let needed = || {
        let detail = "port: missing; a rule for TCP or UDP goes by the service's port";
        Problem::malformed(detail)
    };
    let (protocol, port) = match query.protocol.unwrap_or_default() {
        Protocol::Tcp => (PROTOCOL_TCP, query.port.ok_or_else(needed)?),
        Protocol::Udp => (PROTOCOL_UDP, query.port.ok_or_else(needed)?),
        Protocol::Icmp if vip.is_ipv6() => (PROTOCOL_ICMP_V6, 0),
        Protocol::Icmp => (PROTOCOL_ICMP, 0),
        Protocol::Arp => (PROTOCOL_ARP, 0),
    };
    Ok(FlowTarget::Service {
        vip,
        protocol,
        port,
    })
}

fn told(app: &App, flow: &FlowPath, found: &handle::FlowOwner, groups: &[String]) -> FlowOwner {
    let (state, previous) = convert::bucket_state(app.node, flow.state);
    let verdict = |decision| convert::verdict(&app.cluster(), decision);
    let group = groups.get(flow.group).cloned().unwrap_or_default();
    let owner = found.owner.map(|id| name(&app.cluster(), id));
    let (opens, continues) = (verdict(&flow.opens), flow.continues.as_ref().map(verdict));
    let hashed = Hashed::from(flow.hashed);
    let hashes = match hashed {
        Hashed::Address => "the client's address falls",
        Hashed::AddressAndPort => "the client's address and port fall",
        Hashed::IpId => "the packet's identification field falls",
    };
    let whose = owner
        .as_deref()
        .map_or_else(|| "is nobody's".to_owned(), |o| format!("belongs to {o}"));
    let epoch = found
        .epoch
        .map_or_else(|| "no epoch".to_owned(), |epoch| format!("epoch {epoch}"));
    let why = format!(
        "rule {} of group {group} takes it; {hashes} into bucket {}, which {whose} in {epoch}; {}",
        flow.rule,
        flow.bucket,
        deeds(&app.name, &opens, continues.as_ref()),
    );
    FlowOwner {
        group: Some(group),
        rule: Some(flow.rule.clone()),
        hashed: Some(hashed),
        bucket: Some(flow.bucket),
        owner,
        state: Some(state),
        previous_owner: previous.map(|id| name(&app.cluster(), id)),
        opens: Some(opens),
        continues,
        why,
    }
}

/// What the node does with the packets, as the end of a sentence.
fn deeds(node: &str, opens: &FlowVerdict, continues: Option<&FlowVerdict>) -> String {
    let deed = |verdict: &FlowVerdict, what: &str| match (verdict.action, &verdict.to) {
        (FlowAction::Accept, _) => format!("accepts {what}"),
        (FlowAction::Answer, _) => format!("answers {what}"),
        (FlowAction::Drop, _) => format!("drops {what} ({})", verdict.reason),
        (FlowAction::Forward, to) => {
            format!("forwards {what} to {}", to.as_deref().unwrap_or("nobody"))
        }
    };
    let is_alike = |other: &FlowVerdict| (other.action, &other.to) == (opens.action, &opens.to);
    match continues.filter(|continues| !is_alike(continues)) {
        Some(continues) => format!(
            "{node} {} and {}",
            deed(opens, "what opens it"),
            deed(
                continues,
                "what continues a connection that it does not hold"
            )
        ),
        None => format!("{node} {}", deed(opens, "its packets")),
    }
}

/// No rule takes the packets; but questions for a virtual address need none.
fn not_taken(app: &App, query: &OwnerQuery, entry: Option<NodeId>) -> FlowOwner {
    let is_question = query.protocol == Some(Protocol::Arp);
    let why = match entry {
        Some(entry) if is_question => format!(
            "no rule of the module spreads questions for the address: the entry node, {}, answers \
             everybody",
            name(&app.cluster(), entry)
        ),
        Some(_) | None => "no rule of the module takes it here: its packets are dropped".to_owned(),
    };
    FlowOwner {
        group: None,
        rule: None,
        hashed: None,
        bucket: None,
        owner: None,
        state: None,
        previous_owner: None,
        opens: None,
        continues: None,
        why,
    }
}
