//! Modules that start with their machine, and what decides it.
//!
//! The daemon's first start since the machine booted is the boot. A daemon that starts again in the
//! same boot had ended in between, though nobody wanted its modules down: those that start with the
//! machine and were started go up again.
//!
//! ```text
//!               │ machine was started        │ daemon alone was started again
//!   on          │ starts                     │ starts where it was started
//!   off         │ stays down                 │ stays down
//!   auto        │ starts where it was started│ starts where it was started
//!   ignore      │ switch on: as on; switch off: as off
//! ```
//!
//! A module was started where its last command was no stop by somebody. That the daemon ends, as it does
//! when its machine shuts down, is no command.

use std::collections::BTreeSet;
use std::fs;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use evenkeel_core::command::{Admitted, Command, Denied};
use evenkeel_core::config::model::Boot;
use evenkeel_core::event::Event;
use evenkeel_core::ids::ModuleName;
use evenkeel_engine::error::EngineError;
use rusqlite::{Connection, Transaction};
use tokio::sync::watch;

use crate::app::{App, Shared};
use crate::apply;
use crate::cluster;
use crate::limits;
use crate::problem::{Problem, ProblemType};
use crate::store::boot::BootRecord;
use crate::store::logs::LogLine;
use crate::store::{self, StoreError, logs, modules, settings};
use crate::views::boot::ModuleBoot;
use crate::views::module::{LogLevel, ModuleConfiguration, ModuleSettings};

/// Where the kernel says which boot of the machine this is.
const BOOT_ID: &str = "/proc/sys/kernel/random/boot_id";

/// Whether a module is to start when the daemon does.
pub const fn starts(boot: Boot, record: BootRecord, machine_started: bool) -> bool {
    match boot {
        Boot::Off => false,
        Boot::Auto => record.started,
        Boot::On => machine_started || record.started,
        Boot::Ignore => record.enabled && (machine_started || record.started),
    }
}

/// The modules that are about to start with the machine.
#[derive(Debug, Default)]
pub struct Boots {
    /// One command at a time, so that what is remembered is what the engine took last.
    order: tokio::sync::Mutex<()>,
    /// Whether this node has what the others have; none starts before.
    caught_up: watch::Sender<bool>,
    /// Those whose start is due later; held for a moment only, never across an await.
    waiting: Mutex<BTreeSet<ModuleName>>,
    begun: OnceLock<Begun>,
}

/// What was known when the daemon started.
#[derive(Debug)]
struct Begun {
    machine_started: bool,
    modules: BTreeSet<ModuleName>,
}

impl Boots {
    /// No module is commanded while the answer lives.
    pub async fn in_order(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.order.lock().await
    }

    /// Lets the modules start: this node has what the others have, as far as they answer.
    pub fn release(&self) {
        self.caught_up.send_replace(true);
    }

    async fn released(&self) {
        let mut caught_up = self.caught_up.subscribe();
        // It cannot be closed: this is its other end.
        drop(caught_up.wait_for(|caught_up| *caught_up).await);
    }

    fn waiting(&self) -> MutexGuard<'_, BTreeSet<ModuleName>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_waiting(&self, module: &ModuleName) -> bool {
        self.waiting().contains(module)
    }
}

/// What is needed of a configuration.
#[derive(Clone, Debug)]
struct Wish {
    module: ModuleName,
    boot: Boot,
    delay: Duration,
}

/// Starts the modules that start with the machine, each after its delay and once they are released; to be
/// called once the stored configurations are restored.
///
/// # Errors
///
/// When the store fails.
pub async fn begin(app: &Shared) -> Result<(), Problem> {
    let wishes = wishes(app).await?;
    let modules = wishes.iter().map(|wish| wish.module.clone()).collect();
    let id = boot_id();
    let plan = move |db: &mut Connection| plan_start(db, id, wishes);
    let (machine_started, due) = app.store.run(plan).await?;
    app.boots.begun.get_or_init(|| Begun {
        machine_started,
        modules,
    });
    // Of a node that was taken over from another program some go already.
    let due = due
        .into_iter()
        .filter(|wish| !apply::is_going(app, &wish.module));
    wait(app, due.collect());
    Ok(())
}

