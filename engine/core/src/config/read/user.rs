//! `<user>`: script timeouts, script output, environment.

use std::collections::BTreeMap;

use super::reader::{Element, Reader};
use super::time::{Unit, positive_time};
use super::values;
use crate::config::limits::USERLOG_KIB_MAX;
use crate::config::model::UserConfig;

/// Reads a `<user>`.
pub(super) fn read(reader: &mut Reader<'_>, user: &Element<'_>) -> UserConfig {
    let nice = reader.value(user, "nicestoptimeout", positive_time(Unit::Seconds));
    let force = reader.value(user, "forcestoptimeout", positive_time(Unit::Seconds));
    let words = [("userlog", true), ("none", false)];
    let logging = reader.value(user, "logging", values::choice(&words));
    let kib = reader.value(user, "userlogsize", values::integer(1..=USERLOG_KIB_MAX));
    let default = UserConfig::default();
    UserConfig {
        nicestoptimeout: nice.unwrap_or(default.nicestoptimeout),
        forcestoptimeout: force.unwrap_or(default.forcestoptimeout),
        logging: logging.unwrap_or(default.logging),
        userlogsize: kib.map_or(default.userlogsize, |kib| u64::from(kib) * 1024),
        vars: read_vars(reader, user),
    }
}

fn read_vars(reader: &mut Reader<'_>, user: &Element<'_>) -> Vec<(String, String)> {
    let mut seen = BTreeMap::new();
    let mut vars = Vec::new();
    for element in user.all("var") {
        let name = reader.placed(&element, "name", values::variable);
        if let Some(name) = &name {
            reader.once(&mut seen, name);
        }
        // As it stands, white space and all.
        let value = reader.text(&element, "value");
        if let (Some(name), Some(value)) = (name, value) {
            vars.push((name.value, value.value));
        }
    }
    vars
}
