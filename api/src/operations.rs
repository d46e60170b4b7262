//! Operations that run on this node: who asked for one follows it, and can call it off.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use evenkeel_core::ids::ModuleName;
use tokio::sync::watch;

use crate::app::App;
use crate::problem::{Chain, Problem, ProblemType};
use crate::store::{Store, StoreError, operations};
use crate::views::operation::{Operation, OperationStep, StepState};

/// Those that run.
#[derive(Debug, Default)]
pub struct Operations {
    /// Held from the look whether one may begin until it has begun.
    pub beginning: tokio::sync::Mutex<()>,
    running: Mutex<BTreeMap<u64, Arc<Running>>>,
}

/// One that runs.
#[derive(Debug)]
pub struct Running {
    store: Store,
    status: watch::Sender<Operation>,
    cancelled: AtomicBool,
}

impl Operations {
    /// Begins an operation: from here on it is kept and found. `operation` has no number yet.
    ///
    /// # Errors
    ///
    /// When it cannot be kept; nothing began then.
    pub async fn begin(
        &self,
        store: &Store,
        operation: Operation,
    ) -> Result<Arc<Running>, StoreError> {
        let kept = operation.clone();
        let id = store.run(move |db| operations::add(db, &kept)).await?;
        let running = Arc::new(Running {
            store: store.clone(),
            status: watch::Sender::new(Operation { id, ..operation }),
            cancelled: AtomicBool::new(false),
        });
        self.lock().insert(id, Arc::clone(&running));
        Ok(running)
    }

    /// Whether any runs.
    pub fn are_some(&self) -> bool {
        !self.lock().is_empty()
    }

    /// Forgets one that has ended; the store has it.
    pub fn end(&self, id: u64) {
        self.lock().remove(&id);
    }

    fn find(&self, module: &ModuleName, id: u64) -> Option<Arc<Running>> {
        let running = self.lock();
        let found = running.get(&id).cloned();
        found.filter(|running| running.status.borrow().module == module.as_str())
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<Running>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Running {
    /// Where it is.
    pub fn status(&self) -> Operation {
        self.status.borrow().clone()
    }

    /// Whether somebody called it off.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Moves on: the change is seen by who follows, and kept. Where it cannot be kept the operation goes on
    /// all the same, and the log says so.
    pub async fn change(&self, change: impl FnOnce(&mut Operation)) {
        self.status.send_modify(change);
        let kept = self.status();
        if let Err(error) = self
            .store
            .run(move |db| operations::update(db, &kept))
            .await
        {
            tracing::error!("an operation cannot be kept: {}", Chain(&error));
        }
    }

    /// Moves on with one node.
    pub async fn step(&self, node: &str, state: StepState, detail: Option<String>) {
        self.change(|operation| {
            let steps = operation.steps.iter_mut();
            for step in steps.filter(|step: &&mut OperationStep| step.node == node) {
                step.state = state;
                step.detail = detail.clone().or_else(|| step.detail.take());
            }
        })
        .await;
    }
}

/// An operation of this node: as soon as it has ended, or as it is after this time.
///
/// # Errors
///
/// When there is none with this number.
pub async fn follow(
    app: &App,
    module: &ModuleName,
    id: u64,
    patience: Duration,
) -> Result<Operation, Problem> {
    if let Some(running) = app.operations.find(module, id) {
        let mut status = running.status.subscribe();
        let ended = status.wait_for(|operation| !operation.is_running());
        // The time has passed, or it ended: either way it is told as it is.
        drop(tokio::time::timeout(patience, ended).await);
        return Ok(running.status());
    }
    let name = module.to_string();
    let found = app
        .store
        .run(move |db| operations::find(db, &name, id))
        .await?;
    found.ok_or_else(|| unknown(app, module, id))
}

/// Calls an operation of this node off: it ends as soon as it can without leaving a node in between.
///
/// # Errors
///
/// When none with this number runs.
pub async fn cancel(app: &App, module: &ModuleName, id: u64) -> Result<Operation, Problem> {
    if let Some(running) = app.operations.find(module, id) {
        running.cancelled.store(true, Ordering::Relaxed);
        return Ok(running.status());
    }
    let operation = follow(app, module, id, Duration::ZERO).await?;
    let detail = format!(
        "operation {id} has ended at {}",
        operation.ended_at.unwrap_or_default()
    );
    Err(Problem::new(ProblemType::WrongState, detail))
}

fn unknown(app: &App, module: &ModuleName, id: u64) -> Problem {
    let detail = format!("{} has no operation {id} on module {module}", app.name);
    Problem::new(ProblemType::UnknownOperation, detail)
}
