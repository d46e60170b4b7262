//! What handles ask the driver for, and its answers.

use std::collections::BTreeSet;
use std::os::fd::RawFd;
use std::sync::mpsc::Sender;

use evenkeel_core::command::{Admitted, Command, Denied};
use evenkeel_core::config::model::{ClusterConfig, EntryMode, ModuleConfig, Proto};
use evenkeel_core::ids::{ModuleName, NodeId};
use evenkeel_core::module::state::Phase;
use evenkeel_core::node::Other;
use evenkeel_core::status::Move;
use evenkeel_core::wire::Keyring;
use evenkeel_packet::bucket::BucketState;
use tokio::sync::oneshot;

use crate::clock;
use crate::driver::Driver;
use crate::driver::live::configure;
use crate::driver::shell::Shell;
use crate::error::EngineError;
use crate::handle::{
    Answers, BucketStatus, BucketTables, FlowOwner, InterfaceStatus, LanEnd, SYSTEM, TrafficStatus,
};
use crate::net::addresses::addrs;
use crate::net::links::Link;
use crate::ports::{Explained, FlowQuestion, InterfacePath};
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
    Interfaces {
        module: ModuleName,
        reply: Reply<Vec<InterfaceStatus>>,
    },
    Buckets {
        module: ModuleName,
        group: Option<usize>,
        reply: Reply<BucketTables>,
    },
    Owner {
        module: ModuleName,
        question: FlowQuestion,
        reply: Reply<FlowOwner>,
    },
    Cut {
        ends: BTreeSet<LanEnd>,
        links: Vec<Link>,
        /// False: only whether it can be done.
        carry_out: bool,
        reply: Reply<()>,
    },
    Rekey {
        keys: Keyring,
        reply: Reply<()>,
    },
    Preview {
        module: ModuleName,
        config: Box<ModuleConfig>,
        interfaces: Vec<InterfacePath>,
        reply: Reply<Vec<Move>>,
    },
    Recluster {
        own: Box<ClusterConfig>,
        other: Option<Box<Other>>,
        reply: Reply<()>,
    },
    Keep {
        reply: Reply<Vec<u8>>,
    },
    HandOver {
        lent: Vec<RawFd>,
        /// What is kept, and what wakes the driver when it is dropped.
        reply: Reply<(Vec<u8>, Sender<()>)>,
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
            } => self.configure(module, *config, interfaces, reply),
            Request::Command { command, reply } => answer(reply, self.command(command)),
            Request::Traffic { module, reply } => answer(reply, self.traffic(&module)),
            Request::Interfaces { module, reply } => answer(reply, self.interfaces(&module)),
            Request::Buckets {
                module,
                group,
                reply,
            } => answer(reply, self.buckets(&module, group)),
            Request::Owner {
                module,
                question,
                reply,
            } => answer(reply, self.owner(&module, &question)),
            Request::Cut {
                ends,
                links,
                carry_out,
                reply,
            } => answer(reply, self.cut(&ends, &links, carry_out)),
            Request::Rekey { keys, reply } => answer(reply, self.rekey(keys)),
            Request::Preview {
                module,
                config,
                interfaces,
                reply,
            } => {
                let checked = self.check_change(&module, &config, &interfaces);
                let moves = || Ok(self.node.preview(&module, &config)?);
                answer(reply, checked.and_then(|()| moves()));
            }
            Request::Recluster { own, other, reply } => {
                answer(reply, self.recluster(*own, other.map(|other| *other)));
            }
            Request::Keep { reply } => answer(reply, self.keep()),
            Request::HandOver { lent, reply } => self.hand_over(&lent, reply),
            Request::Shutdown { reply } => self.shutdown(reply),
        }
        self.settle();
    }

    fn configure(
        &mut self,
        module: ModuleName,
        config: ModuleConfig,
        interfaces: Vec<InterfacePath>,
        reply: Reply<Admitted>,
    ) {
        if self.node.is_going(&module) {
            return self.reconfigure(&module, config, interfaces, reply);
        }
        answer(reply, self.set_up(module, config, interfaces));
    }

    fn set_up(
        &mut self,
        module: ModuleName,
        config: ModuleConfig,
        interfaces: Vec<InterfacePath>,
    ) -> Result<Admitted, EngineError> {
        self.refuse_taken(&module, &interfaces)?;
        let admitted = self.command(configure(&module, &config, &interfaces))?;
        let clear = NetJob::Clear {
            module: module.clone(),
            interfaces: interfaces.clone(),
        };
        self.worker.net(clear);
        self.modules.insert(module, Shell::new(config, interfaces));
        Ok(admitted)
    }

    /// Each module has its own addresses: taking one module's down must not cut another's.
    pub(super) fn refuse_taken(
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

    pub(super) fn command(&mut self, command: Command) -> Result<Admitted, EngineError> {
        if self.stopping.is_some() {
            return Err(EngineError::Stopped);
        }
        let removed = match &command {
            Command::Remove { module } => Some(module.clone()),
            Command::Configure { .. }
            | Command::Start { .. }
            | Command::StartAtBoot { .. }
            | Command::Stop { .. }
            | Command::Forcestop { .. }
            | Command::Shutdown { .. }
            | Command::Restart { .. }
            | Command::Stopstart { .. }
            | Command::Drain { .. }
            | Command::Undrain { .. }
            | Command::SwitchChecks { .. }
            | Command::Expect { .. }
            | Command::SwitchClass { .. }
            | Command::CountAction { .. }
            | Command::ResetActions { .. }
            | Command::SwitchTraffic { .. }
            | Command::Changed { .. }
            | Command::SetResource { .. } => None,
        };
        let admitted = self.admit(command)?;
        if let Some(module) = removed {
            self.modules.remove(&module);
        }
        Ok(admitted)
    }

    fn traffic(&self, module: &ModuleName) -> Result<TrafficStatus, EngineError> {
        self.shell(module)?;
        let counters = self.datapath.counters(module)?;
        let flows = self.datapath.flows(module)?;
        Ok(TrafficStatus {
            backend: self.datapath.backend(),
            counters,
            replays: self.datapath.replays(module)?,
            flows: flows.iter().map(|group| group.iter().sum()).collect(),
        })
    }

    fn interfaces(&self, module: &ModuleName) -> Result<Vec<InterfaceStatus>, EngineError> {
        let shell = self.shell(module)?;
        let entry = self.entry(module).filter(|_| shell.open);
        let by_rule = shell
            .groups()
            .iter()
            .flat_map(|group| &group.rules)
            .any(|rule| rule.proto == Proto::Arp);
        let status = |path: &InterfacePath| {
            let shares = by_rule && path.entry == EntryMode::VmacDirected;
            let answers = match entry {
                Some(_) if shares => Answers::Share,
                Some(entry) if entry == self.config.node => Answers::Everybody,
                Some(_) | None => Answers::Nobody,
            };
            InterfaceStatus {
                path: path.clone(),
                answers,
            }
        };
        Ok(shell.interfaces.iter().map(status).collect())
    }

    fn buckets(
        &self,
        module: &ModuleName,
        group: Option<usize>,
    ) -> Result<BucketTables, EngineError> {
        let shell = self.shell(module)?;
        let tables = self.datapath.buckets(module)?;
        let flows = self.datapath.flows(module)?;
        let is_wanted = |index: &usize| group.is_none_or(|wanted| wanted == *index);
        let groups = tables.into_iter().zip(flows).enumerate();
        let status = |(index, (states, flows)): (usize, (Vec<BucketState>, Vec<u64>))| {
            let buckets = (0..).zip(states.into_iter().zip(flows));
            let bucket = |(bucket, (state, flows))| BucketStatus {
                owner: self.node.owner(module, index, bucket),
                state,
                flows,
            };
            (index, buckets.map(bucket).collect())
        };
        Ok(BucketTables {
            epoch: shell.tables.as_ref().map(|(epoch, _)| *epoch),
            groups: groups
                .filter(|(index, _)| is_wanted(index))
                .map(status)
                .collect(),
        })
    }

    fn owner(
        &self,
        module: &ModuleName,
        question: &FlowQuestion,
    ) -> Result<FlowOwner, EngineError> {
        let shell = self.shell(module)?;
        let explained = self.datapath.explain(module, question, clock::now())?;
        let owner = match &explained {
            Explained::Decided(path) => self.node.owner(module, path.group, path.bucket),
            Explained::NoRule
            | Explained::LacksService
            | Explained::LacksClientPort(_)
            | Explained::LacksIpId(_) => None,
        };
        Ok(FlowOwner {
            explained,
            owner,
            entry: self.entry(module),
            epoch: shell.tables.as_ref().map(|(epoch, _)| *epoch),
        })
    }

    /// The entry node in the view in force.
    fn entry(&self, module: &ModuleName) -> Option<NodeId> {
        let status = self.status.borrow();
        let known = status.modules.iter().find(|known| known.module == *module);
        known.and_then(|known| known.entry)
    }

    pub(super) fn shell(&self, module: &ModuleName) -> Result<&Shell, EngineError> {
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
            let shutdown = Command::Shutdown {
                module: status.module,
                by: SYSTEM.to_owned(),
            };
            if let Err(denied) = self.admit(shutdown) {
                tracing::warn!(%denied, "a module cannot be stopped at shutdown");
            }
        }
        self.stopping = Some(vec![reply]);
    }
}

pub(super) fn answer<T>(reply: Reply<T>, result: Result<T, EngineError>) {
    if reply.send(result).is_err() {
        tracing::debug!("a caller went away before its answer");
    }
}
