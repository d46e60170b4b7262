//! The API of a node, through the generated client, from the farm's console.
//!
//! A call gives what the API answers, a [`Refusal`] where it says no, or an error where it cannot be
//! asked. Every node is logged in to once.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use evenkeel_client::types::{self, ModuleStatus, Phase, Readiness};
use evenkeel_client::{Client, ConnectError, Error, ResponseValue, connect};
use tokio::time::{sleep, timeout};

use super::files::ModuleFiles;
use super::plan;
use crate::netns::Namespace;

mod access;
mod draining;
mod faults;
mod nodes;
mod upgrading;

/// How long one call may take; waiting calls have their own time.
const CALL_TIME_MAX: Duration = Duration::from_secs(20);

/// Lines of a module's log that are read at once.
const LOG_LINES: u32 = 500;

/// How often a daemon that is starting is asked.
const POLL: Duration = Duration::from_millis(50);

/// How to log in at any node of the farm.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The administrator.
    pub user: String,
    /// Its password.
    pub password: String,
    /// The certificate authority of the cluster.
    pub ca: PathBuf,
    /// A client of each node that was logged in to, by its URL.
    clients: Arc<Mutex<BTreeMap<String, Client>>>,
}

impl Credentials {
    /// A login that has not been used yet.
    pub fn new(user: &str, password: String, ca: PathBuf) -> Self {
        Self {
            user: user.into(),
            password,
            ca,
            clients: Arc::default(),
        }
    }
}

/// The API of one node.
#[derive(Clone, Debug)]
pub struct Api {
    console: Arc<Namespace>,
    url: String,
    credentials: Credentials,
}

/// A flow whose owner is asked for.
#[derive(Clone, Copy, Debug)]
pub struct FlowQuestion {
    /// The client's address and port.
    pub from: SocketAddr,
    /// The virtual address and the service's port.
    pub to: SocketAddr,
    /// TCP or UDP.
    pub protocol: types::Protocol,
}

/// Why the API did not do it.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// HTTP status.
    pub status: i32,
    /// Type of the problem, as in `/problems/wrong-state`.
    pub kind: String,
    /// In words.
    pub detail: String,
    /// Places in a configuration file, and what is wrong there.
    pub places: Vec<Place>,
    /// What the nodes said, where several were asked: node and type.
    pub nodes: Vec<(String, String)>,
}

/// A place in a configuration file.
#[derive(Clone, Debug)]
pub struct Place {
    /// From 1.
    pub line: u32,
    /// From 1.
    pub column: u32,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.status, self.kind, self.detail)?;
        self.places.iter().try_for_each(|place| {
            write!(
                f,
                "; line {}, column {}: {}",
                place.line, place.column, place.message
            )
        })?;
        self.nodes
            .iter()
            .try_for_each(|(node, kind)| write!(f, "; {node}: {kind}"))
    }
}

impl Api {
    pub(super) fn new(console: &Arc<Namespace>, addr: Ipv4Addr, credentials: Credentials) -> Self {
        let url = format!("https://{addr}:{}", plan::API_PORT);
        Self {
            console: Arc::clone(console),
            url,
            credentials,
        }
    }

    /// Waits until the daemon, just started, answers, and logs in.
    ///
    /// # Errors
    ///
    /// When it does not in this time, or refuses.
    pub async fn wait_for_daemon(&self, patience: Duration) -> Result<()> {
        self.clients().remove(&self.url);
        let deadline = Instant::now() + patience;
        loop {
            match self.client().await {
                Ok(Ok(_)) => return Ok(()),
                Ok(Err(refusal)) => bail!("{}: {refusal}", self.url),
                Err(error) if Instant::now() > deadline => return Err(error),
                Err(_) => sleep(POLL).await,
            }
        }
    }

    /// Gives every node a module; an error unless all took it.
    ///
    /// # Errors
    ///
    /// When one did not.
    pub async fn configure(&self, module: &str, files: ModuleFiles) -> Result<()> {
        let answer = self.try_configure(module, files).await?;
        let result = answer.map_err(|refusal| anyhow!("configuring {module}: {refusal}"))?;
        if !result.complete {
            bail!(
                "these nodes lack the configuration of {module}: {}",
                result.missing.join(", ")
            );
        }
        Ok(())
    }

