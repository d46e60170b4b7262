//! The checkers of modules: begun and ended as the core wants them, what they find given to it.

use std::net::IpAddr;

use evenkeel_core::config::model::CheckWhen;
use evenkeel_core::ids::ModuleName;
use evenkeel_core::input::Input;
use evenkeel_core::module::switches::CheckKind;
use evenkeel_core::module::watched::{Watched, watched};
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
    checks: Checks,
}

impl Which {
    /// What they look at.
    fn of(&self, shell: &Shell) -> Vec<Watched> {
        let networks: Vec<IpAddr> = shell.interfaces.iter().map(|path| path.network).collect();
        let all = watched(&shell.config, &networks).into_iter();
        let is_one = |one: &Watched| match self {
            Self::Kind(when, kind) => one.is_of(*when, *kind),
            Self::Class(class) => one.is_of_class(class),
        };
        all.filter(is_one).collect()
    }
}

impl Driver {
    /// Begins these checks. Of those that run the ones that look at the same go on, and the others end.
    pub(super) fn start_checks(&mut self, module: &ModuleName, which: Which) {
        let _span = info_span!("start_checks", %module, ?which).entered();
        let Some(shell) = self.modules.get_mut(module) else {
            return;
        };
        let mut wanted = which.of(shell);
        for running in shell.checks.iter_mut().filter(|one| one.which == which) {
            running.checks.retain(&wanted);
            wanted.retain(|one| !running.checks.has(one));
        }
        shell.checks.retain(|running| !running.checks.is_empty());
        self.check_runs += 1;
        let run = self.check_runs;
        let user = shell.config.user.clone().unwrap_or_default();
        let nics = shell.interfaces.iter().map(nic).collect();
        let site = Site {
            runtime: self.worker.runtime(),
            home: self.home(module, user),
            nics,
            changes: self.worker.changes(),
            status: self.status.subscribe(),
            authorities: self.worker.authorities().clone(),
            events: self.events.clone(),
            reports: self.worker.reports(module.clone(), run),
        };
        let checks = Checks::start(&site, &wanted);
        if let Some(shell) = self.modules.get_mut(module) {
            shell.checks.push(Running { which, run, checks });
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
        let is_its = |running: &Running| match &told {
            Told::Found(report) => running.checks.sets(&report.resource),
            Told::OtherRestarted(_) => true,
        };
        let runs = |shell: &Shell| {
            let mut running = shell.checks.iter();
            running.any(|running| running.run == run && is_its(running))
        };
        if !shell.is_some_and(runs) {
            return;
        }
        self.inputs.push_back(match told {
            Told::Found(report) => Input::Checked {
                module,
                resource: report.resource,
                value: report.value.into_owned(),
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
