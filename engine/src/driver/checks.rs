//! The checkers of modules: begun and ended as the core wants them, what they find given to it.

use evenkeel_core::config::model::CheckWhen;
use evenkeel_core::ids::ModuleName;
use evenkeel_core::input::Input;
use evenkeel_core::module::switches::CheckKind;
use tracing::info_span;

use crate::checks::{Checks, Nic, Site, Told};
use crate::driver::Driver;
use crate::driver::shell::Shell;
use crate::ports::InterfacePath;

/// What is begun and ended together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// The checks of a time and kind.
    Kind(CheckWhen, CheckKind),
    /// The processes of a class.
    Class(String),
}

/// Checkers that run.
#[derive(Debug)]
pub(crate) struct Running {
    which: Which,
    /// Tells what they find from what those before them found, which may still be on its way.
    run: u64,
    /// Dropping it ends them.
    _checks: Checks,
}

impl Driver {
    /// Begins these checks; those that run are replaced.
    pub(super) fn start_checks(&mut self, module: &ModuleName, which: Which) {
        let _span = info_span!("start_checks", %module, ?which).entered();
        self.stop_checks(module, &which);
        let Some(shell) = self.modules.get(module) else {
            return;
        };
        self.check_runs += 1;
        let run = self.check_runs;
        let user = shell.config.user.clone().unwrap_or_default();
        let site = Site {
            runtime: self.worker.runtime(),
            home: self.home(module, user),
            nics: shell.interfaces.iter().map(nic).collect(),
            changes: self.worker.changes(),
            status: self.status.subscribe(),
            events: self.events.clone(),
            reports: self.worker.reports(module.clone(), run),
        };
        let checks = match &which {
            Which::Kind(when, kind) => Checks::start(&site, &shell.config, *when, *kind),
            Which::Class(class) => Checks::start_class(&site, &shell.config, class),
        };
        if let Some(shell) = self.modules.get_mut(module) {
            shell.checks.push(Running {
                which,
                run,
                _checks: checks,
            });
        }
    }

    /// Ends these checks, with the processes of those that have some.
    pub(super) fn stop_checks(&mut self, module: &ModuleName, which: &Which) {
        if let Some(shell) = self.modules.get_mut(module) {
            shell.checks.retain(|running| running.which != *which);
        }
    }

    /// A checker tells something. Of one that was ended meanwhile nobody wants to know.
    pub(super) fn checked(&mut self, module: ModuleName, run: u64, told: Told) {
        let shell = self.modules.get(&module);
        let runs = |shell: &Shell| shell.checks.iter().any(|running| running.run == run);
        if !shell.is_some_and(runs) {
            return;
        }
        self.inputs.push_back(match told {
            Told::Found(report) => Input::Checked {
                module,
                resource: report.resource,
                value: report.value.to_owned(),
                by: report.by.to_owned(),
                reason: report.reason,
            },
            Told::OtherRestarted(other) => Input::OtherRestarted { module, other },
        });
    }
}

fn nic(path: &InterfacePath) -> Nic {
    Nic {
        name: path.name.clone(),
        network: path.network,
    }
}