    /// Gives every node a module.
    ///
    /// # Errors
    ///
    /// When the node cannot be asked.
    pub async fn try_configure(
        &self,
        module: &str,
        files: ModuleFiles,
    ) -> Result<Result<types::ConfigureResult, Refusal>> {
        let module = module.to_owned();
        let settings = settings(files);
        self.call(|client| async move {
            client
                .configure_module()
                .module(module)
                .body(settings)
                .send()
                .await
        })
        .await
    }

    /// What giving every node a module would do; nothing changes.
    ///
    /// # Errors
    ///
    /// When the API refuses.
    pub async fn rehearse(
        &self,
        module: &str,
        files: ModuleFiles,
    ) -> Result<types::ConfigureResult> {
        let name = module.to_owned();
        let settings = settings(files);
        let rehearsed = self.call(|client| async move {
            let configure = client.configure_module().module(name).dry_run(true);
            configure.body(settings).send().await
        });
        let rehearsed = rehearsed.await?;
        rehearsed.map_err(|refusal| anyhow!("rehearsing a change of {module}: {refusal}"))
    }

    /// Starts a module on some nodes, or on all; an error unless all of them took it.
    ///
    /// # Errors
    ///
    /// When one did not.
    pub async fn start(&self, module: &str, nodes: Option<Vec<String>>) -> Result<()> {
        all_took_it("start", self.try_start(module, nodes).await?)
    }

    /// Starts a module on some nodes, or on all.
    ///
    /// # Errors
    ///
    /// When the node cannot be asked.
    pub async fn try_start(
        &self,
        module: &str,
        nodes: Option<Vec<String>>,
    ) -> Result<Result<types::NodeResults, Refusal>> {
        let (module, nodes) = (module.to_owned(), types::NodeSelection { nodes });
        self.call(|client| async move {
            client
                .start_module()
                .module(module)
                .body(nodes)
                .send()
                .await
        })
        .await
    }

    /// Stops a module on some nodes, or on all; an error unless all of them took it.
    ///
    /// # Errors
    ///
    /// When one did not.
    pub async fn stop(&self, module: &str, nodes: Option<Vec<String>>) -> Result<()> {
        let (module, nodes) = (module.to_owned(), types::NodeSelection { nodes });
        let answer = self.call(|client| async move {
            client.stop_module().module(module).body(nodes).send().await
        });
        all_took_it("stop", answer.await?)
    }

    /// Restarts a module's application on some nodes, or on all; an error unless all of them took it.
    ///
    /// # Errors
    ///
    /// When one did not.
    pub async fn restart(&self, module: &str, nodes: Option<Vec<String>>) -> Result<()> {
        let (module, nodes) = (module.to_owned(), types::NodeSelection { nodes });
        let answer = self.call(|client| async move {
            let restart = client.restart_module().module(module);
            restart.body(nodes).send().await
        });
        all_took_it("restart", answer.await?)
    }

    /// Waits until a module is UP (Ready) on a node.
    ///
    /// # Errors
    ///
    /// When it is not in this time.
    pub async fn wait_ready(&self, module: &str, node: &str, patience: Duration) -> Result<()> {
        self.wait(module, node, (Phase::Up, Readiness::Ready), patience)
            .await
    }

    /// Waits until a module is STOP (NotReady) on a node.
    ///
    /// # Errors
    ///
    /// When it is not in this time.
    pub async fn wait_stopped(&self, module: &str, node: &str, patience: Duration) -> Result<()> {
        self.wait(module, node, (Phase::Stop, Readiness::NotReady), patience)
            .await
    }

    async fn wait(
        &self,
        module: &str,
        node: &str,
        state: (Phase, Readiness),
        patience: Duration,
    ) -> Result<()> {
        let what = format!("{module} on {node} {} {}", state.0, state.1);
        let (module, node) = (module.to_owned(), node.to_owned());
        let timeout_ms = u64::try_from(patience.as_millis())?;
        let answer = self.call_within(patience + CALL_TIME_MAX, move |client| async move {
            let wait = client.wait_for_module().node(node).module(module);
            wait.phase(state.0)
                .readiness(state.1)
                .timeout_ms(timeout_ms)
                .send()
                .await
        });
        answer
            .await?
            .map_err(|refusal| anyhow!("waiting for {what}: {refusal}"))?;
        Ok(())
    }

    /// A module's state on a node.
    ///
    /// # Errors
    ///
    /// When the node does not give it.
    pub async fn status(&self, module: &str, node: &str) -> Result<ModuleStatus> {
        let what = format!("the state of {module} on {node}");
        let (module, node) = (module.to_owned(), node.to_owned());
        let answer = self.call(|client| async move {
            client
                .get_module_on_node()
                .node(node)
                .module(module)
                .send()
                .await
        });
        answer
            .await?
            .map_err(|refusal| anyhow!("{what}: {refusal}"))
    }

