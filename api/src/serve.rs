//! `evenkeel serve`: brings everything up, answers until it is told to end, ends in order.

use std::collections::BTreeMap;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use axum_server::tls_rustls::RustlsConfig;
use axum_server::{Handle, Server};
use evenkeel_core::config::model::ClusterConfig;
use evenkeel_core::ids::{Incarnation, NodeId};
use evenkeel_engine::StartError;
use evenkeel_engine::datapath::choose::{Wanted, choose};
use evenkeel_engine::datapath::memory::Memory;
use evenkeel_engine::handle::{self, Engine, EngineConfig};
use evenkeel_engine::ports::{Datapath, DatapathError};
use evenkeel_engine::reboot::Reboot;
use thiserror::Error;
use tokio::net::UnixListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;

use crate::app::{App, Shared};
use crate::apply;
use crate::auth::rate::Rates;
use crate::auth::throttle::Throttle;
use crate::auth::token::Tokens;
use crate::boot::{self, Boots};
use crate::catch_up::{self, Told};
use crate::certificate::{self, CertificateError};
use crate::cli::{self, DatapathKind};
use crate::cluster::{self, Clusters};
use crate::cors;
use crate::data_dir::{DataDir, DataDirError};
use crate::events;
use crate::faults::Faults;
use crate::feed::Feed;
use crate::idempotency::Answers;
use crate::limits;
use crate::local;
use crate::operations::Operations;
use crate::peers::{Peers, PeersError};
use crate::probes;
use crate::problem::Problem;
use crate::rotation::{self, Keeper};
use crate::router;
use crate::store::{self, OpenError, Store, StoreError, settings};
use crate::tls::Acceptor;
use crate::upgrade::{self, Given, Upgrades};
use crate::webhooks::seal::SealError;
use crate::webhooks::{self, Webhooks};

