//! Writes `<service>`, `<farm>` and `<user>`.

use super::{on_off, time, vip, watch, with_timing};
use crate::config::model::{FarmConfig, ModuleConfig, ServiceMode, UserConfig};
use crate::config::read::farm::ISOLATIONS;
use crate::config::read::service::BOOTS;
use crate::config::tree::Node;

pub(super) fn service(config: &ModuleConfig) -> Node {
    let ModuleConfig {
        mode,
        boot,
        boot_delay,
        maxloop,
        loop_interval,
        automatic_reboot,
        farm: farm_config,
        vip: vip_config,
        checks,
        procs,
        failover,
        user: user_config,
    } = config;
    let mode = match mode {
        ServiceMode::Farm => "farm",
        ServiceMode::Light => "light",
    };
    Node::new("service")
        .with("mode", mode)
        .with("boot", word(&BOOTS, *boot))
        .with("boot_delay", time(*boot_delay))
        .with("maxloop", maxloop.to_string())
        .with("loop_interval", time(*loop_interval))
        .with("automatic_reboot", on_off(*automatic_reboot))
        .with_all(farm_config.as_ref().map(farm))
        .with_all(vip_config.as_ref().map(vip::vip))
        .with_all(watch::check(checks))
        .with_all(watch::errd(procs))
        .with_all(watch::failover(failover))
        .with_all(user_config.as_ref().map(user))
}

/// What a file calls one of these values.
fn word<T: Copy + PartialEq>(words: &[(&'static str, T)], value: T) -> &'static str {
    let found = words.iter().find(|(_, known)| *known == value);
    found.map_or("", |(word, _)| word)
}

fn farm(config: &FarmConfig) -> Node {
    let FarmConfig {
        port,
        lans,
        timing,
        isolation,
        drain,
    } = config;
    let node = Node::new("farm").with_some("port", port.map(|port| port.to_string()));
    let node = match timing {
        Some(timing) => with_timing(node, timing),
        None => node,
    };
    node.with("isolation", word(&ISOLATIONS, *isolation))
        .with("drain", time(*drain))
        .with_all(lans.iter().map(|name| Node::new("lan").with("name", name)))
}

fn user(config: &UserConfig) -> Node {
    let UserConfig {
        nicestoptimeout,
        forcestoptimeout,
        logging,
        userlogsize,
        vars,
    } = config;
    let var =
        |(name, value): &(String, String)| Node::new("var").with("name", name).with("value", value);
    Node::new("user")
        .with("nicestoptimeout", time(*nicestoptimeout))
        .with("forcestoptimeout", time(*forcestoptimeout))
        .with("logging", if *logging { "userlog" } else { "none" })
        .with("userlogsize", (userlogsize / 1024).to_string())
        .with_all(vars.iter().map(var))
}
