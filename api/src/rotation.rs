//! The rotation of the cluster's secret: when each step of [`crate::secrets`] is taken.
//!
//! The node that is asked for it is its only leader. It makes the next secret, keeps it, and lets
//! every other node accept it; when all have confirmed, and not before, it sends under it. That is
//! the whole second phase: a node that accepts a secret and hears another one *send* under it knows
//! that all have confirmed, and does the same. So nobody who was away for it misses it. Each node
//! drops the former secret when it has heard every other one under the new one; what a node sends
//! under it has kept before, so a restart takes nothing back.
//!
//! What is interrupted before the leader sends under the next secret is undone at once where all
//! nodes answer, else the leader goes on with it, also after a restart, in the name of who began it.

use std::sync::{Arc, PoisonError, RwLock};

use axum::http::Method;
use evenkeel_core::status::NodeStatus;
use evenkeel_core::wire::KeyNumber;
use tokio::sync::{Mutex, watch};

use crate::app::{App, Shared};
use crate::auth::Caller;
use crate::certificate;
use crate::data_dir::DataDir;
use crate::fan_out::{Answers, Call, fan_out, without_all};
use crate::files;
use crate::limits;
use crate::pki::{self, PkiError};
use crate::problem::{NodeCause, Problem, ProblemType};
use crate::secrets::{Hidden, Next, Secrets, Step, StepError};
use crate::timestamp;
use crate::tls::Identity;
use crate::views::names::Counter;
use crate::views::secret::{NextSecret, SecretState, SecretStep};
use crate::views::session::Authority;

/// Keeps the secrets of this node, in the file and in force.
#[derive(Debug)]
pub struct Keeper {
    dir: DataDir,
    secrets: Mutex<Secrets>,
    /// What this node shows to others; held for a moment only, never across an await.
    shown: RwLock<Identity>,
    /// Held by the one rotation that this node leads.
    leading: Mutex<()>,
}

impl Keeper {
    /// Of the data folder that these secrets are in.
    pub fn new(dir: DataDir, secrets: Secrets, identity: Identity) -> Self {
        Self {
            dir,
            secrets: Mutex::new(secrets),
            shown: RwLock::new(identity),
            leading: Mutex::new(()),
        }
    }

    /// Where this node is.
    pub async fn state(&self) -> SecretState {
        state(&*self.secrets.lock().await)
    }

    /// The data folder.
    pub fn dir(&self) -> DataDir {
        self.dir.clone()
    }

    /// What this node shows, and whom it believes.
    pub fn identity(&self) -> Identity {
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        shown.clone()
    }

    /// Keeps in mind what this node shows.
    pub fn shows(&self, identity: Identity) {
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = identity;
    }

    /// Who vouches for the nodes.
    ///
    /// # Errors
    ///
    /// When the certificate cannot be read.
    pub async fn authority(&self) -> Result<Authority, PkiError> {
        let certificate = self.secrets.lock().await.authority().certificate.clone();
        pki::authority(certificate)
    }

    /// Makes another certificate for this node.
    ///
    /// # Errors
    ///
    /// When it cannot be made or kept.
    pub async fn renew_certificate(&self, app: &App) -> Result<(), Problem> {
        let held = self.secrets.lock().await;
        certificate::put_in_force(app, &held, true).await
    }

    async fn next(&self) -> Option<Next> {
        self.secrets.lock().await.next().cloned()
    }

    /// Takes a step: first it is kept, then it is in force.
    async fn step(
        &self,
        app: &App,
        step: impl FnOnce(&Secrets) -> Result<Secrets, StepError>,
    ) -> Result<SecretState, Problem> {
        let mut held = self.secrets.lock().await;
        let refused = |error: StepError| Problem::new(ProblemType::WrongState, error.to_string());
        let taken = step(&held).map_err(refused)?;
        let is_same = taken.step() == held.step() && taken.generation() == held.generation();
        if is_same {
            return Ok(state(&held));
        }
        if let Err(problem) = self.put_in_force(app, &taken).await {
            self.put_in_force(app, &held).await?;
            return Err(problem);
        }
        *held = taken;
        tracing::info!(
            generation = held.generation(),
            step = ?held.step(),
            "the cluster's secret: generation {} is sent under; {}",
            held.generation(),
            sentence(held.step())
        );
        Ok(state(&held))
    }

    /// First it is kept, and datagrams last: who hears that this node sends under a secret can rely on the rest.
    async fn put_in_force(&self, app: &App, secrets: &Secrets) -> Result<(), Problem> {
        self.write(secrets).await?;
        certificate::put_in_force(app, secrets, false).await?;
        app.tokens.renew(secrets);
        app.engine.rekey(secrets.keyring()).await?;
        Ok(())
    }

