//! Rolling operations: one node after the other is drained, has its application stopped and started, and
//! takes its share again; the first failure ends it.

use std::sync::Arc;
use std::time::Duration;

use axum::http::Method;
use evenkeel_core::ids::ModuleName;
use serde::de::DeserializeOwned;
use tokio::time::Instant;

use crate::app::Shared;
use crate::auth::Caller;
use crate::fan_out::{Call, ask_one, fan_out};
use crate::limits;
use crate::operations::Running;
use crate::problem::{Problem, ProblemType};
use crate::timestamp;
use crate::views::module::{Drain, ModuleStatus, Phase, Readiness};
use crate::views::operation::{
    Operation, OperationState, OperationStep, RollingAction, RollingRequest, StepState,
};
use crate::views::result::Accepted;

/// How often a node is asked where it is, and somebody may have called the operation off.
const LOOK: Duration = Duration::from_millis(200);

/// Begins a rolling operation on these nodes, if the module can spare each of them.
///
/// # Errors
///
/// When it cannot, or another operation on the module runs.
pub async fn begin(
    app: &Shared,
    caller: Caller,
    module: ModuleName,
    request: &RollingRequest,
) -> Result<Operation, Problem> {
    let nodes = app.select(request.nodes.as_deref())?;
    let seconds =
        |value: Option<u32>, default| Duration::from_secs(value.unwrap_or(default).into());
    let drain = seconds(request.drain_s, limits::ROLLING_DRAIN_S_DEFAULT);
    let ready = seconds(request.ready_s, limits::ROLLING_READY_S_DEFAULT);
    if drain.max(ready) > limits::ROLLING_TIME_MAX || ready.is_zero() {
        let most = limits::ROLLING_TIME_MAX.as_secs();
        let detail = format!("drain_s is 0 to {most}, ready_s is 1 to {most}");
        return Err(Problem::malformed(detail));
    }
    ensure_spare(app, &caller, &module, &nodes).await?;
    let operation = Operation {
        id: 0,
        node: app.name.clone(),
        module: module.to_string(),
        action: request.action,
        by: caller.user.clone(),
        state: OperationState::Running,
        started_at: timestamp::now(),
        ended_at: None,
        detail: None,
        steps: nodes.iter().map(|node| waiting(node)).collect(),
    };
    let running = app.operations.begin(&app.store, operation).await?;
    let begun = running.status();
    let rolling = Rolling {
        app: Arc::clone(app),
        caller,
        module,
        action: request.action,
        times: (drain, ready),
        running,
    };
    tokio::spawn(rolling.run(nodes));
    Ok(begun)
}

fn waiting(node: &str) -> OperationStep {
    OperationStep {
        node: node.to_owned(),
        state: StepState::Waiting,
        detail: None,
    }
}

/// Whether each of the nodes is UP (Ready), and another one besides it.
async fn ensure_spare(
    app: &Shared,
    caller: &Caller,
    module: &ModuleName,
    nodes: &[String],
) -> Result<(), Problem> {
    let call = Call::new(Method::GET, format!("/modules/{module}"));
    let mut serving = 0;
    for (node, answer) in fan_out::<ModuleStatus>(app, caller, app.node_names(), &call).await {
        match answer {
            Ok(status) if is_ready(&status) => serving += 1,
            Ok(status) if nodes.contains(&node) => return Err(not_ready(&node, &status)),
            Err(problem) if nodes.contains(&node) => return Err(problem),
            Ok(_) | Err(_) => {}
        }
    }
    if serving < 2 {
        let detail = format!("no two nodes serve module {module}: it would stop with the one");
        return Err(Problem::new(ProblemType::WrongState, detail));
    }
    Ok(())
}

fn is_ready(status: &ModuleStatus) -> bool {
    (status.phase, status.readiness) == (Phase::Up, Readiness::Ready)
}

fn not_ready(node: &str, status: &ModuleStatus) -> Problem {
    let (phase, readiness) = (status.phase.as_str(), status.readiness.as_str());
    let why = status.reason.as_ref().map(|reason| format!(" ({reason})"));
    let why = why.unwrap_or_default();
    let detail = format!(
        "module {} is {phase} {readiness} on {node}{why}",
        status.module
    );
    Problem::new(ProblemType::WrongState, detail)
}

/// Why an operation does not go on.
enum Stop {
    Cancelled,
    Failed(Problem),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Failed(problem)
    }
}

/// An operation that is carried out.
struct Rolling {
    app: Shared,
    caller: Caller,
    module: ModuleName,
    action: RollingAction,
    /// For connections to end, and for a node to be back.
    times: (Duration, Duration),
    running: Arc<Running>,
}

