//! Which checks of a module are switched on.

use std::collections::BTreeMap;

use evenkeel_core::status::ModuleStatus;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which checks of a module are switched on on a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"checkers": true, "processes": true, "classes": {"night": false}}))]
pub struct ModuleChecks {
    /// The checkers: each `<check>`, and what `check="on"` of interfaces and virtual addresses stands for.
    pub checkers: bool,
    /// The monitoring of processes (`<errd>`).
    pub processes: bool,
    /// The classes of processes that scripts switch (`<proc class>`, a name of its own), and whether each is on.
    #[serde(default)]
    #[schema(required = true)]
    pub classes: BTreeMap<String, bool>,
}

impl Default for ModuleChecks {
    fn default() -> Self {
        Self {
            checkers: true,
            processes: true,
            classes: BTreeMap::new(),
        }
    }
}

impl From<&ModuleStatus> for ModuleChecks {
    fn from(module: &ModuleStatus) -> Self {
        Self {
            checkers: module.checks.checker,
            processes: module.checks.errd,
            classes: module.classes.clone(),
        }
    }
}

/// Which checks are to be switched on or off; what is left out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"checkers": true}))]
pub struct CheckSwitches {
    /// The checkers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checkers: Option<bool>,
    /// The monitoring of processes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub processes: Option<bool>,
    /// Classes of processes; not kept: each is off at the next start of the module, which is where scripts
    /// switch it on. Where the module is stopped, they are refused.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(required = false, example = json!({"night": true}))]
    pub classes: BTreeMap<String, bool>,
}
