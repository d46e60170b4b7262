//! The lab tests: a real farm of daemons and kernel filters on this machine, in both entry modes.
//!
//! They need root. The program isolates itself first (see `evenkeel_lab::isolate`), so a run leaves
//! nothing behind, however it ends, and several can run at once. Trials run one at a time: each has
//! the machine's processors to itself.

mod clean;
mod control;
mod expect;
mod faults;
mod network;
mod refusals;
mod sharing;

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use evenkeel_lab::farm::{Farm, FarmOptions, Mode};
use evenkeel_lab::isolate::{self, Place, World};
use evenkeel_lab::prerequisites;
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    if let Err(missing) = prerequisites::check() {
        eprintln!("\n*** LAB TESTS SKIPPED: {missing} ***\n");
        return ExitCode::SUCCESS;
    }
    match isolate::enter() {
        Ok(Place::Outside(code)) => ExitCode::from(code),
        Ok(Place::Inside(world)) => {
            let mut args = Arguments::from_args();
            args.test_threads = Some(1);
            libtest_mimic::run(&args, trials(&world)).exit_code()
        }
        Err(error) => {
            eprintln!("\n*** LAB TESTS SKIPPED: {error:#} ***\n");
            ExitCode::SUCCESS
        }
    }
}

fn trials(world: &World) -> Vec<Trial> {
    let inside = world.clone();
    let mut trials = vec![Trial::test(
        "the_lab_itself_carries_connections",
        move || network::carries_connections(&inside).map_err(|e| Failed::from(format!("{e:#}"))),
    )];
    for mode in Mode::ALL {
        let options = FarmOptions {
            mode,
            ..FarmOptions::default()
        };
        let mut add = |name: &str, body: fn(&World, FarmOptions) -> Result<()>| {
            let world = world.clone();
            trials.push(Trial::test(format!("{mode}::{name}"), move || {
                body(&world, options).map_err(|error| Failed::from(format!("{error:#}")))
            }));
        };
        add(
            "connections_are_shared_and_answered_once",
            sharing::shared_and_answered_once,
        );
        add(
            "a_killed_daemon_is_replaced_and_comes_back",
            faults::killed_daemon,
        );
        add(
            "a_cut_follower_is_replaced_and_comes_back",
            faults::cut_follower,
        );
        add(
            "a_cut_entry_node_is_replaced_and_comes_back",
            faults::cut_entry,
        );
        add(
            "a_node_is_stopped_and_started_through_the_api",
            control::stop_and_start,
        );
    }
    let options = FarmOptions::default();
    let (inside, also_inside) = (world.clone(), world.clone());
    trials.push(Trial::test(
        "what_cannot_be_is_refused_with_reasons",
        move || {
            refusals::refused(&inside, options).map_err(|error| Failed::from(format!("{error:#}")))
        },
    ));
    trials.push(Trial::test(
        "a_killed_lab_leaves_nothing_behind",
        move || clean::killed_lab(&also_inside).map_err(|error| Failed::from(format!("{error:#}"))),
    ));
    trials
}

/// Runs a trial on a farm whose module is UP (Ready) everywhere.
fn on_farm(
    world: &World,
    options: FarmOptions,
    trial: impl AsyncFnOnce(&mut Farm) -> Result<()>,
) -> Result<()> {
    with_farm(world, options, async |farm| {
        farm.configure().await?;
        farm.start_module().await?;
        trial(farm).await
    })
}

/// Runs a trial on a farm of daemons without a module.
fn with_farm(
    world: &World,
    options: FarmOptions,
    trial: impl AsyncFnOnce(&mut Farm) -> Result<()>,
) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut farm = Farm::boot(&world.run_dir, options, |_doing| ()).await?;
        trial(&mut farm).await.map_err(|error| farm.explain(error))
    })
}

/// A measurement, for whoever reads the test's output.
fn tell(text: &str) {
    // A reader that is gone is no failure of the trial.
    let _unheard = writeln!(std::io::stderr(), "    {text}");
}
