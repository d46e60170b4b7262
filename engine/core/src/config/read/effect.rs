//! What this version reads and does not act on, with a warning for each place: the one list of it.
//! Who makes a part of the configuration work removes its line here.

use super::reader::{Element, Reader};

/// Warns of everything in a `<service>` that has no effect.
pub(super) fn warn_of_module(reader: &mut Reader<'_>, service: &Element<'_>) {
    warn_of_service(reader, service);
    warn_of_sections(reader, service);
    for farm in service.all("farm") {
        if farm.has("port") {
            let message =
                "port has no effect: the modules of a cluster share the port of cluster.xml";
            reader.warning(reader.place_of(&farm, "port"), message);
        }
    }
    for vip in service.all("vip") {
        warn_of_vip(reader, &vip);
    }
}

/// Warns of everything in a `<lans>` that has no effect.
pub(super) fn warn_of_cluster(reader: &mut Reader<'_>, lans: &Element<'_>) {
    for lan in lans.all("lan") {
        let message = "command has no effect in this version: nodes call each other at their \
                       API's addresses";
        warn_of_word(reader, &lan, ("command", "on"), message);
    }
}

fn warn_of_service(reader: &mut Reader<'_>, service: &Element<'_>) {
    for boot in ["on", "off", "auto"] {
        let message = "boot has no effect in this version: no module starts with the machine";
        warn_of_word(reader, service, ("boot", boot), message);
    }
    if let Some(limit) = ["maxloop", "loop_interval"]
        .iter()
        .find(|name| service.has(name))
    {
        let place = reader.place_of(service, limit);
        let message = format!(
            "{limit} has no effect in this version: there are no automatic actions to count"
        );
        reader.warning(place, message);
    }
    let message = "automatic_reboot has no effect in this version: no node is ever rebooted";
    warn_of_word(reader, service, ("automatic_reboot", "on"), message);
    for name in ["failover", "defaultprim"]
        .iter()
        .filter(|name| service.has(name))
    {
        let place = reader.place_of(service, name);
        reader.warning(
            place,
            format!("{name} has no effect: it is for mirror modules only"),
        );
    }
}

fn warn_of_sections(reader: &mut Reader<'_>, service: &Element<'_>) {
    let sections = [
        (
            "check",
            "nothing in <check> has an effect in this version: no check runs",
        ),
        (
            "errd",
            "nothing in <errd> has an effect in this version: no process is monitored",
        ),
        (
            "failover",
            "nothing in <failover> has an effect in this version: no rule is evaluated",
        ),
    ];
    for (name, message) in sections {
        for element in service.all(name) {
            reader.warning(reader.place(&element), message);
        }
    }
}

fn warn_of_vip(reader: &mut Reader<'_>, vip: &Element<'_>) {
    let message = "scriptcontrol has no effect in this version: traffic opens after start_both";
    warn_of_word(reader, vip, ("scriptcontrol", "on"), message);
    let lists = vip.all("interface_list");
    for interface in lists.iter().flat_map(|list| list.all("interface")) {
        warn_of_check(reader, &interface, "the link is not monitored");
        let virtual_interfaces = interface.all("virtual_interface");
        for addr in virtual_interfaces
            .iter()
            .flat_map(|one| one.all("virtual_addr"))
        {
            warn_of_check(reader, &addr, "the address is not monitored");
            let message = "connections has no effect in this version: they are not counted";
            warn_of_word(reader, &addr, ("connections", "on"), message);
        }
    }
}

/// The attribute `check` is on by default.
fn warn_of_check(reader: &mut Reader<'_>, element: &Element<'_>, what: &str) {
    if element.has("check") {
        let message = format!("check has no effect in this version: {what}");
        warn_of_word(reader, element, ("check", "on"), &message);
        return;
    }
    let message = format!("check is on by default and has no effect in this version: {what}");
    reader.warning(reader.place_of(element, "check"), message);
}

/// Warns where an attribute has this value.
fn warn_of_word(
    reader: &mut Reader<'_>,
    element: &Element<'_>,
    (attribute, word): (&str, &str),
    message: &str,
) {
    if reader.peek(element, attribute).as_deref() == Some(word) {
        reader.warning(reader.place_of(element, attribute), message);
    }
}
