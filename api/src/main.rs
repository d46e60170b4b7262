//! The program `evenkeel`: command line in, exit code out. What it does is in the library.

use std::fmt::Display;
use std::fs::Permissions;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use evenkeel_api::ask::{self, AskError};
use evenkeel_api::cli::{self, Action, Cli, Command};
use evenkeel_api::init::{self, Initialised};
use evenkeel_api::problem::Chain;
use evenkeel_api::serve::ServeError;
use evenkeel_api::upgrade::{self, TakeOver};
use evenkeel_api::views::checks::CheckSwitches;
use evenkeel_api::views::module::LogLevel;
use evenkeel_api::{backup, join, logging, openapi, serve, watch};

fn main() -> ExitCode {
    let done = match Cli::parse_from(cli::translated(std::env::args_os())).command {
        Command::Init(options) => init::init(&options)
            .map_err(|e| failed(&e))
            .and_then(report),
        Command::Join(options) => join(&options).and_then(report),
        Command::ExportJoin(options) => export_join(&options),
        Command::Serve(options) if options.take_over == Some(TakeOver::Check) => check(&options),
        Command::Serve(options) => run(options),
        Command::Backup(options) => backup::backup(&options).map_err(|e| failed(&e)),
        Command::Restore(options) => backup::restore(&options)
            .map_err(|e| failed(&e))
            .and_then(|node| print(format_args!("node {node} is restored"))),
        Command::Status(options) => ask(watch::status(&options, &mut io::stdout())),
        Command::Logs(options) => ask(watch::logs(&options, &mut io::stdout())),
        Command::Token(options) => ask(ask::token(&options)).and_then(print),
        Command::Start(options) => ask(ask::act(Action::Start, &options)),
        Command::Stop(options) => ask(ask::act(Action::Stop, &options)),
        Command::Forcestop(options) => ask(ask::act(Action::Forcestop, &options)),
        Command::Restart(options) => ask(ask::act(Action::Restart, &options)),
        Command::Stopstart(options) => ask(ask::act(Action::Stopstart, &options)),
        Command::Drain(options) => ask(ask::act(Action::Drain, &options)),
        Command::Undrain(options) => ask(ask::act(Action::Undrain, &options)),
        Command::Upgrade(at) => ask(ask::upgrade(&at)).and_then(print),
        Command::Checker(options) => ask(ask::switch(&options, |on| CheckSwitches {
            checkers: Some(on),
            ..CheckSwitches::default()
        })),
        Command::Errd(options) => ask(ask::errd(&options)).and_then(write),
        Command::Incloop(options) => ask(ask::incloop(&options)),
        Command::Checkloop(options) => ask(ask::checkloop(&options)),
        Command::Resetloop(options) => ask(ask::resetloop(&options)),
        Command::Traffic(options) => ask(ask::traffic(&options)),
        Command::Set(options) => ask(ask::set(&options)),
        Command::Get(options) => ask(ask::get(&options)).and_then(print),
        Command::Printi(options) => ask(ask::print(LogLevel::Verbose, &options)),
        Command::Printe(options) => ask(ask::print(LogLevel::Normal, &options)),
        Command::Openapi(options) => write_openapi(&options),
        Command::Version => print(env!("CARGO_PKG_VERSION")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure { sentence, code }) => {
            // Nobody is left to tell where standard error is closed.
            drop(writeln!(io::stderr(), "evenkeel: {sentence}"));
            ExitCode::from(code)
        }
    }
}

/// A sentence for standard error, and the exit code.
struct Failure {
    sentence: String,
    code: u8,
}

fn failed(error: &(dyn std::error::Error + 'static)) -> Failure {
    Failure {
        sentence: Chain(error).to_string(),
        code: 1,
    }
}

/// Writes lines that are complete.
fn write(lines: String) -> Result<(), Failure> {
    let written = io::stdout().write_all(lines.as_bytes());
    written.map_err(|error| failed(&error))
}

fn print(text: impl Display) -> Result<(), Failure> {
    writeln!(io::stdout(), "{text}").map_err(|error| failed(&error))
}

fn report(node: Initialised) -> Result<(), Failure> {
    print(format_args!("node {} is initialised", node.node))?;
    print(format_args!("CA certificate: {}", node.ca.display()))?;
    print(format_args!("CA SHA-256 fingerprint: {}", node.fingerprint))?;
    if let Some(admin) = node.admin {
        print(format_args!("administrator: {admin}"))?;
    }
    if let Some(password) = node.password {
        print(format_args!("password (shown this once): {password}"))?;
    }
    Ok(())
}

fn join(options: &cli::Join) -> Result<Initialised, Failure> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| failed(&error))?;
    let joined = runtime.block_on(join::join(options));
    joined.map_err(|error| failed(&error))
}

fn export_join(options: &cli::ExportJoin) -> Result<(), Failure> {
    let text = init::export_join(&options.data, &options.node).map_err(|e| failed(&e))?;
    close_to_others().map_err(|e| failed(&e))?;
    print(text)
}

/// Takes everybody else's permissions from the file that standard output goes to, before secrets
/// go there; a pipe or a terminal is left alone.
fn close_to_others() -> io::Result<()> {
    let file = std::fs::File::from(io::stdout().as_fd().try_clone_to_owned()?);
    if file.metadata()?.is_file() {
        file.set_permissions(Permissions::from_mode(0o600))?;
    }
    Ok(())
}

fn run(options: cli::Serve) -> Result<(), Failure> {
    logging::start(options.log_format);
    let runtime = tokio::runtime::Runtime::new().map_err(|error| failed(&error))?;
    runtime
        .block_on(serve::serve(options))
        .map_err(|error: ServeError| Failure {
            sentence: Chain(&error).to_string(),
            code: error.exit_code(),
        })
}

/// Whether this program could go on with the node of another one.
fn check(options: &cli::Serve) -> Result<(), Failure> {
    let refused = |sentence| Failure { sentence, code: 1 };
    let given = upgrade::read().map_err(refused)?;
    let could = given.former.could_go_on(&options.bpffs);
    could.map_err(|error| failed(&error))?;
    print(env!("CARGO_PKG_VERSION"))
}

/// Asks the daemon on this machine.
fn ask<T>(question: impl Future<Output = Result<T, AskError>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| failed(&error))?;
    runtime.block_on(question).map_err(|error| failed(&error))
}

fn write_openapi(options: &cli::Openapi) -> Result<(), Failure> {
    if !options.check {
        return openapi::write(&options.dir).map_err(|error| failed(&error));
    }
    let stale = openapi::stale(&options.dir);
    if stale.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = stale
        .iter()
        .map(|path: &std::path::PathBuf| show(path))
        .collect();
    let sentence = format!("{} stale; run: {}", names.join(" and "), openapi::COMMAND);
    Err(Failure { sentence, code: 1 })
}

fn show(path: &Path) -> String {
    path.display().to_string()
}
