//! `<check>`: the TCP checkers. The other kinds are looked at by their shapes only.

use std::collections::BTreeMap;
use std::time::Duration;

use super::reader::{Element, Reader};
use super::time::{Unit, positive_time};
use super::values;
use crate::config::model::{CheckAction, CheckWhen, TcpCheck};

const INTERVAL: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_secs(5);

/// Reads the TCP checkers of a service.
pub(super) fn read(reader: &mut Reader<'_>, service: &Element<'_>) -> Vec<TcpCheck> {
    let mut seen = BTreeMap::new();
    let mut checks = Vec::new();
    for tcp in service
        .all("check")
        .iter()
        .flat_map(|check| check.all("tcp"))
    {
        let ident = reader.placed(&tcp, "ident", values::name);
        if let Some(ident) = &ident {
            reader.once(&mut seen, ident);
        }
        let when = read_when(reader, &tcp);
        let action = read_action(reader, &tcp, when);
        let Some(to) = tcp.first("to") else { continue };
        let addr = reader.value(&to, "addr", values::some_text);
        let port = reader.value(&to, "port", values::port);
        let interval = reader.value(&to, "interval", positive_time(Unit::Seconds));
        let timeout = reader.value(&to, "timeout", positive_time(Unit::Seconds));
        if let (Some(ident), Some(addr), Some(port)) = (ident, addr, port) {
            checks.push(TcpCheck {
                ident: ident.value,
                when,
                action,
                addr,
                port,
                interval: interval.unwrap_or(INTERVAL),
                timeout: timeout.unwrap_or(TIMEOUT),
            });
        }
    }
    checks
}

fn read_when(reader: &mut Reader<'_>, tcp: &Element<'_>) -> CheckWhen {
    let words = [("both", CheckWhen::Both), ("pre", CheckWhen::Pre)];
    reader
        .value(tcp, "when", values::choice(&words))
        .unwrap_or(CheckWhen::Both)
}

/// What a failure does: what runs before the application can only make it wait.
fn read_action(reader: &mut Reader<'_>, tcp: &Element<'_>, when: CheckWhen) -> CheckAction {
    let (default, words): (_, &[_]) = match when {
        CheckWhen::Pre => (
            CheckAction::Wait,
            &[
                ("wait", CheckAction::Wait),
                ("noaction", CheckAction::Noaction),
            ],
        ),
        CheckWhen::Both => (
            CheckAction::Restart,
            &[
                ("restart", CheckAction::Restart),
                ("stopstart", CheckAction::Stopstart),
                ("stop", CheckAction::Stop),
                ("noaction", CheckAction::Noaction),
            ],
        ),
    };
    let when = match when {
        CheckWhen::Pre => "pre",
        CheckWhen::Both => "both",
    };
    let parse = |text: &str| {
        values::choice(words)(text).map_err(|message| format!("{message}, as when is {when}"))
    };
    reader.value(tcp, "action", parse).unwrap_or(default)
}
