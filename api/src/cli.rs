//! The command line of `evenkeel`.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use axum::http::HeaderValue;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::cors;
use crate::limits;
use crate::local::SOCKET_VARIABLE;
use crate::upgrade::TakeOver;

/// Several servers, one virtual IP: the daemon and its tools.
#[derive(Debug, Parser)]
#[command(name = "evenkeel", version, about, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a node's data: the first node with --cluster and --node, the others with --join.
    Init(Init),
    /// Make this machine a node of a cluster that runs, with a token of `POST /v1/cluster/join-tokens`.
    Join(Join),
    /// Write what another node needs to join, secrets included, to standard output.
    ExportJoin(ExportJoin),
    /// Run the daemon.
    Serve(Serve),
    /// Write the node's data into a file, keys included, also while the daemon runs.
    Backup(Backup),
    /// Make a node's data of such a file, on a machine where this node does not run.
    Restore(Restore),
    /// Show nodes and modules, again every second on a terminal.
    Status(Status),
    /// Print the newest lines of the module's log.
    Logs(Logs),
    /// Print a token of an administrator, good for 15 minutes at every node: for curl.
    Token(At),
    /// Start the module on this node.
    Start(Act),
    /// Stop the module on this node.
    Stop(Act),
    /// Stop the module on this node by force, when a stop has no effect: kill its scripts, drain nothing.
    Forcestop(Act),
    /// Restart the module's application on this node.
    Restart(Act),
    /// Stop the module on this node and start it again.
    Stopstart(Act),
    /// Give the module's share of this node to the others, while its application runs on.
    Drain(Act),
    /// Take a share on this node again.
    Undrain(Act),
    /// Let the running daemon go over to the program that is installed, while it serves: after an upgrade of the
    /// package. Fails where that cannot be, and the running program goes on.
    Upgrade(At),
    /// Switch the module's checkers on this node on or off, until somebody says otherwise.
    Checker(Switch),
    /// Switch the monitoring of the module's processes on this node on or off, or that of a class of them.
    Errd(Errd),
    /// Count an action of a program that helps the module by its own means; fails where it is one too many (maxloop).
    Incloop(Act),
    /// Fail where as many automatic actions happened as may (maxloop): the next one would be one too many.
    Checkloop(To),
    /// Count the automatic actions of the module anew.
    Resetloop(Act),
    /// Open or close the module's traffic on this node, where its configuration leaves that to its scripts
    /// (scriptcontrol). As -r saferpc_send vipd SETGROUPS all all all, and none none none.
    Traffic(Traffic),
    /// Set a resource of the module on this node.
    Set(Set),
    /// Print the value of a resource of the module on this node.
    Get(Get),
    /// Write a verbose line into the module's log: for who looks for something.
    Printi(Print),
    /// Write a line into the module's log that everybody reads.
    Printe(Print),
    /// Write the OpenAPI documents into a folder, or check that those there are fresh.
    Openapi(Openapi),
    /// Print the version.
    Version,
}

/// Arguments of `init`.
#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("role").required(true).args(["cluster", "join"]))]
pub struct Init {
    /// The folder to make; it must not exist, or be empty.
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// First node: the cluster's configuration, cluster.xml.
    #[arg(long, value_name = "FILE", requires = "node")]
    pub cluster: Option<PathBuf>,
    /// First node: this node's name in the cluster's configuration.
    #[arg(long, value_name = "NAME", conflicts_with = "join")]
    pub node: Option<String>,
    /// First node: name of the first administrator.
    #[arg(
        long,
        value_name = "NAME",
        default_value = "admin",
        conflicts_with = "join"
    )]
    pub admin: String,
    /// First node: file with the administrator's password; a random one is printed without it.
    #[arg(long, value_name = "FILE", conflicts_with = "join")]
    pub password_file: Option<PathBuf>,
    /// Other nodes: the file that `export-join` wrote on another one.
    #[arg(long, value_name = "FILE")]
    pub join: Option<PathBuf>,
}

