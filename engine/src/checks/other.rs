//! `<module>`: another module is ready. It is asked for on this node only: other nodes answer nobody
//! who has not logged in, and a configuration has no place for a login.

use std::sync::Arc;

use evenkeel_core::module::state::ModuleState;
use evenkeel_core::status::NodeStatus;
use tokio::sync::watch;

use super::pace::{Found, Look};
use super::target::is_this_machine;

/// Another module.
#[derive(Debug)]
pub(super) struct Other {
    name: String,
    addr: Option<String>,
    status: watch::Receiver<Arc<NodeStatus>>,
}

impl Other {
    /// The module of this name at this address, on this node when there is none.
    pub(super) const fn new(
        name: String,
        addr: Option<String>,
        status: watch::Receiver<Arc<NodeStatus>>,
    ) -> Self {
        Self { name, addr, status }
    }
}

impl Look for Other {
    async fn look(&mut self) -> Found {
        let Self { name, addr, status } = self;
        if let Some(addr) = addr
            && !is_this_machine(addr)
        {
            return Err(format!(
                "{addr} is another node, which cannot be asked without a login; remove addr to \
                 ask this one"
            ));
        }
        let status = status.borrow();
        let mut modules = status.modules.iter();
        match modules.find(|module| module.module.as_str() == name) {
            None => Err(format!("there is no module {name} on this node")),
            Some(module) if module.state == ModuleState::READY => Ok(()),
            Some(module) => Err(format!("module {name} is {}", module.state)),
        }
    }
}