/// The same for what the other nodes had while this one was away, on a new machine everything: modules that came
/// start as if they had been here, and those that are not to start with the machine any more do not.
///
/// # Errors
///
/// When the store fails.
pub async fn begin_taken(app: &Shared) -> Result<(), Problem> {
    let Some(begun) = app.boots.begun.get() else {
        return Ok(());
    };
    let is_known = |wish: &Wish| begun.modules.contains(&wish.module);
    let (known, new): (Vec<Wish>, Vec<Wish>) = wishes(app).await?.into_iter().partition(is_known);
    for wish in known.iter().filter(|wish| wish.boot == Boot::Off) {
        app.boots.waiting().remove(&wish.module);
    }
    let machine_started = begun.machine_started;
    let plan = move |db: &mut Connection| {
        let transaction = db.transaction()?;
        let due = plan(&transaction, machine_started, new)?;
        transaction.commit()?;
        Ok(due)
    };
    wait(app, app.store.run(plan).await?);
    Ok(())
}

async fn wishes(app: &Shared) -> Result<Vec<Wish>, Problem> {
    let stored = app.store.run(|db| modules::all_active(db)).await?;
    // One that is refused was told when it was to be restored.
    let wishes = stored.iter().filter_map(|stored| wish(app, stored).ok());
    Ok(wishes.collect())
}

fn wait(app: &Shared, due: Vec<Wish>) {
    for Wish { module, delay, .. } in due {
        tracing::info!(%module, ?delay, "module {module} starts with the machine");
        app.boots.waiting().insert(module.clone());
        tokio::spawn(start_later(app.clone(), module, delay));
    }
}

fn boot_id() -> Option<String> {
    let read = fs::read_to_string(BOOT_ID);
    let id = read.map(|text| text.trim().to_owned());
    id.inspect_err(|error| tracing::warn!(%error, "{BOOT_ID} cannot be read: no boot is noticed"))
        .ok()
}

/// Whether the machine was started, and which modules start. What was decided at a boot is remembered
/// together with the boot, so that a daemon that ends before their start starts them the next time.
fn plan_start(
    connection: &mut Connection,
    id: Option<String>,
    wishes: Vec<Wish>,
) -> Result<(bool, Vec<Wish>), StoreError> {
    let transaction = connection.transaction()?;
    let known = settings::get(&transaction, settings::BOOT)?;
    let machine_started = id.is_some() && id != known;
    let due = plan(&transaction, machine_started, wishes)?;
    if let Some(id) = id {
        settings::set(&transaction, settings::BOOT, &id)?;
    }
    transaction.commit()?;
    Ok((machine_started, due))
}

/// Which modules start, with what is left of their delay.
fn plan(
    transaction: &Transaction<'_>,
    machine_started: bool,
    wishes: Vec<Wish>,
) -> Result<Vec<Wish>, StoreError> {
    let mut due = Vec::new();
    for wish in wishes {
        let module = wish.module.as_str();
        let record = store::boot::get(transaction, module)?;
        let starts = starts(wish.boot, record, machine_started);
        if machine_started {
            store::boot::set_started(transaction, module, starts)?;
        }
        if starts {
            // The machine that the delay is for has been up for long.
            let delay = if machine_started {
                wish.delay
            } else {
                Duration::ZERO
            };
            due.push(Wish { delay, ..wish });
        }
    }
    Ok(due)
}

fn wish(app: &App, stored: &ModuleConfiguration) -> Result<Wish, Problem> {
    let settings = ModuleSettings {
        userconfig: stored.userconfig.clone(),
        macros: stored.macros.clone(),
        ..ModuleSettings::default()
    };
    let (config, _) = apply::read(app, &settings)?;
    let module = ModuleName::try_from(stored.module.clone()).map_err(Problem::malformed)?;
    Ok(Wish {
        module,
        boot: config.boot,
        delay: config.boot_delay,
    })
}

