//! `evenkeel-lab farm`: a farm that another program drives.
//!
//! The first line on standard output describes the farm ([`Description`]). Then each line on standard
//! input is an order and gets one line as its answer, in the order in which they came:
//!
//! ```text
//! {"id":1,"do":"cut","node":"node2"}
//! {"id":1,"ok":{"began_ns":71234567890123,"ended_ns":71234568012345}}
//! {"id":2,"do":"cut","node":"node9"}
//! {"id":2,"error":"there is no node9"}
//! ```
//!
//! Times are of `CLOCK_MONOTONIC`, which all namespaces have in common. The farm ends with its input,
//! or by a signal. What the API can do, starting and stopping modules above all, goes through the API.

mod description;
mod module;
mod order;

use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result};
use nix::time::{ClockId, clock_gettime};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::farm::options::NODES_MAX;
use crate::farm::{Backend, Farm, FarmOptions, MODULE, Mode};
use crate::interruption::Interruption;
use crate::isolate::World;
pub use description::Description;
pub use order::{Driven, Order};

/// The farm to bring up.
#[derive(Clone, Debug, clap::Args)]
pub struct FarmArgs {
    /// Servers
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(2..=16))]
    pub nodes: u8,
    /// How the virtual IP reaches them; a package says that itself
    #[arg(long, value_enum, default_value_t = Mode::Directed, conflicts_with = "module")]
    pub mode: Mode,
    /// A module's package instead of the lab's own module; its macro VIRTUAL_IP gets the farm's address
    #[arg(long, value_name = "FILE.safe")]
    pub module: Option<PathBuf>,
    /// The module's name
    #[arg(long, default_value = MODULE, requires = "module")]
    pub name: String,
    /// The value of a macro of the package; may be given several times
    #[arg(long = "macro", value_name = "NAME=VALUE", value_parser = module::parse_macro)]
    pub macros: Vec<(String, String)>,
    /// The TCP port on which the module serves
    #[arg(long, default_value_t = crate::farm::plan::SERVICE_PORT)]
    pub port: u16,
    /// The back end of a node, by its number; may be given several times
    #[arg(long, value_name = "NUMBER=KIND", value_parser = parse_backend)]
    pub datapath: Vec<(u8, Backend)>,
}

/// Brings the farm up and does what is ordered until the input ends, or a signal comes.
///
/// # Errors
///
/// When the farm did not come up or nobody reads the answers.
pub async fn run(world: &World, args: FarmArgs) -> Result<()> {
    let mut interruption = Interruption::new()?;
    tokio::select! {
        ended = serve(world, args) => ended,
        () = interruption.wait() => Ok(()),
    }
}

async fn serve(world: &World, args: FarmArgs) -> Result<()> {
    let mut orders = lines_of_input()?;
    let farm = tokio::select! {
        farm = bring_up(world, &args) => farm?,
        // Who started this is gone; orders that come early wait in the channel.
        () = orders.closed_early() => return Ok(()),
    };
    let description = Description::of(world, &farm, &args);
    let mut farm = Driven::new(farm);
    say(&json!({ "farm": description }))?;
    while let Some(line) = orders.next().await {
        let answer = match parse(&line) {
            Ok((id, order)) => answer(id, farm.carry_out(order).await),
            Err(error) => json!({ "id": Value::Null, "error": format!("{error:#}") }),
        };
        say(&answer)?;
    }
    Ok(())
}

async fn bring_up(world: &World, args: &FarmArgs) -> Result<Farm> {
    let mut options = FarmOptions {
        nodes: args.nodes,
        mode: args.mode,
        ..FarmOptions::default()
    };
    for (number, backend) in &args.datapath {
        let index = usize::from(*number).checked_sub(1);
        let place = index.and_then(|index| options.backends.get_mut(index));
        *place.context("there is no such node")? = *backend;
    }
    let package = module::read(args)?;
    // Progress is for people who look on; nobody need.
    let say = |doing: &str| drop(writeln!(io::stderr(), "{doing}"));
    let farm = Farm::boot(&world.run_dir, options, say).await?;
    let up = async {
        match package {
            Some(package) => module::install(&farm, args, package).await?,
            None => farm.configure().await?,
        }
        farm.start(&args.name).await
    };
    match up.await {
        Ok(()) => Ok(farm),
        Err(error) => Err(farm.explain(error)),
    }
}

