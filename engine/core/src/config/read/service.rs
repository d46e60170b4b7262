//! `<safe>` and `<service>`: the module as a whole, put together from its sections.

use super::reader::{Element, Reader};
use super::time::{Unit, time};
use super::{check, effect, failover, farm, process, schema, shapes, user, values, vip};
use crate::config::model::{Boot, ClusterConfig, FarmConfig, ModuleConfig, ServiceMode, VipConfig};

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
    service
        .node
        .attribute("mode")
        .is_some_and(|mode| mode.value == "mirror")
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

/// Puts the sections together; what is not in the file is as [`ModuleConfig::new`] has it.
fn assemble(
    reader: &mut Reader<'_>,
    service: &Element<'_>,
    mode: ServiceMode,
    farm: Option<FarmConfig>,
    vip: Option<VipConfig>,
) -> ModuleConfig {
    let default = ModuleConfig::new(mode);
    let boot = reader.value(service, "boot", values::choice(&BOOTS));
    let boot_delay = reader.value(service, "boot_delay", time(Unit::Seconds));
    let maxloop = reader.value(service, "maxloop", values::integer(0..=u32::MAX));
    let loop_interval = reader.value(service, "loop_interval", time(Unit::Hours));
    let automatic_reboot = reader.value(service, "automatic_reboot", values::on_off);
    let _mirror: Option<bool> = reader.value(service, "failover", values::on_off);
    let user = service.first("user");
    let mut module = ModuleConfig {
        boot: boot.unwrap_or(default.boot),
        boot_delay: boot_delay.unwrap_or(default.boot_delay),
        maxloop: maxloop.unwrap_or(default.maxloop),
        loop_interval: loop_interval.unwrap_or(default.loop_interval),
        automatic_reboot: automatic_reboot.unwrap_or(default.automatic_reboot),
        farm,
        vip,
        checks: check::read(reader, service),
        procs: process::read(reader, service),
        user: user.map(|element| user::read(reader, &element)),
        ..default
    };
    module.failover = failover::read(reader, service, &module);
    effect::warn_of_module(reader, service);
    module
}

/// The values of `boot`.
pub(in crate::config) const BOOTS: [(&str, Boot); 4] = [
    ("on", Boot::On),
    ("off", Boot::Off),
    ("auto", Boot::Auto),
    ("ignore", Boot::Ignore),
];
