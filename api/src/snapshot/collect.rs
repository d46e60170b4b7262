//! What goes into a snapshot.

use std::collections::BTreeSet;

use evenkeel_core::config::write_cluster;
use evenkeel_core::ids::ModuleName;
use serde::Serialize;
use serde_json::json;

use super::Entries;
use super::replace::Replacer;
use crate::app::App;
use crate::files;
use crate::handlers::{metrics, node_modules, nodes, resources};
use crate::limits;
use crate::problem::Problem;
use crate::script_logs;
use crate::store::{api_keys, logs, users};
use crate::timestamp;
use crate::views::module::{LogLevel, ModuleConfiguration};

/// Parts of the names of macros whose values are secrets.
const SECRET_NAMES: [&str; 5] = ["PASS", "SECRET", "TOKEN", "KEY", "CREDENTIAL"];

/// The attributes of a configuration that name other machines.
const HOST_ATTRIBUTES: [&str; 2] = [" addr=\"", " url=\""];

/// Shortest value of a macro that says something of the site.
const TELLING_LEN: usize = 4;

/// The entries of a module's snapshot; an anonymous one names no node, user, address or machine.
///
/// # Errors
///
/// When the node has no module of this name, or what it has cannot be read.
pub async fn entries(app: &App, module: &ModuleName, anonymous: bool) -> Result<Entries, Problem> {
    let stored = node_modules::configuration(app, module).await?;
    let mut entries = of_state(app, module, anonymous).await?;
    entries.insert("cluster.xml".to_owned(), write_cluster(&app.cluster()));
    entries.insert("conf/userconfig.xml".to_owned(), stored.userconfig.clone());
    entries.insert("conf/macros.json".to_owned(), json_text(&stored.macros)?);
    entries.insert("log.txt".to_owned(), log(app, module).await?);
    if !anonymous {
        for (name, text) in &stored.scripts {
            entries.insert(format!("bin/{name}"), text.clone());
        }
        entries.extend(outputs(app, module, &stored).await?);
    }
    let mut replacer = Replacer::hiding(secrets(&stored));
    if anonymous {
        hide_names(app, module, &stored, &mut replacer).await?;
    }
    let replaced = entries
        .iter()
        .map(|(name, text)| (name.clone(), replacer.replace(text)));
    Ok(replaced.collect())
}

async fn of_state(app: &App, module: &ModuleName, anonymous: bool) -> Result<Entries, Problem> {
    let status = app.engine.status().borrow().clone();
    let node = nodes::shown(app, &status);
    let state = node_modules::module_status(app, &status, module).await?;
    let known = status.modules.iter().find(|known| known.module == *module);
    let resources = known.map(|known| resources::shown(app, known));
    let system = nix::sys::utsname::uname().ok();
    let kernel = system.map(|system| system.release().to_string_lossy().into_owned());
    let left_out: &[&str] = match anonymous {
        true => &[
            "values of macros that are secrets",
            "scripts",
            "outputs of scripts",
        ],
        false => &["values of macros that are secrets"],
    };
    let about = json!({
        "taken_at": timestamp::now(), "node": app.name, "module": module.as_str(),
        "version": env!("CARGO_PKG_VERSION"), "kernel": kernel,
        "anonymous": anonymous, "left_out": left_out,
    });
    Ok(Entries::from([
        ("about.json".to_owned(), json_text(&about)?),
        ("node.json".to_owned(), json_text(&node)?),
        ("module.json".to_owned(), json_text(&state)?),
        (
            "resources.json".to_owned(),
            json_text(&resources.unwrap_or_default())?,
        ),
        ("metrics.txt".to_owned(), metrics::text(app).await?),
    ]))
}

fn json_text(value: &impl Serialize) -> Result<String, Problem> {
    let text = serde_json::to_string_pretty(value);
    let text = text.map_err(|error| Problem::internal("writing the snapshot", &error))?;
    Ok(text + "\n")
}

async fn log(app: &App, module: &ModuleName) -> Result<String, Problem> {
    let (name, most) = (module.to_string(), limits::MODULE_LOG_ENTRIES_MAX);
    let read = move |db: &mut _| logs::module_log(db, &name, LogLevel::Verbose, (None, most));
    let lines = app.store.run(read).await?;
    let line = |entry: &crate::views::module::LogEntry| {
        format!("{} {} {}\n", entry.at, entry.level.as_str(), entry.message)
    };
    let mut told: Vec<String> = Vec::new();
    let mut room = limits::SNAPSHOT_LOG_BYTES_MAX;
    for text in lines.iter().rev().map(line) {
        let Some(left) = room.checked_sub(text.len()) else {
            break;
        };
        room = left;
        told.push(text);
    }
    told.reverse();
    Ok(told.concat())
}

