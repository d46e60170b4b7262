//! A module's configuration on this node: checked, applied as a whole or not at all, restored at
//! start.
//!
//! The store decides: what it has committed is the configuration, and engine and scripts are
//! brought to it again at each start.

use std::collections::BTreeMap;
use std::io;

use evenkeel_core::command::{Command, Denied};
use evenkeel_core::config::model::{ClusterConfig, ModuleConfig};
use evenkeel_core::ids::ModuleName;
use evenkeel_core::module::state::ModuleState;
use evenkeel_core::status::Move;
use evenkeel_engine::error::EngineError;
use rusqlite::Connection;

use crate::app::{App, Shared};
use crate::checks;
use crate::files;
use crate::limits;
use crate::problem::{ConfigProblem, Problem, ProblemType, Severity};
use crate::scripts::{self, Former, Staged};
use crate::store::modules::{self, NewRevision, Revision};
use crate::timestamp;
use crate::views::convert;
use crate::views::module::{ModuleConfiguration, ModuleSettings};
use crate::views::result::{Applied, BucketMove};

/// A configuration to be applied on this node.
#[derive(Clone, Debug)]
pub struct Change {
    /// The module.
    pub module: ModuleName,
    /// Its configuration.
    pub settings: ModuleSettings,
    /// The revision that it is to have; `None`: the next one here.
    pub revision: Option<u64>,
    /// Whether it is only checked.
    pub dry_run: bool,
    /// Who gives it.
    pub by: String,
}

/// Reads and checks a configuration against this cluster.
///
/// # Errors
///
/// With everything that is wrong with it.
pub fn read(
    app: &App,
    settings: &ModuleSettings,
) -> Result<(ModuleConfig, Vec<ConfigProblem>), Problem> {
    let (config, mut problems) = read_file(app, settings);
    problems.extend(bad_scripts(settings));
    let refused = problems
        .iter()
        .any(|problem| problem.severity == Severity::Error);
    match config {
        Some(config) if !refused => Ok((config, problems)),
        Some(_) | None => Err(Problem::invalid_configuration(problems)),
    }
}

/// Reads the configuration file; what of it is wrong or worth knowing has a place in the file.
pub fn read_file(
    app: &App,
    settings: &ModuleSettings,
) -> (Option<ModuleConfig>, Vec<ConfigProblem>) {
    // Macros come from the request alone: the environment of a daemon differs from node to node,
    // and with it the configuration would.
    let environment = BTreeMap::new();
    let (config, found) = evenkeel_core::config::read_module(
        &settings.userconfig,
        &settings.macros,
        &environment,
        Some(&app.cluster()),
    );
    (config, found.into_iter().map(Into::into).collect())
}

/// What is wrong with the names and the number of the scripts; the paths are `scripts` and, with a
/// script's name, `scripts.NAME`.
pub fn bad_scripts(settings: &ModuleSettings) -> Vec<ConfigProblem> {
    let names = settings.scripts.keys();
    let bad = names.filter_map(|name| bad_script(name));
    bad.chain(too_many_scripts(settings.scripts.len()))
        .collect()
}

fn bad_script(name: &str) -> Option<ConfigProblem> {
    let most = limits::SCRIPT_NAME_LEN_MAX;
    let plain = || {
        format!("a script's name is 1 to {most} letters, digits, '_', '-' and '.', no '.' first")
    };
    let message = match scripts::is_name(name) {
        true => evenkeel_core::config::not_foreign(name).err()?,
        false => plain(),
    };
    Some(script_problem(&format!("scripts.{name}"), message))
}

fn too_many_scripts(number: usize) -> Option<ConfigProblem> {
    let most = limits::SCRIPTS_MAX;
    let message = || format!("{number} scripts; a module has {most} at the most");
    (number > most).then(|| script_problem("scripts", message()))
}

fn script_problem(path: &str, message: String) -> ConfigProblem {
    ConfigProblem {
        severity: Severity::Error,
        line: 1,
        column: 1,
        path: path.to_owned(),
        message,
    }
}

