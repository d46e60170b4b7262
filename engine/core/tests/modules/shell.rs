//! A shell around a node with one module: it does what the node wants done, at once or when told to, and
//! remembers what was said. What the checkers find, the test says.

use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;
use std::time::Duration;

use evenkeel_core::command::{Command, Denied};
use evenkeel_core::config::model::{CheckWhen, ModuleConfig};
use evenkeel_core::config::read_module;
use evenkeel_core::effect::Effect;
use evenkeel_core::event::Event;
use evenkeel_core::ids::{Epoch, Incarnation, ModuleName, Time};
use evenkeel_core::input::{Input, Script, ScriptOutcome};
use evenkeel_core::module::resources::ResourceStatus;
use evenkeel_core::module::state::ModuleState;
use evenkeel_core::module::switches::CheckKind;
use evenkeel_core::module::watched::{Watched, watched};
use evenkeel_core::node::{Node, NodeConfig};
use evenkeel_core::status::ModuleStatus;
use evenkeel_core::wire::Keyring;

use crate::farm;

/// The network side of a farm module.
pub const TRAFFIC: &str = r#"<farm><lan name="lan0"/></farm>
    <vip><interface_list><interface><virtual_interface type="vmac_directed">
        <virtual_addr addr="10.0.0.100"/>
    </virtual_interface></interface></interface_list>
    <loadbalancing_list><group name="all">
        <rule port="80" proto="tcp" filter="on_addr"/>
    </group></loadbalancing_list></vip>"#;

/// A module with these sections, in farm mode where it has a network side.
pub fn module(sections: &str, traffic: &str) -> ModuleConfig {
    let mode = if traffic.is_empty() { "light" } else { "farm" };
    let text =
        format!("<safe><service mode=\"{mode}\">{traffic}{sections}<user/></service></safe>");
    let none = BTreeMap::new();
    let (config, problems) = read_module(&text, &none, &none, None);
    config.unwrap_or_else(|| panic!("{problems:?}"))
}

/// A module's name.
pub fn named(name: &str) -> ModuleName {
    ModuleName::try_from(name.to_owned()).unwrap()
}

/// Node and module.
#[derive(Debug)]
pub struct Shell {
    node: Node,
    now: Time,
    watched: Vec<Watched>,
    /// Answers are given when [`Shell::step`] says so.
    pub slow: bool,
    answers: VecDeque<Input>,
    told: Vec<String>,
    /// What scripts were called with.
    args: Vec<String>,
    /// The time that each script had.
    pub timeouts: BTreeMap<Script, Option<Duration>>,
    /// Which checks run.
    running: BTreeMap<String, bool>,
    /// The configuration is being changed.
    exchanges: bool,
    /// Checks that were switched on or off.
    switched: Vec<CheckKind>,
    /// The network side is up.
    open: bool,
}

impl Shell {
    /// A stopped module.
    pub fn new(config: ModuleConfig) -> Self {
        Self::on(config, false)
    }

    /// One on a machine that it may reboot, or may not.
    pub fn on(config: ModuleConfig, may_reboot: bool) -> Self {
        let now = Time(1_000_000_000);
        let node = NodeConfig {
            node: farm::node_id(0),
            cluster: farm::cluster(2, 1),
            keys: Keyring::first(farm::SECRET),
            incarnation: Incarnation(1),
            kernel_answers: false,
            may_reboot,
        };
        let mut shell = Self {
            node: Node::new(node, now),
            now,
            watched: Vec::new(),
            slow: false,
            answers: VecDeque::new(),
            told: Vec::new(),
            args: Vec::new(),
            timeouts: BTreeMap::new(),
            running: BTreeMap::new(),
            exchanges: false,
            switched: Vec::new(),
            open: false,
        };
        shell.configure(config);
        shell
    }

    /// Gives the module this configuration.
    pub fn configure(&mut self, config: ModuleConfig) {
        self.try_configure(config).unwrap();
    }

    /// The same where it may be refused.
    pub fn try_configure(&mut self, config: ModuleConfig) -> Result<(), Denied> {
        let networks = networks_of(&config);
        self.watched = watched(&config, &networks);
        let configure = Command::Configure {
            module: named("app"),
            config: Box::new(config),
            macs: networks.iter().map(|_| farm::mac(0)).collect(),
            networks,
        };
        if self.is_going() {
            // What is new while the module serves has no result yet.
            self.switched.extend(CheckKind::ALL);
        }
        self.exchanges = true;
        let configured = self.command(configure);
        self.exchanges = false;
        configured
    }