    /// The newest lines of a module's log on a node, oldest first, each with its number.
    ///
    /// # Errors
    ///
    /// When the node does not give it.
    pub async fn log(&self, module: &str, node: &str) -> Result<Vec<(u64, String)>> {
        let what = format!("the log of {module} on {node}");
        let (module, node) = (module.to_owned(), node.to_owned());
        let answer = self.call(|client| async move {
            let log = client.get_module_log().node(node).module(module);
            log.limit(LOG_LINES).send().await
        });
        let answer = answer.await?;
        let log = answer.map_err(|refusal| anyhow!("{what}: {refusal}"))?;
        let lines = log.entries.into_iter();
        Ok(lines.map(|entry| (entry.id, entry.message)).collect())
    }

    /// A module's resources on a node, and their values.
    ///
    /// # Errors
    ///
    /// When the node does not give them.
    pub async fn resources(&self, module: &str, node: &str) -> Result<BTreeMap<String, String>> {
        let what = format!("the resources of {module} on {node}");
        let (module, node) = (module.to_owned(), node.to_owned());
        let answer = self.call(|client| async move {
            let asked = client.list_resources_on_node().node(node).module(module);
            asked.send().await
        });
        let answer = answer.await?;
        let all = answer.map_err(|refusal| anyhow!("{what}: {refusal}"))?;
        let all = all.resources.into_iter();
        Ok(all.map(|one| (one.name, one.value)).collect())
    }

    /// What a node says of itself.
    ///
    /// # Errors
    ///
    /// When the node does not give it.
    pub async fn node_status(&self, node: &str) -> Result<types::NodeStatus> {
        let name = node.to_owned();
        let answer = self.call(|client| async move { client.get_node().node(name).send().await });
        let answer = answer.await?;
        answer.map_err(|refusal| anyhow!("the state of {node}: {refusal}"))
    }

    /// Rotates the cluster's secret, with this node as the leader.
    ///
    /// # Errors
    ///
    /// When the node cannot be asked.
    pub async fn rotate_secret(&self) -> Result<Result<types::SecretState, Refusal>> {
        self.call(|client| async move { client.rotate_secret().send().await })
            .await
    }

    /// Where a node is with the cluster's secret.
    ///
    /// # Errors
    ///
    /// When the node does not say.
    pub async fn secret_state(&self, node: &str) -> Result<types::SecretState> {
        let name = node.to_owned();
        let answer = self.call(|client| async move {
            let asked = client.get_secret_state().node(name);
            asked.send().await
        });
        let answer = answer.await?;
        answer.map_err(|refusal| anyhow!("the secret of {node}: {refusal}"))
    }

    /// Which node a flow belongs to, as node number `asked` sees it.
    ///
    /// # Errors
    ///
    /// When it is nobody's, or the node does not say.
    pub async fn owner(&self, module: &str, asked: u8, flow: &FlowQuestion) -> Result<String> {
        let (node, module, flow) = (plan::node_name(asked), module.to_owned(), *flow);
        let answer = self.call(move |client| async move {
            let question = client.get_flow_owner().node(node).module(module);
            let question = question
                .src(flow.from.ip().to_string())
                .sport(flow.from.port());
            let question = question.vip(flow.to.ip().to_string()).port(flow.to.port());
            question.protocol(flow.protocol).send().await
        });
        let answer = answer.await?;
        let answer = answer.map_err(|refusal| anyhow!("the owner of {flow:?}: {refusal}"))?;
        answer
            .owner
            .ok_or_else(|| anyhow!("{flow:?}: {}", answer.why))
    }

    /// What the API says to these credentials.
    ///
    /// # Errors
    ///
    /// When the node cannot be asked.
    pub async fn log_in_as(&self, user: &str, password: &str) -> Result<Result<Client, Refusal>> {
        let ca = self.authority()?;
        let (url, user, password) = (self.url.clone(), user.to_owned(), password.to_owned());
        let log_in = move || async move { connect(&url, &ca, &user, &password).await };
        let answer = timeout(CALL_TIME_MAX, self.console.run(log_in)).await;
        match answer.with_context(|| format!("{} does not answer", self.url))?? {
            Ok(client) => Ok(Ok(client)),
            Err(ConnectError::Refused(problem)) => Ok(Err((*problem).into())),
            Err(error) => Err(anyhow::Error::new(error).context(format!("asking {}", self.url))),
        }
    }