    async fn write(&self, secrets: &Secrets) -> Result<(), Problem> {
        let (dir, secrets) = (self.dir.clone(), secrets.clone());
        let write = move || dir.write_secrets(&secrets);
        files::blocking("keeping the cluster's secret", write).await
    }
}

/// Lets this node accept the next secret.
///
/// # Errors
///
/// When another one is accepted, or it does not follow the one in use.
pub async fn accept(app: &App, next: &Next) -> Result<SecretState, Problem> {
    app.keeper.step(app, |held| held.accept(next)).await
}

/// Lets this node accept the next secret of this generation no more.
///
/// # Errors
///
/// When it is in use.
pub async fn abandon(app: &App, generation: u64) -> Result<SecretState, Problem> {
    app.keeper.step(app, |held| held.abandon(generation)).await
}

/// Begins a rotation, or goes on with the one that was begun at this node, up to where this node
/// sends under the next secret.
///
/// # Errors
///
/// When a node is away or not ready for it; the problem names it. Nothing changed then, unless it
/// says so.
pub async fn rotate(
    app: &App,
    caller: &Caller,
    with_authority: bool,
) -> Result<SecretState, Problem> {
    let Ok(_leading) = app.keeper.leading.try_lock() else {
        return Err(wrong_state("a rotation is under way at this node"));
    };
    let next = match app.keeper.next().await {
        Some(next) if app.is_me(&next.begun_at) => next,
        Some(next) => {
            return Err(wrong_state(StepError::OtherNext(next.begun_at).to_string()));
        }
        None => begin(app, caller, with_authority).await?,
    };
    hand_out(app, caller, &next).await?;
    activate(app).await
}

async fn activate(app: &App) -> Result<SecretState, Problem> {
    let activate = |held: &Secrets| Ok(held.activate(timestamp::now_seconds()));
    app.keeper.step(app, activate).await
}

/// Makes a secret and lets this node accept it, where every node is ready for it.
async fn begin(app: &App, caller: &Caller, with_authority: bool) -> Result<Next, Problem> {
    let here = app.keeper.state().await;
    let call = Call::new(Method::GET, "/secret");
    let answers: Answers<SecretState> = fan_out(app, caller, app.other_names(), &call).await;
    if here.step != SecretStep::Settled {
        return Err(wrong_state(StepError::NotRetired.to_string()));
    }
    let ready = |(node, answer): (String, Result<SecretState, Problem>)| {
        let answer = answer.and_then(|there| is_ready(&node, &here, &there));
        (node, answer)
    };
    let causes = causes(answers.into_iter().map(ready).collect());
    if let Some(problem) = refused(causes, "nothing changed") {
        return Err(problem);
    }
    let authority = with_authority.then(pki::make_authority).transpose();
    let next = Next {
        generation: here.generation + 1,
        secret: Hidden::generate(),
        token: Hidden::generate(),
        authority: authority.map_err(|e| Problem::internal("making an authority", &e))?,
        begun_at: app.name.clone(),
        begun_by: caller.user.clone(),
    };
    accept(app, &next).await?;
    Ok(next)
}

fn is_ready(node: &str, here: &SecretState, there: &SecretState) -> Result<(), Problem> {
    if there == here {
        return Ok(());
    }
    Err(wrong_state(format!(
        "{node} has not finished the rotation before: it sends under generation {} and is {}, here \
         it is {}",
        there.generation,
        name(there.step),
        here.generation
    )))
}

/// Lets every other node accept the secret. Where one refuses, nobody accepts it any more.
async fn hand_out(app: &App, caller: &Caller, next: &Next) -> Result<(), Problem> {
    let offered = NextSecret {
        generation: Counter(next.generation),
        begun_at: next.begun_at.clone(),
        secret: next.secret.into(),
        token: next.token.into(),
        authority: next.authority.clone().map(Into::into),
    };
    let call = Call::new(Method::PUT, "/secret/next").body(&offered)?;
    let answers: Answers<SecretState> = fan_out(app, caller, app.other_names(), &call).await;
    let causes = causes(answers);
    if causes.is_empty() {
        return Ok(());
    }
    let path = format!("/secret/next?generation={}", next.generation);
    let call = Call::new(Method::DELETE, path);
    let undone: Answers<SecretState> = fan_out(app, caller, app.other_names(), &call).await;
    // A node that did not answer may accept it, and accepts no other one before it is told.
    let rest = if undone.iter().all(|(_, answer)| answer.is_ok()) {
        abandon(app, next.generation).await?;
        "nothing changed"
    } else {
        "nobody sends under the new secret; this node goes on with it as soon as all nodes answer"
    };
    refused(causes, rest).map_or(Ok(()), Err)
}