/// Applies a configuration on this node, or says why not; nothing changed then.
///
/// # Errors
///
/// When it is refused, the module runs, the revision is not the latest, or the node fails.
pub async fn apply(app: &Shared, change: Change) -> Result<Applied, Problem> {
    let (config, warnings) = read(app, &change.settings)?;
    let _one_at_a_time = app.changes.lock().await;
    let module = change.module.to_string();
    let read = move |db: &mut Connection| {
        let removed = modules::removed(db)?.remove(&module);
        Ok((modules::active(db, &module)?, removed))
    };
    let (current, removed) = app.store.run(read).await?;
    let revision = next_revision(&change, current.as_ref(), removed)?;
    let has_it = current.as_ref().is_some_and(|c| revision_of(c) == revision);
    let has_content = current
        .as_ref()
        .is_some_and(|c| c.signature == revision.signature);
    let live = !has_content && is_going(app, &change.module);
    let mut moves = Vec::new();
    if live {
        let moved = preview(app, &change, &config, current.as_ref()).await?;
        moves.extend(moved.into_iter().filter(|_| change.dry_run));
    }
    if !has_content {
        app.engine.check(config.clone()).await?;
    }
    let generation = if change.dry_run || has_it {
        app.engine.status().borrow().generation
    } else if has_content {
        record(app, change, &revision).await?
    } else {
        put_in_force(app, change, config, &revision, current).await?
    };
    let Revision {
        revision,
        signature,
    } = revision;
    Ok(Applied {
        revision,
        signature,
        generation,
        live,
        warnings,
        moves,
    })
}

fn bucket_move(cluster: &ClusterConfig, moved: Move) -> BucketMove {
    let name = |node| convert::name(cluster, node);
    BucketMove {
        group: moved.group,
        from: moved.from.map(name),
        to: moved.to.map(name),
        buckets: moved.buckets,
    }
}

fn revision_of(configuration: &ModuleConfiguration) -> Revision {
    Revision {
        revision: configuration.revision,
        signature: configuration.signature.clone(),
    }
}

fn next_revision(
    change: &Change,
    current: Option<&ModuleConfiguration>,
    removed: Option<u64>,
) -> Result<Revision, Problem> {
    let signature = modules::signature(&change.settings);
    let last = current.map(|c| c.revision).max(removed).unwrap_or(0);
    let unchanged = current.is_some_and(|c| c.signature == signature);
    let wanted = change.revision.unwrap_or(if unchanged {
        last
    } else {
        last.saturating_add(1)
    });
    if wanted < last || (wanted == last && !unchanged) {
        let detail = format!(
            "this node has revision {last} of module {}, and revision {wanted} was sent; somebody \
             else configured it meanwhile: read it and try again",
            change.module
        );
        return Err(Problem::new(ProblemType::StaleRevision, detail));
    }
    Ok(Revision {
        revision: wanted,
        signature,
    })
}

fn state_of(app: &App, module: &ModuleName) -> ModuleState {
    let receiver = app.engine.status();
    let status = receiver.borrow();
    let known = status.modules.iter().find(|m| m.module == *module);
    known.map_or(ModuleState::STOPPED, |m| m.state)
}

/// Whether a module is anywhere but in STOP.
pub fn is_going(app: &App, module: &ModuleName) -> bool {
    state_of(app, module) != ModuleState::STOPPED
}

fn check_stopped(app: &App, module: &ModuleName) -> Result<(), Problem> {
    match is_going(app, module) {
        true => Err(runs(app, module, "")),
        false => Ok(()),
    }
}

/// The buckets that change hands when a module that runs takes the change, which has to be one that it can take.
async fn preview(
    app: &App,
    change: &Change,
    config: &ModuleConfig,
    current: Option<&ModuleConfiguration>,
) -> Result<Vec<BucketMove>, Problem> {
    let module = &change.module;
    if current.is_none() {
        return Err(runs(app, module, ""));
    }
    let cluster = app.cluster();
    match app.engine.preview(module.clone(), config.clone()).await {
        Ok(moves) => Ok(moves
            .into_iter()
            .map(|one| bucket_move(&cluster, one))
            .collect()),
        Err(EngineError::Denied(Denied::NotLive { problem, .. })) => {
            Err(runs(app, module, &format!(", and {problem}")))
        }
        Err(error) => Err(error.into()),
    }
}