    /// One that is up, and nothing of how it came there.
    pub fn up(config: ModuleConfig) -> Self {
        let mut shell = Self::new(config);
        shell.start();
        shell.all_up();
        assert_eq!(shell.status().state, ModuleState::READY);
        shell.told();
        shell
    }

    pub fn start(&mut self) {
        let (module, by) = (named("app"), "admin".to_owned());
        self.command(Command::Start { module, by }).unwrap();
    }

    pub fn stop(&mut self) {
        let command = Command::Stop {
            module: named("app"),
            by: "admin".to_owned(),
            automatic: false,
        };
        self.command(command).unwrap();
    }

    pub fn command(&mut self, command: Command) -> Result<(), Denied> {
        self.note_switch(&command);
        let result = self.node.command(command, self.now).map(drop);
        self.settle();
        result
    }

    pub fn handle(&mut self, input: Input) {
        // Then nothing of it was left behind.
        let failed = matches!(&input, Input::TrafficOpened { result, .. } if result.is_err());
        self.open &= !failed;
        if let Input::Command(command) = &input {
            self.note_switch(command);
        }
        self.node.handle(input, self.now);
        self.settle();
    }

    pub fn checked(&mut self, resource: &str, value: &str, by: &str) {
        self.handle(checked(resource, value, by, None));
    }

    pub fn checked_because(&mut self, resource: &str, value: &str, by: &str, reason: &str) {
        self.handle(checked(resource, value, by, Some(reason.to_owned())));
    }

    pub fn set(&mut self, resource: &str, value: &str) -> Result<(), Denied> {
        self.command(Command::SetResource {
            module: named("app"),
            resource: resource.to_owned(),
            value: value.to_owned(),
            by: "disk".to_owned(),
        })
    }

    /// Somebody switches checks on or off.
    pub fn switch(&mut self, kind: CheckKind, on: bool) {
        let command = Command::SwitchChecks {
            module: named("app"),
            kind,
            on,
            by: "admin".to_owned(),
        };
        self.command(command).unwrap();
    }

    pub fn other_restarted(&mut self, other: ModuleName) {
        let module = named("app");
        self.handle(Input::OtherRestarted { module, other });
    }

    /// Whoever looks finds everything well, until nobody waits for a result.
    pub fn all_up(&mut self) {
        loop {
            let resources = self.status().resources;
            let awaited = resources.iter().filter(|resource| {
                let mut watched = self.watched.iter();
                let known = watched.find(|watched| watched.resource == resource.resource);
                let runs = known.is_some_and(|watched| self.is_looked_at(watched));
                runs && resource.present.value == "init"
            });
            let awaited: Vec<String> = awaited.map(|one| one.resource.clone()).collect();
            if awaited.is_empty() {
                return;
            }
            for resource in awaited {
                let class = resource.split('.').next().unwrap();
                let by = match class {
                    "proc" => "errd".to_owned(),
                    class => format!("{class}check"),
                };
                self.checked(&resource, "up", &by);
            }
        }
    }

