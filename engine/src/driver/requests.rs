//! What handles ask the driver for, and its answers.

use evenkeel_core::command::{Admitted, Command, Denied};
use evenkeel_core::config::model::ModuleConfig;
use evenkeel_core::ids::ModuleName;
use evenkeel_core::module::state::Phase;
use tokio::sync::oneshot;

use crate::clock;
use crate::driver::Driver;
use crate::driver::shell::{Shell, macs};
use crate::error::EngineError;
use crate::handle::{FlowOwner, TrafficStatus};
use crate::net::addresses::addrs;
use crate::ports::{FlowQuery, InterfacePath};
use crate::worker::NetJob;

/// Where an answer goes.
pub(crate) type Reply<T> = oneshot::Sender<Result<T, EngineError>>;

/// A request to the driver.
#[derive(Debug)]
pub(crate) enum Request {
    Configure {
        module: ModuleName,
        config: Box<ModuleConfig>,
        interfaces: Vec<InterfacePath>,
        reply: Reply<Admitted>,
    },
    /// Any command but a `Configure`.
    Command {
        command: Command,
        reply: Reply<Admitted>,
    },
    Traffic {
        module: ModuleName,
        reply: Reply<TrafficStatus>,
    },
    Owner {
        module: ModuleName,
        flow: FlowQuery,
        reply: Reply<Option<FlowOwner>>,
    },
    Shutdown {
        reply: oneshot::Sender<()>,
    },
}

impl Driver {
    pub(super) fn request(&mut self, request: Request) {
        match request {
            Request::Configure {
                module,
                config,
                interfaces,
                reply,
            } => {
                answer(reply, self.configure(module, *config, interfaces));
            }
            Request::Command { command, reply } => answer(reply, self.command(command)),
            Request::Traffic { module, reply } => answer(reply, self.traffic(&module)),
            Request::Owner {
                module,
                flow,
                reply,
            } => answer(reply, self.owner(&module, &flow)),
            Request::Shutdown { reply } => self.shutdown(reply),
        }
        self.settle();
    }

    fn configure(
        &mut self,
        module: ModuleName,
        config: ModuleConfig,
        interfaces: Vec<InterfacePath>,
    ) -> Result<Admitted, EngineError> {
        self.refuse_taken(&module, &interfaces)?;
        let admitted = self.command(Command::Configure {
            module: module.clone(),
            config: Box::new(config.clone()),
            macs: macs(&interfaces),
        })?;
        let clear = NetJob::Clear {
            module: module.clone(),
            interfaces: interfaces.clone(),
        };
        self.worker.net(clear);
        self.modules.insert(module, Shell::new(config, interfaces));
        Ok(admitted)
    }

    /// Each module has its own addresses: taking one module's down must not cut another's.
    fn refuse_taken(
        &self,
        module: &ModuleName,
        interfaces: &[InterfacePath],
    ) -> Result<(), EngineError> {
        let wanted = addrs(interfaces);
        for (other, shell) in self.modules.iter().filter(|(other, _)| *other != module) {
            if let Some(addr) = addrs(&shell.interfaces).intersection(&wanted).next() {
                let problem = format!("virtual address {addr} is that of module {other}");
                return Err(Denied::BadConfig {
                    module: module.clone(),
                    problem,
                }
                .into());
            }
        }
        Ok(())
    }

    fn command(&mut self, command: Command) -> Result<Admitted, EngineError> {
        if self.stopping.is_some() {
            return Err(EngineError::Stopped);
        }
        let removed = match &command {
            Command::Remove { module } => Some(module.clone()),
            Command::Configure { .. } | Command::Start { .. } | Command::Stop { .. } => None,
        };
        let admitted = self.node.command(command, clock::now())?;
        if let Some(module) = removed {
            self.modules.remove(&module);
        }
        Ok(admitted)
    }

    fn traffic(&self, module: &ModuleName) -> Result<TrafficStatus, EngineError> {
        self.shell(module)?;
        let counters = self.datapath.counters(module)?;
        Ok(TrafficStatus {
            backend: self.datapath.backend(),
            counters,
        })
    }

    fn owner(
        &self,
        module: &ModuleName,
        flow: &FlowQuery,
    ) -> Result<Option<FlowOwner>, EngineError> {
        let shell = self.shell(module)?;
        let found = self
            .datapath
            .bucket(module, flow)
            .and_then(|(group, bucket)| {
                let name = shell.vip()?.groups.get(group)?.name.clone();
                let owner = self.node.owner(module, group, bucket);
                Some(FlowOwner {
                    group: name,
                    bucket,
                    owner,
                })
            });
        Ok(found)
    }

    fn shell(&self, module: &ModuleName) -> Result<&Shell, EngineError> {
        self.modules
            .get(module)
            .ok_or_else(|| EngineError::UnknownModule(module.clone()))
    }

    /// Stops every module and refuses requests from here on; the driver ends when all have stopped.
    fn shutdown(&mut self, reply: oneshot::Sender<()>) {
        if let Some(waiting) = &mut self.stopping {
            waiting.push(reply);
            return;
        }
        let now = clock::now();
        for status in self.node.status(now).modules {
            if matches!(status.state.phase, Phase::Stop) {
                continue;
            }
            let stop = Command::Stop {
                module: status.module,
                by: "SYSTEM (shutdown)".to_owned(),
            };
            if let Err(denied) = self.node.command(stop, now) {
                tracing::warn!(%denied, "a module cannot be stopped at shutdown");
            }
        }
        self.stopping = Some(vec![reply]);
    }
}

fn answer<T>(reply: Reply<T>, result: Result<T, EngineError>) {
    if reply.send(result).is_err() {
        tracing::debug!("a caller went away before its answer");
    }
}