/// Arguments of `join`.
#[derive(Args, Debug)]
pub struct Join {
    /// The folder to make; it must not exist, or be empty.
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// The node that made the token, as in `https://192.0.2.1:9453`.
    #[arg(long, value_name = "URL")]
    pub from: String,
    /// SHA-256 fingerprint of the certificate of the cluster's authority, by which the cluster is known.
    #[arg(long, value_name = "SHA256")]
    pub fingerprint: String,
    /// File with the token; standard input when absent.
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
}

/// Arguments of `export-join`.
#[derive(Args, Debug)]
pub struct ExportJoin {
    /// The first node's data.
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// The joining node's name in the cluster's configuration.
    #[arg(long, value_name = "NAME")]
    pub node: String,
}

/// Arguments of `backup`.
#[derive(Args, Debug)]
pub struct Backup {
    /// The node's data.
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// The file to write; one that is there is replaced.
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
}

/// Arguments of `restore`.
#[derive(Args, Debug)]
pub struct Restore {
    /// The file that `backup` wrote.
    #[arg(long, value_name = "FILE")]
    pub from: PathBuf,
    /// The folder to make; it must not exist, or be empty.
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
}

/// Arguments of `serve`.
#[derive(Args, Debug)]
pub struct Serve {
    /// The node's data, as `init` made it.
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Address and port of the API; the other nodes are expected on the same port.
    #[arg(long, value_name = "ADDR", default_value = "[::]:9453")]
    pub listen: SocketAddr,
    /// Address and port, as in `[::]:9010`, where load balancers and monitors ask without login and in clear
    /// whether this node and its modules are ready, and what it measures; nowhere when absent.
    #[arg(long, value_name = "ADDR")]
    pub probe_listen: Option<SocketAddr>,
    /// Origin of pages, as in `https://ui.example:8443`, whose programs a browser lets talk to this API; to be
    /// repeated. None when absent: pages of other origins are kept out.
    #[arg(long, value_name = "ORIGIN", value_parser = cors::origin)]
    pub allow_origin: Vec<HeaderValue>,
    /// Requests per second of one user or API key that this node answers; what is beyond is refused at once
    /// with the status 429.
    #[arg(long, value_name = "N", default_value_t = limits::REQUESTS_PER_SECOND_DEFAULT,
          value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub requests_per_second: u32,
    /// Folder of the modules' scripts and their output; `modules` in the data folder when absent.
    #[arg(long, value_name = "DIR")]
    pub modules: Option<PathBuf>,
    /// Where the bpf file system is mounted.
    #[arg(long, value_name = "DIR", default_value = "/sys/fs/bpf")]
    pub bpffs: PathBuf,
    /// How the log is written to standard error.
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
    /// How packets are treated.
    #[arg(long, value_enum, default_value_t = DatapathKind::Auto)]
    pub datapath: DatapathKind,
    /// Let administrators cut networks, freeze and kill this node through the API, for tests.
    #[arg(long)]
    pub permit_faults: bool,
    /// Let modules reboot this machine whose configuration says automatic_reboot="on": where they would stop and
    /// start by themselves, no more often than their maxloop allows.
    #[arg(long)]
    pub permit_reboot: bool,
    /// Program that reboots this machine, in place of systemctl reboot.
    #[arg(long, value_name = "FILE", requires = "permit_reboot")]
    pub reboot_command: Option<PathBuf>,
    /// Write down in this new file all that happens to the core of the engine, cluster's secret
    /// included, so that a fault can be repeated in a test.
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
    /// URL of another node's API, as `name=url`, where it is not at its address on the first LAN.
    #[arg(long, value_name = "NAME=URL", value_parser = peer_url, hide = true)]
    pub peer_url: Vec<(String, String)>,
    /// Read from standard input what another program of this daemon wrote.
    #[arg(long, value_enum, hide = true)]
    pub take_over: Option<TakeOver>,
}

fn peer_url(text: &str) -> Result<(String, String), String> {
    let (name, url) = text.split_once('=').ok_or("expected name=url")?;
    Ok((name.to_owned(), url.to_owned()))
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// A JSON object per line.
    Json,
}

