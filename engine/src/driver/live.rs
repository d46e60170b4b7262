//! A module that runs gets another configuration.
//!
//! The filter knows new virtual addresses first, then they stand on their interfaces, then filter and core have the
//! rest. What is gone is taken down after that, with the connections that no rule takes any more, and the filter
//! forgets it last. What is refused on the way is undone, and the caller hears why.

use std::net::IpAddr;

use evenkeel_core::command::{Admitted, Command, Denied};
use evenkeel_core::config::live;
use evenkeel_core::config::model::ModuleConfig;
use evenkeel_core::ids::ModuleName;

use crate::driver::Driver;
use crate::driver::requests::{Reply, answer};
use crate::driver::shell::{Shell, macs};
use crate::error::{EngineError, chain};
use crate::net::addresses::addrs;
use crate::ports::{Guard, InterfacePath, ModulePath};
use crate::worker::NetJob;

/// A change of a module that runs, on its way.
#[derive(Debug)]
pub(crate) struct Change {
    config: ModuleConfig,
    /// Those that it has in the end, and those that it had.
    interfaces: Vec<InterfacePath>,
    former: Vec<InterfacePath>,
    /// What the core said to it, once it was asked.
    outcome: Option<Result<Admitted, EngineError>>,
    reply: Reply<Admitted>,
}

impl Driver {
    /// Begins a change.
    pub(super) fn reconfigure(
        &mut self,
        module: &ModuleName,
        config: ModuleConfig,
        interfaces: Vec<InterfacePath>,
        reply: Reply<Admitted>,
    ) {
        let former = match self.make_room(module, &config, &interfaces) {
            Ok(former) => former,
            Err(error) => return answer(reply, Err(error)),
        };
        let new = beside(&interfaces, &former);
        let change = Change {
            config,
            interfaces,
            former: former.clone(),
            outcome: None,
            reply,
        };
        let place = self.datapath.addresses_on();
        let guard = self.guard(module);
        match self.modules.get_mut(module) {
            Some(shell) if shell.stands() && !new.is_empty() => {
                shell.change = Some(change);
                let module = module.clone();
                self.worker.net(NetJob::Add {
                    module,
                    guard,
                    new,
                    stay: former,
                    place,
                });
            }
            Some(_) | None => self.take(module, change, Ok(()), false),
        }
    }

    /// Whether a module that runs can have this configuration, on these interfaces.
    pub(super) fn check_change(
        &self,
        module: &ModuleName,
        config: &ModuleConfig,
        interfaces: &[InterfacePath],
    ) -> Result<(), EngineError> {
        self.refuse_taken(module, interfaces)?;
        self.node.check_live(module, config)?;
        let shell = self.shell(module)?;
        if shell.change.is_some() {
            let problem = "another change of it is under way; try again".to_owned();
            return Err(bad(module, problem));
        }
        let mut pairs = shell.interfaces.iter().zip(interfaces);
        let moved = pairs.find(|(former, next)| former.index != next.index);
        let moved = moved.map(|(former, next)| {
            let (former, next) = (&former.name, &next.name);
            format!("an <interface> of it moves from {former} to {next}")
        });
        let path = || self.path(shell, interfaces.to_vec());
        let refused = || self.datapath.why_not_rearrange(module, &path());
        match moved.or_else(refused) {
            Some(problem) => Err(self.node.not_live(module, problem)?.into()),
            None => Ok(()),
        }
    }

    /// What guards the virtual addresses that a module has.
    fn guard(&self, module: &ModuleName) -> Option<Guard> {
        let shell = self.modules.get(module).filter(|shell| shell.stands())?;
        let addrs = addrs(&shell.interfaces).into_iter().collect();
        self.datapath.guard(module, addrs)
    }

    /// The filter has new virtual addresses and interfaces beside the former ones, which are given.
    fn make_room(
        &mut self,
        module: &ModuleName,
        config: &ModuleConfig,
        interfaces: &[InterfacePath],
    ) -> Result<Vec<InterfacePath>, EngineError> {
        self.check_change(module, config, interfaces)?;
        let Some(shell) = self.modules.get_mut(module) else {
            return Err(EngineError::UnknownModule(module.clone()));
        };
        let all = together(&shell.interfaces, interfaces);
        if all == shell.interfaces {
            return Ok(all);
        }
        let former = std::mem::replace(&mut shell.interfaces, all);
        if let Err(error) = self.rearrange(module) {
            self.arrange_again(module, |shell| shell.interfaces = former);
            return Err(error);
        }
        Ok(former)
    }

    /// New addresses stand, or do not.
    pub(super) fn added(&mut self, module: &ModuleName, result: Result<(), String>) {
        if let Some(change) = self.change_of(module) {
            let stand = result.is_ok();
            let result = result.map_err(|problem| bad(module, problem));
            self.take(module, change, result, stand);
        }
    }

