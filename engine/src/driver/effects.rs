//! What the core asks for, done: one function per effect. A failure is told once, with its causes,
//! and given to the core where it has an input for it.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::time::Duration;

use evenkeel_core::config::model::UserConfig;
use evenkeel_core::effect::Effect;
use evenkeel_core::event::Event;
use evenkeel_core::ids::{Epoch, LanId, ModuleName, NodeId, Time};
use evenkeel_core::input::{Input, Script, ScriptOutcome};
use evenkeel_packet::bucket::BucketState;
use tracing::{debug_span, info_span};

use crate::driver::Driver;
use crate::driver::checks::Which;
use crate::driver::shell::{Shell, macs};
use crate::error::chain;
use crate::net::sockets::Connection;
use crate::net::{addresses, announce};
use crate::ports::{Contact, FlowQuery, InterfacePath, Mac, Routes};
use crate::reboot::Order;
use crate::scripts::{Execution, Home};
use crate::worker::{Answer, NetJob};

const TCP: u8 = 6;

impl Driver {
    pub(super) fn execute(&mut self, effect: Effect) {
        // Probes come in a row, which goes out in one piece, and before what follows it.
        if !matches!(effect, Effect::Probe { .. }) {
            self.send_probes();
        }
        match effect {
            Effect::Send { lan, to, bytes } => self.send(lan, to, &bytes),
            Effect::OpenTraffic { module } => self.open_traffic(module),
            Effect::CloseTraffic { module } => self.close_traffic(module),
            Effect::InstallTable {
                module,
                epoch,
                groups,
            } => self.install(&module, epoch, groups),
            Effect::SetRoutes {
                module,
                neighbours,
                entry,
            } => {
                self.routes(&module, neighbours, entry);
            }
            Effect::Announce { module, addrs } => self.announce(&module, addrs.as_ref()),
            Effect::RenewLease {
                module,
                until,
                contact,
            } => self.renew(&module, until, contact),
            Effect::Probe { lan, to, bytes } => self.probe(lan, to, bytes),
            Effect::SetContact {
                module,
                tags,
                window,
            } => self.contact(module, &tags, window),
            Effect::Listen { module, listen } => self.listen(module, listen),
            Effect::CountHeld {
                module,
                epoch,
                number,
            } => self.count_held(module, (epoch, number)),
            Effect::RunScript {
                module,
                script,
                args,
                timeout,
            } => {
                self.run_script(module, script, args, timeout);
            }
            Effect::KillScripts { module } => self.kill_scripts(&module),
            Effect::StartChecks { module, when, kind } => {
                self.start_checks(&module, Which::Kind(when, kind));
            }
            Effect::StopChecks { module, when, kind } => {
                self.stop_checks(&module, &Which::Kind(when, kind));
            }
            Effect::RunHandler {
                module,
                process,
                program,
                timeout,
            } => self.run_handler(module, process, program, timeout),
            Effect::WatchClass { module, class, on } => match on {
                true => self.start_checks(&module, Which::Class(class)),
                false => self.stop_checks(&module, &Which::Class(class)),
            },
            Effect::Reboot { module } => self.reboot(module),
            Effect::Event(event) => self.event(event),
        }
    }