/// An interface may come up later than the daemon: until the module can be started, or somebody gives it
/// a command, it is tried again.
async fn start_later(app: Shared, module: ModuleName, delay: Duration) {
    tokio::time::sleep(delay).await;
    app.boots.released().await;
    let mut told = None;
    while let Err(problem) = start(&app, &module).await {
        if told.as_ref() != Some(&problem) {
            tracing::warn!(%module, %problem, "module {module} cannot start with the machine yet");
        }
        told = Some(problem);
        tokio::time::sleep(limits::BOOT_RETRY).await;
    }
}

/// Starts a module, unless somebody was faster.
///
/// # Errors
///
/// When it has to be tried again.
async fn start(app: &Shared, module: &ModuleName) -> Result<(), Problem> {
    let _in_order = app.boots.order.lock().await;
    if !app.boots.is_waiting(module) {
        return Ok(());
    }
    let started = start_at_boot(app, module).await;
    let is_final = |problem: &Problem| {
        matches!(
            problem.kind,
            ProblemType::UnknownModule | ProblemType::WrongState | ProblemType::Stopping
        )
    };
    match started {
        Err(problem) if !is_final(&problem) => Err(problem),
        done => {
            app.boots.waiting().remove(module);
            if let Err(problem) = done {
                tracing::info!(%module, %problem, "module {module} does not start with the machine");
            }
            Ok(())
        }
    }
}

/// The configuration or the switch may be another one since the start was planned.
async fn start_at_boot(app: &Shared, module: &ModuleName) -> Result<(), Problem> {
    let (wish, record) = known(app, module).await?;
    if !starts(wish.boot, record, false) {
        return Ok(());
    }
    cluster::check_stays(app)?;
    apply::ensure_configured(app, module).await?;
    let module = module.clone();
    app.engine.command(Command::StartAtBoot { module }).await?;
    Ok(())
}

async fn known(app: &App, module: &ModuleName) -> Result<(Wish, BootRecord), Problem> {
    let name = module.to_string();
    let read =
        move |db: &mut Connection| Ok((modules::active(db, &name)?, store::boot::get(db, &name)?));
    let (stored, record) = app.store.run(read).await?;
    let stored = stored.ok_or_else(|| apply::unknown(app, module))?;
    Ok((wish(app, &stored)?, record))
}

/// Gives the engine a command and remembers what it means for the next start of the machine. Every command
/// of somebody for a module goes this way. One that is taken calls the start off that a module waits
/// for; a stop is taken for that reason alone.
///
/// # Errors
///
/// When the engine refuses it; nothing changed then.
pub async fn command(app: &App, command: Command) -> Result<Admitted, Problem> {
    let module = command.module().clone();
    let up = wants_up(&command);
    let _in_order = app.boots.in_order().await;
    if up == Some(true) {
        cluster::check_stays(app)?;
    }
    let admitted = match (app.engine.command(command.clone()).await, command) {
        (
            Err(EngineError::Denied(Denied::WrongState { .. })),
            Command::Stop { module, by, .. } | Command::Forcestop { module, by, .. },
        ) if up == Some(false) && app.boots.is_waiting(&module) => {
            tell_stop(app, module, by).await?
        }
        (answer, _) => answer?,
    };
    if let Some(up) = up {
        app.boots.waiting().remove(&module);
        let remember = move |db: &mut Connection| store::boot::set_started(db, module.as_str(), up);
        app.store.run(remember).await?;
    }
    Ok(admitted)
}

