//! `<errd>`: processes and services of which there are neither too few nor too many. Those with the
//! same interval are looked at together.

use std::collections::BTreeMap;
use std::sync::Weak;
use std::time::Duration;

use evenkeel_core::config::model::Proc;
use evenkeel_core::module::resources::UNKNOWN;
use tokio::time::MissedTickBehavior;

use super::pace::{Found, Resource};
use super::processes::{Pattern, count};
use super::services::are_running;
use crate::limits;

/// A `<proc>`.
#[derive(Debug)]
pub(super) struct Process {
    proc: Proc,
    resource: Resource,
    /// Somebody wants to know of it as long as there is this.
    wanted: Weak<()>,
    /// Which processes are counted; `None` for a service.
    pattern: Option<Result<Pattern, String>>,
    /// Looks so far.
    looks: u32,
    /// Why the last look said nothing.
    doubt: Option<String>,
}

impl Process {
    /// One that was not looked at yet.
    pub(super) fn new(proc: Proc, resource: Resource, wanted: Weak<()>) -> Self {
        let pattern = (!proc.service).then(|| Pattern::new(&proc));
        Self {
            proc,
            resource,
            wanted,
            pattern,
            looks: 0,
            doubt: None,
        }
    }

    fn is_wanted(&self) -> bool {
        self.wanted.strong_count() > 0
    }

    /// What a number of processes means.
    fn judge(&self, count: u32) -> Found {
        let Proc {
            name,
            atleast,
            atmax,
            service,
            ..
        } = &self.proc;
        let what = if *service { "Service" } else { "Process" };
        match (atleast, atmax) {
            (Some(least), _) if count < *least => Err(match count {
                0 => format!("{what} {name} not running"),
                _ => format!("{what} {name} running {count} times, at least {least} expected"),
            }),
            (_, Some(0)) if count > 0 => Err(format!("{what} {name} running, which it must not")),
            (_, Some(most)) if count > *most => Err(format!(
                "{what} {name} running {count} times, at most {most} expected"
            )),
            _ => Ok(()),
        }
    }

    /// Whether it is too early to believe that something is missing: n cycles are n - 1 intervals.
    const fn is_early(&self) -> bool {
        self.looks < self.proc.start_after
    }

    /// Whether a failure would be news.
    fn is_news(&self, found: &Answer) -> bool {
        matches!(found, Answer::Found(Err(_))) && !self.resource.is_down() && !self.is_early()
    }
}

/// What a look said about one of them.
#[derive(Clone, Debug)]
enum Answer {
    Found(Found),
    /// The machine does not say.
    Unknown(String),
}

/// Looks until nobody wants to know. A failure is looked at a second time before it is told: a
/// program that replaces itself is away for a moment.
pub(super) async fn run(mut all: Vec<Process>, polltimer: Duration, env: BTreeMap<String, String>) {
    let mut ticks = tokio::time::interval(polltimer);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        all.retain(Process::is_wanted);
        if all.is_empty() {
            return;
        }
        all.iter_mut()
            .for_each(|one| one.looks = one.looks.saturating_add(1));
        let mut found = look(&all, &env).await;
        if all
            .iter()
            .zip(&found)
            .any(|(one, found)| one.is_news(found))
        {
            tokio::time::sleep(polltimer.min(limits::SECOND_LOOK)).await;
            found = look(&all, &env).await;
        }
        let found = all.iter_mut().zip(found);
        for (one, found) in found.filter(|(one, _)| one.is_wanted()) {
            if !set(one, found).await {
                return;
            }
        }
    }
}

/// Tells what was found; whether somebody listens.
async fn set(one: &mut Process, found: Answer) -> bool {
    let found = match found {
        Answer::Found(found) => found,
        Answer::Unknown(reason) => return doubt(one, reason).await,
    };
    one.doubt = None;
    if found.is_err() && one.is_early() {
        return true;
    }
    one.resource.set(found).await.is_ok()
}