/// How packets are treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DatapathKind {
    /// By eBPF where the kernel allows it, else through NFQUEUE.
    Auto,
    /// By programs in the kernel.
    Ebpf,
    /// By this process, to which rules of nft or iptables give the packets.
    Nfqueue,
    /// Not at all: for tests.
    #[value(hide = true)]
    Memory,
}

/// An action on a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// `start`.
    Start,
    /// `stop`.
    Stop,
    /// `forcestop`.
    Forcestop,
    /// `restart`.
    Restart,
    /// `stopstart`.
    Stopstart,
    /// `drain`.
    Drain,
    /// `undrain`.
    Undrain,
}

impl Action {
    /// Its name in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Stop => "stop",
            Self::Forcestop => "forcestop",
            Self::Restart => "restart",
            Self::Stopstart => "stopstart",
            Self::Drain => "drain",
            Self::Undrain => "undrain",
        }
    }
}

/// Which daemon.
#[derive(Args, Clone, Debug)]
pub struct At {
    /// The daemon's socket, `api.sock` in its data folder.
    #[arg(
        long,
        value_name = "FILE",
        env = SOCKET_VARIABLE,
        default_value = "/var/lib/evenkeel/api.sock"
    )]
    pub socket: PathBuf,
}

/// Which module, of which daemon. The environment of a module's scripts has both.
#[derive(Args, Debug)]
pub struct To {
    /// Which daemon.
    #[command(flatten)]
    pub at: At,
    /// The module's name.
    #[arg(short, long, value_name = "NAME", env = "SAFEMODULE")]
    pub module: String,
}

/// Arguments of `status`.
#[derive(Args, Debug)]
pub struct Status {
    /// Which daemon; it asks the others.
    #[command(flatten)]
    pub at: At,
    /// Once, also on a terminal.
    #[arg(long)]
    pub once: bool,
}

/// Arguments of `logs`.
#[derive(Args, Debug)]
pub struct Logs {
    /// Which module.
    #[command(flatten)]
    pub to: To,
    /// The node; this one when absent.
    #[arg(long, value_name = "NAME", default_value = "self")]
    pub node: String,
    /// Go on with the lines to come.
    #[arg(short, long)]
    pub follow: bool,
    /// So many lines to begin with.
    #[arg(short = 'n', long, value_name = "NUMBER", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub lines: u32,
    /// Verbose lines too.
    #[arg(short, long)]
    pub verbose: bool,
}

/// Arguments of an action.
#[derive(Args, Debug)]
pub struct Act {
    /// Which module.
    #[command(flatten)]
    pub to: To,
    /// The program that asks by itself: counted for maxloop, and named in the log.
    #[arg(short, long, value_name = "NAME")]
    pub identity: Option<String>,
}

/// Arguments of `errd`.
#[derive(Args, Debug)]
pub struct Errd {
    /// Which module.
    #[command(flatten)]
    pub to: To,
    /// What is to be done.
    #[arg(value_enum)]
    pub what: ErrdAction,
    /// The class, as the configuration's `<proc class>` has it.
    #[arg(value_name = "CLASS", required_if_eq_any([("what", "enable"), ("what", "disable")]))]
    pub class: Option<String>,
}

/// What `errd` does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ErrdAction {
    /// Look at processes, until somebody says otherwise.
    On,
    /// Look at none.
    Off,
    /// Look at those of this class, until the module stops.
    Enable,
    /// Stop looking at them.
    Disable,
    /// Print the classes, and whether each is on.
    List,
}

/// Arguments of `checker`.
#[derive(Args, Debug)]
pub struct Switch {
    /// Which module.
    #[command(flatten)]
    pub to: To,
    /// How it is to be.
    #[arg(value_enum)]
    pub state: OnOff,
}

/// The state of a switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OnOff {
    /// On.
    On,
    /// Off.
    Off,
}

