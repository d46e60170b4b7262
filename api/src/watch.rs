//! What `evenkeel` shows at a terminal: nodes and modules as a table, and the log of a module.

use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use reqwest::Method;

use crate::ask::{AskError, Daemon};
use crate::cli;
use crate::views::module::{
    Drain, GroupStatus, LogLevel, Module, ModuleEntry, ModuleList, ModuleLog, ModuleStatus,
};
use crate::views::node::{NodeEntry, NodeList, NodeStatus};

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(1);

/// Home, and nothing below: the terminal's screen is drawn anew.
const CLEAR: &str = "\x1b[H\x1b[J";

/// Shows nodes and modules, again and again on a terminal.
///
/// # Errors
///
/// When the daemon does not answer; on a terminal only at first, as it may be on its way up again.
pub async fn status(options: &cli::Status, out: &mut impl Write) -> Result<(), AskError> {
    let daemon = Daemon::at(&options.at)?;
    let text = page(&daemon).await?;
    if options.once || !io::stdout().is_terminal() {
        return write(out, &text);
    }
    let mut text = text;
    loop {
        write(out, &format!("{CLEAR}{text}"))?;
        tokio::time::sleep(PAUSE).await;
        text = page(&daemon)
            .await
            .unwrap_or_else(|error| format!("{error}\n"));
    }
}

async fn page(daemon: &Daemon<'_>) -> Result<String, AskError> {
    let nodes: NodeList = daemon
        .read(daemon.request(Method::GET, &["v1", "nodes"]))
        .await?;
    let list: ModuleList = daemon
        .read(daemon.request(Method::GET, &["v1", "modules"]))
        .await?;
    let mut modules = Vec::new();
    for summary in list.modules {
        let request = daemon.request(Method::GET, &["v1", "modules", &summary.module]);
        modules.push(daemon.read(request).await?);
    }
    Ok(shown(&nodes, &modules))
}

/// Nodes and modules as a person reads them.
pub fn shown(nodes: &NodeList, modules: &[Module]) -> String {
    let heads = ["NODE", "VERSION", "HEARS", "FILTER", "NOTE"].map(ToOwned::to_owned);
    let lines = nodes.nodes.iter().map(node_line);
    let mut text = table(std::iter::once(heads).chain(lines).collect());
    let heads = ["MODULE", "NODE", "STATE", "SHARE", "REVISION", "NOTE"].map(ToOwned::to_owned);
    let lines = modules.iter().flat_map(module_lines);
    text.push('\n');
    text.push_str(&table(std::iter::once(heads).chain(lines).collect()));
    text
}

fn node_line(entry: &NodeEntry) -> [String; 5] {
    let (node, unknown) = (entry.node.clone(), String::new);
    match (&entry.status, &entry.problem) {
        (Some(status), _) => [
            node,
            status.version.clone(),
            heard(status),
            format!("{} {}", status.backend.name, status.backend.hook),
            unheard(status),
        ],
        (None, Some(problem)) => [
            node,
            unknown(),
            unknown(),
            unknown(),
            problem.detail.clone(),
        ],
        (None, None) => [node, unknown(), unknown(), unknown(), unknown()],
    }
}

fn heard(status: &NodeStatus) -> String {
    let alive = status.peers.iter().filter(|peer| peer.alive).count();
    format!("{alive} of {}", status.peers.len())
}

fn unheard(status: &NodeStatus) -> String {
    let dead = status.peers.iter().filter(|peer| !peer.alive);
    let names: Vec<&str> = dead.map(|peer| peer.name.as_str()).collect();
    if names.is_empty() {
        return String::new();
    }
    format!("does not hear {}", names.join(", "))
}

fn module_lines(module: &Module) -> Vec<[String; 6]> {
    let line = |entry: &ModuleEntry| {
        let (name, node) = (module.module.clone(), entry.node.clone());
        let Some(status) = &entry.status else {
            let note = entry.problem.as_ref().map(|problem| problem.detail.clone());
            let unknown = String::new;
            return [
                name,
                node,
                unknown(),
                unknown(),
                unknown(),
                note.unwrap_or_default(),
            ];
        };
        [
            name,
            node,
            format!("{} {}", status.phase.as_str(), status.readiness.as_str()),
            share(status),
            status.revision.to_string(),
            note(status),
        ]
    };
    module.nodes.iter().map(line).collect()
}

/// The node's share of each group, in the order of the configuration.
fn share(status: &ModuleStatus) -> String {
    let share = |group: &GroupStatus| {
        let mine = group.nodes.iter().find(|share| share.node == status.node);
        mine.map_or_else(
            || "none".to_owned(),
            |share| format!("{:.1} %", share.percent),
        )
    };
    let shares: Vec<String> = status.groups.iter().map(share).collect();
    shares.join(", ")
}

fn note(status: &ModuleStatus) -> String {
    let held: u32 = status.groups.iter().map(|group| group.held).sum();
    let held = (held > 0).then(|| format!("holds {held} connections of others"));
    let rule = status.rule.as_ref().map(|rule| format!("rule {rule}"));
    let drain = status.drain.map(|drain| match drain {
        Drain::Draining => "draining".to_owned(),
        Drain::Drained => "drained".to_owned(),
    });
    let notes = [status.reason.clone(), rule, drain, held];
    notes.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// Lines in columns as wide as what is in them; the last has the rest.
fn table<const COLUMNS: usize>(lines: Vec<[String; COLUMNS]>) -> String {
    let width = |column: usize| {
        let cells = lines.iter().map(|line| line[column].chars().count());
        cells.max().unwrap_or(0)
    };
    let widths: [usize; COLUMNS] = std::array::from_fn(width);
    let mut text = String::new();
    for line in &lines {
        let cells = line.iter().zip(widths);
        let cells = cells.map(|(cell, width)| format!("{cell:width$}"));
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// Prints the newest lines of a module's log, and those to come.
///
/// # Errors
///
/// When the daemon does not answer, or has no such module.
pub async fn logs(options: &cli::Logs, out: &mut impl Write) -> Result<(), AskError> {
    let daemon = Daemon::at(&options.to.at)?;
    let path = [
        "v1",
        "nodes",
        &options.node,
        "modules",
        &options.to.module,
        "log",
    ];
    let level = match options.verbose {
        true => LogLevel::Verbose,
        false => LogLevel::Normal,
    };
    let mut after: Option<u64> = None;
    loop {
        let request = daemon
            .request(Method::GET, &path)
            .query(&[("level", level.as_str())]);
        let request = match after {
            Some(after) => request.query(&[("after", after)]),
            None => request.query(&[("limit", options.lines)]),
        };
        let log: ModuleLog = daemon.read(request).await?;
        for entry in &log.entries {
            write(
                out,
                &format!("{} {}: {}\n", entry.at, log.node, entry.message),
            )?;
        }
        if !options.follow {
            return Ok(());
        }
        let last = log.entries.last().map(|entry| entry.id);
        after = last.or(after).or(Some(0));
        tokio::time::sleep(PAUSE).await;
    }
}

fn write(out: &mut impl Write, text: &str) -> Result<(), AskError> {
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(AskError::Unheard)
}