/// The ends of the newest outputs of scripts.
async fn outputs(
    app: &App,
    module: &ModuleName,
    stored: &ModuleConfiguration,
) -> Result<Entries, Problem> {
    let (modules_dir, module) = (app.modules_dir.clone(), module.clone());
    let scripts = stored.scripts.clone();
    let read = move || {
        let mut found = Entries::new();
        let listed = script_logs::list(&modules_dir, &module, &scripts)?;
        for log in listed.iter().rev().take(limits::SNAPSHOT_OUTPUTS_MAX) {
            let most = limits::SNAPSHOT_OUTPUT_BYTES_MAX;
            if let Some(bytes) = script_logs::read(&modules_dir, &module, &log.name, most)? {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                found.insert(format!("script-logs/{}", log.name), text);
            }
        }
        Ok::<_, std::io::Error>(found)
    };
    files::blocking("reading the outputs of scripts", read).await
}

fn secrets(stored: &ModuleConfiguration) -> impl Iterator<Item = String> {
    let is_secret = |name: &str| {
        let name = name.to_uppercase();
        SECRET_NAMES.iter().any(|part| name.contains(part))
    };
    let macros = stored.macros.iter();
    macros
        .filter(move |(name, _)| is_secret(name))
        .map(|(_, value)| value.clone())
}

async fn hide_names(
    app: &App,
    module: &ModuleName,
    stored: &ModuleConfiguration,
    replacer: &mut Replacer,
) -> Result<(), Problem> {
    replacer.hide_addresses();
    let users = app.store.run(|db| users::list(db)).await?;
    let api_keys = app.store.run(|db| api_keys::list(db)).await?;
    let webhooks = app.webhooks.all().into_iter().map(|(name, _)| name);
    let nodes = app.node_names();
    let cluster = app.cluster();
    let lans = cluster.lans.iter().map(|lan| lan.name.clone());
    let users = users.into_iter().map(|stored| stored.user.name);
    let hosts = hosts(&stored.userconfig);
    let api_keys = api_keys.into_iter().map(|(name, _)| name);
    let kinds: [(&str, Vec<String>); 6] = [
        ("node", nodes),
        ("lan", lans.collect()),
        ("user", users.collect()),
        ("api-key", api_keys.collect()),
        ("webhook", webhooks.collect()),
        ("host", hosts),
    ];
    for (kind, names) in kinds {
        for (number, name) in (1..).zip(&names) {
            replacer.hide_word(name, format!("{kind}-{number}"));
        }
    }
    replacer.hide_word(module.as_str(), "module");
    for (name, value) in &stored.macros {
        let is_telling = value.len() >= TELLING_LEN && value.parse::<std::net::IpAddr>().is_err();
        if is_telling && value.parse::<u64>().is_err() {
            replacer.hide_word(value, format!("macro-{name}"));
        }
    }
    Ok(())
}

/// The machines that a configuration names otherwise than by an address.
fn hosts(userconfig: &str) -> Vec<String> {
    let mut found = BTreeSet::new();
    for attribute in HOST_ATTRIBUTES {
        for value in userconfig.split(attribute).skip(1) {
            let value = value.split('"').next().unwrap_or_default();
            let host = value.split_once("://").map_or(value, |(_, rest)| rest);
            let host = host.split(['/', ':']).next().unwrap_or_default();
            if host.contains(|c: char| c.is_ascii_alphabetic()) && !host.contains('%') {
                found.insert(host.to_owned());
            }
        }
    }
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machines_of_a_configuration_are_found() {
        let text = "<tcp ident=\"a\"><to addr=\"db.example.com\" port=\"1\"/></tcp>\
                    <to addr=\"192.0.2.1\"/><http url=\"https://shop.example.com:8443/x\"/>\
                    <virtual_addr addr=\"%VIRTUAL_IP%\"/><to addr=\"\"/>";
        assert_eq!(hosts(text), ["db.example.com", "shop.example.com"]);
    }
}
