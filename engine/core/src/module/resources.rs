//! The resources of a module: what checkers, the monitoring of processes and scripts say about it.
//!
//! A module has one resource for each of its checkers and monitored processes, `init` until their first
//! result; its own `heart.stopstartloop`, and `usersetting` for what is switched on; and those that scripts or callers set, up to a bounded number.
//! Whoever looks at a resource owns it: nobody else sets it, and it is `init` while nobody looks.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::switches::{CheckKind, OFF, ON, Switches};
use super::watched::Watched;
use crate::config::model::{CONNECTIONS_CLASS, CheckWhen};
use crate::ids::Time;
use crate::limits::{
    FREE_RESOURCES_MAX, HISTORY_MAX, RESOURCE_NAME_BYTES_MAX, RESOURCE_TEXT_BYTES_MAX,
};

/// The value of a resource before the first result.
pub const INIT: &str = "init";
/// The value of a resource about which nothing can be found out.
pub const UNKNOWN: &str = "unknown";
/// The value of a resource that is as it has to be.
pub const UP: &str = "up";
/// The value of a resource that is not.
pub const DOWN: &str = "down";
/// The count of automatic actions, as `<service maxloop>` limits it.
pub const STOPSTARTLOOP: &str = "heart.stopstartloop";
/// In whose name the node itself sets resources.
const HEART: &str = "heart";

/// Classes of resources that the node has for itself.
const OWN_CLASSES: [&str; 5] = ["state", "usersetting", CONNECTIONS_CLASS, "heart", "rule"];

/// A value of a resource, and where it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// `init`, `up`, `down`, or what a script says.
    pub value: String,
    /// Since when, on this machine's monotonic clock.
    pub since: Time,
    /// Who set it: `tcpcheck`, `errd`, the name of a script, a caller.
    pub by: String,
    /// Why, where it is known: `connection refused`.
    pub reason: Option<String>,
}

/// A resource as told to the outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceStatus {
    /// Its name, as in `tcp.web`.
    pub resource: String,
    /// What it is.
    pub present: Assignment,
    /// What it was, the latest last, [`HISTORY_MAX`] at the most.
    pub history: Vec<Assignment>,
}

/// Why a resource was not set.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// A name that no resource can have.
    #[error(
        "{0:?} is no resource; write its class and its name, as in custom.disk, in at most \
         {RESOURCE_NAME_BYTES_MAX} bytes without spaces"
    )]
    BadName(String),
    /// A value that no resource can have.
    #[error(
        "{0:?} is no value of a resource; write a word such as up or down, at most \
         {RESOURCE_TEXT_BYTES_MAX} bytes without spaces"
    )]
    BadValue(String),
    /// Somebody else's.
    #[error("{resource} is set by {owner} alone; set one that nobody else sets, as in custom.disk")]
    Owned {
        /// The resource.
        resource: String,
        /// Who sets it.
        owner: &'static str,
    },
    /// A custom checker's, which is not running.
    #[error(
        "{0} cannot be set: its checker is not running in the module's present state, and whoever \
         starts it begins with init"
    )]
    NotRunning(String),
    /// There are too many.
    #[error(
        "{FREE_RESOURCES_MAX} resources beside those of the checkers are the most there can be"
    )]
    TooMany,
}

/// Who sets a resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Owner {
    /// Who looks at it, and when.
    Watcher {
        when: CheckWhen,
        class: Option<String>,
        prompt: bool,
    },
    /// The node.
    Node,
    /// Anybody.
    Nobody,
}