    /// Calls as the administrator. A closure gets the client and sends one request.
    ///
    /// # Errors
    ///
    /// When the node cannot be asked.
    pub async fn call<F, Fut, T>(&self, request: F) -> Result<Result<T, Refusal>>
    where
        F: FnOnce(Client) -> Fut + Send + 'static,
        Fut: Future<Output = Result<ResponseValue<T>, Error<types::Problem>>> + 'static,
        T: Send + 'static,
    {
        self.call_within(CALL_TIME_MAX, request).await
    }

    async fn call_within<F, Fut, T>(
        &self,
        time_max: Duration,
        request: F,
    ) -> Result<Result<T, Refusal>>
    where
        F: FnOnce(Client) -> Fut + Send + 'static,
        Fut: Future<Output = Result<ResponseValue<T>, Error<types::Problem>>> + 'static,
        T: Send + 'static,
    {
        let client = match self.client().await? {
            Ok(client) => client,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let answer = self.console.run(|| async move {
            request(client)
                .await
                .map(ResponseValue::into_inner)
                .map_err(Answer::from)
        });
        let answer = timeout(time_max, answer).await;
        match answer.with_context(|| format!("{} does not answer", self.url))?? {
            Ok(answer) => Ok(Ok(answer)),
            Err(Answer::Refusal(refusal)) => Ok(Err(refusal)),
            Err(Answer::None(error)) => Err(error.context(format!("asking {}", self.url))),
        }
    }

    /// The client that is logged in to this node; logs in the first time.
    async fn client(&self) -> Result<Result<Client, Refusal>> {
        let known = self.clients().get(&self.url).cloned();
        if let Some(client) = known {
            return Ok(Ok(client));
        }
        let answer = self
            .log_in_as(&self.credentials.user, &self.credentials.password)
            .await?;
        if let Ok(client) = &answer {
            self.clients().insert(self.url.clone(), client.clone());
        }
        Ok(answer)
    }

    fn clients(&self) -> MutexGuard<'_, BTreeMap<String, Client>> {
        self.credentials
            .clients
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn authority(&self) -> Result<Vec<u8>> {
        let ca = &self.credentials.ca;
        std::fs::read(ca).with_context(|| format!("reading {}", ca.display()))
    }
}

/// No success: the API said no, or nothing that counts as an answer.
enum Answer {
    Refusal(Refusal),
    None(anyhow::Error),
}

impl From<Error<types::Problem>> for Answer {
    fn from(error: Error<types::Problem>) -> Self {
        // The generator's list of errors is not ours.
        #[expect(clippy::wildcard_enum_match_arm, reason = "not an enum of ours")]
        match error {
            Error::ErrorResponse(problem) => Self::Refusal(problem.into_inner().into()),
            Error::CommunicationError(error) => Self::None(anyhow::Error::new(error)),
            other => Self::None(anyhow!("{other}")),
        }
    }
}

impl From<types::Problem> for Refusal {
    fn from(problem: types::Problem) -> Self {
        let place = |p: types::ConfigProblem| Place {
            line: p.line,
            column: p.column,
            message: p.message,
        };
        Self {
            status: i32::from(problem.status),
            kind: problem.type_.to_string(),
            detail: problem.detail,
            places: problem.problems.into_iter().map(place).collect(),
            nodes: problem
                .nodes
                .into_iter()
                .map(|n| (n.node, n.type_.to_string()))
                .collect(),
        }
    }
}

fn all_took_it(what: &str, answer: Result<types::NodeResults, Refusal>) -> Result<()> {
    let results = answer.map_err(|refusal| anyhow!("{what}: {refusal}"))?;
    let refusals: Vec<String> = results
        .nodes
        .into_iter()
        .filter(|result| !result.ok)
        .map(|result| {
            let why = result
                .problem
                .map(|problem| Refusal::from(problem).to_string());
            format!("{}: {}", result.node, why.unwrap_or_default())
        })
        .collect();
    if !refusals.is_empty() {
        bail!("{what}: {}", refusals.join("; "));
    }
    Ok(())
}

fn settings(files: ModuleFiles) -> types::ModuleSettings {
    types::ModuleSettings {
        userconfig: files.userconfig,
        macros: files.macros.into_iter().collect(),
        scripts: files.scripts.into_iter().collect(),
    }
}