    /// Time passes, pulse by pulse.
    pub fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        while let Some(due) = self.node.poll_timeout().filter(|due| *due <= end) {
            self.now = self.now.max(due);
            self.node.handle_timeout(self.now);
            self.settle();
        }
        self.now = end;
    }

    /// Much time passes in one pulse.
    pub fn pass_idle(&mut self, time: Duration) {
        self.now = self.now + time;
        self.node.handle_timeout(self.now);
        self.settle();
    }

    /// Gives the next answer, a script's with this outcome. False when nothing was asked.
    pub fn step(&mut self, success: bool) -> bool {
        let Some(mut answer) = self.answers.pop_front() else {
            return false;
        };
        if let Input::ScriptEnded { outcome, .. } | Input::HandlerEnded { outcome, .. } =
            &mut answer
            && !success
        {
            *outcome = ScriptOutcome::Exited { code: 1 };
        }
        self.handle(answer);
        true
    }

    /// What was said since this was asked last: events, and when checks and traffic began and ended.
    pub fn told(&mut self) -> Vec<String> {
        std::mem::take(&mut self.told)
    }

    /// What scripts were called with since this was asked last.
    pub fn args(&mut self) -> Vec<String> {
        std::mem::take(&mut self.args)
    }

    #[track_caller]
    pub fn expect(&mut self, expected: &[&str]) {
        assert_eq!(self.told(), expected);
    }

    /// Whether there is a module that is not stopped.
    fn is_going(&self) -> bool {
        self.node.is_going(&named("app"))
    }

    pub fn status(&self) -> ModuleStatus {
        self.node.status(self.now).modules.remove(0)
    }

    pub fn resource(&self, name: &str) -> ResourceStatus {
        let resources = self.status().resources;
        let found = resources.into_iter().find(|one| one.resource == name);
        found.unwrap_or_else(|| panic!("{name}"))
    }

    pub fn value(&self, name: &str) -> String {
        self.resource(name).present.value
    }

    /// Where the module is on its way, as far as it shows.
    pub fn place(&self) -> String {
        let status = self.status();
        let waiting = status.loops.count > 0 || status.rule.is_some();
        format!(
            "{} {:?} {:?} {} {} {waiting}",
            status.state,
            self.answers,
            self.running,
            self.open,
            status.epoch.is_some()
        )
    }

    /// The resources that are looked at.
    pub fn watched(&self) -> Vec<Watched> {
        self.watched.clone()
    }

    /// What has to hold at any time.
    pub fn check(&self) {
        let status = self.status();
        let runs = |when| CheckKind::ALL.into_iter().any(|kind| self.runs(when, kind));
        let (pre, both) = (runs(CheckWhen::Pre), runs(CheckWhen::Both));
        if status.state == ModuleState::STOPPED {
            assert!(!pre && !both && !self.open, "{self:#?}");
        }
        if status.state == ModuleState::READY {
            for (when, kind) in times_and_kinds() {
                let is_one = |watched: &Watched| watched.is_of(when, kind);
                let is_wanted = status.checks.is_on(kind) && self.watched.iter().any(is_one);
                assert_eq!(
                    self.runs(when, kind),
                    is_wanted,
                    "{kind:?} {when:?} {self:#?}"
                );
            }
        }
        let takes = status.groups.iter().any(|group| group.open > 0);
        if both && (takes || status.state == ModuleState::READY) {
            let is_init = |watched: &&Watched| {
                let value = self.value(&watched.resource);
                let was_always_on = !self.switched.contains(&CheckKind::of(&watched.resource));
                let is_both = watched.when == CheckWhen::Both && watched.class.is_none();
                was_always_on && watched.prompt && is_both && value == "init"
            };
            let init = self.watched.iter().find(is_init);
            assert_eq!(init, None, "serves unchecked: {self:#?}");
        }
    }

    fn settle(&mut self) {
        while let Some(effect) = self.node.poll_effect() {
            let answer = self.execute(effect);
            if self.slow {
                self.answers.extend(answer);
            } else if let Some(answer) = answer {
                self.node.handle(answer, self.now);
            }
        }
    }

    fn execute(&mut self, effect: Effect) -> Option<Input> {
        match effect {
            Effect::RunScript {
                module,
                script,
                args,
                timeout,
            } => {
                self.timeouts.insert(script, timeout);
                self.args.push(args.join(" "));
                let outcome = ScriptOutcome::Exited { code: 0 };
                Some(ended(module, script, outcome))
            }
            Effect::StartChecks { when, kind, .. } => self.look(checks_name(when, kind), true),
            Effect::StopChecks { when, kind, .. } => self.look(checks_name(when, kind), false),
            Effect::OpenTraffic { module } => {
                self.traffic(true, "open traffic");
                let result = Ok(());
                Some(Input::TrafficOpened { module, result })
            }
            Effect::CloseTraffic { module } => {
                self.traffic(false, "close traffic");
                Some(Input::TrafficClosed { module })
            }
            Effect::SetContact { module, tags, .. } => {
                let tag = tags.first().map_or(0, |(tag, _)| *tag);
                let asked = Vec::new();
                self.node
                    .handle(Input::Asked { module, tag, asked }, self.now);
                None
            }
            Effect::Listen { module, listen } => {
                if listen {
                    self.node.handle(Input::Received { module }, self.now);
                }
                None
            }
            Effect::CountHeld {
                module,
                epoch,
                number,
            } => {
                self.count_held(module, epoch, number);
                None
            }
            Effect::KillScripts { .. } => {
                self.kill();
                None
            }
            Effect::RunHandler {
                module, process, ..
            } => {
                self.told.push(format!("run handler of {process}"));
                Some(handled(module, process))
            }
            Effect::WatchClass { class, on, .. } => self.look(format!("class {class}"), on),
            Effect::Reboot { module } => Some(self.reboot(module)),
            Effect::Event(event) => {
                self.hear(&event);
                None
            }
            Effect::Send { .. }
            | Effect::Probe { .. }
            | Effect::InstallTable { .. }
            | Effect::SetRoutes { .. }
            | Effect::Announce { .. }
            | Effect::RenewLease { .. } => None,
        }
    }

    /// There are no sockets.
    fn count_held(&mut self, module: ModuleName, epoch: Epoch, number: u64) {
        let counted = Input::HeldSockets {
            module,
            epoch,
            number,
            held: vec![0],
        };
        self.node.handle(counted, self.now);
    }

    /// What has not ended yet ends so.
    fn kill(&mut self) {
        self.told.push("kill scripts".to_owned());
        for answer in &mut self.answers {
            if let Input::ScriptEnded { outcome, .. } | Input::HandlerEnded { outcome, .. } = answer
            {
                *outcome = ScriptOutcome::Killed { signal: 9 };
            }
        }
    }

    /// No machine of a test is rebooted.
    fn reboot(&mut self, module: ModuleName) -> Input {
        self.told.push("reboot".to_owned());
        let reason = "no such program".to_owned();
        Input::RebootFailed { module, reason }
    }

    /// Who is switched on while the module serves has no result yet.
    fn note_switch(&mut self, command: &Command) {
        if let Command::SwitchChecks { kind, .. } = command {
            self.switched.push(*kind);
        }
    }

    fn runs(&self, when: CheckWhen, kind: CheckKind) -> bool {
        let name = checks_name(when, kind);
        self.running.get(&name).copied().unwrap_or_default()
    }

    fn is_looked_at(&self, watched: &Watched) -> bool {
        match &watched.class {
            Some(class) => self.running.get(&format!("class {class}")) == Some(&true),
            None => self.runs(watched.when, CheckKind::of(&watched.resource)),
        }
    }

    /// Checks begin and end in turn, and those that run are exchanged with their configuration.
    fn look(&mut self, name: String, begin: bool) -> Option<Input> {
        let before = self.running.insert(name.clone(), begin);
        let what = match (before.unwrap_or_default(), begin) {
            (false, true) => "start",
            (true, true) if self.exchanges => "exchange",
            (true, false) => "stop",
            twice => panic!("{name} twice in a row: {twice:?}"),
        };
        self.told.push(format!("{what} {name}"));
        None
    }

    fn traffic(&mut self, open: bool, what: &str) {
        self.open = open;
        self.told.push(what.to_owned());
    }

    fn hear(&mut self, event: &Event) {
        let is_noise = matches!(
            event,
            Event::ScriptEnded { .. }
                | Event::ViewChanged { .. }
                | Event::ShareOpened { .. }
                | Event::PeerHeard { .. }
                | Event::PeerLost { .. }
        );
        if !is_noise {
            self.told.push(event.to_string());
        }
    }
}