/// What was known before is not put in doubt by a machine that does not answer.
async fn doubt(one: &mut Process, reason: String) -> bool {
    if one.doubt.as_ref() != Some(&reason) {
        tracing::warn!(name = one.proc.name, reason, "not known whether it runs");
        one.doubt = Some(reason.clone());
    }
    let known = one.resource.told().is_some();
    known || one.resource.tell(UNKNOWN, Some(reason)).await.is_ok()
}

/// Looks at all of them once.
async fn look(all: &[Process], env: &BTreeMap<String, String>) -> Vec<Answer> {
    let services = all.iter().filter(|one| one.pattern.is_none());
    let names: Vec<String> = services.map(|one| one.proc.name.clone()).collect();
    let patterns = all
        .iter()
        .filter_map(|one| one.pattern.as_ref()?.clone().ok());
    let patterns: Vec<Pattern> = patterns.collect();
    let counting = tokio::task::spawn_blocking(move || count(&patterns));
    let (running, counted) = tokio::join!(are_running(&names, env), counting);
    let counted = counted
        .map_err(|error| error.to_string())
        .and_then(|counted| counted.map_err(|error| format!("/proc cannot be read: {error}")));
    let (mut running, mut counted) = (by_turn(running), by_turn(counted));
    let answer = |one: &Process| {
        let count = match &one.pattern {
            None => running().map(u32::from),
            Some(Ok(_)) => counted(),
            Some(Err(reason)) => Err(reason.clone()),
        };
        match count {
            Ok(count) => Answer::Found(one.judge(count)),
            Err(reason) => Answer::Unknown(reason),
        }
    };
    all.iter().map(answer).collect()
}

/// One answer after the other, or the same reason again and again.
fn by_turn<T>(answers: Result<Vec<T>, String>) -> impl FnMut() -> Result<T, String> {
    let mut answers = answers.map(Vec::into_iter);
    move || match &mut answers {
        Ok(answers) => answers.next().ok_or_else(|| "nothing is known".to_owned()),
        Err(reason) => Err(reason.clone()),
    }
}

#[cfg(test)]
mod tests {
    use evenkeel_core::config::model::{ProcAction, ProcClass};
    use tokio::sync::mpsc;

    use super::*;

    fn watched(service: bool, atleast: Option<u32>, atmax: Option<u32>) -> Process {
        let proc = Proc {
            name: "web".to_owned(),
            polltimer: Duration::from_secs(30),
            service,
            nameregex: None,
            argregex: None,
            atleast,
            atmax,
            action: ProcAction::Restart,
            restart_services: Vec::new(),
            class: ProcClass::Both,
            start_after: 0,
        };
        let resource = Resource::new("proc.web".to_owned(), "errd", mpsc::channel(1).0);
        Process::new(proc, resource, Weak::new())
    }

    #[test]
    fn numbers_and_what_they_mean() {
        for (atleast, atmax, good, bad) in [
            (
                Some(1),
                None,
                &[1, 2, 100][..],
                &[(0, "Process web not running")][..],
            ),
            (
                Some(2),
                Some(3),
                &[2, 3],
                &[
                    (0, "Process web not running"),
                    (1, "Process web running 1 times, at least 2 expected"),
                    (4, "Process web running 4 times, at most 3 expected"),
                ],
            ),
            (
                None,
                Some(0),
                &[0],
                &[(1, "Process web running, which it must not")],
            ),
            (Some(0), None, &[0, 1], &[]),
        ] {
            let one = watched(false, atleast, atmax);
            for count in good {
                assert_eq!(one.judge(*count), Ok(()), "{atleast:?} {atmax:?} {count}");
            }
            for (count, reason) in bad {
                assert_eq!(one.judge(*count), Err((*reason).to_owned()));
            }
        }
        let service = watched(true, Some(1), None);
        assert_eq!(service.judge(0), Err("Service web not running".to_owned()));
    }
}
