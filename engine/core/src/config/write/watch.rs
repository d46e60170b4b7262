//! Writes `<check>`, `<errd>` and `<failover>`.

use super::{on_off, time, yes_no};
use crate::config::model::{
    Check, CheckAction, CheckWhen, FailoverConfig, FailoverRule, HttpProbe, Probe, Proc,
    ProcAction, StatusRange,
};
use crate::config::read::process::class_word;
use crate::config::tree::{Node, Text};

/// The `<check>` of a module that has checkers.
pub(super) fn check(checks: &[Check]) -> Option<Node> {
    let section = Node::new("check").with_all(checks.iter().map(checker));
    (!checks.is_empty()).then_some(section)
}

fn checker(check: &Check) -> Node {
    let Check {
        ident,
        when,
        action,
        probe,
    } = check;
    let node = match probe {
        Probe::Tcp { .. } => Node::new("tcp"),
        Probe::Ping { .. } => Node::new("ping"),
        Probe::Intf { .. } => Node::new("intf"),
        Probe::Ip { .. } => Node::new("ip"),
        Probe::Custom { .. } => Node::new("custom"),
        Probe::Module { .. } => Node::new("module"),
        Probe::Http(http) if http.tls => Node::new("https"),
        Probe::Http(_) => Node::new("http"),
    };
    let when = match when {
        CheckWhen::Pre => "pre",
        CheckWhen::Both => "both",
    };
    let action = match action {
        CheckAction::Restart => "restart",
        CheckAction::Stopstart => "stopstart",
        CheckAction::Stop => "stop",
        CheckAction::Wait => "wait",
        CheckAction::Noaction => "noaction",
    };
    let fixed = |node: Node| node.with("ident", ident).with("when", when);
    let chosen = |node: Node| fixed(node).with("action", action);
    match probe {
        Probe::Tcp { .. } | Probe::Ping { .. } | Probe::Http(_) => {
            chosen(node).with_all([to(probe)])
        }
        Probe::Intf { .. } | Probe::Ip { .. } => fixed(node).with_all([to(probe)]),
        Probe::Custom { exec, arg } => chosen(node)
            .with("exec", exec)
            .with_some("arg", arg.as_ref()),
        Probe::Module { name, .. } => {
            let is_own = *ident != probe_ident(probe);
            node.with("name", name)
                .with_some("ident", is_own.then_some(ident))
                .with_all([to(probe)])
        }
    }
}

/// What the checker of a module is called unless it has a name.
fn probe_ident(probe: &Probe) -> String {
    let Probe::Module { name, addr, .. } = probe else {
        return String::new();
    };
    match addr {
        Some(addr) => format!("{name}_{addr}"),
        None => name.clone(),
    }
}

fn to(probe: &Probe) -> Node {
    let node = Node::new("to");
    match probe {
        Probe::Tcp {
            addr,
            port,
            interval,
            timeout,
        } => node
            .with("addr", addr)
            .with("port", port.to_string())
            .with("interval", time(*interval))
            .with("timeout", time(*timeout)),
        Probe::Ping {
            addr,
            interval,
            timeout,
        } => node
            .with("addr", addr)
            .with("interval", time(*interval))
            .with("timeout", time(*timeout)),
        Probe::Intf { local_addr } => node.with("local_addr", local_addr.to_string()),
        Probe::Ip { addr, interval } => node
            .with("addr", addr.to_string())
            .with("interval", time(*interval)),
        Probe::Custom { .. } => node,
        Probe::Module {
            name: _,
            addr,
            port,
            secure,
            interval,
            timeout,
        } => node
            .with_some("addr", addr.as_ref())
            .with("port", port.to_string())
            .with("interval", time(*interval))
            .with("timeout", time(*timeout))
            .with("secure", on_off(*secure)),
        Probe::Http(http) => http_to(node, http),
    }
}

fn http_to(node: Node, probe: &HttpProbe) -> Node {
    let HttpProbe {
        tls,
        addr,
        port,
        path,
        status,
        body,
        insecure,
        interval,
        timeout,
    } = probe;
    let status: Vec<String> = status.iter().map(StatusRange::to_string).collect();
    node.with("addr", addr)
        .with("port", port.to_string())
        .with("path", path)
        .with("status", status.join(","))
        .with_some("body", body.as_ref())
        .with("interval", time(*interval))
        .with("timeout", time(*timeout))
        .with_some("insecure", tls.then_some(on_off(*insecure)))
}

/// A `<errd>` for each row of processes that are looked at equally often.
pub(super) fn errd(procs: &[Proc]) -> Vec<Node> {
    let sections = procs.chunk_by(|one, next| one.polltimer == next.polltimer);
    let section = |procs: &[Proc]| {
        let polltimer = procs.first().map(|proc| time(proc.polltimer));
        Node::new("errd")
            .with_some("polltimer", polltimer)
            .with_all(procs.iter().map(proc))
    };
    sections.map(section).collect()
}

fn proc(config: &Proc) -> Node {
    let Proc {
        name,
        polltimer: _,
        service,
        nameregex,
        argregex,
        atleast,
        atmax,
        action,
        restart_services,
        class,
        start_after,
    } = config;
    let action = match action {
        ProcAction::Restart => "restart",
        ProcAction::Stopstart => "stopstart",
        ProcAction::Stop => "stop",
        ProcAction::Noaction => "noaction",
        ProcAction::Handler(program) => program,
    };
    let services = (!restart_services.is_empty()).then(|| restart_services.join(","));
    Node::new("proc")
        .with("name", name)
        .with("service", yes_no(*service))
        .with_some("nameregex", nameregex.as_ref())
        .with_some("argregex", argregex.as_ref())
        .with("atleast", limit(*atleast))
        .with("atmax", limit(*atmax))
        .with("action", action)
        .with_some("restart_services", services)
        .with("class", class_word(class))
        .with("start_after", start_after.to_string())
}

fn limit(number: Option<u32>) -> String {
    number.map_or_else(|| "-1".to_owned(), |number| number.to_string())
}

/// The `<failover>` of a module in which something of it is set.
pub(super) fn failover(config: &FailoverConfig) -> Option<Node> {
    let FailoverConfig {
        extends,
        period,
        handle_time,
        rules,
    } = config;
    let words: Vec<String> = rules.iter().map(FailoverRule::to_string).collect();
    let mut node = Node::new("failover")
        .with("extends", yes_no(*extends))
        .with("period", time(*period))
        .with("handle_time", time(*handle_time));
    node.text = Text {
        words: words.join("\n"),
        pieces: Vec::new(),
    };
    (*config != FailoverConfig::default()).then_some(node)
}