fn runs(app: &App, module: &ModuleName, why: &str) -> Problem {
    let (state, node) = (state_of(app, module), &app.name);
    let detail = format!("module {module} is {state} on {node}{why}; stop it first");
    Problem::new(ProblemType::WrongState, detail)
}

/// Lets members have this configuration of a module instead of the one in force here; `None`: none may.
///
/// # Errors
///
/// When the module could not take it while it runs, or is not there.
pub async fn expect(
    app: &App,
    module: ModuleName,
    next: Option<&ModuleSettings>,
) -> Result<u64, Problem> {
    let config = next.map(|next| read(app, next)).transpose()?;
    let config = config.map(|(config, _)| Box::new(config));
    let admitted = app
        .engine
        .command(Command::Expect { module, config })
        .await?;
    Ok(admitted.generation)
}

/// Makes a revision the one in force; where it has what is in force already nothing but its number changes.
async fn record(app: &Shared, change: Change, revision: &Revision) -> Result<u64, Problem> {
    let name = change.module.to_string();
    let new = revision_to_keep(change, revision);
    let put = move |db: &mut Connection| modules::put(db, &name, &new);
    app.store.run(put).await?;
    Ok(app.engine.status().borrow().generation)
}

fn revision_to_keep(change: Change, revision: &Revision) -> NewRevision {
    NewRevision {
        revision: revision.clone(),
        applied_at: timestamp::now(),
        applied_by: change.by,
        settings: change.settings,
    }
}

/// What can fail for lack of room comes first: the scripts, beside those in force. Then they take the place of
/// those, so that whatever the engine runs for the new configuration is there; the engine, which can refuse it;
/// the store, which makes it final. Until then the former scripts are kept. Where the daemon ends on the way the
/// store's are put in place at its next start.
async fn put_in_force(
    app: &Shared,
    change: Change,
    config: ModuleConfig,
    revision: &Revision,
    current: Option<ModuleConfiguration>,
) -> Result<u64, Problem> {
    let former = publish(app, &change).await?;
    let module = change.module.clone();
    let admitted = match app.engine.configure(module.clone(), config).await {
        Ok(admitted) => admitted,
        Err(error) => {
            put_back(app, former, &module, current.is_none()).await;
            return Err(error.into());
        }
    };
    if let Err(problem) = record(app, change, revision).await {
        put_back(app, former, &module, current.is_none()).await;
        undo(app, &module, current).await;
        return Err(problem);
    }
    forget(former).await?;
    Ok(admitted.generation)
}

/// Puts the scripts of a change in force.
async fn publish(app: &Shared, change: &Change) -> Result<Former, Problem> {
    let (app, module) = (app.clone(), change.module.clone());
    let texts = change.settings.scripts.clone();
    let stage = move || Staged::new(&app.modules_dir, &module, &texts);
    let staged = files::blocking("writing the scripts", stage).await?;
    files::blocking("putting the scripts in place", move || staged.publish()).await
}

/// Puts the former scripts in force, which only gives files other names; a new module had none.
async fn put_back(app: &Shared, former: Former, module: &ModuleName, is_new: bool) {
    let (dir, name) = (app.modules_dir.clone(), module.clone());
    let restore = move || match is_new {
        true => scripts::remove(&dir, &name),
        false => former.restore(),
    };
    let restored = files::blocking("putting the former scripts in place", restore).await;
    if let Err(problem) = restored {
        tracing::error!(%module, %problem, "module {module} has not its former scripts");
    }
}

async fn forget(former: Former) -> Result<(), Problem> {
    let forget = move || -> io::Result<()> {
        drop(former);
        Ok(())
    };
    files::blocking("removing the former scripts", forget).await
}

async fn write_scripts(
    app: &Shared,
    module: &ModuleName,
    texts: BTreeMap<String, String>,
) -> Result<(), Problem> {
    let (app, module) = (app.clone(), module.clone());
    let write = move || scripts::write(&app.modules_dir, &module, &texts);
    files::blocking("writing the scripts", write).await
}

/// Brings the engine back.
async fn undo(app: &Shared, module: &ModuleName, current: Option<ModuleConfiguration>) {
    let undone = match current {
        Some(configuration) => configure_engine(app, module, &settings(configuration)).await,
        None => {
            let remove = Command::Remove {
                module: module.clone(),
            };
            let removed = app.engine.command(remove).await;
            removed.map(drop).map_err(Problem::from)
        }
    };
    if let Err(problem) = undone {
        tracing::error!(%module, %problem, "undoing a failed change of module {module} failed");
    }
}

