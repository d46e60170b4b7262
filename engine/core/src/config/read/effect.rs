//! What this version reads and does not act on, or not everywhere, with a warning for each place: the one list of it.
//! Who makes a part of the configuration work removes its line here.

use super::reader::{Element, Reader};

/// Warns of everything in a `<service>` that has no effect.
pub(super) fn warn_of_module(reader: &mut Reader<'_>, service: &Element<'_>) {
    warn_of_service(reader, service);
    for farm in service.all("farm") {
        if farm.has("port") {
            let message =
                "port has no effect: the modules of a cluster share the port of cluster.xml";
            reader.warning(reader.place_of(&farm, "port"), message);
        }
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
