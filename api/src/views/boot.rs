//! Whether a module starts with its machine.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `<service boot>` of a module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum BootSetting {
    /// It starts.
    On,
    /// It does not.
    Off,
    /// It starts where it was started before.
    Auto,
    /// As the node's switch says.
    #[default]
    Ignore,
}

/// Whether a module starts with the machine of a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "setting": "ignore", "enabled": true, "starts_at_next_boot": true, "pending": false
}))]
pub struct ModuleBoot {
    /// `<service boot>`, the same on all nodes.
    pub setting: BootSetting,
    /// The node's switch, which counts where the setting is `ignore`.
    pub enabled: bool,
    /// Whether it starts when the machine starts the next time, as things are.
    pub starts_at_next_boot: bool,
    /// It starts by itself once its `boot_delay` has passed, or what its configuration needs is there;
    /// a stop calls that off.
    pub pending: bool,
}

/// How the switch of a module is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"enabled": true}))]
pub struct BootSwitch {
    /// True: the module starts with the machine where its setting is `ignore`.
    pub enabled: bool,
}
