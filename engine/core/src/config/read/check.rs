//! `<check>`: the checkers of a module.

use std::collections::BTreeMap;
use std::time::Duration;

use super::reader::{Element, Place, Placed, Reader};
use super::time::{Unit, positive_time};
use super::{http, values};
use crate::config::model::{Check, CheckAction, CheckWhen, Probe};

const INTERVAL: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_secs(5);
/// Where the other module's node answers whether it is ready, without and with TLS.
const MODULE_PORTS: (u16, u16) = (9010, 9453);

/// Reads the checkers of a service, kind by kind.
pub(super) fn read(reader: &mut Reader<'_>, service: &Element<'_>) -> Vec<Check> {
    let sections = service.all("check");
    let all = |name: &'static str| -> Vec<Element<'_>> {
        sections
            .iter()
            .flat_map(|section| section.all(name))
            .collect()
    };
    let mut list = Checks::default();
    list.read(reader, &all("tcp"), (BOTH, CheckAction::Restart), tcp);
    list.read(reader, &all("ping"), (PRE, CheckAction::Restart), ping);
    list.read(reader, &all("intf"), (PRE, CheckAction::Wait), intf);
    list.read(reader, &all("ip"), (BOTH, CheckAction::Stopstart), ip);
    list.read(
        reader,
        &all("custom"),
        (BOTH, CheckAction::Noaction),
        custom,
    );
    list.read_modules(reader, &all("module"));
    list.read(
        reader,
        &all("http"),
        (BOTH, CheckAction::Restart),
        http::read,
    );
    list.read(
        reader,
        &all("https"),
        (BOTH, CheckAction::Restart),
        http::read,
    );
    list.list
}

const BOTH: CheckWhen = CheckWhen::Both;
const PRE: CheckWhen = CheckWhen::Pre;

/// The checkers, as far as they were read.
#[derive(Debug, Default)]
struct Checks {
    list: Vec<Check>,
    /// Where the resources have their names.
    resources: BTreeMap<String, Place>,
}

impl Checks {
    /// Reads the checkers of a kind: `default` is when they run and what a failure of one that runs
    /// with the application does.
    fn read(
        &mut self,
        reader: &mut Reader<'_>,
        elements: &[Element<'_>],
        default: (CheckWhen, CheckAction),
        probe: fn(&mut Reader<'_>, &Element<'_>) -> Option<Probe>,
    ) {
        for element in elements {
            let ident = reader.placed(element, "ident", values::ident);
            if let Some(ident) = &ident {
                self.once(reader, element, ident);
            }
            let when = read_when(reader, element, default.0);
            let action = read_action(reader, element, when, default.1);
            // Even where something is missing, the rest is looked at.
            let probe = probe(reader, element);
            if let (Some(ident), Some(probe)) = (ident, probe) {
                self.list.push(Check {
                    ident: ident.value,
                    when,
                    action,
                    probe,
                });
            }
        }
    }

    fn read_modules(&mut self, reader: &mut Reader<'_>, elements: &[Element<'_>]) {
        for element in elements {
            let ident = reader.placed(element, "ident", values::ident);
            let place = reader.place_of(element, "name");
            let Some((probe, default)) = module(reader, element) else {
                continue;
            };
            let value = default;
            let ident = ident.unwrap_or(Placed { value, place });
            self.once(reader, element, &ident);
            self.list.push(Check {
                ident: ident.value,
                when: PRE,
                action: CheckAction::Wait,
                probe,
            });
        }
    }

    /// Refuses a second resource of the same name.
    fn once(&mut self, reader: &mut Reader<'_>, element: &Element<'_>, ident: &Placed<String>) {
        let class = match element.name() {
            "https" => "http",
            name => name,
        };
        let resource = Placed {
            value: format!("{class}.{}", ident.value),
            place: ident.place.clone(),
        };
        reader.once(&mut self.resources, &resource);
    }
}

/// When it runs; kinds whose action is fixed have one time only.
fn read_when(reader: &mut Reader<'_>, element: &Element<'_>, default: CheckWhen) -> CheckWhen {
    let words = [("both", BOTH), ("pre", PRE)];
    let words = match element.name() {
        "intf" => &words[1..],
        "ip" => &words[..1],
        _ => &words[..],
    };
    reader
        .value(element, "when", values::choice(words))
        .unwrap_or(default)
}

