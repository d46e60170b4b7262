//! What this version reads and does not act on, or not everywhere, with a warning for each place: the one list of it.
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

fn warn_of_service(reader: &mut Reader<'_>, service: &Element<'_>) {
    let message = "automatic_reboot reboots nodes whose daemon was started with --permit-reboot alone; \
                   elsewhere the module is stopped and started";
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

/// Of what is watched works all but what needs another node to answer.
fn warn_of_sections(reader: &mut Reader<'_>, service: &Element<'_>) {
    let all = |section: &str, name: &'static str| -> Vec<Element<'_>> {
        let sections = service.all(section);
        sections.iter().flat_map(|one| one.all(name)).collect()
    };
    for module in all("check", "module") {
        if let Some(to) = module.first("to").filter(|to| to.has("addr")) {
            let message = "only this node is asked in this version: for an address of another one the \
                           module waits without end";
            reader.warning(reader.place_of(&to, "addr"), message);
        }
    }
}

fn warn_of_vip(reader: &mut Reader<'_>, vip: &Element<'_>) {
    let lists = vip.all("interface_list");
    for interface in lists.iter().flat_map(|list| list.all("interface")) {
        let virtual_interfaces = interface.all("virtual_interface");
        for addr in virtual_interfaces
            .iter()
            .flat_map(|one| one.all("virtual_addr"))
        {
            let message = "connections has no effect in this version: they are not counted";
            warn_of_word(reader, &addr, ("connections", "on"), message);
        }
    }
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
