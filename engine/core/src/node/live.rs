//! Modules that get another configuration while they run.
//!
//! As with the nodes of the cluster ([`Node::recluster`]): first each node takes peers for members that have the
//! next configuration of a module, and when all do, each has it in force.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::module::{Module, checks, class, plan};
use super::setup::{self, Wanted};
use super::{Node, Other, membership_of};
use crate::command::Denied;
use crate::config::live;
use crate::config::model::{CheckWhen, ModuleConfig};
use crate::event::Event;
use crate::ids::{LanId, ModuleName, Time};
use crate::limits::FORMER_MAX;
use crate::membership::{Membership, Setup};
use crate::module::machine::Stage;
use crate::module::switches::CheckKind;
use crate::module::watch::By;
use crate::module::watched::{Look, Watched, watched};
use crate::status::Move;

impl Node {
    /// Whether a module is there and not stopped.
    pub fn is_going(&self, name: &ModuleName) -> bool {
        let stage = self.modules.get(name).map(|module| module.machine.stage());
        stage.is_some_and(|stage| stage != Stage::Stopped)
    }

    /// Peers that have this configuration are members as well.
    pub(super) fn expect(
        &mut self,
        name: &ModuleName,
        config: Option<ModuleConfig>,
        now: Time,
    ) -> Result<(), Denied> {
        if let Some(config) = &config {
            self.check_live(name, config)?;
        }
        let module = self.known(name)?;
        if config.as_ref() == Some(&module.config) {
            // Others may still have the one before.
            return Ok(());
        }
        let others = module.former().into_iter().chain(config.map(Other::Next));
        let others = std::mem::replace(&mut module.others, others.collect());
        match self.setup_of(name) {
            Ok(setup) => self.set_up(name, setup, now),
            Err(denied) => {
                self.known(name)?.others = others;
                Err(denied)
            }
        }
    }

    /// Gives a module that runs another configuration.
    pub(super) fn reconfigure(
        &mut self,
        name: &ModuleName,
        config: ModuleConfig,
        (macs, networks): (Vec<[u8; 6]>, Vec<IpAddr>),
        now: Time,
    ) -> Result<(), Denied> {
        self.check_live(name, &config)?;
        let module = self.known(name)?;
        if module.config == config && module.networks == networks {
            // Its scripts may be others.
            module.note_change();
            return Ok(());
        }
        let before = module.former();
        let former = Former {
            config: std::mem::replace(&mut module.config, config),
            macs: std::mem::replace(&mut module.macs, macs),
            networks: std::mem::replace(&mut module.networks, networks),
        };
        let others = before
            .into_iter()
            .chain([Other::Former(former.config.clone())]);
        let others = std::mem::replace(&mut module.others, others.collect());
        match self.setup_of(name) {
            Ok(setup) => {
                self.known(name)?.exchange(&former, now);
                self.set_up(name, setup, now)
            }
            Err(denied) => {
                let module = self.known(name)?;
                module.others = others;
                (module.config, module.macs, module.networks) =
                    (former.config, former.macs, former.networks);
                Err(denied)
            }
        }
    }

    /// The buckets that would change hands if a module that runs took this configuration.
    ///
    /// # Errors
    ///
    /// When it could not take it.
    pub fn preview(&self, name: &ModuleName, config: &ModuleConfig) -> Result<Vec<Move>, Denied> {
        self.check_live(name, config)?;
        let module = self.look_up(name)?;
        // What it says about this node's own interfaces moves nothing.
        let macs = vec![[0; 6]; config.interfaces().count()];
        let former = [Other::Former(module.config.clone())];
        let wanted = Wanted {
            config,
            others: &former,
            macs: &macs,
            ..module.into()
        };
        let setup = setup::membership(&self.config, &self.clusters, wanted)?;
        let moves = module.membership.as_ref().zip(setup);
        Ok(moves.map_or_else(Vec::new, |(membership, setup)| membership.preview(&setup)))
    }