fn checked(resource: &str, value: &str, by: &str, reason: Option<String>) -> Input {
    Input::Checked {
        module: named("app"),
        resource: resource.to_owned(),
        value: value.to_owned(),
        by: by.to_owned(),
        reason,
    }
}

/// The application is to be restarted.
pub fn restart(by: &str, automatic: bool) -> Command {
    Command::Restart {
        module: named("app"),
        by: by.to_owned(),
        automatic,
    }
}

/// A script of the module ended.
pub fn ended(module: ModuleName, script: Script, outcome: ScriptOutcome) -> Input {
    Input::ScriptEnded {
        module,
        script,
        outcome,
    }
}

fn handled(module: ModuleName, process: String) -> Input {
    Input::HandlerEnded {
        module,
        process,
        outcome: ScriptOutcome::Exited { code: 0 },
    }
}

fn times_and_kinds() -> impl Iterator<Item = (CheckWhen, CheckKind)> {
    let times = [CheckWhen::Pre, CheckWhen::Both].into_iter();
    times.flat_map(|when| CheckKind::ALL.map(|kind| (when, kind)))
}

fn networks_of(config: &ModuleConfig) -> Vec<IpAddr> {
    match config.vip {
        Some(_) => farm::networks(),
        None => Vec::new(),
    }
}

fn checks_name(when: CheckWhen, kind: CheckKind) -> String {
    let what = match kind {
        CheckKind::Checker => "checks",
        CheckKind::Errd => "errd",
    };
    match when {
        CheckWhen::Pre => format!("{what} pre"),
        CheckWhen::Both => format!("{what} both"),
    }
}