    /// What came of a job that was given to the worker.
    pub(super) fn answer(&mut self, answer: Answer) {
        match answer {
            Answer::Cleared { module } => self.cleared(&module),
            Answer::Found { module, result } => self.found(module, result),
            Answer::Set { module, result } => self.set(module, result),
            Answer::Unset { module } => self.unset(module),
            Answer::Added { module, result } => self.added(&module, result),
            Answer::Dropped { module } => self.dropped(&module),
            Answer::Guarded { result: Ok(()), .. } => {}
            Answer::Guarded {
                module,
                result: Err(error),
            } => {
                tracing::error!(%module, error, "what is gone is guarded still");
            }
            Answer::Listed {
                module,
                asked,
                connections: Ok(connections),
            } => {
                self.listed(module, asked, &connections);
            }
            Answer::Listed {
                module,
                connections: Err(error),
                ..
            } => {
                tracing::warn!(%module, %error, "the sockets could not be counted");
            }
            Answer::Script {
                module,
                script,
                outcome,
            } => {
                self.inputs.push_back(Input::ScriptEnded {
                    module,
                    script,
                    outcome,
                });
            }
            Answer::Handler {
                module,
                process,
                outcome,
            } => self.inputs.push_back(Input::HandlerEnded {
                module,
                process,
                outcome,
            }),
            Answer::Checked { module, run, told } => self.checked(module, run, told),
            Answer::Cable { interface, plugged } => self.cable(interface, plugged),
            Answer::Received { module } => self.inputs.push_back(Input::Received { module }),
            Answer::Address { addr } => self.address(addr),
            Answer::Links { links } => self.links(links),
            Answer::RebootFailed { reason } => self.reboot_failed(&reason),
        }
        self.settle();
    }

    /// The machine is told once, whoever wants it meanwhile.
    fn reboot(&mut self, module: ModuleName) {
        let _span = info_span!("reboot", %module).entered();
        let (by, shell) = (self.config.reboot.clone(), self.modules.get(&module));
        let order = by.zip(shell).map(|(by, shell)| Order {
            by,
            file: self
                .config
                .modules_dir
                .join(module.as_str())
                .join("reboots"),
            max: shell.config.maxloop,
            interval: shell.config.loop_interval,
        });
        self.rebooting.push(module);
        match order {
            Some(order) if self.rebooting.len() == 1 => self.worker.reboot(order),
            Some(_) => {}
            None => self.reboot_failed("this daemon may not"),
        }
    }

    fn reboot_failed(&mut self, reason: &str) {
        let failed = |module| Input::RebootFailed {
            module,
            reason: reason.to_owned(),
        };
        self.inputs.extend(self.rebooting.drain(..).map(failed));
    }

    /// A module without any of its cables serves nobody.
    fn cable(&mut self, interface: u32, plugged: bool) {
        if plugged {
            self.unplugged.remove(&interface);
        } else {
            self.unplugged.insert(interface);
        }
        for (module, shell) in &self.modules {
            let mut interfaces = shell.interfaces.iter().map(|path| path.index);
            if interfaces.clone().any(|index| index == interface) {
                let plugged = interfaces.any(|index| !self.unplugged.contains(&index));
                let module = module.clone();
                tracing::info!(%module, plugged, "a cable was plugged in or pulled");
                self.inputs.push_back(Input::Cable { module, plugged });
            }
        }
    }

    fn send(&mut self, lan: LanId, to: NodeId, bytes: &[u8]) {
        if let Some(socket) = self.lans.iter_mut().find(|socket| socket.lan() == lan) {
            socket.send(to, bytes);
        }
    }

    fn probe(&mut self, lan: LanId, to: NodeId, bytes: Vec<u8>) {
        if let Some(socket) = self.lans.iter_mut().find(|socket| socket.lan() == lan) {
            socket.probe(to, bytes);
            self.asks = true;
        }
    }

    /// First the interfaces as they are now: since the module was configured a NIC may have been
    /// replaced.
    fn open_traffic(&mut self, module: ModuleName) {
        let _span = info_span!("open_traffic", %module).entered();
        let Some(shell) = self.modules.get(&module) else {
            return self.opened(module, Err("the module has no configuration".to_owned()));
        };
        let config = Box::new(shell.config.clone());
        self.worker.net(NetJob::Find { module, config });
    }