/// Whether somebody wants the module to be up from here on; `None`: the command says nothing about it,
/// or a program gives it.
const fn wants_up(command: &Command) -> Option<bool> {
    match command {
        Command::Start { .. }
        | Command::Restart {
            automatic: false, ..
        }
        | Command::Stopstart {
            automatic: false, ..
        } => Some(true),
        Command::Stop {
            automatic: false, ..
        }
        | Command::Forcestop {
            automatic: false, ..
        } => Some(false),
        Command::Configure { .. }
        | Command::Remove { .. }
        | Command::StartAtBoot { .. }
        | Command::Stop { .. }
        | Command::Forcestop { .. }
        | Command::Shutdown { .. }
        | Command::Restart { .. }
        | Command::Stopstart { .. }
        | Command::Drain { .. }
        | Command::Undrain { .. }
        | Command::SwitchChecks { .. }
        | Command::Expect { .. }
        | Command::SwitchClass { .. }
        | Command::CountAction { .. }
        | Command::ResetActions { .. }
        | Command::SwitchTraffic { .. }
        | Command::Changed { .. }
        | Command::SetResource { .. } => None,
    }
}

/// A stop of a module that only waits for its start: the engine has nothing to do for it.
async fn tell_stop(app: &App, module: ModuleName, by: String) -> Result<Admitted, Problem> {
    let called = Event::ActionCalled {
        module: module.clone(),
        action: "stop".to_owned(),
        by,
    };
    let line = LogLine::now(&module, LogLevel::Normal, called);
    app.store.run(move |db| logs::add(db, &[line])).await?;
    let generation = app.engine.status().borrow().generation;
    Ok(Admitted { generation })
}

/// Turns the switch of a module on this node.
///
/// # Errors
///
/// When there is no such module, or its configuration cannot be read.
pub async fn switch(
    app: &App,
    module: &ModuleName,
    enabled: bool,
    by: &str,
) -> Result<ModuleBoot, Problem> {
    let _in_order = app.boots.order.lock().await;
    let (wish, record) = known(app, module).await?;
    let name = module.to_string();
    let set = move |db: &mut Connection| store::boot::set_enabled(db, &name, enabled);
    app.store.run(set).await?;
    if record.enabled != enabled {
        tell_switch(app, module, enabled, by).await?;
    }
    let record = BootRecord { enabled, ..record };
    if !starts(wish.boot, record, false) {
        app.boots.waiting().remove(module);
    }
    Ok(view(app, module, wish.boot, record))
}