/// Follows what other nodes send under, and goes on with what was interrupted; ends with the engine.
pub async fn follow(app: Shared) {
    let mut status = app.engine.status();
    let mut retry = tokio::time::interval(limits::ROTATION_RETRY);
    let mut told = None;
    loop {
        tokio::select! {
            changed = status.changed() => {
                if changed.is_err() {
                    return;
                }
                heard(&app, &mut status).await;
            }
            _ = retry.tick() => {
                let problem = keep_up(&app).await.err();
                // One that lasts is told once.
                if let Some(problem) = problem.as_ref().filter(|_| problem != told) {
                    tracing::warn!(%problem, "secrets or the certificate are not up to date");
                }
                told = problem;
            }
        }
    }
}

/// All steps that follow from what others were heard to send under: what was heard during one of them may be the
/// reason for the next.
async fn heard(app: &App, status: &mut watch::Receiver<Arc<NodeStatus>>) {
    loop {
        let seen = status.borrow_and_update().clone();
        match step_after(app, &seen).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(problem) => {
                tracing::warn!(%problem, "a step of the secret's rotation failed");
                return;
            }
        }
    }
}

/// Whether there was a step to take.
async fn step_after(app: &App, seen: &NodeStatus) -> Result<bool, Problem> {
    let keys = || seen.peers.iter().map(|peer| peer.key);
    let here = app.keeper.state().await;
    let active = KeyNumber::of(here.generation);
    match here.step {
        SecretStep::Accepting if keys().any(|key| key == Some(active.other())) => {
            activate(app).await?;
        }
        SecretStep::Retiring if keys().all(|key| key == Some(active)) => {
            app.keeper.step(app, |held| Ok(held.retire())).await?;
        }
        SecretStep::Settled | SecretStep::Accepting | SecretStep::Retiring => return Ok(false),
    }
    Ok(true)
}

/// What is due without anybody's asking.
async fn keep_up(app: &App) -> Result<(), Problem> {
    if !certificate::lasts(&app.keeper.identity().pair.certificate) {
        app.keeper.renew_certificate(app).await?;
    }
    resume(app).await
}

/// Goes on with a rotation that this node began and that was interrupted.
async fn resume(app: &App) -> Result<(), Problem> {
    let begun = app.keeper.next().await;
    let Some(next) = begun.filter(|next| app.is_me(&next.begun_at)) else {
        return Ok(());
    };
    let caller = Caller::administrator(&app.tokens, next.begun_by)?;
    rotate(app, &caller, false).await?;
    tracing::info!("the secret's rotation was finished");
    Ok(())
}

/// Why some of the nodes did not do it.
fn causes<T>(answers: Answers<T>) -> Vec<NodeCause> {
    let cause = |(node, answer): (String, Result<T, Problem>)| {
        let problem = answer.err()?;
        Some(NodeCause {
            node,
            kind: problem.kind,
            detail: problem.detail,
        })
    };
    answers.into_iter().filter_map(cause).collect()
}

/// The problem that names the nodes; `None` where there are none.
fn refused(causes: Vec<NodeCause>, rest: &str) -> Option<Problem> {
    let first = causes.first()?;
    let problem = Problem {
        nodes: causes.clone(),
        ..Problem::new(first.kind, first.detail.clone())
    };
    Some(without_all(problem, rest))
}

fn wrong_state(detail: impl Into<String>) -> Problem {
    Problem::new(ProblemType::WrongState, detail)
}

fn state(secrets: &Secrets) -> SecretState {
    SecretState {
        generation: secrets.generation(),
        step: match secrets.step() {
            Step::Settled => SecretStep::Settled,
            Step::Accepting => SecretStep::Accepting,
            Step::Retiring => SecretStep::Retiring,
        },
        begun_at: secrets.next().map(|next| next.begun_at.clone()),
    }
}

const fn sentence(step: Step) -> &'static str {
    match step {
        Step::Settled => "no other is accepted",
        Step::Accepting => "the next one is accepted, too",
        Step::Retiring => "the former one is accepted, too",
    }
}

const fn name(step: SecretStep) -> &'static str {
    match step {
        SecretStep::Settled => "settled",
        SecretStep::Accepting => "accepting",
        SecretStep::Retiring => "retiring",
    }
}