    /// Then the filter, with every bucket closed, then the addresses.
    fn found(&mut self, module: ModuleName, result: Result<Vec<InterfacePath>, String>) {
        let _span = info_span!("open_filter", %module).entered();
        // Another configuration may have come meanwhile.
        if let (Ok(interfaces), Some(shell)) = (&result, self.modules.get(&module))
            && !shell.fits(interfaces)
        {
            return self.open_traffic(module);
        }
        let opened = result.and_then(|interfaces| self.open_filter(&module, interfaces));
        match opened {
            Ok(interfaces) => {
                let place = self.datapath.addresses_on();
                self.worker.net(NetJob::Set {
                    module,
                    interfaces,
                    place,
                });
            }
            Err(reason) => self.opened(module, Err(reason)),
        }
    }

    pub(super) fn open_filter(
        &mut self,
        module: &ModuleName,
        interfaces: Vec<InterfacePath>,
    ) -> Result<Vec<InterfacePath>, String> {
        let removed = "the module was removed meanwhile";
        let shell = self.modules.get(module).ok_or(removed)?;
        if shell.macs() != macs(&interfaces) {
            return Err(
                "the interfaces' MAC addresses changed since the module was configured; \
                        configure it again"
                    .to_owned(),
            );
        }
        let path = self.path(shell, interfaces.clone());
        self.datapath
            .open(module, &path)
            .map_err(|error| chain(&error))?;
        let shell = self.modules.get_mut(module).ok_or(removed)?;
        shell.closed();
        shell.open = true;
        shell.interfaces = interfaces.clone();
        Ok(interfaces)
    }

    fn set(&mut self, module: ModuleName, result: Result<(), String>) {
        if self.keeping_up.remove(&module) {
            return self.kept(&module, result);
        }
        if result.is_err() {
            self.close_filter(&module);
        }
        self.opened(module, result);
    }

    fn opened(&mut self, module: ModuleName, result: Result<(), String>) {
        match &result {
            Ok(()) => tracing::info!(%module, "virtual IP set"),
            Err(reason) => tracing::error!(%module, reason, "virtual IP not set"),
        }
        self.inputs
            .push_back(Input::TrafficOpened { module, result });
    }

    /// Connections reset, addresses removed, and the filter last.
    fn close_traffic(&mut self, module: ModuleName) {
        let _span = info_span!("close_traffic", %module).entered();
        let Some(shell) = self.modules.get_mut(&module) else {
            return self.inputs.push_back(Input::TrafficClosed { module });
        };
        shell.close();
        let reset = shell.vip().is_some_and(|vip| vip.tcpreset);
        let interfaces = shell.interfaces.clone();
        self.worker.net(NetJob::Unset {
            module,
            interfaces,
            reset,
        });
    }

    fn unset(&mut self, module: ModuleName) {
        self.close_filter(&module);
        tracing::info!(%module, "virtual IP removed");
        self.inputs.push_back(Input::TrafficClosed { module });
    }

    /// A stopped module has no filter; one that a killed daemon left may be there.
    fn cleared(&mut self, module: &ModuleName) {
        self.close_filter(module);
    }

    fn close_filter(&mut self, module: &ModuleName) {
        let _span = info_span!("close_filter", %module).entered();
        if let Some(shell) = self.modules.get_mut(module) {
            shell.closed();
        }
        if let Err(error) = self.datapath.close(module) {
            tracing::error!(%module, error = chain(&error), "the filter was not removed");
        }
    }

    fn install(&mut self, module: &ModuleName, epoch: Epoch, groups: Vec<Vec<BucketState>>) {
        let _span = debug_span!("install_table", %module, %epoch).entered();
        let Some(shell) = self.modules.get_mut(module).filter(|shell| shell.open) else {
            return tracing::debug!("no traffic is open");
        };
        match self.datapath.install(module, &groups) {
            Ok(()) => {
                shell.tables = Some((epoch, groups));
                shell.fenced = false;
            }
            Err(error) => {
                // Without renewals the filter stops accepting when the lease ends.
                shell.tables = None;
                shell.fenced = true;
                let error = chain(&error);
                tracing::error!(
                    error,
                    "the tables are not in force: this node takes no traffic"
                );
            }
        }
    }