async fn configure_engine(
    app: &Shared,
    module: &ModuleName,
    settings: &ModuleSettings,
) -> Result<(), Problem> {
    let (config, _) = read(app, settings)?;
    app.engine.configure(module.clone(), config).await?;
    Ok(())
}

/// What was given of a stored configuration.
pub fn settings(stored: ModuleConfiguration) -> ModuleSettings {
    ModuleSettings {
        userconfig: stored.userconfig,
        macros: stored.macros,
        scripts: stored.scripts,
    }
}

/// Brings engine and scripts to a stored configuration.
///
/// # Errors
///
/// When this node cannot take it: its networks or the cluster may have changed.
pub async fn restore(app: &Shared, stored: ModuleConfiguration) -> Result<(), Problem> {
    let module = ModuleName::try_from(stored.module.clone()).map_err(Problem::malformed)?;
    let settings = settings(stored);
    let (config, _) = read(app, &settings)?;
    write_scripts(app, &module, settings.scripts).await?;
    app.engine.configure(module.clone(), config).await?;
    checks::restore(app, &module).await
}

/// Brings engine and scripts to all stored configurations. One that cannot be taken is logged and
/// tried again when its module is started.
///
/// # Errors
///
/// When the store cannot be read.
pub async fn restore_all(app: &Shared) -> Result<(), Problem> {
    for stored in app.store.run(|db| modules::all_active(db)).await? {
        let module = stored.module.clone();
        if has(app, &module) {
            // The engine took it over from another program, as it is.
            continue;
        }
        match restore(app, stored).await {
            Ok(()) => tracing::info!(module, "module {module} is configured"),
            Err(problem) => {
                tracing::error!(module, %problem, "module {module} cannot be configured");
            }
        }
    }
    Ok(())
}

/// Whether the engine has a module.
fn has(app: &App, module: &str) -> bool {
    let status = app.engine.status();
    let modules = &status.borrow().modules;
    modules.iter().any(|known| known.module.as_str() == module)
}

/// Configures a stored module that the engine does not have because it was refused at start.
///
/// # Errors
///
/// When it is refused again, or there is no such module.
pub async fn ensure_configured(app: &Shared, module: &ModuleName) -> Result<(), Problem> {
    if has(app, module.as_str()) {
        return Ok(());
    }
    let _one_at_a_time = app.changes.lock().await;
    let name = module.to_string();
    match app.store.run(move |db| modules::active(db, &name)).await? {
        Some(stored) => restore(app, stored).await,
        None => Err(unknown(app, module)),
    }
}

/// Forgets a module on this node; the removal counts as this revision, or as the one after the latest.
///
/// # Errors
///
/// When it runs, or there is none.
pub async fn remove(
    app: &Shared,
    module: &ModuleName,
    revision: Option<u64>,
) -> Result<u64, Problem> {
    let _one_at_a_time = app.changes.lock().await;
    check_stopped(app, module)?;
    let name = module.to_string();
    let forget = move |db: &mut Connection| modules::remove(db, &name, revision);
    if !app.store.run(forget).await? {
        return Err(unknown(app, module));
    }
    let command = Command::Remove {
        module: module.clone(),
    };
    let generation = match app.engine.command(command).await {
        Ok(admitted) => admitted.generation,
        // Refused at start, so the engine never had it; or it was started this instant, and the
        // next start of the daemon will not know it.
        Err(error) => {
            tracing::warn!(%module, %error, "module {module} was not known to the engine");
            app.engine.status().borrow().generation
        }
    };
    let (app, module) = (app.clone(), module.clone());
    let remove = move || scripts::remove(&app.modules_dir, &module);
    files::blocking("removing the scripts", remove).await?;
    Ok(generation)
}

/// This node has no such module.
pub fn unknown(app: &App, module: &ModuleName) -> Problem {
    let detail = format!(
        "module {module} is not configured on {}; configure it first",
        app.name
    );
    Problem::new(ProblemType::UnknownModule, detail)
}
