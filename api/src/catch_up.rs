//! A node that was away catches up: it takes the users, the API keys and the configurations that the others
//! have meanwhile, and removes what they removed.
//!
//! Of a module's configurations the highest revision is in force. Where two have the same number, two sides
//! changed the module while they did not hear each other: the later change wins. Who has the other one gives
//! the winner the next number, which all follow, and keeps what it had as the revision before: so the loss is
//! told where it happens, whoever looks first. A configuration changes only where its module is stopped;
//! until then the module's log says what waits.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::http::Method;
use evenkeel_core::event::Event;
use evenkeel_core::ids::ModuleName;
use evenkeel_core::module::state::ModuleState;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, timeout};

use crate::app::Shared;
use crate::apply::{self, Change};
use crate::auth::Caller;
use crate::boot;
use crate::cluster;
use crate::events;
use crate::fan_out::{Answers, Call, ask_one, fan_out};
use crate::handlers::modules::put_call;
use crate::handlers::node_modules::modules_here;
use crate::limits;
use crate::problem::Problem;
use crate::records;
use crate::views::module::{LogLevel, ModuleConfiguration, NodeModuleList};
use crate::views::result::Applied;

/// What was told already, by what it is about: it is told once.
#[derive(Debug, Default)]
pub struct Told(Mutex<BTreeMap<String, String>>);

impl Told {
    /// Whether it was not what was told last of it.
    pub fn is_new(&self, of: &str, message: &str) -> bool {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = told.insert(of.to_owned(), message.to_owned());
        before.as_deref() != Some(message)
    }
}

/// What a node has of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Standing {
    revision: u64,
    /// The signature and when it was applied; `None`: it was removed.
    content: Option<(String, String)>,
}

impl Standing {
    fn signature(&self) -> Option<&str> {
        self.content
            .as_ref()
            .map(|(signature, _)| signature.as_str())
    }

    /// When the content was applied, and the signature where that is the same: which one wins.
    fn weight(&self) -> Option<(&str, &str)> {
        let content = self.content.as_ref();
        content.map(|(signature, at)| (at.as_str(), signature.as_str()))
    }
}

/// What is to become of a module here.
#[derive(Debug, PartialEq, Eq)]
enum Goal {
    /// The others have a later revision, this one of them.
    Take { revision: u64, from: String },
    /// It was removed elsewhere, which counts as this revision.
    Remove { revision: u64 },
    /// This node's change lost against one of the same number at this node; the next number tells them apart.
    Yield { revision: u64, from: String },
    /// This node's change won.
    Keep,
}

/// With every node that answers; those that are heard are waited for. Who is alone is not held up for long.
async fn before_start(app: &Shared) {
    let begun = Instant::now();
    loop {
        let silent = timeout(limits::CATCH_UP_TIME_MAX, once(app)).await;
        let silent = silent.unwrap_or_else(|_elapsed| app.other_names());
        let status = app.engine.status().borrow().clone();
        let is_heard = |name: &String| {
            let mut peers = status.peers.iter();
            peers.any(|peer| peer.name == *name && peer.alive)
        };
        // Machines that start together take a moment to hear each other.
        let patience = match silent.iter().any(is_heard) {
            true => limits::CATCH_UP_TIME_MAX,
            false => limits::CATCH_UP_SILENCE,
        };
        if silent.is_empty() || begun.elapsed() >= patience {
            return;
        }
        tokio::time::sleep(limits::CATCH_UP_PAUSE).await;
    }
}

/// Catches up and lets modules start with the machine then; and again whenever there may be a reason: a node
/// is heard again, a module is stopped; and now and then. The others answer when their services have
/// started, so this one has to have.
pub async fn follow(app: Shared) {
    before_start(&app).await;
    if let Err(problem) = boot::begin_taken(&app).await {
        tracing::error!(%problem, "modules that came from other nodes do not start with the machine");
    }
    app.boots.release();
    let mut events = app.engine.events();
    loop {
        let due = tokio::time::sleep(limits::CATCH_UP_INTERVAL);
        let reason = async {
            loop {
                match events.recv().await {
                    Ok(Event::PeerHeard { .. }) | Err(RecvError::Lagged(_)) => return true,
                    Ok(Event::StateChanged { state, .. }) if state == ModuleState::STOPPED => {
                        return true;
                    }
                    Ok(_) => {}
                    Err(RecvError::Closed) => return false,
                }
            }
        };
        let goes_on = tokio::select! {
            () = due => true,
            goes_on = reason => goes_on,
        };
        if !goes_on {
            return;
        }
        // Several nodes come back together, and their services a moment later than their heartbeats.
        tokio::time::sleep(limits::CATCH_UP_PAUSE).await;
        once(&app).await;
    }
}

