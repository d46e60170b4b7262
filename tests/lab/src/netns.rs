//! A network namespace without a name: held by a descriptor and by the thread that lives in it.
//!
//! Whatever touches the network of a namespace must be created by a thread that is inside: jobs are
//! sent to the namespace's own thread, which runs them on a tokio runtime of its own. Programs
//! started by a job are inside, too.

use std::fmt;
use std::fs::File;
use std::future::Future;
use std::os::fd::{AsRawFd, RawFd};
use std::os::unix::fs::MetadataExt;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use anyhow::{Context, Result, anyhow};
use nix::sched::{CloneFlags, setns, unshare};
use tokio::runtime;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{LocalSet, spawn_local};

type Job = Box<dyn FnOnce() + Send>;

/// A network namespace and its thread. It ends when this, the programs in it and the sockets made
/// in it are gone.
pub struct Namespace {
    name: String,
    file: Arc<File>,
    /// `None` only while being dropped.
    jobs: Option<mpsc::UnboundedSender<Job>>,
    worker: Option<JoinHandle<()>>,
}

impl fmt::Debug for Namespace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Namespace")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Namespace {
    /// Makes a namespace; `name` is for messages and for the thread.
    ///
    /// # Errors
    ///
    /// When the kernel refuses.
    pub fn new(name: &str) -> Result<Self> {
        let (jobs, inbox) = mpsc::unbounded_channel();
        let (made, made_by_worker) = std::sync::mpsc::channel();
        let worker = thread::Builder::new()
            .name(format!("ns-{name}"))
            .spawn(move || {
                let entered = unshare(CloneFlags::CLONE_NEWNET)
                    .context("making a network namespace")
                    .and_then(|()| File::open("/proc/thread-self/ns/net").context("opening it"));
                let ready = entered.is_ok();
                if made.send(entered).is_ok() && ready {
                    serve(inbox);
                }
            })?;
        let file = made_by_worker
            .recv()
            .context("the namespace's thread ended")??;
        Ok(Self {
            name: name.into(),
            file: Arc::new(file),
            jobs: Some(jobs),
            worker: Some(worker),
        })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The descriptor that holds it, for netlink and for `/proc/<pid>/fd`.
    pub fn raw_fd(&self) -> RawFd {
        self.file.as_raw_fd()
    }

    /// The number by which `/proc/<pid>/ns/net` names it.
    ///
    /// # Errors
    ///
    /// When the descriptor cannot be examined.
    pub fn inode(&self) -> Result<u64> {
        Ok(self.file.metadata()?.ino())
    }

    /// Runs a future inside, on the namespace's own thread, and gives back what it gives.
    ///
    /// # Errors
    ///
    /// When the namespace's thread has ended, or the future panicked.
    pub async fn run<F, Fut, T>(&self, make: F) -> Result<T>
    where
        F: FnOnce() -> Fut + Send + 'static,
        Fut: Future<Output = T> + 'static,
        T: Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move || {
            spawn_local(async move {
                // Nobody waits any more when the caller was cancelled.
                drop(answer.send(make().await));
            });
        });
        let jobs = self
            .jobs
            .as_ref()
            .ok_or_else(|| anyhow!("namespace {} ended", self.name))?;
        jobs.send(job)
            .map_err(|_job| anyhow!("namespace {} ended", self.name))?;
        answered
            .await
            .with_context(|| format!("a job in namespace {} ended early", self.name))
    }

    /// Sets kernel parameters of the namespace: names as `net.ipv4.tcp_syncookies`, and values.
    ///
    /// # Errors
    ///
    /// When the kernel has no such parameter or does not take the value.
    pub async fn set(&self, parameters: &[(&str, &str)]) -> Result<()> {
        let owned = |(name, value): &(&str, &str)| (name.replace('.', "/"), (*value).to_owned());
        let parameters: Vec<(String, String)> = parameters.iter().map(owned).collect();
        // The files below /proc/sys/net are those of the namespace of the thread that opens them.
        let write = move || async move {
            parameters.into_iter().try_for_each(|(name, value)| {
                let path = format!("/proc/sys/{name}");
                std::fs::write(&path, &value).with_context(|| format!("writing {value} to {path}"))
            })
        };
        self.run(write).await?
    }

    /// Sets a parameter of the namespace that not every kernel has.
    ///
    /// # Errors
    ///
    /// When the kernel has it and does not take the value.
    pub async fn set_where_known(&self, name: &str, value: &str) -> Result<()> {
        let path = format!("/proc/sys/{}", name.replace('.', "/"));
        let known = self.run(move || async move { std::fs::exists(&path) });
        if known.await?? {
            self.set(&[(name, value)]).await?;
        }
        Ok(())
    }

    /// Reads a file below `/proc/net` as the namespace has it.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub async fn proc_net(&self, file: &str) -> Result<String> {
        let path = format!("/proc/thread-self/net/{file}");
        let read = move || async move {
            std::fs::read_to_string(&path).with_context(|| format!("reading {path}"))
        };
        self.run(read).await?
    }

    /// Starts a thread inside, for work that blocks.
    ///
    /// # Errors
    ///
    /// When the thread cannot be started.
    pub fn thread<F, T>(&self, purpose: &str, work: F) -> Result<JoinHandle<Result<T>>>
    where
        F: FnOnce() -> Result<T> + Send + 'static,
        T: Send + 'static,
    {
        let file = Arc::clone(&self.file);
        let thread = thread::Builder::new().name(format!("{purpose}-{}", self.name));
        Ok(thread.spawn(move || {
            setns(&*file, CloneFlags::CLONE_NEWNET).context("entering a network namespace")?;
            work()
        })?)
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(worker) = self.worker.take() {
            // A panic of the thread was already reported by the job it happened in.
            drop(worker.join());
        }
    }
}

/// Takes jobs until the last sender is gone; what they left running ends with it.
fn serve(mut inbox: mpsc::UnboundedReceiver<Job>) {
    let Ok(runtime) = runtime::Builder::new_current_thread().enable_all().build() else {
        return;
    };
    LocalSet::new().block_on(&runtime, async move {
        while let Some(job) = inbox.recv().await {
            job();
        }
    });
}
