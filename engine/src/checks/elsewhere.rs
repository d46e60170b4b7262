//! `<module>` with the address of another machine: its node is asked whether a module is ready there, as a load
//! balancer asks it, without a login.
//!
//! A node says in its answer, beside the status, in which state the module is and which start of it that is. So
//! a restart in place counts as ready and is told when it is over, as for a module of this node, and one that
//! began and ended between two looks is noticed. Who answers without that is believed by the status alone.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use evenkeel_core::ids::ModuleName;
use reqwest::{Client, Response, StatusCode};

use super::Told;
use super::http::{self, Trust};
use super::pace::{Found, Look};

/// The header with the state of the module that is asked for, as in `UP Ready`.
pub const STATE: &str = "evenkeel-state";
/// The header with which start of the module that is: another value after each start and restart.
pub const START: &str = "evenkeel-start";

/// The authorities of the cluster whose nodes are believed, PEM; all clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Authorities(Arc<RwLock<Vec<String>>>);

impl Authorities {
    /// From here on it is these.
    pub fn set(&self, authorities: Vec<String>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = authorities;
    }

    fn get(&self) -> Vec<String> {
        let authorities = self.0.read().unwrap_or_else(PoisonError::into_inner);
        authorities.clone()
    }
}

/// Whom to ask.
#[derive(Debug)]
pub(super) struct Place {
    /// The machine.
    pub(super) addr: String,
    /// Its port.
    pub(super) port: u16,
    /// Over TLS.
    pub(super) secure: bool,
    /// Time for the answer.
    pub(super) timeout: Duration,
}

/// A module on another machine.
#[derive(Debug)]
pub(super) struct Elsewhere {
    module: String,
    place: Place,
    authorities: Authorities,
    /// Who asks, and whom that one believes.
    client: Option<(Trust, Client)>,
    seen: Seen,
}

/// What was seen of the module.
#[derive(Debug, Default)]
struct Seen {
    /// It was ready, and has been up since.
    serves: bool,
    /// Its start when it was ready last.
    start: Option<String>,
    /// It was started again since, which was not told yet.
    restarted: bool,
}

/// What a node answers.
#[derive(Debug, Default)]
struct Answer {
    is_ready: bool,
    state: Option<String>,
    start: Option<String>,
}

impl Elsewhere {
    /// The module of this name there.
    pub(super) fn new(module: &str, place: Place, authorities: Authorities) -> Self {
        Self {
            module: module.to_owned(),
            place,
            authorities,
            client: None,
            seen: Seen::default(),
        }
    }

    /// Who asks: another one as soon as others are to be believed.
    async fn client(&mut self) -> Result<Client, String> {
        let trust = match self.place.secure {
            true => Trust::Machine(self.authorities.get()),
            false => Trust::Any,
        };
        if let Some((known, client)) = &self.client
            && *known == trust
        {
            return Ok(client.clone());
        }
        let client = http::client(trust.clone(), self.place.timeout).await?;
        self.client = Some((trust, client.clone()));
        Ok(client)
    }

    async fn ask(&mut self) -> Result<Answer, String> {
        let client = self.client().await?;
        let Place {
            addr,
            port,
            secure,
            timeout,
        } = &self.place;
        let path = format!("/var/modules/{}/ready.txt", self.module);
        let sent = client.get(http::url(*secure, addr, *port, &path)).send();
        let answer = sent.await;
        answer
            .map(|answer| Answer::from(&answer))
            .map_err(|error| http::reason(&error, *timeout))
    }
}

impl Look for Elsewhere {
    async fn look(&mut self) -> Found {
        let answer = self.ask().await;
        self.seen.judge(&self.module, &self.place.addr, answer)
    }

    fn news(&mut self) -> Option<Told> {
        let restarted = std::mem::take(&mut self.seen.restarted);
        let module = ModuleName::try_from(self.module.clone()).ok()?;
        restarted.then_some(Told::OtherRestarted(module))
    }
}

impl Seen {
    fn judge(&mut self, module: &str, addr: &str, answer: Result<Answer, String>) -> Found {
        let answer = match answer {
            Ok(answer) => answer,
            Err(reason) => {
                self.serves = false;
                return Err(reason);
            }
        };
        let is_up = answer
            .state
            .as_deref()
            .is_some_and(|state| state.starts_with("UP "));
        self.serves = answer.is_ready || self.serves && is_up;
        if answer.is_ready
            && let Some(start) = answer.start
        {
            let former = self.start.replace(start);
            self.restarted |= former.is_some() && former != self.start;
        }
        match (self.serves, answer.state) {
            (true, _) => Ok(()),
            (false, Some(state)) => Err(format!("module {module} is {state} at {addr}")),
            (false, None) => Err(format!("no module {module} is ready at {addr}")),
        }
    }
}

impl From<&Response> for Answer {
    fn from(answer: &Response) -> Self {
        let header = |name| {
            let value = answer.headers().get(name)?;
            value.to_str().ok().map(str::to_owned)
        };
        Self {
            is_ready: answer.status() == StatusCode::OK,
            state: header(STATE),
            start: header(START),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(is_ready: bool, state: &str, start: &str) -> Answer {
        let known = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Answer {
            is_ready,
            state: known(state),
            start: known(start),
        }
    }

    #[test]
    fn another_start_is_news_once_it_is_ready_and_a_restart_in_place_is_no_failure() {
        let mut seen = Seen::default();
        for (is_ready, state, start, serves, restarted) in [
            (false, "UP Transient", "", false, false),
            (true, "UP Ready", "1-5", true, false),
            (true, "UP Ready", "1-5", true, false),
            // In place.
            (false, "UP Transient", "1-5", true, false),
            (true, "UP Ready", "1-7", true, true),
            // Between two looks.
            (true, "UP Ready", "1-9", true, true),
            (false, "WAIT Transient", "1-9", false, false),
            (false, "UP Transient", "1-9", false, false),
            (true, "UP Ready", "1-11", true, true),
            // Somebody who does not say.
            (true, "", "", true, false),
            (false, "", "", false, false),
            (true, "", "", true, false),
        ] {
            let found = seen.judge("db", "there", Ok(answer(is_ready, state, start)));
            assert_eq!(found.is_ok(), serves, "{state} {start}: {found:?}");
            assert_eq!(std::mem::take(&mut seen.restarted), restarted, "{start}");
        }
        let late = seen.judge("db", "there", Err("no answer".to_owned()));
        assert_eq!(late, Err("no answer".to_owned()));
        let up = seen.judge("db", "there", Ok(answer(false, "UP Transient", "")));
        assert_eq!(up, Err("module db is UP Transient at there".to_owned()));
    }
}
