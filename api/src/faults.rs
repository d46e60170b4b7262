//! Faults that the daemon does to its own node on purpose, where it was started for that: tests of what
//! relies on the farm cut networks, freeze and kill.
//!
//! Each begins a moment after it was answered for, so that whoever asked learns of it. A cut ends by itself, with
//! the daemon at the latest; from a freeze a helper wakes the daemon.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use evenkeel_engine::handle::LanEnd;
use evenkeel_engine::ports::Way;
use nix::sys::signal::{Signal, kill};
use nix::unistd::getpid;
use tokio::process::{Child, Command};
use tokio::sync::Mutex;
use tokio::time::sleep;

use crate::app::{App, Shared};
use crate::limits;
use crate::problem::{Chain, Problem, ProblemType};
use crate::timestamp;
use crate::views::fault::{CutRequest, CutWay, Fault, FaultKind, FaultList, FreezeRequest};

/// What stops the process `$2` after `$1` seconds and lets it go on after `$3` more.
const FREEZE: &str = "sleep \"$1\"; kill -STOP \"$2\"; sleep \"$3\"; kill -CONT \"$2\"";

/// The faults of this node.
#[derive(Debug)]
pub struct Faults {
    permitted: bool,
    pending: Mutex<Pending>,
}

/// Those that have not ended.
#[derive(Debug, Default)]
struct Pending {
    last: u64,
    faults: BTreeMap<u64, Fault>,
    /// What those that have begun cut.
    cuts: BTreeMap<u64, BTreeSet<LanEnd>>,
}

impl Faults {
    /// None; `permitted` says whether there can be some.
    pub fn new(permitted: bool) -> Self {
        if permitted {
            tracing::warn!("faults can be done to this node through the API (--permit-faults)");
        }
        Self {
            permitted,
            pending: Mutex::default(),
        }
    }

    /// All that have not ended.
    pub async fn list(&self) -> FaultList {
        let pending = self.pending.lock().await;
        FaultList {
            permitted: self.permitted,
            faults: pending.faults.values().cloned().collect(),
        }
    }

    fn permit(&self) -> Result<(), Problem> {
        if self.permitted {
            return Ok(());
        }
        let detail = "this daemon does no faults: it was not started with --permit-faults";
        Err(Problem::new(ProblemType::WrongState, detail))
    }

    /// Lists a fault that begins in a moment; `id` and the times are filled in.
    async fn add(&self, fault: Fault, duration: Option<Duration>) -> Result<Fault, Problem> {
        let mut pending = self.pending.lock().await;
        if pending.faults.len() >= limits::FAULTS_MAX {
            let most = limits::FAULTS_MAX;
            let detail = format!("{most} faults have not ended on this node; wait for one to end");
            return Err(Problem::new(ProblemType::LimitReached, detail));
        }
        pending.last += 1;
        let begins = SystemTime::now() + limits::FAULT_DELAY;
        let fault = Fault {
            id: pending.last,
            begins_at: timestamp::text(begins),
            ends_at: duration.map(|duration| timestamp::text(begins + duration)),
            ..fault
        };
        tracing::warn!(id = fault.id, "a fault on purpose: {}", fault.kind.as_str());
        pending.faults.insert(fault.id, fault.clone());
        Ok(fault)
    }

    async fn forget(&self, id: u64) {
        self.pending.lock().await.faults.remove(&id);
    }
}

/// Cuts a LAN for a while.
///
/// # Errors
///
/// When faults are not permitted, there is no such LAN here, or the back end cannot cut.
pub async fn cut(app: &Shared, request: CutRequest) -> Result<Fault, Problem> {
    app.faults.permit()?;
    let duration = duration(request.duration_ms, limits::CUT_TIME_MAX)?;
    let ends = ends(&request);
    app.engine.check_cut(ends.clone()).await?;
    let fault = Fault {
        lan: Some(request.lan),
        way: Some(request.way),
        ..unnumbered(app, FaultKind::Cut)
    };
    let fault = app.faults.add(fault, Some(duration)).await?;
    let (app, id) = (Arc::clone(app), fault.id);
    tokio::spawn(async move {
        sleep(limits::FAULT_DELAY).await;
        if begin_cut(&app, id, ends).await {
            sleep(duration).await;
        }
        end_cut(&app, id).await;
    });
    Ok(fault)
}

fn ends(request: &CutRequest) -> BTreeSet<LanEnd> {
    let ways = match request.way {
        CutWay::Both => &[Way::In, Way::Out][..],
        CutWay::In => &[Way::In],
        CutWay::Out => &[Way::Out],
    };
    let end = |way: &Way| LanEnd {
        lan: request.lan.clone(),
        way: *way,
    };
    ways.iter().map(end).collect()
}

