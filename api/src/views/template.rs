//! Templates of modules, and modules made from them.

use std::collections::BTreeMap;

use evenkeel_core::ids::ModuleName;
use serde::{Deserialize, Serialize};
use utoipa::{PartialSchema, ToSchema};

use super::names::ModuleId;

/// The templates.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"templates": [{
    "name": "systemd_farm", "description": "A list of systemd services on all nodes behind one virtual IP.",
    "macros": [{"name": "VIRTUAL_IP", "description": "the address that all nodes share"}]
}]}))]
pub struct TemplateList {
    /// By name.
    pub templates: Vec<Template>,
}

/// A module to start from: a configuration file with macros, and scripts.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "name": "systemd_farm", "description": "A list of systemd services on all nodes behind one virtual IP.",
    "macros": [{"name": "VIRTUAL_IP", "description": "the address that all nodes share"}]
}))]
pub struct Template {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// In the order of its configuration file.
    pub macros: Vec<TemplateMacro>,
}

/// A macro of a template.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"name": "PORT", "description": "the TCP port that nginx listens on", "value": "80"}))]
pub struct TemplateMacro {
    /// Its name.
    pub name: String,
    /// What it stands for.
    pub description: String,
    /// Its value where none is given; absent where one has to be given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// A module to be made from a template.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "web", "template": "systemd_farm",
    "macros": {"VIRTUAL_IP": "192.0.2.100", "PORT": "80", "SERVICES": "nginx"}
}))]
pub struct NewModule {
    /// The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
    #[schema(schema_with = ModuleId::schema)]
    pub name: ModuleName,
    /// The template's name.
    pub template: String,
    /// Values of the template's macros.
    #[serde(default)]
    pub macros: BTreeMap<String, String>,
}