/// Arguments of `traffic`.
#[derive(Args, Debug)]
pub struct Traffic {
    /// Which module.
    #[command(flatten)]
    pub to: To,
    /// What is to be done.
    #[arg(value_enum)]
    pub what: TrafficAction,
    /// The program that asks, named in the log.
    #[arg(short, long, value_name = "NAME")]
    pub identity: Option<String>,
}

/// What `traffic` does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TrafficAction {
    /// This node is to have its share.
    Open,
    /// It is to have none.
    Close,
}

/// The words of scripts that know another command for `traffic`, put in ours; others stay as they are.
pub fn translated(args: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut args: Vec<OsString> = args.collect();
    let words: Vec<&str> = args.iter().skip(1).filter_map(|arg| arg.to_str()).collect();
    let action = match words.as_slice() {
        [
            "-r",
            "saferpc_send",
            "vipd",
            "SETGROUPS",
            "all",
            "all",
            "all",
        ] => "open",
        [
            "-r",
            "saferpc_send",
            "vipd",
            "SETGROUPS",
            "none",
            "none",
            "none",
        ] => "close",
        _ => return args,
    };
    args.truncate(1);
    args.extend(["traffic".into(), action.into()]);
    args
}

/// Arguments of `set`.
#[derive(Args, Debug)]
pub struct Set {
    /// Which module.
    #[command(flatten)]
    pub to: To,
    /// The resource, such as custom.disk.
    #[arg(short, long, value_name = "CLASS.NAME")]
    pub resource: String,
    /// Its value, such as up or down.
    #[arg(short, long, value_name = "WORD")]
    pub value: String,
    /// The program that says so.
    #[arg(short, long, value_name = "NAME")]
    pub identity: Option<String>,
}

/// Arguments of `get`.
#[derive(Args, Debug)]
pub struct Get {
    /// Which module.
    #[command(flatten)]
    pub to: To,
    /// The resource, such as custom.disk.
    #[arg(short, long, value_name = "CLASS.NAME")]
    pub resource: String,
}

/// Arguments of `printi` and `printe`.
#[derive(Args, Debug)]
pub struct Print {
    /// Which module.
    #[command(flatten)]
    pub to: To,
    /// What to say.
    #[arg(required = true, value_name = "WORD")]
    pub message: Vec<String>,
}

/// Arguments of `openapi`.
#[derive(Args, Debug)]
pub struct Openapi {
    /// Compare instead of writing; exit code 1 when they differ.
    #[arg(long)]
    pub check: bool,
    /// The folder of the documents.
    #[arg(long, value_name = "DIR", default_value = "openapi")]
    pub dir: PathBuf,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn scripts_may_use_the_words_that_they_know() {
        let translate = |line: &str| {
            let words = translated(line.split(' ').map(OsString::from)).into_iter();
            let words: Vec<String> = words.map(|word| word.into_string().unwrap()).collect();
            words.join(" ")
        };
        let known = "evenkeel -r saferpc_send vipd SETGROUPS";
        for (words, ours) in [("all all all", "open"), ("none none none", "close")] {
            let ours = format!("evenkeel traffic {ours}");
            assert_eq!(translate(&format!("{known} {words}")), ours);
        }
        for other in [
            &format!("{known} all none all"),
            "evenkeel set -r a.b -v up",
        ] {
            assert_eq!(translate(other), *other);
        }
    }

    #[test]
    fn a_node_is_either_first_or_joins() {
        let parse = |line: &str| Cli::try_parse_from(line.split(' '));
        assert!(parse("evenkeel init --data d --cluster c --node n").is_ok());
        assert!(parse("evenkeel init --data d --join j").is_ok());
        assert!(parse("evenkeel init --data d").is_err());
        assert!(parse("evenkeel init --data d --cluster c").is_err());
        assert!(parse("evenkeel init --data d --cluster c --node n --join j").is_err());
    }

    #[test]
    fn a_class_is_named_where_one_is_switched() {
        let parse = |line: &str| Cli::try_parse_from(line.split(' '));
        assert!(parse("evenkeel errd enable night -m web").is_ok());
        assert!(parse("evenkeel errd -m web list").is_ok());
        assert!(parse("evenkeel errd -m web disable").is_err());
    }
}
