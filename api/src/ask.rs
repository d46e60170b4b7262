//! What `evenkeel` asks of the daemon on this machine, by its local socket: for a module's scripts and
//! checkers, which have the socket and the module's name in their environment.

use std::path::PathBuf;

use reqwest::{Client, Method, RequestBuilder, Response, Url};
use serde::de::DeserializeOwned;
use thiserror::Error;
use tokio::time::Instant;

use crate::cli::{self, Action, ErrdAction, OnOff, TrafficAction};
use crate::limits;
use crate::problem::Problem;
use crate::views::checks::CheckSwitches;
use crate::views::module::{LogLevel, ModuleStatus};
use crate::views::resource::{
    AutomaticActions, Identity, LogMessage, ResourceList, ResourceValue, Word,
};
use crate::views::session::Session;
use crate::views::traffic::ScriptTraffic;
use crate::views::upgrade::{Upgrade, UpgradeState};

/// Why the daemon did not do it.
#[derive(Debug, Error)]
pub enum AskError {
    /// It does not answer.
    #[error(
        "the daemon does not answer at {}; look whether it runs, and give --socket where its data \
         folder is another one",
        socket.display()
    )]
    Silent {
        /// Its socket.
        socket: PathBuf,
        /// Why.
        #[source]
        source: reqwest::Error,
    },
    /// It refused.
    #[error("{0}")]
    Refused(Problem),
    /// It answered something else than this program knows.
    #[error("the daemon answered {0}, which this program does not know; their versions may differ")]
    Strange(String),
    /// Nobody is there to be told.
    #[error("the answer cannot be written")]
    Unheard(#[source] std::io::Error),
    /// The next automatic action would be one too many.
    #[error("module {module} has had {count} automatic actions, as many as may (maxloop)")]
    LoopLimit {
        /// The module.
        module: String,
        /// How many.
        count: u32,
    },
    /// The daemon did not go over to another program.
    #[error("no upgrade: {0}")]
    NoUpgrade(String),
    /// There is no such resource.
    #[error("module {module} has no resource {resource}")]
    NoResource {
        /// The module.
        module: String,
        /// What was asked for.
        resource: String,
    },
}

/// The daemon, by its local socket.
#[derive(Debug)]
pub struct Daemon<'o> {
    at: &'o cli::At,
    /// Its host plays no part on a socket.
    base: Url,
    client: Client,
}

impl<'o> Daemon<'o> {
    /// The one at this socket, whether it runs or not.
    ///
    /// # Errors
    ///
    /// When this process can ask nobody.
    pub fn at(at: &'o cli::At) -> Result<Self, AskError> {
        let base = Url::parse("http://localhost");
        let base = base.map_err(|error| AskError::Strange(error.to_string()))?;
        let client = Client::builder().unix_socket(at.socket.as_path());
        let client = client.no_proxy().build();
        let client = client.map_err(|source| silent(at, source))?;
        Ok(Self { at, base, client })
    }

    /// A request; a name with signs of its own stays one part of the path.
    pub fn request(&self, method: Method, path: &[&str]) -> RequestBuilder {
        let mut url = self.base.clone();
        if let Ok(mut parts) = url.path_segments_mut() {
            parts.extend(path);
        }
        self.client.request(method, url)
    }

    /// Sends a request.
    ///
    /// # Errors
    ///
    /// When the daemon does not answer, or refuses.
    pub async fn send(&self, request: RequestBuilder) -> Result<Response, AskError> {
        let response = request.send().await;
        let response = response.map_err(|source| silent(self.at, source))?;
        if response.status().is_success() {
            return Ok(response);
        }
        let status = response.status();
        let problem = response.json::<Problem>().await;
        Err(problem.map_or_else(
            |_other| AskError::Strange(status.to_string()),
            AskError::Refused,
        ))
    }

    /// What the daemon answers.
    ///
    /// # Errors
    ///
    /// When it does not, or with something else.
    pub async fn read<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, AskError> {
        let answer = self.send(request).await?.json().await;
        answer.map_err(|error| AskError::Strange(error.to_string()))
    }
}

fn silent(at: &cli::At, source: reqwest::Error) -> AskError {
    let socket = at.socket.clone();
    AskError::Silent { socket, source }
}

