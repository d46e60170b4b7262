//! The thread for everything that may take a while: netlink, counting sockets, scripts.
//!
//! So the driver's thread never waits for more than its own maps and sockets. Network jobs are done
//! one after the other in the order in which they were given, but for those that only look; the rest
//! runs side by side. What comes of it goes to the driver as an [`Answer`].

use std::collections::BTreeSet;
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::os::fd::RawFd;
use std::path::PathBuf;
use std::thread;

use evenkeel_core::config::model::{ModuleConfig, Rule};
use evenkeel_core::ids::{Epoch, ModuleName};
use evenkeel_core::input::{Script, ScriptOutcome};
use rtnetlink::MulticastGroup;
use tokio::runtime::{self, Runtime};
use tokio::sync::{mpsc, oneshot};
use tokio::task::{AbortHandle, JoinHandle};

use crate::checks::{Authorities, Told};
use crate::error::{EngineError, StartError, chain};
use crate::limits;
use crate::net::addresses::Addresses;
use crate::net::cables;
use crate::net::changes::{self, Changes};
use crate::net::link_local;
use crate::net::links::{self, Link, Netlink};
use crate::net::listen::{self, Acquaintances, Deaf, Ears};
use crate::net::resolve::resolve;
use crate::net::sockets::{self, Connection};
use crate::ports::{AddressPlace, Guard, InterfacePath};
use crate::reboot::{self, Order};
use crate::scripts::{self, Execution};

/// A network job of a module.
#[derive(Debug)]
pub(crate) enum NetJob {
    /// Remove what a killed daemon left of a module that is stopped.
    Clear {
        module: ModuleName,
        interfaces: Vec<InterfacePath>,
    },
    /// Find the module's interfaces as they are now.
    Find {
        module: ModuleName,
        config: Box<ModuleConfig>,
    },
    /// Bring the virtual addresses up, those of IPv4 on `place`.
    Set {
        module: ModuleName,
        interfaces: Vec<InterfacePath>,
        place: AddressPlace,
    },
    /// Let the next program of this process go on with what interfaces receive, or not after all.
    Lend {
        reply: Option<oneshot::Sender<io::Result<Vec<RawFd>>>>,
    },
    /// Take them down, after a reset of their connections where `reset` says so.
    Unset {
        module: ModuleName,
        interfaces: Vec<InterfacePath>,
        reset: bool,
    },
    /// Bring up virtual addresses beside those that are up, which `stay` has, behind their guard.
    Add {
        module: ModuleName,
        guard: Option<Guard>,
        new: Vec<InterfacePath>,
        stay: Vec<InterfacePath>,
        place: AddressPlace,
    },
    /// Nothing but a guard.
    Guard { module: ModuleName, guard: Guard },
    /// Take some down, as all of them with `Unset`.
    Drop {
        module: ModuleName,
        gone: Vec<InterfacePath>,
        stay: Vec<InterfacePath>,
        reset: bool,
        /// Those of the addresses that stay which none of these rules takes.
        unruled: Option<Vec<Rule>>,
    },
}

/// What came of a job, for the driver.
#[derive(Debug)]
pub(crate) enum Answer {
    Cleared {
        module: ModuleName,
    },
    Found {
        module: ModuleName,
        result: Result<Vec<InterfacePath>, String>,
    },
    Set {
        module: ModuleName,
        result: Result<(), String>,
    },
    Unset {
        module: ModuleName,
    },
    Added {
        module: ModuleName,
        result: Result<(), String>,
    },
    Dropped {
        module: ModuleName,
    },
    Guarded {
        module: ModuleName,
        result: Result<(), String>,
    },
    Listed {
        module: ModuleName,
        /// What [`Worker::list`] was given.
        asked: (Epoch, u64),
        connections: io::Result<Vec<Connection>>,
    },
    Script {
        module: ModuleName,
        script: Script,
        outcome: ScriptOutcome,
    },
    Handler {
        module: ModuleName,
        process: String,
        outcome: ScriptOutcome,
    },
    /// A checker of a module has something to tell.
    Checked {
        module: ModuleName,
        /// Which of the module's checkers, over time.
        run: u64,
        told: Told,
    },
    /// An interface's cable was plugged in or pulled.
    Cable {
        interface: u32,
        plugged: bool,
    },
    /// Something was heard, or nobody is there who could be.
    Received {
        module: ModuleName,
    },
    /// An interface got an address, or keeps it for longer.
    Address {
        addr: IpAddr,
    },
    /// The machine's interfaces.
    Links {
        links: io::Result<Vec<Link>>,
    },
    /// The machine does not reboot.
    RebootFailed {
        reason: String,
    },
}