    fn routes(
        &mut self,
        module: &ModuleName,
        neighbours: Vec<(NodeId, Vec<Mac>)>,
        entry: Option<NodeId>,
    ) {
        let _span = debug_span!("set_routes", %module, ?entry).entered();
        let own = self.config.node;
        let Some(shell) = self.modules.get_mut(module).filter(|shell| shell.open) else {
            return tracing::debug!("no traffic is open");
        };
        if entry != Some(own) {
            shell.stop_announcing();
        }
        let neighbours = neighbours
            .into_iter()
            .filter(|(node, _)| *node != own)
            .collect();
        if let Err(error) = self.datapath.routes(module, &Routes { neighbours, entry }) {
            tracing::error!(
                error = chain(&error),
                "packets of others cannot be forwarded"
            );
        }
    }

    fn announce(&mut self, module: &ModuleName, only: Option<&BTreeSet<IpAddr>>) {
        let _span = info_span!("announce", %module).entered();
        let Some(shell) = self.modules.get_mut(module).filter(|shell| shell.open) else {
            return tracing::debug!("no traffic is open");
        };
        let configs = shell
            .vip()
            .map(|vip| vip.interfaces.clone())
            .unwrap_or_default();
        if only.is_none() {
            shell.stop_announcing();
        }
        let is_one = |addr: &&IpAddr| only.is_none_or(|only| only.contains(addr));
        let mut tasks = Vec::new();
        for (path, config) in shell.interfaces.iter().zip(configs) {
            for addr in path.addrs.iter().filter(is_one) {
                let addrs = vec![*addr];
                let path = InterfacePath {
                    addrs,
                    ..path.clone()
                };
                let task = self.worker.spawn(announce::run(path, config.clone()));
                tasks.push((*addr, task.abort_handle()));
            }
        }
        shell.announcing(tasks);
    }

    fn renew(&mut self, module: &ModuleName, until: Time, contact: Option<Time>) {
        let Some(shell) = self.modules.get_mut(module).filter(|shell| shell.open) else {
            return;
        };
        if shell.fenced {
            return;
        }
        let renewed = self.datapath.renew(module, until, contact);
        if let Err(error) = &renewed
            && !shell.lease_failing
        {
            tracing::error!(%module, error = chain(error), "the lease cannot be renewed");
        }
        shell.lease_failing = renewed.is_err();
    }

    /// A tag that is not in force is as dangerous as a table that is not: the core is not told of it,
    /// so that nobody takes this node's word for a view in which its kernel is not.
    fn contact(&mut self, module: ModuleName, tags: &[(u64, Time)], window: Duration) {
        let _span = debug_span!("set_contact", %module).entered();
        let tag = tags.first().map_or(0, |(tag, _)| *tag);
        let mut asked = Some(Vec::new());
        if let Some(shell) = self.modules.get_mut(&module).filter(|shell| shell.open) {
            let contact = Contact {
                tags: tags.to_vec(),
                window,
            };
            match self.datapath.contact(&module, &contact) {
                Ok(arrived) => asked = Some(arrived),
                Err(error) => {
                    asked = None;
                    shell.fenced = true;
                    let error = chain(&error);
                    tracing::error!(
                        error,
                        "the contact is not in force: this node takes no traffic"
                    );
                }
            }
        }
        let answer = asked.map(|asked| Input::Asked { module, tag, asked });
        self.inputs.extend(answer);
    }

    /// Whether this node hears anything is found out on the module's own interfaces.
    pub(super) fn listen(&mut self, module: ModuleName, listen: bool) {
        let Some(shell) = self.modules.get_mut(&module) else {
            return;
        };
        shell.stop_listening();
        if listen {
            let interfaces = shell.interfaces.iter().map(|path| path.index).collect();
            let nodes = self.config.cluster.lans.iter().flat_map(|lan| &lan.nodes);
            let farm = nodes.map(|node| node.addr).collect();
            shell.listening(self.worker.listen(module, interfaces, farm));
        }
    }