/// Takes what those that answer have, and says who does not answer.
async fn once(app: &Shared) -> Vec<String> {
    let caught = catch_up(app).await;
    caught.unwrap_or_else(|problem| {
        tracing::error!(%problem, "catching up with the other nodes failed");
        Vec::new()
    })
}

async fn catch_up(app: &Shared) -> Result<Vec<String>, Problem> {
    let caller = Caller::node(&app.tokens, &app.name)?;
    cluster::follow::catch_up(app, &caller).await?;
    records::catch_up(app, &caller).await?;
    let call = Call::new(Method::GET, "/modules");
    let answers: Answers<NodeModuleList> = fan_out(app, &caller, app.other_names(), &call).await;
    let mut silent = Vec::new();
    let mut there: BTreeMap<String, Vec<(String, Standing)>> = BTreeMap::new();
    for (node, answer) in answers {
        let Ok(list) = answer else {
            silent.push(node);
            continue;
        };
        for (module, standing) in standings(list) {
            there
                .entry(module)
                .or_default()
                .push((node.clone(), standing));
        }
    }
    let here: BTreeMap<_, _> = standings(modules_here(app).await?).collect();
    for (module, there) in there {
        let Some(goal) = goal(here.get(&module), &there) else {
            continue;
        };
        let Ok(name) = ModuleName::try_from(module.clone()) else {
            continue;
        };
        if let Err(problem) = reach(app, &caller, &name, &goal).await {
            tell(app, &name, waits(&goal, &problem)).await;
        }
    }
    Ok(silent)
}

fn standings(list: NodeModuleList) -> impl Iterator<Item = (String, Standing)> {
    let kept = list.modules.into_iter().map(|entry| {
        let standing = Standing {
            revision: entry.on.revision,
            content: Some((entry.on.signature, entry.on.applied_at)),
        };
        (entry.module, standing)
    });
    let removed = list.removed.into_iter().map(|one| {
        let standing = Standing {
            revision: one.revision,
            content: None,
        };
        (one.module, standing)
    });
    kept.chain(removed)
}

/// What a module has to become here; `None`: it is as it should be, as far as these nodes know.
fn goal(here: Option<&Standing>, there: &[(String, Standing)]) -> Option<Goal> {
    let revision = |standing: &Standing| standing.revision;
    let mine = here.map_or(0, revision);
    let latest = there.iter().map(|(_, standing)| revision(standing)).max()?;
    if latest < mine {
        return None;
    }
    let rivals = there
        .iter()
        .filter(|(_, standing)| standing.revision == latest);
    // A change is more than a removal of the same number, which nobody can look at.
    let (node, best) = rivals
        .clone()
        .max_by_key(|(_, standing)| standing.weight())?;
    let taken = || match best.content {
        Some(_) => Goal::Take {
            revision: latest,
            from: node.clone(),
        },
        None => Goal::Remove { revision: latest },
    };
    let Some(here) = here.filter(|here| here.revision == latest) else {
        return Some(taken());
    };
    let differs = |other: &Standing| other.signature() != here.signature();
    if here.weight() >= best.weight() {
        let lost = rivals.map(|(_, standing)| standing).any(differs);
        return lost.then_some(Goal::Keep);
    }
    differs(best).then(|| Goal::Yield {
        revision: latest.saturating_add(1),
        from: node.clone(),
    })
}

async fn reach(
    app: &Shared,
    caller: &Caller,
    module: &ModuleName,
    goal: &Goal,
) -> Result<(), Problem> {
    match goal {
        Goal::Keep => {}
        Goal::Remove { revision } => {
            apply::remove(app, module, Some(*revision)).await?;
            tracing::info!(%module, "module {module} was removed on other nodes, and is here");
        }
        Goal::Take { revision, from } | Goal::Yield { revision, from } => {
            let call = Call::new(Method::GET, format!("/modules/{module}/config"));
            let stored: ModuleConfiguration = ask_one(app, caller, from, &call).await?;
            let by = stored.applied_by.clone();
            let change = Change {
                module: module.clone(),
                settings: apply::settings(stored),
                revision: Some(*revision),
                dry_run: false,
                by,
            };
            let settings = change.settings.clone();
            apply::apply(app, change).await?;
            if matches!(goal, Goal::Yield { .. }) {
                // Who does not take the number now does when it looks.
                let put = put_call(module, &settings, *revision, false)?;
                fan_out::<Applied>(app, caller, app.other_names(), &put).await;
            }
        }
    }
    if let Some(message) = done(goal) {
        tell(app, module, message).await;
    }
    Ok(())
}

