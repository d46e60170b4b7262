//! A module's configuration as JSON: element by element what `userconfig.xml` is.

use std::collections::BTreeMap;

use evenkeel_core::config::Json;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A module's configuration as given, in JSON.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "configuration": {"service": {"mode": "light", "user": {}}},
    "macros": {"VIRTUAL_IP": "192.0.2.100", "PORT": "80"},
    "scripts": {"start_both": "#!/bin/sh\nsystemctl start nginx\n", "stop_both": "#!/bin/sh\nsystemctl stop nginx\n"}
}))]
pub struct ModuleJson {
    /// What stands in the root element of `userconfig.xml`: attributes and elements are fields of their names, elements
    /// that can be repeated lists; switches are booleans, numbers are numbers, times a number in the attribute's unit or
    /// a text such as `10s`; every value can be a text with macros in it. The rules of a `<failover>` are the text `rules`.
    #[schema(value_type = BTreeMap<String, serde_json::Value>)]
    pub configuration: Json,
    /// Values of macros; they replace those that the configuration defines itself.
    #[serde(default)]
    pub macros: BTreeMap<String, String>,
    /// The scripts by name, as those of a configuration in XML.
    #[serde(default)]
    pub scripts: BTreeMap<String, String>,
}

/// The configuration that a node has of a module, in JSON.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "module": "web", "revision": 3,
    "signature": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "applied_at": "2026-11-23T02:00:00Z", "applied_by": "admin",
    "configuration": {"service": {"mode": "light", "user": {}}},
    "macros": {"VIRTUAL_IP": "192.0.2.100"}, "scripts": {}
}))]
pub struct ModuleConfigurationJson {
    /// The module.
    pub module: String,
    /// The revision.
    #[schema(format = "uint64", minimum = 0)]
    pub revision: u64,
    /// SHA-256 of the configuration file, the macros and the scripts.
    pub signature: String,
    /// When this node got it.
    #[schema(format = DateTime)]
    pub applied_at: String,
    /// Who gave it.
    pub applied_by: String,
    /// What stands in `userconfig.xml`, but comments.
    #[schema(value_type = BTreeMap<String, serde_json::Value>)]
    pub configuration: Json,
    /// Values of macros.
    pub macros: BTreeMap<String, String>,
    /// The scripts by name.
    pub scripts: BTreeMap<String, String>,
}
