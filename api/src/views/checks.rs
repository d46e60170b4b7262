//! Which checks of a module are switched on.

use evenkeel_core::module::switches::Switches;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which checks of a module are switched on on a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"checkers": true, "processes": true}))]
pub struct ModuleChecks {
    /// The checkers: each `<check>`, and what `check="on"` of interfaces and virtual addresses stands for.
    pub checkers: bool,
    /// The monitoring of processes (`<errd>`).
    pub processes: bool,
}

impl Default for ModuleChecks {
    fn default() -> Self {
        Self {
            checkers: true,
            processes: true,
        }
    }
}

impl From<Switches> for ModuleChecks {
    fn from(switches: Switches) -> Self {
        Self {
            checkers: switches.checker,
            processes: switches.errd,
        }
    }
}

/// Which checks are to be switched on or off; what is left out stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"checkers": true}))]
pub struct CheckSwitches {
    /// The checkers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checkers: Option<bool>,
    /// The monitoring of processes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub processes: Option<bool>,
}