/// Why the daemon does not run.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The data folder.
    #[error(transparent)]
    DataDir(#[from] DataDirError),
    /// The store cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The store does not say which node this is, or the cluster does not have it.
    #[error("the data is that of node {0:?}, which is not in its cluster.xml")]
    NoSuchNode(String),
    /// The kernel or the privileges do not allow it.
    #[error("this machine cannot run the daemon: {0}")]
    Datapath(DatapathError),
    /// The engine does not start.
    #[error("the engine does not start")]
    Engine(#[from] StartError),
    /// The client for the other nodes.
    #[error(transparent)]
    Peers(#[from] PeersError),
    /// The certificate.
    #[error("the node's certificate")]
    Certificate(#[from] CertificateError),
    /// The address of the API, or that for load balancers and monitors.
    #[error("cannot listen on {addr}")]
    Listen {
        /// The address.
        addr: SocketAddr,
        /// The kernel's answer.
        #[source]
        source: io::Error,
    },
    /// The local socket.
    #[error("the local socket {} cannot be made", path.display())]
    LocalSocket {
        /// Its path.
        path: PathBuf,
        /// The kernel's answer.
        #[source]
        source: io::Error,
    },
    /// What another program wrote cannot be gone on with.
    #[error("this node cannot be taken over: {0}")]
    TakeOver(String),
    /// The sockets that the next program goes on with.
    #[error("the daemon's sockets cannot be kept for a next program")]
    Sockets(#[source] io::Error),
    /// The secrets of webhooks cannot be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The engine ended by itself.
    #[error("the engine ended by itself; the log says why")]
    EngineEnded,
    /// Serving ended.
    #[error("the API ended")]
    Serve(#[source] io::Error),
    /// Restoring what the store has.
    #[error("{0}")]
    Restore(Problem),
    /// Signals cannot be waited for.
    #[error("signals cannot be waited for")]
    Signal(#[source] io::Error),
}

impl ServeError {
    /// 2 where kernel or privileges are missing, else 1.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Datapath(_) | Self::Engine(StartError::Netlink { .. }) => 2,
            Self::DataDir(_)
            | Self::Open(_)
            | Self::Store(_)
            | Self::NoSuchNode(_)
            | Self::Engine(_)
            | Self::Peers(_)
            | Self::Certificate(_)
            | Self::Listen { .. }
            | Self::LocalSocket { .. }
            | Self::TakeOver(_)
            | Self::Sockets(_)
            | Self::Seal(_)
            | Self::EngineEnded
            | Self::Serve(_)
            | Self::Restore(_)
            | Self::Signal(_) => 1,
        }
    }
}

/// Runs the daemon until SIGTERM or SIGINT.
///
/// # Errors
///
/// When it cannot start, or its API ends by itself.
pub async fn serve(options: cli::Serve) -> Result<(), ServeError> {
    let dir = DataDir::open(&options.data)?;
    let _lock = dir.lock()?;
    // Before anything is changed on this machine, and before the engine: a signal ends in order.
    let stop = stop_signal()?;
    let given = options.take_over.map(|_now| upgrade::read()).transpose();
    let given = given.map_err(ServeError::TakeOver)?;
    let (listener, probed) = match &given {
        Some(given) => given.told.sockets().map_err(ServeError::Sockets)?,
        None => {
            let probed = options.probe_listen.map(listen).transpose()?;
            (listen(options.listen)?, probed)
        }
    };
    let told = given.as_ref().map(|given| &given.told);
    let upgrades = Upgrades::new(&listener, probed.as_ref(), told);
    let upgrades = upgrades.map_err(ServeError::Sockets)?;
    let app = start(&options, &dir, upgrades, given)?;
    let local = listen_locally(&dir)?;
    let (events, to) = (app.engine.events(), app.clone());
    let writing =
        tokio::spawn(async move { events::write(events, &to.feed, to.store.clone()).await });
    let interrupted = app.store.run(store::operations::interrupt).await;
    let interrupted = interrupted.map_err(|e| ServeError::Restore(e.into()))?;
    if interrupted > 0 {
        tracing::warn!(
            interrupted,
            "operations were under way when the daemon ended"
        );
    }
    let restored = cluster::restore(&app).await;
    restored.map_err(ServeError::Restore)?;
    apply::restore_all(&app)
        .await
        .map_err(ServeError::Restore)?;
    boot::begin(&app).await.map_err(ServeError::Restore)?;
    let restored = webhooks::restore(&app).await;
    restored.map_err(ServeError::Restore)?;
    let local = tokio::spawn(local::serve(local, router::local(app.clone())));
    let handle = Handle::new();
    let probing = probed.map(|listener| {
        let probes = probes::serve(listener, router::probes(app.clone()), handle.clone());
        tokio::spawn(probes)
    });
    let ending = tokio::spawn(end(stop, app.clone(), handle.clone()));
    tracing::info!(node = app.name, listen = %options.listen, "{} serves", app.name);
    let server = server(listener, app.tls.clone())
        .map_err(ServeError::Serve)?
        .handle(handle);
    let service = cors::allow(router::service(app.clone()), &options.allow_origin);
    let rotating = tokio::spawn(rotation::follow(app.clone()));
    let catching_up = tokio::spawn(catch_up::follow(app.clone()));
    let service = service.into_make_service_with_connect_info::<SocketAddr>();
    let served = server.serve(service).await.map_err(ServeError::Serve);
    // Where the API ended by itself the engine still runs.
    app.engine.shutdown().await;
    rotating.abort();
    catching_up.abort();
    local.abort();
    probing.inspect(JoinHandle::abort);
    let written = tokio::time::timeout(limits::LOG_WRITE_TIME_MAX, writing).await;
    if written.is_err() {
        tracing::error!("the last lines of the modules' logs are not written");
    }
    app.feed.close();
    app.webhooks.finish(limits::WEBHOOK_FAREWELL).await;
    tracing::info!(node = app.name, "{} has ended", app.name);
    served?;
    ending.await.unwrap_or(Ok(()))
}

fn server(listener: TcpListener, tls: RustlsConfig) -> io::Result<Server<SocketAddr, Acceptor>> {
    let server = axum_server::from_tcp(listener)?.acceptor(Acceptor::new(tls));
    let mut server = server.first_request_timeout(limits::IDLE_TIME_MAX);
    probes::bound(&mut server);
    Ok(server)
}

/// Waits for the signal and ends in order: modules first, so that their share goes to the others;
/// the API answers meanwhile. An engine that ends by itself takes the daemon with it, so that
/// whoever started the daemon starts it again.
async fn end(
    stop: impl Future<Output = &'static str>,
    app: Shared,
    handle: Handle<SocketAddr>,
) -> Result<(), ServeError> {
    let ended = tokio::select! {
        signal = stop => {
            tracing::info!(signal, "{signal}: modules are stopped");
            app.engine.shutdown().await;
            Ok(())
        }
        () = engine_end(&app) => Err(ServeError::EngineEnded),
    };
    handle.graceful_shutdown(Some(limits::SHUTDOWN_GRACE));
    ended
}

async fn engine_end(app: &App) {
    let mut status = app.engine.status();
    while status.changed().await.is_ok() {}
}

fn stop_signal() -> Result<impl Future<Output = &'static str>, ServeError> {
    let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::Signal)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServeError::Signal)?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => "SIGTERM",
            _ = interrupt.recv() => "SIGINT",
        }
    })
}

