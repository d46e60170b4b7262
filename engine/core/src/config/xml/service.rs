//! `<safe>` and `<service>`: the module as a whole, put together from its sections.

use std::time::Duration;

use super::reader::{Element, Placed, Reader};
use super::time::{Unit, time};
use super::{check, farm, schema, shapes, user, values, vip};
use crate::config::model::{Boot, ClusterConfig, FarmConfig, ModuleConfig, ServiceMode, VipConfig};

const MAXLOOP: u32 = 3;
const LOOP_INTERVAL: Duration = Duration::from_secs(24 * 3600);

/// Reads the root element of `userconfig.xml`.
pub(super) fn read_safe(
    reader: &mut Reader<'_>,
    root: &Element<'_>,
    cluster: Option<&ClusterConfig>,
) -> Option<ModuleConfig> {
    if let Some(service) = root.first("service").filter(is_mirror) {
        // All the rest is of another kind of module: complaints about it would help nobody.
        let message = "mirror modules are not supported; the mode can be farm or light";
        reader.error(reader.place_of(&service, "mode"), message);
        return None;
    }
    schema::check(reader, root, &shapes::SAFE);
    Some(read(reader, &root.first("service")?, cluster))
}

fn is_mirror(service: &Element<'_>) -> bool {
    service.node.attribute("mode") == Some("mirror")
}

fn read(
    reader: &mut Reader<'_>,
    service: &Element<'_>,
    cluster: Option<&ClusterConfig>,
) -> ModuleConfig {
    let modes = [("farm", ServiceMode::Farm), ("light", ServiceMode::Light)];
    let mode = reader.value(service, "mode", values::choice(&modes));
    let farm = service
        .first("farm")
        .map(|element| farm::read(reader, &element, cluster));
    let vip = service
        .first("vip")
        .map(|element| vip::read(reader, &element, cluster));
    if let Some(mode) = mode {
        check_mode(reader, service, mode);
    }
    assemble(
        reader,
        service,
        mode.unwrap_or(ServiceMode::Farm),
        farm,
        vip,
    )
}

fn check_mode(reader: &mut Reader<'_>, service: &Element<'_>, mode: ServiceMode) {
    match mode {
        ServiceMode::Farm if service.first("farm").is_none() => {
            let message = "<farm> is missing; a farm names in it the lans of its membership";
            reader.error(reader.place(service), message);
        }
        ServiceMode::Farm => {}
        ServiceMode::Light => {
            for element in ["farm", "vip"]
                .iter()
                .filter_map(|name| service.first(name))
            {
                let message = "a light module runs on one node; it has neither <farm> nor <vip>";
                reader.error(reader.place(&element), message);
            }
        }
    }
}

fn assemble(
    reader: &mut Reader<'_>,
    service: &Element<'_>,
    mode: ServiceMode,
    farm: Option<FarmConfig>,
    vip: Option<VipConfig>,
) -> ModuleConfig {
    let boot = read_boot(reader, service);
    let boot_delay = reader.value(service, "boot_delay", time(Unit::Seconds));
    let maxloop = reader.value(service, "maxloop", values::integer(0..=u32::MAX));
    let loop_interval = reader.value(service, "loop_interval", time(Unit::Hours));
    warn_of_service(reader, service);
    ModuleConfig {
        mode,
        boot,
        boot_delay: boot_delay.unwrap_or_default(),
        maxloop: maxloop.unwrap_or(MAXLOOP),
        loop_interval: loop_interval.unwrap_or(LOOP_INTERVAL),
        farm,
        vip,
        tcp_checks: check::read(reader, service),
        user: service
            .first("user")
            .map(|element| user::read(reader, &element)),
    }
}

fn read_boot(reader: &mut Reader<'_>, service: &Element<'_>) -> Boot {
    let words = [
        ("on", Boot::On),
        ("off", Boot::Off),
        ("auto", Boot::Auto),
        ("ignore", Boot::Ignore),
    ];
    let Some(Placed { value, place }) = reader.placed(service, "boot", values::choice(&words))
    else {
        return Boot::default();
    };
    match value {
        Boot::On | Boot::Off | Boot::Auto => {
            let message = "boot has no effect in this version: no module starts with the machine";
            reader.warning(place, message);
        }
        Boot::Ignore => {}
    }
    value
}

/// Says which attributes of the service nothing comes of, and which sections.
fn warn_of_service(reader: &mut Reader<'_>, service: &Element<'_>) {
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
    let reboot = reader.placed(service, "automatic_reboot", values::on_off);
    if let Some(Placed { value: true, place }) = reboot {
        reader.warning(
            place,
            "automatic_reboot has no effect in this version: no node is ever rebooted",
        );
    }
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
