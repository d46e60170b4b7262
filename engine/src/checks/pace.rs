//! The loop that the checkers share: look at once, then at every interval, tell what changed.

use std::borrow::Cow;
use std::future::Future;
use std::time::Duration;

use evenkeel_core::module::resources::{DOWN, UP};
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;

use super::{Report, Told};
use crate::limits;

/// What a look found: all is well, or what is wrong, in words.
pub(super) type Found = Result<(), String>;

/// Something that can be looked at, as often as wanted.
pub(super) trait Look: Send + 'static {
    /// Looks once, for a limited time.
    fn look(&mut self) -> impl Future<Output = Found> + Send;

    /// What is to be told before what was found last.
    fn news(&mut self) -> Option<Told> {
        None
    }
}

/// The resource of a checker, and what was told of it.
#[derive(Debug)]
pub(super) struct Resource {
    name: String,
    by: &'static str,
    told: Option<Cow<'static, str>>,
    reports: mpsc::Sender<Told>,
}

/// Nobody wants to know any more.
#[derive(Debug)]
pub(super) struct Unwanted;

impl Resource {
    /// One of which nothing was told yet.
    pub(super) const fn new(name: String, by: &'static str, reports: mpsc::Sender<Told>) -> Self {
        Self {
            name,
            by,
            told: None,
            reports,
        }
    }

    /// What was told of it.
    pub(super) fn told(&self) -> Option<&str> {
        self.told.as_deref()
    }

    /// Whether it is known to be down.
    pub(super) fn is_down(&self) -> bool {
        self.told() == Some(DOWN)
    }

    /// Whether this differs from what was told.
    pub(super) fn is_news(&self, found: &Found) -> bool {
        self.told().is_some_and(|told| told != value(found))
    }

    /// Tells what was found, where it differs from what was told.
    ///
    /// # Errors
    ///
    /// When nobody listens.
    pub(super) async fn set(&mut self, found: Found) -> Result<(), Unwanted> {
        let value = value(&found);
        self.vary(value.into(), found.err()).await
    }

    /// Tells a value, where it differs from what was told.
    ///
    /// # Errors
    ///
    /// When nobody listens.
    pub(super) async fn vary(
        &mut self,
        value: Cow<'static, str>,
        reason: Option<String>,
    ) -> Result<(), Unwanted> {
        if self.told() == Some(&*value) {
            return Ok(());
        }
        self.tell(value, reason).await
    }

    /// Tells a value, also where it was told before.
    ///
    /// # Errors
    ///
    /// When nobody listens.
    pub(super) async fn tell(
        &mut self,
        value: impl Into<Cow<'static, str>>,
        reason: Option<String>,
    ) -> Result<(), Unwanted> {
        let value = value.into();
        self.told = Some(value.clone());
        let report = Report {
            resource: self.name.clone(),
            value,
            by: self.by,
            reason,
        };
        self.say(Told::Found(report)).await
    }

    /// Tells something else.
    ///
    /// # Errors
    ///
    /// When nobody listens.
    pub(super) async fn say(&self, told: Told) -> Result<(), Unwanted> {
        self.reports.send(told).await.map_err(|_unsent| Unwanted)
    }
}

const fn value(found: &Found) -> &'static str {
    match found {
        Ok(()) => UP,
        Err(_) => DOWN,
    }
}

/// Looks until nobody wants to know. A failure is looked at a second time before it is told, so that
/// one lost packet stops no application; what is well is told at once.
pub(super) async fn run(mut look: impl Look, interval: Duration, mut resource: Resource) {
    let mut ticks = tokio::time::interval(interval);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let mut found = look.look().await;
        if found.is_err() && !resource.is_down() {
            tokio::time::sleep(interval.min(limits::SECOND_LOOK)).await;
            found = look.look().await;
        }
        if let Some(news) = look.news()
            && resource.say(news).await.is_err()
        {
            return;
        }
        if resource.set(found).await.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    /// Finds what is written there, and the last of it from then on.
    struct Script(VecDeque<Found>);

    impl Look for Script {
        async fn look(&mut self) -> Found {
            if self.0.len() > 1 {
                return self.0.pop_front().unwrap();
            }
            self.0[0].clone()
        }
    }

    /// What is told of a row of looks, in which a letter each says what is found; a capital is well.
    async fn told(looks: &str) -> String {
        let look = |sign: char| match sign.is_uppercase() {
            true => Ok(()),
            false => Err(sign.to_string()),
        };
        let script = Script(looks.chars().map(look).collect());
        let (reports, mut told) = mpsc::channel(100);
        let resource = Resource::new("tcp.web".to_owned(), "tcpcheck", reports);
        let running = tokio::spawn(run(script, Duration::from_millis(1), resource));
        let mut seen = String::new();
        let is_up = looks.ends_with(char::is_uppercase);
        // The last look repeats, so that the row ends with what it says.
        loop {
            let Told::Found(report) = told.recv().await.unwrap() else {
                panic!("nothing else is told");
            };
            assert_eq!(
                (report.resource.as_str(), report.by),
                ("tcp.web", "tcpcheck")
            );
            let value = if report.reason.is_none() { UP } else { DOWN };
            assert_eq!(report.value, value);
            seen.push_str(report.reason.as_deref().unwrap_or("U"));
            if (value == UP) == is_up && seen.len() >= changes(looks) {
                break;
            }
        }
        running.abort();
        seen
    }

    /// How often the value changes in a row of looks whose failures all come twice.
    fn changes(looks: &str) -> usize {
        let ups: Vec<bool> = looks.chars().map(char::is_uppercase).collect();
        let mut runs: Vec<(bool, usize)> = Vec::new();
        for up in ups {
            match runs.last_mut() {
                Some((last, length)) if *last == up => *length += 1,
                _ => runs.push((up, 1)),
            }
        }
        // A single failure is none, except at the end, where it repeats.
        let last = runs.len() - 1;
        let real = runs.iter().enumerate();
        let mut real: Vec<bool> = real
            .filter(|(at, (up, length))| *up || *length > 1 || *at == last)
            .map(|(_, (up, _))| *up)
            .collect();
        real.dedup();
        real.len()
    }

    #[tokio::test]
    async fn the_first_result_and_changes_are_told() {
        let cases = [
            ("U", "U"),
            ("UUUU", "U"),
            ("aa", "a"),
            ("ab", "b"),
            ("aaU", "aU"),
            ("UUaaaU", "UaU"),
            ("UaaUaaU", "UaUaU"),
            // Lost once: nothing is told.
            ("aU", "U"),
            ("UaUUaUbbU", "UbU"),
            // Up at once: one look is enough.
            ("aaUbb", "aUb"),
        ];
        for (looks, expected) in cases {
            assert_eq!(told(looks).await, expected, "{looks}");
        }
    }

    #[tokio::test]
    async fn the_loop_ends_when_nobody_listens() {
        let (reports, told) = mpsc::channel(1);
        drop(told);
        let resource = Resource::new("tcp.web".to_owned(), "tcpcheck", reports);
        run(Script([Ok(())].into()), Duration::from_secs(3600), resource).await;
    }
}