    /// Whether a module could take this configuration while it runs.
    ///
    /// # Errors
    ///
    /// Why it could not.
    pub fn check_live(&self, name: &ModuleName, config: &ModuleConfig) -> Result<(), Denied> {
        let module = self.look_up(name)?;
        let problem = live::why_not(&module.config, config);
        let problem = problem.or_else(|| module.unfinished(config));
        match problem.or_else(|| self.unheard(module, config)) {
            Some(problem) => Err(self.not_live(name, problem)?),
            None => Ok(()),
        }
    }

    /// Which member would be heard on no LAN of this configuration, where it is on one that it has not.
    fn unheard(&self, module: &Module, config: &ModuleConfig) -> Option<String> {
        let mut others = module.others.iter();
        if others.any(|other| matches!(other, Other::Next(next) if next == config)) {
            // All have looked before anybody changed.
            return None;
        }
        let view = module.membership.as_ref()?.view()?;
        let lans = |farm| setup::known_lans(&self.config.cluster, farm);
        let former = module.config.farm.as_ref().map(lans)?;
        let next = config.farm.as_ref().map(lans)?;
        let is_reached = |node, lans: &BTreeSet<LanId>| {
            let mut ways = self.prober.ways(node);
            ways.any(|way| lans.contains(&way.lan()) && self.is_reached(way))
        };
        let mut peers = view.members.iter().filter(|node| *node != self.config.node);
        let unheard = peers.find(|node| is_reached(*node, &former) && !is_reached(*node, &next));
        unheard.map(|node| {
            let (name, lans) = (self.name(node), config.farm.iter().flat_map(|farm| &farm.lans));
            let lans: Vec<&str> = lans.map(String::as_str).collect();
            format!(
                "node {name} answers on no <lan> that <farm> is to have ({}), only on one that is to go",
                lans.join(", ")
            )
        })
    }

    /// A module cannot take a configuration while it runs, for this reason.
    ///
    /// # Errors
    ///
    /// When there is no such module.
    pub fn not_live(&self, name: &ModuleName, problem: String) -> Result<Denied, Denied> {
        let stage = self.look_up(name)?.machine.stage();
        Ok(Denied::NotLive {
            module: name.clone(),
            state: stage.state(),
            problem,
        })
    }

    fn look_up(&self, name: &ModuleName) -> Result<&Module, Denied> {
        self.modules.get(name).ok_or_else(|| super::unknown(name))
    }

    fn setup_of(&self, name: &ModuleName) -> Result<Option<Setup>, Denied> {
        setup::membership(&self.config, &self.clusters, self.look_up(name)?.into())
    }

    fn set_up(&mut self, name: &ModuleName, setup: Option<Setup>, now: Time) -> Result<(), Denied> {
        let membership = membership_of(&mut self.modules, name);
        if let Some((membership, setup)) = membership.zip(setup) {
            membership.recluster(setup, &self.beats, now);
        }
        self.set_pulse(now);
        self.generation += 1;
        Ok(())
    }
}

/// What a module had before.
struct Former {
    config: ModuleConfig,
    macs: Vec<[u8; 6]>,
    networks: Vec<IpAddr>,
}

impl Module {
    /// The configurations before this one that members may still have, the latest last.
    fn former(&self) -> Vec<Other<ModuleConfig>> {
        let membership = self.membership.as_ref();
        if !membership.is_some_and(Membership::is_changing) {
            return Vec::new();
        }
        let former = self
            .others
            .iter()
            .filter(|other| matches!(other, Other::Former(_)));
        let former: Vec<_> = former.cloned().collect();
        let (_, latest) = former.split_at(former.len().saturating_sub(FORMER_MAX - 1));
        latest.to_vec()
    }

    /// Forgets configurations before this one that nobody has any more.
    pub(super) fn forget_former(&mut self) {
        if self.former().is_empty() {
            self.others.retain(|other| matches!(other, Other::Next(_)));
        }
    }