/// Lines of standard input. Reading it blocks: a thread does, and ends with the process.
struct Lines {
    inbox: mpsc::UnboundedReceiver<String>,
    early: Vec<String>,
}

fn lines_of_input() -> Result<Lines> {
    let (sender, inbox) = mpsc::unbounded_channel();
    let read = move || {
        let lines = io::stdin().lock().lines().map_while(Result::ok);
        for line in lines.filter(|line| !line.trim().is_empty()) {
            if sender.send(line).is_err() {
                return;
            }
        }
    };
    thread::Builder::new().name("input".into()).spawn(read)?;
    let early = Vec::new();
    Ok(Lines { inbox, early })
}

impl Lines {
    async fn next(&mut self) -> Option<String> {
        if self.early.is_empty() {
            return self.inbox.recv().await;
        }
        Some(self.early.remove(0))
    }

    /// Returns only when the input ends.
    async fn closed_early(&mut self) {
        while let Some(line) = self.inbox.recv().await {
            self.early.push(line);
        }
    }
}

/// The number of an order and what is to be done.
fn parse(line: &str) -> Result<(u64, Order)> {
    let mut value: Value = serde_json::from_str(line).context("an order is a line of JSON")?;
    let fields = value.as_object_mut().context("an order is an object")?;
    let id = fields.remove("id").and_then(|id| id.as_u64());
    let id = id.context("an order has a number, `id`")?;
    Ok((
        id,
        serde_json::from_value(value).with_context(|| format!("order {id}"))?,
    ))
}

fn answer(id: u64, outcome: Result<Instant>) -> Value {
    match outcome.and_then(Done::since) {
        Ok(done) => json!({ "id": id, "ok": done }),
        Err(error) => json!({ "id": id, "error": format!("{error:#}") }),
    }
}

/// When an order was carried out.
#[derive(Debug, Serialize)]
struct Done {
    began_ns: u64,
    ended_ns: u64,
}

impl Done {
    /// From a moment until now, on the clock that other processes read, too.
    fn since(began: Instant) -> Result<Self> {
        let now = clock_gettime(ClockId::CLOCK_MONOTONIC)?;
        let took = u64::try_from(began.elapsed().as_nanos())?;
        let (seconds, nanos) = (u64::try_from(now.tv_sec())?, u64::try_from(now.tv_nsec())?);
        let ended_ns = seconds * 1_000_000_000 + nanos;
        Ok(Self {
            began_ns: ended_ns.saturating_sub(took),
            ended_ns,
        })
    }
}

fn say(line: &impl Serialize) -> Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, line)?;
    writeln!(out)?;
    Ok(out.flush()?)
}

fn parse_backend(text: &str) -> Result<(u8, Backend), String> {
    let (number, kind) = text.split_once('=').ok_or("as in 2=nfqueue")?;
    let number = number.parse().ok();
    let number = number.filter(|number| (1..=NODES_MAX).contains(&usize::from(*number)));
    let number = number.ok_or_else(|| format!("a node's number is 1 to {NODES_MAX}"))?;
    Ok((number, <Backend as clap::ValueEnum>::from_str(kind, false)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_has_a_number_and_known_fields() {
        let (id, order) = parse(r#"{"id":7,"do":"cut","node":"node2"}"#).unwrap();
        assert_eq!(id, 7);
        assert!(matches!(order, Order::Cut { node } if node == "node2"));
        let refused = |line: &str| format!("{:#}", parse(line).unwrap_err());
        assert!(refused(r#"{"do":"heal"}"#).contains("number"));
        assert!(refused(r#"{"id":1,"do":"cut"}"#).contains("node"));
        assert!(refused(r#"{"id":1,"do":"melt","node":"node2"}"#).contains("melt"));
        assert!(refused(r#"{"id":1,"do":"cut","node":"node2","for":1}"#).contains("for"));
    }

    #[test]
    fn a_back_end_is_given_by_number() {
        assert_eq!(parse_backend("2=memory"), Ok((2, Backend::Memory)));
        assert!(parse_backend("0=memory").is_err());
        assert!(parse_backend("1=paper").is_err());
    }

    #[test]
    fn what_began_a_moment_ago_began_before_it_ended() {
        let done = Done::since(Instant::now()).unwrap();
        assert!(done.began_ns <= done.ended_ns && done.began_ns > 0);
    }
}