    /// The core has the configuration, or all is as it was; what is gone of either is taken down. `added`: new
    /// addresses stand, though the module may have been closed meanwhile.
    fn take(
        &mut self,
        module: &ModuleName,
        mut change: Change,
        ready: Result<(), EngineError>,
        added: bool,
    ) {
        let shell = self.modules.get(module);
        let loses = |shell: &Shell| live::loses_rules(&shell.config, &change.config);
        let loses = shell.is_some_and(loses);
        let outcome = ready.and_then(|()| self.put_in_force(module, &change));
        let loses = loses && outcome.is_ok();
        if outcome.is_err() {
            change.interfaces.clone_from(&change.former);
        }
        change.outcome = Some(outcome);
        let Some(shell) = self.modules.get_mut(module) else {
            return self.finish(module, change);
        };
        let (gone, stay) = match shell.stands() {
            true => {
                let stay = change.interfaces.clone();
                (beside(&shell.interfaces, &stay), stay)
            }
            false if added => (shell.interfaces.clone(), Vec::new()),
            false => (Vec::new(), Vec::new()),
        };
        if gone.is_empty() && !(loses && shell.stands()) {
            return self.finish(module, change);
        }
        shell.stop_announcing_those(&addrs(&gone));
        let reset = shell.vip().is_some_and(|vip| vip.tcpreset);
        let rules = || shell.groups().into_iter().flat_map(|group| group.rules);
        let unruled = loses.then(|| rules().collect());
        shell.change = Some(change);
        let module = module.clone();
        self.worker.net(NetJob::Drop {
            module,
            gone,
            stay,
            reset,
            unruled,
        });
    }

    /// What is gone does not stand any more.
    pub(super) fn dropped(&mut self, module: &ModuleName) {
        if let Some(change) = self.change_of(module) {
            self.finish(module, change);
        }
    }

    /// The filter forgets what is gone, and the caller hears how it was.
    fn finish(&mut self, module: &ModuleName, change: Change) {
        let Change {
            interfaces,
            outcome,
            reply,
            ..
        } = change;
        let shell = self.modules.get(module);
        let goes = shell.is_some_and(|shell| !beside(&shell.interfaces, &interfaces).is_empty());
        self.arrange_again(module, |shell| shell.interfaces = interfaces);
        if let Some(guard) = self.guard(module).filter(|_| goes) {
            let module = module.clone();
            self.worker.net(NetJob::Guard { module, guard });
        }
        answer(reply, outcome.unwrap_or(Err(EngineError::Stopped)));
    }

    /// The configuration, with its rules first: what the filter refuses nobody has.
    fn put_in_force(
        &mut self,
        module: &ModuleName,
        change: &Change,
    ) -> Result<Admitted, EngineError> {
        let configure = configure(module, &change.config, &change.interfaces);
        let Some(shell) = self.modules.get_mut(module) else {
            return Err(EngineError::UnknownModule(module.clone()));
        };
        let former = std::mem::replace(&mut shell.config, change.config.clone());
        let result = self.rearrange(module);
        let result = result.and_then(|()| self.command(configure));
        if result.is_err() {
            self.arrange_again(module, |shell| shell.config = former);
        }
        result
    }

    fn change_of(&mut self, module: &ModuleName) -> Option<Change> {
        self.modules.get_mut(module)?.change.take()
    }

    /// Changes back or narrows what a module has, which the filter has room for.
    fn arrange_again(&mut self, module: &ModuleName, change: impl FnOnce(&mut Shell)) {
        if let Some(shell) = self.modules.get_mut(module) {
            change(shell);
        }
        if let Err(error) = self.rearrange(module) {
            let error = chain(&error);
            tracing::error!(%module, error, "the filter has not what the module has");
        }
    }

    /// The filter has what the module has, where there is one.
    fn rearrange(&mut self, module: &ModuleName) -> Result<(), EngineError> {
        let Some(shell) = self.modules.get(module).filter(|shell| shell.stands()) else {
            return Ok(());
        };
        let path = self.path(shell, shell.interfaces.clone());
        Ok(self.datapath.rearrange(module, &path)?)
    }

    /// What a module needs of the datapath on these interfaces.
    pub(super) fn path(&self, shell: &Shell, interfaces: Vec<InterfacePath>) -> ModulePath {
        ModulePath {
            node: self.config.node,
            interfaces,
            groups: shell.groups(),
            hash_key: self.hash_key,
            replay: shell.vip().is_some_and(|vip| vip.replay),
        }
    }
}

/// The core's command.
pub(super) fn configure(
    module: &ModuleName,
    config: &ModuleConfig,
    interfaces: &[InterfacePath],
) -> Command {
    Command::Configure {
        module: module.clone(),
        config: Box::new(config.clone()),
        macs: macs(interfaces),
        networks: interfaces.iter().map(|path| path.network).collect(),
    }
}

fn bad(module: &ModuleName, problem: String) -> EngineError {
    let module = module.clone();
    Denied::BadConfig { module, problem }.into()
}

/// The interfaces of both, each with the virtual addresses of both.
fn together(former: &[InterfacePath], next: &[InterfacePath]) -> Vec<InterfacePath> {
    let mut all: Vec<InterfacePath> = match former.len() > next.len() {
        true => former.to_vec(),
        false => next.to_vec(),
    };
    for (path, (former, next)) in all.iter_mut().zip(former.iter().zip(next)) {
        let new = next
            .addrs
            .iter()
            .filter(|addr| !former.addrs.contains(addr));
        let addrs = former.addrs.iter().chain(new).copied().collect();
        *path = InterfacePath {
            addrs,
            ..next.clone()
        };
    }
    all
}

/// The virtual addresses that are not among the others, with their interfaces.
fn beside(interfaces: &[InterfacePath], others: &[InterfacePath]) -> Vec<InterfacePath> {
    let others = addrs(others);
    let only = |path: &InterfacePath| {
        let new = path.addrs.iter().filter(|addr| !others.contains(addr));
        let addrs: Vec<IpAddr> = new.copied().collect();
        (!addrs.is_empty()).then(|| InterfacePath {
            addrs,
            ..path.clone()
        })
    };
    interfaces.iter().filter_map(only).collect()
}