    fn count_held(&mut self, module: ModuleName, asked: (Epoch, u64)) {
        let Some(shell) = self.modules.get(&module) else {
            return;
        };
        let vips = addresses::addrs(&shell.interfaces);
        self.worker.list(module, asked, vips);
    }

    /// A list of another epoch's sockets counts nothing: the core asks again for every epoch.
    fn listed(&mut self, module: ModuleName, asked: (Epoch, u64), connections: &[Connection]) {
        let (epoch, number) = asked;
        let Some(shell) = self.modules.get(&module) else {
            return;
        };
        if shell.tables.as_ref().map(|(epoch, _)| *epoch) != Some(epoch) {
            return;
        }
        let mut held = vec![0_u32; shell.vip().map_or(0, |vip| vip.groups.len())];
        for connection in connections {
            let Some((group, bucket)) = self.datapath.bucket(&module, &flow(connection)) else {
                continue;
            };
            if !shell.is_mine(group, bucket)
                && let Some(count) = held.get_mut(group)
            {
                *count = count.saturating_add(1);
            }
        }
        self.inputs.push_back(Input::HeldSockets {
            module,
            epoch,
            number,
            held,
        });
    }

    fn run_script(
        &mut self,
        module: ModuleName,
        script: Script,
        args: Vec<String>,
        limit: Option<Duration>,
    ) {
        let _span = info_span!("run_script", %module, script = script.file_name()).entered();
        let shell = self.modules.get(&module);
        let runs = |shell: &Shell| Some((shell.config.user.clone()?, shell.kill.subscribe()));
        let Some((user, kill)) = shell.and_then(runs) else {
            let outcome = ScriptOutcome::Absent;
            return self.inputs.push_back(Input::ScriptEnded {
                module,
                script,
                outcome,
            });
        };
        let execution = Execution {
            home: self.home(&module, user),
            program: script.file_name().to_owned(),
            args,
            limit,
            kill,
        };
        self.worker.run_script(script, execution);
    }

    /// The program gets the names of the module and of the process's resource, as custom checkers do.
    fn run_handler(
        &mut self,
        module: ModuleName,
        process: String,
        program: String,
        limit: Duration,
    ) {
        let _span = info_span!("run_handler", %module, process, program).entered();
        let Some(shell) = self.modules.get(&module) else {
            return;
        };
        let user = shell.config.user.clone().unwrap_or_default();
        let execution = Execution {
            home: self.home(&module, user),
            program,
            args: vec![module.to_string(), format!("proc.{process}")],
            limit: Some(limit),
            kill: shell.kill.subscribe(),
        };
        self.worker.run_handler(process, execution);
    }

    fn kill_scripts(&self, module: &ModuleName) {
        let _span = info_span!("kill_scripts", %module).entered();
        if let Some(shell) = self.modules.get(module) {
            shell.kill.send_replace(());
        }
    }

    /// Where the module's programs run.
    pub(super) fn home(&self, module: &ModuleName, user: UserConfig) -> Home {
        let name = self.config.cluster.name(self.config.node);
        Home {
            module: module.clone(),
            folder: self.config.modules_dir.join(module.to_string()),
            user,
            node: name.unwrap_or_default().to_owned(),
            env: self.config.script_env.clone(),
        }
    }

    fn event(&mut self, event: Event) {
        match event.module() {
            Some(module) => tracing::info!(%module, "{event}"),
            None => tracing::info!("{event}"),
        }
        // Nobody has to listen.
        self.events.send(event).map_or_else(drop, drop);
    }
}

fn flow(connection: &Connection) -> FlowQuery {
    FlowQuery {
        vip: connection.vip,
        protocol: TCP,
        client: connection.client,
        client_port: connection.client_port,
        port: connection.port,
    }
}