impl Owner {
    fn watcher(watched: &Watched) -> Self {
        Self::Watcher {
            when: watched.when,
            class: watched.class.clone(),
            prompt: watched.prompt,
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Resource {
    owner: Owner,
    present: Assignment,
    past: VecDeque<Assignment>,
}

impl Resource {
    fn new(owner: Owner, present: Assignment) -> Self {
        Self {
            owner,
            present,
            past: VecDeque::new(),
        }
    }

    /// True when the value is another one.
    fn assign(&mut self, assignment: Assignment) -> bool {
        if self.present.value == assignment.value {
            return false;
        }
        if self.past.len() == HISTORY_MAX {
            self.past.pop_front();
        }
        self.past
            .push_back(std::mem::replace(&mut self.present, assignment));
        true
    }

    fn is_watched(&self, wanted: CheckWhen) -> bool {
        matches!(self.owner, Owner::Watcher { when, .. } if when == wanted)
    }

    /// The class that scripts switch on for it.
    fn class(&self) -> Option<&str> {
        match &self.owner {
            Owner::Watcher { class, .. } => class.as_deref(),
            Owner::Node | Owner::Nobody => None,
        }
    }

    const fn has_watcher(&self) -> bool {
        matches!(self.owner, Owner::Watcher { .. })
    }
}

/// The resources of a module.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Resources {
    known: BTreeMap<String, Resource>,
    pre: bool,
    both: bool,
    switches: Switches,
    /// The classes of processes that scripts switch, and whether each is on.
    classes: BTreeMap<String, bool>,
}

impl Resources {
    /// All of a module, before anybody looks.
    pub fn new(watched: Vec<Watched>, now: Time) -> Self {
        let classes = classes(&watched).map(|class| (class, false)).collect();
        let mut known: BTreeMap<String, Resource> = watched
            .into_iter()
            .map(|watched| {
                let owner = Owner::watcher(&watched);
                (watched.resource, Resource::new(owner, by_heart(INIT, now)))
            })
            .collect();
        let count = Resource::new(Owner::Node, by_heart("0", now));
        known.insert(STOPSTARTLOOP.to_owned(), count);
        for kind in CheckKind::ALL {
            let setting = Resource::new(Owner::Node, by_heart(ON, now));
            known.insert(kind.setting().to_owned(), setting);
        }
        Self {
            known,
            pre: false,
            both: false,
            switches: Switches::default(),
            classes,
        }
    }

    /// From here on other things are looked at. Where that is done as before what was said counts on; what
    /// nobody looks at any more is gone.
    pub fn exchange(&mut self, before: &[Watched], after: &[Watched], now: Time) {
        let is_on = |class: &String| self.classes.get(class) == Some(&true);
        let classes = classes(after).map(|class| (class.clone(), is_on(&class)));
        self.classes = classes.collect();
        let of = |watched: &Watched| watched.resource.clone();
        let names: BTreeSet<String> = after.iter().map(of).collect();
        self.known
            .retain(|name, resource| !resource.has_watcher() || names.contains(name));
        for watched in after {
            let goes_on = before.iter().any(|former| former.is_same(watched));
            let owner = Owner::watcher(watched);
            let resource = self
                .known
                .entry(watched.resource.clone())
                .or_insert_with(|| Resource::new(owner.clone(), by_heart(INIT, now)));
            resource.owner = owner;
            if !goes_on {
                resource.assign(by_heart(INIT, now));
            }
        }
    }

    /// Whether checks of this time and kind look at anything, those of classes aside.
    pub fn are_watched(&self, when: CheckWhen, kind: CheckKind) -> bool {
        let is_one = |resource: &Resource| resource.is_watched(when) && resource.class().is_none();
        let mut all = self.known.iter();
        all.any(|(name, resource)| is_one(resource) && CheckKind::of(name) == kind)
    }

    /// The classes of processes that scripts switch, and whether each is on.
    pub const fn classes(&self) -> &BTreeMap<String, bool> {
        &self.classes
    }

    /// The classes of processes of this time that are looked at, once its checks have begun.
    pub fn classes_watched(&self, when: CheckWhen) -> impl Iterator<Item = &str> {
        let is_errd_on = when == CheckWhen::Both && self.switches.errd;
        let on = self
            .classes
            .iter()
            .filter(move |(_, on)| **on && is_errd_on);
        on.map(|(class, _)| class.as_str())
    }

    /// A class of processes is switched on or off; what was said of them does not count any more. False
    /// where there is no such class.
    pub fn switch_class(&mut self, class: &str, on: bool, now: Time) -> bool {
        let Some(switch) = self.classes.get_mut(class) else {
            return false;
        };
        *switch = on;
        let all = self.known.values_mut();
        for resource in all.filter(|resource| resource.class() == Some(class)) {
            resource.assign(by_heart(INIT, now));
        }
        true
    }

    /// Who looks at something of this time, and is switched on.
    pub fn watchers(&self, when: CheckWhen) -> impl Iterator<Item = CheckKind> {
        let all = CheckKind::ALL.into_iter();
        all.filter(move |kind| self.switches.is_on(*kind) && self.are_watched(when, *kind))
    }

    /// Which checks are switched on.
    pub const fn switches(&self) -> Switches {
        self.switches
    }

    /// Checks are switched like this before they ever ran.
    pub fn adopt(&mut self, switches: Switches, now: Time) {
        for kind in CheckKind::ALL {
            let on = switches.is_on(kind);
            self.switch(kind, on, by_heart(if on { ON } else { OFF }, now));
        }
    }

    /// Checks are switched on or off; what they said does not count any more.
    pub fn switch(&mut self, kind: CheckKind, on: bool, said: Assignment) {
        let now = said.since;
        self.switches.set(kind, on);
        self.assign(kind.setting(), said);
        for (name, resource) in &mut self.known {
            if resource.has_watcher() && CheckKind::of(name) == kind {
                resource.assign(by_heart(INIT, now));
            }
        }
    }

    /// Whether the checks of this time have begun.
    pub const fn have_begun(&self, when: CheckWhen) -> bool {
        match when {
            CheckWhen::Pre => self.pre,
            CheckWhen::Both => self.both,
        }
    }

    /// The checks of this time begin, or end: what they say counts from here on, or not any more.
    pub fn watch(&mut self, when: CheckWhen, begin: bool, now: Time) {
        match when {
            CheckWhen::Pre => self.pre = begin,
            CheckWhen::Both => self.both = begin,
        }
        let watched = self
            .known
            .values_mut()
            .filter(|resource| resource.is_watched(when));
        for resource in watched {
            resource.assign(by_heart(INIT, now));
        }
    }

    /// Whoever looks at a resource says what it is. True when it was something else; what the module
    /// does not have, or nobody looks at, is ignored.
    pub fn checked(&mut self, name: &str, assignment: Assignment) -> bool {
        let Some(resource) = self.known.get(name) else {
            return false;
        };
        if !self.is_looked_at(name, &resource.owner) {
            return false;
        }
        self.assign(name, assignment)
    }

    /// A script or caller sets a resource. True when it was something else.
    ///
    /// # Errors
    ///
    /// Why not; nothing changed then.
    pub fn set(&mut self, name: &str, assignment: Assignment) -> Result<bool, Refusal> {
        let class = class_of(name).ok_or_else(|| Refusal::BadName(name.to_owned()))?;
        if !is_word(&assignment.value, RESOURCE_TEXT_BYTES_MAX) {
            return Err(Refusal::BadValue(assignment.value));
        }
        let owned = |owner| {
            let resource = name.to_owned();
            Err(Refusal::Owned { resource, owner })
        };
        if OWN_CLASSES.contains(&class) {
            return owned("the node");
        }
        match self.known.get(name).map(|resource| &resource.owner) {
            Some(owner @ Owner::Watcher { .. }) if class == "custom" => {
                if !self.is_looked_at(name, owner) {
                    return Err(Refusal::NotRunning(name.to_owned()));
                }
            }
            Some(Owner::Watcher { .. }) => return owned("its checker"),
            Some(Owner::Node) => return owned("the node"),
            Some(Owner::Nobody) => {}
            None => return self.add(name, assignment).map(|()| true),
        }
        Ok(self.assign(name, assignment))
    }

    /// So many automatic actions count. True when it were others.
    pub fn count(&mut self, count: u32, now: Time) -> bool {
        self.assign(STOPSTARTLOOP, by_heart(&count.to_string(), now))
    }

    /// What a resource is; `None` where there is no such one.
    pub fn value(&self, class: &str, id: &str) -> Option<&str> {
        let resource = self.known.get(&format!("{class}.{id}"))?;
        Some(&resource.present.value)
    }

    /// The names and values of the resources of a class.
    pub fn of_class(&self, class: &str) -> impl Iterator<Item = (&str, &str)> {
        let first = format!("{class}.");
        self.known
            .range(first.clone()..)
            .take_while(move |(name, _)| name.starts_with(&first))
            .map(|(name, resource)| (name.as_str(), resource.present.value.as_str()))
    }

    /// The resources whose first results of this time are awaited.
    pub fn awaited(&self, wanted: CheckWhen) -> impl Iterator<Item = &str> {
        let is_awaited = move |resource: &Resource| {
            let is_prompt = matches!(resource.owner, Owner::Watcher { prompt: true, .. });
            is_prompt && resource.is_watched(wanted) && resource.present.value == INIT
        };
        self.known
            .iter()
            .filter(move |(name, resource)| {
                is_awaited(resource) && self.is_looked_at(name, &resource.owner)
            })
            .map(|(name, _)| name.as_str())
    }

    /// All of them, by name.
    pub fn status(&self) -> Vec<ResourceStatus> {
        let status = |(name, resource): (&String, &Resource)| ResourceStatus {
            resource: name.clone(),
            present: resource.present.clone(),
            history: resource.past.iter().cloned().collect(),
        };
        self.known.iter().map(status).collect()
    }

    /// Whether the checks of its time have begun, those of the resource's kind are on, and its class is.
    fn is_looked_at(&self, name: &str, owner: &Owner) -> bool {
        let Owner::Watcher { when, class, .. } = owner else {
            return false;
        };
        let is_on = |class: &String| self.classes.get(class) == Some(&true);
        self.have_begun(*when)
            && self.switches.is_on(CheckKind::of(name))
            && class.as_ref().is_none_or(is_on)
    }

    fn add(&mut self, name: &str, assignment: Assignment) -> Result<(), Refusal> {
        let mut free = self.known.values();
        let is_free = |resource: &&Resource| resource.owner == Owner::Nobody;
        if free.by_ref().filter(is_free).count() >= FREE_RESOURCES_MAX {
            return Err(Refusal::TooMany);
        }
        let resource = Resource::new(Owner::Nobody, bounded(assignment));
        self.known.insert(name.to_owned(), resource);
        Ok(())
    }

    fn assign(&mut self, name: &str, assignment: Assignment) -> bool {
        let resource = self.known.get_mut(name);
        resource.is_some_and(|resource| resource.assign(bounded(assignment)))
    }
}

fn classes(watched: &[Watched]) -> impl Iterator<Item = String> {
    watched.iter().filter_map(|watched| watched.class.clone())
}

fn by_heart(value: &str, now: Time) -> Assignment {
    Assignment {
        value: value.to_owned(),
        since: now,
        by: HEART.to_owned(),
        reason: None,
    }
}

/// Whether a resource is a number that varies all the time by itself: of these the status tells, and
/// nobody is told each value.
pub fn is_measure(name: &str) -> bool {
    class_of(name) == Some(CONNECTIONS_CLASS)
}

/// The class of a resource with a legal name.
fn class_of(name: &str) -> Option<&str> {
    let (class, id) = name.split_once('.')?;
    let is_class = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let is_legal = !class.is_empty() && !id.is_empty() && class.chars().all(is_class);
    (is_legal && is_word(name, RESOURCE_NAME_BYTES_MAX)).then_some(class)
}

fn is_word(text: &str, bytes_max: usize) -> bool {
    let is_part = |c: char| !c.is_whitespace() && !c.is_control();
    !text.is_empty() && text.len() <= bytes_max && text.chars().all(is_part)
}

/// Its texts, cut to what is kept of them.
fn bounded(assignment: Assignment) -> Assignment {
    let Assignment {
        value,
        since,
        by,
        reason,
    } = assignment;
    Assignment {
        value: cut(value),
        since,
        by: cut(by),
        reason: reason.map(cut),
    }
}

fn cut(mut text: String) -> String {
    let end = (0..=text.len().min(RESOURCE_TEXT_BYTES_MAX))
        .rev()
        .find(|end| text.is_char_boundary(*end));
    text.truncate(end.unwrap_or(0));
    text
}