impl Rolling {
    async fn run(self, nodes: Vec<String>) {
        let mut ended = (OperationState::Succeeded, None);
        for node in nodes {
            match self.roll(&node).await {
                Ok(()) => self.running.step(&node, StepState::Done, None).await,
                Err(Stop::Cancelled) => {
                    ended = (
                        OperationState::Cancelled,
                        Some(format!("before {node}'s turn was over")),
                    );
                    break;
                }
                Err(Stop::Failed(problem)) => {
                    let detail = format!("{node}: {}", problem.detail);
                    self.running.step(&node, StepState::Failed, None).await;
                    ended = (OperationState::Failed, Some(detail));
                    break;
                }
            }
        }
        self.end(ended).await;
    }

    async fn end(&self, (state, detail): (OperationState, Option<String>)) {
        self.running
            .change(|operation| {
                (operation.state, operation.detail) = (state, detail);
                operation.ended_at = Some(timestamp::now());
            })
            .await;
        self.app.operations.end(self.running.status().id);
    }

    /// One node: nobody is at it while its application is stopped.
    async fn roll(&self, node: &str) -> Result<(), Stop> {
        self.ensure_wanted()?;
        let before: ModuleStatus = self.ask(node, Method::GET, "").await?;
        if !is_ready(&before) {
            return Err(not_ready(node, &before).into());
        }
        // A module without virtual addresses has nothing to drain.
        let has_traffic = !before.groups.is_empty();
        if has_traffic {
            self.running.step(node, StepState::Draining, None).await;
            let drained = self.drain(node).await;
            if drained.is_err() {
                self.undrain(node).await?;
            }
            let left = drained?.map(|left| format!("{left} connections were left"));
            self.running.step(node, StepState::Acting, left).await;
        } else {
            self.running.step(node, StepState::Acting, None).await;
        }
        let action = format!("/{}", self.action.as_str());
        let accepted: Accepted = self.ask(node, Method::POST, &action).await?;
        let is_back =
            |status: &ModuleStatus| status.generation > accepted.generation && is_ready(status);
        self.wait(node, self.times.1, is_back).await?;
        self.running.step(node, StepState::Returning, None).await;
        if has_traffic {
            self.undrain(node).await?;
        }
        let has_share = |status: &ModuleStatus| {
            is_ready(status) && status.drain.is_none() && owns_as(&before, status)
        };
        self.wait(node, self.times.1, has_share).await?;
        Ok(())
    }

    /// Gives the node's share to the others and waits for its connections to end; how many are left when
    /// the time is over.
    async fn drain(&self, node: &str) -> Result<Option<u32>, Stop> {
        let _accepted: Accepted = self.ask(node, Method::POST, "/drain").await?;
        let deadline = Instant::now() + self.times.0;
        loop {
            self.ensure_wanted()?;
            let status: ModuleStatus = self.ask(node, Method::GET, "").await?;
            let open: u32 = status.groups.iter().map(|group| group.open).sum();
            if status.drain == Some(Drain::Drained) {
                return Ok(None);
            }
            // Time is for connections: what would be stopped with a share would not be given away.
            if Instant::now() >= deadline && open == 0 {
                return Ok(Some(status.groups.iter().map(|group| group.held).sum()));
            }
            if Instant::now() >= deadline + self.times.1 {
                let detail = format!("{open} buckets are still there: nobody takes them");
                return Err(Problem::new(ProblemType::WaitTimedOut, detail).into());
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    async fn undrain(&self, node: &str) -> Result<(), Stop> {
        let _accepted: Accepted = self.ask(node, Method::POST, "/undrain").await?;
        Ok(())
    }

    async fn wait(
        &self,
        node: &str,
        time: Duration,
        is_reached: impl Fn(&ModuleStatus) -> bool,
    ) -> Result<(), Stop> {
        let deadline = Instant::now() + time;
        loop {
            let status: ModuleStatus = self.ask(node, Method::GET, "").await?;
            if is_reached(&status) {
                return Ok(());
            }
            let gave_up = (status.phase, status.readiness) == (Phase::Stop, Readiness::NotReady)
                && self.action == RollingAction::Restart;
            if gave_up || Instant::now() >= deadline {
                return Err(not_ready(node, &status).into());
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    fn ensure_wanted(&self) -> Result<(), Stop> {
        match self.running.is_cancelled() {
            true => Err(Stop::Cancelled),
            false => Ok(()),
        }
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        node: &str,
        method: Method,
        rest: &str,
    ) -> Result<T, Problem> {
        let call = Call::new(method, format!("/modules/{}{rest}", self.module));
        let caller = self.caller.renewed(&self.app.tokens)?;
        ask_one(&self.app, &caller, node, &call).await
    }
}

/// Whether a node opens flows of every group of which it had a share before.
fn owns_as(before: &ModuleStatus, status: &ModuleStatus) -> bool {
    let pairs = before.groups.iter().zip(&status.groups);
    pairs
        .into_iter()
        .all(|(before, after)| before.open == 0 || after.open > 0)
}