/// A module that runs is told.
async fn tell_switch(
    app: &App,
    module: &ModuleName,
    enabled: bool,
    by: &str,
) -> Result<(), Problem> {
    let changed = Command::Changed {
        module: module.clone(),
        action: format!("boot {}", if enabled { "on" } else { "off" }),
        by: by.to_owned(),
    };
    match app.engine.command(changed).await {
        Ok(_) => Ok(()),
        Err(EngineError::Denied(Denied::WrongState { .. } | Denied::UnknownModule { .. })) => {
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether a module with this setting starts with this machine.
///
/// # Errors
///
/// When the store fails.
pub async fn state(app: &App, module: &ModuleName, boot: Boot) -> Result<ModuleBoot, Problem> {
    let name = module.to_string();
    let record = app.store.run(move |db| store::boot::get(db, &name)).await?;
    Ok(view(app, module, boot, record))
}

fn view(app: &App, module: &ModuleName, boot: Boot, record: BootRecord) -> ModuleBoot {
    ModuleBoot {
        setting: boot.into(),
        enabled: record.enabled,
        starts_at_next_boot: starts(boot, record, true),
        pending: app.boots.is_waiting(module) && starts(boot, record, false),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    const NO_ONE: BootRecord = BootRecord {
        started: false,
        enabled: false,
    };

    #[test]
    fn every_setting_with_every_past() {
        // Started before, switch on, and whether it starts with the machine, and with the daemon alone.
        let table = [
            (
                Boot::On,
                [(false, false, true, false), (false, true, true, false)],
            ),
            (
                Boot::On,
                [(true, false, true, true), (true, true, true, true)],
            ),
            (
                Boot::Off,
                [(false, false, false, false), (false, true, false, false)],
            ),
            (
                Boot::Off,
                [(true, false, false, false), (true, true, false, false)],
            ),
            (
                Boot::Auto,
                [(false, false, false, false), (false, true, false, false)],
            ),
            (
                Boot::Auto,
                [(true, false, true, true), (true, true, true, true)],
            ),
            (
                Boot::Ignore,
                [(false, false, false, false), (false, true, true, false)],
            ),
            (
                Boot::Ignore,
                [(true, false, false, false), (true, true, true, true)],
            ),
        ];
        for (boot, rows) in table {
            for (started, enabled, with_machine, with_daemon) in rows {
                let record = BootRecord { started, enabled };
                let here = format!("{boot:?} {record:?}");
                assert_eq!(starts(boot, record, true), with_machine, "{here}");
                assert_eq!(starts(boot, record, false), with_daemon, "{here}");
            }
        }
    }

    fn named(name: &str) -> ModuleName {
        ModuleName::try_from(name.to_owned()).unwrap()
    }

    /// What starts, and after how many seconds.
    fn due(db: &mut Connection, id: Option<&str>) -> Vec<(String, u64)> {
        let delay = Duration::from_secs(9);
        let settings = [Boot::On, Boot::Off, Boot::Auto, Boot::Ignore];
        let wishes = settings.map(|boot| Wish {
            module: named(&format!("{boot:?}")),
            boot,
            delay,
        });
        let (_, due) = plan_start(db, id.map(str::to_owned), wishes.into()).unwrap();
        let line = |wish: Wish| (wish.module.to_string(), wish.delay.as_secs());
        due.into_iter().map(line).collect()
    }

    fn starting(names: &[&str], seconds: u64) -> Vec<(String, u64)> {
        names
            .iter()
            .map(|name| ((*name).to_owned(), seconds))
            .collect()
    }

    #[test]
    fn a_boot_is_noticed_once_and_what_it_decided_holds_until_the_next() {
        let mut db = store::open(Path::new(":memory:"), true).unwrap();
        // Never started: only what starts anyway.
        assert_eq!(due(&mut db, Some("first")), starting(&["On"], 9));
        // The daemon ended before it could, and starts again.
        assert_eq!(due(&mut db, Some("first")), starting(&["On"], 0));
        // Somebody starts the others and stops the first.
        for (name, up) in [
            ("On", false),
            ("Off", true),
            ("Auto", true),
            ("Ignore", true),
        ] {
            store::boot::set_started(&db, name, up).unwrap();
        }
        store::boot::set_enabled(&db, "Ignore", true).unwrap();
        assert_eq!(
            due(&mut db, Some("first")),
            starting(&["Auto", "Ignore"], 0)
        );
        let all = ["On", "Auto", "Ignore"];
        assert_eq!(due(&mut db, Some("second")), starting(&all, 9));
        // It was not started in this boot.
        assert_eq!(store::boot::get(&db, "Off").unwrap(), NO_ONE);
        // A kernel that does not say is no other boot.
        assert_eq!(due(&mut db, None), starting(&all, 0));
        assert_eq!(due(&mut db, Some("second")), starting(&all, 0));
    }

    #[test]
    fn only_somebody_says_whether_a_module_is_to_be_up() {
        let (module, by) = (named("web"), "admin".to_owned());
        let stop = |automatic| Command::Stop {
            module: named("web"),
            by: "admin".to_owned(),
            automatic,
        };
        assert_eq!(wants_up(&stop(false)), Some(false));
        assert_eq!(wants_up(&stop(true)), None);
        let shutdown = Command::Shutdown {
            module: module.clone(),
            by: by.clone(),
        };
        assert_eq!(wants_up(&shutdown), None);
        assert_eq!(wants_up(&Command::Start { module, by }), Some(true));
    }
}