/// The worker as the driver and the handles see it. Its thread ends when the driver's end of
/// `stop` is dropped.
#[derive(Clone, Debug)]
pub(crate) struct Worker {
    runtime: runtime::Handle,
    netlink: Netlink,
    acquaintances: Acquaintances,
    deaf: Deaf,
    changes: Changes,
    authorities: Authorities,
    jobs: mpsc::Sender<NetJob>,
    answers: mpsc::Sender<Answer>,
}

/// What a started worker consists of.
pub(crate) struct Started {
    pub(crate) worker: Worker,
    pub(crate) answers: mpsc::Receiver<Answer>,
    /// Dropping it ends the thread.
    pub(crate) stop: oneshot::Sender<()>,
    /// The machine's interfaces.
    pub(crate) links: Vec<Link>,
}

/// Starts the worker's thread in the network namespace of the calling thread.
pub(crate) fn start(former_settings: PathBuf) -> Result<Started, StartError> {
    let (report, started) = std::sync::mpsc::sync_channel(1);
    let run = move || run(former_settings, &report);
    thread::Builder::new()
        .name("evenkeel-worker".to_owned())
        .spawn(run)
        .map_err(|source| StartError::Thread { source })?;
    let late = |_| StartError::Netlink {
        source: io::ErrorKind::TimedOut.into(),
    };
    let ready = started.recv_timeout(limits::WORKER_START).map_err(late)?;
    ready.map_err(|source| StartError::Netlink { source })
}

type Report = std::sync::mpsc::SyncSender<io::Result<Started>>;

fn run(former_settings: PathBuf, report: &Report) {
    let runtime = match runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return report.send(Err(error)).unwrap_or_default(),
    };
    runtime.block_on(async {
        let (stop, stopped) = oneshot::channel();
        let ready = prepare(&runtime, former_settings, stop).await;
        if report.send(ready).is_ok() {
            // Ends with an error when the sender is dropped, which is how it is told to end.
            stopped.await.unwrap_or_default();
        }
    });
    // A name may still be looked up, which nobody waits for.
    runtime.shutdown_background();
}

async fn prepare(
    runtime: &Runtime,
    former_settings: PathBuf,
    stop: oneshot::Sender<()>,
) -> io::Result<Started> {
    let (connection, handle, _) = rtnetlink::new_connection()?;
    let netlink = Netlink::new(handle);
    runtime.spawn(connection);
    let (telling, _, told) = rtnetlink::new_multicast_connection(&[
        MulticastGroup::Link,
        MulticastGroup::Ipv4Ifaddr,
        MulticastGroup::Ipv6Ifaddr,
    ])?;
    runtime.spawn(telling);
    let links = links::list(&netlink).await?;
    let (answer, answers) = mpsc::channel(limits::ANSWERS);
    runtime.spawn(cables::watch(told, answer.clone()));
    let (jobs, queue) = mpsc::channel(limits::NET_JOBS);
    let addresses = Addresses::new(netlink.clone(), &former_settings);
    runtime.spawn(net_jobs(netlink.clone(), addresses, queue, answer.clone()));
    let runtime = runtime.handle().clone();
    Ok(Started {
        worker: Worker {
            runtime,
            netlink,
            acquaintances: Acquaintances::default(),
            deaf: Deaf::default(),
            changes: changes::watch()?,
            authorities: Authorities::default(),
            jobs,
            answers: answer,
        },
        answers,
        stop,
        links,
    })
}

async fn net_jobs(
    netlink: Netlink,
    mut addresses: Addresses,
    mut queue: mpsc::Receiver<NetJob>,
    answers: mpsc::Sender<Answer>,
) {
    while let Some(job) = queue.recv().await {
        let answer = net_job(&netlink, &mut addresses, &answers, job).await;
        if let Some(answer) = answer
            && answers.send(answer).await.is_err()
        {
            return;
        }
    }
}