/// A module, as the daemon's local socket has it.
#[derive(Debug)]
struct Module<'o> {
    name: &'o str,
    daemon: Daemon<'o>,
}

impl<'o> Module<'o> {
    fn at(to: &'o cli::To) -> Result<Self, AskError> {
        let daemon = Daemon::at(&to.at)?;
        let name = &to.module;
        Ok(Self { name, daemon })
    }

    fn request(&self, method: Method, rest: &[&str]) -> RequestBuilder {
        let module = ["v1", "nodes", "self", "modules", self.name];
        self.daemon.request(method, &[&module, rest].concat())
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response, AskError> {
        self.daemon.send(request).await
    }

    /// A line per class of processes.
    async fn classes(&self) -> Result<String, AskError> {
        let status: ModuleStatus = self.daemon.read(self.request(Method::GET, &[])).await?;
        let classes = status.checks.classes.into_iter();
        let lines =
            classes.map(|(class, on)| format!("{class} {}\n", if on { "on" } else { "off" }));
        Ok(lines.collect())
    }
}

/// A token of the administrator of this machine.
///
/// # Errors
///
/// When the daemon gives none.
pub async fn token(at: &cli::At) -> Result<String, AskError> {
    let daemon = Daemon::at(at)?;
    let request = daemon.request(Method::POST, &["v1", "token"]);
    let session: Session = daemon.read(request).await?;
    Ok(session.token)
}

/// Lets the daemon go over to the installed program, and waits until it has; what is to be printed.
///
/// # Errors
///
/// When the running program goes on.
pub async fn upgrade(at: &cli::At) -> Result<String, AskError> {
    let daemon = Daemon::at(at)?;
    let path = ["v1", "nodes", "self", "upgrade"];
    let begun: Upgrade = daemon.read(daemon.request(Method::POST, &path)).await?;
    let deadline = Instant::now() + limits::UPGRADE_TIME_MAX;
    loop {
        tokio::time::sleep(limits::UPGRADE_LOOK).await;
        // Its socket is another one from some instant on.
        let now: Result<Upgrade, _> = daemon.read(daemon.request(Method::GET, &path)).await;
        let is_late = Instant::now() >= deadline;
        match now {
            Ok(now) if now.began_at == begun.began_at => match now.state {
                UpgradeState::Succeeded => return Ok(sentence(&now)),
                UpgradeState::Failed => return Err(AskError::NoUpgrade(sentence(&now))),
                UpgradeState::Running | UpgradeState::None if !is_late => {}
                UpgradeState::Running | UpgradeState::None => {
                    return Err(AskError::NoUpgrade("it has not ended".to_owned()));
                }
            },
            Ok(_other) => {
                let why = "the daemon was started anew meanwhile; its log says why";
                return Err(AskError::NoUpgrade(why.to_owned()));
            }
            Err(error) if is_late => return Err(error),
            Err(_) => {}
        }
    }
}

fn sentence(upgrade: &Upgrade) -> String {
    let version = |version: &Option<String>| version.clone().unwrap_or_default();
    match &upgrade.detail {
        Some(detail) => detail.clone(),
        None => format!(
            "{} took over from {}",
            version(&upgrade.to),
            version(&upgrade.from)
        ),
    }
}

/// An action on the module.
///
/// # Errors
///
/// When the daemon does not take it.
pub async fn act(action: Action, options: &cli::Act) -> Result<(), AskError> {
    let module = Module::at(&options.to)?;
    let request = module.request(Method::POST, &[action.as_str()]);
    let request = in_the_name_of(request, options.identity.as_deref());
    module.send(request).await.map(drop)
}

/// Switches the monitoring of processes, or of a class of them; what is to be printed.
///
/// # Errors
///
/// When the daemon does not take it.
pub async fn errd(options: &cli::Errd) -> Result<String, AskError> {
    let module = Module::at(&options.to)?;
    let class = |on| {
        let class = options.class.iter().map(|class| (class.clone(), on));
        CheckSwitches {
            classes: class.collect(),
            ..CheckSwitches::default()
        }
    };
    let processes = |on| CheckSwitches {
        processes: Some(on),
        ..CheckSwitches::default()
    };
    let wanted = match options.what {
        ErrdAction::On => processes(true),
        ErrdAction::Off => processes(false),
        ErrdAction::Enable => class(true),
        ErrdAction::Disable => class(false),
        ErrdAction::List => return module.classes().await,
    };
    let request = module.request(Method::PUT, &["checks"]);
    module.send(request.json(&wanted)).await?;
    Ok(String::new())
}

/// Counts an action of a program, unless there were as many as may.
///
/// # Errors
///
/// When there were, or the daemon does not take it.
pub async fn incloop(options: &cli::Act) -> Result<(), AskError> {
    count(Method::POST, options).await
}

/// Counts automatic actions anew.
///
/// # Errors
///
/// When the daemon does not take it.
pub async fn resetloop(options: &cli::Act) -> Result<(), AskError> {
    count(Method::DELETE, options).await
}

async fn count(method: Method, options: &cli::Act) -> Result<(), AskError> {
    let module = Module::at(&options.to)?;
    let request = module.request(method, &["automatic-actions"]);
    let request = in_the_name_of(request, options.identity.as_deref());
    module.send(request).await.map(drop)
}

/// Whether one more automatic action may happen.
///
/// # Errors
///
/// When none may, or the daemon does not say it.
pub async fn checkloop(to: &cli::To) -> Result<(), AskError> {
    let module = Module::at(to)?;
    let status: ModuleStatus = module.daemon.read(module.request(Method::GET, &[])).await?;
    let AutomaticActions {
        count,
        max,
        interval_s,
    } = status.automatic_actions;
    if interval_s > 0 && count >= max {
        let module = to.module.clone();
        return Err(AskError::LoopLimit { module, count });
    }
    Ok(())
}

/// Opens or closes the module's traffic.
///
/// # Errors
///
/// When the daemon does not take it.
pub async fn traffic(options: &cli::Traffic) -> Result<(), AskError> {
    let module = Module::at(&options.to)?;
    let request = module.request(Method::PUT, &["traffic"]);
    let request = in_the_name_of(request, options.identity.as_deref());
    let open = options.what == TrafficAction::Open;
    module
        .send(request.json(&ScriptTraffic { open }))
        .await
        .map(drop)
}

fn in_the_name_of(request: RequestBuilder, identity: Option<&str>) -> RequestBuilder {
    let identity = identity.iter().map(|name| ("identity", *name));
    request.query(&identity.collect::<Vec<_>>())
}

/// Switches checks of the module on or off.
///
/// # Errors
///
/// When the daemon does not take it.
pub async fn switch(
    options: &cli::Switch,
    which: impl FnOnce(bool) -> CheckSwitches,
) -> Result<(), AskError> {
    let module = Module::at(&options.to)?;
    let request = module.request(Method::PUT, &["checks"]);
    let body = which(options.state == OnOff::On);
    module.send(request.json(&body)).await.map(drop)
}

/// Sets a resource.
///
/// # Errors
///
/// When the daemon does not take it.
pub async fn set(options: &cli::Set) -> Result<(), AskError> {
    let module = Module::at(&options.to)?;
    let rest = ["resources", &options.resource];
    let request = module.request(Method::PUT, &rest);
    let body = ResourceValue {
        value: Word(options.value.clone()),
        identity: options.identity.clone().map(Identity),
    };
    module.send(request.json(&body)).await.map(drop)
}

/// The value of a resource.
///
/// # Errors
///
/// When the daemon does not say it.
pub async fn get(options: &cli::Get) -> Result<String, AskError> {
    let module = Module::at(&options.to)?;
    let request = module.request(Method::GET, &["resources"]);
    let list: ResourceList = module.daemon.read(request).await?;
    let found = list
        .resources
        .into_iter()
        .find(|r| r.name == options.resource);
    found
        .map(|resource| resource.value)
        .ok_or_else(|| AskError::NoResource {
            module: options.to.module.clone(),
            resource: options.resource.clone(),
        })
}

/// Writes a line into the module's log.
///
/// # Errors
///
/// When the daemon does not take it.
pub async fn print(level: LogLevel, options: &cli::Print) -> Result<(), AskError> {
    let module = Module::at(&options.to)?;
    let request = module.request(Method::POST, &["log"]);
    let message = options.message.join(" ");
    let body = LogMessage { message, level };
    module.send(request.json(&body)).await.map(drop)
}