    /// Whether its groups are about to change for a second time before all have heard of the first one.
    fn unfinished(&self, next: &ModuleConfig) -> Option<String> {
        let names = |config: &ModuleConfig| -> Vec<String> {
            let groups = config.vip.iter().flat_map(|vip| &vip.groups);
            groups.map(|group| group.name.clone()).collect()
        };
        let (own, next) = (names(&self.config), names(next));
        let former = self.former();
        let mut former = former.iter().map(|other| names(other.config()));
        let third = former.find(|former| *former != own && *former != next);
        third.filter(|_| own != next).map(|_| {
            "its groups changed just before, and some node has the former ones still; try again when all have them"
                .to_owned()
        })
    }

    /// Its configuration took the place of another one: what stays the same goes on.
    fn exchange(&mut self, former: &Former, now: Time) {
        let before = watched(&former.config, &former.networks);
        let after = watched(&self.config, &self.networks);
        self.keep_open(&former.config);
        self.tell_addresses(&former.config);
        let classes = self.watch.resources().classes().clone();
        self.watch.exchange(&self.config, (&before, &after), now);
        self.exchange_checks(&before, &after);
        let on = classes.into_iter().filter(|(_, on)| *on);
        for (name, _) in on {
            self.exchange_class(&name, &before, &after);
        }
        self.machine.replan(plan(&self.config, &after));
        if self.machine.stage() == Stage::Waiting {
            self.acting = self.watch.waits().and_then(By::rule).map(str::to_owned);
        }
        self.note_change();
    }

    /// The virtual addresses that came, where any stands.
    fn tell_addresses(&mut self, former: &ModuleConfig) {
        let stand = self.machine.stage().can_restart();
        let former: Vec<IpAddr> = former.addrs().collect();
        let new = self.config.addrs().filter(|addr| !former.contains(addr));
        let set = |addr| Event::VirtualIpSet {
            module: self.name.clone(),
            addr,
        };
        let told: Vec<Event> = new.filter(|_| stand).map(set).collect();
        self.told.extend(told);
    }

    /// Checks of a time and kind that run and are others begin anew; those of them that stay go on.
    fn exchange_checks(&mut self, before: &[Watched], after: &[Watched]) {
        let resources = self.watch.resources();
        let begun = [CheckWhen::Pre, CheckWhen::Both]
            .into_iter()
            .filter(|when| resources.have_begun(*when));
        let switches = resources.switches();
        let kinds = CheckKind::ALL
            .into_iter()
            .filter(|kind| switches.is_on(*kind));
        let which = begun.flat_map(|when| kinds.clone().map(move |kind| (when, kind)));
        for (when, kind) in which.collect::<Vec<_>>() {
            let is_one = |one: &Watched| one.is_of(when, kind);
            if let Some(begin) = exchanged(before, after, is_one) {
                self.asked.push(checks(&self.name, (when, kind), begin));
            }
        }
    }

    /// The same for a class of processes that scripts have switched on.
    fn exchange_class(&mut self, name: &str, before: &[Watched], after: &[Watched]) {
        let resources = self.watch.resources();
        let runs = resources.have_begun(CheckWhen::Both) && resources.switches().errd;
        let exchanged = exchanged(before, after, |one| one.is_of_class(name));
        if let Some(on) = exchanged.filter(|_| runs) {
            self.asked.push(class(&self.name, name, on));
        }
    }
}

/// Whether others of these are looked at, and then whether there are any.
fn exchanged(
    before: &[Watched],
    after: &[Watched],
    is_one: impl Fn(&Watched) -> bool,
) -> Option<bool> {
    let looks = |all: &[Watched]| -> Vec<(String, Look)> {
        let its = all.iter().filter(|one| is_one(one));
        its.map(|one| (one.resource.clone(), one.look.clone()))
            .collect()
    };
    let after = looks(after);
    (looks(before) != after).then_some(!after.is_empty())
}