/// The answer, but of what answers by itself.
async fn net_job(
    netlink: &Netlink,
    addresses: &mut Addresses,
    answers: &mpsc::Sender<Answer>,
    job: NetJob,
) -> Option<Answer> {
    Some(match job {
        NetJob::Clear { module, interfaces } => {
            addresses.unset(&module, &interfaces).await;
            Answer::Cleared { module }
        }
        NetJob::Find { module, config } => {
            tokio::spawn(look(netlink.clone(), answers.clone(), module, config));
            return None;
        }
        NetJob::Set {
            module,
            interfaces,
            place,
        } => {
            let set = addresses.set(&module, &interfaces, place).await;
            let result = set.map_err(|error| chain(&error));
            Answer::Set { module, result }
        }
        NetJob::Unset {
            module,
            interfaces,
            reset,
        } => {
            if reset {
                addresses.reset(&module, &interfaces, Vec::new()).await;
            }
            addresses.unset(&module, &interfaces).await;
            Answer::Unset { module }
        }
        NetJob::Lend { reply } => {
            lend(addresses, reply);
            return None;
        }
        NetJob::Add {
            module,
            guard,
            new,
            stay,
            place,
        } => {
            link_local::wait(netlink, &new).await;
            let result = add(addresses, &module, guard, (&new, &stay, place)).await;
            Answer::Added { module, result }
        }
        NetJob::Guard { module, guard } => Answer::Guarded {
            module,
            result: put(guard).await,
        },
        NetJob::Drop {
            module,
            gone,
            stay,
            reset,
            unruled,
        } => {
            if reset {
                reset_some(addresses, &module, &gone, (&stay, unruled)).await;
            }
            if !gone.is_empty() {
                addresses.unset_some(&module, &gone, &stay).await;
            }
            Answer::Dropped { module }
        }
    })
}

/// Lends, unless nobody waits for it any more, or takes back.
fn lend(addresses: &Addresses, reply: Option<oneshot::Sender<io::Result<Vec<RawFd>>>>) {
    let unheard = reply.map(|reply| reply.send(addresses.lend()));
    if !matches!(unheard, Some(Ok(()) | Err(Err(_)))) {
        addresses.take_back();
    }
}

/// Resets what goes with these addresses, and at those that stay what no rule takes any more.
async fn reset_some(
    addresses: &Addresses,
    module: &ModuleName,
    gone: &[InterfacePath],
    (stay, unruled): (&[InterfacePath], Option<Vec<Rule>>),
) {
    addresses.reset(module, gone, Vec::new()).await;
    if let Some(rules) = unruled {
        addresses.reset(module, stay, rules).await;
    }
}

async fn add(
    addresses: &mut Addresses,
    module: &ModuleName,
    guard: Option<Guard>,
    (new, stay, place): (&[InterfacePath], &[InterfacePath], AddressPlace),
) -> Result<(), String> {
    put_first(guard).await?;
    let added = addresses.add(module, new, stay, place).await;
    added.map_err(|error| chain(&error))
}

async fn put_first(guard: Option<Guard>) -> Result<(), String> {
    match guard {
        Some(guard) => put(guard).await,
        None => Ok(()),
    }
}

async fn put(guard: Guard) -> Result<(), String> {
    let put = tokio::task::spawn_blocking(move || guard.put()).await;
    put.unwrap_or_else(|error| Err(error.to_string()))
}

/// Finds the interfaces of a module, and answers when they can serve. It may wait for that, and what others open or
/// close does not: so it is a task of its own.
async fn look(
    netlink: Netlink,
    answers: mpsc::Sender<Answer>,
    module: ModuleName,
    config: Box<ModuleConfig>,
) {
    let found = find(&netlink, &config).await;
    if let Ok(interfaces) = &found {
        link_local::wait(&netlink, interfaces).await;
    }
    let result = found.map_err(|error| chain(&error));
    let answer = Answer::Found { module, result };
    // Who does not listen any more has ended.
    answers.send(answer).await.unwrap_or_default();
}

async fn find(netlink: &Netlink, config: &ModuleConfig) -> Result<Vec<InterfacePath>, EngineError> {
    let links = links::list(netlink).await.map_err(EngineError::Netlink)?;
    resolve(config, &links)
}

impl Worker {
    /// Gives a network job. The queue has room for some jobs of every module; that it is full means
    /// that the worker is stuck, which is told.
    pub(crate) fn net(&self, job: NetJob) {
        if let Err(error) = self.jobs.try_send(job) {
            tracing::error!(%error, "the worker takes no network job");
        }
    }

    /// Lets the next program of this process go on with what interfaces receive; the descriptors of that.
    pub(crate) async fn lend(&self) -> Result<Vec<RawFd>, EngineError> {
        let (reply, lent) = oneshot::channel();
        self.net(NetJob::Lend { reply: Some(reply) });
        let lent = lent.await.map_err(|_ended| EngineError::Stopped)?;
        lent.map_err(EngineError::Netlink)
    }

    /// It is this program that goes on.
    pub(crate) fn take_back(&self) {
        self.net(NetJob::Lend { reply: None });
    }

    /// Runs a task on the worker's thread.
    pub(crate) fn spawn<F>(&self, task: F) -> JoinHandle<F::Output>
    where
        F: Future<Output: Send> + Send + 'static,
    {
        self.runtime.spawn(task)
    }

    /// The interfaces of a module's configuration.
    pub(crate) async fn find(
        &self,
        config: ModuleConfig,
    ) -> Result<Vec<InterfacePath>, EngineError> {
        let netlink = self.netlink.clone();
        let found = self.spawn(async move { find(&netlink, &config).await });
        found.await.unwrap_or(Err(EngineError::Stopped))
    }