/// What a failure does: what runs before the application can only make it wait.
fn read_action(
    reader: &mut Reader<'_>,
    element: &Element<'_>,
    when: CheckWhen,
    with_application: CheckAction,
) -> CheckAction {
    let noaction = ("noaction", CheckAction::Noaction);
    let (word, words): (_, &[_]) = match when {
        CheckWhen::Pre => ("pre", &[("wait", CheckAction::Wait), noaction]),
        CheckWhen::Both => (
            "both",
            &[
                ("restart", CheckAction::Restart),
                ("stopstart", CheckAction::Stopstart),
                ("stop", CheckAction::Stop),
                noaction,
            ],
        ),
    };
    let parse = |text: &str| {
        values::choice(words)(text).map_err(|message| format!("{message}, as when is {word}"))
    };
    let read = reader.value(element, "action", parse);
    read.unwrap_or(match (when, with_application) {
        (_, CheckAction::Noaction) => CheckAction::Noaction,
        (CheckWhen::Pre, _) => CheckAction::Wait,
        (CheckWhen::Both, action) => action,
    })
}

/// `interval` and `timeout` of a `<to>`.
pub(super) fn read_times(reader: &mut Reader<'_>, to: &Element<'_>) -> (Duration, Duration) {
    let interval = reader.value(to, "interval", positive_time(Unit::Seconds));
    let timeout = reader.value(to, "timeout", positive_time(Unit::Seconds));
    (interval.unwrap_or(INTERVAL), timeout.unwrap_or(TIMEOUT))
}

fn tcp(reader: &mut Reader<'_>, element: &Element<'_>) -> Option<Probe> {
    let to = element.first("to")?;
    let addr = reader.value(&to, "addr", values::host);
    let port = reader.value(&to, "port", values::port);
    let (interval, timeout) = read_times(reader, &to);
    Some(Probe::Tcp {
        addr: addr?,
        port: port?,
        interval,
        timeout,
    })
}

fn ping(reader: &mut Reader<'_>, element: &Element<'_>) -> Option<Probe> {
    let to = element.first("to")?;
    let addr = reader.value(&to, "addr", values::host);
    let (interval, timeout) = read_times(reader, &to);
    Some(Probe::Ping {
        addr: addr?,
        interval,
        timeout,
    })
}

fn intf(reader: &mut Reader<'_>, element: &Element<'_>) -> Option<Probe> {
    let local_addr = reader.value(&element.first("to")?, "local_addr", values::node_addr)?;
    Some(Probe::Intf { local_addr })
}

fn ip(reader: &mut Reader<'_>, element: &Element<'_>) -> Option<Probe> {
    let to = element.first("to")?;
    let addr = reader.value(&to, "addr", values::node_addr);
    let (interval, _) = read_times(reader, &to);
    let addr = addr?;
    Some(Probe::Ip { addr, interval })
}

fn custom(reader: &mut Reader<'_>, element: &Element<'_>) -> Option<Probe> {
    let exec = reader.value(element, "exec", values::program);
    let arg = reader.value(element, "arg", |text| match text {
        "" => Ok(None),
        text => values::check_text(text).map(Some),
    });
    let arg = arg.unwrap_or(None);
    Some(Probe::Custom { exec: exec?, arg })
}

/// The check of another module, and how it is called unless it has a name.
fn module(reader: &mut Reader<'_>, element: &Element<'_>) -> Option<(Probe, String)> {
    let name = reader.value(element, "name", values::module_name);
    let to = element.first("to");
    let (mut addr, mut port, mut secure) = (None, None, false);
    let (mut interval, mut timeout) = (INTERVAL, TIMEOUT);
    if let Some(to) = to {
        addr = reader.value(&to, "addr", values::host);
        port = reader.value(&to, "port", values::port);
        secure = reader.value(&to, "secure", values::on_off).unwrap_or(false);
        (interval, timeout) = read_times(reader, &to);
    }
    let name = name?;
    let ident = match &addr {
        Some(addr) => format!("{name}_{addr}"),
        None => name.clone(),
    };
    let default = if secure {
        MODULE_PORTS.1
    } else {
        MODULE_PORTS.0
    };
    let probe = Probe::Module {
        name,
        addr,
        port: port.unwrap_or(default),
        secure,
        interval,
        timeout,
    };
    Some((probe, ident))
}