/// Whether it has begun.
async fn begin_cut(app: &App, id: u64, ends: BTreeSet<LanEnd>) -> bool {
    let mut pending = app.faults.pending.lock().await;
    if !pending.faults.contains_key(&id) {
        return false;
    }
    pending.cuts.insert(id, ends);
    put_in_force(app, &pending).await
}

/// Ends a cut; one that has ended is fine. What another one cuts as well stays cut.
async fn end_cut(app: &App, id: u64) -> Option<Fault> {
    let mut pending = app.faults.pending.lock().await;
    let fault = pending.faults.remove(&id);
    if pending.cuts.remove(&id).is_some() {
        put_in_force(app, &pending).await;
        tracing::warn!(id, "the cut has ended");
    }
    fault
}

async fn put_in_force(app: &App, pending: &Pending) -> bool {
    let ends = pending.cuts.values().flatten().cloned().collect();
    match app.engine.cut(ends).await {
        Ok(()) => true,
        Err(error) => {
            tracing::error!(error = %Chain(&error), "networks cannot be cut or made whole");
            false
        }
    }
}

/// Makes a cut network whole before its time.
///
/// # Errors
///
/// When there is no such fault, or it is no cut.
pub async fn end(app: &App, id: u64) -> Result<Fault, Problem> {
    let kind = {
        let pending = app.faults.pending.lock().await;
        pending.faults.get(&id).map(|fault| fault.kind)
    };
    let unknown = || {
        let detail = format!("no fault {id} goes on on this node");
        Problem::new(ProblemType::UnknownFault, detail)
    };
    match kind {
        None => Err(unknown()),
        Some(FaultKind::Cut) => end_cut(app, id).await.ok_or_else(unknown),
        Some(kind @ (FaultKind::Freeze | FaultKind::Kill)) => {
            let detail = format!(
                "fault {id} is a {}, which cannot be called off",
                kind.as_str()
            );
            Err(Problem::new(ProblemType::WrongState, detail))
        }
    }
}

/// Lets the daemon stand still for a while.
///
/// # Errors
///
/// When faults are not permitted, or the helper does not start.
pub async fn freeze(app: &Shared, request: FreezeRequest) -> Result<Fault, Problem> {
    app.faults.permit()?;
    let duration = duration(request.duration_ms, limits::FREEZE_TIME_MAX)?;
    let fault = unnumbered(app, FaultKind::Freeze);
    let fault = app.faults.add(fault, Some(duration)).await?;
    let (app, id) = (Arc::clone(app), fault.id);
    let mut helper = match helper(duration) {
        Ok(helper) => helper,
        Err(error) => {
            app.faults.forget(id).await;
            return Err(Problem::internal(
                "starting the helper that freezes",
                &error,
            ));
        }
    };
    tokio::spawn(async move {
        if let Err(error) = helper.wait().await {
            tracing::error!(%error, "nothing is known of the helper that freezes");
        }
        app.faults.forget(id).await;
    });
    Ok(fault)
}

/// Who is frozen cannot thaw itself.
fn helper(duration: Duration) -> std::io::Result<Child> {
    let seconds = |time: Duration| time.as_secs_f64().to_string();
    let mut command = Command::new("sh");
    command.args(["-c", FREEZE, "sh"]);
    command.arg(seconds(limits::FAULT_DELAY));
    command.arg(getpid().to_string()).arg(seconds(duration));
    // A signal to the daemon's group is not for it.
    command.stdin(Stdio::null()).process_group(0).spawn()
}

/// Kills the daemon.
///
/// # Errors
///
/// When faults are not permitted.
pub async fn kill_daemon(app: &Shared) -> Result<Fault, Problem> {
    app.faults.permit()?;
    let fault = app
        .faults
        .add(unnumbered(app, FaultKind::Kill), None)
        .await?;
    let (app, id) = (Arc::clone(app), fault.id);
    tokio::spawn(async move {
        sleep(limits::FAULT_DELAY).await;
        if let Err(error) = kill(getpid(), Signal::SIGKILL) {
            tracing::error!(%error, "the daemon cannot kill itself");
            app.faults.forget(id).await;
        }
    });
    Ok(fault)
}

fn unnumbered(app: &App, kind: FaultKind) -> Fault {
    Fault {
        id: 0,
        node: app.name.clone(),
        kind,
        lan: None,
        way: None,
        begins_at: String::new(),
        ends_at: None,
    }
}

fn duration(millis: u64, most: Duration) -> Result<Duration, Problem> {
    let given = Duration::from_millis(millis);
    if given.is_zero() || given > most {
        let most = most.as_millis();
        let detail = format!("duration_ms: {millis} is not in 1 to {most}");
        return Err(Problem::malformed(detail));
    }
    Ok(given)
}