/// What the module's log says of it; that of one that was removed went with it.
fn done(goal: &Goal) -> Option<String> {
    const CONFLICT: &str =
        "Configuration: nodes that did not hear each other changed it at the same time";
    let message = match goal {
        Goal::Take { revision, from } => {
            format!("Configuration: revision {revision} taken from {from}")
        }
        Goal::Remove { .. } => return None,
        Goal::Keep => format!("{CONFLICT}; the change here is the later one and stays"),
        Goal::Yield { revision, from } => format!(
            "{CONFLICT}; the change at {from} is the later one and is revision {revision}, that of this node is \
             kept as revision {}",
            revision.saturating_sub(1)
        ),
    };
    Some(message)
}

fn waits(goal: &Goal, problem: &Problem) -> String {
    let what = match goal {
        Goal::Remove { .. } => "its removal on other nodes".to_owned(),
        Goal::Take { revision, .. } => format!("revision {revision}, which other nodes have"),
        Goal::Yield { from, .. } => {
            format!("the change at {from}, which is later than the one here")
        }
        Goal::Keep => "the change here".to_owned(),
    };
    format!(
        "Configuration: {what}, cannot be taken here: {}",
        problem.detail
    )
}

/// Tells what happened to a module's configuration, each thing once.
async fn tell(app: &Shared, module: &ModuleName, message: String) {
    if !app.told.is_new(&format!("module {module}"), &message) {
        return;
    }
    tracing::warn!(%module, "module {module}: {message}");
    if let Err(error) = events::message(app, module, LogLevel::Normal, message).await {
        tracing::error!(%error, "the log of module {module} cannot be written");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(revision: u64, content: &str, at: &str) -> Standing {
        Standing {
            revision,
            content: Some((content.to_owned(), at.to_owned())),
        }
    }

    const fn removed(revision: u64) -> Standing {
        Standing {
            revision,
            content: None,
        }
    }

    fn goal_of(here: Option<Standing>, there: &[Standing]) -> Option<Goal> {
        let names = ["node2", "node3"].map(str::to_owned);
        let there: Vec<_> = names.into_iter().zip(there.iter().cloned()).collect();
        goal(here.as_ref(), &there)
    }

    fn taken(revision: u64, from: &str) -> Option<Goal> {
        let from = from.to_owned();
        Some(Goal::Take { revision, from })
    }

    fn yields(revision: u64, from: &str) -> Option<Goal> {
        let from = from.to_owned();
        Some(Goal::Yield { revision, from })
    }

    #[test]
    fn the_latest_revision_is_taken_and_so_is_a_removal() {
        let (old, new) = (kept(3, "a", "1"), kept(4, "b", "2"));
        let both = [old.clone(), new.clone()];
        assert_eq!(
            goal_of(Some(old.clone()), &[old.clone(), old.clone()]),
            None
        );
        assert_eq!(goal_of(Some(new.clone()), &both[..1]), None);
        assert_eq!(goal_of(Some(old.clone()), &both), taken(4, "node3"));
        assert_eq!(goal_of(None, &both), taken(4, "node3"));
        let gone = Some(Goal::Remove { revision: 4 });
        assert_eq!(goal_of(Some(old.clone()), &[removed(4)]), gone);
        assert_eq!(goal_of(Some(removed(4)), &[old]), None);
        assert_eq!(goal_of(Some(removed(3)), &[new]), taken(4, "node2"));
        assert_eq!(goal_of(None, &[]), None);
    }

    #[test]
    fn of_two_changes_with_one_number_the_later_wins_and_who_lost_numbers_it() {
        let (early, late) = (
            kept(5, "b", "2026-11-23T02:00:00Z"),
            kept(5, "a", "2026-11-23T03:00:00Z"),
        );
        let there = [early.clone(), late.clone()];
        assert_eq!(
            goal_of(Some(early.clone()), &there[1..]),
            yields(6, "node2")
        );
        assert_eq!(goal_of(Some(late.clone()), &there[..1]), Some(Goal::Keep));
        // One that has neither sees both.
        assert_eq!(goal_of(Some(kept(4, "c", "1")), &there), taken(5, "node3"));
        // A removal that nobody can look at gives way to a change.
        assert_eq!(
            goal_of(Some(early.clone()), &[removed(5)]),
            Some(Goal::Keep)
        );
        assert_eq!(goal_of(Some(removed(5)), &[early]), yields(6, "node2"));
        // The number is followed where the content is there already.
        let numbered = kept(6, "a", "2026-11-23T04:00:00Z");
        assert_eq!(goal_of(Some(late), &[numbered]), taken(6, "node2"));
    }

    #[test]
    fn the_same_change_at_two_instants_is_no_conflict() {
        let (one, other) = (kept(5, "a", "1"), kept(5, "a", "2"));
        assert_eq!(
            goal_of(Some(one.clone()), std::slice::from_ref(&other)),
            None
        );
        assert_eq!(goal_of(Some(other), &[one]), None);
    }
}
