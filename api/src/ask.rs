//! What `evenkeel` asks of the daemon on this machine, by its local socket: for a module's scripts and
//! checkers, which have the socket and the module's name in their environment.

use std::path::PathBuf;

use reqwest::{Client, Method, RequestBuilder, Response, Url};
use thiserror::Error;

use crate::cli::{self, Action};
use crate::problem::Problem;
use crate::views::module::LogLevel;
use crate::views::resource::{Identity, LogMessage, ResourceList, ResourceValue, Word};

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
    /// There is no such resource.
    #[error("module {module} has no resource {resource}")]
    NoResource {
        /// The module.
        module: String,
        /// What was asked for.
        resource: String,
    },
}

/// A module, as the daemon's local socket has it.
#[derive(Debug)]
struct Module<'o> {
    to: &'o cli::To,
    /// Its host plays no part on a socket.
    base: Url,
    client: Client,
}

impl<'o> Module<'o> {
    fn at(to: &'o cli::To) -> Result<Self, AskError> {
        let base = Url::parse("http://localhost");
        let base = base.map_err(|error| AskError::Strange(error.to_string()))?;
        let client = Client::builder().unix_socket(to.socket.as_path());
        let client = client.no_proxy().build();
        let client = client.map_err(|source| silent(to, source))?;
        Ok(Self { to, base, client })
    }

    fn request(&self, method: Method, rest: &[&str]) -> RequestBuilder {
        let mut url = self.base.clone();
        // A name with signs of its own stays one part of the path.
        if let Ok(mut parts) = url.path_segments_mut() {
            parts.extend(["v1", "nodes", "self", "modules", &self.to.module]);
            parts.extend(rest);
        }
        self.client.request(method, url)
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response, AskError> {
        let response = request.send().await;
        let response = response.map_err(|source| silent(self.to, source))?;
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
}

fn silent(to: &cli::To, source: reqwest::Error) -> AskError {
    let socket = to.socket.clone();
    AskError::Silent { socket, source }
}

/// An action on the module.
///
/// # Errors
///
/// When the daemon does not take it.
pub async fn act(action: Action, options: &cli::Act) -> Result<(), AskError> {
    let module = Module::at(&options.to)?;
    let request = module.request(Method::POST, &[action.as_str()]);
    let identity = options.identity.iter().map(|name| ("identity", name));
    let request = request.query(&identity.collect::<Vec<_>>());
    module.send(request).await.map(drop)
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
    let answer = module.send(request).await?;
    let list = answer.json::<ResourceList>().await;
    let list = list.map_err(|error| AskError::Strange(error.to_string()))?;
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