fn start(
    options: &cli::Serve,
    dir: &DataDir,
    upgrades: Upgrades,
    given: Option<Given>,
) -> Result<Shared, ServeError> {
    let clusters = Clusters::open(dir)?;
    let cluster = clusters.own();
    let secrets = dir.secrets()?;
    let connection = store::open(&dir.database(), false)?;
    let (node, name) = whoami(&connection, &cluster)?;
    let incarnation = settings::next_incarnation(&connection)?;
    let datapath = datapath(options, node).map_err(ServeError::Datapath)?;
    let backend = datapath.backend();
    tracing::info!(
        backend = backend.name,
        hook = backend.hook,
        "{}",
        backend.why
    );
    let urls: BTreeMap<_, _> = options.peer_url.iter().cloned().collect();
    let identity = certificate::identity(dir, &secrets, &name, false)?;
    let peers = Peers::new(&name, &cluster, options.listen.port(), &urls, &identity)?;
    let server = identity.server().map_err(CertificateError::Use)?;
    let modules_dir = modules_dir(options, dir);
    let config = EngineConfig {
        node,
        cluster: (*cluster).clone(),
        keys: secrets.keyring(),
        incarnation: Incarnation(incarnation),
        modules_dir: modules_dir.clone(),
        bpffs: options.bpffs.clone(),
        script_env: script_env(dir),
        heartbeat_addrs: Vec::new(),
        record: options.record.clone(),
        reboot: reboot(options),
    };
    let engine = engine(config, datapath, given)?;
    engine.believe(identity.trusted.clone());
    let feed = Arc::new(Feed::new(&name, incarnation));
    Ok(Arc::new(App {
        node,
        name,
        clusters,
        engine,
        backend,
        webhooks: Webhooks::new(&feed, &secrets)?,
        feed,
        store: Store::start(connection)?,
        tokens: Tokens::of(&secrets),
        keeper: Keeper::new(dir.clone(), secrets, identity),
        throttle: Mutex::new(Throttle::default()),
        rates: Rates::new(options.requests_per_second),
        peers,
        tls: RustlsConfig::from_config(server),
        modules_dir,
        changes: tokio::sync::Mutex::new(()),
        answers: Answers::default(),
        told: Told::default(),
        operations: Operations::default(),
        upgrades,
        faults: Faults::new(options.permit_faults),
        boots: Boots::default(),
        service: OnceLock::new(),
    }))
}

/// An engine that begins, or goes on where another program's was.
fn engine(
    config: EngineConfig,
    datapath: Box<dyn Datapath>,
    given: Option<Given>,
) -> Result<Engine, StartError> {
    let Some(Given { told, former }) = given else {
        return handle::start(config, datapath);
    };
    let engine = handle::take_over(config, datapath, former)?;
    tracing::info!(from = told.version(), "this node goes on where it was");
    Ok(engine)
}

fn whoami(
    connection: &rusqlite::Connection,
    cluster: &ClusterConfig,
) -> Result<(NodeId, String), ServeError> {
    let name = settings::get(connection, settings::NODE)?.unwrap_or_default();
    match cluster.node(&name) {
        Some(node) => Ok((node, name)),
        None => Err(ServeError::NoSuchNode(name)),
    }
}

fn datapath(options: &cli::Serve, node: NodeId) -> Result<Box<dyn Datapath>, DatapathError> {
    let wanted = match options.datapath {
        DatapathKind::Auto => Wanted::Auto,
        DatapathKind::Ebpf => Wanted::Ebpf,
        DatapathKind::Nfqueue => Wanted::Nfqueue,
        DatapathKind::Memory => return Ok(Box::new(Memory::default())),
    };
    choose(wanted, &options.bpffs, node)
}

/// How this machine may be rebooted for its modules.
fn reboot(options: &cli::Serve) -> Option<Reboot> {
    let program = options.reboot_command.clone();
    let by = program.map_or(Reboot::System, Reboot::Program);
    options.permit_reboot.then_some(by)
}

fn modules_dir(options: &cli::Serve, dir: &DataDir) -> PathBuf {
    let chosen = options.modules.clone().unwrap_or_else(|| dir.modules());
    // Scripts run with another working directory.
    std::path::absolute(&chosen).unwrap_or(chosen)
}

fn listen(addr: SocketAddr) -> Result<TcpListener, ServeError> {
    probes::listen(addr).map_err(|source| ServeError::Listen { addr, source })
}

fn listen_locally(dir: &DataDir) -> Result<UnixListener, ServeError> {
    let path = dir.socket();
    local::listen(&path).map_err(|source| ServeError::LocalSocket { path, source })
}

/// What every script sees beside its module's variables: where this program is, and how to speak to
/// the daemon.
fn script_env(dir: &DataDir) -> BTreeMap<String, String> {
    let socket = dir.socket().display().to_string();
    let mut env = BTreeMap::from([(local::SOCKET_VARIABLE.to_owned(), socket)]);
    let program = std::env::current_exe().ok();
    if let Some(bin) = program.as_deref().and_then(Path::parent) {
        env.insert("SAFEBIN".to_owned(), bin.display().to_string());
    }
    env
}