    /// Lists the connections of virtual addresses; the answer repeats `asked`.
    pub(crate) fn list(&self, module: ModuleName, asked: (Epoch, u64), vips: BTreeSet<IpAddr>) {
        let answers = self.answers.clone();
        self.spawn(async move {
            tokio::time::sleep(limits::FILTER_TO_SOCKET).await;
            let listed = tokio::task::spawn_blocking(move || sockets::list(&vips)).await;
            let connections = listed.map_err(io::Error::other).flatten();
            answer(
                &answers,
                Answer::Listed {
                    module,
                    asked,
                    connections,
                },
            )
            .await;
        });
    }

    /// Waits for frames on a module's interfaces, again and again; `farm` has the addresses of the nodes.
    pub(crate) fn listen(
        &self,
        module: ModuleName,
        interfaces: BTreeSet<u32>,
        farm: BTreeSet<IpAddr>,
    ) -> AbortHandle {
        let (netlink, answers) = (self.netlink.clone(), self.answers.clone());
        let acquaintances = self.acquaintances.clone();
        let ears = Ears {
            interfaces,
            deaf: self.deaf.clone(),
        };
        let listening = self.spawn(async move {
            loop {
                listen::run(&netlink, &acquaintances, &ears, &farm).await;
                let module = module.clone();
                answer(&answers, Answer::Received { module }).await;
                tokio::time::sleep(listen::AGAIN).await;
            }
        });
        listening.abort_handle()
    }

    /// Nothing that comes to these interfaces is heard from here on; their networks are cut.
    pub(crate) fn deafen(&self, interfaces: BTreeSet<u32>) {
        self.deaf.set(interfaces);
    }

    /// Lists the machine's interfaces.
    pub(crate) fn links(&self) {
        let (netlink, answers) = (self.netlink.clone(), self.answers.clone());
        self.spawn(async move {
            let links = links::list(&netlink).await;
            answer(&answers, Answer::Links { links }).await;
        });
    }

    /// The machine's interfaces at this instant.
    pub(crate) async fn links_now(&self) -> Result<Vec<Link>, EngineError> {
        let netlink = self.netlink.clone();
        let listed = self.spawn(async move { links::list(&netlink).await });
        let listed = listed.await.map_err(|_ended| EngineError::Stopped)?;
        listed.map_err(EngineError::Netlink)
    }

    /// Where its tasks run.
    pub(crate) fn runtime(&self) -> runtime::Handle {
        self.runtime.clone()
    }

    /// Whenever the machine's interfaces change.
    pub(crate) fn changes(&self) -> Changes {
        self.changes.clone()
    }

    /// Whom the nodes of the cluster believe.
    pub(crate) const fn authorities(&self) -> &Authorities {
        &self.authorities
    }

    /// Where the checkers of a module report to; what they find is answered under this run.
    pub(crate) fn reports(&self, module: ModuleName, run: u64) -> mpsc::Sender<Told> {
        let (tell, mut reports) = mpsc::channel(limits::REPORTS);
        let answers = self.answers.clone();
        self.spawn(async move {
            while let Some(told) = reports.recv().await {
                let module = module.clone();
                answer(&answers, Answer::Checked { module, run, told }).await;
            }
        });
        tell
    }

    /// Reboots the machine.
    pub(crate) fn reboot(&self, order: Order) {
        let answers = self.answers.clone();
        self.spawn(async move {
            if let Err(reason) = reboot::reboot(order).await {
                answer(&answers, Answer::RebootFailed { reason }).await;
            }
        });
    }

    /// Runs a script.
    pub(crate) fn run_script(&self, script: Script, execution: Execution) {
        let module = execution.home.module.clone();
        self.execute(execution, move |outcome| Answer::Script {
            module,
            script,
            outcome,
        });
    }

    /// Runs the program for the failure of a process.
    pub(crate) fn run_handler(&self, process: String, execution: Execution) {
        let module = execution.home.module.clone();
        self.execute(execution, move |outcome| Answer::Handler {
            module,
            process,
            outcome,
        });
    }

    fn execute(
        &self,
        execution: Execution,
        told: impl FnOnce(ScriptOutcome) -> Answer + Send + 'static,
    ) {
        let answers = self.answers.clone();
        self.spawn(async move {
            let outcome = scripts::run(execution).await;
            answer(&answers, told(outcome)).await;
        });
    }
}

async fn answer(answers: &mpsc::Sender<Answer>, answer: Answer) {
    if answers.send(answer).await.is_err() {
        tracing::debug!("an answer came after the driver had ended");
    }
}
