//! The switches of a module's checks: kept on the node, and given to the engine when the daemon starts.

use std::collections::BTreeMap;

use evenkeel_core::command::{Command, Denied};
use evenkeel_core::ids::ModuleName;
use evenkeel_core::module::switches::CheckKind;
use evenkeel_engine::error::EngineError;
use evenkeel_engine::handle::SYSTEM;
use rusqlite::Connection;

use crate::app::App;
use crate::apply;
use crate::problem::Problem;
use crate::store::{self, modules};
use crate::views::checks::{CheckSwitches, ModuleChecks};

/// Switches checks on or off, and says which are on.
///
/// # Errors
///
/// When there is no such module, or the store fails; when it has no such class of processes, or is stopped
/// and has none to switch. Of what was wanted, only classes before the one that is refused are switched then.
pub async fn switch(
    app: &App,
    module: &ModuleName,
    wanted: CheckSwitches,
    by: &str,
) -> Result<ModuleChecks, Problem> {
    let _one_at_a_time = app.changes.lock().await;
    switch_classes(app, module, &wanted.classes, by).await?;
    let name = module.to_string();
    let change = move |db: &mut Connection| {
        let transaction = db.transaction()?;
        if modules::active(&transaction, &name)?.is_none() {
            return Ok(None);
        }
        let before = store::checks::get(&transaction, &name)?;
        let checks = ModuleChecks {
            checkers: wanted.checkers.unwrap_or(before.checkers),
            processes: wanted.processes.unwrap_or(before.processes),
            ..before
        };
        store::checks::set(&transaction, &name, &checks)?;
        transaction.commit()?;
        Ok(Some(checks))
    };
    let checks = app.store.run(change).await?;
    let checks = checks.ok_or_else(|| apply::unknown(app, module))?;
    let generation = put_in_force(app, module, &checks, by).await?;
    let mut status = app.engine.status();
    let shows_it = status
        .wait_for(|status| status.generation >= generation)
        .await;
    let status = shows_it.map_err(|_ended| Problem::from(EngineError::Stopped))?;
    let mut modules = status.modules.iter();
    let known = modules.find(|known| known.module == *module);
    Ok(known.map_or(checks, ModuleChecks::from))
}

/// Classes are the running module's: its scripts switch them, and nobody keeps it.
async fn switch_classes(
    app: &App,
    module: &ModuleName,
    classes: &BTreeMap<String, bool>,
    by: &str,
) -> Result<(), Problem> {
    for (class, on) in classes {
        let command = Command::SwitchClass {
            module: module.clone(),
            class: class.clone(),
            on: *on,
            by: by.to_owned(),
        };
        app.engine.command(command).await?;
    }
    Ok(())
}

/// Gives the engine, which has just been given the module, what this node keeps.
///
/// # Errors
///
/// When the store fails.
pub async fn restore(app: &App, module: &ModuleName) -> Result<(), Problem> {
    let name = module.to_string();
    let checks = app
        .store
        .run(move |db| store::checks::get(db, &name))
        .await?;
    put_in_force(app, module, &checks, SYSTEM).await.map(drop)
}

/// Gives the generation of the status that shows it, at the earliest.
async fn put_in_force(
    app: &App,
    module: &ModuleName,
    checks: &ModuleChecks,
    by: &str,
) -> Result<u64, Problem> {
    let switches = [
        (CheckKind::Checker, checks.checkers),
        (CheckKind::Errd, checks.processes),
    ];
    let mut generation = 0;
    for (kind, on) in switches {
        let command = Command::SwitchChecks {
            module: module.clone(),
            kind,
            on,
            by: by.to_owned(),
        };
        match app.engine.command(command).await {
            // One that was refused at start gets them when it is configured.
            Err(EngineError::Denied(Denied::UnknownModule { .. })) => {}
            answer => generation = answer?.generation,
        }
    }
    Ok(generation)
}
